"""One word of a rule -> the types it means: by form, by lemma, by part of a compound. `*` and `?` are wildcards."""

from __future__ import annotations

import re
from bisect import bisect_left

import numpy as np

from pipeline.matchers.index import Index, Lookup, fold


def select(lookup: Lookup, pattern: str) -> np.ndarray:
    """Types of all words that fit a pattern, sorted. Prefixes and suffixes are looked up, not searched."""
    word = re.sub(r"\*+", "*", fold(pattern))
    if "*" not in word and "?" not in word:
        return np.array(lookup.table.get(word, []), dtype=np.int64)
    stem = word.strip("*")
    if word == stem + "*" and "?" not in stem and "*" not in stem:
        keys = _beginning(lookup.words, stem)
    elif word == "*" + stem and "?" not in stem and "*" not in stem:
        keys = [key[::-1] for key in _beginning(lookup.backwards, stem[::-1])]
    else:
        # Each wildcard is a bounded run within one word: no pattern can run away.
        glob = "".join({"*": r"[^\n]{0,60}", "?": r"[^\n]"}.get(c, re.escape(c)) for c in word)
        keys = re.findall(f"(?m)^{glob}$", lookup.joined)
    return np.array(sorted({n for key in keys for n in lookup.table[key]}), dtype=np.int64)


def _beginning(words: list[str], stem: str) -> list[str]:
    return words[bisect_left(words, stem) : bisect_left(words, stem + "\U0010ffff")]


def by_form(index: Index, pattern: str) -> np.ndarray:
    """Types whose form, or a word of whose normal form, is the pattern."""
    return select(index.by_form, pattern)


def by_lemma(index: Index, pattern: str) -> np.ndarray:
    return select(index.by_lemma, pattern)


def by_part(index: Index, pattern: str, head_only: bool = False) -> np.ndarray:
    """Types that are the word or hold it as part of a compound (as its last part where `head_only`)."""
    return select(index.by_head if head_only else index.by_part, pattern)


def by_form_or_lemma(index: Index, pattern: str) -> np.ndarray:
    return np.union1d(by_form(index, pattern), by_lemma(index, pattern))
