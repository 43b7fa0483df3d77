"""Character n-grams and linear models made quick for one text at a time.

scikit-learn trains them; its ``transform`` and ``predict_proba`` are made for many rows and cost milliseconds a
row. A judgement asks four of them about one text, so the arithmetic for one row stands here, to the same result.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

import numpy as np
from scipy.sparse import csr_matrix, diags
from sklearn.feature_extraction.text import CountVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.preprocessing import normalize

# Between the clauses of a text, where n-grams at clause edges are wanted.
CLAUSE = "|"

Vector = tuple[np.ndarray[Any, np.dtype[np.int64]], np.ndarray[Any, np.dtype[np.float64]]]


class CharNgrams:
    """TF-IDF over character n-grams: sublinear counts, smoothed inverse document frequency, unit length.

    A text may be divided into clauses by :data:`CLAUSE`. N-grams run on across clauses, because what is recognised
    or typed has little punctuation; with ``edges`` the first and the last characters of each clause count too:
    "转了" at its end tells of a deed more often than inside.
    """

    def __init__(
        self, shortest: int, longest: int, *, min_texts: int = 1, most: int | None = None, edges: int = 0
    ) -> None:
        """N-grams of ``shortest`` to ``longest`` characters that stand in ``min_texts`` texts, ``most`` of them.

        ``edges``: how many characters at most are marked at the beginning and the end of a clause.
        """
        self._lengths = range(shortest, longest + 1)
        self._edges = range(1, edges + 1)
        self._min_texts, self._most = min_texts, most
        self._vocabulary: dict[str, int] = {}
        self._idf: np.ndarray[Any, Any] = np.zeros(0)
        self._unknown = 1.0

    @property
    def size(self) -> int:
        """How many n-grams are known."""
        return len(self._vocabulary)

    def fit(self, texts: Sequence[str]) -> csr_matrix:
        """Learn the n-grams of ``texts``; returns their matrix, one row a text."""
        counter = CountVectorizer(analyzer=self.grams, lowercase=False)
        matrix = counter.fit_transform(texts).astype(np.float64)
        matrix.data = 1.0 + np.log(matrix.data)
        texts_with: np.ndarray[Any, Any] = np.bincount(matrix.indices, minlength=matrix.shape[1])
        idf: np.ndarray[Any, Any] = np.log((1 + len(texts)) / (1 + texts_with)) + 1.0
        self._unknown = float(np.log((1 + len(texts)) / 2) + 1.0)
        matrix = normalize(matrix @ diags(idf))
        frequent = np.flatnonzero(texts_with >= self._min_texts)
        if self._most is not None:
            frequent = np.sort(frequent[np.argsort(-texts_with[frequent], kind="stable")[: self._most]])
        names = counter.get_feature_names_out()
        self._vocabulary = {str(names[column]): row for row, column in enumerate(frequent)}
        self._idf = idf[frequent]
        return matrix[:, frequent].tocsr()

    def grams(self, text: str) -> list[str]:
        """Every n-gram of a text, as often as it stands there."""
        clauses = text.split(CLAUSE)
        whole = "".join(clauses)
        grams = [whole[i : i + length] for length in self._lengths for i in range(len(whole) - length + 1)]
        for clause in filter(None, clauses) if self._edges else ():
            grams += [CLAUSE + clause[:length] for length in self._edges]
            grams += [clause[-length:] + CLAUSE for length in self._edges]
        return grams

    def vector(self, text: str) -> Vector:
        """Indices and values of one text. Unknown n-grams have no column, but count in the text's length.

        So a text of which little is known makes a short vector, and no verdict out of the few n-grams that are.
        """
        known: dict[int, int] = {}
        unknown: dict[str, int] = {}
        for gram in self.grams(text):
            column = self._vocabulary.get(gram)
            if column is None:
                unknown[gram] = unknown.get(gram, 0) + 1
            else:
                known[column] = known.get(column, 0) + 1
        if not known:
            return np.zeros(0, dtype=np.int64), np.zeros(0)
        indices = np.fromiter(known.keys(), dtype=np.int64, count=len(known))
        values = np.array([1.0 + math.log(count) for count in known.values()]) * self._idf[indices]
        strange = sum((self._unknown * (1.0 + math.log(count))) ** 2 for count in unknown.values())
        return indices, values / math.sqrt(float(values @ values) + strange)


def unit(vector: Vector) -> Vector:
    """The same direction with length 1, whatever is unknown in the text."""
    indices, values = vector
    length = float(np.linalg.norm(values))
    return (indices, values / length) if length else vector


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
