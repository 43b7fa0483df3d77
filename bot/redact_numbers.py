"""Telephone, identity-card, bank-card numbers and verification codes, in any spacing and also spelt out.

Digits (三 is one) that stand close together form a cluster of groups. Within a cluster first whatever has the
exact form of a mobile or identity number is taken, then what may stay is set aside (hotlines, amounts,
dates), and of the rest every sequence too long for anything harmless is hidden: better one too many.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from bot.practice.numbers import LENGTH, check_digit
from bot.redact_spans import Span, fold_width

PHONE, IDENTITY, CARD, CODE, PRACTICE, OTHER = "电话", "身份证", "卡号", "验证码", "练习卡", "号码"

# One for one, so that places stay valid.
SPOKEN_DIGITS = str.maketrans("〇○零幺一二三四五六七八九壹贰叁肆伍陆柒捌玖", "0001123456789123456789")

_BETWEEN = r"[\s\-_.,:;/|*·•‐‑–—−~()\[\]+、。\u200b-\u200f\u2060\ufeff\u00ad]"
_CLUSTER = re.compile(rf"[0-9](?:{_BETWEEN}{{0,6}}[0-9]){{2,}}")
_GROUP = re.compile(r"[0-9]+")
_CHECK_X = re.compile(rf"{_BETWEEN}{{0,6}}[Xx叉]")

_MOBILE = re.compile(r"(?:0{0,2}86)?1[3-9]\d{9}")
_IDENTITY_18 = re.compile(r"[1-9]\d{5}(?:18|19|20)\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3}[\dX]")
_IDENTITY_15 = re.compile(r"[1-9]\d{7}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3}")
_HOTLINE = re.compile(r"1(?:10|19|20|22|00\d\d|2\d{3})|9[56]\d{3}|95\d{4}")
_YEARS = re.compile(r"(?:19|20)\d\d(?:\D{1,3}(?:19|20)\d\d){0,3}")
_DATE = re.compile(
    r"(?:19|20)\d\d\s?[-/.]\s?(?:0?[1-9]|1[0-2])\s?[-/.]\s?(?:0?[1-9]|[12]\d|3[01])(?!\d)"
    r"(?:\s{1,2}\d{1,2}\s?:\s?\d{2}(?:\s?:\s?\d{2})?)?"
)
_MONEY_AFTER = re.compile(r"\s{0,2}[多来余几]?\s?(?:[元块圆万亿千百]|美金|美元|人民币|RMB|rmb)")
_MONEY_BEFORE = re.compile(
    r"(?:[¥￥$]|人民币|RMB|金额|余额|[转汇付投亏骗]|损失|充值|存款|贷款|取款)(?:[了过走款账进去出掉给为是:]|\s){0,3}$"
)
_AMOUNT = re.compile(r"\d{1,9}(?:\.\d{1,2})?|\d{1,3}(?:,\d{3}){1,4}(?:\.\d{1,2})?")
_CODE_WORD = "(?:验证码|校验码|动态码|短信码|取件码|口令|密码)"
_CODE_BEFORE = re.compile(_CODE_WORD + r"[^\n。!?;]{0,12}$")
_CODE_NEAR = re.compile(_CODE_WORD + r"[就是为:\s\"“]{0,6}$")
_CODE_AFTER = re.compile(r"(?:[这就是为\s,]|我的|你的|您的|一个){0,4}(?:验证码|校验码|动态码)")
# A number that was told to somebody is a code, if it is not a sum: 把583921报给他了, 告诉他583921.
_TOLD_AFTER = re.compile(r"(?:[这那几个位数字号码都也就全,]|一串){0,4}(?:报|念|读|输|告诉|讲给|说给|发给|发过去)")
_TOLD_BEFORE = re.compile(
    r"(?:[报念读]给|告诉|发给|报了|念了|读了|输了|输入)(?:了|[他她它]们?|人家|对方|骗子|客服|警察|那边|[是:\s,])*$"
)
_IDENTITY_BEFORE = re.compile(r"身份证(?:号码?|后[四六]位|前六位)?[就是为:\s]{0,4}$")
_CARD_BEFORE = re.compile(r"(?:卡号|账号|帐号)[就是为:\s]{0,4}$")

# Whatever is said as the number of a practice card, also a part of it, or one with a hotline's digits in it.
_PRACTICE_CARD = re.compile(rf"(?:练习|演练|联系)[卡咔][^\n。!?;0-9]{{0,8}}([0-9](?:{_BETWEEN}{{0,6}}[0-9]){{3,}})")

_LONGEST = 19


class _Cluster:
    """The groups of one cluster. A group is ``open`` until it is either hidden or found to be harmless."""

    def __init__(self, text: str, digits: str, start: int, end: int) -> None:
        self.text, self.digits = text, digits
        self.groups = [(m.start(), m.end()) for m in _GROUP.finditer(digits, start, end)]
        self.spans: list[Span] = []
        self.open = [True] * len(self.groups)
        x = _CHECK_X.match(digits, end)
        self.x_end = x.end() if x else None

    def joined(self, first: int, last: int) -> str:
        return "".join(self.digits[a:b] for a, b in self.groups[first : last + 1])

    def hide(self, first: int, last: int, label: str, end: int | None = None) -> None:
        self.spans.append(Span(self.groups[first][0], end or self.groups[last][1], label))
        self.keep(first, last)

    def keep(self, first: int, last: int) -> None:
        self.open[first : last + 1] = [False] * (last + 1 - first)

    def width(self, match: re.Match[str] | None, first: int) -> int | None:
        """How many groups after ``first`` a match takes; ``None`` unless it ends with a group."""
        ends = [b for _, b in self.groups[first : first + 7]]
        return ends.index(match.end()) if match and match.end() in ends else None

    def stretches(self) -> Iterator[tuple[int, int]]:
        """First and last of every sequence of groups that are still open."""
        first = None
        for i, is_open in enumerate((*self.open, False)):
            if is_open and first is None:
                first = i
            elif not is_open and first is not None:
                yield first, i - 1
                first = None


def _take_exact(cluster: _Cluster) -> None:
    """Whatever has the very form of an identity or mobile number, whichever way it is grouped."""
    for first in range(len(cluster.groups)):
        if not cluster.open[first]:
            continue
        joined = ""
        for last in range(first, len(cluster.groups)):
            a, b = cluster.groups[last]
            joined += cluster.digits[a:b]
            if len(joined) > _LONGEST or not cluster.open[last]:
                break
            if len(joined) == 17 and last == len(cluster.groups) - 1 and cluster.x_end:
                if _IDENTITY_18.fullmatch(joined + "X"):
                    cluster.hide(first, last, IDENTITY, cluster.x_end)
                    break
            elif _IDENTITY_18.fullmatch(joined) or _IDENTITY_15.fullmatch(joined):
                cluster.hide(first, last, IDENTITY)
                break
            elif _MOBILE.fullmatch(joined):
                cluster.hide(first, last, PHONE)
                break


def _take_practice_card(cluster: _Cluster) -> None:
    """A practice card's number in any grouping; it may hold what alone would be a hotline: 961 101 234."""
    last = len(cluster.groups) - 1
    digits = cluster.joined(0, last)
    whole = all(cluster.open) and len(digits) == LENGTH and check_digit(digits) == 0
    if whole and not _is_amount(cluster, 0, last, alone=True):
        cluster.hide(0, last, PRACTICE)


