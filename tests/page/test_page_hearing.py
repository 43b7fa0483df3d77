"""Speaking instead of typing: only what the resident confirms is asked. The recogniser is played, none is installed."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect
from recogniser import hears, speak
from screen import Screen

WORDS = "有人打电话说是公安局的，叫我把钱转到安全账户"


@pytest.fixture(params=[(1080, 1920), (1920, 1080), (1366, 768)], ids=lambda size: f"{size[0]}x{size[1]}")
def listening(new_page: Callable[..., Page], server_url: str, request: pytest.FixtureRequest) -> Screen:
    """A screen that has recorded and recognised ``WORDS``."""
    page = new_page(request.param)
    hears(page, WORDS)
    screen = Screen(page)
    screen.open(server_url, "page-tests-hearing")
    speak(screen, WORDS)
    return screen


def test_what_was_heard_is_asked_once_it_is_confirmed(listening: Screen) -> None:
    for needed in ("heard", "hearing-yes", "hearing-edit", "hearing-again"):
        assert listening.in_viewport(listening.at(needed)), needed
    assert not [message for message in listening.sent if message["type"] == "text"]
    listening.at("hearing-yes").click()
    expect(listening.at("verdict")).to_have_attribute("data-verdict", "scam")


def test_what_was_heard_wrongly_can_be_corrected(listening: Screen) -> None:
    listening.at("hearing-edit").click()
    expect(listening.at("text-input")).to_have_value(WORDS)
    expect(listening.at("text-input")).to_be_focused()


# Loudness by the tenth of a second: quiet room 0.002, speech 0.1, noisy lobby 0.02.
ENDS = {
    "speech, then the whole pause": ([(0.002, 5), (0.1, 20), (0.002, 13)], True),
    "speech at once": ([(0.1, 20), (0.002, 13)], True),
    "a slow speaker's pause": ([(0.002, 5), (0.1, 20), (0.002, 10), (0.1, 10), (0.002, 10)], False),
    "nobody speaks": ([(0.002, 60)], False),
    "a cough": ([(0.002, 5), (0.1, 1), (0.002, 40)], False),
    "in a noisy lobby": ([(0.02, 10), (0.2, 20), (0.02, 13)], True),
    "soft speech": ([(0.001, 5), (0.02, 20), (0.001, 13)], True),
}


@pytest.mark.parametrize("case", ENDS)
def test_silence_ends_what_is_said_patiently(new_page: Callable[..., Page], server_url: str, case: str) -> None:
    levels, ends = ENDS[case]
    page = new_page((1080, 1920))
    page.goto(server_url)
    reached = page.evaluate(
        """async (levels) => {
          const { SpeechEnd } = await import('/static/js/speech_end.js');
          const end = new SpeechEnd(1200);
          let reached = false;
          for (const [level, tenths] of levels) {
            const wave = (_, i) => level * Math.SQRT2 * Math.sin(i / 5);
            const samples = Float32Array.from({ length: 1600 * tenths }, wave);
            end.take(samples, 16000);
            reached ||= end.reached;
          }
          return reached;
        }""",
        levels,
    )
    assert reached is ends
