"""The synthesizer's processes die, hang and are stopped; no utterance is lost and none is wrong."""

from __future__ import annotations

import os
import random
import signal
import threading
import time
from concurrent.futures import ThreadPoolExecutor

import pytest

from server.voice.engine import Sound, Token
from server.voice.errors import VoiceUnavailable
from server.voice.pyttsx3_engine import Pyttsx3Engine
from server.voice.reading import Language, Reader
from server.voice.voices import Voices

TEXTS = [
    "您好！我是禾安。",
    "请打96110。",
    "公安局不会打电话叫您转账。",
    "先挂断，再问问儿女。",
    "验证码谁都不要给。",
    "天上不会掉馅饼，稳赚不赔的都是骗局。",
    "您先别急，慢慢讲。",
    "取钱之前，先到银行柜台问一问。",
]


def heard(sound: Sound) -> tuple[str, ...]:
    return tuple(phoneme.ipa for phoneme in sound.phonemes)


@pytest.mark.timeout(600)  # 10 s on an idle machine, minutes on one where everything else runs too
def test_a_thousand_utterances_from_eight_threads_with_twenty_workers_killed(reader: Reader, voices: Voices) -> None:
    engine = Pyttsx3Engine(attempts=8)
    engine.start()
    jobs = [
        (
            index,
            tokens,
            voices.delivery(("hean", "role")[index % 2], Language.MANDARIN, (120, 150, 175)[index % 3]),
        )
        for index, tokens in enumerate([reader.read(text).tokens() for text in TEXTS] * 125)
    ]
    different = {(tokens, delivery) for _, tokens, delivery in jobs}
    expected = {each: engine.synthesize(*each) for each in different}
    chance = random.Random(20240625)
    killed = 0
    counting = threading.Lock()

    def speak(job: tuple[int, tuple[Token, ...], object]) -> Sound:
        nonlocal killed
        index, tokens, delivery = job
        if index % 50 == 5:
            os.kill(chance.choice(engine.worker_pids()), signal.SIGKILL)
            with counting:
                killed += 1
        return engine.synthesize(tokens, delivery)  # type: ignore[arg-type]

    try:
        with ThreadPoolExecutor(8) as threads:
            sounds = list(threads.map(speak, jobs))
    finally:
        engine.stop()
    assert (len(sounds), killed) == (1000, 20)
    for (_, tokens, delivery), sound in zip(jobs, sounds, strict=True):
        reference = expected[tokens, delivery]
        assert heard(sound) == heard(reference)
        assert abs(sound.duration_ms - reference.duration_ms) < 50  # espeak-ng varies by a frame or two
        assert len(sound.token_starts_ms) == len(tokens)


def test_a_hanging_worker_is_replaced(voices: Voices) -> None:
    engine = Pyttsx3Engine(workers=2, seconds=1.5)
    engine.start()
    try:
        stopped = engine.worker_pids()
        for pid in stopped:
            os.kill(pid, signal.SIGSTOP)
        sound = engine.synthesize([Token("hao3")], voices.delivery("hean", Language.MANDARIN, 150))
        assert heard(sound)[:2] == ("χ", "ˈɑu")
        assert engine.ready()
        assert len(engine.worker_pids()) == 2
        assert not {*stopped} & {*engine.worker_pids()}
    finally:
        engine.stop()


def test_a_stopped_engine_says_so(voices: Voices) -> None:
    engine = Pyttsx3Engine(workers=1)
    assert not engine.ready()
    engine.start()
    pids = engine.worker_pids()
    assert engine.ready()
    engine.stop()
    engine.stop()
    assert not engine.ready()
    with pytest.raises(VoiceUnavailable):
        engine.synthesize([Token("hao3")], voices.delivery("hean", Language.MANDARIN, 150))
    for pid in pids:
        with pytest.raises(ProcessLookupError):
            os.kill(pid, 0)


def test_workers_that_died_idle_come_back(voices: Voices) -> None:
    engine = Pyttsx3Engine(workers=2)
    engine.start()
    try:
        for worker in list(engine._workers):
            os.kill(worker.pid, signal.SIGKILL)
            worker._process.wait()
        assert not engine.ready()
        deadline = time.monotonic() + 60
        while not engine.ready():
            assert time.monotonic() < deadline
        assert engine.synthesize([Token("hao3")], voices.delivery("hean", Language.MANDARIN, 150)).pcm
    finally:
        engine.stop()


def test_eight_threads_are_served_in_turn(voices: Voices, engine: Pyttsx3Engine) -> None:
    """No thread waits while others are served again and again."""
    finished: list[int] = []
    together = threading.Barrier(8)

    def speak_on(thread: int) -> None:
        together.wait()
        for _ in range(10):
            engine.synthesize([Token("hao3")], voices.delivery("hean", Language.MANDARIN, 150))
            finished.append(thread)

    with ThreadPoolExecutor(8) as threads:
        list(threads.map(speak_on, range(8)))
    assert {*finished[:40]} == {*range(8)}


def test_a_worker_ends_when_its_server_is_gone() -> None:
    engine = Pyttsx3Engine(workers=1)
    engine.start()
    (worker,) = engine._workers
    assert worker._process.stdin is not None
    worker._process.stdin.close()  # what the worker sees when the server is killed
    assert worker._process.wait(timeout=60) == 0
    engine.stop()
