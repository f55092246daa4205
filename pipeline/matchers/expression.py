"""Regular expressions over the text of turns: a hit is the run of words that the found letters touch."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from pipeline.codebook.expressions import LIMIT, finds
from pipeline.matchers.index import Index


class TooSlow(Exception):
    """An expression did not end in time; nothing of what it found is used."""


def expression(index: Index, source: str, texts: Sequence[str]) -> np.ndarray:
    """(first, last) place of every match that lies in one sentence; `texts` are the turns' in the order of the index."""
    rows: list[tuple[int, int]] = []
    starts, ends, segment = index.start, index.end, index.segment
    borders = index.turn_first.tolist()
    for turn, text in enumerate(texts):
        low, high = borders[turn], borders[turn + 1]
        if low == high:
            continue
        try:
            for start, end in finds(source, text):
                first = low + int(np.searchsorted(ends[low:high], start, side="right"))
                last = low + int(np.searchsorted(starts[low:high], end, side="left")) - 1
                if first <= last and segment[first] == segment[last]:
                    rows.append((first, last))
        except TimeoutError as error:
            raise TooSlow(f"{source!r}: more than {LIMIT} s for one turn") from error
    return np.array(rows, dtype=np.int32).reshape(-1, 2)
