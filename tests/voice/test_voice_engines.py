"""Recordings, a model voice and espeak-ng in one order of preference; where one fails the next one speaks."""

from __future__ import annotations

import asyncio
import io
import os
import signal
import wave
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
import pytest
from tiny_models import VITS_RATE_HZ, vits

from server.voice.alignment import aligned
from server.voice.cache import SpeechCache
from server.voice.chain import EngineChain
from server.voice.clips.engine import ClipEngine
from server.voice.engine import Delivery, Engine, Sound, Token
from server.voice.errors import VoiceUnavailable
from server.voice.pyttsx3_engine import Pyttsx3Engine
from server.voice.reading import Language, Reader
from server.voice.sherpa_engine import SherpaEngine
from server.voice.utterance import Utterance
from server.voice.voice import Voice
from server.voice.voices import Voices

HANZI = "您好我是禾安请打九六幺零"
RATE_HZ = 22050
Say = Callable[..., tuple[Utterance, bytes]]


class Borrowed:
    """The shared espeak-ng, which this test neither starts nor stops."""

    name = "pyttsx3"

    def __init__(self, engine: Pyttsx3Engine) -> None:
        self._engine = engine
        self.version, self.ready, self.says = engine.version, engine.ready, engine.says
        self.voice_of, self.synthesize = engine.voice_of, engine.synthesize

    def start(self) -> None:
        pass

    def stop(self) -> None:
        pass


@pytest.fixture
def espeak(engine: Pyttsx3Engine) -> Engine:
    return Borrowed(engine)


@pytest.fixture
def say(reader: Reader, voices: Voices, tmp_path: Path) -> Say:
    """Speaks one text with engines, and gives the utterance and its WAV."""

    def speak(engines: Sequence[Engine], text: str, **how: object) -> tuple[Utterance, bytes]:
        voice = Voice(engines, reader, voices, SpeechCache(tmp_path / "cache", max_bytes=100_000_000))

        async def run() -> tuple[Utterance, bytes]:
            await voice.start()
            try:
                utterance = await voice.speak(text, **how)  # type: ignore[arg-type]
                return utterance, voice.wav_bytes(utterance.key) or b""
            finally:
                await voice.stop()

        return asyncio.run(run())

    return speak


