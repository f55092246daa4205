"""What every coder works on: sentences with their words, turns with their question, and the way back to the raw text."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np

from pipeline.matchers.index import Index, build

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True)
class Sentence:
    """A sentence that may be coded. `first:last` are its places in the index of tokens."""

    seg: str
    doc: str
    turn: int
    start: int
    end: int
    first: int
    last: int


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


@dataclass(frozen=True)
class Material:
    """The corpus as coders see it. `sentences` holds those that may be coded; `index` runs over their words alone."""

    sentences: list[Sentence]
    index: Index
    token_start: Any  # numpy array: where each token of the index begins in its turn's text
    token_end: Any
    turns: dict[tuple[str, int], Turn]
    expected: dict[str, set[str]]
    steps: dict[tuple[str, int], list[list[tuple[int, int, int, int]]]]
    decisions: list[dict[str, str]]
    by_hash: dict[tuple[str, str], Turn]
    reach: int  # words on each side in which a negation is taken to mean a hit
    hits: dict[str, list[Any]] = field(default_factory=dict)  # rule id -> hits, filled once by the rule coder


def gather(
    turns: pd.DataFrame, segments: pd.DataFrame, tokens: pd.DataFrame, types: pd.DataFrame, questions: pd.DataFrame,
    changes: pd.DataFrame, replacements: pd.DataFrame, expected: dict[str, set[str]], decisions: list[dict[str, str]],
    roles: tuple[str, ...], reach: int,
) -> Material:  # fmt: skip
    """Put the tables together for the coders; only sentences of the given roles are kept for coding."""
    asked = {(q.doc, q.turn): q for q in questions.itertuples()}
    known: dict[tuple[str, int], Turn] = {}
    for t in turns.itertuples():
        q = asked.get((t.doc, t.turn))
        known[t.doc, t.turn] = Turn(
            t.doc, t.turn, t.case, t.role, t.text, t.raw_sha256, q.question if q else "", q.kind if q else "none",
            bool(q and q.leading == "yes"), q.answer if q else "",
        )  # fmt: skip
    spoken = {key for key, turn in known.items() if turn.role in roles}
    keep = [key in spoken for key in zip(segments["doc"], segments["turn"], strict=True)]
    segments = segments[np.array(keep, dtype=bool)].sort_values(["doc", "turn", "start"], ignore_index=True)
    numbers = {seg: n for n, seg in enumerate(segments["seg"])}
    tokens = tokens[tokens["seg"].isin(numbers)].sort_values(["doc", "turn", "start"], ignore_index=True)
    index = build(tokens, types, numbers)
    borders = np.searchsorted(index.segment, np.arange(len(segments) + 1))
    sentences = [
        Sentence(s.seg, s.doc, s.turn, s.start, s.end, int(borders[n]), int(borders[n + 1]))
        for n, s in enumerate(segments.itertuples())
    ]
    steps: dict[tuple[str, int], list[list[tuple[int, int, int, int]]]] = {}
    for step, (data, names) in enumerate(
        (
            (changes, ("raw_start", "raw_end", "clean_start", "clean_end")),
            (replacements, ("clean_start", "clean_end", "start", "end")),
        )
    ):
        for doc, turn, *span in zip(data["doc"], data["turn"], *(data[n] for n in names), strict=True):
            steps.setdefault((doc, turn), [[], []])[step].append(
                (int(span[0]), int(span[1]), int(span[2]), int(span[3]))
            )
    # Two turns of one interview may hold the same words; the first one is meant, so it is entered last.
    by_hash = {(t.doc, t.raw_sha256): t for t in reversed(known.values())}
    return Material(
        sentences,
        index,
        tokens["start"].to_numpy(),
        tokens["end"].to_numpy(),
        known,
        expected,
        steps,
        decisions,
        by_hash,
        reach,
    )


def prompt(turn: Turn, code: str, expected: dict[str, set[str]]) -> str:
    """How a passage came about: in answer to a question that expects this code (leading or not), or of one's own accord.

    Where a turn only agrees to what it was led to, its words are the interviewer's, whatever they hold.
    """
    if turn.answer == "assent":
        return "assent"
    if code not in expected.get(turn.question, set()):
        return "spontaneous"
    return "leading" if turn.leading else "asked"
