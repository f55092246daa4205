"""Working sheets: what people write comes back, stays apart from what the machine proposes, and is never lost or made up."""

from __future__ import annotations

import io
import shutil
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import openpyxl
import pytest
from conftest import carry, lay_out, run

from pipeline import codebook, freshness, publish, rows_of, store, study, worksheets
from pipeline.adopt import adopt
from pipeline.check import list_advice
from pipeline.forget import forget
from pipeline.forms import book, corrections, following, given, merging
from pipeline.forms.sheet import BY_NAME, INVENTORY, MATRIX, MEASURES, SHEETS, SUMMARIES
from pipeline.inputs import checked
from pipeline.places import Places
from pipeline.problems import Stop
from pipeline.run import Outcome
from pipeline.sheets.read import read as read_tables
from pipeline.stages import BY_NAME as STAGES
from pipeline.stages import writer
from pipeline.tables import frame, from_csv, to_csv

READS = STAGES["worksheets"].reads
PROPOSED = {"state": "proposed", "edited": ""}
# Said in the tiny study: I001, turn 4 »Wir trainieren jeden Mittwoch die Kinder. Einen Raum haben wir nicht. …«
TRAINING, COUNCIL = "Wir trainieren jeden Mittwoch die Kinder.", "Ich sitze im Rat."


def spot(turns: Any, words: str) -> dict[str, Any]:
    """Where words stand in the study's reading text."""
    row = next(t for t in turns.itertuples() if words in t.text)
    return {"doc": row.doc, "turn": row.turn, "start": row.text.index(words), "end": row.text.index(words) + len(words)}


def entry(turns: Any, key: str, words: str, **more: Any) -> dict[str, Any]:
    at = spot(turns, words)
    return {"entry": key, "order": 1, "case": at["doc"], "basis": "proposed", "codes": "ENG", "who": "wir", "what": "trainieren", **at, **PROPOSED, **more}


def measure(key: str, **more: Any) -> dict[str, Any]:
    counts = dict.fromkeys(("n_mentions", "n_cases", "n_asked", "n_proposed", "n_cases_proposed"), 0)
    return {"measure": key, "order": 1, "code": "WUN", "label": "Ein Raum", "groups": "verein; politik", **counts, **PROPOSED, **more}


@pytest.fixture
def here(tmp_path: Path, finished: Places) -> Places:
    return carry(finished, lay_out(tmp_path))


def table(places: Places, name: str) -> Any:
    path = store.csv_path(places, name)
    return from_csv(path) if path is not None and path.is_file() else frame(name, [])


def proposed(places: Places) -> dict[str, list[dict[str, Any]]]:
    """What the stages propose, made by hand: two entries, one measure, one indicator, two cases."""
    turns = table(places, "turns")
    texts = {"summary": "", "scaffold": "", "words": 9, "n_codes": 1, **PROPOSED}
    cell = {"n_mentions": 1, "n_proposed": 0, "passages": "", "paraphrase": "", "subthemes": "", **PROPOSED}
    return {
        "findings_inventory": [entry(turns, "e1", TRAINING), entry(turns, "e2", COUNCIL, who="ich", what="sitze im Rat", order=2)],
        "findings_measures": [measure("m1")],
        "findings_indicators": [{"indicator": "i1", "order": 1, "code": "WUN", "label": "Räume", "source": "offen", **dict.fromkeys(("n_mentions", "n_cases", "n_asked", "n_proposed"), 0), **PROPOSED}],
        "findings_summaries": [{"case": case, **texts} for case in ("I001", "I002")],
        "findings_matrix": [{"case": case, "code": "ENG", **cell} for case in ("I001", "I002")],
    }  # fmt: skip


def rendered(places: Places, rows: dict[str, list[dict[str, Any]]]) -> dict[str, bytes]:
    """A run's end by hand: people's corrections over the proposals, tables and workbooks written."""
    for sheet in SHEETS:
        kept = corrections.read(places.codebooks / sheet.file, sheet)
        blank = {name: 0 for name, kind in frame(sheet.table, []).dtypes.items() if kind == "int64"}
        made = [{**blank, **row} for row in corrections.laid_over(rows[sheet.table], kept, sheet)]
        store.write(store.csv_path(places, sheet.table), to_csv(frame(sheet.table, made)))  # type: ignore[arg-type]
    settings = study.load(places.codebooks / "study.yaml")
    files = worksheets.render(**{name: table(places, name) for name in READS}, settings=SimpleNamespace(title=settings.title, variables=settings.variables, answers=settings.answers))
    for name, data in files.items():
        store.write(places.outputs / name, data)
    return files


@pytest.fixture
def open_study(here: Places) -> Places:
    rendered(here, proposed(here))
    return here


def sheet_of(path: Path, title: str) -> tuple[Any, Any, dict[str, int]]:
    found = openpyxl.load_workbook(path)
    return found, found[title], {cell.value: cell.column for cell in found[title][1] if cell.value}


def edit(places: Places, workbook: str, title: str, cells: dict[tuple[int, str], Any]) -> None:
    """Write into cells (row in Excel, heading) of a workbook, as a person does."""
    path = places.outputs / "editable" / workbook
    found, sheet, columns = sheet_of(path, title)
    for (row, heading), value in cells.items():
        sheet.cell(row, columns[heading]).value = value
    found.save(path)


def kept(places: Places, name: str) -> list[dict[str, str]]:
    return corrections.read(places.codebooks / f"{name}.csv", BY_NAME[name])


# the workbooks


def test_the_same_rows_give_the_same_bytes_and_every_text_stays_text(here: Places) -> None:
    rows = proposed(here)
    rows["findings_inventory"][0] |= {"who": "=1+1", "since": "1.2.2020", "what": "https://example.org"}
    files = rendered(here, rows)
    assert sorted(files) == sorted(STAGES["worksheets"].outputs)
    assert rendered(here, rows) == files
    found, sheet, columns = sheet_of(here.outputs / "editable" / "inventory.xlsx", "Engagement")
    for heading, value in (("wer", "=1+1"), ("seit wann", "1.2.2020"), ("tut was", "https://example.org")):
        cell = sheet.cell(2, columns[heading])
        assert (cell.value, cell.data_type, cell.number_format, cell.hyperlink) == (value, "s", "@", None)
    assert sheet.column_dimensions["G"].width > 10
    assert sheet.freeze_panes == "B2"
    assert sheet.auto_filter.ref
    assert sheet.cell(2, columns["wer"]).fill.fgColor.rgb != sheet.cell(2, columns["Zitat"]).fill.fgColor.rgb
    assert found.sheetnames == ["Lies mich", "Engagement", "Stand"]
    assert found["Stand"].sheet_state == "veryHidden"
    assert any("make adopt FILE=inventory.xlsx" in str(row[0]) for row in found["Lies mich"].values)


def test_what_stands_beside_is_made_readable(open_study: Places) -> None:
    _, sheet, columns = sheet_of(open_study.outputs / "editable" / "inventory.xlsx", "Engagement")
    told = {heading: sheet.cell(2, column).value for heading, column in columns.items()}
    assert told["Stelle"] == "Interview 1, Beitrag 4"
    assert told["Zitat"] == TRAINING
    assert told["wer sagt es"] == "Verein, Nord"
    assert told["gelesen?"] == "Vorschlag, ungelesen"
    _, sheet, columns = sheet_of(open_study.outputs / "editable" / "measures.xlsx", "Maßnahmen")
    assert sheet.cell(2, columns["genannt von (gelesen)"]).value == "Verein; Politik"


