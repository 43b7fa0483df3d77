"""Draws a phone's screen: messages, chats, notifications, web pages."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from PIL import Image, ImageDraw, ImageFont

from bot.yaml_source import load_yaml

WIDTH, HEIGHT = 720, 1480
_FONT = "NotoSansCJK-Regular.ttc"
_SIMPLIFIED = 2  # of the faces in that file
_STATUS = ("9:41", "5G 86%")
_NOT_FIRST = "，。、！？：；）》”%"
_Colour = tuple[int, int, int]


class FontMissing(Exception):
    """This machine has no Chinese font to draw with."""


@dataclass(frozen=True)
class Message:
    """Something on a screen, by ``who``: the other party, the phone's owner, or the clock in between."""

    who: Literal["other", "own", "time"]
    text: str
    name: str = ""


@dataclass(frozen=True)
class Screen:
    """What is on a screen; ``kind`` says how it looks."""

    kind: Literal["sms", "chat", "group", "notice", "page"]
    title: str
    messages: tuple[Message, ...]
    dark: bool = False

    def texts(self) -> Iterator[str]:
        """Everything written on it, from top to bottom."""
        yield from _STATUS
        yield self.title
        for message in self.messages:
            if message.name:
                yield message.name
            yield message.text


def load_screens(path: Path) -> list[Screen]:
    """The screens of a file such as ``data/bench/screens.yml``.

    Raises:
        bot.yaml_source.ContentError: it is missing or no YAML.
    """
    return [_screen(entry) for entry in load_yaml(path)["screens"]]


def _screen(entry: Mapping[str, Any]) -> Screen:
    messages = []
    for written in entry["messages"]:
        who: Any = next(key for key in ("other", "own", "time") if key in written)
        messages.append(Message(who, str(written[who]), str(written.get("name", ""))))
    return Screen(entry["kind"], str(entry["title"]), tuple(messages), bool(entry.get("dark", False)))


@dataclass(frozen=True)
class _Look:
    ground: _Colour
    bar: _Colour
    ink: _Colour
    faint: _Colour
    other: _Colour
    own: _Colour
    own_ink: _Colour


_LIGHT = _Look(
    (237, 237, 237), (247, 247, 247), (20, 20, 20), (110, 110, 112), (255, 255, 255), (149, 236, 105), (10, 20, 5)
)
_DARK = _Look(
    (17, 17, 17), (28, 28, 28), (225, 225, 225), (140, 140, 142), (44, 44, 46), (38, 120, 70), (240, 250, 240)
)


def draw(screen: Screen) -> Image.Image:
    """The screen as its own phone shows it, 720 × 1480 pixels.

    Raises:
        FontMissing: there is no Chinese font; says which.
    """
    return _Painter(screen).paint()


class _Painter:
    def __init__(self, screen: Screen) -> None:
        self._screen = screen
        self._look = _DARK if screen.dark else _LIGHT
        self._image = Image.new("RGB", (WIDTH, HEIGHT), self._look.ground)
        self._draw = ImageDraw.Draw(self._image)
        self._y = 0

    def paint(self) -> Image.Image:
        self._bar()
        kind = self._screen.kind
        for message in self._screen.messages:
            if message.who == "time":
                self._centred(message.text, 24, self._look.faint)
            elif kind == "notice":
                self._notice(message)
            elif kind == "page":
                self._paragraph(message)
            else:
                self._bubble(message, pictures=kind != "sms")
        return self._image

    def _bar(self) -> None:
        look, small = self._look, _font(26)
        high = 220 if self._screen.kind == "notice" else 150
        self._draw.rectangle((0, 0, WIDTH, high), look.ground if self._screen.kind == "notice" else look.bar)
        self._draw.text((36, 12), _STATUS[0], look.ink, small)
        self._draw.text((WIDTH - 36, 12), _STATUS[1], look.ink, small, anchor="ra")
        size = 90 if self._screen.kind == "notice" else 34
        self._draw.text((WIDTH / 2, 66), self._screen.title, look.ink, _font(size), anchor="ma")
        if self._screen.kind != "notice":
            self._draw.line((30, 100, 44, 84), look.ink, 4)
            self._draw.line((30, 100, 44, 116), look.ink, 4)
        self._y = high + 24

    def _centred(self, text: str, size: int, colour: _Colour) -> None:
        self._draw.text((WIDTH / 2, self._y), text, colour, _font(size), anchor="ma")
        self._y += size + 34

    def _bubble(self, message: Message, pictures: bool = False) -> None:
        look, size, pad = self._look, 34, 22
        own = message.who == "own"
        side = 112 if pictures else 28
        lines = wrapped(message.text, _font(size), WIDTH - side - 150 - 2 * pad)
        wide = max(_font(size).getlength(line) for line in lines) + 2 * pad
        high = len(lines) * (size + 14) + 2 * pad - 8
        if message.name:
            self._draw.text((side, self._y), message.name, look.faint, _font(24))
            self._y += 36
        left = WIDTH - side - wide if own else side
        if pictures:
            corner = WIDTH - 96 if own else 20
            self._draw.rounded_rectangle(
                (corner, self._y, corner + 76, self._y + 76), 10, (96, 140, 180) if own else (190, 150, 110)
            )
        self._draw.rounded_rectangle((left, self._y, left + wide, self._y + high), 16, look.own if own else look.other)
        self._lines(lines, left + pad, self._y + pad - 6, size, look.own_ink if own else look.ink)
        self._y += int(high) + 30

    def _notice(self, message: Message) -> None:
        look, size = self._look, 32
        lines = wrapped(message.text, _font(size), WIDTH - 120)
        high = len(lines) * (size + 14) + 76
        self._draw.rounded_rectangle((28, self._y, WIDTH - 28, self._y + high), 28, look.other)
        self._draw.text((60, self._y + 16), message.name, look.faint, _font(24))
        self._lines(lines, 60, self._y + 56, size, look.ink)
        self._y += high + 24

    def _paragraph(self, message: Message) -> None:
        size = 36
        lines = wrapped(message.text, _font(size), WIDTH - 110)
        self._lines(lines, 54, self._y, size, self._look.ink)
        self._y += len(lines) * (size + 14) + 40

    def _lines(self, lines: Sequence[str], left: float, top: float, size: int, ink: _Colour) -> None:
        for line in lines:
            self._draw.text((left, top), line, ink, _font(size))
            top += size + 14


def _font(size: int) -> ImageFont.FreeTypeFont:
    try:
        return ImageFont.truetype(_FONT, size, index=_SIMPLIFIED)
    except OSError:
        raise FontMissing(f"No font {_FONT} on this machine; install Noto Sans CJK (fonts-noto-cjk).") from None


def wrapped(text: str, font: ImageFont.FreeTypeFont, width: float) -> list[str]:
    """The text in lines that are at most ``width`` pixels wide, broken as phones do: no line begins with a comma."""
    lines, line = [], ""
    for character in text:
        if line and font.getlength(line + character) > width and character not in _NOT_FIRST:
            lines.append(line.rstrip())
            line = ""
        line += character
    return [*lines, line.rstrip()]
