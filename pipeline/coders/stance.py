"""Stance of a hit: affirmed or negated, and whether it is told as hypothetical or past. Scope is the clause.

A first, plain form: cues within the hit's own clause, at most `reach` words away. A negation that is part of the matched
words does not negate the hit (`kein Raum` as a phrase affirms the lack).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from pipeline.german.negation import LEMMAS, NOT_NEGATING
from pipeline.matchers.index import Index, fold, positions

# Beside the words that always negate: these open or weaken what they stand before.
_NEGATORS = {fold(word) for word in LEMMAS | {"ohne", "weder", "kaum"}}
_DETERMINERS = frozenset(["kein", "keinerlei"])
# Konjunktiv II and other words that make what is told a thought, by form; past by adverb.
HYPOTHETICAL = frozenset(
    fold(word)
    for word in (
        "könnte könnten könntest könntet würde würden würdest würdet würd wäre wären wärst wäret wär wärs hätte hätten hättest "
        "hättet hätt müsste müssten müsstest müsstet sollte sollten solltest solltet sollt dürfte dürften dürftest bräuchte bräuchten "
        "bräuchtest bräucht möchte möchten möchtest möcht fände fänden fändest gäbe gäben gäb käme kämen kämst täte täten tät ginge "
        "gingen wüsste wüssten ließe ließen"
    ).split()
)
# Without its ending a Konjunktiv looks like `ihr könnt`, `ihr müsst`: with another subject it is one.
_CUT = frozenset(fold(word) for word in ("könnt", "müsst", "dürft"))
_SUBJECTS = frozenset(["man", "ich", "er", "sie", "es", "wir", "jemand", "einer", "mer", "ma", "da"])
PAST = frozenset(fold(word) for word in ("früher", "damals", "seinerzeit", "ehemals"))
# Words and signs at which a clause ends. `aber`, `doch`, `denn` do so only behind a comma, which is a border itself: elsewhere
# they are particles (`Da hilft doch keiner`).
_BORDERS = frozenset([",", ";", ":", "–", "-", "—", ".", "!", "?", "…"])
_CONJUNCTIONS = frozenset(["sondern", "weil", "dass", "obwohl", "wenn"])
_JOINING = frozenset(["und", "oder"])
_OPENING = frozenset(["ART", "PPER", "NN", "NE", "PPOSAT", "PDAT", "PDS", "PIS", "PIAT"])  # with which a new subject begins
_CLAUSE = 14  # tokens behind `und` within which its clause's verb is looked for


@dataclass(frozen=True)
class Cues:
    """Places of cues and the clause number of every token."""

    clause: np.ndarray
    negated: np.ndarray
    determiners: np.ndarray  # of the negated ones: `kein` before a noun
    hypothetical: np.ndarray
    past: np.ndarray


def find_cues(index: Index) -> Cues:
    if not len(index):
        empty = np.empty(0, dtype=np.int64)
        return Cues(empty, empty, empty, empty, empty)
    new_sentence = np.append(True, np.diff(index.segment) != 0)
    # A clause number rises at every border and at every new sentence.
    clause = np.cumsum(_borders(index, new_sentence) | new_sentence)
    vocabulary = range(len(index.form))
    negators = _places(index, [n for n in vocabulary if index.lemma[n] in _NEGATORS or set(index.norm[n]) & _NEGATORS])
    negators = negators[[not _harmless(index, int(p)) for p in negators]] if len(negators) else negators
    determiner = np.array([index.lemma[n] in _DETERMINERS or bool(set(index.norm[n]) & _DETERMINERS) for n in vocabulary])
    thought = [n for n in vocabulary if index.form[n] in HYPOTHETICAL or set(index.norm[n]) & HYPOTHETICAL]
    cut = _places(index, [n for n in vocabulary if index.form[n] in _CUT])
    cut = cut[[_with_subject(index, int(p)) for p in cut]] if len(cut) else cut
    return Cues(
        clause, negators, negators[determiner[index.kind[negators]]], np.sort(np.concatenate([_places(index, thought), cut])),
        _places(index, [n for n in vocabulary if index.form[n] in PAST]),
    )  # fmt: skip


def _borders(index: Index, new_sentence: np.ndarray) -> np.ndarray:
    """Where a clause begins, for every token."""
    form, tag = np.array(index.form, dtype=object), np.array(index.tag, dtype=object)
    kind = index.kind
    rises = np.array([f in _BORDERS or f in _CONJUNCTIONS for f in index.form], dtype=bool)[kind]
    adjective = np.array([t.startswith("ADJ") for t in index.tag], dtype=bool)[kind]
    commas = np.flatnonzero(np.array([f == "," for f in index.form], dtype=bool)[kind])
    for place in commas[(commas > 0) & (commas < len(kind) - 1)]:
        # `keinen richtigen, großen Raum`: the comma parts two adjectives and no clauses
        rises[place] &= not (adjective[place - 1] and tag[kind[place + 1]] == "ADJA")
    finite = np.array([t.endswith("FIN") for t in index.tag], dtype=bool)[kind]
    joining = np.flatnonzero(np.array([f in _JOINING for f in index.form], dtype=bool)[kind])
    for place in joining:
        if not rises[place] and _second_clause(int(place), kind, tag, form, finite, rises, new_sentence):
            rises[place] = True
    return rises


def _second_clause(
    place: int, kind: np.ndarray, tag: np.ndarray, form: np.ndarray, finite: np.ndarray, rises: np.ndarray, new: np.ndarray
) -> bool:
    """Whether `und` joins two clauses: a finite verb on either side and what may be a subject right behind it."""
    if place + 1 >= len(kind) or tag[kind[place + 1]] not in _OPENING:
        return False
    end = place + 1
    while end < min(len(kind), place + _CLAUSE) and not new[end] and not rises[end]:
        end += 1
    start = place
    while start > max(0, place - 2 * _CLAUSE) and not new[start] and not rises[start]:
        start -= 1
    # `die Nachbarn helfen`: the finite plural looks like an infinitive, and is often tagged as one.
    verbs = any(tag[k].startswith("V") for k in kind[place + 1 : end])
    return bool(verbs and finite[start:place].any())


def _with_subject(index: Index, place: int) -> bool:
    around = [index.form[index.kind[p]] for p in (place - 1, place + 1) if 0 <= p < len(index)]
    return bool(_SUBJECTS.intersection(around))


def _harmless(index: Index, place: int) -> bool:
    """`nicht nur`, `kein Wunder`: a word of negation that negates nothing."""
    words = tuple(index.form[index.kind[p]] for p in range(place, min(place + 2, len(index))))
    lemmas = (index.lemma[index.kind[place]], *words[1:])
    return words in _HARMLESS or lemmas in _HARMLESS


_HARMLESS = frozenset(tuple(map(fold, words)) for words in NOT_NEGATING)


def _places(index: Index, types: list[int]) -> np.ndarray:
    return positions(index, np.array(types, dtype=np.int64))


def stance(cues: Cues, index: Index, words: np.ndarray, reach: int) -> frozenset[str]:
    """The set of stances of a hit whose matched words stand at `words` (places in the index, sorted)."""
    negators = cues.negated
    if np.isin(words, cues.negated).any():
        # `keinen Saal, keinen Hof und keinen Raum`: the words bring their own negation; another noun's does not undo it.
        negators = negators[~np.isin(negators, cues.determiners)]
    found = {"negated" if _near(negators, cues.clause, words, reach) else "affirmed"}
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
