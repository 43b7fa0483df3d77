"""Nothing a client sends is a 500, and every refusal is a problem that repeats nothing."""

from __future__ import annotations

import asyncio
import io
import json
import wave
from typing import Any

import pytest
from fastapi.testclient import TestClient
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from played import PlayedConversation
from starlette.types import Message

SECRET = "秘密的话"


def is_problem(response: Any, status: int | None = None) -> dict[str, Any]:
    body: dict[str, Any] = response.json()
    assert response.headers["content-type"] == "application/problem+json"
    assert 400 <= response.status_code < 500 or response.status_code == 503
    assert status is None or response.status_code == status, body
    assert body["status"] == response.status_code
    assert all(isinstance(body[field], str) and body[field] for field in ("type", "title", "detail"))
    assert SECRET not in response.text
    return body


BAD_BODIES = {
    "no body": b"",
    "no json": b"hello",
    "half json": b'{"text": "',
    "list": b"[]",
    "string": b'"text"',
    "null": b"null",
    "nothing": b"{}",
    "null text": b'{"text": null}',
    "empty": b'{"text": ""}',
    "blank": '{"text": " \u3000\\n\\t "}'.encode(),
    "invisible": b'{"text": "\\u200b\\u0000\\ufeff"}',
    "control characters": b'{"text": "\\u0000\\u0001\\u0007"}',
    "501 characters": json.dumps({"text": SECRET[0] * 501}).encode(),
    "10000 characters": json.dumps({"text": SECRET * 2500}).encode(),
    "number": b'{"text": 5}',
    "boolean": b'{"text": true}',
    "list of text": b'{"text": ["a"]}',
    "half a character": b'{"text": "\\ud83d"}',
    "invalid utf-8": b'{"text": "\xff\xfe"}',
    "deep": b'{"text": ' + b"[" * 50_000,
    "unknown dialect": '{"text": "a", "dialect": "秘密的话"}'.encode(),
    "number as dialect": b'{"text": "a", "dialect": 5}',
    "short session": b'{"text": "a", "session_id": "abc"}',
    "long session": json.dumps({"text": "a", "session_id": "a" * 65}).encode(),
    "path as session": b'{"text": "a", "session_id": "../../etc/passwd"}',
    "session with newline": b'{"text": "a", "session_id": "abcdefgh\\n"}',
    "number as session": b'{"text": "a", "session_id": 12345678}',
    "kiosk of spaces": b'{"text": "a", "kiosk_id": "  "}',
    "speak as text": b'{"text": "a", "speak": "yes"}',
    "rate as text": b'{"text": "a", "rate": "fast"}',
    "rate too high": b'{"text": "a", "rate": 100000}',
    "rate nan": b'{"text": "a", "rate": NaN}',
}


@pytest.mark.parametrize("body", BAD_BODIES.values(), ids=BAD_BODIES)
def test_bad_chat_bodies(client: TestClient, body: bytes) -> None:
    is_problem(client.post("/api/v1/chat", content=body, headers={"content-type": "application/json"}))


@pytest.mark.parametrize("media_type", ["text/plain", "application/x-www-form-urlencoded", "nonsense"])
def test_another_media_type_is_told_which_one_to_send(client: TestClient, media_type: str) -> None:
    response = client.post("/api/v1/chat", content=b'{"text": "a"}', headers={"content-type": media_type})
    (error,) = is_problem(response, 422)["errors"]
    assert "content-type: application/json" in error["detail"]


GOOD_TEXTS = {
    "one character": "a",
    "500 characters": "字" * 500,
    "500 and blanks": " " * 300 + "字" * 500 + "\n" * 300,
    "emoji only": "😀😀",
    "html": "<script>alert(1)</script>",
    "rasa command": '/greet{"a": "b"}',
    "control inside": "你\x00好\x07",
    "sql": "'; DROP TABLE turns; --",
    "right to left": "\u202e你好",
    "combining": "a" + "\u0301" * 300,
}


@pytest.mark.parametrize("text", GOOD_TEXTS.values(), ids=GOOD_TEXTS)
def test_odd_texts_are_answered(client: TestClient, text: str) -> None:
    response = client.post("/api/v1/chat", json={"text": text, "speak": True})
    assert response.status_code == 200
    assert response.json()["reply"]["text"]
    assert "\x00" not in response.json()["reply"]["text"]


def test_a_megabyte_is_refused_unread(client: TestClient, conversation: PlayedConversation) -> None:
    body = b'{"text": "' + b"a" * 1_000_000 + b'"}'
    is_problem(client.post("/api/v1/chat", content=body), 413)
    assert not conversation.said


def test_a_megabyte_without_a_length_is_refused_half_read(client: TestClient) -> None:
    asked = 0
    sent: list[Message] = []

    async def receive() -> Message:
        nonlocal asked
        asked += 1
        return {"type": "http.request", "body": b"a" * 10_000, "more_body": asked < 100}

    async def send(message: Message) -> None:
        sent.append(message)

    scope = {
        "type": "http",
        "method": "POST",
        "path": "/api/v1/chat",
        "raw_path": b"/api/v1/chat",
        "query_string": b"",
        "headers": [(b"content-type", b"application/json")],
    }

    async def call() -> None:
        await client.app(scope, receive, send)

    asyncio.run(call())
    assert sent[0]["status"] == 413
    assert asked < 20


