"""The conversation with the real model: never raises, never mixes visits, forgets."""

from __future__ import annotations

import asyncio
import time
import uuid
from collections.abc import Awaitable, Callable, Iterator
from pathlib import Path
from typing import Any, TypeVar

import pytest

from actions.registry import all_actions
from bot.agent.adapter import RasaAgent
from bot.conversation import Conversation
from bot.conversation_build import build_conversation
from bot.identifiers import DrillOutcome, ScamType, Stage, Verdict
from bot.serving_models import ModelMissing, ServingModels
from bot.settings import BotSettings
from bot.training import train_if_changed
from bot.turn import Turn

T = TypeVar("T")
Run = Callable[[Awaitable[T]], T]


@pytest.fixture(scope="module")
def conversation(settings: BotSettings, loop: asyncio.AbstractEventLoop) -> Iterator[Conversation]:
    train_if_changed(settings, print)
    built = build_conversation(settings, all_actions)
    loop.run_until_complete(built.start())
    yield built
    loop.run_until_complete(built.stop())
    loop.run_until_complete(built.stop())  # stopping twice is no error


@pytest.fixture
def say(conversation: Conversation, loop: asyncio.AbstractEventLoop) -> Callable[..., list[Any]]:
    def say_turns(*texts: str, visit: str | None = None) -> list[Any]:
        visit = visit or uuid.uuid4().hex
        return [loop.run_until_complete(conversation.respond(Turn(visit, text))) for text in texts]

    return say_turns


def test_every_kind_of_fraud_but_the_rest_has_a_name_to_show(conversation: Conversation) -> None:
    assert conversation.scam_name(ScamType.POLICE) == "冒充公检法"
    assert all(conversation.scam_name(kind) for kind in ScamType if kind is not ScamType.OTHER)
    assert conversation.scam_name(ScamType.OTHER) is None
    assert conversation.scam_name(None) is None


def test_paid_stays_urgent_whatever_is_said_next(say: Callable[..., list[Any]]) -> None:
    _, paid, thanks = say("公安局打电话叫我转钱", "我刚刚已经把五万块转给他了", "谢谢")
    assert paid.assessment.stage is Stage.PAID
    assert paid.reply.text.index("110") < 8
    assert paid.reply.speech.index("110") < 8
    assert "110" in thanks.reply.text


def test_commands_of_rasa_are_words_like_any_other(say: Callable[..., list[Any]]) -> None:
    for text in ("/stop", '/tell_situation{"x": 1}', " /restart", "/action_listen"):
        (answer,) = say(text)
        assert answer.reply.text


@pytest.mark.parametrize(
    "text", ["🙂🙂", "?", "。", "\u200b", " ", "a" * 500, "<b>你好</b>", "转" * 500, "١٢٣", "𠊎系客家人"]
)
def test_every_turn_is_answered(say: Callable[..., list[Any]], text: str) -> None:
    (answer,) = say(text)
    assert answer.reply.text
    assert answer.reply.speech


def test_an_answer_repeated_comes_in_other_words(say: Callable[..., list[Any]]) -> None:
    first, second = say("你好", "你好")
    assert first.reply.text != second.reply.text


def test_a_drill_from_start_to_debrief(say: Callable[..., list[Any]]) -> None:
    answers = say("我想做一次防骗演练", "我不信，我打110报警，把电话挂了", "我打110报警", "挂了")
    assert answers[0].drill.status == "running"
    ended = [answer for answer in answers if answer.drill and answer.drill.status == "finished"]
    assert ended
    assert ended[0].drill.outcome in set(DrillOutcome)
    assert ended[0].drill.debrief


def test_stop_leaves_a_drill_and_an_emergency_breaks_it(say: Callable[..., list[Any]]) -> None:
    _, stopped = say("我想练一练", "停")
    assert stopped.drill.status == "quit"
    _, emergency = say("我想练一练", "不是演练，我真的把钱转给骗子了")
    assert emergency.assessment.hotlines[0] == "110"
    assert emergency.assessment.verdict is not Verdict.CLEAR
    assert "110" in emergency.reply.text[:40]


def test_visits_never_mix(conversation: Conversation, loop: asyncio.AbstractEventLoop) -> None:
    async def visits() -> list[Any]:
        paid, other = uuid.uuid4().hex, uuid.uuid4().hex
        return list(
            await asyncio.gather(
                conversation.respond(Turn(paid, "我刚刚把五万块转给骗子了")),
                conversation.respond(Turn(other, "你好")),
                conversation.respond(Turn(paid, "谢谢")),
                conversation.respond(Turn(other, "谢谢")),
            )
        )

    _, hello, thanks_paid, thanks_other = loop.run_until_complete(visits())
    assert hello.assessment is None
    assert "110" in thanks_paid.reply.text
    assert "110" not in thanks_other.reply.text


def test_forgetting_wipes_the_story(conversation: Conversation, loop: asyncio.AbstractEventLoop) -> None:
    async def visit() -> tuple[bool, Any]:
        name = uuid.uuid4().hex
        await conversation.respond(Turn(name, "我刚刚把五万块转给骗子了"))
        assert conversation.knows(name)
        known = await conversation.forget(name)
        assert not conversation.knows(name)
        assert not await conversation.forget(name)
        return known, await conversation.respond(Turn(name, "谢谢"))

    known, thanks = loop.run_until_complete(visit())
    assert known
    assert "110" not in thanks.reply.text


