"""What understands a single text, put together: its small models are trained when their sources changed."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from bot.content_tables import load_folder_tables, load_homophones, load_sentences
from bot.dialect.lexicon import Lexicon, load_lexicon
from bot.dialect.recogniser import DialectModel, DialectRecogniser, train_dialect_model
from bot.drills.folding import Folding
from bot.drills.move_model import MoveModel, load_move_examples, train_move_model
from bot.drills.phrases import load_equivalents
from bot.evidence.context import load_context_words
from bot.evidence.items import EvidenceItem, load_evidence
from bot.evidence.pipeline import EvidencePipeline
from bot.fold import Folder
from bot.identifiers import Stage
from bot.judge.classifier import RiskModel, TrainingText, train_risk_model
from bot.judge.deeds import DeedReader, load_deed_words
from bot.judge.examples import load_examples, load_stage_examples, load_talk
from bot.model_files import lemma_sources
from bot.trained import fingerprint, is_trained, load_or_train
from bot.understanding import Reader, Understander, evidence_names

# Raised when the training code changes what it makes of the same content.
_RISK_VERSION = "18"
_DIALECT_VERSION = "5"
_MOVES_VERSION = "2"
# Registers in which nothing has gone anywhere yet: what is demanded, asked or announced.
_NOT_YET = frozenset(
    {"scammer_utterance", "sms", "question", "courier", "bank", "other", "otp", "ads", "sms_misc", "chat", "publicity"}
    | {"nlu", "bank_question", "everyday", "dialogue", "elder_talk", "knowledge_question"}
)


def load_understander(
    data: Path,
    models: Path = Path("models"),
    echo: Callable[[str], None] = lambda _: None,
    *,
    standing: Understander | None = None,
) -> Understander:
    """Load what understands a single text, training its small models if their sources changed.

    With ``standing``, nothing is trained: its models serve on until those of the present content are there.

    Raises:
        bot.yaml_source.ContentError: content is broken; with every fault's place.
    """
    folder = load_folder_tables(data)
    lexicon = load_lexicon(data / "dialects" / "lexicon", folder)
    if standing is not None and not is_trained(models, "dialect", _dialect_key(data)):
        dialect_model = standing.dialect_model
    else:
        dialect_model = _dialect_model(data, models, folder, lexicon, echo)
    recogniser = DialectRecogniser(dialect_model, lexicon)
    items = load_evidence(data / "knowledge" / "evidence", lambda text: folder.fold(text).text)
    context = load_context_words(data / "knowledge" / "negation.yml")
    pipeline = EvidencePipeline(items, context)
    deeds = DeedReader(load_deed_words(data / "knowledge" / "deeds.yml"), context)
    homophones = load_homophones(data / "knowledge" / "homophones.yml")
    reader = Reader(folder, lexicon, recogniser, pipeline, homophones, deeds)
    if standing is not None and not is_trained(models, "risk", _risk_key(data)):
        risk_model = standing.risk_model
    else:
        risk_model = _risk_model(data, models, reader, items, echo)
    if standing is not None and not is_trained(models, "moves", _moves_key(data)):
        move_model = standing.move_model
    else:
        move_model = _move_model(data, models, reader, echo)
    return Understander(reader, risk_model, dialect_model, items, move_model)


def _dialect_model(
    data: Path, models: Path, folder: Folder, lexicon: Lexicon, echo: Callable[[str], None]
) -> DialectModel:
    def train() -> DialectModel:
        echo("Training the dialect recogniser …")
        return train_dialect_model(load_sentences(data, folder), lexicon)

    return load_or_train(models, "dialect", _dialect_key(data), train)


def _dialect_key(data: Path) -> str:
    folders = [data / "dialects" / part for part in ("lexicon", "sentences")]
    sources = [path for folder in folders for path in folder.glob("*.yml")]
    return fingerprint([*sources, data / "knowledge" / "spellings.yml"], _DIALECT_VERSION)


def _risk_model(
    data: Path, models: Path, reader: Reader, items: tuple[EvidenceItem, ...], echo: Callable[[str], None]
) -> RiskModel:
    def prepared(text: str) -> tuple[str, list[str], frozenset[str]]:
        reading = reader.read(text)
        return reading.mandarin.text, evidence_names(reading.evidence), reading.deeds

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
            TrainingText(
                *prepared(example.text),
                stage=example.stage,
                victim=example.told and example.stage is not Stage.UNPAID,
            )
            for example in stages
        ]
        return train_risk_model(texts, [item.id for item in items])

    return load_or_train(models, "risk", _risk_key(data), train)


def _risk_key(data: Path) -> str:
    sources = [
        *(path for part in ("fraud", "honest", "stages") for path in (data / "examples" / part).glob("*.yml")),
        *(data / "nlu").glob("*.yml"),
        *(data / "knowledge" / "evidence").glob("*.yml"),
        *lemma_sources(data),
        data / "knowledge" / "negation.yml",
        data / "knowledge" / "deeds.yml",
    ]
    return fingerprint(sources, _RISK_VERSION)


def _move_model(data: Path, models: Path, reader: Reader, echo: Callable[[str], None]) -> MoveModel | None:
    def train() -> MoveModel | None:
        examples = load_move_examples(data / "examples")
        echo(f"Training what hears moves in drills on {len(examples)} examples …")
        fold = Folding(load_equivalents(data / "knowledge" / "drill.yml")).fold
        return train_move_model(
            [replace(example, text=fold(reader.read(example.text).mandarin.text).divided()) for example in examples]
        )

    return load_or_train(models, "moves", _moves_key(data), train)


def _moves_key(data: Path) -> str:
    equivalents = json.dumps(load_equivalents(data / "knowledge" / "drill.yml"), sort_keys=True)
    sources = [*(data / "examples" / "moves").glob("*.yml"), *lemma_sources(data)]
    return fingerprint(sources, _MOVES_VERSION, equivalents)


def small_models_missing(data: Path, models: Path) -> bool:
    """Whether one of the small models of the present content has yet to be trained."""
    keys = {"dialect": _dialect_key, "risk": _risk_key, "moves": _moves_key}
    return not all(is_trained(models, name, key(data)) for name, key in keys.items())
