"""What holds for every answer, whatever was said, without a story having to write it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bot.yaml_source import load_yaml

MOST_CHOICES = 4
_NUMBER = re.compile(r"(?<!\d)(?:110|119|120|12\d{3}|96110)(?!\d)")
_DIGITS = re.compile(r"\d(?:[\s\-－—]?\d){5,}")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")
_URGENT = ("paid", "in_progress")
_LATE = 12  # characters before the first number of an urgent reply
_VERDICTS = ("scam", "caution", "clear")


@dataclass(frozen=True)
class NeverSaid:
    """Patterns of ``never.yml``: words that would be taken for "safe", and others by what is wrong with them."""

    reassuring: re.Pattern[str]
    forbidden: dict[str, re.Pattern[str]]
    drill_mark: str


def load_never_said(path: Path | None = None) -> NeverSaid:
    """Read the patterns.

    Raises:
        ContentError: the file can't be read.
    """
    content = load_yaml(path or Path(__file__).with_name("never.yml"))
    forbidden = {name: re.compile(pattern) for name, pattern in content["forbidden"].items()}
    return NeverSaid(re.compile(content["reassuring"]), forbidden, content["drill_mark"])


class Always:
    """Finds what is wrong with an answer by itself."""

    def __init__(self, never: NeverSaid) -> None:
        self._never = never

    def faults(self, answer: dict[str, Any], sent: str, said_before: list[str]) -> list[str]:
        """What is wrong with an answer to ``sent``, in one sentence each; nothing when it is as it must be."""
        return [
            *self._words(answer),
            *_call_first(answer),
            *_flags(answer, sent),
            *_echoes(answer, [*said_before, sent]),
            *self._marked(answer),
        ]

    def _words(self, answer: dict[str, Any]) -> list[str]:
        reply = answer["reply"]
        found = [f"reply.{name} is empty" for name in ("text", "speech") if not reply[name].strip()]
        if len(reply["choices"]) > MOST_CHOICES:
            found.append(f"{len(reply['choices'])} choices are more than {MOST_CHOICES}")
        if any(not choice["title"].strip() or not choice["text"].strip() for choice in reply["choices"]):
            found.append("a choice is empty")
        own = "".join(line["text"] for line in reply["lines"] if line["speaker"] == "hean") or reply["text"]
        if answer["drill"] is None:
            for match in self._never.reassuring.finditer(own):
                found.append(f"says {match.group()!r}, which can be taken for a verdict")
        found += [f"says {what}" for what, pattern in self._never.forbidden.items() if pattern.search(own)]
        if answer["assessment"] is not None and answer["assessment"]["verdict"] not in _VERDICTS:
            found.append(f"verdict {answer['assessment']['verdict']!r} is none of {_VERDICTS}")
        return found

    def _marked(self, answer: dict[str, Any]) -> list[str]:
        """A role that is played is marked, in words and for the ear."""
        drill, reply = answer["drill"], answer["reply"]
        if drill is None or drill["status"] != "running":
            return []
        roles = [line["text"] for line in reply["lines"] if line["speaker"] == "role"]
        unmarked = [text for text in roles if self._never.drill_mark not in text]
        return ["a line that is played does not say that it is a drill"] if unmarked else []


def _call_first(answer: dict[str, Any]) -> list[str]:
    assessment = answer["assessment"]
    if assessment is None or assessment["stage"] not in _URGENT:
        return []
    found = []
    if assessment["hotlines"][:1] != ["110"]:
        found.append(f"stage {assessment['stage']}, but the hotlines are {assessment['hotlines']}")
    for name in ("text", "speech"):
        words = answer["reply"][name]
        number = _NUMBER.search(words)
        if number is None or number.group() != "110":
            found.append(f"stage {assessment['stage']}, but 110 is not the first number in reply.{name}")
        elif number.start() > _LATE and answer["drill"] is None:
            found.append(f"stage {assessment['stage']}, but 110 comes late in reply.{name}")
    return found


def _flags(answer: dict[str, Any], sent: str) -> list[str]:
    if answer["assessment"] is None:
        return []
    sent = _CONTROL.sub(" ", sent)  # which the server reads as spaces
    return [
        f"red flag {flag['id']} marks {sent[flag['start'] : flag['end']]!r} and says {flag['text']!r}"
        for flag in answer["assessment"]["red_flags"]
        if sent[flag["start"] : flag["end"]] != flag["text"]
    ]


def _echoes(answer: dict[str, Any], said: list[str]) -> list[str]:
    reply = answer["reply"]
    shown = [reply["text"], reply["speech"], *reply["subtitles"], *(line["text"] for line in reply["lines"])]
    shown += [part for choice in reply["choices"] for part in (choice["title"], choice["text"])]
    digits = re.sub(r"[\s\-－—]", "", "\n".join(shown))
    numbers = {re.sub(r"\D", "", match.group()) for words in said for match in _DIGITS.finditer(words)}
    return [f"repeats the resident's number of {len(number)} digits" for number in numbers if number in digits]
