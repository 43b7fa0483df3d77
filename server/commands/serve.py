"""``hean serve``: the kiosk's server."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import socket
from typing import Annotated

import typer

from server.assembly import build_default_cards, build_default_conversation
from server.commands.outcome import fail, readable_failures, settings_or_exit
from server.commands.train import train
from server.settings import Settings

# They log what they are given, and they are given residents' words: only their warnings pass.
_TALKATIVE = ("rasa", "rasa_sdk", "sanic", "asyncio", "jieba", "apscheduler", "python_multipart", "uvicorn")


def serve(
    host: Annotated[str | None, typer.Option(help="Address to listen on.")] = None,
    port: Annotated[int | None, typer.Option(help="TCP port to listen on.", min=0, max=65535)] = None,
    train_first: Annotated[bool, typer.Option("--train", help="Train first what has changed.")] = False,
) -> None:
    """Start the server and print its address once it is ready. Ctrl-C stops it."""
    given = {name: value for name, value in (("host", host), ("port", port)) if value is not None}
    settings = settings_or_exit(**({"http": given} if given else {}))
    check_port(settings)
    if train_first:
        train(force=False, quick=True, rollback=False)
    elif is_stale(settings):
        typer.echo("The model is older than its sources. Run `hean train`, or start with --train.", err=True)
    # Uvicorn stops in order on Ctrl-C and then raises it once more.
    with readable_failures(), contextlib.suppress(KeyboardInterrupt):
        asyncio.run(_serve(settings))


def is_stale(settings: Settings) -> bool:
    """Whether the Rasa model of the present sources has not been trained yet."""
    from bot.model_files import model_path

    return not model_path(settings.bot).is_file()


async def _serve(settings: Settings) -> None:
    from server.app import create_app
    from server.web_server import web_server

    typer.echo("Loading …")
    cards = build_default_cards(settings)
    conversation = build_default_conversation(settings, typer.echo, live=True, cards=cards)
    configure_logs(settings)
    server = web_server(create_app(settings, conversation, cards=cards), settings, _announce)
    try:
        # Before anything listens: a missing model ends in a sentence, not in a half-started server.
        await conversation.start()
    except BaseException:
        await conversation.stop()
        raise
    await server.serve()
    if not server.started:
        raise fail("The server could not start; the lines above say why.")


def _announce(host: str, port: int) -> None:
    reachable = "127.0.0.1" if host in ("0.0.0.0", "::") else host
    typer.echo(f"He'an is ready at http://{f'[{reachable}]' if ':' in reachable else reachable}:{port}")


def check_port(settings: Settings) -> None:
    """Say at once that the port is taken, not after the model has been loaded.

    Raises:
        typer.Exit: it is, or the address is not this machine's.
    """
    http = settings.http
    family = socket.AF_INET6 if ":" in http.host else socket.AF_INET
    try:
        with socket.socket(family) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind((http.host, http.port))
    except OSError as error:
        reason = error.strerror or str(error)
        raise fail(
            f"Can't listen on {http.host} port {http.port}: {reason}. "
            "Stop the other program, or choose another port with --port or HEAN_HTTP__PORT."
        ) from error


def configure_logs(settings: Settings) -> None:
    """Log to standard error, without residents' words. Called once the libraries are imported."""
    level = settings.log.level.upper()
    logging.basicConfig(format="%(asctime)s %(levelname)s %(name)s: %(message)s", level=level, force=True)
    import jieba  # noqa: F401  (it makes itself heard when it is imported: better now than later)

    for library in _TALKATIVE:
        logger = logging.getLogger(library)
        logger.setLevel(logging.WARNING)
        logger.handlers.clear()
    from rasa.utils.log_utils import configure_structlog

    configure_structlog(logging.WARNING)
