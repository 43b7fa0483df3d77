"""Every setting of the program, with default, unit and description.

A value comes, strongest first, from an argument, an environment variable (``HEAN_HTTP__PORT``), the settings
file (``hean.yml`` in the working directory, or the file named by ``HEAN_CONFIG``), or the default.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any, Literal

from pydantic import BaseModel, BaseSettings, Extra, Field, ValidationError
from pydantic.env_settings import SettingsSourceCallable

from bot.settings import BotSettings
from server.settings_file import SettingsFile, SettingsFileError

ENV_PREFIX = "HEAN_"
CONFIG_VARIABLE = ENV_PREFIX + "CONFIG"
NESTED = "__"


class _Group(BaseModel):
    class Config:
        extra = Extra.forbid


class ConversationSettings(BotSettings):
    """The conversation itself."""

    class Config:
        extra = Extra.forbid


class HttpSettings(_Group):
    """Where the server listens and how much it accepts."""

    host: str = Field(default="127.0.0.1", description="Address to listen on; 0.0.0.0 lets other machines connect.")
    port: int = Field(default=8000, ge=0, le=65535, description="TCP port to listen on; 0 picks a free one.")
    max_json_bytes: int = Field(default=131_072, gt=0, unit="bytes", description="Largest JSON body accepted.")
    max_image_bytes: int = Field(default=8 * 1024 * 1024, gt=0, unit="bytes", description="Largest photo accepted.")
    max_sound_bytes: int = Field(default=2 * 1024 * 1024, gt=0, unit="bytes", description="Largest recording accepted.")
    max_waiting_turns: int = Field(default=8, gt=0, description="Turns of one session that may wait for their answer.")
    shutdown_seconds: float = Field(
        default=10.0,
        gt=0,
        unit="seconds",
        description="Time that running requests get to finish on shutdown.",
    )


class RecordsSettings(_Group):
    """What is kept of conversations. Every text is redacted before it is written."""

    path: Path = Field(default=Path("var/records.db"), description="SQLite file of the records.")
    retention_days: int = Field(
        default=180, ge=0, unit="days", description="Age at which records are deleted; 0: never."
    )
    busy_timeout_ms: int = Field(default=5000, ge=0, unit="ms", description="Wait for a database that is locked.")
    queue_size: int = Field(default=10_000, gt=0, description="Records that may wait to be written.")
    drain_seconds: float = Field(
        default=10.0, gt=0, unit="seconds", description="Time to write what is still waiting on shutdown."
    )


class SpeechSettings(_Group):
    """How the digital human speaks."""

    engine: Literal["espeak", "none"] = Field(default="espeak", description="Speech synthesiser; none shows text only.")
    cache_dir: Path = Field(default=Path("var/speech"), description="Folder of spoken sentences that are kept.")
    rate_normal: int = Field(default=150, ge=80, le=300, unit="words/min", description="Usual speed of speech.")
    rate_slow: int = Field(
        default=120, ge=80, le=300, unit="words/min", description="Speed for those who ask for slower."
    )
    timeout_seconds: float = Field(
        default=10.0,
        gt=0,
        unit="seconds",
        description="Wait for a spoken sentence; after that only the text is shown.",
    )


class HearingSettings(_Group):
    """Speech recognition. Without an engine a recording is checked and then refused, never guessed at."""

    engine: Literal["none"] = Field(default="none", description="Speech recogniser.")
    max_seconds: float = Field(default=15.0, gt=0, unit="seconds", description="Longest recording accepted.")


class KioskSettings(_Group):
    """The screens in community centres."""

    idle_seconds: float = Field(
        default=90.0, gt=0, unit="seconds", description="Silence after which a visit ends and is forgotten."
    )
    heartbeat_seconds: float = Field(default=20.0, gt=0, unit="seconds", description="Time between pings to a screen.")
    max_screens: int = Field(default=64, gt=0, description="Screens connected at once.")
    max_message_bytes: int = Field(default=16_384, gt=0, unit="bytes", description="Largest message from a screen.")
    max_waiting_turns: int = Field(default=8, gt=0, description="Turns of one screen that may wait for their answer.")
    max_waiting_messages: int = Field(default=64, gt=0, description="Messages that may wait for a slow screen.")


class LogSettings(_Group):
    """The program's log. It never carries a resident's words."""

    level: Literal["debug", "info", "warning", "error"] = Field(
        default="info", description="Least severity that is logged."
    )
    access: bool = Field(default=True, description="Log one line a request: method, route and status.")


class SettingsError(ValueError):
    """Settings that can't be used. The message is one sentence a fault, with file and line or variable."""


def settings_file() -> SettingsFile:
    """The file that ``HEAN_CONFIG`` names, else ``hean.yml`` of the working directory, else an empty one."""
    named = os.environ.get(CONFIG_VARIABLE)
    if named:
        return SettingsFile.read(Path(named))
    path = Path("hean.yml")
    return SettingsFile.read(path) if path.exists() else SettingsFile(path)


def _file_values(_: BaseSettings) -> dict[str, Any]:
    return settings_file().values


class Settings(BaseSettings):
    """All settings, in groups."""

    http: HttpSettings = HttpSettings()
    bot: ConversationSettings = ConversationSettings.parse_obj({})
    speech: SpeechSettings = SpeechSettings()
    hearing: HearingSettings = HearingSettings()
    kiosk: KioskSettings = KioskSettings()
    records: RecordsSettings = RecordsSettings()
    log: LogSettings = LogSettings()

    class Config:
        env_prefix = ENV_PREFIX
        env_nested_delimiter = NESTED
        extra = Extra.forbid

        @classmethod
        def customise_sources(
            cls,
            init_settings: SettingsSourceCallable,
            env_settings: SettingsSourceCallable,
            file_secret_settings: SettingsSourceCallable,
        ) -> tuple[SettingsSourceCallable, ...]:
            """Arguments win over the environment, which wins over the file."""
            return init_settings, env_settings, _file_values


def variable(location: tuple[str, ...]) -> str:
    """The environment variable of a setting: ``("http", "port")`` is ``HEAN_HTTP__PORT``."""
    return ENV_PREFIX + NESTED.join(location).upper()


def load_settings(**arguments: Any) -> Settings:
    """Settings from file and environment, with ``arguments`` (groups as dicts) over both.

    Raises:
        SettingsError: the file or a value can't be used; says where.
    """
    try:
        return Settings(**arguments)
    except SettingsFileError as error:
        raise SettingsError(str(error)) from error
    except ValidationError as error:
        file = settings_file()
        sentences = [_sentence(file, fault["loc"], fault["msg"]) for fault in error.errors()]
        raise SettingsError("\n".join(sentences)) from error


def _sentence(file: SettingsFile, location: tuple[int | str, ...], message: str) -> str:
    names = tuple(str(part) for part in location)
    if message == "extra fields not permitted":
        message = "there is no such setting; `hean config` lists all"
    setting = ".".join(names)
    if variable(names) in {name.upper() for name in os.environ}:
        return f"{variable(names)}: {setting}: {message}."
    line = file.line(names)
    return f"{file.path} line {line}: {setting}: {message}." if line else f"{setting}: {message}."
