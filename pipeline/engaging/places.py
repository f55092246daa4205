"""Where it is done: phrases of place."""

from __future__ import annotations

from collections.abc import Collection

from pipeline.engaging.phrases import phrase
from pipeline.engaging.reading import Passage, Unit, ends_in, words

_STAND_INS = frozenset({"Straße", "Ort", "Einrichtung", "Platz", "Stadtteil"})


def place(passage: Passage, unit: Unit, districts: Collection[str], busy: Collection[int]) -> tuple[int, ...]:
    """Places of the first phrase in the unit that says where, with a second one right behind it that says it closer."""
    kinds = passage.kinds
    free = set(unit.places) - set(busy)
    for n in unit.places:
        if n in free and kinds[n].tag in ("APPR", "APPRART", "FM", "NE", "PWAV") and kinds[n].low in words("directions"):
            own = _behind(passage, n, free, districts)
            if own:
                more = own[-1] + 1
                closer = _behind(passage, more, free, districts) if more in free and kinds[more].low in words("directions") else ()
                return (*own, *closer)
    return ()


def _behind(passage: Passage, preposition: int, free: Collection[int], districts: Collection[str]) -> tuple[int, ...]:
    """The phrase that the preposition opens, if its noun is a place; else nothing."""
    kinds = passage.kinds
    for noun in range(preposition + 1, preposition + 6):
        if noun not in free or kinds[noun].verbal == "f" or kinds[noun].tag == "PPER":
            return ()
        if kinds[noun].tag in ("NN", "NE"):
            form = passage.form(noun)
            known = form in districts or ends_in(kinds[noun].low, "places") or ends_in(kinds[noun].lemma, "places")
            if not known and not (form in _STAND_INS and passage.form(noun - 1) == "["):
                return ()
            own = phrase(passage, noun, free)
            return tuple(i for i in range(preposition, own[-1] + 1) if i in free)
    return ()
