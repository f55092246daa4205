"""The effect of an edit of the codebook: with each run against the last different one, on demand against any kept one."""

from __future__ import annotations

from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from pipeline import store
from pipeline.codebook import load
from pipeline.current import stale
from pipeline.effects import page, versions
from pipeline.effects.compare import Row, compare, summary
from pipeline.inputs import checked
from pipeline.passages import NOT_YET, finished, kept, may_quote
from pipeline.places import Places
from pipeline.problems import Stop

if TYPE_CHECKING:
    from pipeline.passages import Read

TABLE, PAGE = "codebook_diff.csv", "codebook_diff.html"  # in outputs/<study>/


class Effect(NamedTuple):
    """The version of today's codebook, files to write (table, page and the kept codebook), and German lines for the screen."""

    version: str
    files: dict[Path, bytes]
    lines: list[str]


def of_run(places: Places, today: date, read: Read, last: str) -> Effect:
    """Today's codebook against the last different one, and what keeps it. Writes nothing: the run does, with its results.

    `read` gives the run's tables by name; `last` is the version that the run before used, empty where that is not known.
    The lines are empty where the codebook is the same as then.
    """
    version = load(places.codebooks / "codebook.yaml").version
    known = versions.known(places)
    last = last or (known[-1][0] if known else "")
    old = versions.before(places, version)
    try:
        files, lines = _compared(places, old, read)
    except Stop as stop:  # an older program may have allowed what this one does not
        files, lines = _compared(places, "", read)
        lines = [f"Die vorige Fassung {old} des Codebuchs lässt sich nicht mehr lesen: {stop.problems[0]}", *lines]
    return Effect(version, {**files, **versions.kept(places, version, today)}, lines if last not in ("", version) else [])


def against(places: Places, old: str) -> list[str]:
    """Compare today's codebook with a kept version; without one, say which are kept.

    Raises `Stop` where no such version is kept, nothing was run yet, or a consent forbids to look.
    """
    if not old:
        rows = [f"  {version}  zuerst benutzt am {day}" for version, day in versions.known(places)]
        if not rows:
            return ["Noch ist keine Fassung des Codebuchs aufbewahrt. »make analyze« bewahrt jede auf, die es benutzt."]
        return ["Aufbewahrte Fassungen des Codebuchs, die neueste zuletzt:", *rows, "", f"Vergleichen: make diff OLD={rows[0].split()[0]}"]
    notes = stale(places, codebook=False)
    versions.read(places, old)
    with store.lock(places):
        files, lines = _compared(places, old, partial(kept, places))
        for path, data in files.items():
            store.write_changed(path, data)
    return [*notes, *lines]


def _compared(places: Places, old: str, read: Read) -> tuple[dict[Path, bytes], list[str]]:
    """Table and page of a comparison (of none where `old` is empty), and lines that sum it up."""
    study = checked(places)
    new = load(places.codebooks / "codebook.yaml")
    rows: list[Row] = []
    book = versions.read(places, old) if old else None
    if book is not None:
        material = finished(places, study, read)
        if material is None:
            raise Stop(NOT_YET)
        rows = page.quotable(compare(material, book, new, read("decisions").to_dict("records")), may_quote(read))
    name = book.version if book else ""
    files = {places.outputs / TABLE: page.to_csv(rows), places.outputs / PAGE: page.to_html(rows, study.title, name, new.version, study.language)}
    where = [f"  Alle Stellen: {places.show(places.outputs / PAGE)}"] if rows else []
    return files, [*summary(rows, name, new.version), *where] if book else []

