"""Whom He'an plays is heard: every voice of the cast by the pitch and the pace of the real sound."""

from __future__ import annotations

from itertools import combinations
from pathlib import Path

import numpy as np
import pytest

from bot.drills.assembly import build_drills
from bot.drills.moves import Heard
from bot.drills.scenario import Voice as CastVoice
from server.voice.pyttsx3_engine import Pyttsx3Engine
from server.voice.reading import Language, Reader
from server.voice.sound import samples_of
from server.voice.voices import Voices

TEXT = "您好，我是给您打电话的人，您一个人在家吗？"


def heard(engine: Pyttsx3Engine, reader: Reader, voices: Voices, voice: str) -> tuple[float, float]:
    """The median pitch in Hz and the length in seconds of one sentence."""
    tokens = reader.read(TEXT, Language.MANDARIN).tokens()
    sound = engine.synthesize(tokens, voices.delivery(voice, Language.MANDARIN, 150))
    samples, rate = samples_of(sound.pcm).astype(np.float64), sound.sample_rate_hz
    half, found = rate // 50, []
    for middle in range(half, len(samples) - half, half // 2):
        frame = samples[middle - half : middle + half]
        frame = frame - frame.mean()
        correlation = np.correlate(frame, frame, "full")[len(frame) - 1 :]
        lag = rate // 500 + int(np.argmax(correlation[rate // 500 : rate // 60]))
        if correlation[0] > 1e6 and correlation[lag] > 0.5 * correlation[0]:
            found.append(rate / lag)
    return float(np.median(found)), len(samples) / rate


def test_every_voice_of_the_scenario_language_has_a_delivery(voices: Voices) -> None:
    for language in Language:
        assert {(voice.value, language) for voice in CastVoice} <= set(voices.deliveries)


def test_none_of_the_cast_sounds_like_hean_and_they_differ(
    engine: Pyttsx3Engine, reader: Reader, voices: Voices
) -> None:
    own, _ = heard(engine, reader, voices, "hean")
    cast = {voice.value: heard(engine, reader, voices, voice.value) for voice in CastVoice}
    for name, (pitch, _) in cast.items():
        assert not 0.87 < pitch / own < 1.15, (name, pitch, own)
    assert cast["official_man"][0] < cast["young_man"][0] < cast["crying_man"][0] < cast["young_woman"][0]
    assert cast["old_man"][1] > 1.2 * cast["young_man"][1]
    for (one, (pitch, seconds)), (other, (pitch2, seconds2)) in combinations(cast.items(), 2):
        assert abs(pitch - pitch2) > 4 or abs(seconds - seconds2) > 0.15, (one, other)


def test_hean_keeps_her_voice_and_models_speak_the_cast_with_that_of_roles(voices: Voices) -> None:
    hean = voices.delivery("hean", Language.MANDARIN, 150)
    ids = {voices.delivery(voice.value, Language.MANDARIN, 150).voice_id for voice in CastVoice}
    assert hean.speaker == "hean" and hean.rate == 150 and hean.voice_id not in ids
    assert {voices.delivery(voice.value, Language.MANDARIN, 150).speaker for voice in CastVoice} == {"role"}
    with pytest.raises(KeyError):
        voices.delivery("nobody", Language.MANDARIN, 150)


def test_a_line_of_a_drill_carries_the_voice_of_its_cast() -> None:
    drills = build_drills(Path(__file__).resolve().parents[2] / "data")
    scenario = drills.catalog.get("police-cash-pickup")
    assert scenario is not None
    state, opened = drills.engine.begin(scenario, "run")
    _, answered = drills.engine.advance(scenario, state, Heard("红烧肉"))
    for line in (*opened.lines, *answered.lines):
        assert line.voice == ("official_man" if line.speaker == "role" else "")
