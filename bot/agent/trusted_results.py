"""Switches off Rasa's validation of action results where the actions are this process's own.

Rasa 3.6 checks each custom action's answer against a JSON schema, and the schema itself each time: about three
quarters of a turn. Actions here are typed and tested code in the same process, and ``rasa_sdk`` checks their events
already; so nothing is left to find.
"""

from __future__ import annotations

from typing import Any

from rasa.core.actions.action import RemoteAction


def _accepted(self: RemoteAction, result: dict[str, Any]) -> bool:
    return True


def trust_own_actions() -> None:
    """Call once before the first turn, in a process whose only actions are its own."""
    RemoteAction._validate_action_result = _accepted
