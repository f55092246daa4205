"""`make check`: the codebook against its own examples. Every anchor must be hit by its code, no counter-example may be."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from pipeline import codebook as codebooks
from pipeline import consent, registry
from pipeline.coders.rule import code as code_by_rules
from pipeline.inputs import checked
from pipeline.lists import LISTS, read_list
from pipeline.passages import material_of
from pipeline.places import Places
from pipeline.problems import Problem, did_you_mean
from pipeline.readers import discover
from pipeline.study import Study


def check(places: Places) -> tuple[list[Problem], list[str], str]:
    """(problems, advice, summary). Raises `Stop` where files cannot be used at all."""
    study = checked(places)
    book = codebooks.load(places.codebooks / "codebook.yaml")
    found = example_hits(book, study)
    file = places.show(places.codebooks / "codebook.yaml")
    problems, missed, examples = [], 0, 0
    for code in book.codes:
        for example in code.entry.examples:
            examples += 1
            if example.by != "model" and code.rules and code.id not in found[example.text]:
                missed += 1
                what = f"Das Ankerbeispiel »{_short(example.text)}« findet keine Regel von {code.id}."
                problems.append(
                    Problem(file, code.line, what, "Regel ergänzen, oder beim Beispiel »by: model« eintragen.")
                )
        for example in code.entry.counterexamples:
            if code.id in found[example.text]:
                what = f"Das Gegenbeispiel »{_short(example.text)}« wird von {code.id} getroffen: {found[example.text][code.id]}."
                problems.append(Problem(file, code.line, what, "Regel genauer fassen."))
    advice = [
        f"{c.id} hat weder Regeln noch Beispiele."
        for c in book.codes
        if c.coded and not c.rules and not c.entry.examples
    ]
    docs = registry.numbered(
        dict.fromkeys(discover(places.transcripts) if places.transcripts.is_dir() else [], ""), places.private
    )
    forbidden = consent.check(places, docs, date.today())
    problems += forbidden
    if not forbidden:
        advice += consent.advice(consent.load(places.private / consent.NAME), docs, date.today())
    advice += list_advice(places, set(book.by_id()), set(study.variables), study.ingest.files)
    summary = f"{len(book.codes)} Kategorien, {len(book.rules())} Regeln, {examples} Ankerbeispiele, davon {missed} ohne Treffer."
    return problems, advice, summary


def list_advice(places: Places, codes: set[str], variables: set[str], named_files: Iterable[str]) -> list[str]:
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
    for row in read_list(places.codebooks / "decisions.csv", LISTS["decisions.csv"]):
        if row["code"] not in codes:
            advice.append(
                f"decisions.csv, Zeile {row['line']}: Die Kategorie »{row['code']}« steht nicht im Codebuch. {did_you_mean(row['code'], codes)}"
            )
    return advice


_CASE_COLUMNS = {"file", "speaker", "case", "voice", "access", "language", "interviewer", "line", ""}


def _short(text: str) -> str:
    return text if len(text) <= 70 else text[:67] + "…"


def example_hits(book: codebooks.Codebook, study: Study) -> dict[str, dict[str, str]]:
    """Text of every example -> codes whose rules count a hit in it, with the matched words."""
    texts = sorted({e.text for c in book.codes for e in (*c.entry.examples, *c.entry.counterexamples)})
    found: dict[str, dict[str, str]] = {text: {} for text in texts}
    for row in code_by_rules(material_of(texts, study), book):
        if not row["reason"] or row["reason"].startswith("Vorrang"):
            found[texts[row["turn"] - 1]][row["code"]] = f"{row['matched']} ({row['rule']})"
    return found
