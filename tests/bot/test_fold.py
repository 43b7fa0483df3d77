from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.fold import Folder, PhraseTable

FOLDER = Folder({"加v": "加微信", "安全张户": "安全账户"})


@pytest.mark.parametrize(
    ("sent", "folded"),
    [
        ("安全帳戶", "安全帐户"),
        ("ＡＴＭ轉帳", "atm转帐"),
        ("转 账 给 我", "转账给我"),
        ("转*账", "转账"),
        ("转。账。给我", "转账给我"),
        ("转账。给我", "转账。给我"),
        ("验\u200b证\u200d码", "验证码"),
        ("加V领红包", "加微信领红包"),
        ("安全张户", "安全账户"),
        ("hello world", "hello world"),
        ("", ""),
    ],
)
def test_disguises_are_taken_off(sent: str, folded: str) -> None:
    assert FOLDER.fold(sent).text == folded


def test_offsets_lead_back_to_the_text_as_sent() -> None:
    folded = FOLDER.fold("请 加V，转*账")
    start = folded.text.index("加微信")
    assert folded.original[slice(*folded.span(start, start + 3))] == "加V"
    start = folded.text.index("转账")
    assert folded.original[slice(*folded.span(start, start + 2))] == "转*账"


@given(st.text(max_size=200))
def test_every_folded_character_has_a_place_in_the_original(text: str) -> None:
    folded = FOLDER.fold(text)
    assert len(folded.text) == len(folded.starts) == len(folded.ends)
    assert all(0 <= start < end <= len(text) for start, end in zip(folded.starts, folded.ends, strict=True))
    assert list(folded.starts) == sorted(folded.starts)


def test_the_longest_phrase_wins() -> None:
    table = PhraseTable({"微信": "A", "微信支付": "B"})
    assert table.find("用微信支付") == [(1, 5, "B")]
