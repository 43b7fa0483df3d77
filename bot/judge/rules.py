"""Rules over evidence, as staff write them in ``data/knowledge/rules``."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from bot import yaml_marks
from bot.identifiers import ScamType, Stage, Verdict
from bot.yaml_marks import Source
from bot.yaml_source import ContentError, Reading, Wrong, load_marked_folder

# The weight from which a rule, by itself, settles something.
SURE_RULE = 4
_GROUP_PREFIX = "group:"


@dataclass(frozen=True)
class Rule:
    """Fires when every ``all``, at least one ``any`` (if given) and no ``none`` is present.

    ``stage`` is how far it has gone, where that follows from what came together. A name is an evidence id, or
    ``group:<group>`` for any evidence of that group. ``weight`` is 1 to 5.
    """

    id: str
    why: str
    verdict: Verdict
    type: ScamType | None
    weight: int
    all: tuple[str, ...] = ()
    any: tuple[str, ...] = ()
    none: tuple[str, ...] = ()
    stage: Stage | None = None

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
    reading = Reading()
    for path, source in load_marked_folder(folder).items():
        for number, entry in reading.items(path, source):
            with reading.at(path, source, number):
                rule = _rule(entry)
                if not rule.all and not rule.any:
                    raise Wrong("needs all or any", "needs_all_or_any")
                rules.append(rule)
            for part in ("all", "any", "none"):
                check_evidence_names(reading, path, source, (number, part), names)
    if reading.faults:
        raise ContentError(sorted(reading.faults))
    return tuple(rules)


def check_evidence_names(
    reading: Reading, path: Path, source: Source, where: yaml_marks.Path, names: Collection[str]
) -> None:
    """A fault at each name at ``where``, one or a list, that is none of ``names``."""
    listed: Any = source.data
    for key in where:
        try:
            listed = listed[key]
        except (KeyError, IndexError, TypeError):
            return
    single = isinstance(listed, str)
    for index, name in enumerate([listed] if single else listed if isinstance(listed, list) else ()):
        if name not in names:
            near = get_close_matches(str(name), names, 1, 0.6)
            code, hint = ("unknown_evidence_near", near[0]) if near else ("unknown_evidence", "")
            message = f"no such evidence: {name}"
            at = where if single else (*where, index)
            reading.fault(path, source, at, message, code, name=name, near=hint)


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
        stage=Stage(entry["stage"]) if entry.get("stage") else None,
    )
