"""What packs are measured by, on predictions made up for it."""

from __future__ import annotations

import pytest

from bot.identifiers import ScamType, Stage, Verdict
from server.evaluation.packs import Pack, Row
from server.evaluation.predict import Prediction
from server.evaluation.scores import calibration_error, confusions, measures


def predicted(verdict: Verdict | None, probability: float, scam_type: ScamType | None = None) -> Prediction:
    return Prediction(verdict, scam_type, Stage.UNPAID, (), "cmn", probability, 1.0)


SCORED = [
    (Row("1", "a", "sms", True, ScamType.LOAN), predicted(Verdict.SCAM, 0.95, ScamType.CREDIT)),
    (Row("2", "b", "sms", True, ScamType.LOAN), predicted(Verdict.CAUTION, 0.65, ScamType.LOAN)),
    (Row("3", "c", "sms", False), predicted(Verdict.CAUTION, 0.55)),
    (Row("4", "d", "sms", False), predicted(None, 0.05)),
]


def test_registers_have_recall_alarms_and_calibration() -> None:
    pack = Pack("p", "risk", tuple(row for row, _ in SCORED))
    found = {(m.register, m.name): m.value for m in measures(pack, SCORED)}
    assert found["sms", "recall"] == 1.0
    assert found["sms", "called scam"] == 0.5
    assert found["sms", "false alarms"] == 0.25  # caution on an honest text is half a false alarm
    assert found["sms", "calibration error"] == pytest.approx((0.05 + 0.35 + 0.55 + 0.05) / 4)


def test_types_taken_for_others_are_counted() -> None:
    assert confusions(SCORED) == [(1, "loan", "credit")]


def test_nothing_scored_is_no_error() -> None:
    assert calibration_error([]) == 0.0
