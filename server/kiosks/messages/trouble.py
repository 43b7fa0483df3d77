"""A message that can't be used."""

from __future__ import annotations

from typing import Literal

from server.kiosks.messages.message import Message
from server.problems import Problem, ProblemDocument


class Trouble(Message):
    """To the screen: what is wrong with its message, as a problem document."""

    type: Literal["problem"] = "problem"
    problem: ProblemDocument

    @classmethod
    def of(cls, problem: Problem) -> Trouble:
        """The message for a problem."""
        return cls(problem=ProblemDocument(**problem.document()))
