"""Who agreed to what: the register `private/<study>/consent.csv`, one row a person and conversation.

The register holds no names: `person` is the researchers' own id, the signed sheet lies elsewhere. What it forbids stops
a run; what it merely does not say is advice. Where there is no register, everything is allowed and the report says so.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from pipeline.lists import Listing, read_list
from pipeline.places import Places
from pipeline.problems import Problem, Stop, did_you_mean
from pipeline.registry import Doc, same_file

NAME = "consent.csv"
SCOPES = ("analysis", "quotes", "workshop", "archive")
COLUMNS = ("file", "speaker", "person", "scope", "machine", "minor", "parents", "date", "expires", "note")
# A column that is missing because its name is misspelt would take its protection with it; so all that protect must be
# there. `file` may be called `doc`.
LISTING = Listing(NAME, COLUMNS[1:-1], one_line=True)
SOON = 30  # days before its end from which on an expiring consent is told

_YES = {"ja": True, "nein": False, "": None}
_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")
_GERMAN = re.compile(r"(\d{1,2})\.\s?(\d{1,2})\.\s?(\d{4})")  # what Excel makes of any date


@dataclass(frozen=True)
class Row:
    """One row, by its `line`. `names` are the file and the id it gives; `speaker` '' means all respondents of the file.

    `machine`, `minor`, `parents` are None where the cell is empty; dates are None where the cell is empty.
    """

    line: int
    names: tuple[str, ...]
    speaker: str
    person: str
    scope: frozenset[str]
    machine: bool | None
    minor: bool | None
    parents: bool | None
    given: date | None
    expires: date | None

    def means(self, doc: Doc) -> bool:
        return any(same_file(name, doc.doc, doc.file) for name in self.names)


@dataclass(frozen=True)
class Consent:
    """The register; `exists` is false where the study keeps none."""

    exists: bool
    rows: tuple[Row, ...] = ()

    def scope_of(self, doc: Doc, speaker: str) -> frozenset[str]:
        """What a respondent's words may be used for; `speaker` is the label as it stands in the file.

        A row of that speaker goes before one for the whole file. Who has no row may be analysed and nothing else.
        Ends and minors play no part here: they stop the run (`problems`).
        """
        if not self.exists:
            return frozenset(SCOPES)
        rows = [row for row in self.rows if row.means(doc) and _label(row.speaker) in ("", _label(speaker))]
        own = [row for row in rows if row.speaker] or rows
        return frozenset.intersection(*(row.scope for row in own)) if own else frozenset({"analysis"})

    def quotable(self, doc: Doc, speaker: str) -> bool:
        """Whether a respondent may be quoted. No quote without scope."""
        return "quotes" in self.scope_of(doc, speaker)


def load(path: Path) -> Consent:
    """The register at `path`. Raises `Stop` with every problem and its line for what cannot be read without guessing."""
    if not path.is_file():
        return Consent(False)
    rows, problems = [], []
    for cells in read_list(path, LISTING):
        row, wrong = _row(cells)
        rows.append(row)
        problems += [Problem(NAME, row.line, what, hint) for what, hint in wrong]
    if problems:
        raise Stop(problems)
    return Consent(True, tuple(rows))


def problems(consent: Consent, docs: Iterable[Doc], today: date) -> list[Problem]:
    """What the register forbids for these interviews on this day: each one stops a run. Ordered by line."""
    docs = list(docs)
    found, seen = [], dict[tuple[str, str], int]()
    for row in consent.rows:
        meant = [doc for doc in docs if row.means(doc)]
        found += [Problem(NAME, row.line, what, hint) for what, hint in _forbidden(row, meant, today)]
        for doc in meant:
            line = seen.setdefault((doc.doc, _label(row.speaker)), row.line)
            if line != row.line:
                what = f"Für dieselbe Person in {doc.doc} steht schon Zeile {line} da."
                found.append(Problem(NAME, row.line, what, "Bitte nur die Zeile behalten, die gilt."))
    return found


def check(places: Places, docs: Iterable[Doc], today: date) -> list[Problem]:
    """All that stands against a run, in the register's form or its content, with the path as a person would type it."""
    path = places.private / NAME
    try:
        found = problems(load(path), docs, today)
    except Stop as stop:
        found = stop.problems
    return [Problem(places.show(path), p.line, p.what, p.hint) for p in found]


def notes(
    consent: Consent, docs: Iterable[Doc], speaking: Mapping[str, Iterable[str]] | None = None
) -> list[dict[str, str]]:
    """Advice as rows of the table `notes` (source, place, text). No names in it, and nothing that depends on the day.

    `speaking` maps ids to the labels that occur in the file; without it, labels are not checked.
    """
    docs = list(docs)
    if not consent.exists:
        text = (
            "Es gibt kein Verzeichnis der Einwilligungen. Das Programm hat also nicht geprüft, wer wozu eingewilligt hat; "
            "alle Gespräche werden ausgewertet und dürfen zitiert werden."
        )
        return [{"source": NAME, "place": "", "text": text}]
    found = []
    for row in consent.rows:
        place = f"Zeile {row.line}"
        meant = [doc.doc for doc in docs if row.means(doc)]
        if not meant:
            text = "Diese Datei gibt es nicht unter den Transkripten. Die Zeile bewirkt nichts."
            found.append({"source": NAME, "place": place, "text": text})
            continue
        labels = {_label(label) for doc in meant for label in (speaking or {}).get(doc, ())}
        if speaking is not None and row.speaker and _label(row.speaker) not in labels:
            # A narrow row that meets nobody leaves the person to the row for the whole file.
            text = f"Dieses Sprecherkürzel kommt in {meant[0]} nicht vor; für die Person gilt die Zeile nicht."
            found.append({"source": NAME, "place": place, "text": text})
        if row.machine is not True:
            text = "Dass ein Programm mit auswertet, nennt die Einwilligung nicht. Bitte klären, ob sie es trägt."
            found.append({"source": NAME, "place": place, "text": text})
    bare = [doc.doc for doc in docs if not any(row.means(doc) for row in consent.rows)]
    if bare:
        text = f"Ohne Zeile im Verzeichnis: {', '.join(bare)}. Aus diesen Gesprächen wird nicht zitiert."
        found.append({"source": NAME, "place": "", "text": text})
    return found


