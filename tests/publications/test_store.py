"""The store of publications: nothing is lost, nothing is half done, whenever its process is killed."""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
import time
from datetime import datetime, timezone
from pathlib import Path

import pytest

from bot.publications.files import write_atomically
from bot.publications.publication import Kind, Publication
from bot.publications.store import Publications, StoreDamaged, UnknownVersion, digest_of

ROOT = Path(__file__).resolve().parents[2]
AT = datetime(2026, 11, 25, 8, 0, tzinfo=timezone.utc)
A, B = "knowledge/answers.yml", "scenarios/police.yml"


@pytest.fixture
def store(tmp_path: Path) -> Publications:
    return Publications(tmp_path / "publications")


def save(store: Publications, contents: dict[str, bytes | None], **more: object) -> Publication | None:
    given = {"author": "li", "kind": Kind.SAVED, "at": AT, **more}
    return store.publish(contents, **given)  # type: ignore[arg-type]


def test_nothing_is_published_at_first(store: Publications) -> None:
    assert store.head().number == 0
    assert list(store.history()) == []
    assert store.published(A) is None
    with pytest.raises(UnknownVersion):
        store.version(A, 1)


def test_a_publication_tells_who_when_why_and_what(store: Publications) -> None:
    save(store, {A: "一\n二\n".encode(), B: b"x"}, kind=Kind.FIRST)
    made = save(store, {A: "一\n三\n".encode()}, author="王芳", note="改一句")
    assert made is not None and made.number == 2
    newest = next(store.history())
    assert newest == made
    assert (newest.author, newest.note, newest.at, newest.kind) == ("王芳", "改一句", AT, Kind.SAVED)
    assert newest.at.tzinfo is not None
    assert newest.changes[A].after == digest_of("一\n三\n".encode())
    difference = store.difference(newest)
    assert "-二" in difference and "+三" in difference and f"a/{A}" in difference
    assert [publication.number for publication in store.history(B)] == [1]


def test_what_is_published_already_makes_no_publication(store: Publications) -> None:
    save(store, {A: b"1"})
    assert save(store, {A: b"1"}) is None
    assert store.head().number == 1


def test_a_name_put_to_what_is_live_already_shows_what_is_new_in_it(store: Publications) -> None:
    save(store, {A: b"old\n"})
    save(store, {A: b"new\n"})
    signed = save(store, {A: b"new\n"}, author="wang", kind=Kind.PUBLISHED, sign=[A])
    assert signed is not None
    assert "-old" in store.difference(signed) and "+new" in store.difference(signed)
    again = save(store, {}, author="wang", kind=Kind.PUBLISHED, sign=[A])
    assert again is not None and "-old" in store.difference(again)


def test_every_version_of_a_file_can_be_read(store: Publications) -> None:
    save(store, {A: b"1"})
    save(store, {B: b"x"})
    save(store, {A: b"2"})
    save(store, {A: None})
    assert [store.version(A, number) for number in (1, 2, 3, 4)] == [b"1", b"1", b"2", None]
    assert store.published(A) is None and store.published(B) == b"x"
    with pytest.raises(UnknownVersion):
        store.version(B, 1)
    for number in (0, -1, 5):
        with pytest.raises(UnknownVersion):
            store.version(A, number)


def test_damage_is_told_and_not_served(store: Publications) -> None:
    save(store, {A: b"1"})
    digest = store.head().files[A]
    path = store.folder / "objects" / digest[:2] / digest[2:]
    path.write_bytes(b"2")
    with pytest.raises(StoreDamaged):
        store.published(A)
    save(store, {A: b"0"})
    save(store, {A: b"1"})  # published anew, it is mended
    assert store.published(A) == b"1"
    (store.folder / "HEAD").write_text("{", encoding="utf-8")
    with pytest.raises(StoreDamaged):
        store.head()


def test_a_full_disk_leaves_what_was_published(store: Publications, monkeypatch: pytest.MonkeyPatch) -> None:
    save(store, {A: b"1"})

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", full)
        with pytest.raises(OSError, match="No space"):
            save(store, {A: b"2", B: b"x"})
    assert store.published(A) == b"1" and store.published(B) is None
    assert not list(store.folder.rglob("*.part"))
    made = save(store, {A: b"2"})
    assert made is not None and made.number == 2


def test_writing_keeps_who_may_read(tmp_path: Path) -> None:
    path = tmp_path / "a.yml"
    path.write_text("1", encoding="utf-8")
    path.chmod(0o640)
    write_atomically(path, b"2")
    assert path.read_bytes() == b"2" and path.stat().st_mode & 0o777 == 0o640


_PUBLISHER = """
import itertools, sys
from datetime import datetime, timezone
from pathlib import Path
from bot.publications.publication import Kind
from bot.publications.store import Publications
store = Publications(Path(sys.argv[1]))
for count in itertools.count(store.head().number + 1):
    content = (str(count) + "\\n").encode() * 2000
    at = datetime.now(timezone.utc)
    store.publish({"a.yml": content, "b.yml": content}, author="x", kind=Kind.SAVED, at=at)
    print(count, flush=True)
"""


def test_killed_in_the_middle_it_is_the_old_or_the_new_version_never_a_mixture(store: Publications) -> None:
    chance = random.Random(4)
    seen = 0
    for _ in range(12):
        process = subprocess.Popen(
            [sys.executable, "-c", _PUBLISHER, str(store.folder)],
            cwd=ROOT,
            stdout=subprocess.PIPE,
            env={**os.environ, "PYTHONPATH": str(ROOT)},
        )
        assert process.stdout is not None
        process.stdout.readline()  # it is at work
        time.sleep(chance.random() * 0.05)
        process.send_signal(signal.SIGKILL)
        told = process.stdout.read().split()
        process.wait()
        head = store.head()
        a, b = store.published("a.yml"), store.published("b.yml")
        assert a is not None and a == b == (f"{head.number}\n").encode() * 2000
        assert head.number >= (int(told[-1]) if told else seen)  # what was reported is there
        numbers = [publication.number for publication in store.history()]
        assert numbers == list(range(head.number, 0, -1))
        seen = head.number
    assert seen > 12
    assert json.loads((store.folder / "HEAD").read_bytes())["number"] == seen
