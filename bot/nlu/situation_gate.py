"""A Rasa intent classifier that comes last: situations go to the judge, whatever their words look like.

A story about fraud can be worded like anything. Where the judge sees one, the intent is ``tell_situation``; in a
drill only a stop word or a real emergency may break out. What stays uncertain becomes ``nlu_fallback``.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.classifiers.classifier import IntentClassifier
from rasa.shared.nlu.constants import INTENT, INTENT_NAME_KEY, INTENT_RANKING_KEY, PREDICTED_CONFIDENCE_KEY
from rasa.shared.nlu.training_data.message import Message

from bot.nlu.carried import carried_in
from bot.routing import FALLBACK, Route, Router


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=False)
class SituationGate(GraphComponent, IntentClassifier):  # type: ignore[misc]
    """Corrects the intent by what the judge sees."""

    @classmethod
    def required_components(cls) -> list[type]:
        return [IntentClassifier]

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """Folders as for the tokenizer; intents below ``fallback_threshold`` (0 to 1) are ``nlu_fallback``."""
        return {"data_dir": "data", "models_dir": "models", "fallback_threshold": 0.3}

    def __init__(self, config: dict[str, Any]) -> None:
        self._data_dir, self._models_dir = Path(config["data_dir"]), Path(config["models_dir"])
        self._threshold = float(config["fallback_threshold"])
        self._router: Router | None = None

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> SituationGate:
        return cls(config)

    def process(self, messages: list[Message]) -> list[Message]:
        for message in messages:
            intent = message.get(INTENT) or {}
            name = intent.get(INTENT_NAME_KEY)
            confidence = float(intent.get(PREDICTED_CONFIDENCE_KEY) or 0.0)
            carried = carried_in(message.get("metadata"))
            route = carried.route(name, confidence) if carried else self._own_route(message, name, confidence)
            if route.confidence < self._threshold:
                route = Route(FALLBACK, self._threshold)
            if route != Route(name, confidence):
                self._set(message, route)
        return messages

    def _own_route(self, message: Message, name: str | None, confidence: float) -> Route:
        if self._router is None:
            from bot.content import load_content
            from bot.settings import BotSettings

            self._router = load_content(BotSettings(data_dir=self._data_dir, models_dir=self._models_dir)).router
        return self._router.route_text(message.get("text") or "", name, confidence)

    @staticmethod
    def _set(message: Message, route: Route) -> None:
        intent = {INTENT_NAME_KEY: route.intent, PREDICTED_CONFIDENCE_KEY: route.confidence}
        message.set(INTENT, intent, add_to_output=True)
        ranking = [entry for entry in message.get(INTENT_RANKING_KEY) or [] if entry["name"] != route.intent]
        message.set(INTENT_RANKING_KEY, [intent, *ranking], add_to_output=True)
