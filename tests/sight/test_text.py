"""Slips in links and numbers, and lines that belong together."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from server.sight.cleanup import cleaned
from server.sight.glyph import Glyph, text_of
from server.sight.joining import joined
from server.sight.layout import Piece, arranged


def clean(text: str) -> str:
    return text_of(cleaned([Glyph(character) for character in text]))


@pytest.mark.parametrize(
    ("read", "meant"),
    [
        ("点击http：//yb-bj．example／c认证", "点击http://yb-bj.example/c认证"),
        ("登录 https:// a1. example/x l0 看看", "登录 https://a1.example/x l0 看看"),
        ("GS-Vip.example/App里", "gs-vip.example/App里"),
        ("www。jf-dh。example", "www.jf-dh.example"),
        ("验证码５５１９，Ａ座", "验证码5519，A座"),
        ("奖金98O00元", "奖金98000元"),
        ("电话138l2345678", "电话13812345678"),
        ("OK，我是Iris，B2l", "OK，我是Iris，B2l"),
        ("x1l0.example/1O1", "x1l0.example/1O1"),
        ("3.6%，12.5万。好。", "3.6%，12.5万。好。"),
        ("明天8：00在礼堂", "明天8：00在礼堂"),
    ],
)
def test_only_what_its_neighbours_prove_is_put_right(read: str, meant: str) -> None:
    assert clean(read) == meant


@given(st.text(max_size=60))
def test_nothing_is_ever_added(text: str) -> None:
    assert len(clean(text)) <= len(text)
    assert clean(clean(text)) == clean(text)


def piece(text: str, left: float, top: float, size: float = 20) -> Piece:
    wide = sum(size if ord(character) > 255 else size * 0.55 for character in text) + 0.4 * 1.5 * size
    right, bottom = left + wide, top + 1.5 * size
    corners = np.array([[left, top], [right, top], [right, bottom], [left, bottom]])
    return Piece(corners, tuple(Glyph(character) for character in text))


def told(*pieces: Piece) -> list[str]:
    return text_of(joined(arranged(pieces))).split("\n")


def test_a_sentence_over_lines_is_one() -> None:
    lines = [
        piece("您的银行卡已被冻结，请", 100, 200),
        piece("立即打电话给陈经理处理", 100, 228),
        piece("。", 100, 256),
    ]
    assert told(*reversed(lines)) == ["您的银行卡已被冻结，请立即打电话给陈经理处理。"]


def test_a_name_above_a_bubble_stands_alone() -> None:
    lines = [piece("周老师", 96, 172), piece("今天开盘全仓买入，目标", 100, 200), piece("涨幅三成五", 100, 228)]
    assert told(*lines) == ["周老师", "今天开盘全仓买入，目标涨幅三成五"]


def test_bubbles_stand_apart() -> None:
    assert told(piece("先交三千元定金吧", 100, 200), piece("好的我马上就交", 100, 290)) == [
        "先交三千元定金吧",
        "好的我马上就交",
    ]


def test_what_stands_side_by_side() -> None:
    assert told(piece("18:20", 600, 100), piece("信息", 40, 101)) == ["信息", "18:20"]
    assert told(piece("卡号", 100, 100), piece("6200", 170, 101)) == ["卡号6200"]


def test_links_and_words_over_lines() -> None:
    assert told(piece("http://a.exam", 100, 200), piece("ple/c", 100, 228)) == ["http://a.example/c"]
    assert told(piece("please call us", 100, 200), piece("back today", 100, 228)) == ["please call us back today"]
