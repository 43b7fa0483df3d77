"""The application with everything real but the two heavy parts."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from played import DATA, PlayedConversation, PlayedVoice

from bot.drills.assembly import build_drills
from bot.drills.scenario import Scenario
from server.app import create_app
from server.settings import Settings, load_settings
from server.voice.errors import VoiceUnavailable


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return load_settings(
        bot={"data_dir": DATA, "session_idle_seconds": 60},
        records={"path": tmp_path / "records.db"},
        sight={"load": "first", "timeout_seconds": 120},
        kiosk={"heartbeat_seconds": 300},  # no ping comes in between, however busy the machine is
    )


@pytest.fixture(scope="session")
def scenarios() -> list[Scenario]:
    return build_drills(DATA).catalog.all()


@pytest.fixture
def conversation(scenarios: list[Scenario]) -> PlayedConversation:
    return PlayedConversation(scenarios)


@pytest.fixture
def voice(tmp_path: Path) -> PlayedVoice:
    return PlayedVoice(tmp_path)


@pytest.fixture
def broken_voice(voice: PlayedVoice) -> PlayedVoice:
    voice.fail = VoiceUnavailable("gone")
    return voice


@pytest.fixture
def client(settings: Settings, conversation: PlayedConversation, voice: PlayedVoice) -> Iterator[TestClient]:
    with TestClient(create_app(settings, conversation, voice)) as client:
        yield client


@pytest.fixture
def chat(client: TestClient) -> Callable[..., dict[str, object]]:
    """Says something and returns the answer."""

    def say(text: str, **more: object) -> dict[str, object]:
        response = client.post("/api/v1/chat", json={"text": text, **more})
        assert response.status_code == 200, response.text
        answer: dict[str, object] = response.json()
        return answer

    return say
