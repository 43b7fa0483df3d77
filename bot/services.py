"""What actions work with, handed to each of them: content, replies and a clock."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from bot.content import Content, load_content
from bot.replies import Replies
from bot.settings import BotSettings


@dataclass(frozen=True)
class Services:
    """Dependencies of the custom actions."""

    content: Content
    replies: Replies
    now: Callable[[], datetime]


def build_services(settings: BotSettings, echo: Callable[[str], None] = lambda _: None) -> Services:
    """Load content and put the services together.

    Raises:
        bot.yaml_source.ContentError: content is broken.
    """
    content = load_content(settings, echo)
    replies = Replies(content.knowledge, content.phrases, subtitles=settings.dialect_subtitles)
    return Services(content, replies, lambda: datetime.now(ZoneInfo(settings.time_zone)))
