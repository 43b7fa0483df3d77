"""YAML as plain data that still knows where each value stood, so that a fault can name line and column."""

from __future__ import annotations

import gc
from dataclasses import dataclass, field
from typing import Any, NamedTuple

import yaml

Path = tuple[Any, ...]
_MOST_VALUES = 200_000
_TEXT = "tag:yaml.org,2002:str"
_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class Mark(NamedTuple):
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
    # Thousands of nodes come into being and none of them goes: to collect garbage meanwhile takes a third more time.
    collecting = gc.isenabled()
    gc.disable()
    try:
        node = loader.get_single_node()
        source = Source(None)
        if node is not None:
            source.data = _build(loader, node, (), source)
        return source
    except RecursionError:  # an anchor that holds itself, or a thousand brackets
        raise yaml.YAMLError("nested too deeply") from None
    finally:
        if collecting:
            gc.enable()
        loader.dispose()


def _build(loader: Any, node: yaml.Node, path: Path, source: Source) -> Any:
    if len(source.marks) > _MOST_VALUES:  # anchors within anchors make a few lines endless
        raise yaml.YAMLError("too many values")
    if path not in source.marks:  # a value stands where its key does
        source.marks[path] = Mark(node.start_mark.line + 1, node.start_mark.column + 1)
    if isinstance(node, yaml.MappingNode):
        result: dict[Any, Any] = {}
        for key_node, value_node in node.value:
            key = _plain(loader, key_node)
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
    return _plain(loader, node)


def _plain(loader: Any, node: yaml.Node) -> Any:
    # Almost everything in a content file is text, for which the constructor does nothing but takes its time.
    return node.value if node.tag == _TEXT else loader.construct_object(node, deep=True)
