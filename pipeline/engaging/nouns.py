"""What a noun of a passage is: a private person, a person or a body, a dative."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from pipeline.engaging.reading import Passage
from pipeline.whom.mentions import Mention

_TITLES = frozenset({"frau", "herr", "herrn", "fräulein", "schwester", "doktor", "dr.", "tante", "onkel", "opa", "oma"})


def private(passage: Passage, places: Sequence[int]) -> bool:
    """Whether the phrase names a private person: a title with a name, a first name, or what stands for one.

    Abbreviations, and names behind a body (`die AG Willkommen`, `der SV`), are no persons.
    """
    kinds = passage.kinds
    for n, i in enumerate(places):
        form = passage.form(i)
        if form == "Person" and n and passage.form(places[n - 1]) == "[":
            return True
        if kinds[i].tag != "NE" or form.isupper() or not form[:1].isupper() or form == "[":
            continue
        listed = sort_of(passage, i)
        before = sort_of(passage, places[n - 1]) if n else ""
        if listed in ("body", "person") or before == "body":
            continue
        return True
    return any(kinds[i].low in _TITLES and kinds[j].tag == "NE" for i, j in pairwise(places))


def titled(passage: Passage, i: int) -> bool:
    """Whether the word is surely a person's name: behind a title or an article, or what stands for one (`[Person 1]`)."""
    kinds = passage.kinds
    before = kinds[i - 1] if i else None
    if before is None or passage.form(i) == "[":
        return False
    if passage.form(i) == "Person" and passage.form(i - 1) == "[":
        return True
    if kinds[i].tag != "NE" or passage.form(i).isupper() or sort_of(passage, i) in ("body", "person"):
        return False
    return before.low in _TITLES or (before.tag == "ART" and before.low in ("der", "die", "den", "dem"))


def sort_of(passage: Passage, place: int) -> str:
    for named in passage.reading.named.values():
        for m in named:
            if m.place == place:
                return m.sort
    return ""


def dative(passage: Passage, m: Mention) -> bool:
    """A noun whose article or ending is the dative's."""
    kinds, place = passage.kinds, m.place
    if m.prep or m.sort not in ("person", "body", "quantity"):
        return False
    low, lemma = kinds[place].low, kinds[place].lemma
    if low in ("allen", "jedem", "einem", "vielen", "denen"):
        return low != "vielen"
    first = place
    while first > 0 and kinds[first - 1].tag in ("ADJA", "CARD"):
        first -= 1
    article = kinds[first - 1].low if first and kinds[first - 1].tag in ("ART", "PPOSAT", "PDAT", "PIAT") else ""
    if article in ("dem", "einem", "meinem", "unserem", "unserm", "seinem", "ihrem"):
        return True
    if article in ("den", "meinen", "unseren", "ihren", "seinen", "diesen", "vielen"):
        return low.endswith(("n", "s")) and (m.number == "p" or low != lemma)
    if article in ("der", "meiner", "unserer", "seiner", "einer", "ihrer"):
        return m.gender == "f" and m.number != "p" and article != "der"
    # no article: `Jugendlichen`, `Flüchtlingen`, never at the head of the clause
    return article == "" and place > 0 and low.endswith("en") and low != lemma and low.endswith(("lichen", "lingen", "dern", "tern", "teten")) and kinds[place - 1].verbal == "f"
