"""The network cable between a screen and the server, which can be pulled."""

from __future__ import annotations

import contextlib
import socket
import threading

_CHUNK = 65_536


class Cable:
    """Forwards TCP connections from a port of its own to ``target_port``, both on this machine."""

    def __init__(self, target_port: int) -> None:
        self._target_port = target_port
        self._ends: list[socket.socket] = []
        self._lock = threading.Lock()
        self._listener: socket.socket | None = None
        self.port = 0
        self.plug()

    @property
    def url(self) -> str:
        """Where a browser reaches the server through this cable."""
        return f"http://127.0.0.1:{self.port}"

    def plug(self) -> None:
        """Let connections through, at the same port as before."""
        listener = socket.socket()
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind(("127.0.0.1", self.port))
        listener.listen(64)
        self.port = listener.getsockname()[1]
        self._listener = listener
        threading.Thread(target=self._accept, args=(listener,), daemon=True).start()

    def pull(self) -> None:
        """Cut every connection; new ones are refused."""
        listener, self._listener = self._listener, None
        with self._lock:
            ends, self._ends = self._ends, []
        for end in [listener, *ends]:
            if end is not None:
                _cut(end)

    def _accept(self, listener: socket.socket) -> None:
        while True:
            try:
                near, _ = listener.accept()
            except OSError:
                return
            try:
                far = socket.create_connection(("127.0.0.1", self._target_port))
            except OSError:
                _cut(near)
                continue
            with self._lock:
                plugged = self._listener is listener
                if plugged:
                    self._ends += [near, far]
            if not plugged:
                _cut(near)
                _cut(far)
                return
            for source, sink in ((near, far), (far, near)):
                threading.Thread(target=_carry, args=(source, sink), daemon=True).start()


def _carry(source: socket.socket, sink: socket.socket) -> None:
    with contextlib.suppress(OSError):
        while data := source.recv(_CHUNK):
            sink.sendall(data)
        sink.shutdown(socket.SHUT_WR)


def _cut(end: socket.socket) -> None:
    with contextlib.suppress(OSError):
        end.shutdown(socket.SHUT_RDWR)
    end.close()
