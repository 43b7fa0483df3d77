"""Free speech to moves, in several dialects, with and without a Mandarin equivalent."""

from __future__ import annotations

import pytest

from bot.drills.moves import Heard, MoveRecogniser
from bot.drills.phrases import DrillPhrases
from bot.drills.scenario import Kind, Move


@pytest.fixture(scope="module")
def recogniser(phrases: DrillPhrases) -> MoveRecogniser:
    return MoveRecogniser(phrases)


SPOKEN = [
    ("我不转", Move.REFUSE),
    ("我勿会拨侬钞票", Move.REFUSE),
    ("吾弗拨倷钞票个", Move.REFUSE),
    ("我没有钱给你", Move.REFUSE),
    ("我不会再转给你了", Move.REFUSE),
    ("卡号不能告诉你", Move.REFUSE),
    ("我转不了", Move.REFUSE),
    ("你是骗子吧，我不相信", Move.REFUSE),
    ("我问问儿子", Move.VERIFY),
    ("等我问问囡再讲", Move.VERIFY),
    ("好的，我先问问我儿子再转给你", Move.VERIFY),
    ("我到派出所问问清楚", Move.VERIFY),
    ("把工作证给我看看", Move.VERIFY),
    ("我打110", Move.REPORT),
    ("我要报警了", Move.REPORT),
    ("我打110问问有没有这回事", Move.VERIFY),
    ("我挂了", Move.HANG_UP),
    ("勿搭侬讲哉，挂脱", Move.HANG_UP),
    ("我把门关了", Move.HANG_UP),
    ("好，我转给你", Move.PAY),
    ("那我怎么转给你啊", Move.PAY),
    ("好的，我马上去取钱", Move.PAY),
    ("为什么要我转钱", Move.ASK),
    ("你不会骗我吧", Move.ASK),
    ("侬是啥人", Move.ASK),
    ("我的验证码是四五六七", Move.DISCLOSE),
    ("我谁都不告诉", Move.COMPLY),
    ("我不告诉儿子", Move.COMPLY),
    ("我不懂，我转给你", Move.PAY),
    ("要不要我转给你", Move.PAY),
    ("嗯", Move.COMPLY),
    ("好好好", Move.COMPLY),
    ("让我儿子跟你讲", Move.VERIFY),
    ("我去问隔壁邻居", Move.VERIFY),
    ("把警号报给我听", Move.VERIFY),
    ("是真的吗，你别骗我", Move.REFUSE),
    ("唔信你", Move.REFUSE),
    ("不不不", Move.REFUSE),
    ("那你过来拿吧", Move.PAY),
    ("我把卡号发给你", Move.DISCLOSE),
    ("啥体要转账", Move.ASK),
    ("我不报警", Move.COMPLY),
    ("让我想一想", Move.STALL),
    ("明朝再讲", Move.STALL),
    ("别哭别哭，奶奶勒嗨", Move.COMPLY),
    ("我打九六一一零", Move.REPORT),
]


@pytest.mark.parametrize(("text", "move"), SPOKEN)
def test_speech_is_taken_for_its_move(recogniser: MoveRecogniser, text: str, move: Move) -> None:
    assert recogniser.moves(Heard(text), {})[0] is move


@pytest.mark.parametrize("text", ["今天天气", "啊", "阿", "红烧肉", "🙂", "1", "   "])
def test_what_says_nothing_is_unclear(recogniser: MoveRecogniser, text: str) -> None:
    assert recogniser.moves(Heard(text), {}) == ()


def test_the_mandarin_equivalent_is_heard_as_well(recogniser: MoveRecogniser) -> None:
    assert recogniser.moves(Heard("唔过数畀你"), {}) == ()
    assert recogniser.moves(Heard("唔过数畀你", "不转给你"), {}) == (Move.REFUSE,)


def test_a_phrase_of_the_step_wins_over_what_holds_everywhere(recogniser: MoveRecogniser) -> None:
    heard = Heard("我等他来了再说")
    assert recogniser.moves(heard, {})[0] is Move.STALL
    assert recogniser.moves(heard, {Move.COMPLY: ("我等他来了再说",)}) == (Move.COMPLY,)


def test_words_close_to_a_phrase_of_the_step_are_enough(recogniser: MoveRecogniser) -> None:
    step = {Move.PAY: ("镯子我包起来放楼下",), Move.REFUSE: ("金器我锁着呢",)}
    assert recogniser.moves(Heard("镯子包起来放到楼下"), step) == (Move.PAY,)


