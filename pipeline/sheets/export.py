"""The codebook as a workbook and as CSV. Strings stay strings (no formula, no link), the same codebook gives the same bytes."""

from __future__ import annotations

import csv
import datetime
import io
from collections.abc import Mapping, Sequence
from typing import Any

from pipeline.sheets.columns import CODE_COLUMNS, CSV_HEADINGS, EXPLANATION, README, SHEETS, Column
from pipeline.sheets.rows import Current

_CREATED = datetime.datetime(2026, 1, 1, tzinfo=datetime.UTC).replace(tzinfo=None)  # fixed: equal inputs, equal bytes
_OPTIONS = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
_MAX_VALIDATED = 20_000  # rows for which a cell offers its words, new ones included
FORMULA_SIGNS = ("=", "+", "-", "@", "\t")


def workbook(rows: Mapping[str, Sequence[Current]], title: str) -> bytes:
    """The workbook as bytes: a sheet of explanations, then one sheet each with filter and frozen head."""
    import xlsxwriter

    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, _OPTIONS)
    book.set_properties({"title": title, "created": _CREATED})
    head = book.add_format({"bold": True, "bg_color": "#E7EDF3", "bottom": 1, "text_wrap": True, "valign": "top"})
    # "@": a cell for text. Without it Excel would make dates and numbers of what people type.
    body = book.add_format({"text_wrap": True, "valign": "top", "num_format": "@"})
    grey = book.add_format({"valign": "top", "num_format": "@", "font_color": "#8A8A8A"})
    first = book.add_worksheet(README)
    first.set_column(0, 0, 120, book.add_format({"text_wrap": True, "valign": "top"}))
    for number, line in enumerate([title, "", *EXPLANATION]):
        first.write_string(number, 0, line)
    for name, columns in SHEETS.items():
        _sheet(book.add_worksheet(name), columns, rows[name], head, body, grey)
    book.close()
    return out.getvalue()


def _sheet(sheet: Any, columns: Sequence[Column], rows: Sequence[Current], head: Any, body: Any, grey: Any) -> None:
    for number, column in enumerate(columns):
        style = grey if column.key == "stamp" else body
        sheet.set_column(number, number, column.width, style)
        sheet.write_string(0, number, column.heading, head)
        if column.choices and column.kind != "words":
            last = len(rows) + 500
            offer = {"validate": "list", "source": list(column.choices), "error_type": "warning"}
            sheet.data_validation(1, number, min(last, _MAX_VALIDATED), number, offer)
        for line, row in enumerate(rows, 1):
            if row.cells[column.key]:
                sheet.write_string(line, number, row.cells[column.key], style)
    sheet.freeze_panes(1, 1)
    sheet.autofilter(0, 0, max(1, len(rows)), len(columns) - 1)


def table(rows: Sequence[Current]) -> bytes:
    """The categories alone as CSV: semicolon and UTF-8 with mark, as German Excel reads it."""
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";", lineterminator="\n")
    writer.writerow([CSV_HEADINGS.get(column.key, column.heading) for column in CODE_COLUMNS])
    for row in rows:
        writer.writerow([unarmed(row.cells[column.key]) for column in CODE_COLUMNS])
    return out.getvalue().encode("utf-8-sig")


def unarmed(text: str) -> str:
    """A text that a spreadsheet would take for a formula, with an apostrophe before it; reading takes it away again.

    >>> unarmed("=1+1"), unarmed("ja")
    ("'=1+1", 'ja')
    """
    return f"'{text}" if text.lstrip("'").startswith(FORMULA_SIGNS) else text


def armed(text: str) -> str:
    """The text as it was before `unarmed`.

    >>> armed("'=1+1"), armed("'n Tach")
    ('=1+1', "'n Tach")
    """
    return text[1:] if text.startswith("'") and text.lstrip("'").startswith(FORMULA_SIGNS) else text

