"""A scenario drawn as a graph: steps from top to bottom, what ends it beside them, arrows with the moves."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from xml.etree import ElementTree as Xml

from bot.drills.graph import edges
from bot.drills.scenario import Move, Scenario, Step
from bot.identifiers import DrillOutcome

Say = Callable[[str], str]
_BOX, _CHIP, _BETWEEN = 440, 330, 28
_LANE = _BOX + _BETWEEN + _CHIP + 60
_ARROW = 96
_MARGIN, _DETOUR = 48, 160
_FONT, _SMALL = 20, 18
_CHARACTERS = 19  # a line of a box
_HANGING = "，。、；：？！”）"
_COLOURS = {
    DrillOutcome.REPORTED: "#1d7a46",
    DrillOutcome.TRUSTED: "#1d7a46",
    DrillOutcome.SCAMMED: "#b3261e",
    DrillOutcome.MISREPORTED: "#9a5b00",
    DrillOutcome.QUIT: "#5b6470",
}
_INK, _QUIET, _LINE, _PAPER = "#1c2733", "#5b6470", "#40566e", "#eef3f8"
_STYLE = "font-family: 'Noto Sans CJK SC','Noto Sans SC','Source Han Sans SC','Microsoft YaHei',sans-serif"


@dataclass(frozen=True)
class _Ending:
    """What ends, or stays at, a step: the moves and where they lead (``None`` stays)."""

    moves: tuple[Move, ...]
    outcome: DrillOutcome | None


@dataclass(frozen=True)
class _Box:
    step: Step
    number: int
    left: float
    top: float
    height: float
    text: tuple[str, ...]
    endings: tuple[_Ending, ...]

    @property
    def middle(self) -> float:
        return self.left + _BOX / 2

    @property
    def bottom(self) -> float:
        return self.top + self.height


def draw(scenario: Scenario, say: Say) -> str:
    """The drawing as SVG. ``say`` gives the label of ``move_pay``, ``outcome_scammed``, ``stay``, ``everywhere``."""
    ranks = _ranks(scenario)
    # Arrows that go past a row, or back, run on the left of everything.
    between = _between(scenario)
    lanes = _lanes([pair for pair in between if ranks[pair[1]] - ranks[pair[0]] != 1], ranks)
    left = _MARGIN + _DETOUR * (1 + max(lanes.values(), default=-1))
    boxes, width, bottom = _placed(scenario, ranks, left, say)
    svg = Xml.Element(
        "svg", xmlns="http://www.w3.org/2000/svg", viewBox=f"0 0 {width:.0f} {bottom:.0f}", style=_STYLE, role="img"
    )
    svg.set("width", f"{width:.0f}")
    svg.set("height", f"{bottom:.0f}")
    Xml.SubElement(svg, "title").text = scenario.title
    marker = Xml.SubElement(
        Xml.SubElement(svg, "defs"), "marker", id="tip", viewBox="0 0 10 10", refX="9", refY="5", orient="auto"
    )
    marker.set("markerWidth", "9")
    marker.set("markerHeight", "9")
    Xml.SubElement(marker, "path", d="M0 0 L10 5 L0 10 z", fill=_LINE)
    Xml.SubElement(svg, "rect", width="100%", height="100%", fill="#ffffff")
    _text(svg, _MARGIN, 58, scenario.title, size=30, weight="700")
    _text(svg, _MARGIN, 92, _everywhere(scenario, say), size=_SMALL, fill=_QUIET)
    for (source, target), moves in between.items():
        label = _listed(moves, say)
        if (source, target) in lanes:
            _detour(svg, boxes[source], boxes[target], left - _DETOUR * (0.5 + lanes[source, target]), label)
        else:
            _arrow(svg, boxes[source], boxes[target], label)
    for box in boxes.values():
        _draw_box(svg, box, say)
    Xml.indent(svg)
    return Xml.tostring(svg, encoding="unicode") + "\n"


def _ranks(scenario: Scenario) -> dict[str, int]:
    """The row of each step: one below the lowest of those that lead to it, whatever leads back left aside."""
    order = [step.id for step in scenario.steps]
    ranks = dict.fromkeys(order, 0)
    for step_id in order:  # the order of the file is the order of the play; an arrow up is one that leads back
        for edge in edges(scenario):
            if edge.step == step_id and edge.target in ranks and order.index(edge.target) > order.index(step_id):
                ranks[edge.target] = max(ranks[edge.target], ranks[step_id] + 1)
    return ranks


def _lanes(detours: list[tuple[str, str]], ranks: dict[str, int]) -> dict[tuple[str, str], int]:
    """Which lane each takes, from the boxes outwards: the first in which no other runs beside it."""
    taken: dict[tuple[str, str], int] = {}
    for pair in sorted(detours, key=lambda item: abs(ranks[item[1]] - ranks[item[0]])):
        low, high = sorted(ranks[step] for step in pair)
        beside = {
            lane
            for other, lane in taken.items()
            if low <= max(ranks[step] for step in other) and min(ranks[step] for step in other) <= high
        }
        taken[pair] = next(lane for lane in range(len(detours)) if lane not in beside)
    return taken


def _between(scenario: Scenario) -> dict[tuple[str, str], list[Move]]:
    """Moves by where they lead from and to. Those that count everywhere are told once, not drawn at every step."""
    result: dict[tuple[str, str], list[Move]] = {}
    for step in scenario.steps:
        for move, expectation in step.expects.items():
            if expectation.next is not None and expectation.next != step.id:
                result.setdefault((step.id, expectation.next), []).append(move)
    return result


def _endings(step: Step) -> tuple[_Ending, ...]:
    grouped: dict[DrillOutcome | None, list[Move]] = {}
    for move, expectation in step.expects.items():
        if expectation.next in (None, step.id):
            grouped.setdefault(expectation.outcome, []).append(move)
    order = [*DrillOutcome, None]
    return tuple(_Ending(tuple(grouped[outcome]), outcome) for outcome in order if outcome in grouped)


def _placed(scenario: Scenario, ranks: dict[str, int], left: float, say: Say) -> tuple[dict[str, _Box], float, float]:
    """The boxes, the width of all and where the last row ends."""
    boxes: dict[str, _Box] = {}
    top = 128.0
    widest = 1
    for rank in range(max(ranks.values()) + 1):
        row = [step for step in scenario.steps if ranks[step.id] == rank]
        widest = max(widest, len(row))
        lowest = top
        for place, step in enumerate(row):
            text = tuple(_wrapped("".join(line.text for line in step.lines), 4))
            endings = _endings(step)
            height = max(56 + 28 * len(text), sum(_chip_height(ending, say) + 10 for ending in endings))
            number = scenario.steps.index(step) + 1
            boxes[step.id] = _Box(step, number, left + place * _LANE, top, height, text, endings)
            lowest = max(lowest, top + height)
        top = lowest + _ARROW
    return boxes, left + widest * _LANE - 60 + _MARGIN, top - _ARROW + _MARGIN


def _draw_box(svg: Xml.Element, box: _Box, say: Say) -> None:
    _rect(svg, box.left, box.top, _BOX, box.height, fill=_PAPER, stroke=_LINE)
    _text(svg, box.left + 18, box.top + 34, f"{box.number}  {box.step.id}", size=_FONT, weight="700")
    for number, line in enumerate(box.text):
        _text(svg, box.left + 18, box.top + 66 + 28 * number, line, size=_FONT)
    top = box.top
    for ending in box.endings:
        left = box.left + _BOX + _BETWEEN
        colour = _COLOURS[ending.outcome] if ending.outcome else _QUIET
        height = _chip_height(ending, say)
        line = f"M{left - _BETWEEN:.0f} {top + height / 2:.0f} H{left:.0f}"
        Xml.SubElement(svg, "path", d=line, stroke=colour, fill="none", attrib={"stroke-width": "2.5"})
        _rect(svg, left, top, _CHIP, height, fill="#ffffff", stroke=colour)
        target = say(f"outcome_{ending.outcome.value}") if ending.outcome else say("stay")
        _text(svg, left + 14, top + 28, target, size=_FONT, weight="700", fill=colour)
        for number, words in enumerate(_chip_lines(ending, say)):
            _text(svg, left + 14, top + 56 + 24 * number, words, size=_SMALL)
        top += height + 10


def _chip_lines(ending: _Ending, say: Say) -> list[str]:
    return _wrapped(_listed(ending.moves, say), 3, characters=_CHIP // _SMALL - 2)


def _chip_height(ending: _Ending, say: Say) -> float:
    return 44 + 24 * len(_chip_lines(ending, say))


def _arrow(svg: Xml.Element, source: _Box, target: _Box, label: str) -> None:
    begin, end = source.bottom, target.top
    half = (begin + end) / 2
    path = f"M{source.middle:.0f} {begin:.0f} C{source.middle:.0f} {half:.0f} {target.middle:.0f} {half:.0f}"
    _path(svg, f"{path} {target.middle:.0f} {end - 2:.0f}")
    _label(svg, (source.middle + target.middle) / 2, (target.top - _ARROW + target.top) / 2, label)


def _detour(svg: Xml.Element, source: _Box, target: _Box, lane: float, label: str) -> None:
    """From the left edge of one box along a lane to the left edge of the other."""
    begin, end = source.top + source.height * 0.7, target.top + target.height * 0.3
    _path(svg, f"M{source.left:.0f} {begin:.0f} H{lane:.0f} V{end:.0f} H{target.left - 2:.0f}")
    for number, words in enumerate(_wrapped(label, 5, characters=7)):
        _label(svg, lane, (source.bottom + 30 if end > begin else source.top - 60) + 30 * number, words)


def _path(svg: Xml.Element, line: str) -> None:
    attributes = {"stroke-width": "2.5", "marker-end": "url(#tip)", "stroke-linejoin": "round"}
    Xml.SubElement(svg, "path", d=line, stroke=_LINE, fill="none", attrib=attributes)


def _label(svg: Xml.Element, middle: float, centre: float, words: str) -> None:
    width = len(words) * _SMALL + 20
    _rect(svg, middle - width / 2, centre - 15, width, 30, fill="#ffffff", stroke="none")
    _text(svg, middle, centre + 6, words, size=_SMALL, anchor="middle")


def _everywhere(scenario: Scenario, say: Say) -> str:
    grouped: dict[str, list[Move]] = {}
    for move, expectation in scenario.anywhere.items():
        if expectation.outcome is not None:
            target = say(f"outcome_{expectation.outcome.value}")
        else:
            target = expectation.next or say("stay")
        grouped.setdefault(target, []).append(move)
    parts = [f"{_listed(moves, say)} → {target}" for target, moves in grouped.items()]
    return f"{say('everywhere')}{say('semicolon').join(parts)}" if parts else ""


def _listed(moves: Iterable[Move], say: Say) -> str:
    return say("comma").join(say(f"move_{move.value}") for move in moves)


def _wrapped(text: str, most: int, characters: int = _CHARACTERS) -> list[str]:
    """Lines of that many characters; what does not fit ends in dots."""
    lines: list[str] = []
    for character in text:
        # No line begins with a full stop or comma: it hangs over the end of the one before.
        if not lines or (len(lines[-1]) >= characters and character not in _HANGING):
            lines.append("")
        lines[-1] += character
    return lines if len(lines) <= most else [*lines[: most - 1], lines[most - 1][:-1] + "…"]


def _rect(svg: Xml.Element, left: float, top: float, width: float, height: float, *, fill: str, stroke: str) -> None:
    box = {"x": f"{left:.0f}", "y": f"{top:.0f}", "width": f"{width:.0f}", "height": f"{height:.0f}"}
    Xml.SubElement(svg, "rect", rx="10", fill=fill, stroke=stroke, attrib={**box, "stroke-width": "2"})


def _text(
    svg: Xml.Element,
    left: float,
    base: float,
    words: str,
    *,
    size: int,
    weight: str = "400",
    fill: str = _INK,
    anchor: str = "start",
) -> None:
    attributes = {"font-size": str(size), "font-weight": weight, "text-anchor": anchor}
    place = Xml.SubElement(svg, "text", x=f"{left:.0f}", y=f"{base:.0f}", fill=fill, attrib=attributes)
    place.text = words
