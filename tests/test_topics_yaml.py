"""`topics.yaml`: all its problems at once with file and line, in German; nothing hostile gets further; `make adopt` keeps what people wrote."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from pipeline.__main__ import main
from pipeline.adopt import adopt
from pipeline.inputs import checked
from pipeline.places import Places, find
from pipeline.problems import Stop, parse_yaml
from pipeline.topicnames.edits import load, parse
from pipeline.topicnames.writing import Block, as_data, document, scalar

GARDEN = "  - name: Garten\n    terms: [Beet, Zaun]\n"


def problems(text: str) -> list[str]:
    with pytest.raises(Stop) as stop:
        parse(text)
    return [str(p) for p in stop.value.problems]


@pytest.mark.parametrize(
    ("text", "line", "says"),
    [
        ("topics:\n  - name: Garten\n", 2, "Hier fehlt »terms«"),
        ("topics:\n  - name: Garten\n    terms: []\n", 3, "keine Wörter"),
        ("topics:\n  - name: Garten\n    terms:\n", 3, "keine Wörter"),
        ("topics:\n  - name: Garten\n    terms: ['', ' ']\n", 3, "keine Wörter"),
        ("topics:\n  - nmae: Garten\n    terms: [Beet]\n", 2, "Unbekannter Schlüssel »nmae«. Meinten Sie »name«?"),
        ("topics:\n  - terms: [Beet]\n    hide: vielleicht\n", 3, "braucht ja oder nein"),
        ("topics:\n  - terms: [Beet]\n    name: [a, b]\n", 3, "»name« braucht einen Text"),
        ("topics:\n  - terms: {a: b}\n", 2, "Text"),
        ("topics:\n  - terms: [[Beet]]\n", 2, "braucht einen Text"),
        ("topics:\n  - terms: [Beet]\n    name: null\n", 3, "»null« wäre hier ein Name"),
        ("topics:\n  - terms: [Beet]\n    name: ~\n", 3, "»~« wäre hier ein Name"),
        (f"topics:\n  - terms: [Beet]\n    name: {'x' * 200}\n", 3, "höchstens 120 Zeichen"),
        (f"topics:\n  - terms: [{'x' * 200}]\n", 2, "»terms« ist zu lang"),
        ("topics:\n  - name: Hof\n    terms: Kaffee, Tee\n", 3, "Wörter bitte in eckige Klammern setzen: terms: [Kaffee, Tee]"),
        ("topics:\n  - terms: [a]\n    split:\n      - name: Hof\n        terms: Beet, Zaun,\n", 5, "terms: [Beet, Zaun]"),
        ("topics:\n  - Garten\n", 2, "braucht Schlüssel und Werte"),
        ("topics: Garten\n", 1, "»topics« braucht eine Liste"),
        ("themen:\n  - terms: [Beet]\n", 1, "Unbekannter Schlüssel »themen«"),
        ("- terms: [Beet]\n", 1, "Hier werden Schlüssel erwartet"),
        ("topics:\n  - terms: [Beet]\n    split: [{terms: [Zaun]}]\n", 3, "Hier fehlt »name«"),
        ("topics:\n  - terms: [Beet]\n    split: [{name: '', terms: [Zaun]}]\n", 3, "braucht einen Namen"),
        ("topics:\n  - terms: [Beet]\n    split: [{name: Zäune}]\n", 3, "Hier fehlt »terms«"),
        ("topics:\n  - terms: [Beet]\n    split: [{name: A, terms: [a], split: [{name: B, terms: [b]}]}]\n", 3, "nicht noch einmal teilen"),
        ("topics:\n  - terms: [Beet]\n    hide: ja\n    split: [{name: A, terms: [a]}]\n", 2, "»hide« und »split« stehen zugleich da"),
        ("topics:\n  - name: Garten\n    terms: [Beet]\n    split: [{name: GARTEN, terms: [a]}]\n", 2, "heißt wie das Ganze"),
        (f"topics:\n  - terms: [Beet]\n    split: [{', '.join(f'{{name: N{n}, terms: [w{n}]}}' for n in range(21))}]\n", 3, "»split« hat zu viele Teile: höchstens 20, hier sind es 21"),
        ("topics:\n" + "".join(f"  - terms: [w{n}]\n" for n in range(201)), 1, "zu viele Themen: höchstens 200, hier sind es 201"),
        (f"topics:\n{GARDEN}  - name: Hof\n    terms: [zaun, BEET]\n", 4, "Dieselben Wörter stehen schon in Zeile 2, unter zwei Namen: »Garten« und »Hof«"),
        (f"topics:\n{GARDEN}  - name: garten\n    terms: [Laube]\n    hide: ja\n", 4, "»garten« soll hier ausgeblendet sein, in Zeile 2 aber nicht"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_told_with_its_line(text: str, line: int, says: str) -> None:
    found = problems(text)
    assert len(found) == 1, found
    assert found[0].startswith(f"topics.yaml:{line}: ")
    assert says in found[0]


def test_one_word_needs_no_brackets() -> None:
    assert parse("topics:\n  - terms: Kaffee\n")[0].entry.terms == ("Kaffee",)


def test_as_many_as_are_allowed_are_read() -> None:
    parts = ", ".join(f"{{name: N{n}, terms: [w{n}]}}" for n in range(20))
    assert len(parse("topics:\n" + "".join(f"  - terms: [w{n}]\n" for n in range(200)))) == 200
    assert len(parse(f"topics:\n  - terms: [Beet]\n    split: [{parts}]\n")[0].entry.split) == 20


def test_all_problems_come_at_once() -> None:
    found = problems("topics:\n  - nam: a\n    terms: [x]\n  - terms: []\n  - terms: [y]\n    hide: jein\n")
    assert [f.split(":")[1] for f in found] == ["2", "4", "6"]


@pytest.mark.parametrize("text", ["", "# nur Kommentar\n", "topics:\n", "topics: []\n", "\ufeff"])
def test_nothing_said_is_no_problem(text: str, tmp_path: Path) -> None:
    path = tmp_path / "topics.yaml"
    path.write_text(text, "utf-8")
    assert load(path) == ()
    assert load(tmp_path / "none.yaml") == ()


def test_bom_crlf_umlauts_and_words_that_yaml_would_change(tmp_path: Path) -> None:
    path = tmp_path / "topics.yaml"
    path.write_bytes("\ufefftopics:\r\n  - name: Ja\r\n    terms: [no, \"12:30\", null, Gru\u0308n, GRÜN, Straße]\r\n    hide: nein\r\n".encode())
    entry = load(path)[0].entry
    assert entry.name == "Ja"
    assert entry.terms == ("no", "12:30", "null", "Grün", "Straße")
    assert not entry.hide


def test_aliases_are_refused_at_once() -> None:
    bomb = "a: &a [x,x,x,x,x,x,x,x]\n" + "".join(f"{chr(98 + n)}: &{chr(98 + n)} [{','.join(['*' + chr(97 + n)] * 8)}]\n" for n in range(20))
    started = time.perf_counter()
    assert "Verweise" in problems(f"{bomb}topics: []\n")[0]
    assert time.perf_counter() - started < 2


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"topics:\n" + GARDEN.encode() * 130_000, "zu groß"),
        (b"topics: " + b"[" * 3000, "Klammern"),
        ("topics:\n  - name: Gärten\n".encode("latin-1"), "UTF-8"),
        (b"topics:\n\t- name: x\n", "Tabulator"),
        (b"topics:\n  - name: x\x00\n", "Steuerzeichen"),
        (b"topics:\n  - terms: [a]\n    terms: [b]\n", "steht schon in Zeile 2"),
        (b"topics:\n  - !!python/object:os.system {terms: [a], name: [x]}\n", "braucht einen Text"),
    ],
)
def test_hostile_files_end_in_a_problem(content: bytes, says: str, tmp_path: Path) -> None:
    path = tmp_path / "topics.yaml"
    path.write_bytes(content)
    started = time.perf_counter()
    with pytest.raises(Stop) as stop:
        load(path)
    assert says in str(stop.value)
    assert time.perf_counter() - started < 3


@pytest.mark.parametrize("text", ["", "no", "a: b", "- x", "#x", "'", '"', "a #b", "x:", "[a]", "{a}", "*a", "&a", "!a", "%", "@", "`", "\\", "a\nb", "\ta", "\x85", "😀", "|", "ÄÖ ß.", "=1", "~"])
def test_any_text_comes_back_as_it_was(text: str) -> None:
    assert parse_yaml(f"a: {scalar(text)}\nb: [x, {scalar(text) or 'y'}]\n", "x").data["a"] == text


def test_what_is_written_is_read_the_same() -> None:
    text = f'topics:\n{GARDEN}  - terms: ["a, b", "c: d"]\n    memo: |-\n      eins\n      zwei: "drei"\n    split: [{{name: "#1", terms: [x], hide: ja}}]\n'
    placed = parse(text)
    again = parse(document("# Kopf\n", [Block(["ein\nKommentar"], as_data(p.entry)) for p in placed]))
    assert [p.entry for p in again] == [p.entry for p in placed]


def put(places: Places, text: str) -> str:
    path = places.outputs / "editable" / "topics.yaml"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")
    return str(path)


def test_adopting_writes_merges_and_backs_up(places: Places) -> None:
    target = places.codebooks / "topics.yaml"
    unsaid = put(places, "topics:\n  - name:\n    terms: [Beet, Zaun]\n")
    assert "nichts geändert" in adopt(places, unsaid)[0]
    assert not target.exists()
    first = adopt(places, put(places, f"topics:\n{GARDEN}  - name:\n    terms: [Amt]\n"))
    assert "heißt jetzt »Garten«" in first[0]
    assert [p.entry.name for p in load(target)] == ["Garten", ""]
    target.write_text(target.read_text("utf-8").replace("  - name: Garten", "  # von Hand\n  - name: Garten"), "utf-8")
    before = target.read_bytes()
    file = put(places, "topics:\n  - {name: Beete, terms: [Zaun, Beet]}\n  - {terms: [Amt], hide: ja}\n")
    lines = adopt(places, file)
    assert sum("jetzt »Beete«" in line or "nicht mehr gezeigt" in line for line in lines) == 2
    assert "# von Hand" in target.read_text("utf-8")
    assert [(p.entry.name, p.entry.hide) for p in load(target)] == [("Beete", False), ("", True)]
    assert before in [path.read_bytes() for path in (places.codebooks / "backup").glob("topics.*.yaml")]
    now = target.read_bytes()
    assert "nichts geändert" in adopt(places, file)[0]
    assert target.read_bytes() == now


def test_adopting_keeps_what_the_edited_file_does_not_know(places: Places) -> None:
    target = places.codebooks / "topics.yaml"
    target.write_text(f"topics:\n{GARDEN}  - terms: [alt]\n", "utf-8")
    lines = adopt(places, put(places, "topics:\n  - {name: Amt, terms: [Amt, Brief]}\n"))
    assert [p.entry.name for p in load(target)] == ["Garten", "Amt"]
    assert any("unverändert: »Garten«" in line for line in lines)


def test_adopting_a_wrong_file_writes_nothing(places: Places) -> None:
    target = places.codebooks / "topics.yaml"
    target.write_text(f"topics:\n{GARDEN}", "utf-8")
    for text, says in (("topics:\n  - name: x\n", "fehlt »terms«"), ("topics:\n  - {name: GARTEN, terms: [Laube], hide: ja}\n", "soll hier ausgeblendet")):
        with pytest.raises(Stop, match=says):
            adopt(places, put(places, text))
    assert target.read_text("utf-8") == f"topics:\n{GARDEN}"
    for name in ("new_codes.yaml", "new_codes.1a2b3c4d.yaml"):
        codes = places.outputs / "editable" / name
        codes.write_text("- id: x\n", "utf-8")
        with pytest.raises(Stop, match=r"nach codebook\.yaml kopieren"):
            adopt(places, str(codes))


@pytest.fixture
def several(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Two studies of one's own, one with edited topics; the working folder is theirs."""
    for name in ("eins", "zwei"):
        for kind in ("transcripts", "codebooks", "outputs"):
            (tmp_path / kind / name).mkdir(parents=True)
    put(find(tmp_path, {"STUDY": "zwei"}), f"topics:\n{GARDEN}")
    monkeypatch.chdir(tmp_path)
    for variable in ("STUDY", "FILE", "TRANSCRIPTS", "CODEBOOKS", "OUTPUTS", "PRIVATE"):
        monkeypatch.setenv(variable, "")  # what the door sets goes again after the test
    return tmp_path


