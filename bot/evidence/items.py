"""Evidence items as staff write them, and evidence as found in a text."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bot.evidence.patterns import compile_pattern, fold_pattern
from bot.identifiers import ScamType
from bot.yaml_source import ContentError, Fault, load_folder

STRENGTHS = ("none", "weak", "strong", "decisive")


@dataclass(frozen=True)
class EvidenceItem:
    """One kind of evidence. ``strength`` ``none`` marks context that is never shown as a red flag."""

    id: str
    group: str
    label: str
    strength: str
    types: Mapping[ScamType, int]
    patterns: tuple[str, ...]
    negatable: bool


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
    faults: list[Fault] = []
    seen: set[str] = set()
    for path, content in load_folder(folder).items():
        for entry in content or []:
            try:
                item = _item(entry, fold)
                if item.id in seen:
                    raise ValueError(f"id {item.id} stands twice")
                seen.add(item.id)
                items.append(item)
            except (KeyError, TypeError, ValueError) as error:
                name = entry.get("id", "?") if isinstance(entry, dict) else "?"
                faults.append(Fault(path, 1, 1, f"{name}: {error}"))
    if faults:
        raise ContentError(faults)
    return tuple(items)


def _item(entry: dict[str, Any], fold: Callable[[str], str]) -> EvidenceItem:
    strength = entry.get("strength", "weak")
    if strength not in STRENGTHS:
        raise ValueError(f"strength {strength!r} is none of {', '.join(STRENGTHS)}")
    patterns = tuple(dict.fromkeys(fold_pattern(str(pattern), fold) for pattern in entry["patterns"]))
    for pattern in patterns:
        compile_pattern(pattern)
    return EvidenceItem(
        id=str(entry["id"]),
        group=str(entry["group"]),
        label=str(entry.get("label", "")),
        strength=strength,
        types={ScamType(name): int(weight) for name, weight in (entry.get("types") or {}).items()},
        patterns=patterns,
        negatable=bool(entry.get("negatable", False)),
    )
