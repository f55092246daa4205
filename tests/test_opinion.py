"""`make why` tells what the model makes of a passage: as it was told in the last run, and of a text that nobody said."""

from __future__ import annotations

import csv
import re
from pathlib import Path

import pytest
from conftest import lay_out, run

from pipeline.places import Places
from pipeline.why import why

SENTENCES = (
    "Die Nachbarin bringt mir Kuchen rüber.", "Wenn einer krank ist, kauft der Nachbar ein.", "Mein Nachbar hat den Schnee geschippt.",
    "Nebenan passen sie auf die Kinder auf.", "Die von unten leihen mir immer die Leiter, und Elfriede hilft auch.",
)  # fmt: skip


@pytest.fixture(scope="module")
def taught(tmp_path_factory: pytest.TempPathFactory) -> Places:
    places = lay_out(tmp_path_factory.mktemp("gelernt"))
    (places.codebooks / "anchors").mkdir()
    rows = [f"ENG.nachbar;{text}" for text in SENTENCES] + [f";Heute ist Dienstag, der Zug kam um {n} Uhr." for n in range(5)]
    (places.codebooks / "anchors" / "a.csv").write_text("\n".join(["codes;text", *rows]), "utf-8")
    run(places)
    return places


def test_a_text_that_nobody_said_is_judged_as_an_interview_of_its_own(taught: Places) -> None:
    lines = why(taught, "Der Nachbar bringt uns Suppe rüber, wenn einer krank ist.")
    at = next(n for n, line in enumerate(lines) if line.startswith("  Das Modell (vorgeschlagen wird ab 0,"))
    assert re.match(r"    ENG\.nachbar [01],\d\d ", lines[at + 1])
    assert "ähnlich wie »" in lines[at + 1]
    assert why(taught, "Der Nachbar bringt uns Suppe rüber, wenn einer krank ist.") == lines


def test_a_passage_is_told_with_the_chances_of_the_last_run(taught: Places) -> None:
    tables = taught.outputs / "tables"
    rows = [row for name in ("codings", "suggestions") for row in csv.DictReader((tables / f"{name}.csv").open(encoding="utf-8-sig"), delimiter=_separator(tables / f"{name}.csv"))]
    one = max((row for row in rows if row["coder"] == "model"), key=lambda row: float(row["score"].replace(",", ".")))
    lines = why(taught, one["quote"])
    score = f"{float(one['score'].replace(',', '.')):.2f}".replace(".", ",")
    assert any(line.startswith(f"    {one['code']} {score} ") for line in lines), lines


def test_an_edit_since_the_last_run_is_told_where_the_model_speaks(taught: Places) -> None:
    anchors = taught.codebooks / "anchors" / "a.csv"
    before = anchors.read_bytes()
    try:
        anchors.write_bytes(before + b"\nENG.nachbar;Die helfen mir alle hier im Haus.")
        assert why(taught, "Der Nachbar bringt Suppe.")[1].startswith("Achtung: ")
    finally:
        anchors.write_bytes(before)
    book = taught.codebooks / "codebook.yaml"
    text = book.read_bytes()
    try:
        book.write_bytes(text.replace(b"label: Nachbarschaftshilfe", b"label: Nachbarn"))
        lines = why(taught, "Der Nachbar bringt Suppe.")
        assert not any(line.startswith("Achtung") for line in lines)  # rules are those of today
        assert any("Stand des letzten Laufs, seither wurde etwas geändert" in line for line in lines)
    finally:
        book.write_bytes(text)


def test_where_the_model_is_switched_off_nothing_is_said_of_it(tmp_path: Path) -> None:
    places = lay_out(tmp_path)
    with (places.codebooks / "study.yaml").open("a", encoding="utf-8") as handle:
        handle.write("model:\n  use: nein\n")
    run(places)
    assert not any("Modell" in line for line in why(places, "Der Nachbar bringt Suppe."))


def _separator(path: Path) -> str:
    return max(",;\t", key=path.read_text("utf-8-sig").split("\n", 1)[0].count)
