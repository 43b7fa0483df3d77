"""What volunteers are asked to record, and what is said about their recordings."""

from __future__ import annotations

import wave
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray
from typer.testing import CliRunner

from server.cli import app
from server.fixed_lines import KINDS, fixed_lines, sentences
from server.voice.clips.checks import load_messages

DATA = Path(__file__).parents[2] / "data"
RATE_HZ = 22050
LINE = "您好，我是禾安。"


def test_fixed_lines_are_whole_sentences_each_once() -> None:
    lines = fixed_lines(DATA)
    texts = [line.text for line in lines]
    assert len(texts) == len(set(texts)) > 300
    assert {line.kind for line in lines} == set(KINDS)
    assert [KINDS.index(line.kind) for line in lines] == sorted(KINDS.index(line.kind) for line in lines)
    assert not [text for text in texts if "{" in text or not text.endswith(("。", "！", "？"))]
    assert all(len(list(sentences(text))) == 1 for text in texts)
    assert any("110" in line.text for line in lines if line.kind == "police")
    assert LINE in texts


def speech(seconds: float, *, lead: float = 0.4, tail: float = 0.4, peak: float = 0.3) -> NDArray[np.int16]:
    time = np.arange(int(RATE_HZ * seconds)) / RATE_HZ
    voice = np.sin(2 * np.pi * 180 * time) * peak
    silence = [np.zeros(int(RATE_HZ * length)) for length in (lead, tail)]
    samples = np.concatenate([silence[0], voice, silence[1]]) * 32767
    return samples.clip(-32768, 32767).astype("<i2")


GOOD = speech(1.6)
CASES: dict[str, tuple[NDArray[np.int16], str]] = {
    "good": (GOOD, ""),
    "too fast": (speech(0.4), "too_fast"),
    "too slow": (speech(6.0), "too_slow"),
    "begins too late": (speech(1.6, lead=1.5), "lead_long"),
    "beginning cut off": (speech(1.6, lead=0.0), "lead_short"),
    "ends too late": (speech(1.6, tail=1.5), "tail_long"),
    "end cut off": (speech(1.6, tail=0.0), "tail_short"),
    "soft": (speech(1.6, peak=0.02), "too_soft"),
    "loud": (speech(1.6, peak=0.9), "too_loud"),
    "clipped": (speech(1.6, peak=3.0), "clipped"),
    "silence": (np.zeros(RATE_HZ, "<i2"), "no_speech"),
}


@pytest.fixture
def checked(tmp_path: Path) -> Callable[..., tuple[int, str]]:
    """Runs ``clips check`` on one recording; gives status and output."""

    def check(samples: NDArray[np.int16], *, text: str = LINE, channels: int = 1, cut: int = 0) -> tuple[int, str]:
        folder = tmp_path / "clips" / "wuu"
        folder.mkdir(parents=True)
        path = folder / "hello.wav"
        with wave.open(str(path), "wb") as file:
            file.setnchannels(channels)
            file.setsampwidth(2)
            file.setframerate(RATE_HZ)
            file.writeframes(samples.tobytes())
        if cut:
            path.write_bytes(path.read_bytes()[:cut])
        entry = f"clips:\n  - {{text: '{text}', file: hello.wav, speaker: 王, checked: true}}\n"
        (folder / "clips.yml").write_text(entry, "utf-8")
        result = CliRunner().invoke(app, ["clips", "check", str(tmp_path / "clips")])
        return result.exit_code, result.output

    return check


def beginning(name: str) -> str:
    """The words of a message before its first value."""
    return str(load_messages(DATA / "voice" / "clip_messages.yml").texts[name]).split("{")[0]


@pytest.mark.parametrize("case", CASES)
def test_every_fault_of_a_recording_is_told(checked: Callable[..., tuple[int, str]], case: str) -> None:
    samples, fault = CASES[case]
    status, output = checked(samples)
    if fault:
        assert status == 1
        assert beginning(fault) in output
    else:
        assert (status, output.count("\n")) == (0, 1), output


@pytest.mark.parametrize(
    ("how", "fault"),
    [({"channels": 2}, "unreadable"), ({"cut": 5000}, "unreadable"), ({"cut": 10}, "unreadable")],
)
def test_what_is_no_recording(checked: Callable[..., tuple[int, str]], how: dict[str, int], fault: str) -> None:
    status, output = checked(GOOD, **how)
    assert status == 1
    assert beginning(fault) in output


def test_a_sentence_that_is_never_said(checked: Callable[..., tuple[int, str]]) -> None:
    status, output = checked(GOOD, text="随便说一句我的话。")
    assert status == 1
    assert beginning("unknown_line") in output


def test_the_list_counts_by_kind() -> None:
    result = CliRunner().invoke(app, ["clips", "list", "--dialect", "wuu"])
    assert result.exit_code == 0
    messages = load_messages(DATA / "voice" / "clip_messages.yml")
    for kind in KINDS:
        count = sum(line.kind == kind for line in fixed_lines(DATA))
        assert f"{messages.kind(kind)}：{count} 句" in result.output
    assert "…" not in result.output
