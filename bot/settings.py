"""Settings of the conversation. Every one has a default, a unit and a description."""

from __future__ import annotations

from pathlib import Path

from pydantic import BaseModel, Field


class BotSettings(BaseModel):
    """How the conversation runs. Paths are relative to the working directory."""

    data_dir: Path = Field(default=Path("data"), description="Folder of all content.")
    models_dir: Path = Field(default=Path("models"), description="Folder of trained models; the newest is used.")
    publications_dir: Path = Field(
        default=Path("var/publications"), description="Folder of what was published, version after version."
    )
    config_file: Path = Field(default=Path("config.yml"), description="Rasa pipeline and policies.")
    domain_file: Path = Field(default=Path("domain.yml"), description="Rasa domain.")
    session_idle_seconds: float = Field(
        default=180.0, gt=0, description="Seconds without a turn after which a conversation is forgotten."
    )
    max_sessions: int = Field(
        default=2000, gt=0, description="Conversations kept at once; the idlest are forgotten first."
    )
    turn_timeout_seconds: float = Field(
        default=8.0, gt=0, description="Seconds after which a turn is answered with the spoken fallback."
    )
    time_zone: str = Field(
        default="Asia/Shanghai", description="IANA name of the zone whose time of day residents are told."
    )
    dialect_subtitles: bool = Field(
        default=True,
        description="Show greeting and warnings also as dialect subtitles (unchecked lines included).",
    )
