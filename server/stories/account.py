"""A failed story told in plain text: the conversation up to the step that went wrong, and the difference there."""

from __future__ import annotations

from server.stories.mismatch import Mismatch
from server.stories.play import Result, Told


def account(result: Result) -> str:
    """Some lines; ``-`` begins what was expected, ``+`` what came instead."""
    loaded = result.loaded
    lines = [f"{loaded.id}", f"{loaded.path}:{result.line}"]
    if loaded.story.why:
        lines.append(loaded.story.why)
    for told in result.told:
        lines += told_lines(told)
    for wrong in result.wrong:
        lines += difference(wrong)
    return "\n".join(lines)


def told_lines(told: Told) -> list[str]:
    """One step: what was said, what was answered, what the system made of it."""
    lines = [f"  {told.number}. resident: {told.said}"]
    if told.reply:
        lines.append(f"     he'an:    {told.reply}")
        lines.append(f"               [{' · '.join(told.about)}] {told.milliseconds:.0f} ms")
    return lines


def difference(wrong: Mismatch) -> list[str]:
    """What was expected and what came, one below the other."""
    if not wrong.expected:
        return [f"     + {wrong.what}: {wrong.got}"]
    return [f"     - {wrong.what}: {wrong.expected}", f"     + {wrong.what}: {wrong.got or 'nothing'}"]
