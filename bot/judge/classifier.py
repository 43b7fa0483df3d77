"""A linear classifier over character n-grams and evidence: is it fraud, of which type, or what else is it?

It catches wordings that no rule names and holds back where an honest text uses a scammer's words. Three
logistic regressions share one feature vector: fraud or not, which type, and which kind of honest text. Trained
on ``data/examples`` in seconds; see :mod:`bot.judge.examples`.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy.sparse import csr_matrix, hstack
from sklearn.linear_model import LogisticRegression

from bot.identifiers import ScamType, Stage
from bot.judge.examples import HONEST_LABELS
from bot.linear import CharNgrams, LinearModel, joined

_URL = re.compile(
    r"(?:https?://|www\.)[\w./?=&%#:+~-]*|\b[\w-]+\.(?:cn|com|net|top|xyz|cc|vip|info|org|me)\b[\w./?=&%-]*"
)
_DIGITS = re.compile(r"[0-9xX*]*[0-9][0-9xX*,.:/-]*|[一二三四五六七八九十百千万两]{2,}|\b(?:digit|cellphone|phone)\b")
_NAMES = re.compile(r"\b(?:name|place)\b|[x*某]{2,}")
_NOT_WORD = re.compile(r"[^\w]+")
# Put before the id of evidence that was denied: "没有叫我转钱" tells of honest contact more than of fraud.
DENIED = "!"
_FRAUD, _HONEST = "fraud", "honest"
# One piece of evidence weighs about as much as a handful of n-grams; measured on held-out examples.
_EVIDENCE_WEIGHT = 0.2
_C = 10.0


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
    """A folded text as the n-grams see it: numbers, links and names made alike, punctuation gone."""
    text = _URL.sub(" url ", text)
    text = _NAMES.sub("", text)
    text = _DIGITS.sub("0", text)
    return _NOT_WORD.sub("", text)


@dataclass(frozen=True)
class RiskModel:
    """What training leaves. Picklable; ``evidence_ids`` fixes the order of the evidence columns."""

    ngrams: CharNgrams
    evidence_ids: tuple[str, ...]
    fraud: LinearModel
    types: LinearModel
    honest: LinearModel
    stages: LinearModel

    def score(self, text: str, evidence: Collection[str]) -> Scores:
        """Judge one folded text with the evidence ids found in it."""
        marks = _marks(text, evidence, self.evidence_ids)
        vector = joined(self.ngrams.vector(plain(text)), self.ngrams.size, marks)
        fraud = dict(zip(self.fraud.classes, self.fraud.probabilities(vector), strict=True))
        types = zip(self.types.classes, self.types.probabilities(vector), strict=True)
        honest = zip(self.honest.classes, self.honest.probabilities(vector), strict=True)
        stages = zip(self.stages.classes, self.stages.probabilities(vector), strict=True)
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


@dataclass(frozen=True)
class TrainingText:
    """One folded text to train on: its label (see :mod:`bot.judge.examples`), its stage, the evidence found.

    ``victim`` marks a text that is fraud of a kind that is not told: money or data are gone.
    """

    text: str
    evidence: Collection[str]
    label: str | None = None
    stage: Stage | None = None
    victim: bool = False


def train_risk_model(texts: Sequence[TrainingText], evidence_ids: Sequence[str]) -> RiskModel:
    """Train on folded texts; each teaches what it is labelled with, a type, a stage or both."""
    ngrams = CharNgrams(1, 4, min_texts=2, most=150_000)
    grams = ngrams.fit([plain(item.text) for item in texts])
    marks = [_marks(item.text, item.evidence, evidence_ids) for item in texts]
    matrix = hstack([grams, csr_matrix(np.array(marks))]).tocsr()
    labels: np.ndarray[Any, Any] = np.array([item.label or "" for item in texts])
    stages: np.ndarray[Any, Any] = np.array([item.stage.value if item.stage else "" for item in texts])
    labelled = labels != ""
    is_fraud = labelled & ~np.isin(labels, HONEST_LABELS)
    victims: np.ndarray[Any, Any] = np.array([item.victim for item in texts])

    def fitted(rows: np.ndarray[Any, Any], target: np.ndarray[Any, Any]) -> LinearModel:
        model = LogisticRegression(C=_C, solver="liblinear", class_weight="balanced", max_iter=300)
        return LinearModel(model.fit(matrix[np.flatnonzero(rows)], target[rows]))

    return RiskModel(
        ngrams=ngrams,
        evidence_ids=tuple(evidence_ids),
        fraud=fitted(labelled | victims, np.where(is_fraud | victims, _FRAUD, _HONEST)),
        types=fitted(is_fraud, labels),
        honest=fitted(labelled & ~is_fraud, labels),
        stages=fitted(stages != "", stages),
    )
