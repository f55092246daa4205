"""Two samples beside each other: who was asked first, then what was said; nothing is computed, nothing private is read."""

from __future__ import annotations

import csv
import io
import re
import shutil
from pathlib import Path

import pytest
from conftest import run

from pipeline.compare import compare
from pipeline.comparing import page, sides
from pipeline.comparing.pairing import compared, pairs
from pipeline.comparing.sides import RUN, WAVE, Code, Figures, Side
from pipeline.language import spoken
from pipeline.places import Places
from pipeline.problems import Stop
from pipeline.study import Variable
from pipeline.tables import PRIVATE, TABLES

HOSTILE = '<script>alert("x")</script>'


def code(id_: str, *was: str) -> Code:
    return Code(id_, f"Name {id_}", id_.rpartition(".")[0], was)


def side(name: str, codes: list[Code], kind: str = RUN, study: str = "s", **more: object) -> Side:
    read = {"A": Figures(7, 5, 8, 4), "B": Figures(1, 1, 0, 0)}
    figures = {(c.id, "reviewed"): read.get(c.id, Figures()) for c in codes} | {(c.id, "proposed"): Figures(3, 2, 8) for c in codes}
    return Side(name, kind, study, {c.id: c for c in codes}, figures, **more)  # type: ignore[arg-type]


def html(a: Side, b: Side) -> str:
    variables = {"gruppe": Variable(label="Gruppe", values={"verein": "Vereine", "amt": "Ämter"})}
    return page.to_html(a, b, compared(a, b), "Titel", variables, {"L1": "Was ist hier gut?"}).decode()


def text(a: Side, b: Side) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", html(a, b).partition("<body>")[2]))


@pytest.mark.parametrize(
    ("a", "b", "expected"),
    [
        ([code("A")], [code("A")], [("A", "A", "same")]),
        ([code("A")], [code("N", "A")], [("A", "N", "renamed")]),
        ([code("N", "A")], [code("A")], [("N", "A", "renamed")]),  # the newer codebook stands on the left
        ([code("A"), code("N")], [code("N", "A")], [("N", "N", "same"), ("A", "", "gone")]),
        ([code("A")], [code("N", "A"), code("M", "A")], [("A", "N", "renamed"), ("", "M", "new")]),
        ([code("A")], [code("B")], [("", "B", "new"), ("A", "", "gone")]),
    ],
)
def test_categories_are_paired_by_id_or_former_id(a: list[Code], b: list[Code], expected: list[tuple[str, str, str]]) -> None:
    assert [(p.a, p.b, p.change) for p in pairs({c.id: c for c in a}, {c.id: c for c in b})] == expected


def test_samples_stand_before_what_was_said() -> None:
    a = side("eins", [code("A")], sample={("gruppe", "verein"): 4}, people=frozenset("abcd"), docs=4, questions={"L1": 4})
    b = side("zwei", [code("A")], study="t", sample={("gruppe", "verein"): 1, ("gruppe", "amt"): 2}, people=frozenset("xyz"), docs=3)
    found = text(a, b)
    order = ["keine Veränderung der Sache", "Wer befragt wurde", "eins: vier Befragte in vier Gesprächen", "Nur in zwei: Ämter", "Wonach gefragt wurde", "von Menschen gelesen", "ungelesen"]
    assert sorted(order, key=found.index) == order
    assert "nur auf einer Seite gefragt" in found
    assert "nicht bekannt" in found  # who is in both samples of two studies


def test_the_variable_in_which_samples_differ_comes_first() -> None:
    a = side("eins", [code("A")], sample={("x", "1"): 2, ("gruppe", "amt"): 2})
    b = side("zwei", [code("A")], sample={("x", "1"): 2, ("gruppe", "verein"): 2})
    found = html(a, b)
    assert found.index("<h3>Gruppe</h3>") < found.index("<h3>x</h3>")


def test_people_stand_beside_those_who_were_asked() -> None:
    found = text(side("eins", [code("A"), code("B")]), side("zwei", [code("A"), code("B")]))
    assert "vier von acht Gefragten, eine ungefragt sieben Stellen" in found
    assert "eine befragte Person eine Stelle" in found
    assert "%" not in found


def test_proposals_stand_apart_and_withheld_ones_nowhere() -> None:
    a, b = side("eins", [code("A"), code("B")]), side("zwei", [code("A"), code("B")], withheld=frozenset({"A"}))
    before, proposed = html(a, b).split('class="proposal"')
    assert "Name A" in before
    assert "<th scope=\"row\">Name A" not in proposed
    assert "<th scope=\"row\">Name B" in proposed
    assert "nicht in jeder Sprechweise gleich gut findet: Name A" in re.sub(r"\s+", " ", proposed)
    rows = list(csv.DictReader(io.StringIO(page.to_csv(a, b, compared(a, b)).decode("utf-8-sig"))))
    assert [(r["code_a"], r["basis"]) for r in rows if r["part"] == "code"] == [("A", "reviewed"), ("B", "reviewed"), ("B", "proposed")]
    assert rows[0]["n_mentions_a"] == "7"


def test_people_in_both_waves_are_counted() -> None:
    a = side("Erhebung 1", [code("A")], kind=WAVE, people=frozenset({"I001", "P1"}), docs=2)
    both = [text(a, side("Erhebung 2", [code("A")], kind=WAVE, people=people, docs=2)) for people in (frozenset({"P1"}), frozenset({"I009"}))]
    assert "Eine Person ist in beiden." in both[0]
    assert "Niemand ist in beiden." in both[1]


