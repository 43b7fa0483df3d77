"""The conversation: one typed turn in, one typed answer out. Never raises for what a resident says."""

from __future__ import annotations

import asyncio
import gc
import logging
import time
import uuid
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from rasa_sdk import Action

from bot.agent.adapter import ModelMissing, RasaAgent, newest_model
from bot.agent.thread import LoopThread
from bot.drills.catalog import ScenarioCatalog
from bot.identifiers import Dialect, ScamType, Stage
from bot.judge.situation import Situation
from bot.nlu.carried import Carried
from bot.payload import Outcome, outcome_from
from bot.services import Services, build_services
from bot.settings import BotSettings
from bot.turn import Answer, Assessment, DialectGuess, DrillView, IntentGuess, Line, Reply, Turn
from bot.understanding import Understanding

__all__ = ["Conversation", "ModelMissing", "build_conversation"]

logger = logging.getLogger(__name__)

_MAX_TEXT = 2000
_PURGE_EVERY_SECONDS = 15.0


@dataclass
class _Session:
    """What is kept of a visit beside Rasa's tracker."""

    seen: float
    dialect: Dialect | None = None
    lock: asyncio.Lock = field(default_factory=asyncio.Lock)
    fallbacks: int = 0


class Conversation:
    """All visits of one process. Work happens on a thread and loop of its own."""

    def __init__(
        self,
        services: Services,
        settings: BotSettings,
        load_agent: Callable[[Services], RasaAgent],
        *,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._services = services
        self._settings = settings
        self._load_agent = load_agent
        self._clock = clock
        self._thread = LoopThread("conversation")
        self._agent: RasaAgent | None = None
        self._sessions: dict[str, _Session] = {}
        self._purger: asyncio.Task[None] | None = None

    @property
    def scenarios(self) -> ScenarioCatalog:
        """The published drills."""
        return self._services.content.scenarios

    async def start(self) -> None:
        """Load the model.

        Raises:
            ModelMissing: there is no usable model; says what to run.
        """
        self._thread.start()
        self._agent = await self._thread.call(self._load())

    async def _load(self) -> RasaAgent:
        agent = self._load_agent(self._services)
        # Models and libraries stay for good: the collector need not walk over them in the middle of a turn.
        gc.collect()
        gc.freeze()
        self._purger = asyncio.get_running_loop().create_task(self._purge())
        return agent

    async def stop(self) -> None:
        """End the thread; all visits are forgotten."""
        if self._thread.alive and self._purger is not None:
            self._purger.get_loop().call_soon_threadsafe(self._purger.cancel)
        self._purger = None
        self._thread.stop()
        self._agent = None
        self._sessions.clear()

    def ready(self) -> bool:
        """Whether turns are answered by the model."""
        return self._agent is not None and self._thread.alive

    def knows(self, session_id: str) -> bool:
        """Whether a visit is remembered."""
        return session_id in self._sessions

    def begin(self, session_id: str | None = None) -> str:
        """Open a visit and return its id; a fresh random one unless given."""
        session_id = session_id or uuid.uuid4().hex
        self._sessions.setdefault(session_id, _Session(self._clock()))
        return session_id

    def greeting(self, kiosk_id: str | None = None) -> Reply:
        """The first words of a visit."""
        return self._services.replies.greeting(Dialect.WUU)

    def check(self, text: str) -> Assessment | None:
        """Judge one message or situation without a conversation. ``None``: nothing to judge."""
        text = text[:_MAX_TEXT]
        if not text.strip():
            return None
        content = self._services.content
        return content.assess(content.understander.understand(text), Situation()).assessment

    def scam_name(self, scam_type: ScamType | None) -> str | None:
        """What residents call a kind of fraud; ``None`` without one and for ``other``, which has no name to show."""
        if scam_type is None or scam_type is ScamType.OTHER:
            return None
        return self._services.content.knowledge.types[scam_type].name

    async def respond(self, turn: Turn) -> Answer:
        """Answer one turn; turns of one visit are answered in the order they came."""
        started = time.perf_counter()
        self.begin(turn.session_id)
        try:
            answer = await asyncio.wait_for(self._thread.call(self._respond(turn)), self._settings.turn_timeout_seconds)
        except Exception as error:
            logger.error("turn failed: %s", type(error).__name__)
            answer = self._fallback(turn)
        answer.timings_ms["total"] = round((time.perf_counter() - started) * 1000, 1)
        return answer

    async def forget(self, session_id: str) -> bool:
        """Wipe a visit; true when it was known."""
        known = self._sessions.pop(session_id, None) is not None
        if self._agent is not None:
            agent = self._agent

            async def wipe() -> bool:
                return agent.trackers.forget(session_id)

            known = await self._thread.call(wipe()) or known
        return known

    async def _respond(self, turn: Turn) -> Answer:
        session = self._sessions.setdefault(turn.session_id, _Session(self._clock()))
        async with session.lock:
            session.seen = self._clock()
            return await self._answer(turn, session)

    async def _answer(self, turn: Turn, session: _Session) -> Answer:
        if self._agent is None:
            return self._fallback(turn)
        content = self._services.content
        begun = time.perf_counter()
        text = turn.text[:_MAX_TEXT]
        heard = content.understander.understand(text, dialect=turn.dialect, carried=session.dialect)
        if heard.dialect.id is not Dialect.UNKNOWN:
            session.dialect = heard.dialect.id
        trackers = self._agent.trackers
        situation = Situation.from_dict(trackers.slot(turn.session_id, "situation"))
        in_drill = trackers.in_form(turn.session_id)
        carried = Carried(heard, content.assess(heard, situation), content.router, in_drill)
        understood = time.perf_counter()
        said = await self._agent.handle(turn.session_id, _harmless(text), carried.metadata())
        outcome = _merged([outcome_from(r["custom"]) for r in said.responses if "custom" in r])
        if outcome is None:
            outcome = Outcome(self._failure(session))
        timings = {
            "understanding": round((understood - begun) * 1000, 1),
            "dialogue": round((time.perf_counter() - understood) * 1000, 1),
        }
        return self._made(turn, heard, IntentGuess(said.intent, round(said.confidence, 3)), outcome, timings)

    @staticmethod
    def _made(
        turn: Turn, heard: Understanding, intent: IntentGuess, outcome: Outcome, timings: dict[str, float]
    ) -> Answer:
        return Answer(
            session_id=turn.session_id,
            turn_id=uuid.uuid4().hex,
            reply=outcome.reply,
            dialect=heard.dialect,
            intent=intent,
            assessment=outcome.assessment,
            drill=outcome.drill,
            timings_ms=timings,
        )

    def _failure(self, session: _Session) -> Reply:
        session.fallbacks += 1
        return self._services.replies.failure(session.fallbacks - 1)

    def _fallback(self, turn: Turn) -> Answer:
        """An answer that needs nothing but the texts: the judgement if there is one, else whom to call."""
        reply = self._services.replies.failure()
        assessment: Assessment | None = None
        try:
            assessment = self.check(turn.text)
        except Exception as error:
            logger.error("fallback judgement failed: %s", type(error).__name__)
        if assessment is not None and assessment.stage in (Stage.PAID, Stage.IN_PROGRESS):
            reply = self._services.replies.urgent(reply, assessment.stage)
        return Answer(
            turn.session_id,
            uuid.uuid4().hex,
            reply,
            DialectGuess(turn.dialect or Dialect.UNKNOWN, 0.0),
            IntentGuess("", 0.0),
            assessment,
        )

    async def _purge(self) -> None:
        """Forget idle visits, and the idlest when there are too many."""
        while True:
            await asyncio.sleep(_PURGE_EVERY_SECONDS)
            try:
                self.purge_now()
            except Exception as error:  # one bad visit must not keep all others in memory for good
                logger.error("purging visits failed: %s", type(error).__name__)

    def purge_now(self) -> int:
        """Forget what is due; returns how many visits. Runs on the conversation's loop."""
        now = self._clock()
        by_age = sorted(self._sessions.items(), key=lambda item: item[1].seen)
        surplus = len(by_age) - self._settings.max_sessions
        due = [
            session_id
            for rank, (session_id, session) in enumerate(by_age)
            if not session.lock.locked()
            and (rank < surplus or now - session.seen > self._settings.session_idle_seconds)
        ]
        for session_id in due:
            self._sessions.pop(session_id, None)
            if self._agent is not None:
                self._agent.trackers.forget(session_id)
        return len(due)


def _harmless(text: str) -> str:
    """Text that Rasa can't take for a command: ``/intent{…}`` is obeyed, whoever types it."""
    stripped = text.lstrip()
    if not stripped.startswith("/"):
        return text
    return text[: len(text) - len(stripped)] + "\uff0f" + stripped[1:]


def _merged(outcomes: Sequence[Outcome]) -> Outcome | None:
    """Several actions' outcomes as one: their lines after each other, the last assessment and drill."""
    if len(outcomes) <= 1:
        return outcomes[0] if outcomes else None
    replies = [outcome.reply for outcome in outcomes]
    lines: list[Line] = []
    for reply in replies:
        lines.extend(reply.lines or (Line("hean", reply.text, reply.speech),))
    drill: DrillView | None = None
    assessment: Assessment | None = None
    for outcome in outcomes:
        drill, assessment = outcome.drill or drill, outcome.assessment or assessment
    merged = Reply(
        "\n".join(reply.text for reply in replies),
        "".join(reply.speech for reply in replies),
        replies[-1].choices,
        replies[-1].gesture,
        tuple(lines),
        tuple(dict.fromkeys(subtitle for reply in replies for subtitle in reply.subtitles)),
    )
    return Outcome(merged, assessment, drill)


def build_conversation(
    settings: BotSettings,
    make_actions: Callable[[Services], Sequence[Action]],
    echo: Callable[[str], None] = lambda _: None,
) -> Conversation:
    """Put a conversation together.

    Args:
        settings: paths and limits.
        make_actions: the custom actions (``actions.registry.all_actions``); passed in because ``bot`` does not
            know ``actions``.
        echo: told about long work.

    Raises:
        bot.yaml_source.ContentError: content is broken.
    """
    services = build_services(settings, echo)

    def load_agent(services: Services) -> RasaAgent:
        def failure() -> dict[str, Any]:
            reply = services.replies.failure()
            return {"text": reply.text, "custom": Outcome(reply).to_payload()}

        return RasaAgent(newest_model(settings.models_dir), settings.domain_file, make_actions(services), failure)

    return Conversation(services, settings, load_agent)
