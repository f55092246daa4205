"""Rows of lists whose turn was edited since: all that lay in one former turn looked for together, and where their neighbours stand."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple

from pipeline.anchoring.aligning import plain
from pipeline.anchoring.readings import reading
from pipeline.anchoring.refind import EXACT, Found, Place, chosen, places, ranked

Row = Mapping[str, str]
Anchor = tuple[str, str, int, int]  # interview, hash of the raw turn, offsets in it
BETTER = 0.1  # likeness by which a turn that cannot be meant must be better to cast doubt on one that can
FEW, IN_ORDER = 8, 0.9  # pairs of rows, and the share of them in the order of turns, from which a list is taken to be in order
TWICE = 2.0  # how much more must speak for one turn than for the next


class Now(NamedTuple):
    """An interview as it is: turn -> text, and raw length; hash -> turns; the turns whose words may be coded."""

    texts: dict[int, str]
    lengths: dict[int, int]
    hashes: dict[str, list[int]]
    spoken: set[int]


def placed_again(rows: Sequence[Row], now: Mapping[str, Now]) -> dict[Anchor, Found]:
    """Anchor of each row whose turn is gone -> where it stands or may stand today; without those that nothing is like.

    `rows`: of decisions.csv, handcoded/ and reviewed.csv in the order of the lists; `now`: interview -> what it says today.
    """
    found: dict[Anchor, Found] = {}
    by_doc: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        if row["doc"] in now:
            by_doc[row["doc"]].append(row)
    for doc in sorted(by_doc):
        groups: dict[str, list[int]] = defaultdict(list)
        for n, row in enumerate(by_doc[doc]):
            if row["raw_sha256"] not in now[doc].hashes:
                groups[row["raw_sha256"]].append(n)
        ordered = _in_order(by_doc[doc], now[doc])
        for numbers in groups.values():
            found |= _group(by_doc[doc], numbers, now[doc], ordered)
    return found


def anchor(row: Row) -> Anchor:
    return row["doc"], row["raw_sha256"], int(row["raw_start"]), int(row["raw_end"])


def _group(rows: Sequence[Row], numbers: Sequence[int], now: Now, ordered: bool) -> dict[Anchor, Found]:
    """The rows of one former turn: what they say together of where it is, then each of them."""
    mine = {anchor(rows[n]): rows[n] for n in reversed(numbers) if rows[n].get("code")}
    read = {anchor(rows[n]): rows[n] for n in reversed(numbers) if not rows[n].get("code")}
    gone, known = _unchanged(rows, [rows[n] for n in numbers], now)
    could = {turn: text for turn, text in now.texts.items() if turn in now.spoken and turn not in gone}
    rest = {turn: text for turn, text in now.texts.items() if turn not in could}
    seen = {key: places(row.get("quote", ""), row.get("before", ""), row.get("after", ""), could, known) for key, row in mine.items()}
    around = _around(rows, numbers, now)
    near = _voted(seen, mine) or _between(around, could)
    found: dict[Anchor, Found] = {}
    for key, row in mine.items():
        best = _doubted(chosen(seen[key], row.get("quote", ""), near), row, rest)
        if best:
            found[key] = best._replace(sure=best.sure and not (ordered and _astray(best, around)))
    held = {one.turn for one in found.values() if one.sure}
    for key, row in read.items():
        one = reading(row, could, now.lengths, known, near, held)
        if one:
            found.setdefault(key, one)
    return found


def _unchanged(rows: Sequence[Row], mine: Sequence[Row], now: Now) -> tuple[set[int], set[int]]:
    """(turns that were there as they are before the rows of a former turn were written, so that they are not that turn; turns of which
    that is likely, because rows of the same day, or of no known one, lie in them)."""
    first = min(_stamp(row) for row in mine)
    surely: set[int] = set()
    likely: set[int] = set()
    for row in rows:
        for turn in now.hashes.get(row["raw_sha256"], ()):
            when = _stamp(row)
            if when and first and _before(when, first):
                surely.add(turn)
            elif not (when and first and _before(first, when)):
                likely.add(turn)
    return surely, likely - surely


def _stamp(row: Row) -> str:
    day = row.get("date", "")
    return row.get("time", "") or (day if len(day) == 10 and day[4:5] == "-" else "")


def _before(one: str, other: str) -> bool:
    size = min(len(one), len(other))  # a day beside a time of it tells nothing
    return one[:size] < other[:size]


def _voted(seen: Mapping[Anchor, Sequence[Place]], rows: Mapping[Anchor, Row]) -> int:
    """The turn for which the passages of one former turn speak together; 0 where two of them are as likely."""
    votes: dict[int, float] = defaultdict(float)
    for key, found in seen.items():
        letters = len(plain(rows[key].get("quote", "")))
        for turn in {one.turn for one in found}:
            votes[turn] += letters * max(one.likeness for one in found if one.turn == turn)
    order = sorted(votes.items(), key=lambda vote: (-vote[1], vote[0]))
    if len(seen) < 2 or not order or (len(order) > 1 and order[0][1] < TWICE * order[1][1]):
        return 0
    return order[0][0]


def _around(rows: Sequence[Row], numbers: Sequence[int], now: Now) -> tuple[int, int]:
    """The turns of the nearest rows before and behind in the lists that are still where they were; 0 where there is none."""

    def nearest(way: range) -> int:
        return next((now.hashes[rows[n]["raw_sha256"]][0] for n in way if rows[n]["raw_sha256"] in now.hashes), 0)

    return nearest(range(numbers[0] - 1, -1, -1)), nearest(range(numbers[-1] + 1, len(rows)))


def _in_order(rows: Sequence[Row], now: Now) -> bool:
    """Whether the rows of an interview stand in the order of its turns, as they do where people decide while they read."""
    held = [now.hashes[row["raw_sha256"]][0] for row in rows if row["raw_sha256"] in now.hashes]
    steps = list(pairwise(held))
    return len(steps) >= FEW and sum(a <= b for a, b in steps) >= IN_ORDER * len(steps)


def _between(around: tuple[int, int], could: Mapping[int, str]) -> int:
    """The only turn between two others; 0 where there are none or several."""
    inside = [turn for turn in could if around[0] < turn < around[1]]
    return inside[0] if around[0] and len(inside) == 1 else 0


def _astray(found: Found, around: tuple[int, int]) -> bool:
    """Whether a place lies outside the turns between which it should be."""
    low, high = around
    return bool(low and high and low <= high and not low <= found.turn <= high) or bool(low and not high and found.turn < low)


def _doubted(best: Found | None, row: Row, rest: Mapping[int, str]) -> Found | None:
    """The place, unless a turn that cannot be meant holds the words much better: then that is told, and is not sure."""
    if best and best.sure and best.likeness >= EXACT:
        return best
    others = ranked(places(row.get("quote", ""), row.get("before", ""), row.get("after", ""), rest))
    if others and (best is None or others[0].likeness > best.likeness + BETTER):
        other = others[0]
        return Found(other.turn, other.start, other.end, round(other.likeness, 3), False)
    return best
