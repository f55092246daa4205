"""Two versions of a list united: nothing is lost, the order of both stays, and it does not matter which of the two was ours.

A row is known by its id and by what it says. Where two rows of the same id say different things both stay, and the one that came
gets an id of its own (`<id>~<digest>`), so that a second time it is known.
"""

from __future__ import annotations

import hashlib
import heapq
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import pairwise

from pipeline.coders.deciding import ids_in
from pipeline.covered import SEPARATOR
from pipeline.decided import day

Row = dict[str, str]
_APART = re.compile(r"(?:~[0-9a-f]{6,64})+$")
_NOT_SAID = ("line", "file")


@dataclass(frozen=True)
class Clash:
    """Two rows of the same id that say different things; `theirs` as it stands there, and the id under which it is kept here."""

    ours: Row
    theirs: Row
    kept_as: str


@dataclass(frozen=True)
class United:
    """All rows in one order, and where the rows of either version stand in it."""

    rows: list[Row]
    ours: list[int]
    theirs: list[int]
    clashes: list[Clash] = field(default_factory=list)
    changed: bool = False  # a row of ours says what theirs said

    @property
    def new(self) -> list[int]:
        """Places of rows that came from the other version."""
        known = set(self.ours)
        return sorted(set(self.theirs) - known)


Alike = Callable[[Row], tuple[str, ...]]


def united(ours: Sequence[Row], theirs: Sequence[Row], key: str = "", only: Sequence[str] = (), single: bool = False, alike: Alike | None = None) -> United:
    """Rows of both versions. `key`: the column that names a row, if any; `only`: the columns whose differences count (none: all);
    `single`: a row of a name that is there already is not kept beside it; `alike`: what must not be said twice: of two such rows the later
    one stays, and where they are of the same time the one that both copies would choose."""
    made = _Uniting([dict(row) for row in ours], key, only, single, alike)
    there = [made.add(row) for row in theirs]
    _replacing(made.nodes, key)
    order = _ordered(made.nodes, list(range(len(ours))), list(dict.fromkeys(there)), key)
    at = {node: place for place, node in enumerate(order)}
    return United([made.nodes[n] for n in order], [at[n] for n in range(len(ours))], [at[n] for n in there], made.clashes, made.changed)


class _Uniting:
    """Our rows, to which theirs are added one by one."""

    def __init__(self, nodes: list[Row], key: str, only: Sequence[str], single: bool, alike: Alike | None) -> None:
        self.nodes, self.key, self.only, self.single, self.alike = nodes, key, only, single, alike
        self.clashes: list[Clash] = []
        self.changed = False
        self._known: dict[tuple[object, ...], int] = {}  # what a row says, or what must not be said twice -> its node
        self._ids: dict[str, int] = {}
        counted = Counter[tuple[str, ...]]()
        for n, row in enumerate(nodes):
            self._enter(row, n, counted)
        self._counted = Counter[tuple[str, ...]]()

    def _names(self, row: Row, counted: Counter[tuple[str, ...]]) -> list[tuple[object, ...]]:
        """The row by what it says and by what must not be said twice, each with a number where the list says it more than once."""
        names = [(_base(row.get(self.key, "")), said(row, self.key, self.only)), *([("", *self.alike(row))] if self.alike else [])]
        counted.update(names)
        return [(*name, counted[name]) for name in names]

    def _enter(self, row: Row, node: int, counted: Counter[tuple[str, ...]]) -> None:
        for name in self._names(row, counted):
            self._known.setdefault(name, node)
        self._ids.setdefault(row.get(self.key, ""), node)

    def add(self, row: Row) -> int:
        """The node that the row is, or becomes."""
        names = self._names(row, self._counted)
        if names[0] in self._known:
            return self._known[names[0]]
        if self.alike and (node := self._known.get(names[1])) is not None:
            return self._chosen(row, node)
        name = row.get(self.key, "")
        if name and name in self._ids:
            there = self._ids[name]
            kept = "" if self.single else _apart(name, said(row, self.key, self.only), self._ids)
            self.clashes.append(Clash(dict(self.nodes[there]), row, kept))
            if self.single:
                return there
            row = {**row, self.key: kept}
        node = len(self.nodes)
        self.nodes.append(dict(row))
        for known in names:
            self._known.setdefault(known, node)
        self._ids.setdefault(row.get(self.key, ""), node)
        return node

    def _chosen(self, row: Row, node: int) -> int:
        there = self.nodes[node]
        if said(row, self.key) == said(there, self.key):  # under another id
            return node
        self.clashes.append(Clash(dict(there), row, ""))
        if (stamp(row), said(row, self.key)) > (stamp(there), said(there, self.key)):
            self.nodes[node] = {**row, self.key: there.get(self.key, "") or row.get(self.key, "")}
            self.changed = True
        return node


