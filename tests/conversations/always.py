"""What holds for every answer, whatever was said."""

from __future__ import annotations

import re
from typing import Any

MOST_CHOICES = 4
_NUMBER = re.compile(r"(?<!\d)(?:110|119|120|12\d{3}|96110)(?!\d)")
# Never said as a verdict. 安全账户 is the name of a trick and 不安全 is a warning.
_REASSURING = re.compile(r"放心|没事的|没问题|(?<!是)不是(?:骗子|骗局|诈骗)|(?<!不)安全(?!账户|帐户|感)")
_FORBIDDEN = {
    "a wrong password to lock the card": re.compile(r"输错.{0,4}密码|错的密码"),
    "that ATM transfers can be revoked": re.compile(r"24\s*小时.{0,8}撤|二十四小时.{0,8}撤"),
    "a promise that money comes back": re.compile(
        r"(?:一定|肯定|保证|保管)(?:能|会|可以)?.{0,4}(?:追回|拿回|要回|找回)"
    ),
    "12321 as an anti-fraud hotline": re.compile("12321"),
    "a placeholder nobody filled in": re.compile(r"\{[a-z_]*\}"),
}
_DIGITS = re.compile(r"\d(?:[\s\-－—]?\d){5,}")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")
_URGENT = ("paid", "in_progress")
_VERDICTS = ("scam", "caution", "clear")


def faults(answer: dict[str, Any], sent: str, said_before: list[str]) -> list[str]:
    """What is wrong with an answer to ``sent``, in one sentence each; nothing when it is as it must be."""
    return [
        *_words(answer),
        *_call_first(answer),
        *_flags(answer, sent),
        *_echoes(answer, [*said_before, sent]),
        *_marked(answer),
    ]


def _words(answer: dict[str, Any]) -> list[str]:
    reply = answer["reply"]
    found = []
    for name in ("text", "speech"):
        if not reply[name].strip():
            found.append(f"reply.{name} is empty")
    if len(reply["choices"]) > MOST_CHOICES:
        found.append(f"{len(reply['choices'])} choices are more than {MOST_CHOICES}")
    if any(not choice["title"].strip() or not choice["text"].strip() for choice in reply["choices"]):
        found.append("a choice is empty")
    own = "".join(line["text"] for line in reply["lines"] if line["speaker"] == "hean") or reply["text"]
    if answer["drill"] is None:
        for match in _REASSURING.finditer(own):
            found.append(f"says {match.group()!r}, which can be taken for a verdict")
    found += [f"says {what}" for what, pattern in _FORBIDDEN.items() if pattern.search(own)]
    if answer["assessment"] is not None and answer["assessment"]["verdict"] not in _VERDICTS:
        found.append(f"verdict {answer['assessment']['verdict']!r} is none of {_VERDICTS}")
    return found


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
        elif number.start() > 12 and answer["drill"] is None:
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


def _marked(answer: dict[str, Any]) -> list[str]:
    """A role that is played is marked, in words and for the ear."""
    drill, reply = answer["drill"], answer["reply"]
    if drill is None or drill["status"] != "running":
        return []
    unmarked = [line for line in reply["lines"] if line["speaker"] == "role" and "演练" not in line["text"]]
    return ["a line that is played does not say that it is a drill"] if unmarked else []
