"""The real parts, built from the settings. Heavy libraries are imported when they are needed."""

from __future__ import annotations

from collections.abc import Callable

from server.interfaces import Conversation, Records, Voice
from server.settings import Settings


def build_default_conversation(settings: Settings, echo: Callable[[str], None] = lambda _: None) -> Conversation:
    """The conversation on Rasa. ``echo`` is told about long work."""
    from bot import environment

    environment.prepare()
    from actions.registry import all_actions
    from bot.conversation import build_conversation

    return build_conversation(settings.bot, all_actions, echo)


def build_default_voice(settings: Settings) -> Voice:
    """The synthesiser that the settings name."""
    if settings.speech.engine == "none":
        from server.silence import NoVoice

        return NoVoice()
    from server.voice.voice import build_voice

    return build_voice(settings.bot.data_dir / "voice", settings.speech.cache_dir)


def build_default_records(settings: Settings, *, failed: Callable[[], None] = lambda: None) -> Records:
    """Redacted records in the SQLite file of the settings, written on a thread of their own."""
    from bot.redact import redact
    from server.records import Records as Store
    from server.records import RecordsWriter

    chosen = settings.records
    return RecordsWriter(
        Store(chosen.path, redact=redact, busy_timeout_ms=chosen.busy_timeout_ms),
        queue_size=chosen.queue_size,
        drain_seconds=chosen.drain_seconds,
        failed=failed,
    )
