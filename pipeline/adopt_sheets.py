"""Edited working sheets into the study's kept files: all of them or none, and nothing that would stop the next run."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pipeline import codebook, store, study, written
from pipeline.backups import backed_up, refuse_links
from pipeline.forms import anchoring, corrections, following, given, merging
from pipeline.forms.doubts import doubts
from pipeline.forms.sheet import Sheet
from pipeline.places import Places
from pipeline.problems import Problem, Stop
from pipeline.tables import from_csv

if TYPE_CHECKING:
    import pandas as pd


def adopted(places: Places, sheets: list[given.Given]) -> list[str]:
    """Merge edited working sheets into the study's kept files, all of them or none; returns what changed."""
    lines: list[str] = []
    contents: dict[Path, tuple[bytes, bytes]] = {}
    problems: list[Problem] = []
    cells: list[tuple[str, str]] = []
    with store.lock(places):
        codes, cases = _records(places, "codes"), _records(places, "cases")
        named, districts = _codes(places), _districts(places)
        for one in sheets:
            path = places.codebooks / one.sheet.file
            refuse_links(places.codebooks, path)
            try:
                kept = following.followed(corrections.read(path, one.sheet), one.sheet, codes, cases)
            except Stop as stop:
                problems += [*one.problems, *(Problem(places.show(path), p.line, p.what, p.hint) for p in stop.problems)]
                continue
            rows, anchors = _last(places, one.sheet)
            following.given_now(one, codes, cases)
            done = merging.merge(one, rows, kept, anchors, following.marks(one.sheet, codes, cases), named)
            problems += done.problems
            cells += done.cells
            lines += [*done.lines, *done.remarks]
            if done.lines:
                lines += [f"{one.sheet.file}: Was unter {row['moved']} stand, steht jetzt unter {corrections.key_of(row, one.sheet)[0]}." for row in kept if row["moved"]]
                lines += _hints(one.sheet, done.rows, named, districts)
                contents[path] = (path.read_bytes() if path.is_file() else b"", corrections.written(done.rows, one.sheet))
        problems += _names(places, cells)
        if problems:
            raise Stop(problems)
        for path, (raw, content) in contents.items():
            lines.append(backed_up(places, raw, path) if raw else f"{places.show(path)} ist neu.")
            store.write(path, content)
    if not contents:
        return [*lines, "Das Blatt sagt nichts, was nicht schon übernommen ist; nichts geändert."]
    return [*lines, f"Geschrieben: {', '.join(places.show(path) for path in contents)}. Nächster Schritt: make analyze"]


def _hints(sheet: Sheet, rows: list[dict[str, str]], codes: set[str] | None, districts: Mapping[str, str]) -> list[str]:
    """What is kept and can hardly be meant: categories of earlier days, days that do not exist, unknown districts."""
    found = [*(corrections.unknown(rows, codes) if codes is not None else ()), *doubts(rows, sheet, districts)]
    return [f"{sheet.title}, Zeile {', '.join(corrections.key_of(row, sheet))}: {what}" for row, what in found]


def _codes(places: Places) -> set[str] | None:
    """Categories that a cell may name, also by what they were called before; None where the codebook cannot be read."""
    try:
        book = codebook.load(places.codebooks / "codebook.yaml")
    except Stop:  # »make check« tells what is wrong with it
        return None
    return {*book.by_id(), *(old for code in book.codes for old in code.entry.was)}


def _districts(places: Places) -> Mapping[str, str]:
    try:
        settings = study.load(places.codebooks / "study.yaml")
    except Stop:
        return {}
    variable = settings.variables.get(settings.answers.district)
    return variable.values if variable else {}


def _names(places: Places, cells: list[tuple[str, str]]) -> list[Problem]:
    """Edited cells that hold a name which must be replaced: the next run would stop at them. Told with sheet, row and column, never the name."""
    # Only here: a study without a run has no names to look for.
    from pipeline import leaks
    from pipeline.leaking.originals import originals

    entities = _table(places, "entities")
    if entities is None or not cells:
        return []
    every = originals(entities)
    report = leaks.check(every, {f"{n}.txt": text.encode() for n, (_, text) in enumerate(cells)}, {}, frozenset(r for r in entities["replacement"] if r))
    found = [finding for finding in report.findings if finding.level == leaks.LEAK]
    own = written.spaced(written.texts(places)) if found else ""
    may = {original.entity for original in every if own and written.spaced(original.form.casefold()) in own}
    bad = sorted({int(finding.path.removesuffix(".txt")) for finding in found if finding.entity not in may})
    hint = "Bitte durch die Rolle ersetzen (»die Leiterin des Treffs«)."
    return [Problem(cells[n][0], 0, "Hier steht ein Name, der ersetzt werden muss.", hint) for n in bad]


def _last(places: Places, sheet: Sheet) -> tuple[list[dict[str, Any]], dict[tuple[str, ...], dict[str, str]]]:
    """The rows that the last run proposed for a sheet, and the places in the raw text that they stand for."""
    rows = _table(places, sheet.table)
    needed = {name: _table(places, name) for name in anchoring.NEEDED} if sheet.anchored else {}
    if rows is None or any(table is None for table in needed.values()):
        return [] if rows is None else rows.to_dict("records"), {}
    anchors = anchoring.places(rows, sheet, **needed) if sheet.anchored else {}
    return rows.to_dict("records"), anchors


def _table(places: Places, name: str) -> pd.DataFrame | None:
    """A table of the last run; None where there was none."""
    path = store.csv_path(places, name)
    return from_csv(path) if path is not None and path.is_file() else None


def _records(places: Places, name: str) -> list[dict[str, Any]]:
    rows = _table(places, name)
    return [] if rows is None else rows.to_dict("records")
