"""What is wrong with a recording, in the words of ``data/voice/clip_messages.yml``."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bot.yaml_source import ContentError, Fault, load_yaml
from server.voice.clips.manifest import Clip
from server.voice.clips.recorded import Measures, UnreadableClip, measure, read_clip


@dataclass(frozen=True)
class ClipMessages:
    """Sentences by name, and the limits of a good recording as ``(least, most)``."""

    texts: dict[str, Any]
    seconds_each: tuple[float, float]
    silence: tuple[float, float]
    loudness: tuple[float, float]
    clipped: float

    def text(self, name: str, **values: object) -> str:
        """One sentence with its values."""
        return str(self.texts[name]).format(**values)

    def kind(self, kind: str) -> str:
        """What staff call a kind of line."""
        return str(self.texts["kinds"][kind])


def load_messages(path: Path) -> ClipMessages:
    """Read ``clip_messages.yml``.

    Raises:
        ContentError: it lacks something; with the place.
    """
    content = load_yaml(path)
    try:
        limits = content["limits"]
        seconds_each, silence, loudness = (
            (float(limits[name][0]), float(limits[name][1])) for name in ("seconds_each", "silence", "loudness")
        )
        return ClipMessages(content, seconds_each, silence, loudness, float(limits["clipped"]))
    except (KeyError, IndexError, TypeError, ValueError) as error:
        raise ContentError([Fault(path, 1, 1, f"expected limits with pairs of numbers: {error}")]) from error


@dataclass(frozen=True)
class ClipFault:
    """Something to be mended in one recording."""

    clip: Clip
    message: str


def check_clips(clips: list[Clip], lines: Collection[str], messages: ClipMessages) -> Iterator[ClipFault]:
    """Everything that is wrong with the recordings, given the sentences that He'an says."""
    seen: set[tuple[str, str]] = set()
    for clip in clips:
        if (clip.dialect.value, clip.text) in seen:
            yield ClipFault(clip, messages.text("twice"))
        seen.add((clip.dialect.value, clip.text))
        if clip.text not in lines:
            yield ClipFault(clip, messages.text("unknown_line"))
        try:
            measures = measure(read_clip(clip.path))
        except UnreadableClip:
            yield ClipFault(clip, messages.text("unreadable"))
            continue
        for name, value in _wrong(measures, _syllables(clip.text), messages):
            yield ClipFault(clip, messages.text(name, value=value))


def _syllables(text: str) -> int:
    return max(1, sum(character.isalnum() for character in text))


def _wrong(measures: Measures, syllables: int, limits: ClipMessages) -> Iterator[tuple[str, float]]:
    spoken = measures.seconds - measures.lead - measures.tail
    if spoken <= 0:
        yield "no_speech", 0.0
        return
    each = spoken / syllables
    for value, (least, most), below, above in (
        (each, limits.seconds_each, "too_fast", "too_slow"),
        (measures.lead, limits.silence, "lead_short", "lead_long"),
        (measures.tail, limits.silence, "tail_short", "tail_long"),
        (measures.loudness, limits.loudness, "too_soft", "too_loud"),
    ):
        if not least <= value <= most:
            yield (below if value < least else above), value
    if measures.clipped > limits.clipped:
        yield "clipped", measures.clipped
