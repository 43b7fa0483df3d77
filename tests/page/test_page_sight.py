"""A phone held before the camera: from the button to the framed signs of fraud, with everything real but the camera."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import Page, Route, expect
from screen import Screen

from server.bench.phone.photo import Shot, photograph
from server.bench.phone.screens import Message, draw
from server.bench.phone.screens import Screen as PhoneScreen

SIZES = [(1080, 1920), (1920, 1080), (1366, 768)]
_PHONE = PhoneScreen(
    "chat",
    "客服小雨",
    (
        Message("other", "您好，我是公安局的民警，您的银行卡涉嫌洗钱。"),
        Message("own", "我没有做过呀"),
        Message("other", "请马上把存款转到安全账户，验证码发给我，不要告诉家里人。"),
    ),
)
_READ_MS = 60_000  # also beside other tests on two cores


def _photo(turn: int = 0) -> bytes:
    return photograph(draw(_PHONE), Shot(turn, -5, 0.02, 0.9, 0.1, 0.3, 4, 90), 1)


@pytest.fixture(scope="module")
def browser_arguments(chinese_font: None, tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    """A camera that sees the phone all the time."""
    seen = Image.new("RGB", (1280, 960), (110, 95, 80))
    seen.paste(Image.open(io.BytesIO(_photo())).resize((720, 960)), (280, 0))
    stream = io.BytesIO()
    seen.save(stream, "JPEG", quality=92)
    film = tmp_path_factory.mktemp("camera") / "phone.mjpeg"
    film.write_bytes(stream.getvalue() * 2)
    return [f"--use-file-for-fake-video-capture={film}"]


def _open(new_page: Callable[..., Page], url: str, size: tuple[int, int]) -> Screen:
    page = new_page(size)
    page.set_default_timeout(_READ_MS)
    screen = Screen(page)
    screen.open(url, "page-tests-sight")
    return screen


def _aim(screen: Screen) -> None:
    screen.at("sight-open").click()
    expect(screen.at("sight")).to_have_attribute("data-step", "aiming")
    screen.page.wait_for_function("document.querySelector('[data-testid=sight-video]').videoWidth > 0")


def _shown(screen: Screen) -> None:
    expect(screen.at("sight-picture")).to_be_visible(timeout=_READ_MS)
    screen.silence()
    if screen.at("urgent-card").is_visible():
        screen.page.keyboard.press("Escape")


@pytest.mark.timeout(180, func_only=True)
@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
def test_from_the_button_to_the_frames(
    size: tuple[int, int], new_page: Callable[..., Page], server_url: str, tmp_path: Path
) -> None:
    screen = _open(new_page, server_url, size)
    assert screen.in_viewport(screen.at("sight-open"))
    _aim(screen)
    for testid in ("sight-shoot", "sight-upload", "sight-cancel", "sight-hint"):
        assert screen.in_viewport(screen.at(testid)), testid
    posted = []
    screen.page.on("request", lambda request: posted.append(request) if request.method == "POST" else None)
    screen.at("sight-shoot").click()
    _shown(screen)
    assert [request.url.split("?")[0] for request in posted] == [f"{server_url}/api/v1/check/image"]
    assert "session_id=" in posted[0].url

    expect(screen.at("verdict")).to_have_attribute("data-verdict", "scam")
    expect(screen.at("answer-text")).not_to_be_empty()
    marks = screen.at("sight-mark")
    expect(marks).not_to_have_count(0)
    for number in range(marks.count()):
        assert re.fullmatch(rf"{number + 1}\D+", marks.nth(number).inner_text().replace("\n", ""))
    view = screen.page.locator(".sight-view").bounding_box()
    assert view is not None
    for frame in screen.at("sight-frame").all():
        box = frame.bounding_box()
        assert box is not None and box["width"] > 20
        assert view["x"] - 1 <= box["x"] and box["x"] + box["width"] <= view["x"] + view["width"] + 1
        assert view["y"] - 1 <= box["y"] and box["y"] + box["height"] <= view["y"] + view["height"] + 1
    numbers = screen.page.locator(".sight-number").all_text_contents()
    assert {int(number) for number in numbers} == set(range(1, marks.count() + 1))
    assert screen.in_viewport(screen.at("verdict"))
    assert screen.errors == []
    # The camera is off, and another answer takes the picture away.
    assert screen.page.evaluate("document.querySelector('[data-testid=sight-video]').srcObject") is None
    say = screen.ask("我已经转了")
    assert (say["assessment"]["verdict"], say["assessment"]["stage"]) == ("scam", "paid"), "what was read is known"
    expect(screen.at("sight-picture")).to_be_hidden()


@pytest.mark.timeout(180, func_only=True)
def test_what_is_pressed_is_large_enough(new_page: Callable[..., Page], server_url: str) -> None:
    screen = _open(new_page, server_url, SIZES[0])
    _aim(screen)
    screen.at("sight-file").set_input_files({"name": "a.jpg", "mimeType": "image/jpeg", "buffer": _photo(90)})
    _shown(screen)
    for testid in ("sight-retake", "sight-hide"):
        box = screen.at(testid).bounding_box()
        assert box is not None and min(box["width"], box["height"]) >= 96, testid
    # The picture was taken on its side and stands upright.
    width, height = screen.page.evaluate(
        "[...document.querySelectorAll('.sight-view canvas')].map(c => [c.width, c.height])[0]"
    )
    assert height > width
    screen.at("sight-retake").click()
    expect(screen.at("sight-picture")).to_be_hidden()
    expect(screen.at("sight")).to_have_attribute("data-step", "aiming")
    for testid in ("sight-shoot", "sight-upload", "sight-cancel"):
        box = screen.at(testid).bounding_box()
        assert box is not None and min(box["width"], box["height"]) >= 96, testid
    screen.page.keyboard.press("Escape")
    expect(screen.at("sight")).to_be_hidden()
    assert screen.page.evaluate("document.querySelector('[data-testid=sight-video]').srcObject") is None


@pytest.mark.timeout(180, func_only=True)
def test_nothing_is_left_for_the_next_resident(new_page: Callable[..., Page], server_url: str) -> None:
    screen = _open(new_page, server_url, SIZES[0])
    screen.page.clock.install()
    _aim(screen)
    screen.at("sight-shoot").click()
    _shown(screen)
    screen.page.clock.run_for(200_000)
    expect(screen.page.locator("body[data-panel=attract]")).to_be_attached()
    expect(screen.at("sight-picture")).to_be_hidden()
    left = "[...document.querySelectorAll('.sight-view canvas, .sight-still')].map(c => c.width * c.height)"
    assert screen.page.evaluate(left) == [0, 0] or set(screen.page.evaluate(left)) == {0}
    expect(screen.at("sight-mark")).to_have_count(0)


@pytest.mark.parametrize(("name", "says"), [("NotAllowedError", "镜头没有打开"), ("NotFoundError", "没有找到镜头")])
def test_no_camera(name: str, says: str, new_page: Callable[..., Page], server_url: str) -> None:
    page = new_page(SIZES[0])
    refuse = f"navigator.mediaDevices.getUserMedia = () => Promise.reject(new DOMException('', '{name}'))"
    page.add_init_script(refuse)
    screen = Screen(page)
    screen.open(server_url, "page-tests-sight")
    screen.at("sight-open").click()
    expect(screen.at("sight-hint")).to_contain_text(says)
    expect(screen.at("sight-shoot")).to_be_hidden()
    expect(screen.at("sight-upload")).to_be_focused()
    screen.at("sight-cancel").click()
    expect(screen.at("sight")).to_be_hidden()


@pytest.mark.parametrize(
    ("status", "kind", "says"),
    [
        (503, "ocr_not_configured", "还不会看照片"),
        (415, "unsupported_image", "打不开"),
        (422, "unusable_image", "坏了"),
        (429, "too_many_pictures", "过一会儿"),
        (503, "ocr_unavailable", "没看成"),
    ],
)
def test_what_the_server_has_against_it(
    status: int, kind: str, says: str, new_page: Callable[..., Page], server_url: str
) -> None:
    def refuse(route: Route) -> None:
        route.fulfill(status=status, json={"type": kind, "status": status}, content_type="application/problem+json")

    page = new_page(SIZES[0])
    page.route("**/api/v1/check/image*", refuse)
    screen = Screen(page)
    screen.open(server_url, "page-tests-sight")
    _aim(screen)
    screen.at("sight-shoot").click()
    expect(screen.at("sight-hint")).to_contain_text(says)
    expect(screen.at("sight")).to_have_attribute("data-step", "aiming")
    expect(screen.at("sight-shoot")).to_be_visible()


def test_a_file_that_is_no_picture(new_page: Callable[..., Page], server_url: str) -> None:
    screen = _open(new_page, server_url, SIZES[0])
    _aim(screen)
    screen.at("sight-file").set_input_files({"name": "a.jpg", "mimeType": "image/jpeg", "buffer": b"no picture"})
    expect(screen.at("sight-hint")).to_contain_text("打不开")
