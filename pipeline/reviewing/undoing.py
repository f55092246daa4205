"""Taking the last step back: what one reader says of a turn is written anew as it was before; nothing is ever deleted."""

from __future__ import annotations

from typing import NamedTuple

from pipeline.coders.deciding import ids_in
from pipeline.language import _
from pipeline.reviewing import asked
from pipeline.reviewing.acting import Book
from pipeline.reviewing.deck import Key
from pipeline.reviewing.desk import Desk, Plan
from pipeline.reviewing.files import Row
from pipeline.reviewing.planning import taken_back
from pipeline.reviewing.standing import Act, Spot, holding, reading_key, readings
from pipeline.tables import FIRST, WITHDRAW

_ACT = ("action", "memo", "stance", "about")


class Own(NamedTuple):
    """What one reader says of a turn: acts by anchor and category, readings and pins by place."""

    acts: dict[tuple[str, ...], Act]
    read: dict[tuple[str, ...], Row]
    pins: dict[tuple[int, int], Row]

    def same(self, other: Own) -> bool:
        return self._content() == other._content()

    def _content(self) -> tuple[object, ...]:
        acts = {key: tuple(act.row.get(name, "") for name in _ACT) for key, act in self.acts.items()}
        return acts, set(self.read), set(self.pins)


def own(book: Book, key: Key, coder: str) -> Own:
    """What `coder` says of a turn now."""
    here = book.here.get(key)
    pins = [spot for spot in here.quotes if spot.row.get("pin") == FIRST and spot.row.get("coder") == coder] if here else []
    return _own([act for act in book.holding(key) if act.coder == coder], book.readings(key), pins, coder)


def _own(acts: list[Act], read: list[Spot], pins: list[Spot], coder: str) -> Own:
    return Own(
        {tuple(act.row[name] for name in ("doc", "raw_sha256", "raw_start", "raw_end", "code")): act for act in acts},
        {reading_key(spot.row): spot.row for spot in read if spot.row["coder"] == coder}, {(spot.start, spot.end): spot.row for spot in pins},
    )  # fmt: skip


def before_last(book: Book, key: Key, coder: str) -> Own:
    """What `coder` said before the last step, as the lists tell by their times. Raises `Stop` where they tell of none."""
    here = book.here.get(key)
    acts = [act for act in here.acts if act.coder == coder and act.row.get("time")] if here else []
    read = [spot for spot in here.read if spot.row["coder"] == coder and spot.row.get("time")] if here else []
    if not (acts or read) or here is None:
        raise asked.refused(_("Hier gibt es nichts zurückzunehmen."))
    last = max([act.row["time"] for act in acts] + [spot.row["time"] for spot in read])
    earlier = [act for act in here.acts if not (act.coder == coder and act.row.get("time") == last)]
    gone = {name for act in here.acts if act not in earlier for name in ids_in(act.row.get("replaces", ""))}
    aside = {coder: book.aside[coder] - gone}
    spots = [spot for spot in here.read if not (spot.row["coder"] == coder and spot.row.get("time") == last)]
    return _own([act for act in holding(earlier, aside) if act.coder == coder], readings(spots), [], coder)._replace(pins=own(book, key, coder).pins)


def back(desk: Desk, to: Own) -> Plan:
    """The rows that make what a reader says of a turn again what it was."""
    now = own(desk.book, desk.key, desk.coder)
    for key, act in now.acts.items():
        if key not in to.acts:
            desk.again(act, WITHDRAW, memo="")
    for key, act in to.acts.items():
        there = now.acts.get(key)
        if there is None or any(there.row.get(name, "") != act.row.get(name, "") for name in _ACT):
            desk.again(act, aside=[there] if there else [])
    base = {"date": desk.date, "time": desk.time}
    desk.plan.read += [taken_back(row, {**row, **base}) for key, row in now.read.items() if key not in to.read]
    desk.plan.read += [{**row, **base, "action": ""} for key, row in to.read.items() if key not in now.read]
    desk.plan.unpinned += [row for place, row in now.pins.items() if place not in to.pins]
    desk.plan.quotes += [row for place, row in to.pins.items() if place not in now.pins]
    return desk.plan
