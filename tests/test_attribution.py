"""Fairness of counts: what people say of others is an attribution, and what an interviewer said counts for nobody."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from conftest import lay_out, run

from pipeline.places import Places

SAID = (
    "Die bleiben unter sich.", "Na ja, die bleiben halt gern unter sich.", "Also meiner Erfahrung nach bleiben die unter sich.",
    "Die Familien da drüben, die bleiben unter sich.", "Bei denen ist das so, die bleiben unter sich.",
)  # fmt: skip
BOOK = """codes:
  - id: SEG
    label: Gründe
    children:
      - id: SEG.rueckzug
        label: Unter sich bleiben
        match:
          - phrase: "unter sich"
            gap: 0
          - phrase: "unter uns"
            gap: 0
"""
GUIDE = """questions:
  - id: L4
    text: Warum bleiben die Leute hier unter sich?
    leading: ja
    expects: [SEG.rueckzug]
  - id: L2
    text: Wie ist das Zusammenleben hier in Ihrem Viertel?
"""


def table(places: Places, name: str) -> list[dict[str, str]]:
    with (places.outputs / "tables" / f"{name}.csv").open(encoding="utf-8-sig", newline="") as handle:
        return list(csv.DictReader(handle))


def study(root: Path, answers: list[str], question: str) -> Places:
    places = lay_out(root)
    for path in places.transcripts.iterdir():
        path.unlink()
    for number, answer in enumerate(answers, 1):
        text = f"Gruppe: verein\n\nI: {question}\n\nB: {answer}\n\nI: Gut, dann vielen Dank.\n\nB: Gerne, schönen Tag noch.\n"
        (places.transcripts / f"amt {number}.txt").write_text(text, "utf-8")
    (places.codebooks / "codebook.yaml").write_text(BOOK, "utf-8")
    (places.codebooks / "guide.yaml").write_text(GUIDE, "utf-8")
    (places.codebooks / "cases.csv").unlink(missing_ok=True)
    return places


def test_five_officials_attribute_and_nobody_reports(tmp_path: Path) -> None:
    places = study(tmp_path, list(SAID), "Wie ist das Zusammenleben hier in Ihrem Viertel?")
    run(places)
    rows = table(places, "codings")
    assert [row["about"] for row in rows] == ["other group"] * 5
    figures = next(row for row in table(places, "findings_codes") if row["code"] == "SEG.rueckzug")
    # Nobody read them yet: they are told as proposals, beside what people gave.
    assert (figures["n_cases"], figures["n_about_self"], figures["n_about_others"]) == ("0", "0", "0")
    assert [figures[f"n_{name}_proposed"] for name in ("cases", "about_self", "about_others")] == ["5", "0", "5"]
    assert "eine Zuschreibung" in (places.outputs / "report.html").read_text("utf-8")


def test_one_who_reports_it_of_himself_is_not_overlooked(tmp_path: Path) -> None:
    places = study(tmp_path, [*SAID, "Wir bleiben halt unter uns, das ist bequemer."], "Wie ist das Zusammenleben hier in Ihrem Viertel?")
    run(places)
    assert sorted(row["about"] for row in table(places, "codings")) == ["other group"] * 5 + ["own group"]
    assert "eine Zuschreibung" not in (places.outputs / "report.html").read_text("utf-8")


@pytest.mark.parametrize("answer", ["Ja, genau.", "Ja, genau, die bleiben unter sich.", "Mhm, so ist das, unter sich."])
def test_mere_assent_adds_nothing_to_any_count(tmp_path: Path, answer: str) -> None:
    places = study(tmp_path, [answer] * 3, "Warum bleiben die Leute hier unter sich?")
    run(places)
    assert table(places, "codings") == []
    for name in ("findings_mentions", "findings_groups", "findings_cases", "findings_cooccurrence"):
        assert table(places, name) == []
    assert {row["n_mentions"] for row in table(places, "findings_codes")} == {"0"}
    assert {row["prompt"] for row in table(places, "suggestions")} <= {"assent"}
