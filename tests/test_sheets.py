"""The codebook as tables and back: untouched lines stay byte for byte, an edited cell changes its lines, nothing else ever."""

from __future__ import annotations

import copy
import csv
import difflib
import io
import random
import shutil
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from conftest import HERE

from pipeline import adopt, codebook
from pipeline.places import Places
from pipeline.problems import Stop, parse_yaml
from pipeline.sheets.yaml_text import patched

DEMO = HERE.parent / "codebooks" / "demo"
SMALL = HERE / "study" / "codebooks"
MAIN, RULES, EXAMPLES = "Kategorien", "Regeln", "Beispiele"


def study(root: Path, source: Path = SMALL, name: str = "klein") -> Places:
    places = Places(name, *(root / kind / name for kind in ("transcripts", "codebooks", "outputs", "private")))
    shutil.copytree(source, places.codebooks)
    return places


@pytest.fixture
def small(tmp_path: Path) -> Places:
    return study(tmp_path)


def text_of(places: Places) -> str:
    return (places.codebooks / "codebook.yaml").read_bytes().decode("utf-8")


def edited(places: Places, change: Callable[[Any], None]) -> str:
    """An exported workbook after a change, as a path."""
    adopt.export(places)
    book = openpyxl.load_workbook(places.outputs / "editable" / "codebook.xlsx")
    change(book)
    path = places.outputs / "bearbeitet.xlsx"
    book.save(path)
    return str(path)


def put(sheet: Any, row: int, **cells: Any) -> None:
    columns = {cell.value.split(" (")[0]: cell.column for cell in sheet[1] if cell.value}
    for heading, value in cells.items():
        sheet.cell(row, columns[heading.replace("_", " ")]).value = value


def row_of(sheet: Any, *values: str) -> int:
    return next(row[0].row for row in sheet.iter_rows() if set(values) <= {str(cell.value) for cell in row})


def diff(old: str, new: str) -> list[str]:
    return [line for line in difflib.unified_diff(old.split("\n"), new.split("\n"), n=0, lineterm="") if line[:3] not in ("---", "+++") and line[0] in "+-"]


def refused(places: Places, file: str) -> str:
    before = text_of(places)
    with pytest.raises(Stop) as stop:
        adopt.adopt(places, file)
    assert text_of(places) == before
    assert not (places.codebooks / "backup").exists()
    assert not list(places.codebooks.glob(".*"))
    return "\n".join(map(str, stop.value.problems))


def written(places: Places, content: bytes, name: str = "liste.csv") -> str:
    path = places.codebooks.parent / name
    path.write_bytes(content)
    return str(path)


# Export


def test_the_same_codebook_gives_the_same_bytes(small: Places) -> None:
    adopt.export(small)
    folder = small.outputs / "editable"
    first = {p.name: p.read_bytes() for p in folder.iterdir()}
    shutil.rmtree(folder)
    adopt.export(small)
    assert {p.name: p.read_bytes() for p in folder.iterdir()} == first
    assert set(first) == {"codebook.xlsx", "codebook.csv"}


def test_formulas_are_text_in_both_files(small: Places) -> None:
    path = small.codebooks / "codebook.yaml"
    path.write_text(text_of(small).replace("Hilfe unter Nachbarn.", "'=HYPERLINK(\"x\")'"), "utf-8")
    before = text_of(small)
    adopt.export(small)
    with zipfile.ZipFile(small.outputs / "editable" / "codebook.xlsx") as archive:
        assert not [n for n in archive.namelist() if n.startswith("xl/worksheets/s") and b"<f>" in archive.read(n)]
        assert b"=HYPERLINK" in archive.read("xl/sharedStrings.xml")
    rows = list(csv.reader(io.StringIO((small.outputs / "editable" / "codebook.csv").read_text("utf-8-sig")), delimiter=";"))
    assert not [c for row in rows for c in row if c.startswith(("=", "+", "-", "@"))]
    assert rows[0][:1] + rows[0][3:4] == ["tag", "description"]
    adopt.adopt(small, "codebook.csv")
    assert text_of(small) == before


