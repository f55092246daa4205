"""Training sentences: what is read from codebook and anchor files, and that a new one alone is made ready."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from pipeline import anchors, codebook
from pipeline.learning import training
from pipeline.learning.training import gather
from pipeline.problems import Stop
from pipeline.study import Annotate, Model
from pipeline.tables import frame

BOOK = """codes:
  - id: A
    label: Oben
    children:
      - id: A.eins
        label: Eins
        definition: Was eins ist.
        examples: ["Das ist eins."]
        counterexamples:
          - text: "Das ist nichts."
            code: null
          - text: "Das ist zwei."
            code: A.zwei
          - text: "Das ist nicht eins."
      - id: A.zwei
        label: Zwei
"""
SETTINGS = SimpleNamespace(model=Model(), annotate=Annotate())


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "codebook.yaml").write_text(BOOK, "utf-8")
    (tmp_path / "guide.yaml").write_text("questions: []\n", "utf-8")
    (tmp_path / "anchors").mkdir()
    return tmp_path


def read(folder: Path, **files: str) -> list[training.Sentence]:
    for name, text in files.items():
        (folder / "anchors" / f"{name}.csv").write_text(text, "utf-8")
    return gather(codebook.load(folder / "codebook.yaml"), folder / "anchors")


def own(found: list[training.Sentence]) -> list[tuple[tuple[str, ...], str]]:
    return [(one.codes, one.text) for one in found if one.kind == training.ANCHOR]


def test_the_codebook_gives_definitions_examples_and_counterexamples_with_their_line(folder: Path) -> None:
    found = read(folder)
    told = {(one.kind, one.codes, one.text): BOOK.split("\n")[one.line - 1] for one in found}
    assert ("definition", ("A.eins",), "Eins. Was eins ist") in told
    assert "Das ist eins." in told["example", ("A.eins",), "Das ist eins."]
    assert ("counterexample", (), "Das ist nichts.") in told
    assert ("counterexample", ("A.zwei",), "Das ist zwei.") in told
    assert not any(one.text == "Das ist nicht eins." for one in found)  # it says only what it is not


@pytest.mark.parametrize("head", ["codes;text", "code;satz", "Code;Sentence", "CODES\ttext", "sep=,\ncodes,text"])
def test_columns_have_other_names_and_any_separator(folder: Path, head: str) -> None:
    separator = max(",;\t", key=head.rpartition("\n")[2].count)
    found = read(folder, eins=f"{head}\n{separator.join(['A.eins', 'Da hilft einer.'])}\n{separator.join(['', 'Guten Morgen.'])}\n")
    assert own(found) == [(("A.eins",), "Da hilft einer."), ((), "Guten Morgen.")]


@pytest.mark.parametrize("codes", ["A.eins;A.zwei", "A.eins | A.zwei", " A.eins ;; A.zwei;", "A.eins;A.zwei;A.eins"])
def test_several_codes_of_one_sentence(folder: Path, codes: str) -> None:
    assert own(read(folder, eins=f'codes,text\n"{codes}","Da  hilft\teiner."\n')) == [(("A.eins", "A.zwei"), "Da hilft einer.")]


def test_unknown_codes_of_all_files_are_told_at_once(folder: Path) -> None:
    with pytest.raises(Stop) as caught:
        read(folder, eins="codes,text\nA.ein,Ein Satz.\nA.eins,\n", zwei="codes,text\nA.zwei;GANZ,Ein Satz.\n", drei="codes,satz\nA.drei,Satz.\n")
    told = [(p.file, p.line, p.what) for p in caught.value.problems]
    assert ("anchors/zwei.csv", 2, "Die Kategorie »GANZ« steht nicht im Codebuch.") in told
    assert ("anchors/eins.csv", 3, "»text« ist leer.") in told
    assert ("anchors/drei.csv", 2, "Die Kategorie »A.drei« steht nicht im Codebuch.") in told
    assert next(p for p in caught.value.problems if p.file == "anchors/drei.csv").hint


def test_the_same_words_with_the_same_codes_count_once(folder: Path) -> None:
    found = read(
        folder, a="codes,text\nA.eins,Das ist EINS!\nA.zwei,Das ist eins.\nA.eins,Ganz neu.\n", b='codes,text\nA.eins,"Ganz, neu"\nA.eins,…\n'
    )
    used = [one.why for one in found if one.kind == training.ANCHOR]
    line = BOOK.split("\n").index('        examples: ["Das ist eins."]') + 1
    assert used == [f"steht schon in codebook.yaml, Zeile {line}", "", "", "steht schon in anchors/a.csv, Zeile 4", training.NO_WORDS]


def test_hidden_files_backups_and_missing_folders_are_none(folder: Path) -> None:
    for name in (".eins.csv", "~zwei.csv", "drei.csv.bak", "vier.txt"):
        (folder / "anchors" / name).write_text("codes,text\nXYZ,Satz.\n", "utf-8")
    assert own(read(folder)) == []
    assert gather(codebook.load(folder / "codebook.yaml"), folder / "keiner")


def made(folder: Path, before: Any, monkeypatch: pytest.MonkeyPatch | None = None) -> tuple[Any, list[str]]:
    asked: list[str] = []
    if monkeypatch:
        from pipeline.learning.ready import prepared

        def watched(texts: list[str], encoder: str, annotate: Any) -> list[tuple[str, str]]:
            asked.extend(texts)
            return prepared(texts, encoder, annotate)

        monkeypatch.setattr(anchors, "prepared", watched)
    found = anchors.whole(SETTINGS, folder / "codebook.yaml", folder / "guide.yaml", folder / "anchors", before)
    return frame("anchors", found["anchors"]), asked


def test_a_new_sentence_alone_is_made_ready_and_memory_changes_nothing(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    read(folder, a="codes,text,source\nA.eins,Da hilft einer.,I003\nA.zwei,Der Mietvertrag ist weg.,\n")
    first, asked = made(folder, None, monkeypatch)
    assert set(asked) == set(first["text"])
    assert "source" not in first.columns  # it may name an interview
    read(folder, a="codes,text\nA.eins,Da hilft einer.\nA.zwei,Der Mietvertrag ist weg.\nA.zwei,Neu ist das hier.\n")
    again, asked = made(folder, first, monkeypatch)
    assert asked == ["Neu ist das hier."]
    fresh, _ = made(folder, None)
    assert again.equals(fresh)
    assert "mietvertrag" in set(" ".join(fresh["words"]).split())
    (folder / "anchors" / "a.csv").unlink()
    less, asked = made(folder, again, monkeypatch)
    assert asked == []
    assert less.equals(made(folder, None)[0])


def test_what_the_model_needs_of_categories_is_told(folder: Path) -> None:
    found = anchors.whole(SETTINGS, folder / "codebook.yaml", folder / "guide.yaml", folder / "anchors", None)
    assert [(row["code"], row["parent"], row["coded"]) for row in found["scheme"]] == [("A", "", "no"), ("A.eins", "A", "yes"), ("A.zwei", "A", "yes")]
