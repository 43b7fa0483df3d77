"""Staff say something on every screen: at once when it is urgent, else when nobody would be disturbed."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import expect
from screen import Screen
from server_process import BROADCAST_TOKEN
from typer.testing import CliRunner

from server.cli import app

WARNING = "今天有人冒充社区上门收钱。不要开门，不要给钱。"
NOTICE = "明天上午九点，二楼活动室讲防骗。"


@pytest.fixture
def announce(server_url: str, monkeypatch: pytest.MonkeyPatch) -> Any:
    """Runs the command with these arguments."""
    monkeypatch.setenv("HEAN_KIOSK__BROADCAST_TOKEN", BROADCAST_TOKEN)

    def run(*arguments: str) -> str:
        result = CliRunner().invoke(app, ["broadcast", *arguments, "--url", server_url])
        assert result.exit_code == 0, result.output
        return result.output

    return run


def _wait_for(screen: Screen, text: str) -> None:
    """Let the time pass, second by second, until this can be read."""
    for _ in range(120):
        if text in screen.at("card").inner_text():
            return
        screen.page.clock.run_for(1000)
    pytest.fail(f"never shown: {text}")


def test_an_urgent_one_comes_into_a_visit_with_110(screen: Screen, announce: Any) -> None:
    screen.ask("什么是刷单")
    screen.page.wait_for_function("document.body.dataset.state === 'speaking'")
    screen.note_captions()
    assert "1" in announce(WARNING, "--urgent")
    card = screen.at("urgent-card")
    expect(card).to_contain_text(WARNING)
    expect(card.locator(".urgent-number")).to_have_text("110")
    screen.expect_caption("冒充社区")


def test_another_one_waits_until_the_visit_is_over(screen: Screen, announce: Any) -> None:
    screen.page.clock.install()
    say = screen.ask("什么是刷单")
    screen.silence()
    announce(NOTICE)
    screen.page.clock.run_for(30_000)
    expect(screen.at("answer-text")).to_have_text(say["text"])
    _wait_for(screen, NOTICE)
    screen.page.wait_for_function("document.body.dataset.state !== 'speaking'", timeout=60_000)
    screen.page.clock.run_for(60_000)
    expect(screen.page.locator("body")).to_have_attribute("data-panel", "attract")
    screen.errors.clear()  # time ran faster than the server, so that the page looked for a new connection


def test_the_command_says_what_is_wrong(server_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HEAN_KIOSK__BROADCAST_TOKEN", BROADCAST_TOKEN)

    def said(*arguments: str) -> str:
        result = CliRunner().invoke(app, ["broadcast", *arguments])
        assert result.exit_code == 1
        return result.output

    assert "号码" in said("打13800138000", "--url", server_url)
    assert "大白话" in said("<b>", "--url", server_url)
    assert "没有回答" in said("好", "--url", "http://127.0.0.1:1")
    monkeypatch.setenv("HEAN_KIOSK__BROADCAST_TOKEN", "of-another-installation")
    assert "口令不对" in said("好", "--url", server_url)
    monkeypatch.setenv("HEAN_KIOSK__BROADCAST_TOKEN", "")
    assert "还没有设" in said("好", "--url", server_url)
