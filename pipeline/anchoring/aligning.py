"""Words of a passage aligned with words of a text: what was put in, left out or mistyped costs, what stands around is free."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

PUT_IN, LEFT_OUT = 0.6, 1.0  # cost of a letter of a word that came, or went
TYPO = 0.5  # likeness of two words below which one is no misspelling of the other
_WORD = re.compile(r"\w+")
_SIGNS = str.maketrans({"„": '"', "“": '"', "”": '"', "»": '"', "«": '"', "’": "'", "‘": "'", "–": "-", "—": "-", "\u00a0": " ", "\n": " ", "\t": " "})


class Words(NamedTuple):
    """The words of a text in small letters, with their offsets."""

    words: tuple[str, ...]
    starts: tuple[int, ...]
    ends: tuple[int, ...]
    distinct: frozenset[str]


class Aligned(NamedTuple):
    start: int
    end: int
    likeness: float


@lru_cache(maxsize=4096)
def plain(text: str) -> str:
    """Small letters and plain signs, one for one, so that offsets stay.

    >>> plain("»Öl« – İ")
    '"öl" - İ'
    """
    low = text.translate(_SIGNS).lower()
    return low if len(low) == len(text) else "".join(c.lower() if len(c.lower()) == 1 else c for c in text.translate(_SIGNS))


@lru_cache(maxsize=4096)
def words_of(text: str) -> Words:
    """The words of a text as `plain` gives it."""
    found = [(m.group(), m.start(), m.end()) for m in _WORD.finditer(text)]
    words = tuple(word for word, _, _ in found)
    return Words(words, tuple(start for _, start, _ in found), tuple(end for _, _, end in found), frozenset(words))


def align(asked: Words, held: Words, low: int, high: int) -> Aligned | None:
    """The part of `held` between two offsets that is most like `asked`; None where no word lies there.

    Likeness is 1 minus the cost of all changes, in letters, beside all letters of `asked`. Of equal parts the shortest is meant.
    """
    there = [n for n in range(len(held.words)) if held.starts[n] >= low and held.ends[n] <= high]
    if not there or not asked.words:
        return None
    texts = [held.words[n] for n in there]
    came = [PUT_IN * (len(word) + 1) for word in texts]
    cost, first = [0.0] * (len(texts) + 1), list(range(len(texts) + 1))  # of the words so far, ending at each place; where that begins
    total = 0.0
    for word in asked.words:
        gone = LEFT_OUT * (len(word) + 1)
        total += len(word) + 1
        new_cost, new_first = [cost[0] + gone], [0]
        for n, other in enumerate(texts):
            same = cost[n] if word == other else cost[n] + _changed(word, other)
            left, put = cost[n + 1] + gone, new_cost[n] + came[n]
            if same <= left and same <= put:
                new_cost.append(same)
                new_first.append(first[n])
            elif left <= put:
                new_cost.append(left)
                new_first.append(first[n + 1])
            else:
                new_cost.append(put)
                new_first.append(new_first[n])
        cost, first = new_cost, new_first
    end = min(range(1, len(cost)), key=lambda n: (cost[n], n - first[n] if n > first[n] else len(cost)))
    if first[end] >= end:
        return None
    return Aligned(held.starts[there[first[end]]], held.ends[there[end - 1]], max(0.0, 1 - cost[end] / total))


@lru_cache(maxsize=65536)
def _changed(word: str, other: str) -> float:
    """What it costs that one word stands for another: the letters of a misspelling, else that one went and the other came."""
    apart = LEFT_OUT * (len(word) + 1) + PUT_IN * (len(other) + 1)
    if abs(len(word) - len(other)) > max(len(word), len(other)) / 2:
        return apart
    from rapidfuzz.distance import DamerauLevenshtein

    like: float = DamerauLevenshtein.normalized_similarity(word, other, score_cutoff=TYPO)
    return (1 - like) * (max(len(word), len(other)) + 1) if like else apart


def borders(text: str, start: int, end: int, quote: str) -> tuple[int, int]:
    """The span with the signs that the passage had before its first and behind its last word.

    >>> borders('er sagt: "nein!" und geht', 10, 14, '"nein!"')
    (9, 16)
    """
    head, tail = re.match(r"\W*", quote), re.search(r"\W*$", quote)
    for sign in reversed(head.group() if head else ""):
        if start > 0 and text[start - 1] == sign:
            start -= 1
    for sign in tail.group() if tail else "":
        if end < len(text) and text[end] == sign:
            end += 1
    return start, end
