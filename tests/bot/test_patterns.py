from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.evidence.patterns import anchors, compile_pattern, fold_pattern, phrases


@pytest.mark.parametrize(
    ("pattern", "hit", "miss"),
    [
        ("安全账户", "转到安全账户", "安全的账户"),
        ("[转|汇]账", "汇账", "算账"),
        ("[马上|立刻]?转账", "转账", "赚账"),
        ("转…账户", "转五万到账户", "转账。他的账户"),
        ("叫[我|他]…[转|汇]", "叫他快点汇", "叫她汇"),
    ],
)
def test_what_a_pattern_means(pattern: str, hit: str, miss: str) -> None:
    assert re.search(compile_pattern(pattern), hit)
    assert not re.search(compile_pattern(pattern), miss)


@pytest.mark.parametrize("pattern", ["转", "", "…", "[转|汇", "转]账"])
def test_wrong_patterns_are_refused(pattern: str) -> None:
    with pytest.raises(ValueError, match=r"pattern too short|brackets"):
        compile_pattern(pattern)


def test_phrases_of_a_pattern_without_gap() -> None:
    assert phrases("[转|汇][账|款]") == ("转账", "转款", "汇账", "汇款")
    assert phrases("转[一]?下") == ("转一下", "转下")
    assert phrases("转…账") is None


def test_folding_keeps_the_syntax() -> None:
    assert fold_pattern("[轉|匯]…帳戶", lambda text: text.replace("轉", "转").replace("匯", "汇")) == "[转|汇]…帳戶"


@given(
    st.lists(st.text("转汇账户安全公安", min_size=1, max_size=3), min_size=1, max_size=3),
    st.lists(st.text("转汇账户安全公安", min_size=1, max_size=3), min_size=1, max_size=2),
)
def test_a_match_always_holds_an_anchor(first: list[str], second: list[str]) -> None:
    pattern = f"[{'|'.join(first)}]…[{'|'.join(second)}]"
    for one in first:
        for two in second:
            text = f"{one}到{two}"
            assert re.search(compile_pattern(pattern), text)
            assert any(anchor in text for anchor in anchors(pattern))
