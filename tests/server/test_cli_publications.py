"""publish, history, rollback and check-content, as staff use them, on a copy of the content."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from played import DATA
from typer.testing import CliRunner, Result

from server import cli


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("published")
    shutil.copytree(DATA, made / "data")
    return made


class Terminal:
    def __init__(self, folder: Path) -> None:
        self.data = folder / "data"
        self.drill = sorted((self.data / "scenarios").glob("*.yml"))[0]

    def __call__(self, *command: str) -> Result:
        result = CliRunner().invoke(cli.app, command)
        assert "Traceback" not in result.output
        return result


@pytest.fixture
def hean(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Terminal:
    monkeypatch.chdir(folder)
    monkeypatch.setenv("HEAN_BOT__DATA_DIR", "data")
    monkeypatch.setenv("HEAN_BOT__PUBLICATIONS_DIR", str(folder / "publications"))
    return Terminal(folder)


@pytest.mark.timeout(300)
def test_publish_history_and_rollback(hean: Terminal) -> None:
    drill, path = hean.drill.stem, hean.drill
    assert "还没有发布过" in hean("scenarios", "history").output
    first = hean("scenarios", "publish", drill, "--author", "王芳", "--note", "第一版")
    assert first.exit_code == 0 and "第 1 次" in first.output and "王芳" in first.output
    good = path.read_bytes()
    path.write_bytes(good + "# 改过\n".encode())
    assert hean("scenarios", "publish", drill, "--author", "李明", "--note", "加一行").exit_code == 0
    shown = hean("scenarios", "history", drill, "--diff").output
    assert "李明" in shown and "王芳" in shown and "加一行" in shown and "+# 改过" in shown

    # What is broken is refused and nothing changes; going back puts it aside.
    path.write_bytes(good.replace(b"title:", b"titel:", 1))
    refused = hean("scenarios", "publish", drill)
    assert refused.exit_code == 1 and f"{path.name}:" in refused.output and "titel" in refused.output
    back = hean("scenarios", "rollback", drill, "1", "--author", "王芳")
    assert back.exit_code == 0 and path.read_bytes() == good
    aside = path.with_name(path.name + ".before-rollback")
    assert b"titel:" in aside.read_bytes() and aside.name in back.output
    assert "回退" in hean("scenarios", "history", drill).output

    for version, said in (("9", "没有第 9 次"), ("0", "没有第 0 次")):
        wrong = hean("scenarios", "rollback", drill, version)
        assert wrong.exit_code == 1 and said in wrong.output
    assert path.read_bytes() == good
    wrong = hean("scenarios", "publish", drill[:-1])
    assert wrong.exit_code == 1 and drill in wrong.output, "a misspelt name gets a suggestion"


@pytest.mark.timeout(300)
def test_answers_are_published_and_rolled_back_too(hean: Terminal) -> None:
    path = hean.data / "knowledge" / "answers.yml"
    good = path.read_text(encoding="utf-8")
    everything = hean("scenarios", "publish")
    assert everything.exit_code == 0 and "个文件" in everything.output
    assert "没有要发布的" in hean("scenarios", "publish").output
    assert hean("scenarios", "publish", "data/knowledge/answers.yml", "--note", "一").exit_code == 0
    path.write_text(good.replace("gesture: wave", "gesture: waev", 1), encoding="utf-8")
    refused = hean("scenarios", "publish", "answers")
    assert refused.exit_code == 1
    line = good[: good.index("gesture: wave")].count("\n") + 1
    assert f"answers.yml:{line}:" in refused.output and "waev" in refused.output
    checked = hean("check-content")
    assert checked.exit_code == 1 and f"answers.yml:{line}:" in checked.output
    path.write_text(good.replace("不用谢", "别客气", 1), encoding="utf-8")
    published = hean("scenarios", "publish", "--author", "王芳")
    assert published.exit_code == 0 and "answers.yml" in published.output
    number = next(part for part in published.output.split() if part.isdigit())
    assert hean("scenarios", "rollback", "answers", str(int(number) - 1)).exit_code == 0
    assert path.read_text(encoding="utf-8") == good
    assert hean("check-content").exit_code == 0
