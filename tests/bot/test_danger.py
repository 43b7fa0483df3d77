"""Danger to life: seen here and now it is, told by a caller who wants money it is not."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.danger import DESPAIR, HEALTH, DangerWords, load_danger_words
from bot.yaml_source import ContentError

CONTENT = Path(__file__).resolve().parents[2] / "data" / "knowledge" / "danger.yml"


@pytest.fixture(scope="module")
def words() -> DangerWords:
    return load_danger_words(CONTENT)


@pytest.mark.parametrize(
    ("text", "suspicious", "kind"),
    [
        ("我老伴昏过去了", False, HEALTH),
        ("我刚把钱转走，现在胸口痛", True, HEALTH),
        ("邻居跑来说我老伴摔倒在楼下，爬不起来了", False, HEALTH),
        ("电话里讲我女儿昏过去了，叫我打钱", True, None),
        ("说吾孙子断了腿，流了好多血，要两万块", True, None),
        ("讲我儿子出车祸，我现在胸口痛", True, HEALTH),
        ("说我儿子出事了。我老伴一听昏过去了", True, HEALTH),
        ("说我儿子出事了，我不想活了", True, DESPAIR),
        ("昨天去超市买菜", False, None),
    ],
)
def test_danger_is_seen_not_told(words: DangerWords, text: str, suspicious: bool, kind: str | None) -> None:
    assert words.kind(text, suspicious=suspicious) == kind


def test_a_missing_list_and_a_broken_pattern_are_named(tmp_path: Path) -> None:
    path = tmp_path / "danger.yml"
    path.write_text('health: [胸口痛]\ndespair: [不想活]\ntold_of_relative: ["[说|讲我"]\n', "utf-8")
    with pytest.raises(ContentError) as raised:
        load_danger_words(path)
    told = str(raised.value)
    assert "own" in told
    assert ":3:" in told
