"""Which codes' themes an interviewer's turn brings up, by its words, and which turn's theme holds where a respondent speaks.

A code's theme is known by the words of its label, definition, rules and examples of what belongs there; a word weighs the
more the fewer codes have it. Turns are weighed all at once on arrays.
"""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

import numpy as np

from pipeline.codebook import Code, Codebook, Query
from pipeline.coders.material import Material, Theme, Turn
from pipeline.coders.themewords import EVERYDAY
from pipeline.matchers.index import Index
from pipeline.matchers.vocabulary import fold

LABEL, DEFINITION, INCLUDED, RULE = 3.0, 1.5, 0.7, 1.0  # what a word of each weighs in a code's theme
COMMON = 16  # codes from which on a word tells nothing
PART = 0.8  # a word as part of a compound
ALSO = 0.7  # an everyday word for what a code names
NEAR = 0.8  # of the theme of a parent, child or sister code below the first level
RAISED, SHARE = 0.85, 0.5  # least weight with which a turn brings up a code, and least share of its foremost one
APART, LITTLE = 1.2, 0.25  # weight of its foremost code from which a turn is about that, and share below which not about another
_CONTENT = frozenset({"NOUN", "PROPN", "VERB", "ADJ", "ADV"})
# Lemmas of probes that name no theme.
_PROBING = frozenset(
    """beispiel meinen sagen erzaehlen beschreiben erklaeren erlaeutern heissen bedeuten passieren verstehen vorstellen denken glauben finden
    sehen machen gehen kommen geben haben sein werden koennen wollen lassen nehmen zeit ruhig genau naeher weit mehr gern gerne klar gut okay schoen
    interessant spannend konkret stellen wissen bitte danke so noch sonst da dann denn mal auch ja nein doch eben halt also nun hier jetzt richtig""".split()
)
_WORD = re.compile(r"[^\W\d_]+")
_ENDING = re.compile(r"(?:ungen|ung|innen|ern|ten|en|er|es|em|te|st|in|e|n|s|t)$")


class Themes(NamedTuple):
    """`weight` (interviewer's turns, codes); `row` of each turn of the corpus in it, -1 for respondents'; `source`: the
    interviewer's turn whose theme holds at each turn, or -1; `column` of each code."""

    weight: np.ndarray
    row: np.ndarray
    source: np.ndarray
    column: dict[str, int]
    turns: list[Turn]
    foremost: np.ndarray  # the largest weight of each row

    def before(self, turn: Turn, code: str) -> Theme | None:
        """The theme that holds where a respondent's turn begins, as it concerns a code; None where nothing was said before."""
        at = int(self.source[turn.before]) if turn.before >= 0 else -1
        if at < 0 or code not in self.column:
            return None
        row = self.row[at]
        own, foremost = float(self.weight[row, self.column[code]]), float(self.foremost[row])
        raised = own >= RAISED and own >= SHARE * foremost
        return Theme(self.turns[at].leading, raised, foremost >= APART and own < LITTLE * foremost)


def themes(material: Material, codebook: Codebook) -> Themes:
    """The themes of all turns of the interviewer's; worked out once for a codebook."""
    key = ("themes", codebook.version)
    if key not in material.hits:
        material.hits[key] = _themes(material, codebook)
    found: Themes = material.hits[key]
    return found


def _themes(material: Material, codebook: Codebook) -> Themes:
    index, turns = material.index, material.turns
    asking = np.array([t.role == "interviewer" for t in turns], dtype=bool)
    numbers = np.flatnonzero(asking)
    row = np.full(len(turns), -1, dtype=np.int32)
    row[numbers] = np.arange(len(numbers), dtype=np.int32)
    places = np.flatnonzero(asking[index.turn]) if len(index) else np.empty(0, dtype=np.int64)
    kinds, which = np.unique(index.kind[places], return_inverse=True)
    coded = tuple(c for c in codebook.codes if c.coded)
    bearing, content = _bearing(index, kinds, _profiles(coded))
    there = (bearing.max(axis=1, initial=0.0) > 0)[which]
    weight = np.zeros((len(numbers), len(coded)), dtype=np.float32)
    np.add.at(weight, row[index.turn[places[there]]], bearing[which[there]])
    says = np.zeros(len(numbers), dtype=bool)
    says[row[index.turn[places[content[which]]]]] = True
    shared = _shared(weight, coded)
    columns = {c.id: n for n, c in enumerate(coded)}
    return Themes(shared, row, _sources(turns, row, says), columns, turns, shared.max(axis=1, initial=0.0))


def _sources(turns: list[Turn], row: np.ndarray, says: np.ndarray) -> np.ndarray:
    """A signal or an open probe passes on the theme of the interviewer's turn before."""
    source = np.full(len(turns), -1, dtype=np.int32)
    last, doc = -1, ""
    for number, turn in enumerate(turns):
        last, doc = (last, doc) if turn.doc == doc else (-1, turn.doc)
        if row[number] >= 0:
            last = number if turn.leading or says[row[number]] else last
            source[number] = last
    return source


