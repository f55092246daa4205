"""Stance of a hit: affirmed or negated, and whether it is told as hypothetical or past. Scope is the clause.

A first, plain form: cues within the hit's own clause, at most `reach` words away. A negation that is part of the matched
words does not negate the hit (`kein Raum` as a phrase affirms the lack).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from pipeline.german.negation import NEGATORS
from pipeline.matchers.index import Index, positions

# Konjunktiv II and other words that make what is told a thought, by form; past by adverb.
HYPOTHETICAL = frozenset(
    [
        "könnte",
        "könnten",
        "könntest",
        "würde",
        "würden",
        "würdest",
        "wäre",
        "wären",
        "hätte",
        "hätten",
        "müsste",
        "müssten",
        "sollte",
        "sollten",
        "dürfte",
        "dürften",
        "bräuchte",
        "bräuchten",
        "möchte",
        "möchten",
        "fände",
        "fänden",
        "gäbe",
        "gäben",
        "käme",
        "kämen",
    ]
)
PAST = frozenset(["früher", "damals", "seinerzeit", "ehemals"])
# Words and signs at which a clause ends.
_BORDERS = frozenset([",", ";", ":", "–", "-", "—", ".", "!", "?", "…"])
_CONJUNCTIONS = frozenset(["aber", "sondern", "doch", "weil", "dass", "obwohl", "wenn", "denn"])
# `nicht nur`, `nicht wahr`: no negation of what follows.
_NOT_NEGATING_BEFORE = frozenset(["nur", "wahr", "bloß"])


@dataclass(frozen=True)
class Cues:
    """Places of cues and the clause number of every token."""

    clause: np.ndarray
    negated: np.ndarray
    hypothetical: np.ndarray
    past: np.ndarray


def find_cues(index: Index) -> Cues:
    forms = np.array(index.form, dtype=object)
    border_types = np.array([f in _BORDERS or f in _CONJUNCTIONS for f in index.form], dtype=bool)
    # A clause number rises at every border and at every new sentence.
    rises = border_types[index.kind] if len(index) else np.empty(0, dtype=bool)
    new_sentence = np.append(True, np.diff(index.segment) != 0) if len(index) else np.empty(0, dtype=bool)
    clause = np.cumsum(rises | new_sentence)
    negators = _places(
        index, [n for n, lemma in enumerate(index.lemma) if lemma in NEGATORS or index.form[n] in NEGATORS]
    )
    following = np.minimum(negators + 1, max(len(index) - 1, 0))
    harmless = np.array([forms[index.kind[p]] in _NOT_NEGATING_BEFORE for p in following], dtype=bool)
    return Cues(
        clause, negators[~harmless] if len(negators) else negators,
        _places(index, [n for n in range(len(index.form)) if index.form[n] in HYPOTHETICAL]),
        _places(index, [n for n in range(len(index.form)) if index.form[n] in PAST]),
    )  # fmt: skip


def _places(index: Index, types: list[int]) -> np.ndarray:
    return positions(index, np.array(types, dtype=np.int64))


def stance(cues: Cues, index: Index, start: int, end: int, reach: int) -> frozenset[str]:
    """The set of stances of the hit at tokens `start:end`."""
    found = {"negated" if _near(cues.negated, cues.clause, start, end, reach) else "affirmed"}
    if _near(cues.hypothetical, cues.clause, start, end, 30):
        found.add("hypothetical")
    low, high = np.searchsorted(cues.past, [start - 40, end + 40])
    if any(index.segment[p] == index.segment[start] for p in cues.past[low:high]):
        found.add("past")
    return frozenset(found)


def _near(cues: np.ndarray, clause: np.ndarray, start: int, end: int, reach: int) -> bool:
    low, high = np.searchsorted(cues, [start - reach, end + reach])
    clauses = set(clause[start:end])
    return any(clause[p] in clauses and not start <= p < end for p in cues[low:high])
