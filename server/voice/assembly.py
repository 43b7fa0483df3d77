"""The voice put together: which engines there are, by their names in the settings."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from server.voice.cache import SpeechCache
from server.voice.engine import Engine
from server.voice.reading import load_reader
from server.voice.voice import DEFAULT_RATE, Voice
from server.voice.voices import load_voices


def build_voice(
    data_dir: Path,
    cache_dir: Path,
    *,
    engines: Sequence[str] = ("clips", "pyttsx3"),
    model_dir: Path | None = None,
    threads: int = 2,
    cache_bytes: int = 512 * 1024 * 1024,
    private: Callable[[str], bool] = lambda _: False,
) -> Voice:
    """The voice with the content of ``data_dir`` (``…/data/voice``), keeping sounds in ``cache_dir``.

    ``engines`` in the order of preference: ``clips`` (recordings in ``data_dir/clips``), ``sherpa`` (the model in
    ``model_dir``, on ``threads``), ``system`` (SAPI5 or NSSS), ``pyttsx3`` (espeak-ng). Texts that are
    ``private`` are kept in memory only. Raises ``VoiceContentError`` for wrong content. Call :meth:`Voice.start`
    before use.
    """
    reader = load_reader(data_dir)
    voices = load_voices(data_dir / "voices.yml", rate=DEFAULT_RATE)
    chosen: list[Engine] = []
    for name in engines:
        if name == "clips":
            from server.voice.clips.engine import ClipEngine

            chosen.append(ClipEngine(data_dir / "clips", reader))
        elif name == "sherpa":
            from server.voice.sherpa_engine import SherpaEngine

            chosen.append(SherpaEngine(model_dir, voices.model_speakers, threads=threads))
        elif name == "system":
            from server.voice.system_engine import SystemEngine

            chosen.append(SystemEngine())
        else:
            from server.voice.pyttsx3_engine import Pyttsx3Engine

            chosen.append(Pyttsx3Engine())
    return Voice(chosen, reader, voices, SpeechCache(cache_dir, max_bytes=cache_bytes), private)
