"""Every setting of the program, with default, unit and description.

A value comes, strongest first, from an argument, an environment variable (``HEAN_HTTP__PORT``), the settings
file (``hean.yml`` in the working directory, or the file named by ``HEAN_CONFIG``), or the default.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any, Literal

from pydantic import BaseModel, BaseSettings, Extra, Field, SecretStr, ValidationError, validator
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


class ResultsSettings(_Group):
    """How results of drills are counted for ``scenarios stats``."""

    smallest_group: int = Field(
        default=5, ge=1, description="Numbers below this are hidden, also from subtraction; 1 hides none."
    )


class PracticeSettings(_Group):
    """Practice cards: numbers under which residents go on practising. Nothing of a person is kept with them."""

    retention_days: int = Field(
        default=400, ge=0, unit="days", description="Time without use after which a card is deleted; 0: never."
    )
    key_file: Path | None = Field(
        default=None,
        description="Secret by which card numbers are hashed, made with the first card; practice.key beside the "
        "records unless given. Without it no card is found.",
    )
    max_unknown: int = Field(
        default=20, ge=1, unit="1/min", description="Unknown card numbers that may be tried before all have to wait."
    )
    max_new: int = Field(default=30, ge=1, unit="1/min", description="Cards that may be made.")


class SpeechSettings(_Group):
    """How the digital human speaks."""

    engines: list[Literal["clips", "sherpa", "system", "pyttsx3"]] = Field(
        default=["clips", "pyttsx3"],
        description="What speaks, in order of preference, the next one where one fails: recordings of volunteers, a "
        "sherpa-onnx model in model_dir, the system's own voice by pyttsx3 (SAPI5 on Windows, NSSS on macOS), pyttsx3 "
        "on espeak-ng (docs/voice.md). Empty: text only.",
    )
    model_dir: Path | None = Field(default=None, description="Folder of the voice model for the engine sherpa.")
    threads: int = Field(default=2, ge=1, le=32, description="Threads that the voice model may use.")
    ahead: bool = Field(
        default=True, description="Speak fixed lines and published drills in the background beforehand."
    )
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

    @validator("engines", pre=True)
    def _names(cls, value: object) -> object:
        """Environment variables are texts: ``clips, pyttsx3``, with or without brackets and quotes."""
        if not isinstance(value, str):
            return value
        names = (name.strip(" '\"") for name in value.strip("[] ").split(","))
        return [name for name in names if name]


class HearingSettings(_Group):
    """Speech recognition. Without an engine a recording is checked and then refused, never guessed at."""

    engine: Literal["none", "sense_voice", "paraformer", "dolphin"] = Field(
        default="none", description="Speech recogniser: the kind of model that model_dir holds (docs/voice.md)."
    )
    model_dir: Path | None = Field(
        default=None, description="Folder with model.int8.onnx or model.onnx, and tokens.txt."
    )
    threads: int = Field(default=2, ge=1, le=32, description="Threads that recognition may use.")
    max_seconds: float = Field(default=15.0, gt=0, unit="seconds", description="Longest recording accepted.")
    pause_seconds: float = Field(
        default=1.2,
        ge=0.4,
        le=10,
        unit="seconds",
        description="Silence after which somebody who tapped and spoke has finished; slow speakers need more.",
    )
    timeout_seconds: float = Field(
        default=15.0, gt=0, unit="seconds", description="Wait for a recording to be recognised."
    )


class SightSettings(_Group):
    """Reading photographed screens. Pictures are kept nowhere."""

    engine: Literal["rapidocr", "none"] = Field(default="rapidocr", description="Text recogniser; none refuses photos.")
    load: Literal["start", "first"] = Field(
        default="start",
        description="When its models are loaded (a second, some 320 MB): in the background on start, or with the first "
        "photo.",
    )
    max_waiting: int = Field(default=4, ge=0, description="Photos that may wait while another one is read.")
    timeout_seconds: float = Field(
        default=20.0, gt=0, unit="seconds", description="Longest time to read one photo; after that it is given up."
    )


class KioskSettings(_Group):
    """The screens in community centres."""

    idle_seconds: float = Field(
        default=60.0, gt=0, unit="seconds", description="Silence after which a visit ends and is forgotten."
    )
    watch_for_visitors: bool = Field(
        default=False, description="Let the page's camera notice that somebody comes; no picture leaves the page."
    )
    greet_every_seconds: float = Field(
        default=120.0, ge=0, unit="seconds", description="Time between two greetings of people who only pass by."
    )
    broadcast_token: SecretStr = Field(
        default=SecretStr(""),
        description="What staff have to know to announce something on every screen, 16 characters or more; empty: "
        "nobody can.",
    )
    heartbeat_seconds: float = Field(default=20.0, gt=0, unit="seconds", description="Time between pings to a screen.")
    max_screens: int = Field(default=64, gt=0, description="Screens connected at once.")
    max_message_bytes: int = Field(default=16_384, gt=0, unit="bytes", description="Largest message from a screen.")
    max_waiting_turns: int = Field(default=8, gt=0, description="Turns of one screen that may wait for their answer.")
    max_waiting_messages: int = Field(default=64, gt=0, description="Messages that may wait for a slow screen.")

    @validator("broadcast_token")
    def _hard_to_guess(cls, value: SecretStr) -> SecretStr:
        token = value.get_secret_value()
        if token and (len(token) < 16 or not token.isascii() or not token.isprintable() or " " in token):
            raise ValueError("use 16 letters, digits and signs or more, without blanks")
        return value


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
    sight: SightSettings = SightSettings()
    kiosk: KioskSettings = KioskSettings()
    records: RecordsSettings = RecordsSettings()
    results: ResultsSettings = ResultsSettings()
    practice: PracticeSettings = PracticeSettings()
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
