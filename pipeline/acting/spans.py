"""Where actors stand in respondents' turns: by the list, by placeholders, by nouns; a place belongs to one actor."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from pipeline.acting import contexts
from pipeline.acting.known import Form, Register
from pipeline.acting.masks import PLACEHOLDER, kind_of
from pipeline.acting.nouns import Noun, of_word

if TYPE_CHECKING:
    import pandas as pd

_ENDINGS = ("", "s", "es", "n", "en", "e", "er", "em", "'s", "’s")
Turn = tuple[str, int]


class Place(NamedTuple):
    """An actor in a turn."""

    start: int
    end: int
    key: str


class Words(NamedTuple):
    """Tokens of all turns as columns side by side, in order of turns and places; `kinds` leads from `type` to (form, norm, lemma, pos)."""

    doc: list[str]
    turn: list[int]
    start: list[int]
    end: list[int]
    type: list[int]
    kinds: dict[int, tuple[str, str, str, str]]

    def near(self, at: int, by: int) -> tuple[str, str, str, str] | None:
        """The word `by` places on in the same turn; none beyond its ends."""
        n = at + by
        if not 0 <= n < len(self.type) or self.turn[n] != self.turn[at] or self.doc[n] != self.doc[at]:
            return None
        return self.kinds[self.type[n]]


def words(tokens: pd.DataFrame, types: pd.DataFrame) -> Words:
    """Tokens as columns (they are sorted by interview, turn and place)."""
    kinds = {t: (f, n, x, p) for t, f, n, x, p in zip(*(types[c] for c in ("type", "form", "norm", "lemma", "pos")), strict=True)}
    doc, turn, start, end, kind = (tokens[c].tolist() for c in ("doc", "turn", "start", "end", "type"))
    return Words(doc, turn, start, end, kind, kinds)


def find(texts: Mapping[Turn, str], told: Words, made: Register, own: Mapping[Turn, tuple[str, str]]) -> dict[Turn, list[Place]]:
    """Places of actors by turn, in order. `texts`: respondents' turns; `own`: turn -> (key of the speaker's group, words of that group)."""
    rows: dict[Turn, list[tuple[int, int, int, str]]] = defaultdict(list)
    for turn, text in texts.items():
        if "[" in text:
            rows[turn] += [(0, m.start(), m.end(), key) for m in PLACEHOLDER.finditer(text) if (key := _placeholder(m.group(), made)) is not None]
    for turn, rank, start, end, key in (*_spelt(texts, told, made), *_generic(texts, told, made, own)):
        rows[turn].append((rank, start, end, key))
    return {turn: places for turn in texts if (places := _apart(rows.get(turn, [])))}


def _placeholder(text: str, made: Register) -> str | None:
    """The actor that a placeholder stands for; one that people put into a transcript by hand counts as well."""
    if text in made.placeholders:
        return made.placeholders[text]
    kind = kind_of(text)
    return made.enter(text, kind, "placeholder", kind == "rolle") if kind else None


def _apart(rows: list[tuple[int, int, int, str]]) -> list[Place]:
    """Of places that overlap the surest, then the longest; hidden ones take their place and are dropped."""
    taken: list[Place] = []  # in order, none over another
    for _, start, end, key in sorted(rows, key=lambda r: (r[0], r[1] - r[2], r[1], r[3])):
        at = bisect_left(taken, start, key=lambda place: place.start)
        if (not at or taken[at - 1].end <= start) and (at == len(taken) or end <= taken[at].start):
            taken.insert(at, Place(start, end, key))
    return [place for place in taken if place.key]


def inside(places: Sequence[Place], start: int, end: int) -> tuple[Place, ...]:
    """Of places in order, none over another, those that touch a stretch."""
    first = bisect_right(places, start, key=lambda place: place.end)
    return tuple(places[first : bisect_left(places, end, key=lambda place: place.start)])


def _spelt(texts: Mapping[Turn, str], told: Words, made: Register) -> Iterator[tuple[Turn, int, int, int, str]]:
    """Places of listed names and of names of several words."""
    by_first: dict[str, list[Form]] = defaultdict(list)
    for form in made.forms:
        by_first[form.first].append(form)
    wanted: dict[int, list[tuple[Form, bool]]] = {}
    for kind, (form_, norm, lemma, _) in told.kinds.items():
        spelt = form_.lower()
        found = [(f, True) for end in _ENDINGS if spelt.endswith(end) for f in by_first.get(spelt[: len(spelt) - len(end)], ())]
        found += [(f, False) for w in dict.fromkeys((lemma.lower(), norm.lower())) if w != spelt for f in by_first.get(w, ())]
        head = spelt.partition("-")[0]
        found += [(f, True) for f in by_first.get(head, ()) if head != spelt and not f.single]  # `AWO-Treff` is one word of the text, two of the name
        if found:
            wanted[kind] = found
    for n, kind in enumerate(told.type):
        if kind not in wanted or (turn := (told.doc[n], told.turn[n])) not in texts:
            continue
        for form, literal in wanted[kind]:
            match = form.pattern.match(texts[turn], told.start[n])
            end = match.end() if match else told.end[n] if form.single and not literal and told.kinds[kind][3] in ("NOUN", "PROPN") else 0
            if end:
                yield turn, 2 if form.key.startswith("\t") else 1, told.start[n], end, _key(form, made)


def _key(form: Form, made: Register) -> str:
    if not form.key.startswith("\t"):
        return form.key
    _, label, kind = form.key.split("\t")
    return made.of_noun(Noun(label, kind))


def _generic(texts: Mapping[Turn, str], told: Words, made: Register, own: Mapping[Turn, tuple[str, str]]) -> Iterator[tuple[Turn, int, int, int, str]]:
    """Places of organisations and roles by nouns; the respondent's own organisation stands for the group."""
    meant: dict[int, Noun] = {kind: noun for kind, word in told.kinds.items() if (noun := of_word(*word))}
    special = {kind: word[2].lower() for kind, word in told.kinds.items() if word[2].lower() in contexts.SPECIAL}
    for n, kind in enumerate(told.type):
        if (kind not in meant and kind not in special) or (turn := (told.doc[n], told.turn[n])) not in texts:
            continue
        noun = meant.get(kind)
        if kind in special:
            noun = contexts.SPECIAL[special[kind]](told, n, noun)
        if noun is None:
            continue
        key, group = "", own.get(turn)
        if group and contexts.ours(told, n) and contexts.alike(told.kinds[kind][2], group[1]):
            key = group[0]
        yield turn, 3, told.start[n], told.end[n], key or made.of_noun(noun)


def around(place: Place, text: str, reach: int = 2) -> list[str]:
    """The words before a place, the nearest last, small."""
    before: list[Any] = text[max(0, place.start - 60) : place.start].lower().split()
    return before[-reach:]
