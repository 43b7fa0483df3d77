"""A linear model that knows a move from the way people talk, where no phrase is listed for it.

Trained in a second on ``data/examples/moves``: answers written for drills in general, none of them of one scenario.
What counts as giving in to a fraud may be going along with a genuine contact, so the examples may tell the kind.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from scipy.sparse import csr_matrix, diags, hstack
from sklearn.linear_model import LogisticRegression
from sklearn.preprocessing import normalize

from bot.drills.scenario import Kind, Move
from bot.linear import CharNgrams, LinearModel, unit
from bot.yaml_source import ContentError, Reading, load_marked_folder, sentence

_UNCLEAR = "unclear"
_C = 20.0


@dataclass(frozen=True)
class MoveExample:
    """What somebody says, the move that it is (``None``: none), and the kind of contact if it is so with one only."""

    text: str
    move: Move | None
    kind: Kind | None = None


@dataclass(frozen=True)
class MoveModel:
    """What training leaves. Picklable."""

    ngrams: CharNgrams
    model: LinearModel

    def probabilities(self, folded: str, kind: Kind) -> Mapping[Move | None, float]:
        """The probability of each move, and of none; they sum to 1. ``folded`` is divided into clauses."""
        indices, values = unit(self.ngrams.vector(folded))
        if kind is Kind.LEGITIMATE:
            indices, values = np.concatenate([indices, indices + self.ngrams.size]), np.concatenate([values, values])
        found = zip(self.model.classes, self.model.probabilities((indices, values)), strict=True)
        return {None if name == _UNCLEAR else Move(name): float(p) for name, p in found}


def train_move_model(examples: Sequence[MoveExample]) -> MoveModel | None:
    """Train on examples whose texts are folded and divided into clauses; nothing comes of less than two moves."""
    if len({example.move for example in examples}) < 2:
        return None
    # What tells no kind is learned for both; else all but what is written for genuine contacts would be strange there.
    known = [(example, kind) for example in examples for kind in Kind if example.kind in (None, kind)]
    ngrams = CharNgrams(1, 4, edges=2)
    grams = normalize(ngrams.fit([example.text for example, _ in known]))
    legitimate = diags([float(kind is Kind.LEGITIMATE) for _, kind in known])
    matrix = csr_matrix(hstack([grams, legitimate @ grams]))
    moves = [_UNCLEAR if example.move is None else example.move.value for example, _ in known]
    trained = LogisticRegression(C=_C, class_weight="balanced", max_iter=3000).fit(matrix, moves)
    return MoveModel(ngrams, LinearModel(trained))


def load_move_examples(folder: Path) -> tuple[MoveExample, ...]:
    """Read every file of ``folder/moves``.

    Raises:
        ContentError: a file is not of the form ``{move, kind?, examples: [text]}``.
    """
    examples: list[MoveExample] = []
    reading = Reading()
    for path, source in load_marked_folder(folder / "moves").items():
        with reading.at(path, source):
            move, kind = source.data["move"], source.data.get("kind")
            meant = None if move is None else Move(move), None if kind is None else Kind(kind)
            for number, text in enumerate(source.data["examples"]):
                with reading.at(path, source, "examples", number):
                    examples.append(MoveExample(sentence(text), *meant))
    if reading.faults:
        raise ContentError(sorted(reading.faults))
    return tuple(examples)
