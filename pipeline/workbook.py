"""Stage workbook: the tables as one Excel file, with the names and words that people read."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING

from pipeline import guide
from pipeline.excel import build
from pipeline.excel.passages import passages
from pipeline.excel.reviewing import NAMES, review_sheets
from pipeline.excel.sheets import actor_sheets, common_sheets, labelled, sheets
from pipeline.language import N_, _, spoken
from pipeline.sections.answers.desk import Desk
from pipeline.sections.material import Names
from pipeline.sections.proposals import Proposals, unshown

if TYPE_CHECKING:
    import pandas as pd

_NOTES = (
    N_("Interne Ausgabe: enthält Zitate im Wortlaut, nicht zur Weitergabe."),
    N_("Grundlage »gelesen«: Menschen haben die Stelle gelesen und codiert. Grundlage »Vorschlag, ungelesen«: was die Maschine vorschlägt, kein Befund."),
    N_("»Befragte« zählt Menschen, »Nennungen« zusammenhängende gelesene Stellen; Vorschläge stehen immer in Spalten oder Zeilen für sich."),
    N_("»Sicherheit« ist die Wahrscheinlichkeit, die das Modell nennt; wie gut sie stimmt, steht auf den Blättern zur Güte."),
    N_("»danach gefragt« zählt, wem eine Leitfadenfrage gestellt wurde, die diese Kategorie erwartet."),
    N_("Themen sind Vorschläge, keine Befunde: Die Maschine legt Sätze nebeneinander, die sich in Wörtern und Sinn ähneln. Ob ein Thema eines ist, zeigt erst das Lesen seiner Sätze; alle stehen auf dem Blatt »Themensätze«, die kennzeichnendsten zuerst. »hält der Probe stand«: zwei Hälften der Gespräche, getrennt durchsucht, finden das Thema wieder; die anderen sind Leseanlässe."),
    N_("Anteile und andere gebrochene Zahlen sind auf zwei Stellen gerundet zu sehen (p auf drei); in der Zelle steht der volle Wert."),
    N_("Anfang und Ende sind Zeichenpositionen im Text des Redebeitrags (turns.text)."),
    N_("Zellen, die mit =, +, - oder @ beginnen, sind Text und keine Formel. Wer ein Blatt als CSV speichert und wieder öffnet, verliert diesen Schutz: In Excel dann über »Daten, Aus Text/CSV« öffnen und die Spalten als Text einlesen."),
)
_TESTS = N_("»Exakte Tests« sind keine Umfrage: Die Befragten sind keine Zufallsauswahl; p sagt nur, wie oft der Zufall die Nennungen mindestens so ungleich auf die Gruppen verteilt hätte, und nichts über die Stadt.")


def render(settings: SimpleNamespace, guide_file: Path, **tables: pd.DataFrame) -> dict[str, bytes]:
    """`tables.xlsx`."""
    with spoken(settings.language):
        known = Proposals(tables)
        why = [_("Nach Merkmalen fehlen Vorschläge: {why}").format(why=why) for why in known.why_withheld()]
        questions = guide.load(guide_file)
        made = sheets({**tables, "findings_groups": unshown(tables["findings_groups"], known)}, settings, questions)
        desk = Desk(tables, settings, Names(settings, tables["cases"], tables["documents"]), questions)
        made = {name: data for name, data in made.items() if name not in NAMES} | review_sheets(desk)  # what nobody wrote or compared has no sheet
        shown, cut = build.cut(made | common_sheets(tables, settings) | actor_sheets(tables, settings))
        shown |= passages(shown, tables)
        notes = [*(_(note) for note in _NOTES), *([_(_TESTS)] if len(tables["findings_tests"]) else []), *why, *cut]
        if tables["findings_tests"].empty:  # a sheet only where the study asks for tests
            del shown["findings_tests"]
        if tables["findings_wave_samples"].empty:  # and only where there are several waves
            del shown["findings_waves"], shown["findings_wave_samples"]
        return {"tables.xlsx": build.build(labelled(shown), settings.title, notes)}
