"""Recordings over HTTP, with the real recogniser: words, dialect, silence, and what is broken."""

from __future__ import annotations

import io
import wave
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from fastapi.testclient import TestClient
from played import DATA, PlayedConversation, PlayedVoice

from bot.identifiers import Dialect
from bot.turn import DialectGuess
from bot.yaml_source import ContentError
from server.app import create_app
from server.hearing.recording import Recording
from server.hearing.regions import combined, load_regions
from server.settings import Settings, load_settings

LOUD, SOFT = 0.2, 0.01
Noise = Callable[..., Recording]


def wav(recording: Recording, *, rate: int = 16_000, channels: int = 1) -> bytes:
    file = io.BytesIO()
    with wave.open(file, "wb") as writer:
        writer.setnchannels(channels)
        writer.setsampwidth(2)
        writer.setframerate(rate)
        writer.writeframes(recording.pcm)
    return file.getvalue()


def settings_for(folder: Path, **hearing: object) -> Settings:
    return load_settings(bot={"data_dir": DATA}, records={"path": folder / "records.db"}, hearing=hearing)


@contextmanager
def serving(settings: Settings, folder: Path) -> Iterator[TestClient]:
    with TestClient(create_app(settings, PlayedConversation(), PlayedVoice(folder))) as client:
        yield client


@pytest.fixture
def dolphin(tmp_path: Path, models: dict[str, Path]) -> Iterator[TestClient]:
    with serving(settings_for(tmp_path, engine="dolphin", model_dir=models["dolphin"], threads=1), tmp_path) as client:
        yield client


def post(client: TestClient, body: bytes) -> Any:
    return client.post("/api/v1/hearing", content=body, headers={"content-type": "audio/wav"})


def test_words_and_dialect_come_back(dolphin: TestClient, noise: Noise) -> None:
    heard = post(dolphin, wav(noise(LOUD))).json()
    assert heard["text"] == "有人叫我转钱"
    assert heard["dialect"] == "cmn-sw"  # the words are Mandarin's, the sound says Sichuan
    assert 0.4 < heard["confidence"] < 0.85
    assert heard["engine"] == "dolphin"
    assert 0 < heard["latency_ms"] < 15_000
    heard = post(dolphin, wav(noise(SOFT))).json()
    assert (heard["text"], heard["dialect"]) == ("侬讲啥物事呀", "wuu")
    assert heard["confidence"] > 0.9  # sound and words agree
    assert 'hean_hearing_total{result="heard"} 2.0' in dolphin.get("/metrics").text


def test_no_sound_is_kept(dolphin: TestClient, noise: Noise, tmp_path: Path) -> None:
    before = {path: path.stat().st_size for path in tmp_path.rglob("*") if path.is_file()}
    assert post(dolphin, wav(noise(LOUD))).status_code == 200
    assert {path: path.stat().st_size for path in tmp_path.rglob("*") if path.is_file()} == before


@pytest.mark.parametrize("case", ["zeros", "a quiet room", "a click", "one sample"])
def test_silence_is_no_words(dolphin: TestClient, noise: Noise, case: str) -> None:
    click = np.zeros(16_000, "<i2")
    click[8000:8030] = 20_000
    recording = {
        "zeros": Recording(bytes(32_000)),
        "a quiet room": noise(0.0005),
        "a click": Recording(click.tobytes()),
        "one sample": Recording(b"\x01\x00"),
    }[case]
    response = post(dolphin, wav(recording))
    assert response.status_code == 200
    heard = response.json()
    assert (heard["text"], heard["dialect"], heard["confidence"]) == ("", "unknown", 0.0)


