"""Stage workbook: the tables as one Excel file, with the names and words that people read."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING

from pipeline import guide
from pipeline.excel import build
from pipeline.excel.sheets import common_sheets, sheets
from pipeline.language import spoken
from pipeline.sections.proposals import Proposals, unshown

if TYPE_CHECKING:
    import pandas as pd

_NOTES = [
    "Interne Ausgabe: enthält Zitate im Wortlaut, nicht zur Weitergabe.",
    "Grundlage »gelesen«: Menschen haben die Stelle gelesen und codiert. Grundlage »Vorschlag, ungelesen«: was die Maschine vorschlägt, kein Befund.",
    "»Befragte« zählt Menschen, »Nennungen« zusammenhängende gelesene Stellen; Vorschläge stehen immer in Spalten oder Zeilen für sich.",
    "»Sicherheit« ist die Wahrscheinlichkeit, die das Modell nennt; wie gut sie stimmt, steht auf den Blättern zur Güte.",
    "»danach gefragt« zählt, wem eine Leitfadenfrage gestellt wurde, die diese Kategorie erwartet.",
    "Themen sind Vorschläge, keine Befunde: Die Maschine legt Sätze nebeneinander, die sich in Wörtern und Sinn ähneln. Ob ein Thema eines ist, zeigt erst "
    "das Lesen seiner Sätze; alle stehen auf dem Blatt »Themensätze«, die kennzeichnendsten zuerst. »hält der Probe stand«: zwei Hälften der Gespräche, "
    "getrennt durchsucht, finden das Thema wieder; die anderen sind Leseanlässe.",
    "Anteile und andere gebrochene Zahlen sind auf zwei Stellen gerundet zu sehen (p auf drei); in der Zelle steht der volle Wert.",
    "Anfang und Ende sind Zeichenpositionen im Text des Redebeitrags (turns.text).",
]

_TESTS = (
    "»Exakte Tests« sind keine Umfrage: Die Befragten sind keine Zufallsauswahl; p sagt nur, wie oft der Zufall die Nennungen mindestens so ungleich auf die "
    "Gruppen verteilt hätte, und nichts über die Stadt."
)


def render(settings: SimpleNamespace, guide_file: Path, **tables: pd.DataFrame) -> dict[str, bytes]:
    """`tables.xlsx`."""
    with spoken(settings.language):
        known = Proposals(tables)
        notes = [*_NOTES, *([_TESTS] if len(tables["findings_tests"]) else []), *(f"Nach Merkmalen fehlen Vorschläge: {why}" for why in known.why_withheld())]
        shown = sheets({**tables, "findings_groups": unshown(tables["findings_groups"], known)}, settings, guide.load(guide_file))
        shown |= common_sheets(tables, settings)
        if tables["findings_tests"].empty:  # a sheet only where the study asks for tests
            del shown["findings_tests"]
        return {"tables.xlsx": build.build(shown, settings.title, notes)}
