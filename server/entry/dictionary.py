"""The words that can be written: jieba's with their frequencies, read by pypinyin, and those of the staff."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import product
from pathlib import Path

import jieba
from pypinyin import Style, lazy_pinyin, pinyin

from bot.trained import fingerprint, load_or_train
from bot.yaml_source import ContentError, Fault, load_marked

# Raised when this file makes something else of the same sources.
_VERSION = "4"
_RAREST = 20  # occurrences in jieba's corpus
_LONGEST = 5  # characters of a word
OWN_WEIGHT = 12_000.0  # as common as "儿子"
_RARER_READING, _RARER_READING_OF_OWN = 0.12, 0.9


@dataclass(frozen=True)
class Word:
    """A word as it is written and as it is typed. ``weight`` is a frequency; ``own`` words are the staff's."""

    text: str
    syllables: tuple[str, ...]
    weight: float
    own: bool


def load_words(staff_words: Path, folder: Path) -> list[Word]:
    """Every word, the most common first; from ``folder`` if they were put together before (half a minute else).

    Raises:
        ContentError: ``staff_words`` can't be used; says where.
    """
    own = read_staff_words(staff_words)
    source = Path(jieba.__file__).parent / "dict.txt"
    key = fingerprint([source, staff_words], _VERSION)
    table = load_or_train(folder, "pinyin", key, lambda: _table(_put_together(source, own)))
    return [_word(line) for line in table.splitlines()]


def read_staff_words(path: Path) -> list[str]:
    """``words`` of a YAML file, in order.

    Raises:
        ContentError: it is no list of Chinese words; says where.
    """
    source = load_marked(path)
    words = source.data.get("words") if isinstance(source.data, dict) else None
    if not isinstance(words, list):
        raise ContentError([Fault(path, 1, 1, "expected “words:” and a list of words below it")])
    faults = []
    for index, word in enumerate(words):
        if not isinstance(word, str) or not _chinese(word):
            mark = source.mark(("words", index))
            faults.append(Fault(path, mark.line, mark.column, "expected a word in Chinese characters only"))
    if faults:
        raise ContentError(faults)
    return [str(word) for word in words]


def _chinese(text: str) -> bool:
    return bool(text) and all("一" <= character <= "鿿" for character in text)


def _put_together(source: Path, own: list[str]) -> list[Word]:
    words = {(word.text, word.syllables): word for word in _read(_common(source))}
    for word in _read_own(own):
        words[word.text, word.syllables] = word
    return sorted(words.values(), key=lambda word: -word.weight)


def _common(source: Path) -> Iterator[tuple[str, float]]:
    for line in source.read_text(encoding="utf-8").splitlines():
        text, frequency, *_ = line.split(" ")
        if int(frequency) >= _RAREST and len(text) <= _LONGEST and _simplified(text):
            yield text, float(frequency)


def _simplified(text: str) -> bool:
    """Only characters that every phone has; leaves out rare and traditional ones."""
    try:
        text.encode("gb2312")
    except UnicodeEncodeError:
        return False
    return _chinese(text)


def _read(weighted: Iterable[tuple[str, float]]) -> Iterator[Word]:
    for text, weight in weighted:
        if len(text) > 1:
            yield Word(text, tuple(lazy_pinyin(text)), weight, False)
            continue
        for index, reading in enumerate(_readings(text)[0]):
            yield Word(text, (reading,), weight if index == 0 else weight * _RARER_READING, False)


def _read_own(texts: Iterable[str]) -> Iterator[Word]:
    """By every reading of every character: 还款 is found as ``huankuan``, whatever is taken for its usual reading."""
    for text in texts:
        usual = tuple(lazy_pinyin(text))
        for syllables in {usual, *product(*_readings(text))}:
            yield Word(text, syllables, OWN_WEIGHT * (1 if syllables == usual else _RARER_READING_OF_OWN), True)


def _readings(text: str) -> list[list[str]]:
    """Of each character; without interjections that have no vowel."""
    found = [one for c in text for one in pinyin(c, style=Style.NORMAL, heteronym=True)]
    return [[reading for reading in one if reading.isascii() and set(reading) & set("aeiouv")] for one in found]


def _table(words: Iterable[Word]) -> str:
    """As text, which loads much faster than so many objects."""
    lines = ((word.text, " ".join(word.syllables), str(word.weight), "own" if word.own else "") for word in words)
    return "\n".join("\t".join(line) for line in lines)


def _word(line: str) -> Word:
    text, syllables, weight, own = line.split("\t")
    return Word(text, tuple(syllables.split(" ")), float(weight), bool(own))
