"""Where a passage stands in the raw text: what makes its id last, and finds a kept correction again."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

from pipeline.engaging.passages import Spot
from pipeline.measures.lens import identity
from pipeline.offsets import through

if TYPE_CHECKING:
    import pandas as pd

Steps = dict[tuple[str, int], list[list[tuple[int, int, int, int]]]]
_ALIKE = 0.6  # from which share of common words on a passage is what a kept quote was
_WORDS = 4  # fewer words than these find nothing


class Anchor(NamedTuple):
    """A passage's place in the raw turn (hash and offsets in code points), and its id."""

    entry: str
    doc: str
    raw_sha256: str
    raw_start: int
    raw_end: int
    quote: str


def anchors(spots: Sequence[Spot], turns: pd.DataFrame, made: Steps) -> list[Anchor]:
    """One anchor a passage; `made`: what `offsets.steps` gives. The id hangs on document, raw turn and raw beginning alone: neither cleaning nor names nor codes change it."""
    said = {(t.doc, t.turn): t for t in turns.itertuples()}
    seen: Counter[tuple[str, str, int]] = Counter()
    found = []
    for spot in spots:
        turn = said[spot.doc, spot.turn]
        start, end = through(made.get((spot.doc, spot.turn), []), spot.start, spot.end)
        key = (spot.doc, str(turn.raw_sha256), start)
        again = (seen[key],) if seen[key] else ()  # two turns of an interview may hold the same words
        seen[key] += 1
        found.append(Anchor("e" + identity(*key, *again), spot.doc, str(turn.raw_sha256), start, end, str(turn.text[spot.start : spot.end])))
    return found


def found_again(own: Sequence[Anchor], kept: Sequence[Mapping[str, str]]) -> dict[str, str]:
    """Id of a passage -> id of the kept row that stands for it by now, for kept rows whose id no passage has.

    By the place in the same raw turn, the greatest overlap first; where that turn changed, by the quote within the document.
    """
    ids = {a.entry for a in own}
    held = {row.get("entry", "") for row in kept}
    free: dict[str, list[Anchor]] = defaultdict(list)
    for a in {a.entry: a for a in own if a.entry not in held}.values():
        free[a.doc].append(a)
    taken: dict[str, str] = {}
    stands: set[str] = set()
    for match in (_by_place, _by_quote):
        for row in kept:
            entry = row.get("entry", "")
            if not entry or entry in ids or entry in stands or entry.startswith("+"):
                continue
            best = match(row, [a for a in free.get(row.get("doc", ""), ()) if a.entry not in taken])
            if best:
                taken[best] = entry
                stands.add(entry)
    return taken


def _by_place(row: Mapping[str, str], near: Sequence[Anchor]) -> str:
    if not row.get("raw_start", "").isdigit() or not row.get("raw_end", "").isdigit():
        return ""
    start, end = int(row["raw_start"]), int(row["raw_end"])
    shared = {a.entry: min(end, a.raw_end) - max(start, a.raw_start) for a in near if a.raw_sha256 == row.get("raw_sha256", "")}
    best = max(sorted(shared), key=lambda entry: shared[entry], default="")
    return best if best and shared[best] > 0 else ""


def _by_quote(row: Mapping[str, str], near: Sequence[Anchor]) -> str:
    wanted = row.get("quote", "").split()
    if len(wanted) < _WORDS:
        return ""
    likeness = {a.entry: _alike(wanted, a.quote.split()) for a in near}
    best = max(sorted(likeness), key=lambda entry: likeness[entry], default="")
    return best if best and likeness[best] >= _ALIKE else ""


def _alike(a: Sequence[str], b: Sequence[str]) -> float:
    """Share of words that the shorter of two passages has in common with the other, as bags; half a passage is none.

    >>> _alike("wir kochen freitags für alle".split(), "und wir kochen freitags für alle".split())
    1.0
    """
    small, large = sorted((Counter(a), Counter(b)), key=lambda bag: bag.total())
    if small.total() < _WORDS or small.total() * 3 < large.total():
        return 0.0
    return (small & large).total() / small.total()