def _is_amount(cluster: _Cluster, first: int, last: int, alone: bool) -> bool:
    """``alone``: nothing else stands in the stretch, so that a word like 转 in front of it tells enough."""
    start, end = cluster.groups[first][0], cluster.groups[last][1]
    if not _AMOUNT.fullmatch(cluster.digits, start, end):
        return False
    if _MONEY_AFTER.match(cluster.text, end):
        return True
    if not alone or cluster.digits[start] == "0":
        return False
    return bool(_MONEY_BEFORE.search(cluster.text, max(0, start - 10), start))


def _set_aside(cluster: _Cluster) -> None:
    """Mark what may stay: dates and years, amounts (with decimals and thousands), hotlines."""
    for first, last in list(cluster.stretches()):
        end = cluster.groups[last][1]
        if _YEARS.fullmatch(cluster.digits, cluster.groups[first][0], end):
            cluster.keep(first, last)
            continue
        i = first
        while i <= last:
            width = cluster.width(_DATE.match(cluster.digits, cluster.groups[i][0], end), i)
            for w in range(min(5, last - i), -1, -1):
                if width is None and _is_amount(cluster, i, i + w, alone=(i, i + w) == (first, last)):
                    width = w
            if width is None and _HOTLINE.fullmatch(cluster.joined(i, i)):
                width = 0
            if width is not None:
                cluster.keep(i, i + width)
            i += 1 + (width or 0)


