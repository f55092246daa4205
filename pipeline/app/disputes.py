"""What people coded differently, as it stands now: for a meeting that settles it. Nothing of a blind queue that is still being read.

Passages come from the functions of the stage agreement, on what the lists say at this moment. Neighbouring
sentences of a turn on which the same people differ in the same way are one passage, so that they are settled at once.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from pipeline.agreeing import readings
from pipeline.agreeing.readings import Desk
from pipeline.reviewing.reading import Reading
from pipeline.reviewing.standing import Act
from pipeline.tables import CONSENSUS_CODER

if TYPE_CHECKING:
    import pandas as pd

Key = tuple[str, int]


class Voice(NamedTuple):
    """What one person gave a passage, with the acts that say so."""

    coder: str
    codes: tuple[str, ...]
    acts: tuple[Act, ...]


class Dispute(NamedTuple):
    """A passage of the reading text on which people differ. `common`: categories that all gave; `differ`: those on which they part;
    `settled`: of these, what a meeting said, with the reasons."""

    doc: str
    turn: int
    start: int
    end: int
    voices: tuple[Voice, ...]
    common: tuple[str, ...]
    differ: tuple[str, ...]
    settled: dict[str, bool]
    reasons: tuple[str, ...]
    round: str

    @property
    def id(self) -> str:
        return f"{self.doc}.{self.turn}.{self.start}.{self.end}"

    @property
    def open(self) -> bool:
        return set(self.settled) != set(self.differ)


@dataclass(frozen=True)
class Meeting:
    """All that is to be settled or was; `hidden`: turns (interview, number) of blind queues, of which nothing is shown."""

    desk: Desk
    disputes: list[Dispute]
    hidden: set[Key]


def meeting(reading: Reading, doc: str = "") -> Meeting:
    """Of all interviews, or of one. Call it inside `reading.held()`."""
    hidden = concealed(reading)
    keys = [key for key in sorted(reading.book.here) if key not in hidden and doc in ("", key[0])]
    codes = [one for one, given in reading.known.items() if given]
    desk = readings.desk(readings.sentences(*_material(reading, doc)), codes, _acts(reading, keys), _readings(reading, keys))
    return Meeting(desk, list(_disputes(reading, desk)), hidden)


def concealed(reading: Reading) -> set[Key]:
    """Turns that somebody has still to read without knowing what others said: of rounds until all are through, of random draws until their reader is."""
    gate, home = reading.gate, reading.deck.home
    keys = {key for queue in gate.queues for coder in queue.items for key in gate.hides(coder)}
    return {(key[0], home[key]) for key in keys if key in home}


def _material(reading: Reading, doc: str) -> tuple[pd.DataFrame, pd.DataFrame]:
    """As the tables turns and segments."""
    import pandas as pd

    turns = reading.deck.turns.get(doc, []) if doc else list(reading.deck.by_key.values())
    segments = [(one.doc, one.turn, start, end, f"{one.doc}.{one.turn}.{start}") for one in turns for start, end in one.segments]
    return (
        pd.DataFrame([(one.doc, one.turn, one.role, one.case, one.text) for one in turns], columns=["doc", "turn", "role", "case", "text"]),
        pd.DataFrame(segments, columns=["doc", "turn", "start", "end", "seg"]),
    )


def _acts(reading: Reading, keys: Sequence[Key]) -> pd.DataFrame:
    """As the table decisions."""
    import pandas as pd

    rows = [
        (order, act.coder, act.code, *key, act.start, act.end, act.row["action"], act.row["mode"], act.row.get("memo", ""))
        for key in keys
        for order, act in enumerate(reading.book.holding(key))
    ]  # fmt: skip
    return pd.DataFrame(rows, columns=["order", "coder", "code", "doc", "turn", "start", "end", "action", "mode", "memo"])


def _readings(reading: Reading, keys: Sequence[Key]) -> pd.DataFrame:
    """As the table reviewed."""
    import pandas as pd

    rows = [
        (
            *key, spot.start, spot.end, spot.row["coder"], spot.row["mode"], spot.row.get("codes", ""), reading.book.lacks.get(spot.row["codebook"], ""), spot.row["date"],
            spot.row["raw_sha256"], spot.row["raw_start"], spot.row["raw_end"],
        )
        for key in keys
        for spot in reading.book.readings(key)
    ]  # fmt: skip
    names = ["doc", "turn", "start", "end", "coder", "mode", "codes", "lacks", "date", "raw_sha256", "raw_start", "raw_end"]
    return pd.DataFrame(rows, columns=names)


def _disputes(reading: Reading, desk: Desk) -> Iterator[Dispute]:
    grid, own = desk.every, desk.every.sentences
    if not len(grid.coders):
        return
    readers, givers = grid.read.sum(axis=1), grid.given.sum(axis=1)
    differ = (readers >= 2) & (givers > 0) & (givers < readers)
    rows = np.flatnonzero(differ.any(axis=1)).tolist()
    rounds = _rounds(reading)
    at = 0
    while at < len(rows):
        first = last = rows[at]
        while at + 1 < len(rows) and rows[at + 1] == last + 1 and _alike(desk, differ, first, last + 1):
            at, last = at + 1, last + 1
        at += 1
        yield _dispute(reading, desk, differ, (first, last), rounds.get((own.doc[first], own.turn[first]), ""))


def _alike(desk: Desk, differ: np.ndarray, one: int, other: int) -> bool:
    """Whether the same people say the same of two sentences of one turn, and the same was settled."""
    grid, own = desk.every, desk.every.sentences
    if (own.doc[one], own.turn[one]) != (own.doc[other], own.turn[other]):
        return False
    return all(np.array_equal(data[one], data[other]) for data in (differ, grid.read, grid.given, desk.said))


def _dispute(reading: Reading, desk: Desk, differ: np.ndarray, rows: tuple[int, int], name: str) -> Dispute:
    grid, own, n = desk.every, desk.every.sentences, rows[0]
    doc, turn, start, end = own.doc[n], own.turn[n], own.start[n], own.end[rows[1]]
    apart, codes = np.flatnonzero(differ[n]).tolist(), grid.codes
    acts = reading.book.holding((doc, turn))
    voices = []
    for g in np.flatnonzero(grid.read[n, :, apart].any(axis=0)).tolist():  # apart first: numpy puts lists of numbers before
        given = tuple(codes[k] for k in np.flatnonzero(grid.given[n, g]).tolist())
        said = tuple(act for act in acts if act.coder == grid.coders[g] and act.touches(start, end) and act.code in {*given, *(codes[k] for k in apart)})
        voices.append(Voice(grid.coders[g], given, said))
    common = tuple(code for code in voices[0].codes if all(code in voice.codes for voice in voices) and codes.index(code) not in apart)
    settled = {codes[k]: bool(desk.said[n, k] > 0) for k in apart if desk.said[n, k]}
    reasons = tuple(dict.fromkeys(memo for k in apart if desk.said[n, k] and (memo := desk.reasons.get((n, k), ""))))
    return Dispute(doc, turn, start, end, tuple(voices), common, tuple(codes[k] for k in apart), settled, reasons, name)


def _rounds(reading: Reading) -> dict[Key, str]:
    """Turn -> the round in which several read it."""
    home = reading.deck.home
    found: dict[Key, str] = {}
    for queue in reading.gate.queues:
        for item in (item for items in queue.items.values() for item in items if queue.mode == "double"):
            if item.key in home:
                found[item.key[0], home[item.key]] = queue.name
    return found


def settled_acts(reading: Reading, one: Dispute) -> list[Act]:
    """What a meeting said of a passage and the categories in question, and of others that it gave there."""
    return [act for act in reading.book.holding((one.doc, one.turn)) if act.coder == CONSENSUS_CODER and act.touches(one.start, one.end)]
