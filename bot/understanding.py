"""What one text says, before any conversation: folded, its dialect, its evidence, its scores."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from bot.dialect.lexicon import Lexicon
from bot.dialect.recogniser import DialectRecogniser
from bot.evidence.items import Evidence
from bot.evidence.pipeline import EvidencePipeline
from bot.fold import FoldedText, Folder
from bot.homophones import Homophones
from bot.identifiers import Dialect
from bot.judge.classifier import DENIED, RiskModel, Scores
from bot.turn import DialectGuess

# Dialect words are replaced by Mandarin when the dialect is at least this sure.
REWRITE_FROM = 0.5
# Below this, what the visit was in so far is the better guess.
_SURE = 0.6


@dataclass(frozen=True)
class Understanding:
    """One text understood. ``mandarin`` is the folded text with dialect words and misheard words replaced."""

    text: str
    folded: FoldedText
    mandarin: FoldedText
    dialect: DialectGuess
    evidence: tuple[Evidence, ...]
    scores: Scores


def evidence_names(evidence: Iterable[Evidence]) -> list[str]:
    """Evidence as the classifier takes it: ids, those that were denied marked."""
    return [DENIED + piece.id if piece.negated else piece.id for piece in evidence]


class Understander:
    """Turns text into an :class:`Understanding`. Holds only read-only models, so threads may share it."""

    def __init__(
        self,
        folder: Folder,
        lexicon: Lexicon,
        recogniser: DialectRecogniser,
        pipeline: EvidencePipeline,
        risk_model: RiskModel,
        homophones: Homophones,
    ) -> None:
        self.folder = folder
        self._homophones = homophones
        self.lexicon = lexicon
        self.recogniser = recogniser
        self._pipeline = pipeline
        self._risk_model = risk_model

    def understand(self, text: str, *, dialect: Dialect | None = None, carried: Dialect | None = None) -> Understanding:
        """Understand one text.

        Args:
            text: as sent, of any length that the caller allows.
            dialect: what the client says it is; wins over recognition.
            carried: what earlier turns were in; used when this text does not tell.
        """
        folded = self.folder.fold(text)
        guess = self._guess(folded.text, dialect, carried)
        mandarin = self.lexicon.to_mandarin(folded, guess.id) if self._rewrites(guess) else folded
        mandarin = self._homophones.fold(mandarin)
        evidence = self._pipeline.find(folded, mandarin)
        scores = self._risk_model.score(mandarin.text, evidence_names(evidence))
        return Understanding(text, folded, mandarin, guess, evidence, scores)

    def score(self, mandarin: str, evidence_ids: list[str]) -> Scores:
        """Scores of a text put together from several turns, already in Mandarin."""
        return self._risk_model.score(mandarin, evidence_ids)

    @staticmethod
    def _rewrites(guess: DialectGuess) -> bool:
        return guess.id not in (Dialect.CMN, Dialect.UNKNOWN) and guess.confidence >= REWRITE_FROM

    def _guess(self, folded: str, dialect: Dialect | None, carried: Dialect | None) -> DialectGuess:
        if dialect is not None:
            return DialectGuess(dialect, 1.0)
        guess = self.recogniser.recognise(folded)
        if carried is not None and (guess.id is Dialect.UNKNOWN or guess.confidence < _SURE):
            return DialectGuess(carried, max(guess.confidence, REWRITE_FROM))
        return guess
