"""The pattern language of ``data/knowledge/evidence``: readable by staff, compiled for matching.

=================  ==========================================================
written            means
=================  ==========================================================
``安全账户``         these characters
``[转|汇]账``        one of the alternatives
``[马上|立刻]?转``    the alternatives may be missing
``转…账户``          a gap of 0 to 8 characters that stays in the clause
=================  ==========================================================
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable

GAP = "…"
# Stays in the clause, and never steps over a negation: 填了，没要我卡号 is not 填…卡号.
_GAP_REGEX = r"(?:(?!没|未|不[会用需要让是收]|别|勿)[^。！？!?\n]){0,8}?"
_GROUP = re.compile(r"\[([^\[\]]*)\](\??)")
_SYNTAX = re.compile(r"([\[\]|…]|(?<=\])\?)")
_MAX_PHRASES = 256


def fold_pattern(pattern: str, fold: Callable[[str], str]) -> str:
    """The pattern with its characters folded like a text's, its brackets, bars and gaps kept."""
    return "".join(piece if _SYNTAX.fullmatch(piece) else fold(piece) for piece in _SYNTAX.split(pattern) if piece)


def phrases(pattern: str) -> tuple[str, ...] | None:
    """All the phrases that a pattern without a gap means; ``None`` when it has one, or they are too many.

    A phrase matcher finds any number of phrases in one walk over the text, so this is the faster form.
    """
    if GAP in pattern:
        return None
    parts: list[tuple[str, ...]] = []
    position = 0
    for match in _GROUP.finditer(pattern):
        alternatives = match.group(1).split("|")
        parts += [
            (pattern[position : match.start()],),
            (*alternatives, "") if match.group(2) else tuple(alternatives),
        ]
        position = match.end()
    parts.append((pattern[position:],))
    found = tuple(
        dict.fromkeys("".join(choice) for choice in itertools.islice(itertools.product(*parts), _MAX_PHRASES))
    )
    return found if len(found) < _MAX_PHRASES else None


def compile_pattern(pattern: str) -> str:
    """The regular expression source of one pattern.

    Raises:
        ValueError: the pattern is too short, or its brackets don't pair up.
    """
    if len(pattern.replace(GAP, "")) < 2:
        raise ValueError(f"pattern too short: {pattern!r}")
    parts: list[str] = []
    position = 0
    for match in _GROUP.finditer(pattern):
        parts.append(_plain(pattern[position : match.start()]))
        alternatives = [_plain(alternative) for alternative in match.group(1).split("|")]
        parts.append(f"(?:{'|'.join(alternatives)}){match.group(2)}")
        position = match.end()
    parts.append(_plain(pattern[position:]))
    return "".join(parts)


def _plain(text: str) -> str:
    if "[" in text or "]" in text:
        raise ValueError(f"brackets don't pair up near {text!r}")
    return _GAP_REGEX.join(re.escape(piece) for piece in text.split(GAP))


def anchors(pattern: str) -> tuple[str, ...]:
    """Strings of which one must stand in any text the pattern matches: the most telling required part.

    Looking for them first is an order of magnitude cheaper than running every expression over every text.
    """
    required: list[tuple[str, ...]] = []
    position = 0
    for match in _GROUP.finditer(pattern):
        required.extend((piece,) for piece in pattern[position : match.start()].split(GAP) if piece)
        alternatives = tuple(alternative.split(GAP)[0] for alternative in match.group(1).split("|"))
        if not match.group(2) and all(alternatives):
            required.append(alternatives)
        position = match.end()
    required.extend((piece,) for piece in pattern[position:].split(GAP) if piece)
    return max(required, key=lambda group: (min(map(len, group)), -len(group)), default=("",))