def _label(digits: str) -> str:
    if len(digits) in (7, 8) or (len(digits) in (10, 11, 12) and digits.startswith("0")):
        return PHONE
    if 12 <= len(digits) <= _LONGEST:
        return CARD
    return OTHER


def _counts_up(cluster: _Cluster, first: int, last: int) -> bool:
    """1, 2, 3, 4 …: somebody is counting."""
    values = [cluster.joined(i, i) for i in range(first, last + 1)]
    return len(values) > 2 and values == [str(n) for n in range(int(values[0]), int(values[0]) + len(values))]


def _take_long(cluster: _Cluster) -> None:
    for first, last in list(cluster.stretches()):
        digits = cluster.joined(first, last)
        if len(digits) >= 7 and not _counts_up(cluster, first, last):
            cluster.hide(first, last, _label(digits))


def _codes(text: str, digits: str) -> Iterator[Span]:
    """Four to eight digits near the word for a verification code; right behind it whatever they look like."""
    for match in re.finditer(r"[0-9](?:[\s-]{0,2}[0-9]){3,7}(?![0-9])", digits):
        start, end = match.span()
        if start and digits[start - 1].isdigit():
            continue
        joined = re.sub(r"\D", "", match.group())
        before = max(0, start - 22)
        if _CODE_NEAR.search(text, before, start):
            yield Span(start, end, CODE)
            continue
        amount = _MONEY_AFTER.match(text, end) or _MONEY_BEFORE.search(text, max(0, start - 10), start)
        if amount or _HOTLINE.fullmatch(joined) or _YEARS.fullmatch(joined):
            continue
        if _IDENTITY_BEFORE.search(text, before, start):
            yield Span(start, end, IDENTITY)
        elif _CARD_BEFORE.search(text, before, start):
            yield Span(start, end, CARD)
        elif (
            _CODE_BEFORE.search(text, before, start)
            or _CODE_AFTER.match(text, end)
            or (
                not joined.endswith("00") and (_TOLD_AFTER.match(text, end) or _TOLD_BEFORE.search(text, before, start))
            )
        ):
            yield Span(start, end, CODE)


def numbers(text: str) -> Iterator[Span]:
    """All numbers to hide in ``text``, whose full-width forms are folded already."""
    digits = text.translate(SPOKEN_DIGITS)
    for match in _PRACTICE_CARD.finditer(digits):
        yield Span(*match.span(1), PRACTICE)
    long: list[Span] = []
    for match in _CLUSTER.finditer(digits):
        cluster = _Cluster(text, digits, *match.span())
        _take_exact(cluster)
        _take_practice_card(cluster)
        _set_aside(cluster)
        _take_long(cluster)
        long += cluster.spans
    # Seven or eight digits may be a local telephone number or a code: the words in front of them decide.
    yield from (span for span in long if span.end - span.start > 8)
    yield from _codes(text, digits)
    yield from long


def holds_practice_card(text: str) -> bool:
    """Whether the number of a practice card stands in a text."""
    return any(span.label == PRACTICE for span in numbers(fold_width(text)))