def test_edits_that_were_not_adopted_survive_the_next_export(small: Places) -> None:
    path = edited(small, lambda book: put(book[MAIN], 2, Bezeichnung="Nur in Excel"))
    shutil.copy(path, small.outputs / "editable" / "codebook.xlsx")
    lines = adopt.export(small)
    assert "nicht übernommen" in lines[0]
    assert len(list((small.outputs / "editable").glob("codebook.*.xlsx"))) == 1
    adopt.adopt(small, path)
    adopt.export(small)
    assert len(list((small.outputs / "editable").iterdir())) == 3


# Round trip


@pytest.mark.parametrize("name", ["codebook.xlsx", "codebook.csv"])
@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_an_unedited_table_leaves_every_byte_of_the_demo(tmp_path: Path, name: str, newline: str) -> None:
    places = study(tmp_path, DEMO, "demo")
    path = places.codebooks / "codebook.yaml"
    path.write_bytes(path.read_bytes().replace(b"\n", newline.encode()))
    before = path.read_bytes()
    adopt.export(places)
    assert "nichts geändert" in adopt.adopt(places, name)[-1]
    assert path.read_bytes() == before


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_one_edited_cell_changes_its_lines_only(tmp_path: Path, newline: str) -> None:
    places = study(tmp_path, DEMO, "demo")
    path = places.codebooks / "codebook.yaml"
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes().replace(b"\n", newline.encode()))
    before = text_of(places)

    def change(book: Any) -> None:
        put(book[MAIN], row_of(book[MAIN], "SEG.wohnen"), Bezeichnung="Wohnen")
        rules = book[RULES]
        put(rules, row_of(rules, "mehrsprachig\nzweisprachig\ndreisprachig\nbilingual\nMehrsprachigkeit\nSprachtalent*\nSprachkenntnisse"),
            Muster="mehrsprachig\nzweisprachig\nviersprachig\nbilingual\nMehrsprachigkeit\nSprachtalent*\nSprachkenntnisse")  # fmt: skip

    lines = adopt.adopt(places, edited(places, change))
    assert lines[0] == "1 Kategorie geändert: SEG.wohnen"
    assert lines[1] == "1 Regel geändert (POT.person)"
    changed = diff(before.replace(newline, "\n"), text_of(places).replace(newline, "\n"))
    assert [line.split(":")[0].strip() for line in changed] == ["-          - term", "+          - term", "-        label", "+        label"]
    assert changed[1] == changed[0].replace("-", "+", 1).replace("dreisprachig", "viersprachig")
    assert text_of(places).count(newline) == before.count(newline)
    backup = list((places.codebooks / "backup").iterdir())
    assert [p.read_bytes().decode() for p in backup] == [before]
    assert codebook.load(path).by_id()["SEG.wohnen"].entry.label == "Wohnen"


def test_new_moved_and_deleted_rows_find_their_places(small: Places) -> None:
    path = small.codebooks / "codebook.yaml"
    path.write_text(text_of(small).replace("  - id: BED\n", "  # Was fehlt\n  - id: BED\n"), "utf-8")

    def change(book: Any) -> None:
        main, rules, examples = book[MAIN], book[RULES], book[EXAMPLES]
        put(main, 9, Kennung="ENG.neu", Oberkategorie="ENG", Bezeichnung="Neues: Engagement", gehört_dazu="eins\nzwei", seit=2)
        put(main, row_of(main, "BED"), Oberkategorie="POT")
        put(rules, rules.max_row + 1, Kategorie="ENG.neu", Art="phrase", Muster="etwas tun", weitere_Angaben="none: [{term: nie}]")
        put(rules, row_of(rules, "trainieren"), löschen="ja")
        put(rules, row_of(rules, "kein Raum"), Kategorie="POT.raum")
        put(examples, row_of(examples, "Wir haben keinen Raum.", "BED.raum"), Text="Es gibt keinen Raum.")

    file = edited(small, change)
    lines = adopt.adopt(small, file)
    assert lines[:7] == [
        "1 Kategorie neu: ENG.neu", "1 Kategorie umgezogen: BED", "1 Regel neu (ENG.neu)", "1 Regel umgezogen (POT.raum)",
        "1 Regel gelöscht (ENG.verein)", "1 Beispiel geändert (BED.raum)", next(line for line in lines if line.startswith("Alte Fassung")),
    ]  # fmt: skip
    book = codebook.load(path)
    assert [(c.id, c.parent) for c in book.codes] == [
        ("ENG", ""), ("ENG.nachbar", "ENG"), ("ENG.verein", "ENG"), ("ENG.neu", "ENG"), ("POT", ""), ("BED", "POT"), ("BED.raum", "BED"), ("POT.raum", "POT"),
    ]  # fmt: skip
    assert "      # Was fehlt\n      - id: BED\n" in text_of(small)
    assert 'examples: ["Es gibt keinen Raum."]' in text_of(small)
    assert [r.pattern for r in book.by_id()["POT.raum"].rules] == ["kein Raum", "Raum"]
    after = text_of(small)
    assert "nichts geändert" in adopt.adopt(small, file)[-1]  # the same table once more
    assert text_of(small) == after


