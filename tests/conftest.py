"""What every test may use: the trained model and the real server with everything in it."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Generator, Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from machine import lacking
from server_process import ROOT, ServerProcess

from bot import environment

# Before anything imports Rasa; setting these later has no effect.
environment.prepare()

# Examples may take long on a machine that is busy. In CI they are the same every time: no change fails for another one.
settings.register_profile(
    "hean", deadline=None, suppress_health_check=[HealthCheck.too_slow], derandomize=bool(os.environ.get("CI"))
)
settings.load_profile("hean")

_SERVER = pytest.StashKey[ServerProcess]()
# What starts the server may train a model first, which is no fault of the test that happens to come first.
_SLOW_TO_SET_UP = ("model", "server")


@pytest.fixture(scope="session")
def model() -> Path:
    """The model of the present sources, trained now if there is none (``make test`` has trained it before)."""
    from bot.settings import BotSettings
    from bot.training import train_if_changed

    before = Path.cwd()
    os.chdir(ROOT)  # the paths in the settings are relative
    try:
        return (ROOT / train_if_changed(BotSettings(), print)).resolve()
    finally:
        os.chdir(before)


@pytest.fixture(scope="session")
def server(
    model: Path, tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest
) -> Iterator[ServerProcess]:
    """The real server: trained model, real actions, real voice; records and sounds in a folder of the test run."""
    process = ServerProcess(tmp_path_factory.mktemp("server"))
    request.config.stash[_SERVER] = process
    process.start()
    yield process
    process.stop()


@pytest.fixture(scope="session")
def server_url(server: ServerProcess) -> str:
    """Where the real server listens, such as ``http://127.0.0.1:51234``."""
    return server.url


@pytest.fixture(scope="module")
def loop() -> Iterator[asyncio.AbstractEventLoop]:
    """One loop for everything that a module of tests asks the same conversation."""
    loop = asyncio.new_event_loop()
    yield loop
    loop.close()


@pytest.fixture(scope="session")
def chinese_font() -> None:
    """A font to draw phone screens with."""
    from server.bench.phone.screens import FontMissing, Screen, draw

    try:
        draw(Screen("sms", "一", ()))
    except FontMissing as error:
        lacking(str(error))


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        names = getattr(item, "fixturenames", ())
        if any(name in names for name in _SLOW_TO_SET_UP):
            item.add_marker(pytest.mark.timeout(func_only=True))


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item, call: pytest.CallInfo[None]
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """A failure shows what the server logged."""
    report = yield
    process = item.config.stash.get(_SERVER, None)
    if report.failed and process is not None and "server" in getattr(item, "fixturenames", ()):
        report.sections.append(("log of the server", process.tail()))
    return report
