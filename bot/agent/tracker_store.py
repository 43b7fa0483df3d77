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
        self._before: LiveTrackerStore | None = None

    def __len__(self) -> int:
        return len(self._trackers) + (len(self._before) if self._before else 0)

    def inherit(self, before: LiveTrackerStore) -> None:
        """Go on with the conversations of the store of another model. Each is fetched when it is next asked for, so
        a turn that still runs there is not lost."""
        self._before = before

    def _live(self, sender_id: str) -> DialogueStateTracker | None:
        if sender_id not in self._trackers and self._before is not None:
            tracker = self._before.give_away(sender_id)
            if tracker is not None:
                self._trackers[sender_id] = self._adapted(tracker)
        return self._trackers.get(sender_id)

    def give_away(self, sender_id: str) -> DialogueStateTracker | None:
        """Hand a conversation over; it is not here any more."""
        tracker = self._live(sender_id)
        self._trackers.pop(sender_id, None)
        return tracker

    def _adapted(self, tracker: DialogueStateTracker) -> DialogueStateTracker:
        """The conversation with the slots of this store's domain; what was in slots that are gone is gone too."""
        fresh = DialogueStateTracker(tracker.sender_id, self.domain.slots)
        known = {slot.name for slot in self.domain.slots}
        for event in tracker.events:
            if not isinstance(event, SlotSet) or event.key in known:
                fresh.update(event, self.domain)
        return fresh

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
        return self._live(sender_id)

    async def retrieve_full_tracker(self, conversation_id: str) -> DialogueStateTracker | None:
        return self._live(conversation_id)

    async def keys(self) -> Iterable[str]:
        before = await self._before.keys() if self._before else ()
        return [*self._trackers, *before]

    def forget(self, sender_id: str) -> bool:
        """Drop a conversation; true when there was one."""
        return self.give_away(sender_id) is not None

    def slot(self, sender_id: str, name: str) -> Any:
        """A slot's value, ``None`` for an unknown conversation."""
        tracker = self._live(sender_id)
        return tracker.get_slot(name) if tracker else None

    async def set_slot(self, sender_id: str, name: str, value: Any) -> None:
        """Set a slot between two turns, also before the first one."""
        tracker = self._live(sender_id)
        if tracker is None:
            tracker = DialogueStateTracker(sender_id, self.domain.slots)
            tracker.update(ActionExecuted("action_session_start"), self.domain)
            tracker.update(ActionExecuted("action_listen"), self.domain)
        tracker.update(SlotSet(name, value), self.domain)
        await self.save(tracker)

    def in_form(self, sender_id: str) -> bool:
        """Whether a form (a drill) is running."""
        tracker = self._live(sender_id)
        return bool(tracker and tracker.active_loop)
