"""Phrases: the words that belong to a noun or a pronoun, with its preposition and what is attached to it."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from pipeline.engaging.reading import Passage
from pipeline.stances.words import Kind

_LEFT = frozenset({"ART", "PPOSAT", "PIAT", "PDAT", "CARD", "ADJA", "TRUNC", "PWAT"})
_INNER = frozenset({"ganze", "ganzen", "so", "zehn", "zwölf", "ungefähr", "fast", "alle", "allen", "paar"})
_NOUN = frozenset({"NN", "NE", "FM", "XY"})
_ATTACHED = frozenset({"von", "vom", "vonner", "aus", "ausm", "ausser", "ausse", "vons"})
_PREPOSITION = frozenset({"APPR", "APPRART"})


def phrase(passage: Passage, place: int, within: Collection[int]) -> tuple[int, ...]:
    """Places of the phrase whose noun or pronoun stands at `place`, its preposition first. `within`: where its words may stand."""
    kinds = passage.kinds
    first = _left(passage, place, within)
    last = _right(passage, place, within)
    if first - 1 in within and kinds[first - 1].tag in _PREPOSITION:
        first -= 1
    return tuple(i for i in range(first, last + 1) if i in within)


def _left(passage: Passage, place: int, within: Collection[int]) -> int:
    kinds, first = passage.kinds, place
    if kinds[place].tag in ("PPER", "PDS", "PRELS", "PRF"):
        return place
    while first - 1 in within:
        before = kinds[first - 1]
        title = before.tag in _NOUN and kinds[first].tag == "NE"
        bracket = passage.form(first - 1) == "["
        number = before.low.isdigit() or before.tag == "CARD" or (before.tag == "ADJD" and before.low.endswith("zig"))
        # `mit behinderten Kindern`: an adjective that was taken for a verb
        adjective = bool(before.verbal) and before.low.endswith("en") and first - 2 in within and kinds[first - 2].tag in _PREPOSITION
        if not (before.tag in _LEFT or adjective or title or bracket or number or (before.low in _INNER and kinds[first].tag in (*_NOUN, "ART", "ADJA"))):
            break
        first -= 1
    return first


def _right(passage: Passage, place: int, within: Collection[int]) -> int:
    kinds, last = passage.kinds, place
    pronoun = kinds[place].tag in ("PPER", "PRF", "PRELS")
    while last + 1 in within:
        after = kinds[last + 1]
        placeholder = passage.form(last + 1) == "]" or (after.tag == "CARD" and last + 2 in within and passage.form(last + 2) == "]")
        name = after.tag == "NE" and kinds[last].tag in ("NN", "NE") and not pronoun and not after.verbal and passage.form(last + 1)[:1].isupper()
        end = last + 1 if placeholder or name else -1
        if end < 0 and after.low in _ATTACHED:
            end = _noun_behind(passage, last + 1, within)
        elif end < 0 and after.low in ("und", "oder"):
            end = _joined(kinds, last + 1, within)
        if end < 0:
            break
        last = end
    return last


def _noun_behind(passage: Passage, place: int, within: Collection[int]) -> int:
    """The noun of the phrase that a preposition at `place` opens, or -1."""
    kinds, i = passage.kinds, place + 1
    while i in within and (kinds[i].tag in _LEFT or passage.form(i) == "["):
        i += 1
    if i not in within:
        return -1
    return i if kinds[i].tag in _NOUN or (kinds[i].tag == "ADJA" and passage.form(i)[:1].isupper()) else -1


def _joined(kinds: Sequence[Kind], place: int, within: Collection[int]) -> int:
    """The end of a noun phrase that `und` adds, or -1: a noun alone or with its article, or `ich`."""
    i = place + 1
    if i in within and kinds[i].low == "ich":
        return i
    while i in within and kinds[i].tag in _LEFT:
        i += 1
    return i if i in within and kinds[i].tag in ("NN", "NE") else -1


def front(passage: Passage, finite: int, places: Sequence[int]) -> list[int]:
    """Places before the finite verb of a main clause that stand in one piece: a German clause has one constituent there."""
    before = [i for i in places if i < finite]
    return [] if any(passage.kinds[i].tag in ("$,", "KON") for i in before) else before
