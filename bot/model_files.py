"""Which file holds the Rasa model of the present sources."""

from __future__ import annotations

from pathlib import Path

from bot.settings import BotSettings
from bot.trained import fingerprint


def model_path(settings: BotSettings) -> Path:
    """Where the model of the present sources is or will be."""
    data = settings.data_dir
    sources = [
        settings.config_file,
        settings.domain_file,
        *(path for topic in ("nlu", "rules", "stories", "dialects") for path in (data / topic).rglob("*.yml")),
        *Path(__file__).parent.glob("nlu/*.py"),
    ]
    return settings.models_dir / f"hean-{fingerprint(sources)}.tar.gz"
