"""The dictionary behind the keyboard of the page: loaded beside everything else, so that no start waits for it."""

from __future__ import annotations

import asyncio
from pathlib import Path

from server.entry.candidates import Candidate, PinyinInput
from server.entry.dictionary import load_words

_WITHIN_SECONDS = 2.0  # a finger waits no longer


class KeyboardNotReady(Exception):
    """The dictionary is still being put together, or can't be."""


class Keyboard:
    """Candidates for typed pinyin. ``start`` it once a loop runs."""

    def __init__(self, staff_words: Path, folder: Path) -> None:
        self._staff_words = staff_words
        self._folder = folder
        self._loading: asyncio.Task[PinyinInput] | None = None

    def start(self) -> None:
        """Load in a thread of its own."""
        self._loading = asyncio.create_task(asyncio.to_thread(self._load))

    def _load(self) -> PinyinInput:
        return PinyinInput(load_words(self._staff_words, self._folder))

    async def candidates(self, letters: str, most: int) -> list[Candidate]:
        """See ``PinyinInput``.

        Raises:
            KeyboardNotReady: nothing can be looked up yet.
        """
        if self._loading is None:
            raise KeyboardNotReady
        try:
            pinyin = await asyncio.wait_for(asyncio.shield(self._loading), _WITHIN_SECONDS)
        except Exception as error:
            raise KeyboardNotReady from error
        return pinyin.candidates(letters, most)
