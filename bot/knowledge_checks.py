"""What has to stand in ``data/knowledge`` so that no reply lacks its words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from bot import placeholders, yaml_marks
from bot.hotlines import Hotlines
from bot.judge.rules import check_evidence_names, present_names
from bot.yaml_source import ContentError, Fault, Reading, load_folder, load_marked, load_marked_folder

# Intents whose answer has another name: alone, these words mean nothing by themselves.
ANSWER_OF_INTENT = {"stop": "stop_ack", "affirm": "affirm_alone", "deny": "deny_alone"}
# Answers that no intent asks for by name.
_ANSWERS = (
    *("ask_situation", "clear_situation", "clear_message", "publicity", "otp_notice", "same_question_again"),
    *(
        "same_after_more",
        "nothing_given",
        "did_verify",
        "did_refuse",
        "did_report",
        "did_find_out",
        "common_scams",
        "still_clear",
        "news_retold",
        "did_click",
        "about_to_give",
        "clarify_in_story",
        "scam_followups",
        "in_panic",
        "question_no",
        "called_police",
        "called_police_early",
        "called_police_alone",
        "called_bank",
        "saw_through",
        "no_demand",
        "clear_followups",
    ),
    *("clarify_first", "clarify_second", "repeat_nothing", "stop_ack", "affirm_alone", "deny_alone"),
    *("disbelief_general", "greet", "ask_time", "ask_capabilities", "picture_blank", "picture_nothing"),
)
_CHOICES = ("practise", "paid", "unpaid", "told", "disbelief", "human")
PHRASES = (
    *(
        "reason",
        "reason_told",
        "call_anti_fraud",
        "urgent_reminder",
        "called_reminder",
        "doubt_after",
        "giving_words",
        "others_words",
        "own_words",
        "time",
        "time_full_hour",
        "date",
        "weekdays",
        "drill_word",
        "drill_words",
    ),
    *(f"{choice}_{part}" for choice in _CHOICES for part in ("title", "text")),
)
# Filled in with something else than a hotline.
_OWN_PLACEHOLDERS = frozenset({"time", "date"})


def check_evidence_named(knowledge: Path, evidence: Mapping[str, str]) -> None:
    """See that all that hangs on evidence names some that is there (id → group): the questions and reasons of
    ``scam_types``, the steps of ``this_minute.yml``.

    Raises:
        ContentError: one does not; with every place.
    """
    reading = Reading()
    names = present_names(evidence)
    for path, source in load_marked_folder(knowledge / "scam_types").items():
        for key, parts in (("questions", ("unless", "if_yes")), ("reasons", ("told",))):
            listed = source.data.get(key) if isinstance(source.data, dict) else None
            for number in range(len(listed) if isinstance(listed, list) else 0):
                for part in parts:
                    check_evidence_names(reading, path, source, (key, number, part), names)
    path = knowledge / "this_minute.yml"
    source = load_marked(path)
    for number in range(len(source.data) if isinstance(source.data, list) else 0):
        for part in ("told", "unless"):
            check_evidence_names(reading, path, source, (number, part), names)
    if reading.faults:
        raise ContentError(sorted(reading.faults))


def needed_answers(rules: Path) -> list[str]:
    """Every answer that the code or a rule of the folder ``rules`` (Rasa's) may ask for.

    Raises:
        ContentError: a file of rules is not of the expected form.
    """
    names = list(_ANSWERS)
    for path, content in load_folder(rules).items():
        try:
            for rule in content["rules"]:
                names += _answered(rule["steps"])
        except (KeyError, TypeError, AttributeError) as error:
            message = f"expected rules with steps ({error})"
            raise ContentError([Fault(path, 1, 1, message, "rasa_rules")]) from error
    return list(dict.fromkeys(names))


def _answered(steps: list[dict[str, Any]]) -> Iterator[str]:
    intent: str | None = None
    for step in steps:
        intent = step.get("intent", intent)
        if step.get("action") == "action_answer" and intent is not None:
            yield ANSWER_OF_INTENT.get(intent, intent)


def check_placeholders(reading: Reading, path: Path, source: yaml_marks.Source, hotlines: Hotlines) -> None:
    """A fault for every placeholder that nobody fills in: a resident would hear the braces."""
    for where, text in _texts(source.data, ()):
        for name in placeholders.unknown(text, {*hotlines, *_OWN_PLACEHOLDERS}):
            message = f"{{{name}}} is no hotline of hotlines.yml"
            reading.fault(path, source, where, message, "unknown_placeholder", name=name)


def _texts(value: Any, where: yaml_marks.Path) -> Iterator[tuple[yaml_marks.Path, str]]:
    if isinstance(value, str):
        yield where, value
    elif isinstance(value, dict):
        for key, inner in value.items():
            yield from _texts(inner, (*where, key))
    elif isinstance(value, list):
        for index, inner in enumerate(value):
            yield from _texts(inner, (*where, index))
