"""How commands end: with what they print, or with one sentence that says what to do."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager

import typer

from bot.yaml_source import Fault
from server.settings import Settings, SettingsError, load_settings


def fail(message: str) -> typer.Exit:
    """Print a sentence to standard error; raise the result to end with status 1."""
    typer.echo(message, err=True)
    return typer.Exit(1)


def settings_or_exit(**arguments: object) -> Settings:
    """The settings, or an end with what is wrong with them."""
    try:
        return load_settings(**arguments)
    except SettingsError as error:
        raise fail(f"The settings can't be used.\n{error}") from error


@contextmanager
def readable_failures() -> Iterator[None]:
    """End with a sentence instead of a traceback for what an operator can mend."""
    from bot.yaml_source import ContentError

    try:
        yield
    except ContentError as error:
        raise fail(f"The content can't be used.\n{_in_staff_words(error.faults)}") from error
    except Exception as error:
        if type(error).__name__ in ("ModelMissing", "TrainingFailed", "VoiceUnavailable", "VoiceContentError"):
            raise fail(str(error)) from error
        raise


def _in_staff_words(faults: Iterable[Fault]) -> str:
    """The faults as staff read them, a line each."""
    from bot.fault_sentences import FaultSentences

    return "\n".join(str(fault) for fault in FaultSentences.of(load_settings().bot.data_dir).said(faults))
