"""Texts cut once, here: JavaScript counts UTF-16 units and Python code points, so the page gets pieces and never cuts."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from itertools import pairwise
from typing import TYPE_CHECKING

from pipeline.effective import uncounted

if TYPE_CHECKING:
    import pandas as pd

# Stands between two pieces. An invisible sign of mathematics that no transcript needs; the search for names reads over it
# (`leaking.visible`), so that a name is found even where somebody coded half of it. From texts it is left out.
JOINT = "\u2061"

Cuts = dict[tuple[str, int], list[int]]


def cuts(tables: dict[str, pd.DataFrame]) -> Cuts:
    """(interview, turn) -> where its text is cut, with 0 and its length: at the borders of sentences, mentions and hits that do not count."""
    found: dict[tuple[str, int], set[int]] = {
        (doc, turn): {0, len(text)} for doc, turn, text in zip(*(tables["turns"][name].tolist() for name in ("doc", "turn", "text")), strict=True)
    }
    for data in (tables["segments"], tables["findings_mentions"], uncounted(tables["suggestions"][["coder", "reason", "doc", "turn", "start", "end"]])):
        for doc, turn, start, end in zip(*(data[name].tolist() for name in ("doc", "turn", "start", "end")), strict=True):
            borders = found.get((doc, turn))
            if borders is not None:
                borders.update((start, end))
    return {place: sorted(borders) for place, borders in found.items()}


def joined(text: str, borders: Sequence[int]) -> str:
    """A text with `JOINT` at its cuts.

    >>> joined("Ja. Nein.", [0, 4, 9]).split(JOINT)
    ['Ja. ', 'Nein.']
    """
    text = text.replace(JOINT, " ")
    return JOINT.join(text[a:b] for a, b in pairwise(borders))


def span(borders: Sequence[int], start: int, end: int) -> tuple[int, int]:
    """First and last piece of a passage (code points); a border that is no cut is moved outward to the next one.

    >>> span([0, 4, 9, 12], 4, 12), span([0, 4, 9, 12], 5, 8)
    ((1, 2), (1, 1))
    """
    last = max(len(borders) - 2, 0)
    first = min(max(bisect_right(borders, start) - 1, 0), last)
    return first, max(first, min(bisect_left(borders, end) - 1, last))