def test_rows_taken_out_are_named_and_stay(small: Places) -> None:
    before = text_of(small)
    lines = adopt.adopt(small, edited(small, lambda book: (book[MAIN].delete_rows(3), book[RULES].delete_rows(2))))
    assert "ENG.nachbar" in lines[0]
    assert "1 Regel (ENG.nachbar)" in lines[1]
    assert text_of(small) == before


def test_what_changed_in_the_yaml_since_is_not_lost(small: Places) -> None:
    table = edited(small, lambda book: put(book[MAIN], row_of(book[MAIN], "POT"), Memo="aus Excel"))
    both = edited(small, lambda book: put(book[MAIN], row_of(book[MAIN], "ENG"), Memo="aus Excel"))
    shutil.copy(both, small.outputs / "beide.xlsx")
    table = edited(small, lambda book: put(book[MAIN], row_of(book[MAIN], "POT"), Memo="aus Excel"))
    path = small.codebooks / "codebook.yaml"
    path.write_text(text_of(small).replace("label: Engagement", "label: Einsatz").replace('"Jugendtrain*"', '"Jugend*"'), "utf-8")
    assert "wurde in dieser Tabelle geändert" in refused(small, str(small.outputs / "beide.xlsx"))
    lines = adopt.adopt(small, table)
    assert "es gilt codebook.yaml: ENG, ENG.verein" in "\n".join(lines)
    assert "label: Einsatz" in text_of(small)
    assert '"Jugend*"' in text_of(small)
    assert "aus Excel" in text_of(small)


# What cannot be meant


def test_all_problems_at_once_with_sheet_row_and_column(small: Places) -> None:
    def change(book: Any) -> None:
        main, rules, examples = book[MAIN], book[RULES], book[EXAMPLES]
        put(main, 2, Oberkategorie="ENG.nachbar")
        put(main, 4, Kennung="ENG.nachbar")
        put(main, 6, Oberkategorie="PTO")
        put(main, 7, Kennung=None)
        put(rules, 2, Art="frase")
        put(rules, 3, Kategorie="ENG.verien")
        put(rules, 4, weitere_Angaben="{a: [}")
        put(examples, 2, Art="Anker")

    told = refused(small, edited(small, change))
    for line in (
        "Blatt »Kategorien«, Zeile 4: Die Kennung »ENG.nachbar« steht schon in Zeile 3", "Zeile 7: Hier fehlt die Kennung", "Meinten Sie »POT«?",
        "drehen sich im Kreis: ENG → ENG.nachbar → ENG", "Blatt »Regeln«, Zeile 2, Spalte »Art«: Die Art »frase« gibt es nicht. Meinten Sie »phrase«?",
        "Meinten Sie »ENG.verein«?", "Zeile 4, Spalte »weitere Angaben«: Das ist kein gültiges YAML", "Blatt »Beispiele«, Zeile 2, Spalte »Art«",
    ):  # fmt: skip
        assert line in told, line


def test_what_the_loader_refuses_is_told_with_its_row(small: Places) -> None:
    def change(book: Any) -> None:
        put(book[RULES], 4, Art="lemma", Muster="zwei Wörter")
        put(book[MAIN], 3, Vorrang_vor="FEHLT")

    told = refused(small, edited(small, change))
    assert "Blatt »Regeln«, Zeile 4, Spalte »Muster«: »zwei Wörter« besteht aus mehreren Wörtern" in told
    assert "Blatt »Kategorien«, Zeile 3, Spalte »Vorrang vor«: »before« nennt »FEHLT«" in told
    assert "des neuen codebook.yaml" in told
    told = refused(small, edited(small, lambda book: put(book[RULES], 2, Abstand=99)))
    assert "Zeile 2, Spalte »Abstand«" in told