def test_near_words_that_deny_are_the_opposite(recogniser: MoveRecogniser) -> None:
    step = {Move.PAY: ("镯子我包起来放楼下",), Move.ASK: ("金器放在哪个抽屉",)}
    assert recogniser.moves(Heard("镯子我勿会包起来放楼下"), step) == (Move.REFUSE,)
    assert recogniser.moves(Heard("镯子我包起来放到楼下去"), step) == (Move.PAY,)


def test_the_intent_counts_when_no_words_do_and_negation_turns_it(recogniser: MoveRecogniser) -> None:
    assert recogniser.moves(Heard("蛮灵", intent="affirm"), {}) == (Move.COMPLY,)
    assert recogniser.moves(Heard("勿灵", intent="affirm"), {}) == (Move.REFUSE,)
    assert recogniser.moves(Heard("弗灵光", intent="affirm"), {}) == (Move.REFUSE,)
    assert recogniser.moves(Heard("灵得不得了", intent="affirm"), {}) == (Move.COMPLY,)
    assert recogniser.moves(Heard("蛮灵", intent="no_such_intent"), {}) == ()


def test_hanging_up_to_ask_verifies_a_genuine_contact(recogniser: MoveRecogniser) -> None:
    heard = Heard("我挂了，自己打银行问问")
    assert recogniser.moves(heard, {}, Kind.LEGITIMATE)[0] is Move.VERIFY
    assert set(recogniser.moves(heard, {}, Kind.SCAM)) == {Move.HANG_UP, Move.VERIFY}


@pytest.mark.parametrize(
    "text",
    [
        "停",
        "停！",
        "停一下",
        "我不练了",
        "不玩了",
        "勿来哉",
        "弗练哉",
        "结束吧",
        "退出",
        "退出演练",
        "停，不练了",
        "别演了",
        "我想停了",
        "停，我要走了",
        "我听了难过，停吧",
        "结束吧，我累了",
    ],
)
def test_stop_words_stop(recogniser: MoveRecogniser, text: str) -> None:
    assert recogniser.is_stop(text)


@pytest.mark.parametrize(
    "text", ["我的卡停用了吗", "我不来拿", "你等一下", "我挂了", "停电了是吧", "医保为什么停了", "不要了", "算了，我付"]
)
def test_words_within_the_play_do_not_stop(recogniser: MoveRecogniser, text: str) -> None:
    assert not recogniser.is_stop(text)


@pytest.mark.parametrize(
    "text",
    [
        "我真的转钱了",
        "不是演练，我真被骗了",
        "勿是演练呀，我真个转拨伊了",
        "我昨天已经转给他了五万",
        "前两天有人来，我把钱给他了",
        "我真的把验证码告诉他了",
        "救命啊",
        "我胸口痛",
        "真的有人在门口",
        "是真事，我真被骗了",
    ],
)
def test_a_real_emergency_is_heard(recogniser: MoveRecogniser, text: str) -> None:
    assert recogniser.is_real_emergency(text)


@pytest.mark.parametrize(
    "text",
    [
        "我打110",
        "我转给你",
        "你是真的警察吗",
        "我真的没钱",
        "万一真的被骗了怎么办",
        "真的假的",
        "我已经转了吗",
        "我马上去取钱",
        "我没真的转给他",
        "救命要紧，我拿给你",
    ],
)
def test_the_play_is_no_emergency(recogniser: MoveRecogniser, text: str) -> None:
    assert not recogniser.is_real_emergency(text)


def test_what_may_be_real_is_told_apart(recogniser: MoveRecogniser) -> None:
    assert recogniser.may_be_real("哎呀，我被骗了")
    assert not recogniser.may_be_real("会不会我被骗了")
    assert recogniser.goes_on("是演练，接着练")


def test_what_is_refused_to_others_is_going_along_with_a_genuine_contact(recogniser: MoveRecogniser) -> None:
    heard = Heard("晓得了，谁来要我都不给")
    assert recogniser.moves(heard, {}, Kind.LEGITIMATE)[0] is Move.COMPLY
    assert recogniser.moves(heard, {}, Kind.SCAM)[0] is Move.REFUSE


def test_an_alarm_device_is_not_the_police(recogniser: MoveRecogniser) -> None:
    assert Move.REPORT not in recogniser.moves(Heard("报警器我家有了"), {})
