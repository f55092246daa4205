"""Noun phrases without a parser: which words behind an article or a preposition belong to it."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.stances.words import Kind

_BEFORE_NOUN = frozenset("ART ADJA PPOSAT PIAT PDAT CARD PIS ADV ADJD TRUNC".split())
_NOUNS = frozenset({"NN", "NE"})
_LINKS = frozenset({"und", "oder", "noch", ",", "/"})


def noun_phrase(kinds: Sequence[Kind], start: int, end: int) -> range:
    """The places behind an article at `start` up to the noun: `keinen richtigen, großen | Raum`; empty without a noun."""
    i = start + 1
    while i < end and (kinds[i].tag in _BEFORE_NOUN or (kinds[i].low == "," and kinds[i - 1].tag in ("ADJA", "ADJD"))):
        i += 1
    if i >= end or kinds[i].tag not in _NOUNS:
        return range(0)
    while i + 1 < end and kinds[i + 1].tag in _NOUNS:
        i += 1
    return range(start + 1, i + 1)


def behind_preposition(kinds: Sequence[Kind], start: int, end: int) -> list[int]:
    """The places of the phrase that a preposition at `start` opens, with nouns joined to it: `ohne Geld und Räume`."""
    places: list[int] = []
    at = start
    while True:
        phrase = noun_phrase(kinds, at, end)
        if not phrase:  # a bare pronoun or word: `ohne uns`
            return places or [i for i in (start + 1,) if i < end]
        places += phrase
        at = phrase[-1] + 1
        if at + 1 >= end or kinds[at].low not in _LINKS or kinds[at + 1].tag not in _BEFORE_NOUN | _NOUNS:
            return places
