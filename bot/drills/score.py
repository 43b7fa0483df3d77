"""How well a drill went, from 0 to 100.

Being taken in and taking a genuine contact for a fraud cost the same: both lose the larger half. Within a
half it counts how early the resident protected themselves, what they noticed, what they gave away and how
long it took.
"""

from __future__ import annotations

from bot.drills.scenario import Kind
from bot.drills.state import DrillState
from bot.identifiers import DrillOutcome

_RIGHT = 65
_WRONG = 15
_EARLY = 20
_LATER_BY_TURN = 4
_CLUES = 15
_DISCLOSURE = 4
_FREE_TURNS = 6
_SLOW = 2
_RIGHT_OUTCOMES = frozenset({DrillOutcome.REPORTED, DrillOutcome.TRUSTED})


def score(state: DrillState, kind: Kind) -> int | None:
    """The score of an ended run; ``None`` for one that was left early.

    A right outcome scores 55 to 100, a wrong one 0 to 45.
    """
    if state.outcome is None or state.outcome is DrillOutcome.QUIT:
        return None
    right = state.outcome in _RIGHT_OUTCOMES
    points = _RIGHT if right else _WRONG
    first = state.first_guarded if kind is Kind.SCAM else state.first_verified
    if first is not None:
        # The second exchange is as early as one can expect of a polite person.
        points += max(0, _EARLY - _LATER_BY_TURN * max(0, first - 2))
    if state.shown:
        points += round(_CLUES * len(state.noticed) / len(state.shown))
    points -= _DISCLOSURE * state.disclosure
    points -= _SLOW * max(0, state.turns - _FREE_TURNS)
    return max(55, min(100, points)) if right else max(0, min(45, points))
