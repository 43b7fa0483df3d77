"""Which synthesizer voice each speaker has, and the lengths of pauses: ``data/voice/voices.yml``."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import yaml

from server.voice.engine import Delivery
from server.voice.errors import VoiceContentError
from server.voice.reading import Language

_HEAN, _ROLE = "hean", "role"


@dataclass(frozen=True)
class Voices:
    """``deliveries`` by voice and language (at the default rate), the dialects answered in Cantonese, pauses in
    milliseconds (at the default rate), and the number of each voice in a sherpa-onnx model.

    A voice is a speaker's, ``hean`` or ``role``, or that of one of those whom ``role`` stands for.
    """

    deliveries: dict[tuple[str, Language], Delivery]
    cantonese_dialects: frozenset[str]
    between_sentences_ms: int
    between_speakers_ms: int
    model_speakers: dict[str, int]

    def language(self, dialect: str) -> Language:
        """What is spoken to somebody of that dialect."""
        return Language.CANTONESE if dialect in self.cantonese_dialects else Language.MANDARIN

    def delivery(self, voice: str, language: Language, rate: int, dialect: str = "cmn") -> Delivery:
        """How ``voice`` talks to somebody of a dialect. Raises ``KeyError`` for an unknown voice.

        ``rate`` is He'an's; whoever speaks faster or slower than she does keeps that measure.
        """
        base = self.deliveries[voice, language]
        pace = base.rate / self.deliveries[_HEAN, language].rate
        speaker = voice if voice in self.model_speakers else _ROLE
        return Delivery(base.voice_id, round(rate * pace), base.pitch, base.range, speaker, dialect, language.value)


def load_voices(path: Path, *, rate: int) -> Voices:
    """Read ``voices.yml``. Raises :class:`VoiceContentError` saying what is wrong."""
    try:
        raw = yaml.safe_load(path.read_text("utf-8"))
        deliveries = {
            (str(speaker), Language(language)): Delivery(
                str(each["id"]),
                round(rate * _pace(each.get("pace", 100)) / 100),
                _percentage(each["pitch"]),
                _percentage(each["range"]),
            )
            for speaker, languages in {**raw["voices"], **raw.get("cast", {})}.items()
            for language, each in languages.items()
        }
        return Voices(
            deliveries,
            frozenset(map(str, raw["cantonese_dialects"])),
            int(raw["pauses_ms"]["between_sentences"]),
            int(raw["pauses_ms"]["between_speakers"]),
            {str(speaker): int(number) for speaker, number in raw["model_speakers"].items()},
        )
    except (OSError, yaml.YAMLError, KeyError, TypeError, ValueError, AttributeError) as error:
        raise VoiceContentError(f"{path.name}: {error}") from error


def _pace(value: object) -> int:
    number = int(str(value))
    if not 60 <= number <= 140:
        raise ValueError(f"pace {number} is not between 60 and 140 percent")
    return number


def _percentage(value: object) -> int:
    number = int(str(value))
    if not 0 <= number <= 100:
        raise ValueError(f"{number} is not between 0 and 100")
    return number
