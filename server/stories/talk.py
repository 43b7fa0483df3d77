"""One session with a server, as a client has it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import httpx

CHAT = "/api/v1/chat"


class NoSuchButton(LookupError):
    """The button is not among those offered; the message names them."""


@dataclass
class Talk:
    """What was said and the last answer. Not for several threads at once."""

    client: httpx.Client
    session_id: str | None = None
    answer: dict[str, Any] | None = None
    said: list[str] = field(default_factory=list)

    def send(self, text: str, **more: Any) -> httpx.Response:
        """Say something and return the raw response; only a 200 changes the talk."""
        response = self.client.post(CHAT, json={"session_id": self.session_id, "text": text, **more})
        if response.status_code == 200:
            self.heard(text, response.json())
        return response

    def say(self, text: str, **more: Any) -> dict[str, Any]:
        """Say something and return the answer; an AssertionError on anything but 200."""
        response = self.send(text, **more)
        assert response.status_code == 200, f"{text!r}: {response.status_code} {response.text}"
        answer: dict[str, Any] = response.json()
        return answer

    def heard(self, text: str, answer: dict[str, Any]) -> None:
        """Take note of an answer that came some other way."""
        self.said.append(text)
        self.answer, self.session_id = answer, answer["session_id"]

    def press(self, choice: str | int) -> dict[str, Any]:
        """Press a button of the last answer, by title or by number from 1."""
        return self.say(self.text_of(choice))

    def text_of(self, choice: str | int) -> str:
        """What a button of the last answer sends.

        Raises:
            NoSuchButton: it was not offered.
        """
        choices = self.answer["reply"]["choices"] if self.answer else []
        if isinstance(choice, int):
            found = choices[choice - 1 : choice] if choice >= 1 else []
        else:
            found = [offered for offered in choices if offered["title"] == choice]
        if not found:
            raise NoSuchButton(f"there is no button {choice!r}; offered are {titles(choices)}")
        return str(found[0]["text"])

    def end(self) -> None:
        """Have the server forget the session, where there is one."""
        if self.session_id is not None:
            self.client.delete(f"/api/v1/sessions/{self.session_id}")


def titles(choices: list[dict[str, str]]) -> list[str]:
    """What stands on the buttons."""
    return [choice["title"] for choice in choices]
