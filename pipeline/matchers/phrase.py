"""Phrases: words in order within a sentence, with up to `gap` other words between neighbours."""

from __future__ import annotations

import numpy as np

from pipeline.codebook import Rule
from pipeline.matchers.index import Index, positions
from pipeline.matchers.words import by_form_or_lemma


def phrase(index: Index, rule: Rule) -> np.ndarray:
    """Places of the matched words of every hit, one row a hit. A word is a lemma or a form; the nearest next is taken."""
    places = [positions(index, by_form_or_lemma(index, word)) for word in rule.pattern.split()]
    if any(len(p) == 0 for p in places):
        return np.empty((0, len(places)), dtype=np.int64)
    hits = places[0][:, None]
    for following in places[1:]:
        at = hits[:, -1]
        nearest = np.searchsorted(following, at, side="right")
        there = nearest < len(following)
        hits, at, nearest = hits[there], at[there], following[nearest[there]]
        near = (nearest - at <= rule.gap + 1) & (index.segment[nearest] == index.segment[at])
        hits = np.column_stack([hits[near], nearest[near]])
    # Two beginnings that reach the same end are one hit: the later beginning is the tighter one.
    keep = np.append(np.diff(hits[:, -1]) > 0, True) if len(hits) else np.empty(0, dtype=bool)
    return hits[keep]
