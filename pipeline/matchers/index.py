"""The corpus as numbers: every token an integer, every type with its sorted places. Rules run on types, not on text.

Built once from the tables, kept as one file that later runs map into memory (`mapped`).
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from pipeline.matchers.mapped import unpack
from pipeline.matchers.vocabulary import Lookup, fold, from_bytes, lookup_arrays, lookup_from, to_bytes

if TYPE_CHECKING:
    import pandas as pd

STANCE_CUES = ("negated", "hypothetical", "reported", "past", "doubt")
# How a word leads to types: by form or normal form, by lemma, by either, as a word or part of a compound, as a word or its head, as a
# part of a compound alone.
LOOKUPS = ("form", "lemma", "either", "part", "head", "own_part")
_COLUMNS = ("form", "lemma", "head", "tag", "pos", "norm", "parts")
_SPELT = ("form", "lemma", "head", "norm", "parts")  # kept as they are spelt as well, in lower case


@dataclass(frozen=True)
class Index:
    """Tokens in order of documents, turns and places; all arrays are read-only.

    n tokens: `kind` (the type's number), `segment`, `turn`, `clause` (numbers, rising), `start`, `end` (code points in the
    turn's text), `negated`, `hypothetical`, `reported`, `past`, `doubt` (place in the index of the word that makes it so, or
    -1), `about` (number in `tables.ABOUT`, or -1). Segments: `seg_turn`, `seg_start`, `seg_end`, `seg_ids`. Turns:
    `turn_first` (first token of each turn, and the end), `turn_keys` ((doc, number) of each).
    `order[first[t]:first[t + 1]]` are the places of type t. The vocabulary's columns are folded words, one a type; `spelt` has
    them as they are spelt, `surface` numbers each token's word as it stands, capitals included, in `surfaces`.
    """

    arrays: Mapping[str, np.ndarray]
    memo: dict[Any, np.ndarray] = field(default_factory=dict, compare=False)
    lookups: dict[str, Lookup] = field(default_factory=dict, compare=False)

    def __len__(self) -> int:
        return len(self.kind)

    def __getattr__(self, name: str) -> np.ndarray:
        try:
            return self.__dict__["arrays"][name]
        except KeyError:
            raise AttributeError(name) from None

    @cached_property
    def kind(self) -> np.ndarray:
        return self.arrays["kind"]

    @cached_property
    def order(self) -> np.ndarray:
        return self.arrays["order"]

    @cached_property
    def firsts(self) -> list[int]:
        return self.arrays["first"].tolist()

    @cached_property
    def vocabulary(self) -> dict[str, list[str]]:
        """Column -> one folded word a type; `norm` and `parts` may hold several, parted by blank and bar."""
        return {name: from_bytes(self.arrays[f"types.{name}"], len(self.firsts) - 1) for name in _COLUMNS}

    @cached_property
    def spelt(self) -> dict[str, list[str]]:
        """Columns of the vocabulary in lower case, umlauts and ß as they are."""
        return {name: from_bytes(self.arrays[f"spelt.{name}"], len(self.firsts) - 1) for name in _SPELT}

    @cached_property
    def surfaces(self) -> list[str]:
        return from_bytes(self.arrays["surfaces"], int(self.surface.max()) + 1 if len(self) else 0)

    @cached_property
    def signs(self) -> np.ndarray:
        """Types without any letter or digit."""
        return types_of_signs(self.lookup("form"))

    @cached_property
    def before(self) -> np.ndarray:
        """How many words stand before each place, and all of them at the end: n + 1 numbers. Signs are no words."""
        word = np.ones(len(self.firsts) - 1, dtype=bool)
        word[self.signs] = False
        found = np.zeros(len(self) + 1, dtype=np.int32)
        np.cumsum(word[self.kind], out=found[1:])
        return found

    @cached_property
    def most_signs(self) -> int:
        """The largest number of signs in one sentence: so much further apart than their words may two places lie."""
        places = np.concatenate([_NONE, *(self.order[self.firsts[t] : self.firsts[t + 1]] for t in self.signs.tolist())])
        return int(np.bincount(self.segment[places]).max()) if len(places) else 0

    def lookup(self, name: str) -> Lookup:
        """Words -> types by one of `LOOKUPS`; read from the file when first asked for."""
        if name not in self.lookups:
            self.lookups[name] = lookup_from(self.arrays, name)
        return self.lookups[name]

    @cached_property
    def seg_ids(self) -> list[str]:
        return from_bytes(self.arrays["seg_names"], len(self.seg_turn))

    @cached_property
    def turn_keys(self) -> list[tuple[str, int]]:
        numbers = self.arrays["turn_number"].tolist()
        return list(zip(from_bytes(self.arrays["turn_names"], len(numbers)), numbers, strict=True))


def load(path: Path) -> Index:
    """The index of a file that `build` and `mapped.pack` made."""
    return Index(unpack(path))


def build(
    turns: pd.DataFrame, segments: pd.DataFrame, tokens: pd.DataFrame, types: pd.DataFrame, scopes: pd.DataFrame
) -> dict[str, np.ndarray]:
    """The arrays of an index from the tables of one corpus, all with the columns of the data contract."""
    turns = turns[["doc", "turn", "text"]].sort_values(["doc", "turn"], ignore_index=True)
    segments = segments.sort_values(["doc", "turn", "start"], ignore_index=True)
    tokens = tokens.sort_values(["doc", "turn", "start"], ignore_index=True)
    scopes = scopes.sort_values(["doc", "turn", "start"], ignore_index=True)
    vocabulary, kind = _vocabulary(types, tokens["type"].to_numpy())
    keys = turns[["doc", "turn"]]
    turn, seg_turn = _numbers(keys, tokens), _numbers(keys, segments)
    seg_number = dict(zip(segments["seg"], range(len(segments)), strict=True))
    turn_first = np.searchsorted(turn, np.arange(len(turns) + 1)).astype(np.int32)
    size = len(vocabulary["types.form.list"])
    first = np.zeros(size + 1, dtype=np.int32)
    np.cumsum(np.bincount(kind, minlength=size), out=first[1:])
    arrays = {
        "kind": kind, "turn": turn, "order": np.argsort(kind, kind="stable").astype(np.int32), "first": first,
        "segment": tokens["seg"].map(seg_number).to_numpy(dtype=np.int32),
        "start": tokens["start"].to_numpy(dtype=np.int32), "end": tokens["end"].to_numpy(dtype=np.int32),
        "seg_turn": seg_turn, "seg_start": segments["start"].to_numpy(dtype=np.int32),
        "seg_end": segments["end"].to_numpy(dtype=np.int32), "seg_names": to_bytes(segments["seg"]),
        "turn_first": turn_first, "turn_names": to_bytes(turns["doc"]), "turn_number": turns["turn"].to_numpy(dtype=np.int32),
        **_scope_arrays(scopes, turn, turn_first), **_lookups(vocabulary), **_surfaces(turns["text"].tolist(), turn, tokens),
    }  # fmt: skip
    return arrays


def _numbers(turns: pd.DataFrame, data: pd.DataFrame) -> np.ndarray:
    """The number of its turn for every row."""
    import pandas as pd

    known = pd.MultiIndex.from_frame(turns)
    return known.get_indexer(pd.MultiIndex.from_frame(data[["doc", "turn"]])).astype(np.int32)


def _surfaces(texts: list[str], turn: np.ndarray, tokens: pd.DataFrame) -> dict[str, np.ndarray]:
    """Every token's word as it stands, as a number in the sorted list of all of them."""
    places = zip(turn.tolist(), tokens["start"].tolist(), tokens["end"].tolist(), strict=True)
    words = [texts[n][start:end].replace("\n", " ") for n, start, end in places]
    known = sorted(set(words))
    number = {word: n for n, word in enumerate(known)}
    return {"surface": np.array([number[word] for word in words], dtype=np.int32), "surfaces": to_bytes(known)}


