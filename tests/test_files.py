"""Files that researchers own, broken in the ways people break them: every problem at once, with file and line."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline import codebook, guide, study
from pipeline.lists import KEY, LISTS, Listing, read_list
from pipeline.places import find
from pipeline.problems import Stop, parse_yaml

HEAD = "codes:\n  - id: A\n    label: Alles\n    children:\n"


def book(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "codebook.yaml"
    path.write_text(text, "utf-8")
    return path


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        (
            "codes:\n  - id: A\n    lable: x\n",
            ["codebook.yaml:3: Unbekannter Schlüssel »lable«. Meinten Sie »label«?", "fehlt »label«"],
        ),
        ("codes:\n\t- id: A\n", ["codebook.yaml:2", "Tabulator"]),
        ("codes:\n  - id: A\n    label: x: y\n", ["codebook.yaml:3", "Anführungszeichen"]),
        (
            "codes:\n  - id: A\n    id: B\n    label: x\n",
            ["codebook.yaml:3: Der Schlüssel »id« steht schon in Zeile 2."],
        ),
        (
            "codes:\n  - id: A\n    label: x\n  - id: A\n    label: y\n",
            ["codebook.yaml:4: Die Kategorie »A« steht schon in Zeile 2."],
        ),
        ("codes:\n  - id: A B\n    label: x\n", ["taugt nicht als Kennung"]),
        ("codes:\n  - id: A\n    label: x\n    before: [Aa]\n", ["»before« nennt »Aa«"]),
        ("codes:\n  - id: A\n    label: x\n    counts: [afirmed]\n", ["Meinten Sie »affirmed«?"]),
        ("codes:\n  - id: A\n    label: x\n    match:\n      - term: zwei Wörter\n", ["codebook.yaml:5", "»phrase«"]),
        ("codes:\n  - id: A\n    label: x\n    match:\n      - term: '*'\n", ["nur aus Platzhaltern"]),
        ("codes:\n  - id: A\n    label: x\n    match:\n      - term: a\n        lemma: b\n", ["genau eines von"]),
        (
            "codes:\n  - id: A\n    label: x\n    match:\n      - term: a\n        gap: 2\n",
            ["»gap« gehört nur zu »phrase«"],
        ),
        ("codes:\n  - id: A\n    label: x\n    match:\n      - term: [a, b, a]\n", ["steht schon in Zeile"]),
        ("codes: &x\n  - id: A\n    label: a\nmore: *x\n", ["Verweise"]),
        ("codes: hallo\n", ["braucht"]),
        ("- a\n- b\n", ["Schlüssel erwartet"]),
        ("[" * 5000, ["Klammern"]),
    ],
)
def test_broken_codebooks(tmp_path: Path, text: str, wanted: list[str]) -> None:
    with pytest.raises(Stop) as stop:
        codebook.load(book(tmp_path, text))
    for part in wanted:
        assert part in str(stop.value)


def test_all_problems_come_at_once_and_in_order(tmp_path: Path) -> None:
    with pytest.raises(Stop) as stop:
        codebook.load(
            book(
                tmp_path,
                HEAD + "      - id: A.a\n        labl: x\n      - id: A.b\n        label: y\n        colour: rot\n",
            )
        )
    lines = [p.line for p in stop.value.problems]
    assert lines == sorted(lines)
    assert len(lines) == 3


def test_windows_line_ends_and_byte_order_mark_are_fine(tmp_path: Path) -> None:
    path = tmp_path / "codebook.yaml"
    path.write_bytes(b"\xef\xbb\xbf" + "codes:\r\n  - id: A\r\n    label: Ämter\r\n".encode())
    assert codebook.load(path).codes[0].entry.label == "Ämter"


def test_words_stay_words(tmp_path: Path) -> None:
    loaded = codebook.load(
        book(
            tmp_path,
            "codes:\n  - id: A\n    label: no\n    match:\n      - term:\n        - null\n        - nein\n        - 12:30\n",
        )
    )
    assert loaded.codes[0].entry.label == "no"
    assert [r.pattern for r in loaded.rules()] == ["null", "nein", "12:30"]


def test_rule_ids_do_not_change_with_place(tmp_path: Path) -> None:
    one = codebook.load(
        book(tmp_path, "codes:\n  - id: A\n    label: x\n    match:\n      - phrase: Zwei  Wort\n        gap: 3\n")
    )
    two = codebook.load(
        book(
            tmp_path,
            "# neu\n\ncodes:\n  - id: A\n    label: y\n    match:\n      - term: b\n      - phrase: [c d, zwei wort]\n        gap: 3\n",
        )
    )
    assert one.rules()[0].id in {r.id for r in two.rules()}
    assert one.version != two.version


def test_settings_know_german_yes_and_no(tmp_path: Path) -> None:
    path = tmp_path / "study.yaml"
    path.write_text("fictional: ja\npseudonymise: {phones: nein}\nvariables:\n  alter:\n", "utf-8")
    loaded = study.load(path)
    assert loaded.fictional is True
    assert loaded.pseudonymise.phones is False
    assert loaded.variables["alter"].values == {}
    assert study.load(tmp_path / "fehlt.yaml").title


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("titel: x\n", "Meinten Sie »title«?"),
        ("topics: {number: viele}\n", "braucht eine ganze Zahl"),
        ("topics: {number: 900}\n", "außerhalb der Grenzen"),
        ("clean: {fillers: weg}\n", "kennt den Wert »weg« nicht"),
        ("findings: {groups: [grupe]}\n", "nicht unter »variables«"),
        ("variables: {Sozial Raum: {}}\n", "taugt nicht als Name"),
        ("fictional: vielleicht\n", "ja oder nein"),
    ],
)
def test_broken_settings(tmp_path: Path, text: str, wanted: str) -> None:
    path = tmp_path / "study.yaml"
    path.write_text(text, "utf-8")
    with pytest.raises(Stop) as stop:
        study.load(path)
    assert wanted in str(stop.value)
    assert "study.yaml:1" in str(stop.value)


def test_a_guide_that_expects_unknown_codes(tmp_path: Path) -> None:
    path = tmp_path / "guide.yaml"
    path.write_text("questions:\n  - id: L1\n    text: Was?\n    expects: [ENG.nachba]\n", "utf-8")
    problems = guide.check_codes(guide.load(path), {"ENG.nachbar"}, "guide.yaml", {})
    assert [str(p) for p in problems] == [
        "guide.yaml: Die Frage L1 erwartet »ENG.nachba«, das im Codebuch nicht steht. Meinten Sie »ENG.nachbar«?"
    ]


CASES = Listing("cases.csv", ("file", "speaker", "case"))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_lists_as_excel_saves_them(tmp_path: Path, encoding: str, separator: str) -> None:
    path = tmp_path / "cases.csv"
    text = "File;Speaker;Case;Gruppe\r\nÄrzte.txt;B;P1;verein\r\n\r\n".replace(";", separator)
    path.write_bytes(text.encode(encoding))
    rows = read_list(path, CASES)
    assert [(r["file"], r["case"], r["gruppe"], r["line"]) for r in rows] == [("Ärzte.txt", "P1", "verein", "2")]


@pytest.mark.parametrize(
    ("name", "text", "wanted"),
    [
        ("cases.csv", "file,speaker\na,b\n", "cases.csv:1: Die Spalte »case« fehlt."),
        ("cases.csv", "file,speaker,case\na,b,c,d,e\n", "cases.csv:2: Diese Zeile hat 5 Felder"),
        (
            "reviewed.csv",
            "doc,raw_sha256,raw_start,raw_end,coder,mode,date,codebook\nI001,x,null,9,mk,random,,\n",
            "reviewed.csv:2: »raw_start« braucht",
        ),
        (
            "decisions.csv",
            "decision,date,coder,mode,action,code,doc,raw_sha256,raw_start,raw_end,codebook,quote,memo\n"
            "d1,,mk,,acept,A,I001,x,0,5,,,\nd1,,mk,,accept,A,I001,x,0,5,,,\n",
            "Meinten Sie »accept«?",
        ),
    ],
)
def test_broken_lists(tmp_path: Path, name: str, text: str, wanted: str) -> None:
    path = tmp_path / name
    path.write_text(text, "utf-8")
    with pytest.raises(Stop) as stop:
        read_list(path, LISTS[name])
    assert wanted in str(stop.value)


def test_yaml_that_is_not_utf8_names_the_line(tmp_path: Path) -> None:
    path = tmp_path / "study.yaml"
    path.write_bytes("a: b\ntitle: Grüße\n".encode("cp1252"))
    with pytest.raises(Stop, match=r"study\.yaml:2: Die Datei ist nicht in UTF-8"):
        study.load(path)


def test_empty_yaml_is_nothing() -> None:
    assert parse_yaml("# nur ein Hinweis\n", "x.yaml").data == {}


def test_the_only_study_beside_the_demo_is_meant(tmp_path: Path) -> None:
    assert find(tmp_path, {}).study == "demo"
    (tmp_path / "transcripts" / "demo").mkdir(parents=True)
    (tmp_path / "transcripts" / "Mülheim's Studie").mkdir()
    assert find(tmp_path, {}).study == "Mülheim's Studie"
    (tmp_path / "codebooks" / "zweite").mkdir(parents=True)
    with pytest.raises(Stop, match="mehrere Studien"):
        find(tmp_path, {})
    assert find(tmp_path, {"STUDY": "zweite"}).outputs == tmp_path / "outputs" / "zweite"


@pytest.mark.parametrize("name", ["../weg", "a/b", ".versteckt", "a:b"])
def test_study_names_that_would_lead_elsewhere(tmp_path: Path, name: str) -> None:
    with pytest.raises(Stop, match="kein möglicher Name"):
        find(tmp_path, {"STUDY": name})


@pytest.mark.parametrize(
    ("inner", "outer"),
    [("PRIVATE", "OUTPUTS"), ("PRIVATE", "TRANSCRIPTS"), ("PRIVATE", "CODEBOOKS"), ("OUTPUTS", "TRANSCRIPTS")],
)
def test_folders_in_one_another_are_refused(tmp_path: Path, inner: str, outer: str) -> None:
    for there in (tmp_path / "x" / "darin", tmp_path / "x"):
        with pytest.raises(Stop, match="liegt im Ordner"):
            find(tmp_path, {inner: str(there), outer: str(tmp_path / "x")})


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("form;replacement\nKaya;\n", ["pseudonyms.csv:2", "»replacement« ist leer"]),
        ("form;replacement\n;Demir\n", ["»form« ist leer"]),
        ("form;replacement\nKaya;A\nKaya;B\n", ["steht schon in Zeile 2"]),
        ('form;replacement\n"Kaya;Demir\nDemir;X\n', ["Anführungszeichen"]),
        ('form;replacement\n"Kaya;Demir\nDemir;"X\n', ["Anführungszeichen"]),
    ],
)
def test_a_list_of_names_that_would_let_a_name_out_stops_the_run(tmp_path: Path, text: str, wanted: list[str]) -> None:
    path = tmp_path / "pseudonyms.csv"
    path.write_text(text, "utf-8")
    with pytest.raises(Stop) as stop:
        read_list(path, KEY)
    for part in wanted:
        assert part in str(stop.value)


def test_lists_are_read_in_one_form_of_umlauts(tmp_path: Path) -> None:
    path = tmp_path / "pseudonyms.csv"
    path.write_text("form;replacement\nMu\u0308ller;Meier\n", "utf-8")
    assert read_list(path, KEY)[0]["form"] == "Müller"


@pytest.mark.parametrize("name", ["case", "file", "language", "words", "role"])
def test_names_of_columns_are_no_names_of_variables(tmp_path: Path, name: str) -> None:
    path = tmp_path / "study.yaml"
    path.write_text(f"variables:\n  {name}:\n", "utf-8")
    with pytest.raises(Stop, match="heißt schon eine Spalte"):
        study.load(path)
