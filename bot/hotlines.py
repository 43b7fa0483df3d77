"""Every place to call, and the one way in which texts come to name it (``data/knowledge/hotlines.yml``)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from bot import placeholders
from bot.yaml_source import ContentError, Reading, load_marked, sentence

# Named in code: the first call when money is gone, and the one for whoever is in doubt.
POLICE, ANTI_FRAUD = "police", "anti_fraud"


@dataclass(frozen=True)
class Hotline:
    """A place to call. ``number`` is ``None`` where only the resident knows it (the bank's, on the card)."""

    key: str
    number: str | None
    name: str
    say: str


class Hotlines(Mapping[str, Hotline]):
    """Hotlines by key."""

    def __init__(self, hotlines: Mapping[str, Hotline]) -> None:
        self._hotlines = dict(hotlines)
        self._spoken = {key: hotline.number or hotline.say for key, hotline in self._hotlines.items()}

    def __getitem__(self, key: str) -> Hotline:
        return self._hotlines[key]

    def __iter__(self) -> Iterator[str]:
        return iter(self._hotlines)

    def __len__(self) -> int:
        return len(self._hotlines)

    def fill(self, text: str, **extra: str) -> str:
        """Put numbers, and ``extra`` values, in the place of their ``{placeholders}``."""
        return placeholders.fill(text, self._spoken | extra)

    def numbers(self, keys: tuple[str, ...]) -> tuple[str, ...]:
        """The numbers of keys, in order, without those only the resident knows."""
        found = (self._hotlines[key].number for key in keys if key in self._hotlines)
        return tuple(dict.fromkeys(number for number in found if number))


def load_hotlines(path: Path) -> Hotlines:
    """Read ``hotlines.yml``.

    Raises:
        ContentError: a hotline lacks something, or one that the code names is not there; with its place.
    """
    reading = Reading()
    source = load_marked(path)
    hotlines: dict[str, Hotline] = {}
    for key, entry in reading.entries(path, source):
        with reading.at(path, source, key):
            number = entry.get("number")
            name = sentence(entry["name"])
            hotlines[str(key)] = Hotline(
                str(key), None if number is None else str(number), name, sentence(entry.get("say") or name)
            )
    if isinstance(source.data, dict):
        reading.require(path, source.data, (POLICE, ANTI_FRAUD))
    for key in (POLICE, ANTI_FRAUD):
        if key in hotlines and hotlines[key].number is None:
            reading.fault(path, source, (key,), "needs a number", "needs_number")
    if reading.faults:
        raise ContentError(reading.faults)
    return Hotlines(hotlines)
