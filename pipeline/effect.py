"""The effect of an edit of the codebook: after each run against the last different one, on demand against any kept one."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING

from pipeline import store, tables
from pipeline.codebook import load
from pipeline.effects import page, versions
from pipeline.effects.compare import Row, compare, summary
from pipeline.inputs import checked
from pipeline.passages import finished
from pipeline.places import Places
from pipeline.problems import Problem, Stop

if TYPE_CHECKING:
    import pandas as pd

    Read = Callable[[str], pd.DataFrame]

TABLE, PAGE = "codebook_diff.csv", "codebook_diff.html"  # in outputs/<study>/
HIDDEN = "[Zitat nicht gezeigt: keine Einwilligung in Zitate]"


def after_run(places: Places, today: date, read: Read) -> list[str]:
    """Keep today's codebook, write table and page of the comparison with the last different one; German lines for the screen.

    To be called when a run is done and its tables are written; `read` gives them by name.
    """
    version = load(places.codebooks / "codebook.yaml").version
    was = versions.known(places)
    old = versions.before(places, version)
    versions.keep(places, version, today)
    try:
        lines = _write(places, old, read)
    except Stop as stop:  # an older program may have allowed what this one does not
        lines = [f"Die vorige Fassung {old} des Codebuchs lässt sich nicht mehr lesen: {stop.problems[0]}", *_write(places, "", read)]
    return lines if was and was[-1][0] != version else []


def against(places: Places, old: str) -> list[str]:
    """Compare today's codebook with a kept version; without one, say which are kept."""
    if not old:
        rows = [f"  {version}  zuerst benutzt am {day}" for version, day in versions.known(places)]
        if not rows:
            return ["Noch ist keine Fassung des Codebuchs aufbewahrt. »make analyze« bewahrt jede auf, die es benutzt."]
        return ["Aufbewahrte Fassungen des Codebuchs, die neueste zuletzt:", *rows, "", f"Vergleichen: make diff OLD={rows[0].split()[0]}"]
    versions.read(places, old)
    return _write(places, old)


def _write(places: Places, old: str, read: Read | None = None) -> list[str]:
    study = checked(places)
    new = load(places.codebooks / "codebook.yaml")
    material = finished(places, study, read)
    read = read or (lambda name: tables.from_csv(places.outputs / "tables" / f"{name}.csv"))
    if material is None:
        raise Stop(Problem("", 0, "Das Material ist noch nicht ausgewertet.", "Bitte zuerst »make analyze«."))
    rows: list[Row] = []
    book = versions.read(places, old) if old else None
    if book is not None:
        rows = compare(material, book, new, read("decisions").to_dict("records"))
    name = book.version if book else ""
    html = page.to_html(rows, study.title, name, new.version, _may_quote(read), HIDDEN)
    store.write_changed(places.outputs / TABLE, page.to_csv(rows))
    store.write_changed(places.outputs / PAGE, html)
    if book is None:
        return []
    where = f"  Alle Stellen: {places.show(places.outputs / PAGE)}" if rows else ""
    return [*summary(rows, name, new.version), *([where] if where else [])]


def _may_quote(read: Read) -> Callable[[str, int], bool]:
    allowed = {(s.doc, s.speaker) for s in read("speakers").itertuples() if s.quotable == "yes"}
    spoken = {(t.doc, t.turn): (t.doc, t.speaker) for t in read("turns").itertuples()}
    return lambda doc, turn: spoken.get((doc, turn)) in allowed
