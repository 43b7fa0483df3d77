"""Speech that comes sentence by sentence: played in order without a seam, and told to the server as it was heard."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Page, expect
from screen import Say, Screen
from tapped_stream import Message, TappedStream

POLICE = "有人打电话讲是公安局个,叫我拿钞票转过去"
AUDIO = "document.querySelector('[data-testid=audio]')"
IDLE = "document.body.dataset.state === 'idle'"
HEARD_TWO = "first => heard.urls.indexOf(first) >= 0 && heard.urls.at(-1) !== first"
ENDED = "first => heard.urls.at(-1) === first && heard.ended"
WATCH = f"""() => {{
  window.heard = {{urls: [], gaps: [], captions: []}};
  const audio = {AUDIO};
  audio.addEventListener('playing', () => {{
    if (heard.ended) heard.gaps.push(performance.now() - heard.ended);
    heard.ended = 0;
    const url = audio.getAttribute('src');
    if (heard.urls.at(-1) !== url) heard.urls.push(url); // a machine that is busy may stop in the middle
  }});
  audio.addEventListener('ended', () => {{ heard.ended = performance.now(); }}, {{capture: true}}); // before the page's
  const caption = document.querySelector('[data-testid=caption]');
  new MutationObserver(() => {{
    const text = caption.textContent;
    if (caption.querySelector('.clause') && heard.captions.at(-1) !== text) heard.captions.push(text);
  }}).observe(caption, {{childList: true}});
}}"""


class _Line:
    """The stream of a page: the parts of the last answer, of which those from ``hold_from`` on are held up."""

    def __init__(self, page: Page) -> None:
        self.parts: list[Message] = []
        self.held: list[Message] = []
        self.hold_from: float = math.inf
        self.stream = TappedStream(page, self._passing)

    def let_go(self) -> list[Message]:
        """Hold up nothing any more; what has been until now."""
        held, self.held, self.hold_from = self.held, [], math.inf
        return held

    def _passing(self, message: Message) -> Message | None:
        if message["type"] == "say" and message["intent"]:
            self.parts = [message]
        if message["type"] == "more":
            self.parts.append(message)
            if message["part"] >= self.hold_from:
                self.held.append(message)
                return None
        return message


@pytest.fixture
def wired(new_page: Callable[..., Page], server_url: str) -> Iterator[tuple[Screen, _Line]]:
    page = new_page()
    line = _Line(page)
    screen = Screen(page)
    screen.open(server_url, "page-tests-parts")
    page.evaluate(WATCH)
    yield screen, line
    assert screen.errors == []


# Whoever is slow to press, as a busy machine makes a test, is greeted before the answer, which counts nowhere.


def played(screen: Screen, say: Say) -> list[Message]:
    """What the page told the server to have played of this answer."""
    return [sent for sent in screen.sent if sent["type"] == "played" and sent["turn_id"] == say["turn_id"]]


def heard(screen: Screen, say: Say) -> list[str]:
    """The sounds that were heard, from the beginning of this answer on."""
    urls: list[str] = screen.page.evaluate("heard.urls")
    return urls[urls.index(say["url"]) :]


def whole_ms(parts: list[Message]) -> float:
    return float(sum(part["duration_ms"] + part["pause_ms"] for part in parts))


def signs(text: str) -> str:
    """Without line breaks and blanks, which captions have their own of."""
    return re.sub(r"\s", "", text)


def shown(screen: Screen) -> str:
    """All captions one after another."""
    return signs("".join(screen.page.evaluate("heard.captions")))


def test_every_part_is_played_in_order_and_acknowledged_once(wired: tuple[Screen, _Line]) -> None:
    screen, line = wired
    say = screen.ask(POLICE)
    screen.page.wait_for_function(IDLE, timeout=60_000)
    assert len(line.parts) > 1 and not say["last"] and line.parts[-1]["last"]
    assert heard(screen, say) == [part["url"] for part in line.parts]
    assert shown(screen).endswith(signs(say["text"]))
    [message] = played(screen, say)
    assert message["ms"] == pytest.approx(whole_ms(line.parts), rel=0.05, abs=150)
    pauses = [part["pause_ms"] for part in line.parts[:-1]]
    gaps = screen.page.evaluate("heard.gaps")[-len(pauses) :]
    assert len(gaps) == len(pauses)
    assert all(gap >= pause - 2 for gap, pause in zip(gaps, pauses, strict=True)), (gaps, pauses)


def test_what_was_heard_before_a_stop_is_acknowledged_and_nothing_follows(wired: tuple[Screen, _Line]) -> None:
    screen, line = wired
    line.hold_from = 3  # however late the stop is, she is not further than the second sentence
    say = screen.ask(POLICE)
    screen.page.wait_for_function(HEARD_TWO, arg=say["url"], timeout=60_000)
    screen.silence()
    screen.until(lambda: bool(played(screen, say)))
    [message] = played(screen, say)
    two = line.parts[:2]
    assert two[0]["duration_ms"] * 0.9 < message["ms"] < whole_ms(two)
    assert any(sent["type"] == "interrupt" for sent in screen.sent)
    line.let_go()
    after = screen.ask("谢谢你")
    screen.page.wait_for_function("url => heard.urls.at(-1) === url", arg=after["url"])
    assert heard(screen, say) == [*(part["url"] for part in two), after["url"]]


def test_a_part_that_comes_late_is_waited_for(wired: tuple[Screen, _Line]) -> None:
    screen, line = wired
    line.hold_from = 2
    say = screen.ask(POLICE)
    screen.page.wait_for_function(ENDED, arg=say["url"], timeout=60_000)
    expect(screen.page.locator("body")).to_have_attribute("data-state", "speaking")
    expect(screen.at("face")).to_have_attribute("data-viseme", "sil")
    screen.until(lambda: bool(line.held))
    held = line.let_go()
    line.stream.say({**held[0], "turn_id": "of-another-turn"})
    line.stream.say({**held[0], "part": 7})
    for part in held:
        line.stream.say(part)
    screen.page.wait_for_function(IDLE, timeout=60_000)
    assert heard(screen, say) == [part["url"] for part in line.parts]


def test_what_could_not_be_spoken_is_shown_to_the_end(wired: tuple[Screen, _Line]) -> None:
    screen, line = wired
    line.hold_from = 2
    say = screen.ask(POLICE)
    screen.until(lambda: bool(line.held))
    silent = {"url": None, "duration_ms": 0, "pause_ms": 0, "visemes": [], "vtimes": [], "vdurations": []}
    line.stream.say({**line.held[0], **silent, "words": [], "wtimes": [], "wdurations": [], "last": True})
    screen.page.wait_for_function(IDLE, timeout=90_000)
    assert heard(screen, say) == [say["url"]]
    assert shown(screen).endswith(signs(say["text"]))
    [message] = played(screen, say)
    assert message["ms"] <= say["duration_ms"] + say["pause_ms"] + 150, "what was only shown was not played"


def test_a_lost_stream_lets_her_finish_what_is_here(wired: tuple[Screen, _Line]) -> None:
    screen, line = wired
    line.hold_from = 2
    say = screen.ask(POLICE)
    screen.page.wait_for_function(f"!{AUDIO}.paused")
    line.stream.cut()
    screen.page.wait_for_function(IDLE, timeout=90_000)
    assert shown(screen).endswith(signs(say["text"]))


def test_again_says_all_parts_again(wired: tuple[Screen, _Line]) -> None:
    screen, line = wired
    say = screen.ask(POLICE)
    screen.page.wait_for_function(HEARD_TWO, arg=say["url"], timeout=60_000)
    screen.at("repeat").click()
    again = "heard.urls.lastIndexOf(first) > heard.urls.indexOf(second)"
    next_one = "heard.urls[heard.urls.lastIndexOf(first) + 1] === second"
    first_two = [part["url"] for part in line.parts[:2]]
    screen.page.wait_for_function(f"([first, second]) => {again} && {next_one}", arg=first_two, timeout=60_000)