def test_new_gone_and_renamed_categories_are_named() -> None:
    found = text(side("eins", [code("A"), code("B"), code("W")]), side("zwei", [code("A"), code("N", "B"), code("D")]))
    assert re.search(r"Umbenannt \(was: im Codebuch\) Name N \(B → N\) Nur im Codebuch von B Name D \(D\) Nur im Codebuch von A Name W \(W\)", found)
    assert "gibt es hier nicht" in found


def test_text_is_data_and_the_page_asks_for_nothing() -> None:
    bad = Code("A", HOSTILE, "", ())
    found = html(side(HOSTILE, [bad], sample={("gruppe", HOSTILE): 1, (HOSTILE, "x"): 1}), side("zwei", [bad]))
    assert "<script" not in found
    assert "&lt;script&gt;" in found
    assert "default-src 'none'" in found
    assert not re.search(r' style="| on\w+="|https?://', found.partition("<body>")[2])


def test_english() -> None:
    with spoken("en"):
        assert "More talk of a thing in another sample is no change of the thing." in html(side("one", [code("A")]), side("two", [code("A")]))


def test_only_tables_for_people_are_read(tmp_path: Path) -> None:
    private = next(name for name, table in TABLES.items() if table.place == PRIVATE)
    with pytest.raises(ValueError, match="no table for people"):
        sides.table(tmp_path, private)


@pytest.mark.usefixtures("ran")
def test_what_can_be_compared_is_told_with_commands(places: Places) -> None:
    other = places.outputs.parent / "andere"
    shutil.copytree(places.outputs, other)
    lines = compare(places, "", "")
    assert "make compare A=andere" in "\n".join(lines)


@pytest.mark.usefixtures("ran")
def test_another_study_by_name_or_folder(places: Places) -> None:
    other = places.outputs.parent / "andere"
    shutil.copytree(places.outputs, other)
    for name in ("andere", str(other)):
        lines = compare(places, name, "")
        assert "Verglichen: andere und klein." in lines
        written = (places.outputs / "compare.html").read_text("utf-8")
        assert "andere und klein" in written
        assert (places.outputs / "compare.csv").is_file()


@pytest.mark.usefixtures("ran")
def test_names_that_mean_nothing_or_the_same_are_refused(places: Places) -> None:
    for a, b, words in (("quatsch", "", "weder Erhebung noch Studie"), ("heute", "klein", "dasselbe"), ("welle 1", "welle 2", "keine Erhebungen"), (str(places.private), "", "weder Erhebung")):
        with pytest.raises(Stop, match=words):
            compare(places, a, b)
    assert not (places.outputs / "compare.html").exists()


@pytest.mark.usefixtures("ran")
def test_codebooks_without_a_common_category_are_refused(places: Places) -> None:
    other = places.outputs.parent / "andere"
    shutil.copytree(places.outputs, other)
    path = other / "tables" / "codes.csv"
    head, *rows = path.read_text("utf-8-sig").splitlines()
    at = head.split(",").index("code")
    changed = [",".join("X" + cell if n == at else cell for n, cell in enumerate(row.split(","))) for row in rows]
    path.write_text("\n".join([head, *changed]) + "\n", "utf-8-sig")
    with pytest.raises(Stop, match="keine Kategorie gemeinsam"):
        compare(places, "andere", "")


@pytest.mark.usefixtures("ran")
def test_a_kept_codebook_is_applied_to_todays_material(places: Places) -> None:
    path = places.codebooks / "codebook.yaml"
    old = next(p.name for p in (places.outputs / "history").iterdir() if p.is_dir())
    path.write_text(path.read_text("utf-8").replace("  - id: ", "  - id: NEU\n    label: Neu\n    match: [{term: ich}]\n  - id: ", 1), "utf-8")
    lines = compare(places, old[:6], "")
    assert f"Verglichen: Codebuch {old} und Codebuch von heute." in lines
    assert any("1 nur in B" in line for line in lines)
    written = (places.outputs / "compare.html").read_text("utf-8")
    assert "Vorschläge, keine Befunde" in written
    assert "von Menschen gelesen" not in written
    with pytest.raises(Stop, match="nur mit einer anderen Fassung"):
        compare(places, old, "andere" if shutil.copytree(places.outputs, places.outputs.parent / "andere") else "")


def test_waves_of_a_study(places: Places) -> None:
    for n, path in enumerate(sorted(places.transcripts.iterdir())):
        raw = path.read_bytes()
        if path.suffix in (".txt", ".md"):
            path.write_bytes(f"Welle: {1 + n % 2}\n".encode() + raw)
    run(places)
    found = sides.waves(places.outputs)
    assert {"1", "2"} <= set(found)
    assert any("make compare A=1 B=2" in line for line in compare(places, "", ""))
    assert "Verglichen: Erhebung 1 und Erhebung 2." in compare(places, "Welle 1", "2")
    rows = list(csv.DictReader(io.StringIO((places.outputs / "compare.csv").read_text("utf-8-sig"))))
    asked = [r for r in rows if r["part"] == "sample" and r["variable"] == "case" and r["value"] == "all"]
    assert asked
    assert int(asked[0]["n_cases_a"]) >= 1
