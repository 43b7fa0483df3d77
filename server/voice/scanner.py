"""Cut a text into pieces that are read as one: Hanzi, numbers in all their shapes, Latin words, pauses."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass

from server.voice.number_style import say_number
from server.voice.numbers import NumberWords, one_by_one, quantity

# Full-width forms to ASCII, one to one, so that offsets stay.
_NARROW = {code: code - 0xFEE0 for code in range(0xFF10, 0xFF5B) if chr(code).isalnum()}
_NARROW.update({ord("％"): ord("%"), ord("．"): ord("."), ord("＋"): ord("+"), ord("－"): ord("-"), 0x3000: ord(" ")})
_NARROW.update(
    {ord("～"): ord("~"), ord("〜"): ord("~"), ord("／"): ord("/"), ord("＊"): ord("*"), ord("＠"): ord("@")}
)

_DIGITS = tuple("0123456789")
_HANZI = ((0x3007, 0x3007), (0x3400, 0x9FFF), (0xF900, 0xFAFF), (0x20000, 0x3FFFF))
_PAUSES = {
    **dict.fromkeys("，、；：,;:（）()【】[]…—", ","),
    **dict.fromkeys("。.\n", "."),
    **dict.fromkeys("？?", "?"),
    **dict.fromkeys("！!", "!"),
}
_TOP_DOMAINS = "com|cn|net|org|top|xyz|vip|cc|info|gov|edu|io|app|shop|site|online|me|tv|club|work|link|asia|hk|tk"
_NUMBER = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?"
_URL = re.compile(
    r"(?:https?://|www\.)[!-~]+"
    rf"|(?<![A-Za-z0-9])[A-Za-z0-9][A-Za-z0-9-]*(?:\.[A-Za-z0-9-]+)*\.(?:{_TOP_DOMAINS})\b(?:[/:?][!-~]*)?",
    re.IGNORECASE | re.ASCII,
)
_EMAIL = re.compile(r"[A-Za-z0-9_.+-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+")
_DATE = re.compile(r"(?<!\d)(\d{4})([-/.])(\d{1,2})\2(\d{1,2})(?!\d)", re.ASCII)
_CLOCK = re.compile(r"(?<!\d)([01]?\d|2[0-4])[:：]([0-5]\d)(?!\d)", re.ASCII)
_PHONE = re.compile(
    r"(?<!\d)(?:1[3-9]\d[- ]\d{4}[- ]\d{4}|0\d{2,3}[- ]\d{7,8}"
    r"|[48]00[- ]\d{3}[- ]\d{4}|[48]00[- ]\d{4}[- ]\d{3})(?!\d)",
    re.ASCII,
)
_MASKED = re.compile(r"\d+[*×xX]{2,}\d*|[*]{2,}\d+", re.ASCII)
_MOBILE = re.compile(r"1[3-9]\d", re.ASCII)
_GROUPED = re.compile(r"(?<![\dA-Za-z])\d{1,4}(?:-\d{1,4}){2,}(?![\dA-Za-z])", re.ASCII)  # the code of a parcel
_PERCENT = re.compile(rf"({_NUMBER})\s?([%‰])", re.ASCII)
_FRACTION = re.compile(r"(?<![\d/])(\d{1,2})/(\d{1,3})(?![\d/])", re.ASCII)
_MONEY = re.compile(rf"([¥￥$€£])\s?({_NUMBER})([万亿千百]?)", re.ASCII)
_VERSION = re.compile(r"\d+(?:\.\d+){2,}", re.ASCII)
_PLAIN = re.compile(_NUMBER, re.ASCII)
_LATIN = re.compile(r"[A-Za-z]+(?:['’-][A-Za-z]+)*")
_BETWEEN = re.compile(r"[-~—至]+(?=\d)", re.ASCII)
_RATIO = re.compile(r"[:：](?=\d)", re.ASCII)


@dataclass(frozen=True)
class Piece:
    """What is ``shown``, and what is ``said``: Hanzi, or a ``latin`` word, or nothing but a ``pause``.

    ``digitwise``: each Hanzi is said by itself, without tone changes.
    """

    shown: tuple[str, ...]
    said: str = ""
    latin: str = ""
    pause: str = ""
    digitwise: bool = False

    @property
    def breaks_run(self) -> bool:
        """Whether Hanzi before and after it cannot form a word."""
        return self.digitwise or not self.said


_Rule = tuple["re.Pattern[str]", Callable[["re.Match[str]", NumberWords], "list[Piece] | None"]]


def scan(text: str, words: NumberWords) -> list[Piece]:
    """All pieces of ``text`` in order. What cannot be seen (controls, joiners, blanks) is left out."""
    narrow = text.translate(_NARROW)
    pieces: list[Piece] = []
    position = 0
    while position < len(narrow):
        for pattern, rule in _RULES:
            match = pattern.match(narrow, position)
            found = rule(match, words) if match else None
            if match and found is not None:
                # What is shown is what was written, full-width forms and all.
                pieces.extend(_as_written(found, text[position : match.end()]))
                position = match.end()
                break
        else:
            pieces.extend(_single(text, narrow, position, words))
            position += 1
    return pieces


def _as_written(pieces: list[Piece], written: str) -> list[Piece]:
    if len(pieces) != 1:
        return pieces
    piece = pieces[0]
    shown = (written,) if len(piece.shown) == 1 else tuple(each for each in written if not each.isspace())
    return [Piece(shown, piece.said, piece.latin, piece.pause, piece.digitwise)]


def _single(text: str, narrow: str, position: int, words: NumberWords) -> list[Piece]:
    written, character = text[position], narrow[position]
    if character == "\n":
        return [Piece((), pause=".")]
    if character.isspace() or unicodedata.category(character)[0] in "CMZ" or "🏻" <= character <= "🏿":
        return []
    if is_hanzi(character):
        return [Piece((written,), said=character)]
    if character in _PAUSES:
        return [Piece((written,), pause=_PAUSES[character])]
    if character in words.symbols:
        return [Piece((written,), said=words.symbols[character])]
    if character == "-" and narrow[position + 1 : position + 2] in _DIGITS and not _counts(narrow, position):
        return [Piece((written,), said=words.minus)]
    return [Piece((written,))]


def is_hanzi(character: str) -> bool:
    """Whether the character is a Chinese one."""
    code = ord(character)
    return any(first <= code <= last for first, last in _HANZI)


def _counts(text: str, position: int) -> bool:
    """Whether what stands before ``position`` may be the first part of a range, or of a word."""
    before = text[position - 1 : position] if position else ""
    return before.isalnum() or before in "%‰)" if before else False


def _url(match: re.Match[str], words: NumberWords) -> list[Piece]:
    address = match[0].rstrip(".,!?;:)")
    tail = match[0][len(address) :]
    return [Piece((address,), said=words.url), *(Piece((each,), pause=_PAUSES[each]) for each in tail)]


def _email(match: re.Match[str], words: NumberWords) -> list[Piece]:
    return [Piece((match[0],), said=words.email)]


def _date(match: re.Match[str], words: NumberWords) -> list[Piece] | None:
    year, _, month, day = match.groups()
    if not (1 <= int(month) <= 12 and 1 <= int(day) <= 31):
        return None
    said = (
        f"{one_by_one(year, words, phone=False)}{words.year}{quantity(month, words)}{words.month}"
        f"{quantity(day, words)}{words.day}"
    )
    return [Piece(tuple(match[0]), said=said)]


def _clock(match: re.Match[str], words: NumberWords) -> list[Piece]:
    hour, minute = match[1], match[2]
    said = quantity(hour, words, before_unit=True) + words.hour
    if minute == "30":
        said += words.half
    elif minute != "00":
        zero = words.digits[0] if minute.startswith("0") else ""
        said += zero + quantity(minute, words) + words.minute
    return [Piece(tuple(match[0]), said=said)]


def _phone(match: re.Match[str], words: NumberWords) -> list[Piece]:
    return [
        Piece((each,), said=one_by_one(each, words, phone=True), digitwise=True)
        for each in match[0]
        if not each.isspace()
    ]


def _masked(match: re.Match[str], words: NumberWords) -> list[Piece]:
    phone = _MOBILE.match(match[0]) is not None
    return [
        Piece(
            (each,),
            said=one_by_one(each, words, phone=phone) or words.masked,
            digitwise=True,
        )
        for each in match[0]
    ]


def _grouped(match: re.Match[str], words: NumberWords) -> list[Piece]:
    return [
        Piece((each,), pause=",")
        if each == "-"
        else Piece((each,), one_by_one(each, words, phone=False), digitwise=True)
        for each in match[0]
    ]


def _percent(match: re.Match[str], words: NumberWords) -> list[Piece]:
    prefix = words.percent if match[2] == "%" else words.permille
    return [Piece(tuple(match[0]), said=prefix + quantity(match[1], words), digitwise="." in match[1])]


def _fraction(match: re.Match[str], words: NumberWords) -> list[Piece] | None:
    part, whole = match[1], match[2]
    if not 0 < int(part) < int(whole):
        return None
    return [Piece(tuple(match[0]), said=quantity(whole, words) + words.fraction + quantity(part, words))]


def _money(match: re.Match[str], words: NumberWords) -> list[Piece]:
    said = quantity(match[2], words, before_unit=True) + match[3] + words.currency[match[1]]
    return [Piece(tuple(match[0]), said=said, digitwise="." in match[2])]


def _version(match: re.Match[str], words: NumberWords) -> list[Piece]:
    parts = (one_by_one(part, words, phone=False) for part in match[0].split("."))
    return [Piece(tuple(match[0]), said=words.point.join(parts), digitwise=True)]


def _plain(match: re.Match[str], words: NumberWords) -> list[Piece]:
    said, digitwise = say_number(match.string, match.start(), match.end(), words)
    return [Piece(tuple(match[0]), said=said, digitwise=digitwise)]


def _latin(match: re.Match[str], words: NumberWords) -> list[Piece]:
    return [Piece((match[0],), latin=match[0])]


def _between(match: re.Match[str], words: NumberWords) -> list[Piece] | None:
    if not _counts(match.string, match.start()) or _follows_latin(match):
        return None
    return [Piece((each,), said=words.to if index == 0 else "") for index, each in enumerate(match[0])]


def _ratio(match: re.Match[str], words: NumberWords) -> list[Piece] | None:
    before = match.string[match.start() - 1 : match.start()] if match.start() else ""
    return [Piece((match[0],), said=words.ratio)] if before.isascii() and before.isdigit() else None


def _follows_latin(match: re.Match[str]) -> bool:
    before = match.string[match.start() - 1 : match.start()]
    return before.isascii() and before.isalpha()


_RULES: tuple[_Rule, ...] = (
    (_EMAIL, _email),
    (_URL, _url),
    (_DATE, _date),
    (_CLOCK, _clock),
    (_PHONE, _phone),
    (_MASKED, _masked),
    (_GROUPED, _grouped),
    (_VERSION, _version),
    (_PERCENT, _percent),
    (_FRACTION, _fraction),
    (_MONEY, _money),
    (_PLAIN, _plain),
    (_BETWEEN, _between),
    (_RATIO, _ratio),
    (_LATIN, _latin),
)
