"""Placeholders in what staff write: ``{police}`` stands for a number, ``{why}`` for a reason."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping

_PLACEHOLDER = re.compile(r"\{([A-Za-z_]\w*)\}")


def fill(text: str, values: Mapping[str, str]) -> str:
    """The text with every placeholder of ``values`` replaced; one that it does not know stays as it is."""
    return _PLACEHOLDER.sub(lambda match: values.get(match[1], match[0]), text)


def unknown(text: str, known: Collection[str]) -> list[str]:
    """The names of placeholders that nobody fills in: a resident would hear the braces."""
    return [name for name in _PLACEHOLDER.findall(text) if name not in known]
