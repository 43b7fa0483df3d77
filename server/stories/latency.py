"""How long a resident waits, in classes that people can tell apart."""

from __future__ import annotations

import os
from enum import Enum


class LatencyClass(str, Enum):
    """At most so long from what was said to the answer, sound not counted."""

    INSTANT = "instant"
    QUICK = "quick"
    SLOW = "slow"


# Milliseconds. 750 is what studies of public screens call good, 1850 what people just bear.
LIMITS_MS: dict[LatencyClass, float] = {
    LatencyClass.INSTANT: 200.0,
    LatencyClass.QUICK: 750.0,
    LatencyClass.SLOW: 1850.0,
}
# A machine that runs other work at the same time measures that work too.
_SLACK_IN_CI = 8.0


def usual_slack(environment: dict[str, str] | None = None) -> float:
    """What limits are multiplied by: 1 on a machine of one's own, more where ``CI`` is set."""
    return _SLACK_IN_CI if (os.environ if environment is None else environment).get("CI") else 1.0


def class_of(milliseconds: float) -> LatencyClass | None:
    """The class of a measured time; ``None`` when it is longer than all of them."""
    return next((name for name, limit in LIMITS_MS.items() if milliseconds <= limit), None)


def within(expected: LatencyClass, milliseconds: float, slack: float) -> bool:
    """Whether a measured time keeps to a class whose limit is stretched by ``slack`` (1: as it stands)."""
    return milliseconds <= LIMITS_MS[expected] * slack
