"""Everything the conversation is made of, loaded from ``data`` and put together once."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from bot.dialect.lexicon import Lexicon, load_lexicon
from bot.dialect.recogniser import DialectModel, DialectRecogniser, train_dialect_model
from bot.drills.assembly import build_drills
from bot.drills.catalog import ScenarioCatalog
from bot.drills.engine import DrillEngine
from bot.drills.scenario import Scenario
from bot.evidence.context import load_context_words
from bot.evidence.items import EvidenceItem, load_evidence
from bot.evidence.pipeline import EvidencePipeline
from bot.fold import Folder
from bot.homophones import Homophones
from bot.identifiers import Dialect, ScamType, Stage
from bot.judge.classifier import RiskModel, Scores, TrainingText, train_risk_model
from bot.judge.examples import load_examples, load_stage_examples, load_talk
from bot.judge.judge import Judge, Judgement, load_thresholds
from bot.judge.rules import load_rules
from bot.judge.situation import Situation
from bot.knowledge import Knowledge, load_knowledge
from bot.model_files import lemma_sources
from bot.routing import DESPAIR, HEALTH, Router
from bot.settings import BotSettings
from bot.trained import fingerprint, load_or_train
from bot.understanding import Reader, Understander, Understanding, evidence_names
from bot.yaml_source import ContentError, Fault, load_folder, load_yaml

# Raised when the training code changes what it makes of the same content.
_RISK_VERSION = "12"
_DIALECT_VERSION = "3"
# Registers in which nothing has gone anywhere yet: what is demanded, asked or announced.
_NOT_YET = frozenset(
    {"scammer_utterance", "sms", "question", "courier", "bank", "other", "otp", "ads", "sms_misc", "chat", "publicity"}
    | {"nlu", "bank_question", "everyday", "dialogue", "elder_talk", "knowledge_question"}
)


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


def load_folder_tables(data: Path) -> Folder:
    """The folder of disguised spellings (``data/knowledge/spellings.yml``)."""
    return Folder({str(k): str(v) for k, v in load_yaml(data / "knowledge" / "spellings.yml").items()})


def load_sentences(data: Path, folder: Folder) -> dict[Dialect, list[str]]:
    """Example sentences by dialect from ``data/dialects/sentences``, folded."""
    sentences: dict[Dialect, list[str]] = {}
    for content in load_folder(data / "dialects" / "sentences").values():
        dialect = Dialect(content["dialect"])
        sentences.setdefault(dialect, []).extend(folder.fold(str(s)).text for s in content["sentences"])
    return sentences


def load_understander(
    data: Path, models: Path = Path("models"), echo: Callable[[str], None] = lambda _: None
) -> Understander:
    """Load what understands a single text, training its small models if their sources changed.

    Raises:
        bot.yaml_source.ContentError: content is broken; with every fault's place.
    """
    folder = load_folder_tables(data)
    lexicon = load_lexicon(data / "dialects" / "lexicon", folder)
    recogniser = DialectRecogniser(_dialect_model(data, models, folder, lexicon, echo), lexicon)
    items = load_evidence(data / "knowledge" / "evidence", lambda text: folder.fold(text).text)
    pipeline = EvidencePipeline(items, load_context_words(data / "knowledge" / "negation.yml"))
    homophones = Homophones(load_yaml(data / "knowledge" / "homophones.yml")["words"])
    reader = Reader(folder, lexicon, recogniser, pipeline, homophones)
    return Understander(reader, _risk_model(data, models, reader, items, echo))


def _dialect_model(
    data: Path, models: Path, folder: Folder, lexicon: Lexicon, echo: Callable[[str], None]
) -> DialectModel:
    def train() -> DialectModel:
        echo("Training the dialect recogniser …")
        return train_dialect_model(load_sentences(data, folder), lexicon)

    sources = [*(data / "dialects").rglob("*.yml"), data / "knowledge" / "spellings.yml"]
    return load_or_train(models, "dialect", fingerprint(sources, _DIALECT_VERSION), train)


def _risk_model(
    data: Path, models: Path, reader: Reader, items: tuple[EvidenceItem, ...], echo: Callable[[str], None]
) -> RiskModel:
    def prepared(text: str) -> tuple[str, list[str]]:
        reading = reader.read(text)
        return reading.mandarin.text, evidence_names(reading.evidence)

    def train() -> RiskModel:
        examples = [*load_examples(data / "examples"), *load_talk(data / "nlu")]
        stages = load_stage_examples(data / "examples")
        echo(f"Training the risk classifier on {len(examples) + len(stages)} examples …")
        texts = [
            TrainingText(
                *prepared(example.text),
                label=example.label,
                stage=Stage.UNPAID if example.register in _NOT_YET else None,
            )
            for example in examples
        ]
        texts += [
            TrainingText(*prepared(text), stage=stage, victim=stage is not Stage.UNPAID) for text, stage in stages
        ]
        return train_risk_model(texts, [item.id for item in items])

    sources = [
        *(data / "examples").rglob("*.yml"),
        *(data / "nlu").glob("*.yml"),
        *(data / "knowledge" / "evidence").glob("*.yml"),
        *lemma_sources(data),
        data / "knowledge" / "negation.yml",
    ]
    return load_or_train(models, "risk", fingerprint(sources, _RISK_VERSION), train)


def _danger_words(path: Path) -> dict[str, tuple[str, ...]]:
    content = load_yaml(path)
    try:
        return {key: tuple(str(phrase) for phrase in content[key]) for key in ("health", "despair")}
    except (KeyError, TypeError) as error:
        raise ContentError([Fault(path, 1, 1, f"expected the lists health and despair: {error}")]) from error


def load_content(settings: BotSettings, echo: Callable[[str], None] = lambda _: None) -> Content:
    """Load all content.

    Raises:
        bot.yaml_source.ContentError: content is broken; with every fault's place.
    """
    data = settings.data_dir
    knowledge = load_knowledge(data)
    understander = load_understander(data, settings.models_dir, echo)
    items = load_evidence(data / "knowledge" / "evidence", lambda text: text)
    rules = load_rules(data / "knowledge" / "rules", {item.id: item.group for item in items})
    judge = Judge(rules, knowledge, load_thresholds(data / "knowledge" / "judge.yml"))
    drills = build_drills(data, fill=knowledge.fill)
    moves = drills.engine.moves
    danger = _danger_words(data / "knowledge" / "danger.yml")

    def danger_of(text: str) -> str | None:
        for intent, key in ((DESPAIR, "despair"), (HEALTH, "health")):
            if any(phrase in text for phrase in danger[key]):
                return intent
        return None

    def names_drill(text: str) -> bool:
        # Titles are what residents might tell in earnest: 孙子哭着打电话来. Only with the word for it, a drill.
        return knowledge.phrases["drill_word"] in text and _named(drills.catalog, text) is not None

    return Content(
        knowledge=knowledge,
        understander=understander,
        judge=judge,
        router=Router(judge, understander, moves.is_stop, moves.is_real_emergency, names_drill, danger_of),
        scenarios=drills.catalog,
        drills=drills.engine,
        phrases=dict(knowledge.phrases),
    )
