"""The vocabulary: words in sorted order with the types that bear them, looked up by bisection, wildcards included."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Mapping
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


def from_bytes(data: np.ndarray) -> list[str]:
    return data.tobytes().decode().split("\n") if len(data) else []


class Lookup:
    """Word -> types. `words` are sorted; the types of word n are `types[first[n]:first[n + 1]]`."""

    def __init__(self, words: list[str], first: np.ndarray, types: np.ndarray) -> None:
        self.words, self.first, self.types = words, first, types

    @cached_property
    def backwards(self) -> tuple[list[str], list[int]]:
        """Words read from the end, sorted, with their places: for patterns that begin with a star."""
        order = sorted(range(len(self.words)), key=lambda n: self.words[n][::-1])
        return [self.words[n][::-1] for n in order], order

    @cached_property
    def joined(self) -> str:
        return "\n".join(self.words)

    def exact(self, word: str) -> np.ndarray:
        at = bisect_left(self.words, word)
        if at < len(self.words) and self.words[at] == word:
            return self.types[self.first[at] : self.first[at + 1]]
        return _NONE

    def select(self, pattern: str) -> np.ndarray:
        """Types of all words that fit a folded pattern with `*` and `?`, sorted."""
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
        # Each wildcard is a bounded run within one word: no pattern can run away.
        glob = "".join({"*": r"[^\n]{0,60}", "?": r"[^\n]"}.get(c, re.escape(c)) for c in word)
        found = re.findall(f"(?m)^{glob}$", self.joined)
        return self._of([bisect_left(self.words, one) for one in found])

    def _of(self, places: list[int]) -> np.ndarray:
        parts = [self.types[self.first[n] : self.first[n + 1]] for n in places]
        return _unique(np.concatenate(parts)) if parts else _NONE


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
    return Lookup(from_bytes(arrays[f"{name}.words"]), arrays[f"{name}.first"], arrays[f"{name}.types"])