def test_what_is_no_recording_is_refused_and_harms_nothing(dolphin: TestClient, noise: Noise) -> None:
    whole = wav(noise(LOUD))
    bad = {
        b"": 422,
        b"RIFF": 422,
        whole[:30]: 422,
        whole[: len(whole) // 2]: 422,
        wav(noise(LOUD), rate=44_100): 415,
        wav(noise(LOUD), channels=2): 415,
        wav(noise(LOUD, 15.1)): 413,
    }
    for body, status in bad.items():
        response = post(dolphin, body)
        assert response.status_code == status
        assert response.headers["content-type"] == "application/problem+json"
        assert response.json()["detail"]
    assert post(dolphin, wav(noise(LOUD, 15.0))).status_code == 200


def test_screens_are_told_that_they_are_heard(dolphin: TestClient) -> None:
    assert dolphin.get("/readyz").json()["parts"]["hearing"] == "ready"
    with dolphin.websocket_connect("/api/v1/kiosks/hall/stream") as socket:
        socket.send_json({"type": "hello", "session_id": None})
        welcome = socket.receive_json()
    assert (welcome["hearing"], welcome["pause_ms"]) == (True, 1200)


@pytest.mark.parametrize("folder", ["missing", "."])
def test_a_wrong_folder_keeps_nobody_from_typing(
    tmp_path: Path, noise: Noise, folder: str, caplog: pytest.LogCaptureFixture
) -> None:
    with serving(settings_for(tmp_path, engine="sense_voice", model_dir=tmp_path / folder), tmp_path) as client:
        response = post(client, wav(noise(LOUD)))
        assert (response.status_code, response.json()["type"]) == (503, "asr_unavailable")
        ready = client.get("/readyz")
        assert (ready.status_code, ready.json()["parts"]["hearing"]) == (200, "not_ready")
        with client.websocket_connect("/api/v1/kiosks/hall/stream") as socket:
            socket.send_json({"type": "hello", "session_id": None})
            assert socket.receive_json()["hearing"] is False
        assert client.post("/api/v1/chat", json={"text": "你好"}).status_code == 200
    assert "no hearing: hearing.model_dir" in caplog.text


def test_without_a_recogniser_nothing_is_invented(tmp_path: Path, noise: Noise) -> None:
    with serving(settings_for(tmp_path), tmp_path) as client:
        response = post(client, wav(noise(LOUD)))
        assert (response.status_code, response.json()["type"]) == (503, "asr_not_configured")
        assert "hearing" not in client.get("/readyz").json()["parts"]


def guess(dialect: str, confidence: float) -> DialectGuess:
    return DialectGuess(Dialect(dialect), confidence)


@pytest.mark.parametrize(
    ("sound", "words", "both"),
    [
        (("unknown", 0.0), ("wuu", 0.7), ("wuu", 0.7, 0.7)),
        (("wuu", 0.8), ("unknown", 0.0), ("wuu", 0.8, 0.8)),
        (("wuu", 0.8), ("wuu", 0.5), ("wuu", 0.89, 0.91)),
        (("wuu", 0.8), ("wuu-jx", 0.5), ("wuu-jx", 0.89, 0.91)),
        (("wuu", 0.85), ("cmn", 0.99), ("wuu", 0.5, 0.8)),
        (("yue", 0.6), ("wuu", 0.9), ("wuu", 0.6, 0.8)),
        (("cmn", 0.6), ("wuu", 0.9), ("wuu", 0.5, 0.8)),
    ],
)
def test_sound_and_words_together(
    sound: tuple[str, float], words: tuple[str, float], both: tuple[str, float, float]
) -> None:
    dialect, least, most = both
    joint = combined(guess(*sound), guess(*words))
    assert joint.id is Dialect(dialect)
    assert least <= joint.confidence <= most


def test_regions_are_dialects() -> None:
    regions = load_regions(DATA / "hearing" / "regions.yml")
    assert regions.of_sound(["zh", "WU"]).id is Dialect.WUU
    assert regions.of_sound(["ct", "HK"]).id is Dialect.YUE
    assert regions.of_sound(["zh", "made up"]).id is Dialect.UNKNOWN


@pytest.mark.parametrize("text", ["", "regions: {WU: {dialect: marsian, weight: 1}}", "regions: [1", "regions: 5"])
def test_wrong_regions_are_named(tmp_path: Path, text: str) -> None:
    path = tmp_path / "regions.yml"
    path.write_text(text, "utf-8")
    with pytest.raises(ContentError, match=r"regions\.yml:\d"):
        load_regions(path)
