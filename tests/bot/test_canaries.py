"""Canaries say what is wrong, and can fail."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.canaries import Canary, load_canaries, report
from bot.identifiers import Dialect, ScamType, Stage, Verdict
from bot.turn import Answer, Assessment, DialectGuess, IntentGuess, Reply
from bot.yaml_source import ContentError

ROOT = Path(__file__).parents[2]


def answer() -> Answer:
    found = Assessment(Verdict.SCAM, ScamType.POLICE, Stage.PAID, (), ("96110", "110"), ())
    text = "打96110"
    return Answer("s", "t", Reply(text, text), DialectGuess(Dialect.CMN, 1.0), IntentGuess("x", 1.0), found)


@pytest.mark.parametrize(
    ("expect", "wrong"),
    [
        ({"verdict": "scam", "stage": ["paid", "leaked"], "reply_contains": ["96110"], "drill": None}, 0),
        ({"first_hotline": "110"}, 1),
        ({"verdict": None, "scam_type": "loan", "intent": "y", "drill": "running"}, 4),
        ({"reply_contains": ["119"], "reply_not_contains": ["打"]}, 2),
    ],
)
def test_what_is_expected_is_looked_at(expect: dict[str, object], wrong: int) -> None:
    canary = Canary.parse_obj({"name": "n", "say": ["x"], "expect": expect})
    assert len(report(canary, [answer()])) == wrong


def test_the_shipped_canaries_put_the_police_first_when_money_is_gone() -> None:
    canaries = load_canaries(ROOT / "data" / "canaries")
    assert len(canaries) >= 10
    assert any(c.expect.stage == "paid" and c.expect.first_hotline == "110" for c in canaries)


@pytest.mark.parametrize("content", ["", "a: 1", "- {name: x}", "- {name: x, say: [y], expect: {verdikt: scam}}"])
def test_broken_or_missing_canaries_are_faults_with_their_place(tmp_path: Path, content: str) -> None:
    (tmp_path / "turns.yml").write_text(content, encoding="utf-8")
    with pytest.raises(ContentError) as caught:
        load_canaries(tmp_path)
    assert caught.value.faults[0].path.name == "turns.yml"
