"""The conversation: one typed turn in, one typed answer out. Never raises for what a resident says."""

from __future__ import annotations

import asyncio
import gc
import logging
import time
import uuid
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from bot.agent.adapter import RasaAgent
from bot.agent.thread import LoopThread
from bot.canaries import load_canaries, report
from bot.drills.catalog import ScenarioCatalog
from bot.identifiers import Dialect, ScamType, Stage
from bot.judge.situation import Situation
from bot.live.content import LiveContent
from bot.live.edition import Edition, FixedContent
from bot.live.sources import mark_of
from bot.live.state import ContentState
from bot.live.watcher import Watcher
from bot.nlu.carried import Carried
from bot.payload import Outcome, merged, outcome_from
from bot.practice.cards import Cards
from bot.practice.turn import PracticeTurn
from bot.services import Services
from bot.serving_models import ModelMissing, ServingModels
from bot.settings import BotSettings
from bot.turn import Answer, Assessment, DialectGuess, IntentGuess, Reply, Turn
from bot.understanding import Understanding
from bot.visits import Visit, Visits
from bot.welcome import Words
from bot.yaml_source import ContentError

__all__ = ["Conversation", "ModelMissing"]

logger = logging.getLogger(__name__)

_MAX_TEXT = 2000
_PURGE_EVERY_SECONDS = 15.0
# An edit lies still for one look before it is taken over: half of what a person has to wait.
_LOOK_SECONDS = 0.2


