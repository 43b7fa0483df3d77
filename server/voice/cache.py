"""Spoken texts kept by content: on disk while there is room, and the latest in memory in any case.

Two files an entry, ``<key>.json`` (the timings and a checksum of the sound) and ``<key>.wav``. The JSON is
written last and by renaming, so an entry is either complete or not there; what was damaged since is found by
its checksum.
"""

from __future__ import annotations

import json
import logging
import os
import re
import threading
import zlib
from collections import OrderedDict
from contextlib import suppress
from pathlib import Path

from server.voice.utterance import Utterance

_log = logging.getLogger(__name__)
_KEY = re.compile(r"[0-9a-f]{32}")
_MEMORY_BYTES = 24 * 1024 * 1024


def is_key(text: str) -> bool:
    """Whether ``text`` can name an entry. Anything else, such as a path, never reaches the file system."""
    return _KEY.fullmatch(text) is not None


class SpeechCache:
    """Utterances and their WAVs, least recently used ones dropped first. Safe from any thread.

    ``directory`` is made when missing; ``max_bytes`` bounds what is kept there, ``memory_bytes`` what is kept
    in memory. A disk that is full or read-only costs speed, never an utterance: memory serves then.
    """

    def __init__(self, directory: Path, *, max_bytes: int, memory_bytes: int = _MEMORY_BYTES) -> None:
        self._directory = directory
        self._max_bytes = max_bytes
        self._memory_bytes = memory_bytes
        self._lock = threading.Lock()
        self._sizes: OrderedDict[str, int] = OrderedDict()
        self._memory: OrderedDict[str, tuple[Utterance, bytes]] = OrderedDict()
        self._private: set[str] = set()
        self._disk_trouble = False

    def open(self) -> None:
        """Find what earlier runs left, oldest first, and clear away what a crash left half-written."""
        found: list[tuple[float, str, int]] = []
        try:
            self._directory.mkdir(parents=True, exist_ok=True)
            for file in self._directory.iterdir():
                orphan = file.suffix == ".wav" and not file.with_suffix(".json").exists()
                if file.suffix == ".tmp" or orphan:
                    file.unlink(missing_ok=True)
                elif file.suffix == ".json" and is_key(file.stem):
                    wav = file.with_suffix(".wav")
                    size = wav.stat().st_size if wav.exists() else 0
                    found.append((file.stat().st_mtime, file.stem, size))
        except OSError as error:
            self._report(error)
        with self._lock:
            self._sizes = OrderedDict((key, size) for _, key, size in sorted(found))
        self._drop_oldest()

    def get(self, key: str) -> Utterance | None:
        """The utterance of that key, if it and its sound are whole. Damaged entries are removed."""
        entry = self._load(key)
        return entry[0] if entry else None

    def wav_bytes(self, key: str) -> bytes | None:
        """The sound of that key. Works with a full disk too, for the latest utterances."""
        entry = self._load(key)
        return entry[1] if entry else None

    def wav_path(self, key: str) -> Path | None:
        """The sound's file, known to be whole; ``None`` when there is none (see :meth:`wav_bytes`)."""
        entry = self._load(key)
        if entry is None:
            return None
        if key in self._private:
            return None
        path = self._wav(key)
        try:
            if path.stat().st_size == len(entry[1]) and path.read_bytes() == entry[1]:
                return path
        except OSError:
            pass
        return path if self._store(key, *entry) else None

    def put(self, key: str, utterance: Utterance, wav: bytes, *, private: bool = False) -> None:
        """Keep an utterance; a ``private`` one in memory only. Never raises for the disk."""
        if private:
            with self._lock:
                self._private.add(key)
        self._remember(key, utterance, wav)
        if not private:
            self._store(key, utterance, wav)

    def _load(self, key: str) -> tuple[Utterance, bytes] | None:
        if not is_key(key):
            return None
        with self._lock:
            entry = self._memory.get(key)
            if entry:
                self._memory.move_to_end(key)
            if key in self._sizes:
                self._sizes.move_to_end(key)
        return entry or self._load_from_disk(key)

    def _load_from_disk(self, key: str) -> tuple[Utterance, bytes] | None:
        try:
            document = json.loads(self._json(key).read_text("utf-8"))
            wav = self._wav(key).read_bytes()
            if zlib.crc32(wav) != document["crc32"]:
                raise ValueError("the sound is damaged")
            utterance = Utterance.from_json(document["utterance"])
            if utterance.key != key:
                raise ValueError("the timings belong to another sound")
        except FileNotFoundError:
            self._forget(key)
            return None
        except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
            _log.warning("a kept utterance is damaged and will be made again: %s", type(error).__name__)
            self._forget(key)
            return None
        with suppress(OSError):
            os.utime(self._json(key))  # the order of use outlives a restart
        self._remember(key, utterance, wav)
        return utterance, wav

    def _store(self, key: str, utterance: Utterance, wav: bytes) -> bool:
        document = {"crc32": zlib.crc32(wav), "utterance": utterance.to_json()}
        try:
            self._directory.mkdir(parents=True, exist_ok=True)
            self._write(self._wav(key), wav)
            self._write(self._json(key), json.dumps(document, ensure_ascii=False).encode("utf-8"))
        except OSError as error:
            self._report(error)
            self._forget(key)
            return False
        self._disk_trouble = False
        with self._lock:
            self._sizes[key] = len(wav)
            self._sizes.move_to_end(key)
        self._drop_oldest()
        return True

    def _write(self, path: Path, content: bytes) -> None:
        partial = path.with_name(f"{path.name}.{threading.get_ident()}.tmp")
        try:
            partial.write_bytes(content)
            os.replace(partial, path)
        except OSError:
            partial.unlink(missing_ok=True)
            raise

    def _remember(self, key: str, utterance: Utterance, wav: bytes) -> None:
        with self._lock:
            self._memory[key] = (utterance, wav)
            self._memory.move_to_end(key)
            held = sum(len(sound) for _, sound in self._memory.values())
            while held > self._memory_bytes and len(self._memory) > 1:
                gone, (_, dropped) = self._memory.popitem(last=False)
                self._private.discard(gone)
                held -= len(dropped)

    def _drop_oldest(self) -> None:
        dropped: list[str] = []
        with self._lock:
            held = sum(self._sizes.values())
            while held > self._max_bytes and len(self._sizes) > 1:
                key, size = self._sizes.popitem(last=False)
                held -= size
                dropped.append(key)
        for key in dropped:
            self._forget(key)

    def _forget(self, key: str) -> None:
        with self._lock:
            self._sizes.pop(key, None)
        for path in (self._json(key), self._wav(key)):
            with suppress(OSError):  # a read-only disk; the checksum guards what stays
                path.unlink(missing_ok=True)

    def _report(self, error: OSError) -> None:
        if not self._disk_trouble:
            _log.warning("spoken texts are kept in memory only: %s", error.strerror)
        self._disk_trouble = True

    def _json(self, key: str) -> Path:
        return self._directory / f"{key}.json"

    def _wav(self, key: str) -> Path:
        return self._directory / f"{key}.wav"
