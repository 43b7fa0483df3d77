"""Another model taken over under live conversations: slots, drills and order of turns go on."""

from __future__ import annotations

import asyncio
import os
import shutil
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from actions.registry import all_actions
from bot.conversation import Conversation
from bot.conversation_build import build_conversation
from bot.identifiers import Stage
from bot.publications.files import write_atomically
from bot.serving_models import ServingModels
from bot.settings import BotSettings
from bot.turn import Answer, Turn


class Running:
    """A conversation that watches its files, and the folder of its models."""

    def __init__(self, settings: BotSettings, folder: Path, model: Path) -> None:
        self.folder = folder / "models"
        shutil.copytree(settings.models_dir, self.folder, ignore=shutil.ignore_patterns("*.tar.gz", "serving.json"))
        self.first = self.folder / model.name
        shutil.copy(model, self.first)
        self.second = self.folder / "hean-another.tar.gz"
        own = settings.copy(update={"models_dir": self.folder, "publications_dir": folder / "publications"})
        self.loop = asyncio.new_event_loop()
        self.conversation: Conversation = build_conversation(own, all_actions, live=True)
        self.loop.run_until_complete(self.conversation.start())

    def say(self, visit: str, text: str) -> Answer:
        return self.loop.run_until_complete(self.conversation.respond(Turn(visit, text)))

    def serve(self, path: Path) -> None:
        """Let a model serve and go on talking until it does."""
        before = self.conversation._agent
        ServingModels(self.folder).serve(path)
        deadline = time.monotonic() + 200
        while self.conversation._agent is before:
            assert time.monotonic() < deadline, "the model is not taken over"
            assert self.say("somebody-else", "你好").reply.text
            time.sleep(0.05)

    def stop(self) -> None:
        self.loop.run_until_complete(self.conversation.stop())
        self.loop.close()


@pytest.fixture(scope="module")
def running(settings: BotSettings, model: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    made = Running(settings, tmp_path_factory.mktemp("swap"), model)
    yield made
    made.stop()


@pytest.mark.timeout(600)
def test_conversations_and_drills_go_on_across_a_swap(running: Running) -> None:
    running.say("paid", "公安局打电话叫我转钱")
    assert running.say("paid", "我刚刚已经把五万块转给他了").assessment.stage is Stage.PAID  # type: ignore[union-attr]
    drill = running.say("drill", "我想练一练怎么防骗").drill
    assert drill is not None and drill.status == "running"
    shutil.copy(running.first, running.second)
    running.serve(running.second)
    assert running.conversation._agent is not None
    assert running.conversation._agent.model == running.second
    # The story is not forgotten, the drill is the same run.
    assert "110" in running.say("paid", "谢谢").reply.text
    after = running.say("drill", "我不知道怎么办才好")
    assert after.drill is not None and after.drill.run_id == drill.run_id
    # And back again, as `train --rollback` does it.
    assert ServingModels(running.folder).roll_back() == running.first
    deadline = time.monotonic() + 200
    while running.conversation._agent.model != running.first:
        assert time.monotonic() < deadline
        time.sleep(0.05)
    assert "110" in running.say("paid", "好的").reply.text
    ended = running.say("drill", "停")
    assert ended.drill is not None and ended.drill.status == "quit"


@pytest.mark.timeout(600)
def test_a_model_that_is_broken_or_fails_its_canaries_does_not_serve(
    running: Running, caplog: pytest.LogCaptureFixture
) -> None:
    serving = running.conversation._agent
    broken = running.folder / "hean-broken.tar.gz"
    write_atomically(broken, b"not a model")
    ServingModels(running.folder).serve(broken)
    deadline = time.monotonic() + 200
    while "does not serve" not in caplog.text:
        assert time.monotonic() < deadline
        assert running.say("paid", "你好").reply.text
        time.sleep(0.05)
    assert running.conversation._agent is serving
    os.unlink(broken)


def test_the_canaries_hold(running: Running) -> None:
    assert running.loop.run_until_complete(running.conversation.try_canaries()) == []
