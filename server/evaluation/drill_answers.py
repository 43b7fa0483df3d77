"""How well free speech in drills is understood: answers written by hand, each played at its step."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from bot.agent.adapter import RasaAgent
from bot.drills.engine import GUARDING, DrillEngine, accepted
from bot.drills.moves import Heard
from bot.drills.scenario import Kind, Move, Scenario
from bot.identifiers import DrillOutcome
from bot.judge.situation import Situation
from bot.live.edition import spoken_failure
from bot.nlu.carried import Carried
from bot.routing import DESPAIR, EMERGENCY, HEALTH, STOP
from bot.services import Services, build_services
from bot.serving_models import ServingModels
from bot.settings import BotSettings
from bot.yaml_source import load_yaml
from server.evaluation.packs import PackError

UNCLEAR, LEFT, REAL, ASKED_REALITY = "unclear", "stop", "emergency", "is it real"
OWN_ANSWERS = Path("tests/drills/free_answers")
MEANINGS = frozenset([*(move.value for move in Move), UNCLEAR, LEFT, REAL])
_YIELDING = frozenset(move.value for move in (Move.COMPLY, Move.DISCLOSE, Move.PAY))
_RESISTING = frozenset(move.value for move in GUARDING)


@dataclass(frozen=True)
class FreeAnswer:
    """What a resident might say at one step of a drill, and what a person says that it means."""

    scenario: str
    step: str
    meaning: str
    text: str


@dataclass(frozen=True)
class Played:
    """An answer and what became of it. ``heard`` is a move, or one of the words above."""

    answer: FreeAnswer
    heard: str
    right: bool
    kind: Kind
    outcome: DrillOutcome | None

    @property
    def turned_round(self) -> bool:
        """Taken for the opposite: yielding for resisting or the reverse."""
        meant, heard = self.answer.meaning, self.heard
        return (meant in _YIELDING and heard in _RESISTING) or (meant in _RESISTING and heard in _YIELDING)

    @property
    def swallowed(self) -> bool:
        """Something real, or the wish to stop, that the drill went on over."""
        return self.answer.meaning in (LEFT, REAL) and not self.right

    @property
    def wronged(self) -> bool:
        """A genuine contact was dealt with rightly, and the drill ended as if it had been taken for a fraud."""
        return (
            self.answer.meaning not in (*_RESISTING - {Move.VERIFY.value}, LEFT, REAL)
            and self.outcome is DrillOutcome.MISREPORTED
        )


def read_answers(folder: Path) -> list[FreeAnswer]:
    """Read ``SCENARIO.yml`` files: step → list of ``meaning: text``.

    Raises:
        ContentError: a file is broken.
        PackError: it names a meaning that there is not.
    """
    answers = []
    for path in sorted(folder.glob("*.yml")):
        for step, entries in load_yaml(path).items():
            for meaning, text in (pair for entry in entries for pair in entry.items()):
                if meaning not in MEANINGS:
                    raise PackError(f"{path}: {step}: {meaning!r} is none of {', '.join(sorted(MEANINGS))}")
                answers.append(FreeAnswer(path.stem, str(step), meaning, str(text)))
    return answers


class AnswerPlayer:
    """Says answers to the engine the way that the conversation does: understood, routed, mapped."""

    def __init__(self, services: Services, agent: RasaAgent) -> None:
        self._content = services.content
        self._agent = agent

    @property
    def engine(self) -> DrillEngine:
        """What hears the answers."""
        return self._content.drills

    def scenario(self, scenario_id: str) -> Scenario:
        """The published scenario.

        Raises:
            LookupError: there is none of that id.
        """
        found = self._content.scenarios.get(scenario_id)
        if found is None:
            raise LookupError(f"no scenario {scenario_id}")
        return found

    def play(self, answers: Iterable[FreeAnswer]) -> list[Played]:
        """Play every answer, each in a run of its own.

        Raises:
            LookupError: there is no such scenario or step.
        """
        return asyncio.run(self._play_all(list(answers)))

    async def _play_all(self, answers: Sequence[FreeAnswer]) -> list[Played]:
        return [await self._play(answer) for answer in answers]

    async def _play(self, answer: FreeAnswer) -> Played:
        scenario = self.scenario(answer.scenario)
        if scenario.step(answer.step) is None:
            raise LookupError(f"no step {answer.step} in a scenario {answer.scenario}")
        heard = self._content.understander.understand(answer.text)
        carried = Carried(heard, self._content.assess(heard, Situation()), self._content.router, in_drill=True)
        intent = await self._agent.intent(answer.text, carried.metadata())
        if intent in (STOP, EMERGENCY, HEALTH, DESPAIR):
            meaning = LEFT if intent == STOP else REAL
            return Played(answer, meaning, meaning == answer.meaning, scenario.kind, None)
        if intent == "repeat":
            return Played(answer, Move.ASK.value, answer.meaning == Move.ASK.value, scenario.kind, None)
        return self._advanced(scenario, answer, Heard(answer.text, heard.mandarin.text, intent))

    def _advanced(self, scenario: Scenario, answer: FreeAnswer, heard: Heard) -> Played:
        engine = self.engine
        begun, _ = engine.begin(scenario, "evaluation")
        state, step = engine.advance(scenario, begun.at(answer.step), heard)
        if step.emergency:
            word = REAL
        elif state.asking_reality:
            word = ASKED_REALITY
        elif state.outcome is DrillOutcome.QUIT:
            word = LEFT
        else:
            word = step.move.value if step.move is not None else UNCLEAR
        return Played(answer, word, word == _counted_as(scenario, answer), scenario.kind, state.outcome)


def answer_player(model: Path, settings: BotSettings) -> AnswerPlayer:
    """A player over the content as it lies there.

    Raises:
        bot.yaml_source.ContentError: content is broken.
        bot.serving_models.ModelMissing: the model can't be loaded.
    """
    services = build_services(settings)
    return AnswerPlayer(services, RasaAgent(model, settings.domain_file, (), lambda: spoken_failure(services)))


def drill_answers_understood(settings: BotSettings) -> Understood:
    """The project's own answers played to the model that serves.

    Raises:
        bot.yaml_source.ContentError: content or answers are broken.
        bot.serving_models.ModelMissing: there is no model.
    """
    player = answer_player(ServingModels(settings.models_dir).current(), settings)
    return Understood(tuple(player.play(read_answers(OWN_ANSWERS))))


def _counted_as(scenario: Scenario, answer: FreeAnswer) -> str:
    """What a meaning counts as at its step: the move itself, what stands in for it, or nothing."""
    step = scenario.step(answer.step)
    if step is None or answer.meaning not in {move.value for move in Move}:
        return answer.meaning
    counted = accepted(scenario.expectations(step), Move(answer.meaning))
    return counted.value if counted is not None else UNCLEAR


@dataclass(frozen=True)
class Understood:
    """How well a set of answers was understood; shares lie between 0 and 1."""

    played: tuple[Played, ...]

    @property
    def right(self) -> float:
        """The share that was taken for what it means."""
        return sum(one.right for one in self.played) / len(self.played)

    @property
    def not_turned_round(self) -> float:
        """The share of yielding and resisting answers that was not taken for the opposite."""
        sided = [one for one in self.played if one.answer.meaning in _YIELDING | _RESISTING]
        return 1 - sum(one.turned_round for one in sided) / len(sided)

    def by_meaning(self) -> dict[str, tuple[int, int]]:
        """By meaning: how many were right, of how many."""
        total, right = Counter[str](), Counter[str]()
        for one in self.played:
            total[one.answer.meaning] += 1
            right[one.answer.meaning] += one.right
        return {meaning: (right[meaning], number) for meaning, number in total.most_common()}

    def confusions(self) -> list[tuple[str, str, int]]:
        """What was taken for what, the most frequent first."""
        wrong = Counter((one.answer.meaning, one.heard) for one in self.played if not one.right)
        return [(meant, heard, number) for (meant, heard), number in wrong.most_common()]

    def lines(self) -> Iterator[str]:
        """The measures in words, one a line."""
        yield f"understood {self.right:.3f} of {len(self.played)}, not turned round {self.not_turned_round:.3f}"
        for meaning, (right, number) in self.by_meaning().items():
            yield f"  {meaning:10} {right:4} of {number:4}  {right / number:.2f}"
        for meant, heard, number in self.confusions():
            yield f"  {meant} taken for {heard} {number}×"

    def missed(self) -> Iterator[str]:
        """Every answer that was not taken for what it means, the costly ones marked."""
        for one in self.played:
            if not one.right or one.wronged:
                cost = "!" if one.turned_round or one.swallowed or one.wronged else " "
                answer = one.answer
                yield f"{cost} {answer.scenario}/{answer.step}: {answer.text}: {answer.meaning} → {one.heard}"
