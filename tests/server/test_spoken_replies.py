"""Replies spoken by the real voice: what the answer says about its sound is true of the sound."""

from __future__ import annotations

import io
import wave
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient
from played import DATA, PlayedConversation

from server.app import create_app
from server.assembly import build_default_voice
from server.settings import load_settings


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    folder: Path = tmp_path_factory.mktemp("spoken")
    settings = load_settings(
        bot={"data_dir": DATA},
        records={"path": folder / "records.db"},
        speech={"cache_dir": folder / "speech"},
    )
    with TestClient(create_app(settings, PlayedConversation(), build_default_voice(settings))) as client:
        yield client


def spoken(client: TestClient, text: str, **more: object) -> tuple[dict[str, Any], float]:
    """The ``audio`` of the answer and the length in ms of the WAV it leads to."""
    answer = client.post("/api/v1/chat", json={"text": text, "speak": True, **more}).json()
    audio: dict[str, Any] = answer["audio"]
    with wave.open(io.BytesIO(client.get(audio["url"]).content)) as file:
        assert file.getframerate() == audio["sample_rate_hz"]
        return {**audio, "session_id": answer["session_id"]}, file.getnframes() / file.getframerate() * 1000


@pytest.mark.parametrize("rate", [100, 150, 220])
@pytest.mark.parametrize("dialect", ["cmn", "wuu", "yue"])
@pytest.mark.parametrize(
    "text",
    ["好", "有人打电话叫我转5000块，我拿不准。", "先挂电话，再打96110问一问！钱转出去就难追回来了，勿要急。", "演一演"],
    ids=["short", "sentence", "long", "two speakers"],
)
def test_the_sound_is_as_long_as_announced(client: TestClient, text: str, dialect: str, rate: int) -> None:
    audio, length_ms = spoken(client, text, dialect=dialect, rate=rate)
    assert length_ms > 200
    assert audio["duration_ms"] == pytest.approx(length_ms, rel=0.05)
    for starts, durations in (("vtimes", "vdurations"), ("wtimes", "wdurations")):
        assert audio[starts][-1] + audio[durations][-1] <= length_ms * 1.05


def test_asking_for_slower_speech_makes_it_longer(client: TestClient) -> None:
    text = "先挂电话，再打96110问一问。"
    first, usual_ms = spoken(client, text)
    spoken(client, "慢一点", session_id=first["session_id"])
    _, slow_ms = spoken(client, text, session_id=first["session_id"])
    assert slow_ms > usual_ms * 1.1
