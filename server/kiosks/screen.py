"""One connected screen: what comes in, what goes out, and the turns in between."""

from __future__ import annotations

import asyncio
import logging
import secrets
from collections import deque
from collections.abc import AsyncIterator, Awaitable, Callable
from functools import partial
from time import monotonic

import anyio
from fastapi import WebSocket
from starlette.websockets import WebSocketDisconnect

from bot.identifiers import Dialect, Gesture
from bot.turn import Reply, Turn
from server.faults import describe
from server.interfaces import Conversation, Records
from server.kiosks.messages.heartbeat import Ping
from server.kiosks.messages.interruption import Interrupt, Stop
from server.kiosks.messages.message import Message
from server.kiosks.messages.reading import read_message
from server.kiosks.messages.say import More, Played, Say, say_answer, say_more, say_reply
from server.kiosks.messages.talk import Chosen, Said
from server.kiosks.messages.trouble import Trouble
from server.kiosks.messages.visit import Hello, Presence
from server.kiosks.stage import Stage
from server.kiosks.visit import Visit
from server.problems import Problem
from server.schemas.text import Text
from server.sessions import now
from server.settings import KioskSettings
from server.speaker import Part, Speaker, spoken_dialect
from server.turns import TooManyTurns, Turns

_log = logging.getLogger(__name__)
_FAILED, _TOO_SLOW = 1011, 1013


