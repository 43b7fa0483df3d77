"""``hean scenarios walk``: every way through a scenario, in numbers and as a drawing."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

import typer

from bot.drills.assembly import build_drills
from bot.drills.drawing import draw
from bot.drills.engine import DrillEngine
from bot.drills.moves import Heard
from bot.drills.scenario import Move, Scenario
from bot.drills.spoken_time import longest_seconds
from bot.drills.walk import Walk, Way, walk
from server.commands.outcome import fail, readable_failures, settings_or_exit
from server.commands.scenarios.choosing import chosen
from server.staff_words import StaffWords


def walk_scenario(
    scenario: Annotated[str, typer.Argument(help="The id of a drill, or a file.")],
    svg: Annotated[Path | None, typer.Option(help="Draw the graph into this file.")] = None,
) -> None:
    """Walk every way through a drill: how many, where they end, shortest and longest, whether every phrase is heard."""
    data = settings_or_exit().bot.data_dir
    with readable_failures():
        drills = build_drills(data)
        words = StaffWords.load(data)
    drill = chosen(drills, words, scenario)
    for line in _told(drill, walk(drill), words):
        typer.echo(line)
    heard = list(_heard(drills.engine, drill))
    for phrase in heard:
        if phrase.taken is not phrase.meant:
            taken = words.say(f"move_{phrase.taken.value}") if phrase.taken else words.say("walk_nothing")
            typer.echo(
                words.say("walk_misheard", step=phrase.step, phrase=phrase.text, move=phrase.meant.value, heard=taken)
            )
    if svg is not None:
        try:
            svg.write_text(draw(drill, words.say), encoding="utf-8")
        except OSError as error:
            raise fail(words.say("not_written", path=svg, reason=error.strerror)) from error
        typer.echo(words.say("walk_drawn", path=svg))
    if any(phrase.taken is not phrase.meant for phrase in heard):
        raise typer.Exit(1)
    typer.echo(words.say("walk_heard", heard=len(heard)))


def _told(drill: Scenario, walked: Walk, words: StaffWords) -> Iterator[str]:
    yield words.say("walk_title", title=drill.title, id=drill.id)
    yield words.say("walk_steps", steps=len(drill.steps), moves=walked.moves, staying=walked.staying)
    ends = [
        words.say("walk_outcome", outcome=words.say(f"outcome_{outcome.value}"), count=count)
        for outcome, count in walked.ways.items()
    ]
    yield words.say("walk_ways", ways=walked.total, outcomes=words.listed(ends))
    yield words.say("walk_shortest", count=len(walked.shortest), way=_way(walked.shortest, words))
    yield words.say(
        "walk_longest",
        count=len(walked.longest),
        seconds=round(longest_seconds(drill)),
        way=_way(walked.longest, words),
    )


def _way(way: Way, words: StaffWords) -> str:
    made = [f"{edge.step} {words.say(f'move_{edge.move.value}')}" for edge in way]
    ends = [words.say(f"outcome_{edge.outcome.value}") for edge in way if edge.outcome]
    return " → ".join([*made, *ends])


@dataclass(frozen=True)
class _Phrase:
    step: str
    text: str
    meant: Move
    taken: Move | None


def _heard(engine: DrillEngine, drill: Scenario) -> Iterator[_Phrase]:
    """Every phrase at every step where it counts, said to the engine."""
    begun, _ = engine.begin(drill, "walk")
    for step in drill.steps:
        for move, expectation in drill.expectations(step).items():
            for phrase in expectation.phrases:
                _, answered = engine.advance(drill, begun.at(step.id), Heard(phrase))
                yield _Phrase(step.id, phrase, move, answered.move)
