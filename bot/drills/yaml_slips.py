"""Slips of people who have never seen YAML, found line by line in a file that can't be read as YAML.

The parser gives up at the first fault and names it where it noticed it, which is often a line too late.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from bot.drills.faults import Problem, problem
from bot.yaml_marks import Mark

_INDENT = re.compile(r"[ \t\u3000]*")
_WIDE_COLON = re.compile(r"\s*(?:- *)?([A-Za-z_][\w-]*)：")
_NO_SPACE = re.compile(r"\s*(?:- *)?([a-z_]+):(?=[^\s:/])")


def slips(text: str) -> Iterator[tuple[Mark, Problem]]:
    """What looks wrong, with its place."""
    for number, line in enumerate(text.splitlines(), 1):
        indent = _INDENT.match(line)
        width = len(indent.group()) if indent else 0
        if line.lstrip().startswith("#"):
            continue
        if indent and line.strip() and set(indent.group()) & {"\t", "\u3000"}:
            yield Mark(number, 1), problem((), "strange_indent")
        wide = _WIDE_COLON.match(line)
        if wide is not None:
            yield Mark(number, wide.end()), problem((), "wide_colon", key=wide[1])
        tight = _NO_SPACE.match(line)
        if tight is not None:
            yield Mark(number, tight.end() + 1), problem((), "no_space", key=tight[1])
        if line.strip() and line.rstrip().count('"') % 2 and "#" not in line:
            yield Mark(number, width + 1), problem((), "open_quote")
