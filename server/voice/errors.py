"""What can go wrong when something is to be said aloud."""

from __future__ import annotations


class VoiceError(Exception):
    """Base of everything this package raises on purpose."""


class NothingToSay(VoiceError, ValueError):
    """The text holds nothing that can be pronounced: empty, emoji only, control characters only."""


class TextTooLong(VoiceError, ValueError):
    """The text is longer than what is spoken in one go."""


class VoiceUnavailable(VoiceError, RuntimeError):
    """The synthesizer cannot be started, or failed again and again for the same text."""


class VoiceContentError(VoiceError, ValueError):
    """A content file of the voice (pronunciations, numbers, voices) is wrong. The message says where."""
