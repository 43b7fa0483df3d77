"""The real parts, built from the settings. Heavy libraries are imported when they are needed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from server.interfaces import Conversation, Ears, Records, Voice
from server.settings import Settings

if TYPE_CHECKING:
    from rasa_sdk import Action

    from bot.practice.cards import Cards
    from bot.services import Services
    from server.practice.store import CardStore

    MakeActions = Callable[[Services], Sequence[Action]]


def build_default_conversation(
    settings: Settings,
    echo: Callable[[str], None] = lambda _: None,
    around_actions: Callable[[MakeActions], MakeActions] = lambda make_actions: make_actions,
    *,
    live: bool = False,
    cards: Cards | None = None,
) -> Conversation:
    """The conversation on Rasa.

    Args:
        settings: the program's.
        echo: told about long work.
        live: take over edits while it runs, and write them down.
        cards: who keeps practice cards; without, residents are told that there are none now.
        around_actions: may wrap the custom actions, for somebody who observes them.
    """
    from bot import environment

    environment.prepare()
    from actions.registry import all_actions
    from bot.conversation_build import build_conversation

    return build_conversation(settings.bot, around_actions(all_actions), echo, live=live, cards=cards)


def build_default_voice(settings: Settings) -> Voice:
    """The engines that the settings name, in their order."""
    chosen = settings.speech
    if not chosen.engines:
        from server.silence import NoVoice

        return NoVoice()
    from bot.redact_numbers import holds_practice_card
    from server.voice.assembly import build_voice

    return build_voice(
        settings.bot.data_dir / "voice",
        chosen.cache_dir,
        engines=chosen.engines,
        model_dir=chosen.model_dir,
        threads=chosen.threads,
        private=holds_practice_card,
    )


def build_default_ears(settings: Settings, conversation: Conversation) -> Ears:
    """The recogniser that the settings name.

    Raises:
        bot.yaml_source.ContentError: what its marks mean can't be read; says where.
    """
    chosen = settings.hearing
    if chosen.engine == "none":
        from server.hearing.none import NoEars

        return NoEars()
    from server.hearing.ears import Ears as RealEars
    from server.hearing.regions import load_regions
    from server.hearing.sherpa_recogniser import SherpaRecogniser

    return RealEars(
        SherpaRecogniser(chosen.engine, chosen.model_dir, threads=chosen.threads, seconds=chosen.timeout_seconds),
        load_regions(settings.bot.data_dir / "hearing" / "regions.yml"),
        conversation.dialect,
        timeout_seconds=chosen.timeout_seconds,
    )


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


def build_default_cards(settings: Settings) -> CardStore:
    """Practice cards in the SQLite file of the records. Nothing is opened before the first of them is asked for."""
    from server.practice.store import CardStore
    from server.practice.tries import Tries

    chosen, records = settings.practice, settings.records.path
    key = chosen.key_file or records.with_name("practice.key")
    return CardStore(records, key, unknown=Tries(chosen.max_unknown), made=Tries(chosen.max_new))
