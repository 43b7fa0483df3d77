"""A worker process from inside: it reads one request at a time and answers each."""

from __future__ import annotations

import faulthandler
import os
import signal
import sys
from collections.abc import Callable
from contextlib import suppress
from typing import Any, BinaryIO

from server.worker.frames import StreamBroken, read_frame, write_frame

LONGEST_SECONDS = 120
# From a request and its payload to an answer and its payload.
Answer = Callable[[dict[str, Any], bytes], tuple[dict[str, Any], bytes]]


class NotLoaded(Exception):
    """What the process is there for can't be loaded; its text is a sentence for who installs it."""


def answers_stream() -> BinaryIO:
    """Standard output for frames alone; whatever else is printed goes where errors go. Called once, at the start."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C reaches the whole group; the server ends us
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    return answers


def serve(requests: BinaryIO, answers: BinaryIO, version: str, answer: Answer, *, longest_seconds: int) -> None:
    """Say hello and answer requests until the stream ends. An exception is told by its name, never by its text."""
    write_frame(answers, {"hello": version})
    while True:
        request, payload = read_frame(requests)
        # Ends this process even when it hangs in C++ code and nobody is left to kill it, on every system.
        faulthandler.dump_traceback_later(longest_seconds, exit=True)
        try:
            told, sent = answer(request, payload)
        except Exception as error:
            told, sent = {"error": type(error).__name__}, b""
        faulthandler.cancel_dump_traceback_later()
        write_frame(answers, {"id": request["id"], **told}, sent)


def run(load: Callable[[], tuple[str, Answer]]) -> None:
    """Run as a process: load, then serve on standard input and output.

    ``load`` gives the version and what answers, or raises :class:`NotLoaded`, which is told instead of a hello.
    """
    answers = answers_stream()
    with suppress(StreamBroken):
        try:
            version, answer = load()
        except NotLoaded as error:
            write_frame(answers, {"error": str(error)})
            return
        serve(sys.stdin.buffer, answers, version, answer, longest_seconds=LONGEST_SECONDS)
