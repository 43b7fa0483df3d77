"""``hean scenarios preview``: play a drill, in the terminal or on the page, without recording anything."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from pathlib import Path
from typing import Annotated

import httpx
import typer

from bot.content_tables import load_folder_tables
from bot.dialect.lexicon import load_lexicon
from bot.drills.assembly import Drills, build_drills
from bot.drills.moves import Heard
from bot.drills.scenario import Scenario
from bot.drills.state import DrillStep
from bot.identifiers import Dialect
from server.commands.outcome import fail, readable_failures, settings_or_exit
from server.commands.scenarios.choosing import chosen, is_file
from server.schemas.text import Text
from server.settings import Settings
from server.staff_words import StaffWords

_SECONDS = 10.0


def preview_scenario(
    scenario: Annotated[str, typer.Argument(help="The id of a drill, or a file, published or not.")],
    page: Annotated[bool, typer.Option("--page", help="Print the address of a page that plays it.")] = False,
    url: Annotated[str | None, typer.Option(help="The running server, for --page; the one of the settings.")] = None,
    dialect: Annotated[Dialect, typer.Option(help="What the cast and you speak.")] = Dialect.CMN,
    why: Annotated[bool, typer.Option("--why", help="Show what each answer is taken for.")] = False,
) -> None:
    """Play a drill to try it out. Nothing is recorded."""
    settings = settings_or_exit()
    with readable_failures():
        drills = build_drills(settings.bot.data_dir)
        words = StaffWords.load(settings.bot.data_dir)
        drill = chosen(drills, words, scenario)
        if page:
            _on_page(settings, words, scenario, url)
        else:
            _in_terminal(drills, words, drill, _mandarin(settings.bot.data_dir, dialect), dialect, why=why)


def _mandarin(data: Path, dialect: Dialect) -> Callable[[str], str]:
    """What words of a dialect mean, by the lexicon alone: no model has to be loaded for it."""
    folder = load_folder_tables(data)
    lexicon = load_lexicon(data / "dialects" / "lexicon", folder)
    return lambda text: lexicon.to_mandarin(folder.fold(text), dialect).text


def _on_page(settings: Settings, words: StaffWords, name: str, url: str | None) -> None:
    address = (url or f"http://{settings.http.host}:{settings.http.port}").rstrip("/")
    try:
        body = {"text": _text_of(name)} if is_file(name) else {"scenario_id": name}
        response = httpx.post(f"{address}/api/v1/previews", json=body, timeout=_SECONDS)
        answer = response.json()
        if response.status_code == 201:
            typer.echo(words.say("preview_page", address=address + answer["path"]))
            return
        for error in answer.get("errors") or []:
            typer.echo(f"{error['field']}: {error['detail']}", err=True)
    except (httpx.HTTPError, httpx.InvalidURL) as error:
        raise fail(words.say("preview_no_server", address=address)) from error
    except (ValueError, KeyError, TypeError, AttributeError) as error:  # something else answers there
        raise fail(words.say("preview_refused", address=address, status="?")) from error
    raise fail(words.say("preview_refused", address=address, status=response.status_code))


def _text_of(name: str) -> str:
    with open(name, encoding="utf-8") as file:  # it has just been read
        return file.read()


def _in_terminal(
    drills: Drills, words: StaffWords, drill: Scenario, mandarin: Callable[[str], str], dialect: Dialect, *, why: bool
) -> None:
    typer.echo(words.say("preview_note"), err=True)
    engine = drills.engine
    state, step = engine.begin(drill, uuid.uuid4().hex, dialect)
    _show(step)
    while state.running:
        try:
            said = _resolved(input("> ").strip(), step)
        except (EOFError, KeyboardInterrupt):
            state, step = engine.leave(drill, state)
            _show(step)
            return
        try:
            text = str(Text.validate(said))
        except ValueError:
            typer.echo(words.say("preview_bad_input"), err=True)
            continue
        state, step = engine.advance(drill, state, Heard(text, mandarin(text)))
        if why:
            move = words.say(f"move_{step.move.value}") if step.move else words.say("walk_nothing")
            typer.echo(words.say("preview_heard", move=move))
        _show(step)
    _debrief(step, words)


def _resolved(said: str, step: DrillStep) -> str:
    """The words of a button, when its number was typed."""
    if said.isascii() and said.isdigit() and 1 <= int(said[:3]) <= len(step.choices):
        return step.choices[int(said[:3]) - 1].text
    return said


def _show(step: DrillStep) -> None:
    for line in step.lines:
        typer.echo(line.text)
    if step.view.status == "running":
        typer.echo("  ".join(f"[{number} {choice.title}]" for number, choice in enumerate(step.choices, 1)))


def _debrief(step: DrillStep, words: StaffWords) -> None:
    if step.view.outcome is not None:
        typer.echo(words.say(f"outcome_{step.view.outcome.value}"))
    if step.view.score is not None:
        typer.echo(words.say("preview_score", score=step.view.score))
    for item in step.view.debrief:
        code = "preview_clue_noticed" if item.noticed else "preview_clue_missed"
        typer.echo(words.say(code, clue=item.clue, advice=item.advice))
