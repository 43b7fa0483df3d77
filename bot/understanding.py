"""What one text says, before any conversation: folded, its dialect, its evidence, its scores."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from bot.dialect.lexicon import Lexicon
from bot.dialect.recogniser import DialectModel, DialectRecogniser
from bot.drills.move_model import MoveModel
from bot.evidence.items import Evidence, EvidenceItem
from bot.evidence.pipeline import EvidencePipeline
from bot.fold import FoldedText, Folder
from bot.homophones import Homophones
from bot.identifiers import Dialect
from bot.judge.classifier import DENIED, RiskModel, Scores
from bot.judge.deeds import DeedReader
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
    deeds: frozenset[str]
    scores: Scores


def evidence_names(evidence: Iterable[Evidence]) -> list[str]:
    """Evidence as the classifier takes it: ids, those that were denied marked; none that is not judged by."""
    return [DENIED + piece.id if piece.negated else piece.id for piece in evidence if piece.item.judged]


@dataclass(frozen=True)
class Reading:
    """A text before it is scored: folded, its dialect, its Mandarin, the evidence in it and the marks of its deeds."""

    folded: FoldedText
    mandarin: FoldedText
    dialect: DialectGuess
    evidence: tuple[Evidence, ...]
    deeds: frozenset[str]


class Reader:
    """Makes readings; the classifier is trained on them and judges them. Holds only read-only content."""

    def __init__(
        self,
        folder: Folder,
        lexicon: Lexicon,
        recogniser: DialectRecogniser,
        pipeline: EvidencePipeline,
        homophones: Homophones,
        deeds: DeedReader,
    ) -> None:
        self.recogniser = recogniser
        self.deeds = deeds
        self._folder = folder
        self._lexicon = lexicon
        self._pipeline = pipeline
        self._homophones = homophones

    def dialect(self, text: str) -> DialectGuess:
        """The dialect of one text by its words alone."""
        return self.recogniser.recognise(self._folder.fold(text).text)

    def read(self, text: str, guess_dialect: Callable[[str], DialectGuess] | None = None) -> Reading:
        """Read one text; ``guess_dialect`` may know more of its dialect than the folded text tells."""
        folded = self._folder.fold(text)
        guess = (guess_dialect or self.recogniser.recognise)(folded.text)
        rewritten = guess.id not in (Dialect.CMN, Dialect.UNKNOWN) and guess.confidence >= REWRITE_FROM
        mandarin = self._homophones.fold(self._lexicon.to_mandarin(folded, guess.id) if rewritten else folded)
        evidence = self._pipeline.find(folded, mandarin)
        return Reading(folded, mandarin, guess, evidence, self.deeds.marks(mandarin.text))


class Understander:
    """Turns text into an :class:`Understanding`. Holds only read-only models, so threads may share it."""

    def __init__(
        self,
        reader: Reader,
        risk_model: RiskModel,
        dialect_model: DialectModel,
        items: tuple[EvidenceItem, ...],
        move_model: MoveModel | None = None,
    ) -> None:
        """``dialect_model`` and ``items`` are what the reader was made of; ``move_model`` is for drills."""
        self.reader = reader
        self.risk_model = risk_model
        self.dialect_model = dialect_model
        self.items = items
        self.move_model = move_model

    def dialect(self, text: str) -> DialectGuess:
        """The dialect of one text, and nothing else of it."""
        return self.reader.dialect(text)

    def understand(self, text: str, *, dialect: Dialect | None = None, carried: Dialect | None = None) -> Understanding:
        """Understand one text.

        Args:
            text: as sent, of any length that the caller allows.
            dialect: what the client says it is; wins over recognition.
            carried: what earlier turns were in; used when this text does not tell.
        """
        reading = self.reader.read(text, lambda folded: self._guess(folded, dialect, carried))
        scores = self.risk_model.score(reading.mandarin.text, evidence_names(reading.evidence), reading.deeds)
        return Understanding(
            text, reading.folded, reading.mandarin, reading.dialect, reading.evidence, reading.deeds, scores
        )

    def score(self, mandarin: str, evidence_ids: list[str]) -> Scores:
        """Scores of a text put together from several turns, already in Mandarin."""
        return self.risk_model.score(mandarin, evidence_ids, self.reader.deeds.marks(mandarin))

    def _guess(self, folded: str, dialect: Dialect | None, carried: Dialect | None) -> DialectGuess:
        if dialect is not None:
            return DialectGuess(dialect, 1.0)
        guess = self.reader.recogniser.recognise(folded)
        if carried is not None and (guess.id is Dialect.UNKNOWN or guess.confidence < _SURE):
            return DialectGuess(carried, max(guess.confidence, REWRITE_FROM))
        return guess
