"""What the commands about publications share: the desk, the sentences for staff, and how they end."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from difflib import get_close_matches
from pathlib import Path
from zoneinfo import ZoneInfo

import typer

from bot.drills.faults import FaultMessages
from bot.publications.desk import Desk, NotThere, Refused, UnknownFile
from bot.publications.store import Publications, StoreDamaged, UnknownVersion
from server.commands.outcome import fail, readable_failures, settings_or_exit


class PublicationWords(FaultMessages):
    """Sentences by code (``data/knowledge/publication_commands.yml``)."""

    @classmethod
    def load(cls, data_dir: Path) -> PublicationWords:
        """Read them.

        Raises:
            ContentError: the file can't be used; with its place.
        """
        return cls.from_file(data_dir / "knowledge" / "publication_commands.yml")

    def files(self, paths: list[str], most: int = 4) -> str:
        """Some files in one sentence."""
        shown = self.say("comma").join(paths[:most])
        return shown if len(paths) <= most else self.say("and_more", files=shown, count=len(paths))


@dataclass(frozen=True)
class Counter:
    """Everything that a command about publications needs."""

    desk: Desk
    publications: Publications
    words: PublicationWords
    zone: ZoneInfo

    def now(self) -> datetime:
        """The time, in the zone of the settings."""
        return datetime.now(self.zone)


def counter_or_exit() -> Counter:
    """The parts, from the settings; an end with what is wrong with them."""
    bot = settings_or_exit().bot
    publications = Publications(bot.publications_dir)
    with readable_failures():
        words = PublicationWords.load(bot.data_dir)
    return Counter(Desk(bot.data_dir, publications), publications, words, ZoneInfo(bot.time_zone))


@contextmanager
def told_to_staff(words: PublicationWords, number: int = 0) -> Iterator[None]:
    """End with a sentence for whatever can go wrong at the desk."""
    try:
        yield
    except Refused as error:
        for fault in error.faults:
            typer.echo(str(fault))
        raise fail(words.say("refused", faults=len(error.faults))) from error
    except UnknownFile as error:
        near = get_close_matches(error.name, error.known, 1, 0.5)
        suggestion = words.say("unknown_near", near=near[0]) if near else words.say("unknown_list")
        raise fail(words.say("unknown_file", name=error.name[:80], suggestion=suggestion)) from error
    except UnknownVersion as error:
        raise fail(words.say("unknown_version", number=number)) from error
    except NotThere as error:
        raise fail(words.say("not_there", number=number, file=error)) from error
    except StoreDamaged as error:
        raise fail(words.say("store_damaged", detail=error)) from error
    except OSError as error:
        raise fail(words.say("not_written", reason=error.strerror or error)) from error
