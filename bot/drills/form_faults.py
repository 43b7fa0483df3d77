"""What pydantic finds wrong with a scenario's form, in the words of the people who write scenarios."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from difflib import get_close_matches
from typing import Any

from bot.drills.faults import Problem, problem
from bot.drills.mending import FormFault, near_key, wrong_keys
from bot.drills.shape import known_keys, real_path, value_at

_SHOWN_VALUE = 30
_EMPTY = ("value_error.any_str.min_length", "value_error.list.min_items", "type_error.none.not_allowed")
_WANTED = {
    "str": "want_text",
    "integer": "want_number",
    "list": "want_list",
    "tuple": "want_list",
    "dict": "want_mapping",
    "date": "want_date",
    "bool": "want_bool",
}


class FormFaults:
    """Describes form faults. ``render`` turns a problem into its sentence."""

    def __init__(self, render: Callable[[Problem], str]) -> None:
        self._render = render

    def problems(self, faults: Iterable[FormFault]) -> Iterator[Problem]:
        """Every fault as one problem or, for keys of a mapping, one a key."""
        for fault in faults:
            yield from self._described(fault)

    def _described(self, fault: FormFault) -> Iterator[Problem]:
        path, error = fault.path, fault.error
        kind: str = error["type"]
        context: dict[str, Any] = error.get("ctx", {})
        where = real_path(error["loc"])
        value = value_at(fault.data, where)
        shown = str(value)[:_SHOWN_VALUE]
        if kind == "value_error.extra":
            yield _wide_colon(path) or problem(path, "unknown_key", key=path[-1], suggestion=self._suggestion(fault))
        elif kind == "value_error.missing":
            yield problem(path, "missing", key=path[-1])
        elif kind == "type_error.enum":
            members = context["enum_values"]
            allowed = [str(member.value) for member in members]
            if isinstance(value, dict):  # a key of a mapping is meant, not its value
                for key in wrong_keys(value, members):
                    near = get_close_matches(str(key), allowed, 1, 0.5)
                    suggestion = self._near(near[0]) if near else self._listed(allowed)
                    yield _wide_colon((*path, key)) or problem(
                        (*path, key), "unknown_key", key=key, suggestion=suggestion
                    )
            else:
                near = get_close_matches(shown, allowed, 1, 0.5)
                suggestion = self._near(near[0]) if near else self._listed(allowed)
                yield problem(path, "bad_value", value=shown, suggestion=suggestion)
        elif kind == "value_error.str.regex":
            yield problem(path, "bad_pattern", value=shown)
        elif kind in _EMPTY or error["msg"] == "too_short":
            yield problem(path, "too_short")
        elif kind.startswith("value_error.number"):
            limit = "at_least" if kind.endswith("ge") else "at_most"
            limits = self._render(problem((), limit, limit=context.get("limit_value")))
            yield problem(path, "out_of_range", value=shown, limits=limits)
        elif error["msg"] in ("scam_needs_type", "legitimate_needs_mirror"):
            yield problem(("kind",), error["msg"])
        else:
            wanted = next((text for name, text in _WANTED.items() if f".{name}" in kind), None)
            if wanted is None:
                yield problem(path, "invalid", detail=error["msg"])
            else:
                yield problem(path, "bad_type", wanted=self._render(problem((), wanted)), value=shown)

    def _suggestion(self, fault: FormFault) -> str:
        where = real_path(fault.error["loc"])
        near = near_key(where, value_at(fault.data, where[:-1]))
        return self._near(near) if near is not None else self._listed(known_keys(where[:-1]))

    def _near(self, key: str) -> str:
        return self._render(problem((), "unknown_key_near", near=key))

    def _listed(self, known: list[str]) -> str:
        return self._render(problem((), "unknown_key_list", known="、".join(known)))


def _wide_colon(path: tuple[Any, ...]) -> Problem | None:
    """A key that swallowed its value, because the colon after it is a Chinese one."""
    key, colon, _ = str(path[-1]).partition("：")
    return problem(path, "wide_colon", key=key.strip()) if colon else None
