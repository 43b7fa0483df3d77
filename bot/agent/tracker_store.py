"""Conversations in memory as live objects: no serialising each turn, and bounded however long a visit is."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from rasa.core.tracker_store import TrackerStore
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import ActionExecuted, SlotSet
from rasa.shared.core.trackers import DialogueStateTracker

# A turn costs more with every event before it; outside a form nothing older than the slots matters.
_MAX_EVENTS = 40


class LiveTrackerStore(TrackerStore):  # type: ignore[misc]
    """Keeps trackers until they are forgotten. Nothing is written anywhere."""

    def __init__(self, domain: Domain) -> None:
        super().__init__(domain)
        self._trackers: dict[str, DialogueStateTracker] = {}

    def __len__(self) -> int:
        return len(self._trackers)

    async def save(self, tracker: DialogueStateTracker) -> None:
        """Keep the tracker, shortened when it may be."""
        if len(tracker.events) > _MAX_EVENTS and not tracker.active_loop:
            tracker = self._shortened(tracker)
        self._trackers[tracker.sender_id] = tracker

    def _shortened(self, tracker: DialogueStateTracker) -> DialogueStateTracker:
        fresh = DialogueStateTracker(tracker.sender_id, self.domain.slots)
        fresh.update(ActionExecuted("action_session_start"), self.domain)
        for slot in tracker.slots.values():
            if slot.value is not None:
                fresh.update(SlotSet(slot.name, slot.value), self.domain)
        fresh.update(ActionExecuted("action_listen"), self.domain)
        if tracker.latest_message is not None:
            # The last turn stays: what it was taken for is still asked after the turn is saved.
            fresh.update(tracker.latest_message, self.domain)
            fresh.update(ActionExecuted("action_listen"), self.domain)
        return fresh

    async def retrieve(self, sender_id: str) -> DialogueStateTracker | None:
        """The live tracker itself; turns of one conversation follow one another, so nobody shares it."""
        return self._trackers.get(sender_id)

    async def retrieve_full_tracker(self, conversation_id: str) -> DialogueStateTracker | None:
        return self._trackers.get(conversation_id)

    async def keys(self) -> Iterable[str]:
        return self._trackers.keys()

    def forget(self, sender_id: str) -> bool:
        """Drop a conversation; true when there was one."""
        return self._trackers.pop(sender_id, None) is not None

    def slot(self, sender_id: str, name: str) -> Any:
        """A slot's value, ``None`` for an unknown conversation."""
        tracker = self._trackers.get(sender_id)
        return tracker.get_slot(name) if tracker else None

    def in_form(self, sender_id: str) -> bool:
        """Whether a form (a drill) is running."""
        tracker = self._trackers.get(sender_id)
        return bool(tracker and tracker.active_loop)
