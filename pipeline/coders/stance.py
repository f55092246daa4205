"""Stance of a hit: affirmed or negated, and whether it is told as hypothetical or past. Scope is the clause.

A first, plain form: cues within the hit's own clause, at most `reach` words away. A negation that is part of the matched
words does not negate the hit (`kein Raum` as a phrase affirms the lack).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from pipeline.german.negation import LEMMAS, NOT_NEGATING
from pipeline.matchers.index import Index, positions

# Beside the words that always negate: these open or weaken what they stand before.
_NEGATORS = LEMMAS | {"ohne", "weder", "kaum"}
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


@dataclass(frozen=True)
class Cues:
    """Places of cues and the clause number of every token."""

    clause: np.ndarray
    negated: np.ndarray
    hypothetical: np.ndarray
    past: np.ndarray


def find_cues(index: Index) -> Cues:
    border_types = np.array([f in _BORDERS or f in _CONJUNCTIONS for f in index.form], dtype=bool)
    # A clause number rises at every border and at every new sentence.
    rises = border_types[index.kind] if len(index) else np.empty(0, dtype=bool)
    new_sentence = np.append(True, np.diff(index.segment) != 0) if len(index) else np.empty(0, dtype=bool)
    clause = np.cumsum(rises | new_sentence)
    negators = _places(
        index, [n for n, lemma in enumerate(index.lemma) if lemma in _NEGATORS or set(index.norm[n]) & _NEGATORS]
    )
    negators = negators[[not _harmless(index, int(p)) for p in negators]] if len(negators) else negators
    return Cues(
        clause, negators,
        _places(index, [n for n in range(len(index.form)) if index.form[n] in HYPOTHETICAL]),
        _places(index, [n for n in range(len(index.form)) if index.form[n] in PAST]),
    )  # fmt: skip


def _harmless(index: Index, place: int) -> bool:
    """`nicht nur`, `kein Wunder`: a word of negation that negates nothing."""
    words = tuple(index.form[index.kind[p]] for p in range(place, min(place + 2, len(index))))
    lemmas = (index.lemma[index.kind[place]], *words[1:])
    return words in NOT_NEGATING or lemmas in NOT_NEGATING


def _places(index: Index, types: list[int]) -> np.ndarray:
    return positions(index, np.array(types, dtype=np.int64))


def stance(cues: Cues, index: Index, words: np.ndarray, reach: int) -> frozenset[str]:
    """The set of stances of a hit whose matched words stand at `words` (places in the index, sorted)."""
    found = {"negated" if _near(cues.negated, cues.clause, words, reach) else "affirmed"}
    if _near(cues.hypothetical, cues.clause, words, 30):
        found.add("hypothetical")
    low, high = np.searchsorted(cues.past, [words[0] - 40, words[-1] + 41])
    if any(index.segment[p] == index.segment[words[0]] for p in cues.past[low:high]):
        found.add("past")
    return frozenset(found)


def _near(cues: np.ndarray, clause: np.ndarray, words: np.ndarray, reach: int) -> bool:
    low, high = np.searchsorted(cues, [words[0] - reach, words[-1] + 1 + reach])
    clauses = set(clause[words])
    return any(clause[p] in clauses and p not in words for p in cues[low:high])
