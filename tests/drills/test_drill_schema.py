"""The JSON Schema for editors: current, described throughout, and of one mind with the loader."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
import yaml
from jsonschema import Draft7Validator

from bot.drills.schema import load_words, scenario_schema, schema_text
from bot.yaml_source import ContentError

ROOT = Path(__file__).resolve().parents[2]
FILES = [*sorted((ROOT / "data" / "scenarios").glob("*.yml")), ROOT / "docs" / "drill-example.yml"]
WORDS = ROOT / "data" / "knowledge" / "scenario_fields.yml"


class AsText(yaml.SafeLoader):
    """Reads dates as text, as editors do."""


AsText.yaml_implicit_resolvers = {
    start: [pair for pair in pairs if not pair[0].endswith(":timestamp")]
    for start, pairs in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


@pytest.fixture(scope="module")
def schema() -> dict[str, Any]:
    return scenario_schema(load_words(WORDS))


@pytest.fixture(scope="module")
def validator(schema: dict[str, Any]) -> Draft7Validator:
    Draft7Validator.check_schema(schema)
    return Draft7Validator(schema)


def read(text: str) -> Any:
    return yaml.load(text, Loader=AsText)


def test_the_file_is_current_else_run_scenarios_schema() -> None:
    assert (ROOT / "data" / "scenario.schema.json").read_text(encoding="utf-8") == schema_text(load_words(WORDS))


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_every_scenario_is_accepted_and_names_its_schema(validator: Draft7Validator, path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert [error.message for error in validator.iter_errors(read(text))] == []
    line = re.match(r"# yaml-language-server: \$schema=(\S+)\n", text)
    assert line is not None and (path.parent / line[1]).resolve() == ROOT / "data" / "scenario.schema.json"


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("difficulty: 1 ", "dificulty: 1 "),
        ("difficulty: 1 ", "difficulty: 4 "),
        ("kind: scam", "kind: scamm"),
        ("channel: doorstep", "channel: letter"),
        ("      stall: {phrases: [我在烧菜", "      stal: {phrases: [我在烧菜"),
        ("phrases: [免费的，那你进来]", "phrase: [免费的，那你进来]"),
        ("  scammed: 这回", "  scamed: 这回"),
        ("outcome: reported}", "outcome: report}"),
        ("  - {id: seller, name: 门口的人, voice: man}", "  []"),
        ('lines: ["您好', 'lines: [5, "您好'),
        ("id: drill-example", "id: Drill Example"),
        ("kind: scam", "version: x\nkind: scam"),
    ],
)
def test_what_the_loader_refuses_is_marked_in_the_editor(validator: Draft7Validator, old: str, new: str) -> None:
    text = FILES[-1].read_text(encoding="utf-8")
    assert old in text and next(validator.iter_errors(read(text)), None) is None
    assert next(validator.iter_errors(read(text.replace(old, new, 1))), None) is not None


def test_everything_that_can_be_completed_is_described_in_chinese(schema: dict[str, Any]) -> None:
    chinese = re.compile(r"[一-鿿]")
    for name, place in {"Scenario": schema, **schema["definitions"]}.items():
        for key, inner in place.get("properties", {}).items():
            assert chinese.search(inner["description"]), (name, key)
            for member, value in inner.get("properties", {}).items():
                assert chinese.search(value["description"]), (name, key, member)
        for member in place.get("oneOf", []):
            assert chinese.search(member["description"]), (name, member)


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("  title:", "  titel:", "lacks title"),
        ("  title:", "  titel:", "means nothing"),
        ("Clue:", "Clues:", "missing: Clue"),
        ("  doorstep: 上门\n", "", "lacks doorstep"),
        ("Kind:\n  scam: 骗局\n  legitimate: 真的联系\n", "Kind: 5\n", "expected form"),
    ],
)
def test_descriptions_that_are_missing_or_too_many_are_faults(tmp_path: Path, old: str, new: str, said: str) -> None:
    text = WORDS.read_text(encoding="utf-8")
    assert old in text
    path = tmp_path / "fields.yml"
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(ContentError) as caught:
        load_words(path)
    assert any(said in fault.message for fault in caught.value.faults)