def test_only_those_who_may_be_quoted_are(open_study: Places) -> None:
    speakers = table(open_study, "speakers")
    speakers["quotable"] = "no"
    tables = {name: table(open_study, name) for name in READS} | {"speakers": speakers}
    files = worksheets.render(**tables, settings=SimpleNamespace(title="", variables={}, answers=SimpleNamespace(group="gruppe")))
    for name, data in files.items():
        texts = "\n".join(str(value) for sheet in openpyxl.load_workbook(io.BytesIO(data)) for row in sheet.values for value in row)
        assert TRAINING not in texts, name
    assert "keine Einwilligung" in "\n".join(str(v) for row in openpyxl.load_workbook(io.BytesIO(files["editable/inventory.xlsx"]))["Engagement"].values for v in row)


def test_key_sentences_and_passages_are_quoted_with_their_place(here: Places) -> None:
    turns = table(here, "turns")
    at = {**spot(turns, TRAINING), "case": "I001", "code": "ENG", "mention": "m9", "basis": "proposed"}
    rows = proposed(here)
    rows["findings_matrix"][0]["passages"] = "m9"
    rendered(here, rows)
    tables = {name: table(here, name) for name in READS}
    tables |= {"findings_points": frame("findings_points", [{**at, "rank": 1}]), "findings_mentions": frame("findings_mentions", [at])}
    files = worksheets.render(**tables, settings=SimpleNamespace(title="", variables={}, answers=SimpleNamespace(group="gruppe")))
    found = openpyxl.load_workbook(io.BytesIO(files["editable/cases.xlsx"]))
    assert found["Fallzusammenfassungen"]["C2"].value.splitlines()[1] == f"– »{TRAINING}« (Interview 1, Beitrag 4, Vorschlag)"
    assert found["Themenmatrix"]["F2"].value == f"»{TRAINING}« (Interview 1, Beitrag 4, Vorschlag)"


def test_a_study_without_rows_gives_sheets_to_write_into(here: Places) -> None:
    rendered(here, {sheet.table: [] for sheet in SHEETS})
    edit(here, "measures.xlsx", "Maßnahmen", {(2, "Wunsch oder Vorschlag"): "Ein Fest"})
    assert any(line.startswith("Neue Zeile +") for line in adopt(here, "measures.xlsx"))


# there and back


def test_the_round_trip(open_study: Places) -> None:
    places, rows = open_study, proposed(open_study)
    edit(places, "inventory.xlsx", "Engagement", {(2, "wer"): "der Verein", (2, "tut was"): None, (3, "streichen"): "Ja", (9, "wer"): "die Feuerwehr", (9, "tut was"): "kocht"})
    lines = adopt(places, "inventory.xlsx")
    assert lines[0] == "Zeile e1: »wer« jetzt »der Verein«"
    assert lines[1] == "Zeile e1: »tut was« jetzt leer"
    assert lines[2] == "Zeile e2: »streichen« jetzt »ja«"
    assert lines[3].startswith("Neue Zeile +")
    assert lines[3].endswith(": die Feuerwehr; kocht")
    one, two, own = kept(places, "inventory")
    assert (one["who"], one["what"], one["since"], two["hidden"], own["who"]) == ("der Verein", "–", "", "yes", "die Feuerwehr")
    assert own["entry"].startswith("+")
    # The next run lays it over; the machine proposes otherwise by then.
    rows["findings_inventory"][0] |= {"who": "niemand", "what": "schläft", "since": "2019"}
    rendered(places, rows)
    now = table(places, "findings_inventory").set_index("entry")
    assert now.loc["e1", ["who", "what", "since", "state", "edited"]].tolist() == ["der Verein", "", "2019", "edited", "who+what"]
    assert now.loc[own["entry"], ["who", "state"]].tolist() == ["die Feuerwehr", "added"]
    # Its own row comes back with its key, and may be changed and struck.
    raw = (places.codebooks / "inventory.csv").read_bytes()
    edit(places, "inventory.xlsx", "Engagement", {(4, "wer"): "die Jugendfeuerwehr"})
    lines = adopt(places, "inventory.xlsx")
    assert lines[0] == f"Zeile {own['entry']}: »wer« jetzt »die Jugendfeuerwehr« (vorher »die Feuerwehr«)"
    assert [row["who"] for row in kept(places, "inventory")] == ["der Verein", "", "die Jugendfeuerwehr"]
    backup = next(line for line in lines if line.startswith("Alte Fassung")).split(": ")[1]
    shutil.copy(backup, places.codebooks / "inventory.csv")
    assert (places.codebooks / "inventory.csv").read_bytes() == raw
    assert Path(backup).suffix == ".csv"


def test_the_place_in_the_raw_text_is_kept(open_study: Places) -> None:
    edit(open_study, "inventory.xlsx", "Engagement", {(2, "Notiz"): "ja"})
    adopt(open_study, "inventory.xlsx")
    (row,) = kept(open_study, "inventory")
    raw = table(open_study, "turns_raw").query("doc == 'I001' and turn == 4").iloc[0]
    assert raw.text[int(row["raw_start"]) : int(row["raw_end"])] == TRAINING == row["quote"]
    assert (row["doc"], row["raw_sha256"]) == ("I001", raw.raw_sha256)


def test_a_kept_quote_goes_with_the_consent(open_study: Places) -> None:
    edit(open_study, "inventory.xlsx", "Engagement", {(2, "Notiz"): "fragen", (3, "Notiz"): "x"})
    adopt(open_study, "inventory.xlsx")
    assert [row["quote"] for row in kept(open_study, "inventory")] == [TRAINING, COUNCIL]
    voices = table(open_study, "speakers")
    voices.loc[voices["doc"] == "I001", "quotable"] = ""
    store.write(store.csv_path(open_study, "speakers"), to_csv(voices))  # type: ignore[arg-type]
    edit(open_study, "inventory.xlsx", "Engagement", {(3, "Notiz"): "y"})
    adopt(open_study, "inventory.xlsx")
    assert [(row["note"], row["quote"]) for row in kept(open_study, "inventory")] == [("fragen", ""), ("y", COUNCIL)]


def test_a_row_that_says_nothing_is_none() -> None:
    assert corrections.laid_over([], [{"measure": "+abc", "label": ""}, {"measure": "", "note": ""}], MEASURES) == []


def test_raw_places_lead_back_through_cleaning(here: Places) -> None:
    words = "dass man sich gegenseitig hilft"  # after »Ähm, «, which cleaning takes away
    rows = proposed(here)
    rows["findings_inventory"] = [entry(table(here, "turns"), "e1", words)]
    rendered(here, rows)
    edit(here, "inventory.xlsx", "Engagement", {(2, "Notiz"): "ja"})
    adopt(here, "inventory.xlsx")
    (row,) = kept(here, "inventory")
    raw = table(here, "turns_raw").query("doc == 'I001' and turn == 2").iloc[0]
    assert words in raw.text[int(row["raw_start"]) : int(row["raw_end"])]


def test_adopting_twice_changes_nothing(open_study: Places) -> None:
    edit(open_study, "measures.xlsx", "Maßnahmen", {(2, "Notiz"): "A", (7, "Wunsch oder Vorschlag"): "Fest"})
    adopt(open_study, "measures.xlsx")
    raw = (open_study.codebooks / "measures.csv").read_bytes()
    assert adopt(open_study, "measures.xlsx")[-1].endswith("nichts geändert.")
    assert (open_study.codebooks / "measures.csv").read_bytes() == raw


