"""The real server as a process of its own, the way staff start it."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import httpx

ROOT = Path(__file__).parents[1]
_TAIL_LINES = 60
BROADCAST_TOKEN = "for-tests-and-nothing-else"


class ServerFailed(AssertionError):
    """The server did not come up; the message ends with what it logged."""


def free_port() -> int:
    """A TCP port that nobody uses at this moment."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class ServerProcess:
    """``python -m server serve`` with records, speech cache and log in ``folder``.

    Settings of the environment and of a ``hean.yml`` are left out, so that a test means the same everywhere;
    ``settings`` are given as environment variables (``HEAN_KIOSK__IDLE_SECONDS``).
    """

    def __init__(self, folder: Path, **settings: str) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self.log_file = folder / "server.log"
        self.records_file = folder / "records.db"
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        own_settings = folder / "hean.yml"
        own_settings.write_text("", encoding="utf-8")
        inherited = {name: value for name, value in os.environ.items() if not name.upper().startswith("HEAN_")}
        self._environment = {
            **inherited,
            "PYTHONPATH": str(ROOT),
            "PYTHONWARNINGS": "ignore",
            "HEAN_CONFIG": str(own_settings),
            "HEAN_HTTP__PORT": str(self.port),
            "HEAN_RECORDS__PATH": str(self.records_file),
            "HEAN_BOT__PUBLICATIONS_DIR": str(folder / "publications"),
            "HEAN_SPEECH__CACHE_DIR": str(folder / "speech"),
            "HEAN_SPEECH__AHEAD": "false",  # a new cache for every server: half a minute of work for nothing
            "HEAN_SIGHT__LOAD": "first",  # most tests send no picture
            "HEAN_KIOSK__BROADCAST_TOKEN": BROADCAST_TOKEN,
            # Whether it is quick is measured (`hean bench`), not tested: machines differ, and other tests run beside.
            "HEAN_BOT__TURN_TIMEOUT_SECONDS": "60",
            "HEAN_SPEECH__TIMEOUT_SECONDS": "60",
            "HEAN_SIGHT__TIMEOUT_SECONDS": "60",
            **settings,
        }
        self._process: subprocess.Popen[bytes] | None = None

    def start(self, within_seconds: float = 240.0) -> None:
        """Start and wait until every part is ready.

        Raises:
            ServerFailed: it ended, or was not ready in time.
        """
        with self.log_file.open("wb") as log:
            self._process = subprocess.Popen(
                [sys.executable, "-m", "server", "serve"],
                cwd=ROOT,
                env=self._environment,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
        deadline = time.monotonic() + within_seconds
        while not self.ready():
            if self._process.poll() is not None:
                raise ServerFailed(f"The server ended with {self._process.returncode}.\n{self.tail()}")
            if time.monotonic() > deadline:
                self.stop()
                raise ServerFailed(f"The server was not ready within {within_seconds:.0f} s.\n{self.tail()}")
            time.sleep(0.2)

    def ready(self) -> bool:
        """Whether ``/readyz`` says so."""
        try:
            return httpx.get(f"{self.url}/readyz", timeout=5).status_code == 200
        except httpx.TransportError:
            return False

    def wait_for_keyboard(self, within_seconds: float = 120.0) -> None:
        """Wait until candidates can be asked for: their dictionary is put together while the server serves already."""
        deadline = time.monotonic() + within_seconds
        url = f"{self.url}/api/v1/input/candidates"
        while httpx.get(url, params={"pinyin": "wo"}, timeout=30).status_code == 503:
            assert time.monotonic() < deadline, "the keyboard never gets its dictionary"
            time.sleep(0.2)

    def stop(self) -> None:
        """End it with all its workers: asked to at first, then made to."""
        process, self._process = self._process, None
        if process is None:
            return
        try:
            os.killpg(process.pid, signal.SIGTERM)
            process.wait(15)
        except subprocess.TimeoutExpired:
            pass
        except ProcessLookupError:
            return
        try:
            os.killpg(process.pid, signal.SIGKILL)
        except ProcessLookupError:
            return
        process.wait()

    def kill(self) -> None:
        """End it with all its workers in this moment, as a power cut would."""
        process, self._process = self._process, None
        assert process is not None, "not started"
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()

    def tail(self) -> str:
        """The last lines of its log."""
        lines = self.log_file.read_text(encoding="utf-8", errors="replace").splitlines()
        return "\n".join(lines[-_TAIL_LINES:])
