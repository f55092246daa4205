"""Bare names of bodies whose full one is known: `beim Anker`, `Anker und …` beside `Anker e. V.`, over all interviews.

A bare name that is no German word means the body wherever it stands. One that is a word too (an anchor) means it only
where the word would hardly stand so; else people look at it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from typing import NamedTuple

from pipeline.german.words import listed
from pipeline.naming.base import SURE, SUSPECTED, Talk
from pipeline.naming.bodies import bare_name
from pipeline.naming.dictionary import ordinary
from pipeline.naming.entities import BARE, Mention
from pipeline.naming.facts import fold, is_name, words
from pipeline.naming.key import Row
from pipeline.naming.net import MASS, NOUN_END, verb
from pipeline.naming.scan import Line, scan

RARE = 4.0  # on Zipf's scale, below which a word is so rare in general German that the body is the likelier meaning
_MASK = re.compile(r"\[[^\[\]\n]{1,80}\]")
_JOINED = frozenset("beim vom zum im".split())
_PREPOSITIONS = frozenset("bei von zu mit in für durch gegen aus".split())
_BETWEEN = frozenset(", : und oder sowie aber auch dass weil wenn ob wie als".split())
_MANY = re.compile(r"en$|^sind$")  # verbs of several: `die Anker waren rostig`
_COUNTED = re.compile(
    r"(?:k|m|d|s)?eine?[mnrs]?|ihre?[mnrs]?|unse?re?[mnrs]?|eure?[mnrs]?|(?:jed|dies|welch|manch|solch|viel|all|beid|einig)\w{0,2}|\d+|zwei|drei|vier|fünf"
)


class Name(NamedTuple):
    """A bare name with the full one; `clear`: it says a body wherever it stands."""

    bare: str
    full: str
    clear: bool


def found(
    mentions: Iterable[Mention], texts: Mapping[tuple[str, int], str], lower: Mapping[str, bool], key: Iterable[Row] = ()
) -> list[Mention]:
    """The mentions given and those of bare names, whose core is the full name. A bare name with a row of its own in the key stays that row's."""
    mentions = list(mentions)
    names = _names(mentions, key)
    if not names:
        return mentions
    sure: dict[tuple[str, int], list[Mention]] = {}
    for mention in mentions:
        if mention.certainty == SURE:
            sure.setdefault((mention.doc, mention.turn), []).append(mention)
    more = [
        one
        for (doc, turn), text in texts.items() if any(name.bare.casefold() in text.casefold() for name in names)
        for one in _in_text(doc, turn, text, names, lower.get(doc, False))
        if not any(m.start < one.end and one.start < m.end for m in sure.get((doc, turn), ()))
    ]  # fmt: skip
    # What the finders took for something else, and only suspected, is the body's.
    spans = {(m.doc, m.turn, m.start, m.end) for m in more}
    return [m for m in mentions if (m.doc, m.turn, m.start, m.end) not in spans] + more


def _names(mentions: Iterable[Mention], key: Iterable[Row]) -> list[Name]:
    """Bare names of the bodies that stand with their legal form for sure, the longest first."""
    known: dict[str, str] = {}
    for mention in mentions:
        if mention.kind == "org" and mention.certainty == SURE and (bare := bare_name(mention.core)):
            known.setdefault(bare, mention.core)
    taken = {form.casefold() for row in key for form in row.forms if not any(map(bare_name, row.forms))}
    names = [Name(bare, full, _clear(bare)) for bare, full in known.items() if bare.casefold() not in taken]
    return sorted(names, key=lambda name: (-len(name.bare), name.bare))


def _clear(bare: str) -> bool:
    parts = bare.split()
    return not all(ordinary(part) or is_name(part) for part in parts)


@lru_cache(maxsize=1000)
def _rather_a_name(bare: str) -> bool:
    """Whether a word is so rare in general that, in interviews where a body is called so, the body is meant: one thing, that is counted."""
    from wordfreq import zipf_frequency

    low, lemma = bare.lower(), listed(bare)
    one = lemma in ("", bare) or lemma[:1].islower()  # the dictionary has `Anker` as a form of `ankern`
    return " " not in bare and one and low not in MASS and not NOUN_END.search(low) and zipf_frequency(low, "de") < RARE


def _in_text(doc: str, turn: int, text: str, names: Iterable[Name], lower: bool) -> Iterator[Mention]:
    masks = tuple(match.span() for match in _MASK.finditer(text))
    (line,) = scan(Talk((text,), lower, (masks,)))
    stop = 0
    for i in range(len(line.tokens)):
        for name in names if i >= stop else ():
            size = len(name.bare.split())
            end = _end(line, i, size, name)
            certainty = _certainty(line, i, i + size, name) if end else ""
            if certainty:
                start = line.tokens[i].start
                yield Mention(doc, turn, start, end, "org", text[start:end], name.full, certainty, BARE)
                stop = i + size
                break


def _end(line: Line, i: int, size: int, name: Name) -> int:
    """Where the bare name ends that begins at token i, an ending or a hyphen (`Anker-Team`) behind it; 0 if it does not stand there."""
    if i + size > len(line.tokens):
        return 0
    said = " ".join(line.word(n) for n in range(i, i + size))
    if line.lower:
        return line.tokens[i + size - 1].end if name.clear and said == name.bare.lower() else 0
    if said in (name.bare, name.bare + "s"):
        return line.tokens[i + size - 1].end
    return line.tokens[i].start + len(name.bare) if said.startswith(name.bare + "-") and size == 1 else 0


def _certainty(line: Line, i: int, stop: int, name: Name) -> str:
    """Sure, suspected, or nothing where the word is counted or owned: `ein Anker`, `mein Anker`."""
    if name.clear:
        return SURE
    before = fold(line.word(i - 1))
    if _COUNTED.fullmatch(before):
        return ""
    return SURE if _rather_a_name(name.bare) and _as_name(line, i, stop) else SUSPECTED


def _as_name(line: Line, i: int, stop: int) -> bool:
    """Whether the words around it are those of a name: beim Anker, bei Anker, mit dem Anker, der Anker hilft, Anker und …"""
    before, earlier, after = fold(line.word(i - 1)), fold(line.word(i - 2)), fold(line.word(stop))
    if line.capital(stop) and not line.tokens[stop].first:
        return False
    if before in _JOINED or before in _PREPOSITIONS or "-" in line.word(i):
        return True
    acts = verb(line.word(stop))
    if before in words("article"):
        return earlier in _PREPOSITIONS or (before in ("der", "die", "das") and acts and not _MANY.search(after))
    if line.tokens[i].first or before in _BETWEEN:
        return acts or after in (",", "und", "oder", "sowie", ".", "")
    return False