def test_earlier_corrections_stay_where_an_older_sheet_is_adopted(open_study: Places) -> None:
    old = open_study.outputs / "editable" / "meins.xlsx"
    shutil.copy(open_study.outputs / "editable" / "measures.xlsx", old)
    edit(open_study, "measures.xlsx", "Maßnahmen", {(2, "zuständig"): "Amt", (2, "Notiz"): "neu"})
    adopt(open_study, "measures.xlsx")
    edit(open_study, "meins.xlsx", "Maßnahmen", {(2, "bis wann"): "Mai"})
    adopt(open_study, "meins.xlsx")
    (row,) = kept(open_study, "measures")
    assert (row["responsible"], row["note"], row["date"]) == ("Amt", "neu", "Mai")


def test_cases_gives_both_its_sheets(open_study: Places) -> None:
    edit(open_study, "cases.xlsx", "Fallzusammenfassungen", {(2, "Fallzusammenfassung"): "Trainiert.\n\n=Kinder"})
    edit(open_study, "cases.xlsx", "Themenmatrix", {(3, "Paraphrase"): "sitzt im Rat"})
    lines = adopt(open_study, "cases.xlsx")
    assert "summaries.csv" in lines[-1]
    assert "matrix.csv" in lines[-1]
    assert [(row["case"], row["summary"]) for row in kept(open_study, "summaries")] == [("I001", "Trainiert.\n\n=Kinder")]
    assert [(row["case"], row["code"], row["paraphrase"]) for row in kept(open_study, "matrix")] == [("I002", "ENG", "sitzt im Rat")]


def test_own_rows_that_were_taken_out_are_struck_and_the_machines_stay(open_study: Places) -> None:
    edit(open_study, "measures.xlsx", "Maßnahmen", {(5, "Wunsch oder Vorschlag"): "Fest"})
    adopt(open_study, "measures.xlsx")
    rendered(open_study, proposed(open_study))
    path = open_study.outputs / "editable" / "measures.xlsx"
    found, sheet, _ = sheet_of(path, "Maßnahmen")
    sheet.delete_rows(3)
    found.save(path)
    lines = adopt(open_study, "measures.xlsx")
    assert "gestrichen: Fest" in lines[0]
    assert kept(open_study, "measures") == []
    rendered(open_study, {**proposed(open_study), "findings_measures": [measure("m1"), measure("m2")]})
    found, sheet, _ = sheet_of(path, "Maßnahmen")
    sheet.delete_rows(3)
    found.save(path)
    assert adopt(open_study, "measures.xlsx")[0] == "Maßnahmen: Eine Zeile der Maschine fehlt und bleibt, wie sie ist."


def test_an_emptied_own_row_is_struck(open_study: Places) -> None:
    edit(open_study, "measures.xlsx", "Maßnahmen", {(5, "Wunsch oder Vorschlag"): "Fest"})
    adopt(open_study, "measures.xlsx")
    rendered(open_study, proposed(open_study))
    edit(open_study, "measures.xlsx", "Maßnahmen", {(3, "Wunsch oder Vorschlag"): None})
    assert "gestrichen" in adopt(open_study, "measures.xlsx")[0]
    assert kept(open_study, "measures") == []


def test_a_row_that_the_machine_no_longer_proposes_is_kept_and_told(open_study: Places) -> None:
    rows = proposed(open_study)
    path = open_study.outputs / "editable" / "inventory.xlsx"
    edit(open_study, "inventory.xlsx", "Engagement", {(2, "wer"): "der Verein"})
    old = path.read_bytes()
    rows["findings_inventory"] = rows["findings_inventory"][1:]
    rendered(open_study, rows)
    path.write_bytes(old)
    lines = adopt(open_study, "inventory.xlsx")
    assert any("kennt der letzte Lauf nicht mehr" in line for line in lines)
    (row,) = kept(open_study, "inventory")
    assert (row["entry"], row["who"], row["doc"]) == ("e1", "der Verein", "I001")  # by its interview it can be forgotten
    rendered(open_study, rows)
    assert table(open_study, "findings_inventory").set_index("entry").loc["e1", "state"] == "lost"


# CSV


def as_csv(places: Places, name: str, title: str, codec: str = "cp1252") -> Path:
    """A sheet as Excel saves it with »CSV (Trennzeichen-getrennt)«."""
    import csv

    path = places.outputs / "editable" / name
    out = io.StringIO()
    values = openpyxl.load_workbook(places.outputs / "editable" / f"{path.stem}.xlsx")[title].values
    csv.writer(out, delimiter=";", lineterminator="\r\n").writerows([["" if v is None else v for v in row] for row in values])
    path.write_bytes(out.getvalue().encode(codec, "replace"))
    return path


@pytest.mark.parametrize("codec", ["cp1252", "utf-8-sig", "utf-16"])
def test_a_csv_that_excel_saved_is_adopted(open_study: Places, codec: str) -> None:
    edit(open_study, "measures.xlsx", "Maßnahmen", {(2, "zuständig"): "Büro für Räume"})
    as_csv(open_study, "measures.csv", "Maßnahmen", codec)
    assert adopt(open_study, "measures.csv")[0] == "Zeile m1: »zuständig« jetzt »Büro für Räume«"


def test_letters_that_a_csv_lost_are_no_edit(here: Places) -> None:
    rows = proposed(here)
    rows["findings_measures"] = [measure("m1", responsible="Frau Işik", label="Räume")]
    rendered(here, rows)
    as_csv(here, "measures.csv", "Maßnahmen")
    assert adopt(here, "measures.csv")[-1].endswith("nichts geändert.")
    edit(here, "measures.xlsx", "Maßnahmen", {(2, "zuständig"): "Herr Yıldız"})
    as_csv(here, "measures.csv", "Maßnahmen")
    with pytest.raises(Stop, match="Spalte »zuständig«: Hier sind beim Speichern Buchstaben verloren gegangen"):
        adopt(here, "measures.csv")


def test_the_kept_file_survives_excel(open_study: Places) -> None:
    """Its cells are no formulas, though keys begin with a plus."""
    edit(open_study, "measures.xlsx", "Maßnahmen", {(5, "Wunsch oder Vorschlag"): "-10 % Miete"})
    adopt(open_study, "measures.xlsx")
    text = (open_study.codebooks / "measures.csv").read_text("utf-8-sig")
    assert "\n'+" in text
    assert ";'-10 % Miete;" in text
    assert kept(open_study, "measures")[0]["label"] == "-10 % Miete"


# hostile


def refused(places: Places, file: str) -> list[str]:
    """The problems; nothing was written."""
    before = {p: p.read_bytes() for p in places.codebooks.rglob("*") if p.is_file()}
    with pytest.raises(Stop) as stop:
        adopt(places, file)
    assert {p: p.read_bytes() for p in places.codebooks.rglob("*") if p.is_file()} == before
    return [str(problem) for problem in stop.value.problems]