def test_idle_visits_are_purged_and_free_memory(settings: BotSettings, loop: asyncio.AbstractEventLoop) -> None:
    now = [0.0]
    base = build_conversation(settings, all_actions)
    built = Conversation(base._live, settings, base._load_agent, clock=lambda: now[0])

    async def visits() -> tuple[int, int]:
        await built.start()
        for number in range(5):
            await built.respond(Turn(f"visit-{number:04d}", "你好"))
        now[0] += settings.session_idle_seconds + 1
        await built.respond(Turn("visit-new", "你好"))

        async def purge() -> int:
            return built.purge_now()

        purged = await built._thread.call(purge())
        assert built._agent is not None
        left = len(built._agent.trackers)
        await built.stop()
        return purged, left

    assert loop.run_until_complete(visits()) == (5, 1)


def test_the_first_turn_finds_everything_built(settings: BotSettings, loop: asyncio.AbstractEventLoop) -> None:
    """What is built with the first message costs a second or more; nobody should have to wait for it."""
    built = build_conversation(settings, all_actions)

    async def visit() -> tuple[int, float]:
        await built.start()
        assert built._agent is not None
        left = len(built._agent.trackers)
        begun = time.process_time()
        await built.respond(Turn("visit-first", "有人打电话说是公安局的，叫我把钱转到安全账户"))
        spent = time.process_time() - begun
        await built.stop()
        return left, spent

    left, spent = loop.run_until_complete(visit())
    assert left == 0, "nothing is left of it"
    assert spent < 0.5, "seconds of processor time, whatever else the machine does"


def test_a_broken_agent_still_answers(settings: BotSettings, loop: asyncio.AbstractEventLoop) -> None:
    base = build_conversation(settings, all_actions)

    class Broken(RasaAgent):
        async def handle(self, session_id: str, text: str, metadata: dict[str, Any]) -> Any:
            raise RuntimeError("words of a resident")

    def load(model: Path, edition: Any) -> RasaAgent:
        return Broken(model, settings.domain_file, all_actions(edition.services), dict)

    built = Conversation(base._live, settings, load)

    async def visit() -> Any:
        await built.start()
        answer = await built.respond(Turn("visit-broken", "我刚刚把五万块转给骗子了"))
        await built.stop()
        return answer

    answer = loop.run_until_complete(visit())
    assert "110" in answer.reply.text
    assert answer.assessment.hotlines[0] == "110"


def test_a_missing_model_says_what_to_run(settings: BotSettings, tmp_path: Path) -> None:
    with pytest.raises(ModelMissing, match=r"make run|hean train"):
        ServingModels(tmp_path).current()
    (tmp_path / "broken.tar.gz").write_bytes(b"not a model")
    with pytest.raises(ModelMissing, match="hean train"):
        RasaAgent(ServingModels(tmp_path).current(), settings.domain_file, [], dict)


READ = "【公安局】您的银行卡涉嫌洗钱，请马上把存款转到安全账户，不要告诉家里人。"


def test_what_was_read_on_a_picture_is_part_of_the_story(
    conversation: Conversation, loop: asyncio.AbstractEventLoop, say: Callable[..., list[Any]]
) -> None:
    visit = uuid.uuid4().hex
    assessment, _ = loop.run_until_complete(conversation.see(visit, READ))
    assert assessment is not None and assessment.verdict is Verdict.SCAM
    assert all(READ[flag.start : flag.end] == flag.text for flag in assessment.red_flags)
    [after] = say("我已经转了", visit=visit)
    assert after.assessment.verdict is Verdict.SCAM
    assert after.assessment.stage is Stage.PAID
    assert after.assessment.scam_type is assessment.scam_type
    assert after.assessment.hotlines[0] == "110"
    loop.run_until_complete(conversation.forget(visit))
    [forgotten] = say("我已经转了", visit=visit)
    assert forgotten.assessment is None or forgotten.assessment.scam_type is not assessment.scam_type


def test_a_picture_in_the_middle_of_a_talk_is_judged_with_it(
    conversation: Conversation, loop: asyncio.AbstractEventLoop, say: Callable[..., list[Any]]
) -> None:
    visit = uuid.uuid4().hex
    say("我已经把钱转出去了", visit=visit)
    assessment, reply = loop.run_until_complete(conversation.see(visit, READ))
    assert assessment is not None and assessment.stage is Stage.PAID
    assert "110" in reply.text


def test_an_empty_picture_changes_nothing(conversation: Conversation, loop: asyncio.AbstractEventLoop) -> None:
    visit = uuid.uuid4().hex
    assessment, reply = loop.run_until_complete(conversation.see(visit, " \n"))
    assert assessment is None and reply.text
    assert not conversation.knows(visit)


def test_a_drill_does_not_notice_a_picture(
    conversation: Conversation, loop: asyncio.AbstractEventLoop, say: Callable[..., list[Any]]
) -> None:
    visit = uuid.uuid4().hex
    scenario = conversation.scenarios.all()[0]
    [begun] = say(f"练一练：{scenario.title}", visit=visit)
    assert begun.drill is not None and begun.drill.status == "running"
    loop.run_until_complete(conversation.see(visit, READ))
    [after] = say("你是哪里的", visit=visit)
    assert after.drill is not None and after.drill.run_id == begun.drill.run_id
