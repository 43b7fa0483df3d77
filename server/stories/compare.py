"""An answer beside what a story expects of it."""

from __future__ import annotations

import re
from typing import Any

import httpx

from server.stories.latency import LIMITS_MS, within
from server.stories.mismatch import Mismatch, short
from server.stories.story import DrillExpectation, Expectation, any_of
from server.stories.talk import titles

_PROBLEM_KEYS = {"type", "title", "status", "detail"}


def of_response(response: httpx.Response, expect: Expectation) -> list[Mismatch]:
    """Status and, for refusals, the problem document."""
    if response.status_code != expect.status:
        return [Mismatch("status", str(expect.status), f"{response.status_code}: {short(response.text)}")]
    if response.status_code == 200:
        return []
    wrong = []
    kind = response.headers.get("content-type", "")
    if kind != "application/problem+json":
        return [Mismatch("content-type", "application/problem+json", kind)]
    problem = response.json()
    if not set(problem) >= _PROBLEM_KEYS:
        wrong.append(Mismatch("problem document", ", ".join(sorted(_PROBLEM_KEYS)), ", ".join(sorted(problem))))
    if expect.problem is not None and problem.get("type") != expect.problem:
        wrong.append(Mismatch("problem", expect.problem, str(problem.get("type"))))
    return wrong


def of_latency(milliseconds: float, expect: Expectation, slack: float) -> list[Mismatch]:
    """The time from sending to the whole answer."""
    if expect.latency is None or within(expect.latency, milliseconds, slack):
        return []
    limit = f"{expect.latency.value} (at most {LIMITS_MS[expect.latency] * slack:.0f} ms)"
    return [Mismatch("latency", limit, f"{milliseconds:.0f} ms")]


def of_answer(answer: dict[str, Any], expect: Expectation, before: dict[str, Any] | None) -> list[Mismatch]:
    """Everything in the body; ``before`` is the answer to the step before."""
    reply = answer["reply"]
    return [
        *_of_assessment(answer["assessment"], expect),
        *_one_of("dialect", expect, expect.dialect, answer["dialect"]["id"]),
        *_one_of("intent", expect, expect.intent, answer["intent"]["name"]),
        *_of_words(reply, expect),
        *_of_previous(reply["text"], before["reply"]["text"] if before else "", expect),
        *_of_choices(titles(reply["choices"]), expect),
        *_of_drill(answer["drill"], expect),
    ]


def _of_words(reply: dict[str, Any], expect: Expectation) -> list[Mismatch]:
    text, shown = reply["text"], short(reply["text"])
    wrong = [Mismatch("reply_contains", part, shown) for part in expect.reply_contains if part not in text]
    wrong += [
        Mismatch("reply_not_contains", f"not {part}", shown) for part in expect.reply_not_contains if part in text
    ]
    one_of = expect.reply_contains_one_of
    if one_of and not any(part in text for part in one_of):
        wrong.append(Mismatch("reply_contains_one_of", " | ".join(one_of), shown))
    for name, pattern in (("text", expect.reply_matches), ("speech", expect.speech_matches)):
        if pattern is not None and not re.search(pattern, reply[name]):
            what = "reply_matches" if name == "text" else "speech_matches"
            wrong.append(Mismatch(what, f"/{pattern}/", short(reply[name])))
    return wrong


def _of_previous(text: str, previous: str, expect: Expectation) -> list[Mismatch]:
    wrong = []
    if expect.repeats_previous and previous not in text:
        wrong.append(Mismatch("repeats_previous", short(previous), short(text)))
    if expect.differs_from_previous and previous == text:
        wrong.append(Mismatch("differs_from_previous", "other words", "the same, word for word"))
    return wrong


def _of_assessment(assessment: dict[str, Any] | None, expect: Expectation) -> list[Mismatch]:
    if expect.has("assessment") and assessment is not None:
        got = f"{assessment['verdict']} {assessment['scam_type']} {assessment['stage']}"
        return [Mismatch("assessment", "null", got)]
    found = assessment or {}
    wrong = []
    for name in ("verdict", "scam_type", "stage"):
        wrong += _one_of(name, expect, getattr(expect, name), found.get(name))
    hotlines = found.get("hotlines", [])
    wrong += _one_of("first_hotline", expect, expect.first_hotline, next(iter(hotlines), None))
    if expect.hotlines is not None and hotlines != expect.hotlines:
        wrong.append(Mismatch("hotlines", ", ".join(expect.hotlines), ", ".join(hotlines)))
    marked = [flag["text"] for flag in found.get("red_flags", [])]
    for part in expect.red_flags or []:
        if not any(part in text for text in marked):
            wrong.append(Mismatch("red_flags", part, " | ".join(marked)))
    return wrong


def _of_choices(offered: list[str], expect: Expectation) -> list[Mismatch]:
    shown = " | ".join(offered)
    if isinstance(expect.choices, int) and len(offered) != expect.choices:
        return [Mismatch("choices", str(expect.choices), f"{len(offered)}: {shown}")]
    if isinstance(expect.choices, list):
        return [Mismatch("choices", title, shown) for title in expect.choices if title not in offered]
    return []


def _of_drill(drill: dict[str, Any] | None, expect: Expectation) -> list[Mismatch]:
    if not expect.has("drill"):
        return []
    if expect.drill is None:
        return [Mismatch("drill", "null", f"{drill['scenario_id']} {drill['status']}")] if drill else []
    if drill is None:
        return [Mismatch("drill", "one", "null")]
    wrong = []
    for name in ("status", "outcome", "scenario_id", "step"):
        wrong += _one_of(name, expect.drill, getattr(expect.drill, name), drill[name], "drill.")
    if drill["status"] == "finished" and not drill["debrief"]:
        wrong.append(Mismatch("drill.debrief", "one of a finished drill", "empty"))
    if drill["status"] == "running" and (drill["outcome"] is not None or drill["score"] is not None):
        wrong.append(
            Mismatch("drill", "neither outcome nor score while it runs", f"{drill['outcome']} {drill['score']}")
        )
    return wrong


def _one_of(
    name: str, expect: Expectation | DrillExpectation, expected: Any, got: Any, prefix: str = ""
) -> list[Mismatch]:
    allowed = any_of(expected)
    if not expect.has(name) or got in allowed:
        return []
    words = " or ".join("null" if value is None else value for value in allowed)
    return [Mismatch(prefix + name, words, "null" if got is None else str(got))]
