"""The register of consents: what it forbids stops, what it does not say is advice, and nobody is quoted without scope."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from conftest import lay_out, run
from pageheld import Held

from pipeline import consent
from pipeline.inputs import transcripts
from pipeline.places import Places
from pipeline.problems import Stop
from pipeline.registry import Doc
from pipeline.status import blocked
from pipeline.tables import from_csv

HEAD = "file;speaker;person;scope;machine;minor;parents;date;expires;note"
TODAY = date(2026, 4, 10)
DOCS = [Doc("I001", "a_verein.txt", "1"), Doc("I002", "welle1/b_rat.md", "2"), Doc("I003", "c_workshop.txt", "3")]


def register(folder: Path, *rows: str, head: str = HEAD) -> consent.Consent:
    path = folder / "consent.csv"
    path.write_text("\n".join((head, *rows)) + "\n", "utf-8")
    return consent.load(path)


def told(folder: Path, *rows: str) -> list[str]:
    return [str(p) for p in consent.problems(register(folder, *rows), DOCS, TODAY)]


def test_without_a_register_everything_is_allowed_and_said_once(tmp_path: Path) -> None:
    none = consent.load(tmp_path / "consent.csv")
    assert none.scope_of(DOCS[0], "B") == set(consent.SCOPES)
    assert none.quotable(DOCS[0], "B")
    assert consent.problems(none, DOCS, TODAY) == []
    (note,) = consent.notes(none, DOCS)
    assert "kein Verzeichnis der Einwilligungen" in note["text"]
    assert len(consent.advice(none, DOCS, TODAY)) == 1


def test_scopes_by_file_by_id_and_by_speaker(tmp_path: Path) -> None:
    found = register(
        tmp_path,
        "a_verein;B;P01;analysis+quotes;ja;nein;;1.3.2026;;",
        "I003;;P02;analysis + quotes + workshop;ja;nein;;2026-03-01;2027-01-01;",
        "c_workshop.txt;TN2;P03;Analysis;ja;nein;;;;will nicht zitiert werden",
    )
    assert found.scope_of(DOCS[0], "B") == {"analysis", "quotes"}
    assert found.quotable(DOCS[2], "TN1")
    assert not found.quotable(DOCS[2], "TN2")
    assert not found.quotable(DOCS[2], "tn2 ")
    assert found.scope_of(DOCS[2], "TN1") == {"analysis", "quotes", "workshop"}


def test_no_row_no_quote(tmp_path: Path) -> None:
    found = register(tmp_path, "a_verein;B;P01;analysis+quotes;ja;nein;;;;")
    assert found.scope_of(DOCS[1], "B") == {"analysis"}
    assert not found.quotable(DOCS[1], "B")
    assert not found.quotable(DOCS[0], "D1")
    assert consent.problems(found, DOCS, TODAY) == []
    assert any("Ohne Zeile im Verzeichnis: I002, I003." in n["text"] for n in consent.notes(found, DOCS))


def test_an_empty_register_is_a_register(tmp_path: Path) -> None:
    found = register(tmp_path)
    assert found.exists
    assert not found.quotable(DOCS[0], "B")


def test_an_expired_row_stops_with_line_and_what_to_do(tmp_path: Path) -> None:
    rows = ("a_verein;B;P01;analysis;ja;nein;;1.3.2025;9.4.2026;", "I002;;P02;analysis;ja;nein;;;10.4.2026;")
    (line,) = told(tmp_path, *rows)
    assert line.startswith("consent.csv:2: Diese Einwilligung endete am 9.4.2026 (I001).")
    assert "make forget DOC=I001" in line
    assert "erneuern" in line
    later = consent.problems(register(tmp_path, *rows), DOCS, date(2026, 4, 11))
    assert [p.line for p in later] == [2, 3]


def test_an_end_that_is_near_is_told_beforehand(tmp_path: Path) -> None:
    found = register(
        tmp_path, "a_verein;B;P01;analysis;ja;nein;;;30.4.2026;", "I002;;P02;analysis;ja;nein;;;31.12.2026;"
    )
    lines = [line for line in consent.advice(found, DOCS, TODAY) if "endet am" in line]
    assert lines == ["consent.csv, Zeile 2: Diese Einwilligung endet am 30.4.2026 (I001)."]


@pytest.mark.parametrize(("parents", "stops"), [("ja", False), ("nein", True), ("", True)])
def test_minors_need_their_parents(tmp_path: Path, parents: str, stops: bool) -> None:
    lines = told(tmp_path, f"a_verein;B;P01;analysis;ja;JA;{parents};;;")
    assert bool(lines) == stops
    assert all("consent.csv:2" in line and "Einwilligung der Eltern" in line for line in lines)


@pytest.mark.parametrize("scope", ["quotes", "", "workshop+archive"])
def test_without_analysis_the_interview_stops_the_run(tmp_path: Path, scope: str) -> None:
    (line,) = told(tmp_path, f"c_workshop.txt;TN1;P01;{scope};ja;nein;;;;")
    assert "consent.csv:2" in line
    assert "nennt »analysis« nicht (I003)" in line


def test_rows_that_mean_nobody_are_advice_even_when_expired(tmp_path: Path) -> None:
    found = register(tmp_path, "weg.docx;B;P01;quotes;ja;ja;nein;;1.1.2020;", "I001;XX;P02;analysis;;nein;;;;")
    assert consent.problems(found, DOCS, TODAY) == []
    notes = consent.notes(found, DOCS, {"I001": ["I", "B"]})
    assert [(n["place"], n["text"][:30]) for n in notes[:3]] == [
        ("Zeile 2", "Diese Datei gibt es nicht unte"),
        ("Zeile 3", "Dieses Sprecherkürzel kommt in"),
        ("Zeile 3", "Dass ein Programm mit auswerte"),
    ]
    assert not any("weg.docx" in line for line in consent.advice(found, DOCS, TODAY))


def test_two_rows_for_one_person_stop(tmp_path: Path) -> None:
    (line,) = told(tmp_path, "a_verein;B;P01;analysis;ja;nein;;;;", "", "I001;B;P01;analysis+quotes;ja;nein;;;;")
    assert line.startswith("consent.csv:4: Für dieselbe Person in I001 steht schon Zeile 2 da.")


@pytest.mark.parametrize(
    ("row", "wanted"),
    [
        ("a;B;P;analysis+quote;ja;nein;;;;", "»scope« kennt »quote« nicht. Meinten Sie »quotes«?"),
        ("a;B;P;analysis;yes;nein;;;;", "»machine« braucht ja oder nein, da steht »yes«."),
        ("a;B;P;analysis;ja;16;;;;", "»minor« braucht ja oder nein"),
        ("a;B;P;analysis;ja;nein;;31.2.2026;;", "»date« ist kein Datum: »31.2.2026«."),
        ("a;B;P;analysis;ja;nein;;;unbefristet;", "ohne Ende bleibt »expires« leer"),
        ("a;B;P;analysis;ja;nein;;1.5.2026;1.4.2026;", "Das Ende der Einwilligung liegt vor ihrem Datum."),
        (";B;P;analysis;ja;nein;;;;", "Welches Gespräch gemeint ist, fehlt."),
        ('a;B;P;analysis;ja;nein;;;;"offen\nx', "wird nie geschlossen"),
    ],
)
def test_what_cannot_be_read_without_guessing_stops(tmp_path: Path, row: str, wanted: str) -> None:
    with pytest.raises(Stop) as stop:
        register(tmp_path, row)
    assert wanted in str(stop.value)
    assert "consent.csv:" in str(stop.value)


def test_a_misspelt_column_does_not_take_its_protection_with_it(tmp_path: Path) -> None:
    with pytest.raises(Stop) as stop:
        register(tmp_path, "a;B;P;analysis;ja;nein;;;1.1.2020;", head=HEAD.replace("expires", "expire"))
    assert "Die Spalte »expires« fehlt. Meinten Sie »expire«?" in str(stop.value)


def test_file_and_doc_together_must_mean_one_interview(tmp_path: Path) -> None:
    head = "doc;" + HEAD
    found = register(
        tmp_path, "I001;b_rat;B;P01;analysis;ja;nein;;;;", "I003;c_workshop;;P;analysis;ja;nein;;;;", head=head
    )
    (problem,) = consent.problems(found, DOCS, TODAY)
    assert "meinen verschiedene Gespräche (I001, I002)" in problem.what


def test_only_doc_as_column_and_windows_code_page(tmp_path: Path) -> None:
    path = tmp_path / "consent.csv"
    head = HEAD.replace("file", "doc")
    path.write_bytes(
        f"{head}\r\nI002;B;P01;analysis+quotes;ja;nein;;01.03.2026;;mündlich über Frau Ü\r\n".encode("cp1252")
    )
    assert consent.load(path).quotable(DOCS[1], "B")


def test_check_names_the_path_a_person_would_type(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    places = lay_out(tmp_path)
    monkeypatch.chdir(tmp_path)
    places.private.mkdir(parents=True)
    register(places.private, "a_verein;B;P01;quotes;ja;nein;;;;")
    (problem,) = consent.check(places, DOCS, TODAY)
    assert str(problem).replace("\\", "/").startswith("private/klein/consent.csv:2: ")
    register(places.private)
    assert consent.check(places, DOCS, TODAY) == []
    (places.private / "consent.csv").write_text("file\nx\n", "utf-8")
    assert {p.file.replace("\\", "/") for p in consent.check(places, DOCS, TODAY)} == {"private/klein/consent.csv"}


def test_a_speakers_own_row_goes_before_the_one_for_the_file(tmp_path: Path) -> None:
    rows = ("I003;;P02;analysis;ja;nein;;;;", "I003;TN1;P03;analysis+quotes;ja;nein;;;;")
    found = register(tmp_path, *rows)
    assert found.quotable(DOCS[2], "TN1")
    assert not found.quotable(DOCS[2], "TN2")


@pytest.mark.usefixtures("ran")
def test_words_without_scope_are_not_shown_where_hits_do_not_count(places: Places) -> None:
    before = _not_counted(places)
    assert before
    assert not [words for words in before if "keine Einwilligung" in words]
    (places.private / "consent.csv").write_text(f"{HEAD}\nI001;;P01;analysis;;nein;;;;\n", "utf-8")
    run(places)
    after = _not_counted(places)
    assert len(after) == len(before)
    assert any("keine Einwilligung in Zitate" in words for words in after)
    hits = from_csv(places.outputs / "tables" / "suggestions.csv")
    assert not set(hits.loc[hits["doc"] == "I001", "quote"]) & set(after)


def _not_counted(places: Places) -> list[str]:
    """The words of the hits that do not count, as the page holds them."""
    held = Held((places.outputs / "report.html").read_text("utf-8"))
    return [held.quotes["hidden_words"][hidden - 1] if (hidden := held.quotes["hidden"][row]) else held.text(row).strip() for row in held.rows({"basis": "uncounted"})]


@pytest.mark.usefixtures("ran")
def test_status_tells_what_of_the_consents_would_stop_the_next_run(places: Places) -> None:
    assert blocked(places, transcripts(places)) == []
    (places.private / "consent.csv").write_text(f"{HEAD}\nI001;;P01;analysis;;nein;;;1.1.2020;\n", "utf-8")
    assert ["endete am 1.1.2020" in str(p) for p in blocked(places, transcripts(places))] == [True]
