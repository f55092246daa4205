"""The workbook: one sheet a finding in people's words, strings that no program takes for formulas, numbers and days as such, the same bytes."""

from __future__ import annotations

import datetime
import hashlib
import io
import subprocess
import sys
import zipfile
from typing import Any

import pandas as pd
import pytest
import shown

from pipeline import workbook
from pipeline.excel import build, cells
from pipeline.excel.headings import HEADINGS, OWN, SHEETS
from pipeline.language import _, spoken
from pipeline.stages import BY_NAME
from pipeline.tables import PUBLIC, TABLES

# Public tables of findings without a sheet, and why; the handbook says it too.
LEFT_OUT = {
    "findings_classes": "who can be recognised", "findings_disclosure": "who can be recognised", "findings_suppression": "who can be recognised",
    "findings_release": "who can be recognised", "findings_scope": "how study.yaml is read", "findings_applies": "how study.yaml is read",
    "findings_limits": "in words in the report", "findings_places": "beside needs and offers", "findings_reason_notes": "beside reasons",
    "findings_quotes": "the order of quotes alone", "findings_points": "in editable/cases.xlsx with their words", "findings_denials": "among counter-evidence",
}  # fmt: skip
FORMULAS = ("=1+1", "+49 170", "-2+3", "@SUM(A1)", "\t=1", "\r=1", "=cmd|'/C calc'!A0", " =1+1", "\uff1d1")


def made(said: str = "Wir trainieren.", language: str = "de", **more: Any) -> bytes:
    return workbook.render(shown.settings("workbook", language=language), shown.FILES["guide_file"], **shown.tables("workbook", said, **more))["tables.xlsx"]


def opened(data: bytes) -> Any:
    import openpyxl

    return openpyxl.load_workbook(io.BytesIO(data))


def column(sheet: Any, heading: str) -> list[Any]:
    n = next(cell.column for cell in sheet[1] if cell.value == heading)
    return [row[n - 1] for row in sheet.iter_rows(min_row=2)]


@pytest.fixture(scope="module")
def book() -> Any:
    return opened(made())


def test_every_public_finding_has_a_sheet_or_a_reason_not_to() -> None:
    public = {name for name, table in TABLES.items() if table.place == PUBLIC and name.startswith("findings_")}
    assert public - set(SHEETS) == set(LEFT_OUT)
    read = set(BY_NAME["workbook"].reads) | {"topic_sentences"}
    assert set(SHEETS) <= read


def test_every_column_has_a_heading() -> None:
    lacking = {(name, key) for name in SHEETS if name in TABLES for key in TABLES[name].columns if key not in {**HEADINGS, **OWN.get(name, {})} and key not in build.OMITTED.get(name, ())}
    assert not lacking


@pytest.mark.parametrize("language", ["de", "en"])
def test_names_of_sheets_are_short_and_each_stands_once(language: str) -> None:
    with spoken(language):
        names = [_(sheet) for sheet in SHEETS.values()]
    assert len({name.casefold() for name in names}) == len(names)
    assert all(0 < len(name) <= 31 and not set(name) & set("[]:*?/\\") for name in names)


@pytest.mark.parametrize("formula", FORMULAS)
def test_what_looks_like_a_formula_is_text_and_stays_text_when_edited(formula: str) -> None:
    cell = column(opened(made(formula))["Nennungen"], "Zitat")[0]
    assert (cell.data_type, cell.hyperlink) == ("s", None)
    assert cell.value.endswith(formula.strip())
    assert cell.quotePrefix


def test_plain_words_bear_no_mark_and_links_are_off() -> None:
    said = "Grüße aus Şırnak: https://example.org <b>ß</b> & 7 > 5"
    cell = column(opened(made(said))["Nennungen"], "Zitat")[0]
    assert (cell.value, cell.data_type, cell.hyperlink, cell.quotePrefix) == (said, "s", None, False)


def test_a_code_that_excel_would_read_as_a_letter_stays() -> None:
    assert column(opened(made("_x0041_ und mehr"))["Nennungen"], "Zitat")[0].value in ("_x0041_ und mehr", "_x005F_x0041_ und mehr")
    assert "_x005F_x0041_" in cells.text("_x0041_", 1)


def test_signs_that_xml_forbids_or_that_turn_words_around_are_gone() -> None:
    assert cells.clean("a\x00\x0b\u202eb\ufffe") == "ab"
    assert column(opened(made("\u202etxet\u202c"))["Nennungen"], "Zitat")[0].value == "txet"


