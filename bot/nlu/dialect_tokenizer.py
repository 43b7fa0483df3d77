"""A Rasa tokenizer that puts the Mandarin equivalent of dialect words into the token's lemma.

``CountVectorsFeaturizer`` reads lemmas, so intents are learnt and found in Mandarin while offsets and texts stay
as spoken.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from rasa.engine.graph import ExecutionContext
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.tokenizers.tokenizer import Token, Tokenizer
from rasa.shared.nlu.training_data.message import Message

from bot.fold import FoldedText
from bot.model_files import lemma_sources
from bot.nlu.carried import carried_in
from bot.trained import fingerprint
from bot.understanding import Understander
from bot.words import chinese_words


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.MESSAGE_TOKENIZER, is_trainable=False)
class DialectTokenizer(Tokenizer):  # type: ignore[misc]
    """Splits Chinese of any dialect into words with Mandarin lemmas."""

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """``data_dir``: folder of the content; ``models_dir``: of the small models; from the working directory."""
        return {
            "data_dir": "data",
            "models_dir": "models",
            "intent_tokenization_flag": False,
            "intent_split_symbol": "_",
            "token_pattern": None,
            "prefix_separator_symbol": None,
        }

    @staticmethod
    def supported_languages() -> list[str]:
        return ["zh"]

    def __init__(self, config: dict[str, Any]) -> None:
        super().__init__(config)
        self._data_dir, self._models_dir = Path(config["data_dir"]), Path(config["models_dir"])
        self._understander: Understander | None = None

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> DialectTokenizer:
        return cls(config)

    @classmethod
    def fingerprint_addon(cls, config: dict[str, Any]) -> str | None:
        """Changed words make other lemmas: without this, Rasa would serve the old ones from its cache."""
        return fingerprint(lemma_sources(Path(config.get("data_dir", "data"))))

    def tokenize(self, message: Message, attribute: str) -> list[Token]:
        """Words of one attribute; at least one token for any text that is not blank."""
        text: str = message.get(attribute)
        carried = carried_in(message.get("metadata"))
        understanding = carried.understanding if carried else self._own().understand(text)
        tokens = _tokens(understanding.mandarin, chinese_words().cut(understanding.mandarin.text, HMM=False))
        return tokens or [Token(text, 0, lemma=text)]

    def _own(self) -> Understander:
        """Loaded only when no understanding comes with the message: in training and under ``rasa shell``."""
        if self._understander is None:
            from bot.understanding_build import load_understander

            self._understander = load_understander(self._data_dir, self._models_dir)
        return self._understander


def _tokens(view: FoldedText, words: Sequence[str]) -> list[Token]:
    """One token a word, with its place in the original; words that share an original span are joined."""
    tokens: list[Token] = []
    position = 0
    for word in words:
        start, end = view.span(position, position + len(word))
        position += len(word)
        if word.isspace():
            continue
        if tokens and tokens[-1].start <= start < tokens[-1].end:
            tokens[-1].lemma += word
            tokens[-1].end = max(tokens[-1].end, end)
            tokens[-1].text = view.original[tokens[-1].start : tokens[-1].end]
        else:
            tokens.append(Token(view.original[start:end], start, end, lemma=word))
    return tokens
