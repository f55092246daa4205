"""Who read which sentence for which categories, and what they gave: from the tables of readings and acts.

A sentence counts as read by somebody where one of their passages holds nearly all of it; not those of working through the machine's
proposals alone. A category counts as given to it where the coded passage overlaps it by more than half of the shorter of the two, as where
the machine is measured (`learning.measured`).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from pipeline.covered import knows
from pipeline.learning.measured import INSIDE
from pipeline.tables import BLIND, CODED_ROLES, CONSENSUS, CONSENSUS_CODER, MACHINES, QUEUE, WITHDRAW

if TYPE_CHECKING:
    import pandas as pd

HAND = ("", "hand")  # mode of what people coded in files of their own, without saying how
OVER = 0.5
SEVERAL = ";"
Turn = tuple[str, int]


class Act(NamedTuple):
    """What somebody said of a passage: numbers of coder and category, whether they gave it, the sentences that it means."""

    coder: int
    code: int
    doc: str
    turn: int
    start: int
    end: int
    given: bool
    mode: str
    memo: str
    rows: Sequence[int]


class Sentences(NamedTuple):
    """N sentences in order of document, turn and place; `of_turn`: the rows of each turn; `length`: signs up to the next one; `docs` and
    `cases`: names, of which `of_doc` and `of_case` (N) give the number."""

    seg: Sequence[str]
    doc: Sequence[str]
    turn: Sequence[int]
    start: Sequence[int]
    end: Sequence[int]
    case: Sequence[str]
    length: np.ndarray
    docs: Sequence[str]
    of_doc: np.ndarray
    cases: Sequence[str]
    of_case: np.ndarray
    of_turn: Mapping[Turn, range]

    def under(self, doc: str, turn: int, start: int, end: int) -> list[int]:
        """Rows of sentences that a coded passage overlaps by more than half of the shorter of the two."""
        found = []
        for n in self.of_turn.get((doc, turn), ()):
            a, b = self.start[n], self.end[n]
            if b > start and a < end and min(b, end) - max(a, start) > OVER * min(b - a, end - start):
                found.append(n)
        return found

    def within(self, doc: str, turn: int, start: int, end: int) -> list[int]:
        """Rows of sentences that a passage holds nearly whole."""
        found = []
        for n in self.of_turn.get((doc, turn), ()):
            a, b = self.start[n], self.end[n]
            if (start <= a and b <= end) or min(b, end) - max(a, start) >= INSIDE * (b - a):
                found.append(n)
        return found


class Grid(NamedTuple):
    """What `coders` (G) say of N sentences and `codes` (K): `read` and `given` N x G x K, `given` only where read; `month` (N x G) of the
    reading as 202606, 0 where unknown."""

    sentences: Sentences
    coders: tuple[str, ...]
    codes: tuple[str, ...]
    read: np.ndarray
    given: np.ndarray
    month: np.ndarray
    acts: Sequence[Act]


class Desk(NamedTuple):
    """Everything read and said by people: all of it (`every`), what they read without seeing proposals (`blind`), `said` by consensus
    (N x K: 1 given, -1 not, 0 nothing) with its memos, and the place of each reading (sentence, coder) in its queue's list."""

    every: Grid
    blind: Grid
    said: np.ndarray
    reasons: Mapping[tuple[int, int], str]
    origin: Mapping[tuple[int, int], tuple[object, ...]]


def sentences(turns: pd.DataFrame, segments: pd.DataFrame) -> Sentences:
    """All sentences that may be coded."""
    spoken = turns[turns["role"].isin(CODED_ROLES)]
    size = dict(zip(zip(spoken["doc"], spoken["turn"], strict=True), spoken["text"].str.len(), strict=True))
    case = dict(zip(size, spoken["case"], strict=True))
    columns = (segments[name].tolist() for name in ("doc", "turn", "start", "end", "seg"))
    rows = sorted(row for row in zip(*columns, strict=True) if row[:2] in size)
    first: dict[Turn, int] = {}
    for n, row in enumerate(rows):
        first.setdefault(row[:2], n)
    last = dict(zip(first, [*list(first.values()), len(rows)][1:], strict=True))
    following = [rows[n + 1][2] if n + 1 < len(rows) and rows[n + 1][:2] == row[:2] else size[row[:2]] for n, row in enumerate(rows)]
    doc, turn, start, end, seg = (list(part) for part in zip(*rows, strict=True)) if rows else ([], [], [], [], [])
    length = np.array([stop - a for a, stop in zip(start, following, strict=True)], dtype=float)
    cases = [case[key] for key in zip(doc, turn, strict=True)]
    of_turn = {key: range(n, last[key]) for key, n in first.items()}
    return Sentences(seg, doc, turn, start, end, cases, length, *_numbered(doc), *_numbered(cases), of_turn)


