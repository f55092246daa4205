"""A table as people save it, with the row each line has in Excel. Raises `Stop` for what is no table."""

from __future__ import annotations

import csv
import io
import re
from dataclasses import dataclass, field

from pipeline.problems import Problem, Stop
from pipeline.sheets.cells import clean
from pipeline.sheets.export import armed

MAX_BYTES = 20_000_000
MAX_ROWS = 20_000
MAX_COLUMNS = 60
_FIELD = 500_000  # letters in one cell of a CSV


@dataclass
class Table:
    """One sheet: cells as cleaned text by row number (1: the first line); `name` is empty for a CSV."""

    name: str
    rows: list[tuple[int, list[str]]]
    faults: list[tuple[int, int, str, str]] = field(default_factory=list)  # (row, column from 0, what is wrong, advice)
    merged: list[tuple[int, int, str]] = field(default_factory=list)  # (first row, last row, range)


def place(file: str, sheet: str, row: int = 0, column: str = "") -> str:
    """Where something stands, in the words of a person who looks at Excel.

    >>> place("codebook.xlsx", "Regeln", 12, "Abstand")
    'codebook.xlsx, Blatt »Regeln«, Zeile 12, Spalte »Abstand«'
    """
    parts = [file, f"Blatt »{sheet}«" if sheet else "", f"Zeile {row}" if row else "", f"Spalte »{column}«" if column else ""]
    return ", ".join(part for part in parts if part)


def read(data: bytes, file: str) -> list[Table]:
    """The tables of a file by its content, whatever its name ends in."""
    if len(data) > MAX_BYTES:
        raise Stop(Problem(file, 0, "Die Datei ist zu groß.", f"Erlaubt sind {MAX_BYTES // 1_000_000} MB."))
    if data.startswith(b"PK"):
        from pipeline.sheets.xlsx import tables

        return tables(data, file)
    if data.startswith(b"\xd0\xcf\x11\xe0"):
        what = "Das ist eine alte Excel-Datei (XLS), oder sie ist mit einem Passwort geschützt."
        raise Stop(Problem(file, 0, what, "Bitte als Excel-Arbeitsmappe (XLSX) ohne Passwort speichern."))
    if not data.strip():
        raise Stop(Problem(file, 0, "Die Datei ist leer."))
    return [_csv(_text(data, file), file)]


def _text(data: bytes, file: str) -> str:
    for mark, name in ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16")):
        if data.startswith(mark):
            return data.decode(name, "replace")
    sample = data[:4000]
    if sample.count(0) > len(sample) * 0.3:  # every second byte of European text is NUL
        return data.decode("utf-16-be" if sample[:1] == b"\0" else "utf-16-le", "replace")
    if sample.count(0):
        raise Stop(Problem(file, 0, "Das ist keine Tabelle.", "Gelesen werden XLSX und CSV."))
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return data.decode("cp1252", "replace")  # what Excel on Windows saves as plain CSV


def _csv(text: str, file: str) -> Table:
    text = re.sub("\r\n|\r", "\n", text.replace("\0", "")).lstrip("\n")
    told = re.match(r"(?i)\"?sep=(.)\"?\n", text)  # a line that Excel writes and hides
    text = text[told.end() :] if told else text
    header = text.split("\n", 1)[0]
    separator = told.group(1) if told else max(";,\t", key=header.count)
    rows: list[tuple[int, list[str]]] = []
    limit = csv.field_size_limit(_FIELD)
    number = 0
    try:
        for number, cells in enumerate(csv.reader(io.StringIO(text), delimiter=separator, strict=True), 1):
            if number > MAX_ROWS:
                raise Stop(Problem(file, 0, f"Die Tabelle hat mehr als {MAX_ROWS} Zeilen."))
            rows.append((number, [armed(clean(cell)) for cell in cells[:MAX_COLUMNS]]))
    except csv.Error as error:
        hint = 'Ein Anführungszeichen im Text schreibt man doppelt: "". Excel tut das beim Speichern von selbst.'
        what = "Ein Anführungszeichen wird nie geschlossen." if "unexpected end" in str(error) else f"Das ist keine gültige CSV-Zeile ({error})."
        raise Stop(Problem(place(file, "", number + 1), 0, what, hint)) from error
    finally:
        csv.field_size_limit(limit)
    return Table("", [(number, cells) for number, cells in rows if any(cells)])
