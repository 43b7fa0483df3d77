"""Which file holds the Rasa model of the present sources."""

from __future__ import annotations

from pathlib import Path

from bot.settings import BotSettings
from bot.trained import fingerprint


def lemma_sources(data: Path) -> list[Path]:
    """The files that decide which Mandarin word stands for what was said: content and the code that reads it."""
    bot = Path(__file__).parent
    return [
        *(path for part in ("lexicon", "sentences") for path in (data / "dialects" / part).glob("*.yml")),
        data / "knowledge" / "spellings.yml",
        data / "knowledge" / "homophones.yml",
        *(bot / "dialect").glob("*.py"),
        *(bot / name for name in ("fold.py", "homophones.py", "linear.py")),
    ]


def model_path(settings: BotSettings) -> Path:
    """Where the model of the present sources is or will be."""
    data = settings.data_dir
    sources = [
        settings.config_file,
        settings.domain_file,
        *(path for topic in ("nlu", "rules", "stories") for path in (data / topic).rglob("*.yml")),
        *lemma_sources(data),
        *Path(__file__).parent.glob("nlu/*.py"),
    ]
    return settings.models_dir / f"hean-{fingerprint(sources)}.tar.gz"
