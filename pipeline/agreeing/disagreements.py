"""Sentences that two coders read and coded differently, with what they noted, where they come from and what was settled."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations
from typing import Any

import numpy as np

from pipeline.agreeing.readings import SEVERAL, Desk, Sentences

NOTHING = "–"  # consensus gave none of the categories on which they differ


def disagreements(desk: Desk, queues: Mapping[tuple[object, ...], str]) -> Iterator[dict[str, Any]]:
    """A row for every sentence and pair that differ on a category that both read it for."""
    grid, own = desk.every, desk.every.sentences
    memos = _memos(desk)
    for g, h in combinations(range(len(grid.coders)), 2):
        both = grid.read[:, g] & grid.read[:, h]
        differ = both & (grid.given[:, g] != grid.given[:, h])
        named = [_by_row(grid.codes, grid.given[:, one] & both) for one in (g, h)]
        settled = _by_row(range(len(grid.codes)), differ & (desk.said != 0))
        for n in np.flatnonzero(differ.any(axis=1)).tolist():
            given = [by_row.get(n, []) for by_row in named]
            asked = settled.get(n, [])
            yield {
                **_place(own, n), "a": grid.coders[g], "b": grid.coders[h], "codes_a": SEVERAL.join(given[0]), "codes_b": SEVERAL.join(given[1]),
                "memo_a": memos.get((n, g), ""), "memo_b": memos.get((n, h), ""),
                "only_a": SEVERAL.join(c for c in given[0] if c not in given[1]), "only_b": SEVERAL.join(c for c in given[1] if c not in given[0]),
                "round": _queue(desk, queues, n, (g, h)),
                "resolved": (SEVERAL.join(grid.codes[k] for k in asked if desk.said[n, k] > 0) or NOTHING) if asked else "",
                "resolved_memo": SEVERAL_MEMOS.join(dict.fromkeys(memo for k in asked if (memo := desk.reasons.get((n, k), "")))),
            }  # fmt: skip


SEVERAL_MEMOS = " · "


def _place(own: Sentences, n: int) -> dict[str, Any]:
    return {"doc": own.doc[n], "turn": own.turn[n], "start": own.start[n], "end": own.end[n], "seg": own.seg[n], "case": own.case[n]}


def _by_row(names: Sequence[Any], chosen: np.ndarray) -> dict[int, list[Any]]:
    """Row -> names of the columns that hold there."""
    found: dict[int, list[Any]] = defaultdict(list)
    for n, k in np.argwhere(chosen).tolist():
        found[n].append(names[k])
    return found


def _memos(desk: Desk) -> dict[tuple[int, int], str]:
    """(sentence, coder) -> memos of their acts on it, each behind its category."""
    grid, told = desk.every, defaultdict(list)
    for act in grid.acts:
        if act.memo:
            for n in act.rows:
                told[n, act.coder].append(f"{grid.codes[act.code]}: {act.memo}")
    return {key: SEVERAL_MEMOS.join(dict.fromkeys(lines)) for key, lines in told.items()}


def _queue(desk: Desk, queues: Mapping[tuple[object, ...], str], n: int, coders: tuple[int, int]) -> str:
    """The queue from which the sentence was read by either."""
    return next((queues[key] for g in coders if (key := desk.origin.get((n, g), ())) in queues), "")
