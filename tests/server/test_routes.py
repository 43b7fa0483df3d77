"""The other routes of the contract, and their description."""

from __future__ import annotations

import logging
from datetime import datetime, timezone
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient
from played import PlayedConversation, PlayedVoice

from bot.drills.scenario import Scenario
from bot.live.state import ContentState
from bot.yaml_source import Fault
from server.app import create_app
from server.settings import Settings


def test_check(client: TestClient) -> None:
    assessment = client.post("/api/v1/check", json={"text": " 叫我转钱"}).json()["assessment"]
    assert (assessment["verdict"], assessment["scam_type"], assessment["stage"]) == ("scam", "police", "unpaid")
    assert assessment["scam_name"] == "name of police"
    assert assessment["red_flags"][0]["start"] == 3
    assert client.post("/api/v1/check", json={"text": "天气"}).json() == {"assessment": None}
    assert client.post("/api/v1/check", json={"text": "字" * 2000}).status_code == 200
    assert client.post("/api/v1/check", json={"text": "字" * 2001}).status_code == 422


def test_a_failing_judge_is_a_problem(client: TestClient, conversation: PlayedConversation) -> None:
    conversation.fail = RuntimeError("gone")
    response = client.post("/api/v1/check", json={"text": "叫我转钱"})
    assert (response.status_code, response.json()["type"]) == (503, "judge_unavailable")


def test_speech(client: TestClient) -> None:
    speech = client.post("/api/v1/speech", json={"text": "您好", "dialect": "cmn", "rate": 120}).json()
    assert set(speech) == {
        *("url", "duration_ms", "engine", "voice", "sample_rate_hz"),
        *("visemes", "vtimes", "vdurations", "words", "wtimes", "wdurations"),
    }
    whole = client.get(speech["url"])
    assert whole.headers["content-type"] == "audio/wav"
    assert "immutable" in whole.headers["cache-control"]
    part = client.get(speech["url"], headers={"range": "bytes=0-3"})
    assert (part.status_code, part.content) == (206, b"RIFF")


def test_speech_that_is_in_memory_only(client: TestClient) -> None:
    assert client.get("/api/v1/speech/memory-only.wav").content == b"RIFF"


def test_nothing_to_say(client: TestClient) -> None:
    response = client.post("/api/v1/speech", json={"text": "😀"})
    assert (response.status_code, response.json()["type"]) == (422, "nothing_to_say")


def test_no_voice(client: TestClient, broken_voice: PlayedVoice) -> None:
    response = client.post("/api/v1/speech", json={"text": "您好"})
    assert (response.status_code, response.json()["type"]) == (503, "voice_unavailable")


def test_scenarios(client: TestClient, scenarios: list[Scenario]) -> None:
    listed = client.get("/api/v1/scenarios").json()["scenarios"]
    assert [entry["id"] for entry in listed] == [scenario.id for scenario in scenarios]
    for entry in listed:
        detail = client.get(f"/api/v1/scenarios/{entry['id']}").json()
        assert entry.items() <= detail.items()
        assert detail["sources"]


def test_ready_tells_each_part(client: TestClient, voice: PlayedVoice, conversation: PlayedConversation) -> None:
    ready = client.get("/readyz").json()
    assert ready["status"] == "ready"
    assert ready["parts"] == {"conversation": "ready", "voice": "ready", "records": "ready"}
    fault = Fault(Path("data/knowledge/answers.yml"), 5, 8, "这里写错了")
    conversation.content = ContentState(datetime.now(timezone.utc), faults=(fault,), publication=3)
    ready = client.get("/readyz").json()
    assert ready["status"] == "ready", "the last good version serves"
    assert ready["content"]["faults"] == ["data/knowledge/answers.yml:5:8: 这里写错了"]
    assert ready["content"]["publication"] == 3
    assert "hean_content_faults 1.0" in client.get("/metrics").text
    voice.fail = RuntimeError("gone")
    response = client.get("/api/v1/readyz")
    assert response.status_code == 503
    assert response.json()["parts"] == {"conversation": "ready", "voice": "not_ready", "records": "ready"}
    voice.fail = None
    conversation.running = False
    assert client.get("/readyz").status_code == 503
    assert client.get("/healthz").json() == client.get("/api/v1/healthz").json() == {"status": "alive"}


def test_a_voice_that_does_not_start_keeps_nobody_from_talking(
    settings: Settings, conversation: PlayedConversation, broken_voice: PlayedVoice
) -> None:
    async def refuse() -> None:
        raise RuntimeError("no synthesiser")

    broken_voice.start = refuse  # type: ignore[method-assign]
    with TestClient(create_app(settings, conversation, broken_voice)) as client:
        assert client.get("/readyz").json()["parts"]["voice"] == "not_ready"
        assert client.post("/api/v1/chat", json={"text": "你好", "speak": True}).status_code == 200


