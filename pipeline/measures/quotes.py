"""Order of quotes: reviewed ones first, one of each case before a second of any, of readable length; and who may be quoted."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

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
    """Rows of `findings_quotes`: every mention of a code with its rank from 1."""
    rows = []
    for code, data in mentions.groupby("code"):
        queues: dict[str, list[tuple[float, str]]] = defaultdict(list)
        for m in data.itertuples():
            score = (
                readability(m.end - m.start)
                + (1.0 if m.basis == "reviewed" else 0.0)
                + (0.1 if m.prompt == "spontaneous" else 0.0)
            )
            queues[m.case].append((score, m.mention))
        for queue in queues.values():
            queue.sort(key=lambda pair: (-pair[0], pair[1]))
        rank = 0
        while any(queues.values()):
            fronts = sorted((-q[0][0], q[0][1], case) for case, q in queues.items() if q)
            for score, mention, case in fronts:
                rank += 1
                rows.append({"code": code, "rank": rank, "mention": mention, "case": case, "score": -score})
                queues[case].pop(0)
    return rows


def may_quote(turns: pd.DataFrame, speakers: pd.DataFrame) -> Callable[[str, int], bool]:
    """Whether the speaker of a turn (interview, number) may be quoted, by the register of consents."""
    allowed = {(s.doc, s.speaker) for s in speakers.itertuples() if s.quotable == "yes"}
    spoken = {(t.doc, t.turn): (t.doc, t.speaker) for t in turns.itertuples()}
    return lambda doc, turn: spoken.get((doc, turn)) in allowed
