"""Pinyin becomes what a resident means, also when it is typed as it sounds in Jiaxing."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.yaml_source import ContentError
from server.entry.candidates import PinyinInput
from server.entry.dictionary import load_words, read_staff_words
from server.entry.syllables import Splitter, fold_syllable

ROOT = Path(__file__).parents[2]
WORDS = ROOT / "data" / "entry" / "words.yml"


@pytest.fixture(scope="module")
def keyboard() -> PinyinInput:
    return PinyinInput(load_words(WORDS, ROOT / "models"))


def _texts(keyboard: PinyinInput, letters: str, most: int = 30) -> list[str]:
    return [candidate.text for candidate in keyboard.candidates(letters, most)]


@pytest.mark.parametrize(
    ("letters", "text"),
    [
        ("zhuanzhang", "转账"),
        ("zz", "转账"),
        ("zhuanz", "转账"),
        ("yanzhengma", "验证码"),
        ("yanzm", "验证码"),
        ("gaj", "公安局"),
        ("yhk", "银行卡"),
        ("huankuan", "还款"),
        ("wo", "我"),
        ("dadianhua", "打电话"),
        ("woerzigeiwodadianhua", "我儿子给我打电话"),
        ("xi'an", "西安"),
        ("nver", "女儿"),
        ("beipianle", "被骗了"),
    ],
)
def test_what_is_meant_comes_first(keyboard: PinyinInput, letters: str, text: str) -> None:
    first = keyboard.candidates(letters, 10)[0]
    assert (first.text, first.typed) == (text, len(letters))


@pytest.mark.parametrize(
    ("letters", "text"),
    [("zuanzang", "转账"), ("senfenzen", "身份证"), ("lihao", "你好"), ("laijin", "奶劲"), ("yinhanka", "银行卡")],
)
def test_sounds_that_wu_does_not_part_may_be_mixed_up(keyboard: PinyinInput, letters: str, text: str) -> None:
    if text in ("奶劲", "银行卡"):  # an and ang are told apart in Jiaxing: no candidate may pretend otherwise
        assert text not in _texts(keyboard, letters)
    else:
        assert text in _texts(keyboard, letters)[:3]


def test_what_is_typed_exactly_comes_before_what_only_sounds_alike(keyboard: PinyinInput) -> None:
    assert _texts(keyboard, "zi")[0] != _texts(keyboard, "zhi")[0]
    assert set(_texts(keyboard, "lin", 5)) != set(_texts(keyboard, "ling", 5))


def test_a_beginning_can_be_chosen_and_tells_how_far_it_goes(keyboard: PinyinInput) -> None:
    shorter = next(c for c in keyboard.candidates("yinhangka", 60) if c.text == "银行")
    assert shorter.typed == len("yinhang")


def test_no_word_comes_twice_and_none_is_rare_or_traditional(keyboard: PinyinInput) -> None:
    for letters in ("shi", "zz", "woyaozhuanzhang"):
        texts = _texts(keyboard, letters, 60)
        assert len(texts) == len(set(texts))
        for text in texts:
            text.encode("gb2312")


@given(st.text("abcdefghijklmnopqrstuvwxyz'", min_size=1, max_size=60))
@settings(max_examples=60)
def test_whatever_is_typed_there_are_at_most_so_many_and_all_within_it(keyboard: PinyinInput, letters: str) -> None:
    found = keyboard.candidates(letters, 12)
    assert len(found) <= 12
    assert all(1 <= candidate.typed <= len(letters) and candidate.text for candidate in found)


def test_both_ways_to_part_the_letters_are_found() -> None:
    splits = Splitter(["fang", "an", "fan", "gan"]).splits("fangan")
    assert {tuple(piece.typed for piece in split.pieces) for split in splits} >= {("fang", "an"), ("fan", "gan")}


def test_folding_keeps_what_is_heard() -> None:
    assert {fold_syllable(s) for s in ("zhong", "zong")} == {"zong"}
    assert fold_syllable("xing") == fold_syllable("xin")
    assert fold_syllable("lv") == fold_syllable("nü") == "lu"
    assert fold_syllable("fan") != fold_syllable("fang")


@pytest.mark.parametrize(
    ("text", "place"),
    [("", ":1:1:"), ("words: 转账", ":1:1:"), ("words:\n  - 转账\n  - abc\n", ":3:5:"), ("words: [\n", ":2:1:")],
)
def test_a_broken_file_of_words_is_told_with_its_place(tmp_path: Path, text: str, place: str) -> None:
    path = tmp_path / "words.yml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(ContentError, match=place):
        read_staff_words(path)
