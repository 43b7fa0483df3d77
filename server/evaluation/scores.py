"""What a pack's predictions are worth: always per register, never pooled."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from sklearn.metrics import f1_score

from bot.identifiers import Stage, Verdict
from server.evaluation.packs import Pack, Row
from server.evaluation.predict import Prediction, dialect_family

Scored = Sequence[tuple[Row, Prediction]]


@dataclass(frozen=True)
class Measure:
    """One number with what it was counted over. ``better`` is ``high`` or ``low``."""

    register: str
    name: str
    value: float
    count: int
    better: str = "high"


def measures(pack: Pack, scored: Scored) -> list[Measure]:
    """Every measure that the pack's labels allow."""
    if pack.kind == "dialects":
        return _dialects(scored)
    if pack.kind == "intents":
        right = [float(prediction.intent == row.intent) for row, prediction in scored]
        return [Measure(pack.name, "intent right", _share(right), len(right))]
    if pack.kind in ("pairs", "asr"):
        return _same_verdict(pack, scored)
    if pack.kind == "stages":
        return _stages(pack.name, scored)
    by_register: dict[str, list[tuple[Row, Prediction]]] = defaultdict(list)
    for row, prediction in scored:
        if row.is_fraud is not None:
            by_register[row.register].append((row, prediction))
    found: list[Measure] = []
    for register, part in sorted(by_register.items()):
        found += _risk(register, part)
    found += _types(scored)
    found += _stages("risk", [(row, p) for row, p in scored if row.is_fraud and row.stage in _AFTER])
    return found


_AFTER = (Stage.PAID, Stage.IN_PROGRESS, Stage.LEAKED)


def _share(values: Sequence[float]) -> float:
    return sum(values) / len(values) if values else 0.0


def _risk(register: str, part: Scored) -> list[Measure]:
    fraud = [(row, p) for row, p in part if row.is_fraud]
    honest = [p for row, p in part if row.is_fraud is False]
    found: list[Measure] = []
    if fraud:
        found.append(Measure(register, "recall", _share([p.caught for _, p in fraud]), len(fraud)))
        called = [p.verdict is Verdict.SCAM for _, p in fraud]
        found.append(Measure(register, "called scam", _share(called), len(fraud)))
        decisive = [p.verdict is Verdict.SCAM for row, p in fraud if row.decisive]
        if decisive:
            found.append(Measure(register, "decisive called scam", _share(decisive), len(decisive)))
        clear = [p.verdict is Verdict.CLEAR for _, p in fraud]
        found.append(Measure(register, "fraud called clear", _share(clear), len(fraud), "low"))
    if honest:
        alarms = [_alarm(p) for p in honest]
        found.append(Measure(register, "false alarms", _share(alarms), len(honest), "low"))
        caution = [p.verdict is Verdict.CAUTION for p in honest]
        found.append(Measure(register, "caution on honest", _share(caution), len(honest), "low"))
    found.append(Measure(register, "calibration error", calibration_error(part), len(part), "low"))
    return found


def _alarm(prediction: Prediction) -> float:
    """``caution`` on an honest text is half a false alarm."""
    return {Verdict.SCAM: 1.0, Verdict.CAUTION: 0.5}.get(prediction.verdict or Verdict.CLEAR, 0.0)


def _types(scored: Scored) -> list[Measure]:
    caught = [(row, p) for row, p in scored if row.is_fraud and row.scam_type and p.caught and p.scam_type]
    if not caught:
        return []
    truth = [row.scam_type.value for row, _ in caught if row.scam_type]
    guess = [p.scam_type.value for _, p in caught if p.scam_type]
    macro = float(f1_score(truth, guess, labels=sorted(set(truth)), average="macro", zero_division=0))
    right = _share([float(a == b) for a, b in zip(truth, guess, strict=True)])
    return [
        Measure("all", "type macro-F1", macro, len(truth)),
        Measure("all", "type right", right, len(truth)),
    ]


def _stages(register: str, scored: Scored) -> list[Measure]:
    by_stage: dict[Stage, list[Prediction]] = defaultdict(list)
    for row, prediction in scored:
        if row.stage is not None:
            by_stage[row.stage].append(prediction)
    found: list[Measure] = []
    for stage, predictions in sorted(by_stage.items()):
        right = [float(_stage_right(stage, p)) for p in predictions]
        found.append(Measure(register, f"stage {stage.value}", _share(right), len(right)))
        if stage in (Stage.PAID, Stage.IN_PROGRESS):
            first = [float(p.hotlines[:1] == ("110",)) for p in predictions if p.stage is stage]
            found.append(Measure(register, f"110 first when {stage.value}", _share(first), len(first)))
    return found


