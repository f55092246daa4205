"""Which words stand near a word: within five words of it in the same sentence, counted once a place."""

from __future__ import annotations

import numpy as np

from pipeline.exploring.material import Material
from pipeline.exploring.part import Column, Key, Part, few
from pipeline.exploring.statistics import association
from pipeline.exploring.surface import surfaces

WINDOW = 5
TOGETHER = 2  # times two words must meet to be named
PMI_FROM = 3  # times from which PMI is shown: for rarer pairs it is large by chance
MOST = 500


def neighbours(material: Material, found: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """(places to the left, places to the right) of hits: words within the window, none of them a hit's own word."""
    index = material.index
    places = np.flatnonzero(material.word)
    if not len(found) or not len(places):
        return np.empty(0, dtype=np.int64), np.empty(0, dtype=np.int64)
    sides = []
    for column, steps in ((0, range(-WINDOW, 0)), (1, range(1, WINDOW + 1))):
        edge = found[:, column]
        # The last word at or before the edge, or the first at or behind it.
        at = np.searchsorted(places, edge, side="left" if column == 0 else "right") - (column == 1)
        near = []
        for step in steps:
            there = at + step
            inside = (there >= 0) & (there < len(places))
            spot = places[there[inside]]
            near.append(spot[index.segment[spot] == index.segment[edge[inside]]])
        sides.append(np.unique(np.concatenate(near)))
    own = own_words(material, found)
    return sides[0][~own[sides[0]]], sides[1][~own[sides[1]]]


def own_words(material: Material, found: np.ndarray) -> np.ndarray:
    """bool a token: from the first to the last word of some hit."""
    edges = np.zeros(len(material.index) + 1, dtype=np.int64)
    np.add.at(edges, found[:, 0], 1)
    np.add.at(edges, found[:, 1] + 1, -1)
    return np.cumsum(edges[:-1]) > 0


def collocations(material: Material, found: np.ndarray, word: str) -> Part:
    """Lemmas of content near the hits, the strongest first."""
    left, right = neighbours(material, found)
    near = np.zeros(len(material.index), dtype=bool)
    near[np.concatenate([left, right])] = True
    rest = material.word & ~own_words(material, found)
    both, total = material.counts(near & material.content), material.counts(rest)
    on_left, on_right = (np.bincount(material.lemma[side], minlength=len(both)) for side in (left, right))
    strength, pmi = association(both, int(near.sum()), np.maximum(total, both), max(1, int(rest.sum())))
    people = material.cases_of(near & material.content)
    expected = int(near.sum()) * total / max(1, int(rest.sum()))
    chosen = np.flatnonzero((both >= TOGETHER) & (both > expected))
    chosen = chosen[np.lexsort((chosen, -strength[chosen]))][:MOST]
    names = surfaces(material, chosen)
    rows = [
        (
            names[n], int(both[n]), int(on_left[n]), int(on_right[n]), int(people[n]), int(total[n]), round(float(expected[n]), 2),
            round(float(strength[n]), 2), round(float(pmi[n]), 2) if both[n] >= PMI_FROM else None, few(int(people[n])),
        )
        for n in chosen.tolist()
    ]  # fmt: skip
    columns = (
        Column("Wort", 20), Column("zusammen", 8), Column("davor", 5), Column("danach", 6), Column("Befragte", 8), Column("gesamt", 6),
        Column("erwartet"), Column("G2", 7, digits=1), Column("PMI", 6, digits=1), Column("Hinweis", 21),
    )  # fmt: skip
    notes = (
        f"Grundformen höchstens {WINDOW} Wörter davor oder danach im selben Satz, ohne Funktionswörter, mindestens {TOGETHER}-mal. "
        f"G2: wie deutlich über Zufall (Log-Likelihood); PMI erst ab {PMI_FROM} gemeinsamen Stellen.",
    )
    return Part("Was dabeisteht", columns, rows, [Key("word", f"{word}:{material.lemmas[n]}") for n in chosen.tolist()], notes)
