"""Answers that screens keep for the time when this server is gone. Made of content, never of a visit."""

from __future__ import annotations

import asyncio
import logging
import secrets
from dataclasses import dataclass
from datetime import datetime

from bot.turn import Answer, Choice, Turn
from server.faults import describe
from server.interfaces import Conversation

_ASKS = ("？", "?")
_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class KeptAnswer:
    """What was asked, and its answer as anybody would get it who asks it first."""

    question: Choice
    answer: Answer


class KeptAnswers:
    """The answers to ``lookups`` and ``questions`` of ``welcome.yml``, made once for every content that goes live.

    Nothing of it is recorded or counted: nobody has asked.
    """

    def __init__(self, conversation: Conversation) -> None:
        self._conversation = conversation
        self._made: tuple[KeptAnswer, ...] = ()
        self._of: datetime | None = None
        self._making = asyncio.Lock()

    async def all(self) -> tuple[KeptAnswer, ...]:
        """All that could be answered, in the order of the file; after a failure they are made again next time.

        An answer that asks back is left out: nobody would hear what the resident says to that.
        """
        async with self._making:
            live_since = self._conversation.content_state().live_since
            if self._of != live_since:
                words = self._conversation.words
                asked = [await self._ask(question) for question in (*words.lookups, *words.questions)]
                made = tuple(kept for kept in asked if kept is not None)
                self._made = tuple(kept for kept in made if not kept.answer.reply.text.rstrip().endswith(_ASKS))
                self._of = live_since if len(made) == len(asked) else None
            return self._made

    async def _ask(self, question: Choice) -> KeptAnswer | None:
        session_id = f"kept-{secrets.token_hex(8)}"
        try:
            answer = await self._conversation.respond(Turn(session_id, question.text))
        except Exception as error:
            _log.warning("an answer to keep could not be made: %s", describe(error))
            return None
        finally:
            await self._conversation.forget(session_id)
        return KeptAnswer(question, answer) if answer.reply.text.strip() else None
