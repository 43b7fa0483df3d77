"""A model of each kind, made once, and recordings for them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from tiny_models import dolphin, paraformer, sense_voice

from server.hearing.recording import RATE_HZ, Recording

LOUD, SOFT = 0.2, 0.01
_MARKS = ["<|NEUTRAL|>", "<|Speech|>", "<|withitn|>"]


@pytest.fixture(scope="session")
def models(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Model folders by engine. Loud recordings say 有人叫我转钱, soft ones 侬讲啥物事呀."""
    folder = tmp_path_factory.mktemp("models")
    loud, soft = list("有人叫我转钱"), list("侬讲啥物事呀")
    return {
        "sense_voice": sense_voice(folder / "sense_voice", ["<|yue|>", *_MARKS, *loud], ["<|zh|>", *_MARKS, *soft]),
        "paraformer": paraformer(folder / "paraformer", [*loud, "</s>"], [*soft, "</s>"]),
        "dolphin": dolphin(folder / "dolphin", ["<zh>", "<SICHUAN>", *loud], ["<zh>", "<WU>", *soft]),
    }


@pytest.fixture(scope="session")
def noise() -> Callable[..., Recording]:
    """Noise of a loudness (of full scale) and a length in seconds."""

    def make(loudness: float, seconds: float = 2.0) -> Recording:
        samples = np.random.default_rng(7).standard_normal(int(RATE_HZ * seconds)) * loudness * 32767
        return Recording(samples.clip(-32768, 32767).astype("<i2").tobytes())

    return make
