"""Everything the conversation is made of, loaded from ``data`` and put together once."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from bot import danger
from bot.drills.assembly import build_drills
from bot.drills.catalog import ScenarioCatalog
from bot.drills.engine import DrillEngine
from bot.drills.scenario import Scenario
from bot.identifiers import ScamType
from bot.judge.classifier import Scores
from bot.judge.judge import Judge, Judgement
from bot.judge.rules import load_rules
from bot.judge.situation import Situation
from bot.judge.thresholds import load_thresholds
from bot.knowledge import Knowledge, load_knowledge
from bot.knowledge_checks import check_evidence_named
from bot.routing import DESPAIR, HEALTH, Router
from bot.settings import BotSettings
from bot.understanding import Understander, Understanding, evidence_names
from bot.understanding_build import load_understander


@dataclass(frozen=True)
class Content:
    """What a conversation needs. Read-only once loaded."""

    knowledge: Knowledge
    understander: Understander
    judge: Judge
    router: Router
    scenarios: ScenarioCatalog
    drills: DrillEngine
    phrases: dict[str, str]

    def assess(self, heard: Understanding, situation: Situation) -> Judgement:
        """Judge one text in the light of what was told before."""
        joined: Scores | None = None
        if situation.active:
            story = situation.joined(heard.mandarin.text)
            joined = self.understander.score(story, [*situation.evidence, *evidence_names(heard.evidence)])
        return self.judge.judge(heard, situation, joined=joined)

    def answered(self, situation: Situation) -> Judgement | None:
        """Judge the story anew once its pending question was answered with yes; ``None`` when a yes tells nothing."""
        scam = self.knowledge.types.get(situation.scam_type) if situation.scam_type else None
        question = next((each for each in scam.questions if each.ask == situation.pending), None) if scam else None
        if question is None or question.yes is None:
            return None
        group = next(item.group for item in self.understander.items if item.id == question.yes)
        scores = self.understander.score(situation.text, [*situation.evidence, question.yes])
        return self.judge.answered(situation, question.yes, group, scores)

    def topic(self, mandarin: str) -> ScamType | None:
        """The scam type that a text names ("什么是刷单"), the longest name winning; ``None`` when none is named."""
        named = [
            (len(name), scam_type)
            for scam_type, names in self.knowledge.topics.items()
            for name in names
            if name.lower() in mandarin
        ]
        return max(named, key=lambda pair: pair[0])[1] if named else None

    def scenario_named(self, text: str) -> Scenario | None:
        """The drill whose title or id stands in a text."""
        return _named(self.scenarios, text)


def _named(scenarios: ScenarioCatalog, text: str) -> Scenario | None:
    return next((s for s in scenarios.all() if s.title in text or s.id in text), None)


def load_content(
    settings: BotSettings,
    echo: Callable[[str], None] = lambda _: None,
    *,
    data: Path | None = None,
    understander: Understander | None = None,
    catalog: ScenarioCatalog | None = None,
) -> Content:
    """Load all content.

    Args:
        settings: where it lies.
        echo: told about long work.
        data: another folder than that of the settings.
        understander: what understands texts, where it stays as it is.
        catalog: the published drills, where they stay as they are.

    Raises:
        bot.yaml_source.ContentError: content is broken; with every fault's place.
    """
    data = data or settings.data_dir
    knowledge = load_knowledge(data)
    understander = understander or load_understander(data, settings.models_dir, echo)
    groups = {item.id: item.group for item in understander.items}
    check_evidence_named(data / "knowledge", groups)
    rules = load_rules(data / "knowledge" / "rules", groups)
    judge = Judge(rules, knowledge, load_thresholds(data / "knowledge" / "judge.yml"))
    drills = build_drills(data, fill=knowledge.fill, move_model=understander.move_model)
    scenarios = drills.catalog
    if catalog is not None:
        catalog.use(drills.loader)
        scenarios = catalog
    moves = drills.engine.moves
    danger_words = danger.load_danger_words(data / "knowledge" / "danger.yml")
    intents = {danger.HEALTH: HEALTH, danger.DESPAIR: DESPAIR}

    def danger_of(text: str, suspicious: bool) -> str | None:
        return intents.get(danger_words.kind(text, suspicious=suspicious) or "")

    def names_drill(text: str) -> bool:
        # Titles are what residents might tell in earnest: 孙子哭着打电话来. Only with the word for it, a drill.
        return knowledge.phrases["drill_word"] in text and _named(scenarios, text) is not None

    drill_words = knowledge.phrases["drill_words"].split("、")

    def asks_for_drill(text: str) -> bool:
        return any(word in text for word in drill_words)

    return Content(
        knowledge=knowledge,
        understander=understander,
        judge=judge,
        router=Router(
            judge,
            understander,
            moves.is_stop,
            moves.is_real_emergency,
            names_drill,
            danger_of,
            asks_for_drill,
        ),
        scenarios=scenarios,
        drills=drills.engine,
        phrases=dict(knowledge.phrases),
    )
