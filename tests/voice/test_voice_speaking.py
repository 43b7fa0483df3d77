"""From text to WAV: real sounds are opened and measured against the timings that come with them."""

from __future__ import annotations

import asyncio
import io
import statistics
import time
import wave
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from server.voice.cache import SpeechCache
from server.voice.engine import Delivery, Sound, Token
from server.voice.errors import NothingToSay, TextTooLong, VoiceUnavailable
from server.voice.pyttsx3_engine import Pyttsx3Engine
from server.voice.reading import Reader
from server.voice.utterance import Utterance
from server.voice.visemes import VISEMES
from server.voice.voice import Voice
from server.voice.voices import Voices


@dataclass(frozen=True)
class Line:
    speaker: str
    speech: str
    voice: str = ""


class CountingEngine:
    """The real engine, left running for other tests, with its utterances counted."""

    name = "pyttsx3"

    def __init__(self, engine: Pyttsx3Engine) -> None:
        self._engine = engine
        self.spoken = 0

    @property
    def version(self) -> str:
        return self._engine.version

    def start(self) -> None:
        pass

    def stop(self) -> None:
        pass

    def ready(self) -> bool:
        return self._engine.ready()

    def says(self, tokens: Sequence[Token], delivery: Delivery) -> bool:
        return True

    def voice_of(self, delivery: Delivery) -> str:
        return self._engine.voice_of(delivery)

    def synthesize(self, tokens: Sequence[Token], delivery: Delivery) -> Sound:
        self.spoken += 1
        return self._engine.synthesize(tokens, delivery)


@pytest.fixture
def counting(engine: Pyttsx3Engine) -> CountingEngine:
    return CountingEngine(engine)


@pytest.fixture
def voice(counting: CountingEngine, reader: Reader, voices: Voices, tmp_path: Path) -> Voice:
    return Voice([counting], reader, voices, SpeechCache(tmp_path, max_bytes=100_000_000))


@asynccontextmanager
async def started(voice: Voice) -> AsyncIterator[Voice]:
    await voice.start()
    try:
        yield voice
    finally:
        await voice.stop()


def say(by: Voice, text: str, **how: object) -> Utterance:
    async def run() -> Utterance:
        async with started(by):
            return await by.speak(text, **how)  # type: ignore[arg-type]

    return asyncio.run(run())


def sound_of(voice: Voice, utterance: Utterance) -> NDArray[np.int16]:
    content = voice.wav_bytes(utterance.key)
    assert content is not None
    with wave.open(io.BytesIO(content)) as wav:
        assert (wav.getnchannels(), wav.getsampwidth(), wav.getframerate()) == (
            1,
            2,
            utterance.sample_rate_hz,
        )
        return np.frombuffer(wav.readframes(wav.getnframes()), dtype="<i2")


def loudness(samples: NDArray[np.int16], start_ms: float, end_ms: float) -> float:
    part = samples[int(start_ms * 22.05) : int(end_ms * 22.05)].astype(np.float64)
    return float(np.sqrt((part**2).mean())) if len(part) else 0.0


def check(voice: Voice, utterance: Utterance) -> NDArray[np.int16]:
    """What every utterance must fulfil."""
    samples = sound_of(voice, utterance)
    assert abs(len(samples) * 1000 / utterance.sample_rate_hz - utterance.duration_ms) <= 5
    assert utterance.sample_rate_hz == 22050
    assert loudness(samples, 0, utterance.duration_ms) > 1000
    assert 25_000 < np.abs(samples.astype(int)).max() < 32_000
    assert set(utterance.visemes) <= set(VISEMES)
    for labels, times, durations in (
        (utterance.visemes, utterance.vtimes, utterance.vdurations),
        (utterance.words, utterance.wtimes, utterance.wdurations),
    ):
        assert len(labels) == len(times) == len(durations)
        assert list(times) == sorted(times)
        assert min(durations) >= 0
        assert abs(times[-1] + durations[-1] - utterance.duration_ms) <= 40
    return samples


@pytest.mark.parametrize(
    "text",
    [
        "您好！我是禾安。",
        "请打96110，别转5万元。",
        "验证码123456，谁都不要给",
        "好",
        "APP",
        "😀😀没事了👍",
        "他说：“快点开 https://abc.com/x?y=1 ，领2,000元！”",
        "嘉善西塘，新塍，王江泾，濮院。",
    ],
)
@pytest.mark.parametrize("dialect", ["cmn", "wuu-jx", "yue"])
def test_sound_and_timings_agree(voice: Voice, text: str, dialect: str) -> None:
    utterance = say(voice, text, dialect=dialect)
    check(voice, utterance)
    assert "".join(utterance.words) == "".join(text.split())
    assert utterance.voice.startswith("sit/yue" if dialect == "yue" else "sit/cmn-latn-pinyin")
    assert utterance.engine == "pyttsx3"


def test_each_digit_has_its_own_syllable(voice: Voice) -> None:
    utterance = say(voice, "打96110。")
    samples = check(voice, utterance)
    for word, start, duration in zip(utterance.words, utterance.wtimes, utterance.wdurations, strict=True):
        if word != "。":
            assert 120 < duration < 700
            assert loudness(samples, start, start + duration) > 1000


