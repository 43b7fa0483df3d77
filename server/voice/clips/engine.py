"""Speaks fixed lines with the recordings of volunteers, where there are any."""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Sequence
from pathlib import Path

from bot.dialect.lexicon import family
from bot.identifiers import Dialect
from bot.yaml_source import ContentError
from server.voice.alignment import aligned
from server.voice.clips.manifest import Clip, load_clips
from server.voice.clips.recorded import Recorded, UnreadableClip, read_clip
from server.voice.engine import Delivery, Sound, Token
from server.voice.errors import VoiceUnavailable
from server.voice.reading import Language, Reader

_log = logging.getLogger(__name__)
_Line = tuple[str, ...]


class ClipEngine:
    """See :class:`server.voice.engine.Engine`. Says only what was recorded and checked, and only as He'an herself.

    A resident hears his own dialect, else its family, else, where Mandarin is spoken to him, a Mandarin recording. A
    recording is found by how its sentence is read aloud: punctuation and ways to write a number make no difference.
    """

    name = "clips"

    def __init__(self, folder: Path, reader: Reader) -> None:
        self._folder = folder
        self._reader = reader
        self._clips: dict[tuple[Dialect, _Line], Recorded] = {}
        self._version = ""

    @property
    def version(self) -> str:
        """Changes whenever a recording does."""
        return self._version

    def start(self) -> None:
        """Read all recordings. One that can't be read is left out; ``hean clips check`` tells why."""
        try:
            clips = [clip for clip in load_clips(self._folder) if clip.checked]
        except ContentError as error:
            raise VoiceUnavailable(str(error)) from error
        digest = hashlib.sha256()
        for clip in clips:
            try:
                recorded = read_clip(clip.path)
            except UnreadableClip as error:
                _log.warning("a recording is left out: %s: %s", clip.path.name, error)
                continue
            self._clips[clip.dialect, self._line(clip)] = recorded
            digest.update(repr((clip.dialect.value, clip.text)).encode())
            digest.update(recorded.samples.tobytes())
        self._version = digest.hexdigest()[:12]

    def stop(self) -> None:
        """Let the recordings go."""
        self._clips.clear()

    def ready(self) -> bool:
        """Whenever something is recorded."""
        return bool(self._clips)

    def says(self, tokens: Sequence[Token], delivery: Delivery) -> bool:
        """Whether there is a recording of it."""
        return self._find(tokens, delivery) is not None

    def voice_of(self, delivery: Delivery) -> str:
        """The dialect that was asked for."""
        return f"clips/{delivery.dialect}"

    def synthesize(self, tokens: Sequence[Token], delivery: Delivery) -> Sound:
        """Play it."""
        recorded = self._find(tokens, delivery)
        if recorded is None:
            raise VoiceUnavailable("this was not recorded")
        return aligned(recorded.samples, recorded.sample_rate_hz, tokens)

    def _find(self, tokens: Sequence[Token], delivery: Delivery) -> Recorded | None:
        if not self._clips or delivery.speaker != "hean":
            return None
        line = tuple(token.text for token in tokens)
        asked = Dialect(delivery.dialect)
        dialects = [asked, family(asked)]
        if delivery.language == Language.MANDARIN.value:
            dialects.append(Dialect.CMN)
        return next((self._clips[each, line] for each in dialects if (each, line) in self._clips), None)

    def _line(self, clip: Clip) -> _Line:
        language = Language.CANTONESE if clip.dialect is Dialect.YUE else Language.MANDARIN
        return tuple(token.text for token in self._reader.read(clip.text, language).tokens())
