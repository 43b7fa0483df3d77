"""The system's own voice: pyttsx3's real loop with a driver on paper, and a real process with one that runs here."""

from __future__ import annotations

import aifc
import os
import sys
import wave
from collections.abc import Callable, Sequence
from pathlib import Path
from types import ModuleType, SimpleNamespace
from typing import Any

import espeakng_loader
import numpy as np
import pytest

from server.voice.chain import EngineChain
from server.voice.errors import VoiceUnavailable
from server.voice.pyttsx3_engine import Pyttsx3Engine
from server.voice.reading import Language, Reader
from server.voice.system_engine import SystemEngine
from server.voice.system_worker import NotSpoken, SystemVoice, mandarin_voice, read_sound
from server.voice.voices import Voices

RATE_HZ = 22050
SAMPLES: np.ndarray[Any, np.dtype[np.int16]] = (np.sin(np.arange(RATE_HZ) / 20) * 9000).astype(np.int16)


def write_sound(path: Path, kind: str, channels: int = 1) -> None:
    """A second of a tone as Windows (``wav``) and macOS (``aiff``, ``aifc``) write it."""
    order = "<i2" if kind == "wav" else ">i2"
    opened: Any = wave.open if kind == "wav" else aifc.open
    with opened(str(path), "wb") as sound:
        if kind != "wav":
            getattr(sound, kind)()
        sound.setnchannels(channels)
        sound.setsampwidth(2)
        sound.setframerate(RATE_HZ)
        sound.writeframes(np.repeat(SAMPLES, channels).astype(order).tobytes())


class _Driver:
    """As much of a pyttsx3 driver as a system has, by pyttsx3's names: voices, a rate, sounds that go into files."""

    languages: Sequence[str] = ("en-US", "zh_HK", "zh_CN")
    kind = "aiff"

    def __init__(self, proxy: Any) -> None:
        self._proxy = proxy
        self.properties: dict[str, Any] = {}
        self._runs = False

    def getProperty(self, name: str) -> object:
        assert name == "voices"
        return [SimpleNamespace(id=f"voice.{tag}", name=tag, languages=[tag]) for tag in self.languages]

    def setProperty(self, name: str, value: object) -> None:
        self.properties[name] = value

    def save_to_file(self, text: str, path: str) -> None:
        if "哑" not in text:
            write_sound(Path(path), self.kind)

    def startLoop(self) -> None:
        self._runs = True
        for _ in range(100):
            if not self._runs:
                return
            self._proxy.setBusy(False)
        raise AssertionError("pyttsx3 never ended the loop")

    def endLoop(self) -> None:
        self._runs = False

    def stop(self) -> None:
        pass

    def destroy(self) -> None:
        pass


@pytest.fixture
def install(monkeypatch: pytest.MonkeyPatch) -> Callable[..., list[_Driver]]:
    """Gives pyttsx3 a driver ``paper``; returns the list of those that were built."""

    def make(**traits: object) -> list[_Driver]:
        built: list[_Driver] = []

        def build(proxy: Any) -> _Driver:
            built.append(type("Paper", (_Driver,), traits)(proxy))
            return built[-1]

        module = ModuleType("pyttsx3.drivers.paper")
        module.buildDriver = build  # type: ignore[attr-defined]
        monkeypatch.setitem(sys.modules, module.__name__, module)
        import pyttsx3

        pyttsx3._activeEngines.clear()
        return built

    return make


@pytest.mark.parametrize("kind", ["wav", "aiff", "aifc"])
def test_what_the_system_writes_is_read(install: Callable[..., list[_Driver]], kind: str) -> None:
    built = install(kind=kind)
    voice = SystemVoice("paper")
    answer, pcm = voice.speak({"text": "您好。", "rate": 120})
    assert answer == {"sample_rate_hz": RATE_HZ}
    assert np.array_equal(np.frombuffer(pcm, "<i2"), SAMPLES)
    assert built[0].properties == {"voice": "voice.zh_CN", "rate": 120}
    assert voice.version == "paper zh_CN"


