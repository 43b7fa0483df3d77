"""The spaCy pipeline: a blank Chinese tokenizer, a span ruler for phrases, a gap ruler, and context.

Words are single characters (spaCy's ``char`` segmenter), so a phrase is found wherever it stands, and character
offsets of a span are offsets in the text.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Any

import spacy
from spacy.language import Language
from spacy.pipeline import SpanRuler
from spacy.tokens import Doc, Span

from bot.evidence.context import ContextWords
from bot.evidence.items import Evidence, EvidenceItem
from bot.evidence.patterns import anchors, compile_pattern, phrases
from bot.fold import FoldedText

SPANS_KEY = "evidence"


class GapRuler:
    """Takes over from the span ruler for patterns with gaps, which a phrase matcher can't express."""

    def __init__(self, patterns: Iterable[tuple[str, str]]) -> None:
        """``patterns`` are pairs of an item's id and a pattern as staff write it."""
        self._patterns: list[tuple[str, tuple[str, ...], re.Pattern[str]]] = []
        # Which patterns are worth trying is told by two characters of a string that they require.
        self._by_start: dict[str, list[int]] = {}
        for item_id, pattern in patterns:
            required = anchors(pattern)
            for start in {anchor[:2] for anchor in required}:
                self._by_start.setdefault(start, []).append(len(self._patterns))
            self._patterns.append((item_id, required, re.compile(compile_pattern(pattern))))

    def __call__(self, doc: Doc) -> Doc:
        found = list(doc.spans.get(SPANS_KEY, []))
        text = doc.text
        for index in sorted(self._candidates(text)):
            item_id, required, regex = self._patterns[index]
            if not any(anchor in text for anchor in required):
                continue
            for match in regex.finditer(text):
                span = doc.char_span(match.start(), match.end(), label=item_id, alignment_mode="expand")
                if span is not None:
                    found.append(span)
        doc.spans[SPANS_KEY] = found
        return doc

    def _candidates(self, text: str) -> set[int]:
        starts = {text[i : i + 2] for i in range(len(text) - 1)}
        starts.update(text)
        return {index for start in starts for index in self._by_start.get(start, ())}


def build_language(items: Sequence[EvidenceItem]) -> Language:
    """A blank Chinese pipeline with a span ruler over every pattern that stands for phrases."""
    language = spacy.blank("zh", config={"nlp": {"tokenizer": {"segmenter": "char"}}})
    literal: list[dict[str, str | list[dict[str, Any]]]] = [
        {"label": item.id, "pattern": phrase}
        for item in items
        for pattern in item.patterns
        for phrase in phrases(pattern) or ()
        if phrase
    ]
    if not literal:
        return language
    ruler = language.add_pipe("span_ruler", config={"spans_key": SPANS_KEY, "annotate_ents": False})
    assert isinstance(ruler, SpanRuler)
    ruler.add_patterns(literal)
    return language


class EvidencePipeline:
    """Finds evidence in a folded text and in its Mandarin rendering."""

    def __init__(self, items: Sequence[EvidenceItem], context: ContextWords) -> None:
        self._context = context
        self._items = {item.id: item for item in items}
        self._language = build_language(items)
        self._gaps = GapRuler(
            (item.id, pattern) for item in items for pattern in item.patterns if phrases(pattern) is None
        )

    def find(self, *views: FoldedText) -> tuple[Evidence, ...]:
        """Evidence in any of several renderings of one text, one piece per item, earliest first.

        Of several hits of one item a plain one wins over a negated or hypothetical one.
        """
        best: dict[str, Evidence] = {}
        seen: set[str] = set()
        for view in views:
            if not view.text or view.text in seen:
                continue
            seen.add(view.text)
            doc = self._gaps(self._language(view.text))
            for span in doc.spans[SPANS_KEY]:
                piece = self._evidence(view, span)
                known = best.get(piece.id)
                if known is None or _rank(piece) < _rank(known):
                    best[piece.id] = piece
        found = [piece for piece in best.values() if not _is_part_of_a_deed(piece, best.values())]
        return tuple(sorted(found, key=lambda piece: (piece.start, piece.end)))

    def _evidence(self, view: FoldedText, span: Span) -> Evidence:
        item = self._items[span.label_]
        start, end = view.span(span.start_char, span.end_char)
        return Evidence(
            item=item,
            text=view.original[start:end],
            start=start,
            end=end,
            # Of a deed only the nearest word tells: "从没听说过这种事把钱转了" is no denial.
            negated=item.negatable and self._context.negates(view.text, span.start_char, far=item.group != "actions"),
            hypothetical=item.negatable and self._not_yet(item, view.text, span.start_char, span.end_char),
        )

    def _not_yet(self, item: EvidenceItem, text: str, start: int, end: int) -> bool:
        if self._context.supposes(text, start, end):
            return True
        return item.group == "actions" and self._context.demands(text, start, end)


def _is_part_of_a_deed(piece: Evidence, others: Iterable[Evidence]) -> bool:
    """Whether the same words say more exactly what was done: "(卡)我已经给他了" gave the card away, not money."""
    if piece.item.group != "actions":
        return False
    return any(
        other.item.group == "actions" and other.end == piece.end and other.start < piece.start and not other.negated
        for other in others
        if other is not piece and other.item.types and not piece.item.types
    )


def _rank(piece: Evidence) -> tuple[bool, bool, int]:
    return (piece.negated, piece.hypothetical, piece.start)
