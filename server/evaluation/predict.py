"""Where predictions come from: the content loaded in this process, or a running server's public interface."""

from __future__ import annotations

from dataclasses import dataclass
from time import perf_counter
from typing import Protocol

import httpx

from bot.content import Content
from bot.identifiers import Dialect, ScamType, Stage, Verdict
from bot.judge.situation import Situation


@dataclass(frozen=True)
class Prediction:
    """What the system made of one text. ``verdict`` is ``None`` when there was nothing to judge."""

    verdict: Verdict | None
    scam_type: ScamType | None
    stage: Stage | None
    hotlines: tuple[str, ...]
    dialect: str | None
    confidence: float
    milliseconds: float
    intent: str | None = None

    @property
    def caught(self) -> bool:
        """Whether the resident is told to verify or stop."""
        return self.verdict in (Verdict.SCAM, Verdict.CAUTION)


class Predictor(Protocol):
    """Judges one text, with or without asking for its dialect."""

    def predict(self, text: str) -> Prediction: ...


class InProcess:
    """Judges with content loaded here; no Rasa, no conversation."""

    def __init__(self, content: Content) -> None:
        self._content = content

    def predict(self, text: str) -> Prediction:
        started = perf_counter()
        heard = self._content.understander.understand(text)
        judgement = self._content.assess(heard, Situation())
        elapsed = (perf_counter() - started) * 1000
        found = judgement.assessment
        dialect = heard.dialect.id.value
        if found is None:
            return Prediction(None, None, None, (), dialect, judgement.scores.fraud, elapsed)
        return Prediction(
            found.verdict,
            found.scam_type,
            found.stage,
            found.hotlines,
            dialect,
            judgement.scores.fraud,
            elapsed,
        )


class OverHttp:
    """Judges through a running server: ``/chat`` with a fresh session a text, so that dialects come with it."""

    def __init__(self, url: str, *, timeout_seconds: float = 30.0) -> None:
        self._client = httpx.Client(base_url=url.rstrip("/"), timeout=timeout_seconds)

    def predict(self, text: str) -> Prediction:
        started = perf_counter()
        response = self._client.post("/api/v1/chat", json={"session_id": None, "text": text.strip()[:500]})
        response.raise_for_status()
        body = response.json()
        self._client.delete(f"/api/v1/sessions/{body['session_id']}")
        elapsed = (perf_counter() - started) * 1000
        found = body["assessment"]
        dialect = body["dialect"]["id"]
        intent = body["intent"]["name"]
        if found is None:
            return Prediction(None, None, None, (), dialect, 0.0, elapsed, intent)
        return Prediction(
            Verdict(found["verdict"]),
            ScamType(found["scam_type"]) if found["scam_type"] else None,
            Stage(found["stage"]),
            tuple(found["hotlines"]),
            dialect,
            float(found.get("confidence", 0.0)),
            elapsed,
            intent,
        )


def dialect_family(dialect: str) -> str:
    """``wuu-jx`` counts as ``wuu`` when dialects are compared."""
    return Dialect.WUU.value if dialect == Dialect.WUU_JX.value else dialect
