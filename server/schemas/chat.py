"""One turn of a conversation as a client sends it."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, Field, StrictBool, constr

from bot.identifiers import Dialect
from server.schemas.speech import Rate
from server.schemas.text import LongText, Text
from server.sessions import SESSION_ID

KIOSK_ID = r"^[\w.-]{1,64}$"
SessionId = constr(strict=True, regex=SESSION_ID[:-1] + r"\Z")
KioskId = constr(strict=True, regex=KIOSK_ID[:-1] + r"\Z")


class ChatRequest(BaseModel):
    """What a resident says."""

    text: Text = Field(description="What was said, 1 to 500 characters after trimming.", example="有人打电话叫我转账")
    session_id: SessionId | None = Field(  # type: ignore[valid-type]
        default=None, description="The session to go on with; `null` starts one, which the answer names."
    )
    kiosk_id: KioskId | None = Field(  # type: ignore[valid-type]
        default=None, description="The kiosk it was said at, if any."
    )
    dialect: Dialect | Literal["auto"] = Field(
        default="auto", description="`auto` detects it; an identifier wins over detection."
    )
    speak: StrictBool = Field(default=False, description="Whether to speak the reply; see `audio`.")
    rate: Rate | None = Field(  # type: ignore[valid-type]
        default=None,
        description="Speed of speech in words per minute; 150 unless given. The session keeps it, and whoever asks "
        "for slower or faster speech is obeyed until another rate is sent.",
    )


class CheckRequest(BaseModel):
    """A message or a situation to judge."""

    text: LongText = Field(
        description="The message or what happened, 1 to 2000 characters after trimming.",
        example="您的医保卡将于今日停用",
    )
