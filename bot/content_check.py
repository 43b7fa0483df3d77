"""Everything that is wrong with the content, found without building or training anything."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TypeVar

from bot.content_tables import load_folder_tables, load_homophones, load_sentences
from bot.danger import load_danger_words
from bot.dialect.lexicon import load_lexicon
from bot.drills.assembly import build_drills
from bot.drills.move_model import load_move_examples
from bot.evidence.context import load_context_words
from bot.evidence.items import load_evidence
from bot.fault_sentences import FaultSentences
from bot.fold import Folder
from bot.judge.deeds import load_deed_words
from bot.judge.examples import load_examples, load_stage_examples, load_talk
from bot.judge.rules import load_rules
from bot.judge.thresholds import load_thresholds
from bot.knowledge import load_knowledge
from bot.knowledge_checks import check_evidence_named
from bot.welcome import load_words
from bot.yaml_source import ContentError, Fault

T = TypeVar("T")


class _Gathering:
    def __init__(self) -> None:
        self.faults: list[Fault] = []

    def of(self, load: Callable[[], T]) -> T | None:
        """What ``load`` gives; ``None``, and its faults kept, when it can't."""
        try:
            return load()
        except ContentError as error:
            self.faults.extend(error.faults)
            return None


def content_faults(data: Path, *, evidence_groups: Mapping[str, str] | None = None) -> tuple[Fault, ...]:
    """Every fault of the files of ``data`` that the conversation is made of, scenarios too, as staff read them.

    With ``evidence_groups`` (id → group) only texts, rules and thresholds are looked at, in a fraction of the time:
    evidence, dialects, examples and scenarios are known to be as they were.
    """
    knowledge = data / "knowledge"
    found = _Gathering()
    found.of(lambda: load_knowledge(data))
    found.of(lambda: load_words(data))
    found.of(lambda: load_thresholds(knowledge / "judge.yml"))
    found.of(lambda: load_context_words(knowledge / "negation.yml"))
    found.of(lambda: load_deed_words(knowledge / "deeds.yml"))
    found.of(lambda: load_homophones(knowledge / "homophones.yml"))
    found.of(lambda: load_danger_words(knowledge / "danger.yml"))
    if evidence_groups is not None:
        known = evidence_groups
        found.of(lambda: load_rules(knowledge / "rules", known))
        found.of(lambda: check_evidence_named(knowledge, known))
        found.of(lambda: build_drills(data))
        return FaultSentences.of(data).said(found.faults)
    items = found.of(lambda: load_evidence(knowledge / "evidence", lambda text: text))
    if items is not None:  # else every rule would be wrong for want of what it names
        groups = {item.id: item.group for item in items}
        found.of(lambda: load_rules(knowledge / "rules", groups))
        found.of(lambda: check_evidence_named(knowledge, groups))
    folder = found.of(lambda: load_folder_tables(data)) or Folder({})
    found.of(lambda: load_lexicon(data / "dialects" / "lexicon", folder))
    found.of(lambda: load_sentences(data, folder))
    found.faults += example_faults(data)
    drills = found.of(lambda: build_drills(data))
    if drills is not None:
        found.faults += drills.catalog.faults()
    return FaultSentences.of(data).said(found.faults)


def example_faults(data: Path) -> list[Fault]:
    """What is wrong with the texts that the risk classifier learns from."""
    found = _Gathering()
    found.of(lambda: load_examples(data / "examples"))
    found.of(lambda: load_stage_examples(data / "examples"))
    found.of(lambda: load_move_examples(data / "examples"))
    found.of(lambda: load_talk(data / "nlu"))
    return found.faults
