"""Custom actions in this process, behind the interface by which Rasa calls an action server."""

from __future__ import annotations

import json as jsonlib
from collections.abc import Callable, Iterable
from typing import Any

from rasa.utils.endpoints import ClientResponseError, EndpointConfig
from rasa_sdk import Action
from rasa_sdk.interfaces import ActionExecutionRejection

from bot.agent.action_set import ActionSet
from bot.nlu.carried import carried_in


class InProcessEndpoint(EndpointConfig):  # type: ignore[misc]
    """Runs actions directly: those that the turn brings with it, else its own."""

    def __init__(self, actions: Iterable[Action], failure: Callable[[], dict[str, Any]]) -> None:
        """``failure`` makes the response (``text``, ``custom``) for an action that raised."""
        super().__init__(url="inprocess://actions", enable_selective_domain=True)
        self._actions = ActionSet(actions, failure)

    async def request(
        self, method: str = "post", subpath: str | None = None, content_type: str | None = None, **kwargs: Any
    ) -> Any:
        """What Rasa calls with the action's name and the tracker in ``json``."""
        call = kwargs["json"]
        carried = carried_in((call["tracker"].get("latest_message") or {}).get("metadata"))
        actions = carried.actions if carried is not None and carried.actions is not None else self._actions
        try:
            return await actions.run(call)
        except ActionExecutionRejection as rejection:
            body = {"action_name": rejection.action_name, "error": str(rejection)}
            raise ClientResponseError(400, "rejected", jsonlib.dumps(body)) from rejection