def test_all_problems_at_once_with_sheet_and_row(open_study: Places) -> None:
    cells = {(2, "Kennung"): "e9", (3, "streichen"): "vielleicht", (3, "dasselbe wie (Kennung)"): "e7", (2, "wer"): "x"}
    edit(open_study, "inventory.xlsx", "Engagement", cells)
    told = refused(open_study, "inventory.xlsx")
    assert [line.split(": ")[0] for line in told] == [
        "inventory.xlsx, Blatt »Engagement«, Zeile 2", "inventory.xlsx, Blatt »Engagement«, Zeile 3, Spalte »dasselbe wie (Kennung)«",
        "inventory.xlsx, Blatt »Engagement«, Zeile 3, Spalte »streichen«",
    ]  # fmt: skip


def test_one_bad_sheet_keeps_the_other_from_being_written(open_study: Places) -> None:
    edit(open_study, "cases.xlsx", "Fallzusammenfassungen", {(2, "Fallzusammenfassung"): "gut"})
    edit(open_study, "cases.xlsx", "Themenmatrix", {(2, "Fall"): None, (2, "Paraphrase"): "x"})
    assert "»Fall« ist leer" in refused(open_study, "cases.xlsx")[0]


@pytest.mark.parametrize(
    ("heading", "new", "told"),
    [
        ("tut was", "Tätigkeit", "Die Spalte »tut was« fehlt. Wurde sie umbenannt? Da sind: Tätigkeit."),
        ("wo", "wer", "Die Spalte »wer« steht zweimal da."),
        ("Kennung", None, "Die Spalte »Kennung« fehlt."),
    ],
)
def test_columns_that_were_renamed_or_lost(open_study: Places, heading: str, new: str | None, told: str) -> None:
    edit(open_study, "inventory.xlsx", "Engagement", {(1, heading): new, (2, "Notiz"): "x"})
    assert any(told in line for line in refused(open_study, "inventory.xlsx"))


def test_a_column_that_is_gone_is_no_emptied_one_and_order_does_not_matter(open_study: Places) -> None:
    path = open_study.outputs / "editable" / "inventory.xlsx"
    found, sheet, columns = sheet_of(path, "Engagement")
    sheet.delete_cols(columns["tut was"])
    sheet.move_range(f"A1:A{sheet.max_row}", cols=40)
    sheet.cell(2, columns["wer"]).value = "der Verein"
    sheet.title = "Tabelle1"
    found.save(path)
    lines = adopt(open_study, "inventory.xlsx")
    assert lines[0] == "Zeile e1: »wer« jetzt »der Verein«"
    assert "»tut was« fehlt. Was darin stand, bleibt" in lines[1]
    assert [row["what"] for row in kept(open_study, "inventory")] == [""]


def test_merged_cells_dates_and_doubled_rows_are_told(open_study: Places) -> None:
    import datetime

    path = open_study.outputs / "editable" / "inventory.xlsx"
    edit(open_study, "inventory.xlsx", "Engagement", {(2, "seit wann"): datetime.date(2020, 1, 2), (5, "Kennung"): "e2", (5, "wer"): "y"})
    found, sheet, _ = sheet_of(path, "Engagement")
    sheet.merge_cells("K7:L8")
    found.save(path)
    told = "\n".join(refused(open_study, "inventory.xlsx"))
    assert "Zeile 2, Spalte »seit wann«: Excel hat hieraus ein Datum gemacht" in told
    assert "Zeile 7: Die Zellen K7:L8 sind verbunden" in told
    assert "Zeile 5: »e2« steht schon in Zeile 3" in told


def test_a_formula_is_text(open_study: Places) -> None:
    edit(open_study, "measures.xlsx", "Maßnahmen", {(2, "Notiz"): '=HYPERLINK("http://x","y")'})
    adopt(open_study, "measures.xlsx")
    assert kept(open_study, "measures")[0]["note"].startswith("=HYPERLINK")
    assert "'=HYPERLINK" in (open_study.codebooks / "measures.csv").read_text("utf-8-sig")


def test_ten_thousand_empty_rows_are_nothing(open_study: Places) -> None:
    path = open_study.outputs / "editable" / "inventory.xlsx"
    found, sheet, columns = sheet_of(path, "Engagement")
    for row in range(4, 10_004):
        sheet.cell(row, columns["wer"]).value = "  "
    found.save(path)
    assert adopt(open_study, "inventory.xlsx")[-1].endswith("nichts geändert.")


def test_an_emptied_sheet_is_an_accident(open_study: Places) -> None:
    path = open_study.outputs / "editable" / "measures.xlsx"
    found, sheet, _ = sheet_of(path, "Maßnahmen")
    sheet.delete_rows(2, 50)
    found.save(path)
    assert "hat keine Zeilen mehr" in refused(open_study, "measures.xlsx")[0]


def test_a_column_sorted_without_the_others_is_told(open_study: Places) -> None:
    edit(open_study, "inventory.xlsx", "Engagement", {(2, "Kennung"): "e2", (3, "Kennung"): "e1"})
    told = refused(open_study, "inventory.xlsx")
    assert "Zeile 2: »e2« steht neben dem Text von »e1«: Wurden einzelne Spalten sortiert?" in told[0]
    assert len(told) == 2


def test_rows_may_be_sorted_and_grey_cells_changed(open_study: Places) -> None:
    path = open_study.outputs / "editable" / "inventory.xlsx"
    found, sheet, columns = sheet_of(path, "Engagement")
    first, second = ([cell.value for cell in sheet[row]] for row in (2, 3))
    for column, (a, b) in enumerate(zip(second, first, strict=True), 1):
        sheet.cell(2, column).value, sheet.cell(3, column).value = a, b
    sheet.cell(2, columns["Zitat"]).value = "gekürzt"
    found.save(path)
    assert adopt(open_study, "inventory.xlsx")[-1].endswith("nichts geändert.")


def test_a_damaged_file_and_a_wrong_sheet_stop(open_study: Places) -> None:
    path = open_study.outputs / "editable" / "measures.xlsx"
    path.write_bytes(path.read_bytes()[:-400])
    assert "beschädigt" in refused(open_study, "measures.xlsx")[0]
    other = openpyxl.Workbook()
    other.active.append(["Einkauf", "Menge"])
    other.save(open_study.outputs / "editable" / "liste.xlsx")
    assert refused(open_study, "liste.xlsx")


def test_what_excel_leaves_beside_an_open_file_is_told(open_study: Places) -> None:
    lock = open_study.outputs / "editable" / "~$measures.xlsx"
    lock.write_bytes(b"\x05Maria" + b" " * 159)
    assert "Sperrdatei" in refused(open_study, "~$measures.xlsx")[0]
    edit(open_study, "measures.xlsx", "Maßnahmen", {(2, "Notiz"): "x"})
    lines = adopt(open_study, "measures.xlsx")
    assert any("noch in Excel geöffnet" in line for line in lines)


def test_a_link_out_of_the_folder_is_refused(open_study: Places, tmp_path: Path) -> None:
    outside = tmp_path / "fremd.csv"
    outside.write_text("measure;label\n", "utf-8")
    (open_study.codebooks / "measures.csv").symlink_to(outside)
    edit(open_study, "measures.xlsx", "Maßnahmen", {(2, "Notiz"): "x"})
    assert "Verweis" in refused(open_study, "measures.xlsx")[0]
    assert outside.read_text("utf-8") == "measure;label\n"


def test_a_row_that_names_itself_is_told(open_study: Places) -> None:
    edit(open_study, "inventory.xlsx", "Engagement", {(2, "dasselbe wie (Kennung)"): "e1"})
    assert "dieselbe sein wie sie selbst" in refused(open_study, "inventory.xlsx")[0]


