"""HTTP as uvicorn speaks it, with problems also for what never becomes a request, and a limit on heads."""

from __future__ import annotations

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

from server.problems import Problem

MOST_HEAD_BYTES = 65_536
_LINGER_SECONDS = 1.0  # closing with bytes unread would reset the connection, and the problem with it


class ProblemProtocol(HttpToolsProtocol):
    """Refuses with a problem what is no HTTP, and a head without end, which httptools would keep in memory."""

    _in_head = True
    _head_bytes = 0
    _refused = False

    def data_received(self, data: bytes) -> None:
        """Parse what came. A head that came whole in one piece is bounded by what one piece may hold."""
        if self._refused:
            return
        super().data_received(data)
        if not self._in_head or self._refused:
            return
        self._head_bytes += len(data)
        if self._head_bytes > MOST_HEAD_BYTES:
            detail = f"The head of the request is too large. Send at most {MOST_HEAD_BYTES} bytes before the body."
            self._refuse(Problem(431, "head_too_large", detail))

    def on_message_begin(self) -> None:
        """A head begins."""
        self._in_head, self._head_bytes = True, 0
        super().on_message_begin()

    def on_headers_complete(self) -> None:
        """The body begins."""
        self._in_head = False
        super().on_headers_complete()

    def send_400_response(self, msg: str) -> None:
        """Refuse what is no HTTP."""
        self._refuse(Problem(400, "malformed_request", "This is no HTTP request that can be read."))

    def _refuse(self, problem: Problem) -> None:
        self._refused = True
        response = problem.response()
        fields = [*response.raw_headers, (b"connection", b"close")]
        status = f"HTTP/1.1 {problem.status_code} {problem.document()['title']}\r\n".encode("ascii")
        head = b"".join(name + b": " + value + b"\r\n" for name, value in fields)
        self.transport.write(status + head + b"\r\n" + bytes(response.body))
        self.transport.write_eof()
        self.loop.call_later(_LINGER_SECONDS, self.transport.close)
