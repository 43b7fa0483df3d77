"""A linear classifier over character n-grams and evidence: is it fraud, of which type, or what else is it?

It catches wordings that no rule names and holds back where an honest text uses a scammer's words. Three
logistic regressions share one feature vector: fraud or not, which type, and which kind of honest text. Trained
on ``data/examples`` in seconds; see :mod:`bot.judge.examples`.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy.sparse import csr_matrix, hstack
from sklearn.linear_model import LogisticRegression
from sklearn.preprocessing import normalize

from bot.identifiers import ScamType, Stage
from bot.judge.examples import HONEST_LABELS
from bot.linear import CLAUSE, CharNgrams, LinearModel, joined, unit

_URL = re.compile(
    r"(?:https?://|www\.)[\w./?=&%#:+~-]*|\b[\w-]+\.(?:cn|com|net|top|xyz|cc|vip|info|org|me)\b[\w./?=&%-]*"
)
_DIGITS = re.compile(
    r"[0-9xX*]*[0-9][0-9xX*,.:/-]*|[一二三四五六七八九十百千万两]{2,}|(?<![a-z])(?:digit|cellphone|phone)(?![a-z])"
)
_NAMES = re.compile(r"(?<![a-z])(?:name|place)(?![a-z])|[x*某]{2,}")
_PAUSE = re.compile(r"[，。！？；：,!?;:\n]+")
_NOT_WORD = re.compile(rf"[^\w{re.escape(CLAUSE)}]+")
# Put before the id of evidence that was denied: "没有叫我转钱" tells of honest contact more than of fraud.
DENIED = "!"
_FRAUD, _HONEST = "fraud", "honest"
# One piece of evidence weighs about as much as a handful of n-grams; measured on held-out examples.
_EVIDENCE_WEIGHT = 0.2
# There are several marks of deeds a clause, and each is common.
_DEED_WEIGHT = 0.1
_LEAST_TEXTS = 4
# How little the weights are held back; vectors that unknown n-grams shorten want more.
_C, _C_KNOWN = 60.0, 20.0


@dataclass(frozen=True)
class Scores:
    """What the classifier thinks. All probabilities are between 0 and 1; each mapping sums to 1."""

    fraud: float
    types: Mapping[ScamType, float]
    honest: Mapping[str, float]
    stages: Mapping[Stage, float]

    @property
    def talk(self) -> float:
        """How likely there is no situation at all."""
        return (1.0 - self.fraud) * self.honest["talk"]


def plain(text: str) -> str:
    """A folded text as the n-grams see it: numbers, links and names made alike, only the clauses kept apart."""
    text = _URL.sub(" url ", text)
    text = _NAMES.sub("", text)
    text = _DIGITS.sub("0", text.replace(CLAUSE, ""))
    return _NOT_WORD.sub("", _PAUSE.sub(CLAUSE, text))


@dataclass(frozen=True)
class RiskModel:
    """What training leaves. Picklable; ``evidence_ids`` and ``deed_marks`` fix the order of the columns."""

    ngrams: CharNgrams
    evidence_ids: tuple[str, ...]
    fraud: LinearModel
    types: LinearModel
    honest: LinearModel
    stages: LinearModel
    deed_marks: tuple[str, ...]

    def score(self, text: str, evidence: Collection[str], deeds: Collection[str]) -> Scores:
        """Judge one folded text with the evidence ids found in it and the marks of its deeds."""
        marks = _marks(text, evidence, self.evidence_ids)
        grams = self.ngrams.vector(plain(text))
        vector = joined(grams, self.ngrams.size, marks)
        # Whether it is fraud must not be concluded from the little that is known of a strange text; which fraud it
        # is and how far it has gone, once it is one, may.
        known = joined(unit(grams), self.ngrams.size, marks)
        fraud = dict(zip(self.fraud.classes, self.fraud.probabilities(vector), strict=True))
        types = zip(self.types.classes, self.types.probabilities(known), strict=True)
        honest = zip(self.honest.classes, self.honest.probabilities(vector), strict=True)
        done = joined(known, self.ngrams.size + len(marks), _deed_marks(deeds, self.deed_marks))
        stages = zip(self.stages.classes, self.stages.probabilities(done), strict=True)
        return Scores(
            fraud=float(fraud[_FRAUD]),
            types={ScamType(name): float(p) for name, p in types},
            honest=dict.fromkeys(HONEST_LABELS, 0.0) | {name: float(p) for name, p in honest},
            stages={Stage(name): float(p) for name, p in stages},
        )


def _marks(text: str, evidence: Collection[str], evidence_ids: Sequence[str]) -> list[float]:
    """The columns beside the n-grams: evidence found, how much of it was denied, and how long the text is."""
    found = set(evidence)
    denied = sum(name.startswith(DENIED) for name in found)
    marks = [_EVIDENCE_WEIGHT if name in found else 0.0 for name in evidence_ids]
    return [*marks, min(1.0, denied / 3.0), min(1.0, len(text) / 200.0)]


def _deed_marks(found: Collection[str], deed_marks: Sequence[str]) -> list[float]:
    """The columns that only the stage is judged by."""
    return [_DEED_WEIGHT if mark in found else 0.0 for mark in deed_marks]


@dataclass(frozen=True)
class TrainingText:
    """One folded text to train on: its label (see :mod:`bot.judge.examples`), its stage, the evidence and deeds found.

    ``victim`` marks a text that is fraud of a kind that is not told: money or data are gone.
    """

    text: str
    evidence: Collection[str]
    deeds: Collection[str]
    label: str | None = None
    stage: Stage | None = None
    victim: bool = False


def train_risk_model(texts: Sequence[TrainingText], evidence_ids: Sequence[str]) -> RiskModel:
    """Train on folded texts; each teaches what it is labelled with, a type, a stage or both."""
    ngrams = CharNgrams(1, 4, min_texts=2, most=150_000, edges=3)
    grams = ngrams.fit([plain(item.text) for item in texts])
    marks = [_marks(item.text, item.evidence, evidence_ids) for item in texts]
    beside = csr_matrix(np.array(marks))
    matrix, known = hstack([grams, beside]).tocsr(), hstack([normalize(grams), beside]).tocsr()
    often = Counter(mark for item in texts if item.stage for mark in item.deeds)
    deed_marks = tuple(sorted(mark for mark, count in often.items() if count >= _LEAST_TEXTS))
    deeds = csr_matrix(np.array([_deed_marks(item.deeds, deed_marks) for item in texts]))
    done = hstack([known, deeds]).tocsr()
    labels: np.ndarray[Any, Any] = np.array([item.label or "" for item in texts])
    stages: np.ndarray[Any, Any] = np.array([item.stage.value if item.stage else "" for item in texts])
    labelled = labels != ""
    is_fraud = labelled & ~np.isin(labels, HONEST_LABELS)
    victims: np.ndarray[Any, Any] = np.array([item.victim for item in texts])

    def fitted(features: csr_matrix, rows: np.ndarray[Any, Any], target: np.ndarray[Any, Any], c: float) -> LinearModel:
        model = LogisticRegression(C=c, solver="liblinear", class_weight="balanced", max_iter=300)
        return LinearModel(model.fit(features[np.flatnonzero(rows)], target[rows]))

    return RiskModel(
        ngrams=ngrams,
        evidence_ids=tuple(evidence_ids),
        fraud=fitted(matrix, labelled | victims, np.where(is_fraud | victims, _FRAUD, _HONEST), _C),
        types=fitted(known, is_fraud, labels, _C_KNOWN),
        honest=fitted(matrix, labelled & ~is_fraud, labels, _C),
        stages=fitted(done, stages != "", stages, _C_KNOWN),
        deed_marks=deed_marks,
    )
