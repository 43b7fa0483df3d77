"""Practice cards in the file of the records. Of a number only a keyed hash is kept."""

from __future__ import annotations

import hashlib
import hmac
import logging
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import date, datetime, timedelta, timezone
from pathlib import Path

from sqlite_utils import Database

from bot.drills.practice import PastRun
from bot.identifiers import DrillOutcome
from bot.practice.cards import CardsUnavailable, NewCard, UnknownCard
from bot.practice.numbers import new_number, read_number
from server.practice.key import KeyDamaged, make_key, read_key
from server.practice.tries import Tries
from server.records.migrations import RecordsTooNew
from server.records.opening import open_records

_log = logging.getLogger(__name__)


def utc_today() -> date:
    """The day by which cards are dated."""
    return datetime.now(timezone.utc).date()


class CardStore:
    """Makes, finds and forgets cards. Safe from any thread; every call opens the file and may block on it.

    Runs are written with the turns they end in, see :meth:`server.records.records.Records.turn`.
    """

    def __init__(
        self,
        records: Path,
        key: Path,
        *,
        unknown: Tries,
        made: Tries,
        busy_timeout_ms: int = 3000,
        today: Callable[[], date] = utc_today,
    ) -> None:
        """``unknown`` counts unknown numbers that were tried, ``made`` cards that were made."""
        self._records = records
        self._key = key
        self._unknown = unknown
        self._made = made
        self._busy_timeout_ms = busy_timeout_ms
        self._today = today

    def new(self) -> NewCard:
        """Make a card.

        Raises:
            TooManyTries, CardsUnavailable: none was made.
        """
        self._made.check()
        with self._opened() as db:
            key = make_key(self._key)
            while True:
                number = new_number()
                card = _hash(key, number)
                with suppress(sqlite3.IntegrityError), db.atomic():  # the one in a hundred million that is taken
                    db.execute("INSERT INTO practice_cards VALUES (?, ?)", (card, self._today().isoformat()))
                    break
        self._made.note()
        return NewCard(number, card)

    def find(self, number: str) -> str:
        """The card of a number as it was typed, and note that it is used.

        Raises:
            NotACardNumber, WrongCheckDigit: it is mistyped.
            UnknownCard, TooManyTries, CardsUnavailable: it could not be found.
        """
        number = read_number(number)
        self._unknown.check()
        if not self._records.exists():
            return self._missed()
        with self._opened() as db:
            try:
                card = _hash(read_key(self._key), number)
            except FileNotFoundError:
                return self._missed()
            row = db.execute("SELECT used_on FROM practice_cards WHERE hash = ?", (card,)).fetchone()
            if row is None:
                return self._missed()
            today = self._today().isoformat()
            if row[0] < today:
                # A day that could not be noted costs a day of four hundred; the resident need not hear of it.
                with suppress(sqlite3.OperationalError), db.atomic():
                    db.execute("UPDATE practice_cards SET used_on = ? WHERE hash = ?", (today, card))
        return card

    def history(self, card: str) -> list[PastRun]:
        """What was practised with a card, oldest first; nothing when it is gone. Raises :class:`CardsUnavailable`."""
        with self._opened() as db:
            rows = db.execute(
                "SELECT scenario_id, day, outcome, difficulty FROM practice_runs WHERE card = ? ORDER BY id", (card,)
            ).fetchall()
        return [PastRun(name, date.fromisoformat(day), DrillOutcome(end), level) for name, day, end, level in rows]

    def forget(self, card: str) -> None:
        """Delete a card and its runs. Raises :class:`CardsUnavailable`."""
        with self._opened() as db, db.atomic():
            db.execute("DELETE FROM practice_cards WHERE hash = ?", (card,))

    def purge(self, unused_days: int) -> int:
        """Delete cards that were not used for so many days, with their runs; 0 deletes none. Returns how many.

        Raises:
            CardsUnavailable: nothing was deleted.
        """
        if not unused_days or not self._records.exists():
            return 0
        before = self._today() - timedelta(days=unused_days)
        with self._opened() as db, db.atomic():
            return int(db.execute("DELETE FROM practice_cards WHERE used_on < ?", (before.isoformat(),)).rowcount)

    def _missed(self) -> str:
        self._unknown.note()
        raise UnknownCard

    @contextmanager
    def _opened(self) -> Iterator[Database]:
        """The database; whatever goes wrong with it within becomes :class:`CardsUnavailable`."""
        db: Database | None = None
        try:
            db = open_records(self._records, busy_timeout_ms=self._busy_timeout_ms)
            yield db
        except (sqlite3.Error, OSError, RecordsTooNew, KeyDamaged) as error:
            # The kind only: a message may quote a value.
            _log.error("practice cards can't be used: %s", type(error).__name__)
            raise CardsUnavailable(type(error).__name__) from error
        finally:
            if db is not None:
                db.close()


def _hash(key: bytes, number: str) -> str:
    return hmac.new(key, number.encode("ascii"), hashlib.sha256).hexdigest()
