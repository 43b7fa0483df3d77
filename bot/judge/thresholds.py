"""Where verdicts begin, as ``data/knowledge/judge.yml`` sets it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

from bot.judge.examples import HONEST_LABELS
from bot.yaml_source import ContentError, Reading, load_marked


@dataclass(frozen=True)
class Thresholds:
    """Where verdicts begin; probabilities between 0 and 1. From ``data/knowledge/judge.yml``, which explains each."""

    scam: float
    scam_with_evidence: float
    scam_message: float
    scam_message_with_evidence: float
    scam_with_rule: float
    scam_with_sure_rule: float
    scam_without_evidence: float
    caution: Mapping[str, float]
    caution_without_evidence: Mapping[str, float]
    caution_with_rule: float
    caution_with_evidence: float
    caution_when_urgent: float
    own_situation: float
    too_little: float
    talk: float
    talk_without_evidence: float
    honest_rule: float
    stage_told: float
    stage_leaked: float
    stage_asked: float
    stage_only_asked: float
    stage_denied: float
    stage_in_doubt: float
    stage_wants_back: float
    deed_marks: tuple[str, ...]


def load_thresholds(path: Path) -> Thresholds:
    """Read the thresholds.

    Raises:
        ContentError: one is missing, unknown or no probability; with every place.
    """
    reading = Reading()
    source = load_marked(path)
    limits: Mapping[str, Any] = {}
    marks: tuple[str, ...] = ()
    with reading.at(path, source):
        limits = dict(source.data["thresholds"])
        marks = tuple(str(mark) for mark in source.data["deed_marks"])
    known = {field.name: field.type for field in fields(Thresholds) if field.name != "deed_marks"}
    for name, value in limits.items():
        if name not in known:
            reading.fault(path, source, ("thresholds", name), "there is no such threshold", "unknown_key", key=name)
            continue
        several = "Mapping" in str(known[name])
        within = value.items() if several and isinstance(value, dict) else [(None, value)]
        for kind, number in within:
            where = ("thresholds", name) if kind is None else ("thresholds", name, kind)
            if isinstance(number, bool) or not isinstance(number, (int, float)) or not 0 <= number <= 1:
                reading.fault(path, source, where, f"{number!r} is no probability", "no_probability", value=number)
        if several and isinstance(value, dict):
            missing = [kind for kind in HONEST_LABELS if kind not in value]
            if missing:
                names = ", ".join(missing)
                reading.fault(path, source, ("thresholds", name), f"lacks {names}", "missing", names=names)
    if not reading.faults:
        reading.require(path, limits, known)
    if reading.faults:
        raise ContentError(sorted(reading.faults))
    return Thresholds(**limits, deed_marks=marks)
