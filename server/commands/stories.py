"""``hean test …``: conversation test stories against the real system."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Annotated

import typer

app = typer.Typer(help="Conversation test stories.", no_args_is_help=True)
_STORIES = Path("tests/conversations")


@app.callback()
def stories() -> None:
    """Conversation test stories."""


@app.command("run")
def run(
    path: Annotated[Path, typer.Argument(help="A folder of tests.")] = _STORIES,
    keyword: Annotated[str | None, typer.Option("-k", help="Only stories whose name matches.")] = None,
    junit: Annotated[Path | None, typer.Option(help="Write a JUnit report to this file.")] = None,
) -> None:
    """Run the stories on a server started for them. Exits with 1 when one does not hold."""
    if not path.exists():
        typer.echo(f"There are no stories in {path}. Run this from the checkout.", err=True)
        raise typer.Exit(2)
    command = [sys.executable, "-m", "pytest", str(path), "-q"]
    command += ["-k", keyword] if keyword else []
    command += [f"--junitxml={junit}"] if junit else []
    raise typer.Exit(subprocess.run(command, check=False).returncode)