def _numbered(names: Sequence[str]) -> tuple[list[str], np.ndarray]:
    known = sorted(set(names))
    number = {name: n for n, name in enumerate(known)}
    return known, np.array([number[name] for name in names], dtype=int)


def desk(own: Sentences, codes: Sequence[str], decisions: pd.DataFrame, reviewed: pd.DataFrame) -> Desk:
    """What people read and said; `codes`: the categories that can be given, in order."""
    reviewed = reviewed[_people(reviewed["coder"]) & ~reviewed["mode"].isin([QUEUE, CONSENSUS])]
    coders = tuple(sorted(set(reviewed["coder"])))
    acts = list(_acts(own, decisions.sort_values("order", kind="stable"), {name: n for n, name in enumerate((*coders, CONSENSUS_CODER))}, codes))
    told, settled = [act for act in acts if act.coder < len(coders)], [act for act in acts if act.coder == len(coders)]
    origin: dict[tuple[int, int], tuple[object, ...]] = {}
    every = _grid(own, coders, codes, reviewed, told, origin)
    drawn = [act for act in told if act.mode in BLIND or act.mode in HAND]
    blind = _grid(own, coders, codes, reviewed[reviewed["mode"].isin(BLIND)], drawn, {})
    said, reasons = np.zeros((len(own.seg), len(codes)), dtype=np.int8), {}
    for act in settled:
        for n in act.rows:
            said[n, act.code] = 1 if act.given or said[n, act.code] == 1 else -1
            reasons[n, act.code] = act.memo
    return Desk(every, blind, said, reasons, origin)


def agreed(grid: Grid, said: np.ndarray) -> Grid:
    """The same readings with what consensus settled in place of what single coders said."""
    told = np.where(said[:, None, :] == 0, grid.given, said[:, None, :] == 1)
    return grid._replace(given=told & grid.read)


def month_of(text: str) -> int:
    """
    >>> month_of("2026-06-02"), month_of("2.6.2026"), month_of("Juni")
    (202606, 202606, 0)
    """
    found = re.match(r"(\d{4})-(\d\d?)", text) or re.fullmatch(r"\d\d?\.(\d\d?)\.(\d{4})", text)
    if found is None:
        return 0
    year, month = found.groups() if len(found[1]) == 4 else (found[2], found[1])
    return int(year) * 100 + int(month)


def _people(coders: pd.Series) -> pd.Series:
    return ~coders.isin([*MACHINES, CONSENSUS_CODER, ""])


def _acts(own: Sentences, decisions: pd.DataFrame, coder: Mapping[str, int], codes: Sequence[str]) -> Iterator[Act]:
    number = {code: n for n, code in enumerate(codes)}
    names = ("coder", "code", "doc", "turn", "start", "end", "action", "mode", "memo")
    for who, code, doc, turn, start, end, action, mode, memo in zip(*(decisions[name].tolist() for name in names), strict=True):
        if who in coder and code in number and action != WITHDRAW:
            yield Act(coder[who], number[code], doc, turn, start, end, action != "reject", mode, memo, own.under(doc, turn, start, end))


def _grid(
    own: Sentences, coders: tuple[str, ...], codes: Sequence[str], reviewed: pd.DataFrame, acts: Sequence[Act], origin: dict[tuple[int, int], tuple[object, ...]]
) -> Grid:
    shape = len(own.seg), len(coders), len(codes)
    read, given = np.zeros(shape, dtype=bool), np.zeros(shape, dtype=bool)
    month = np.zeros(shape[:2], dtype=int)
    of, known = {name: n for n, name in enumerate(coders)}, _known(codes)
    names = ("doc", "turn", "start", "end", "coder", "mode", "codes", "lacks", "date", "raw_sha256", "raw_start", "raw_end")
    for doc, turn, start, end, who, mode, told, lacks, day, *raw in zip(*(reviewed[name].tolist() for name in names), strict=True):
        g, for_codes, when = of[who], known(told, lacks), month_of(day)
        for n in own.within(doc, turn, start, end):
            read[n, g] |= for_codes
            month[n, g] = max(month[n, g], when)
            origin[n, g] = (who, mode, doc, *raw)
    for act in acts:
        if act.given:
            for n in act.rows:
                given[n, act.coder, act.code] = True
    return Grid(own, coders, tuple(codes), read, given & read, month, acts)


def _known(codes: Sequence[str]) -> Callable[[str, str], np.ndarray]:
    """(`codes`, `lacks`) of a reading -> K bool, for which categories it was read."""

    @cache
    def known(told: str, lacks: str) -> np.ndarray:
        looked_for = knows({"mode": "", "codes": told, "lacks": lacks})
        return np.array([looked_for(code) for code in codes], dtype=bool)

    return known


def months(grid: Grid, columns: Iterable[int]) -> np.ndarray:
    """(N) when the last of some coders read each sentence."""
    return np.asarray(grid.month[:, list(columns)].max(axis=1, initial=0))
