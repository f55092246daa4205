"""Respondents' sentences with what naming topics needs of them: their words, whose they are, which theme they are near."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from pipeline.german.stopwords import STOPWORDS
from pipeline.tables import quotable
from pipeline.topicnames.edits import fold

if TYPE_CHECKING:
    import pandas as pd

_ENDINGS = ("", "e", "en", "n", "er", "ern", "es", "s", "innen")
_UMLAUTS = str.maketrans("äöü", "aou")
_CONTENT = ("NOUN", "PROPN", "ADJ", "VERB")


@dataclass(frozen=True)
class Spoken:
    """s sentences in the order of doc, turn, place; t tokens of theirs in the same order; k kinds of tokens (form, tag, lemma).

    `frame` (s rows): seg, doc, turn, case, person, theme, weight, second, second_weight, start, end, text, quotable.
    `row`, `kind`, `start`, `end` (t): the token's sentence and kind, and its code points in the turn.
    `form`, `lemma`, `pos`, `tag`, `head` (k).
    """

    frame: pd.DataFrame
    row: np.ndarray
    kind: np.ndarray
    start: np.ndarray
    end: np.ndarray
    form: np.ndarray
    lemma: np.ndarray
    pos: np.ndarray
    tag: np.ndarray
    head: np.ndarray

    @cached_property
    def content_kind(self) -> np.ndarray:
        """bool a kind: says what is spoken of."""
        return np.array([
            p in _CONTENT and len(w) > 2 and w.replace("-", "").isalpha() and fold(w) not in STOPWORDS and fold(f) not in STOPWORDS
            for p, w, f in zip(self.pos, self.lemma, self.form, strict=True)
        ], dtype=bool)  # fmt: skip

    @cached_property
    def words(self) -> tuple[np.ndarray, np.ndarray]:
        """(lemmas sorted, a lemma's number a kind)"""
        names, number = np.unique(self.lemma.astype(str), return_inverse=True)
        return names, number.reshape(-1)

    @cached_property
    def noun(self) -> frozenset[str]:
        """Lemmas that are nouns, and what compounds end with."""
        rows = [(w, h) for w, h, p in zip(self.lemma, self.head, self.pos, strict=True) if p in ("NOUN", "PROPN")]
        return frozenset(word for pair in rows for word in pair if word)

    @cached_property
    def lemma_of(self) -> dict[str, str]:
        """Folded form or lemma -> lemma; where several share a form, a noun's, then the first."""
        found: dict[str, str] = {}
        nouns = [p in ("NOUN", "PROPN") for p in self.pos]
        for wanted in (False, True):  # nouns last, so that they win
            rows = sorted((fold(f), w) for f, w, n in zip(self.form, self.lemma, nouns, strict=True) if n == wanted)
            found |= dict(reversed(rows))
        return found | {fold(w): w for w in sorted(set(self.lemma), reverse=True)}

    @cached_property
    def _folded(self) -> list[tuple[str, str, str]]:
        return [(fold(w), fold(h), fold(f)) for w, h, f in zip(self.lemma, self.head, self.form, strict=True)]

    def holds(self, words: Iterable[str]) -> np.ndarray:
        """bool a kind: is one of the words, as lemma or form, or a compound that ends with one."""
        wanted = {fold(word) for word in words}
        return np.array([bool(wanted.intersection(names)) for names in self._folded], dtype=bool)

    def lemma_for(self, word: str) -> str:
        """The corpus' lemma of a word as people type it, also in a form that nobody said; the word itself where there is none."""
        low = fold(word)
        stems = [low.removesuffix(ending) for ending in _ENDINGS if low.endswith(ending) and len(low) - len(ending) > 2]
        plain = [stem.translate(_UMLAUTS) for stem in stems]
        return next((self.lemma_of[stem] for stem in (*stems, *plain) if stem in self.lemma_of), word)

    @cached_property
    def texts(self) -> list[str]:
        """Every sentence's text."""
        return [str(text) for text in self.frame["text"]]

    @cached_property
    def begins(self) -> np.ndarray:
        """Where every sentence begins in its turn."""
        return self.frame["start"].to_numpy(dtype=np.int64)

    @cached_property
    def quotable(self) -> np.ndarray:
        """bool a sentence: its speaker may be quoted."""
        return self.frame["quotable"].to_numpy(dtype=bool)

    @cached_property
    def persons(self) -> np.ndarray:
        """A number a sentence: who says it."""
        return np.unique(self.frame["person"].to_numpy(dtype=str), return_inverse=True)[1].reshape(-1)


def gather(
    turns: pd.DataFrame, segments: pd.DataFrame, tokens: pd.DataFrame, types: pd.DataFrame, speakers: pd.DataFrame, segment_themes: pd.DataFrame
) -> Spoken:  # fmt: skip
    """All that is in `segment_themes` with text and words; the order of rows in the tables does not matter."""
    places = segments[["seg", "start", "end"]]
    said = turns[["doc", "turn", "speaker", "text"]].rename(columns={"text": "all"})
    allowed = quotable(speakers)
    frame = segment_themes.merge(places, on="seg").merge(said, on=["doc", "turn"])
    frame = frame.sort_values(["doc", "turn", "start", "seg"]).reset_index(drop=True)
    frame["text"] = [text[a:b] for text, a, b in zip(frame["all"], frame["start"], frame["end"], strict=True)]
    frame["quotable"] = [pair in allowed for pair in zip(frame["doc"], frame["speaker"], strict=True)]
    # Who is in no list of cases is a person all the same: one an interview, as where themes are found and compared.
    frame["person"] = [case or doc for case, doc in zip(frame["case"], frame["doc"], strict=True)]
    kinds = types.sort_values("type").drop_duplicates("type").reset_index(drop=True)
    number, place = dict(zip(kinds["type"], range(len(kinds)), strict=True)), dict(zip(frame["seg"], range(len(frame)), strict=True))
    row = tokens["seg"].map(place)
    mine = tokens[row.notna()].assign(row=row[row.notna()].astype(np.int64)).sort_values(["row", "start"])
    text = {name: kinds[name].to_numpy(dtype=object) for name in ("form", "lemma", "pos", "tag", "head")}
    return Spoken(
        frame.drop(columns=["all"]), mine["row"].to_numpy(), mine["type"].map(number).to_numpy(dtype=np.int64),
        mine["start"].to_numpy(dtype=np.int64), mine["end"].to_numpy(dtype=np.int64), **text,
    )  # fmt: skip
