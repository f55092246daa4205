"""The working sheets: which columns each has, which of them people fill in, and where their corrections are kept.

A sheet shows a table. A row is known by its key. `FILL` columns belong to people: the machine may propose a value, what people write wins.
`codebooks/<study>/<name>.csv` keeps only what people wrote: an empty cell there means "as proposed", `EMPTY` means "on purpose nothing".
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

KEY, ABOUT, FILL = "key", "about", "fill"
EMPTY = "–"  # in the kept file: somebody emptied the cell on purpose


@dataclass(frozen=True)
class Column:
    """One column: `name` in tables and the kept file, `heading` in the sheet. ABOUT columns are there to read and are not read back."""

    name: str
    heading: str
    role: str = ABOUT
    width: int = 18
    words: Mapping[str, str] = field(default_factory=dict)  # value -> what people read and write
    refers: bool = False  # names another row of the sheet by its key
    codes: bool = False  # names a category of the codebook
    dated: bool = False  # people write a date, or words for one
    districts: bool = False  # names districts of the study


@dataclass(frozen=True)
class Sheet:
    """One sheet of a workbook in outputs/<study>/editable/ with the file that keeps what people wrote."""

    name: str  # codebooks/<study>/<name>.csv
    workbook: str  # outputs/<study>/editable/<workbook>.xlsx
    title: str  # the name of the sheet
    table: str  # the table whose rows it shows
    columns: tuple[Column, ...]
    explanation: tuple[str, ...] = ()
    adding: bool = False  # people may add rows of their own
    prefix: str = ""  # rows stand for categories: before the id that is made of a category
    anchored: bool = False  # rows stand for a place: the kept file has doc, raw_sha256, raw_start, raw_end and quote as well

    @property
    def key(self) -> tuple[str, ...]:
        return tuple(c.name for c in self.columns if c.role == KEY)

    @property
    def fills(self) -> tuple[str, ...]:
        return tuple(c.name for c in self.columns if c.role == FILL)

    @property
    def file(self) -> str:
        return f"{self.name}.csv"


YES = {"yes": "ja", "": ""}
INVENTORY = Sheet(
    "inventory", "inventory", "Engagement", "findings_inventory",
    (
        Column("entry", "Kennung", KEY, 11), Column("place", "Stelle", width=16), Column("case_words", "wer sagt es", width=24),
        Column("basis_words", "gelesen?", width=12), Column("code_words", "Kategorien", width=24), Column("quote", "Zitat", width=60),
        Column("who", "wer", FILL, 24), Column("what", "tut was", FILL, 34), Column("whom", "für wen", FILL, 22), Column("district", "Sozialraum", FILL, 16, districts=True),
        Column("place_name", "wo", FILL, 22), Column("since", "seit wann", FILL, 16), Column("often", "wie oft", FILL, 16), Column("same_as", "dasselbe wie (Kennung)", FILL, 14, refers=True),
        Column("hidden", "streichen", FILL, 10, YES), Column("note", "Notiz", FILL, 30),
    ),
    (
        "Jede Zeile ist eine Stelle, an der jemand von Engagement erzählt. »wer« bis »wie oft« hat die Maschine aus dem Satz gelesen: bitte prüfen und verbessern.",
        "Erzählen mehrere Stellen vom selben Engagement, in »dasselbe wie« die Kennung der Zeile eintragen, die bleiben soll. »streichen«: ja, wenn es keines ist.",
        "Leere Felder: Dazu sagt die Stelle nichts, es ließ sich nicht sicher erkennen, oder wer spricht, darf nicht zitiert werden.",
        "Mehrere Sozialräume mit ; trennen. Eigene Zeilen unten anfügen, ohne Kennung. Keine Namen von Privatpersonen.",
    ),
    adding=True, anchored=True,
)  # fmt: skip
MEASURES = Sheet(
    "measures", "measures", "Maßnahmen", "findings_measures",
    (
        Column("measure", "Kennung", KEY, 11), Column("label", "Wunsch oder Vorschlag", FILL, 34), Column("need", "antwortet auf Bedarf", FILL, 30),
        Column("groups", "genannt von (gelesen)", width=30), Column("groups_silent", "gefragt, bisher nichts dazu", width=30), Column("figures", "wie viele", width=30), Column("evidence_words", "Beleg", width=60),
        Column("goal", "Ziel, das sich prüfen lässt", FILL, 34), Column("indicator", "Indikator und Quelle", FILL, 30), Column("responsible", "zuständig", FILL, 22),
        Column("date", "bis wann", FILL, 14, dated=True), Column("note", "Notiz", FILL, 30),
    ),
    (
        "Was Befragte wünschen und was ihnen fehlt, in der Reihenfolge des Codebuchs: eine Vorlage für die Steuerungsgruppe, keine Rangfolge.",
        "Ziel, Indikator, Zuständigkeit und Termin bleiben leer, bis Menschen sie eintragen. Auch Bezeichnung und Bedarf dürfen geändert werden (mehrere Bedarfe mit ; trennen).",
        "»gefragt, bisher nichts dazu« heißt nicht: dagegen. Aus diesen Gruppen wurde jemand gefragt; gelesen oder vorgeschlagen ist noch nichts.",
        "Eigene Zeilen unten anfügen, ohne Kennung.",
    ),
    adding=True, prefix="m",
)  # fmt: skip
INDICATORS = Sheet(
    "indicators", "indicators", "Indikatoren", "findings_indicators",
    (
        Column("indicator", "Kennung", KEY, 11), Column("label", "Indikator", FILL, 40), Column("code", "Kategorie", FILL, 16, codes=True),
        Column("source", "Quelle außerhalb der Interviews", FILL, 36), Column("value", "heutiger Wert", FILL, 16), Column("date", "Stand", FILL, 14, dated=True),
        Column("direction", "gewünschte Richtung", FILL, 18), Column("responsible", "zuständig", FILL, 22), Column("context", "was die Interviews dazu sagen", width=44),
        Column("note", "Notiz", FILL, 30),
    ),
    (
        "Ein Indikator misst etwas in der Stadt, nicht in den Interviews. Wo es keine Quelle gibt, bleibt »offen« stehen.",
        "»gewünschte Richtung« gilt dem Wert der Quelle (etwa: mehr, weniger, gleich), nicht den Nennungen.",
        "Mehr Nennungen in einer anderen Erhebung sind keine Veränderung der Stadt.",
        "Eigene Zeilen unten anfügen, ohne Kennung; »Kategorie« darf leer bleiben oder eine des Codebuchs nennen.",
    ),
    adding=True, prefix="i",
)  # fmt: skip
SUMMARIES = Sheet(
    "summaries", "cases", "Fallzusammenfassungen", "findings_summaries",
    (
        Column("case", "Fall", KEY, 10), Column("who", "wer", width=26), Column("scaffold", "Kernsätze zum Ausformulieren", width=90),
        Column("summary", "Fallzusammenfassung", FILL, 90),
    ),
    (
        "Links die Kernsätze, nach Kategorien, mit Nummer des Redebeitrags; rechts schreiben Sie die Zusammenfassung. Sie steht danach im Bericht.",
        "Keine Namen, keine Orte, an denen jemand zu erkennen ist.",
    ),
)  # fmt: skip
MATRIX = Sheet(
    "matrix", "cases", "Themenmatrix", "findings_matrix",
    (
        Column("case", "Fall", KEY, 10), Column("code", "Kategorie", KEY, 12, codes=True), Column("who", "wer", width=26), Column("label", "Bezeichnung", width=22),
        Column("n_mentions", "Stellen, gelesen", width=10), Column("passages", "Stellen zum Nachlesen", width=80), Column("paraphrase", "Paraphrase", FILL, 70),
        Column("subthemes", "neue Unterthemen (mit ; getrennt)", FILL, 36),
    ),
    (
        "Je Fall und Hauptkategorie in eigenen Worten, was gesagt wurde. Neue Unterthemen, die im Codebuch fehlen, in die letzte Spalte, mit ; getrennt:",
        "Aus ihnen berechnet der Bericht, ob neue Gespräche noch Neues bringen (Sättigung).",
    ),
)  # fmt: skip
SHEETS: tuple[Sheet, ...] = (INVENTORY, MEASURES, INDICATORS, SUMMARIES, MATRIX)
BY_NAME: Mapping[str, Sheet] = {sheet.name: sheet for sheet in SHEETS}
ANCHOR = ("doc", "raw_sha256", "raw_start", "raw_end", "quote")  # columns of the kept file of an anchored sheet, beside its own
