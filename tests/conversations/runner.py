"""Plays a story against a server and says in words where it went another way."""

from __future__ import annotations

import io
import re
import wave
from dataclasses import dataclass, field
from typing import Any

import always
import httpx
import numpy as np
from story import Expectation, OneOf, Step, Story

CHAT = "/api/v1/chat"
_LENGTH_TOLERANCE = 0.05
_AUDIBLE = 500  # of 32767


class StoryFailed(AssertionError):
    """The message is the conversation up to the failing step and what was wrong with it."""


@dataclass
class Conversation:
    """One session with the server, as a client has it."""

    client: httpx.Client
    session_id: str | None = None
    answer: dict[str, Any] | None = None
    said: list[str] = field(default_factory=list)

    def say(self, text: str, **more: Any) -> dict[str, Any]:
        """Say something and return the answer; fails on anything but 200."""
        response = self.client.post(CHAT, json={"session_id": self.session_id, "text": text, **more})
        assert response.status_code == 200, f"{text!r}: {response.status_code} {response.text}"
        answer: dict[str, Any] = response.json()
        self.session_id, self.answer = answer["session_id"], answer
        self.said.append(text)
        return answer

    def press(self, choice: str | int) -> dict[str, Any]:
        """Press a button of the last answer, by title or by number from 1."""
        return self.say(self.text_of(choice))

    def text_of(self, choice: str | int) -> str:
        """What a button of the last answer sends."""
        choices = self.answer["reply"]["choices"] if self.answer else []
        if isinstance(choice, int):
            assert choice <= len(choices), f"there is no button {choice}; offered are {_titles(choices)}"
            return str(choices[choice - 1]["text"])
        texts = [str(offered["text"]) for offered in choices if offered["title"] == choice]
        assert texts, f"there is no button {choice!r}; offered are {_titles(choices)}"
        return texts[0]


def play(story: Story, client: httpx.Client) -> None:
    """Play a story from its first step to its last.

    Raises:
        StoryFailed: a step was answered otherwise than the story says.
    """
    talk = Conversation(client)
    told: list[str] = []
    for number, step in enumerate(story.steps, 1):
        before = talk.answer
        try:
            text = talk.text_of(step.press) if step.press is not None else step.said
        except AssertionError as error:
            raise _failed(story, told, number, [str(error)]) from None
        told.append(f"  {number}. resident: {_short(text or repr(step.body or step.raw))}")
        response = _send(talk, step, text)
        wrong = _of_response(response, step.expect)
        if not wrong and response.status_code == 200:
            answer = response.json()
            told.append(_account(answer))
            wrong = [*_of_answer(answer, step.expect, before), *always.faults(answer, text, talk.said)]
            if step.speak:
                wrong += _of_sound(answer, client)
            talk.said.append(text)
            talk.answer, talk.session_id = answer, answer["session_id"]
        if wrong:
            raise _failed(story, told, number, wrong)


def _send(talk: Conversation, step: Step, text: str) -> httpx.Response:
    if step.raw is not None:
        return talk.client.post(CHAT, content=step.raw.encode(), headers={"content-type": "application/json"})
    if step.body is not None:
        return talk.client.post(CHAT, json=step.body)
    session_id = step.session or talk.session_id
    body = {"session_id": session_id, "text": text, "dialect": step.dialect, "speak": step.speak}
    return talk.client.post(CHAT, json=body)


def _of_response(response: httpx.Response, expect: Expectation) -> list[str]:
    if response.status_code != expect.status:
        return [f"status: expected {expect.status}, got {response.status_code}: {response.text[:300]}"]
    if response.status_code == 200:
        return []
    wrong = []
    if response.headers["content-type"] != "application/problem+json":
        wrong.append(f"content-type: expected application/problem+json, got {response.headers['content-type']}")
    problem = response.json()
    if not {"type", "title", "status", "detail"} <= set(problem):
        wrong.append(f"not a whole problem document: {problem}")
    if expect.problem is not None and problem.get("type") != expect.problem:
        wrong.append(f"problem: expected {expect.problem!r}, got {problem.get('type')!r}")
    return wrong


def _of_answer(answer: dict[str, Any], expect: Expectation, before: dict[str, Any] | None) -> list[str]:
    reply, assessment = answer["reply"], answer["assessment"]
    wrong = _of_assessment(assessment, expect)
    wrong += _one_of("dialect", expect, expect.dialect, answer["dialect"]["id"])
    wrong += _one_of("intent", expect, expect.intent, answer["intent"]["name"])
    text = reply["text"]
    wrong += [f"reply does not contain {part!r}" for part in expect.reply_contains if part not in text]
    wrong += [f"reply contains {part!r}" for part in expect.reply_not_contains if part in text]
    if expect.reply_contains_one_of and not any(part in text for part in expect.reply_contains_one_of):
        wrong.append(f"reply contains none of {expect.reply_contains_one_of}")
    for name, pattern in (("text", expect.reply_matches), ("speech", expect.speech_matches)):
        if pattern is not None and not re.search(pattern, reply[name]):
            wrong.append(f"reply.{name} does not match {pattern!r}: {_short(reply[name])}")
    previous = before["reply"]["text"] if before else ""
    if expect.repeats_previous and previous not in text:
        wrong.append("reply does not repeat the one before")
    if expect.differs_from_previous and previous == text:
        wrong.append("reply is the same as the one before, word for word")
    return wrong + _of_choices(reply["choices"], expect) + _of_drill(answer["drill"], expect)


