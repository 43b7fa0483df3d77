"""Dialect, misheard words and evidence together, on the real content."""

from __future__ import annotations

import pytest

from bot.content import Content
from bot.fold import Folder
from bot.homophones import Homophones
from bot.identifiers import Dialect


@pytest.mark.parametrize(
    ("text", "dialect"),
    [
        ("有人打电话讲是公安局个,叫我拿钞票转过去", {Dialect.WUU, Dialect.WUU_JX}),
        ("阿拉今朝勿去哉，侬自家去好伐", {Dialect.WUU, Dialect.WUU_JX}),
        ("佢话系我个仔嘅同学，叫我俾钱佢", {Dialect.YUE}),
        ("他喊我把钱打到他那个卡上，我晓得个锤子哦", {Dialect.CMN_SW}),
        ("我今天去银行办点事情", {Dialect.CMN}),
        ("12345", {Dialect.UNKNOWN}),
    ],
)
def test_dialects(content: Content, text: str, dialect: set[Dialect]) -> None:
    assert content.understander.understand(text).dialect.id in dialect


def test_the_clients_dialect_wins_and_a_carried_one_fills_in(content: Content) -> None:
    understand = content.understander.understand
    assert understand("好的", dialect=Dialect.HAK).dialect.id is Dialect.HAK
    assert understand("123", carried=Dialect.WUU).dialect.id is Dialect.WUU


def test_dialect_words_become_mandarin_and_keep_their_place(content: Content) -> None:
    heard = content.understander.understand("伊叫我拿钞票拨伊，我勿肯", dialect=Dialect.WUU)
    assert "钱" in heard.mandarin.text
    assert "不肯" in heard.mandarin.text
    start = heard.mandarin.text.index("钱")
    assert heard.text[slice(*heard.mandarin.span(start, start + 1))] == "钞票"


@pytest.mark.parametrize(
    ("heard", "meant"),
    [
        ("工检法", "公检法"),
        ("安全张户", "安全账户"),
        ("验证吗", "验证码"),
        ("平幕共享", "屏幕共享"),
        ("银航卡", "银行卡"),
    ],
)
def test_misheard_words_are_taken_for_what_they_sound_like(heard: str, meant: str) -> None:
    homophones = Homophones([meant])
    folded = homophones.fold(Folder({}).fold(f"他说{heard}的事"))
    assert folded.text == f"他说{meant}的事"
    assert folded.span(2, 2 + len(meant)) == (2, 2 + len(heard))


@pytest.mark.parametrize("text", ["保证今天到", "手续非常麻烦", "我在公园等他", "身份证"])
def test_honest_words_are_left_alone(text: str) -> None:
    homophones = Homophones(["保证金", "手续费", "公检法", "身份证"])
    assert homophones.fold(Folder({}).fold(text)).text == text


def test_negation_and_hypothesis_are_seen(content: Content) -> None:
    def found(text: str) -> dict[str, tuple[bool, bool]]:
        evidence = content.understander.understand(text).evidence
        return {piece.id: (piece.negated, piece.hypothetical) for piece in evidence}

    said = found("我已经把五万块转给他了")
    assert said["paid_transfer"] == (False, False)
    denied = found("我没有把五万块转给他")
    assert denied.get("paid_transfer", (True, False))[0]


@pytest.mark.parametrize("written", ["加V", "+v", "＋Ｖ", "➕薇", "加➕V"])
def test_a_plus_sign_is_read_as_adding_a_contact(content: Content, written: str) -> None:
    text = f"😀{written} 刷单日结"
    found = {each.id: text[each.start : each.end] for each in content.understander.understand(text).evidence}
    assert found["asks_add_contact"] in written
