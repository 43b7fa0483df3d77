"""Practising with a card in the real conversation: what is offered, what is noted, and that no number is left."""

from __future__ import annotations

import asyncio
import re
import uuid
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from server_process import ROOT

from actions.registry import all_actions
from bot.conversation import Conversation
from bot.conversation_build import build_conversation
from bot.identifiers import DrillOutcome
from bot.practice.numbers import read_number, shown
from bot.redact import redact
from bot.settings import BotSettings
from bot.turn import Answer, Turn
from server.practice.store import CardStore
from server.practice.tries import Tries
from server.records import Records
from server.sessions import now

Say = Callable[..., list[Answer]]
SETTINGS = BotSettings(
    data_dir=ROOT / "data",
    models_dir=ROOT / "models",
    config_file=ROOT / "config.yml",
    domain_file=ROOT / "domain.yml",
)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("cards")


@pytest.fixture(scope="module")
def cards(folder: Path) -> CardStore:
    return CardStore(folder / "records.db", folder / "practice.key", unknown=Tries(5), made=Tries(50))


@pytest.fixture(scope="module")
def conversation(model: Path, cards: CardStore, loop: asyncio.AbstractEventLoop) -> Iterator[Conversation]:
    built = build_conversation(SETTINGS, all_actions, cards=cards)
    loop.run_until_complete(built.start())
    yield built
    loop.run_until_complete(built.stop())


@pytest.fixture
def say(conversation: Conversation, folder: Path, loop: asyncio.AbstractEventLoop) -> Iterator[Say]:
    records = Records(folder / "records.db", redact=redact)

    def say_turns(*texts: str, visit: str | None = None) -> list[Answer]:
        visit = visit or uuid.uuid4().hex
        answers = []
        for text in texts:
            turn = Turn(visit, text)
            answers.append(loop.run_until_complete(conversation.respond(turn)))
            records.turn(turn, answers[-1], now(), 1.0)
        return answers

    yield say_turns
    records.close()


def titles(answer: Answer) -> list[str]:
    return [choice.title for choice in answer.reply.choices]


def number_in(answer: Answer) -> str:
    found = re.search(r"^\d{3} \d{3} \d{3}$", answer.reply.text, re.MULTILINE)
    assert found is not None
    return read_number(found[0])


def test_what_was_practised_is_not_offered_again_at_the_next_visit(say: Say, cards: CardStore) -> None:
    (made,) = say("给我一张练习卡")
    number = number_in(made)
    offered, *_, ended = say(f"我的练习卡是{shown(number)}", "我想练“有人上门查煤气灶”", "我不开门，我打110")
    assert "有人上门查煤气灶" in titles(offered) and len(offered.reply.choices) <= 4 and offered.drill is None
    assert ended.drill is not None and ended.drill.outcome is DrillOutcome.REPORTED
    assert "要一张练习卡" not in titles(ended)
    history = cards.history(cards.find(number))
    assert [(run.scenario_id, run.outcome) for run in history] == [("gas-check-parts", DrillOutcome.REPORTED)]
    (again,) = say(number.translate(str.maketrans("0123456789", "零幺二三四五六七八九")))
    assert again.drill is None and "有人上门查煤气灶" not in titles(again)
    assert titles(again)[0] in again.reply.text


def test_no_number_is_written_down(say: Say, folder: Path) -> None:
    (made,) = say("给我一张练习卡")
    number = number_in(made)
    say(
        *(f"我的练习卡是{number}", f"我的练习卡是{shown(number)}，我想练一练", "我想练“有人上门查煤气灶”"),
        *(f"我的练习卡是{number}", f"{number[:5]} {number[5:]}", "停", "我有练习卡", number, number[:8]),
    )
    for file in folder.glob("records.db*"):
        content = file.read_bytes().decode("utf-8", "replace")
        assert number not in content and shown(number) not in content and number[:8] not in content


def test_a_drill_left_in_the_middle_is_on_the_card_of_whoever_asks_for_one_then(say: Say, cards: CardStore) -> None:
    *_, made = say("我想练“有人上门查煤气灶”", "停", "给我一张练习卡")
    history = cards.history(cards.find(number_in(made)))
    assert [(run.scenario_id, run.outcome) for run in history] == [("gas-check-parts", DrillOutcome.QUIT)]


def test_a_story_beside_a_number_is_heard_and_the_card_is_noted(say: Say) -> None:
    (made,) = say("给我一张练习卡")
    told, wished = say(f"我的练习卡是{number_in(made)}，刚才有人打电话叫我转钱到安全账户", "我想做一次防骗演练")
    assert told.assessment is not None and told.intent.name == "tell_situation"
    place = "我的练习卡是000000000，刚才有人打电话".index("刚才")
    assert all(flag.start >= place for flag in told.assessment.red_flags), "places in the text as it was sent"
    assert wished.drill is None and "有人上门查煤气灶" in titles(wished)


def test_a_preview_has_no_card(say: Say, conversation: Conversation) -> None:
    scenario = conversation.scenarios.get("gas-check-parts")
    assert scenario is not None
    visit = conversation.begin()
    conversation.scenarios.previews.begin(visit, scenario)
    started, ended = say("我想做一次防骗演练", "我不开门，我打110", visit=visit)
    assert started.drill is not None
    assert ended.practised == () and "要一张练习卡" not in titles(ended)


def test_without_a_store_residents_practise_all_the_same(
    conversation: Conversation, say: Say, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(conversation, "_cards", None)
    for text in ("我有练习卡", "给我一张练习卡", "我的练习卡是123456786"):
        (answer,) = say(text)
        assert "用不了" in answer.reply.text and titles(answer) == ["不用卡，直接练"]
    (ended,) = say("我想练“有人上门查煤气灶”", "我不开门，我打110")[1:]
    assert "要一张练习卡" not in titles(ended)


def test_guessing_ends_in_waiting(say: Say) -> None:
    *_, last = say(*["我的练习卡是123456786"] * 6)
    assert "歇一分钟" in last.reply.text
