"""Stage 5, stance: for every word which cue makes it negated, thought, reported, past or doubtful, and about whom it is said.

A row a token. Places are numbers of words within the turn (`tokens.i`), -1 where there is none; `about` is a number in
`tables.ABOUT`, or -1.
"""

from __future__ import annotations

from collections.abc import Sequence
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

from pipeline.tables import CODED_ROLES

if TYPE_CHECKING:
    import pandas as pd

    from pipeline.stances import Word

_BEFORE = 2  # sentences of the turn before that may name whom `die` means


def each(
    turns: pd.DataFrame, segments: pd.DataFrame, tokens: pd.DataFrame, types: pd.DataFrame, settings: SimpleNamespace
) -> dict[str, list[dict[str, Any]]]:
    """One interview's scopes; in turns that are never coded only clauses (one a sentence) are told."""
    from pipeline.stances import Word, read
    from pipeline.whom.about import about

    words = {t.type: Word(t.form, t.norm, t.tag, t.lemma, t.pos) for t in types.itertuples()}
    roles = dict(zip(turns["turn"], turns["role"], strict=True))
    spoken: dict[int, dict[str, list[tuple[int, int]]]] = {}
    for turn, seg, start, kind in zip(tokens["turn"], tokens["seg"], tokens["start"], tokens["type"], strict=True):
        spoken.setdefault(turn, {}).setdefault(seg, []).append((start, kind))
    rows: list[dict[str, Any]] = []
    before: list[list[Word]] = []
    for turn in sorted(spoken):
        sentences = [[words[kind] for _, kind in found] for found in spoken[turn].values()]
        starts = [start for found in spoken[turn].values() for start, _ in found]
        doc = str(turns["doc"].iloc[0])
        if roles[turn] in CODED_ROLES:
            marks, whom = read(sentences), about(sentences, before)
            columns: Sequence[Sequence[int]] = (
                marks.clause, marks.negated, marks.hypothetical, marks.reported, marks.past, marks.doubt, whom,
            )  # fmt: skip
        else:
            clause = [number for number, sentence in enumerate(sentences) for _ in sentence]
            columns = (clause, *([-1] * len(clause) for _ in range(6)))
        rows += [
            {"doc": doc, "turn": turn, "start": start, **dict(zip(_COLUMNS, values, strict=True))}
            for start, *values in zip(starts, *columns, strict=True)
        ]
        before = sentences[-_BEFORE:]
    return {"scopes": rows}


_COLUMNS = ("clause", "negated", "hypothetical", "reported", "past", "doubt", "about")
