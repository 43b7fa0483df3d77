"""Training of the Rasa model, only when what it is made of changed."""

from __future__ import annotations

import logging
import shutil
from collections.abc import Callable
from pathlib import Path

from bot.content import load_understander
from bot.model_files import model_path
from bot.settings import BotSettings

_KEPT_MODELS = 3


class TrainingFailed(RuntimeError):
    """Training did not end in a model; the message says what to look at."""


def train_if_changed(settings: BotSettings, echo: Callable[[str], None], *, force: bool = False) -> Path:
    """Make sure that there is a model of the present sources; returns its path.

    Also makes the small models beside it (dialect, risk). ``echo`` is told what goes on.

    Raises:
        TrainingFailed: Rasa reported an error; its own lines above say what.
        bot.yaml_source.ContentError: content is broken.
    """
    load_understander(settings.data_dir, settings.models_dir, echo)
    path = model_path(settings)
    if path.is_file() and not force:
        echo(f"The model is up to date: {path}")
        path.touch()
        return path
    echo("Training the Rasa model (about a minute) …")
    import rasa
    from rasa.utils.log_utils import configure_structlog

    # Without this, training prints every state it looks at.
    configure_structlog(logging.WARNING)

    result = rasa.train(
        domain=str(settings.domain_file),
        config=str(settings.config_file),
        training_files=[str(settings.data_dir / topic) for topic in ("nlu", "rules", "stories")],
        output=str(settings.models_dir),
        fixed_model_name=path.name.removesuffix(".tar.gz"),
        force_training=force,
    )
    if result.model is None or result.code != 0:
        raise TrainingFailed("Rasa did not produce a model. Run `rasa data validate` to see what is wrong.")
    made = Path(result.model)
    if made != path:
        shutil.move(str(made), path)
    for old in sorted(settings.models_dir.glob("hean-*.tar.gz"), key=lambda p: p.stat().st_mtime)[:-_KEPT_MODELS]:
        old.unlink(missing_ok=True)
    return path
