"""Custom actions in this process, behind the interface by which Rasa calls an action server."""

from __future__ import annotations

import json as jsonlib
import logging
from collections.abc import Callable, Iterable
from typing import Any

from rasa.utils.endpoints import ClientResponseError, EndpointConfig
from rasa_sdk import Action
from rasa_sdk.executor import ActionExecutor
from rasa_sdk.interfaces import ActionExecutionRejection

logger = logging.getLogger(__name__)


class InProcessEndpoint(EndpointConfig):  # type: ignore[misc]
    """Runs actions directly. One that fails says the spoken fallback; the turn goes on."""

    def __init__(self, actions: Iterable[Action], failure: Callable[[], dict[str, Any]]) -> None:
        """``failure`` makes the response (``text``, ``custom``) for an action that raised."""
        super().__init__(url="inprocess://actions", enable_selective_domain=True)
        self._executor = ActionExecutor()
        for action in actions:
            self._executor.register_action(action)
        self._failure = failure

    async def request(
        self, method: str = "post", subpath: str | None = None, content_type: str | None = None, **kwargs: Any
    ) -> Any:
        """What Rasa calls with the action's name and the tracker in ``json``."""
        call = kwargs["json"]
        try:
            return await self._executor.run(call)
        except ActionExecutionRejection as rejection:
            body = {"action_name": rejection.action_name, "error": str(rejection)}
            raise ClientResponseError(400, "rejected", jsonlib.dumps(body)) from rejection
        except Exception as error:
            # The type only: the message of an exception may carry what the resident said.
            logger.error("action %s failed: %s", call.get("next_action"), type(error).__name__)
            return {"events": [], "responses": [self._failure()]}
