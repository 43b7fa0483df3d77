"""Sessions end: when left, when idle, when there are too many; and always with everything said in them."""

from __future__ import annotations

import asyncio
from datetime import datetime
from functools import partial

import pytest
from played import PlayedConversation

from bot.turn import Answer, Turn
from server.metrics import Metrics
from server.pace import Pace
from server.sessions import Sessions
from server.turns import Turns


class Noted:
    """Records that remember what they were told."""

    def __init__(self) -> None:
        self.started: list[str] = []
        self.ended: dict[str, str] = {}

    def start(self) -> None: ...
    def stop(self) -> None: ...
    def ready(self) -> bool:
        return True

    def session_started(self, session_id: str, kiosk_id: str | None, at: datetime) -> None:
        self.started.append(session_id)

    def session_ended(self, session_id: str, at: datetime, reason: str) -> None:
        self.ended[session_id] = reason

    def turn(self, turn: Turn, answer: Answer, at: datetime, latency_ms: float) -> None: ...
    def played(self, turn_id: str, at: datetime, ms: float) -> None: ...
    def purge(self, older_than_days: int) -> None: ...


class Clock:
    """A clock that is set by hand."""

    def __init__(self) -> None:
        self.seconds = 0.0

    def __call__(self) -> float:
        return self.seconds


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def noted() -> Noted:
    return Noted()


@pytest.fixture
def sessions(noted: Noted, clock: Clock, conversation: PlayedConversation) -> Sessions:
    new_pace = partial(Pace, normal=150, slow=120)
    return Sessions(conversation, noted, idle_seconds=60, most=3, new_pace=new_pace, clock=clock)


def test_ids_are_long_and_new(sessions: Sessions) -> None:
    ids = {sessions.open(None) for _ in range(50)}
    assert len(ids) == 50
    assert all(len(session_id) >= 20 for session_id in ids)


def test_idle_sessions_end(sessions: Sessions, clock: Clock, noted: Noted) -> None:
    idle, used = sessions.open(None), sessions.open(None)
    clock.seconds = 50
    sessions.use(used)
    clock.seconds = 70
    assert asyncio.run(sessions.expire()) == 1
    assert noted.ended == {idle: "idle"}
    assert sessions.knows(used)
    assert not sessions.knows(idle)


def test_the_idlest_of_too_many_end(sessions: Sessions, noted: Noted) -> None:
    ids = [sessions.open(None) for _ in range(5)]
    sessions.use(ids[0])
    asyncio.run(sessions.expire())
    assert set(noted.ended) == {ids[1], ids[2]}


def test_closing_forgets(sessions: Sessions, conversation: PlayedConversation, noted: Noted) -> None:
    session_id = sessions.open("hall")
    conversation.said[session_id] = ["secret"]
    assert asyncio.run(sessions.close(session_id, "left"))
    assert session_id not in conversation.said
    assert not asyncio.run(sessions.close(session_id, "left"))
    assert noted.ended == {session_id: "left"}


def test_a_session_belongs_to_its_kiosk(sessions: Sessions) -> None:
    session_id = sessions.open("hall")
    assert sessions.belongs(session_id, "hall")
    assert not sessions.belongs(session_id, "library")
    assert not sessions.belongs("never-opened", "hall")


def test_shutdown_ends_all(sessions: Sessions, noted: Noted) -> None:
    session_id = sessions.open(None)
    sessions.end_all()
    assert noted.ended == {session_id: "shutdown"}
    assert len(sessions) == 0


def test_an_answer_that_comes_after_the_end_leaves_nothing(
    sessions: Sessions, conversation: PlayedConversation, noted: Noted
) -> None:
    turns = Turns(conversation, sessions, noted, Metrics(), failures=("sorry",), timeout_seconds=5, most_waiting=3)

    async def run() -> str:
        session_id = sessions.open(None)
        conversation.gate = asyncio.Event()
        answering = asyncio.create_task(turns.take(Turn(session_id, "secret")))
        while session_id not in conversation.said:
            await asyncio.sleep(0)
        await sessions.close(session_id, "left")
        conversation.said[session_id] = []  # as a conversation does that is still answering
        conversation.gate.set()
        await answering
        return session_id

    session_id = asyncio.run(run())
    assert session_id not in conversation.said
