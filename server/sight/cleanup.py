"""Slips of recognition in links and numbers, taken back; nothing is added that was not read.

Only what its neighbours prove is touched: full-width letters and digits, full-width signs and gaps inside a link, and
letters that look like a digit between two digits outside links. The name of a link's machine becomes lower case, which
means the same, because large and small letters of one shape are hard to tell apart.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from server.sight.glyph import Glyph, text_of

_LOOKS_LIKE = {"O": "0", "o": "0", "〇": "0", "l": "1", "I": "1", "|": "1"}
_WIDE_SIGNS = {
    "：": ":",
    "／": "/",
    "．": ".",
    "。": ".",
    "－": "-",
    "＿": "_",
    "？": "?",
    "＝": "=",
    "＆": "&",
    "％": "%",
}
_SIGN = r"[.．。]"
_REST = r"[/／][!-~／？＝＆％]*"
_SCHEME = r"https?[ ]?[:：][ ]?[/／][ ]?[/／][ ]?"
_LINK = re.compile(
    rf"(?:{_SCHEME}|www[ ]?{_SIGN}[ ]?)[\w-]+(?:[ ]?{_SIGN}[ ]?[\w-]+)*(?:{_REST})?|[\w-]+(?:{_SIGN}[\w-]+)+{_REST}",
    re.ASCII,
)

_PATH = re.compile(r"(?<![:：/／ ])[/／](?![/／ ])")


def cleaned(glyphs: Sequence[Glyph]) -> list[Glyph]:
    """The text with its links and numbers put right. It may become shorter, never longer."""
    line = [replace(glyph, character=_narrow(glyph.character)) for glyph in glyphs]
    text = text_of(line)
    in_link, in_name = [False] * len(line), [False] * len(line)
    for found in _LINK.finditer(text):
        path = _PATH.search(text, found.start(), found.end())
        for index in range(found.start(), found.end()):
            in_link[index] = True
            in_name[index] = path is None or index < path.start()
    kept = []
    for index, glyph in enumerate(line):
        character = glyph.character
        if in_link[index]:
            if character == " ":
                continue
            character = _WIDE_SIGNS.get(character, character)
            character = character.lower() if in_name[index] else character
        elif (
            character in _LOOKS_LIKE and text[index - 1 : index].isdecimal() and text[index + 1 : index + 2].isdecimal()
        ):
            character = _LOOKS_LIKE[character]
        kept.append(replace(glyph, character=character))
    return kept


def _narrow(character: str) -> str:
    """Full-width letters and digits as plain ones; signs stay, for in a Chinese sentence they are right."""
    plain = chr(ord(character) - 0xFEE0) if "\uff01" <= character <= "\uff5e" else character
    return plain if plain.isascii() and plain.isalnum() else character
