"""Reports: a difference that can be read, XML that parses whatever was said, HTML that runs nothing."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from xml.etree import ElementTree

import pytest

from server.stories.account import account
from server.stories.coverage import Covered
from server.stories.html import coverage_html, results_html
from server.stories.junit import junit_xml
from server.stories.loading import LoadedStory
from server.stories.mismatch import Mismatch
from server.stories.play import Result, Told
from server.stories.story import Story

MADE = datetime(2026, 11, 25, 9, 30)
NASTY = "有人\x00说<script>alert(1)</script>]]>\x1b&"


@pytest.fixture
def results() -> list[Result]:
    story = Story.parse_obj({"name": "<b>bold</b>", "why": "it is said", "steps": [{"user": NASTY}, {"user": "谢谢"}]})
    good = LoadedStory("happy_path/visits: good", story, Path("visits.yml"), 1, (3, 5))
    bad = LoadedStory("abuse/tags: <b>bold</b>", story, Path("tags.yml"), 7, (9, 12))
    told = [
        Told(1, NASTY, "这是骗子。", ("tell_situation", "cmn", "scam"), 12.4),
        Told(2, "谢谢", "不客气。", ("thank",), 8.0),
    ]
    wrong = [Mismatch("verdict", "scam", "caution"), Mismatch("always", got="reply.text is empty")]
    return [Result(good, told, [], 0.25), Result(bad, told, wrong, 0.5)]


def test_the_difference_names_step_words_expected_and_got(results: list[Result]) -> None:
    text = account(results[1])
    assert "tags.yml:12" in text, "the line of the step that went wrong"
    assert "2. resident: 谢谢" in text
    assert "- verdict: scam\n     + verdict: caution" in text
    assert "+ always: reply.text is empty" in text


def test_junit_is_xml_whatever_was_said(results: list[Result]) -> None:
    (suite,) = ElementTree.fromstring(junit_xml(results))
    assert (suite.get("tests"), suite.get("failures"), suite.get("time")) == ("2", "1", "0.750")
    good, bad = suite
    assert (good.get("classname"), good.get("name"), good.get("line")) == ("happy_path.visits", "good", "5")
    assert good.find("failure") is None
    failure = bad.find("failure")
    assert failure is not None and failure.text is not None
    assert "verdict: expected scam, got caution" in (failure.get("message") or "")
    assert "<script>" in failure.text


def test_html_shows_and_runs_nothing(results: list[Result]) -> None:
    page = results_html(results, "http://127.0.0.1:8000", MADE)
    assert "2026-11-25 09:30" in page
    assert "<script>" not in page and "<b>bold" not in page
    assert "&lt;script&gt;" in page
    assert "tags.yml:12" in page
    assert page.count('class="plus"') == 2 and page.count('class="minus"') == 1
    assert "src=" not in page and "http-equiv" not in page, "it needs nothing else"


def test_html_of_coverage_names_what_is_missing() -> None:
    covered = [
        Covered("stages", ("paid", "unpaid"), frozenset({"paid"})),
        Covered("verdicts", ("scam",), frozenset({"scam"})),
    ]
    page = coverage_html(covered, 3, MADE)
    assert "50%" in page and "100%" in page
    assert "<code>unpaid</code>" in page and "<code>paid</code>" not in page


def test_shares() -> None:
    assert Covered("x", (), frozenset()).share == 1.0
    some = Covered("x", ("a", "b", "c"), frozenset({"b", "z"}))
    assert some.missing == ("a", "c")
    assert some.share == pytest.approx(1 / 3)