def _of_assessment(assessment: dict[str, Any] | None, expect: Expectation) -> list[str]:
    if expect.has("assessment") and assessment is not None:
        return [f"assessment: expected none, got {assessment['verdict']} {assessment['scam_type']}"]
    found = assessment or {}
    wrong = []
    for name in ("verdict", "scam_type", "stage"):
        wrong += _one_of(name, expect, getattr(expect, name), found.get(name))
    hotlines = found.get("hotlines", [])
    wrong += _one_of("first_hotline", expect, expect.first_hotline, next(iter(hotlines), None))
    if expect.hotlines is not None and hotlines != expect.hotlines:
        wrong.append(f"hotlines: expected {expect.hotlines}, got {hotlines}")
    marked = [flag["text"] for flag in found.get("red_flags", [])]
    for part in expect.red_flags or []:
        if not any(part in text for text in marked):
            wrong.append(f"no red flag marks {part!r}; marked are {marked}")
    return wrong


def _of_choices(choices: list[dict[str, str]], expect: Expectation) -> list[str]:
    if isinstance(expect.choices, int) and len(choices) != expect.choices:
        return [f"choices: expected {expect.choices}, got {_titles(choices)}"]
    if isinstance(expect.choices, list):
        return [
            f"no choice {title!r} among {_titles(choices)}" for title in expect.choices if title not in _titles(choices)
        ]
    return []


def _of_drill(drill: dict[str, Any] | None, expect: Expectation) -> list[str]:
    if not expect.has("drill"):
        return []
    if expect.drill is None:
        return [f"drill: expected none, got {drill['scenario_id']} {drill['status']}"] if drill else []
    if drill is None:
        return ["drill: expected one, got none"]
    wrong = []
    for name in expect.drill.__fields_set__:
        expected, got = getattr(expect.drill, name), drill[name]
        if got not in _listed(expected):
            wrong.append(f"drill.{name}: expected {_words(expected)}, got {got!r}")
    if drill["status"] == "finished" and not drill["debrief"]:
        wrong.append("drill: finished without a debrief")
    if drill["status"] == "running" and (drill["outcome"] is not None or drill["score"] is not None):
        wrong.append("drill: a running drill has an outcome or a score")
    return wrong


def _of_sound(answer: dict[str, Any], client: httpx.Client) -> list[str]:
    audio = answer["audio"]
    if audio is None:
        return ["audio: there is none"]
    sound = client.get(audio["url"])
    if sound.status_code != 200:
        return [f"audio: {audio['url']} is {sound.status_code}"]
    length, loudest = measure(sound.content)
    wrong = []
    if abs(length - audio["duration_ms"]) > _LENGTH_TOLERANCE * audio["duration_ms"]:
        wrong.append(f"audio: duration_ms is {audio['duration_ms']}, the WAV has {length:.0f} ms")
    if loudest < _AUDIBLE:
        wrong.append(f"audio: silent, the loudest sample is {loudest}")
    for starts, others in (("vtimes", ("visemes", "vdurations")), ("wtimes", ("words", "wdurations"))):
        if any(len(audio[starts]) != len(audio[other]) for other in others) or not audio[starts]:
            wrong.append(f"audio: {starts} and its lists are not equally long, or empty")
        elif audio[starts] != sorted(audio[starts]) or audio[starts][-1] > audio["duration_ms"]:
            wrong.append(f"audio: {starts} do not rise, or end after the sound")
    return wrong


def measure(sound: bytes) -> tuple[float, int]:
    """Length in ms and loudest sample (0 to 32767) of a 16 bit WAV."""
    with wave.open(io.BytesIO(sound)) as file:
        samples = np.frombuffer(file.readframes(file.getnframes()), dtype="<i2").astype(np.int32)
        return 1000 * file.getnframes() / file.getframerate(), int(np.abs(samples).max(initial=0))


def _one_of(name: str, expect: Expectation, expected: OneOf | None, got: Any) -> list[str]:
    if not expect.has(name) or got in _listed(expected):
        return []
    return [f"{name}: expected {_words(expected)}, got {got!r}"]


def _listed(expected: OneOf | None) -> list[str | None]:
    return [*expected] if isinstance(expected, list) else [expected]


def _words(expected: OneOf | None) -> str:
    return " or ".join(repr(value) for value in _listed(expected))


def _titles(choices: list[dict[str, str]]) -> list[str]:
    return [choice["title"] for choice in choices]


def _short(text: str, most: int = 160) -> str:
    return text if len(text) <= most else f"{text[:most]}… ({len(text)} characters)"


def _account(answer: dict[str, Any]) -> str:
    judged, drill = answer["assessment"], answer["drill"]
    about = [answer["intent"]["name"], answer["dialect"]["id"]]
    if judged:
        about += [judged["verdict"], judged["scam_type"] or "-", judged["stage"], "/".join(judged["hotlines"])]
    if drill:
        about += [drill["scenario_id"], drill["step"], drill["status"], drill["outcome"] or "-"]
    lines = [f"     he'an: {_short(answer['reply']['text'])}", f"            [{' · '.join(about)}]"]
    return "\n".join(lines)


def _failed(story: Story, told: list[str], number: int, wrong: list[str]) -> StoryFailed:
    why = f"\n{story.why}" if story.why else ""
    faults = "\n".join(f"  ✗ {fault}" for fault in wrong)
    return StoryFailed(f"{story.name}{why}\n" + "\n".join(told) + f"\nstep {number}:\n{faults}")
