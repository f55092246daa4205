"""Organisations and roles by their German nouns (`nouns.tsv`), with compounds, inflection and feminine forms."""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

_ROLE_ENDING = re.compile(r"(?:[*:_/·]-?|[/(]-?)?[Ii]n(?:nen)?\)?$")


class Noun(NamedTuple):
    """What a noun stands for: its name in the report and its kind."""

    label: str
    kind: str


class Nouns(NamedTuple):
    """`words`: small basic form -> noun; `endings`: (ending, noun), longest first; `phrases`: words of several; `none`: no actors at all."""

    words: dict[str, Noun]
    endings: tuple[tuple[str, Noun], ...]
    phrases: tuple[tuple[tuple[str, ...], Noun], ...]
    none: frozenset[str]


@lru_cache(maxsize=1)
def nouns() -> Nouns:
    """The list as it stands in `nouns.tsv`."""
    words: dict[str, Noun] = {}
    endings: list[tuple[str, Noun]] = []
    phrases: list[tuple[tuple[str, ...], Noun]] = []
    none: set[str] = set()
    for line in Path(__file__).with_name("nouns.tsv").read_text("utf-8").splitlines():
        if not line or line.startswith("#"):
            continue
        kind, label, listed = line.split("\t")
        for word in listed.split("|"):
            noun = Noun(word if label == "*" and word[0] != "*" else label, kind)
            if kind == "!":
                none.add(word.lower())
            elif word[0] == "*":
                endings.append((word[1:], noun))
            elif "_" in word:
                phrases.append((tuple(word.lower().split("_")), noun))
            else:
                words[word.lower()] = noun
    return Nouns(words, tuple(sorted(endings, key=lambda pair: (-len(pair[0]), pair[0]))), tuple(phrases), frozenset(none))


def of_word(form: str, norm: str, lemma: str, pos: str) -> Noun | None:
    """The organisation or role that a word stands for; none for other words.

    >>> of_word("Jugendämter", "Jugendämter", "Jugendamt", "NOUN").label, of_word("Pfarrerinnen", "Pfarrerinnen", "Pfarrerin", "NOUN").label
    ('Jugendamt', 'Pfarrer')
    >>> of_word("Ehrenamt", "Ehrenamt", "Ehrenamt", "NOUN"), of_word("Schützenvereins", "Schützenvereins", "Schützenverein", "NOUN")
    (None, Noun(label='Schützenverein', kind='verein'))
    """
    if pos not in ("NOUN", "PROPN", "X"):
        return None
    known = nouns()
    spelt = tuple(dict.fromkeys((lemma, norm, form)))
    if any(word.lower() in known.none for word in spelt):
        return None
    for word in spelt:
        for base in _bases(word.lower()):
            noun = known.words.get(base)
            if noun and (base == word.lower() or noun.kind == "rolle" or base in _PLURALS):
                return noun
    for ending, noun in known.endings:
        for word in spelt:
            base = _base_ending(word.lower(), ending)
            if base and len(base) > len(ending) + 2:
                return Noun(base[0].upper() + base[1:], noun.kind) if noun.label == "*" else noun
    return None


_PLURALS = frozenset(("tafeln", "awo"))


def _bases(word: str) -> tuple[str, ...]:
    """A word and, of a feminine form, what it is made from.

    >>> _bases("sozialarbeiter*innen"), _bases("lotsin"), _bases("ärztin")
    (('sozialarbeiter*innen', 'sozialarbeiter', 'sozialarbeitere'), ('lotsin', 'lots', 'lotse'), ('ärztin', 'ärzt', 'ärzte'))
    """
    stem = _ROLE_ENDING.sub("", word)
    return (word,) if stem == word or len(stem) < 4 else (word, stem, stem + "e")


_INFLECTED = {"amt": ("ämter", "ämtern", "amtes", "amts"), "verband": ("verbände", "verbänden", "verbandes")}


def _base_ending(word: str, ending: str) -> str:
    """The basic form of a compound that ends so, or nothing.

    >>> _base_ending("sozialämtern", "amt"), _base_ending("gartenvereine", "verein"), _base_ending("sportler", "verein")
    ('sozialamt', 'gartenverein', '')
    """
    if word.endswith(ending):
        return word
    for tail in (*_INFLECTED.get(ending, ()), *(ending + more for more in ("n", "en", "e", "s", "es"))):
        if word.endswith(tail):
            return word[: -len(tail)] + ending
    return ""