EDITED = "outputs/zwei/editable/topics.yaml"


@pytest.mark.parametrize("words", [[f"FILE={EDITED}"], [EDITED], [f"FILE=./outputs/eins/../../{EDITED}"]])
def test_the_path_of_a_file_names_its_study(several: Path, words: list[str]) -> None:
    assert main(["adopt", *words]) == 0
    assert [p.entry.name for p in load(several / "codebooks" / "zwei" / "topics.yaml")] == ["Garten"]
    assert not list((several / "codebooks" / "eins").iterdir())


def test_a_file_of_another_study_is_refused(several: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["adopt", "STUDY=eins", f"FILE={several / EDITED}"]) == 1
    assert "Die Datei gehört zur Studie »zwei«, STUDY nennt aber »eins«" in capsys.readouterr().err
    assert not list((several / "codebooks" / "eins").iterdir())
    copy = several / "topics.yaml"
    copy.write_bytes((several / EDITED).read_bytes())
    for study, file in (("zwei", EDITED), ("eins", "topics.yaml")):
        assert main(["adopt", f"STUDY={study}", f"FILE={file}"]) == 0
        assert (several / "codebooks" / study / "topics.yaml").is_file()


def test_where_a_study_must_be_named_the_verb_is_the_one_that_was_called(several: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["adopt", "FILE=topics.yaml"]) == 1
    assert "make adopt STUDY=eins" in capsys.readouterr().err
    assert main(["status", f"FILE={EDITED}"]) == 1  # the file is for `adopt` alone
    assert "make status STUDY=eins" in capsys.readouterr().err
    assert main(["new"]) == 1
    assert "make new STUDY=meine_studie" in capsys.readouterr().err


def test_a_run_does_not_start_with_a_wrong_file(places: Places) -> None:
    (places.codebooks / "topics.yaml").write_text("topics:\n  - nmae: x\n    terms: [a]\n", "utf-8")
    with pytest.raises(Stop) as stop:
        checked(places)
    assert [(Path(p.file).name, p.line) for p in stop.value.problems] == [("topics.yaml", 2)]
