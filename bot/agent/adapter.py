"""The one place where a Rasa agent is loaded and called."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from rasa.core.agent import Agent
from rasa.core.channels.channel import UserMessage
from rasa.shared.core.domain import Domain
from rasa.utils.log_utils import configure_structlog
from rasa_sdk import Action

from bot.agent.channel import GatheringChannel
from bot.agent.endpoint import InProcessEndpoint
from bot.agent.graph_runner import StraightGraphRunner
from bot.agent.lock_store import QueueLockStore
from bot.agent.tracker_store import LiveTrackerStore
from bot.agent.trusted_results import trust_own_actions
from bot.serving_models import ModelMissing


@dataclass(frozen=True)
class AgentAnswer:
    """What one message led to: the responses in order, and the intent Rasa acted on."""

    responses: tuple[dict[str, Any], ...]
    intent: str
    confidence: float


class RasaAgent:
    """A loaded agent. All methods but the constructor run on the conversation's own loop."""

    def __init__(
        self, model: Path, domain_file: Path, actions: Iterable[Action], failure: Callable[[], dict[str, Any]]
    ) -> None:
        """Load a model.

        Raises:
            ModelMissing: the file is missing or can't be loaded.
        """
        # Without this every turn prints the resident's words at debug level.
        configure_structlog(logging.WARNING)
        for noisy in ("rasa", "rasa_sdk", "matplotlib", "jieba"):
            logging.getLogger(noisy).setLevel(logging.WARNING)
        trust_own_actions()
        self.trackers = LiveTrackerStore(Domain.load(str(domain_file)))
        try:
            self._agent = Agent.load(
                str(model),
                tracker_store=self.trackers,
                lock_store=QueueLockStore(),
                action_endpoint=InProcessEndpoint(actions, failure),
            )
        except Exception as error:
            raise ModelMissing(
                f"The model {model} can't be loaded ({type(error).__name__}). Run `hean train --force` "
                "or `make train` to make it anew."
            ) from error
        if not self._agent.is_ready():
            raise ModelMissing(f"The model {model} is incomplete. Run `hean train --force` to make it anew.")
        self.model = model
        # Asked each turn, and answered by building a whole domain anew to compare with; it is not empty.
        self._agent.processor.domain.is_empty = lambda: False
        self._agent.processor.graph_runner = StraightGraphRunner(self._agent.processor.graph_runner)

    def take_over(self, other: RasaAgent) -> None:
        """Go on with the conversations of an agent that is replaced. A turn that it has begun it also ends; the next
        turn of that conversation is this agent's."""
        self.trackers.inherit(other.trackers)

    async def handle(self, session_id: str, text: str, metadata: dict[str, Any]) -> AgentAnswer:
        """Handle one message; ``text`` must not be blank."""
        channel = GatheringChannel()
        message = UserMessage(text, channel, session_id, input_channel=channel.name(), metadata=metadata)
        await self._agent.handle_message(message)
        tracker = await self.trackers.retrieve(session_id)
        latest = tracker.latest_message.intent if tracker and tracker.latest_message else {}
        return AgentAnswer(tuple(channel.responses), latest.get("name") or "", float(latest.get("confidence") or 0.0))

    async def intent(self, text: str, metadata: dict[str, Any]) -> str:
        """The intent of one text, outside any conversation; ``text`` must not be blank."""
        message = UserMessage(text, input_channel=GatheringChannel.name(), metadata=metadata)
        parsed = await self._agent.processor.parse_message(message)
        return (parsed.get("intent") or {}).get("name") or ""
