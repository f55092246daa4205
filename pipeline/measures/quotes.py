"""Order of quotes: reviewed ones first, one of each case before a second of any, of readable length; and who may be quoted."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator
from itertools import chain
from typing import TYPE_CHECKING, Any

from pipeline.effective import UNREVIEWED
from pipeline.tables import quotable

if TYPE_CHECKING:
    import pandas as pd

GOOD_LENGTH = (60, 320)  # code points: long enough to be understood, short enough to be read


def readability(length: int) -> float:
    """1 inside the good length, falling towards 0 outside.

    >>> readability(100), readability(30), round(readability(640), 2)
    (1.0, 0.5, 0.5)
    """
    low, high = GOOD_LENGTH
    return min(1.0, length / low, high / length) if length else 0.0


def ranked(mentions: pd.DataFrame) -> list[dict[str, Any]]:
    """Rows of `findings_quotes`: every mention of a code with its rank from 1; all that people read before any proposal."""
    rows: list[dict[str, Any]] = []
    for code, data in mentions.groupby("code"):
        parts = (data[(data["basis"] == UNREVIEWED) == proposed] for proposed in (False, True))
        for rank, (score, mention, case) in enumerate(chain.from_iterable(map(_in_turn, parts)), 1):
            rows.append({"code": code, "rank": rank, "mention": mention, "case": case, "score": score})
    return rows


def _in_turn(mentions: pd.DataFrame) -> Iterator[tuple[float, str, str]]:
    """(score, mention, case): the best of every case, then the second best of every case, and so on."""
    queues: dict[str, list[tuple[float, str]]] = defaultdict(list)
    for m in mentions.itertuples():
        sure = m.score if m.basis == UNREVIEWED and m.score == m.score else 0.0
        spontaneous = 0.1 if m.prompt == "spontaneous" and m.unasked != "no" else 0.0
        queues[m.case].append((readability(m.end - m.start) + sure + spontaneous, m.mention))
    for queue in queues.values():
        queue.sort(key=lambda pair: (-pair[0], pair[1]))
    while any(queues.values()):
        for score, mention, case in sorted((-q[0][0], q[0][1], case) for case, q in queues.items() if q):
            yield -score, mention, case
            queues[case].pop(0)


def may_quote(turns: pd.DataFrame, speakers: pd.DataFrame) -> Callable[[str, int], bool]:
    """Whether the speaker of a turn (interview, number) may be quoted, by the register of consents."""
    allowed = quotable(speakers)
    spoken = {(t.doc, t.turn): (t.doc, t.speaker) for t in turns.itertuples()}
    return lambda doc, turn: spoken.get((doc, turn)) in allowed
