"""Replies put together from the shipped texts."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest

from bot.identifiers import Dialect, ScamType, Stage, Verdict
from bot.judge.classifier import Scores
from bot.judge.judge import Judgement
from bot.judge.situation import Situation
from bot.knowledge import Knowledge, load_knowledge
from bot.replies import Replies
from bot.turn import Assessment


@pytest.fixture(scope="module")
def knowledge() -> Knowledge:
    return load_knowledge(Path(__file__).resolve().parents[2] / "data")


@pytest.fixture(scope="module")
def replies(knowledge: Knowledge) -> Replies:
    return Replies(knowledge, knowledge.phrases)


def judgement(verdict: Verdict, scam_type: ScamType | None, stage: Stage = Stage.UNKNOWN) -> Judgement:
    assessment = Assessment(verdict, scam_type, stage, (), (), ())
    return Judgement(assessment, Situation(), "talk", (), Scores(0.5, {}, {"talk": 0.5}, {}))


def told(replies: Replies, judged: Judgement, variant: int) -> str:
    return replies.assessment(judged, Dialect.CMN, variant).text


@pytest.mark.parametrize("scam_type", [member for member in ScamType if member is not ScamType.OTHER])
@pytest.mark.parametrize("verdict", [Verdict.SCAM, Verdict.CAUTION])
def test_who_asks_again_gets_the_same_answer_in_other_words(
    replies: Replies, knowledge: Knowledge, verdict: Verdict, scam_type: ScamType
) -> None:
    scam = knowledge.types[scam_type]
    before = knowledge.answers["same_question_again"].texts
    texts = [told(replies, judgement(verdict, scam_type), variant) for variant in range(4)]
    assert not texts[0].startswith(before)
    assert all(text.startswith(before) for text in texts[1:])
    said = [knowledge.fill(text) for text in (scam.say_scam if verdict is Verdict.SCAM else scam.say_caution)]
    assert all(any(one.rstrip("。") in text for one in said) for text in texts)
    assert all(first != second for first, second in pairwise(texts))


@pytest.mark.parametrize("stage", [Stage.PAID, Stage.IN_PROGRESS])
def test_nothing_comes_before_the_call_when_money_is_at_stake(replies: Replies, stage: Stage) -> None:
    for variant in range(5):
        assert "110" in told(replies, judgement(Verdict.SCAM, ScamType.POLICE, stage), variant)[:12]


@pytest.mark.parametrize(
    ("verdict", "scam_type"), [(Verdict.CLEAR, None), (Verdict.CAUTION, None), (Verdict.SCAM, ScamType.OTHER)]
)
def test_matters_that_may_differ_are_not_called_the_same(
    replies: Replies, knowledge: Knowledge, verdict: Verdict, scam_type: ScamType | None
) -> None:
    before = knowledge.answers["same_question_again"].texts
    assert not any(told(replies, judgement(verdict, scam_type), variant).startswith(before) for variant in range(4))


@pytest.mark.parametrize("stage", list(Stage))
def test_no_reply_shows_a_placeholder(replies: Replies, stage: Stage) -> None:
    for scam_type in ScamType:
        for variant in range(5):
            texts = [told(replies, judgement(verdict, scam_type, stage), variant) for verdict in Verdict]
            texts.append(replies.explanation(scam_type, variant).text)
            texts.append(replies.disbelief(scam_type, stage, variant).text)
            assert all(text and "{" not in text for text in texts)
