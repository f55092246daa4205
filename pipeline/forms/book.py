"""Working sheets as a workbook: cells to fill in colour, the rest in grey, text stays text, the same rows give the same bytes.

A hidden sheet holds what was written: with it adopting knows what people changed, whatever the machine proposes by then.
"""

from __future__ import annotations

import datetime
import hashlib
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pipeline.forms.sheet import ABOUT, FILL, KEY, Column, Sheet
from pipeline.sheets.cells import clean

README, STATE = "Lies mich", "Stand"
STATE_COLUMNS, STATE_ROW = "Spalten", "Zeile"
BESIDE = "beside"  # stands for what is beside the key to be read: it shows where somebody sorted some columns without the others
MAX_CELL = 32_000  # letters; Excel cuts at 32,767
TOO_LONG = "(zu lang für eine Zelle: bitte in der CSV-Datei im Ordner codebooks bearbeiten)"
_CREATED = datetime.datetime(2026, 1, 1, tzinfo=datetime.UTC).replace(tzinfo=None)  # fixed: equal inputs, equal bytes
_OPTIONS = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
_SPARE = 300  # rows below the last in which a cell still offers its words
_HOW = (
    "Gelbe Spalten sind zum Ausfüllen, graue zum Lesen: Was Sie in graue schreiben, wird nicht übernommen. Die Kennung bitte stehen lassen.",
    "Eine geleerte gelbe Zelle heißt: hier steht mit Absicht nichts. Eine Zeile der Maschine herauszunehmen ändert nichts; eine eigene ist damit gestrichen.",
    "Speichern, dann: make adopt FILE={file}. Das trägt ein, was Sie geändert haben, und gilt ab dem nächsten »make analyze«.",
    "Diese Datei entsteht bei jedem Lauf neu. Was Sie eingetragen und übernommen haben, bleibt; die Maschine überschreibt es nicht.",
    "Das Blatt enthält Aussagen von Befragten und ist nur für die Auswertung da: bitte nicht weitergeben.",
)


@dataclass(frozen=True)
class Page:
    """One sheet: its rows by column name, as people read them, and what the hidden sheet says of them (None: the same)."""

    sheet: Sheet
    rows: Sequence[Mapping[str, str]]
    base: Sequence[Mapping[str, str]] | None = None


def shown(column: Column, value: object) -> str:
    """The cell for a value of a table.

    >>> shown(Column("hidden", "streichen", FILL, 10, {"yes": "ja"}), "yes"), shown(Column("who", "wer"), " a ")
    ('ja', 'a')
    """
    text = clean(str(value))
    text = column.words.get(text, text)
    return text if len(text) <= MAX_CELL else TOO_LONG


def beside(sheet: Sheet, row: Mapping[str, str]) -> str:
    """A mark of the columns to be read; empty where they say nothing."""
    said = [row.get(column.name, "") for column in sheet.columns if column.role == ABOUT]
    return hashlib.sha256("\x1f".join(said).encode("utf-8", "replace")).hexdigest()[:12] if any(said) else ""


def workbook(pages: Sequence[Page], title: str, file: str) -> bytes:
    """The workbook as bytes. `file`: its name, for the words on how to adopt it."""
    import xlsxwriter

    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, _OPTIONS)
    book.set_properties({"title": title, "created": _CREATED})
    first = book.add_worksheet(README)
    first.set_column(0, 0, 120, book.add_format({"text_wrap": True, "valign": "top"}))
    told = [line for page in pages for line in (f"Blatt »{page.sheet.title}«", *page.sheet.explanation, "")]
    for number, line in enumerate([title, "", *told, *(how.format(file=file) for how in _HOW)]):
        first.write_string(number, 0, line)
    styles = _styles(book)
    for page in pages:
        _sheet(book.add_worksheet(page.sheet.title), page, styles)
    _state(book.add_worksheet(STATE), pages)
    book.close()
    return out.getvalue()


def _styles(book: Any) -> dict[str, Any]:
    # "@": a cell for text. Without it Excel would make dates and numbers of what people type.
    text = {"text_wrap": True, "valign": "top", "num_format": "@"}
    head = {"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"}
    lines = {"border": 1, "border_color": "#D9D9D9"}
    return {
        FILL: book.add_format({**text, **lines, "bg_color": "#FFF9E0"}), f"head {FILL}": book.add_format({**head, "bg_color": "#FFE699"}),
        "about": book.add_format({**text, **lines, "font_color": "#595959", "bg_color": "#F2F2F2"}), "head": book.add_format({**head, "bg_color": "#D9D9D9"}),
    }  # fmt: skip


def _sheet(sheet: Any, page: Page, styles: Mapping[str, Any]) -> None:
    keys = sum(column.role == KEY for column in page.sheet.columns)
    for number, column in enumerate(page.sheet.columns):
        style = styles[FILL] if column.role == FILL else styles["about"]
        sheet.set_column(number, number, column.width, style)
        sheet.write_string(0, number, column.heading, styles[f"head {FILL}"] if column.role == FILL else styles["head"])
        if column.words:
            offer = {"validate": "list", "source": [word for word in column.words.values() if word], "error_type": "warning"}
            sheet.data_validation(1, number, len(page.rows) + _SPARE, number, offer)
        for line, row in enumerate(page.rows, 1):
            if text := row.get(column.name, ""):
                sheet.write_string(line, number, text, style)
    sheet.freeze_panes(1, keys)
    sheet.autofilter(0, 0, max(1, len(page.rows)), len(page.sheet.columns) - 1)


def _state(sheet: Any, pages: Sequence[Page]) -> None:
    """What was written, a line a row: the sheet's name, then key, columns to fill and where the row has one its interview."""
    at = 0
    for page in pages:
        names = [*page.sheet.key, *page.sheet.fills, *(["doc"] if page.sheet.anchored else []), BESIDE]
        base = [{**row, BESIDE: beside(page.sheet, row)} for row in page.rows] if page.base is None else page.base
        for kind, cells in ((STATE_COLUMNS, names), *((STATE_ROW, [row.get(name, "") for name in names]) for row in base)):
            for number, text in enumerate([page.sheet.name, kind, *cells]):
                if text:
                    sheet.write_string(at, number, text)
            at += 1
    sheet.very_hidden()
