"""`make check`: the files that researchers edit, the codebook against its own examples and against what was said."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from functools import partial
from typing import Any, NamedTuple

from pipeline import codebook as codebooks
from pipeline import consent, decided, registry, store
from pipeline.checking import answers, corpus, examples, placed, sentences, statements
from pipeline.checking.corpus import Advice
from pipeline.codebook import Codebook
from pipeline.covered import listed
from pipeline.current import stale
from pipeline.forms import corrections
from pipeline.forms.doubts import doubts
from pipeline.forms.sheet import SHEETS
from pipeline.inputs import checked
from pipeline.lists import LISTS, read_list
from pipeline.passages import finished, kept
from pipeline.places import Places
from pipeline.problems import Problem, Stop, did_you_mean
from pipeline.readers import discover
from pipeline.study import Study

REPORT = "codebook_check.csv"  # in outputs/<study>/: everything that is told in part on the screen
SHOWN = 5
_KINDS = {
    "leer": "Kategorien ohne Inhalt", "ohne Treffer": "Regeln ohne Treffer in diesem Material",
    "verschluckt": "Regeln, die andere schon einschließen", "Überschneidung": "Kategorien, die sich überschneiden",
    "oft verworfen": "Regeln, deren Stellen Menschen meist verwarfen",
}  # fmt: skip


class Result(NamedTuple):
    """What to mend, what to look at in lists and in the codebook, and a summary."""

    problems: list[Problem]
    advice: list[str]
    codebook: list[str]
    summary: str


def check(places: Places) -> Result:
    """Raises `Stop` where files cannot be used at all."""
    study = checked(places)
    book = codebooks.load(places.codebooks / "codebook.yaml")
    file = places.show(places.codebooks / "codebook.yaml")
    problems, anchors = examples.problems(book, study, file)
    idle = [Advice("leer", c.line, c.id, "", f"{c.id} hat weder Regeln noch Beispiele.", "Ausfüllen oder streichen.")
            for c in book.codes if c.coded and not c.rules and not c.entry.examples]  # fmt: skip
    docs = registry.numbered(
        dict.fromkeys(discover(places.transcripts) if places.transcripts.is_dir() else [], ""), places.private
    )
    # What a consent forbids is told like other problems; the material is then not looked into.
    forbidden = consent.check(places, docs, date.today())
    report = places.outputs / REPORT
    found, advice = (idle, []) if forbidden else _material(places, study, book, idle)
    if forbidden:
        report.unlink(missing_ok=True)
    else:
        advice += statements.advice(places.codebooks / statements.NAME, places.show(places.codebooks / statements.NAME), study, partial(kept, places))
        advice += consent.advice(consent.load(places.private / consent.NAME), docs, date.today())
    variable = study.variables.get(study.answers.district)
    former = {old for code in book.codes for old in code.entry.was}
    advice += list_advice(places, set(book.by_id()), set(study.variables), study.ingest.files, former, variable.values if variable else {})
    advice += answers.advice(places.codebooks / "study.yaml", study, book.by_id())
    if study.model.use:
        advice += sentences.advice(book, places.codebooks / "anchors", places.codebooks / "fairness.csv")
    summary = f"{len(book.codes)} Kategorien, {len(book.rules())} Regeln, {anchors}."
    return Result([*problems, *forbidden], advice, _short_list(file, found, places.show(report)), summary)


def _material(places: Places, study: Study, book: Codebook, idle: list[Advice]) -> tuple[list[Advice], list[str]]:
    """What the last run's material shows about the rules, written as a table as well; and what is to be said of the material."""
    material = finished(places, study)
    report = places.outputs / REPORT
    decisions: list[dict[str, Any]] = []
    told: list[str] = []
    if material is not None:
        try:
            people = kept(places, "decisions")
            decisions = people.to_dict("records")
            told = placed.lines(people, kept(places, "reviewed"), kept(places, "unplaced"))
        except Stop:  # of an older program
            material = None
    if material is None:
        report.unlink(missing_ok=True)
        return idle, ["Regeln gegen das Material prüft »make check« erst nach »make analyze«."]
    found = [*idle, *corpus.advice(book, material, decisions, study.coding.overlap)]
    store.write_changed(report, _csv(places.show(places.codebooks / "codebook.yaml"), found))
    return found, [*told, *stale(places, codebook=False)]


