"""What people should look at: places that may identify somebody and are not replaced, the riskiest first; and what is."""

from __future__ import annotations

import io
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any

from pipeline.naming.entities import Mention
from pipeline.naming.key import BAR, Row
from pipeline.naming.plan import Forms, Step

if TYPE_CHECKING:
    import pandas as pd

AROUND = 60  # code points of context on either side
RISK = {
    "id": 1.0, "phone": 1.0, "email": 1.0, "birthdate": 0.95, "street": 0.9, "person": 0.8, "handle": 0.8, "url": 0.7,
    "office": 0.7, "org": 0.6, "place": 0.5,
}  # fmt: skip
KIND_WORDS = {
    "person": "Person", "place": "Ort", "street": "Straße", "org": "Einrichtung", "office": "Funktion", "phone": "Telefon",
    "email": "E-Mail", "url": "Internetadresse", "birthdate": "Geburtsdatum", "id": "Kennung", "handle": "Profilname",
}  # fmt: skip
STATUS_WORDS = {"proposed": "ersetzt (Vorschlag)", "confirmed": "bestätigt", "rejected": "kein Name", "suspected": "verdächtig"}


def suspects(
    mentions: Iterable[Mention], steps: Mapping[tuple[str, int], list[Step]], texts: Mapping[tuple[str, int], str],
    rows: Mapping[str, Row], known: Forms,
) -> list[dict[str, Any]]:  # fmt: skip
    """Rows for the table of that name: mentions that nothing replaces and nobody has rejected or kept."""
    found = []
    for m in mentions:
        row = known.row(m.kind, m.core)
        replaced = any(step.start < m.end and m.start < step.end for step in steps[m.doc, m.turn])
        if replaced or (row and (row.status == "rejected" or row.level == "keep")):
            continue
        text = texts[m.doc, m.turn]
        context = text[max(0, m.start - AROUND) : m.end + AROUND].replace("\n", " ")
        # What stands once is likelier a slip of the ear or a rare word; what returns is likelier somebody.
        often = min(row.count if row else 1, 5) / 50
        found.append(
            {
                "doc": m.doc, "turn": m.turn, "start": m.start, "end": m.end, "entity": row.entity if row else "", "kind": m.kind,
                "surface": m.surface, "rule": m.rule, "risk": round(RISK.get(m.kind, 0.5) + often, 3), "context": context,
            }
        )  # fmt: skip
    return found


def workbook(rows: Iterable[Row], suspected: pd.DataFrame) -> bytes:
    """Two sheets: »Verdacht« (with context, the riskiest first) and »Ersetzt«. Strings stay strings, no date of today."""
    import xlsxwriter

    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    book.set_properties({"created": datetime(2026, 1, 1)})
    bold = book.add_format({"bold": True, "bg_color": "#E8EEF2"})
    ordered = suspected.sort_values(["risk", "surface", "doc", "turn", "start"], ascending=[False, True, True, True, True])
    first = [
        (KIND_WORDS.get(s.kind, s.kind), s.surface, s.context, f"{s.doc}, Beitrag {s.turn}" if s.turn else f"{s.doc}, Kopf oder Dateiname", s.entity)
        for s in ordered.itertuples()
    ]  # fmt: skip
    second = [
        (
            r.entity, KIND_WORDS.get(r.kind, r.kind), r.name, BAR.join(r.forms), r.replacement, STATUS_WORDS[r.status],
            r.count, BAR.join(r.docs),
        )
        for r in rows if r.status != "suspected"
    ]  # fmt: skip
    sheets = (
        ("Verdacht", ("Art", "Stelle", "Zusammenhang", "Wo", "Zeile in pseudonyms.csv"), (14, 24, 110, 22, 20), first),
        ("Ersetzt", ("Kennung", "Art", "Name", "Formen", "heißt jetzt", "Stand", "Stellen", "Interviews"), (10, 14, 24, 40, 24, 20, 9, 30), second),
    )  # fmt: skip
    for name, heads, widths, lines in sheets:
        sheet = book.add_worksheet(name)
        for column, (head, width) in enumerate(zip(heads, widths, strict=True)):
            sheet.set_column(column, column, width)
            sheet.write_string(0, column, head, bold)
        for number, line in enumerate(lines, 1):
            for column, value in enumerate(line):
                sheet.write(number, column, value) if isinstance(value, int) else sheet.write_string(number, column, str(value))
        sheet.freeze_panes(1, 0)
        sheet.autofilter(0, 0, max(len(lines), 1), len(heads) - 1)
    book.close()
    return out.getvalue()
