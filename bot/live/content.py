"""The content of a running conversation: edited files are checked and taken over whole, between turns.

A turn takes :attr:`LiveContent.current` once and keeps it. What is broken is refused: of each broken file the last
good version serves on, also after a restart, as long as it was published here.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Collection, Mapping
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from bot.content import load_content
from bot.content_check import content_faults, example_faults
from bot.drills.assembly import build_drills
from bot.drills.catalog import ScenarioCatalog
from bot.fault_sentences import FaultSentences
from bot.live.edition import Edition, MakeActions, edition_of
from bot.live.overlay import below, overlay
from bot.live.recorder import Recorder
from bot.live.retraining import Retraining
from bot.live.sources import (
    Marks,
    changed,
    concerns_examples,
    look_at,
    mark_of,
    needs_understanding,
    scenarios_only,
)
from bot.live.state import ContentState
from bot.model_files import model_path
from bot.services import Services, services_of
from bot.settings import BotSettings
from bot.understanding import Understander
from bot.understanding_build import load_understander, small_models_missing
from bot.welcome import load_words
from bot.yaml_source import ContentError, Fault

logger = logging.getLogger(__name__)
# Of so many looks, one is at the examples too.
_ALL_EVERY = 10


class LiveContent:
    """Holds the edition that answers now. :meth:`look` is called again and again by one thread beside the turns."""

    def __init__(
        self,
        settings: BotSettings,
        make_actions: MakeActions,
        recorder: Recorder,
        now: Callable[[], datetime],
        echo: Callable[[str], None] = lambda _: None,
    ) -> None:
        """Load the content, training small models when needed.

        Raises:
            ContentError: it is broken and no version that could serve in its place was ever published.
        """
        self._settings = settings
        self._data = settings.data_dir
        self._make_actions = make_actions
        self._recorder = recorder
        self._now = now
        self._retraining = Retraining(settings.models_dir)
        self._catalog: ScenarioCatalog | None = None
        self._faults: tuple[Fault, ...] = ()
        self._refused: frozenset[str] = frozenset()
        # What was seen when it was last taken over or refused; and at the last look, when somebody may still write.
        self._done = self._seen = look_at(self._data)
        self._recorded = False
        self._looks = 0
        self._current = edition_of(self._first(echo), make_actions)
        self._state = ContentState(now(), faults=self._faults, needs_training=not model_path(settings).is_file())

    @property
    def current(self) -> Edition:
        """What answers now. Take it once a turn."""
        return self._current

    def state(self) -> ContentState:
        """How the content stands."""
        return self._state

    def stop(self) -> None:
        """End what runs in the background."""
        self._retraining.stop()

    def model_changed(self) -> None:
        """Say that another Rasa model serves now."""
        self._state = replace(self._state, needs_training=not model_path(self._settings).is_file())

    def look(self) -> None:
        """Take over what was edited since the last look and has lain still between two looks."""
        self._looks += 1
        marks = look_at(self._data, None if self._looks % _ALL_EVERY == 0 else self._seen)
        still, self._seen = marks == self._seen, marks
        if not self._recorded:
            self._recorded = True
            self._record({*marks, *self._recorder.published_paths()}, marks)
            self._note()
        edited = changed(self._done, marks)
        if edited and (still or scenarios_only(edited)):
            self._done = marks
            self._take_over(edited)
            self._record(edited, marks)
            self.model_changed()
        trained = self._retraining.ended()
        if trained:
            self._take_over(frozenset(), trained=True)
        elif trained is False:
            logger.error("the small models could not be trained; those that were there serve on")
        if edited or trained is not None or self._state.retraining:
            self._note()

    def _take_over(self, edited: frozenset[str], *, trained: bool = False) -> None:
        edited = frozenset(path for path in edited if not path.startswith("scenarios/"))
        if not edited and not trained:
            return
        standing = self._current.services.content.understander
        # What was refused before may be what is right now.
        refused = self._refused | edited
        anew = trained or needs_understanding(refused) or concerns_examples(refused)
        groups = None if anew else {item.id: item.group for item in standing.items}

        def load(data: Path) -> Services:
            understander = standing
            if anew:
                understander = load_understander(data, self._settings.models_dir, standing=standing)
            return self._services(data, understander)

        try:
            if concerns_examples(edited) and (faults := example_faults(self._data)):
                raise ContentError(faults)
            services: Services | None = load(self._data)
            self._faults, self._refused = (), frozenset()
        except Exception as error:
            self._refused = refused
            services = self._instead(error, load, groups)
            for fault in self._faults:
                logger.error("refused: %s", fault)
        if services is None:
            return
        self._current = edition_of(services, self._make_actions)
        self._state = replace(self._state, live_since=self._now(), swaps=self._state.swaps + 1)
        logger.info("content taken over: %s", ", ".join(sorted(edited)[:5]) or "newly trained models")
        if not self._faults and small_models_missing(self._data, self._settings.models_dir):
            self._retraining.start(self._data)

    def _first(self, echo: Callable[[str], None]) -> Services:
        def load(data: Path) -> Services:
            return self._services(data, load_understander(data, self._settings.models_dir, echo))

        try:
            return load(self._data)
        except ContentError as error:
            services = self._instead(error, load)
            self._refused = frozenset(self._done)
            if services is None:
                raise
            for fault in self._faults:
                logger.error("refused, the last good version serves: %s", fault)
            return services

    def _services(self, data: Path, understander: Understander) -> Services:
        if self._catalog is None:
            loader = build_drills(data).loader
            self._catalog = ScenarioCatalog(self._data / "scenarios", loader, last_good=self._last_good_scenario)
        content = load_content(self._settings, data=data, understander=understander, catalog=self._catalog)
        return services_of(content, load_words(data), self._settings)

    def _instead(
        self, error: Exception, load: Callable[[Path], Services], groups: Mapping[str, str] | None = None
    ) -> Services | None:
        """What serves in the place of broken files: their last good versions, else the last good version of all.

        Notes what is wrong. ``groups`` of evidence: what only texts can be the reason of is looked for in texts.
        """
        known = content_faults(self._data, evidence_groups=groups)
        sentences = FaultSentences.of(self._data)
        if isinstance(error, ContentError):
            faults = {*sentences.said(error.faults), *known}
        else:
            logger.error("the content can't be read: %s: %s", type(error).__name__, error)
            faults = {*known, *sentences.said([_unexplained(self._data, error)])}
        self._faults = tuple(sorted(fault for fault in faults if not _is_scenario(fault, self._data)))
        broken = {path for path in (below(fault.path, self._data) for fault in self._faults) if path is not None}
        published = self._recorder.all_published()
        for contents in ({path: published.get(path) for path in broken}, published):
            if not published:
                break
            with overlay(self._data, contents) as folder:
                try:
                    return load(folder)
                except Exception as other:
                    logger.error("the last good version does not serve: %s", other)
        return None

    def _record(self, edited: Collection[str], marks: Marks) -> None:
        assert self._catalog is not None
        scenarios = self._catalog.look()
        broken = {below(fault.path, self._data) for fault in self._faults}
        contents: dict[str, bytes | None] = {}
        for path in edited:
            if path.startswith("scenarios/"):
                contents[path] = scenarios.get(self._data / path)
            elif path not in broken and mark_of(self._data / path) == marks.get(path):  # else it is looked at again
                contents[path] = (self._data / path).read_bytes() if path in marks else None
        self._recorder.record(contents)

    def _note(self) -> None:
        assert self._catalog is not None
        self._state = replace(
            self._state,
            faults=tuple(sorted({*self._faults, *self._catalog.faults()})),
            publication=self._recorder.number(),
            retraining=self._retraining.running,
        )

    def _last_good_scenario(self, path: Path) -> bytes | None:
        name = below(path, self._data)
        return None if name is None else self._recorder.last_good(name)


def _is_scenario(fault: Fault, data: Path) -> bool:
    return (below(fault.path, data) or "").startswith("scenarios/")


def _unexplained(data: Path, error: Exception) -> Fault:
    return Fault(data / "knowledge", 1, 1, f"can't be read ({type(error).__name__})", "unreadable_content")
