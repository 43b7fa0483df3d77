"""The evidence and the rules that staff write hold what the judge relies on: ids, names, labels, patterns."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from bot.evidence.patterns import GAP, compile_pattern
from bot.identifiers import ScamType, Verdict
from bot.yaml_source import load_folder

KNOWLEDGE = Path(__file__).resolve().parents[2] / "data" / "knowledge"
EVIDENCE: dict[str, list[dict[str, Any]]] = {
    path.stem: content for path, content in load_folder(KNOWLEDGE / "evidence").items()
}
RULES: dict[str, list[dict[str, Any]]] = {
    path.stem: content for path, content in load_folder(KNOWLEDGE / "rules").items()
}
ITEMS = [item for content in EVIDENCE.values() for item in content]
PATTERNS = [(item["id"], pattern) for item in ITEMS for pattern in item["patterns"]]
TYPES = {scam.value for scam in ScamType}
GROUP = re.compile(r"\[([^\[\]]*)\](\??)")


def shortest(pattern: str) -> int:
    """How many characters the pattern's shortest match has."""
    length = sum(min(map(len, group.split("|"))) for group, optional in GROUP.findall(pattern) if not optional)
    return length + len(GROUP.sub("", pattern).replace(GAP, ""))


def test_there_is_enough_of_it() -> None:
    assert len(ITEMS) >= 250
    assert sum(map(len, RULES.values())) >= 150


def test_evidence_ids_are_unique_and_snake_case() -> None:
    counts = Counter(item["id"] for item in ITEMS)
    assert [name for name, count in counts.items() if count > 1] == []
    assert [name for name in counts if not re.fullmatch(r"[a-z][a-z0-9]*(_[a-z0-9]+)*", name)] == []


def test_each_file_holds_one_group() -> None:
    assert [(stem, item["id"]) for stem, content in EVIDENCE.items() for item in content if item["group"] != stem] == []


def test_items_have_only_known_fields() -> None:
    known = {"id", "group", "label", "strength", "types", "negatable", "judged", "patterns"}
    assert [item["id"] for item in ITEMS if set(item) - known] == []


def test_labels_fit_the_screen() -> None:
    assert [item["label"] for item in ITEMS if not 1 <= len(item["label"]) <= 16] == []


def test_strengths_are_known_and_context_is_never_a_red_flag() -> None:
    assert {item["strength"] for item in ITEMS} <= {"none", "weak", "strong", "decisive"}
    assert [item["id"] for item in ITEMS if item["group"] == "context" and item["strength"] != "none"] == []


def test_types_are_known_and_weighed_from_one_to_five() -> None:
    wrong = [
        (item["id"], name)
        for item in ITEMS
        for name, weight in item["types"].items()
        if name not in TYPES or weight not in range(1, 6)
    ]
    assert wrong == []


def test_every_scam_type_has_evidence_and_rules() -> None:
    assert {name for item in ITEMS for name in item["types"]} == TYPES
    assert {rule["type"] for rules in RULES.values() for rule in rules if rule.get("type")} == TYPES
    assert set(RULES) == TYPES | {"legitimate"}


def test_patterns_compile_as_written() -> None:
    faults = []
    for name, pattern in PATTERNS:
        assert isinstance(pattern, str), name
        try:
            re.compile(compile_pattern(pattern))
        except (ValueError, re.error) as error:
            faults.append((name, pattern, str(error)))
    assert faults == []


def test_no_pattern_matches_a_single_character() -> None:
    assert [(name, pattern) for name, pattern in PATTERNS if shortest(pattern) < 2 and pattern != "【…】"] == []


def test_patterns_have_no_empty_alternative_and_no_idle_gap_at_an_end() -> None:
    idle = [
        (name, pattern)
        for name, pattern in PATTERNS
        if any("" in group.split("|") for group, _ in GROUP.findall(pattern)) or pattern.strip(GAP) != pattern
    ]
    assert idle == []


def test_patterns_are_written_in_lower_case_and_half_width() -> None:
    assert [(name, pattern) for name, pattern in PATTERNS if re.search(r"[A-ZＡ-Ｚａ-ｚ０-９]", pattern)] == []


def test_no_pattern_stands_twice_in_an_item() -> None:
    assert [item["id"] for item in ITEMS if len(set(item["patterns"])) < len(item["patterns"])] == []


def test_rule_ids_are_unique() -> None:
    counts = Counter(rule["id"] for rules in RULES.values() for rule in rules)
    assert [name for name, count in counts.items() if count > 1] == []


@pytest.mark.parametrize("stem", sorted(RULES))
def test_rules_refer_to_evidence_that_exists(stem: str) -> None:
    known = {item["id"] for item in ITEMS} | {f"group:{group}" for group in EVIDENCE}
    unknown = [
        (rule["id"], name)
        for rule in RULES[stem]
        for field in ("all", "any", "none")
        for name in rule.get(field, [])
        if name not in known
    ]
    assert unknown == []


@pytest.mark.parametrize("stem", sorted(RULES))
def test_rules_are_complete(stem: str) -> None:
    verdicts = {verdict.value for verdict in Verdict}
    for rule in RULES[stem]:
        assert rule["verdict"] in verdicts, rule["id"]
        assert rule["weight"] in range(1, 6), rule["id"]
        assert 1 <= len(rule["why"]) <= 25, rule["id"]
        assert rule.get("all") or rule.get("any"), rule["id"]
        required = set(rule.get("all", [])) | set(rule.get("any", []))
        assert not required & set(rule.get("none", [])), f"{rule['id']} wants and forbids the same"
        if rule["verdict"] == "clear":
            assert stem == "legitimate" and rule.get("type") is None, rule["id"]
        else:
            assert rule.get("type") in {None, *TYPES}, rule["id"]  # without one, the words decide which


def test_no_rule_says_scam_on_weak_evidence_alone() -> None:
    """One hint that honest people give too must not be enough, whatever else is absent."""
    strength = {item["id"]: item["strength"] for item in ITEMS}
    alone = [
        rule["id"]
        for rules in RULES.values()
        for rule in rules
        if rule["verdict"] == "scam"
        and len(rule.get("all", [])) + bool(rule.get("any")) == 1
        and any(strength[name] in ("weak", "none") for name in (*rule.get("all", []), *rule.get("any", [])))
    ]
    assert alone == []
