"""Turns of phrase that belong to a topic, such as »Kaffee nach dem Freitagsgebet«: matched by lemmas, shown as most often
said by people who may be quoted; what only others say is not shown.

A phrase is a run of two to six words inside a sentence, from noun or adjective to noun or place: nouns, adjectives before them,
prepositions, articles, genitives, »und«; no verbs, for without its subject »Auto stehen« says nothing. Two runs are the same phrase where their content words and prepositions are,
whatever the endings and articles.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from functools import cached_property
from typing import NamedTuple

import numpy as np

from pipeline.topicnames.edits import fold, one_line
from pipeline.topicnames.keywords import keyness
from pipeline.topicnames.spoken import Spoken

SHORTEST, LONGEST = 2, 6
LEAST = 2  # sentences of the topic that a phrase must stand in
CLEAR = 10.83  # log-likelihood from which on a phrase may name a topic: one in a thousand by chance
NAMING = 3  # sentences that a phrase must stand in to name a topic
_ALIKE = 0.8  # share of a shorter phrase's places that a longer one must have to stand for it

_OTHER, _NOUN, _NAME, _ADJ, _PREP, _ART, _GEN, _AND, _KINDS = range(9)
# What may follow what. A noun takes only a genitive: after any other article a new clause may begin. A name does not follow a noun
# (»Schwester Ingrid«): places belong to phrases, persons do not.
_THING = (_NOUN, _NAME, _ADJ)
_FOLLOW = {
    _NOUN: (_NOUN, _PREP, _GEN, _AND), _NAME: (_PREP, _AND), _ADJ: (_ADJ, _NOUN), _PREP: (*_THING, _ART, _GEN), _ART: _THING, _GEN: _THING,
    _AND: (*_THING, _ART, _GEN),
}  # fmt: skip
_NO_GENITIVE = frozenset({"das", "dies", "alles", "ihr", "euer", "unser"})
_TITLES = frozenset({"frau", "herr", "herrn", "familie", "doktor", "dr."})


class Phrase(NamedTuple):
    """`phrase`: as people say it who may be quoted, empty where none of them does; `n_cases`: how many people say it in the topic, `n_free`
    of whom may be quoted; `content`: its lemmas."""

    phrase: str
    n_segments: int
    n_cases: int
    score: float
    n_free: int
    content: frozenset[str]


class Runs:
    """All runs of the corpus: r places, each with its phrase's number, its sentence, and its first and last token."""

    def __init__(self, spoken: Spoken) -> None:
        self.spoken = spoken
        kinds = np.array([_kind_of(*kind) for kind in zip(spoken.pos, spoken.tag, spoken.form, spoken.content_kind, strict=True)], dtype=np.int64)
        tokens = kinds[spoken.kind] if len(kinds) else np.empty(0, dtype=np.int64)
        tokens = np.where(self._mistaken(tokens), _OTHER, tokens)
        follows = np.zeros((_KINDS, _KINDS), dtype=bool)
        for before, after in _FOLLOW.items():
            follows[before, list(after)] = True
        _, lemma = spoken.words
        # Adjectives and nouns of one form are different words; articles are no part of what a phrase is.
        code = (lemma[spoken.kind].astype(np.uint64) + np.uint64(1)) * np.uint64(_KINDS) + tokens.astype(np.uint64)
        code = np.where((tokens == _ART) | (tokens == _GEN), np.uint64(0), code)
        self.first, self.last, key = self._found(tokens, code, follows)
        self.row = spoken.row[self.first]
        self.keys, self.number = np.unique(key, return_inverse=True)
        self.number = self.number.reshape(-1)

    def _found(self, tokens: np.ndarray, code: np.ndarray, follows: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        """(first token, last token, hash of what counts of it), over all lengths."""
        row, n = self.spoken.row, len(tokens)
        alive = np.flatnonzero((tokens == _NOUN) | (tokens == _ADJ))
        key = _mixed(np.zeros(len(alive), dtype=np.uint64), code[alive])
        found: list[tuple[np.ndarray, np.ndarray, np.ndarray]] = []
        for length in range(2, LONGEST + 1):
            last = alive + length - 1
            fits = last < n
            alive, last, key = alive[fits], last[fits], key[fits]
            good = (row[last] == row[alive]) & follows[tokens[last - 1], tokens[last]] & ~self._person(last)
            alive, last = alive[good], last[good]
            key = _mixed(key[good], code[last])
            ends = np.isin(tokens[last], (_NOUN, _NAME))
            found.append((alive[ends], last[ends], key[ends]))
        first, end, keys = (np.concatenate([part[n] for part in found]) for n in range(3))
        return first.astype(np.int64), end.astype(np.int64), keys

    def _mistaken(self, tokens: np.ndarray) -> np.ndarray:
        """bool a token: a noun in small letters in an interview that writes nouns large; it is a verb most of the time (»ich stand«)."""
        large = np.array([f[:1].isupper() for f in self.spoken.form], dtype=bool)[self.spoken.kind]
        doc = np.unique(self.spoken.frame["doc"].to_numpy(dtype=str), return_inverse=True)[1].reshape(-1)[self.spoken.row]
        noun, docs = tokens == _NOUN, int(doc.max(initial=0)) + 1
        often = 2 * np.bincount(doc[noun & large], minlength=docs) > np.bincount(doc[noun], minlength=docs)
        return noun & ~large & often[doc]

    def _person(self, last: np.ndarray) -> np.ndarray:
        """bool a place: a noun behind »Frau« or »Herr«, that is a name; people are no topic."""
        title = np.array([fold(f) in _TITLES for f in self.spoken.form], dtype=bool)[self.spoken.kind]
        noun = np.isin(self.spoken.pos.astype(str), ("NOUN", "PROPN"))[self.spoken.kind]
        return title[last - 1] & noun[last]

    @cached_property
    def total(self) -> np.ndarray:
        """In how many sentences each phrase stands."""
        return np.bincount(self._once(np.ones(len(self.number), dtype=bool))[0], minlength=len(self.keys))

    def _once(self, mask: np.ndarray) -> np.ndarray:
        """(phrase, sentence), each pair once."""
        return np.unique(np.stack([self.number[mask], self.row[mask]]), axis=1)

    def of(self, rows: np.ndarray, terms: Iterable[str], most: int = 5) -> list[Phrase]:
        """The phrases that belong to the sentences `rows` more than to others; those of two people or more lead.

        One of `terms` must be in a phrase, and somebody who may be quoted must say it. A longer phrase stands for a shorter one that is hardly said without it.
        """
        inside = np.zeros(len(self.spoken.frame), dtype=bool)
        inside[rows] = True
        mask = inside[self.row]
        phrase, row = self._once(mask)
        many = np.bincount(phrase, minlength=len(self.keys))
        score = keyness(many, self.total - many, len(rows), len(inside) - len(rows))
        people = np.unique(np.stack([phrase, self.spoken.persons[row]]), axis=1)[0]
        cases = np.bincount(people, minlength=len(self.keys))
        wanted = self.spoken.holds(terms)
        good = np.flatnonzero((many >= LEAST) & (score > 0))
        places = self._places(np.flatnonzero(mask & np.isin(self.number, good)))
        about = [n for n in good.tolist() if wanted[self._kinds(places[n][0])].any()]
        found = [self._phrase(places[n], int(many[n]), int(cases[n]), float(score[n])) for n in about]
        return _chosen([p for p in found if p.n_free], most)

    def _places(self, at: np.ndarray) -> dict[int, list[int]]:
        found: dict[int, list[int]] = {}
        for place in at.tolist():
            found.setdefault(int(self.number[place]), []).append(place)
        return found

    def _kinds(self, at: int) -> np.ndarray:
        return self.spoken.kind[self.first[at] : self.last[at] + 1]

    def _phrase(self, places: Sequence[int], many: int, cases: int, score: float) -> Phrase:
        free = [at for at in places if self.spoken.quotable[self.row[at]]]
        forms = Counter(map(self._surface, free))
        said = min(forms, key=lambda form: (-forms[form], len(form), form), default="")
        people = len({int(self.spoken.persons[self.row[at]]) for at in free})
        content = frozenset(str(self.spoken.lemma[k]) for k in self._kinds(places[0]) if self.spoken.content_kind[k])
        return Phrase(said, many, cases, score, people, content)

    def _surface(self, at: int) -> str:
        """A run as it was said; an adjective that begins the sentence in small letters."""
        s, first, last, row = self.spoken, self.first[at], self.last[at], self.row[at]
        text = one_line(s.texts[row][s.start[first] - s.begins[row] : s.end[last] - s.begins[row]])
        opens = first == 0 or s.row[first - 1] != row
        return text[:1].lower() + text[1:] if opens and s.pos[s.kind[first]] == "ADJ" else text


def _kind_of(pos: str, tag: str, form: str, content: bool) -> int:
    low = fold(form)
    if pos in ("NOUN", "PROPN", "ADJ"):
        return {"NOUN": _NOUN, "PROPN": _NAME, "ADJ": _ADJ}[pos] if content else _OTHER
    if pos == "DET":
        return _GEN if low.endswith(("r", "s")) and low not in _NO_GENITIVE else _ART
    if pos == "ADP":
        return _PREP
    return _AND if low in ("und", "oder") else _OTHER


def _mixed(key: np.ndarray, code: np.ndarray) -> np.ndarray:
    """A hash that takes in one more word; 0 (an article) changes nothing. Wraps at 64 bits, which is what is wanted."""
    with np.errstate(over="ignore"):
        mixed = (key ^ (code + np.uint64(0x9E3779B97F4A7C15))) * np.uint64(0xBF58476D1CE4E5B9)
        mixed ^= mixed >> np.uint64(29)
    return np.where(code == 0, key, mixed)


def _chosen(found: Sequence[Phrase], most: int) -> list[Phrase]:
    """The best, no two of which share most of their words."""
    order = sorted(found, key=lambda p: (p.n_cases < 2, -round(p.score, 6), -p.n_cases, -len(p.content), p.phrase))
    kept: list[Phrase] = []
    for one in order:
        if len(kept) == most:
            break
        longer = [p for p in order if p.content > one.content and p.n_segments >= _ALIKE * one.n_segments and (p.n_cases > 1) >= (one.n_cases > 1)]
        if longer or any(p.content >= one.content or p.content <= one.content for p in kept):
            continue
        kept.append(one)
    return kept


def naming(phrases: Sequence[Phrase]) -> str:
    """The phrase that may stand beside a topic's words; empty where none is clear. Names come from two people or more who may be quoted."""
    return next((p.phrase for p in phrases if p.n_free > 1 and p.n_segments >= NAMING and p.score >= CLEAR), "")
