"""Which dialect a sentence is in: character n-grams and lexicon words, weighed by a trained linear model.

A lexicon vote alone is right for seven sentences in ten; the grammar words around it (particles, negations,
pronouns) decide the rest, and character n-grams of example sentences carry them. Trained on
``data/dialects/sentences`` in about a second and cached by content.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy.sparse import csr_matrix, hstack
from sklearn.linear_model import LogisticRegression

from bot.dialect.lexicon import Lexicon, family
from bot.identifiers import Dialect
from bot.linear import CharNgrams, LinearModel, joined
from bot.turn import DialectGuess

# Weight of words that only Jiaxing has, from which Wu is called Jiaxing's.
_JIAXING_FROM = 1.8
_ORDER = tuple(d for d in Dialect if d not in (Dialect.UNKNOWN, Dialect.WUU_JX))


@dataclass(frozen=True)
class DialectModel:
    """What training leaves. Picklable."""

    ngrams: CharNgrams
    classifier: LinearModel


def _lexicon_features(lexicon: Lexicon, folded: str) -> np.ndarray[Any, np.dtype[np.float64]]:
    row = np.zeros(len(_ORDER))
    for _, weights in lexicon.markers(folded):
        for dialect, weight in weights.items():
            row[_ORDER.index(family(dialect))] += weight
    squashed: np.ndarray[Any, np.dtype[np.float64]] = np.tanh(row / 2.0)
    return squashed


def train_dialect_model(sentences: Mapping[Dialect, Sequence[str]], lexicon: Lexicon) -> DialectModel:
    """Train on folded sentences by dialect; ``wuu-jx`` counts as ``wuu`` here."""
    texts: list[str] = []
    labels: list[str] = []
    for dialect, examples in sentences.items():
        for text in examples:
            texts.append(text)
            labels.append(family(dialect).value)
    ngrams = CharNgrams(1, 2)
    grams = ngrams.fit(texts)
    marks = csr_matrix(np.vstack([_lexicon_features(lexicon, text) for text in texts]))
    classifier = LogisticRegression(C=8.0, max_iter=400, class_weight="balanced")
    classifier.fit(hstack([grams, marks]).tocsr(), labels)
    return DialectModel(ngrams, LinearModel(classifier))


class DialectRecogniser:
    """Guesses the dialect of one text; says ``unknown`` when nothing tells it apart."""

    def __init__(self, model: DialectModel, lexicon: Lexicon, *, threshold: float = 0.34) -> None:
        self._model = model
        self._lexicon = lexicon
        self._threshold = threshold

    def recognise(self, folded: str) -> DialectGuess:
        """The likeliest dialect of a folded text, with its probability.

        A text without any Hanzi is ``unknown``. ``wuu-jx`` is told from ``wuu`` by words that only Jiaxing has.
        """
        if not any("\u3400" <= c <= "\u9fff" for c in folded):
            return DialectGuess(Dialect.UNKNOWN, 0.0)
        ngrams = self._model.ngrams
        marks = _lexicon_features(self._lexicon, folded)
        probabilities = self._model.classifier.probabilities(joined(ngrams.vector(folded), ngrams.size, marks.tolist()))
        best = int(np.argmax(probabilities))
        confidence = float(probabilities[best])
        if confidence < self._threshold:
            return DialectGuess(Dialect.UNKNOWN, confidence)
        dialect = Dialect(self._model.classifier.classes[best])
        if dialect is Dialect.WUU and self._is_jiaxing(folded):
            dialect = Dialect.WUU_JX
        return DialectGuess(dialect, round(confidence, 3))

    def _is_jiaxing(self, folded: str) -> bool:
        """Words that no other Wu variety shares in the lexicon say Jiaxing, together."""
        only = [
            max(weights.values()) for _, weights in self._lexicon.markers(folded) if set(weights) == {Dialect.WUU_JX}
        ]
        return sum(only) >= _JIAXING_FROM
