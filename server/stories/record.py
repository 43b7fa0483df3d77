"""A live chat that becomes a story: what was said, with what came back as expectations."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import httpx
import yaml

from bot.redact import redact
from server.stories.talk import Talk


class Refused(Exception):
    """The server did not take it; the message is its reason."""


@dataclass(frozen=True)
class Recorded:
    """One turn: the answer, and what was sent where personal data had to be replaced in it."""

    answer: dict[str, Any]
    replaced_by: str | None = None


@dataclass
class Recorder:
    """Talks to a server and remembers. What is personal is replaced before it is sent, so that the story and the
    answers belong together."""

    talk: Talk
    steps: list[dict[str, Any]] = field(default_factory=list)

    def say(self, text: str, dialect: str = "auto") -> Recorded:
        """Say a sentence.

        Raises:
            Refused: the server did not take it; nothing is recorded.
            httpx.HTTPError: there is no answer.
        """
        sent = redact(text)
        step: dict[str, Any] = {"user": sent}
        if dialect != "auto":
            step["dialect"] = dialect
        return Recorded(self._record(sent, step, dialect), None if sent == text else sent)

    def press(self, number: int) -> Recorded:
        """Press a button of the last answer, by number from 1.

        Raises:
            NoSuchButton: it was not offered.
            Refused, httpx.HTTPError: as for :meth:`say`.
        """
        text = self.talk.text_of(number)
        assert self.talk.answer is not None
        title = self.talk.answer["reply"]["choices"][number - 1]["title"]
        return Recorded(self._record(text, {"press": title}, "auto"))

    def story(self, name: str) -> dict[str, Any]:
        """The story so far, as it stands in YAML."""
        return {"name": redact(name), "steps": list(self.steps)}

    def _record(self, text: str, step: dict[str, Any], dialect: str) -> dict[str, Any]:
        before = self.talk.answer
        response = self.talk.send(text, dialect=dialect)
        if response.status_code != httpx.codes.OK:
            raise Refused(_reason(response))
        answer: dict[str, Any] = response.json()
        self.steps.append({**step, "expect": _Flow(expectations(answer, before))})
        return answer


def expectations(answer: dict[str, Any], before: dict[str, Any] | None) -> dict[str, Any]:
    """What a story expects where this answer came; ``before`` is the answer to the step before."""
    judged, drill = answer["assessment"], answer["drill"]
    expect: dict[str, Any] = {}
    if answer["intent"]["name"] and (drill is None or drill["status"] != "running"):
        expect["intent"] = answer["intent"]["name"]  # within a drill it decides nothing
    if judged is None:
        expect["assessment"] = None
    else:
        expect.update({name: judged[name] for name in ("verdict", "scam_type", "stage")})
        expect["first_hotline"] = next(iter(judged["hotlines"]), None)
    if answer["dialect"]["id"] != "unknown":
        expect["dialect"] = answer["dialect"]["id"]
    if drill is not None:
        expect["drill"] = {name: drill[name] for name in ("scenario_id", "step", "status", "outcome")}
    elif before is not None and before["drill"] is not None:
        expect["drill"] = None
    return expect


def story_yaml(story: dict[str, Any]) -> str:
    """A story as an entry of a story file, an expectation a line."""
    text: str = yaml.dump([story], Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=118)
    return text


def _reason(response: httpx.Response) -> str:
    try:
        problem = response.json()
        fields = [str(fault["detail"]) for fault in problem.get("errors", ())]
        return "; ".join(fields) or str(problem["detail"])
    except (ValueError, KeyError, TypeError):
        return f"the server answered {response.status_code}"


class _Flow(dict[str, Any]):
    """A mapping that is written in one line."""


class _Dumper(yaml.SafeDumper):
    """Indents lists below their key, as the stories by hand do."""

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:
        super().increase_indent(flow, False)


_Dumper.add_representer(
    _Flow, lambda dumper, value: dumper.represent_mapping("tag:yaml.org,2002:map", value.items(), flow_style=True)
)
