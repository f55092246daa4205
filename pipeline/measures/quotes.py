"""Order of quotes: reviewed ones first, one of each case before a second of any, typical and unlike one another; and who may be quoted."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from typing import TYPE_CHECKING, Any, NamedTuple

from pipeline.effective import UNREVIEWED
from pipeline.tables import FIRST, NEVER, quotable, rows_of

if TYPE_CHECKING:
    import numpy as np
    import pandas as pd

GOOD_LENGTH = (60, 320)  # code points: long enough to be understood, short enough to be read
DIVERSITY = 0.5  # what a quote loses for saying the same as one above it
DIVERSE = 40  # ranks of a code that are kept unlike one another; nobody reads further for variety, and time is short


class Quote(NamedTuple):
    """A mention that may be shown: `score` is readability, sureness and how typical it is, `row` its vector (-1: none)."""

    score: float
    mention: str
    case: str
    pinned: str
    typical: float
    row: int


def readability(length: int) -> float:
    """1 inside the good length, falling towards 0 outside.

    >>> readability(100), readability(30), round(readability(640), 2)
    (1.0, 0.5, 0.5)
    """
    low, high = GOOD_LENGTH
    return min(1.0, length / low, high / length) if length else 0.0


def ranked(
    mentions: pd.DataFrame, vectors: np.ndarray | None = None, typical: Mapping[str, float] | None = None, pinned: Mapping[str, str] | None = None,
) -> list[dict[str, Any]]:  # fmt: skip
    """Rows of `findings_quotes`: every mention of a code with its rank from 1; all that people read before any proposal.

    `vectors`: one row a mention, of length 1 or nought where none is known; `typical`: mention -> nearness to its category's middle;
    `pinned`: mention -> ja (first of its kind) or nein (last, and never to be shown as a quote). Without vectors readability alone decides.
    """
    told, said = typical or {}, pinned or {}
    by_code: dict[str, tuple[list[Quote], list[Quote]]] = defaultdict(lambda: ([], []))
    names = ("mention", "code", "case", "basis", "prompt", "unasked", "start", "end", "score")
    for n, (mention, code, case, basis, prompt, unasked, start, end, score) in enumerate(zip(*(mentions[c] for c in names), strict=True)):
        sure = score if basis == UNREVIEWED and score == score else 0.0
        near = told.get(mention, float("nan"))
        worth = readability(end - start) + sure + (0.1 if prompt == "spontaneous" and unasked != "no" else 0.0)
        row = n if vectors is not None and near == near else -1
        by_code[code][basis == UNREVIEWED].append(Quote(worth, mention, case, said.get(mention, ""), near, row))
    rows: list[dict[str, Any]] = []
    for code in sorted(by_code):
        order = [quote for part in by_code[code] for quote in _ordered(part, vectors)]
        rows += [
            {"code": code, "rank": rank, "mention": q.mention, "case": q.case, "score": q.score, "typical": q.typical, "pinned": q.pinned}
            for rank, q in enumerate(order, 1)
        ]
    return rows


def _ordered(part: list[Quote], vectors: np.ndarray | None) -> Iterator[Quote]:
    """Pinned ones, then all that nobody spoke of, then those that are not to be shown."""
    known = [q.typical for q in part if q.typical == q.typical]
    middle = sum(known) / len(known) if known else 0.0  # without a vector a quote is neither better nor worse for it
    valued = [q._replace(score=q.score + (q.typical if q.typical == q.typical else middle)) for q in part]
    chosen: list[Quote] = []
    for kind in (FIRST, "", NEVER):
        chosen += _in_turn([q for q in valued if q.pinned == kind], chosen, vectors)
    yield from chosen


def _in_turn(quotes: list[Quote], above: list[Quote], vectors: np.ndarray | None) -> list[Quote]:
    """One of every case, then a second of every case, and so on: each time the one of most worth that repeats least of those above it."""
    import numpy as np

    quotes = sorted(quotes, key=lambda q: (-q.score, q.mention))
    cases = sorted({q.case for q in quotes})
    case = np.array([cases.index(q.case) for q in quotes], dtype=int)
    score = np.array([q.score for q in quotes])
    own = _vectors(quotes, vectors)
    alike = np.zeros(len(quotes))  # how much each repeats what stands above it: the greatest cosine so far
    for vector in _vectors(above[:DIVERSE], vectors):
        alike = np.maximum(alike, own @ vector)
    left, waiting, found = np.ones(len(quotes), dtype=bool), np.ones(len(cases), dtype=bool), list[Quote]()
    while len(found) < len(quotes) and len(above) + len(found) < DIVERSE:
        may = left & waiting[case]
        if not may.any():
            waiting[:] = True
            continue
        # Rounded, so that processors which add up in another order agree on the order of quotes.
        at = int(np.argmax(np.where(may, np.round(score - DIVERSITY * alike, 4), -np.inf)))
        found.append(quotes[at])
        left[at] = waiting[case[at]] = False
        if len(above) + len(found) < DIVERSE:
            alike = np.maximum(alike, own @ own[at])
    worth = np.round(score - DIVERSITY * alike, 4)
    return found + [quotes[at] for at in _rest(worth, case, left, waiting)]


def _rest(worth: np.ndarray, case: np.ndarray, left: np.ndarray, waiting: np.ndarray) -> list[int]:
    """Numbers of the quotes left once their worth no longer changes: round by round the best of every case, in this round only of those waiting."""
    import numpy as np

    queues: dict[int, list[int]] = {}
    for at in sorted(np.flatnonzero(left).tolist(), key=lambda n: -worth[n]):
        queues.setdefault(int(case[at]), []).append(at)
    told = [(rank + (not waiting[one]), -worth[at], at) for one, queue in queues.items() for rank, at in enumerate(queue)]
    return [at for _, _, at in sorted(told)]


def _vectors(quotes: list[Quote], vectors: np.ndarray | None) -> np.ndarray:
    """(quotes, width); nought for a quote without a vector."""
    import numpy as np

    if vectors is None or not len(vectors):
        return np.zeros((len(quotes), 1), dtype=np.float32)
    rows = np.array([q.row for q in quotes], dtype=int)
    return np.where(rows[:, None] >= 0, vectors[rows], np.float32(0))


def may_quote(turns: pd.DataFrame, speakers: pd.DataFrame) -> Callable[[str, int], bool]:
    """Whether the speaker of a turn (interview, number) may be quoted, by the register of consents."""
    allowed = quotable(speakers)
    spoken = {(t.doc, t.turn): (t.doc, t.speaker) for t in rows_of(turns)}
    return lambda doc, turn: spoken.get((doc, turn)) in allowed