def test_headings_sheets_merged_cells_formulas_and_dates(small: Places) -> None:
    import datetime

    def change(book: Any) -> None:
        main = book[MAIN]
        main["C1"], main["D4"] = "Bezeichung", datetime.date(2026, 1, 2)
        main["D6"] = "#REF!"
        main["D6"].data_type = "e"
        main.merge_cells("B2:B4")
        book[RULES].title = "Regel"

    told = refused(small, edited(small, change))
    for line in ("Meinten Sie »Bezeichnung«?", "Zeile 4, Spalte »Definition«: Excel hat hieraus ein Datum gemacht",
                 "Zeile 6, Spalte »Definition«: Hier steht der Fehlerwert #REF!", "Die Zellen B2:B4 sind verbunden", "Meinten Sie »Regel«?"):  # fmt: skip
        assert line in told, line
    told = refused(small, edited(small, lambda book: book.remove(book[MAIN])))
    assert "Das Blatt »Kategorien« fehlt" in told


def test_a_renamed_id_is_not_taken_for_a_new_category(small: Places) -> None:
    told = refused(small, edited(small, lambda book: put(book[MAIN], 3, Kennung="ENG.anders")))
    assert "»ENG.nachbar« heißt hier »ENG.anders«" in told


def test_deleting_a_category_that_still_has_children(small: Places) -> None:
    assert "hat aber noch die Unterkategorie" in refused(small, edited(small, lambda book: put(book[MAIN], 2, löschen="ja")))
    lines = adopt.adopt(small, edited(small, lambda book: [put(book[MAIN], n, löschen="ja") for n in (2, 3, 4)]))
    assert lines[0] == "3 Kategorien gelöscht: ENG, ENG.nachbar, ENG.verein"
    assert [c.id for c in codebook.load(small.codebooks / "codebook.yaml").codes] == ["BED", "BED.raum", "POT", "POT.raum"]


