"""What can be wrong with a scenario that is well formed: its graph, its phrases, its words."""

from __future__ import annotations

from bot.drills.faults import Problem
from bot.drills.graph_checks import graph_problems
from bot.drills.phrase_checks import PhraseChecks
from bot.drills.phrases import DrillPhrases
from bot.drills.reference_checks import reference_problems, with_steps_meant
from bot.drills.scenario import Scenario
from bot.drills.word_checks import WordChecks


class ScenarioChecks:
    """Finds every problem of a scenario. ``numbers`` are the placeholder names that texts may use."""

    def __init__(self, phrases: DrillPhrases, numbers: frozenset[str] = frozenset()) -> None:
        self._phrases = PhraseChecks(phrases)
        self._words = WordChecks(phrases, numbers)

    def problems(self, scenario: Scenario) -> list[Problem]:
        """All of them, in no particular order."""
        return [
            *reference_problems(scenario),
            *graph_problems(with_steps_meant(scenario)),
            *self._phrases.problems(scenario),
            *self._words.problems(scenario),
        ]
