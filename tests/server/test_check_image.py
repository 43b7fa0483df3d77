"""POST /check/image: the real recogniser in its process, before a played judge."""

from __future__ import annotations

import asyncio
import io
import logging
import os
import signal
import sys
import tempfile
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient
from PIL import Image
from played import PlayedConversation, PlayedVoice

from server.app import create_app
from server.bench.phone.photo import Shot, photograph
from server.bench.phone.screens import Message, Screen, draw
from server.settings import Settings
from server.sight.picture import UnusablePicture
from server.sight.reader import MISSING, ReaderMissing
from server.sight.sight import Sight, SightBusy, SightUnavailable
from server.worker.process import Worker, WorkerFailed

pytestmark = pytest.mark.usefixtures("chinese_font")

URL = "/api/v1/check/image"


def photo(text: str) -> bytes:
    screen = Screen("sms", "106900001234", (Message("other", text),))
    return photograph(draw(screen), Shot(90, 5, 0.02, 0.8, 0.1, 0.3, 4, 85), 1)


def send(client: TestClient, data: bytes, query: str = "") -> Any:
    return client.post(URL + query, files={"image": ("photo.jpg", data)})


def test_read_and_judged(client: TestClient) -> None:
    seen = send(client, photo("请把存款转入安全账户，不要告诉家里人，否则马上冻结"), "?speak=true&rate=120").json()
    assert set(seen) == {"text", "lines", "picture", "assessment", "reply", "audio", "timings_ms"}
    assert "请把存款转入安全账户，不要告诉家里人，否则马上冻结" in seen["text"]
    assert seen["picture"] == {"width": 1080, "height": 1440, "turned": 270}
    for line in seen["lines"]:
        assert seen["text"][line["start"] : line["end"]] == line["text"]
        assert 0.5 <= line["confidence"] <= 1
        assert len(line["box"]) == 4
    assert (
        len(
            {
                line["block"]
                for line in seen["lines"]
                if line["text"] in "请把存款转入安全账户，不要告诉家里人，否则马上冻结"
            }
        )
        == 1
    )
    assessment = seen["assessment"]
    assert (assessment["verdict"], assessment["scam_name"]) == ("scam", "name of police")
    [flag] = assessment["red_flags"]
    assert seen["text"][flag["start"] : flag["end"]] == flag["text"] == "转"
    [place] = flag["places"]
    line = seen["lines"][place["line"]]
    assert line["start"] <= flag["start"] < line["end"]
    across = [x for x, _ in place["box"]]
    assert min(x for x, _ in line["box"]) <= min(across) < max(across) <= max(x for x, _ in line["box"])
    assert max(across) - min(across) < 60
    assert seen["reply"]["text"].startswith("seen ")
    assert seen["audio"]["url"].endswith(".wav")


def test_a_session_goes_on_from_the_picture(client: TestClient, conversation: PlayedConversation) -> None:
    picture = photo("请把存款转入安全账户")
    session_id = client.post("/api/v1/chat", json={"text": "你看看"}).json()["session_id"]
    seen = send(client, picture, f"?session_id={session_id}").json()
    assert seen["assessment"]["verdict"] == "scam"
    assert conversation.said[session_id] == ["你看看", "a picture"]
    assert client.delete(f"/api/v1/sessions/{session_id}").status_code == 204
    for gone in (session_id, "never-opened"):
        response = send(client, picture, f"?session_id={gone}")
        assert (response.status_code, response.json()["type"]) == (404, "unknown_session")
    assert session_id not in conversation.said


def test_a_picture_without_writing_is_no_error(client: TestClient) -> None:
    stream = io.BytesIO()
    Image.new("RGB", (400, 300), "grey").save(stream, "WEBP")
    seen = send(client, stream.getvalue()).json()
    assert (seen["text"], seen["lines"], seen["assessment"], seen["audio"]) == ("", [], None, None)
    assert seen["reply"]["text"]


def test_no_recogniser(settings: Settings, conversation: PlayedConversation, tmp_path: Path) -> None:
    settings.sight.engine = "none"
    with TestClient(create_app(settings, conversation, PlayedVoice(tmp_path))) as client:
        response = send(client, b"")
    assert (response.status_code, response.json()["type"]) == (503, "ocr_not_configured")