def test_hostile_containers_are_refused_before_they_are_unpacked(small: Places) -> None:
    bomb, entity = io.BytesIO(), io.BytesIO()
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet1.xml", b"0" * 30_000_000)
    with zipfile.ZipFile(entity, "w") as archive:
        archive.writestr("xl/workbook.xml", b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>')
    assert "unmäßig groß" in refused(small, written(small, bomb.getvalue(), "bombe.xlsx"))
    assert "beschädigt" in refused(small, written(small, entity.getvalue(), "entity.xlsx"))
    assert "beschädigt" in refused(small, written(small, b"PK\x03\x04kaputt", "kaputt.xlsx"))
    assert "alte Excel-Datei" in refused(small, written(small, b"\xd0\xcf\x11\xe0" + b"0" * 600, "alt.xls"))
    assert "keine Tabelle" in refused(small, written(small, bytes(range(256)) * 8, "bild.csv"))
    assert "Diese Datei gibt es nicht" in refused(small, "../fehlt.xlsx")


def test_far_rows_and_many_rows_end(small: Places) -> None:
    def far(book: Any) -> None:
        book[MAIN].cell(1_048_576, 60).value = "x"

    assert "In Zeile 1048576 steht noch etwas" in refused(small, edited(small, far))
    rows = "".join(f"N{n};POT;Name {n}\n" for n in range(20_001))
    assert "mehr als 20000 Zeilen" in refused(small, written(small, f"Kennung;Oberkategorie;Bezeichnung\n{rows}".encode()))


def test_ten_thousand_new_rows(small: Places) -> None:
    rows = "".join(f"N{n};{'' if n % 10 == 0 else f'N{n - n % 10}'};Name {n}\n" for n in range(10_000))
    lines = adopt.adopt(small, written(small, f"Kennung;Oberkategorie;Bezeichnung\n{rows}".encode()))
    assert lines[0].startswith("10000 Kategorien neu: N0, N1")


def test_a_link_out_of_the_study_is_not_followed(small: Places, tmp_path: Path) -> None:
    path, outside = small.codebooks / "codebook.yaml", tmp_path / "fremd.yaml"
    table = edited(small, lambda book: put(book[MAIN], 2, Memo="neu"))
    path.rename(outside)
    path.symlink_to(outside)
    before = outside.read_bytes()
    assert "hinausführt" in refused(small, table)
    assert outside.read_bytes() == before


# Lists of other programs


def test_a_taguette_codebook_fills_and_adds(small: Places) -> None:
    content = "tag,description,number of highlights\nENG.nachbar,Neue Worte,3\nRäume & Orte,\"Säle, Plätze\",1\n"
    lines = adopt.adopt(small, written(small, content.encode()))
    assert lines[:2] == ["1 Kategorie geändert: ENG.nachbar", "1 Kategorie neu: Räume_Orte"]
    codes = codebook.load(small.codebooks / "codebook.yaml").by_id()
    assert codes["ENG.nachbar"].entry.definition == "Neue Worte"
    assert codes["ENG.nachbar"].entry.label == "Nachbarschaftshilfe"
    assert codes["Räume_Orte"].entry.label == "Räume & Orte"
    assert "nichts geändert" in adopt.adopt(small, written(small, content.encode()))[-1]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp1252"])
@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_a_maxqda_code_system_becomes_a_tree(small: Places, encoding: str, separator: str) -> None:
    rows = [["Farbe", "Obercode", "Code", "Memo", "Codings %"], ["x", "", "Engagement", "Notiz", "1"], ["x", "Engagement", "Förderverein", "", "1"],
            ["#FF0000", "Engagement > Förderverein", "Übungsleiter", "Text", "1"], ["x", "Ärger\\Lärm", "Müll", "", "1"]]  # fmt: skip
    content = "\r\n".join(separator.join(row) for row in rows).encode(encoding)
    adopt.adopt(small, written(small, content))
    codes = codebook.load(small.codebooks / "codebook.yaml").by_id()
    assert codes["ENG"].entry.memo == "Notiz"
    assert codes["ENG.Förderverein.Übungsleiter"].parent == "ENG.Förderverein"
    assert codes["ENG.Förderverein.Übungsleiter"].entry.color == "#ff0000"
    assert codes["Ärger.Lärm.Müll"].parent == "Ärger.Lärm"


def test_a_maxqda_workbook_with_dates_beside(small: Places) -> None:
    import datetime

    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append(["Codesystem"])
    sheet.append(["Code", "Memo", "Erstellt am"])
    sheet.append(["Ärger > Lärm", "laut", datetime.datetime(2026, 1, 1)])
    sheet.append(["Ärger", None, None])
    out = io.BytesIO()
    book.save(out)
    (small.codebooks / "codebook.yaml").unlink()
    lines = adopt.adopt(small, written(small, out.getvalue(), "codes.xlsx"))
    assert lines[0] == "2 Kategorien neu: Ärger, Ärger.Lärm"
    assert [c.id for c in codebook.load(small.codebooks / "codebook.yaml").codes] == ["Ärger", "Ärger.Lärm"]


@pytest.mark.parametrize(
    ("content", "told"),
    [("a;b\n1;2\n", "Keine Spalte enthält erkennbar die Namen"), ('name;x\nA;"offen\n', "nie geschlossen"), ("", "leer"),
     ("code\nA\nA\n", "»A« steht schon in liste.csv, Zeile 2"), ("code;memo\n;verwaist\n", "fehlt der Name"), ("code\n" + "A>" * 50 + "B\n", "Ebenen")],
)  # fmt: skip
def test_foreign_lists_that_cannot_be_used(small: Places, content: str, told: str) -> None:
    assert told in refused(small, written(small, content.encode()))


# Text


NASTY = (HERE / "cases" / "hand_written.yaml").read_text("utf-8")
NEW = ["neu", "ein langer: Text # mit allem", "\"Zitat\" und 'das'", "no", "12:30", "- x", "lang " * 40 + "Ende", "zwei\nZeilen", "ü😀", "", "[a]", "*x"]


def _walk(data: Any, path: tuple[Any, ...] = ()) -> list[tuple[tuple[Any, ...], Any]]:
    pairs = data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, list) else ()
    return [(path, data), *(found for key, value in pairs for found in _walk(value, (*path, key)))]


