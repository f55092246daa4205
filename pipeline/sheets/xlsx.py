"""Workbooks from strangers: sizes are checked before anything is unpacked; of a formula counts what it gave, as text."""

from __future__ import annotations

import datetime
import io
import re
import warnings
import zipfile
import zlib
from typing import Any

from pipeline.problems import Problem, Stop
from pipeline.sheets.cells import clean
from pipeline.sheets.read import MAX_COLUMNS, MAX_ROWS, Table, place

MAX_MEMBERS = 2_000
MAX_TOTAL = 150_000_000  # bytes, unpacked
MAX_RATIO = 200
RATIO_FROM = 2_000_000  # bytes, from which on the packing ratio of a part is looked at
MAX_SHEETS = 50
_LAST_ROW = 1_048_576  # of an Excel sheet
_MERGED = re.compile(rb"<(?:\w+:)?mergeCell\s[^>]*?ref=\"([A-Z]{1,3}(\d{1,7}):[A-Z]{1,3}(\d{1,7}))\"")


def tables(data: bytes, file: str) -> list[Table]:
    """The sheets of a workbook. Raises `Stop` where it is damaged, too large or locked."""
    merged = _checked(data, file)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of openpyxl, about parts of a workbook that do not matter here
            return _sheets(data, file, merged)
    except Stop:
        raise
    except Exception as error:  # openpyxl raises all kinds of errors on damaged files
        raise Stop(_damaged(file)) from error


def _damaged(file: str) -> Problem:
    return Problem(file, 0, "Die Datei ist beschädigt oder keine Excel-Arbeitsmappe.", "Bitte in Excel öffnen und neu als XLSX speichern.")


def _checked(data: bytes, file: str) -> dict[str, list[tuple[int, int, str]]]:
    """Merged cells by the part they stand in, after all checks of the container."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            members = archive.infolist()
            large = any(m.file_size > RATIO_FROM and m.file_size > MAX_RATIO * max(m.compress_size, 1) for m in members)
            if large or len(members) > MAX_MEMBERS or sum(m.file_size for m in members) > MAX_TOTAL:
                raise Stop(Problem(file, 0, "Die Datei wird beim Entpacken unmäßig groß.", "Bitte die Tabelle in eine neue, leere Mappe kopieren."))
            if any(m.flag_bits & 1 for m in members):
                raise Stop(Problem(file, 0, "Die Datei ist mit einem Passwort geschützt.", "Bitte ohne Passwort speichern."))
            found = {}
            for name in (m.filename for m in members if m.filename.endswith((".xml", ".rels"))):
                part = archive.read(name)
                if b"<!DOCTYPE" in part or b"<!ENTITY" in part or b"<!\0D\0O" in part or b"\0<\0!\0D" in part:
                    raise Stop(_damaged(file))
                found[name] = [(int(a), int(b), whole.decode()) for whole, a, b in _MERGED.findall(part)]
            return found
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, NotImplementedError, RuntimeError) as error:
        raise Stop(_damaged(file)) from error


def _sheets(data: bytes, file: str, merged: dict[str, list[tuple[int, int, str]]]) -> list[Table]:
    import openpyxl

    # Twice: what a formula gave when it was saved, and where formulas stand at all.
    values = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=True, keep_links=False)
    written = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=False, keep_links=False)
    try:
        found = []
        for sheet, formulas in list(zip(values.worksheets, written.worksheets, strict=True))[:MAX_SHEETS]:
            table = Table(sheet.title, [], merged=merged.get(str(getattr(sheet, "_worksheet_path", "")), []))
            limits = {"max_row": _LAST_ROW, "max_col": MAX_COLUMNS}
            gap: Any = None  # for rows that are not there openpyxl gives one and the same object
            for number, (row, other) in enumerate(zip(sheet.iter_rows(**limits), formulas.iter_rows(**limits), strict=True), 1):
                if row is gap:
                    continue
                gap = row
                cells = [_cell(a, b, table, (number, n)) for n, (a, b) in enumerate(zip(row, other, strict=True))]
                if not any(cells):
                    continue
                if number > MAX_ROWS:
                    what = f"In Zeile {number} steht noch etwas; gelesen werden {MAX_ROWS} Zeilen."
                    raise Stop(Problem(place(file, sheet.title), 0, what))
                table.rows.append((number, cells))
            found.append(table)
        return found
    finally:
        values.close()
        written.close()


def _cell(cell: Any, formula: Any, table: Table, at: tuple[int, int]) -> str:
    """A cell as text; what Excel made of it that nobody meant is told with its row."""
    value, kind = cell.value, getattr(cell, "data_type", "")
    what = hint = ""
    if kind == "e":
        what, hint = f"Hier steht der Fehlerwert {value}.", "Bitte den Text neu eintragen."
    elif isinstance(value, (datetime.date, datetime.time, datetime.timedelta)):
        what, hint = f"Excel hat hieraus ein Datum gemacht ({value}).", "Bitte die Zelle als Text formatieren und neu eintragen."
    if what:
        table.faults.append((*at, what, hint))
        return ""
    if isinstance(value, bool):
        return "ja" if value else "nein"
    if isinstance(value, float):
        return f"{value:.10g}"
    if value is None and getattr(formula, "data_type", "") == "f":
        # A formula that no spreadsheet has worked out is text: an empty cell would look as if somebody had emptied it.
        value = getattr(formula.value, "text", formula.value)
    return "" if value is None else clean(str(value))
