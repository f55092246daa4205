"""Every rule's hits with their stance, worked out on arrays and kept by what is looked for: an edited rule costs itself."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple

import numpy as np

from pipeline.codebook import Query, Rule
from pipeline.matchers import RUNS, Corpus, match
from pipeline.matchers.expression import TooSlow
from pipeline.matchers.index import Index
from pipeline.problems import Problem, Stop
from pipeline.tables import STANCES

BIT: Mapping[str, int] = {name: 1 << n for n, name in enumerate(STANCES)}
_CUES = ("negated", "hypothetical", "reported", "past")


class Hits(NamedTuple):
    """Hits of one query, one row each: places of the words, bits of the stances, place of what makes it doubtful or -1, and
    the code points of the first word's beginning and the last word's end, each in its own turn's text."""

    words: np.ndarray
    stances: np.ndarray
    doubt: np.ndarray
    start: np.ndarray
    end: np.ndarray

    def __len__(self) -> int:
        return len(self.words)


def find(corpus: Corpus, rules: Iterable[Rule], kept: dict[Query, Hits]) -> dict[Query, Hits]:
    """Hits of every rule's query; those in `kept` are taken as they are, new ones are added to it.

    Raises `Stop` for a regular expression that does not end in time.
    """
    fresh: dict[Query, np.ndarray] = {}
    memo: dict[Query, np.ndarray] = {}
    for rule in rules:
        if rule.query not in kept and rule.query not in fresh:
            try:
                fresh[rule.query] = match(corpus, rule.query, memo)
            except TooSlow as error:
                what = f"Der reguläre Ausdruck »{rule.pattern}« braucht für einen Satz zu lange."
                raise Stop(Problem("codebook.yaml", rule.line, what, "Bitte vereinfachen oder als »term« oder »phrase« schreiben.")) from error
    alike: dict[tuple[int, bool], list[Query]] = {}
    for query, words in fresh.items():
        alike.setdefault((words.shape[1], query.kind in RUNS), []).append(query)
    for (_, run), queries in alike.items():
        _add(corpus.index, queries, fresh, kept, run)
    return kept


def _add(index: Index, queries: list[Query], fresh: Mapping[Query, np.ndarray], kept: dict[Query, Hits], run: bool) -> None:
    """All hits of one width at once: what costs is the call, not the number of hits."""
    words = np.concatenate([fresh[query] for query in queries])
    stances, doubt = stances_of(index, words, run)
    start, end = index.start[words[:, 0]], index.end[words[:, -1]]
    at = 0
    for query in queries:
        here = slice(at, at + len(fresh[query]))
        kept[query] = Hits(words[here], stances[here], doubt[here], start[here], end[here])
        at = here.stop


def stances_of(index: Index, words: np.ndarray, run: bool = False) -> tuple[np.ndarray, np.ndarray]:
    """(bits of stances, place of what makes it doubtful or -1) of hits; a cue among the matched words does not count.

    `run`: the words are the first and last of all that lie between.
    """
    negated = (_governor(index, "negated", words, run) >= 0).astype(np.uint8)
    bits = BIT["affirmed"] * (1 - negated) + BIT["negated"] * negated
    for name in _CUES[1:]:
        bits |= (_governor(index, name, words, run) >= 0).astype(np.uint8) * BIT[name]
    return bits.astype(np.uint8), _governor(index, "doubt", words, run)


def _governor(index: Index, name: str, words: np.ndarray, run: bool) -> np.ndarray:
    """For every hit the place of the cue that governs one of its words, or -1."""
    cue = index.arrays[name]
    if words.shape[1] == 1:
        found = cue[words[:, 0]]
        return np.where(found == words[:, 0], -1, found)
    found = cue[words]
    if run:
        found = np.where((found >= words[:, :1]) & (found <= words[:, -1:]), -1, found)
    for column in range(0 if run else words.shape[1]):
        found = np.where(found == words[:, column : column + 1], -1, found)
    return found.max(axis=1)


def cues(index: Index, words: np.ndarray, run: bool = False) -> dict[str, int]:
    """Stance -> place of the word that makes it so, for one hit."""
    one = words.reshape(1, -1)
    found = {name: int(_governor(index, name, one, run)[0]) for name in (*_CUES, "doubt")}
    return {name: place for name, place in found.items() if place >= 0}


def names(bits: int) -> list[str]:
    """The stances of a hit in alphabetical order.

    >>> names(BIT["negated"] | BIT["past"])
    ['negated', 'past']
    """
    return sorted(name for name, bit in BIT.items() if bits & bit)
