"""A server that runs already, for stories to be played against."""

from __future__ import annotations

import httpx


class Unreachable(RuntimeError):
    """Nobody answers at the address; the message says so."""


def check_running(url: str) -> None:
    """Make sure that a server answers.

    Raises:
        Unreachable: it does not, or what answers is no He'an.
    """
    try:
        response = httpx.get(f"{url.rstrip('/')}/healthz", timeout=10)
        response.raise_for_status()
    except (httpx.HTTPError, httpx.InvalidURL) as error:
        raise Unreachable(f"{url} does not answer ({error}). Start the server, or leave --url out.") from error