def advice(consent: Consent, docs: Iterable[Doc], today: date) -> list[str]:
    """The notes as lines for the screen, and which consents end within `SOON` days."""
    docs = list(docs)
    lines = [f"{', '.join(filter(None, (n['source'], n['place'])))}: {n['text']}" for n in notes(consent, docs)]
    for row in consent.rows:
        meant = ", ".join(doc.doc for doc in docs if row.means(doc))
        if meant and row.expires and today <= row.expires <= today + timedelta(days=SOON):
            lines.append(f"{NAME}, Zeile {row.line}: Diese Einwilligung endet am {_german(row.expires)} ({meant}).")
    return lines


def _forbidden(row: Row, meant: list[Doc], today: date) -> list[tuple[str, str]]:
    if not meant:
        return []
    ids = ", ".join(doc.doc for doc in meant)
    first = meant[0].doc
    away = f"Bitte die Datei aus dem Ordner der Transkripte nehmen oder das Gespräch löschen: make forget DOC={first}"
    found = []
    if len(meant) > 1 and len(row.names) > 1:
        found.append(
            (f"»file« und »doc« meinen verschiedene Gespräche ({ids}).", "Bitte eine der beiden Angaben streichen.")
        )
    if row.expires and row.expires < today:
        hint = f"Bitte erneuern und »expires« ändern, oder das Gespräch löschen: make forget DOC={first}"
        what = f"Diese Einwilligung endete am {_german(row.expires)} ({ids}). Frühere Ergebnisse enthalten das Gespräch noch."
        found.append((what, hint))
    if row.minor and not row.parents:
        what = f"Eine minderjährige Person ohne Einwilligung der Eltern ({ids})."
        found.append((what, f"Liegt sie vor, bei »parents« ja eintragen. Sonst: {away[0].lower() + away[1:]}"))
    if "analysis" not in row.scope:
        found.append((f"In eine Auswertung ist nicht eingewilligt: »scope« nennt »analysis« nicht ({ids}).", away))
    return found


def _row(cells: dict[str, str]) -> tuple[Row, list[tuple[str, str]]]:
    """A row and what is wrong with it as (what, hint)."""
    wrong: list[tuple[str, str]] = []
    names = tuple(cells[column] for column in ("file", "doc") if cells.get(column))
    if not names:
        wrong.append(
            ("Welches Gespräch gemeint ist, fehlt.", "Bitte in »file« die Datei oder ihre Nummer (I003) eintragen.")
        )
    scope = frozenset(word.strip().lower() for word in cells["scope"].split("+") if word.strip())
    for word in sorted(scope - set(SCOPES)):
        hint = f"{did_you_mean(word, SCOPES)} Mehrere verbindet ein Plus: analysis+quotes.".strip()
        wrong.append((f"»scope« kennt »{word}« nicht.", hint))
    answers = {}
    for column in ("machine", "minor", "parents"):
        word = cells[column].lower()
        answers[column] = _YES.get(word)
        if word not in _YES:
            wrong.append((f"»{column}« braucht ja oder nein, da steht »{cells[column]}«.", ""))
    days = {column: _day(cells[column]) for column in ("date", "expires")}
    for column, day in days.items():
        if cells[column] and day is None:
            hint = "Bitte als 31.12.2027 oder 2027-12-31 schreiben; ohne Ende bleibt »expires« leer."
            wrong.append((f"»{column}« ist kein Datum: »{cells[column]}«.", hint))
    if days["date"] and days["expires"] and days["expires"] < days["date"]:
        wrong.append(("Das Ende der Einwilligung liegt vor ihrem Datum.", "Bitte »date« und »expires« prüfen."))
    row = Row(
        int(cells["line"]), names, cells["speaker"], cells["person"], scope, **answers,
        given=days["date"], expires=days["expires"],
    )  # fmt: skip
    return row, wrong


def _label(text: str) -> str:
    return " ".join(text.casefold().split())


def _day(text: str) -> date | None:
    """A day as people and Excel write it, or None.

    >>> _day("31.12.2027") == _day("2027-12-31"), _day("31.2.2027"), _day("Ende 2027")
    (True, None, None)
    """
    iso, german = _ISO.fullmatch(text), _GERMAN.fullmatch(text)
    try:
        if iso:
            return date(*map(int, iso.groups()))
        return date(*map(int, reversed(german.groups()))) if german else None
    except ValueError:
        return None


def _german(day: date) -> str:
    return f"{day.day}.{day.month}.{day.year}"
