"""The reader's own process: ``python -m server.sight.sight_worker``.

A picture may take much memory, and whatever decodes it may end its process; talk goes on meanwhile. The process reads
one picture at a time from standard input and answers on standard output (:mod:`server.worker.frames`). Request:
``{"id"}`` with the file as payload. Answer: ``{"id", "sheet"}``, or ``{"id", "fault"}`` for what is of no use. Nothing
is kept.
"""

from __future__ import annotations

from importlib.metadata import version
from typing import Any

from server.sight.picture import UnusablePicture
from server.sight.reader import MISSING, ReaderMissing
from server.worker.serving import Answer, NotLoaded, run


def _loaded() -> tuple[str, Answer]:
    try:
        from server.sight.rapidocr_reader import RapidOcrReader
        from server.sight.reading import read_picture

        reader = RapidOcrReader()
    except (ImportError, ReaderMissing) as error:
        raise NotLoaded(MISSING) from error

    def answer(_request: dict[str, Any], data: bytes) -> tuple[dict[str, Any], bytes]:
        try:
            return {"sheet": read_picture(data, reader).packed()}, b""
        except UnusablePicture as error:
            return {"fault": error.fault.value}, b""

    return version("rapidocr-onnxruntime"), answer


if __name__ == "__main__":
    run(_loaded)
