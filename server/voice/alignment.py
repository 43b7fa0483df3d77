"""When each syllable is said in a sound that comes without times: recordings, and models that give none.

The loud stretches of the sound are shared out to the phrases between pauses, and in a phrase every syllable gets an
equal part. Real speech is more uneven, but a caption that is a syllable early reads well, and the mouth moves.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from server.voice.engine import Phoneme, Sound, Token

_FRAME_MS = 10
_LOUD = 0.06  # of the loudest frame: quieter is a pause or the room
_PAUSE_MS = 120  # shorter gaps are closures of consonants
_ONSET = 0.3  # of a syllable belongs to its first consonant
_SYLLABLE = re.compile(r"(zh|ch|sh|[bpmfdtnlgkhjqxrzcsyw]?)([aeiouv]*)(ng|n|r)?[1-5]")
_IPA = {
    **{"b": "p", "p": "ph", "m": "m", "f": "f", "d": "t", "t": "th", "n": "n", "l": "l", "g": "k", "k": "kh"},
    **{"h": "χ", "j": "tɕ", "q": "tɕh", "x": "ɕ", "zh": "ts.", "ch": "ts.h", "sh": "s.", "r": "ʐ", "z": "ts"},
    **{"c": "tsh", "s": "s", "y": "j", "w": "w", "a": "a", "o": "o", "e": "ə", "i": "i", "u": "u", "v": "y"},
    "ng": "ŋ",
}


@dataclass(frozen=True)
class _Stretch:
    """From ``start`` to ``end`` in ms something is heard."""

    start: float
    end: float


def aligned(samples: NDArray[np.int16], sample_rate_hz: int, tokens: Sequence[Token]) -> Sound:
    """The sound with a start for every token and mouth shapes that follow their spelling."""
    length_ms = len(samples) * 1000 / sample_rate_hz
    phrases = _phrases(tokens)
    stretches = _stretches(samples, sample_rate_hz, len(phrases))
    starts: list[int | None] = []
    phonemes: list[Phoneme] = []
    for (first, last), (begin, end) in _shared(phrases, stretches):
        step = (end - begin) / (last - first)
        for index in range(first, last):
            start = begin + (index - first) * step
            starts.append(round(start))
            phonemes.extend(_phonemes(tokens[index].text, start, step))
        phonemes.append(Phoneme(round(end), ""))
    if phonemes and phonemes[0].start_ms > 0:
        phonemes.insert(0, Phoneme(0, ""))
    phonemes = [each for each in phonemes if each.start_ms <= length_ms]
    return Sound(samples.astype("<i2").tobytes(), sample_rate_hz, tuple(phonemes), tuple(starts))


def _phrases(tokens: Sequence[Token]) -> list[tuple[int, int]]:
    """Tokens between pauses, as ``[first, last)``."""
    cuts = [0, *(index + 1 for index, token in enumerate(tokens) if token.pause), len(tokens)]
    return [(first, last) for first, last in pairwise(cuts) if last > first]


def _stretches(samples: NDArray[np.int16], sample_rate_hz: int, wanted: int) -> list[_Stretch]:
    """``wanted`` loud stretches, parted at the longest pauses; a single one when there are fewer pauses."""
    size = max(1, sample_rate_hz * _FRAME_MS // 1000)
    length_ms = len(samples) * 1000 / sample_rate_hz
    frames = samples[: len(samples) // size * size].astype(np.float64).reshape(-1, size)
    loudness = np.sqrt((frames**2).mean(axis=1)) if len(frames) else np.zeros(0)
    loud = np.flatnonzero(loudness > _LOUD * loudness.max(initial=0.0)) if len(loudness) else loudness.astype(int)
    if not len(loud):
        return [_Stretch(0.0, length_ms)]
    begin, end = float(loud[0] * _FRAME_MS), min(length_ms, float((loud[-1] + 1) * _FRAME_MS))
    gaps = [(int(after - before), int(before), int(after)) for before, after in pairwise(loud) if after > before + 1]
    pauses = sorted((gap for gap in gaps if gap[0] * _FRAME_MS >= _PAUSE_MS), reverse=True)[: wanted - 1]
    if len(pauses) < wanted - 1:
        return [_Stretch(begin, end)]
    bounds = [begin]
    for _, before, after in sorted(pauses, key=lambda gap: gap[1]):
        bounds += [(before + 1) * _FRAME_MS, after * _FRAME_MS]
    bounds.append(end)
    return [_Stretch(bounds[at], bounds[at + 1]) for at in range(0, len(bounds), 2)]


def _shared(
    phrases: Sequence[tuple[int, int]], stretches: Sequence[_Stretch]
) -> list[tuple[tuple[int, int], tuple[float, float]]]:
    if len(stretches) == len(phrases):
        return [(phrase, (each.start, each.end)) for phrase, each in zip(phrases, stretches, strict=True)]
    whole, count = stretches[0], phrases[-1][1]
    step = (whole.end - whole.start) / count
    return [(phrase, (whole.start + phrase[0] * step, whole.start + phrase[1] * step)) for phrase in phrases]


def _phonemes(text: str, start: float, length: float) -> list[Phoneme]:
    """The sounds of one token over its time; what is no pinyin opens the mouth."""
    match = _SYLLABLE.fullmatch(text)
    if match is None:
        return [Phoneme(round(start), "a")]
    initial, vowels, ending = match.groups()
    rest = [_IPA[letter] for letter in vowels] + ([_IPA.get(ending, ending)] if ending else [])
    begin = start + (_ONSET * length if initial and rest else 0.0)
    onset = [Phoneme(round(start), _IPA.get(initial, initial))] if initial else []
    step = (start + length - begin) / max(1, len(rest))
    return onset + [Phoneme(round(begin + index * step), ipa) for index, ipa in enumerate(rest)]
