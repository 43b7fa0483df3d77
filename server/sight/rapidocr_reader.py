"""RapidOCR as a reader: PP-OCRv4 for Chinese on ONNX Runtime, whose models come with its package."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import numpy as np

from server.sight.picture import Pixels
from server.sight.reader import Corners, ReaderMissing, Script

_SURE_OF_TURN = 0.7


class RapidOcrReader:
    """See :class:`server.sight.reader.Reader`. Loading takes about a second of processor time."""

    def __init__(self) -> None:
        """Raises :class:`ReaderMissing` when the package is not there or can't be loaded."""
        try:
            from rapidocr_onnxruntime import RapidOCR
            from rapidocr_onnxruntime.ch_ppocr_det.utils import DetPreProcess
            from rapidocr_onnxruntime.utils import OrtInferSession
        except ImportError as error:
            raise ReaderMissing(str(error)) from error
        with _patient(OrtInferSession):
            # Lines of one batch are padded to the longest one: alone, each costs what it is long.
            self._ocr: Any = RapidOCR(rec_batch_num=1)
        detector = self._ocr.text_det
        # The size of what is looked at is chosen by whoever calls; RapidOCR would enlarge it.
        unscaled = DetPreProcess(1 << 20, "max", detector.mean, detector.std)
        detector.get_preprocess = lambda _: unscaled

    def find(self, pixels: Pixels) -> list[Corners]:
        found, _ = self._ocr.text_det(pixels[..., ::-1])
        return [np.asarray(corners, np.float64) for corners in (found if found is not None else ())]

    def upside_down(self, lines: Sequence[Pixels]) -> float:
        if not lines:
            return 0.0
        _, turns, _ = self._ocr.text_cls([line[..., ::-1] for line in lines])
        votes = [(label == "180", score) for label, score in turns if score > _SURE_OF_TURN]
        total = sum(score for _, score in votes)
        return sum(score for down, score in votes if down) / total if total else 0.0

    def read(self, lines: Sequence[Pixels]) -> list[Script]:
        if not lines:
            return []
        recognised, _ = self._ocr.text_rec([np.ascontiguousarray(line[..., ::-1]) for line in lines], True)
        return [_script(text, details) for text, _, details in recognised]


@contextmanager
def _patient(session: Any) -> Iterator[None]:
    """Sessions made meanwhile wait without spinning, which doubles the processor time and keeps it from others."""
    usual = session._init_sess_opts

    def options(config: Any) -> Any:
        made = usual(config)
        made.add_session_config_entry("session.intra_op.allow_spinning", "0")
        return made

    session._init_sess_opts = staticmethod(options)
    try:
        yield
    finally:
        session._init_sess_opts = staticmethod(usual)


def _script(text: str, details: Sequence[Any]) -> Script:
    """``details``: columns of the line, words, their columns, kinds of words, how sure of each character."""
    columns, _, word_columns, _, sure = details
    places = [column for word in word_columns for column in word]
    middles = [min(1.0, (place + 0.5) / columns) if columns else 0.0 for place in places]
    return Script(text, tuple(float(value) for value in sure[: len(text)]), tuple(middles[: len(text)]))
