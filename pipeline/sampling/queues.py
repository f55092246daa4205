"""Queues of passages that were drawn for people to read: what they hold, and how far everybody is.

A queue is a file `codebooks/<study>/queues/<name>.csv` with a row for each person and passage (`lists.QUEUE_ROWS`). It never changes once it is
drawn; that an item is done, `reviewed.csv` says.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from pipeline.coders import deciding
from pipeline.covered import listed
from pipeline.lists import QUEUES, read_list
from pipeline.places import folder_files
from pipeline.problems import Problem, Stop, did_you_mean
from pipeline.tables import BLIND

FOLDER = "queues"
MODES = ("learning", "random", "control", "double")  # of a drawn queue
INSIDE = 0.8  # share of a passage that a reading must hold; borders of a whole turn may have been led back a little off
Row = dict[str, str]


@dataclass(frozen=True)
class Item:
    """A passage that somebody is to read. Offsets are code points of the raw turn; `chance` is None where it was not drawn at random.

    `codes`: the categories it is read for; none: for all. `gone`: its turn is no longer there, so nobody can read it.
    """

    order: int
    doc: str
    raw_sha256: str
    start: int
    end: int
    stratum: str
    chance: float | None
    codes: tuple[str, ...]
    quote: str
    done: bool = False
    gone: bool = False

    @property
    def key(self) -> tuple[str, str]:
        """The turn: interview and hash of its raw text."""
        return self.doc, self.raw_sha256

    @property
    def open(self) -> bool:
        return not (self.done or self.gone)


@dataclass(frozen=True)
class Queue:
    """A drawn queue: coder -> their items in their own order, how many of them are done, and whether everybody is through."""

    name: str
    mode: str
    date: str
    coders: tuple[str, ...]
    items: Mapping[str, list[Item]]
    done: Mapping[str, int]
    complete: bool

    @property
    def blind(self) -> bool:
        """Whether it is read without proposals and without what others said."""
        return self.mode in BLIND

    def left(self, coder: str) -> list[Item]:
        """What a coder has still to read, in their order."""
        return [item for item in self.items.get(coder, ()) if item.open]


def queues(folder: Path, reviewed: Iterable[Mapping[str, Any]], there: Collection[tuple[str, str]] | None = None) -> list[Queue]:
    """All queues of a study by date and name. `folder`: `codebooks/<study>/queues`; `reviewed`: rows of `reviewed.csv` in their order.

    `there`: (interview, hash of the raw turn) of all turns of today; an item whose turn is not among them holds nobody up. Raises `Stop` with
    the problems of all files and their rows.
    """
    read = readings(reviewed)
    problems: list[Problem] = []
    found: dict[str, list[Row]] = {}
    for path in folder_files(folder):
        name = f"{FOLDER}/{path.name}"
        try:
            rows = read_list(path, replace(QUEUES, name=name))
        except Stop as stop:
            problems += stop.problems
            continue
        problems += _problems(rows, name, found)
        for row in rows:
            found.setdefault(row["queue"], []).append({**row, "file": name})
    if problems:
        raise Stop(problems)
    made = [_queue(name, rows, read, there) for name, rows in found.items()]
    return sorted(made, key=lambda one: (one.date, one.name))


def drawn(found: Iterable[Queue], modes: Collection[str] = MODES, left: bool = False) -> set[tuple[str, str]]:
    """Turns (interview, hash) in queues of these modes; `left`: only those that somebody has still to read."""
    return {item.key for queue in found if queue.mode in modes for items in queue.items.values() for item in items if item.open or not left}


def _problems(rows: list[Row], file: str, known: Mapping[str, list[Row]]) -> list[Problem]:
    problems = []
    modes: dict[str, str] = {}
    for row in rows:
        line = int(row["line"])
        if row["mode"] not in MODES:
            problems.append(Problem(file, line, f"»mode« kennt »{row['mode']}« nicht.", did_you_mean(row["mode"], MODES)))
        if modes.setdefault(row["queue"], row["mode"]) != row["mode"]:
            problems.append(Problem(file, line, f"Die Auswahl »{row['queue']}« hat zwei Arten: {modes[row['queue']]} und {row['mode']}.", "Eine Auswahl hat eine Art."))
        if row["queue"] in known:
            problems.append(Problem(file, line, f"Die Auswahl »{row['queue']}« steht schon in {known[row['queue']][0]['file']}.", "Bitte eine der beiden Dateien wegnehmen."))
        if int(row["raw_end"]) <= int(row["raw_start"]):
            problems.append(Problem(file, line, "»raw_end« liegt nicht hinter »raw_start«.", "Bitte die Zeile streichen."))
        if row["chance"] and not 0 <= _share(row["chance"]) <= 1:
            problems.append(Problem(file, line, f"»chance« ist eine Zahl von 0 bis 1, da steht »{row['chance']}«."))
    return problems


def _share(text: str) -> float:
    """A share as it is written, with a point or as Excel makes it; -1 for anything else."""
    try:
        return float(text.replace(",", "."))
    except ValueError:
        return -1.0


def _queue(name: str, rows: list[Row], read: Mapping[tuple[str, ...], list[Row]], there: Collection[tuple[str, str]] | None) -> Queue:
    items: dict[str, dict[tuple[str, str, int, int], Item]] = defaultdict(dict)
    for row in rows:
        one = Item(
            int(row["order"]), row["doc"], row["raw_sha256"], int(row["raw_start"]), int(row["raw_end"]), row["stratum"],
            _share(row["chance"]) if row["chance"] else None, listed(row["codes"]), row["quote"],
        )  # fmt: skip
        said = read.get((row["doc"], row["raw_sha256"], row["coder"], row["mode"]), ())
        gone = there is not None and one.key not in there
        items[row["coder"]].setdefault((*one.key, one.start, one.end), replace(one, done=_done(one, said), gone=gone))
    ordered = {coder: sorted(own.values(), key=lambda item: (item.order, *item.key)) for coder, own in sorted(items.items())}
    return Queue(
        name, rows[0]["mode"], max(row["date"] for row in rows), tuple(ordered), ordered, {coder: sum(item.done for item in own) for coder, own in ordered.items()},
        not any(item.open for own in ordered.values() for item in own),
    )  # fmt: skip


def readings(reviewed: Iterable[Mapping[str, Any]]) -> dict[tuple[str, ...], list[Row]]:
    """(interview, hash, coder, mode) -> what was read there and not taken back."""
    found: dict[tuple[str, ...], list[Row]] = defaultdict(list)
    for row in deciding.readings(reviewed):
        key = tuple(str(row[name]) for name in ("doc", "raw_sha256", "coder", "mode"))
        found[key].append({name: str(row.get(name, "")) for name in ("raw_start", "raw_end", "codes")})
    return found


def _done(item: Item, said: Iterable[Row]) -> bool:
    """Whether a reading holds the passage and, where it was for some categories alone, all that the item asks for."""
    for row in said:
        shared = min(int(row["raw_end"]), item.end) - max(int(row["raw_start"]), item.start)
        codes = set(listed(row["codes"]))
        if shared >= INSIDE * (item.end - item.start) and (not codes or (item.codes and set(item.codes) <= codes)):
            return True
    return False
