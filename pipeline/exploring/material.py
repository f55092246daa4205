"""The corpus as it is explored: who said which word in which turn, as numbers that numpy counts. Only respondents' words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from pipeline.german.stopwords import STOPWORDS
from pipeline.matchers import Corpus, answers
from pipeline.matchers.index import Index
from pipeline.matchers.vocabulary import fold
from pipeline.tables import CODED_ROLES, quotable
from pipeline.wording import NOT_QUOTABLE

if TYPE_CHECKING:
    import pandas as pd

NO_WORDS = frozenset({"PUNCT", "SYM", "SPACE"})
CONTENT = frozenset({"NOUN", "PROPN", "VERB", "ADJ", "ADV", "X"})
_STOPS = frozenset(map(fold, STOPWORDS | {"auch"}))


@dataclass(frozen=True)
class Variable:
    """A case variable with its label and the words of its values."""

    name: str
    label: str
    values: Mapping[str, str]

    def word(self, value: str) -> str:
        return self.values.get(value) or value


@dataclass(frozen=True)
class Material:
    """Turns in the order of the index, t of them, and what is known of each; s sentences, n tokens as in the index.

    `case` numbers the person speaking (place in `cases`; -1 where the turn is not a respondent's), `values` holds a
    value a turn for every case variable, `quotable` whether the turn may be quoted. `groups` are the variables that the
    study counts by.
    """

    corpus: Corpus
    docs: Sequence[str]
    numbers: Sequence[int]
    questions: Sequence[str]
    case: np.ndarray
    cases: Sequence[str]
    quotable: np.ndarray
    values: Mapping[str, Sequence[str]]
    groups: tuple[Variable, ...]

    @property
    def index(self) -> Index:
        return self.corpus.index

    @property
    def texts(self) -> Sequence[str]:
        return self.corpus.texts

    @cached_property
    def spoken(self) -> np.ndarray:
        """bool a turn: a respondent speaks."""
        return self.case >= 0

    @cached_property
    def _lemmas(self) -> tuple[np.ndarray, np.ndarray]:
        return np.unique(np.array(self.index.vocabulary["lemma"], dtype=object), return_inverse=True)

    @property
    def lemmas(self) -> np.ndarray:
        """Folded lemmas, sorted; a lemma's number is its place here."""
        return self._lemmas[0]

    @property
    def lemma_of_kind(self) -> np.ndarray:
        return self._lemmas[1]

    @cached_property
    def lemma(self) -> np.ndarray:
        """A lemma's number for every token."""
        return self.lemma_of_kind[self.index.kind]

    @cached_property
    def token_case(self) -> np.ndarray:
        return self.case[self.index.turn]

    @cached_property
    def word(self) -> np.ndarray:
        """bool a token: a word (no punctuation) that a respondent says."""
        v = self.index.vocabulary
        kinds = [pos not in NO_WORDS and any(c.isalnum() for c in form) for pos, form in zip(v["pos"], v["form"], strict=True)]
        return np.array(kinds, dtype=bool)[self.index.kind] & (self.token_case >= 0)

    @cached_property
    def content_kind(self) -> np.ndarray:
        """bool a type: says what is spoken of; neither a stop word nor a mere sound."""
        v = self.index.vocabulary
        rows = zip(v["pos"], v["form"], v["lemma"], strict=True)
        return np.array([_is_content(pos, form, lemma) for pos, form, lemma in rows], dtype=bool)

    @cached_property
    def content(self) -> np.ndarray:
        """bool a token: a word of content that a respondent says."""
        return self.content_kind[self.index.kind] & self.word

    @cached_property
    def said(self) -> np.ndarray:
        """bool a sentence: a respondent's."""
        return self.spoken[self.index.seg_turn]

    def cases_of(self, mask: np.ndarray) -> np.ndarray:
        """How many people say each lemma where `mask` (bool a token) holds."""
        return self.cases_by(self.lemma, len(self.lemmas), mask)

    def cases_by(self, number: np.ndarray, size: int, mask: np.ndarray) -> np.ndarray:
        """How many people stand behind each of `size` numbers, given as one number a token."""
        many = len(self.cases)
        pairs = np.unique(number[mask].astype(np.int64) * many + self.token_case[mask])
        return np.bincount(pairs // many, minlength=size) if many else np.zeros(size, dtype=np.int64)

    def counts(self, mask: np.ndarray) -> np.ndarray:
        """How often each lemma is said where `mask` holds."""
        return np.bincount(self.lemma[mask], minlength=len(self.lemmas))

    def sentence(self, segment: int) -> str:
        """A sentence's text on one line, or the note that it may not be shown."""
        turn = int(self.index.seg_turn[segment])
        if not self.quotable[turn]:
            return NOT_QUOTABLE
        return one_line(self.texts[turn][self.index.seg_start[segment] : self.index.seg_end[segment]])

    def key(self, turn: int, start: int) -> str:
        return f"{self.docs[turn]}.{self.numbers[turn]}.{start}"


def _is_content(pos: str, form: str, lemma: str) -> bool:
    plain = len(lemma) > 1 and any(c.isalpha() for c in lemma)
    return pos in CONTENT and plain and form not in _STOPS and lemma not in _STOPS


def one_line(text: str) -> str:
    return " ".join(text.split())


def gather(
    index: Index, turns: pd.DataFrame, questions: pd.DataFrame, cases: pd.DataFrame, speakers: pd.DataFrame,
    groups: tuple[Variable, ...],
) -> Material:  # fmt: skip
    """The finished tables beside the index."""
    held = {(t.doc, t.turn): t for t in turns.itertuples()}
    rows = [held[key] for key in index.turn_keys]
    allowed = quotable(speakers)
    asked = {(q.doc, q.turn): q.question for q in questions.itertuples()}
    people = {(row["doc"], row["case"]): row for row in cases.to_dict("records")}
    # Who is in no list of cases is a person all the same.
    names = [(t.case or f"{t.doc} {t.speaker}".strip()) if t.role in CODED_ROLES else "" for t in rows]
    known = sorted({name for name in names if name})
    place = {name: n for n, name in enumerate(known)}
    variables = [name for name in cases.columns if name not in ("case", "doc", "speaker")]
    values = {name: [str(people.get((t.doc, t.case), {}).get(name, "")) for t in rows] for name in variables}
    return Material(
        Corpus(
            index, [t.text for t in rows], answers((t.doc, asked.get((t.doc, t.turn), "")) for t in rows),
            coded=np.array([t.role in CODED_ROLES for t in rows], dtype=bool),
        ),
        [t.doc for t in rows], [int(t.turn) for t in rows], [asked.get((t.doc, t.turn), "") for t in rows],
        np.array([place.get(name, -1) for name in names], dtype=np.int64), known,
        np.array([(t.doc, t.speaker) in allowed for t in rows], dtype=bool), values, groups,
    )  # fmt: skip
