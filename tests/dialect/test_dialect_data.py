"""The dialect data: well formed, apart from each other, and harmless to everyday Mandarin."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Any

import pytest
import yaml

from bot.dialect.lexicon import Lexicon, family, load_lexicon
from bot.fold import Folder
from bot.identifiers import Dialect

DIALECTS = Path(__file__).resolve().parents[2] / "data" / "dialects"
SENTENCES = DIALECTS / "sentences"
LEXICON = DIALECTS / "lexicon"
SPOKEN = [dialect for dialect in Dialect if dialect is not Dialect.UNKNOWN]
WITH_WORDS = [dialect for dialect in SPOKEN if dialect is not Dialect.CMN]
LEAST_SENTENCES = 100
HEAVIEST = 3.0
# Everyday words that hold a dialect word inside; replacing that part would spoil what a message says.
EVERYDAY_WORDS = """
中国 中奖 不中用 整天 整个 老人 老师 金额 名额 余额不足 电话 打电话 联系
系统 关系 介绍 希望 拨打 摆脱 搭车 讲座 听讲座 讨论 困难 生活费 同学 知识
食品 饮料 返利 紧急 仲裁 未来 已经 蚊子 几个 好几个 一点 分钟 部分 应该
爱情 当时 当然 真的 不足 受伤 一共 公共 给予 提现 提醒 某某 早上好 诚实
相信 一起 银行 把握 照顾 大家来 大家去 奶奶 爷爷 新娘 爹娘 可以 奇怪 样子
哄孩子 盗贼 削皮 吓唬 色彩 问题 帮忙 写字 水电费 高烧 麻烦 烫伤 西瓜 认真
老实 天黑了 什么事 什么人 什么时候 怎么样 第二天 开会当天 后来三十万
完成个人认证 公安怎么说 阿里巴巴 敢不敢 后生可畏 时不时 全家公司 第三方 验证码
安全账户 派出所 转账 贷款 快递 客服 链接 利息
"""
EVERYDAY = EVERYDAY_WORDS.split()


def read(path: Path) -> dict[str, Any]:
    content = yaml.safe_load(path.read_text(encoding="utf-8"))
    assert isinstance(content, dict), path.name
    return content


@pytest.fixture(scope="module")
def folder() -> Folder:
    return Folder({})


@pytest.fixture(scope="module")
def lexicon(folder: Folder) -> Lexicon:
    return load_lexicon(LEXICON, folder)


def sentence_files(dialect: Dialect) -> list[Path]:
    """The dialect's own file and the one with more, where there is one."""
    more = SENTENCES / f"{dialect.value}-more.yml"
    return [SENTENCES / f"{dialect.value}.yml", *([more] if more.exists() else [])]


def sentences(dialect: Dialect) -> list[str]:
    return [sentence for path in sentence_files(dialect) for sentence in read(path)["sentences"]]


def test_every_sentence_file_is_a_dialects() -> None:
    expected = {path for dialect in SPOKEN for path in sentence_files(dialect)}
    assert set(SENTENCES.glob("*.yml")) == expected


def test_lexicon_files_are_one_for_each_dialect_but_mandarin() -> None:
    assert {path.stem for path in LEXICON.glob("*.yml")} == {dialect.value for dialect in WITH_WORDS}


@pytest.mark.parametrize("dialect", SPOKEN)
def test_sentence_file_is_well_formed(dialect: Dialect) -> None:
    for path in sentence_files(dialect):
        content = read(path)
        assert set(content) == {"dialect", "checked", "sentences"}, path.name
        assert content["dialect"] == dialect.value, path.name
        assert isinstance(content["checked"], bool), path.name
        for sentence in content["sentences"]:
            assert isinstance(sentence, str), sentence
            assert sentence == sentence.strip()
            assert 4 <= len(sentence) <= 60, sentence
    assert len(sentences(dialect)) >= LEAST_SENTENCES


def test_no_sentence_twice(folder: Folder) -> None:
    counts = Counter(folder.fold(s).text.rstrip("。？?!！") for dialect in SPOKEN for s in sentences(dialect))
    assert [sentence for sentence, count in counts.items() if count > 1] == []


