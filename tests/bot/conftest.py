"""The real content, loaded once: its small models come from the cache when their sources are unchanged."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from bot.content import Content, load_content
from bot.content_tables import load_folder_tables
from bot.fold import Folder
from bot.judge.judge import Judgement
from bot.judge.situation import Situation
from bot.settings import BotSettings

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="session")
def settings() -> BotSettings:
    return BotSettings(
        data_dir=ROOT / "data",
        models_dir=ROOT / "models",
        config_file=ROOT / "config.yml",
        domain_file=ROOT / "domain.yml",
    )


@pytest.fixture(scope="session")
def content(settings: BotSettings) -> Content:
    return load_content(settings)


@pytest.fixture(scope="session")
def folder() -> Folder:
    return load_folder_tables(ROOT / "data")


@pytest.fixture
def judge(content: Content) -> Callable[..., Judgement]:
    """Judge texts as the turns of one conversation; the last turn's judgement is returned."""

    def judge_turns(*texts: str) -> Judgement:
        situation, judgement = Situation(), None
        for text in texts:
            judgement = content.assess(content.understander.understand(text), situation)
            situation = judgement.situation
        assert judgement is not None
        return judgement

    return judge_turns