class Screen:
    """Serves one connection until it ends. Whatever fails here ends this screen only."""

    def __init__(
        self,
        socket: WebSocket,
        visit: Visit,
        kiosk_id: str,
        *,
        stage: Stage,
        settings: KioskSettings,
        conversation: Conversation,
        turns: Turns,
        speaker: Speaker,
        records: Records,
        opening: str | None = None,
    ) -> None:
        """``opening`` is said for whoever comes, so that a preview begins with its drill instead of a greeting."""
        self._socket = socket
        self._visit = visit
        self._kiosk_id = kiosk_id
        self._stage = stage
        self._settings = settings
        self._conversation = conversation
        self._turns = turns
        self._speaker = speaker
        self._records = records
        self._opening = opening
        self._outgoing: asyncio.Queue[Message] = asyncio.Queue(settings.max_waiting_messages)
        self._asked: deque[Said | Chosen | None] = deque()
        self._something_asked = asyncio.Event()
        self._interruptions = 0
        self._in_parts = False
        self._heard = monotonic()
        self._close_code: int | None = None
        self._ended = asyncio.Event()

    @property
    def session_id(self) -> str | None:
        """The session of whoever is there."""
        return self._visit.session_id

    async def run(self) -> None:
        """Serve the accepted connection until either side ends it."""
        async with anyio.create_task_group() as group:
            for job in (self._receive, self._send, self._answer, self._beat):
                group.start_soon(self._until_the_end, job)
            await self._ended.wait()
            group.cancel_scope.cancel()
        if self._close_code is not None:
            await self._hang_up(self._close_code)

    async def _until_the_end(self, job: Callable[[], Awaitable[None]]) -> None:
        """Run one of the jobs; when it ends, so do the others."""
        try:
            await job()
        except WebSocketDisconnect:
            pass
        except Exception as error:
            _log.error("screen failed: %s", describe(error))
            self._close_code = self._close_code or _FAILED
        finally:
            self._ended.set()

    def put(self, message: Message) -> None:
        """Send a message when its turn comes. A screen that takes none any more is disconnected."""
        try:
            self._outgoing.put_nowait(message)
        except asyncio.QueueFull:
            self.close(_TOO_SLOW)

    def close(self, code: int) -> None:
        """End the connection soon."""
        self._close_code = self._close_code or code
        self._ended.set()

    async def _hang_up(self, code: int) -> None:
        try:
            await asyncio.wait_for(self._socket.close(code), 2.0)
        except Exception as error:
            _log.debug("screen was gone already: %s", describe(error))

    async def _send(self) -> None:
        while True:
            message = await self._outgoing.get()
            await self._socket.send_text(message.json(ensure_ascii=False))

    async def _beat(self) -> None:
        """Ask now and then whether the screen is still there."""
        every = self._settings.heartbeat_seconds
        while True:
            await asyncio.sleep(every)
            if monotonic() - self._heard > 3 * every:
                self.close(_FAILED)
                return
            self.put(Ping())

    async def _receive(self) -> None:
        while True:
            frame = await self._socket.receive()
            if frame["type"] == "websocket.disconnect":
                return
            self._heard = monotonic()
            try:
                await self._take(read_message(self._text_of(frame.get("text"))))
            except Problem as problem:
                self.put(Trouble.of(problem))

    def _text_of(self, text: str | None) -> str:
        if text is None:
            raise Problem(415, "binary_message", "Send text, not binary data.")
        if len(text.encode("utf-8", "replace")) > self._settings.max_message_bytes:
            limit = self._settings.max_message_bytes
            raise Problem(413, "message_too_large", f"The message is too large. Send at most {limit} bytes.")
        return text

    async def _take(self, message: Message) -> None:
        if isinstance(message, Hello):
            self._in_parts = message.parts
            self._visit.resume(message.session_id)
            self._welcome()
        elif isinstance(message, (Said, Chosen)):
            if self._stage.wants_silence(str(message.text)):
                self.silence()  # at once; the answer to it takes its time
            self._ask(message)
        elif isinstance(message, Presence):
            await self._presence(message.present)
        elif isinstance(message, Interrupt):
            self.silence()
        elif isinstance(message, Played):
            self._records.played(message.turn_id, now(), message.ms)

    def _welcome(self) -> None:
        assert self._visit.session_id is not None
        self.put(self._stage.welcome(self._kiosk_id, self._visit.session_id))

    def _ask(self, message: Said | Chosen | None) -> None:
        if len(self._asked) >= self._settings.max_waiting_turns:
            raise Problem(429, "too_many_turns", "Wait for the answers to what was said before.")
        self._asked.append(message)
        self._something_asked.set()

    def silence(self) -> None:
        """Nothing that was asked or answered before is said any more."""
        self._interrupt()
        self.put(Stop())

    def _interrupt(self) -> None:
        """What was asked before is of no interest any more, and neither is what waits to be said to a slow screen."""
        self._interruptions += 1
        self._asked.clear()
        waiting = [self._outgoing.get_nowait() for _ in range(self._outgoing.qsize())]
        for message in waiting:
            if not isinstance(message, (Say, More)):
                self._outgoing.put_nowait(message)

    async def _presence(self, present: bool) -> None:
        if not present:
            self._interrupt()
            await self._visit.leave()
            return
        if self._visit.ensure():
            self._welcome()
        if self._visit.meet():
            self._ask(Said(type="text", text=Text(self._opening)) if self._opening else None)

    async def _answer(self) -> None:
        """Answer what was asked, one after the other. ``None`` stands for somebody who has just come."""
        while True:
            await self._something_asked.wait()
            self._something_asked.clear()
            while self._asked:
                message = self._asked.popleft()
                try:
                    await (self._greet() if message is None else self._reply(message))
                except TooManyTurns:
                    self.put(Trouble.of(Problem(429, "too_many_turns", "Wait for the answer to come.")))

    async def _greet(self) -> None:
        asked_at = self._interruptions
        reply = self._greeting()
        say = partial(say_reply, secrets.token_hex(16), reply)
        spoken = self._spoken(reply, Dialect.CMN, self._visit.pace.rate)
        await self._say(spoken, say, stale=lambda _: asked_at != self._interruptions or bool(self._asked))

    def _greeting(self) -> Reply:
        try:
            return self._conversation.greeting(self._kiosk_id)
        except Exception as error:
            _log.error("greeting failed: %s", describe(error))
            text = self._stage.greetings.take()
            return Reply(text, text, gesture=Gesture.WAVE)

    async def _reply(self, message: Said | Chosen) -> None:
        asked_at = self._interruptions
        if self._visit.ensure():
            self._welcome()
        self._visit.meet()
        assert self._visit.session_id is not None
        named = getattr(message, "dialect", None)
        dialect = None if named in (None, "auto") else Dialect(named)
        turn = Turn(self._visit.session_id, str(message.text), self._kiosk_id, dialect)
        pace = self._visit.pace
        answer = await self._turns.take(turn)
        rate = pace.after(message.rate, answer.intent.name)
        if asked_at != self._interruptions:
            return
        say = partial(say_answer, answer, self._conversation.scam_name, message.text.offset)
        spoken = self._spoken(answer.reply, spoken_dialect(answer), rate)

        def stale(begun: bool) -> bool:
            # Every question is answered, but whoever asks another one hears no more of this.
            return asked_at != self._interruptions or (begun and bool(self._asked))

        await self._say(spoken, say, stale=stale)

    async def _say(
        self, spoken: AsyncIterator[Part], say: Callable[[Part], Say], *, stale: Callable[[bool], bool]
    ) -> None:
        """Send parts as they are made. ``stale`` hears whether it has begun and tells whether to leave it at that."""
        begun: Say | None = None
        number = 0
        async for part in spoken:
            if stale(begun is not None):
                return
            number += 1
            if begun is None:
                begun = say(part)
                self.put(begun)
            else:
                self.put(say_more(begun.turn_id, number, part))

    async def _spoken(self, reply: Reply, dialect: Dialect, rate: int) -> AsyncIterator[Part]:
        """What is said, in one part or in many, as the screen likes it."""
        if not self._in_parts:
            yield Part(await self._speaker.reply(reply, dialect=dialect, rate=rate))
            return
        async for part in self._speaker.parts(reply, dialect=dialect, rate=rate):
            yield part
