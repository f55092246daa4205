"""`make check` against the codebook's examples and against what was said."""

from __future__ import annotations

import csv
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pytest
from conftest import lay_out

from pipeline import codebook
from pipeline.check import REPORT, check
from pipeline.checking import answers, corpus
from pipeline.checking.corpus import Advice, advice
from pipeline.coders.rule import rule_hits
from pipeline.passages import material_of
from pipeline.places import Places
from pipeline.problems import Stop
from pipeline.study import Answers, Study

TEXTS = (
    "Die Nachbarn helfen uns immer.", "Unser Nachbar hilft beim Umzug.", "Der Nachbar kocht und hilft.", "Die Nachbarin hilft mir.",
    "Nachbarn helfen Nachbarn.", "Im Verein wird geholfen.",
)  # fmt: skip


def told(folder: Path, yaml: str, decisions: list[dict[str, object]] | None = None, limit: float = 0.6) -> list[Advice]:
    path = folder / "codebook.yaml"
    path.write_text(yaml, "utf-8")
    return advice(codebook.load(path), material_of(TEXTS), decisions or [], limit)


def edited(places: Places, old: str, new: str) -> None:
    path = places.codebooks / "codebook.yaml"
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")


def of_kind(found: list[Advice], kind: str) -> list[tuple[int, str]]:
    return [(a.line, a.rule) for a in found if a.kind == kind]


ONE = "codes:\n  - id: A\n    label: a\n    match:\n"


def test_rules_that_never_fire(tmp_path: Path) -> None:
    found = told(tmp_path, ONE + "      - lemma: helfen\n      - term: [Moschee, Nachbarin]\n")
    assert of_kind(found, "ohne Treffer") == [(6, "A|term|moschee")]


def test_rules_that_others_swallow(tmp_path: Path) -> None:
    found = told(tmp_path, ONE + "      - term: 'Nachbar*'\n      - term: Nachbarin\n      - term: Nachbarort\n      - lemma: kochen\n")
    assert of_kind(found, "verschluckt") == [(6, "A|term|nachbarin"), (7, "A|term|nachbarort")]
    assert "»Nachbar*« (Zeile 5)" in next(a.what for a in found if a.line == 6)


def test_a_rule_under_other_terms_is_not_swallowed(tmp_path: Path) -> None:
    found = told(tmp_path, ONE + "      - term: 'Nachbar*'\n      - term: Nachbarin\n        counts: [negated]\n")
    assert of_kind(found, "verschluckt") == []


def test_swallowed_is_what_trying_every_pair_of_hits_finds(tmp_path: Path) -> None:
    rules = ["lemma: helfen", "term: hilft", "phrase: Nachbar hilft", "near: Nachbar helfen", "term: 'Nachbar*'", "lemma: Nachbar", "term: [Nachbarn, Nachbar]"]
    path = tmp_path / "codebook.yaml"
    path.write_text(ONE + "".join(f"      - {rule}\n" for rule in rules), "utf-8")
    book, material = codebook.load(path), material_of(TEXTS)
    words = {rule.id: [set(hit.words.tolist()) for hit in hits] for rule, hits in rule_hits(material, book)}
    expected = set()
    for mine, sets in words.items():
        for other, theirs in words.items():
            inside = bool(sets) and all(any(t <= one for t in theirs) for one in sets)
            if mine != other and inside and len(theirs) > len(sets):
                expected.add(mine)
    assert {a.rule for a in advice(book, material, [], 0.6) if a.kind == "verschluckt"} == expected
    assert len(expected) >= 4


def test_many_hits_of_two_rules_are_compared_in_no_time(tmp_path: Path) -> None:
    import time

    path = tmp_path / "codebook.yaml"
    path.write_text(ONE + "      - term: und\n      - term: 'un*'\n", "utf-8")
    book = codebook.load(path)
    hits = [(rule, [SimpleNamespace(words=np.array([n])) for n in range(60_000 + (rule.pattern == "un*"))]) for rule in book.rules()]
    started = time.perf_counter()
    assert [a.rule for a in corpus._swallowed(book, hits)] == ["A|term|und"]  # type: ignore[arg-type]
    assert time.perf_counter() - started < 5  # trying every pair takes minutes


@pytest.mark.parametrize("condition", ["only: {gruppe: verein}", "except: {role: unknown}", "only: {question: L1}", "only: {doc: I001}"])
def test_who_speaks_and_where_is_no_matter_for_anchors(places: Places, condition: str) -> None:
    edited(places, "- lemma: trainieren", f"- lemma: trainieren\n            {condition}")
    assert check(places).problems == []


