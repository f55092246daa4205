"""For whom it is done: the persons whom a unit's verb or a preposition turns to."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from pipeline.engaging.nouns import dative, private
from pipeline.engaging.phrases import phrase
from pipeline.engaging.reading import Passage, Unit, ends_in, words
from pipeline.whom.mentions import Mention

_NEVER = frozenset({"mich", "mir", "dich", "dir", "sich", "euch", "ihr", "ihm", "ihn", "sie", "ihnen", "die", "der", "dem", "es", "das"})
_FOR = frozenset({"für", "fürn", "fürs"})


def whom(passage: Passage, unit: Unit, subject: Collection[int], busy: Collection[int]) -> tuple[int, ...]:
    """Places of the phrase that says for whom: `für`, then the dative, then the person cared for, then `mit`."""
    found: dict[int, tuple[int, ...]] = {}
    wholes = [w for w, places in passage.reading.places.items() if places[0] in unit.places]
    for m in (m for w in wholes for m in passage.reading.named[w]):
        if m.place in subject or m.place in busy or passage.kinds[m.place].low in words("units"):
            continue
        rank = _rank(passage, unit, m)
        places = phrase(passage, m.place, set(unit.places) - set(busy))
        if rank and rank not in found and not set(places) & set(subject) and not private(passage, places):
            found[rank] = places
    return found[min(found)] if found else ()


def _rank(passage: Passage, unit: Unit, m: Mention) -> int:
    kinds = passage.kinds
    own = phrase(passage, m.place, set(unit.places))
    prep = kinds[own[0]].low if kinds[own[0]].tag in ("APPR", "APPRART") else ""
    low = kinds[m.place].low
    if own[0] and kinds[own[0] - 1].low in ("und", "oder"):
        return 0  # hangs on what stands before
    if prep in _FOR:
        return 1 if _somebody(passage, m, own) else 0
    if prep == "mit":
        return 4 if _with(passage, m, own) else 0
    lemmas = {kinds[i].lemma for i in unit.places if kinds[i].verbal}
    if prep in ("um", "auf") and m.sort in ("person", "body"):
        return 3 if lemmas & {"kümmern", "aufpassen", "achten", "bemühen", "sorgen"} else 0
    if prep or low in _NEVER or (m.of >= 0 and kinds[own[0]].tag in ("ART", "PPOSAT")):
        return 0  # a genitive, or what hangs on a preposition
    if m.sort == "speaker" and low == "uns" and not _reflexive(passage, unit):
        return 2
    if m.sort in ("person", "body", "quantity") and dative(passage, m):
        return 2
    people = m.sort == "person" or low in words("more persons")
    if people and m.case != "n" and lemmas & words("giving") and _bare_dative(passage, m, own):
        return 2
    if people and m.case != "n" and lemmas & words("care"):
        return 3
    return 0


def _bare_dative(passage: Passage, m: Mention, own: Sequence[int]) -> bool:
    """`helfen neuen Nachbarn`, `gibt Flüchtlingen Unterricht`: a plural in -n without an article."""
    kinds = passage.kinds
    return kinds[m.place].low.endswith("n") and kinds[own[0]].tag in ("NN", "ADJA", "NE") and (own[0] == m.place or kinds[own[0]].low.endswith("en"))


def _reflexive(passage: Passage, unit: Unit) -> bool:
    """`wir treffen uns`."""
    return any(passage.kinds[i].low in ("wir", "mir") for i in unit.places)


def _somebody(passage: Passage, m: Mention, own: Sequence[int]) -> bool:
    kind = passage.kinds[m.place]
    if kind.low in _NEVER | {"uns", "einander", "was", "alles", "etwas"} or any(passage.kinds[i].low in words("money") for i in own):
        return False
    if m.sort in ("person", "body", "quantity", "some") or kind.low in words("more persons") or kind.lemma in words("more persons"):
        return kind.low not in ("das", "es")
    if passage.kinds[m.place].low in ("denen",):
        return True
    return m.sort in ("thing", "name") and ends_in(kind.low, "persons gathered", 5)


def _with(passage: Passage, m: Mention, own: Sequence[int]) -> bool:
    kinds = passage.kinds
    if m.sort not in ("person",) and kinds[m.place].low != "denen" and kinds[m.place].low not in words("more persons"):
        return False
    if kinds[m.place].lemma in words("partners") or any(kinds[i].tag == "CARD" for i in own):
        return False
    return (kinds[m.place].low.endswith(("n", "s", "e")) and m.number != "s") or kinds[m.place].low == "denen" or any(kinds[i].low in ("den", "alten", "neuen") for i in own)
