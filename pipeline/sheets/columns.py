"""Facts about the sheets: columns in order, what stands in them, other names for them, what a reader is told."""

from __future__ import annotations

from dataclasses import dataclass

from pipeline.codebook.entries import UNITS, WINDOWS, WORD_KINDS
from pipeline.tables import STANCES

CODES, RULES, EXAMPLES, README = "Kategorien", "Regeln", "Beispiele", "Lies mich"


@dataclass(frozen=True)
class Column:
    """`key` is the key in the YAML (or one of ours), `kind` how a cell is read: text, words (one a line), map (one pair a
    line), flow (YAML in one line), yesno, number, whole, choice."""

    key: str
    heading: str
    kind: str = "text"
    width: int = 14
    choices: tuple[str, ...] = ()


DELETE = Column("delete", "löschen", "choice", 9, ("ja",))
STAMP = Column("stamp", "Stand (nicht ändern)", "text", 12)
_COUNTS = Column("counts", "zählt (Haltungen)", "words", 16, STANCES)
_UNIT = Column("unit", "Einheit", "choice", 11, UNITS)

CODE_COLUMNS = (
    Column("id", "Kennung", width=22),
    Column("parent", "Oberkategorie", width=16),
    Column("label", "Bezeichnung", width=28),
    Column("definition", "Definition", width=60),
    Column("include", "gehört dazu", "words", 50),
    Column("exclude", "gehört nicht dazu", "words", 50),
    Column("before", "Vorrang vor", "words", 18),
    _COUNTS,
    Column("otherwise", "sonst nach (Haltung: Kategorie)", "map", 24),
    _UNIT,
    Column("needs", "nötiges Gewicht", "number", 10),
    Column("only", "nur wenn", "map", 22),
    Column("except", "außer wenn", "map", 22),
    Column("through_children", "zählt Unterkategorien mit", "yesno", 14, ("ja", "nein")),
    Column("memo", "Memo", width=50),
    Column("color", "Farbe", width=10),
    Column("since", "seit", width=7),
    Column("was", "früher (was)", "words", 16),
    DELETE,
    STAMP,
)
RULE_COLUMNS = (
    Column("code", "Kategorie", width=22),
    Column("kind", "Art", "choice", 11, WORD_KINDS),
    Column("words", "Muster", "words", 60),
    Column("gap", "Abstand", "whole", 9),
    Column("order", "Reihenfolge", "choice", 12, ("fixed", "free")),
    Column("at", "Stelle im Wort", "choice", 10, ("any", "head", "part")),
    Column("window", "Fenster", width=10),
    Column("within", "gilt innerhalb", "choice", 11, ("clause", *WINDOWS)),
    _COUNTS,
    Column("weight", "Gewicht", "number", 9),
    _UNIT,
    Column("rest", "weitere Angaben", "flow", 50),
    DELETE,
    STAMP,
)
EXAMPLE_COLUMNS = (
    Column("code", "Kategorie", width=22),
    Column("kind", "Art", "choice", 16, ("Ankerbeispiel", "Gegenbeispiel")),
    Column("text", "Text", width=90),
    Column("by", "von (by)", "choice", 10, ("model",)),
    Column("target", "gehört zu (code)", width=20),
    DELETE,
    STAMP,
)
SHEETS: dict[str, tuple[Column, ...]] = {CODES: CODE_COLUMNS, RULES: RULE_COLUMNS, EXAMPLES: EXAMPLE_COLUMNS}
EXAMPLE_KEYS = {"Ankerbeispiel": "examples", "Gegenbeispiel": "counterexamples"}
# In the CSV three columns bear the names that other programs look for.
CSV_HEADINGS = {"id": "tag", "definition": "description", "color": "color"}
SYNONYMS = {
    "tag": "id", "id": "id", "code-id": "id", "description": "definition", "beschreibung": "definition", "color": "color",
    "colour": "color", "label": "label", "name": "label", "titel": "label", "elternkategorie": "parent", "obercode": "parent",
    "zählt": "counts", "früher": "was", "was": "was", "include": "include", "exclude": "exclude", "before": "before",
    "zählt mit": "through_children", "stand": "stamp", "delete": "delete", "von": "by", "by": "by", "gehört zu": "target",
    "haltungen": "counts", "kommentar": "memo", "notiz": "memo",
}  # fmt: skip

