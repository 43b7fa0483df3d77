"""Text to what is said: pieces that are shown together and the tokens that are spoken for them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import Enum
from itertools import chain
from pathlib import Path

from server.voice.engine import Token
from server.voice.latin import LatinReader, load_latin
from server.voice.lexicon import Lexicon, load_lexicon
from server.voice.numbers import NumberWords, load_number_words
from server.voice.scanner import Piece, scan

_OPENING = frozenset("“‘《（(「『【")
_STRENGTH = {"": 0, ",": 1, "?": 2, "!": 2, ".": 3}


class Language(str, Enum):
    """What is spoken aloud: everything but Cantonese is answered in Mandarin."""

    MANDARIN = "mandarin"
    CANTONESE = "cantonese"


@dataclass(frozen=True)
class ReadPiece:
    """Characters (or one Latin word) ``shown`` one by one, and the ``tokens`` said for all of them together.

    ``pause`` is what they stand for when they are punctuation. Shown without tokens: silent, as an emoji is.
    ``written`` is what is said in Hanzi or Latin letters.
    """

    shown: tuple[str, ...]
    tokens: tuple[str, ...] = ()
    pause: str = ""
    written: str = field(default="", compare=False)


@dataclass(frozen=True)
class Reading:
    """A whole text as pieces, in order."""

    pieces: tuple[ReadPiece, ...]

    def speakable(self) -> bool:
        """Whether there is anything to say."""
        return any(piece.tokens for piece in self.pieces)

    def tokens(self) -> tuple[Token, ...]:
        """All tokens with the pauses behind them."""
        tokens: list[Token] = []
        for piece in self.pieces:
            tokens.extend(
                Token(text, written="" if index else piece.written) for index, text in enumerate(piece.tokens)
            )
            if tokens and _STRENGTH[piece.pause] > _STRENGTH[tokens[-1].pause]:
                tokens[-1] = Token(tokens[-1].text, piece.pause, tokens[-1].written)
        return tuple(tokens)

    def chunks(self, *, enough: int = 1, many: int = 90, most: int = 160, breath: int = 80) -> Iterator[Reading]:
        """Parts for the synthesizer.

        They are cut at the end of a sentence from ``enough`` tokens on, at any pause from ``many`` on,
        anywhere at ``most``, and at ``breath`` tokens without any pause: what espeak-ng is given between two pauses it
        cuts itself after some 670 bytes, in the middle of a syllable. Pieces without tokens go with the part before,
        but a sentence keeps its opening quotation mark, so that it is the same wherever it stands.
        """
        part: list[ReadPiece] = []
        count = 0
        since_pause = 0
        cut = False
        for piece in chain.from_iterable(_breaths(piece, breath) for piece in self.pieces):
            begins = bool(piece.tokens) or (bool(piece.shown) and set(piece.shown) <= _OPENING)
            breathless = count + len(piece.tokens) > most or since_pause + len(piece.tokens) > breath
            if (begins and cut) or (part and piece.tokens and breathless):
                yield Reading(tuple(part))
                part, count, since_pause = [], 0, 0
            if begins:
                cut = False
            part.append(piece)
            count += len(piece.tokens)
            since_pause = 0 if piece.pause else since_pause + len(piece.tokens)
            strength = _STRENGTH[piece.pause]
            cut = cut or (count >= enough and strength >= 2) or (count >= many and strength >= 1)
        if part:
            yield Reading(tuple(part))


def _breaths(piece: ReadPiece, breath: int) -> Iterator[ReadPiece]:
    """The piece itself; a number of very many digits in parts, each with its share of what is shown."""
    count = len(piece.tokens)
    if count <= breath:
        yield piece
        return
    for start in range(0, count, breath):
        end = min(start + breath, count)
        shown = piece.shown[len(piece.shown) * start // count : len(piece.shown) * end // count]
        written = piece.written[start:end] if len(piece.written) == count else "" if start else piece.written
        yield ReadPiece(shown, piece.tokens[start:end], piece.pause if end == count else "", written)


class Reader:
    """Reads text aloud, on paper: see :meth:`read`."""

    def __init__(self, lexicon: Lexicon, numbers: NumberWords, latin: LatinReader) -> None:
        self._lexicon = lexicon
        self._numbers = numbers
        self._latin = latin

    def read(self, text: str, language: Language = Language.MANDARIN) -> Reading:
        """How ``text`` is said. Every visible character is shown in some piece, in order."""
        pieces = scan(text, self._numbers)
        if language is Language.CANTONESE:
            return Reading(tuple(map(self._in_cantonese, pieces)))
        return Reading(tuple(self._in_mandarin(pieces)))

    def _in_cantonese(self, piece: Piece) -> ReadPiece:
        if piece.latin:
            return ReadPiece(piece.shown, self._latin.in_english(piece.latin), piece.pause, piece.latin)
        # 幺 for 1 is a habit of Mandarin.
        said = piece.said.replace(self._numbers.phone_one, self._numbers.digits[1])
        return ReadPiece(piece.shown, tuple(said), piece.pause, said)

    def _in_mandarin(self, pieces: list[Piece]) -> Iterator[ReadPiece]:
        run: list[Piece] = []
        for piece in pieces:
            if piece.said and not piece.digitwise:
                run.append(piece)
                continue
            if not piece.breaks_run:
                run.append(piece)
                continue
            yield from self._read_run(run)
            run = []
            if piece.latin:
                yield ReadPiece(piece.shown, self._latin.in_mandarin(piece.latin), piece.pause, piece.latin)
            elif piece.digitwise:
                syllables = (self._lexicon.read(each)[0] for each in piece.said)
                yield ReadPiece(piece.shown, tuple(filter(None, syllables)), piece.pause, piece.said)
            else:
                yield ReadPiece(piece.shown, (), piece.pause)
        yield from self._read_run(run)

    def _read_run(self, run: list[Piece]) -> Iterator[ReadPiece]:
        """Read pieces together: the words they form decide the reading of their characters."""
        syllables = self._lexicon.read("".join(piece.said for piece in run))
        position = 0
        for piece in run:
            mine = syllables[position : position + len(piece.said)]
            position += len(piece.said)
            yield ReadPiece(piece.shown, tuple(filter(None, mine)), written=piece.said)


def load_reader(directory: Path) -> Reader:
    """The reader with the content of ``data/voice``. Raises ``VoiceContentError`` for wrong content."""
    return Reader(
        load_lexicon(directory / "places.yml", directory / "pronunciation.yml"),
        load_number_words(directory / "numbers.yml"),
        load_latin(directory / "latin.yml"),
    )
