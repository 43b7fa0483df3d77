"""The real sherpa-onnx on models that the test makes: what is heard, broken models, killed processes."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from server.hearing.recogniser import HearingUnavailable
from server.hearing.recording import Recording
from server.hearing.sherpa_recogniser import SherpaRecogniser
from server.hearing.sherpa_worker import ENGINES, text_and_marks

LOUD, SOFT = 0.2, 0.01
Noise = Callable[..., Recording]


@pytest.fixture(params=ENGINES)
def recogniser(request: pytest.FixtureRequest, models: dict[str, Path]) -> SherpaRecogniser:
    recogniser = SherpaRecogniser(request.param, models[request.param], threads=1)
    request.addfinalizer(recogniser.stop)
    return recogniser


def test_what_is_said_is_written_down(recogniser: SherpaRecogniser, noise: Noise) -> None:
    assert not recogniser.ready()
    recogniser.start()
    assert recogniser.ready()
    assert recogniser.recognise(noise(LOUD)).text == "有人叫我转钱"
    assert recogniser.recognise(noise(SOFT)).text == "侬讲啥物事呀"
    for seconds in (0.01, 0.1, 15):
        assert recogniser.recognise(noise(LOUD, seconds)).text in ("有人叫我转钱", "侬讲啥物事呀")


@pytest.mark.parametrize(
    ("engine", "loud", "soft"),
    [("sense_voice", ("yue",), ("zh",)), ("paraformer", (), ()), ("dolphin", ("zh", "SICHUAN"), ("zh", "WU"))],
)
def test_what_the_model_tells_of_the_language(
    models: dict[str, Path], noise: Noise, engine: str, loud: tuple[str, ...], soft: tuple[str, ...]
) -> None:
    recogniser = SherpaRecogniser(engine, models[engine], threads=1)
    recogniser.start()
    try:
        assert recogniser.recognise(noise(LOUD)).marks == loud
        assert recogniser.recognise(noise(SOFT)).marks == soft
    finally:
        recogniser.stop()


def test_a_killed_process_loses_no_recording(models: dict[str, Path], noise: Noise) -> None:
    recogniser = SherpaRecogniser("paraformer", models["paraformer"], threads=1)
    recogniser.start()
    try:

        def hear(number: int) -> str:
            if number % 6 == 3:
                pid = recogniser.worker_pid()
                if pid is not None:
                    os.kill(pid, signal.SIGKILL)
            return recogniser.recognise(noise(LOUD if number % 2 else SOFT)).text

        with ThreadPoolExecutor(4) as threads:
            heard = list(threads.map(hear, range(24)))
        assert heard == ["侬讲啥物事呀", "有人叫我转钱"] * 12
    finally:
        recogniser.stop()


def test_a_hanging_process_is_given_up(models: dict[str, Path], noise: Noise) -> None:
    recogniser = SherpaRecogniser("paraformer", models["paraformer"], threads=1, seconds=1.5)
    recogniser.start()
    try:
        pid = recogniser.worker_pid()
        assert pid is not None
        os.kill(pid, signal.SIGSTOP)
        assert recogniser.recognise(noise(LOUD)).text == "有人叫我转钱"
        assert recogniser.worker_pid() != pid
    finally:
        recogniser.stop()


def test_a_stopped_recogniser_says_so(models: dict[str, Path], noise: Noise) -> None:
    recogniser = SherpaRecogniser("dolphin", models["dolphin"], threads=1)
    recogniser.start()
    pid = recogniser.worker_pid()
    assert pid is not None
    recogniser.stop()
    recogniser.stop()
    assert not recogniser.ready()
    with pytest.raises(HearingUnavailable):
        recogniser.recognise(noise(LOUD))
    with pytest.raises(ProcessLookupError):
        os.kill(pid, 0)


BROKEN = {
    "not set": (None, "hearing.model_dir is not set"),
    "no folder": ("missing", "there is no folder"),
    "empty": ("empty", "holds no model.int8.onnx or model.onnx"),
    "no tokens": ("tokens", "holds no tokens.txt"),
    "no network": ("nonsense", "could not be loaded as sense_voice"),
    "half a network": ("half", "could not be loaded as sense_voice"),
    "another kind": ("other", "could not be loaded as sense_voice"),
}


@pytest.fixture
def broken(tmp_path: Path, models: dict[str, Path]) -> Path:
    whole = (models["sense_voice"] / "model.int8.onnx").read_bytes()
    other = (models["paraformer"] / "model.int8.onnx").read_bytes()
    for name, model in (
        ("empty", b""),
        ("tokens", whole),
        ("nonsense", b"no"),
        ("half", whole[:2000]),
        ("other", other),
    ):
        (tmp_path / name).mkdir()
        (tmp_path / name / "model.onnx").write_bytes(model)
        if name != "tokens":
            (tmp_path / name / "tokens.txt").write_text("<blank> 0\n好 1\n", "utf-8")
    return tmp_path


@pytest.mark.parametrize("case", BROKEN)
def test_a_broken_model_folder_is_a_sentence(broken: Path, noise: Noise, case: str) -> None:
    name, sentence = BROKEN[case]
    recogniser = SherpaRecogniser("sense_voice", None if name is None else broken / name, threads=1)
    with pytest.raises(HearingUnavailable, match=sentence):
        recogniser.start()
    assert not recogniser.ready()
    assert recogniser.worker_pid() is None
    with pytest.raises(HearingUnavailable):
        recogniser.recognise(noise(LOUD))


@pytest.mark.parametrize(
    ("written", "text", "marks"),
    [
        ("<zh><WU>侬好", "侬好", ["zh", "WU"]),
        ("<|yue|>有 人 打 APP 电话", "有人打APP电话", ["yue"]),
        ("▁hello▁world", "hello world", []),
        ("", "", []),
        ("<|nospeech|>", "", ["nospeech"]),
        ("1 < 2", "1 < 2", []),
    ],
)
def test_marks_are_no_words(written: str, text: str, marks: list[str]) -> None:
    assert text_and_marks(written) == (text, marks)
