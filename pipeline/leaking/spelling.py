"""One name in several spellings: folded, without marks on its letters, as typed without umlauts, inflected, one letter off."""

from __future__ import annotations

import re
import unicodedata

WORD = re.compile(r"[^\W_]+")
_ENDINGS = ("s", "es", "n", "en", "ns", "er", "ern", "ers", "in", "innen", "sche", "schen", "scher", "sches", "chen", "lein", "ler")  # fmt: skip
_TWO_LETTERS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "å": "aa", "æ": "ae", "ø": "oe", "þ": "th"})
_ONE_LETTER = str.maketrans({"ı": "i", "ł": "l", "ø": "o", "đ": "d", "ð": "d", "æ": "ae", "œ": "oe", "ß": "ss"})
_TYPED = (("ae", "ä"), ("oe", "ö"), ("ue", "ü"))


def fold(word: str) -> str:
    """
    >>> fold("İBRAHİM"), fold("Strauß")
    ('ibrahim', 'strauss')
    """
    return unicodedata.normalize("NFC", word).casefold().replace("\u0307", "")


def folded(text: str) -> tuple[str, ...]:
    """The words of a text, folded."""
    return tuple(fold(word) for word in WORD.findall(unicodedata.normalize("NFC", text)))


def bare(word: str) -> str:
    """A folded word without marks on its letters.

    >>> bare("yıldız"), bare("şengül")
    ('yildiz', 'sengul')
    """
    parts = unicodedata.normalize("NFD", word.translate(_ONE_LETTER))
    return "".join(sign for sign in parts if not unicodedata.combining(sign))


def variants(word: str) -> dict[str, str]:
    """Other spellings of a folded word, with how they come about; the word itself is none of them.

    >>> found = variants("müller")
    >>> found["mueller"], found["muller"], found["müllers"], found["muellers"]
    ('transliterated', 'transliterated', 'inflected', 'inflected')
    """
    spelled = {word, word.translate(_TWO_LETTERS), bare(word)} | {word.replace(a, b) for a, b in _TYPED if a in word}
    found = dict.fromkeys(sorted(spelled), "transliterated")
    for variant in sorted(spelled):
        for ending in inflected(variant):
            found.setdefault(ending, "inflected")
    del found[word]
    return found


def inflected(word: str) -> list[str]:
    return [word + ending for ending in _ENDINGS]


def within_one(a: str, b: str) -> bool:
    """Whether two words differ by one letter changed, added or left out at most.

    >>> within_one("kaplan", "kapplan"), within_one("kaplan", "kaptan"), within_one("kaplan", "kapitän")
    (True, True, False)
    """
    if len(a) > len(b):
        a, b = b, a
    same = 0
    while same < len(a) and a[same] == b[same]:
        same += 1
    return len(b) - len(a) <= 1 and a[same + (len(a) == len(b)) :] == b[same + 1 :]