def said(row: Mapping[str, str], key: str = "", only: Sequence[str] = ()) -> str:
    """A digest of what a row says, whatever its id is and whichever columns are missing because they are empty."""
    cells = {name: cell.strip() for name, cell in row.items() if cell.strip() and name not in (*_NOT_SAID, key) and (not only or name in only)}
    for name in ("date", "time"):  # as Excel makes it, or as it was
        cells.update({name: stamp({name: cells[name]}) or cells[name]} if name in cells else {})
    if "replaces" in cells:
        cells["replaces"] = SEPARATOR.join(sorted({_base(name) for name in ids_in(cells["replaces"])}))
    return hashlib.sha256("\x1f".join(f"{name}\x1e{cells[name]}" for name in sorted(cells)).encode("utf-8", "replace")).hexdigest()


def _base(name: str) -> str:
    """The id that a row was given when it was written.

    >>> _base("mk-3~0a1b2c"), _base("mk-3")
    ('mk-3', 'mk-3')
    """
    return _APART.sub("", name)


def _apart(name: str, what: str, taken: Mapping[str, int]) -> str:
    return next(made for size in range(6, 65) if (made := f"{_base(name)}~{what[:size]}") not in taken)


def _replacing(nodes: Iterable[Row], key: str) -> None:
    """Who replaced a row replaced it as it stands in either version."""
    forms: dict[str, list[str]] = defaultdict(list)
    for row in nodes:
        if _base(row.get(key, "")):
            forms[_base(row[key])].append(row[key])
    for row in nodes:
        if row.get("replaces"):
            names = [form for name in ids_in(row["replaces"]) for form in (name, *sorted(forms.get(_base(name), ())))]
            row["replaces"] = SEPARATOR.join(name for name in dict.fromkeys(names) if name != row.get(key))


def stamp(row: Mapping[str, str]) -> str:
    """When a row was written, to be compared: its time in UTC, else its day; empty where it says nothing readable."""
    try:
        time = datetime.fromisoformat(row.get("time", ""))
    except ValueError:
        written = day(row.get("date", ""))
        return written.isoformat() if written else ""
    return (time if time.tzinfo else time.replace(tzinfo=UTC)).astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%f")


def _ordered(nodes: Sequence[Row], ours: Sequence[int], theirs: Sequence[int], key: str) -> list[int]:
    """Nodes in an order that keeps the one of either version; what neither says is decided by time, then by what the rows say. Where
    the two contradict one another, time decides as well."""
    after: dict[int, list[int]] = defaultdict(list)
    before = [0] * len(nodes)
    for chain in (ours, theirs):
        for one, two in pairwise(chain):
            after[one].append(two)
            before[two] += 1
    rank = [(stamp(row), said(row, key), n) for n, row in enumerate(nodes)]
    ready = [rank[n] for n in range(len(nodes)) if not before[n]]
    heapq.heapify(ready)
    rest = sorted(rank)  # taken where two orders contradict one another
    done, order, at = set[int](), list[int](), 0
    while len(order) < len(nodes):
        if ready:
            node = heapq.heappop(ready)[2]
        else:
            while rest[at][2] in done:
                at += 1
            node = rest[at][2]
        if node in done:
            continue
        done.add(node)
        order.append(node)
        for following in after[node]:
            before[following] -= 1
            if before[following] == 0 and following not in done:
                heapq.heappush(ready, rank[following])
    return order
