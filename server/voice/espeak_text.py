"""How tokens are written so that espeak-ng 1.52 says them right."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from server.voice.engine import Token

_SYLLABLE = re.compile(r"([a-zü]+)([1-5])")

# espeak-ng's phoneme mnemonics (phsource/ph_cmn of its sources). Its Mandarin dictionary has no jiong, qiong
# and xiong: they come out as English letters, whether given as pinyin or as Hanzi, so phonemes are given.
_TONES = {"1": "55", "2": "35", "3": "214", "4": "51", "5": "11"}
_MISSING = {"jiong": "tS;j'ong", "qiong": "tS;hj'ong", "xiong": "S;j'ong"}


@dataclass(frozen=True)
class EspeakText:
    """``text`` for the synthesizer and, for each token, the characters ``[start, end)`` that stand for it."""

    text: str
    spans: tuple[tuple[int, int], ...]

    def token_at(self, position: int) -> int | None:
        """Index of the token that the character at ``position`` (from 0) belongs to."""
        for index, (start, end) in enumerate(self.spans):
            if start <= position < end:
                return index
        return None


def espeak_text(tokens: Sequence[Token]) -> EspeakText:
    """Write tokens with punctuation between them.

    Pinyin and Latin words stand apart; Hanzi stand together, so that words of several characters are found in
    the dictionary.
    """
    parts: list[str] = []
    spans: list[tuple[int, int]] = []
    length = 0
    for index, token in enumerate(tokens):
        spelled = _spell(token.text)
        spans.append((length, length + len(spelled)))
        both_hanzi = index + 1 < len(tokens) and _is_hanzi(token.text) and _is_hanzi(tokens[index + 1].text)
        after = f" {token.pause} " if token.pause else "" if both_hanzi else " "
        parts.append(spelled + after)
        length += len(spelled) + len(after)
    return EspeakText("".join(parts), tuple(spans))


def _spell(text: str) -> str:
    match = _SYLLABLE.fullmatch(text)
    if match and match[1] in _MISSING:
        return f"[[{_MISSING[match[1]]}{_TONES[match[2]]}]]"
    return text


def _is_hanzi(text: str) -> bool:
    return len(text) == 1 and ord(text) >= 0x3400
