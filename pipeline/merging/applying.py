"""What was planned written to disk: old versions to backup/ first, then all lists or none."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from pipeline import backups
from pipeline.ledgers import form
from pipeline.ledgers.disk import put_in_place
from pipeline.lists import CONFLICTS, LISTS, read_list
from pipeline.merging.contradictions import NAME
from pipeline.merging.plans import Plan, to_bytes
from pipeline.merging.uniting import Row, united
from pipeline.places import Places
from pipeline.problems import Stop


def applied(places: Places, found: Sequence[Plan], conflicts: Sequence[Row]) -> list[str]:
    """Write what changes; returns German lines on what was kept in backup/. Call it under the lock.

    Raises `Stop` where the disk refuses; then every list is as it was.
    """
    contents = {places.codebooks / plan.name: to_bytes(plan) for plan in found if plan.changed}
    contents |= _conflicts(places, conflicts)
    before: dict[Path, bytes | None] = {}
    for path in contents:
        backups.refuse_links(places.codebooks, path)
        before[path] = path.read_bytes() if path.is_file() else None
    lines = [backups.backed_up(places, old, of=path) for path, old in before.items() if old is not None]
    done: list[Path] = []
    try:
        for path, data in contents.items():
            put_in_place(path.resolve(), data, places.show(path))
            done.append(path)
    except Stop:
        for path in done:
            _take_back(path, before[path], places.show(path))
        raise
    return lines


def _take_back(path: Path, old: bytes | None, name: str) -> None:
    if old is None:
        path.unlink()
    else:
        put_in_place(path.resolve(), old, name)


def _conflicts(places: Places, conflicts: Sequence[Row]) -> dict[Path, bytes]:
    """The list of contradictions with those that are new; what was found before stays."""
    path = places.codebooks / NAME
    there = read_list(path, LISTS[NAME])
    made = united(there, conflicts)
    if not made.new:
        return {}
    foreign = [name for name in dict.fromkeys(name for row in made.rows for name in row) if name not in (*CONFLICTS, "line", "")]
    rows = [*there, *(made.rows[n] for n in made.new)]
    return {path: form.written([*CONFLICTS, *foreign], [[row.get(name, "") for name in (*CONFLICTS, *foreign)] for row in rows])}