def test_rows_that_name_each_other_in_a_circle_are_told(open_study: Places) -> None:
    edit(open_study, "inventory.xlsx", "Engagement", {(3, "dasselbe wie (Kennung)"): "e1"})
    adopt(open_study, "inventory.xlsx")
    rendered(open_study, proposed(open_study))
    edit(open_study, "inventory.xlsx", "Engagement", {(2, "dasselbe wie (Kennung)"): "e2"})
    (told,) = refused(open_study, "inventory.xlsx")
    assert "Zeile 2, Spalte »dasselbe wie (Kennung)«" in told
    assert "im Kreis: e2, e1" in told
    # written by hand: told with its line before any stage, and the file can be mended with the sheet
    (open_study.codebooks / "inventory.csv").write_text("entry;same_as\na;b\nb;c\nc;b\nd;a\nf;f\n", "utf-8")
    assert [(p.line, p.what.partition(": ")[2]) for p in corrections.problems(open_study)] == [(3, "b, c."), (6, "")]


def test_values_with_any_sign_stay_whole_and_are_those_of_the_groups(open_study: Places) -> None:
    rows = proposed(open_study)
    rows["findings_measures"] = [measure("m1", groups="60+; verein", groups_silent="Nord")]
    rendered(open_study, rows)
    _, sheet, columns = sheet_of(open_study.outputs / "editable" / "measures.xlsx", "Maßnahmen")
    assert sheet.cell(2, columns["genannt von (gelesen)"]).value == "60+; Verein"
    assert sheet.cell(2, columns["gefragt, bisher nichts dazu"]).value == "Nord"


def test_a_category_that_the_codebook_lacks_is_refused_and_told_where_it_stands_already(open_study: Places) -> None:
    code = sorted(codebook.load(open_study.codebooks / "codebook.yaml").by_id())[0]
    edit(open_study, "indicators.xlsx", "Indikatoren", {(2, "Kategorie"): f"{code}x", (6, "Indikator"): "Plätze", (6, "Kategorie"): "BED"})
    (told,) = refused(open_study, "indicators.xlsx")
    assert told == f"indicators.xlsx, Blatt »Indikatoren«, Zeile 2, Spalte »Kategorie«: Die Kategorie »{code}x« steht nicht im Codebuch. Meinten Sie »{code}«?"
    (open_study.codebooks / "indicators.csv").write_text(f"indicator;code\ni1;{code}x\n", "utf-8")
    edit(open_study, "indicators.xlsx", "Indikatoren", {(2, "Kategorie"): "WUN", (2, "Quelle außerhalb der Interviews"): "Plan", (6, "Indikator"): None, (6, "Kategorie"): None})
    assert any("steht nicht im Codebuch" in line for line in adopt(open_study, "indicators.xlsx"))  # what stands there does not block
    (advice,) = [line for line in list_advice(open_study, {code}, set(), []) if line.startswith("indicators.csv")]
    assert advice == f"indicators.csv, Zeile 2: Die Kategorie »{code}x« steht nicht im Codebuch. Meinten Sie »{code}«?"


def test_a_faulty_list_of_actors_is_told_with_its_line(open_study: Places) -> None:
    (open_study.codebooks / "actors.yaml").write_text("actors:\n- name: Tafel\n- {name: Frau A, kind: person}\n", "utf-8")
    with pytest.raises(Stop) as stop:
        checked(open_study)
    (problem,) = stop.value.problems
    assert (problem.file, problem.line) == (open_study.show(open_study.codebooks / "actors.yaml"), 3)


def test_every_sheet_is_told_from_the_others() -> None:
    for sheet in SHEETS:
        (one,) = [t for t in read_tables(book.workbook([book.Page(sheet, [])], "", ""), "x.xlsx") if t.name == sheet.title]
        one.name = "Tabelle1"
        assert given.kind(one) == sheet


def test_a_codebook_is_no_working_sheet(open_study: Places) -> None:
    from pipeline.adopt import export

    export(open_study)
    for name in ("codebook.xlsx", "codebook.csv"):
        data = (open_study.outputs / "editable" / name).read_bytes()
        assert given.recognised(read_tables(data, name), name) == []


def test_a_text_too_long_for_a_cell_is_not_cut(open_study: Places) -> None:
    long = "wort " * 8000
    (open_study.codebooks / "summaries.csv").write_bytes(corrections.written([{"case": "I001", "summary": long.strip()}], SUMMARIES))
    rendered(open_study, proposed(open_study))
    assert adopt(open_study, "cases.xlsx")[-1].endswith("nichts geändert.")
    edit(open_study, "cases.xlsx", "Fallzusammenfassungen", {(2, "Fallzusammenfassung"): book.TOO_LONG + " mehr"})
    assert "zu lang" in refused(open_study, "cases.xlsx")[0]


# the kept file


def test_rows_without_a_key_get_one_that_lasts() -> None:
    rows = [{"measure": "", "label": "A"}, {"measure": "", "label": "B"}, {"measure": "", "label": "A"}]
    keys = [row["measure"] for row in corrections.laid_over([], rows, MEASURES)]
    assert len(set(keys)) == 3
    assert [row["measure"] for row in corrections.laid_over([], rows[1:], MEASURES)] == [keys[1], keys[0]]
    assert all(key.startswith("+") for key in keys)


def test_what_people_wrote_by_hand_gets_its_key_when_something_is_adopted(open_study: Places) -> None:
    (open_study.codebooks / "measures.csv").write_text("measure,label,Farbe\n,Fest,rot\n", "utf-8")
    rendered(open_study, proposed(open_study))
    edit(open_study, "measures.xlsx", "Maßnahmen", {(3, "Notiz"): "im Mai"})
    adopt(open_study, "measures.xlsx")
    (row,) = kept(open_study, "measures")
    assert (row["label"], row["note"], row["farbe"]) == ("Fest", "im Mai", "rot")
    assert row["measure"].startswith("+")


def test_broken_kept_files_stop_every_run_with_their_rows(here: Places) -> None:
    (here.codebooks / "measures.csv").write_text('measure;label\nm1;a\nm1;b\n"offen;c\n', "utf-8")
    (here.codebooks / "matrix.csv").write_text("case;code;paraphrase\nI001;ENG;a\n;ENG;b\nI001;ENG;c\n", "utf-8")
    (here.codebooks / "inventory.csv").write_text("entry;who\ne1;a\ne1;b\n", "utf-8")
    (here.codebooks / "summaries.csv").write_text("fall;summary\nI001;a\n", "utf-8")
    with pytest.raises(Stop) as stop:
        checked(here)
    told = {(Path(p.file).name, p.line) for p in stop.value.problems}
    assert {("matrix.csv", 3), ("inventory.csv", 3), ("summaries.csv", 1)} <= told
    assert max(line for name, line in told if name == "measures.csv") >= 4  # where the open quotation mark begins or the file ends


def test_adopting_into_a_broken_kept_file_changes_nothing(open_study: Places) -> None:
    (open_study.codebooks / "measures.csv").write_text("measure;label\nm1;a\nm1;b\n", "utf-8")
    edit(open_study, "measures.xlsx", "Maßnahmen", {(2, "Notiz"): "x"})
    assert "measures.csv:3" in refused(open_study, "measures.xlsx")[0]


