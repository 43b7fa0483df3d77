"""jieba's dictionary of Chinese words, loaded once a process and quiet about it."""

from __future__ import annotations

import logging
from functools import lru_cache

import jieba


@lru_cache(maxsize=1)
def chinese_words() -> jieba.Tokenizer:
    """The tokenizer; loading takes half a second and some 60 MB, so everybody shares one. Read-only."""
    jieba.setLogLevel(logging.WARNING)
    tokenizer = jieba.Tokenizer()
    tokenizer.initialize()
    return tokenizer


def is_word(stretch: str) -> bool:
    """Whether a stretch is a word of the dictionary."""
    return bool(chinese_words().FREQ.get(stretch, 0))
