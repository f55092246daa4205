"""What people coded in a round of double coding counts nowhere until all are through: the report would show each what the others said."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from pathlib import Path
from typing import NamedTuple

from pipeline.sampling.queues import Row, drawn, queues

DOUBLE = "double"


class Counting(NamedTuple):
    """Acts and readings as `decided.acts` and `read_list` give them, without those of open rounds; how many of these there are."""

    acts: list[Row]
    reviewed: list[Row]
    withheld: int


def counting(folder: Path, acts: Iterable[Row], reviewed: Iterable[Row], there: Collection[tuple[str, str]]) -> Counting:
    """`folder`: `codebooks/<study>/queues`; `there`: (interview, hash of the raw turn) of all turns of today."""
    said, read = list(acts), list(reviewed)
    hidden = open_turns(folder, read, there)
    if not hidden:
        return Counting(said, read, 0)
    mine, others = ([row for row in rows if row["mode"] != DOUBLE or (row["doc"], row["raw_sha256"]) not in hidden] for rows in (said, read))
    return Counting(mine, others, len(said) + len(read) - len(mine) - len(others))


def open_turns(folder: Path, reviewed: Iterable[Row], there: Collection[tuple[str, str]]) -> set[tuple[str, str]]:
    """Turns (interview, hash of the raw turn) of rounds of double coding that somebody has still to read."""
    return drawn(queue for queue in queues(folder, reviewed, there) if queue.mode == DOUBLE and not queue.complete)
