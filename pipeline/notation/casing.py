"""Words in capitals as they are usually written, by the dictionary."""

from __future__ import annotations

import re
from functools import lru_cache

from pipeline.notation.marks import Mark, Reader
from pipeline.notation.signs import ABBREVIATIONS, BRANDS, SPOKEN_FORMS, STRESSED

CAPITALS = re.compile(r"(?<![\w.-])[A-ZÄÖÜẞ]{2,30}(?![\w-]|\.\w)")
PARTLY = re.compile(
    r"(?<![\w-])(?:[A-ZÄÖÜ]{2,20}[a-zäöüß]{1,20}|[A-ZÄÖÜ]?[a-zäöüß]{1,20}[A-ZÄÖÜ]{2,20}[a-zäöüß]{0,20})(?![\w.]\w|\w)"
)
_NO_STRESS = re.compile(r"[A-ZÄÖÜ]{2,5}s|[A-ZÄÖÜ][a-zäöüß]{2,}In(?:nen)?|[A-ZÄÖÜ]?[a-zäöüß]{1,20}(?:AG|UG|GmbH)")
# What may stand between the end of a sentence and a word that begins the next: blanks, quotes, a sign in brackets.
_BEFORE = re.compile(r"(?:^|[.!?…]|[:][\s]{1,3}[„“»\"])[\s„“»\"]{0,8}(?:\([^()\n]{0,30}\)\s{0,3}){0,2}$")
_WINDOW = 80


@lru_cache(maxsize=50_000)
def spelled(word: str) -> str:
    """A word in capitals as it is usually written; empty where it is unknown (a name, an abbreviation).

    >>> spelled("HAUS"), spelled("SCHLIMM"), spelled("GROSS"), spelled("GEMA")
    ('Haus', 'schlimm', 'groß', '')
    """
    from pipeline.german.words import listed

    low, high = word.lower(), word.capitalize()
    if "ss" in low:  # capitals have no ß
        sharp = low.replace("ss", "ß")
        if listed(low) in ("", listed(sharp)) and (listed(sharp) or listed(sharp.capitalize())):
            low, high = sharp, sharp.capitalize()
    base = listed(low)
    if not base:
        return high if listed(high) else low if low in SPOKEN_FORMS else ""
    noun = base[:1].isupper() or (base != low and listed(high) == high)
    return high if noun else low


def partly(type_: str) -> Reader:
    """A reader for words with some capitals (`WIRKlich`, `geNAU`): the usual spelling, small where it is not known."""

    def read(match: re.Match[str], text: str) -> Mark | None:
        word = match.group()
        if word in ABBREVIATIONS | BRANDS or _NO_STRESS.fullmatch(word):
            return None
        wanted = spelled(word.upper()) or word[0] + word[1:].lower()
        return Mark(*match.span(), type_, word, wanted[0].upper() + wanted[1:] if _starts(match, text) else wanted)

    return read


def _starts(match: re.Match[str], text: str) -> bool:
    """Whether a sentence begins with the match."""
    before = text[max(0, match.start() - _WINDOW) : match.start()]
    return bool(_BEFORE.search(before if match.start() <= _WINDOW else "x" + before))


def stressed(type_: str) -> Reader:
    """A reader for words in capitals: the usual spelling, with a capital where a sentence begins."""

    def read(match: re.Match[str], text: str) -> Mark | None:
        word = match.group()
        if word in ABBREVIATIONS or set(word) <= {"X"} or (len(word) == 2 and word not in STRESSED):
            return None
        wanted = spelled(word)
        if not wanted:
            return None
        return Mark(*match.span(), type_, word, wanted[0].upper() + wanted[1:] if _starts(match, text) else wanted)

    return read
