"""What stands at one turn by what people said: their acts that hold, their readings, marks and notes, each placed in the reading text."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from pipeline.coders import deciding
from pipeline.covered import is_full, listed
from pipeline.reviewing.files import Row
from pipeline.tables import CONSENSUS_CODER, QUEUE

GIVEN, REJECT = ("accept", "add"), "reject"
Order = tuple[int, str, int]  # hand codings before decisions, by file, as they stand


class Act(NamedTuple):
    """One act with its place in the text; its row bears today's name of the category and, where it was found again, today's anchor."""

    row: Row
    order: Order
    start: int
    end: int

    @property
    def id(self) -> str:
        return self.row["decision"]

    @property
    def code(self) -> str:
        return self.row["code"]

    @property
    def coder(self) -> str:
        return self.row["coder"]

    @property
    def given(self) -> bool:
        return self.row["action"] in GIVEN

    def touches(self, start: int, end: int) -> bool:
        return self.start < end and start < self.end


class Spot(NamedTuple):
    """A row that says something of a passage."""

    row: Row
    start: int
    end: int


@dataclass
class Here:
    """All that people said of one turn, in the order of the files."""

    acts: list[Act] = field(default_factory=list)
    read: list[Spot] = field(default_factory=list)
    quotes: list[Spot] = field(default_factory=list)
    notes: list[Spot] = field(default_factory=list)
    against: list[Spot] = field(default_factory=list)


def holding(acts: Iterable[Act], aside: Mapping[str, set[str]]) -> list[Act]:
    """Acts that hold, in the order in which they count. `aside`: coder -> ids that rows of this coder put aside anywhere."""
    rows = sorted(acts, key=lambda act: act.order)
    kept = {id(row) for row in deciding.lasting([act.row for act in rows if act.id not in aside.get(act.coder, ())])}
    return [act for act in rows if id(act.row) in kept]


def readings(read: Iterable[Spot]) -> list[Spot]:
    """Readings that hold: of the same passage, coder, mode and categories the last, where it was not taken back."""
    spots = list(read)
    kept = {id(row) for row in deciding.readings(spot.row for spot in spots)}
    return [spot for spot in spots if id(spot.row) in kept]


def reading_key(row: Row) -> tuple[str, ...]:
    return (*(row[name] for name in ("doc", "raw_sha256", "raw_start", "raw_end", "coder", "mode")), row.get("codes", ""))


def read_for(read: Iterable[Spot], code: str, start: int, end: int) -> list[str]:
    """Coders who read a passage with regard to a category: for all that their codebook knew, or for this one among others."""
    return [spot.row["coder"] for spot in read if spot.start <= start and end <= spot.end and _regards(spot.row, code)]


def _regards(row: Row, code: str) -> bool:
    if is_full(row):
        return code not in listed(row.get("lacks", ""))
    return row["mode"] != QUEUE and code in listed(row.get("codes", ""))


class Said(NamedTuple):
    """How a proposal stands: `state` open, accepted or rejected, and who decided so."""

    state: str
    by: list[str]
    own: str  # what the reader says: accepted, rejected, or nothing


def state_of(acts: Iterable[Act], read: Iterable[Spot], coder: str, code: str, start: int, end: int) -> Said:
    """How a proposal stands for a reader: what a meeting settled, else what the reader says, else what at least half of the others say, else
    whether somebody read the passage and did not give it. Only acts and readings that the reader may see are to be given."""
    near = [act for act in acts if act.code == code and act.touches(start, end)]
    said = {act.coder: act.given for act in sorted(near, key=lambda act: (act.start, act.end) == (start, end))}
    own = _word(said[coder]) if coder in said else ""
    if CONSENSUS_CODER in said:
        return Said(_word(said[CONSENSUS_CODER]), [CONSENSUS_CODER], own)
    if said:
        return Said(own or _word(2 * sum(said.values()) >= len(said)), sorted(said), own)
    readers = read_for(read, code, start, end)
    return Said("rejected", sorted(set(readers)), "") if readers else Said("open", [], "")


def _word(given: bool) -> str:
    return "accepted" if given else "rejected"