def test_quotes_keep_to_consent_and_to_bans(book: Any) -> None:
    assert [cell.value for cell in column(book["Nennungen"], "Zitat")] == ["Wir trainieren.", "Wir trainieren.", "[Zitat nicht gezeigt: keine Einwilligung in Zitate]"]
    assert "Wir trainieren." not in [cell.value for cell in column(book["Codierungen"], "Zitat") if cell.row == 4]
    never = [shown.row("quote_decisions", doc="I001", turn=2, start=0, end=15, pin="nein")]
    text = [cell.value for sheet in opened(made(quote_decisions=never)) for row in sheet.iter_rows() for cell in row]
    assert "Wir trainieren." not in text


def test_numbers_are_numbers_and_days_are_days(book: Any) -> None:
    assert [cell.value for cell in column(book["Kategorien"], "Nennungen")] == [2, 0]
    day = column(book["Dateien"], "Datum")[0]
    assert (day.value, day.is_date, day.number_format) == (datetime.datetime(2026, 3, 5), True, "dd.mm.yyyy")
    later = [shown.row("documents", doc="I001", file="a", status="ok", date="Mai 2026")]
    assert column(opened(made(documents=later))["Dateien"], "Datum")[0].value == "Mai 2026"


def test_sheets_have_a_frozen_head_with_filter_and_wide_columns(book: Any) -> None:
    for sheet in book.worksheets[1:]:
        assert sheet.freeze_panes == "A2"
        assert sheet.auto_filter.ref.startswith("A1:")
        assert all(9 <= (sheet.column_dimensions[cell.column_letter].width or 9) <= 61 for cell in sheet[1])


def test_first_sheet_explains_and_lists_the_others(book: Any) -> None:
    told = [row[0] for row in book.worksheets[0].iter_rows(values_only=True)]
    assert told[0] == "Kleine Studie"
    assert any("Vorschlag, ungelesen" in str(line) for line in told)
    listed = [line for line in told if line and str(line).split(" (")[0] in book.sheetnames]
    assert len(listed) == len(book.sheetnames) - 1


def test_words_of_the_program_are_peoples_words(book: Any) -> None:
    assert [cell.value for cell in column(book["Nennungen"], "Grundlage")] == ["Vorschlag, ungelesen", "gelesen", "gelesen"]
    assert {cell.value for cell in column(book["Nennungen"], "Anlass")} == {"auf Nachfrage"}
    assert column(book["Kategorien"], "Bezeichnung der Kategorie")[0].value == "Vereinsarbeit"


def test_an_english_study_has_an_english_workbook() -> None:
    english = opened(made(language="en"))
    assert english.sheetnames[0] == "Read me"
    assert "Mentions" in english.sheetnames
    headings = {cell.value for sheet in english.worksheets[1:] for cell in sheet[1]}
    with spoken("en"):
        known = {_(heading) for heading in (*HEADINGS.values(), *(word for own in OWN.values() for word in own.values()))}
    assert headings <= known | {"Gruppe", "Sozialraum"}  # the study's own words for its variables
    assert [cell.value for cell in column(english["Mentions"], "Basis")][1] == "read"


def test_long_lists_are_cut_with_a_word_and_keep_what_people_read() -> None:
    rows = pd.DataFrame({"basis": ["proposed", "reviewed", "proposed", "reviewed"], "n": [1, 2, 3, 4]})
    kept, note = build.shortened(rows, "findings_mentions", 3)
    assert kept["n"].tolist() == [1, 2, 4]
    assert "3 von 4" in note
    assert "tables/findings_mentions.csv" in note
    assert build.shortened(rows, "findings_mentions", 4)[1] == ""


def test_the_same_tables_give_the_same_bytes_in_another_process_too() -> None:
    code = "import sys, hashlib; sys.path.insert(0, 'tests'); import test_workbook as t; print(hashlib.sha256(t.made()).hexdigest())"
    wanted = hashlib.sha256(made()).hexdigest()
    for seed in ("1", "2"):
        done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, env={"PYTHONHASHSEED": seed, "PATH": "", "PYTHONPATH": "."})
        assert done.stdout.strip() == wanted
    assert len({entry.date_time for entry in zipfile.ZipFile(io.BytesIO(made())).infolist()}) == 1
