"""Near-homophones of the words that decide, folded by pinyin: 工检法 is what a recogniser makes of 公检法.

Speech recognition and hasty typing keep the sound and change the characters. Where a stretch of text sounds like
one of the listed words and is no word itself, it is taken for that word. Only listed words of three or more
characters are looked for, and one character at least must be right: two characters sound alike too often.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from pypinyin import lazy_pinyin
from pypinyin.constants import PINYIN_DICT
from pypinyin.contrib.tone_convert import to_normal

from bot.fold import FoldedText
from bot.words import is_word

_SHORTEST = 3
# Sounds that southern speakers and recognisers mix up.
_ALIKE_STARTS = (("zh", "z"), ("ch", "c"), ("sh", "s"), ("l", "n"), ("hu", "f"))
_ALIKE_ENDS = (("ang", "an"), ("eng", "en"), ("ing", "in"))


def sound(character: str) -> str:
    """The toneless, blurred pinyin of one character; the character itself when it has none."""
    readings = PINYIN_DICT.get(ord(character))
    return _blurred(str(to_normal(readings.split(",")[0]))) if readings else character


def _blurred(pinyin: str) -> str:
    for loose, strict in _ALIKE_STARTS:
        if pinyin.startswith(loose):
            pinyin = strict + pinyin[len(loose) :]
    for loose, strict in _ALIKE_ENDS:
        if pinyin.endswith(loose):
            pinyin = pinyin[: -len(loose)] + strict
    return pinyin


class Homophones:
    """Finds stretches that sound like one of ``words`` and are none themselves."""

    def __init__(self, words: Iterable[str], *, is_word: Callable[[str], bool] = is_word) -> None:
        self._is_word = is_word
        self._sounds: dict[str, str] = {}
        self._by_sound: dict[tuple[str, ...], str] = {}
        for word in words:
            if len(word) < _SHORTEST:
                raise ValueError(f"too short to be told by its sound: {word}")
            # As read in the word (银行 yinhang) and character by character (yinxing), as the text is read.
            self._by_sound[tuple(_blurred(syllable) for syllable in lazy_pinyin(word))] = word
            self._by_sound[tuple(self._sound(character) for character in word)] = word
        self._lengths = sorted({len(word) for word in self._by_sound.values()}, reverse=True)

    def fold(self, folded: FoldedText) -> FoldedText:
        """The text with such stretches replaced; offsets still lead to the original."""
        text = folded.text
        sounds = [self._sound(character) for character in text]
        hits: list[tuple[int, int, str]] = []
        position = 0
        while position <= len(text) - _SHORTEST:
            word = self._word_at(text, sounds, position)
            if word is None:
                position += 1
                continue
            stretch = text[position : position + len(word)]
            if stretch != word:
                hits.append((position, position + len(word), word))
            position += len(word)
        return folded.replaced(hits) if hits else folded

    def _word_at(self, text: str, sounds: list[str], position: int) -> str | None:
        for length in self._lengths:
            word = self._by_sound.get(tuple(sounds[position : position + length]))
            if word is None:
                continue
            stretch = text[position : position + length]
            if stretch == word:
                return word
            alike = any(a == b for a, b in zip(stretch, word, strict=True))
            if alike and not self._is_word(stretch) and not self._cuts_a_word(text, position, word):
                return word
        return None

    def _cuts_a_word(self, text: str, position: int, word: str) -> bool:
        """Whether a changed character belongs to a word with its neighbour outside: 保证今|天 is not 保证金."""
        end = position + len(word)
        first_changed = text[position] != word[0]
        last_changed = text[end - 1] != word[-1]
        return (first_changed and position > 0 and self._is_word(text[position - 1 : position + 1])) or (
            last_changed and end < len(text) and self._is_word(text[end - 1 : end + 1])
        )

    def _sound(self, character: str) -> str:
        known = self._sounds.get(character)
        if known is None:
            known = self._sounds[character] = sound(character)
        return known
