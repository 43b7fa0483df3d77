"""The real recogniser, and screens to read."""

from __future__ import annotations

from pathlib import Path

import pytest

from server.bench.phone.screens import Message, Screen
from server.sight.rapidocr_reader import RapidOcrReader

DATA = Path(__file__).parents[2] / "data"


@pytest.fixture(scope="session")
def reader() -> RapidOcrReader:
    return RapidOcrReader()


@pytest.fixture(autouse=True)
def _font(chinese_font: None) -> None:
    """Nothing can be drawn to be read without one."""


@pytest.fixture
def chat() -> Screen:
    """Both sides talk, with a link over two lines and a number."""
    return Screen(
        "chat",
        "客服小雨",
        (
            Message("time", "下午 2:10"),
            Message("other", "您的会员到期会自动扣费800元，请打开 http://tui-fei.example/a1B2 取消。"),
            Message("own", "我没有开过呀"),
            Message("other", "卡号 6200 0000 1357 2468，钱先转过来核查。"),
        ),
    )
