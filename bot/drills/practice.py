"""What somebody may practise next, from the runs on an anonymous card. Pure: no store, no clock, no chance.

Due repeats come first: a drill that went wrong after two weeks, one that went right after four, and once more
after three months. Then what is new: frauds and genuine contacts in balance, of the level that results allow, of
the kind of fraud that was seen longest ago.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import Enum

from bot.drills.scenario import Kind, Scenario
from bot.identifiers import DrillOutcome

AFTER_A_MISTAKE = timedelta(weeks=2)
AFTER_SUCCESS = timedelta(weeks=4)
REFRESH = timedelta(days=91)
_LEVELS = (1, 3)
_LOOKED_BACK = 3
_RIGHT = frozenset({DrillOutcome.REPORTED, DrillOutcome.TRUSTED})


@dataclass(frozen=True)
class PastRun:
    """One ended run on a card."""

    scenario_id: str
    day: date
    outcome: DrillOutcome
    difficulty: int = 1

    @property
    def right(self) -> bool:
        """Whether the resident dealt with it rightly."""
        return self.outcome in _RIGHT


class Reason(str, Enum):
    """Why a drill is proposed; the sentences are content."""

    FIRST = "first"
    AGAIN_AFTER_MISTAKE = "again_after_mistake"
    AGAIN_AFTER_SUCCESS = "again_after_success"
    REFRESH = "refresh"
    BALANCE_SCAM = "balance_scam"
    BALANCE_LEGITIMATE = "balance_legitimate"
    LONG_AGO = "long_ago"


@dataclass(frozen=True)
class Proposal:
    """One drill that may come next and why."""

    scenario: Scenario
    reason: Reason


def level(history: Sequence[PastRun]) -> int:
    """The difficulty to practise at, 1 to 3: one up after three right runs of that level, one down after two wrong."""
    at, right, wrong = _LEVELS[0], 0, 0
    for run in sorted(_ended(history), key=lambda run: run.day):
        if run.right:
            wrong = 0
            right += run.difficulty >= at
        else:
            right = 0
            wrong += run.difficulty <= at
        if right >= _LOOKED_BACK:
            at, right = min(_LEVELS[1], at + 1), 0
        elif wrong > 1:
            at, wrong = max(_LEVELS[0], at - 1), 0
    return at


def plan(history: Sequence[PastRun], scenarios: Iterable[Scenario], today: date, *, most: int = 3) -> list[Proposal]:
    """Up to ``most`` different drills in the order in which to practise them; none only without scenarios.

    Runs of drills that are not published any more count for the level only. Runs that were stopped count for
    nothing but that the drill has been seen that day.
    """
    published = sorted(scenarios, key=lambda scenario: scenario.id)
    known = {scenario.id: scenario for scenario in published}
    past = [run for run in history if run.scenario_id in known and run.day <= today]
    proposals = _due(past, known, today)[:most]
    seen = {run.scenario_id: run.day for run in sorted(past, key=lambda run: run.day)}
    target = level(history)
    while len(proposals) < min(most, len(published)):
        taken = {proposal.scenario.id for proposal in proposals}
        rest = [scenario for scenario in published if scenario.id not in taken]
        proposals.append(_fresh(rest, past, proposals, known, seen, target))
    return proposals


def _ended(history: Iterable[PastRun]) -> list[PastRun]:
    return [run for run in history if run.outcome is not DrillOutcome.QUIT]


def _due(past: list[PastRun], known: dict[str, Scenario], today: date) -> list[Proposal]:
    """Repeats that are due, longest overdue first."""
    by_scenario: dict[str, list[PastRun]] = {}
    for run in sorted(_ended(past), key=lambda run: run.day):
        by_scenario.setdefault(run.scenario_id, []).append(run)
    due: list[tuple[date, str, Reason]] = []
    for scenario_id, runs in by_scenario.items():
        last = runs[-1]
        rights = sum(1 for run in runs if run.right)
        if not last.right:
            wait, reason = AFTER_A_MISTAKE, Reason.AGAIN_AFTER_MISTAKE
        elif rights < 2:
            wait, reason = AFTER_SUCCESS, Reason.AGAIN_AFTER_SUCCESS
        else:
            wait, reason = REFRESH, Reason.REFRESH
        if last.day + wait <= today:
            due.append((last.day + wait, scenario_id, reason))
    return [Proposal(known[scenario_id], reason) for _, scenario_id, reason in sorted(due)]


def _fresh(
    rest: list[Scenario],
    past: list[PastRun],
    proposals: list[Proposal],
    known: dict[str, Scenario],
    seen: dict[str, date],
    target: int,
) -> Proposal:
    scams = sum(1 for run in past if known[run.scenario_id].kind is Kind.SCAM)
    scams += sum(1 for proposal in proposals if proposal.scenario.kind is Kind.SCAM)
    others = len(past) + len(proposals) - scams
    wanted = Kind.SCAM if scams <= others else Kind.LEGITIMATE
    of_type: dict[object, date] = {}
    for scenario_id, day in seen.items():
        kind = _subject(known[scenario_id])
        of_type[kind] = max(day, of_type.get(kind, day))
    proposed = {_subject(proposal.scenario) for proposal in proposals}

    def rank(scenario: Scenario) -> tuple[bool, bool, date, bool, int, date, str]:
        return (
            scenario.kind is not wanted,
            _subject(scenario) in proposed,
            of_type.get(_subject(scenario), date.min),
            scenario.difficulty > target,
            abs(scenario.difficulty - target),
            seen.get(scenario.id, date.min),
            scenario.id,
        )

    # Not what was played in these days, nor what is too hard, as long as there is something else of the kind.
    new = [s for s in rest if s.kind is wanted and s.id not in seen and s.difficulty <= target]
    chosen = min(new or rest, key=rank)
    return Proposal(chosen, _why(chosen, past, proposals, of_type, uneven=scams != others))


def _why(
    scenario: Scenario, past: list[PastRun], proposals: list[Proposal], of_type: dict[object, date], *, uneven: bool
) -> Reason:
    if not past and not proposals:
        return Reason.FIRST
    if uneven:
        return Reason.BALANCE_SCAM if scenario.kind is Kind.SCAM else Reason.BALANCE_LEGITIMATE
    return Reason.LONG_AGO


def _subject(scenario: Scenario) -> object:
    return scenario.scam_type or scenario.mirror_of
