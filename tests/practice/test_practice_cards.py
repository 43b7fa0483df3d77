"""Cards: the number is kept nowhere, runs come back, what is unused goes, and a bad disk is said so."""

from __future__ import annotations

import sqlite3
import stat
from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, timedelta, timezone
from pathlib import Path

import pytest

from bot.drills.practice import PastRun
from bot.identifiers import Dialect, DrillOutcome
from bot.practice.cards import CardsUnavailable, TooManyTries, UnknownCard
from bot.practice.numbers import NotACardNumber, WrongCheckDigit, check_digit, shown
from bot.redact import redact
from bot.turn import Answer, DialectGuess, IntentGuess, Practised, Reply, Turn
from server.practice.store import CardStore
from server.practice.tries import Tries
from server.records import Records

TODAY = date(2026, 11, 26)
Store = Callable[..., CardStore]


def other(number: str) -> str:
    """A number of the right form that is not this one."""
    digits = f"{(int(number[:8]) + 1) % 10**8:08d}"
    return digits + str(check_digit(digits))


def practise(path: Path, card: str, day: date, *outcomes: DrillOutcome) -> None:
    records = Records(path, redact=redact)
    runs = tuple(Practised(card, "gas-check-parts", outcome, 1) for outcome in outcomes)
    answer = Answer("visit-01", f"turn-{day}", Reply("x", "x"), DialectGuess(Dialect.CMN, 1), IntentGuess("x", 1))
    at = datetime(day.year, day.month, day.day, 3, tzinfo=timezone.utc)
    records.turn(Turn("visit-01", "x"), replace(answer, practised=runs), at, 1.0)
    records.close()


def test_a_card_is_found_by_its_number_and_by_no_other(store: Store) -> None:
    made = store().new()
    assert store().find(shown(made.number)) == made.card
    with pytest.raises(UnknownCard):
        store().find(other(made.number))
    with pytest.raises(WrongCheckDigit):
        store().find(made.number[:8] + str((int(made.number[8]) + 1) % 10))
    with pytest.raises(NotACardNumber):
        store().find(made.number[:8])


def test_the_number_stands_in_no_file(store: Store, path: Path, key: Path) -> None:
    made = [store().new() for _ in range(5)]
    for file in path.parent.iterdir():
        content = file.read_bytes()
        assert not any(card.number.encode() in content for card in made), file.name
    assert stat.S_IMODE(key.stat().st_mode) == 0o600
    assert sorted(file.name for file in path.parent.iterdir() if file.suffix == ".key") == ["practice.key"]


def test_the_secret_is_made_once(store: Store, key: Path) -> None:
    first = store().new()
    before = key.read_bytes()
    store().new()
    assert key.read_bytes() == before
    key.write_bytes(before[:5])
    for broken in (lambda: store().find(first.number), lambda: store().new()):
        with pytest.raises(CardsUnavailable):
            broken()
    key.unlink()
    with pytest.raises(UnknownCard):
        store().find(first.number)


def test_runs_come_back_and_go_with_their_card(store: Store, path: Path) -> None:
    made = store().new()
    day = TODAY - timedelta(days=3)
    practise(path, made.card, day, DrillOutcome.SCAMMED, DrillOutcome.REPORTED)
    assert store().history(made.card) == [
        PastRun("gas-check-parts", day, DrillOutcome.SCAMMED, 1),
        PastRun("gas-check-parts", day, DrillOutcome.REPORTED, 1),
    ]
    store().forget(made.card)
    assert store().history(made.card) == []
    with pytest.raises(UnknownCard):
        store().find(made.number)
    practise(path, made.card, TODAY, DrillOutcome.REPORTED)  # a drill that was under way
    assert store().history(made.card) == []


@pytest.mark.parametrize("used", ["made", "found", "practised"])
def test_what_is_unused_for_long_is_deleted(store: Store, path: Path, used: str) -> None:
    made = store(TODAY).new()
    last = TODAY if used == "made" else TODAY + timedelta(days=10)
    if used == "found":
        store(last).find(made.number)
    elif used == "practised":
        practise(path, made.card, last, DrillOutcome.REPORTED)
    assert store(last + timedelta(days=400)).purge(400) == 0
    assert store(last + timedelta(days=401)).purge(0) == 0
    assert store(last + timedelta(days=401)).purge(400) == 1
    assert store().history(made.card) == []


def test_guessing_is_slowed() -> None:
    seconds = 0.0
    tries = Tries(2, clock=lambda: seconds)
    for _ in range(2):
        tries.check()
        tries.note()
    seconds = 15.0
    with pytest.raises(TooManyTries) as refused:
        tries.check()
    assert refused.value.seconds == 45.0
    seconds = 60.0
    tries.check()


def test_after_too_many_guesses_even_a_right_number_is_not_told(store: Store) -> None:
    cards = store(unknown=2, made=1)
    made = cards.new()
    with pytest.raises(TooManyTries):
        cards.new()
    for _ in range(2):
        with pytest.raises(UnknownCard):
            cards.find(other(made.number))
    with pytest.raises(TooManyTries):
        cards.find(made.number)
    with pytest.raises(WrongCheckDigit):  # tells nothing of what there is
        cards.find(made.number[:8] + str((int(made.number[8]) + 1) % 10))


def test_no_file_is_made_by_looking(store: Store, path: Path) -> None:
    with pytest.raises(UnknownCard):
        store().find("000000000")
    assert store().purge(400) == 0
    assert not path.parent.exists()


def test_a_bad_disk_is_said_so(store: Store, path: Path) -> None:
    made = store().new()
    blocker = sqlite3.connect(path)
    blocker.execute("BEGIN IMMEDIATE")
    with pytest.raises(CardsUnavailable):
        store().new()
    assert store(TODAY + timedelta(days=1)).find(made.number) == made.card  # the day of use is worth no failure
    blocker.close()
    for file in path.parent.glob("records.db*"):
        file.write_bytes(b"not a database" * 100)
    for broken in (
        store().new,
        lambda: store().find(made.number),
        lambda: store().history(made.card),
        lambda: store().purge(1),
    ):
        with pytest.raises(CardsUnavailable) as refused:
            broken()
        assert made.number not in str(refused.value)
