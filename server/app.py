"""The web application, put together from its parts."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import os
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from functools import partial
from pathlib import Path

from fastapi import APIRouter, FastAPI
from fastapi.responses import FileResponse
from starlette.staticfiles import StaticFiles

from server import problems
from server.access_log import AccessLog
from server.assembly import build_default_conversation, build_default_records, build_default_voice
from server.body_limit import BodyLimit
from server.faults import describe
from server.interfaces import Conversation, Records, Voice
from server.kiosks.hub import Hub
from server.kiosks.stage import Stage, page_version
from server.metrics import Metrics
from server.openapi import describe_api
from server.pace import Pace
from server.parts import Parts
from server.routes import chat, check, health, hearing, kiosks, page_texts, scenarios, sessions, speech
from server.sessions import Sessions
from server.settings import Settings
from server.speaker import Speaker
from server.turns import Turns
from server.welcome import Rotation, load_words

API = "/api/v1"
PAGES = Path(__file__).parent / "pages"
REFERENCE = Path(__file__).parent / "reference"
_A_DAY = 86_400.0
_SWEEP_SECONDS = 15.0
_log = logging.getLogger(__name__)


def create_app(
    settings: Settings,
    conversation: Conversation | None = None,
    voice: Voice | None = None,
    records: Records | None = None,
) -> FastAPI:
    """The application. What is not passed in is built from the settings; all of it starts and stops with it.

    Raises:
        bot.yaml_source.ContentError: a content file can't be used; says where.
    """
    parts = _parts(settings, conversation, voice, records)
    app = FastAPI(
        title="He'an",
        version="1",
        description=(PAGES.parent / "reference" / "introduction.md").read_text(encoding="utf-8"),
        lifespan=lambda _: _running(parts),
        docs_url=None,
        redoc_url=None,
        openapi_url="/openapi.json",
    )
    app.state.parts = parts
    _add_routes(app)
    describe_api(app)
    # The last one added is the outermost.
    limits = {
        f"{API}/check/image": settings.http.max_image_bytes + 4096,  # and the multipart frame around it
        f"{API}/hearing": settings.http.max_sound_bytes,
    }
    app.add_middleware(BodyLimit, default=settings.http.max_json_bytes, limits=limits)
    problems.install(app)
    app.add_middleware(AccessLog, metrics=parts.metrics, log=settings.log.access)
    return app


def _parts(
    settings: Settings, conversation: Conversation | None, voice: Voice | None, records: Records | None
) -> Parts:
    words = load_words(settings.bot.data_dir)
    metrics = Metrics()
    conversation = conversation or build_default_conversation(settings)
    voice = voice or build_default_voice(settings)
    records = records or build_default_records(settings, failed=metrics.record_failures.inc)
    speaker = Speaker(voice, metrics, timeout_seconds=settings.speech.timeout_seconds)
    open_sessions = Sessions(
        conversation,
        records,
        idle_seconds=settings.bot.session_idle_seconds,
        most=settings.bot.max_sessions,
        new_pace=partial(Pace, normal=settings.speech.rate_normal, slow=settings.speech.rate_slow),
    )
    turns = Turns(
        conversation,
        open_sessions,
        records,
        metrics,
        failures=words.failures,
        timeout_seconds=settings.bot.turn_timeout_seconds + 1.0,  # the conversation's own limit comes first
        most_waiting=settings.http.max_waiting_turns,
    )
    stage = Stage(
        page_version(PAGES),
        settings.kiosk.idle_seconds,
        settings.hearing.engine != "none",
        settings.speech.rate_normal,
        settings.speech.rate_slow,
        words.choices,
        words.tips,
        Rotation(words.greetings),
    )
    hub = Hub(speaker, most=settings.kiosk.max_screens, rate=settings.speech.rate_normal)
    return Parts(settings, conversation, voice, records, metrics, open_sessions, turns, speaker, hub, stage)


def _add_routes(app: FastAPI) -> None:
    api = APIRouter(prefix=API)
    for module in (chat, check, speech, hearing, scenarios, sessions, page_texts, health, kiosks):
        api.include_router(module.router)
    app.include_router(api)
    app.include_router(health.router, include_in_schema=False)

    @app.get("/", include_in_schema=False)
    async def page() -> FileResponse:
        return FileResponse(PAGES / "index.html", headers={"cache-control": "no-cache"})

    @app.get("/docs", include_in_schema=False)
    async def docs() -> FileResponse:
        return FileResponse(REFERENCE / "index.html", headers={"cache-control": "no-cache"})

    app.mount("/docs/static", _Files(directory=REFERENCE), name="reference")
    app.mount("/static", _Files(directory=PAGES), name="pages")


class _Files(StaticFiles):
    """Files of a folder. Starlette takes a NUL in a path for a fault of its own."""

    def lookup_path(self, path: str) -> tuple[str, os.stat_result | None]:
        return ("", None) if "\0" in path else super().lookup_path(path)


@asynccontextmanager
async def _running(parts: Parts) -> AsyncIterator[None]:
    """Start every part; stop them in reverse order whatever happens."""
    async with contextlib.AsyncExitStack() as stack:
        await asyncio.to_thread(parts.records.start)
        stack.push_async_callback(asyncio.to_thread, parts.records.stop)
        try:
            stack.push_async_callback(parts.voice.stop)
            await parts.voice.start()
        except Exception as error:
            # Without sound there are still words; /readyz tells the operator.
            _log.error("no voice: %s", describe(error))
        stack.push_async_callback(parts.conversation.stop)
        if not parts.conversation.ready():
            await parts.conversation.start()
        stack.callback(parts.sessions.end_all)
        days = parts.settings.records.retention_days
        tasks = [
            asyncio.create_task(_every(_SWEEP_SECONDS, parts.sessions.expire)),
            asyncio.create_task(_every(_A_DAY, lambda: asyncio.to_thread(parts.records.purge, days))),
        ]
        stack.push_async_callback(_cancel, tasks)
        stack.callback(parts.hub.close)
        yield


async def _every(seconds: float, work: Callable[[], object]) -> None:
    while True:
        try:
            done = work()
            if asyncio.iscoroutine(done):
                await done
        except Exception as error:
            _log.error("regular work failed: %s", describe(error))
        await asyncio.sleep(seconds)


async def _cancel(tasks: list[asyncio.Task[None]]) -> None:
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)
