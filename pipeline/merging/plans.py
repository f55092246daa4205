"""What merging would make of every list: read from both copies, united, and checked as a whole before anything is written."""

from __future__ import annotations

import re
import tempfile
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from pipeline import decided
from pipeline.ledgers import form
from pipeline.ledgers.columns import ACTS, COLUMNS
from pipeline.ledgers.disk import told
from pipeline.lists import HANDCODED, LISTS, QUEUE_ROWS, QUEUES, VERSIONS, Listing, read_list
from pipeline.merging.source import Other
from pipeline.merging.uniting import Alike, Row, United, said, united
from pipeline.places import Places, folder_files
from pipeline.problems import Problem, Stop


@dataclass(frozen=True)
class Kind:
    """How a list is united: the columns of its canonical form, the one that names a row, whose differences count, whether a name is there once."""

    columns: tuple[str, ...]
    key: str = ""
    only: tuple[str, ...] = ()
    single: bool = False
    alike: Alike | None = None  # what must not stand there twice


KINDS = {name: Kind(columns, "entry" if "entry" in columns else "") for name, columns in COLUMNS.items()} | {
    "decisions.csv": Kind(ACTS, "decision"), "codebook_versions.csv": Kind(VERSIONS, "version", ("codes",), single=True),
}  # fmt: skip


def _same_coding(row: Row) -> tuple[str, ...]:
    """What a file of hand codings may say once (`decided`): the same passage and category at the same time."""
    return (*(row[name] for name in ("doc", "raw_sha256", "raw_start", "raw_end", "code")), row.get("action", "") or "add", row.get("time", ""))


_HAND, _QUEUE = Kind(ACTS, "decision", alike=_same_coding), Kind(QUEUE_ROWS)
_NAME = re.compile(r"[^\W_][\w~ .-]{0,99}")  # of a queue: it becomes the name of a file
_EXACT = ("before", "quote", "after", "memo")  # people's words, and the text around a passage, come over with every blank
_PLACE = ("coder", "doc", "raw_sha256", "raw_start", "raw_end")


@dataclass(frozen=True)
class Plan:
    """A list as it is to be. `name` is its path below codebooks/<study>/."""

    name: str
    listing: Listing
    kind: Kind
    made: United
    renamed: str = ""  # a queue that was drawn here under the same name: what it was called there

    @property
    def changed(self) -> bool:
        return bool(self.made.new) or self.made.changed


def plans(places: Places, other: Other) -> list[Plan]:
    """All lists of which the other copy has rows. Raises `Stop` with the problems of all lists of both, or of what would come of them."""
    problems: list[Problem] = []
    found: list[Plan] = []
    for name, kind in KINDS.items():
        found += _tried(problems, lambda name=name, kind=kind: _plan(places, other, name, LISTS[name], kind))  # type: ignore[misc]
    for path in folder_files(other.folder / "handcoded"):
        found += _tried(problems, lambda path=path: _plan(places, other, f"handcoded/{path.name}", HANDCODED, _HAND))  # type: ignore[misc]
    found += _tried(problems, lambda: _queues(places, other))
    if not problems:
        problems = _checked(places, found)
    if problems:
        raise Stop(list(dict.fromkeys(problems)))
    return found


def _tried(problems: list[Problem], make: Callable[[], list[Plan]]) -> list[Plan]:
    try:
        return make()
    except Stop as stop:
        problems += stop.problems
        return []


def _both(places: Places, other: Other, name: str, listing: Listing) -> tuple[list[Row], list[Row]]:
    """Rows of a list here and there; problems of both are told with the place where the file lies."""
    problems: list[Problem] = []
    found = []
    for folder, shown in ((places.codebooks, places.show(places.codebooks / name)), (other.folder, f"{other.shown}: {name}")):
        try:
            found.append(read_list(folder / name, replace(listing, name=shown), _EXACT))
        except Stop as stop:
            problems += stop.problems
    if problems:
        raise Stop(problems)
    return found[0], found[1]


