"""Text as residents and clients send it."""

from __future__ import annotations

import re
from typing import Any

# Characters that show nothing: white space, control and format characters, variation selectors.
_INVISIBLE = r"\s\x00-\x1f\x7f-\x9f\u00ad\u200b-\u200f\u2028-\u202e\u2060-\u2064\ufe00-\ufe0f\ufeff"
_EDGES = re.compile(rf"^[{_INVISIBLE}]+|[{_INVISIBLE}]+$")
# One for one, so that offsets still count the characters that were sent.
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")


def visible(text: str) -> str:
    """The text without what shows nothing at its ends."""
    return _EDGES.sub("", text)


def printable(text: str) -> str:
    """The text with a space for every control character but line breaks and tabs; as long as before."""
    return _CONTROL.sub(" ", text)


class Text(str):
    """A text with something to see in it. Trimmed; ``offset`` says how many characters were cut in front."""

    min_length = 1
    max_length = 500
    offset: int = 0

    @classmethod
    def __get_validators__(cls) -> Any:
        yield cls.validate

    @classmethod
    def __modify_schema__(cls, schema: dict[str, Any]) -> None:
        schema.update(type="string", minLength=cls.min_length, maxLength=cls.max_length)

    @classmethod
    def validate(cls, value: Any) -> Text:
        """Raises ``ValueError`` or ``TypeError`` with what to do about it."""
        if not isinstance(value, str):
            raise TypeError("send a string")
        try:
            value.encode("utf-8")
        except UnicodeEncodeError:
            raise ValueError("send whole characters, not halves of surrogate pairs") from None
        trimmed = visible(value)
        if not trimmed:
            raise ValueError("write something: the text is empty or blank")
        if len(trimmed) > cls.max_length:
            raise ValueError(f"send at most {cls.max_length} characters")
        made = cls(printable(trimmed))
        made.offset = value.index(trimmed)
        return made


class LongText(Text):
    """A message or situation to judge, or something to be read aloud."""

    max_length = 2000
