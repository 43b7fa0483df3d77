"""``hean broadcast``: say something on every screen of the running server."""

from __future__ import annotations

from typing import Annotated

import httpx
import typer

from bot.drills.faults import FaultMessages
from server.commands.outcome import fail, readable_failures, settings_or_exit

_SECONDS = 20.0  # it is spoken before it is sent
_KINDS = ("wrong_token", "broadcasts_off", "foreign_number", "invalid_request", "hotlines_unreadable")


def broadcast(
    text: Annotated[str, typer.Argument(help="What to say: 1 to 120 characters, hotlines as the only numbers.")],
    urgent: Annotated[bool, typer.Option("--urgent", help="Break into every visit, full-screen and with 110.")] = False,
    url: Annotated[str | None, typer.Option(help="The running server; the one of the settings.")] = None,
) -> None:
    """Say something on every screen. Needs the setting kiosk.broadcast_token."""
    settings = settings_or_exit()
    with readable_failures():
        words = FaultMessages.from_file(settings.bot.data_dir / "knowledge" / "broadcast_commands.yml")
    token = settings.kiosk.broadcast_token.get_secret_value()
    if not token:
        raise fail(words.say("no_token"))
    address = (url or f"http://{settings.http.host}:{settings.http.port}").rstrip("/")
    try:
        response = httpx.post(
            f"{address}/api/v1/broadcasts",
            json={"text": text, "urgent": urgent},
            headers={"authorization": f"Bearer {token}"},
            timeout=_SECONDS,
        )
        answer = response.json()
        if response.status_code == 200:
            screens = int(answer["screens"])
            typer.echo(words.say("sent", screens=screens) if screens else words.say("sent_to_none"))
            return
        kind = answer.get("type")
    except (httpx.HTTPError, httpx.InvalidURL) as error:
        raise fail(words.say("no_server", address=address)) from error
    except (ValueError, KeyError, TypeError, AttributeError) as error:  # something else answers there
        raise fail(words.say("refused", address=address, status="?")) from error
    if kind in _KINDS:
        raise fail(words.say(str(kind)))
    raise fail(words.say("refused", address=address, status=response.status_code))