class Conversation:
    """All visits of one process. Work happens on a thread and loop of its own."""

    def __init__(
        self,
        live: LiveContent | FixedContent,
        settings: BotSettings,
        load_agent: Callable[[Path, Edition], RasaAgent],
        *,
        watch: bool = False,
        model: Path | None = None,
        cards: Cards | None = None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        """``watch``: take over edited content and newly trained models while running; ``model``: another one than
        that which serves; ``cards``: who keeps practice cards."""
        self._model = model
        self._live = live
        self._cards = cards
        self._watcher = Watcher([live.look, self._look_for_model], every_seconds=_LOOK_SECONDS) if watch else None
        self._settings = settings
        self._load_agent = load_agent
        self._models = ServingModels(settings.models_dir)
        self._pointer = mark_of(self._models.pointer)
        self._thread = LoopThread("conversation")
        self._agent: RasaAgent | None = None
        self._visits = Visits(clock, most=settings.max_sessions, idle_seconds=settings.session_idle_seconds)
        self._purger: asyncio.Task[None] | None = None

    @property
    def scenarios(self) -> ScenarioCatalog:
        """The published drills."""
        return self._services.content.scenarios

    @property
    def words(self) -> Words:
        """What stands around a conversation, as it is written now."""
        return self._services.words

    def content_state(self) -> ContentState:
        """How the content stands."""
        return self._live.state()

    @property
    def _services(self) -> Services:
        return self._live.current.services

    async def start(self) -> None:
        """Load the model.

        Raises:
            ModelMissing: there is no usable model; says what to run.
        """
        self._thread.start()
        self._agent = await self._thread.call(self._load())
        if self._watcher is not None:
            self._watcher.start()

    async def _load(self) -> RasaAgent:
        agent = self._load_agent(self._model or self._models.current(), self._live.current)
        await self._warm_up(agent)
        # Models and libraries stay for good: the collector need not walk over them in the middle of a turn.
        gc.collect()
        gc.freeze()
        self._purger = asyncio.get_running_loop().create_task(self._purge())
        return agent

    async def _warm_up(self, agent: RasaAgent) -> None:
        """Say a greeting to nobody: what Rasa and its components only build with the first message (dictionaries, some
        seconds on a busy machine) is there before the first resident."""
        content = self._services.content
        heard = content.understander.understand(self._services.replies.greeting(Dialect.CMN).text)
        carried = Carried(heard, content.assess(heard, Situation()), content.router)
        session_id = uuid.uuid4().hex
        try:
            await agent.handle(session_id, heard.text, carried.metadata())
        except Exception as error:
            logger.error("warming up failed: %s", type(error).__name__)
        agent.trackers.forget(session_id)

    async def stop(self) -> None:
        """End the threads; all visits are forgotten."""
        if self._watcher is not None:
            await asyncio.to_thread(self._watcher.stop)
        self._live.stop()
        if self._thread.alive and self._purger is not None:
            self._purger.get_loop().call_soon_threadsafe(self._purger.cancel)
        self._purger = None
        self._thread.stop()
        self._agent = None
        self._visits.clear()

    def ready(self) -> bool:
        """Whether turns are answered by the model."""
        return self._agent is not None and self._thread.alive

    def knows(self, session_id: str) -> bool:
        """Whether a visit is remembered."""
        return session_id in self._visits

    def begin(self, session_id: str | None = None) -> str:
        """Open a visit and return its id; a fresh random one unless given."""
        session_id = session_id or uuid.uuid4().hex
        self._visits.open(session_id)
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

    def dialect(self, text: str) -> DialectGuess:
        """Which dialect the words of a text tell, outside any visit."""
        return self._services.content.understander.dialect(text[:_MAX_TEXT])

    def seen(self, text: str) -> tuple[Assessment | None, Reply]:
        """Judge what was read on a picture, and the words for it. No conversation is begun or changed by it."""
        text = text[:_MAX_TEXT]
        if not text.strip():
            return None, self._services.replies.picture(None)
        content = self._services.content
        judgement = content.assess(content.understander.understand(text), Situation())
        return judgement.assessment, self._services.replies.picture(judgement)

    async def see(self, session_id: str, text: str) -> tuple[Assessment | None, Reply]:
        """Judge what was read on a picture that somebody shows in a visit: as if it had been told, what follows is
        understood in its light. A drill that runs does not notice."""
        text = text[:_MAX_TEXT]
        if not text.strip():
            return self.seen(text)
        self.begin(session_id)
        return await asyncio.wait_for(
            self._thread.call(self._see(session_id, text)), self._settings.turn_timeout_seconds
        )

    async def _see(self, session_id: str, text: str) -> tuple[Assessment | None, Reply]:
        async with self._visits.open(session_id).lock:
            self._visits.use(session_id)
            if self._agent is None:
                return self.seen(text)
            trackers, services = self._agent.trackers, self._services
            situation = Situation.from_dict(trackers.slot(session_id, "situation"))
            judgement = services.content.assess(services.content.understander.understand(text), situation)
            await trackers.set_slot(session_id, "situation", judgement.situation.to_dict())
            reply = services.replies.picture(judgement)
            return judgement.assessment, services.replies.reminded(reply, judgement.situation, judgement.assessment)

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
        known = self._visits.forget(session_id)
        if self._agent is not None:
            agent = self._agent

            async def wipe() -> bool:
                return agent.trackers.forget(session_id)

            known = await self._thread.call(wipe()) or known
        return known

    def _look_for_model(self) -> None:
        """Take over another model when the pointer names one. Runs beside the turns."""
        pointer = mark_of(self._models.pointer)
        if pointer == self._pointer or self._agent is None:
            return
        self._pointer = pointer
        try:
            agent = self._load_agent(self._models.current(), self._live.current)
            missed = asyncio.run(self._thread.call(self._try(agent)))
            if missed:
                raise ModelMissing("; ".join(missed))
        except (ModelMissing, ContentError) as error:
            logger.error("the new model does not serve, the one before does: %s", error)
            return
        asyncio.run(self._thread.call(self._exchange(agent)))
        # What served before had been kept from the collector; now it may go.
        gc.unfreeze()
        gc.collect()
        gc.freeze()
        self._live.model_changed()
        logger.info("model taken over: %s", agent.model.name)

    async def _exchange(self, agent: RasaAgent) -> None:
        if self._agent is not None:
            agent.take_over(self._agent)
        self._agent = agent

    async def try_canaries(self) -> list[str]:
        """Hold the talks of ``data/canaries`` with the model that serves; what is wrong, nothing when all is right.

        Raises:
            ContentError: they can't be read.
        """
        assert self._agent is not None, "not started"
        return await self._thread.call(self._try(self._agent))

    async def _try(self, agent: RasaAgent) -> list[str]:
        missed: list[str] = []
        for canary in load_canaries(self._settings.data_dir / "canaries"):
            visit, name = self._visits.new(), f"canary-{uuid.uuid4().hex}"
            answers = []
            for text in canary.say:
                answers.append(await self._answer(Turn(name, text), visit, agent))
                await asyncio.sleep(0)  # residents' turns come between
            agent.trackers.forget(name)
            missed += report(canary, answers)
        return missed

    async def _respond(self, turn: Turn) -> Answer:
        visit = self._visits.open(turn.session_id)
        async with visit.lock:
            self._visits.use(turn.session_id)
            if self._agent is None:
                return self._fallback(turn)
            return await self._answer(turn, visit, self._agent)

    async def _answer(self, turn: Turn, visit: Visit, agent: RasaAgent) -> Answer:
        # Model and content of this turn, whatever is taken over before it ends.
        edition = self._live.current
        content = edition.services.content
        begun = time.perf_counter()
        text = turn.text[:_MAX_TEXT]
        trackers = agent.trackers
        situation = Situation.from_dict(trackers.slot(turn.session_id, "situation"))
        in_drill = trackers.in_form(turn.session_id)
        practice: PracticeTurn | None = None
        if content.scenarios.previews.of(turn.session_id) is None:
            practice = PracticeTurn(self._cards, visit.cards, edition.services.words.practice)
            if not in_drill:
                text = await practice.take(text, story=situation.active)
        heard = content.understander.understand(text, dialect=turn.dialect, carried=visit.dialect)
        if heard.dialect.id is not Dialect.UNKNOWN:
            visit.dialect = heard.dialect.id
        judgement = content.assess(heard, situation)
        carried = Carried(heard, judgement, content.router, in_drill, edition.actions, practice)
        understood = time.perf_counter()
        said = await agent.handle(turn.session_id, _harmless(text), carried.metadata())
        outcome = merged([outcome_from(r["custom"]) for r in said.responses if "custom" in r])
        if outcome is None:
            outcome = Outcome(self._failure(visit))
        timings = {
            "understanding": round((understood - begun) * 1000, 1),
            "dialogue": round((time.perf_counter() - understood) * 1000, 1),
        }
        answer = self._made(turn, heard, IntentGuess(said.intent, round(said.confidence, 3)), outcome, timings)
        return answer if practice is None else replace(answer, practised=practice.ended(answer.drill))

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

    def _failure(self, visit: Visit) -> Reply:
        visit.fallbacks += 1
        return self._services.replies.failure(visit.fallbacks - 1)

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
        due = self._visits.due()
        for session_id in due:
            self._visits.forget(session_id)
            if self._agent is not None:
                self._agent.trackers.forget(session_id)
        return len(due)


def _harmless(text: str) -> str:
    """Text that Rasa can't take for a command: ``/intent{…}`` is obeyed, whoever types it."""
    stripped = text.lstrip()
    if not stripped.startswith("/"):
        return text
    return text[: len(text) - len(stripped)] + "\uff0f" + stripped[1:]
