"""The corpus as numbers: every token an integer, every type with its sorted places. Rules run on types, not on text."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    import pandas as pd


@dataclass
class Lookup:
    """Word -> types that bear it, and the words sorted from the front and from the back for wildcards."""

    table: dict[str, list[int]]
    words: list[str]
    backwards: list[str]
    joined: str


def lookup(pairs: Iterable[tuple[str, int]]) -> Lookup:
    table: dict[str, list[int]] = {}
    for word, number in pairs:
        table.setdefault(word, []).append(number)
    words = sorted(table)
    return Lookup(table, words, sorted(word[::-1] for word in words), "\n".join(words))


@dataclass(frozen=True)
class Index:
    """Tokens in order of documents and turns.

    `kind` (n tokens) is the type's position in the vocabulary, `segment` (n tokens) the position of its sentence,
    `order` and `first` the places of each type: `order[first[t]:first[t + 1]]`, sorted. The vocabulary's columns are
    lower-case lists, one entry a type.
    """

    kind: np.ndarray
    segment: np.ndarray
    order: np.ndarray
    first: np.ndarray
    form: list[str]
    norm: list[tuple[str, ...]]
    lemma: list[str]
    head: list[str]
    parts: list[tuple[str, ...]]
    tag: list[str]
    by_form: Lookup
    by_lemma: Lookup
    by_part: Lookup
    by_head: Lookup

    def __len__(self) -> int:
        return len(self.kind)


def fold(word: str) -> str:
    """One spelling for matching: lower case, ß as ss, umlauts in two letters, as keyboards without them write.

    >>> fold("Straße"), fold("Größe") == fold("Groesse")
    ('strasse', True)
    """
    return word.lower().translate(_FOLD)


_FOLD = str.maketrans({"ß": "ss", "ä": "ae", "ö": "oe", "ü": "ue"})


def build(tokens: pd.DataFrame, types: pd.DataFrame, segments: dict[str, int]) -> Index:
    """Index of tokens (sorted by document, turn and place); `segments` gives each segment id its position."""
    types = types.sort_values("type", ignore_index=True)
    ids = types["type"].to_numpy()
    kind = np.searchsorted(ids, tokens["type"].to_numpy()).astype(np.int32)
    segment = tokens["seg"].map(segments).to_numpy(dtype=np.int32)
    first = np.zeros(len(ids) + 1, dtype=np.int64)
    np.cumsum(np.bincount(kind, minlength=len(ids)), out=first[1:])
    form, lemma, head = ([fold(w) for w in types[column]] for column in ("form", "lemma", "head"))
    norm = [tuple(fold(w).split()) for w in types["norm"]]
    parts = [tuple(fold(w).split("|")) if w else () for w in types["parts"]]
    numbers = range(len(ids))
    return Index(
        kind, segment, np.argsort(kind, kind="stable").astype(np.int32), first, form, norm, lemma, head, parts, list(types["tag"]),
        lookup((word, n) for n in numbers for word in {form[n], *norm[n]}),
        lookup((lemma[n], n) for n in numbers),
        lookup((part, n) for n in numbers for part in {lemma[n], *parts[n]}),
        lookup((word, n) for n in numbers for word in {lemma[n], head[n]} - {""}),
    )  # fmt: skip


def positions(index: Index, types: np.ndarray) -> np.ndarray:
    """All places of the given types, sorted."""
    if len(types) == 0:
        return np.empty(0, dtype=np.int64)
    parts = [index.order[index.first[t] : index.first[t + 1]] for t in types]
    return np.sort(np.concatenate(parts)).astype(np.int64)
