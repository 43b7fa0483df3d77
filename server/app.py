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

from bot import redact_words
from server import problems
from server.access_log import AccessLog
from server.assembly import (
    build_default_cards,
    build_default_conversation,
    build_default_ears,
    build_default_records,
    build_default_voice,
)
from server.body_limit import BodyLimit
from server.entry.dictionary import read_staff_words
from server.entry.keyboard import Keyboard
from server.faults import describe
from server.hearing.recogniser import HearingUnavailable
from server.interfaces import Conversation, Ears, Records, Voice
from server.kept_answers import KeptAnswers
from server.kiosks.hub import Hub
from server.kiosks.stage import Stage, page_version
from server.metrics import Metrics
from server.openapi import describe_api
from server.pace import Pace
from server.parts import Parts
from server.practice.store import CardStore
from server.previews import Previews
from server.rotation import Rotation
from server.routes import (
    attract,
    broadcasts,
    chat,
    check,
    check_image,
    entry,
    health,
    hearing,
    kept_answers,
    kiosks,
    page_texts,
    practice,
    previews,
    scenarios,
    sessions,
    speech,
)
from server.sessions import Sessions
from server.settings import Settings
from server.sight.sight import Sight
from server.speaker import Speaker
from server.staff_words import StaffWords
from server.tip_board import TipBoard
from server.turns import Turns
from server.voice_ahead import VoiceAhead

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
    ears: Ears | None = None,
    cards: CardStore | None = None,
) -> FastAPI:
    """The application. What is not passed in is built from the settings; all of it starts and stops with it.

    Raises:
        bot.yaml_source.ContentError: a content file can't be used; says where.
    """
    parts = _parts(settings, conversation, voice, records, ears, cards)
    speaks_ahead = voice is None and settings.speech.ahead
    app = FastAPI(
        title="He'an",
        version="1",
        description=(PAGES.parent / "reference" / "introduction.md").read_text(encoding="utf-8"),
        lifespan=lambda _: _running(parts, speaks_ahead),
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
    settings: Settings,
    conversation: Conversation | None,
    voice: Voice | None,
    records: Records | None,
    ears: Ears | None,
    cards: CardStore | None,
) -> Parts:
    metrics = Metrics()
    cards = cards or build_default_cards(settings)
    conversation = conversation or build_default_conversation(settings, live=True, cards=cards)
    voice = voice or build_default_voice(settings)
    records = records or build_default_records(settings, failed=metrics.record_failures.inc)
    ears = ears or build_default_ears(settings, conversation)
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
        failures=lambda: conversation.words.failures,
        timeout_seconds=settings.bot.turn_timeout_seconds + 1.0,  # the conversation's own limit comes first
        most_waiting=settings.http.max_waiting_turns,
    )
    stage = Stage(
        page_version(PAGES),
        settings.kiosk.idle_seconds,
        ears.ready,
        round(settings.hearing.pause_seconds * 1000),
        settings.speech.rate_normal,
        settings.speech.rate_slow,
        lambda: conversation.words,
        Rotation(lambda: conversation.words.greetings),
        lambda text: conversation.words.wants_silence(text),
    )
    staff_words = settings.bot.data_dir / "entry" / "words.yml"
    read_staff_words(staff_words)  # a broken file stops the start like any other content
    keyboard = Keyboard(staff_words, settings.bot.models_dir)
    staff = StaffWords.load(settings.bot.data_dir)
    tried = Previews(
        settings, conversation, failures=lambda: conversation.words.failures, opening=staff.say("preview_opening")
    )
    hub = Hub(speaker, most=settings.kiosk.max_screens, rate=settings.speech.rate_normal)
    sight = Sight(
        enabled=settings.sight.engine != "none",
        most_waiting=settings.sight.max_waiting,
        seconds=settings.sight.timeout_seconds,
    )
    return Parts(
        settings,
        conversation,
        voice,
        ears,
        records,
        cards,
        metrics,
        open_sessions,
        turns,
        speaker,
        hub,
        stage,
        keyboard,
        tried,
        TipBoard(settings.bot.data_dir),
        sight,
        KeptAnswers(conversation),
    )


def _add_routes(app: FastAPI) -> None:
    api = APIRouter(prefix=API)
    for module in (
        chat,
        check,
        check_image,
        speech,
        hearing,
        scenarios,
        practice,
        previews,
        sessions,
        page_texts,
        attract,
        kept_answers,
        entry,
        health,
        kiosks,
        broadcasts,
    ):
        api.include_router(module.router)
    app.include_router(api)
    app.include_router(health.router, include_in_schema=False)

    @app.get("/", include_in_schema=False)
    async def page() -> FileResponse:
        return FileResponse(PAGES / "index.html", headers={"cache-control": "no-cache"})

    @app.get("/worker.js", include_in_schema=False)
    async def worker() -> FileResponse:
        # At the root, because a service worker only keeps what lies below its own address.
        return FileResponse(
            PAGES / "js" / "worker.js", media_type="text/javascript", headers={"cache-control": "no-cache"}
        )

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
async def _running(parts: Parts, speaks_ahead: bool) -> AsyncIterator[None]:
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
        try:
            stack.push_async_callback(parts.ears.stop)
            await parts.ears.start()
        except HearingUnavailable as error:
            # Residents can type; /readyz tells the operator.
            _log.error("no hearing: %s", error)
        stack.push_async_callback(parts.sight.stop)
        stack.push_async_callback(parts.conversation.stop)
        if not parts.conversation.ready():
            await parts.conversation.start()
        await asyncio.to_thread(redact_words.load)  # or the first resident would wait for it
        parts.keyboard.start()
        stack.callback(parts.sessions.end_all)
        stack.callback(parts.previews.sessions.end_all)
        days, unused_days = parts.settings.records.retention_days, parts.settings.practice.retention_days
        tasks = [
            asyncio.create_task(_every(_SWEEP_SECONDS, parts.sessions.expire)),
            asyncio.create_task(_every(_SWEEP_SECONDS, parts.previews.sessions.expire)),
            asyncio.create_task(_every(_A_DAY, lambda: asyncio.to_thread(parts.records.purge, days))),
            asyncio.create_task(_every(_A_DAY, lambda: asyncio.to_thread(parts.cards.purge, unused_days))),
            *([asyncio.create_task(parts.sight.warm_up())] if parts.settings.sight.load == "start" else []),
        ]
        if speaks_ahead:
            settings = parts.settings
            rate = settings.speech.rate_normal
            ahead = VoiceAhead(parts.voice, settings.bot.data_dir, parts.conversation.scenarios, rate=rate)
            tasks.append(asyncio.create_task(ahead.run()))
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
