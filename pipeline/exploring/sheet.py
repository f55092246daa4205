"""An answer as a workbook: one sheet a part, the last column for notes. Strings stay strings, equal answers equal bytes."""

from __future__ import annotations

import datetime
import io
import re
import zipfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from pipeline.exploring.part import Cell, Key, Part

KIND, KEY, DOC, BEFORE, MEMO = "Art der Notiz", "Schlüssel", "Interview der Notiz", "Notiz zuvor", "Memo"
READ_ME = "Lies mich"
CREATED = datetime.datetime(2026, 1, 1, tzinfo=datetime.UTC).replace(tzinfo=None)  # fixed: equal inputs, equal bytes
_MAX_CELL = 32_000  # Excel cuts at 32,767
_WIDEST = 60
_LOOKED = 400  # rows that a column's width is measured by
_MODIFIED = re.compile(rb"<dcterms:modified[^>]*>([^<]*)<")
_OPTIONS = {
    "in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False, "nan_inf_to_errors": True,
}  # fmt: skip


def build(parts: Sequence[Part], title: str, notes: Sequence[str], memos: Mapping[tuple[str, str], str], study: str) -> bytes:
    """The workbook's bytes; `memos` by (kind, key) fill the column Memo."""
    import xlsxwriter

    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, _OPTIONS)
    book.set_properties({"title": title, "subject": study, "created": CREATED})
    head = book.add_format({"bold": True, "bg_color": "#E7EDF3", "bottom": 1, "text_wrap": True, "valign": "top"})
    formats = {"wrap": book.add_format({"text_wrap": True, "valign": "top"}), "right": book.add_format({"align": "right"})}
    formats["memo"] = book.add_format({"text_wrap": True, "valign": "top", "bg_color": "#FFF8E1"})
    first = book.add_worksheet(READ_ME)
    first.set_column(0, 0, 110, formats["wrap"])
    told = [title, "", *notes]
    for part in parts:
        told += ["", f"{part.title}:", *part.notes]
    for row, note in enumerate(told):
        first.write_string(row, 0, note[:_MAX_CELL])
    for part in parts:
        _sheet(book.add_worksheet(part.title), part, memos, head, formats)
    book.close()
    return out.getvalue()


def _sheet(sheet: Any, part: Part, memos: Mapping[tuple[str, str], str], head: Any, formats: Mapping[str, Any]) -> None:
    count = len(part.columns)
    names = [*(c.heading for c in part.columns), KIND, KEY, DOC, BEFORE, MEMO]
    for column, name in enumerate(names):
        sheet.write_string(0, column, name, head)
    for column, spec in enumerate(part.columns):
        longest = sorted(len(str(row[column])) for row in part.rows[:_LOOKED])
        typical = longest[int(0.9 * (len(longest) - 1))] if longest else 0
        look = formats["right"] if spec.end else formats["wrap"] if typical > _WIDEST else None
        sheet.set_column(column, column, min(_WIDEST, max(9, typical + 2, len(spec.heading) // 2 + 4)), look)
    sheet.set_column(count, count + 3, 12, None, {"hidden": True})
    sheet.set_column(count + 4, count + 4, 50, formats["memo"])
    for number, (row, key) in enumerate(zip(part.rows, part.keys, strict=True), 1):
        _row(sheet, number, row, key, memos.get((key.kind, key.key), ""))
    sheet.freeze_panes(1, 0)
    sheet.autofilter(0, 0, max(1, len(part.rows)), len(names) - 1)


def _row(sheet: Any, number: int, row: tuple[Cell, ...], key: Key, memo: str) -> None:
    for column, cell in enumerate(row):
        if isinstance(cell, str):
            sheet.write_string(number, column, cell[:_MAX_CELL])
        elif cell is not None and cell == cell:
            sheet.write_number(number, column, cell)
    for offset, word in enumerate((key.kind, key.key, key.doc, memo, memo)):
        if word:
            sheet.write_string(number, len(row) + offset, word[:_MAX_CELL])


def untouched(path: Path) -> bool:
    """Whether a workbook is as it was written here: every program that saves one anew enters the day."""
    try:
        with zipfile.ZipFile(path) as book:
            found = _MODIFIED.search(book.read("docProps/core.xml"))
    except (OSError, KeyError, ValueError, zipfile.BadZipFile):
        return False
    return found is not None and found[1].decode("ascii", "replace").startswith(CREATED.isoformat())
