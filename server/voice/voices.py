"""Which synthesizer voice each speaker has, and the lengths of pauses: ``data/voice/voices.yml``."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import yaml

from server.voice.engine import Delivery
from server.voice.errors import VoiceContentError
from server.voice.reading import Language


@dataclass(frozen=True)
class Voices:
    """``deliveries`` by speaker and language (at the default rate), the dialects answered in Cantonese, and
    pauses in milliseconds (at the default rate)."""

    deliveries: dict[tuple[str, Language], Delivery]
    cantonese_dialects: frozenset[str]
    between_sentences_ms: int
    between_speakers_ms: int

    def language(self, dialect: str) -> Language:
        """What is spoken to somebody of that dialect."""
        return Language.CANTONESE if dialect in self.cantonese_dialects else Language.MANDARIN

    def delivery(self, speaker: str, language: Language, rate: int) -> Delivery:
        """How ``speaker`` talks. Raises ``KeyError`` for an unknown speaker."""
        base = self.deliveries[speaker, language]
        return Delivery(base.voice_id, rate, base.pitch, base.range)


def load_voices(path: Path, *, rate: int) -> Voices:
    """Read ``voices.yml``. Raises :class:`VoiceContentError` saying what is wrong."""
    try:
        raw = yaml.safe_load(path.read_text("utf-8"))
        deliveries = {
            (str(speaker), Language(language)): Delivery(
                str(each["id"]), rate, _percentage(each["pitch"]), _percentage(each["range"])
            )
            for speaker, languages in raw["voices"].items()
            for language, each in languages.items()
        }
        return Voices(
            deliveries,
            frozenset(map(str, raw["cantonese_dialects"])),
            int(raw["pauses_ms"]["between_sentences"]),
            int(raw["pauses_ms"]["between_speakers"]),
        )
    except (OSError, yaml.YAMLError, KeyError, TypeError, ValueError, AttributeError) as error:
        raise VoiceContentError(f"{path.name}: {error}") from error


def _percentage(value: object) -> int:
    number = int(str(value))
    if not 0 <= number <= 100:
        raise ValueError(f"{number} is not between 0 and 100")
    return number
