"""Regular expressions over the text of sentences: a hit is the run of words that the found letters touch."""

from __future__ import annotations

import unicodedata
from bisect import bisect_left, bisect_right
from collections.abc import Sequence

import numpy as np

from pipeline.codebook.expressions import LIMIT, compiled
from pipeline.matchers.index import Index


class TooSlow(Exception):
    """An expression did not end in time; nothing of what it found is used."""


def expression(index: Index, source: str, texts: Sequence[str]) -> np.ndarray:
    """(first, last) place of every match; `texts` are the turns' in the order of the index.

    Each sentence is a text of its own: `^` and `$` are its borders.
    """
    rows: list[tuple[int, int]] = []
    sought = compiled(unicodedata.normalize("NFC", source))
    borders = index.segment.searchsorted(np.arange(len(index.seg_turn) + 1)).tolist()
    sentences = zip(index.seg_turn.tolist(), index.seg_start.tolist(), index.seg_end.tolist(), strict=True)
    for number, (turn, begin, stop) in enumerate(sentences):
        low, high = borders[number], borders[number + 1]
        try:
            for found in sought.finditer(texts[turn][begin:stop], timeout=LIMIT):
                first = low + bisect_right(index.end[low:high], begin + found.start())
                last = low + bisect_left(index.start[low:high], begin + found.end()) - 1
                if first <= last:  # what is empty or touches no word is none
                    rows.append((first, last))
        except TimeoutError as error:
            raise TooSlow(f"{source!r}: more than {LIMIT} s for one sentence") from error
    return np.array(rows, dtype=np.int32).reshape(-1, 2)
