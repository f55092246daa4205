"""The chapter on method, written from the run: prose and tables, positions, checklists, text to paste. Plain views for page and Word document."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace
from typing import Any

from pipeline.language import N_, _
from pipeline.method import answers
from pipeline.sections.answers.desk import Desk
from pipeline.sections.method import (
    agreed,
    coding,
    lists,
    paste,
    positionality,
    processing,
    results,
    sample,
    scaffold,
    versions,
)
from pipeline.sections.method.evidence import Evidence, Grid, gathered, part
from pipeline.sections.method.facts import every

SCAFFOLD = N_("""Was nur Sie über das Vorgehen dieser Studie sagen können. Diese Datei entsteht bei jedem Lauf neu.
So bleiben Ihre Antworten: # am Anfang der Zeile wegnehmen, zwischen die Anführungszeichen schreiben, speichern, dann gleich
  make adopt FILE=<diese Datei>
Das trägt sie in codebooks/<Studie>/method.yaml ein (die alte Fassung wird aufgehoben) und gilt ab dem nächsten »make analyze«.
Was schon beantwortet ist, steht ohne #. Aufbau: codebooks/README.md, Abschnitt method.yaml.
Namen von Befragten gehören nicht hierher; wer im Bericht nicht mit Namen stehen soll, bekommt ein Kürzel.
""")


def chapter(desk: Desk, book: Any, method_file: Path) -> dict[str, Any]:
    """`method`: all that the templates on method show. `book`: the codebook; `method_file` may be missing. Raises `Stop`."""
    e = gathered(desk, book, answers.load(method_file))
    facts = every(e)
    checklists = lists.shown(facts, e.file)
    found = SimpleNamespace(
        parts=parts(e), checklists=checklists, open=lists.open_words(checklists), positionality=positionality.page(e), paragraphs=paste.paragraphs(e),
        citation=paste.citation(e), decisions=e.file.decisions, written=method_file.is_file(),
    )  # fmt: skip
    found.scaffold = scaffold.text(e.file, checklists, _(SCAFFOLD))
    return {"method": found}


def parts(e: Evidence) -> list[SimpleNamespace]:
    """The parts of the chapter in order, each with `anchor`, `title`, `texts`, `grid` (caption, head, rows) or None, `link`."""
    return [
        part("stichprobe", _("Wer befragt wurde"), [f(e).text for f in (sample.people_asked, sample.groups)], None, ("nichtgehoert", _("Wer fehlt, steht in Kapitel 10."))),
        part("erhebung", _("Wie befragt wurde"), [f(e).text for f in (sample.modes, sample.access, sample.languages, sample.interviewers, sample.guide, sample.duration, sample.repeats, sample.thirds)]),
        part("transkription", _("Transkription"), [f(e).text for f in (processing.notations, processing.tools, sample.times)] + _transcription(e), None, ("material", _("Jede Datei einzeln: Material."))),
        part("bereinigung", _("Bereinigung"), [processing.cleaning(e).text], processing.signs_grid(e)),
        part("namen", _("Pseudonymisierung"), [processing.names(e).text, sample.consent(e).text], processing.names_grid(e), ("datenschutz", _("Was noch erkennbar macht: Datenschutz."))),
        part("codebuch", _("Codebuch"), [f(e).text for f in (coding.codebook, coding.rules)], None, ("codebuch", _("Alle Kategorien: Codebuch."))),
        part("codieren", _("Wer codierte"), [coding.coders(e).text, agreed.first(e).text, coding.reading(e).text, coding.mentions(e).text, coding.proposals(e).text], coding.shares_grid(e)),
        part("uebereinstimmung", _("Übereinstimmung der Codierenden"), [agreed.double(e).text], None, ("einigkeit", _("Die Zahlen: Wie einig sich Codierende sind."))),
        part("zyklus", _("Änderungen am Codebuch"), [agreed.cycle(e).text], None, ("zyklus", _("Fassungen, Entscheidungen, Gegenfälle, Notizen: Kategorienzyklus."))),
        part("guete", _("Güte der Vorschläge"), [_("Wie oft Vorschläge zutreffen und was sie übersehen, ist an Gelesenem gemessen.")], None, ("guete", _("Die Zahlen: Wie gut die Vorschläge sind."))),
        part("themen", _("Themen ohne Codebuch"), [results.topics(e).text], None, ("themen", _("Die Themen mit ihrer Stabilität."))),
        part("saettigung", _("Sättigung und Gegenbelege"), [results.saturation(e).text, results.counter(e).text], None, ("nichtgehoert-neues", _("Gespräch für Gespräch: Kapitel 10."))),
        part("entscheidungen", _("Entscheidungen im Lauf der Studie"), [] if e.file.decisions else [_("Dazu steht noch nichts in method.yaml (decisions).")], _decisions(e)),
        part("einstellungen", _("Einstellungen"), [versions.settings_text(e)], versions.settings_grid(e)),
        part("programme", _("Programme"), [versions.software(e).text], versions.software_grid(e)),
    ]  # fmt: skip


def _transcription(e: Evidence) -> list[str]:
    """What people said of how the recordings became text."""
    said = e.file.transcription
    words = {"by": _("Transkribiert hat: {text}"), "software": _("Programm nach Angabe der Forschenden: {text}"), "checked": _("Geprüft: {text}"), "returned": _("Rückgabe an die Befragten: {text}")}
    return [told.format(text=getattr(said, key)) for key, told in words.items() if getattr(said, key)]


def _decisions(e: Evidence) -> Grid:
    rows = [(one.what, one.why or "–", one.date or "–") for one in e.file.decisions]
    return Grid(_("Entscheidungen, die Menschen festhielten"), (_("Was"), _("Warum"), _("Wann")), rows)
