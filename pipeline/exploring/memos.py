"""Notes that researchers write beside lines of an answer: `memos.csv`, into the workbooks and back, merged row by row.

A line may bear several notes; in a workbook they stand in one cell, parted by a sign. What was taken out there goes, what
was written there comes, and what others noted meanwhile stays.
"""

from __future__ import annotations

import csv
import io
import unicodedata
import zipfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pipeline.exploring.part import Key
from pipeline.exploring.sheet import BEFORE, DOC, KEY, KIND, MEMO
from pipeline.lists import MEMO_KINDS, MEMOS
from pipeline.problems import Problem, Stop

BETWEEN = " ‖ "
COLUMNS = (*MEMOS, "doc")
MAX_BYTES, MAX_UNPACKED, MAX_MEMBERS = 100_000_000, 500_000_000, 2_000
_LONGEST = 30_000
_NEEDED = (KIND, KEY, DOC, BEFORE, MEMO)


@dataclass(frozen=True)
class Edit:
    key: Key
    before: str
    after: str


@dataclass(frozen=True)
class Merged:
    rows: list[dict[str, str]]
    added: int
    gone: int


def shown(rows: Iterable[dict[str, str]]) -> dict[tuple[str, str], str]:
    """(kind, key) -> the cell that holds all notes of that line."""
    found: dict[tuple[str, str], list[str]] = {}
    for row in rows:
        note = clean(row["memo"])
        if note and note not in found.setdefault((row["kind"], row["key"]), []):
            found[row["kind"], row["key"]].append(note)
    return {place: BETWEEN.join(notes) for place, notes in found.items() if notes}


def clean(words: str) -> str:
    """A note as it is kept: composed letters, no control signs but line breaks."""
    plain = unicodedata.normalize("NFC", words.replace("\r\n", "\n").replace("\r", "\n"))
    return "".join(c for c in plain if c == "\n" or unicodedata.category(c) != "Cc").strip()[:_LONGEST]


def _notes(cell: str) -> list[str]:
    return [note for note in (clean(part) for part in cell.split(BETWEEN.strip())) if note]


def merged(rows: Sequence[dict[str, str]], edits: Iterable[Edit], day: str) -> Merged:
    """Rows of `memos.csv` after the edits of a workbook; rows that no edit touches stay as they are, in their order."""
    kept, added, gone = list(rows), 0, 0
    for edit in edits:
        before, after = _notes(edit.before), _notes(edit.after)
        place = (edit.key.kind, edit.key.key)
        out = {note for note in before if note not in after}
        size = len(kept)
        kept = [row for row in kept if not ((row["kind"], row["key"]) == place and clean(row["memo"]) in out)]
        gone += size - len(kept)
        have = {clean(row["memo"]) for row in kept if (row["kind"], row["key"]) == place}
        for note in after:
            if note not in before and note not in have:
                have.add(note)
                kept.append({"kind": place[0], "key": place[1], "memo": note, "coder": "", "date": day, "doc": edit.key.doc})
                added += 1
    return Merged(kept, added, gone)


def to_bytes(rows: Sequence[dict[str, str]]) -> bytes:
    """The list for German Excel: semicolons, UTF-8 with byte order mark; columns that people added stay."""
    extra = [name for name in dict.fromkeys(n for row in rows for n in row) if name not in (*COLUMNS, "line")]
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";", lineterminator="\n")
    writer.writerow([*COLUMNS, *extra])
    writer.writerows([row.get(name, "") for name in (*COLUMNS, *extra)] for row in rows)
    return out.getvalue().encode("utf-8-sig")


def edits(path: Path, name: str, study: str) -> list[Edit]:
    """Lines of a workbook whose note is not the one it was written with. Raises `Stop` where it is no such workbook."""
    from openpyxl import load_workbook

    _refuse_oversize(path, name)
    try:
        book = load_workbook(path, read_only=True)
        found, sheets = _edits(book)
        owner = book.properties.subject or ""
        book.close()
    except Exception as error:  # a damaged workbook fails in a dozen ways, inside zip, XML and openpyxl
        what = "Die Arbeitsmappe lässt sich nicht lesen."
        raise Stop(Problem(name, 0, what, "Bitte in Excel oder LibreOffice öffnen und neu als .xlsx speichern.")) from error
    if owner and owner != study:
        raise Stop(Problem(name, 0, f"Diese Mappe gehört zur Studie »{owner}«.", f"Etwa: make explore STUDY={owner} FILE=…"))
    if not sheets:
        what = f"In dieser Mappe fehlen die Spalten »{KEY}« und »{MEMO}«."
        raise Stop(Problem(name, 0, what, "Notizen lassen sich nur aus Mappen lesen, die »make explore« schrieb."))
    return found


def _refuse_oversize(path: Path, name: str) -> None:
    if not path.is_file():
        raise Stop(Problem(name, 0, "Diese Datei gibt es nicht.", "Bitte den Pfad prüfen, etwa FILE=outputs/demo/explore/….xlsx"))
    try:
        with zipfile.ZipFile(path) as book:
            sizes = [member.file_size for member in book.infolist()]
    except (OSError, ValueError, zipfile.BadZipFile) as error:
        raise Stop(Problem(name, 0, "Das ist keine Arbeitsmappe (.xlsx).", "Ist die Datei noch in Excel geöffnet?")) from error
    if path.stat().st_size > MAX_BYTES or sum(sizes) > MAX_UNPACKED or len(sizes) > MAX_MEMBERS:
        raise Stop(Problem(name, 0, "Die Arbeitsmappe ist zu groß.", "Sie wird nicht gelesen."))


def _edits(book: Any) -> tuple[list[Edit], int]:
    """Edits of all sheets, and how many sheets could hold any."""
    found: dict[tuple[str, str], Edit] = {}
    sheets = 0
    for sheet in book.worksheets:
        sheet.reset_dimensions()  # programs write wrong ones; then rows would be cut off
        rows = sheet.iter_rows(values_only=True)
        heads = [str(cell or "").strip() for cell in next(rows, ())]
        if not set(_NEEDED) <= set(heads):
            continue
        sheets += 1
        at = [heads.index(name) for name in _NEEDED]
        for row in rows:
            kind, key, doc, before, after = (_cell(row[n]) if n < len(row) else "" for n in at)
            if kind in MEMO_KINDS and key and _notes(before) != _notes(after):
                # A line may stand in several sheets; what was written beside any of them counts.
                known = found.get((kind, key))
                after = BETWEEN.join(_notes(known.after) + [n for n in _notes(after) if n not in _notes(known.after)]) if known else after
                found[kind, key] = Edit(Key(kind, key, doc), before, after)
    return list(found.values()), sheets


def _cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return value if isinstance(value, str) else value.isoformat() if hasattr(value, "isoformat") else str(value)