# Keys of a code and of a rule in the order in which people write them; a new key takes its place among those present.
CODE_ORDER = (
    "id", "label", "definition", "include", "exclude", "before", "counts", "otherwise", "unit", "needs", "only", "except",
    "through_children", "examples", "counterexamples", "memo", "color", "since", "was", "match", "children",
)  # fmt: skip
RULE_ORDER = (
    *WORD_KINDS, "pattern", "all", "any", "none", "within", "gap", "order", "at", "window", "counts", "otherwise", "only", "except",
    "weight", "unit",
)  # fmt: skip
EXAMPLE_ORDER = ("text", "by", "code")

MAX_CELL = 32_000  # letters; Excel cuts at 32,767
TOO_LONG = "(zu lang für eine Zelle: bitte in codebook.yaml bearbeiten)"

EXPLANATION = (
    "Das Codebuch zum Bearbeiten. Ändern Sie Zellen, speichern Sie und rufen Sie auf: make adopt FILE=<diese Datei>",
    "",
    "Was geschieht: Jede geänderte Zelle ändert genau diesen Wert in codebook.yaml. Alles andere bleibt dort, wie es ist, auch "
    "Kommentare. Vorher wird die alte Fassung nach backup/ gelegt. Geht etwas nicht auf, wird nichts geändert, und die Meldung nennt "
    "Blatt und Zeile.",
    "",
    "Blatt »Kategorien«: eine Zeile je Kategorie.",
    "  Mehrere Werte in einer Zelle stehen untereinander (Alt+Eingabe). Eine leere Zelle heißt: Es gilt die Vorgabe.",
    "  Neue Kategorie: neue Zeile mit Kennung, Oberkategorie und Bezeichnung; die Zelle »Stand« leer lassen. Die Oberkategorie ist eine "
    "Kennung; ist sie leer, steht die Kategorie ganz oben.",
    "  Andere Oberkategorie eintragen: Die Kategorie zieht mit allem um.",
    "  Kennungen ändern Sie bitte in codebook.yaml, denn Regeln, Leitfaden und Entscheidungen hängen an ihnen.",
    "  Zeile herausnehmen: Die Kategorie bleibt im Codebuch und wird genannt. Nur »ja« in der Spalte »löschen« löscht sie.",
    "  »sonst nach«, »nur wenn«, »außer wenn«: je Zeile ein Paar wie »negated: WIL.verwehrt« oder »gruppe: [verein, politik]«.",
    "",
    "Blatt »Regeln«: eine Zeile je Eintrag unter match.",
    f"  Art: {', '.join(WORD_KINDS)}. Muster: eines je Zeile in der Zelle.",
    "  Neue Regel: neue Zeile, »Stand« leer. Sie kommt hinter die Regel, die in der Tabelle davor steht. Andere Kategorie: Sie zieht um.",
    "  »weitere Angaben«: was keine eigene Spalte hat, als YAML in geschweiften Klammern, etwa {none: [{term: Fußball}]}.",
    "",
    "Blatt »Beispiele«: Ankerbeispiele müssen von einer Regel gefunden werden, Gegenbeispiele dürfen es nicht.",
    "  von (by): »model« nimmt ein Beispiel von der Prüfung aus. gehört zu (code): wohin ein Gegenbeispiel gehört; »null«: nirgendwohin.",
    "",
    "»Stand« ist ein Fingerabdruck der Zeile. An ihm erkennt das Programm, ob codebook.yaml inzwischen auch geändert wurde; solche Zeilen "
    "nennt es, statt eine der beiden Änderungen zu verlieren.",
    "Haltungen: " + ", ".join(STANCES) + ". Einheiten: " + ", ".join(UNITS) + ". Was die Spalten bedeuten, steht in codebooks/README.md.",
)  # fmt: skip
