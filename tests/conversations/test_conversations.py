"""Every story of this folder, over HTTP against the real server with the trained model and the real actions."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from server.stories.account import account
from server.stories.loading import LoadedStory, load_stories
from server.stories.play import Player
from server.stories.run import player_for

STORIES = load_stories(Path(__file__).parent)
# Tests share their machine with whatever else runs there: what fails here is a wrong design, not a busy moment.
SLACK = 30.0


@pytest.fixture(scope="session")
def player(server_url: str) -> Iterator[Player]:
    with player_for(server_url, slack=SLACK) as player:
        yield player


@pytest.mark.parametrize("loaded", [pytest.param(loaded, id=loaded.id) for loaded in STORIES])
def test_story(loaded: LoadedStory, player: Player) -> None:
    result = player.play(loaded)
    assert result.holds, account(result)