def test_sentences_carry_no_number_of_a_person_or_link() -> None:
    """Digits in a row would be learnt as a mark of whichever dialect they stand in."""
    for dialect in SPOKEN:
        for sentence in sentences(dialect):
            digits = sum(character.isdigit() for character in sentence)
            assert digits < 6, sentence
            assert "http" not in sentence, sentence


@pytest.mark.parametrize("dialect", WITH_WORDS)
def test_lexicon_file_is_well_formed(dialect: Dialect, folder: Folder) -> None:
    content = read(LEXICON / f"{dialect.value}.yml")
    assert content["dialect"] == dialect.value
    for entry in content["words"]:
        assert set(entry) <= {"word", "mandarin", "meaning", "weight", "verified", "source"}, entry
        assert isinstance(entry["word"], str), entry
        assert entry["word"].strip(), entry
        assert entry["mandarin"] is None or isinstance(entry["mandarin"], str), entry
        assert isinstance(entry["verified"], bool), entry
        assert entry["source"], entry
        assert 0.0 <= float(entry.get("weight", 0.0)) <= HEAVIEST, entry
    counts = Counter(folder.fold(entry["word"]).text for entry in content["words"])
    assert [word for word, count in counts.items() if count > 1] == []


@pytest.mark.parametrize("word", EVERYDAY)
def test_no_dialect_takes_an_everyday_word_apart(word: str, lexicon: Lexicon, folder: Folder) -> None:
    folded = folder.fold(word)
    changed = {d.value: lexicon.to_mandarin(folded, d).text for d in WITH_WORDS}
    assert {dialect: text for dialect, text in changed.items() if text != folded.text} == {}


@pytest.mark.parametrize("word", EVERYDAY)
def test_everyday_word_hardly_tells_a_dialect(word: str, lexicon: Lexicon, folder: Folder) -> None:
    weights = [w for _, by_dialect in lexicon.markers(folder.fold(word).text) for w in by_dialect.values()]
    assert sum(weights) <= 0.6, weights


def test_plain_mandarin_hardly_carries_marks(lexicon: Lexicon, folder: Folder) -> None:
    marked = []
    for sentence in sentences(Dialect.CMN):
        marks = lexicon.markers(folder.fold(sentence).text)
        if any(weight >= 1.0 for _, weights in marks for weight in weights.values()):
            marked.append(sentence)
    assert marked == []


@pytest.mark.parametrize("dialect", WITH_WORDS)
def test_most_sentences_of_a_dialect_carry_its_marks(dialect: Dialect, lexicon: Lexicon, folder: Folder) -> None:
    carrying = 0
    own = sentences(dialect)
    for sentence in own:
        marks = lexicon.markers(folder.fold(sentence).text)
        carrying += any(family(d) is family(dialect) for _, weights in marks for d in weights)
    assert carrying / len(own) >= 0.65


@pytest.mark.parametrize(
    ("dialect", "spoken", "mandarin"),
    [
        (Dialect.WUU, "侬勿要拿钞票汇拨伊", "你不要拿钱汇给他"),
        (Dialect.WUU, "撒宁叫侬挪草票", "谁叫你挪钱"),
        (Dialect.WUU_JX, "吾奴勿晓得哪哈办", "我不知道怎么办"),
        (Dialect.YUE, "佢叫我唔好话俾屋企人知", "他叫我不要告诉家里人知"),
        (Dialect.CMN_SW, "啷个办嘛，遭骗了", "怎么办嘛，被骗了"),
        (Dialect.CMN_JH, "我不曾买那个杲昃", "我没有买那个东西"),
        (Dialect.NAN, "伊予人骗", "他被人骗"),
        (Dialect.HAK, "佢分人骗", "他被人骗"),
    ],
)
def test_dialect_words_become_mandarin(
    dialect: Dialect, spoken: str, mandarin: str, lexicon: Lexicon, folder: Folder
) -> None:
    assert lexicon.to_mandarin(folder.fold(spoken), dialect).text == folder.fold(mandarin).text