def _altered(data: dict[str, Any], dice: random.Random) -> None:
    """One random change of the kinds that sheets make: a value, an item or key more or less, a category elsewhere."""
    lists = [v for p, v in _walk(data) if isinstance(v, list) and v and all(isinstance(i, dict) and "id" in i for i in v)]
    if dice.random() < 0.3:
        source = dice.choice(lists)
        if len(source) > 1:
            item = source.pop(dice.randrange(len(source)))
            inside = {id(value) for _, value in _walk(item)}
            target = dice.choice([one for one in lists if id(one) not in inside])
            target.insert(dice.randrange(len(target) + 1), item)
        return
    path, value = dice.choice([(p, v) for p, v in _walk(data["codes"], ("codes",)) if len(p) > 1 and p[-1] != "id"])
    parent = data
    for step in path[:-1]:
        parent = parent[step]
    if isinstance(value, str):
        parent[path[-1]] = dice.choice(NEW)
    elif isinstance(value, dict):
        value[dice.choice(["gap", "memo", "only"])] = dice.choice(["3", ["a", "b: c"], {"x": ["y"]}])
    elif value and isinstance(value[0], str):
        value.insert(dice.randrange(len(value) + 1), dice.choice(NEW))
    elif isinstance(parent, dict) and len(parent) > 2:
        del parent[path[-1]]


@pytest.mark.parametrize("ending", ["\n", "\r\n", ""], ids=["lf", "crlf", "unended"])
def test_any_change_lands_in_hand_written_yaml(ending: str) -> None:
    text = NASTY.replace("\n", "\r\n") if ending == "\r\n" else NASTY.removesuffix("\n") if not ending else NASTY
    old = parse_yaml(text, "").data
    comments = [line.strip() for line in NASTY.split("\n") if line.strip().startswith("#")]
    for seed in range(250):
        new = copy.deepcopy(old)
        _altered(new, random.Random(seed))
        result = patched(text, new)
        assert parse_yaml(result, "").data == new, seed
        if new["codes"] != old["codes"]:
            lost = [c for c in comments if c not in result]
            assert len(lost) <= 3, (seed, lost)  # only those inside what was taken out


def test_a_moved_category_keeps_its_text() -> None:
    data = parse_yaml(NASTY, "").data
    moved = data["codes"][0]["children"].pop(0)
    data["codes"][1]["children"].append(moved)
    lines = patched(NASTY, data).split("\n")
    assert sorted(line.strip() for line in lines if line.strip()) == sorted(line.strip() for line in NASTY.split("\n") if line.strip())


RICH = """\
codes:
  - id: A
    label: Alles
    otherwise: {negated: B, past: "C"}
    only: {role: [respondent, unknown]}
    except:
      question: L1
    needs: 2.0
    through_children: Nein
    counts: affirmed
    was: [alt, "ganz, alt"]
    include:
      - "- beginnt mit Strich"
      - >-
        über zwei
        Zeilen
    match:
      # ein Muster
      - pattern: [{LEMMA: kein}, {POS: {IN: [NOUN, PROPN]}, OP: "?"}]
        unit: clause
      - near: "Miete steigen"
        window: answer
        except: {role: third}
      - regex: 'Ver(ein|band)s?\\b'
        weight: 0.5
      - term: [Ball, "Fuß*"]
        none: {near: "Sport, viel"}
        any:
          - lemma: gehen
          - all: [{term: x}, {phrase: "a b", gap: 0}]
        within: turn
      - all: [{term: a}, {term: b}]
    examples:
      - "nur Text"
      - {text: "mit mehr", by: model}
    memo: |
      Zeile eins

        eingerückt
  - id: B
    label: "=SUMME(A1)"
    match: {compound: Haus, at: head}
  - {id: C, label: 'C', since: "12:30", before: A}
"""


def rich(places: Places) -> Path:
    path = places.codebooks / "codebook.yaml"
    path.write_text(RICH, "utf-8")
    codebook.load(path)
    return path


def test_every_kind_of_rule_and_value_survives_unedited(small: Places) -> None:
    path = rich(small)
    adopt.export(small)
    for name in ("codebook.xlsx", "codebook.csv"):
        assert "nichts geändert" in adopt.adopt(small, name)[-1]
        assert path.read_text("utf-8") == RICH


