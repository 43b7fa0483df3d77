"""Errors described for the log without what they quote."""

from __future__ import annotations

import traceback
from pathlib import PurePath


def describe(error: BaseException) -> str:
    """Kind and place of an error, innermost last: ``KeyError at chat.py:31 turn, …``.

    Its message is left out: it often repeats a value, and the value may be a resident's words.
    """
    frames = traceback.extract_tb(error.__traceback__)[-4:]
    places = ", ".join(f"{PurePath(frame.filename).name}:{frame.lineno} {frame.name}" for frame in frames)
    return f"{type(error).__name__} at {places or 'an unknown place'}"
