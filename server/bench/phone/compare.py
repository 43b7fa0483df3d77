"""How much of a screen was read rightly."""

from __future__ import annotations

import re
import unicodedata

_EXACT = re.compile(r"(?:https?://)?[\w-]+(?:\.[\w-]+)+/[!-~]+|\d{4,}", re.ASCII)


def plain(text: str) -> str:
    """Without gaps and with one width of every sign: neither can be told from a photograph."""
    return "".join(unicodedata.normalize("NFKC", text).split())


def wrong(written: str, read: str) -> int:
    """Characters that are missing, too many or others (Levenshtein's distance of the plain texts)."""
    written, read = plain(written), plain(read)
    row = list(range(len(read) + 1))
    for number, character in enumerate(written, 1):
        above, row[0] = row[0], number
        for column, other in enumerate(read, 1):
            above, row[column] = row[column], min(row[column] + 1, row[column - 1] + 1, above + (character != other))
    return row[-1]


def exact(written: str) -> list[str]:
    """What has to be read to the letter: links, and numbers of four digits or more; the plain form of each."""
    # Gaps within a number go, or one card would be four numbers.
    joined = re.sub(r"(?<=\d) (?=\d)", "", unicodedata.normalize("NFKC", written))
    return [found.lower() for found in _EXACT.findall(joined)]
