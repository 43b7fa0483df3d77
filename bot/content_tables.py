"""Tables of words that content brings along, each read from files of its own."""

from __future__ import annotations

from pathlib import Path

from bot.fold import Folder
from bot.homophones import Homophones
from bot.identifiers import Dialect
from bot.yaml_source import ContentError, Reading, load_marked, load_marked_folder, sentence


def load_folder_tables(data: Path) -> Folder:
    """The folder of disguised spellings (``data/knowledge/spellings.yml``)."""
    path = data / "knowledge" / "spellings.yml"
    reading = Reading()
    source = load_marked(path)
    spellings: dict[str, str] = {}
    for written, meant in reading.entries(path, source):
        with reading.at(path, source, written):
            spellings[str(written)] = sentence(meant)
    _no_faults(reading)
    return Folder(spellings)


def load_homophones(path: Path) -> Homophones:
    """The words whose homophones are taken for them (``data/knowledge/homophones.yml``)."""
    reading = Reading()
    source = load_marked(path)
    words: list[str] = []
    with reading.at(path, source):
        words = [sentence(word) for word in source.data["words"]]
    _no_faults(reading)
    return Homophones(words)


def load_sentences(data: Path, folder: Folder) -> dict[Dialect, list[str]]:
    """Example sentences by dialect from ``data/dialects/sentences``, folded."""
    sentences: dict[Dialect, list[str]] = {}
    reading = Reading()
    for path, source in load_marked_folder(data / "dialects" / "sentences").items():
        with reading.at(path, source):
            dialect = Dialect(source.data["dialect"])
            sentences.setdefault(dialect, []).extend(folder.fold(sentence(s)).text for s in source.data["sentences"])
    _no_faults(reading)
    return sentences


def _no_faults(reading: Reading) -> None:
    if reading.faults:
        raise ContentError(sorted(reading.faults))