def _stage_right(stage: Stage, prediction: Prediction) -> bool:
    if stage in (Stage.UNPAID, Stage.UNKNOWN):
        return prediction.stage in (Stage.UNPAID, Stage.UNKNOWN, None)
    return prediction.stage is stage


def _dialects(scored: Scored) -> list[Measure]:
    right: dict[str, list[float]] = defaultdict(list)
    for row, prediction in scored:
        truth = dialect_family(row.dialect or "")
        right[truth].append(float(dialect_family(prediction.dialect or "") == truth))
    found = [
        Measure(dialect, "dialect right", _share(values), len(values)) for dialect, values in sorted(right.items())
    ]
    large = [_share(values) for values in right.values() if len(values) >= 50] or [_share(v) for v in right.values()]
    return [*found, Measure("macro", "dialect right", _share(large), len(large))]


def _same_verdict(pack: Pack, scored: Scored) -> list[Measure]:
    """Rows come in twos: the text and its Mandarin (``#mandarin`` in the id)."""
    by_id = {row.id: prediction for row, prediction in scored}
    same: list[float] = []
    for row, prediction in scored:
        other = by_id.get(f"{row.id}#mandarin")
        if other is not None:
            same.append(float(prediction.caught == other.caught))
    own = [(row, p) for row, p in scored if not row.id.endswith("#mandarin")]
    return [
        Measure(pack.name, "same verdict as in Mandarin", _share(same), len(same)),
        *_risk(pack.name, own),
    ]


def with_mandarin(pack: Pack) -> list[Row]:
    """The rows of a pack and, for pairs, their Mandarin counterparts."""
    rows: list[Row] = []
    for row in pack.rows:
        rows.append(row)
        if pack.kind in ("pairs", "asr") and row.mandarin:
            rows.append(Row(f"{row.id}#mandarin", row.mandarin, row.register, row.is_fraud))
    return rows


def calibration(scored: Scored, bins: int = 10) -> list[tuple[float, float, int]]:
    """Mean predicted fraud probability, share that was fraud, and count, by tenths; and so the calibration."""
    buckets: dict[int, list[tuple[float, bool]]] = defaultdict(list)
    for row, prediction in scored:
        if row.is_fraud is not None:
            index = min(bins - 1, int(prediction.confidence * bins))
            buckets[index].append((prediction.confidence, row.is_fraud))
    return [
        (_share([c for c, _ in part]), _share([float(f) for _, f in part]), len(part))
        for _, part in sorted(buckets.items())
    ]


def calibration_error(scored: Scored) -> float:
    """How far the predicted probability lies from the share that was fraud, on average over the rows, 0 to 1."""
    points = calibration(scored)
    rows = sum(count for _, _, count in points)
    return sum(abs(predicted - share) * count for predicted, share, count in points) / rows if rows else 0.0


def confusions(scored: Scored, most: int = 12) -> list[tuple[int, str, str]]:
    """Types taken for others: how often, which it is, which it was taken for; the most frequent first."""
    return sorted(((n, a, b) for (a, b), n in confusion(scored).items() if a != b), reverse=True)[:most]


def confusion(scored: Scored) -> Counter[tuple[str, str]]:
    """How often a caught fraud's type was taken for which."""
    return Counter(
        (row.scam_type.value, p.scam_type.value)
        for row, p in scored
        if row.is_fraud and row.scam_type and p.caught and p.scam_type
    )


def worst(scored: Scored, most: int = 20) -> list[tuple[Row, Prediction, str]]:
    """Rows that went most wrong, missed fraud called ``clear`` first."""
    wrong: list[tuple[float, Row, Prediction, str]] = []
    for row, prediction in scored:
        if row.is_fraud and not prediction.caught:
            weight = 3.0 if prediction.verdict is Verdict.CLEAR else 2.0
            wrong.append((weight - prediction.confidence, row, prediction, "missed"))
        elif row.is_fraud is False and prediction.caught:
            wrong.append((_alarm(prediction) + prediction.confidence, row, prediction, "false alarm"))
    wrong.sort(key=lambda entry: -entry[0])
    return [(row, prediction, why) for _, row, prediction, why in wrong[:most]]
