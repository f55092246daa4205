"""Ordinary nouns that stand where only a name would: without article before a verb, behind a title, between commas."""

from __future__ import annotations

import re

from pipeline.german.words import listed
from pipeline.naming.dictionary import noun
from pipeline.naming.facts import fold, folded, words
from pipeline.naming.lexicon import given, surname
from pipeline.naming.net import BEFORE_NOUN, MASS, NOUN_END, unlisted, verb
from pipeline.naming.scan import Line

_TITLES = frozenset(
    "frau herr herrn hr fr familie dr doktor prof professor pastor pfarrer imam onkel tante schwester bruder oma opa".split()
)
_WITH = frozenset("mit von bei für auch zu und oder dass weil wenn ob ohne nur sogar aber wie als".split())
_OLD = frozenset("alte alten dicke dicken lange langen kleine kleinen junge jungen olle ollen selige seligen".split())
_PLACE = frozenset("in aus nach auf richtung zwischen".split())
_SINGULAR = re.compile(
    r"(?:[^aeiou]t|et|te|hat|ist|war|kam|ging|fing|blieb|stand|saß|rief|gab|nahm|half|kennt|will|kann|muss|darf|soll|weiß|wird|wurde|hatte|wär|wäre|is)$"
)


def odd(line: Line, i: int, word: str) -> bool:
    """Whether a noun, listed or not, stands as a name would."""
    low, before, after = fold(word), fold(line.word(i - 1)), line.word(i + 1)
    if before in _TITLES and (line.capital(i - 1) or line.lower):
        return True
    if fold(line.word(i - 2)) in _TITLES and line.capital(i - 1) and line.capital(i):
        return True  # Herrn Pott Gießer
    if line.word(i - 1).endswith(("'", "’")) or (line.capital(i - 1) and before.endswith("s")):
        return False  # Hans' Idee
    if len(word) == 1:
        return after == "." and not line.tokens[i].first
    if (
        listed(word.lower())[:1].islower()
        or low in MASS
        or NOUN_END.search(low)
        or low in folded("offices")
        or word in words("kin")
    ):
        return False
    ends = after in (",", ".", "!", "?", ";", "") or (after[:1].islower() and verb(after))
    article = before in ("der", "die", "den", "dem", "de")
    if line.tokens[i].first:
        return (
            bool(noun(word))
            and after[:1].islower()
            and verb(after)
            and bool(_SINGULAR.search(after.lower()))
            and not low.endswith(("en", "er"))
        )
    if article and line.word(i - 2) == "," and after == ",":
        return True  # der Pastor, der Hinrichsmeyer, hat
    if ends and (before in _OLD or (article and (surname(word) or given(word)))):
        return True
    if before in _WITH or before in _PLACE or before == ",":
        listed_name = bool(surname(word) or given(word))
        return listed_name or unlisted(word) or (not low.endswith(("en", "er", "s")) and ends and before != ",")
    return bool(after[:1].islower() and _SINGULAR.search(after.lower()) and verb(after)) and not BEFORE_NOUN.fullmatch(
        before
    )
