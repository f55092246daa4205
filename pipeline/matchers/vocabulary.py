"""The vocabulary: words in sorted order with the types that bear them, looked up by bisection, wildcards included."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Iterable, Mapping
from functools import cached_property

import numpy as np


def fold(word: str) -> str:
    """One spelling for matching: lower case, ß as ss, umlauts in two letters, as keyboards without them write.

    >>> fold("Straße"), fold("Größe") == fold("Groesse")
    ('strasse', True)
    """
    return word.lower().translate(_FOLD)


_FOLD = str.maketrans({"ß": "ss", "ä": "ae", "ö": "oe", "ü": "ue"})


def to_bytes(words: Iterable[str]) -> np.ndarray:
    """Words as one array of bytes, one a line; words hold no line break."""
    return np.frombuffer("\n".join(words).encode(), dtype=np.uint8)


def from_bytes(data: np.ndarray, count: int) -> list[str]:
    """The `count` words that `to_bytes` wrote: no word and one empty word look the same."""
    return data.tobytes().decode().split("\n") if count else []


class Lookup:
    """Word -> types. `words` are sorted; the types of word n are `types[first[n]:first[n + 1]]`."""

    def __init__(self, words: list[str], first: np.ndarray, types: np.ndarray) -> None:
        self.words, self.first, self.types = words, first, types

    @cached_property
    def backwards(self) -> tuple[list[str], list[int]]:
        """Words read from the end, sorted, with their places: for patterns that begin with a star."""
        turned = "\n".join(self.words)[::-1].split("\n")[::-1]  # all at once is faster than each
        order = sorted(range(len(self.words)), key=turned.__getitem__)
        return [turned[n] for n in order], order

    def exact(self, word: str) -> np.ndarray:
        at = bisect_left(self.words, word)
        if at < len(self.words) and self.words[at] == word:
            return self.types[self.first[at] : self.first[at + 1]]
        return _NONE

    def select(self, pattern: str) -> np.ndarray:
        """Types of all words that fit a folded pattern with `*` (any letters) and `?` (one letter as it was written), sorted."""
        if "*" not in pattern and "?" not in pattern:
            return self.exact(pattern)
        word = re.sub(r"\*+", "*", pattern)
        stem = word.strip("*")
        inner = "*" in stem or "?" in stem
        if word == stem + "*" and not inner:
            low, high = bisect_left(self.words, stem), bisect_left(self.words, stem + _LAST)
            return _unique(self.types[self.first[low] : self.first[high]])
        if word == "*" + stem and not inner:
            words, order = self.backwards
            ends = order[bisect_left(words, stem[::-1]) : bisect_left(words, stem[::-1] + _LAST)]
            return self._of(ends)
        # What stands before the first wildcard and the longest piece leave few words to look at closely.
        begin = re.split(r"[*?]", word, maxsplit=1)[0]
        piece = max(re.split(r"[*?]+", word), key=len)
        low, high = (bisect_left(self.words, begin), bisect_left(self.words, begin + _LAST)) if begin else (0, len(self.words))
        fit = fitting(word)
        return self._of([n for n in range(low, high) if piece in self.words[n] and fit(self.words[n])])

    def _of(self, places: list[int]) -> np.ndarray:
        parts = [self.types[self.first[n] : self.first[n + 1]] for n in places]
        return _unique(np.concatenate(parts)) if parts else _NONE


def fitting(glob: str) -> Callable[[str], bool]:
    """Whether a folded word fits a folded pattern; all ways are followed at once, so that none can run away.

    >>> fits = fitting("m?ller*")
    >>> fits("mueller"), fits("millers"), fits("meiller")
    (True, True, False)
    """
    stars = sum(1 << n for n, sign in enumerate(glob) if sign == "*")
    single = sum(1 << n for n, sign in enumerate(glob) if sign == "?")
    letters = {letter: sum(1 << n for n, sign in enumerate(glob) if sign == letter) for letter in set(glob) - {"*", "?"}}

    def fits(word: str) -> bool:
        here, later = _past_stars(1, stars), 0  # bit n: the first n signs of the pattern are matched
        for at, letter in enumerate(word):
            following = (here & stars) | (here & (letters.get(letter, 0) | single)) << 1 | later
            later = (here & single) << 1 if word[at : at + 2] in _ONE_LETTER else 0
            here = _past_stars(following, stars)
        return bool(here >> len(glob) & 1)

    return fits


def _past_stars(here: int, stars: int) -> int:
    return here | (here & stars) << 1


_ONE_LETTER = frozenset(["ae", "oe", "ue", "ss"])  # one letter before folding
_LAST = "\U0010ffff"
_NONE = np.empty(0, dtype=np.int32)


def _unique(types: np.ndarray) -> np.ndarray:
    return np.unique(types) if len(types) > 1 else types


def lookup_arrays(pairs: Iterable[tuple[str, int]], name: str) -> dict[str, np.ndarray]:
    """The three arrays of a lookup, from (word, type) pairs in any order."""
    ordered = sorted(set(pairs))
    words: list[str] = []
    first: list[int] = []
    for place, (word, _) in enumerate(ordered):
        if not words or words[-1] != word:
            words.append(word)
            first.append(place)
    return {
        f"{name}.words": to_bytes(words),
        f"{name}.first": np.array([*first, len(ordered)], dtype=np.int32),
        f"{name}.types": np.array([kind for _, kind in ordered], dtype=np.int32),
    }


def lookup_from(arrays: Mapping[str, np.ndarray], name: str) -> Lookup:
    first = arrays[f"{name}.first"]
    return Lookup(from_bytes(arrays[f"{name}.words"], len(first) - 1), first, arrays[f"{name}.types"])
