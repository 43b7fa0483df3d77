"""Figures for Prometheus. None of them can tell who said what."""

from __future__ import annotations

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest

from bot.live.state import ContentState

_SECONDS = (0.02, 0.05, 0.1, 0.2, 0.3, 0.5, 0.8, 1.2, 2.0, 4.0, 8.0)


class Metrics:
    """All figures of one application, in a registry of their own."""

    def __init__(self) -> None:
        registry = CollectorRegistry()
        self._registry = registry
        self.requests = Counter(
            "hean_http_requests_total", "HTTP requests.", ["method", "route", "status"], registry=registry
        )
        self.turns = Counter("hean_turns_total", "Turns by how they ended.", ["result"], registry=registry)
        self.turn_seconds = Histogram(
            "hean_turn_seconds", "Time to a reply's text.", buckets=_SECONDS, registry=registry
        )
        self.speech = Counter("hean_speech_total", "Utterances by result.", ["result"], registry=registry)
        self.speech_seconds = Histogram(
            "hean_speech_seconds", "Time to a reply's speech.", buckets=_SECONDS, registry=registry
        )
        self.hearing = Counter("hean_hearing_total", "Recordings by result.", ["result"], registry=registry)
        self.hearing_seconds = Histogram(
            "hean_hearing_seconds", "Time to write down a recording.", buckets=_SECONDS, registry=registry
        )
        self.verdicts = Counter("hean_assessments_total", "Judgements.", ["verdict", "scam_type"], registry=registry)
        self.drills = Counter("hean_drills_total", "Finished drills by outcome.", ["outcome"], registry=registry)
        self.record_failures = Counter(
            "hean_record_failures_total", "Records that could not be written.", registry=registry
        )
        self.sessions = Gauge("hean_sessions", "Sessions that are remembered.", registry=registry)
        self.screens = Gauge("hean_screens", "Screens that are connected.", registry=registry)

        self.content_faults = Gauge(
            "hean_content_faults", "Faults of content files whose last good version serves.", registry=registry
        )
        self.content_swaps = Gauge(
            "hean_content_swaps", "Times that edited content was taken over since the start.", registry=registry
        )
        self.content_waits = Gauge(
            "hean_content_waits", "1 while an edit waits for training.", ["training"], registry=registry
        )
        self.publication = Gauge("hean_publication", "Number of the newest publication.", registry=registry)

    def note_content(self, state: ContentState) -> None:
        """How the content stands now."""
        self.content_faults.set(len(state.faults))
        self.content_swaps.set(state.swaps)
        self.content_waits.labels("small").set(state.retraining)
        self.content_waits.labels("rasa").set(state.needs_training)
        self.publication.set(state.publication)

    def text(self) -> bytes:
        """All figures in Prometheus' text format."""
        return generate_latest(self._registry)
