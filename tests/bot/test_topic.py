"""Whether a text tells of another matter, from evidence and scores alone."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.identifiers import ScamType, Stage, Verdict
from bot.judge.classifier import Scores
from bot.judge.rules import Rule
from bot.judge.situation import Situation
from bot.judge.topic import is_another_matter

POLICE = Situation("一个故事", ("claims_police", "channel_call"), Verdict.SCAM, ScamType.POLICE, Stage.UNPAID, 1)
PICKUP = Rule("pickup", "快递取件通知", Verdict.CLEAR, None, 4, all=("msg_pickup_code",))
PHISHING = Rule("plate", "违章链接", Verdict.SCAM, ScamType.PHISHING_NOTICE, 4, all=("msg_plate_link",))


def scores(fraud: float, *, kind: str = "talk", scam_type: ScamType = ScamType.PHISHING_NOTICE) -> Scores:
    honest = {"talk": 0.1, "legit_situation": 0.1, "message": 0.1, "publicity": 0.1, kind: 0.7}
    types = {member: 0.02 for member in ScamType}
    return Scores(fraud, {**types, scam_type: 0.7}, honest, {})


MESSAGE = {"msg_signature": "messages", "msg_pickup_code": "messages"}
PLATE = {"channel_sms": "channels", "msg_plate_link": "messages"}


@pytest.mark.parametrize(
    ("groups", "seen", "firing", "another"),
    [
        ({"context_another_matter": "context"}, scores(0.5), [], True),
        (MESSAGE, scores(0.0, kind="message"), [PICKUP], True),
        (MESSAGE, scores(0.0, kind="message"), [], False),
        (MESSAGE, scores(0.4, kind="message"), [PICKUP], False),
        (PLATE, scores(0.95), [PHISHING], True),
        (PLATE, scores(0.6), [PHISHING], False),
        (PLATE, scores(0.95, scam_type=ScamType.POLICE), [PHISHING], False),
        ({**PLATE, "context_goes_on": "context"}, scores(0.95), [PHISHING], False),
        ({"asks_transfer": "asks"}, scores(0.99), [PHISHING], False),
        ({}, scores(0.0), [], False),
    ],
)
def test_what_belongs_to_the_story_and_what_does_not(
    groups: dict[str, str], seen: Scores, firing: list[Rule], another: bool
) -> None:
    assert is_another_matter(POLICE, groups, seen, firing) is another
    assert not is_another_matter(Situation(), groups, seen, firing), "nothing was told before"


def test_money_at_stake_stays_urgent_when_another_matter_is_told() -> None:
    for stage in (Stage.PAID, Stage.IN_PROGRESS):
        left = replace(POLICE, stage=stage).left_behind()
        assert not left.active and left.urgent_stage is stage
        assert left.left_behind().urgent_stage is stage
        assert Situation.from_dict(left.to_dict()) == left
    assert POLICE.left_behind() == Situation()