def _plan(places: Places, other: Other, name: str, listing: Listing, kind: Kind) -> list[Plan]:
    ours, theirs = _both(places, other, name, listing)
    return [Plan(name, listing, kind, united(ours, theirs, kind.key, kind.only, kind.single, kind.alike))] if theirs else []


def _queues(places: Places, other: Other) -> list[Plan]:
    """Queues are drawn once: one of theirs comes as it is, or under another name where ours of that name is another one."""
    ours: dict[str, tuple[str, list[Row]]] = {}
    for path in folder_files(places.codebooks / "queues"):
        for row in read_list(path, replace(QUEUES, name=places.show(path))):
            ours.setdefault(row["queue"], (path.name, []))[1].append(row)
    made = []
    for path in folder_files(other.folder / "queues"):
        rows = read_list(path, replace(QUEUES, name=f"{other.shown}: queues/{path.name}"))
        if odd := [row for row in rows if not _NAME.fullmatch(row["queue"])]:
            raise Stop(Problem(f"{other.shown}: queues/{path.name}", int(odd[0]["line"]), "»queue« taugt nicht als Name einer Auswahl.", "Bitte nur Buchstaben, Ziffern, »-« und »_« verwenden."))
        for queue in dict.fromkeys(row["queue"] for row in rows):
            made.append(_queue(queue, [row for row in rows if row["queue"] == queue], ours))
    return made


def _queue(queue: str, rows: list[Row], ours: dict[str, tuple[str, list[Row]]]) -> Plan:
    file, there = ours.get(queue, (f"{queue}.csv", []))
    made = united(there, rows)
    places_of = [tuple(row[name] for name in _PLACE) for row in made.rows]
    if not there or (len(set(places_of)) == len(places_of) and len({(row["mode"], row["date"]) for row in made.rows}) == 1):
        return Plan(f"queues/{file}", QUEUES, _QUEUE, made)
    name = f"{queue}~{said({str(n): said(row, 'queue') for n, row in enumerate(rows)})[:6]}"
    file, there = ours.get(name, (f"{name}.csv", []))
    return Plan(f"queues/{file}", QUEUES, _QUEUE, united(there, [{**row, "queue": name} for row in rows]), queue)


def to_bytes(plan: Plan) -> bytes:
    """The list in canonical form, foreign columns behind ours."""
    foreign = dict.fromkeys(name for row in plan.made.rows for name in row if name and name not in (*plan.kind.columns, "line", "file"))
    names = [*plan.kind.columns, *foreign]
    return form.written(names, [[row.get(name, "") for name in names] for row in plan.made.rows])


def _checked(places: Places, found: Sequence[Plan]) -> list[Problem]:
    """Problems that the lists would have once they are united, as a run would tell them."""
    problems: list[Problem] = []
    with tempfile.TemporaryDirectory(prefix="merge-") as name:
        folder = Path(name)
        for path in (places.codebooks / "decisions.csv", *folder_files(places.codebooks / "handcoded")):
            if path.is_file():
                _put(folder / path.relative_to(places.codebooks), path.read_bytes())
        for plan in found:
            _put(folder / plan.name, to_bytes(plan))
            try:
                read_list(folder / plan.name, replace(plan.listing, name=plan.name))
            except Stop as stop:
                problems += stop.problems
        try:
            decided.acts(folder / "decisions.csv", folder / decided.FOLDER)
        except Stop as stop:
            problems += stop.problems
    hint = "So stünde es in der vereinten Liste; übernommen ist nichts."
    return [replace(p, hint=f"{p.hint} {hint}".strip()) for p in dict.fromkeys(problems)]


def _put(path: Path, data: bytes) -> None:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    except OSError as error:
        raise told(path, error, str(path)) from error


def rows_new(found: Iterable[Plan]) -> list[Row]:
    """All rows that came from the other copy."""
    return [plan.made.rows[n] for plan in found for n in plan.made.new]
