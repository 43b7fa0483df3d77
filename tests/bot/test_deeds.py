"""What was done with money and data, read from single texts with the real words."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.evidence.context import load_context_words
from bot.judge.deeds import GOING_ON, ONLY_DENIED, PAST_DEED, DeedReader, load_deed_words
from bot.yaml_source import ContentError

KNOWLEDGE = Path("data/knowledge")


@pytest.fixture(scope="module")
def reader() -> DeedReader:
    return DeedReader(load_deed_words(KNOWLEDGE / "deeds.yml"), load_context_words(KNOWLEDGE / "negation.yml"))


@pytest.mark.parametrize(
    ("text", "has", "lacks"),
    [
        ("我把五千块钱打过去了", "given own money", "denied"),
        ("我老伴交了一万", "given family money", "given own money"),
        ("叫我打过去，我没打", "demanded", "given"),
        ("叫我打，我就打了", "given", "denied"),
        ("差一点就付掉了", "denied", "given"),
        ("要是我转了怎么办", "supposed", "given"),
        ("昨天中午汇的", PAST_DEED, "denied"),
        ("打电话说我卡里的钱被划走了", "said taken", "taken"),
        ("邻居被骗走三万", "elsewhere taken", "taken"),
        ("我在柜台排队，轮到我就汇", f"{GOING_ON} and place", "given"),
        ("身份证号报给他了", "data given", "denied"),
        ("我打电话问过了", "nothing lost", "given"),
        ("一分也没给", ONLY_DENIED, "only lost"),
        ("我没给，是自己划走了", "taken", ONLY_DENIED),
    ],
)
def test_deeds_of_a_text(reader: DeedReader, text: str, has: str, lacks: str) -> None:
    marks = reader.marks(text)
    assert has in marks
    assert lacks not in marks


def test_what_was_said_last_counts_once_more(reader: DeedReader) -> None:
    assert "last kept" in reader.marks("他叫我汇两万，我没汇")
    assert "last kept" not in reader.marks("我没汇，老伴去汇了")


def test_faults_are_named(tmp_path: Path) -> None:
    broken = tmp_path / "deeds.yml"
    text = (KNOWLEDGE / "deeds.yml").read_text(encoding="utf-8")
    broken.write_text(text.replace("turns:", "turn:").replace("[来拿|来取", "来拿|来取"), encoding="utf-8")
    with pytest.raises(ContentError) as raised:
        load_deed_words(broken)
    assert len(raised.value.faults) == 2