def _short_list(file: str, found: list[Advice], report: str) -> list[str]:
    """A few of each kind for the screen, and where all of them stand."""
    lines = []
    for kind in dict.fromkeys(a.kind for a in found):
        group = [a for a in found if a.kind == kind]
        lines.append(f"{_KINDS.get(kind, kind)}: {len(group)}")
        lines += [f"  {file}:{a.line}: {a.what} {a.hint}" for a in group[:SHOWN]]
        lines += [f"  … und {len(group) - SHOWN} weitere"] if len(group) > SHOWN else []
    return [*lines, f"Alle Hinweise zum Codebuch mit Zeile: {report}"] if any(a.kind != "leer" for a in found) else lines


def _csv(file: str, found: list[Advice]) -> bytes:
    import csv
    import io

    out = io.StringIO()
    writer = csv.writer(out, delimiter=";", lineterminator="\n")
    writer.writerow(["Art", "Datei", "Zeile", "Kategorie", "Regel", "Was", "Rat"])
    writer.writerows([a.kind, file, a.line, a.code, a.rule, a.what, a.hint] for a in found)
    return out.getvalue().encode("utf-8-sig")


def list_advice(
    places: Places, codes: set[str], variables: set[str], named_files: Iterable[str], former: Iterable[str] = (), districts: Mapping[str, str] | None = None,
) -> list[str]:  # fmt: skip
    """What in the lists is well-formed and yet means nothing: files, codes and columns that do not exist."""
    known = registry.read(places.private / "documents.csv")
    here = {doc.file: doc.doc for doc in known}
    if places.transcripts.is_dir():
        here = {name: here.get(name, "") for name in discover(places.transcripts)}
    advice = [
        f"study.yaml, ingest: files: »{name}« meint keine Datei unter den Transkripten. Der Eintrag bewirkt nichts."
        for name in named_files
        if here and not any(registry.same_file(name, doc, file) for file, doc in here.items())
    ]
    cases = read_list(places.codebooks / "cases.csv", LISTS["cases.csv"])
    seen: dict[tuple[str, str], tuple[str, str]] = {}
    for row in cases:
        place = f"cases.csv, Zeile {row['line']}"
        if here and not any(registry.same_file(row["file"], doc, file) for file, doc in here.items()):
            advice.append(f"{place}: Diese Datei gibt es nicht unter den Transkripten. Die Zeile bewirkt nichts.")
        line, case = seen.setdefault((row["file"], row["speaker"]), (row["line"], row["case"]))
        if case != row["case"]:
            advice.append(
                f"{place}: Für dieselbe Person steht in Zeile {line} eine andere Kennung; es gilt die spätere."
            )
    for column in sorted({c for row in cases for c in row} - _CASE_COLUMNS - variables):
        advice.append(
            f"cases.csv: Die Spalte »{column}« ist kein Merkmal in study.yaml und bewirkt nichts. {did_you_mean(column, variables)}"
        )
    for row in read_list(places.codebooks / "population.csv", LISTS["population.csv"]):
        if row["variable"] not in variables:
            what = f"Das Merkmal »{row['variable']}« steht nicht in study.yaml; die Zeile steht im Bericht, zählt aber nicht."
            advice.append(f"population.csv, Zeile {row['line']}: {what} {did_you_mean(row['variable'], sorted(variables))}".strip())
    for sheet in SHEETS:
        rows = corrections.read(places.codebooks / sheet.file, sheet)
        advice += [f"{sheet.file}, Zeile {row['line']}: {what}" for row, what in corrections.unknown(rows, {*codes, *former})]
        advice += [f"{sheet.file}, Zeile {row['line']}: {what}" for row, what in doubts(rows, sheet, districts or {})]
    former = set(former)
    acts = decided.acts(places.codebooks / "decisions.csv", places.codebooks / decided.FOLDER)
    for row in acts:
        if row["code"] not in codes and row["code"] not in former:
            place = f"{row.get('file', 'decisions.csv')}, Zeile {row['line']}"
            advice.append(f"{place}: Die Kategorie »{row['code']}« steht nicht im Codebuch. {did_you_mean(row['code'], codes)}".strip())
    for row in read_list(places.codebooks / "reviewed.csv", LISTS["reviewed.csv"]):
        gone = [code for code in listed(row.get("codes", "")) if code not in codes and code not in former]
        if gone:
            advice.append(f"reviewed.csv, Zeile {row['line']}: »codes« nennt »{gone[0]}«, das nicht im Codebuch steht. {did_you_mean(gone[0], codes)}".strip())
    return [*advice, *decided.notes(acts)]


_CASE_COLUMNS = {"file", "speaker", "case", "voice", "access", "language", "interviewer", "line", ""}