def test_what_the_machine_proposes_is_never_kept() -> None:
    """A sheet that nobody touched says nothing, whatever the machine proposes by then."""
    page = book.Page(INVENTORY, [{"entry": "e1", "who": "wir", "what": "trainieren"}])
    (one,) = given.recognised(read_tables(book.workbook([page], "", ""), "x.xlsx"), "x.xlsx")
    done = merging.merge(one, [{"entry": "e1", "who": "anders", "state": "proposed"}], [])
    assert (done.lines, done.rows, done.problems) == ([], [], [])


# a run ends


def ends(places: Places, workbook: str, written: bytes) -> tuple[list[Path], list[str]]:
    """A run ends that finds `workbook` as people left it; the files beside it, and what is told."""
    path = places.outputs / "editable" / workbook
    known = {str(path): freshness.digest(written)}
    state = SimpleNamespace(places=places, state={"results": known}, table=lambda name: table(places, name))
    outcome = Outcome()
    publish._keep_edits(state, outcome, path, b"neu")  # type: ignore[arg-type]
    return sorted(path.parent.glob(f"{path.stem}.*.xlsx")), outcome.notes


def test_cells_that_are_not_adopted_stay_until_they_are(open_study: Places) -> None:
    path = open_study.outputs / "editable" / "inventory.xlsx"
    written = path.read_bytes()
    assert ends(open_study, "inventory.xlsx", written) == ([], [])
    edit(open_study, "inventory.xlsx", "Engagement", {(2, "wer"): "der Verein", (9, "wer"): "die Feuerwehr", (3, "tut was"): None})
    (beside,), (told,) = ends(open_study, "inventory.xlsx", written)
    assert beside.name in told
    assert "nicht übernommen" in told
    texts = [str(v) for sheet in openpyxl.load_workbook(beside) for row in sheet.values for v in row if v]
    assert "der Verein" in texts
    assert not [text for text in texts if TRAINING in text or COUNCIL in text]  # no sentence of an interview
    path.write_bytes(written)  # the next run writes it anew; what was kept is adopted by its name
    lines = adopt(open_study, beside.name)
    assert lines[:2] == ["Zeile e1: »wer« jetzt »der Verein«", "Zeile e2: »tut was« jetzt leer"]
    assert lines[2].endswith(": die Feuerwehr")
    assert len(lines) == 5  # and nothing else
    assert ends(open_study, "inventory.xlsx", written) == ([], [])


def test_cells_are_kept_also_where_the_record_of_the_last_run_is_gone(open_study: Places) -> None:
    path = open_study.outputs / "editable" / "inventory.xlsx"
    state = SimpleNamespace(places=open_study, state={}, table=lambda name: table(open_study, name))
    publish._keep_edits(state, Outcome(), path, b"neu")  # type: ignore[arg-type]
    assert not list(path.parent.glob("inventory.*.xlsx"))
    edit(open_study, "inventory.xlsx", "Engagement", {(2, "wer"): "der Verein"})
    publish._keep_edits(state, Outcome(), path, b"neu")  # type: ignore[arg-type]
    assert len(list(path.parent.glob("inventory.*.xlsx"))) == 1


def test_an_adopted_workbook_is_not_kept_and_line_ends_of_a_saved_one_are_no_edit(open_study: Places) -> None:
    path = open_study.outputs / "editable" / "cases.xlsx"
    written = path.read_bytes()
    edit(open_study, "cases.xlsx", "Fallzusammenfassungen", {})
    assert path.read_bytes() != written  # saved by another program
    assert ends(open_study, "cases.xlsx", written) == ([], [])
    edit(open_study, "cases.xlsx", "Themenmatrix", {(2, "Paraphrase"): "x"})
    assert len(ends(open_study, "cases.xlsx", written)[0]) == 1
    adopt(open_study, "cases.xlsx")
    assert ends(open_study, "cases.xlsx", written) == ([], [])


def test_what_cannot_be_read_is_kept_as_it_is(open_study: Places) -> None:
    path = open_study.outputs / "editable" / "measures.xlsx"
    written = path.read_bytes()
    path.write_bytes(written[:-300])
    (beside,), _ = ends(open_study, "measures.xlsx", written)
    assert beside.read_bytes() == written[:-300]


def test_a_name_that_somebody_typed_is_told_with_file_and_line(open_study: Places) -> None:
    name = "Petra Beispiel"  # the interviewer in the head of the first file
    assert {"Petra", "Beispiel"} <= set(table(open_study, "entities")["name"])
    (open_study.codebooks / "measures.csv").write_text(f"measure;responsible\nm1;{name}\n", "utf-8")
    rendered(open_study, proposed(open_study))
    out = open_study.outputs
    contents = {path: path.read_bytes() for path in (out / "tables" / "findings_measures.csv", out / "editable" / "measures.xlsx")}
    state = SimpleNamespace(places=open_study, state={}, table=lambda name: table(open_study, name))
    with pytest.raises(Stop) as stop:
        publish._checked(state, Outcome(), contents, [])  # type: ignore[arg-type]
    told = str(stop.value)
    assert f"{open_study.show(open_study.codebooks / 'measures.csv')}:2: In dieser Zeile steht ein Name" in told
    assert "editable/measures.xlsx" in told
    assert "Petra" not in told


def test_a_name_is_refused_at_once_with_its_cell_and_without_the_name(open_study: Places) -> None:
    edit(open_study, "measures.xlsx", "Maßnahmen", {(2, "zuständig"): "Petra Beispiel", (2, "Notiz"): "im Mai", (5, "Wunsch oder Vorschlag"): "Fest mit Frau Petra"})
    told = refused(open_study, "measures.xlsx")
    assert [line.partition(": ")[0] for line in told] == [
        "measures.xlsx, Blatt »Maßnahmen«, Zeile 2, Spalte »zuständig«", "measures.xlsx, Blatt »Maßnahmen«, Zeile 5, Spalte »Wunsch oder Vorschlag«",
    ]  # fmt: skip
    assert not any("Petra" in line or "Beispiel" in line for line in told)
    edit(open_study, "measures.xlsx", "Maßnahmen", {(2, "zuständig"): "die Leiterin", (5, "Wunsch oder Vorschlag"): "Fest"})
    adopt(open_study, "measures.xlsx")
    assert [(row["label"], row["responsible"]) for row in kept(open_study, "measures")] == [("", "die Leiterin"), ("Fest", "")]


def test_a_name_that_researchers_wrote_themselves_is_none_to_replace(open_study: Places) -> None:
    path = open_study.codebooks / "study.yaml"
    path.write_text(path.read_text("utf-8").replace("title:", "# Petra Beispiel\ntitle:", 1), "utf-8")
    assert "# Petra Beispiel" in path.read_text("utf-8")
    edit(open_study, "measures.xlsx", "Maßnahmen", {(2, "Notiz"): "Petra Beispiel"})
    adopt(open_study, "measures.xlsx")
    assert kept(open_study, "measures")[0]["note"] == "Petra Beispiel"