def _bearing(index: Index, kinds: np.ndarray, profiles: list[dict[str, float]]) -> tuple[np.ndarray, np.ndarray]:
    """(kinds, codes) what each type weighs for each code, and whether a type says anything at all."""
    by_stem: dict[str, list[tuple[int, float]]] = defaultdict(list)
    for n, profile in enumerate(profiles):
        for stem, weight in profile.items():
            by_stem[stem].append((n, weight))
    bearing = np.zeros((len(kinds), len(profiles)), dtype=np.float32)
    content = np.zeros(len(kinds), dtype=bool)
    words = index.vocabulary
    for at, kind in enumerate(kinds.tolist()):
        if words["pos"][kind] not in _CONTENT:
            continue
        lemma = words["lemma"][kind]
        content[at] = lemma not in _PROBING and words["pos"][kind] != "ADV"
        stems = [(stem_of(lemma), 1.0), *((stem_of(w), 1.0) for w in words["norm"][kind].split())]
        stems += [(stem_of(part), PART) for part in words["parts"][kind].split("|") if part]
        stems += [(meant, share * ALSO) for stem, share in stems for meant in _everyday().get(stem, ())]
        for stem, share in stems:
            for n, weight in by_stem.get(stem, ()):
                bearing[at, n] = max(bearing[at, n], weight * share)
    return bearing, content


def _shared(weight: np.ndarray, codes: tuple[Code, ...]) -> np.ndarray:
    """Codes that part one theme between them (SEG.politik.recht, SEG.politik.klima) have it in common."""
    family = [c.id if c.level == 1 else c.parent if c.level > 1 else "" for c in codes]
    found = weight.copy()
    for name in {f for f in family if f}:
        members = [n for n, f in enumerate(family) if f == name]
        if len(members) > 1:
            together = weight[:, members].max(axis=1, keepdims=True) * NEAR
            found[:, members] = np.maximum(weight[:, members], together)
    return found


def _profiles(codes: tuple[Code, ...]) -> list[dict[str, float]]:
    """Each code's words as stems with their weight, words of many codes left out."""
    raw = [_profile(code) for code in codes]
    having = Counter(stem for profile in raw for stem in profile)
    size = max(2, len(raw))
    rarity = {stem: math.log(size / n) / math.log(size) for stem, n in having.items() if n <= max(1, min(COMMON, size // 4))}
    return [{stem: w * rarity[stem] for stem, w in profile.items() if stem in rarity} for profile in raw]


def _profile(code: Code) -> dict[str, float]:
    profile: dict[str, float] = defaultdict(float)
    for text, weight in ((code.entry.label, LABEL), (code.entry.definition, DEFINITION), (" ".join(code.entry.include), INCLUDED)):
        for word in _WORD.findall(text):
            if len(word) > 3:
                profile[stem_of(word)] = max(profile[stem_of(word)], weight)
    counted: dict[str, float] = defaultdict(float)
    for rule in code.rules:
        for word, share in _words(rule.query):
            bare = word.strip("*?")
            if len(bare) > 2:
                counted[stem_of(bare)] += share
    for stem, n in counted.items():
        profile[stem] = max(profile[stem], RULE * min(1.6, 0.7 + 0.4 * math.log(n)) if n >= 0.3 else 0.2)
    return dict(profile)


def _words(query: Query) -> Iterator[tuple[str, float]]:
    """The words that a query looks for; of a phrase each counts only in part."""
    for alternatives in query.words:
        yield from ((word, 1 / len(query.words)) for word in alternatives)
    for part in (*query.must, *query.some):
        yield from _words(part)
    for step in query.steps:
        for _, how, values in step.tests:
            if how not in ("not", "regex") and not step.negated:
                yield from ((word, 0.5) for word in values)


@lru_cache(maxsize=1)
def _everyday() -> dict[str, tuple[str, ...]]:
    """What words of codebooks an everyday word stands for, all as stems."""
    found: dict[str, tuple[str, ...]] = {}
    for line in EVERYDAY.strip().splitlines():
        said, meant = (part.split() for part in line.split(" : "))
        for word in said:
            found[stem_of(word)] = (*found.get(stem_of(word), ()), *map(stem_of, meant))
    return found


@lru_cache(maxsize=100_000)
def stem_of(word: str) -> str:
    """A folded word without its ending; at least four letters stay.

    >>> stem_of("Absprachen"), stem_of("Räume"), stem_of("Bus")
    ('absprach', 'raeum', 'bus')
    """
    low = fold(word)
    cut = _ENDING.sub("", low)
    return cut if len(cut) >= 4 else low
