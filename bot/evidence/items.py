"""Evidence items as staff write them, and evidence as found in a text."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bot.evidence.patterns import compile_pattern, fold_pattern
from bot.identifiers import ScamType
from bot.yaml_marks import Source
from bot.yaml_source import ContentError, Reading, Wrong, load_marked_folder

STRENGTHS = ("none", "weak", "strong", "decisive")


@dataclass(frozen=True)
class EvidenceItem:
    """One kind of evidence. ``strength`` ``none`` marks context that is never shown as a red flag.

    What is not ``judged`` only changes what is said, never the verdict: whose story it is, which calls were made.
    """

    id: str
    group: str
    label: str
    strength: str
    types: Mapping[ScamType, int]
    patterns: tuple[str, ...]
    negatable: bool
    judged: bool = True


@dataclass(frozen=True)
class Evidence:
    """One piece of evidence in one text. ``start`` and ``end`` are offsets in the text as it was sent."""

    item: EvidenceItem
    text: str
    start: int
    end: int
    negated: bool = False
    hypothetical: bool = False

    @property
    def id(self) -> str:
        return self.item.id


def load_evidence(folder: Path, fold: Callable[[str], str]) -> tuple[EvidenceItem, ...]:
    """Read every evidence file of a folder; patterns are folded like the texts they are looked for in.

    Raises:
        ContentError: with every fault of every file.
    """
    items: list[EvidenceItem] = []
    reading = Reading()
    seen: set[str] = set()
    for path, source in load_marked_folder(folder).items():
        for number, entry in reading.items(path, source):
            with reading.at(path, source, number):
                item = _item(entry, fold)
                if item.id in seen:
                    raise Wrong(f"id {item.id} stands twice", "id_twice", id=item.id)
                seen.add(item.id)
                items.append(item)
            _check_patterns(reading, path, source, number, entry)
    if reading.faults:
        raise ContentError(sorted(reading.faults))
    return tuple(items)


def _check_patterns(reading: Reading, path: Path, source: Source, number: int, entry: Any) -> None:
    """A fault at each pattern that can't be read, not only at the first."""
    patterns = entry.get("patterns") if isinstance(entry, dict) else None
    for index, pattern in enumerate(patterns if isinstance(patterns, list) else ()):
        try:
            compile_pattern(str(pattern))
        except ValueError as error:
            where = (number, "patterns", index)
            reading.fault(path, source, where, f"{pattern}: {error}", "bad_pattern", pattern=pattern)


def _item(entry: dict[str, Any], fold: Callable[[str], str]) -> EvidenceItem:
    strength = entry.get("strength", "weak")
    if strength not in STRENGTHS:
        allowed = ", ".join(STRENGTHS)
        raise Wrong(f"strength {strength!r} is none of {allowed}", "bad_value", value=strength, allowed=allowed)
    patterns = tuple(dict.fromkeys(fold_pattern(str(pattern), fold) for pattern in entry["patterns"]))
    return EvidenceItem(
        id=str(entry["id"]),
        group=str(entry["group"]),
        label=str(entry.get("label", "")),
        strength=strength,
        types={ScamType(name): int(weight) for name, weight in (entry.get("types") or {}).items()},
        patterns=patterns,
        negatable=bool(entry.get("negatable", False)),
        judged=bool(entry.get("judged", True)),
    )
