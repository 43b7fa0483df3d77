"""Runs Rasa's graph node after node, in an order worked out once.

Rasa hands its graph to a scheduler for each message and each prediction, three times a turn, and formats all inputs
for a log line that nobody reads. The graph of a loaded model never changes, so neither does the order of its nodes.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from rasa.engine.exceptions import GraphRunError
from rasa.engine.runner.dask import DaskGraphRunner
from rasa.engine.runner.interface import GraphRunner


def _lay_out(classifier: Any) -> None:
    """Store a linear model's weights as its one product needs them; else they are copied for every message."""
    if hasattr(classifier, "coef_"):
        classifier.coef_ = np.asfortranarray(classifier.coef_)


class StraightGraphRunner(GraphRunner):  # type: ignore[misc]
    """Takes over the loaded nodes of Rasa's own runner; same inputs, same results."""

    def __init__(self, loaded: DaskGraphRunner) -> None:
        self._nodes = loaded._instantiated_nodes
        self._schema = loaded._graph_schema
        self._orders: dict[tuple[str, ...], list[tuple[str, tuple[str, ...]]]] = {}
        for node in self._nodes.values():
            _lay_out(getattr(getattr(node, "_component", None), "clf", None))

    @classmethod
    def create(cls, *args: Any, **kwargs: Any) -> StraightGraphRunner:
        """Build the nodes as Rasa's own runner does (same arguments)."""
        return cls(DaskGraphRunner.create(*args, **kwargs))

    def run(self, inputs: dict[str, Any] | None = None, targets: list[str] | None = None) -> dict[str, Any]:
        """Run the nodes that ``targets`` need and return their outputs by name.

        Raises:
            GraphRunError: a node's input is neither an input nor another node.
        """
        wanted = tuple(targets or self._schema.target_names)
        order = self._orders.get(wanted)
        if order is None:
            order = self._orders[wanted] = self._order(list(wanted))
        outputs: dict[str, Any] = dict(inputs or {})
        for name, needs in order:
            missing = [need for need in needs if need not in outputs]
            if missing:
                raise GraphRunError(f"Missing inputs of node {name}: {', '.join(missing)}.")
            _, outputs[name] = self._nodes[name](*((need, outputs[need]) for need in needs))
        return {name: outputs[name] for name in wanted}

    def _order(self, targets: list[str]) -> list[tuple[str, tuple[str, ...]]]:
        nodes = self._schema.minimal_graph_schema(targets).nodes
        ordered: dict[str, tuple[str, ...]] = {}

        def visit(name: str) -> None:
            if name in ordered or name not in nodes:
                return
            needs = tuple(nodes[name].needs.values())
            for need in needs:
                visit(need)
            ordered[name] = needs

        for name in nodes:
            visit(name)
        return list(ordered.items())
