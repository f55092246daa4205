"""Rows of rules or examples into the lists of their categories. A row is known by its stamp, or by what it says."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from pipeline.problems import Problem, did_you_mean
from pipeline.sheets.cells import fingerprint
from pipeline.sheets.changes import edited, is_yes
from pipeline.sheets.columns import EXAMPLE_KEYS, SHEETS
from pipeline.sheets.merge_codes import NEW_STAMP
from pipeline.sheets.own import Row
from pipeline.sheets.rows import Current

Home = tuple[str, str]  # (category, key of the list in it)
Build = Callable[[Row, Iterable[str], Any, list[Problem]], Any]


@dataclass(eq=False)
class Slot:
    """One entry of a list, with the row that speaks of it."""

    raw: Any
    home: Home
    now: Current | None = None
    row: Row | None = None


@dataclass
class Entries:
    """The lists after the merge, and what happened in which categories."""

    lists: dict[Home, list[Slot]] = field(default_factory=lambda: defaultdict(list))
    changed: list[str] = field(default_factory=list)
    new: list[str] = field(default_factory=list)
    moved: list[str] = field(default_factory=list)
    gone: list[str] = field(default_factory=list)
    unlisted: list[str] = field(default_factory=list)
    newer: list[str] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)


def merge_entries(sheet: str, current: Sequence[Current], rows: Sequence[Row] | None, codes: Iterable[str], build: Build) -> Entries:
    """`codes` are the categories after the merge; entries of others go with them. `rows` is None where the sheet is missing."""
    done, known = Entries(), set(codes)
    slots = [Slot(now.raw, (now.code, now.key or "match"), now) for now in current]
    for one in slots:
        done.lists[one.home].append(one)
    if rows is None:
        return done
    claimed = _claims(sheet, slots, rows)
    spoken_of = set(claimed.values())
    done.unlisted = [one.home[0] for one in slots if one not in spoken_of and one.home[0] in known]
    last: dict[Home, Slot] = {}
    for number, row in enumerate(rows):
        slot = claimed.get(number)
        if slot is not None and slot.home[0] not in known and not edited(row, slot.now.cells if slot.now else {}):
            continue  # its category is deleted
        home = _home(done, row, slot, known)
        if home is None:
            continue
        if slot is None:
            slot = _without_slot(sheet, done, row, home, build)
            if slot is None:
                continue
            _settle(done, slot, last, _next_of(done, claimed, rows, number, home))
        elif not _with_slot(done, slot, row, home, build):
            continue
        elif slot.home != home:
            done.lists[slot.home].remove(slot)
            slot.home = home
            done.moved.append(home[0])
            _settle(done, slot, last, _next_of(done, claimed, rows, number, home))
        last[home] = slot
    return done


def _claims(sheet: str, slots: Sequence[Slot], rows: Sequence[Row]) -> dict[int, Slot]:
    """Which row speaks of which entry: same stamp and content, then same stamp, then same content; each entry once."""
    present = [column.key for column in SHEETS[sheet] if rows and column.key in rows[0].cells and column.key not in ("delete", "stamp")]

    def said(cells: dict[str, str]) -> tuple[str, ...]:
        return tuple(cells.get(key, "") for key in present)

    ways: tuple[Callable[[dict[str, str]], tuple[str, ...]], ...] = (
        lambda cells: (cells.get("stamp", ""), *said(cells)), lambda cells: (cells.get("stamp", ""),), said,
    )  # fmt: skip
    claimed: dict[int, Slot] = {}
    free = list(slots)
    for way in ways:
        waiting: dict[tuple[str, ...], list[Slot]] = defaultdict(list)
        for slot in free:
            waiting[way(slot.now.cells if slot.now else {})].append(slot)
        for number, row in enumerate(rows):
            if number not in claimed and waiting.get(way(row.cells)):
                claimed[number] = waiting[way(row.cells)].pop(0)
        taken = set(map(id, claimed.values()))
        free = [slot for slot in free if id(slot) not in taken]
    return claimed


def _home(done: Entries, row: Row, slot: Slot | None, known: set[str]) -> Home | None:
    code = row.cells.get("code", slot.home[0] if slot else "")
    if code not in known:
        what = f"Die Kategorie »{code[:60]}« gibt es nicht." if code else "Hier fehlt die Kategorie."
        done.problems.append(Problem(f"{row.where}, Spalte »Kategorie«", 0, what, did_you_mean(code, sorted(known)) if code else ""))
        return None
    if row.sheet != "Beispiele":
        return code, "match"
    kind = row.cells.get("kind", "")
    key = EXAMPLE_KEYS.get(kind) or (slot.home[1] if slot and "kind" not in row.cells else "")
    if not key:
        what = f"Die Art »{kind[:40]}« gibt es nicht." if kind else "Hier fehlt die Art."
        done.problems.append(Problem(f"{row.where}, Spalte »Art«", 0, what, did_you_mean(kind, EXAMPLE_KEYS)))
        return None
    return code, key


def _with_slot(done: Entries, slot: Slot, row: Row, home: Home, build: Build) -> bool:
    """Take over what a row says of its entry; false where the entry goes."""
    if is_yes(row, done.problems):
        done.lists[slot.home].remove(slot)
        done.gone.append(slot.home[0])
        return False
    keys = set(edited(row, slot.now.cells if slot.now else {})) - {"code"} - ({"kind"} if row.sheet == "Beispiele" else set())
    slot.row = row
    if keys:
        slot.raw = build(row, keys, slot.raw, done.problems)
        done.changed.append(home[0])
    return True


def _without_slot(sheet: str, done: Entries, row: Row, home: Home, build: Build) -> Slot | None:
    """A new entry, or nothing where the row speaks of one that the YAML no longer has."""
    if is_yes(row, done.problems):
        return None
    stamp = row.cells.get("stamp", "")
    if stamp and stamp not in {slot.now.stamp for slots in done.lists.values() for slot in slots if slot.now}:
        if fingerprint(row.cells, SHEETS[sheet]) == stamp:
            done.newer.append(home[0])
        else:
            what = "Diese Zeile wurde geändert; im Codebuch steht sie aber inzwischen anders oder gar nicht mehr."
            done.problems.append(Problem(row.where, 0, what, NEW_STAMP))
        return None
    done.new.append(home[0])
    keys = [key for key, text in row.cells.items() if text]
    return Slot(build(row, keys, {}, done.problems), home, None, row)


def _next_of(done: Entries, claimed: dict[int, Slot], rows: Sequence[Row], number: int, home: Home) -> Slot | None:
    """The entry of the same list that the very next row speaks of."""
    slot = claimed.get(number + 1)
    return slot if slot is not None and slot.home == home and slot in done.lists[home] else None


def _settle(done: Entries, slot: Slot, last: dict[Home, Slot], following: Slot | None) -> None:
    entries = done.lists[slot.home]
    if slot.home in last and last[slot.home] in entries:
        entries.insert(entries.index(last[slot.home]) + 1, slot)
    elif following is not None:
        entries.insert(entries.index(following), slot)
    else:
        entries.append(slot)
