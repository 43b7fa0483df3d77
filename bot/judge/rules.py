"""Rules over evidence, as staff write them in ``data/knowledge/rules``."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bot.identifiers import ScamType, Verdict
from bot.yaml_source import ContentError, Fault, load_folder

_GROUP_PREFIX = "group:"


@dataclass(frozen=True)
class Rule:
    """Fires when every ``all``, at least one ``any`` (if given) and no ``none`` is present.

    A name is an evidence id, or ``group:<group>`` for any evidence of that group. ``weight`` is 1 to 5.
    """

    id: str
    why: str
    verdict: Verdict
    type: ScamType | None
    weight: int
    all: tuple[str, ...] = ()
    any: tuple[str, ...] = ()
    none: tuple[str, ...] = ()

    def fires(self, present: Collection[str]) -> bool:
        """``present`` holds evidence ids and, prefixed, their groups."""
        return (
            all(name in present for name in self.all)
            and (not self.any or any(name in present for name in self.any))
            and not any(name in present for name in self.none)
        )

    def names(self) -> tuple[str, ...]:
        """Every evidence id or group the rule refers to."""
        return (*self.all, *self.any, *self.none)


def present_names(groups_by_id: Mapping[str, str]) -> frozenset[str]:
    """What :meth:`Rule.fires` takes: the ids and their groups."""
    return frozenset(groups_by_id) | {_GROUP_PREFIX + group for group in groups_by_id.values()}


def load_rules(folder: Path, known: Mapping[str, str]) -> tuple[Rule, ...]:
    """Read every rule file of a folder; ``known`` maps every evidence id to its group.

    Raises:
        ContentError: with every fault of every file, unknown evidence names among them.
    """
    names = present_names(known)
    rules: list[Rule] = []
    faults: list[Fault] = []
    for path, content in load_folder(folder).items():
        for entry in content or []:
            try:
                rule = _rule(entry)
                unknown = [name for name in rule.names() if name not in names]
                if unknown:
                    raise ValueError(f"no such evidence: {', '.join(unknown)}")
                if not rule.all and not rule.any:
                    raise ValueError("needs all or any")
                rules.append(rule)
            except (KeyError, TypeError, ValueError) as error:
                name = entry.get("id", "?") if isinstance(entry, dict) else "?"
                faults.append(Fault(path, 1, 1, f"{name}: {error}"))
    if faults:
        raise ContentError(faults)
    return tuple(rules)


def _rule(entry: Mapping[str, Any]) -> Rule:
    return Rule(
        id=str(entry["id"]),
        why=str(entry.get("why", "")),
        verdict=Verdict(entry["verdict"]),
        type=ScamType(entry["type"]) if entry.get("type") else None,
        weight=int(entry.get("weight", 3)),
        all=tuple(entry.get("all") or ()),
        any=tuple(entry.get("any") or ()),
        none=tuple(entry.get("none") or ()),
    )
