"""What an edit of the codebook does, and a passage explained."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from conftest import run

from pipeline import effect
from pipeline.effects import versions
from pipeline.effects.compare import compare, summary
from pipeline.passages import material_of
from pipeline.places import Places
from pipeline.problems import Stop
from pipeline.why import why

BOOK = "codes:\n  - id: A\n    label: a\n    match: [{A}]\n  - id: B\n    label: b\n    match: [{B}]\n"
TEXTS = ("Das Fest war gut.", "Der Park ist schön.", "Kein Fest ohne Musik.")


def rows(folder: Path, old: tuple[str, str], new: tuple[str, str], decisions: list[dict[str, object]] | None = None) -> list[dict[str, object]]:
    from pipeline.codebook import load

    books = []
    for name, (a, b) in (("alt", old), ("neu", new)):
        (folder / name).mkdir(exist_ok=True)
        path = folder / name / "codebook.yaml"
        path.write_text(BOOK.replace("{A}", a).replace("{B}", b), "utf-8")
        books.append(load(path))
    return compare(material_of(TEXTS), books[0], books[1], decisions or [])


FEST, PARK, IDLE = "{term: Fest}", "{term: Park}", "{term: Kirche}"


def test_added_dropped_moved(tmp_path: Path) -> None:
    found = rows(tmp_path, (FEST, IDLE), (FEST, PARK))
    assert [(r["change"], r["code"], r["rule"], r["quote"]) for r in found] == [("added", "B", "B|term|park", "Der Park ist schön.")]
    found = rows(tmp_path, (FEST, PARK), (FEST, IDLE))
    assert [(r["change"], r["code_before"], r["reason"]) for r in found] == [("dropped", "B", "keine Regel trifft mehr")]
    found = rows(tmp_path, (FEST, IDLE), (IDLE, FEST))
    assert [(r["change"], r["code_before"], r["code"]) for r in found] == [("moved", "A", "B")]


def test_a_coding_that_no_longer_counts_says_why(tmp_path: Path) -> None:
    found = rows(tmp_path, ("{term: Fest, counts: [affirmed, negated]}", IDLE), ("{term: Fest, counts: [affirmed]}", IDLE))
    assert [(r["turn"], r["change"], r["reason"]) for r in found] == [(3, "dropped", "verneint")]


def test_decisions_that_are_touched(tmp_path: Path) -> None:
    decision = {"doc": "x", "turn": 2, "start": 0, "end": 12, "code": "B", "coder": "mk", "action": "accept"}
    found = rows(tmp_path, (FEST, PARK), (FEST, IDLE), [decision])
    assert found[0]["decision"] == "mk: accept"
    assert any("Menschen schon entschieden" in line for line in summary(found, "alt", "neu"))


def test_the_summary_is_at_most_five_lines(tmp_path: Path) -> None:
    decision = {"doc": "x", "turn": 2, "start": 0, "end": 12, "code": "B", "coder": "mk", "action": "accept"}
    found = rows(tmp_path, (FEST, PARK), (PARK, "{term: gut}"), [decision])
    lines = summary(found, "alt", "neu")
    assert 2 <= len(lines) <= 5
    assert "alt → neu" in lines[0]
    assert summary([], "alt", "neu") == ["Wirkung der Änderung am Codebuch (alt → neu): an den Codierungen ändert sich nichts."]


def edit(places: Places, old: str, new: str) -> None:
    path = places.codebooks / "codebook.yaml"
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")


def diff(places: Places) -> list[dict[str, str]]:
    with (places.outputs / effect.TABLE).open(encoding="utf-8-sig", newline="") as handle:
        return list(csv.DictReader(handle))


def test_each_run_compares_with_the_last_different_codebook(places: Places) -> None:
    assert run(places).effect == []
    assert "keine frühere Fassung" in (places.outputs / effect.PAGE).read_text("utf-8")
    edit(places, "- lemma: trainieren", "- lemma: kochen")
    lines = run(places).effect
    assert "1 entfallen" in lines[0]
    assert [(r["change"], r["code_before"]) for r in diff(places)] == [("dropped", "ENG.verein")]
    page = (places.outputs / effect.PAGE).read_text("utf-8")
    assert "<mark>trainieren</mark>" in page
    (places.codebooks / "cases.csv").write_text((places.codebooks / "cases.csv").read_text("utf-8-sig") + "\n", "utf-8")
    assert run(places).effect == []  # the codebook is the same as in the run before
    assert [(r["change"], r["code_before"]) for r in diff(places)] == [("dropped", "ENG.verein")]


def test_any_kept_version_can_be_compared(places: Places) -> None:
    run(places)
    first = versions.known(places)[0][0]
    edit(places, "- lemma: trainieren", "- lemma: kochen")
    run(places)
    edit(places, "- lemma: kochen", "- lemma: feiern")
    run(places)
    assert len(versions.known(places)) == 3
    assert any(first in line for line in effect.against(places, ""))
    assert "(" + first in effect.against(places, first[:6])[0]
    assert {r["change"] for r in diff(places)} == {"added", "dropped"}
    with pytest.raises(Stop, match="nicht aufbewahrt"):
        effect.against(places, "zzz")


def test_a_withdrawn_interview_is_in_no_comparison(places: Places) -> None:
    run(places)
    edit(places, "- lemma: trainieren", "- lemma: kochen")
    run(places)
    (places.transcripts / "a_verein.txt").unlink()
    run(places)
    assert diff(places) == []
    assert "trainieren" not in (places.outputs / effect.PAGE).read_text("utf-8")


def test_a_kept_codebook_that_cannot_be_read_any_more_stops_nothing(places: Places) -> None:
    run(places)
    kept = places.outputs / "history" / versions.known(places)[0][0] / "codebook.yaml"
    kept.write_text("codes: [{id: A, lable: x}]", "utf-8")
    edit(places, "- lemma: trainieren", "- lemma: kochen")
    assert "lässt sich nicht mehr lesen" in run(places).effect[0]


def test_why_tells_rule_words_stance_and_what_nearly_was(places: Places) -> None:
    free = why(places, "Wir haben keinen Raum.")
    assert "noch ist nichts ausgewertet" in free[0].lower()
    run(places)
    lines = "\n".join(why(places, "der verein hat ja KEINEN raum"))
    assert "I002, Beitrag 4" in lines
    assert "BED.raum codiert" in lines
    assert "keinen Raum" in lines
    assert "POT.raum zählt nicht: verneint" in lines
    assert "verneint durch »keinen«" in lines
    assert "nie codiert" in "\n".join(why(places, "Wer arbeitet mit wem zusammen"))
    assert "steh" in why(places, "Diese Wörter fielen nie.")[0]
    with pytest.raises(Stop, match="Bitte eine Stelle nennen"):
        why(places, " … ")


@pytest.mark.parametrize(
    ("rule", "text", "told"),
    [
        ("phrase: Nachbar helfen", "Die Nachbarn, also die von drüben, die helfen immer.", "weiter auseinander"),
        ("phrase: Nachbar gern helfen", "Die Nachbarn helfen.", "es fehlt nur »gern«"),
        ("term: Nachbarin", "Die Nachbarinnen helfen.", "»lemma: nachbarin« fände sie"),
        ("compound: Nachbarschaft\n    at: head", "Die Nachbarschaftshilfe läuft.", "nicht als letzter"),
        ("compound: Raum\n    none: [{lemma: Zeit}]", "Der Raum ist lange Zeit leer.", "die Bedingung"),
    ],
)
def test_what_nearly_hit(tmp_path: Path, rule: str, text: str, told: str) -> None:
    from pipeline.codebook import load
    from pipeline.coders.nearly import nearly

    path = tmp_path / "codebook.yaml"
    path.write_text(f"codes:\n- id: A\n  label: a\n  match:\n  - {rule}\n", "utf-8")
    material = material_of([text])
    found = nearly(material, load(path), 0, len(material.index))
    assert [told in near.why for near in found] == [True]