def _scope_arrays(scopes: pd.DataFrame, turn: np.ndarray, turn_first: np.ndarray) -> dict[str, np.ndarray]:
    """Clause numbers and places of cues; a row of `scopes` for every token, places counted within the turn."""
    begin = turn_first[turn] if len(turn) else np.empty(0, dtype=np.int32)
    found = {}
    for name in STANCE_CUES:
        place = scopes[name].to_numpy(dtype=np.int32)
        found[name] = np.where(place >= 0, place + begin, -1).astype(np.int32)
    # Clauses are counted anew in every turn; over the corpus a number rises wherever turn or clause changes.
    own = scopes["clause"].to_numpy(dtype=np.int32)
    new = np.ones(len(own), dtype=bool)
    if len(own):
        new[1:] = (np.diff(own) != 0) | (np.diff(turn) != 0)
    return {**found, "clause": (np.cumsum(new) - 1).astype(np.int32), "about": scopes["about"].to_numpy(dtype=np.int8)}


def _vocabulary(types: pd.DataFrame, used: np.ndarray) -> tuple[dict[str, Any], np.ndarray]:
    """Folded columns of the types in order of form, and every token's type as a number in that order."""
    columns: dict[str, list[str]] = {name: [fold(word) for word in types[name]] for name in ("form", "lemma", "head", "norm")}
    columns["parts"] = [fold(word) for word in types["parts"]]
    columns["tag"], columns["pos"] = list(types["tag"]), list(types["pos"])
    columns |= {f"spelt.{name}": [word.lower() for word in types[name]] for name in _SPELT}
    ids = types["type"].tolist()
    order = sorted(range(len(ids)), key=lambda n: (columns["form"][n], columns["lemma"][n], columns["tag"][n], ids[n]))
    by_id = np.argsort(np.array(ids, dtype=np.int64)) if ids else np.empty(0, dtype=np.int64)
    place = np.empty(len(ids), dtype=np.int32)
    place[order] = np.arange(len(ids), dtype=np.int32)
    kind = place[by_id[np.searchsorted(np.array(ids, dtype=np.int64)[by_id], used)]] if len(used) else np.empty(0, dtype=np.int32)
    listed = {name if name.startswith("spelt.") else f"types.{name}": [words[n] for n in order] for name, words in columns.items()}
    return {f"{name}.list": words for name, words in listed.items()}, kind.astype(np.int32)


