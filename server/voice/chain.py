"""Several engines as one: the first that can say something says it, and where it fails the next one does."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from server.voice.engine import Delivery, Engine, Sound, Token
from server.voice.errors import VoiceUnavailable

_log = logging.getLogger(__name__)
_REST_SECONDS = 30.0


@dataclass(frozen=True)
class Spoken:
    """A sound and who made it: ``maker`` (name and version) is part of its name in the cache."""

    sound: Sound
    engine: str
    voice: str
    maker: str


class EngineChain:
    """Engines in the order in which they are preferred.

    One that fails is left alone for half a minute, so that not every sentence waits for it. ``clock`` gives seconds.
    """

    def __init__(self, engines: Sequence[Engine], *, clock: Callable[[], float] = time.monotonic) -> None:
        self._engines = tuple(engines)
        self._clock = clock
        self._rests_until: dict[str, float] = {}
        self._stopped = False

    def start(self) -> None:
        """Start every engine. Raises :class:`VoiceUnavailable` when none is ready."""
        self._stopped = False
        reasons = []
        for engine in self._engines:
            try:
                engine.start()
            except VoiceUnavailable as error:
                _log.error("the voice %s is left out: %s", engine.name, error)
                reasons.append(f"{engine.name}: {error}")
        if not self.ready():
            self.stop()
            raise VoiceUnavailable("; ".join(reasons) or "none of speech.engines can speak")

    def stop(self) -> None:
        """Stop every engine."""
        self._stopped = True
        for engine in self._engines:
            engine.stop()

    def ready(self) -> bool:
        """Whether at least one engine that says everything would speak now."""
        return any([engine.ready() and engine.says((), _ANYBODY) for engine in self._engines])

    def maker(self, tokens: Sequence[Token], delivery: Delivery) -> str:
        """Who would say this now; empty when nobody would."""
        return next((_maker(engine, delivery) for engine in self._willing(tokens, delivery)), "")

    def speak(self, tokens: Sequence[Token], delivery: Delivery) -> Spoken:
        """Have it said. Raises :class:`VoiceUnavailable` when every engine failed."""
        reason = "none of speech.engines can say this"
        for engine in self._willing(tokens, delivery):
            try:
                sound = engine.synthesize(tokens, delivery)
            except VoiceUnavailable as error:
                reason = str(error)
                self._rests_until[engine.name] = self._clock() + _REST_SECONDS
                if not self._stopped:
                    _log.warning("the voice %s failed, the next one speaks: %s", engine.name, reason)
                continue
            return Spoken(sound, engine.name, engine.voice_of(delivery), _maker(engine, delivery))
        raise VoiceUnavailable(reason)

    def _willing(self, tokens: Sequence[Token], delivery: Delivery) -> Iterator[Engine]:
        """Rested engines first; when there are none, one that rests is better than silence."""
        able = [engine for engine in self._engines if engine.says(tokens, delivery)]
        now = self._clock()
        yield from (engine for engine in able if self._rests_until.get(engine.name, now) <= now and engine.ready())
        yield from (engine for engine in able if self._rests_until.get(engine.name, now) > now or not engine.ready())


_ANYBODY = Delivery("", 150, 50, 50)


def _maker(engine: Engine, delivery: Delivery) -> str:
    return f"{engine.name}/{engine.version}/{engine.voice_of(delivery)}"
