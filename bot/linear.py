"""Character n-grams and linear models made quick for one text at a time.

scikit-learn trains them; its ``transform`` and ``predict_proba`` are made for many rows and cost milliseconds a
row. A judgement asks four of them about one text, so the arithmetic for one row stands here, to the same result.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from typing import Any

import numpy as np
from scipy.sparse import csr_matrix
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression

Vector = tuple[np.ndarray[Any, np.dtype[np.int64]], np.ndarray[Any, np.dtype[np.float64]]]


class CharNgrams:
    """TF-IDF over character n-grams: sublinear counts, smoothed inverse document frequency, unit length."""

    def __init__(self, shortest: int, longest: int, *, min_texts: int = 1, most: int | None = None) -> None:
        """N-grams of ``shortest`` to ``longest`` characters that stand in ``min_texts`` texts, ``most`` of them."""
        self._lengths = range(shortest, longest + 1)
        self._options: dict[str, Any] = {"min_df": min_texts, "max_features": most}
        self._vocabulary: dict[str, int] = {}
        self._idf: np.ndarray[Any, Any] = np.zeros(0)

    @property
    def size(self) -> int:
        """How many n-grams are known."""
        return len(self._vocabulary)

    def fit(self, texts: Sequence[str]) -> csr_matrix:
        """Learn the n-grams of ``texts``; returns their matrix, one row a text."""
        vectoriser = TfidfVectorizer(
            analyzer="char",
            ngram_range=(self._lengths[0], self._lengths[-1]),
            lowercase=False,
            sublinear_tf=True,
            **self._options,
        )
        matrix = vectoriser.fit_transform(texts)
        self._vocabulary = {gram: int(index) for gram, index in vectoriser.vocabulary_.items()}
        self._idf = np.asarray(vectoriser.idf_)
        return matrix

    def vector(self, text: str) -> Vector:
        """Indices and values of one text; unknown n-grams are left out."""
        known = self._vocabulary
        counts = Counter(
            known[gram]
            for length in self._lengths
            for gram in (text[i : i + length] for i in range(len(text) - length + 1))
            if gram in known
        )
        if not counts:
            return np.zeros(0, dtype=np.int64), np.zeros(0)
        indices = np.fromiter(counts.keys(), dtype=np.int64, count=len(counts))
        values = np.array([1.0 + math.log(count) for count in counts.values()]) * self._idf[indices]
        return indices, values / np.linalg.norm(values)


class LinearModel:
    """A trained logistic regression that scores one sparse vector."""

    def __init__(self, trained: LogisticRegression) -> None:
        """``trained`` with ``liblinear`` is one-vs-rest, with any other solver multinomial."""
        self.classes: tuple[str, ...] = tuple(str(label) for label in trained.classes_)
        self._weights = np.ascontiguousarray(trained.coef_.T, dtype=np.float32)
        self._intercept = np.asarray(trained.intercept_, dtype=np.float64)
        self._one_vs_rest = trained.solver == "liblinear"

    def probabilities(self, vector: Vector) -> np.ndarray[Any, np.dtype[np.float64]]:
        """Probability of each class, in the order of ``classes``; they sum to 1."""
        indices, values = vector
        scores = values @ self._weights[indices] + self._intercept
        if len(self.classes) == 2:
            positive = 1.0 / (1.0 + np.exp(-scores[0]))
            return np.array([1.0 - positive, positive])
        if self._one_vs_rest:
            each = 1.0 / (1.0 + np.exp(-scores))
            return np.asarray(each / each.sum())
        grown = np.exp(scores - scores.max())
        return np.asarray(grown / grown.sum())


def joined(first: Vector, first_size: int, second: Sequence[float]) -> Vector:
    """A sparse vector followed by a short dense one, as the matrices are stacked in training."""
    dense = np.asarray(second, dtype=np.float64)
    at = np.flatnonzero(dense)
    return np.concatenate([first[0], at + first_size]), np.concatenate([first[1], dense[at]])
