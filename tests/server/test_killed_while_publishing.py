"""Killing the server in the middle of a publication leaves the old or the new version, never a mixture."""

from __future__ import annotations

import shutil
import time
from collections.abc import Mapping
from pathlib import Path

import httpx
import pytest
from server_process import ROOT, ServerProcess

from bot.publications.store import Publications

# Of one publication: what thanks are answered with, what a drill is called, and a drill's first line.
_FILES = ("knowledge/answers.yml", "scenarios/gas-check-parts.yml", "scenarios/brushing-group.yml")
_MARKED = ("不用谢。您肯先问一声，就做得很好。", "有人上门查煤气灶", "手机上点点赞就能赚钱")
# Seconds from the save to the kill: before it is seen, while it is taken over and written down, and after.
_MOMENTS = (0.0, 0.3, 0.6)


class Rounds:
    """A copy of the content, saved again and again with another number in each of the three files."""

    def __init__(self, folder: Path) -> None:
        self.data = folder / "data"
        shutil.copytree(ROOT / "data", self.data)
        self.before = {name: (self.data / name).read_text(encoding="utf-8") for name in _FILES}
        self.server = ServerProcess(folder / "server", HEAN_BOT__DATA_DIR=str(self.data))
        self.publications = Publications(folder / "server" / "publications")

    def version(self, number: int) -> dict[str, bytes]:
        """The files of a version; each of them tells which it is."""
        return {
            name: text.replace(mark, f"{mark[:-1]}{'一二三四五六七八九'[number]}{mark[-1]}").encode()
            for (name, text), mark in zip(self.before.items(), _MARKED, strict=True)
        }

    def save(self, number: int) -> None:
        """Save a version the way editors do, one file after another."""
        for name, content in self.version(number).items():
            beside = (self.data / name).with_suffix(".part")
            beside.write_bytes(content)
            beside.replace(self.data / name)

    def served(self) -> tuple[str, ...]:
        """What the three files make the server say."""
        thanks = httpx.post(f"{self.server.url}/api/v1/chat", json={"text": "谢谢"}, timeout=30).json()
        titles = {
            drill["id"]: str(drill["title"])
            for drill in httpx.get(f"{self.server.url}/api/v1/scenarios", timeout=30).json()["scenarios"]
        }
        return str(thanks["reply"]["text"]), titles["gas-check-parts"], titles["brushing-group"]

    def says(self, number: int) -> tuple[str, ...]:
        """What a version should make it say."""
        return tuple(f"{mark[:-1]}{'一二三四五六七八九'[number]}{mark[-1]}" for mark in _MARKED)

    def until_stored(self, version: Mapping[str, bytes | None]) -> None:
        """Wait until the store holds this version."""
        deadline = time.monotonic() + 120
        while self.stored() != version:
            assert time.monotonic() < deadline, "what serves is never published"
            time.sleep(0.05)

    def stored(self) -> dict[str, bytes | None]:
        """What the store holds as published of the three."""
        return {name: self.publications.published(name) for name in _FILES}


@pytest.mark.timeout(func_only=True)
def test_killed_at_any_moment_old_or_new_is_there_and_after_a_restart_the_saved_serves(
    model: Path, tmp_path: Path
) -> None:
    rounds = Rounds(tmp_path)
    rounds.server.start(within_seconds=300)
    try:
        rounds.until_stored({name: text.encode() for name, text in rounds.before.items()})
        for number, moment in enumerate(_MOMENTS):
            old = rounds.stored()
            rounds.save(number)
            time.sleep(moment)  # what is tested is the moment of the kill, and none is waited for
            rounds.server.kill()
            assert rounds.stored() in (old, rounds.version(number)), moment
            numbers = [each.number for each in rounds.publications.history()]
            assert numbers == list(range(len(numbers), 0, -1))
            rounds.server.start(within_seconds=300)
            assert rounds.served() == rounds.says(number), moment
            rounds.until_stored(rounds.version(number))
    finally:
        rounds.server.stop()
