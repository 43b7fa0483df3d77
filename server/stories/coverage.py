"""What there is to be tested, and what of it some story touched."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from threading import Lock
from typing import Any

from bot.drills.engine import accepted
from bot.drills.scenario import Kind, Move, Scenario
from bot.evidence.items import load_evidence
from bot.identifiers import Dialect, DrillOutcome, ScamType, Stage, Verdict
from bot.judge.rules import load_rules
from bot.settings import BotSettings
from bot.turn import Assessment
from bot.yaml_source import load_yaml
from server.stories.observe import Observation

_ENDS = {
    Kind.SCAM: (DrillOutcome.REPORTED, DrillOutcome.SCAMMED, DrillOutcome.QUIT),
    Kind.LEGITIMATE: (DrillOutcome.TRUSTED, DrillOutcome.MISREPORTED, DrillOutcome.QUIT),
}


@dataclass(frozen=True)
class Covered:
    """One kind of thing: all of it, and what was touched."""

    name: str
    all: tuple[str, ...]
    touched: frozenset[str]

    @property
    def missing(self) -> tuple[str, ...]:
        """What no story touched, in the order in which it is listed."""
        return tuple(item for item in self.all if item not in self.touched)

    @property
    def share(self) -> float:
        """Touched of all, 0 to 1; 1 when there is nothing to touch."""
        return 1 - len(self.missing) / len(self.all) if self.all else 1.0


def outcomes_of(scenario: Scenario) -> tuple[DrillOutcome, ...]:
    """Every way in which this drill can end."""
    return _ENDS[scenario.kind]


def all_there_is(settings: BotSettings, scenarios: Iterable[Scenario]) -> dict[str, tuple[str, ...]]:
    """All that can be touched, by kind.

    Raises:
        ContentError: content can't be read.
    """
    domain = load_yaml(settings.domain_file)
    knowledge = settings.data_dir / "knowledge"
    groups = {item.id: item.group for item in load_evidence(knowledge / "evidence", str)}
    drills = list(scenarios)
    return {
        "intents": tuple(str(intent) for intent in domain["intents"]),
        "actions": tuple(str(action) for action in domain["actions"]),
        "rules": tuple(rule.id for rule in load_rules(knowledge / "rules", groups)),
        "verdicts": tuple(verdict.value for verdict in Verdict),
        "scam types": tuple(scam_type.value for scam_type in ScamType),
        "stages": tuple(stage.value for stage in Stage),
        "dialects": tuple(dialect.value for dialect in Dialect if dialect is not Dialect.UNKNOWN),
        "scenarios": tuple(scenario.id for scenario in drills),
        "scenario steps": tuple(f"{scenario.id}/{step.id}" for scenario in drills for step in scenario.steps),
        "scenario branches": tuple(
            f"{scenario.id}/{step.id}/{move.value}"
            for scenario in drills
            for step in scenario.steps
            for move in scenario.expectations(step)
        ),
        "scenario outcomes": tuple(
            f"{scenario.id}/{outcome.value}" for scenario in drills for outcome in outcomes_of(scenario)
        ),
    }


@dataclass
class Touched:
    """Collects observations; may be told from several threads."""

    scenarios: dict[str, Scenario]
    seen: dict[str, set[str]] = field(default_factory=dict)
    _lock: Lock = field(default_factory=Lock)

    def __call__(self, observation: Observation) -> None:
        """Take note of one action of one turn."""
        with self._lock:
            self._add("intents", observation.intent)
            self._add("actions", observation.action)
            self._add("dialects", observation.dialect)
            self._add("rules", *observation.rules)
            if observation.outcome is not None and observation.outcome.assessment is not None:
                self._judged(observation.outcome.assessment)
            if observation.drill is not None:
                self._drilled(observation.drill)

    def covered(self, all_of_it: dict[str, tuple[str, ...]]) -> list[Covered]:
        """What was touched of all there is, a kind after the other."""
        return [Covered(name, items, frozenset(self.seen.get(name, ()))) for name, items in all_of_it.items()]

    def _add(self, kind: str, *items: str) -> None:
        self.seen.setdefault(kind, set()).update(items)

    def _judged(self, assessment: Assessment) -> None:
        self._add("verdicts", assessment.verdict.value)
        self._add("stages", assessment.stage.value)
        if assessment.scam_type is not None:
            self._add("scam types", assessment.scam_type.value)

    def _drilled(self, state: dict[str, Any]) -> None:
        name = str(state["scenario_id"])
        self._add("scenarios", name)
        self._add("scenario steps", f"{name}/{state['step']}")
        if state.get("outcome"):
            self._add("scenario outcomes", f"{name}/{state['outcome']}")
        scenario = self.scenarios.get(name)
        for step_id, move in state.get("moves", ())[-1:]:
            step = scenario.step(step_id) if scenario else None
            taken = accepted(scenario.expectations(step), Move(move)) if scenario and step else None
            if taken is not None:
                self._add("scenario branches", f"{name}/{step_id}/{taken.value}")