@pytest.mark.parametrize("path", ["/nothing", "/api/v1/nothing", "/static/no.js", "/static/%00", "/static/../app.py"])
def test_unknown_address(client: TestClient, path: str) -> None:
    assert is_problem(client.get(path), 404)["type"] == "not_found"


def test_wrong_method(client: TestClient) -> None:
    response = client.get("/api/v1/chat")
    is_problem(response, 405)
    assert response.headers["allow"] == "POST"


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", "/api/v1/scenarios/{}"),
        ("DELETE", "/api/v1/sessions/{}"),
        ("GET", "/api/v1/speech/{}.wav"),
    ],
)
@pytest.mark.parametrize("name", ["unknown-thing", "%00", "..%2f..%2fetc", "a" * 3000, "秘密的话", "%ff"])
def test_unknown_ids(client: TestClient, method: str, path: str, name: str) -> None:
    is_problem(client.request(method, path.format(name)), 404)


@pytest.mark.parametrize("content_type", ["text/plain", "application/x-www-form-urlencoded", "image/png", "", "x"])
def test_wrong_content_type(client: TestClient, content_type: str) -> None:
    response = client.post("/api/v1/chat", content=b"text=a", headers={"content-type": content_type})
    is_problem(response)


def test_errors_name_the_field(client: TestClient) -> None:
    body = is_problem(client.post("/api/v1/chat", json={"text": " ", "speak": SECRET}), 422)
    assert {error["field"] for error in body["errors"]} == {"body.text", "body.speak"}


@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.dictionaries(
        st.sampled_from(["text", "session_id", "kiosk_id", "dialect", "speak", "rate", "other"]),
        st.recursive(
            st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=40),
            lambda inner: st.lists(inner, max_size=2) | st.dictionaries(st.text(max_size=3), inner, max_size=2),
            max_leaves=4,
        ),
    )
)
def test_any_json_is_an_answer_or_a_problem(client: TestClient, body: dict[str, Any]) -> None:
    for path in ("/api/v1/chat", "/api/v1/check", "/api/v1/speech"):
        response = client.post(path, content=json.dumps(body), headers={"content-type": "application/json"})
        assert response.status_code < 500


@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.binary(max_size=300))
def test_any_bytes_are_a_problem(client: TestClient, body: bytes) -> None:
    headers = {"content-type": "application/json"}
    assert client.post("/api/v1/chat", content=body, headers=headers).status_code in (200, 400, 422)
    is_problem(client.post("/api/v1/hearing", content=body))


def sound(seconds: float = 1.0, rate: int = 16_000, channels: int = 1, width: int = 2) -> bytes:
    file = io.BytesIO()
    with wave.open(file, "wb") as writer:
        writer.setnchannels(channels)
        writer.setsampwidth(width)
        writer.setframerate(rate)
        writer.writeframes(bytes(int(seconds * rate) * channels * width))
    return file.getvalue()


RECORDINGS = {
    "good": (sound(), 503, "asr_not_configured"),
    "15 s": (sound(15.0), 503, "asr_not_configured"),
    "nothing": (b"", 422, "unusable_sound"),
    "text": (b"no sound", 422, "unusable_sound"),
    "cut off": (sound()[:20_000], 422, "unusable_sound"),
    "half a header": (sound()[:30], 422, "unusable_sound"),
    "no samples": (sound(0.0), 422, "unusable_sound"),
    "8 kHz": (sound(rate=8000), 415, "unsupported_sound"),
    "stereo": (sound(channels=2), 415, "unsupported_sound"),
    "8 bit": (sound(width=1), 415, "unsupported_sound"),
    "15.1 s": (sound(15.1), 413, "sound_too_long"),
    "70 s": (sound(70.0), 413, "body_too_large"),
}


@pytest.mark.parametrize(("body", "status", "kind"), RECORDINGS.values(), ids=RECORDINGS)
def test_recordings(client: TestClient, body: bytes, status: int, kind: str) -> None:
    response = client.post("/api/v1/hearing", content=body, headers={"content-type": "audio/wav"})
    assert is_problem(response, status)["type"] == kind


PNG = b"\x89PNG\r\n\x1a\n" + bytes(100)


PICTURES = [
    ({"image": ("a.png", PNG)}, 422, "unusable_image"),
    ({"image": ("a.jpg", b"\xff\xd8\xff" + bytes(9))}, 422, "unusable_image"),
    ({"image": ("a.webp", b"RIFF0000WEBP")}, 422, "unusable_image"),
    ({"image": ("a.png", b"text")}, 415, "unsupported_image"),
    ({"image": ("a.png", b"")}, 415, "unsupported_image"),
    ({"other": ("a.png", PNG)}, 422, "invalid_request"),
    ({"image": ("a.png", PNG + bytes(8 * 1024 * 1024))}, 413, "body_too_large"),
]


@pytest.mark.parametrize(("files", "status", "kind"), PICTURES, ids=range(len(PICTURES)))
def test_pictures(client: TestClient, files: Any, status: int, kind: str) -> None:
    assert is_problem(client.post("/api/v1/check/image", files=files), status)["type"] == kind


def test_broken_multipart(client: TestClient) -> None:
    for content_type in (
        "multipart/form-data",
        "multipart/form-data; boundary=x",
        "image/png",
        "multipart/form-data; b",
    ):
        headers = {"content-type": content_type}
        is_problem(client.post("/api/v1/check/image", content=b"--x\r\nbroken", headers=headers))
