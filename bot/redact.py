"""Personal data out of text before it is stored: ``redact("打13800138000")`` gives ``打〔电话〕``.

Found are telephone, identity-card and bank-card numbers however they are spaced, grouped or spelt out,
verification codes, addresses, names of persons, e-mail addresses, the query part of links, and WeChat and QQ
accounts. Hotlines, amounts of money, dates and years stay: without them a record says nothing.

Everything is looked for in a folded copy of the same length (full-width forms to ASCII), so that places found
there hold in the text as it was said. Every pattern is bounded: the work grows linearly with the text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from bot.redact_names import NAME, names
from bot.redact_numbers import numbers
from bot.redact_spans import Span, fold_width

_EMAIL = re.compile(r"[A-Za-z0-9._%+-]{1,64}@[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63}){1,4}")
_LINK = re.compile(r"(?<=://)[^\s?#\u4e00-\u9fff]{1,300}[?#]([!-~]{1,2000})")
_QUERY = re.compile(r"(?<=[A-Za-z0-9/])[?]([A-Za-z0-9_.%\[\]-]{1,60}=[!-~]{0,2000})")
_ACCOUNT = re.compile(
    r"(?:微信|威信|[Vv][Xx]|[Ww][Xx]|[Ww]e[Cc]hat|[Qq]{2}|扣扣|支付宝|抖音)"
    r"(?:账号|帐号|账户|号码|号|群)?\s{0,3}(?:就?是|叫|为|:|=)?\s{0,3}"
    r"([A-Za-z][A-Za-z0-9_-]{5,19}|[1-9]\d{4,10}(?![\s-]{0,3}\d)(?!\s{0,2}[元块万多]))"
)
_SECRET = re.compile(r"密码\s{0,3}(?:就?是|为|:|=)?\s{0,3}([A-Za-z0-9]{4,20})")

_DIGIT = r"[0-9〇零一二三四五六七八九十百]"
# Not part of a place's name: what people say before one.
_PLACE = r"[^\W\dA-Za-z_我你您他她它们的了在到来去住是从给和跟把叫往家里]"
_UNIT = rf"\s?{_DIGIT}{{1,6}}\s?(?:号楼|号院|单元|幢|栋|座|弄|号|室|楼|层|组)"
_NEXT_UNIT = rf"[\s,-]{{0,2}}{_UNIT}"
# The number of a room without a word for it: 3幢501, 2-501.
_BARE_ROOM = (
    rf"(?:[\s,-]{{0,2}}(?:[0-9]{{1,3}}\s?-\s?){{0,2}}{_DIGIT}{{3,4}}"
    rf"(?!{_DIGIT}|\s?(?:[-.]\s?[0-9]|[元块万千多年月])))"
)
_STREET = re.compile(
    rf"{_PLACE}{{1,12}}(?:路|街道|街|大道|弄|巷|胡同){_UNIT}(?:[\s,-]{{0,2}}{_PLACE}{{0,8}}{_UNIT}){{0,4}}{_BARE_ROOM}?"
)
_ESTATE = re.compile(
    rf"{_PLACE}{{1,10}}(?:小区|花园|花苑|家园|公寓|新村|社区|苑|园|村|府|城){_UNIT}(?:{_NEXT_UNIT}){{0,4}}{_BARE_ROOM}?"
)
_ROOM = re.compile(
    rf"{_DIGIT}{{1,4}}\s?(?:幢|栋|号楼)(?:(?:{_NEXT_UNIT}){{1,3}}{_BARE_ROOM}?|{_BARE_ROOM})"
    rf"|{_DIGIT}{{1,4}}\s?单元(?:{_UNIT}|{_BARE_ROOM})"
)
_COUNTED_ROOM = re.compile(rf"{_DIGIT}{{3,6}}\s?室")


def _groups(pattern: re.Pattern[str], label: str, text: str, group: int = 0) -> Iterator[Span]:
    for match in pattern.finditer(text):
        yield Span(match.start(group), match.end(group), label)


def _spans(text: str) -> Iterator[Span]:
    """Candidates, strongest first; of a later one that overlaps an earlier one the rest is hidden too."""
    yield from _groups(_EMAIL, "邮箱", text)
    yield from _groups(_LINK, "参数", text, 1)
    yield from _groups(_QUERY, "参数", text, 1)
    yield from _groups(_SECRET, "密码", text, 1)
    yield from _groups(_ACCOUNT, "账号", text, 1)
    yield from numbers(text)
    for pattern in (_STREET, _ESTATE, _ROOM, _COUNTED_ROOM):
        yield from _groups(pattern, "地址", text)
    yield from names(text)


def _free(span: Span, taken: bytearray) -> list[Span]:
    """What of a span is not hidden yet. A name that overlaps stronger evidence was none: 王阿 in 王阿姨."""
    if span.label == NAME and any(taken[span.start : span.end]):
        return []
    pieces: list[Span] = []
    start = span.start
    for at in range(span.start, span.end + 1):
        if at == span.end or taken[at]:
            if start < at:
                pieces.append(Span(start, at, span.label))
            start = at + 1
    return pieces


def redact(text: str) -> str:
    """``text`` with personal data replaced by placeholders like ``〔电话〕``. Once more changes nothing."""
    taken = bytearray(len(text))
    kept: list[Span] = []
    for span in _spans(fold_width(text)):
        for piece in _free(span, taken):
            taken[piece.start : piece.end] = b"\x01" * (piece.end - piece.start)
            kept.append(piece)
    parts: list[str] = []
    end = 0
    for span in sorted(kept):
        parts += (text[end : span.start], f"〔{span.label}〕")
        end = span.end
    return "".join((*parts, text[end:]))
