"""Which of people's acts hold: taken back, replaced, under a category's new name, and where a meeting settled what single coders said.

Acts are rows in the columns of `decisions.csv`, in the order in which they were written; they are only ever added.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

from pipeline.covered import SEPARATOR
from pipeline.tables import CONSENSUS_CODER, WITHDRAW

if TYPE_CHECKING:
    from pipeline.codebook import Codebook

Row = dict[str, str]
Reading = TypeVar("Reading", bound=Mapping[str, Any])


def lasting(decisions: Iterable[Row]) -> list[Row]:
    """Acts that still hold, in their order: of one coder on the same passage and code the last one.

    What its coder withdrew is as if it had never been said. What a row of the same coder names in `replaces` is put aside, wherever
    the two stand: copies of a project may have been merged in another order. Nobody takes back what somebody else said.
    """
    rows = list(decisions)
    aside = {(row["coder"], name) for row in rows for name in ids_in(row.get("replaces", "")) if name != row.get("decision")}
    kept: dict[tuple[str | int, ...], Row] = {}
    for row in rows:
        if (row["coder"], row.get("decision", "")) in aside:
            continue
        key = anchor(row)
        kept.pop(key, None)
        if row["action"] != WITHDRAW:
            kept[key] = row
    return list(kept.values())


def anchor(row: Row) -> tuple[str | int, ...]:
    """What a person decided on: passage, code and who."""
    return row["doc"], row["raw_sha256"], int(row["raw_start"]), int(row["raw_end"]), row["code"], row["coder"]


def readings(reviewed: Iterable[Reading]) -> list[Reading]:
    """Rows of `reviewed.csv` without those that their coder took back, in their order; what was read again stays once."""
    kept: dict[tuple[str | int, ...], Reading] = {}
    for row in reviewed:
        key = row["doc"], row["raw_sha256"], int(row["raw_start"]), int(row["raw_end"]), row["coder"], row["mode"], row.get("codes", "")
        kept.pop(key, None)
        if row.get("action", "") != WITHDRAW:
            kept[key] = row
    return list(kept.values())


def ids_in(cell: str) -> list[str]:
    """Ids in a cell, each once.

    >>> ids_in("mk-1; mk-2;;mk-1")
    ['mk-1', 'mk-2']
    """
    return list(dict.fromkeys(part.strip() for part in cell.split(SEPARATOR) if part.strip()))


def carried(rows: Iterable[Row], book: Codebook) -> tuple[list[Row], list[Row]]:
    """(acts that hold, with today's ids of their categories; acts whose category was split, with the ids it became in `heirs`).

    A category that bears a new name, or was merged with others into one, is carried over. Into which of several a passage belongs, no
    program decides. Of the acts only those that last are returned, so that what was withdrawn or decided anew is not asked for again.
    """
    new = book.heirs()
    renamed = [{**row, "code": new[row["code"]][0]} if len(new.get(row["code"], ())) == 1 else row for row in rows]
    last = lasting(renamed)
    split = [{**row, "heirs": SEPARATOR.join(new[row["code"]])} for row in last if row["code"] in new]
    return [row for row in last if row["code"] not in new], split


def carried_codes(cell: str, new: Mapping[str, Sequence[str]]) -> str:
    """The cell `codes` of a reading under today's ids; who read for a category that was split read for all that it became."""
    return SEPARATOR.join(dict.fromkeys(code for old in ids_in(cell) for code in new.get(old, (old,))))


class Opinion(NamedTuple):
    """What a coder says of one code at a place of a turn's text."""

    start: int
    end: int
    coder: str
    given: bool


def said(opinions: Iterable[Opinion], start: int, end: int) -> dict[str, bool]:
    """What each coder says of a passage: the last of their decisions on this very passage, else the last that overlaps it.

    Where a meeting settled it, what single coders said does not count.
    """
    near = [one for one in opinions if one.start < end and start < one.end]
    found = {one.coder: one.given for one in sorted(near, key=lambda one: (one.start, one.end) == (start, end))}
    return {CONSENSUS_CODER: found[CONSENSUS_CODER]} if CONSENSUS_CODER in found else found


def agreed(said: Mapping[str, bool]) -> bool:
    """Whether at least half of the coders (coder -> gives the code) give it.

    >>> agreed({"ab": True, "cd": False}), agreed({"ab": True, "cd": False, "ef": False})
    (True, False)
    """
    return 2 * sum(said.values()) >= len(said)
