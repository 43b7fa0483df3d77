"""``hean scenarios plan``: what somebody may practise next."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from bot.drills.practice import PastRun, plan
from bot.practice.cards import CardsUnavailable, UnknownCard
from bot.practice.numbers import NotACardNumber, WrongCheckDigit
from server.commands.outcome import fail, readable_failures, settings_or_exit
from server.staff_words import StaffWords


def show_plan(
    card: Annotated[str | None, typer.Option(help="Number of a practice card; without it, for a first-timer.")] = None,
    forget: Annotated[bool, typer.Option("--forget", help="Delete the card and what was practised with it.")] = False,
) -> None:
    """Show what may be practised next with a card, or by somebody who has never practised."""
    from bot.drills.assembly import build_drills
    from bot.practice.words import load_practice_words
    from server.assembly import build_default_cards
    from server.practice.store import utc_today

    settings = settings_or_exit()
    with readable_failures():
        staff = StaffWords.load(settings.bot.data_dir)
        words = load_practice_words(settings.bot.data_dir)
        published = build_drills(settings.bot.data_dir).catalog.all()
    if forget and card is None:
        raise fail(staff.say("plan_forget_which"))
    history: list[PastRun] = []
    if card is not None:
        cards = build_default_cards(settings)
        with _readable_cards(staff):
            found = cards.find(card)
            history = cards.history(found)
            if forget:
                cards.forget(found)
    if forget:
        typer.echo(staff.say("plan_forgotten"))
        return
    typer.echo(staff.say("plan_first") if card is None else staff.say("plan_card", runs=len(history)))
    proposals = plan(history, published, utc_today())
    if not proposals:
        typer.echo(staff.say("plan_nothing"))
        return
    table = Table(*(staff.say(f"plan_{column}") for column in ("number", "title", "id", "kind", "level", "reason")))
    for number, proposal in enumerate(proposals, 1):
        drill = proposal.scenario
        kind = staff.say(f"plan_{drill.kind.value}")
        table.add_row(str(number), drill.title, drill.id, kind, str(drill.difficulty), words.because(proposal))
    console = Console()
    Console(width=None if console.is_terminal else 200).print(table)


@contextmanager
def _readable_cards(staff: StaffWords) -> Iterator[None]:
    """End with what is wrong with a card's number, or with the cards."""
    try:
        yield
    except NotACardNumber as error:
        raise fail(staff.say("plan_not_nine")) from error
    except WrongCheckDigit as error:
        raise fail(staff.say("plan_mistyped")) from error
    except UnknownCard as error:
        raise fail(staff.say("plan_unknown")) from error
    except CardsUnavailable as error:
        raise fail(staff.say("plan_unavailable", reason=error)) from error
