"""Plays one story against a server and tells how far it went as written."""

from __future__ import annotations

from dataclasses import dataclass, field
from time import perf_counter
from typing import Any

import httpx

from server.stories.always import Always
from server.stories.compare import of_answer, of_latency, of_response
from server.stories.loading import LoadedStory
from server.stories.mismatch import Mismatch, short
from server.stories.sound import of_sound
from server.stories.story import Step
from server.stories.talk import CHAT, NoSuchButton, Talk


@dataclass(frozen=True)
class Told:
    """One step as it went: what was sent, what came back, what the system made of it, and the time in ms."""

    number: int
    said: str
    reply: str = ""
    about: tuple[str, ...] = ()
    milliseconds: float = 0.0


@dataclass
class Result:
    """A story that was played. It holds when nothing is wrong; the last of ``told`` is the step that was wrong."""

    loaded: LoadedStory
    told: list[Told] = field(default_factory=list)
    wrong: list[Mismatch] = field(default_factory=list)
    seconds: float = 0.0
    session_id: str | None = None

    @property
    def holds(self) -> bool:
        """Whether everything was as the story says."""
        return not self.wrong

    @property
    def line(self) -> int:
        """Where to look in the file: the line of the last step played, counted from 1."""
        return self.loaded.step_lines[self.told[-1].number - 1] if self.told else self.loaded.line


class Player:
    """Plays stories; safe to share between threads. ``slack`` stretches the limits of latency classes."""

    def __init__(self, client: httpx.Client, always: Always, *, slack: float = 1.0) -> None:
        self._client = client
        self._always = always
        self._slack = slack

    def play(self, loaded: LoadedStory) -> Result:
        """Play a story to its end or to the first step that goes another way. Never raises for what a server does."""
        talk = Talk(self._client)
        result = Result(loaded)
        started = perf_counter()
        try:
            for number, step in enumerate(loaded.story.steps, 1):
                result.wrong = self._step(talk, number, step, result.told)
                if result.wrong:
                    break
            result.session_id = talk.session_id
            talk.end()
        except httpx.HTTPError as error:
            result.wrong = [Mismatch("connection", got=f"{type(error).__name__}: {error}")]
        result.seconds = perf_counter() - started
        return result

    def _step(self, talk: Talk, number: int, step: Step, told: list[Told]) -> list[Mismatch]:
        before = talk.answer
        try:
            text = talk.text_of(step.press) if step.press is not None else step.said
        except NoSuchButton as error:
            told.append(Told(number, str(step.press)))
            return [Mismatch("press", got=str(error))]
        told.append(Told(number, short(text or repr(step.body or step.raw))))
        began = perf_counter()
        response = self._send(talk, step, text)
        milliseconds = (perf_counter() - began) * 1000
        wrong = of_response(response, step.expect)
        if wrong or response.status_code != 200:
            return wrong
        answer = response.json()
        told[-1] = Told(number, told[-1].said, short(answer["reply"]["text"]), _about(answer), milliseconds)
        wrong = of_answer(answer, step.expect, before)
        wrong += [Mismatch("always", got=fault) for fault in self._always.faults(answer, text, talk.said)]
        wrong += of_latency(milliseconds, step.expect, self._slack)
        if step.speak:
            wrong += of_sound(answer, self._client)
        talk.heard(text, answer)
        return wrong

    def _send(self, talk: Talk, step: Step, text: str) -> httpx.Response:
        if step.raw is not None:
            headers = {"content-type": "application/json"}
            return self._client.post(CHAT, content=step.raw.encode(), headers=headers)
        if step.body is not None:
            return self._client.post(CHAT, json=step.body)
        session_id = step.session or talk.session_id
        dialect = str(getattr(step.dialect, "value", step.dialect))
        body = {"session_id": session_id, "text": text, "dialect": dialect, "speak": step.speak}
        return self._client.post(CHAT, json=body)


def _about(answer: dict[str, Any]) -> tuple[str, ...]:
    judged, drill = answer["assessment"], answer["drill"]
    about = [answer["intent"]["name"], answer["dialect"]["id"]]
    if judged:
        about += [judged["verdict"], judged["scam_type"] or "-", judged["stage"], "/".join(judged["hotlines"])]
    if drill:
        about += [drill["scenario_id"], drill["step"], drill["status"], drill["outcome"] or "-"]
    return tuple(about)
