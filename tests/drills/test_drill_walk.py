"""Walking a scenario: the counts are those of trying every way, and the drawing shows all of it."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from xml.etree import ElementTree as Xml

import pytest

from bot.drills.assembly import Drills
from bot.drills.drawing import draw
from bot.drills.graph import Edge, edges
from bot.drills.scenario import Move, Scenario
from bot.drills.walk import walk
from bot.identifiers import DrillOutcome
from server.staff_words import StaffWords

FILES = sorted((Path(__file__).resolve().parents[2] / "data" / "scenarios").glob("*.yml"))
SVG = "{http://www.w3.org/2000/svg}"


def load(drills: Drills, path: Path) -> Scenario:
    scenario = drills.loader.load_file(path).scenario
    assert scenario is not None
    return scenario


def every_way(scenario: Scenario) -> list[list[Edge]]:
    """All ways, one after the other, without any cleverness."""
    found: list[list[Edge]] = []
    todo: list[tuple[list[Edge], list[str]]] = [([], [scenario.steps[0].id])]
    while todo:
        way, been = todo.pop()
        for edge in edges(scenario):
            if edge.step != been[-1]:
                continue
            if edge.outcome is not None:
                found.append([*way, edge])
            elif edge.target is not None and edge.target not in been:
                todo.append(([*way, edge], [*been, edge.target]))
    return found


@pytest.mark.parametrize("path", FILES[::4], ids=lambda path: path.stem)
def test_counts_and_lengths_are_those_of_trying_every_way(drills: Drills, path: Path) -> None:
    scenario = load(drills, path)
    ways = every_way(scenario)
    walked = walk(scenario)
    assert walked.total == len(ways)
    assert walked.ways == Counter(way[-1].outcome for way in ways)
    assert len(walked.longest) == max(map(len, ways)) and list(walked.longest) in ways
    assert len(walked.shortest) == min(map(len, ways)) and list(walked.shortest) in ways
    for outcome, way in walked.to_outcome.items():
        assert len(way) == min(len(other) for other in ways if other[-1].outcome is outcome)
    assert walked.unreached == ()


def test_going_back_and_staying_are_no_ways_of_their_own(drills: Drills) -> None:
    text = (Path(__file__).resolve().parents[2] / "docs" / "drill-example.yml").read_text(encoding="utf-8")
    back = text.replace("reply: [放一百个心，我还能跑了不成。], next: last", "reply: [放心。], next: test", 1)
    back = back.replace("reply: [等他回来就没名额了。], next: sell", "reply: [等他回来就没名额了。]", 1)
    assert back != text
    scenario = drills.loader.load_text(back, Path("drill-example.yml")).scenario
    assert scenario is not None
    ways, walked = every_way(scenario), walk(scenario)
    assert (walked.total, len(walked.longest)) == (len(ways), max(map(len, ways)))
    assert walked.staying == 1


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_the_drawing_shows_every_step_and_ending_within_its_frame(drills: Drills, path: Path, data_dir: Path) -> None:
    words = StaffWords.load(data_dir)
    scenario = load(drills, path)
    root = Xml.fromstring(draw(scenario, words.say))
    width, height = float(root.attrib["width"]), float(root.attrib["height"])
    texts = [text.text or "" for text in root.iter(f"{SVG}text")]
    for number, step in enumerate(scenario.steps, 1):
        assert f"{number}  {step.id}" in texts
    everything = "".join(texts)
    for edge in edges(scenario):
        assert words.say(f"move_{edge.move.value}") in everything
        if edge.outcome is not None:
            assert words.say(f"outcome_{edge.outcome.value}") in everything
    boxes = [rect.attrib for rect in root.iter(f"{SVG}rect") if rect.attrib["width"] != "100%"]
    shown = [tuple(float(box[name]) for name in ("x", "y", "width", "height")) for box in boxes]
    for left, top, wide, high in shown:
        assert left >= 0 and top >= 0 and left + wide <= width and top + high <= height
    framed = [box for box, rect in zip(shown, boxes, strict=True) if rect["stroke"] != "none"]
    for index, (left, top, wide, high) in enumerate(framed):
        for other_left, other_top, other_wide, other_high in framed[:index]:
            apart = left >= other_left + other_wide or other_left >= left + wide
            assert apart or top >= other_top + other_high or other_top >= top + high, "two boxes lie on each other"


def test_everything_drawn_has_a_name_for_staff(data_dir: Path) -> None:
    words = StaffWords.load(data_dir)
    codes = [*(f"move_{move.value}" for move in Move), *(f"outcome_{outcome.value}" for outcome in DrillOutcome)]
    assert [code for code in (*codes, "stay", "everywhere", "comma", "semicolon") if words.say(code) == code] == []