@pytest.mark.parametrize(
    ("sheet", "row", "cells", "changed"),
    [
        (MAIN, 2, {"sonst_nach": "negated: B\npast: B"}, ['-    otherwise: {negated: B, past: "C"}', '+    otherwise: {negated: B, past: "B"}']),
        (MAIN, 2, {"außer_wenn": None}, ["-    except:", "-      question: L1"]),
        (MAIN, 2, {"zählt_Unterkategorien_mit": "ja"}, ["-    through_children: Nein", "+    through_children: ja"]),
        (MAIN, 2, {"nötiges_Gewicht": "1,5"}, ["-    needs: 2.0", "+    needs: 1.5"]),
        (MAIN, 2, {"gehört_dazu": "- beginnt mit Strich\nneu\nüber zwei Zeilen"}, ['+      - "neu"']),
        (MAIN, 2, {"früher": "alt"}, ['-    was: [alt, "ganz, alt"]', "+    was: [alt]"]),
        (MAIN, 3, {"Bezeichnung": "=1+1"}, ['-    label: "=SUMME(A1)"', '+    label: "=1+1"']),
        (MAIN, 4, {"Farbe": "#aabbcc"}, ["-  - {id: C, label: 'C', since: \"12:30\", before: A}", "+  - {id: C, label: 'C', since: \"12:30\", before: A, color: \"#aabbcc\"}"]),
        (RULES, 2, {"Einheit": None}, ["-        unit: clause"]),
        (RULES, 3, {"Fenster": 7}, ["-        window: answer", "+        window: 7"]),
        (RULES, 4, {"Muster": r"Vereins?\b"}, [r"-      - regex: 'Ver(ein|band)s?\b'", r"+      - regex: 'Vereins?\b'"]),
        (RULES, 5, {"Art": "lemma"}, ['-      - term: [Ball, "Fuß*"]', '+      - lemma: ["Ball", "Fuß*"]']),
        (RULES, 6, {"weitere_Angaben": "all: [{term: a}, {term: c}]"}, ["-      - all: [{term: a}, {term: b}]", "+      - all: [{term: a}, {term: c}]"]),
        (RULES, 7, {"Stelle_im_Wort": None}, ["-    match: {compound: Haus, at: head}", "+    match: {compound: Haus}"]),
        (EXAMPLES, 2, {"von": "model"}, ['-      - "nur Text"', '+      - text: "nur Text"', "+        by: model"]),
        (EXAMPLES, 3, {"Text": "anders"}, ['-      - {text: "mit mehr", by: model}', '+      - {text: "anders", by: model}']),
    ],
)  # fmt: skip
def test_an_edited_cell_of_any_kind(small: Places, sheet: str, row: int, cells: dict[str, Any], changed: list[str]) -> None:
    path = rich(small)
    adopt.adopt(small, edited(small, lambda book: put(book[sheet], row, **cells)))
    assert diff(RICH, path.read_text("utf-8")) == changed


BARE = "codes:\n  - id: A\n    label: a\n    match: [Fest, kein Raum, {lemma: gehen}]\n  - id: B\n    label: b\n    match: Park  # Ort\n"


def test_bare_words_are_rules_and_stay_bare(tmp_path: Path) -> None:
    places = study(tmp_path)
    (places.codebooks / "codebook.yaml").write_text(BARE, "utf-8")
    adopt.adopt(places, edited(places, lambda book: None))
    assert text_of(places) == BARE
    sheet = openpyxl.load_workbook(places.outputs / "editable" / "codebook.xlsx")[RULES]
    assert [tuple(cell.value for cell in row[:3]) for row in sheet.iter_rows(min_row=2)] == [
        ("A", "term", "Fest"), ("A", "phrase", "kein Raum"), ("A", "lemma", "gehen"), ("B", "term", "Park"),
    ]  # fmt: skip

    def change(book: Any) -> None:
        put(book[RULES], 2, Muster="Feste")
        put(book[RULES], 3, Art="near")
        put(book[RULES], 5, Muster="Park\nWald")

    adopt.adopt(places, edited(places, change))
    found = parse_yaml(text_of(places), "").data["codes"]
    assert found[0]["match"] == ["Feste", {"near": "kein Raum"}, {"lemma": "gehen"}]
    assert found[1]["match"] in ({"term": ["Park", "Wald"]}, [{"term": ["Park", "Wald"]}])
    assert [rule.kind for rule in codebook.load(places.codebooks / "codebook.yaml").rules()] == ["term", "near", "lemma", "term", "term"]