def test_a_condition_that_cannot_be_known_faults_no_counterexample(places: Places) -> None:
    edited(places, "- lemma: trainieren", "- lemma: trainieren\n          - lemma: kochen\n            only: {gruppe: verein}")
    edited(places, 'examples: ["Wir trainieren die Kinder."]', 'examples: ["Wir trainieren die Kinder.", "Wir kochen."]\n        counterexamples: ["Die kochen auch."]')
    assert check(places).problems == []
    edited(places, "\n            only: {gruppe: verein}", "")
    assert ["Gegenbeispiel" in p.what for p in check(places).problems] == [True]


TWO = """codes:
  - id: A
    label: a
    match: [{lemma: helfen}]
  - id: B
    label: b
    match: [{term: "Nachbar*"}]
"""


def test_codes_that_overlap(tmp_path: Path) -> None:
    found = told(tmp_path, TWO)
    assert [(a.line, a.code) for a in found if a.kind == "Überschneidung"] == [(5, "B")]
    assert told(tmp_path, TWO.replace("label: a\n", "label: a\n    before: [B]\n")) == []
    parent = TWO.replace("  - id: B\n    label: b\n    match: [", "    children:\n    - id: B\n      label: b\n      match: [")
    assert not of_kind(told(tmp_path, parent), "Überschneidung")


def test_rules_that_people_mostly_reject(tmp_path: Path) -> None:
    def decision(turn: int, action: str) -> dict[str, object]:
        return {"doc": "x", "turn": turn, "start": 0, "end": 10, "code": "B", "action": action, "coder": "mk"}

    three = [decision(1, "reject"), decision(2, "reject"), decision(3, "reject"), decision(4, "accept")]
    assert of_kind(told(tmp_path, TWO, three), "oft verworfen") == [(7, "B|term|nachbar*")]
    assert of_kind(told(tmp_path, TWO, three[1:]), "oft verworfen") == []


def test_examples_are_told_with_their_line_and_what_nearly_was(places: Places) -> None:
    path = places.codebooks / "codebook.yaml"
    text = path.read_text("utf-8").replace('examples: ["Wir trainieren die Kinder."]', 'examples: ["Wir trainieren.", "Wir trainieren die Kinder nie."]')
    path.write_text(text, "utf-8")
    problems = check(places).problems
    assert len(problems) == 1
    assert problems[0].line == 1 + text.splitlines().index('        examples: ["Wir trainieren.", "Wir trainieren die Kinder nie."]')
    assert "verneint" in problems[0].hint
    assert "»nie«" in problems[0].hint


def test_before_a_run_it_says_what_it_cannot_check(places: Places) -> None:
    assert any("erst nach »make analyze«" in line for line in check(places).advice)
    assert not (places.outputs / REPORT).exists()


@pytest.mark.usefixtures("ran")
def test_the_whole_list_is_a_table(places: Places) -> None:
    result = check(places)
    assert result.problems == []
    with (places.outputs / REPORT).open(encoding="utf-8-sig", newline="") as handle:
        rows = list(csv.DictReader(handle, delimiter=";"))
    lines = (places.codebooks / "codebook.yaml").read_text("utf-8").splitlines()
    assert rows
    for row in rows:
        assert row["Rat"]
        assert row["Regel"].split("|")[2].split()[0].lower()[:5] in lines[int(row["Zeile"]) - 1].lower()


def test_conditions_on_variables_that_the_study_does_not_have(tmp_path: Path) -> None:
    places = lay_out(tmp_path)
    path = places.codebooks / "codebook.yaml"
    path.write_text(path.read_text("utf-8").replace("- lemma: trainieren", "- lemma: trainieren\n            only: {grupe: verein}"), "utf-8")
    with pytest.raises(Stop, match=r"codebook\.yaml:\d+: .*Meinten Sie »gruppe«"):
        check(places)


