"""What an edit of the codebook does, and a passage explained."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from conftest import run

from pipeline import effect
from pipeline.effects import page, versions
from pipeline.effects.compare import compare, summary
from pipeline.passages import material_of
from pipeline.places import Places
from pipeline.problems import Stop
from pipeline.why import why
from pipeline.wording import NOT_QUOTABLE

BOOK = "codes:\n  - id: A\n    label: a\n    match: [{A}]\n  - id: B\n    label: b\n    match: [{B}]\n"
TEXTS = ("Das Fest war gut.", "Der Park ist schön.", "Kein Fest ohne Musik.")


def rows(
    folder: Path, old: tuple[str, str], new: tuple[str, str], decisions: list[dict[str, object]] | None = None, texts: tuple[str, ...] = TEXTS
) -> list[dict[str, object]]:
    from pipeline.codebook import load

    books = []
    for name, (a, b) in (("alt", old), ("neu", new)):
        (folder / name).mkdir(exist_ok=True)
        path = folder / name / "codebook.yaml"
        path.write_text(BOOK.replace("{A}", a).replace("{B}", b), "utf-8")
        books.append(load(path))
    return compare(material_of(texts), books[0], books[1], decisions or [])


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


PARTED = ("Wir feiern ein Fest, weil das Fest uns gefällt.", "Das Fest war gut.")


def resized(folder: Path, old: tuple[str, str], new: tuple[str, str]) -> list[tuple[object, ...]]:
    found = rows(folder, old, new, texts=PARTED)
    return [(r["change"], r["code_before"], r["code"], r["turn"], r["reason"]) for r in found]


def test_another_unit_alone_is_a_change_of_its_own(tmp_path: Path) -> None:
    clause = "{term: Fest, unit: clause}"
    narrower = ("resized", "A", "A", 1, "enger gefasst")
    assert resized(tmp_path, (FEST, IDLE), (clause, IDLE)) == [narrower, narrower]
    wider = [row for row in resized(tmp_path, (clause, IDLE), (FEST, IDLE)) if row[3] == 1]
    assert wider == [("resized", "A", "A", 1, "weiter gefasst")]
    # the same code goes first, whichever other one comes to the same words
    assert [row[:3] for row in resized(tmp_path, (FEST, IDLE), (clause, clause)) if row[3] == 1] == [
        ("resized", "A", "A"), ("added", "", "B"), ("resized", "A", "A"), ("added", "", "B"),
    ]  # fmt: skip
    found = rows(tmp_path, (FEST, IDLE), (clause, IDLE), texts=PARTED)
    assert "2 ändern den Umfang" in summary(found, "alt", "neu")[0]
    assert b"Umfang ge" in page.to_html(found, "t", "alt", "neu")


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


@pytest.mark.long
@pytest.mark.usefixtures("ran")
def test_any_kept_version_can_be_compared(places: Places) -> None:
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


@pytest.mark.long
@pytest.mark.usefixtures("ran")
def test_a_withdrawn_interview_is_in_no_comparison(places: Places) -> None:
    edit(places, "- lemma: trainieren", "- lemma: kochen")
    run(places)
    (places.transcripts / "a_verein.txt").unlink()
    run(places)
    assert diff(places) == []
    assert "trainieren" not in (places.outputs / effect.PAGE).read_text("utf-8")


@pytest.mark.usefixtures("ran")
def test_a_kept_codebook_that_cannot_be_read_any_more_stops_nothing(places: Places) -> None:
    kept = versions.file_of(places, versions.known(places)[0][0])
    kept.write_text("codes: [{id: A, lable: x}]", "utf-8")
    edit(places, "- lemma: trainieren", "- lemma: kochen")
    assert "lässt sich nicht mehr lesen" in run(places).effect[0]


@pytest.mark.usefixtures("ran")
def test_a_kept_codebook_that_is_not_the_one_used_is_no_basis(places: Places) -> None:
    version = versions.known(places)[0][0]
    kept = versions.file_of(places, version)
    kept.write_text(kept.read_text("utf-8").replace("- lemma: trainieren", "- lemma: singen"), "utf-8")
    edit(places, "- lemma: trainieren", "- lemma: kochen")
    assert "wurde seither verändert" in run(places).effect[0]
    with pytest.raises(Stop, match="seither verändert"):
        effect.against(places, version)


@pytest.mark.long
def test_a_kept_codebook_has_both_folders_of_word_lists(places: Places) -> None:
    own, shared = places.codebooks / "lists", places.codebooks.parent / "_lists"
    for folder, word in ((own, "Probenraum"), (shared, "Turnhalle")):
        folder.mkdir()
        (folder / f"{word}.txt").write_text(word, "utf-8")
        (folder / "gleich.txt").write_text(f"{word}\n", "utf-8")
    path = places.codebooks / "codebook.yaml"
    path.write_text("include: [Probenraum, Turnhalle, gleich]\n" + path.read_text("utf-8"), "utf-8")
    run(places)
    version = versions.known(places)[0][0]
    edit(places, "- lemma: trainieren", "- lemma: kochen")
    (shared / "Turnhalle.txt").write_text("Sporthalle", "utf-8")
    run(places)
    folder = places.outputs / "history" / version
    assert (folder / "_lists" / "Turnhalle.txt").read_text("utf-8") == "Turnhalle"
    assert (folder / "study" / "lists" / "gleich.txt").read_text("utf-8") == "Probenraum\n"
    assert (folder / "_lists" / "gleich.txt").read_text("utf-8") == "Turnhalle\n"
    assert versions.read(places, version).lists == {"Probenraum": ("Probenraum",), "Turnhalle": ("Turnhalle",), "gleich": ("Probenraum",)}


@pytest.mark.usefixtures("ran")
def test_what_is_missing_is_caught_up_though_nothing_else_changed(places: Places) -> None:
    edit(places, "- lemma: trainieren", "- lemma: kochen")
    run(places)
    version = versions.known(places)[-1][0]
    for path in (places.outputs / effect.PAGE, places.outputs / effect.TABLE, versions.file_of(places, version), places.outputs / "history" / versions.LOG):
        before = path.read_bytes()
        path.unlink()
        assert not run(places).fresh
        assert path.is_file()
        assert path.name == versions.LOG or path.read_bytes() == before
        assert run(places).fresh


@pytest.mark.long
@pytest.mark.usefixtures("ran")
def test_a_run_interrupted_before_its_record_tells_the_effect_again(places: Places, monkeypatch: pytest.MonkeyPatch) -> None:
    from pipeline import publish

    edit(places, "- lemma: trainieren", "- lemma: kochen")

    def interrupted(*given: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(publish, "record", interrupted)
    with pytest.raises(KeyboardInterrupt):
        run(places)
    monkeypatch.undo()
    again = run(places)
    assert "1 entfallen" in again.effect[0]
    assert [r["change"] for r in diff(places)] == ["dropped"]
    assert len(versions.known(places)) == 2


@pytest.mark.long
@pytest.mark.usefixtures("ran")
def test_a_comparison_somebody_asked_for_stays_while_nothing_changes(places: Places) -> None:
    first = versions.known(places)[0][0]
    for old, new in (("trainieren", "kochen"), ("kochen", "feiern")):
        edit(places, f"- lemma: {old}", f"- lemma: {new}")
        run(places)
    effect.against(places, first)
    page = (places.outputs / effect.PAGE).read_bytes()
    assert run(places).fresh
    assert (places.outputs / effect.PAGE).read_bytes() == page


HEAD = "file;speaker;person;scope;machine;minor;parents;date;expires;note\n"


def consents(places: Places, scope: str = "analysis+quotes", expires: str = "") -> None:
    files = ("a_verein.txt", "b_rat.md", "c_workshop.txt")
    rows = "".join(f"{name};;P{n};{scope};ja;nein;;2026-01-01;{expires};\n" for n, name in enumerate(files))
    places.private.mkdir(parents=True, exist_ok=True)
    (places.private / "consent.csv").write_text(HEAD + rows, "utf-8")


@pytest.mark.long
def test_the_comparison_follows_consents(places: Places) -> None:
    consents(places)
    run(places)
    edit(places, "- lemma: trainieren", "- lemma: kochen")
    run(places)
    assert "trainieren" in diff(places)[0]["quote"]
    consents(places, "analysis")
    assert "coding" not in run(places).worked
    assert [(r["quote"], r["matched"]) for r in diff(places)] == [(NOT_QUOTABLE, "")]
    page = (places.outputs / effect.PAGE).read_text("utf-8")
    assert NOT_QUOTABLE in page
    assert "jeden Mittwoch" not in page


def test_consents_that_ended_stop_looking(places: Places) -> None:
    from pipeline.check import REPORT, check
    from pipeline.explore import explore

    consents(places)
    run(places)
    version = versions.known(places)[0][0]
    assert check(places).problems == []
    assert (places.outputs / REPORT).is_file()
    consents(places, expires="2026-02-01")
    with pytest.raises(Stop) as stop:
        explore(places, {"WORD": "Raum"})
    for look in (lambda: why(places, "keinen Raum"), lambda: effect.against(places, version)):
        with pytest.raises(Stop) as other:
            look()
        assert other.value.problems == stop.value.problems
    assert check(places).problems == stop.value.problems
    assert not (places.outputs / REPORT).exists()


def test_why_shows_no_words_of_people_who_may_not_be_quoted(places: Places) -> None:
    consents(places, "analysis")
    run(places)
    lines = "\n".join(why(places, "der verein hat ja KEINEN raum"))
    assert lines.startswith("I002, Beitrag 4")
    assert NOT_QUOTABLE in lines
    assert "BED.raum codiert" in lines
    assert "zählt nicht: verneint" in lines
    for words in ("keinen", "Verein hat", "Kirche"):
        assert words not in lines
    assert "Wer arbeitet" in "\n".join(why(places, "Wer arbeitet mit wem zusammen"))


@pytest.mark.usefixtures("ran")
def test_looking_at_results_that_are_out_of_date_says_so(places: Places) -> None:
    from pipeline.check import check

    version = versions.known(places)[0][0]
    edit(places, "- lemma: trainieren", "- lemma: kochen")  # all three apply today's codebook
    assert not why(places, "keinen Raum")[0].startswith("Achtung")
    assert not effect.against(places, version)[0].startswith("Achtung")
    assert not any(line.startswith("Achtung") for line in check(places).advice)
    text = places.transcripts / "a_verein.txt"
    text.write_text(text.read_text("utf-8") + "\n\nB: Noch etwas.\n", "utf-8")
    told = "Achtung: Die Ergebnisse sind nicht aktuell (Transkripte einlesen"
    assert why(places, "keinen Raum")[0].startswith(told)
    assert effect.against(places, version)[0].startswith(told)
    assert any(line.startswith(told) for line in check(places).advice)


@pytest.mark.usefixtures("ran")
@pytest.mark.parametrize("data", [b"", b"\xff" * 40, b"\x10\0\0\0\0\0\0\0[1, 2, 3]       ", None])
def test_a_damaged_or_older_index_counts_as_none(places: Places, data: bytes | None) -> None:
    from pipeline.check import check
    from pipeline.explore import explore
    from pipeline.matchers.mapped import pack, unpack

    path = places.outputs / "work" / "index" / "index.bin"
    whole = path.read_bytes()
    older = pack({name: array for name, array in unpack(path).items() if name != "texts"})
    for bad in (data, whole[: len(whole) // 2]) if data is not None else (older,):
        path.write_bytes(bad)
        assert "Noch ist nichts ausgewertet" in why(places, "keinen Raum")[0]
        assert any("erst nach »make analyze«" in line for line in check(places).advice)
        with pytest.raises(Stop, match="make analyze"):
            effect.against(places, versions.known(places)[0][0])
        with pytest.raises(Stop, match="make analyze"):
            explore(places, {"WORD": "Raum"})
    run(places)
    assert path.read_bytes() == whole
    assert "I002" in why(places, "der Verein hat ja keinen Raum")[0]


@pytest.mark.usefixtures("ran")
def test_an_index_of_other_texts_is_not_used(places: Places) -> None:
    from pipeline.explore import explore

    path = places.outputs / "tables" / "turns.csv"
    path.write_text(path.read_text("utf-8-sig").replace("Mittwoch", "Freitags"), "utf-8-sig")
    assert "Noch ist nichts ausgewertet" in why(places, "keinen Raum")[0]
    with pytest.raises(Stop, match="passen nicht zusammen"):
        explore(places, {"WORD": "Raum"})


@pytest.mark.usefixtures("ran")
def test_names_in_codebooks_warn_in_kept_ones_and_in_comparisons_with_them_too(places: Places) -> None:
    (places.codebooks / "lists").mkdir()
    (places.codebooks / "lists" / "wer.txt").write_text("Kaya\n", "utf-8")
    edit(places, "title:", "include: [wer]\ntitle:")
    edit(places, "- lemma: trainieren", "- term: Kaya")
    (told,) = run(places).warnings
    version = versions.known(places)[-1][0]
    assert f"history/{version}/study/codebook.yaml" in told
    assert f"history/{version}/study/lists/wer.txt" in told or "weiteren" in told
    assert "lists/wer.txt, Zeile 1" in told or "codebook.yaml, Zeile" in told  # where the researchers wrote it


@pytest.mark.long
def test_a_name_in_a_rule_that_is_no_more_only_warns(places: Places) -> None:
    named = places.transcripts / "b_rat.md"
    text = named.read_bytes()
    named.unlink()
    edit(places, "- lemma: trainieren", '- regex: "Kaya|trainieren"')
    run(places)
    named.write_bytes(text)  # only now somebody bears the name
    edit(places, '- regex: "Kaya|trainieren"', "- lemma: kochen")
    outcome = run(places)
    assert any(effect.PAGE in line for line in outcome.warnings)
    assert "kaya" in diff(places)[0]["rule_before"].lower()


@pytest.mark.usefixtures("ran")
def test_a_name_that_was_said_stops_before_the_comparison_is_written(places: Places, monkeypatch: pytest.MonkeyPatch) -> None:
    edit(places, "- lemma: trainieren", "- lemma: kochen")
    before = {path: path.read_bytes() for path in (places.outputs / effect.PAGE, places.outputs / effect.TABLE)}
    monkeypatch.setattr(page, "quotable", lambda rows, may_quote: [{**rows[0], "quote": "Frau Kaya trainiert."}])
    with pytest.raises(Stop, match="codebook_diff"):
        run(places)
    assert {path: path.read_bytes() for path in before} == before
    assert len(versions.known(places)) == 1


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
