"""When each character is said and when the mouth takes which shape.

Times are milliseconds from the start of the sound, kept as floats until :meth:`Track.columns` rounds them.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from server.voice.engine import Sound
from server.voice.reading import Reading
from server.voice.visemes import visemes_of

TAIL_MS = 70  # kept behind the last phoneme, for the voice to die away


@dataclass(frozen=True)
class Span:
    """``label`` (a viseme, or characters shown) from ``start`` to ``end``."""

    label: str
    start: float
    end: float


@dataclass(frozen=True)
class Track:
    """The spans of one kind, in order and without gaps between ``0`` and the end of the sound."""

    spans: tuple[Span, ...]

    def shifted(self, by: float) -> Track:
        """The same track, ``by`` later."""
        return Track(tuple(Span(span.label, span.start + by, span.end + by) for span in self.spans))

    def columns(self) -> tuple[tuple[str, ...], tuple[int, ...], tuple[int, ...]]:
        """Labels, starts and durations as parallel tuples, whole milliseconds."""
        return (
            tuple(span.label for span in self.spans),
            tuple(round(span.start) for span in self.spans),
            tuple(round(span.end) - round(span.start) for span in self.spans),
        )


@dataclass(frozen=True)
class _Timeline:
    """A sound's phonemes as ``(start, end, ipa)`` and ``end``, where its last phoneme with sound ends."""

    phonemes: tuple[tuple[float, float, str], ...]
    end: float

    def voice_ends_before(self, limit: float) -> float:
        """Where the last sounding phoneme that starts before ``limit`` ends."""
        last = 0.0
        for start, end, ipa in self.phonemes:
            if start >= limit:
                break
            if ipa and not ipa.startswith("("):
                last = end
        return min(last, limit)


def sound_end_ms(sound: Sound) -> float:
    """Where ``sound`` may be cut: shortly behind the last phoneme."""
    return min(sound.duration_ms, _timeline(sound).end + TAIL_MS)


def viseme_track(sound: Sound, end: float) -> Track:
    """The shapes of the mouth from 0 to ``end``; a phoneme of several shapes gives each an equal part."""
    spans: list[Span] = []
    for start, stop, ipa in _timeline(sound).phonemes:
        shapes = visemes_of(ipa)
        for index, shape in enumerate(shapes):
            step = (stop - start) / len(shapes)
            _append(spans, Span(shape, start + index * step, start + (index + 1) * step))
    return _closed(spans, end, "sil")


def word_track(sound: Sound, reading: Reading, end: float) -> Track:
    """When each thing that is shown is said, from 0 to ``end``.

    Things said by several tokens share their time equally when the counts differ. Punctuation gets its pause,
    other silent things a moment of no length.
    """
    tokens = reading.tokens()
    starts = _token_starts(sound)
    timeline = _timeline(sound)
    ends = [
        timeline.voice_ends_before(after) if token.pause else after
        for token, after in zip(tokens, [*starts[1:], end], strict=True)
    ]
    spans: list[Span] = []
    token = 0
    now = 0.0
    for piece in reading.pieces:
        if piece.tokens:
            first, last = token, token + len(piece.tokens) - 1
            token = last + 1
            bounds = [*starts[first : last + 1], ends[last]]
            if len(piece.shown) != len(piece.tokens):
                bounds = _equal_parts(starts[first], ends[last], len(piece.shown))
            spans.extend(Span(shown, *bounds[at : at + 2]) for at, shown in enumerate(piece.shown))
            now = ends[last]
        elif piece.shown:
            until = (starts[token] if token < len(starts) else end) if piece.pause and token else now
            parts = _equal_parts(now, until, len(piece.shown))
            spans.extend(Span(shown, *parts[at : at + 2]) for at, shown in enumerate(piece.shown))
            now = until
    return _closed(spans, end, "")


def joined(tracks: Iterable[tuple[Track, float]]) -> Track:
    """Tracks one after the other; each comes with the length of its sound."""
    spans: list[Span] = []
    offset = 0.0
    for track, length in tracks:
        spans.extend(track.shifted(offset).spans)
        offset += length
    return Track(tuple(spans))


def _timeline(sound: Sound) -> _Timeline:
    heard = sound.phonemes
    stops = [*(float(each.start_ms) for each in heard[1:]), sound.duration_ms]
    spans = tuple((float(each.start_ms), stop, each.ipa) for each, stop in zip(heard, stops, strict=True))
    voiced = [stop for _, stop, ipa in spans if ipa and not ipa.startswith("(")]
    return _Timeline(spans, max(voiced, default=sound.duration_ms))


def _token_starts(sound: Sound) -> list[float]:
    """A start for every token: tokens that were spoken as one word share its time equally."""
    given = sound.token_starts_ms
    starts: list[float] = []
    index = 0
    while index < len(given):
        after = index + 1
        while after < len(given) and given[after] is None:
            after += 1
        start = float(given[index] or 0)
        following = given[after] if after < len(given) else None
        stop = float(following) if following is not None else _timeline(sound).end
        starts.extend(_equal_parts(start, max(start, stop), after - index)[:-1])
        index = after
    return starts


def _equal_parts(start: float, end: float, count: int) -> list[float]:
    """``count + 1`` bounds that divide the time equally."""
    return [start + (end - start) * index / max(1, count) for index in range(count + 1)]


def _append(spans: list[Span], span: Span) -> None:
    if span.end <= span.start:
        return
    if spans and spans[-1].label == span.label:
        spans[-1] = Span(span.label, spans[-1].start, span.end)
    else:
        spans.append(span)


def _closed(spans: Sequence[Span], end: float, filler: str) -> Track:
    """Spans cut at ``end`` and lasting until it: by ``filler`` if there is one, else by the last of them."""
    kept = [Span(span.label, min(span.start, end), min(span.end, end)) for span in spans]
    if filler:
        kept = [span for span in kept if span.end > span.start]
        if not kept or (kept[-1].label != filler and kept[-1].end < end):
            kept.append(Span(filler, kept[-1].end if kept else 0.0, end))
        kept[-1] = Span(kept[-1].label, kept[-1].start, end)
        return Track(tuple(kept))
    for index in range(len(kept) - 1, -1, -1):
        if kept[index].end > kept[index].start or index == 0:
            kept[index] = Span(kept[index].label, kept[index].start, end)
            kept[index + 1 :] = [Span(span.label, end, end) for span in kept[index + 1 :]]
            break
    return Track(tuple(kept))
