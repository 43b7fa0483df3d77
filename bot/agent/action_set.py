"""The custom actions of one edition of the content, ready to be run."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable
from typing import Any

from rasa_sdk import Action
from rasa_sdk.executor import ActionExecutor
from rasa_sdk.interfaces import ActionExecutionRejection

logger = logging.getLogger(__name__)


class ActionSet:
    """Runs actions by name. One that fails says the spoken fallback; the turn goes on."""

    def __init__(self, actions: Iterable[Action], failure: Callable[[], dict[str, Any]]) -> None:
        """``failure`` makes the response (``text``, ``custom``) for an action that raised."""
        self._executor = ActionExecutor()
        for action in actions:
            self._executor.register_action(action)
        self._failure = failure

    async def run(self, call: dict[str, Any]) -> Any:
        """Run ``next_action`` of a call as Rasa makes it.

        Raises:
            ActionExecutionRejection: the action does not want to run now.
        """
        try:
            return await self._executor.run(call)
        except ActionExecutionRejection:
            raise
        except Exception as error:
            # The type only: the message of an exception may carry what the resident said.
            logger.error("action %s failed: %s", call.get("next_action"), type(error).__name__)
            return {"events": [], "responses": [self._failure()]}
