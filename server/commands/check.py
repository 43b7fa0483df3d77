"""``hean check``: judge one message."""

from __future__ import annotations

import json
import sys
from typing import Annotated

import typer

from bot.turn import Assessment
from server.assembly import build_default_conversation
from server.commands.outcome import fail, readable_failures, settings_or_exit
from server.schemas.answer import assessment_json
from server.schemas.text import LongText


def check(
    text: Annotated[str, typer.Argument(help="The message or situation; - reads it from standard input.")],
    as_json: Annotated[bool, typer.Option("--json", help="Print what POST /check answers.")] = False,
) -> None:
    """Judge a message or situation and show why."""
    settings = settings_or_exit()
    message = _message(text)
    with readable_failures():
        conversation = build_default_conversation(settings)
        assessment = conversation.check(str(message))
    if as_json:
        answer = {"assessment": assessment_json(assessment, conversation.scam_name, message.offset)}
        typer.echo(json.dumps(answer, ensure_ascii=False, indent=2))
    else:
        typer.echo(readable(assessment, message.offset))


def _message(text: str) -> LongText:
    """What is to be judged, taken as POST /check takes it; or an end with what is wrong with it."""
    try:
        given = sys.stdin.read() if text == "-" else text
        given.encode("utf-8")  # arguments that are no UTF-8 come as lone surrogates
    except UnicodeError as error:
        raise fail("The message is not UTF-8. Save the file as UTF-8 and try again.") from error
    try:
        return LongText.validate(given)  # type: ignore[return-value]
    except ValueError as error:
        raise fail("Give a message of 1 to 2000 characters.") from error


def readable(assessment: Assessment | None, offset: int = 0) -> str:
    """A judgement in lines that a person can read; ``offset`` characters were cut in front of what was judged."""
    if assessment is None:
        return "nothing to judge"
    kind = f" ({assessment.scam_type.value})" if assessment.scam_type else ""
    lines = [
        f"verdict     {assessment.verdict.value}{kind}, confidence {assessment.confidence:.2f}",
        f"stage       {assessment.stage.value}",
    ]
    for flag in assessment.red_flags:
        lines.append(f"red flag    {flag.id} [{flag.start + offset}:{flag.end + offset}] {flag.text} - {flag.label}")
    lines.append(f"hotlines    {' '.join(assessment.hotlines) or '-'}")
    lines += [f"advice      {advice}" for advice in assessment.advice]
    return "\n".join(lines)
