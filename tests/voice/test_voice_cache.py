"""Kept utterances: whole or made again, bounded, out of reach for paths, independent of a working disk."""

from __future__ import annotations

import json
import resource
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import numpy as np
import pytest

from server.voice.cache import SpeechCache
from server.voice.sound import wav_bytes
from server.voice.utterance import Utterance

WAV = wav_bytes(np.arange(20_000, dtype="<i2"), 22050)


def key(number: int) -> str:
    return f"{number:032x}"


def utterance(number: int) -> Utterance:
    return Utterance(
        key(number),
        907,
        "pyttsx3",
        "v",
        22050,
        ("aa", "sil"),
        (0, 800),
        (800, 107),
        ("好", "。"),
        (0, 800),
        (800, 107),
    )


def opened(directory: Path, max_bytes: int = 10_000_000, memory_bytes: int = 0) -> SpeechCache:
    cache = SpeechCache(directory, max_bytes=max_bytes, memory_bytes=memory_bytes)
    cache.open()
    return cache


@contextmanager
def disk_full_after(limit_bytes: int) -> Iterator[None]:
    """No file may grow beyond the limit: writes fail half-way, as they do on a full disk."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (limit_bytes, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


def test_an_entry_outlives_a_restart(tmp_path: Path) -> None:
    opened(tmp_path).put(key(1), utterance(1), WAV)
    again = opened(tmp_path)
    assert again.get(key(1)) == utterance(1)
    path = again.wav_path(key(1))
    assert path is not None
    assert path.read_bytes() == WAV


@pytest.mark.parametrize(
    "name", ["../secret", "..%2fsecret", "/etc/passwd", "", "A" * 32, "0" * 31, "0" * 33, "0" * 32 + "\n"]
)
def test_only_keys_reach_the_disk(tmp_path: Path, name: str) -> None:
    (tmp_path / "secret.wav").write_bytes(WAV)
    cache = opened(tmp_path / "cache")
    assert cache.wav_path(name) is None
    assert cache.wav_bytes(name) is None
    assert cache.get(name) is None


@pytest.mark.parametrize(
    "damage", ["half a sound", "no sound", "half a json", "other json", "another key", "flipped bit"]
)
def test_a_damaged_entry_is_removed(tmp_path: Path, damage: str) -> None:
    opened(tmp_path).put(key(1), utterance(1), WAV)
    wav, document = tmp_path / f"{key(1)}.wav", tmp_path / f"{key(1)}.json"
    if damage == "half a sound":
        wav.write_bytes(WAV[: len(WAV) // 2])
    elif damage == "no sound":
        wav.unlink()
    elif damage == "half a json":
        document.write_bytes(document.read_bytes()[:40])
    elif damage == "other json":
        document.write_text("[1, 2]")
    elif damage == "another key":
        document.write_text(document.read_text().replace(key(1), key(2)))
    else:
        wav.write_bytes(WAV[:-1] + bytes([WAV[-1] ^ 1]))
    cache = opened(tmp_path)
    assert cache.get(key(1)) is None
    assert cache.wav_path(key(1)) is None
    assert not list(tmp_path.iterdir())
    cache.put(key(1), utterance(1), WAV)
    assert opened(tmp_path).get(key(1)) == utterance(1)


def test_a_sound_damaged_while_in_memory_is_written_again(tmp_path: Path) -> None:
    cache = opened(tmp_path, memory_bytes=1_000_000)
    cache.put(key(1), utterance(1), WAV)
    (tmp_path / f"{key(1)}.wav").write_bytes(b"RIFF")
    path = cache.wav_path(key(1))
    assert path is not None
    assert path.read_bytes() == WAV


def test_the_least_recently_used_goes_first(tmp_path: Path) -> None:
    cache = opened(tmp_path, max_bytes=3 * len(WAV))
    for number in (1, 2, 3):
        cache.put(key(number), utterance(number), WAV)
    assert cache.get(key(1)) is not None
    cache.put(key(4), utterance(4), WAV)
    assert {file.stem for file in tmp_path.glob("*.wav")} == {key(1), key(3), key(4)}
    assert {file.stem for file in tmp_path.glob("*.json")} == {key(1), key(3), key(4)}


def test_leftovers_of_a_crash_are_cleared_away(tmp_path: Path) -> None:
    (tmp_path / f"{key(1)}.wav.77.tmp").write_bytes(WAV[:100])
    (tmp_path / f"{key(2)}.wav").write_bytes(WAV)
    opened(tmp_path)
    assert not list(tmp_path.iterdir())


def test_a_full_disk_is_served_from_memory_and_left_clean(tmp_path: Path) -> None:
    cache = opened(tmp_path, memory_bytes=1_000_000)
    with disk_full_after(20_000):
        cache.put(key(1), utterance(1), WAV)
        assert cache.get(key(1)) == utterance(1)
        assert cache.wav_bytes(key(1)) == WAV
        assert cache.wav_path(key(1)) is None
        assert not list(tmp_path.iterdir())
    path = cache.wav_path(key(1))
    assert path is not None
    assert path.read_bytes() == WAV


def test_what_is_private_never_reaches_the_disk(tmp_path: Path) -> None:
    cache = opened(tmp_path, memory_bytes=1_000_000)
    cache.put(key(1), utterance(1), WAV, private=True)
    assert cache.get(key(1)) == utterance(1)
    assert cache.wav_bytes(key(1)) == WAV
    assert cache.wav_path(key(1)) is None
    assert not list(tmp_path.iterdir())


def test_a_directory_that_cannot_be_made(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    cache = opened(tmp_path / "file" / "cache", memory_bytes=1_000_000)
    cache.put(key(1), utterance(1), WAV)
    assert cache.wav_bytes(key(1)) == WAV
    assert cache.wav_path(key(1)) is None


def test_an_utterance_survives_json() -> None:
    document = json.loads(json.dumps(utterance(1).to_json()))
    assert Utterance.from_json(document) == utterance(1)
