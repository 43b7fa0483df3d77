"""A conversation put together from settings."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from bot.agent.adapter import RasaAgent
from bot.conversation import Conversation
from bot.live.content import LiveContent
from bot.live.edition import Edition, FixedContent, MakeActions, edition_of, spoken_failure
from bot.live.recorder import Recorder
from bot.practice.cards import Cards
from bot.publications.store import Publications
from bot.services import build_services
from bot.settings import BotSettings


def build_conversation(
    settings: BotSettings,
    make_actions: MakeActions,
    echo: Callable[[str], None] = lambda _: None,
    *,
    live: bool = False,
    model: Path | None = None,
    cards: Cards | None = None,
) -> Conversation:
    """Put a conversation together.

    Args:
        settings: paths and limits.
        make_actions: the custom actions (``actions.registry.all_actions``); passed in because ``bot`` does not
            know ``actions``.
        echo: told about long work.
        live: take over what is edited and trained while it runs, write it down as publications, and serve the last
            good version of what is broken. Else the content is as it lies there.
        model: another Rasa model than that which serves.
        cards: who keeps practice cards; without, residents are told that there are none now.

    Raises:
        bot.yaml_source.ContentError: content is broken.
    """

    def now() -> datetime:
        return datetime.now(ZoneInfo(settings.time_zone))

    def load_agent(model: Path, edition: Edition) -> RasaAgent:
        services = edition.services
        return RasaAgent(model, settings.domain_file, make_actions(services), lambda: spoken_failure(services))

    content: LiveContent | FixedContent
    if live:
        recorder = Recorder(settings.data_dir, Publications(settings.publications_dir), now)
        content = LiveContent(settings, make_actions, recorder, now, echo)
    else:
        content = FixedContent(edition_of(build_services(settings, echo), make_actions), now())
    return Conversation(content, settings, load_agent, watch=live, model=model, cards=cards)