def test_an_own_row_that_is_corrected_before_the_next_run_is_still_one_row(open_study: Places) -> None:
    cells = {(5, "wer"): "Herr Unbekannt", (5, "tut was"): "Kiste vor die Tür", (5, "Sozialraum"): "nord"}
    edit(open_study, "inventory.xlsx", "Engagement", cells)
    adopt(open_study, "inventory.xlsx")
    edit(open_study, "inventory.xlsx", "Engagement", {(5, "wer"): "ein Händler", (7, "wer"): "die Feuerwehr", (7, "tut was"): "kocht"})
    lines = adopt(open_study, "inventory.xlsx")
    assert lines[0].startswith("Eigene Zeile +")
    assert "berichtigt" in lines[0]
    assert not any("Unbekannt" in line for line in lines)
    assert [(row["who"], row["what"]) for row in kept(open_study, "inventory")] == [("ein Händler", "Kiste vor die Tür"), ("die Feuerwehr", "kocht")]
    assert adopt(open_study, "inventory.xlsx")[-1].endswith("nichts geändert.")
    # Another row that says something else takes nobody's place, and what this sheet does not know is told.
    edit(open_study, "inventory.xlsx", "Engagement", {(7, "wer"): "das Rote Kreuz", (7, "tut was"): "kocht", (7, "Notiz"): "neu"})
    lines = adopt(open_study, "inventory.xlsx")
    assert any("eine eigene Zeile, die diese Mappe nicht kennt" in line for line in lines)
    assert [row["who"] for row in kept(open_study, "inventory")] == ["ein Händler", "die Feuerwehr", "das Rote Kreuz"]


def test_days_and_districts_that_cannot_be_are_told_and_kept(open_study: Places) -> None:
    edit(open_study, "measures.xlsx", "Maßnahmen", {(2, "bis wann"): "31.02.2027"})
    assert "Maßnahmen, Zeile m1: »31.02.2027« unter »bis wann« gibt es im Kalender nicht. Bitte prüfen." in adopt(open_study, "measures.xlsx")
    assert kept(open_study, "measures")[0]["date"] == "31.02.2027"
    settings = study.load(open_study.codebooks / "study.yaml")
    values = settings.variables[settings.answers.district].values
    first = sorted(values)[0]
    edit(open_study, "inventory.xlsx", "Engagement", {(2, "Sozialraum"): f"{first}x"})
    (told,) = [line for line in adopt(open_study, "inventory.xlsx") if "study.yaml" in line]
    assert told.startswith(f"Engagement, Zeile e1: »{first}x« unter »Sozialraum« steht nicht in study.yaml. Meinten Sie »")
    advice = list_advice(open_study, {"WUN"}, set(), [], (), values)
    assert [line.partition(":")[0] for line in advice if "Kalender" in line or "study.yaml. Meinten" in line] == ["inventory.csv, Zeile 2", "measures.csv, Zeile 2"]


# categories and cases that are called otherwise

NOW = [{"code": "WUN.treffen", "label": "Treffen", "was": "WUN.begegnung+WUN.fest"}, {"code": "WUN.rat", "label": "Rat", "was": ""}]


def m(code: str) -> str:
    return following.key(MEASURES, code)


def test_rows_move_with_their_category_and_two_that_meet_lose_no_word() -> None:
    kept_rows = [
        {"measure": m("WUN.begegnung"), "goal": "drei Bänke", "date": "2027"}, {"measure": m("WUN.fest"), "goal": "ein Fest", "note": "x"},
        {"measure": m("WUN.treffen"), "goal": "ein Saal", "date": "2027"}, {"measure": m("WUN.alt"), "goal": "y", "of_label": "Altes"}, {"measure": "+a", "goal": "z"},
    ]  # fmt: skip
    one, gone, own = following.followed(kept_rows, MEASURES, NOW, [])
    assert (one["measure"], one["goal"], one["date"], one["note"], one["gone"]) == (m("WUN.treffen"), "ein Saal; drei Bänke; ein Fest", "2027", "x", "")
    assert (gone["measure"], gone["gone"], own["gone"]) == (m("WUN.alt"), "Altes", "")
    (bare,) = following.followed([{"measure": m("WUN.alt")}], MEASURES, NOW, [])
    assert bare["gone"] == following.UNNAMED
    indicators = BY_NAME["indicators"]
    (moved,) = following.followed([{"indicator": "+a", "code": "WUN.fest"}], indicators, NOW, [])
    assert moved["code"] == "WUN.treffen"


def test_a_case_is_followed_by_its_conversation_and_speaker_or_told() -> None:
    cases = [{"case": "F1", "doc": "I001", "speaker": "B"}, {"case": "F1", "doc": "I006", "speaker": "B"}, {"case": "W1", "doc": "I007", "speaker": "TN1"}, {"case": "I007-2", "doc": "I007", "speaker": "TN2"}]
    rows = [
        {"case": "I001", "summary": "früher"}, {"case": "F1", "summary": "jetzt"}, {"case": "I007-1", "summary": "a", "docs": "I007", "speakers": "TN1"},
        {"case": "I007-9", "summary": "b"}, {"case": "I007-8", "summary": "c", "docs": "I007", "speakers": "TN8"}, {"case": "I007", "summary": "d"},
    ]  # fmt: skip
    found = [(row["case"], row["summary"], row["moved"]) for row in following.followed(rows, SUMMARIES, [], cases)]
    assert found == [("F1", "jetzt\n\nfrüher", "I001"), ("W1", "a", "I007-1"), ("I007-9", "b", ""), ("I007-8", "c", ""), ("I007", "d", "")]
    matrix = [{"case": "I001", "code": "ZUS", "paraphrase": "x"}, {"case": "I001", "code": "BED", "paraphrase": "y"}]
    codes = [{"code": "BEDARF", "label": "Bedarf", "was": "BED"}]
    assert [(r["case"], r["code"], r["moved"], r["gone"]) for r in following.followed(matrix, MATRIX, codes, cases)] == [("F1", "ZUS", "I001", "ZUS"), ("F1", "BEDARF", "I001", "")]


def test_adopting_keeps_what_a_row_is_followed_by_and_moves_it(open_study: Places) -> None:
    rows = proposed(open_study)
    rows["findings_measures"] = [measure(m("BED"))]
    rendered(open_study, rows)
    edit(open_study, "measures.xlsx", "Maßnahmen", {(2, "zuständig"): "Amt"})
    adopt(open_study, "measures.xlsx")
    label = table(open_study, "codes").set_index("code").loc["BED", "label"]
    assert [(row["of_code"], row["of_label"]) for row in kept(open_study, "measures")] == [("BED", label)]
    old = (open_study.outputs / "editable" / "measures.xlsx").read_bytes()
    codes = table(open_study, "codes")
    codes["was"] = codes["code"].map({"BED": "BED"}).fillna("")
    codes["code"] = codes["code"].replace({"BED": "BEDARF"})
    store.write(store.csv_path(open_study, "codes"), to_csv(codes))  # type: ignore[arg-type]
    rows["findings_measures"] = [measure(m("BEDARF"), code="BEDARF")]
    rendered(open_study, rows)
    # A sheet from before the renaming, edited only now, still means the same row.
    (open_study.outputs / "editable" / "measures.xlsx").write_bytes(old)
    edit(open_study, "measures.xlsx", "Maßnahmen", {(2, "Notiz"): "im Mai"})
    adopt(open_study, "measures.xlsx")
    assert [(r["measure"], r["responsible"], r["note"], r["of_code"]) for r in kept(open_study, "measures")] == [(m("BEDARF"), "Amt", "im Mai", "BEDARF")]


def test_adopting_a_summary_keeps_the_conversations_of_its_case(open_study: Places) -> None:
    edit(open_study, "cases.xlsx", "Fallzusammenfassungen", {(2, "Fallzusammenfassung"): "früher"})
    adopt(open_study, "cases.xlsx")
    (row,) = kept(open_study, "summaries")
    assert (row["case"], row["docs"], row["speakers"]) == ("I001", "I001", "B")


