"""What people write about their work: six forms, each a list of codebooks/<study>/, with what is asked, why, and an example."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from pipeline import cycle_words
from pipeline.language import N_
from pipeline.lists import ANCHOR, INDUCTIVE, LISTS, LOG, MEMOS, MINUTES, NEGATIVE, SAMPLING, Listing

LINE, LONG = 300, 20_000  # code points


@dataclass(frozen=True)
class Field:
    """One thing that is asked. `kind`: line, long, date, coder, code (one category), codes (several), choice, key (what a note stands beside), reduction."""

    name: str
    label: str
    kind: str = "line"
    hint: str = ""
    words: Mapping[str, str] = field(default_factory=dict)  # of a choice: value -> what people read
    needed: bool = False
    shown: bool = True  # as a column of the overview

    @property
    def most(self) -> int:
        return LONG if self.kind == "long" else LINE


@dataclass(frozen=True)
class Form:
    """`columns` of the list; `about`: paragraphs; `example`: (label, words) in order. `anchored`: an entry stands at a passage."""

    name: str
    file: str
    title: str
    one: str  # what an entry is called
    about: tuple[str, ...]
    fields: tuple[Field, ...]
    columns: tuple[str, ...]
    example: tuple[tuple[str, str], ...] = ()
    anchored: bool = False

    @property
    def listing(self) -> Listing:
        return LISTS[self.file]

    @property
    def numbered(self) -> bool:
        """Whether entries have an id of their own."""
        return self.listing.unique == "entry"


_WHO = Field("coder", N_("Wer"), "coder", N_("Kürzel, etwa mk"), needed=True)
_WHEN = Field("date", N_("Wann"), "date", needed=True)

INDUCTIVE_FORM = Form(
    "inductive", "inductive.csv", N_("Induktiv"), N_("Stelle"),
    (
        N_("Kategorien aus dem Material bilden, nach der zusammenfassenden Inhaltsanalyse (Mayring): Die Stelle wird in drei Schritten verdichtet. Erst wenn mehrere Stellen bei derselben Reduktion ankommen, lohnt eine Kategorie."),
        N_("Paraphrase: in einem knappen Satz, was hier gesagt wird, ohne Ausschmückung, in einheitlicher Sprache. Generalisierung: dasselbe auf der vereinbarten Höhe der Abstraktion. Reduktion: der gemeinsame Kern mehrerer Generalisierungen; aus ihr wird die Kategorie."),
        N_("Am einfachsten beginnt ein Eintrag auf der Leseseite: Stelle markieren, »Induktiv« wählen. Sie kommt dann hier mit ihrem Wortlaut an."),
    ),
    (
        Field("paraphrase", N_("Paraphrase"), "long", N_("Was wird gesagt? Ein Satz."), needed=True),
        Field("generalisation", N_("Generalisierung"), "long", N_("Was ist daran allgemein?")),
        Field("reduction", N_("Reduktion"), "reduction", N_("Kurz, wie eine Überschrift. Vorhandene werden beim Tippen angeboten.")),
        Field("note", N_("Notiz"), "long", shown=False), _WHO, _WHEN,
    ),
    INDUCTIVE,
    (
        (N_("Stelle"), N_("»Seit die Halle zu ist, sehen wir uns ja gar nicht mehr, früher haben wir da jeden Mittwoch zusammen Tee getrunken.«")),
        (N_("Paraphrase"), N_("Seit der Schließung der Halle entfällt das wöchentliche Treffen.")),
        (N_("Generalisierung"), N_("Ohne Raum enden regelmäßige Begegnungen.")),
        (N_("Reduktion"), N_("Räume als Bedingung von Begegnung")),
    ),
    anchored=True,
)  # fmt: skip
NEGATIVE_FORM = Form(
    "negative", "negative_cases.csv", N_("Gegenfälle"), N_("Gegenfall"),
    (
        N_("Ein Gegenfall ist eine Stelle, die einer Kategorie oder einer Deutung widerspricht. Wer sie sammelt, schützt sich davor, nur zu finden, was passt: Sie schränkt die Aussage ein, teilt eine Kategorie oder zeigt, wo die Deutung nicht gilt."),
        N_("Bitte festhalten, warum die Stelle widerspricht und was daraus folgt. Auch »bleibt stehen, wir wissen es noch nicht« ist eine Folge."),
    ),
    (
        Field("code", N_("Kategorie, der es widerspricht"), "code", needed=True), Field("why", N_("Warum ist das ein Gegenfall?"), "long", needed=True),
        Field("consequence", N_("Was folgt daraus?"), "long", N_("Etwa: Definition enger fassen, Aussage im Bericht einschränken, weiter danach suchen.")), _WHO, _WHEN,
    ),
    NEGATIVE, anchored=True,
)  # fmt: skip
LOG_FORM = Form(
    "log", "codebook_log.csv", N_("Codebuch"), N_("Entscheidung"),
    (
        N_("Warum das Codebuch so ist, wie es ist: wer wann was entschieden hat, aus welchem Grund und welche Möglichkeit verworfen wurde. Wer die Studie später prüft oder fortsetzt, liest hier, statt zu raten."),
        N_("Änderungen, die hier noch nicht erklärt sind, werden unten vorgeschlagen."),
    ),
    (
        Field("what", N_("Was"), "choice", words=cycle_words.LOG, needed=True),
        Field("code", N_("Kategorie"), "codes", N_("Kennung; mehrere mit Strichpunkt")), Field("why", N_("Warum"), "long", needed=True),
        Field("alternative", N_("Welche Alternative wurde verworfen?"), "long"), _WHO, _WHEN,
        Field("version", N_("Fassung des Codebuchs"), hint=N_("die ersten Zeichen der Fassung; leer, wenn es keine bestimmte betrifft"), shown=False),
    ),
    LOG,
)  # fmt: skip
MINUTES_FORM = Form(
    "minutes", "minutes.csv", N_("Interpretationsgruppe"), N_("Sitzung"),
    (
        N_("Protokoll einer Sitzung, in der mehrere gemeinsam deuten. Wichtig ist nicht nur das Ergebnis: Verschiedene Lesarten derselben Stelle zeigen, wie tragfähig eine Deutung ist."),
        N_("Bitte keine wirklichen Namen von Befragten; die Anwesenden am besten mit Kürzeln."),
    ),
    (
        Field("present", N_("Wer war dabei"), needed=True), Field("passages", N_("Welche Stellen"), "long", N_("Gespräch und Beitrag, etwa I003 Beitrag 12")),
        Field("readings", N_("Welche Lesarten gab es"), "long", needed=True), Field("agreed", N_("Worauf wir uns geeinigt haben"), "long"),
        Field("open", N_("Was offen bleibt"), "long"), _WHO, _WHEN,
    ),
    MINUTES,
)  # fmt: skip
SAMPLING_FORM = Form(
    "sampling", "sampling.csv", N_("Auswahl"), N_("Überlegung"),
    (
        N_("Wen befragen wir als Nächstes, und warum? In der theoretischen Auswahl folgt das aus dem, was schon da ist: Minimaler Kontrast sucht jemanden, bei dem es ähnlich sein müsste, und festigt einen Befund. Maximaler Kontrast sucht jemanden, bei dem es anders sein müsste, und zeigt seine Grenzen."),
        N_("Bitte keine Namen, sondern Beschreibungen: »jemand aus der Spätschicht, neu im Stadtteil«."),
    ),
    (
        Field("whom", N_("Wen"), needed=True),
        Field("contrast", N_("Welcher Kontrast"), "choice", words={"": N_("noch offen"), "minimal": N_("minimal: ähnlich wie bisher"), "maximal": N_("maximal: möglichst anders"), "other": N_("anderes")}),
        Field("why", N_("Warum, und was würde das zeigen"), "long", needed=True),
        Field("status", N_("Stand"), "choice", words=cycle_words.SAMPLING, needed=True),
        Field("note", N_("Notiz"), "long", shown=False), _WHO, _WHEN,
    ),
    SAMPLING,
)  # fmt: skip
MEMO_FORM = Form(
    "memos", "memos.csv", N_("Notizen"), N_("Notiz"),
    (
        N_("Notizen halten fest, was beim Lesen auffällt: Vermutungen, Fragen, Widersprüche. Sie stehen bei einer Kategorie, einem Fall, einem Gespräch oder einer Stelle; Notizen zum Projekt und zur Methode gehören zum Bericht über das Vorgehen."),
    ),
    (
        Field("kind", N_("Wozu"), "choice", words={
            "code": N_("Kategorie"), "case": N_("Fall"), "interview": N_("Gespräch"), "passage": N_("Stelle"), "coding": N_("Codierung"), "project": N_("Projekt"),
            "method": N_("Methode"), "reading": N_("erstes Lesen"), "kwic": N_("Fundstelle (make explore)"), "word": N_("Wort (make explore)"), "group": N_("Gruppe (make explore)"),
        }, needed=True),
        Field("key", N_("Wobei"), "key", N_("Kennung der Kategorie, des Falls oder des Gesprächs; eine Stelle als Gespräch.Beitrag.Zeichen"), needed=True),
        Field("memo", N_("Notiz"), "long", needed=True), _WHO, _WHEN,
    ),
    (*MEMOS, *ANCHOR),
)  # fmt: skip
FORMS = (INDUCTIVE_FORM, NEGATIVE_FORM, LOG_FORM, MINUTES_FORM, SAMPLING_FORM, MEMO_FORM)
BY_NAME = {form.name: form for form in FORMS}