def test_training_sentences_that_teach_little_are_told(places: Places) -> None:
    folder = places.codebooks / "anchors"
    folder.mkdir()
    known = codebook.load(places.codebooks / "codebook.yaml").codes[-1].id
    many = "\n".join(f"{known};Das ist der Satz Nummer {n}." for n in range(15))
    (folder / "eins.csv").write_text(f"codes;text\n{many}\n{known};Das ist, der SATZ Nummer 3!\n", "utf-8")
    (places.codebooks / "fairness.csv").write_text("content;code;question;variety;text\n1;XYZ.nein;;ruhr;Wat?\n", "utf-8")
    lines = check(places).advice
    assert "anchors/eins.csv, Zeile 17: Derselbe Ankersatz steht schon in anchors/eins.csv, Zeile 5; er zählt einmal." in lines
    assert any("»XYZ.nein« (1 Zeilen) steht nicht im Codebuch" in line for line in lines)
    few = next(line for line in lines if "ohne Vorschläge des Modells" in line or "unsichere Vorschläge" in line)
    assert known not in few.partition(": ")[2].rstrip(".").split(", ")
    with (places.codebooks / "study.yaml").open("a", encoding="utf-8") as handle:
        handle.write("model:\n  use: nein\n")
    assert not any("Ankersatz" in line or "Ankersätze" in line for line in check(places).advice)


def test_codes_that_anchors_misspell_are_told_with_all_other_problems(places: Places) -> None:
    folder = places.codebooks / "anchors"
    folder.mkdir()
    known = codebook.load(places.codebooks / "codebook.yaml").codes[-1].id
    (folder / "eins.csv").write_text(f"code;satz\n{known[:-1]};Ein Satz.\n{known};\n", "utf-8")
    (folder / "zwei.csv").write_text("codes;text\nGANZ.anders|" + known + ";Ein Satz.\n", "utf-8")
    (places.codebooks / "fairness.csv").write_text("content;code\n1;A\n", "utf-8")
    with pytest.raises(Stop) as caught:
        check(places)
    told = {(Path(p.file).name, p.line, p.what) for p in caught.value.problems}
    assert ("zwei.csv", 2, "Die Kategorie »GANZ.anders« steht nicht im Codebuch.") in told
    assert ("eins.csv", 3, "»text« ist leer.") in told
    assert any(name == "fairness.csv" for name, _, _ in told)
    (folder / "eins.csv").write_text(f"code;satz\n{known[:-1]};Ein Satz.\n", "utf-8")
    with pytest.raises(Stop) as caught:
        check(places)
    assert any(f"Meinten Sie »{known}«?" in p.hint and p.file.endswith("anchors/eins.csv") for p in caught.value.problems)


def answering(places: Places, lines: str) -> list[str]:
    """What the check says of study.yaml's answers, the tiny study having these."""
    path = places.codebooks / "study.yaml"
    path.write_text(path.read_text("utf-8").split("answers:")[0] + lines, "utf-8")
    return [line for line in check(places).advice if "answers: " in line]


def test_answers_that_name_what_is_not_there_are_told_with_their_line(places: Places) -> None:
    codes = sorted(codebook.load(places.codebooks / "codebook.yaml").by_id())
    at = len((places.codebooks / "study.yaml").read_text("utf-8").splitlines())
    known = codes[0]
    found = answering(places, f"answers:\n  group: grupe\n  bridges: [{known}, {known}x]\n  opposites:\n    {known}: [{known}y]\n")
    assert [line.partition(": D")[0] for line in found] == [
        f"study.yaml, Zeile {at + 3}, answers: bridges", f"study.yaml, Zeile {at + 5}, answers: opposites", f"study.yaml, Zeile {at + 2}, answers: group",
    ]  # fmt: skip
    assert f"Die Kategorie »{known}x« steht nicht im Codebuch." in found[0]
    assert "Meinten Sie »gruppe«?" in found[2]
    assert check(places).problems == []


def test_answers_are_silent_of_what_every_study_begins_with_where_the_codebook_is_another(places: Places) -> None:
    assert answering(places, "") == []
    assert answering(places, "answers:\n  bridges: [POT.bruecke]\n") == []  # as a new study has it
    assert answering(places, "answers:\n  bridges: []\n") == []


def test_answers_of_a_codebook_that_lacks_one_category(tmp_path: Path) -> None:
    (tmp_path / "study.yaml").write_text("answers:\n  bridges: [POT.bruecke]\n", "utf-8")
    codes = {code for _, code in answers._codes(Answers())} - {"POT.bruecke"}
    told = answers.advice(tmp_path / "study.yaml", Study(answers=Answers(group="")), codes)
    assert [line.partition(": Die")[0] for line in told if "POT.bruecke" in line] == ["study.yaml, Zeile 2, answers: bridges"]
    (tmp_path / "study.yaml").unlink()
    assert answers.advice(tmp_path / "study.yaml", Study(answers=Answers(group="", district="")), codes)[0].startswith("study.yaml (Vorgabe), answers: bridges")
