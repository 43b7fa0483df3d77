"""Sentences that were spoken one by one, put together into one sound with its timings."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

from server.voice.sound import silence
from server.voice.utterance import Utterance

Spoken = tuple[Utterance, NDArray[np.int16], float]


def joined(key: str, sentences: Sequence[Spoken]) -> tuple[Utterance, NDArray[np.int16]]:
    """One utterance of sentences, each with its samples and the pause in ms behind it.

    They may come from engines of different sample rates; the first one's is kept. The pause belongs to the last thing
    shown before it, and the mouth is closed meanwhile.
    """
    rate_hz = sentences[0][0].sample_rate_hz
    samples: list[NDArray[np.int16]] = []
    visemes: list[tuple[str, int, int]] = []
    words: list[tuple[str, int, int]] = []
    for utterance, sound, pause_ms in sentences:
        offset = round(sum(map(len, samples)) * 1000 / rate_hz)
        samples += [_resampled(sound, utterance.sample_rate_hz, rate_hz), silence(pause_ms, rate_hz)]
        end = round(sum(map(len, samples)) * 1000 / rate_hz)
        visemes += _moved(zip(utterance.visemes, utterance.vtimes, utterance.vdurations, strict=True), offset)
        words += _moved(zip(utterance.words, utterance.wtimes, utterance.wdurations, strict=True), offset)
        if visemes and visemes[-1][0] != "sil":
            visemes.append(("sil", visemes[-1][1] + visemes[-1][2], 0))
        for track in (visemes, words):
            if track:
                label, start, _ = track[-1]
                track[-1] = (label, start, max(0, end - start))
    whole = np.concatenate(samples)
    return (
        Utterance(
            key,
            round(len(whole) * 1000 / rate_hz),
            _names(utterance.engine for utterance, _, _ in sentences),
            _names(utterance.voice for utterance, _, _ in sentences),
            rate_hz,
            *_columns(visemes),
            *_columns(words),
        ),
        whole,
    )


def _moved(entries: Iterable[tuple[str, int, int]], offset: int) -> list[tuple[str, int, int]]:
    return [(label, start + offset, duration) for label, start, duration in entries]


def _columns(track: list[tuple[str, int, int]]) -> tuple[tuple[str, ...], tuple[int, ...], tuple[int, ...]]:
    return tuple(each[0] for each in track), tuple(each[1] for each in track), tuple(each[2] for each in track)


def _names(names: Iterable[str]) -> str:
    return ",".join(dict.fromkeys(names))


def _resampled(samples: NDArray[np.int16], from_hz: int, to_hz: int) -> NDArray[np.int16]:
    if from_hz == to_hz or not len(samples):
        return samples
    count = max(1, round(len(samples) * to_hz / from_hz))
    at = np.linspace(0, len(samples) - 1, count)
    return np.round(np.interp(at, np.arange(len(samples)), samples)).astype("<i2")
