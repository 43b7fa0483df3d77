"""How long speech takes: a sentence that was never spoken, and one that is kept."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median, quantiles
from time import perf_counter

from server.interfaces import Voice


@dataclass(frozen=True)
class VoiceResult:
    """Milliseconds from the text to its first audible byte. ``per_character`` is for what is made."""

    made_p50: float
    made_p95: float
    kept_p50: float
    kept_p95: float
    per_character: float


async def bench_voice(voice: Voice, texts: Sequence[str], rate: int) -> VoiceResult:
    """Speak each text twice with a voice whose cache is empty: the first time it is made, the second time it is kept.

    The sound is whole when it is there, so its first byte is counted with all of it.
    """
    made: list[float] = []
    kept: list[float] = []
    await voice.start()
    try:
        await voice.speak("110", rate=rate)  # warm-up
        for text in texts:
            for times in (made, kept):
                started = perf_counter()
                utterance = await voice.speak(text, rate=rate)
                if voice.wav_bytes(utterance.key) is None:
                    raise RuntimeError("a sound that was just made is gone")
                times.append((perf_counter() - started) * 1000)
    finally:
        await voice.stop()
    return VoiceResult(
        median(made),
        quantiles(made, n=20)[18],
        median(kept),
        quantiles(kept, n=20)[18],
        sum(made) / sum(map(len, texts)),
    )
