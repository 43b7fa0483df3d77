"""The whole system, started here for stories."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from bot.training import train_if_changed
from server.assembly import build_default_cards, build_default_conversation
from server.settings import Settings
from server.stories.embedded import embedded, embedded_arguments
from server.stories.observe import Observer, observed


@contextmanager
def own_system(
    load_settings: Callable[..., Settings],
    echo: Callable[[str], None],
    configure_logs: Callable[[Settings], None],
    observer: Observer | None = None,
) -> Iterator[str]:
    """The embedded system with the model of the present sources, trained first where that is needed.

    ``load_settings`` takes the embedded system's own settings as arguments; ``observer`` is told of every action.
    """
    with tempfile.TemporaryDirectory(prefix="hean-stories-") as folder:
        settings = load_settings(**embedded_arguments(Path(folder)))
        train_if_changed(settings.bot, echo)
        echo("Loading …")
        cards = build_default_cards(settings)
        conversation = build_default_conversation(
            settings, echo, lambda make: make if observer is None else observed(make, observer), cards=cards
        )
        configure_logs(settings)
        with embedded(settings, conversation) as url:
            yield url
