"""What every coder works on: the index, turns with their question and facts of who speaks, and the way back to the raw text."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from pipeline.anchoring.refind import Found
from pipeline.matchers import Corpus, answers
from pipeline.matchers.index import Index
from pipeline.tables import rows_of

if TYPE_CHECKING:
    import pandas as pd

Steps = dict[tuple[str, int], list[list[tuple[int, int, int, int]]]]


class Judged(NamedTuple):
    """The model's judgement of every sentence of the index (s) with each of its `codes` (k), before rules are looked at.

    `logits`, `free` (s x k; free: without what rests on the question), `near` (s x k) numbers of the nearest anchors, -1 for none;
    `scored` (s) whether the sentence was looked at; `anchors`: number -> the sentence; `rules`: weights of rule
    hits by name; thresholds and Platt's numbers in `certainty`.
    """

    codes: tuple[str, ...]
    logits: np.ndarray
    free: np.ndarray
    near: np.ndarray
    scored: np.ndarray
    anchors: Mapping[int, str]
    rules: Mapping[str, float]
    free_rules: Mapping[str, float]
    certainty: Any
    version: str
    suggestions: int
    threshold: float


@dataclass(frozen=True)
class Turn:
    doc: str
    turn: int
    case: str
    role: str
    text: str
    raw_sha256: str
    question: str
    kind: str
    leading: bool
    answer: str = ""
    number: int = -1  # in the index
    before: int = -1  # number of the interviewer's turn that this one follows, or -1


@dataclass(frozen=True)
class Material:
    """The corpus as coders see it. Turns stand in the order of the index; `coded` says whose words may be coded."""

    corpus: Corpus
    turns: list[Turn]
    coded: np.ndarray
    facts: Mapping[str, Sequence[str]]  # role, question, doc and case variables: a value for every turn
    expected: dict[str, set[str]]
    steps: Steps
    decisions: list[dict[str, str]]
    by_key: dict[tuple[str, int], Turn]
    by_hash: dict[tuple[str, str], Turn]
    moved: Mapping[tuple[str, str, int, int], Found] = field(default_factory=dict)  # anchor whose turn is gone -> where its words stand today
    hits: dict[Any, Any] = field(default_factory=dict)  # query -> its hits: an edit asks only for what is new
    judged: Judged | None = None  # what the model makes of every sentence
    heard: Sequence[Mapping[str, Any]] = ()  # what a language model on this machine proposed
    mask: Callable[[str], str] = str  # takes names of people interviewed out of what machines give as their reason

    @property
    def index(self) -> Index:
        return self.corpus.index

    def segment_at(self, turn: Turn, start: int) -> str:
        """Id of the sentence of a turn that holds a place of its text; empty where none does."""
        index = self.index
        low, high = np.searchsorted(index.seg_turn, [turn.number, turn.number + 1])
        at = int(np.searchsorted(index.seg_start[low:high], start, side="right")) - 1
        return index.seg_ids[low + at] if at >= 0 and start < index.seg_end[low + at] else ""


def gather(
    index: Index, turns: pd.DataFrame, questions: pd.DataFrame, cases: pd.DataFrame, changes: pd.DataFrame, replacements: pd.DataFrame,
    expected: dict[str, set[str]], decisions: list[dict[str, str]], roles: tuple[str, ...], variables: Sequence[str] = (),
) -> Material:  # fmt: skip
    """Put the tables together for the coders; `turns` are those the index was made of."""
    asked = {(q.doc, q.turn): q for q in rows_of(questions)}
    known: dict[tuple[str, int], Turn] = {}
    held = {(t.doc, t.turn): t for t in rows_of(turns)}
    before, last, answering = -1, "", []
    for number, key in enumerate(index.turn_keys):
        t, q = held[key], asked.get(key)
        before = -1 if t.doc != last else before
        last = t.doc
        known[key] = Turn(
            t.doc, t.turn, t.case, t.role, t.text, t.raw_sha256, q.question if q else "", q.kind if q else "none",
            bool(q and q.leading == "yes"), q.answer if q else "", number, before,
        )  # fmt: skip
        before = number if t.role == "interviewer" else before
        answering.append(known[key])
    # Two turns of one interview may hold the same words; the first one is meant, so it is entered last.
    by_hash = {(t.doc, t.raw_sha256): t for t in reversed(answering)}
    coded = np.array([t.role in roles for t in answering], dtype=bool)
    corpus = Corpus(index, [t.text for t in answering], answers((t.doc, t.question) for t in answering), coded)
    facts = _facts(answering, cases, variables)
    return Material(corpus, answering, coded, facts, expected, _steps(changes, replacements), decisions, known, by_hash)


def _facts(turns: list[Turn], cases: pd.DataFrame, variables: Sequence[str]) -> dict[str, list[str]]:
    facts = {"role": [t.role for t in turns], "question": [t.question for t in turns], "doc": [t.doc for t in turns]}
    people = {(row["doc"], row["case"]): row for row in cases.to_dict("records")}
    for name in variables:
        facts[name] = [str(people.get((t.doc, t.case), {}).get(name, "")) for t in turns]
    return facts


def _steps(changes: pd.DataFrame, replacements: pd.DataFrame) -> Steps:
    steps: Steps = {}
    for step, (data, names) in enumerate(
        (
            (changes, ("raw_start", "raw_end", "clean_start", "clean_end")),
            (replacements, ("clean_start", "clean_end", "start", "end")),
        )
    ):
        for doc, turn, *span in zip(data["doc"], data["turn"], *(data[n] for n in names), strict=True):
            steps.setdefault((doc, turn), [[], []])[step].append((int(span[0]), int(span[1]), int(span[2]), int(span[3])))
    return steps


class Theme(NamedTuple):
    """The interviewer's theme where a respondent speaks, beside one code: whether the wording suggests its answer, whether it
    brings up the code's theme (`raised`), and whether it is plainly about another (`apart`)."""

    leading: bool
    raised: bool
    apart: bool


def prompt(turn: Turn, code: str, expected: dict[str, set[str]], theme: Theme | None = None) -> str:
    """How a passage came about: in answer to the interviewer's theme (suggested or not), or of one's own accord.

    Where a turn only agrees to what it was led to, its words are the interviewer's, whatever they hold. A theme is the
    interviewer's where the question put expects the code, or where the interviewer's own words bring it up; what was put to
    the respondent as a claim leads to all that is not plainly something else.
    """
    if turn.answer == "assent":
        return "assent"
    leads = turn.leading or (theme is not None and theme.leading)
    if code in expected.get(turn.question, set()) or (theme is not None and theme.raised):
        return "leading" if leads else "asked"
    return "leading" if leads and theme is not None and not theme.apart else "spontaneous"
