"""What espeak-ng makes of the tokens: phonemes, tones and pitch, measured in the sound it gives."""

from __future__ import annotations

from itertools import islice, pairwise
from pathlib import Path

import numpy as np
import pytest
import yaml
from numpy.typing import NDArray
from pypinyin import Style, pinyin

from server.voice.engine import Delivery, Sound, Token
from server.voice.errors import VoiceUnavailable
from server.voice.pyttsx3_engine import Pyttsx3Engine
from server.voice.reading import Language, Reader
from server.voice.sound import samples_of
from server.voice.visemes import VISEMES, visemes_of
from server.voice.voices import Voices

# Syllables that only interjections have. Content gives those other readings.
NOT_SAID = {"m", "hm", "hng", "n", "ng", "ê"}


def delivery(voices: Voices, speaker: str = "hean", language: Language = Language.MANDARIN) -> Delivery:
    return voices.delivery(speaker, language, 150)


def tokens_of(syllables: str) -> list[Token]:
    return [Token(each) for each in syllables.split()]


def ipa(sound: Sound) -> str:
    return " ".join(phoneme.ipa for phoneme in sound.phonemes if phoneme.ipa)


def pitches(sound: Sound, start_ms: float, end_ms: float) -> NDArray[np.float64]:
    """Fundamental frequency in Hz at seven points between, by autocorrelation; ``nan`` where unclear."""
    samples = samples_of(sound.pcm).astype(np.float64)
    rate, half = sound.sample_rate_hz, 260
    found = []
    for at in np.linspace(start_ms, end_ms, 9)[1:-1]:
        middle = int(at * rate / 1000)
        frame = samples[max(0, middle - half) : middle + half]
        frame = frame - frame.mean()
        correlation = np.correlate(frame, frame, "full")[len(frame) - 1 :]
        first, last = rate // 330, rate // 65
        lag = first + int(np.argmax(correlation[first:last]))
        found.append(rate / lag if correlation[lag] > 0.4 * correlation[0] else np.nan)
    return np.array(found)


def vowel_pitches(sound: Sound) -> list[NDArray[np.float64]]:
    """The pitch course of each vowel ɑ."""
    return [
        pitches(sound, each.start_ms, after.start_ms)
        for each, after in pairwise(sound.phonemes)
        if each.ipa.strip("ˈ") == "ɑ"
    ]


@pytest.mark.parametrize(
    ("syllables", "phonemes"),
    [
        ("nin2 hao3", "n ˈi n χ ˈɑu"),
        ("jiu3 liu4 yao1 yao1 ling2", "tɕ ˈiou l ˈiou j ˈɑu j ˈɑu l ˈi ŋ"),
        ("zhuan3 zhang4", "ts. ˈua n ts. ˈɑ ŋ"),
        ("huan2 kuan3", "χ ˈua n kh w ˈa n"),
        ("lv4 nv3", "l ˈy n ˈy"),
        ("xiong1 qiong2 jiong3", "ɕ j ˈonɡ tɕh j ˈonɡ tɕ j ˈonɡ"),
    ],
)
def test_mandarin_phonemes(engine: Pyttsx3Engine, voices: Voices, syllables: str, phonemes: str) -> None:
    assert ipa(engine.synthesize(tokens_of(syllables), delivery(voices))) == phonemes


def test_cantonese_phonemes(engine: Pyttsx3Engine, voices: Voices, reader: Reader) -> None:
    tokens = reader.read("你好，96110", Language.CANTONESE).tokens()
    sound = engine.synthesize(tokens, delivery(voices, language=Language.CANTONESE))
    assert ipa(sound) == "n ˈei h ˈou ɡ ˈau l ˈu k j ˈa t j ˈa t l ˈinɡ"


def test_every_syllable_of_the_dictionary_is_said_in_mandarin(engine: Pyttsx3Engine, voices: Voices) -> None:
    syllables = {
        reading
        for code in range(0x4E00, 0x9FA6)
        for reading in pinyin(chr(code), style=Style.TONE3, heteronym=True, neutral_tone_with_five=True, v_to_u=False)[
            0
        ]
    }
    said = iter(sorted(each for each in syllables if each[:-1] not in NOT_SAID))
    while batch := list(islice(said, 120)):
        sound = engine.synthesize([Token(each) for each in batch], delivery(voices))
        assert "(" not in ipa(sound), f"English among {batch[0]} … {batch[-1]}"


