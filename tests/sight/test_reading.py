"""Screens photographed in every way, read by the real recogniser."""

from __future__ import annotations

import io

import pytest
from PIL import Image, ImageDraw

from server.bench.phone.photo import Shot, photograph
from server.bench.phone.screens import HEIGHT, WIDTH, Message, Screen, draw
from server.sight.rapidocr_reader import RapidOcrReader
from server.sight.reading import read_picture
from server.sight.sheet import Sheet, Speaker

_BUBBLES = (
    "您的会员到期会自动扣费800元，请打开http://tui-fei.example/a1B2取消。",
    "我没有开过呀",
    "卡号6200000013572468，钱先转过来核查。",
)
STEADY = Shot(turn=0, tilt=0, keystone=0, light=1, shade=0, blur=0, noise=2, quality=90)
SHOTS = {
    "straight": STEADY,
    "on its side": Shot(90, 4, 0.02, 1, 0.1, 0.4, 5, 80),
    "upside down": Shot(180, -6, 0.02, 0.9, 0.1, 0.4, 5, 80),
    "on its other side": Shot(270, 0, 0.05, 0.9, 0.1, 0.4, 5, 80),
    "tilted": Shot(0, -15, 0, 1, 0.1, 0.4, 5, 80),
    "from below": Shot(0, 8, 0.12, 1, 0.2, 0.4, 5, 80),
    "in the dark": Shot(0, 5, 0.02, 0.3, 0.3, 0.5, 8, 75),
    "shaky": Shot(0, 3, 0.02, 0.8, 0.2, 1.1, 12, 60),
}


def png(image: Image.Image) -> bytes:
    stream = io.BytesIO()
    image.save(stream, "PNG")
    return stream.getvalue()


def bubbles(sheet: Sheet) -> list[str]:
    """The text line by line, without gaps and with one kind of commas: which width they have can't be seen."""
    return ["".join(line.split()).replace(",", "，") for line in sheet.text.split("\n")]


@pytest.mark.parametrize("shot", SHOTS.values(), ids=SHOTS)
def test_however_it_is_held(shot: Shot, chat: Screen, reader: RapidOcrReader) -> None:
    sheet = read_picture(photograph(draw(chat), shot, 3), reader)
    assert sheet.turned == -shot.turn % 360
    assert sheet.height > sheet.width
    for bubble in _BUBBLES:
        assert bubble in bubbles(sheet)


@pytest.mark.parametrize("dark", [False, True])
def test_who_said_what(dark: bool, chat: Screen, reader: RapidOcrReader) -> None:
    sheet = read_picture(png(draw(Screen(chat.kind, chat.title, chat.messages, dark))), reader)
    speakers = {sheet.text[line.start : line.end].replace(" ", ""): line.speaker for line in sheet.lines}
    assert speakers["我没有开过呀"] is Speaker.OWN
    others = [line for line in sheet.lines if line.text.startswith(("您的会员", "卡号"))]
    assert [line.speaker for line in others] == [Speaker.OTHER] * 2
    assert speakers["客服小雨"] is None
    assert [bubble in bubbles(sheet) for bubble in _BUBBLES] == [True, True, True]


def test_a_message_alone_has_no_speakers(reader: RapidOcrReader) -> None:
    screen = Screen(
        "sms", "106900001234", (Message("other", "您的包裹坏了，请加客服号20013344办理三倍赔付，今天有效。"),)
    )
    sheet = read_picture(png(draw(screen)), reader)
    assert {line.speaker for line in sheet.lines} == {None}
    assert "您的包裹坏了，请加客服号20013344办理三倍赔付，今天有效。" in bubbles(sheet)


@pytest.mark.parametrize("shot", [STEADY, SHOTS["on its side"], SHOTS["upside down"]], ids=["0", "90", "180"])
def test_boxes_lie_on_the_words_of_the_upright_picture(shot: Shot, reader: RapidOcrReader) -> None:
    screen = Screen("page", "通知", (Message("other", "上面一行没有事情"), Message("other", "请把存款转入安全账户")))
    photo = photograph(draw(screen), shot, 1)
    sheet = read_picture(photo, reader)
    start = sheet.text.index("安全账户")
    [line] = [line for line in sheet.lines if line.start <= start < line.end]
    box = line.part(start, start + 4)
    assert box is not None
    upright = Image.open(io.BytesIO(photo)).rotate(-sheet.turned, expand=True)
    assert upright.size == (sheet.width, sheet.height)
    top_left, top_right, bottom_right, bottom_left = box
    assert top_left[0] < top_right[0] and top_left[1] < bottom_left[1] and bottom_right[0] > bottom_left[0]
    # What lies under the box, and nothing else, is read again.
    room = 6
    area = (
        min(x for x, _ in box) - room,
        min(y for _, y in box) - room,
        max(x for x, _ in box) + room,
        bottom_left[1] + room,
    )
    again = read_picture(png(upright.crop([round(edge) for edge in area])), reader)
    assert "安全账户" in again.text
    assert "存款" not in again.text


def test_a_long_screenshot(reader: RapidOcrReader) -> None:
    column = Image.new("RGB", (WIDTH, 3 * HEIGHT), "white")
    for part, sentence in enumerate(("先交保证金一千元", "再发验证码给我", "最后转入安全账户")):
        column.paste(draw(Screen("page", "公告", (Message("other", sentence),))), (0, part * HEIGHT))
    text = read_picture(png(column), reader).text
    assert text.index("先交保证金一千元") < text.index("再发验证码给我") < text.index("最后转入安全账户")


def test_two_latin_words_stay_two(reader: RapidOcrReader) -> None:
    screen = Screen("page", "Notice", (Message("other", "Your account is locked now"),))
    assert "account" in read_picture(png(draw(screen)), reader).text


def test_pictures_without_writing(reader: RapidOcrReader) -> None:
    plain = Image.new("RGB", (640, 480), (200, 190, 180))
    scene = plain.copy()
    ImageDraw.Draw(scene).ellipse((100, 80, 400, 380), (80, 120, 60))
    for image in (plain, scene, Image.new("L", (640, 480)), Image.effect_noise((640, 480), 60)):
        sheet = read_picture(png(image), reader)
        assert (sheet.text, sheet.lines) == ("", ())
        assert (sheet.width, sheet.height) == (640, 480)
