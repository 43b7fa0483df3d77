"""Mouth shapes: IPA, as espeak-ng gives it, to the 15 visemes of Oculus.

The set and its letters are those of Meta's viseme reference (Oculus Lipsync). The assignment of Mandarin
sounds was chosen by place of articulation: labials PP, retroflex and palatal affricates and fricatives CH,
apical ones SS, velars kk, nasals and laterals nn.

espeak-ng writes aspiration as ``h``, retroflexes with a dot (``ts.``), the vowel of 可 as ``o-`` and that of
是 as ``i.``; its Cantonese vowels are written as in jyutping.
"""

from __future__ import annotations

from functools import lru_cache

VISEMES = ("sil", "PP", "FF", "TH", "DD", "kk", "CH", "SS", "nn", "RR", "aa", "E", "I", "O", "U")

_SHAPES: dict[str, str] = {
    **dict.fromkeys(("p", "ph", "b", "m"), "PP"),
    **dict.fromkeys(("f", "v"), "FF"),
    **dict.fromkeys(("θ", "ð"), "TH"),
    **dict.fromkeys(("t", "th", "d", "ɾ"), "DD"),
    **dict.fromkeys(("k", "kh", "ɡ", "g", "χ", "x", "h", "ʔ"), "kk"),
    **dict.fromkeys(("tɕ", "tɕh", "ɕ", "ʃ", "tʃ", "dʒ", "ʒ", "ts.", "ts.h", "s."), "CH"),
    **dict.fromkeys(("s", "z", "ts", "tsh", "c"), "SS"),
    **dict.fromkeys(("n", "l", "ŋ", "ŋ-", "nɡ", "ɫ"), "nn"),
    **dict.fromkeys(("ʐ", "ɹ", "r"), "RR"),
    **dict.fromkeys(("a", "ɑ", "ɐ", "æ", "ʌ", "aa"), "aa"),
    **dict.fromkeys(("ə", "e", "ɛ", "ɜ", "ɚ", "o-", "eo", "oe"), "E"),
    **dict.fromkeys(("i", "j", "ɪ", "i.", "i̪", "ᵻ"), "I"),
    **dict.fromkeys(("o", "ɔ", "ɒ"), "O"),
    **dict.fromkeys(("u", "w", "ʊ", "y", "yu"), "U"),
}
_LONGEST = max(map(len, _SHAPES))


@lru_cache(maxsize=1024)
def visemes_of(ipa: str) -> tuple[str, ...]:
    """The shapes of one phoneme, one after the other: ``iou`` is I O U. Silence is ``sil``.

    A switch of language, ``(en)``, is no sound: it gives nothing.
    """
    if not ipa:
        return ("sil",)
    if ipa.startswith("("):
        return ()
    plain = ipa.translate({ord(mark): None for mark in "ˈˌː0123456789"})
    shapes: list[str] = []
    position = 0
    while position < len(plain):
        for length in range(min(_LONGEST, len(plain) - position), 0, -1):
            shape = _SHAPES.get(plain[position : position + length])
            if shape:
                if not shapes or shapes[-1] != shape:
                    shapes.append(shape)
                position += length
                break
        else:
            position += 1  # a diacritic
    return tuple(shapes) or ("E",)
