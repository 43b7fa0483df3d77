"""What actions work with, handed to each of them: content, replies, words and a clock."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from bot.content import Content, load_content
from bot.replies import Replies
from bot.settings import BotSettings
from bot.welcome import Words, load_words


@dataclass(frozen=True)
class Services:
    """Dependencies of the custom actions."""

    content: Content
    replies: Replies
    words: Words
    now: Callable[[], datetime]


def build_services(settings: BotSettings, echo: Callable[[str], None] = lambda _: None) -> Services:
    """Load content and put the services together.

    Raises:
        bot.yaml_source.ContentError: content is broken.
    """
    return services_of(load_content(settings, echo), load_words(settings.data_dir), settings)


def services_of(content: Content, words: Words, settings: BotSettings) -> Services:
    """The services over content that is loaded already."""
    replies = Replies(content.knowledge, content.phrases, subtitles=settings.dialect_subtitles)
    return Services(content, replies, words, lambda: datetime.now(ZoneInfo(settings.time_zone)))