def test_a_run_keeps_what_nobody_adopted_and_lets_it_go_afterwards(here: Places) -> None:
    here_is = here.outputs / "editable" / "measures.xlsx"
    last = openpyxl.load_workbook(here_is)["Maßnahmen"].max_row
    edit(here, "measures.xlsx", "Maßnahmen", {(last + 3, "Wunsch oder Vorschlag"): "Ein Fest im Mai"})
    done = run(here)
    (note,) = [note for note in done.notes if "measures.xlsx" in note]
    (beside,) = here_is.parent.glob("measures.*.xlsx")
    assert beside.name in note
    assert run(here).fresh  # nothing is kept twice
    adopt(here, beside.name)
    assert not [note for note in run(here).notes if "measures" in note]
    if len(table(here, "findings_measures")):  # the row of their own came into the sheet, which was written anew
        assert not list(here_is.parent.glob("measures.*.xlsx"))
    assert [row["label"] for row in kept(here, "measures")] == ["Ein Fest im Mai"]
    assert run(here).fresh


def test_a_correction_outlives_runs_of_all_stages(here: Places) -> None:
    before = table(here, "findings_inventory")
    if not len(before):
        pytest.skip("the tiny study has no entry in the inventory")
    edit(here, "inventory.xlsx", "Engagement", {(2, "wer"): "die Nachbarschaft"})
    adopt(here, "inventory.xlsx")
    assert "engagement" in run(here).worked
    now = table(here, "findings_inventory")
    assert now[now["state"] == "edited"]["who"].tolist() == ["die Nachbarschaft"]
    _, sheet, columns = sheet_of(here.outputs / "editable" / "inventory.xlsx", "Engagement")
    assert sheet.cell(2, columns["wer"]).value == "die Nachbarschaft"
    assert run(here).fresh


def test_a_name_in_a_kept_file_stops_the_run_and_earlier_results_stay(here: Places) -> None:
    (here.codebooks / "measures.csv").write_text("measure;label;responsible\n;Fest;Petra Beispiel\n", "utf-8")
    page = (here.outputs / "report.html").read_bytes()
    with pytest.raises(Stop) as stop:
        run(here)
    assert f"{here.show(here.codebooks / 'measures.csv')}:2: In dieser Zeile steht ein Name" in str(stop.value)
    assert (here.outputs / "report.html").read_bytes() == page
    assert b"Petra" not in (here.outputs / "tables" / "findings_measures.csv").read_bytes()


# forgotten


@pytest.mark.long
def test_a_name_that_only_the_forgotten_interview_held_goes_from_own_rows_and_backups_too(open_study: Places) -> None:
    names = table(open_study, "entities").query("docs == 'I001' and status == 'proposed' and level != 'keep' and wordlike == ''")
    name = str(names[names["kind"] == "person"].iloc[0]["forms"]).split(" | ")[0]
    folder = open_study.codebooks
    (folder / "backup").mkdir(exist_ok=True)
    (folder / "backup" / "inventory.0123456789ab.csv").write_text(f"entry;who;what;doc\n'+11;{name}s Vater;Kiste;\n'+22;die Wehr;kocht;\ne9;{name};singt;I002\n", "utf-8")
    (folder / "measures.csv").write_text(f"measure;label;note\n;Fest;mit {name}\n;Markt;\n", "utf-8")
    (folder / "memo.md").write_text(f"Anruf\n{name} fragen\n", "utf-8")
    plan = "\n".join(forget(open_study, "I001"))
    assert "measures.csv: 1 Zeile" in plan
    assert "inventory.0123456789ab.csv: 1 Zeile" in plan
    lines = forget(open_study, "I001", "I001")
    assert [row["label"] for row in kept(open_study, "measures")] == ["Markt"]
    left = (folder / "backup" / "inventory.0123456789ab.csv").read_text("utf-8")
    assert left == f"entry;who;what;doc\n'+22;die Wehr;kocht;\ne9;{name};singt;I002\n"
    told = [line.strip().rsplit("/", 1)[-1] for line in lines if line.endswith("(Name einer Person)")]
    assert told == ["inventory.0123456789ab.csv:3 (Name einer Person)", "memo.md:2 (Name einer Person)"]  # another's row is left to people
    assert any("danach in 2." in line for line in lines)
    assert not any(name in line for line in lines)


def test_a_forgotten_interview_leaves_no_row_and_no_workbook(open_study: Places) -> None:
    places = open_study
    edit(places, "inventory.xlsx", "Engagement", {(2, "wer"): "der Verein", (3, "wer"): "die Rätin"})
    edit(places, "cases.xlsx", "Fallzusammenfassungen", {(2, "Fallzusammenfassung"): "weg", (3, "Fallzusammenfassung"): "bleibt"})
    edit(places, "cases.xlsx", "Themenmatrix", {(2, "Paraphrase"): "weg", (3, "Paraphrase"): "bleibt"})
    written = b""
    assert len(ends(places, "inventory.xlsx", written)[0]) == 1
    for name in ("inventory.xlsx", "cases.xlsx"):
        adopt(places, name)
    for path in (places.outputs / "editable" / "inventory.xlsx", places.outputs / "editable" / "cases.xlsx"):
        path.write_bytes(path.read_bytes())
    edit(places, "cases.xlsx", "Fallzusammenfassungen", {(2, "Fallzusammenfassung"): "auch weg"})
    adopt(places, "cases.xlsx")  # so that a backup holds it too
    plan = "\n".join(forget(places, "I001"))
    for name in ("inventory.csv", "summaries.csv", "matrix.csv"):
        assert f"{name}: 1 Zeile" in plan
    lines = forget(places, "I001", "I001")
    assert [row["who"] for row in kept(places, "inventory")] == ["die Rätin"]
    assert [row["summary"] for row in kept(places, "summaries")] == ["bleibt"]
    assert [row["paraphrase"] for row in kept(places, "matrix")] == ["bleibt"]
    left = [p for p in places.codebooks.rglob("*.csv") if any(word in p.read_bytes() for word in (b"weg", b"der Verein", b"I001"))]
    assert left == []
    assert list((places.codebooks / "backup").iterdir())
    assert not list((places.outputs / "editable").glob("*.????????.xlsx"))
    assert any("danach in 0" in line for line in lines)


def test_what_people_wrote_of_someone_in_two_interviews_stays_and_is_told(open_study: Places) -> None:
    cases = table(open_study, "cases")
    one = cases[cases["doc"] == "I001"].iloc[0]
    both = cases.assign(case=cases["case"].where(cases["doc"] != "I002", one["case"]))
    store.write(open_study.outputs / "tables" / "cases.csv", to_csv(both))
    (open_study.codebooks / "summaries.csv").write_text(f"case;summary\n{one['case']};über beide\n", "utf-8")
    target = rows_of.find(open_study, "I001", lambda title, done, total: None)
    assert [path.name for path in (c.path for c in rows_of.changes(open_study, target)) if path.name == "summaries.csv"] == []
    assert rows_of.shared(open_study, target) == [(open_study.codebooks / "summaries.csv", 2)]


def test_the_tables_have_every_column_that_people_fill() -> None:
    for sheet in SHEETS:
        names = set(frame(sheet.table, []).columns)
        assert {*sheet.key, *sheet.fills, "state", "edited"} <= names, sheet.name
        assert writer(sheet.table).name in STAGES
    assert MATRIX.key == ("case", "code")