def _lookups(vocabulary: Mapping[str, list[str]]) -> dict[str, np.ndarray]:
    form, lemma, head, norm, parts = (vocabulary[f"types.{name}.list"] for name in ("form", "lemma", "head", "norm", "parts"))
    numbers = range(len(form))
    forms = [(word, n) for n in numbers for word in (form[n], *norm[n].split())]
    lemmas = [(lemma[n], n) for n in numbers]
    own = [(part, n) for n in numbers for part in parts[n].split("|") if part]
    return {
        **{name.removesuffix(".list"): to_bytes(words) for name, words in vocabulary.items()},
        **lookup_arrays(forms, "form"), **lookup_arrays(lemmas, "lemma"), **lookup_arrays(forms + lemmas, "either"),
        **lookup_arrays(lemmas + own, "part"), **lookup_arrays(own, "own_part"),
        **lookup_arrays(lemmas + [(head[n], n) for n in numbers if head[n]], "head"),
    }  # fmt: skip


def types_of_signs(lookup: Lookup) -> np.ndarray:
    """Types without any letter or digit, from the lookup of forms. Words are sorted, so these lie in few places."""
    words = lookup.words
    digits, after, letters, beyond = (bisect_left(words, border) for border in ("0", ":", "a", "{"))
    looked_at = (*range(digits), *range(after, letters), *range(beyond, len(words)))
    numbers = [n for n in looked_at if not any(map(str.isalnum, words[n]))]
    return np.concatenate([_NONE, *(lookup.types[lookup.first[n] : lookup.first[n + 1]] for n in numbers)])


def positions(index: Index, types: np.ndarray) -> np.ndarray:
    """All places of the given types (sorted numbers), sorted."""
    count = len(types)
    order, firsts = index.order, index.firsts
    if count == 0:
        return _NONE
    if count == 1:
        t = int(types[0])
        return order[firsts[t] : firsts[t + 1]]
    low, high = int(types[0]), int(types[-1])
    if high - low + 1 == count:  # neighbours in the vocabulary, as with a beginning and a star, lie side by side
        return np.sort(order[firsts[low] : firsts[high + 1]])
    return np.sort(np.concatenate([order[firsts[t] : firsts[t + 1]] for t in types.tolist()]))


_NONE = np.empty(0, dtype=np.int32)
