"""Which runs go onto which card."""

from __future__ import annotations

from datetime import date

from bot.identifiers import DrillOutcome
from bot.practice.visit import CardVisit
from bot.turn import DrillFacts, DrillView

TODAY = date(2026, 11, 26)


def view(scenario_id: str, outcome: DrillOutcome | None = DrillOutcome.REPORTED) -> DrillView:
    facts = DrillFacts("v", "scam", None, 2, "call", 3, 1, 0)
    return DrillView(f"run-{scenario_id}", scenario_id, "title", "step", "finished", outcome, facts=facts)


def test_runs_are_noted_once_and_on_the_card_of_their_time() -> None:
    visit = CardVisit()
    for drill in (view("before"), view("loose"), view("running", None), None):
        visit.ended(drill, TODAY)
        assert visit.take_noted() == ()
    visit.attach("first", [])
    assert [(run.card, run.scenario_id, run.difficulty) for run in visit.take_noted()] == [("first", "loose", 2)]
    visit.attach("first", [])
    visit.ended(view("next"), TODAY)
    visit.attach("second", [])
    assert [(run.card, run.scenario_id) for run in visit.take_noted()] == [("first", "next")]
    assert visit.take_noted() == () and visit.history == []
