"""Every story of this folder, over HTTP against the real server with the trained model and the real actions."""

from __future__ import annotations

from pathlib import Path

import httpx
import pytest
from runner import play
from story import Story, load_stories

STORIES = load_stories(Path(__file__).parent)


@pytest.mark.parametrize("story", [pytest.param(story, id=name) for name, story in STORIES])
def test_story(story: Story, client: httpx.Client) -> None:
    play(story, client)
