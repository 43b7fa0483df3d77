"""What an action hands over beside its text: reply, assessment and drill as one JSON object, and back again."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bot.identifiers import DrillOutcome, Gesture, ScamType, Stage, Verdict
from bot.turn import Assessment, Choice, DebriefItem, DrillFacts, DrillView, Line, RedFlag, Reply, to_json


@dataclass(frozen=True)
class Outcome:
    """What one turn's actions made: the reply, and the judgement and the drill where there is one."""

    reply: Reply
    assessment: Assessment | None = None
    drill: DrillView | None = None

    def to_payload(self) -> dict[str, Any]:
        """A JSON object for a Rasa response's ``custom`` field."""
        payload: dict[str, Any] = to_json(self)
        return payload


def outcome_from(payload: Mapping[str, Any]) -> Outcome:
    """The reverse of :meth:`Outcome.to_payload`."""
    assessment, drill = payload.get("assessment"), payload.get("drill")
    return Outcome(
        reply_from(payload["reply"]),
        _assessment_from(assessment) if assessment else None,
        _drill_from(drill) if drill else None,
    )


def merged(outcomes: Sequence[Outcome]) -> Outcome | None:
    """Several actions' outcomes as one: their lines after each other, the last assessment and drill."""
    if len(outcomes) <= 1:
        return outcomes[0] if outcomes else None
    replies = [outcome.reply for outcome in outcomes]
    lines: list[Line] = []
    for reply in replies:
        lines.extend(reply.lines or (Line("hean", reply.text, reply.speech),))
    drill: DrillView | None = None
    assessment: Assessment | None = None
    for outcome in outcomes:
        drill, assessment = outcome.drill or drill, outcome.assessment or assessment
    merged = Reply(
        "\n".join(reply.text for reply in replies),
        "".join(reply.speech for reply in replies),
        replies[-1].choices,
        replies[-1].gesture,
        tuple(lines),
        tuple(dict.fromkeys(subtitle for reply in replies for subtitle in reply.subtitles)),
    )
    return Outcome(merged, assessment, drill)


def reply_from(value: Mapping[str, Any]) -> Reply:
    """A reply from its JSON."""
    return Reply(
        text=value["text"],
        speech=value["speech"],
        choices=tuple(Choice(**choice) for choice in value["choices"]),
        gesture=Gesture(value["gesture"]),
        lines=tuple(Line(**line) for line in value["lines"]),
        subtitles=tuple(value["subtitles"]),
    )


def _assessment_from(value: Mapping[str, Any]) -> Assessment:
    return Assessment(
        verdict=Verdict(value["verdict"]),
        scam_type=ScamType(value["scam_type"]) if value["scam_type"] else None,
        stage=Stage(value["stage"]),
        red_flags=tuple(RedFlag(**flag) for flag in value["red_flags"]),
        hotlines=tuple(value["hotlines"]),
        advice=tuple(value["advice"]),
        confidence=value["confidence"],
    )


def _drill_from(value: Mapping[str, Any]) -> DrillView:
    return DrillView(
        run_id=value["run_id"],
        scenario_id=value["scenario_id"],
        title=value["title"],
        step=value["step"],
        status=value["status"],
        outcome=DrillOutcome(value["outcome"]) if value["outcome"] else None,
        score=value["score"],
        debrief=tuple(DebriefItem(**item) for item in value["debrief"]),
        facts=_facts_from(value["facts"]) if value.get("facts") else None,
    )


def _facts_from(value: Mapping[str, Any]) -> DrillFacts:
    scam_type = ScamType(value["scam_type"]) if value["scam_type"] else None
    return DrillFacts(**{**value, "scam_type": scam_type})
