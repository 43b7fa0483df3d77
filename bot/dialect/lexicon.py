"""The dialect lexicon: words, their Mandarin equivalents, and how surely each tells its dialect.

Source: ``data/dialects/lexicon/<dialect>.yml``; staff add words there, one line each.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bot.fold import FoldedText, Folder, PhraseTable, is_hanzi
from bot.identifiers import Dialect
from bot.yaml_source import ContentError, Reading, load_marked_folder, sentence

# Where a replacement would be wrong more often than right: everyday Mandarin words that also exist in a dialect
# with another meaning are listed with ``mandarin: null`` in the data, or have a single common character.
_FAMILY = {Dialect.WUU_JX: Dialect.WUU}


@dataclass(frozen=True)
class Word:
    """One dialect word. ``mandarin`` is ``None`` when it only tells the dialect."""

    dialect: Dialect
    word: str
    mandarin: str | None
    weight: float
    verified: bool


def family(dialect: Dialect) -> Dialect:
    """The dialect whose lexicon and sentences are shared: Jiaxing's Wu is Wu."""
    return _FAMILY.get(dialect, dialect)


class Lexicon:
    """All words of all dialects, by dialect family."""

    def __init__(self, words: Iterable[Word]) -> None:
        self.words = tuple(words)
        self._rewriters: dict[Dialect, PhraseTable] = {}
        self._markers: dict[str, dict[Dialect, float]] = {}
        for entry in self.words:
            if entry.weight > 0:
                weights = self._markers.setdefault(entry.word, {})
                weights[entry.dialect] = max(weights.get(entry.dialect, 0.0), entry.weight)
        self._marker_table = PhraseTable({word: word for word in self._markers})
        by_family: dict[Dialect, dict[str, str]] = {}
        for entry in self.words:
            if entry.mandarin and entry.mandarin != entry.word:
                by_family.setdefault(family(entry.dialect), {})[entry.word] = entry.mandarin
        for dialect, table in by_family.items():
            self._rewriters[dialect] = PhraseTable(table)

    def markers(self, folded: str) -> list[tuple[str, dict[Dialect, float]]]:
        """Words of a folded text that tell a dialect, with their weights."""
        return [(word, self._markers[word]) for _, _, word in self._marker_table.find(folded)]

    def to_mandarin(self, folded: FoldedText, dialect: Dialect) -> FoldedText:
        """The text with the dialect's words replaced by Mandarin; offsets still lead to the original."""
        rewriter = self._rewriters.get(family(dialect))
        if rewriter is None:
            return folded
        hits = rewriter.find(folded.text)
        return folded.replaced(hits) if hits else folded


def load_lexicon(folder: Path, folder_spelling: Folder) -> Lexicon:
    """Read every lexicon file. Words are folded like the texts that they are looked for in.

    Raises:
        ContentError: a file is not of the form ``{dialect, words: [{word, mandarin, …}]}``.
    """
    words: list[Word] = []
    reading = Reading()
    for path, source in load_marked_folder(folder).items():
        listed: list[Any] = []
        with reading.at(path, source):
            dialect = Dialect(source.data["dialect"])
            listed = list(source.data["words"])
        for number, entry in enumerate(listed):
            with reading.at(path, source, "words", number):
                folded = folder_spelling.fold(sentence(entry["word"])).text
                mandarin = entry.get("mandarin")
                weight = entry.get("weight")
                words.append(
                    Word(
                        dialect=dialect,
                        word=folded,
                        mandarin=folder_spelling.fold(sentence(mandarin)).text if mandarin else None,
                        weight=_default_weight(folded, mandarin) if weight is None else float(weight),
                        verified=bool(entry.get("verified", False)),
                    )
                )
    if reading.faults:
        raise ContentError(sorted(reading.faults))
    return Lexicon(word for word in words if word.word)


def _default_weight(word: str, mandarin: str | None) -> float:
    """Longer words tell more; a word that means itself tells nothing; one common character little."""
    if mandarin is not None and mandarin == word:
        return 0.0
    if len(word) == 1:
        return 0.6 if is_hanzi(word) else 0.0
    return min(3.0, 0.6 * len(word))
