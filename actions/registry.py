"""All custom actions, made with the services of the process that runs them."""

from __future__ import annotations

from collections.abc import Sequence

from rasa_sdk import Action

from actions.answer import ActionAnswer, ActionClarify, ActionDefaultFallback, ActionNextStep, ActionRepeat
from actions.assess import ActionAssess
from actions.drill import (
    ActionAskDrillTurn,
    ActionFinishDrill,
    ActionLeaveDrill,
    ActionStartDrill,
    ValidateDrillForm,
)
from actions.explain import ActionDisbelief, ActionExplain
from bot.services import Services


def all_actions(services: Services) -> Sequence[Action]:
    """One instance of each action named in ``domain.yml``."""
    kinds = (
        ActionAnswer,
        ActionAskDrillTurn,
        ActionAssess,
        ActionClarify,
        ActionDefaultFallback,
        ActionDisbelief,
        ActionExplain,
        ActionFinishDrill,
        ActionLeaveDrill,
        ActionNextStep,
        ActionRepeat,
        ActionStartDrill,
        ValidateDrillForm,
    )
    return [kind(services) for kind in kinds]
