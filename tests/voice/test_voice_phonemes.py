"""The table of lines that have to be said right: hotlines, numbers, polyphones, the names of Jiaxing."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from server.voice.pyttsx3_engine import Pyttsx3Engine
from server.voice.reading import Language, Reader
from server.voice.visemes import VISEMES, visemes_of
from server.voice.voices import Voices

TABLE: dict[str, dict[str, str]] = yaml.safe_load((Path(__file__).parent / "phonemes.yml").read_text("utf-8"))
LINES = [(text, said) for section in TABLE.values() for text, said in section.items()]


def test_the_table_is_large_enough() -> None:
    assert len(LINES) >= 150
    assert {section: len(lines) >= 25 for section, lines in TABLE.items()} == dict.fromkeys(
        ("hotlines", "numbers", "polyphones", "places"), True
    )


@pytest.mark.parametrize("text,said", LINES, ids=[text for text, _ in LINES])
def test_every_line_is_read_right(reader: Reader, text: str, said: str) -> None:
    assert " ".join(token.text for token in reader.read(text).tokens()) == said


def test_every_line_is_spoken_as_it_is_read(engine: Pyttsx3Engine, reader: Reader, voices: Voices) -> None:
    delivery = voices.delivery("hean", Language.MANDARIN, 150)
    wrong = []
    for text, _ in LINES:
        tokens = reader.read(text).tokens()
        sound = engine.synthesize(tokens, delivery)
        starts = [start for start in sound.token_starts_ms if start is not None]
        english = any(phoneme.ipa.startswith("(") for phoneme in sound.phonemes)
        shapes = {shape for phoneme in sound.phonemes for shape in visemes_of(phoneme.ipa)}
        if english or len(starts) != len(tokens) or starts != sorted(set(starts)) or not shapes <= set(VISEMES):
            wrong.append(text)
    assert wrong == []