def test_a_pause_belongs_to_its_punctuation(voice: Voice) -> None:
    utterance = say(voice, "挂断电话，先问儿女。")
    samples = check(voice, utterance)
    at = utterance.words.index("，")
    start, end = utterance.wtimes[at], utterance.wtimes[at] + utterance.wdurations[at]
    assert end - start > 120
    assert loudness(samples, start + 60, end - 20) < 300
    closed = [
        time
        for shape, time, duration in zip(utterance.visemes, utterance.vtimes, utterance.vdurations, strict=True)
        if shape == "sil" and duration > 100
    ]
    assert any(start <= time < end for time in closed)


def test_a_long_answer(voice: Voice) -> None:
    text = ("您先别急，这是骗子常用的办法。公安局不会打电话叫您转账，也没有什么安全账户！" * 60)[:2000]
    utterance = say(voice, text)
    check(voice, utterance)
    assert "".join(utterance.words) == text


def test_lines_of_two_speakers(voice: Voice) -> None:
    lines = [
        Line("hean", "下面是演练。"),
        Line("role", "我是王警官！"),
        Line("hean", "😀"),
        Line("hean", "您怎么办？"),
    ]

    async def run() -> Utterance:
        async with started(voice):
            return await voice.speak_lines(lines)

    utterance = asyncio.run(run())
    samples = check(voice, utterance)
    assert "".join(utterance.words) == "下面是演练。我是王警官！您怎么办？"
    hean, role = utterance.voice.split(",")
    assert hean != role
    turn = utterance.words.index("。")
    end = utterance.wtimes[turn + 1]
    assert utterance.wdurations[turn] > 400
    assert loudness(samples, end - 300, end - 20) == 0


def test_the_slow_rate_is_slower(voice: Voice, reader: Reader) -> None:
    text = "请您马上挂断电话，先问问儿女。"
    assert say(voice, text, rate=120).duration_ms > say(voice, text, rate=150).duration_ms * 1.15
    assert say(voice, text, rate=-1).duration_ms == say(voice, text, rate=80).duration_ms


def test_whatever_is_faster_than_the_fastest_is_spoken_as_fast_as_that(voice: Voice) -> None:
    text = "拿不准，打96110问一问，先挂断，再打电话问一问家里人。"
    assert say(voice, text, rate=300).duration_ms == say(voice, text, rate=250).duration_ms


def test_a_long_text_without_punctuation_is_spoken(voice: Voice) -> None:
    text = "今天天气很好他打电话" * 16
    assert "".join(say(voice, text).words) == text


@pytest.mark.parametrize("text", ["", "   ", "😀👍🏽", "\x00\x07\u200b", "……。！", "☎→★", "ไทย"])
def test_nothing_to_say(voice: Voice, text: str) -> None:
    with pytest.raises(NothingToSay):
        say(voice, text)


def test_bad_requests(voice: Voice) -> None:
    with pytest.raises(TextTooLong):
        say(voice, "好" * 2001)
    with pytest.raises(KeyError):
        say(voice, "好", voice="nobody")
    with pytest.raises(VoiceUnavailable):
        asyncio.run(voice.speak("好"))


def test_the_same_text_is_made_once_and_kept(voice: Voice, counting: CountingEngine) -> None:
    async def run() -> list[Utterance]:
        async with started(voice):
            at_once = await asyncio.gather(*(voice.speak("请打96110。") for _ in range(20)))
            later = await voice.speak(" 请打９６１１０。".replace("９６１１０", "96110"))
            return [*at_once, later]

    utterances = asyncio.run(run())
    assert counting.spoken == 1
    assert len({each.key for each in utterances}) == 1
    path = voice.wav_path(utterances[0].key)
    assert path is not None
    assert path.read_bytes() == voice.wav_bytes(utterances[0].key)


def test_voice_and_rate_make_different_sounds(voice: Voice) -> None:
    keys = {
        say(voice, "您好。").key,
        say(voice, "您好。", voice="role").key,
        say(voice, "您好。", rate=120).key,
        say(voice, "您好。", dialect="yue").key,
        say(voice, "您好！").key,
    }
    assert len(keys) == 5


def test_a_half_written_file_is_made_again(
    counting: CountingEngine, reader: Reader, voices: Voices, tmp_path: Path
) -> None:
    def fresh() -> Voice:
        return Voice([counting], reader, voices, SpeechCache(tmp_path, max_bytes=100_000_000))

    first = say(fresh(), "请打96110。")
    file = tmp_path / f"{first.key}.wav"
    file.write_bytes(file.read_bytes()[:5000])
    voice = fresh()
    second = say(voice, "请打96110。")
    check(voice, second)
    assert counting.spoken == 2
    assert second.words == first.words


def test_quick_enough_for_a_conversation(voice: Voice) -> None:
    """Ten times the goal (80 ms, 10 ms cached): fails for a wrong design, not for a busy machine."""

    async def run() -> tuple[list[float], list[float]]:
        made, kept = [], []
        async with started(voice):
            for number in range(3, 12):
                text = f"这是第{number}次有人冒充公安局打电话，叫您把养老钱转到安全账户，请您马上挂断电话。"
                for times in (made, kept):
                    begin = time.perf_counter()
                    await voice.speak(text)
                    times.append(time.perf_counter() - begin)
        return made, kept

    made, kept = asyncio.run(run())
    assert statistics.median(made) < 0.8
    assert statistics.median(kept) < 0.1
