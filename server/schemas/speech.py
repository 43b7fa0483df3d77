"""Speech: a sound and when each mouth shape and each character of it comes."""

from __future__ import annotations

from pydantic import BaseModel, Field, conint

from bot.identifiers import Dialect
from server.schemas.text import LongText

Rate = conint(strict=True, ge=80, le=300)


class SpeechRequest(BaseModel):
    """A text to be read aloud."""

    text: LongText = Field(description="What to say, 1 to 2000 characters.", example="您好")
    dialect: Dialect = Field(
        default=Dialect.CMN, description="How to pronounce it; what has no voice of its own is spoken as cmn."
    )
    rate: Rate = Field(  # type: ignore[valid-type]
        default=150, description="Speed in words per minute; 120 is slow, above 250 it gets no faster."
    )


class Speech(BaseModel):
    """A spoken text. Parallel lists: `visemes` with `vtimes` and `vdurations`, `words` with theirs."""

    url: str = Field(description="Where to get the WAV.", example="/api/v1/speech/3f9c.wav")
    duration_ms: float = Field(description="Length in ms.")
    engine: str = Field(description="The synthesiser.", example="espeak-ng")
    voice: str = Field(description="Its voice.")
    sample_rate_hz: int = Field(description="Samples a second.", example=22050)
    visemes: list[str] = Field(description="Oculus visemes: sil PP FF TH DD kk CH SS nn RR aa E I O U.")
    vtimes: list[float] = Field(description="Start of each viseme in ms.")
    vdurations: list[float] = Field(description="Length of each viseme in ms.")
    words: list[str] = Field(description="One entry a displayed character or Latin word.")
    wtimes: list[float] = Field(description="Start of each word in ms.")
    wdurations: list[float] = Field(description="Length of each word in ms.")
