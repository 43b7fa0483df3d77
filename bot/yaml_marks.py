"""YAML as plain data that still knows where each value stood, so that a fault can name line and column."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import yaml

Path = tuple[Any, ...]
_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@dataclass(frozen=True)
class Mark:
    """A place in a file, both counted from 1."""

    line: int
    column: int


@dataclass
class Source:
    """``data`` and the places of its keys and items by path, e.g. ``("steps", 0, "id")``."""

    data: Any
    marks: dict[Path, Mark] = field(default_factory=dict)
    duplicates: list[tuple[Path, Mark]] = field(default_factory=list)

    def mark(self, path: Path) -> Mark:
        """Where a value stands; for what is missing, where the nearest thing around it stands."""
        while path and path not in self.marks:
            path = path[:-1]
        return self.marks.get(path, Mark(1, 1))


def parse(text: str) -> Source:
    """Read one YAML document. Raises ``yaml.YAMLError`` when it is none."""
    loader = _LOADER(text)
    try:
        node = loader.get_single_node()
        source = Source(None)
        if node is not None:
            source.data = _build(loader, node, (), source)
        return source
    finally:
        loader.dispose()


def _build(loader: Any, node: yaml.Node, path: Path, source: Source) -> Any:
    source.marks.setdefault(path, Mark(node.start_mark.line + 1, node.start_mark.column + 1))
    if isinstance(node, yaml.MappingNode):
        result: dict[Any, Any] = {}
        for key_node, value_node in node.value:
            key = loader.construct_object(key_node, deep=True)
            if not isinstance(key, (str, int)):
                key = str(key_node.value)
            here = (*path, key)
            mark = Mark(key_node.start_mark.line + 1, key_node.start_mark.column + 1)
            if key in result:
                source.duplicates.append((here, mark))
                continue
            source.marks[here] = mark
            result[key] = _build(loader, value_node, here, source)
        return result
    if isinstance(node, yaml.SequenceNode):
        return [_build(loader, item, (*path, index), source) for index, item in enumerate(node.value)]
    return loader.construct_object(node, deep=True)