def test_metrics_count_without_words(client: TestClient) -> None:
    session_id = client.post("/api/v1/chat", json={"text": "悄悄话转"}).json()["session_id"]
    client.delete(f"/api/v1/sessions/{session_id}")
    client.get("/没有")
    text = client.get("/metrics").text
    assert 'hean_turns_total{result="answered"} 1.0' in text
    assert 'hean_assessments_total{scam_type="police",verdict="scam"} 1.0' in text
    assert 'method="DELETE",route="/api/v1/sessions/{session_id}",status="204"' in text
    assert session_id not in text
    assert "没有" not in text
    assert "悄悄话" not in text
    assert client.get("/api/v1/metrics").status_code == 200


def test_the_log_has_no_words(client: TestClient, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.DEBUG, logger="server"):
        session_id = client.post("/api/v1/chat?q=悄悄话", json={"text": "悄悄话"}).json()["session_id"]
        client.delete(f"/api/v1/sessions/{session_id}")
    lines = [record.getMessage() for record in caplog.records if record.name.startswith("server")]
    assert any(line.startswith("POST /api/v1/chat 200") for line in lines)
    assert not any("悄悄话" in line or session_id in line for line in lines)


def test_an_unexpected_error_is_a_problem_and_logged_without_words(
    client: TestClient, conversation: PlayedConversation, caplog: pytest.LogCaptureFixture
) -> None:
    def fail() -> list[Scenario]:
        raise ValueError("悄悄话")

    conversation.scenarios.all = fail  # type: ignore[method-assign]
    response = client.get("/api/v1/scenarios")
    assert (response.status_code, response.json()["type"]) == (500, "internal_error")
    assert "ValueError" in caplog.text
    assert "悄悄话" not in caplog.text + response.text


def test_page_texts(client: TestClient) -> None:
    response = client.get("/api/v1/page-texts")
    assert response.headers["content-type"] == "application/json"
    assert isinstance(response.json(), dict)


def test_page_texts_missing(client: TestClient, settings: Settings, tmp_path: Any) -> None:
    settings.bot.data_dir = tmp_path
    assert client.get("/api/v1/page-texts").json()["type"] == "page_texts_missing"


def test_page_and_its_files(client: TestClient) -> None:
    page = client.get("/")
    assert page.headers["content-type"].startswith("text/html")
    assert client.get("/static/js/main.js").status_code == 200


def test_reference_needs_no_other_machine(client: TestClient) -> None:
    for path in ("/docs", "/docs/static/reference.js", "/docs/static/reference.css"):
        response = client.get(path)
        assert response.status_code == 200
        assert "http:" not in response.text
        assert "https:" not in response.text


CONTRACT = [
    ("post", "/api/v1/chat"),
    ("post", "/api/v1/check"),
    ("post", "/api/v1/check/image"),
    ("post", "/api/v1/speech"),
    ("get", "/api/v1/speech/{key}.wav"),
    ("post", "/api/v1/hearing"),
    ("get", "/api/v1/scenarios"),
    ("get", "/api/v1/scenarios/{scenario_id}"),
    ("delete", "/api/v1/sessions/{session_id}"),
    ("get", "/api/v1/healthz"),
    ("get", "/api/v1/readyz"),
    ("get", "/api/v1/metrics"),
    ("get", "/api/v1/page-texts"),
    ("get", "/api/v1/attract"),
    ("get", "/api/v1/kept-answers"),
    ("get", "/api/v1/input/candidates"),
    ("post", "/api/v1/practice/cards"),
    ("delete", "/api/v1/practice/cards"),
    ("post", "/api/v1/practice/plan"),
    ("post", "/api/v1/previews"),
    ("post", "/api/v1/broadcasts"),
    ("get", "/api/v1/kiosks/{kiosk_id}/stream"),
]


def test_openapi_describes_everything(client: TestClient) -> None:
    document = client.get("/openapi.json").json()
    described = [(method, path) for path, methods in document["paths"].items() for method in methods]
    assert sorted(described) == sorted(CONTRACT)
    schemas = document["components"]["schemas"]
    for reference in _references(document):
        assert reference.removeprefix("#/components/schemas/") in schemas, reference
    for path, methods in document["paths"].items():
        for method, operation in methods.items():
            assert operation["summary"], (method, path)
            assert operation["description"], (method, path)
            for status, response in operation["responses"].items():
                assert response["description"], (method, path, status)
                if status.startswith("4"):
                    assert "application/problem+json" in response["content"], (method, path, status)


def _references(value: Any) -> list[str]:
    if isinstance(value, dict):
        own = [value["$ref"]] if isinstance(value.get("$ref"), str) else []
        return own + [found for item in value.values() for found in _references(item)]
    if isinstance(value, list):
        return [found for item in value for found in _references(item)]
    return []
