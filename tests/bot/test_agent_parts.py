"""The parts around Rasa that this project makes itself."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import ActionExecuted, SlotSet, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker
from rasa.utils.endpoints import ClientResponseError
from rasa_sdk import Action
from rasa_sdk.interfaces import ActionExecutionRejection

from bot.agent.endpoint import InProcessEndpoint
from bot.agent.lock_store import QueueLockStore
from bot.agent.thread import LoopThread
from bot.agent.tracker_store import LiveTrackerStore

DOMAIN = Domain.from_dict(
    {"intents": ["greet"], "slots": {"note": {"type": "any", "mappings": [{"type": "custom"}]}}, "actions": []}
)


def test_turns_of_one_visit_follow_each_other_and_leave_nothing_behind() -> None:
    store, order = QueueLockStore(), []

    async def turn(name: str) -> None:
        async with store.lock("visit"):
            order.append(f"{name} in")
            await asyncio.sleep(0)
            order.append(f"{name} out")

    async def both() -> None:
        await asyncio.gather(turn("a"), turn("b"))

    asyncio.run(both())
    assert order == ["a in", "a out", "b in", "b out"]
    assert not store._locks
    assert not store._users


def test_a_turn_that_fails_frees_the_visit() -> None:
    store = QueueLockStore()

    async def failing() -> None:
        async with store.lock("visit"):
            raise RuntimeError("turn failed")

    async def after() -> str:
        with pytest.raises(RuntimeError):
            await failing()
        async with store.lock("visit"):
            return "free"

    assert asyncio.run(after()) == "free"


def test_a_long_visit_is_shortened_and_keeps_its_slots() -> None:
    store = LiveTrackerStore(DOMAIN)
    tracker = DialogueStateTracker("visit", DOMAIN.slots)
    tracker.update(SlotSet("note", {"kept": True}), DOMAIN)
    for _ in range(60):
        tracker.update(UserUttered("hello", {"name": "greet", "confidence": 1.0}), DOMAIN)
        tracker.update(ActionExecuted("action_listen"), DOMAIN)
    asyncio.run(store.save(tracker))
    kept = asyncio.run(store.retrieve("visit"))
    assert kept is not None
    assert len(kept.events) < 10
    assert store.slot("visit", "note") == {"kept": True}
    assert store.forget("visit")
    assert not store.forget("visit")
    assert store.slot("visit", "note") is None


class _Failing(Action):  # type: ignore[misc]
    def name(self) -> str:
        return "action_failing"

    async def run(self, dispatcher: Any, tracker: Any, domain: Any) -> list[dict[str, Any]]:
        raise ValueError("what the resident said")


class _Rejecting(Action):  # type: ignore[misc]
    def name(self) -> str:
        return "action_rejecting"

    async def run(self, dispatcher: Any, tracker: Any, domain: Any) -> list[dict[str, Any]]:
        raise ActionExecutionRejection(self.name())


def _call(name: str) -> dict[str, Any]:
    return {"next_action": name, "tracker": {"sender_id": "visit", "slots": {}, "events": [], "latest_message": {}}}


def test_an_action_that_fails_still_says_something_and_logs_no_words(caplog: pytest.LogCaptureFixture) -> None:
    endpoint = InProcessEndpoint([_Failing()], lambda: {"text": "spoken fallback"})
    result = asyncio.run(endpoint.request(json=_call("action_failing")))
    assert result["responses"] == [{"text": "spoken fallback"}]
    assert "ValueError" in caplog.text
    assert "resident" not in caplog.text


def test_a_rejection_reaches_rasa_in_its_own_form() -> None:
    endpoint = InProcessEndpoint([_Rejecting()], lambda: {})
    with pytest.raises(ClientResponseError) as caught:
        asyncio.run(endpoint.request(json=_call("action_rejecting")))
    assert caught.value.status == 400
    assert "action_rejecting" in caught.value.text


def test_the_loop_thread_runs_and_ends() -> None:
    thread = LoopThread("test")
    thread.start()

    async def ask() -> int:
        return await thread.call(asyncio.sleep(0, result=7))

    assert asyncio.run(ask()) == 7
    assert thread.alive
    thread.stop()
    assert not thread.alive