def test_what_was_not_written_is_said(install: Callable[..., list[_Driver]]) -> None:
    install()
    voice = SystemVoice("paper")
    answer, pcm = voice.speak({"text": "哑。", "rate": 150})
    assert "wrote no sound" in answer["error"]
    assert pcm == b""
    assert "error" not in voice.speak({"text": "您好。", "rate": 150})[0]


def test_a_system_without_mandarin_is_refused(install: Callable[..., list[_Driver]]) -> None:
    install(languages=("en-US", "zh-HK"))
    with pytest.raises(ValueError, match="Mandarin"):
        SystemVoice("paper")


@pytest.mark.parametrize("tag", ["zh-CN", "zh_TW", "cmn-latn-pinyin", b"\x05cmn", "zh-Hans-CN"])
def test_mandarin_is_told_by_its_tag(tag: object) -> None:
    voices = [SimpleNamespace(languages=each) for each in (None, [], ["ja-JP"], ["zh-HK"], [tag])]
    assert mandarin_voice(voices) is voices[-1]


@pytest.mark.parametrize("kind", ["wav", "aiff"])
def test_two_channels_are_one_and_half_a_sound_is_none(tmp_path: Path, kind: str) -> None:
    path = tmp_path / "sound"
    write_sound(path, kind, channels=2)
    samples, rate = read_sound(path)
    assert rate == RATE_HZ
    assert np.array_equal(samples, SAMPLES)
    path.write_bytes(path.read_bytes()[:5000])
    with pytest.raises(NotSpoken):
        read_sound(path)


@pytest.mark.parametrize("content", [b"", b"RIFF", b"FORM", b"FORM" + bytes(40)])
def test_what_is_no_sound_is_named(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "sound").write_bytes(content)
    with pytest.raises(NotSpoken):
        read_sound(tmp_path / "sound")


def test_she_has_the_systems_voice_and_roles_have_another(
    engine: Pyttsx3Engine, reader: Reader, voices: Voices, monkeypatch: pytest.MonkeyPatch
) -> None:
    # espeak-ng as if it were the system's: loaded before all else, so that pyttsx3's plain driver finds it.
    monkeypatch.setenv("LD_PRELOAD", os.fspath(espeakng_loader.get_library_path()))
    monkeypatch.setenv("ESPEAK_DATA_PATH", os.fspath(espeakng_loader.get_data_path()))
    system = SystemEngine("espeak")
    system.start()
    try:
        chain = EngineChain([system, engine])
        assert chain.ready()
        tokens = reader.read("您好，我是禾安。").tokens()
        spoken = chain.speak(tokens, voices.delivery("hean", Language.MANDARIN, 150))
        assert spoken.engine == "system"
        assert "Mandarin" in spoken.voice
        assert spoken.sound.duration_ms > 150 * len(tokens)
        assert len(spoken.sound.token_starts_ms) == len(tokens)
        assert np.abs(np.frombuffer(spoken.sound.pcm, "<i2")).max() > 1000
        assert chain.speak(tokens, voices.delivery("role", Language.MANDARIN, 150)).engine == "pyttsx3"
        assert chain.speak(tokens, voices.delivery("hean", Language.CANTONESE, 150)).engine == "pyttsx3"
    finally:
        system.stop()


@pytest.mark.parametrize("driver", ["sapi5", "nsss", None])
def test_where_the_system_has_none_the_next_engine_speaks(
    engine: Pyttsx3Engine, reader: Reader, voices: Voices, driver: str | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "platform", "linux")
    system = SystemEngine(driver)
    with pytest.raises(VoiceUnavailable, match=driver or "leave out"):
        system.start()
    tokens = reader.read("您好。").tokens()
    chain = EngineChain([system, engine])
    assert chain.speak(tokens, voices.delivery("hean", Language.MANDARIN, 150)).engine == "pyttsx3"
