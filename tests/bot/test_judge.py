"""The judge on the real content: verdicts, stages, and how a situation grows over turns."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from bot.content import Content
from bot.identifiers import ScamType, Stage, Verdict
from bot.judge.judge import Judgement
from bot.judge.situation import Situation

JudgeTurns = Callable[..., Judgement]


def test_the_case_of_the_first_issue(judge: JudgeTurns) -> None:
    found = judge("有人打电话讲是公安局个,叫我拿钞票转过去").assessment
    assert found is not None
    assert (found.verdict, found.scam_type, found.stage) == (Verdict.SCAM, ScamType.POLICE, Stage.UNPAID)
    assert found.hotlines[0] == "96110"
    assert found.red_flags


@pytest.mark.parametrize(
    "text",
    [
        "我刚刚已经把五万块转给他了",
        "有人冒充警察打电话，我已经把钱转过去了",
        "他说是我孙子的朋友，我把八万块现金交给他拿走了",
    ],
)
def test_money_gone_puts_110_first(judge: JudgeTurns, text: str) -> None:
    found = judge(text).assessment
    assert found is not None
    assert found.stage is Stage.PAID
    assert found.hotlines[0] == "110"
    assert found.verdict is not Verdict.CLEAR


def test_the_stage_rises_and_stays(judge: JudgeTurns) -> None:
    found = judge("有人打电话说是公安局的，叫我把钱转到安全账户", "我已经转过去五万了", "他叫我不要告诉别人").assessment
    assert found is not None
    assert found.stage is Stage.PAID
    assert found.hotlines[0] == "110"


def test_a_denial_takes_the_stage_back(judge: JudgeTurns) -> None:
    found = judge("公安局打电话叫我转钱，我转给他了", "我讲错了，钱还没有转").assessment
    assert found is None or found.stage in (Stage.UNPAID, Stage.UNKNOWN)


def test_the_story_keeps_its_type_while_it_grows(judge: JudgeTurns) -> None:
    found = judge(
        "有人打电话说是公安局的，说我涉嫌洗钱，要我转到安全账户", "他叫我不要挂电话，也不要告诉儿子"
    ).assessment
    assert found is not None
    assert found.scam_type is ScamType.POLICE
    assert found.verdict is Verdict.SCAM


def test_a_correction_starts_the_situation_anew(judge: JudgeTurns) -> None:
    found = judge("孙子打电话来要五万块，说出事了", "不是的，是我亲孙子当面要的，不是电话").assessment
    assert found is None or found.verdict is not Verdict.SCAM


@pytest.mark.parametrize("text", ["你好", "红烧肉怎么做", "提前还款要手续费吗", "附近有什么好玩的", "今天天气真好", ""])
def test_talk_is_not_judged(judge: JudgeTurns, text: str) -> None:
    assert judge(text).assessment is None


@pytest.mark.parametrize(
    "text",
    [
        "【菜鸟驿站】您的包裹已到，取件码3-2-1001，请及时领取",
        "您尾号1234的储蓄卡收入3000元，余额5210元",
        "警方提醒：凡是让您转到安全账户的都是诈骗，请拨打96110咨询",
    ],
)
def test_honest_messages_are_not_called_scams(judge: JudgeTurns, text: str) -> None:
    found = judge(text).assessment
    assert found is None or found.verdict is Verdict.CLEAR


def test_red_flags_stand_where_they_say(content: Content) -> None:
    text = "😀有人 打電話 講是公安局個，叫我拿钞票转到安全帐户，还叫我加❤薇信"
    found = content.assess(content.understander.understand(text), Situation()).assessment
    assert found is not None
    assert found.red_flags
    for flag in found.red_flags:
        assert text[flag.start : flag.end] == flag.text
        assert flag.label


def test_an_emergency_is_never_less_than_urgent(content: Content) -> None:
    for text in ("不是演练，是真的", "真的出事了", "今天天气真好"):
        judgement = content.assess(content.understander.understand(text), Situation())
        found = content.judge.emergency(judgement).assessment
        assert found is not None
        assert found.hotlines[0] == "110"
        assert found.verdict is not Verdict.CLEAR


def test_a_situation_survives_being_stored(judge: JudgeTurns) -> None:
    situation = judge("公安局打电话叫我转钱到安全账户，我转给他了").situation
    assert Situation.from_dict(situation.to_dict()) == situation
    assert Situation.from_dict(None) == Situation()


@pytest.mark.parametrize("text", ["a" * 10_000, "转账" * 1000, "\x00\x01", "🙂" * 500, "<script>alert(1)</script>"])
def test_any_text_can_be_judged(judge: JudgeTurns, text: str) -> None:
    judge(text)


def test_small_talk_around_a_sure_sign_does_not_clear_it(judge: JudgeTurns) -> None:
    small_talk = (
        "我今天早上去菜场买菜，碰到老张，讲了半天话。回来看看电视，吃好中饭，困了一觉。"
        "下午我在院子里晒太阳，隔壁阿姨送来两根黄瓜。晚上儿子打电话来，讲礼拜天回来吃饭。"
    )
    story = "有人打电话来讲是公安局的，叫我把钱转到安全账户，不然就抓我。"
    for text in (small_talk + story, story + small_talk):
        found = judge(text).assessment
        assert found is not None
        assert found.verdict is not Verdict.CLEAR
        assert found.red_flags
    quiet = judge(small_talk).assessment
    assert quiet is None or quiet.verdict is Verdict.CLEAR


def test_a_call_is_remembered_and_no_loss(judge: JudgeTurns) -> None:
    alone = judge("我就打了110")
    assert alone.called and alone.assessment is None and alone.situation.called_police
    later = judge("我就打了110", "钱转给他了，两万")
    assert later.assessment is not None and later.assessment.stage is Stage.PAID
    assert later.assessment.hotlines[0] == "110" and later.situation.called_police


@pytest.mark.parametrize("text", ["96110打过来叫我不要转账", "110打过来问我的", "没打过110", "要是打了110呢"])
def test_a_call_received_or_supposed_was_not_made(judge: JudgeTurns, text: str) -> None:
    assert not judge(text).situation.called_police


def test_an_honest_word_beside_it_makes_a_fraud_no_truer(judge: JudgeTurns) -> None:
    told = ("航空公司讲航班取消，赔我三百块，叫我点链接", "我儿子给我买的票，明天去北京的")
    assert judge(*told).situation.verdict is Verdict.SCAM


@pytest.mark.parametrize("text", ["手机号换了：", "今天就先到这里，我回去了", "老人家慢慢走"])
def test_a_few_words_without_a_sign_are_no_story(judge: JudgeTurns, text: str) -> None:
    assert judge(text).assessment is None


@pytest.mark.parametrize("text", ["转账到安全账户", "他要我验证码", "他要我那个数字", "要共享屏幕"])
def test_few_words_that_name_a_demand_are_one(judge: JudgeTurns, text: str) -> None:
    found = judge(text).assessment
    assert found is not None
    assert found.verdict is not Verdict.CLEAR
