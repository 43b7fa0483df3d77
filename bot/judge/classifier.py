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
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression

from bot.identifiers import ScamType
from bot.judge.examples import HONEST_LABELS

_URL = re.compile(
    r"(?:https?://|www\.)[\w./?=&%#:+~-]*|\b[\w-]+\.(?:cn|com|net|top|xyz|cc|vip|info|org|me)\b[\w./?=&%-]*"
)
_DIGITS = re.compile(r"[0-9xX*]*[0-9][0-9xX*,.:/-]*|[一二三四五六七八九十百千万两]{2,}|\b(?:digit|cellphone|phone)\b")
_NAMES = re.compile(r"\b(?:name|place)\b|[x*某]{2,}")
_NOT_WORD = re.compile(r"[^\w]+")


@dataclass(frozen=True)
class Scores:
    """What the classifier thinks. All probabilities are between 0 and 1; each mapping sums to 1."""

    fraud: float
    types: Mapping[ScamType, float]
    honest: Mapping[str, float]

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

    vectoriser: TfidfVectorizer
    evidence_ids: tuple[str, ...]
    fraud: LogisticRegression
    types: LogisticRegression
    honest: LogisticRegression

    def features(self, texts: Sequence[str], evidence: Sequence[Collection[str]]) -> csr_matrix:
        """The feature matrix of folded texts and of the evidence ids found in each."""
        column = {name: index for index, name in enumerate(self.evidence_ids)}
        return _features(self.vectoriser, column, texts, evidence)

    def score(self, text: str, evidence: Collection[str]) -> Scores:
        """Judge one folded text with the evidence ids found in it."""
        row = self.features([text], [evidence])
        fraud = self.fraud.predict_proba(row)[0]
        types = self.types.predict_proba(row)[0]
        honest = self.honest.predict_proba(row)[0]
        return Scores(
            fraud=float(fraud[list(self.fraud.classes_).index(True)]),
            types={ScamType(str(c)): float(p) for c, p in zip(self.types.classes_, types, strict=True)},
            honest=dict.fromkeys(HONEST_LABELS, 0.0)
            | {str(c): float(p) for c, p in zip(self.honest.classes_, honest, strict=True)},
        )


def _features(
    vectoriser: TfidfVectorizer,
    column: Mapping[str, int],
    texts: Sequence[str],
    evidence: Sequence[Collection[str]],
) -> csr_matrix:
    grams = vectoriser.transform([plain(text) for text in texts])
    marks = np.zeros((len(texts), len(column) + 1))
    for row, (text, names) in enumerate(zip(texts, evidence, strict=True)):
        for name in names:
            if name in column:
                marks[row, column[name]] = 0.35
        marks[row, -1] = min(1.0, len(text) / 200.0)
    return hstack([grams, csr_matrix(marks)]).tocsr()


def train_risk_model(
    texts: Sequence[str],
    labels: Sequence[str],
    evidence: Sequence[Collection[str]],
    evidence_ids: Sequence[str],
) -> RiskModel:
    """Train on folded texts with their labels and evidence ids, all of one length."""
    vectoriser = TfidfVectorizer(
        analyzer="char",
        ngram_range=(1, 4),
        sublinear_tf=True,
        min_df=2,
        max_features=150_000,
        dtype=np.float32,
    )
    vectoriser.fit([plain(text) for text in texts])
    column = {name: index for index, name in enumerate(evidence_ids)}
    matrix = _features(vectoriser, column, texts, evidence)
    label_array: np.ndarray[Any, Any] = np.array(labels)
    is_fraud = ~np.isin(label_array, HONEST_LABELS)

    def fitted(rows: np.ndarray[Any, Any], target: np.ndarray[Any, Any], c: float) -> LogisticRegression:
        model = LogisticRegression(C=c, solver="liblinear", class_weight="balanced", max_iter=300)
        return model.fit(matrix[np.flatnonzero(rows)], target[rows])

    return RiskModel(
        vectoriser=vectoriser,
        evidence_ids=tuple(evidence_ids),
        fraud=fitted(np.ones(len(labels), dtype=bool), is_fraud, 6.0),
        types=fitted(is_fraud, label_array, 6.0),
        honest=fitted(~is_fraud, label_array, 6.0),
    )