def test_every_syllable_of_the_content_is_said_in_mandarin(
    engine: Pyttsx3Engine, voices: Voices, content: Path
) -> None:
    for file in ("pronunciation.yml", "places.yml", "latin.yml"):
        for section in yaml.safe_load((content / file).read_text("utf-8")).values():
            written = [(word, tokens_of(str(syllables))) for word, syllables in section.items()]
            for start in range(0, len(written), 40):
                part = written[start : start + 40]
                tokens = [token for _, tokens in part for token in tokens]
                sound = engine.synthesize(tokens, delivery(voices))
                assert "(" not in ipa(sound), f"{file}: English among {part[0][0]} … {part[-1][0]}"


def test_the_four_tones_are_heard(engine: Pyttsx3Engine, voices: Voices) -> None:
    level, rising, low, falling = (
        vowel_pitches(engine.synthesize(tokens_of(f"ma{tone} ba1"), delivery(voices)))[0] for tone in "1234"
    )
    assert np.nanmin(level) > np.nanmax(low) * 1.15
    assert np.nanmax(level) / np.nanmin(level) < 1.1
    assert rising[~np.isnan(rising)][-1] > rising[~np.isnan(rising)][0] * 1.06
    assert falling[~np.isnan(falling)][-1] < falling[~np.isnan(falling)][0] * 0.9


def test_the_synthesizer_changes_third_tones_itself(engine: Pyttsx3Engine, voices: Voices) -> None:
    third, second = (
        vowel_pitches(engine.synthesize(tokens_of(each), delivery(voices)))[0]
        for each in ("ma3 ma3 ba1", "ma2 ma3 ba1")
    )
    assert np.nanmax(np.abs(third - second)) < 8


@pytest.mark.parametrize("language", list(Language))
def test_the_role_has_a_clearly_different_voice(
    engine: Pyttsx3Engine, voices: Voices, reader: Reader, language: Language
) -> None:
    tokens = reader.read("他妈妈拿了八百八。", language).tokens()
    medians = {}
    for speaker in ("hean", "role"):
        sound = engine.synthesize(tokens, delivery(voices, speaker, language))
        courses = [
            pitches(sound, each.start_ms, after.start_ms)
            for each, after in pairwise(sound.phonemes)
            if "a" in each.ipa or "ɑ" in each.ipa
        ]
        medians[speaker] = float(np.nanmedian(np.concatenate(courses)))
    assert 140 < medians["hean"] < 230
    assert 70 < medians["role"] < 130


def test_rate_changes_the_length(engine: Pyttsx3Engine, voices: Voices, reader: Reader) -> None:
    tokens = reader.read("请您马上挂断电话，先问问儿女。").tokens()
    slow, usual = (
        engine.synthesize(tokens, voices.delivery("hean", Language.MANDARIN, rate)).duration_ms for rate in (120, 150)
    )
    assert slow > usual * 1.15


@pytest.mark.parametrize("voice_id", ["sit/cmn-latn-pinyin+nobody", "sit/nowhere"])
def test_an_unknown_voice_is_refused_not_replaced(voice_id: str) -> None:
    engine = Pyttsx3Engine(workers=1, attempts=2)
    engine.start()
    try:
        with pytest.raises(VoiceUnavailable):
            engine.synthesize(tokens_of("nin2 hao3"), Delivery(voice_id, 150, 50, 50))
    finally:
        engine.stop()


@pytest.mark.parametrize(
    ("phoneme", "shapes"),
    [
        ("", ("sil",)),
        ("(en)", ()),
        ("p", ("PP",)),
        ("f", ("FF",)),
        ("th", ("DD",)),
        ("θ", ("TH",)),
        ("χ", ("kk",)),
        ("tɕh", ("CH",)),
        ("ts.h", ("CH",)),
        ("tsh", ("SS",)),
        ("ŋ", ("nn",)),
        ("ʐ", ("RR",)),
        ("ˈɑu", ("aa", "U")),
        ("ˈiou", ("I", "O", "U")),
        ("ˈo-", ("E",)),
        ("ˈi.", ("I",)),
        ("ˈonɡ", ("O", "nn")),
        ("ər", ("E", "RR")),
    ],
)
def test_mouth_shapes(phoneme: str, shapes: tuple[str, ...]) -> None:
    assert visemes_of(phoneme) == shapes
    assert set(shapes) <= set(VISEMES)
