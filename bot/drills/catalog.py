"""The published scenarios: live within a second of a save; of a broken file the last good version stays."""

from __future__ import annotations

import random
from collections.abc import Callable, Collection
from pathlib import Path
from threading import Lock
from time import monotonic

from bot.drills.loading import LoadedFile, ScenarioLoader
from bot.drills.previews import Previews
from bot.drills.scenario import Kind, Scenario
from bot.identifiers import ScamType
from bot.yaml_source import Fault

_LOOK_AGAIN_SECONDS = 0.5


class ScenarioCatalog:
    """The scenarios of a directory. Safe to use from several threads.

    Files are looked at again at most every half second, when somebody asks; nothing runs in the background.
    """

    def __init__(
        self,
        folder: Path,
        loader: ScenarioLoader,
        *,
        clock: Callable[[], float] = monotonic,
        last_good: Callable[[Path], bytes | None] = lambda _: None,
    ) -> None:
        """``last_good`` gives what was last published of a file, for one that is broken when it is first read."""
        self._folder = folder
        self._loader = loader
        self._clock = clock
        self._last_good = last_good
        self._contents: dict[Path, bytes] = {}
        self._lock = Lock()
        self._seen: dict[Path, tuple[int, int]] = {}
        self._current: dict[Path, Scenario] = {}
        self._faults: dict[Path, tuple[Fault, ...]] = {}
        self._versions: dict[tuple[str, str], Scenario] = {}
        self._looked = float("-inf")
        self.previews = Previews()

    def read(self, text: str) -> LoadedFile:
        """Check the text of a scenario that is not published; its faults name the file ``scenario.yml``."""
        return self._loader.load_text(text, Path("scenario.yml"))

    def all(self) -> list[Scenario]:
        """Every published scenario, by id."""
        with self._lock:
            self._refresh()
            return sorted(self._current.values(), key=lambda scenario: scenario.id)

    def get(self, scenario_id: str, version: str | None = None) -> Scenario | None:
        """A scenario; with ``version`` the one that a run began with, even when it has been changed since."""
        tried = self.previews.version(scenario_id, version) if version is not None else None
        if tried is not None:
            return tried
        with self._lock:
            self._refresh()
            if version is not None and (scenario_id, version) in self._versions:
                return self._versions[scenario_id, version]
            return next((s for s in self._current.values() if s.id == scenario_id), None)

    def choose(
        self,
        kind: Kind | None = None,
        *,
        scam_type: ScamType | None = None,
        difficulty: int | None = None,
        exclude: Collection[str] = (),
        chance: random.Random | None = None,
    ) -> Scenario | None:
        """One scenario at random among those that fit; ``None`` when none does.

        ``scam_type`` also finds the genuine counterparts of that type. When ``exclude`` leaves nothing, it is
        ignored: to repeat a drill is better than to have none.
        """
        fitting = [
            scenario
            for scenario in self.all()
            if (kind is None or scenario.kind is kind)
            and (scam_type is None or scam_type in (scenario.scam_type, scenario.mirror_of))
            and (difficulty is None or scenario.difficulty == difficulty)
        ]
        fresh = [scenario for scenario in fitting if scenario.id not in exclude] or fitting
        return (chance or random.Random()).choice(fresh) if fresh else None

    def use(self, loader: ScenarioLoader) -> None:
        """Read files with another loader from now on; what is published stays."""
        with self._lock:
            self._loader = loader

    def look(self) -> dict[Path, bytes]:
        """Look at the files now, whenever that was done last; the content of each published one."""
        with self._lock:
            self._looked = float("-inf")
            self._refresh()
            return dict(self._contents)

    def faults(self) -> list[Fault]:
        """What is wrong with the files as they are now."""
        with self._lock:
            self._refresh()
            return sorted(fault for faults in self._faults.values() for fault in faults)

    def _refresh(self) -> None:
        now = self._clock()
        if now - self._looked < _LOOK_AGAIN_SECONDS:
            return
        self._looked = now
        present: dict[Path, tuple[int, int]] = {}
        for path in sorted(self._folder.glob("*.yml")):
            try:
                status = path.stat()
            except OSError:  # deleted between listing and looking
                continue
            present[path] = (status.st_mtime_ns, status.st_size)
        for path in set(self._seen) - set(present):
            self._current.pop(path, None)
            self._contents.pop(path, None)
            self._faults.pop(path, None)
        changed = [path for path, mark in present.items() if self._seen.get(path) != mark]
        self._seen = present
        for path in changed:
            self._read(path)

    def _read(self, path: Path) -> None:
        content, loaded = self._loaded(path)
        self._faults[path] = loaded.faults
        if loaded.scenario is None and path not in self._current:
            content = self._last_good(path)
            if content is not None:
                loaded = self._checked(path, content)
        scenario = loaded.scenario
        if scenario is not None and content is not None:
            self._current[path] = scenario
            self._contents[path] = content
            self._versions[scenario.id, scenario.version] = scenario

    def _loaded(self, path: Path) -> tuple[bytes | None, LoadedFile]:
        try:
            content = path.read_bytes()
        except OSError:
            return None, self._loader.load_file(path)
        return content, self._checked(path, content)

    def _checked(self, path: Path, content: bytes) -> LoadedFile:
        loaded = self._loader.load_bytes(content, path)
        if loaded.scenario is None:
            return loaded
        scenario_id = loaded.scenario.id
        owner = next((p for p, s in self._current.items() if s.id == scenario_id and p != path), None)
        return loaded if owner is None else self._loader.duplicate(path, scenario_id, owner)
