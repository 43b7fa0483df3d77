"""Examples edited under a running server are learnt in the background, and a conversation under way goes on."""

from __future__ import annotations

import shutil
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import httpx
import pytest
from server_process import ROOT, ServerProcess

_AT_MOST_SECONDS = 240.0  # training is fast; the machine may be busy
# Nobody says so: only the examples can teach it.
_NEW_WORDS = "哩哩啦啦嗡嗡嗡"
_DRILL = "我想做一次防骗演练：公安局来电，说有要紧事"


def until(holds: Callable[[], bool]) -> None:
    deadline = time.monotonic() + _AT_MOST_SECONDS
    while not holds():
        assert time.monotonic() < deadline, "it does not come to be"
        time.sleep(0.1)


@pytest.mark.timeout(func_only=True)
def test_edited_examples_are_learnt_while_a_drill_goes_on(model: Path, tmp_path: Path) -> None:
    data, models = tmp_path / "data", tmp_path / "models"
    shutil.copytree(ROOT / "data", data)
    shutil.copytree(ROOT / "models", models, ignore=shutil.ignore_patterns("bench", "candidates"))
    server = ServerProcess(tmp_path / "server", HEAN_BOT__DATA_DIR=str(data), HEAN_BOT__MODELS_DIR=str(models))
    server.start(within_seconds=300)
    try:

        def say(text: str, session: str | None = None) -> dict[str, Any]:
            body = {"text": text, "session_id": session}
            answer = httpx.post(f"{server.url}/api/v1/chat", json=body, timeout=30)
            assert answer.status_code == 200
            result: dict[str, Any] = answer.json()
            return result

        def trained() -> set[str]:
            return {path.name for path in models.glob("moves-*.joblib")}

        before = trained()
        session = say(_DRILL)["session_id"]
        assert say(_NEW_WORDS, session)["drill"]["status"] == "running", "nobody has learnt it yet"
        examples = data / "examples" / "moves" / "report.yml"
        lines = [f"  - {words}" for words in (_NEW_WORDS, f"我{_NEW_WORDS}", f"{_NEW_WORDS}啦", f"要{_NEW_WORDS}")]
        examples.write_text("\n".join([examples.read_text(encoding="utf-8").rstrip(), *lines, ""]), encoding="utf-8")

        until(lambda: bool(say("你好")["reply"]["text"]) and trained() != before)  # others are served meanwhile
        assert say(_NEW_WORDS, session)["drill"]["status"] == "running"
        learnt: dict[str, Any] = {}

        def heard() -> bool:
            nonlocal learnt
            learnt = say(_NEW_WORDS, say(_DRILL)["session_id"])
            return bool(learnt["drill"]["status"] == "finished")

        until(heard)
        assert learnt["drill"]["outcome"] == "reported"
        under_way = say(_NEW_WORDS, session)["drill"]
        assert (under_way["status"], under_way["outcome"]) == ("finished", "reported")
        state = httpx.get(f"{server.url}/readyz", timeout=30).json()["content"]
        assert not state["faults"] and not state["retraining"]
    finally:
        server.stop()
