"""Replies put together from the shipped texts."""

from __future__ import annotations

from dataclasses import replace
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
    asked = replace(judgement(verdict, scam_type), news=False)
    texts = [told(replies, asked, variant) for variant in range(4)]
    assert not texts[0].startswith(before)
    assert all(text.startswith(before) for text in texts[1:])
    said = [knowledge.fill(text) for text in (scam.say_scam if verdict is Verdict.SCAM else scam.say_caution)]
    assert all(any(one.rstrip("。") in text for one in said) for text in texts)
    assert all(first != second for first, second in pairwise(texts))


@pytest.mark.parametrize("scam_type", list(ScamType))
def test_the_reason_is_what_the_resident_told(replies: Replies, knowledge: Knowledge, scam_type: ScamType) -> None:
    judged = replace(judgement(Verdict.SCAM, scam_type), reasons=("自称公安，又要您转账", "叫您瞒着家里人"))
    first, second, third = (told(replies, judged, variant) for variant in range(3))
    assert "自称公安，又要您转账" in first and "叫您瞒着家里人" in second
    general = next(reason.say for reason in knowledge.types[scam_type].reasons if not reason.told).rstrip("。")
    assert general not in first + second and general in third, "all was said: what always holds"


@pytest.mark.parametrize("scam_type", list(ScamType))
def test_one_question_is_asked_and_none_that_was_told_or_asked(
    replies: Replies, knowledge: Knowledge, scam_type: ScamType
) -> None:
    scam = knowledge.types[scam_type]
    judged = judgement(Verdict.CAUTION, scam_type)
    first, second = (question.ask for question in scam.questions)
    assert first in told(replies, judged, 0) and second not in told(replies, judged, 0)
    for question in scam.questions:
        if question.unless:
            knows = replace(judged, situation=Situation(evidence=question.unless[:1]))
            assert question.ask not in told(replies, knows, 0)
    asked = replace(judged, situation=Situation(asked=(first,), scam_type=scam_type))
    assert second in told(replies, asked, 0) and second in replies.not_so(asked).text
    all_asked = replace(judged, situation=Situation(asked=(first, second), scam_type=scam_type))
    step = knowledge.fill(scam.step[Stage.UNPAID]).rstrip("。")
    assert step in told(replies, all_asked, 0), "nothing open: what to do next"
    assert step in replies.not_so(all_asked).text


def test_who_tells_more_is_not_told_that_it_was_said_before(replies: Replies, knowledge: Knowledge) -> None:
    more = told(replies, judgement(Verdict.CAUTION, ScamType.PRIZE), 1)
    assert more.startswith(knowledge.answers["same_after_more"].texts[0])


def test_who_gave_nothing_hears_that_first(replies: Replies, knowledge: Knowledge) -> None:
    judged = replace(judgement(Verdict.CAUTION, ScamType.HEALTH_PRODUCT), nothing_given=True)
    assert told(replies, judged, 0).startswith(knowledge.answers["nothing_given"].texts[0])


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


def test_what_now_is_answered_with_something_new(replies: Replies) -> None:
    advice = ("收据留好", "去要求退货")
    paid = Assessment(Verdict.SCAM, ScamType.HEALTH_PRODUCT, Stage.PAID, (), ("110",), advice)
    standing = replace(judgement(Verdict.SCAM, ScamType.HEALTH_PRODUCT, Stage.PAID), assessment=paid)
    heard = told(replies, standing, 0)
    first = replies.next_step(standing, 0, heard).text
    assert first.startswith("先打110") and "收据留好" in first and "讲清时间" not in first
    assert first[:12] != heard[:12]


def test_who_has_called_is_not_told_to_call_once_more(replies: Replies) -> None:
    called = Situation(evidence=("context_called_police",), stage=Stage.PAID, turns=1, verdict=Verdict.SCAM)
    judged = replace(judgement(Verdict.SCAM, ScamType.POLICE, Stage.PAID), situation=called)
    for variant in range(4):
        text = told(replies, judged, variant)
        assert "先打110" not in text and "110" in text[:12]
    assert replies.reminded(replies.answer("ask_tell_family"), called) == replies.answer("ask_tell_family")
    with_stage = replies.reminded(replies.answer("ask_tell_family"), called, judged.assessment)
    assert "110" in with_stage.text[:12]


def test_of_a_neighbour_s_loss_the_resident_is_asked_to_help(replies: Replies) -> None:
    neighbour = Situation(evidence=("context_someone_else",))
    judged = replace(judgement(Verdict.SCAM, ScamType.POLICE, Stage.PAID), situation=neighbour)
    assert "帮忙" in told(replies, judged, 0)
    hers = replace(judged, situation=Situation(evidence=("context_someone_else", "context_own_part")))
    assert "帮忙" not in told(replies, hers, 0)


@pytest.mark.parametrize(
    ("given", "bank"),
    [
        (("leaked_house_deed",), False),
        (("leaked_id",), False),
        (("leaked_id", "leaked_password"), True),
        (("leaked_otp",), True),
    ],
)
def test_a_card_is_only_to_be_blocked_when_it_was_given(replies: Replies, given: tuple[str, ...], bank: bool) -> None:
    situation = Situation(evidence=given)
    judged = replace(judgement(Verdict.SCAM, ScamType.ELDER_SERVICES, Stage.LEAKED), situation=situation)
    assert ("银行卡背面" in told(replies, judged, 0)) is bank
