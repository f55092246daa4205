"""All notes of a study as one list to take away: for a spreadsheet (CSV as German Excel opens it) and as a workbook."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from pipeline.language import _
from pipeline.ledgers.forms import MEMO_FORM
from pipeline.sheets.export import unarmed

COLUMNS = ("kind", "key", "code", "doc", "turn", "coder", "date", "text", "source")
WIDTHS = (14, 24, 20, 8, 8, 10, 12, 90, 28)
Note = Mapping[str, Any]


def headings() -> dict[str, str]:
    """Column -> heading."""
    return {
        "kind": _("Wozu"), "key": _("Wobei"), "code": _("Kategorie"), "doc": _("Gespräch"), "turn": _("Beitrag"), "coder": _("Wer"), "date": _("Wann"), "text": _("Notiz"),
        "source": _("steht in"),
    }  # fmt: skip


def cells(note: Note) -> dict[str, str]:
    """A note as people read it; a turn that is none is empty."""
    words = next(asked.words for asked in MEMO_FORM.fields if asked.name == "kind")
    kind = str(note["kind"])
    found = {name: str(note[name]) for name in COLUMNS}
    return {**found, "kind": _(words[kind]) if kind in words else kind, "turn": str(note["turn"]) if note["turn"] else ""}


def as_csv(notes: Iterable[Note]) -> bytes:
    """Semicolons, UTF-8 with mark; a cell that a spreadsheet would compute begins with an apostrophe."""
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";", lineterminator="\n")
    writer.writerow(headings().values())
    for note in notes:
        writer.writerow(unarmed(cell) for cell in cells(note).values())
    return out.getvalue().encode("utf-8-sig", "replace")


def as_workbook(notes: Iterable[Note]) -> bytes:
    """One sheet; texts stay texts, no date of today."""
    import xlsxwriter

    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False})
    book.set_properties({"created": datetime(2026, 1, 1)})
    sheet = book.add_worksheet(_("Notizen"))
    head, wrapped = book.add_format({"bold": True, "bg_color": "#E7EDF3"}), book.add_format({"text_wrap": True, "valign": "top"})
    rows = list(notes)
    for column, (width, heading) in enumerate(zip(WIDTHS, headings().values(), strict=True)):
        sheet.set_column(column, column, width, wrapped)
        sheet.write_string(0, column, heading, head)
    for number, note in enumerate(rows, 1):
        for column, cell in enumerate(cells(note).values()):
            sheet.write_string(number, column, cell[:32_000], wrapped)
    sheet.freeze_panes(1, 0)
    sheet.autofilter(0, 0, max(len(rows), 1), len(COLUMNS) - 1)
    book.close()
    return out.getvalue()
