"""`tables.xlsx`: the tables for people. Strings stay strings (no formula, no link), the file's bytes are reproducible."""

from __future__ import annotations

import datetime
import io
from collections.abc import Mapping
from typing import TYPE_CHECKING

from pipeline.tables import TABLES

if TYPE_CHECKING:
    import pandas as pd

SHEETS = {
    "findings_codes": "Kategorien", "findings_groups": "Nach Merkmalen", "findings_cases": "Nach Befragten",
    "findings_mentions": "Nennungen", "codings": "Codierungen", "suggestions": "Zählt nicht", "findings_cooccurrence": "Zusammen genannt",
    "findings_coverage": "Leitfaden", "topics": "Themen", "topic_terms": "Themenwörter", "cases": "Befragte", "documents": "Dateien",
    "codes": "Codebuch", "rules": "Regeln",
}  # fmt: skip
HEADINGS = {
    "code": "Kategorie", "label": "Bezeichnung", "n_mentions": "Nennungen", "n_cases": "Befragte", "n_asked": "danach gefragt",
    "n_cases_asked": "davon gefragt", "n_spontaneous": "von sich aus", "n_leading": "nach Suggestivfrage", "n_reviewed": "geprüft",
    "n_suggested": "zählt nicht", "largest_case_share": "größter Anteil einer Person", "variable": "Merkmal", "value": "Wert",
    "n_group": "Größe der Gruppe", "case": "Fall", "doc": "Interview", "turn": "Redebeitrag", "start": "Anfang", "end": "Ende",
    "quote": "Zitat", "rule": "Regel", "stance": "Haltung", "about": "über wen", "prompt": "Anlass", "score": "Wert der Maschine",
    "status": "Stand", "coder": "codiert von", "reason": "Grund", "question": "Frage", "matched": "gefundene Wörter", "seg": "Satz", "evidence": "wie gefunden", "cue": "woran erkannt", "n_about_self": "über sich oder die eigene Gruppe",
    "n_about_others": "über andere oder Einrichtungen", "through": "mit Unterkategorien",
    "text": "Text", "speaker": "Sprecher", "role": "Rolle", "file": "Datei", "format": "Format", "notation": "Notation", "words": "Wörter",
    "turns": "Redebeiträge", "date": "Datum", "wave": "Welle", "mode": "Erhebung", "advice": "Rat", "warnings": "Hinweise",
    "topic": "Thema", "term": "Wort", "weight": "Gewicht", "rank": "Rang", "stability": "Stabilität", "n_segments": "Sätze",
    "n_turns": "Redebeiträge", "share": "Anteil", "definition": "Definition", "parent": "Oberkategorie", "level": "Ebene",
    "kind": "Art", "pattern": "Muster", "line": "Zeile", "hits": "Treffer", "counted": "gezählt", "asked": "gestellt",
    "voice": "spricht", "access": "Zugang", "language": "Sprache", "interviewer": "interviewt von", "code_a": "Kategorie A",
    "code_b": "Kategorie B", "basis": "Grundlage", "mention": "Nennung", "codings": "Codierungen", "coding": "Codierung",
    "order": "Reihenfolge", "coded": "wird codiert", "color": "Farbe", "since": "seit", "encoding": "Zeichensatz",
}  # fmt: skip
_CREATED = datetime.datetime(2026, 1, 1, tzinfo=datetime.UTC).replace(tzinfo=None)  # fixed: equal inputs, equal bytes
_MAX_CELL = 32_000  # Excel cuts at 32,767
_MAX_ROWS = 1_000_000


def build(data: Mapping[str, pd.DataFrame], title: str, notes: list[str]) -> bytes:
    """The workbook as bytes: a sheet of explanations, then one sheet a table with filter and frozen head."""
    import xlsxwriter

    out = io.BytesIO()
    options = {
        "in_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
        "nan_inf_to_errors": True,
    }
    book = xlsxwriter.Workbook(out, options)
    book.set_properties({"title": title, "created": _CREATED})
    head = book.add_format({"bold": True, "bg_color": "#E7EDF3", "bottom": 1, "text_wrap": True, "valign": "top"})
    wrap = book.add_format({"text_wrap": True, "valign": "top"})
    first = book.add_worksheet("Lies mich")
    first.set_column(0, 0, 110, wrap)
    for row, note in enumerate([title, "", *notes]):
        first.write_string(row, 0, note)
    for name, sheet in SHEETS.items():
        if name in data:
            _sheet(book.add_worksheet(sheet), data[name], name, head, wrap)
    book.close()
    return out.getvalue()


def _sheet(sheet: object, data: pd.DataFrame, name: str, head: object, wrap: object) -> None:
    kinds = TABLES[name].columns
    for column, key in enumerate(data.columns):
        sheet.write_string(0, column, HEADINGS.get(key, key), head)  # type: ignore[attr-defined]
        kind = kinds.get(key, "str")
        longest = int(data[key].map(lambda value: len(str(value))).quantile(0.9)) if len(data) else 8
        sheet.set_column(column, column, min(60, max(9, longest + 2)), wrap if longest > 50 else None)  # type: ignore[attr-defined]
        for row, value in enumerate(data[key].head(_MAX_ROWS).tolist(), 1):
            if kind == "str":
                sheet.write_string(row, column, value[:_MAX_CELL])  # type: ignore[attr-defined]
            elif value == value:
                sheet.write_number(row, column, value)  # type: ignore[attr-defined]
    sheet.freeze_panes(1, 0)  # type: ignore[attr-defined]
    sheet.autofilter(0, 0, max(1, len(data)), max(0, len(data.columns) - 1))  # type: ignore[attr-defined]