def test_a_failing_judge(client: TestClient, conversation: PlayedConversation) -> None:
    conversation.fail = RuntimeError("gone")
    response = send(client, photo("天气"))
    assert (response.status_code, response.json()["type"]) == (503, "judge_unavailable")


def test_bad_queries(client: TestClient) -> None:
    for query in ("?rate=9", "?rate=x", "?speak=maybe", "?session_id=..%2Fx", "?session_id="):
        assert send(client, b"", query).status_code == 422


def test_nothing_is_kept(
    client: TestClient,
    settings: Settings,
    tmp_path: Path,
    caplog: pytest.LogCaptureFixture,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Not in the log, not in the records, and not on disk either, where Starlette puts what is large."""

    def refuse(*_: Any, **__: Any) -> None:
        raise AssertionError("a temporary file")

    monkeypatch.setattr(tempfile, "_TemporaryFileWrapper", refuse)
    monkeypatch.setattr(tempfile, "TemporaryFile", refuse)
    large = photo("悄悄话不能留下") + bytes(3 * 1024 * 1024)  # what follows a JPEG is nobody's business
    with caplog.at_level(logging.DEBUG):
        seen = send(client, large).json()
        broken = send(client, large[:30_000])
    assert "悄悄话不能留下" in seen["text"]
    assert broken.status_code == 422
    assert "悄悄话" not in caplog.text
    assert broken.json()["detail"] not in seen["text"]
    files = [path for path in tmp_path.rglob("*") if path.is_file() and "悄悄话".encode() in path.read_bytes()]
    assert files == []


def test_one_process_which_is_replaced_when_it_dies() -> None:
    async def run() -> None:
        sight = Sight(enabled=True, most_waiting=4, seconds=60)
        await sight.warm_up()
        first = sight.worker_pid()
        assert first is not None
        sheets = await asyncio.gather(*(sight.read(photo(text)) for text in ("第一张照片", "第二张照片")))
        assert ["第一张照片" in sheets[0].text, "第二张照片" in sheets[1].text] == [True, True]
        assert sight.worker_pid() == first
        os.kill(first, signal.SIGKILL)
        assert "第三张照片" in (await sight.read(photo("第三张照片"))).text
        second = sight.worker_pid()
        assert second not in (None, first)
        with pytest.raises(UnusablePicture):
            await sight.read(b"x")
        assert sight.worker_pid() == second
        await sight.stop()
        assert sight.worker_pid() is None
        with pytest.raises(SightUnavailable):
            await sight.read(photo("太晚了"))

    asyncio.run(run())


def test_what_takes_too_long_is_given_up() -> None:
    async def run() -> None:
        sight = Sight(enabled=True, most_waiting=1, seconds=0.02)
        with pytest.raises(SightUnavailable):
            await sight.read(photo("太慢了"))
        assert sight.worker_pid() is None

    asyncio.run(run())


def test_too_many_at_once() -> None:
    async def run() -> None:
        sight = Sight(enabled=True, most_waiting=1, seconds=60)
        jobs = [asyncio.create_task(sight.read(photo(f"照片{number}"))) for number in range(4)]
        results = await asyncio.gather(*jobs, return_exceptions=True)
        assert [isinstance(result, SightBusy) for result in results] == [False, False, True, True]
        assert "照片" in (await sight.read(photo("照片又来了"))).text
        await sight.stop()

    asyncio.run(run())


@pytest.mark.parametrize(("said", "kind"), [(MISSING, ReaderMissing), ("it ended", SightUnavailable)])
def test_a_process_without_the_package_is_told_from_a_broken_one(
    said: str, kind: type[Exception], monkeypatch: pytest.MonkeyPatch
) -> None:
    def greet(_: Worker, __: float) -> None:
        raise WorkerFailed(said)

    async def run() -> None:
        sight = Sight(enabled=True, most_waiting=1, seconds=60)
        await sight.warm_up()
        with pytest.raises(kind):
            await sight.read(photo("没有"))
        assert sight.worker_pid() is None

    monkeypatch.setattr(Worker, "greet", greet)
    asyncio.run(run())


def test_a_missing_package_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "rapidocr_onnxruntime", None)
    from server.sight.rapidocr_reader import RapidOcrReader

    with pytest.raises(ReaderMissing):
        RapidOcrReader()
