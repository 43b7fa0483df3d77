"""Words about a practice card: heard when they are meant, and never in a story."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from played import DATA

from bot.practice.numbers import check_digit, shown
from bot.practice.talk import Wish, read_talk
from bot.practice.words import load_practice_words

PHRASES = load_practice_words(DATA).phrases
NUMBERS = st.integers(0, 10**8 - 1).map(lambda n: f"{n:08d}").map(lambda digits: f"{digits}{check_digit(digits)}")
SPELT = str.maketrans("0123456789", "零幺二三四五六七八九")
WIDE = str.maketrans("0123456789", "０１２３４５６７８９")


@given(
    NUMBERS,
    st.sampled_from(
        ["{}", "我的练习卡是{}", "吾个练习卡号码是 {} 。", "您好，练习卡，{}", "{}，我的练习卡", "联系卡{}"]
    ),
    st.sampled_from([str, shown, lambda n: "-".join(shown(n).split()), lambda n: "，".join(n)]),
    st.sampled_from([{}, SPELT, WIDE]),
)
def test_a_number_is_heard_however_it_is_said(number: str, said: str, grouped: object, spelt: dict[int, int]) -> None:
    text = said.format(grouped(number).translate(spelt))  # type: ignore[operator]
    talk = read_talk(text, PHRASES)
    assert talk is not None and talk.wish is Wish.NUMBER and talk.alone
    assert talk.number == number
    assert len(talk.masked) == len(text)
    assert not any(character.isdigit() for character in talk.masked.translate(str.maketrans("幺零", "10")))


@given(st.text(max_size=300), st.booleans(), st.booleans())
def test_any_text_can_be_read(text: str, asked: bool, bare: bool) -> None:
    talk = read_talk(text, PHRASES, asked=asked, bare=bare)
    assert talk is None or len(talk.masked) == len(text)


@pytest.mark.parametrize(
    ("text", "wish"),
    [
        ("我有练习卡", Wish.HAVE),
        ("练习卡", Wish.HAVE),
        ("吾有张练习卡呀", Wish.HAVE),
        ("给我一张练习卡", Wish.WANT),
        ("我要办张练习卡", Wish.WANT),
        ("练习卡是什么", Wish.WHAT),
        ("我没有练习卡", Wish.NONE),
        ("练习卡忘带了", Wish.NONE),
        ("练习卡号码再念一遍", Wish.AGAIN),
        ("我的练习卡号码是多少", Wish.AGAIN),
        ("我想练一练，有哪些演练", Wish.MENU),
        ("不要练习卡", None),
        ("", None),
        ("  ", None),
        ("我有", None),
        ("忘了", None),
        ("刚才有个人上门来，说社区给我一张练习卡，要我先交押金才给办", None),
        ("练习卡" * 3000, None),
    ],
)
def test_what_is_wished(text: str, wish: Wish | None) -> None:
    talk = read_talk(text, PHRASES)
    assert (talk.wish if talk else None) == wish


@pytest.mark.parametrize(
    "text",
    [
        "13800138000",
        "我转了50000块钱",
        "123456789",
        "他的QQ是123456786，叫我加他",
        "练习卡要我交2000块钱，还要我的身份证",
        "110、119、120",
    ],
)
def test_other_numbers_are_none_of_a_card(text: str) -> None:
    assert read_talk(text, PHRASES) is None


def test_only_who_was_asked_may_say_less() -> None:
    for text, wish in (("12345678", Wish.NUMBER), ("一二三", Wish.NUMBER), ("忘带了", Wish.NONE)):
        talk = read_talk(text, PHRASES, asked=True)
        assert talk is not None and talk.wish is wish
        assert read_talk(text, PHRASES) is None
    assert read_talk("他叫我转50000块", PHRASES, asked=True) is None


def test_a_number_alone_may_belong_to_a_story() -> None:
    number = "12345678" + str(check_digit("12345678"))
    assert read_talk(number, PHRASES, bare=False) is None
    talk = read_talk(f"我的练习卡是{number}，刚才有人叫我转钱", PHRASES, bare=False)
    assert talk is not None and not talk.alone and talk.masked.endswith("，刚才有人叫我转钱")
