"""Training of the Rasa model, only when what it is made of changed."""

from __future__ import annotations

import logging
import os
import shutil
from collections.abc import Callable
from pathlib import Path

from bot.model_files import model_path
from bot.serving_models import ServingModels
from bot.settings import BotSettings
from bot.understanding_build import load_understander

_CANDIDATES = "candidates"


class TrainingFailed(RuntimeError):
    """Training did not end in a model; the message says what to look at."""


def train_if_changed(settings: BotSettings, echo: Callable[[str], None], *, force: bool = False) -> Path:
    """Make sure that there is a model of the present sources, and that it serves; returns its path.

    Also makes the small models beside it (dialect, risk). ``echo`` is told what goes on. Nothing is evaluated.

    Raises:
        TrainingFailed: Rasa reported an error; its own lines above say what.
        bot.yaml_source.ContentError: content is broken.
    """
    load_understander(settings.data_dir, settings.models_dir, echo)
    return up_to_date(settings, echo, force=force) or accept(settings, train_candidate(settings, echo, force=force))


def up_to_date(settings: BotSettings, echo: Callable[[str], None], *, force: bool) -> Path | None:
    """The model that serves when nothing has to be trained; ``None`` when something has."""
    path = model_path(settings)
    serving = ServingModels(settings.models_dir)
    if not path.is_file() or force:
        return None
    if serving.refused(path):
        earlier = serving.current()
        echo(f"The model of these sources was rolled back; {earlier} serves. `hean train --force` trains anew.")
        return earlier
    echo(f"The model is up to date: {path}")
    if serving.current() != path:
        serving.serve(path)
    return path


def train_candidate(settings: BotSettings, echo: Callable[[str], None], *, force: bool) -> Path:
    """Train a model beside those that serve; nobody takes it over yet.

    Raises:
        TrainingFailed: Rasa reported an error; its own lines above say what.
    """
    echo("Training the Rasa model (about a minute) …")
    import rasa
    from rasa.utils.log_utils import configure_structlog

    # Without this, training prints every state it looks at.
    configure_structlog(logging.WARNING)

    path = settings.models_dir / _CANDIDATES / model_path(settings).name
    result = rasa.train(
        domain=str(settings.domain_file),
        config=str(settings.config_file),
        training_files=[str(settings.data_dir / topic) for topic in ("nlu", "rules", "stories")],
        output=str(path.parent),
        fixed_model_name=path.name.removesuffix(".tar.gz"),
        force_training=force,
    )
    if result.model is None or result.code != 0:
        raise TrainingFailed("Rasa did not produce a model. Run `rasa data validate` to see what is wrong.")
    made = Path(result.model)
    if made != path:
        shutil.move(str(made), path)
    return path


def accept(settings: BotSettings, candidate: Path) -> Path:
    """Let a candidate serve; returns where it lies now. A running server takes it over by itself.

    Raises:
        OSError: it can't be put there; what served before serves on.
    """
    path = settings.models_dir / candidate.name
    with candidate.open("rb") as file:
        os.fsync(file.fileno())
    os.replace(candidate, path)
    ServingModels(settings.models_dir).serve(path)
    return path


def reject(candidate: Path) -> None:
    """Remove a candidate that is not to serve."""
    candidate.unlink(missing_ok=True)
