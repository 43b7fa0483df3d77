"""Rasa's own tests, by Rasa's own command, on data that was never trained on."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from rasa.shared.nlu.training_data.loading import load_data
from server_process import ROOT

from bot.yaml_source import load_yaml

HERE = Path(__file__).parent
# What only exists within a drill or a running story, and what rasa test leaves out.
UNTESTED = {"emergency", "drill_move", "correct", "nlu_fallback"}

pytestmark = pytest.mark.timeout(400)  # it loads the model in a process of its own, on a machine that does other things


@pytest.fixture(scope="module")
def reports(model: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the reports of one ``rasa test``, which must have ended well."""
    out = tmp_path_factory.mktemp("rasa")
    quiet = {"RASA_TELEMETRY_ENABLED": "false", "SQLALCHEMY_SILENCE_UBER_WARNING": "1", "TF_CPP_MIN_LOG_LEVEL": "3"}
    done = subprocess.run(
        [
            *(sys.executable, "-m", "rasa", "test", "--model", str(model), "--out", str(out), "--no-plot"),
            *("--stories", str(HERE / "test_visits.yml"), "--nlu", str(HERE / "nlu.yml")),
            "--fail-on-prediction-errors",
        ],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT), "PYTHONWARNINGS": "ignore", **quiet},
        capture_output=True,
        text=True,
        check=False,
    )
    failed = out / "failed_test_stories.yml"
    assert done.returncode == 0, failed.read_text(encoding="utf-8") if failed.exists() else done.stderr[-3000:]
    return out


def report(folder: Path, name: str) -> Any:
    return json.loads((folder / name).read_text(encoding="utf-8"))


def test_core_follows_every_visit(reports: Path) -> None:
    visits = report(reports, "story_report.json")["conversation_accuracy"]
    assert visits["total"] == len(load_yaml(HERE / "test_visits.yml")["stories"])
    assert (visits["correct"], visits["with_warnings"]) == (visits["total"], 0)


def test_nlu_keeps_its_floors(reports: Path) -> None:
    floors, found = load_yaml(HERE / "thresholds.yml"), report(reports, "intent_report.json")
    errors = [
        f"{error['text']}: {error['intent']}, taken for {error['intent_prediction']['name']}"
        for error in report(reports, "intent_errors.json")
    ]
    assert found["accuracy"] >= floors["accuracy"], errors
    assert found["weighted avg"]["f1-score"] >= floors["weighted_f1"], errors
    domain = load_yaml(ROOT / "domain.yml")["intents"]
    low = {
        intent: found[intent]["recall"]
        for intent in domain
        if intent not in UNTESTED and found[intent]["recall"] < floors["recall_of"].get(intent, floors["recall"])
    }
    assert not low, errors


def test_nothing_tested_was_trained_on() -> None:
    tested = {message.get("text") for message in load_data(str(HERE / "nlu.yml")).intent_examples}
    trained = {message.get("text") for message in load_data(str(ROOT / "data" / "nlu")).intent_examples}
    assert len(tested) >= 150
    assert tested & trained == set()
