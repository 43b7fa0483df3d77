"""Which way one number of a text is to be read, judged by what stands around it."""

from __future__ import annotations

import re

from server.voice.numbers import NumberWords, is_hotline, one_by_one, quantity

_SENTENCE_END = re.compile(r"[。！？!?\n]")
_RANGE_TAIL = re.compile(r"[-~～—至到]\d+(?:\.\d+)?", re.ASCII)
_LONG = 7  # digits from which on a number without a unit is an identifier, not an amount


def say_number(text: str, start: int, end: int, words: NumberWords) -> tuple[str, bool]:
    """Hanzi for the number ``text[start:end]``, and whether it is read digit by digit.

    Digits of a telephone number, a code or a decimal take no tone change, whole amounts do.
    """
    number = text[start:end]
    digits = number.replace(",", "")
    unit = _unit_after(text, end, words)
    if "." in digits or "," in number:
        return quantity(number, words), "." in digits
    if text[end : end + 1] == words.year and len(digits) == 4:
        return one_by_one(digits, words, phone=False), True
    phone, code = _context(text, start, words)
    alone = not unit or (len(digits) >= 5 and unit in words.weak_units)
    if alone and not code and is_hotline(digits, words):
        return one_by_one(digits, words, phone=True), True
    if unit and not (digits.startswith("0") and len(digits) > 1):
        ranks = text[start - 1 : start] == "第" if start else False
        return quantity(digits, words, before_unit=unit in words.liang_units and not ranks), False
    if code and len(digits) > 1:
        return one_by_one(digits, words, phone=False), True
    if phone and len(digits) >= 5:
        return one_by_one(digits, words, phone=True), True
    if len(digits) >= _LONG or (digits.startswith("0") and len(digits) > 1):
        return one_by_one(digits, words, phone=False), True
    if len(digits) >= 3 and _touches_latin(text, start, end):
        return one_by_one(digits, words, phone=False), True
    return quantity(digits, words), False


def _unit_after(text: str, end: int, words: NumberWords) -> str:
    """The unit that follows the number, also behind the other end of a range (2-3天)."""
    tail = _RANGE_TAIL.match(text, end)
    position = tail.end() if tail else end
    while text[position : position + 1] == " ":
        position += 1
    match = words.units.match(text, position)
    if match is None or text.startswith(words.phone_words, position):
        return ""
    return "" if match[0] == "号" and text[position + 1 : position + 2] == "码" else match[0]


def _context(text: str, start: int, words: NumberWords) -> tuple[bool, bool]:
    """Whether a word for telephone numbers, or for codes, stands shortly before; the nearer counts."""
    before = text[:start].upper()
    phone_at = _last_end(before, words.phone_words)
    code_at = _last_end(before, words.code_words)
    oldest = start - words.context_reach
    stops = [match.end() for match in _SENTENCE_END.finditer(before)]
    if stops:
        oldest = max(oldest, stops[-1])
    code = code_at >= oldest and code_at > phone_at
    phone = phone_at >= oldest and phone_at > code_at
    return phone, code


def _last_end(text: str, words: tuple[str, ...]) -> int:
    """Where the last of ``words`` in ``text`` ends; -1 without any."""
    return max((at + len(word) for word in words if (at := text.rfind(word)) >= 0), default=-1)


def _touches_latin(text: str, start: int, end: int) -> bool:
    around = text[start - 1 : start] + text[end : end + 1] if start else text[end : end + 1]
    return any(each.isascii() and each.isalpha() for each in around)
