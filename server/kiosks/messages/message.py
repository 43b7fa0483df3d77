"""What all messages have in common."""

from __future__ import annotations

from pydantic import BaseModel


class Message(BaseModel):
    """One message. ``type`` says which."""

    type: str

    class Config:
        allow_mutation = False