def record(folder: Path, dialect: str, text: str, syllables: int, *, checked: bool = True, hum: float = 180) -> None:
    """A recording of hummed syllables with half a second of silence around it, and its line in the list."""
    (folder / dialect).mkdir(parents=True, exist_ok=True)
    time = np.arange(int(RATE_HZ * 0.25)) / RATE_HZ
    syllable = np.sin(2 * np.pi * hum * time) * np.hanning(len(time)) * 12_000
    rest = np.zeros(RATE_HZ // 4)
    samples = np.concatenate([rest, *[syllable] * syllables, rest]).astype("<i2")
    name = f"{len(list((folder / dialect).glob('*.wav')))}.wav"
    with wave.open(str(folder / dialect / name), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(RATE_HZ)
        file.writeframes(samples.tobytes())
    manifest = folder / dialect / "clips.yml"
    before = manifest.read_text("utf-8") if manifest.exists() else "clips:\n"
    line = f"  - {{text: '{text}', file: {name}, speaker: 王, checked: {str(checked).lower()}}}\n"
    manifest.write_text(before + line, "utf-8")


def check(utterance: Utterance, wav: bytes, shown: str) -> None:
    """Captions and mouth end with the sound, and everything that was written is shown."""
    with wave.open(io.BytesIO(wav)) as file:
        assert file.getframerate() == utterance.sample_rate_hz
        length_ms = file.getnframes() * 1000 / file.getframerate()
    assert abs(length_ms - utterance.duration_ms) <= 5
    assert "".join(utterance.words) == shown
    tracks = ((utterance.vtimes, utterance.vdurations), (utterance.wtimes, utterance.wdurations))
    for times, durations in tracks:
        assert list(times) == sorted(times)
        assert min(durations) >= 0
        assert abs(times[-1] + durations[-1] - length_ms) <= 40


def test_a_checked_recording_wins(espeak: Engine, reader: Reader, say: Say, tmp_path: Path) -> None:
    clips = tmp_path / "clips"
    record(clips, "wuu", "请打96110。", 7)
    record(clips, "cmn", "请打96110。", 7, hum=120)
    record(clips, "cmn", "先挂断电话。", 6, checked=False)
    engines = [ClipEngine(clips, reader), espeak]
    for dialect in ("wuu", "wuu-jx", "cmn", "cmn-sw"):
        utterance, wav = say(engines, "请打 ９６１１０！", dialect=dialect)
        assert (utterance.engine, utterance.voice) == ("clips", f"clips/{dialect}")
        check(utterance, wav, "请打９６１１０！")
        syllables = [at for at, word in enumerate(utterance.words) if word != "！"]
        assert [utterance.wtimes[at] for at in syllables] == pytest.approx([255 + 247 * n for n in range(7)], abs=60)
    sounds = {dialect: say(engines, "请打96110。", dialect=dialect)[1] for dialect in ("wuu", "cmn", "wuu-jx")}
    assert sounds["wuu"] == sounds["wuu-jx"] != sounds["cmn"]
    assert say(engines, "请打96110。", dialect="yue")[0].engine == "pyttsx3", "Cantonese speaks Cantonese"
    assert say(engines, "请打96110。", voice="role")[0].engine == "pyttsx3", "a role never speaks as He'an"
    assert say(engines, "先挂断电话。")[0].engine == "pyttsx3", "nobody has checked it"


def test_recorded_and_spoken_sentences_follow_each_other(
    espeak: Engine, reader: Reader, say: Say, tmp_path: Path
) -> None:
    record(tmp_path / "clips", "wuu", "请打96110。", 7)
    text = "这是骗子！请打96110。您别急。"
    utterance, wav = say([ClipEngine(tmp_path / "clips", reader), espeak], text, dialect="wuu")
    assert utterance.engine == "pyttsx3,clips"
    check(utterance, wav, text)


@pytest.mark.parametrize(
    "manifest",
    ["clips: 5", "clips: [{text: 好}]", "[", "clips: [{text: 好, file: ../x.wav, speaker: 王, checked: true}]"],
)
def test_a_broken_list_of_recordings_silences_nobody(
    espeak: Engine, reader: Reader, say: Say, tmp_path: Path, manifest: str
) -> None:
    (tmp_path / "clips" / "wuu").mkdir(parents=True)
    (tmp_path / "clips" / "wuu" / "clips.yml").write_text(manifest, "utf-8")
    clips = ClipEngine(tmp_path / "clips", reader)
    with pytest.raises(VoiceUnavailable, match=r"clips\.yml"):
        clips.start()
    assert say([clips, espeak], "您好。", dialect="wuu")[0].engine == "pyttsx3"


def test_half_a_recording_is_left_out(espeak: Engine, reader: Reader, say: Say, tmp_path: Path) -> None:
    record(tmp_path / "clips", "cmn", "您好。", 2)
    path = tmp_path / "clips" / "cmn" / "0.wav"
    path.write_bytes(path.read_bytes()[:9000])
    assert say([ClipEngine(tmp_path / "clips", reader), espeak], "您好。")[0].engine == "pyttsx3"


def test_a_model_speaks_mandarin(espeak: Engine, say: Say, tmp_path: Path) -> None:
    model = SherpaEngine(vits(tmp_path / "vits", HANZI), {"hean": 0, "role": 1}, threads=1)
    for text in ("您好，我是禾安。请打96110！", "打。", "您好！我是禾安！"):
        utterance, wav = say([model, espeak], text, dialect="wuu")
        assert utterance.engine == "sherpa"
        assert utterance.sample_rate_hz == VITS_RATE_HZ
        assert utterance.duration_ms > 150 * sum(character.isalnum() for character in text)
        check(utterance, wav, text)
    hean, role = (say([model, espeak], "您好。", voice=voice)[1] for voice in ("hean", "role"))
    assert hean != role
    assert say([model, espeak], "你好。", dialect="yue")[0].engine == "pyttsx3"


def test_a_killed_model_speaks_again(voices: Voices, reader: Reader, tmp_path: Path) -> None:
    model = SherpaEngine(vits(tmp_path / "vits", HANZI), {"hean": 0, "role": 1}, threads=1)
    model.start()
    try:
        tokens = reader.read("您好，我是禾安。").tokens()
        delivery = voices.delivery("hean", Language.MANDARIN, 150)
        first = model.synthesize(tokens, delivery)
        pid = model.worker_pid()
        assert pid is not None
        os.kill(pid, signal.SIGKILL)
        assert model.synthesize(tokens, delivery) == first
        assert model.worker_pid() != pid
    finally:
        model.stop()


@pytest.mark.parametrize("folder", ["missing", "empty", "nonsense", "not set"])
def test_without_its_model_the_next_engine_speaks(
    espeak: Engine,
    say: Say,
    tmp_path: Path,
    folder: str,
    caplog: pytest.LogCaptureFixture,
) -> None:
    (tmp_path / "empty").mkdir()
    (tmp_path / "nonsense").mkdir()
    (tmp_path / "nonsense" / "model.onnx").write_bytes(b"no model")
    for name in ("tokens.txt", "lexicon.txt"):
        (tmp_path / "nonsense" / name).write_text("sil 0\n", "utf-8")
    model = SherpaEngine(None if folder == "not set" else tmp_path / folder, {}, threads=1)
    utterance, wav = say([model, espeak], "您好。")
    assert utterance.engine == "pyttsx3"
    check(utterance, wav, "您好。")
    assert "the voice sherpa is left out" in caplog.text


class Failing:
    """An engine that is ready and fails, as one whose disk or memory is gone."""

    name, version = "failing", "1"

    def __init__(self) -> None:
        self.asked = 0

    def start(self) -> None:
        pass

    def stop(self) -> None:
        pass

    def ready(self) -> bool:
        return True

    def says(self, tokens: Sequence[Token], delivery: Delivery) -> bool:
        return True

    def voice_of(self, delivery: Delivery) -> str:
        return "none"

    def synthesize(self, tokens: Sequence[Token], delivery: Delivery) -> Sound:
        self.asked += 1
        raise VoiceUnavailable("gone")


def test_a_failing_engine_rests_and_is_tried_again(espeak: Engine, reader: Reader, voices: Voices) -> None:
    now = [0.0]
    failing = Failing()
    chain = EngineChain([failing, espeak], clock=lambda: now[0])
    tokens = reader.read("您好。").tokens()
    delivery = voices.delivery("hean", Language.MANDARIN, 150)
    for _ in range(3):
        assert chain.speak(tokens, delivery).engine == "pyttsx3"
    assert failing.asked == 1
    now[0] = 31.0
    assert chain.speak(tokens, delivery).engine == "pyttsx3"
    assert failing.asked == 2


def test_what_another_engine_said_is_not_kept_as_the_first_ones(espeak: Engine, say: Say, tmp_path: Path) -> None:
    alone = say([espeak], "您好。您别急。")[0]
    instead = say([Failing(), espeak], "您好。您别急。")[0]
    assert instead.engine == "pyttsx3"
    assert instead.key == alone.key


def test_nobody_can_speak(say: Say) -> None:
    with pytest.raises(VoiceUnavailable):
        say([Failing()], "您好。")


@pytest.mark.parametrize("samples", [np.zeros(0, "<i2"), np.zeros(8000, "<i2"), np.full(10, 9000, "<i2")])
def test_any_sound_can_be_aligned(samples: np.ndarray, voices: Voices) -> None:  # type: ignore[type-arg]
    sound = aligned(samples, 16_000, [Token("hao3", ","), Token("app"), Token("xiong1", ".")])
    assert len(sound.token_starts_ms) == 3
    assert all(start is not None and 0 <= start <= sound.duration_ms for start in sound.token_starts_ms)


def test_what_is_private_is_spoken_but_not_kept(espeak: Engine, reader: Reader, voices: Voices, tmp_path: Path) -> None:
    cache = SpeechCache(tmp_path / "cache", max_bytes=100_000_000)
    voice = Voice([espeak], reader, voices, cache, lambda text: "四八三" in text)

    async def run() -> bytes | None:
        await voice.start()
        try:
            utterance = await voice.speak("您的号码：四八三。请抄下来。")
            return voice.wav_bytes(utterance.key)
        finally:
            await voice.stop()

    assert asyncio.run(run())
    kept = "".join(file.read_text("utf-8") for file in (tmp_path / "cache").glob("*.json"))
    assert "抄" in kept and "四" not in kept
