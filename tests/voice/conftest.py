"""One synthesizer and one reader for all tests of the voice; every test gets a cache of its own."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from server.voice.pyttsx3_engine import Pyttsx3Engine
from server.voice.reading import Reader, load_reader
from server.voice.voices import Voices, load_voices

CONTENT = Path(__file__).resolve().parents[2] / "data" / "voice"


@pytest.fixture(scope="session")
def content() -> Path:
    return CONTENT


@pytest.fixture(scope="session")
def reader() -> Reader:
    return load_reader(CONTENT)


@pytest.fixture(scope="session")
def voices() -> Voices:
    return load_voices(CONTENT / "voices.yml", rate=150)


@pytest.fixture(scope="session")
def engine() -> Iterator[Pyttsx3Engine]:
    engine = Pyttsx3Engine()
    engine.start()
    yield engine
    engine.stop()
