"""The runner on the tiny study: what is redone and why, incremental = fresh, nothing left of what was taken away."""

from __future__ import annotations

import random
import shutil
from pathlib import Path

import pytest
from conftest import carry, lay_out, run

from pipeline import inputs, store
from pipeline.places import Places
from pipeline.problems import Stop
from pipeline.stages import STAGES
from pipeline.status import status
from pipeline.tables import from_csv

NOT_COMPARED = {"run.json", "codebook_diff.csv", "codebook_diff.html"}  # hold durations, or depend on earlier codebooks

FORMS = ["report", "document", "workbook"]

# The stages that answer the council's questions and draw pictures of the answers, in order.
ANSWERS = [stage.name for stage in STAGES if "findings_mentions" in stage.reads and stage.name not in FORMS]


def bytes_of(places: Places) -> dict[str, bytes]:
    return {
        p.relative_to(places.outputs).as_posix(): p.read_bytes()
        for p in sorted(places.outputs.rglob("*"))
        if p.is_file() and p.name not in NOT_COMPARED and "history" not in p.relative_to(places.outputs).parts
    }


def private_bytes(places: Places) -> dict[str, bytes]:
    return {
        p.relative_to(places.private).as_posix(): p.read_bytes()
        for p in sorted(places.private.rglob("*"))
        if p.is_file() and p.name not in ("state.json", "lock")
    }


def edit(path: Path, old: str, new: str) -> None:
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new), "utf-8")


def test_first_run_does_all_and_the_second_nothing(places: Places) -> None:
    first = run(places)
    assert list(first.worked) == [stage.name for stage in STAGES]
    again = run(places)
    assert again.fresh
    assert again.worked == {}
    assert all(why == [] for _, why in status(places, inputs.transcripts(places)))


@pytest.mark.usefixtures("ran")
def test_a_study_given_the_results_of_a_run_is_as_after_a_run_of_its_own(places: Places, tmp_path: Path) -> None:
    own = lay_out(tmp_path / "eigene")
    run(own)
    assert bytes_of(places) == bytes_of(own)
    assert private_bytes(places) == private_bytes(own)
    assert run(places).fresh
    assert all(why == [] for _, why in status(places, inputs.transcripts(places)))


@pytest.mark.usefixtures("ran")
def test_deleted_output_is_made_again(places: Places) -> None:
    before = bytes_of(places)
    (places.outputs / "report.html").unlink()
    (places.outputs / "tables" / "turns.csv").write_text("verändert", "utf-8")
    again = run(places)
    assert list(again.worked) == ["report"]
    assert bytes_of(places) == before


@pytest.mark.usefixtures("ran")
def test_an_edited_rule_touches_coding_and_what_follows(places: Places) -> None:
    edit(places.codebooks / "codebook.yaml", "lemma: trainieren", "lemma: trainieren  # Hinweis")
    whys = {stage.name: why for stage, why in status(places, inputs.transcripts(places))}
    assert whys["coding"] == ["Datei geändert: codebook.yaml"]
    assert whys["clean"] == []
    again = run(places)
    # A comment changes neither what is learnt nor a coding; whatever reads the codebook looks again, and report and Word document print it.
    readers = ["anchors", "llm", "coding"]
    assert list(again.worked) == [*readers, "cycle", "report", "document"]
    edit(places.codebooks / "codebook.yaml", "lemma: trainieren", "lemma: sitzen")
    assert list(run(places).worked) == [*readers, "quality", "cycle", "agreement", "crosswalk", "findings", *ANSWERS, *FORMS]


@pytest.mark.usefixtures("ran")
def test_a_setting_touches_its_stage_alone(places: Places) -> None:
    edit(places.codebooks / "study.yaml", "min_segments: 200", "min_segments: 201")
    again = run(places)
    assert list(again.worked) == ["discover", "pictures", *FORMS]  # they tell how much would be enough
    assert again.why["discover"] == ["Einstellung geändert: topics.min_segments"]


@pytest.mark.usefixtures("ran")
def test_an_edited_transcript_is_redone_alone(places: Places) -> None:
    pieces = {p.name for p in (places.outputs / "work" / "annotate").iterdir()}
    edit(places.transcripts / "a_verein.txt", "Suppe", "Kuchen")
    run(places)
    after = {p.name for p in (places.outputs / "work" / "annotate").iterdir()}
    assert {name.split(".")[0] for name in pieces - after} == {"I001"}
    assert "Kuchen" in (places.outputs / "report.html").read_text("utf-8")
    assert "Suppe mit" not in (places.outputs / "report.html").read_text("utf-8")


@pytest.mark.usefixtures("ran")
def test_a_renamed_transcript_keeps_its_number(places: Places) -> None:
    (places.transcripts / "a_verein.txt").rename(places.transcripts / "z neu 'Ä'.txt")
    run(places)
    rows = (places.outputs / "tables" / "documents.csv").read_text("utf-8-sig").splitlines()
    assert any(row.startswith("I001,z neu 'Ä'.txt,") for row in rows)


@pytest.mark.usefixtures("ran")
def test_a_removed_transcript_leaves_no_trace(places: Places) -> None:
    (places.transcripts / "b_rat.md").unlink()
    run(places)
    for folder in (places.outputs, places.private):
        for path in folder.rglob("*"):
            if path.is_file():
                content = path.read_bytes()
                assert b"kaya" not in content.lower(), path
                assert b"b_rat" not in content, path
                assert not path.name.startswith("I002."), path


@pytest.mark.usefixtures("ran")
def test_when_all_transcripts_are_gone_results_go_too(places: Places) -> None:
    for path in places.transcripts.iterdir():
        path.unlink()
    with pytest.raises(Stop, match="keine Transkripte"):
        run(places)
    left = [
        p for folder in (places.outputs, places.private) for p in folder.rglob("*")
        if p.is_file() and p.name not in ("lock", "writing.lock") and "history" not in p.parts  # codebooks that people wrote
    ]  # fmt: skip
    # A number tells nothing of anybody, and decisions that name I001 must never come to mean somebody else.
    assert [p.name for p in left] == ["highest-number.txt"]


@pytest.mark.long
@pytest.mark.usefixtures("ran")
def test_a_workbook_that_refuses_is_removed_by_the_next_run(places: Places, monkeypatch: pytest.MonkeyPatch) -> None:
    from pipeline.explore import explore

    explore(places, {"WORD": "Raum"})
    explore(places, {"NONE": "ja"})
    edit(places.transcripts / "a_verein.txt", "Suppe", "Kuchen")
    unlink = Path.unlink

    def refused(path: Path, missing_ok: bool = False) -> None:
        if path.name.startswith("wort_"):
            raise PermissionError(13, "geöffnet")
        unlink(path, missing_ok)

    monkeypatch.setattr(Path, "unlink", refused)
    for _ in range(2):  # nothing is up to date as long as it stays
        with pytest.raises(Stop, match="noch in Excel"):
            run(places)
    assert [p.name[:5] for p in (places.outputs / "explore").iterdir()] == ["wort_"]
    monkeypatch.undo()
    run(places)
    assert not (places.outputs / "explore").exists()
    assert run(places).fresh


def test_the_index_can_be_searched_for_what_is_left(finished: Places) -> None:
    from pipeline import traces

    found = traces.search([finished.outputs / "work" / "index"], set(), traces.pattern(["I002", "Nachbarn"]))
    assert found.blind == []
    assert found.looked == 1
    assert [hit.what for hit in found.hits] == ["Name"]
    assert traces.search([finished.outputs / "work" / "index"], set(), traces.pattern(["I009"])).hits == []


def test_same_input_in_two_folders_gives_the_same_bytes(tmp_path: Path) -> None:
    one, two = lay_out(tmp_path / "eins"), lay_out(tmp_path / "zwei")
    run(one)
    run(two)
    assert bytes_of(one) == bytes_of(two)
    assert len(bytes_of(one)) > 20


STEPS = ("edit", "rename", "add", "remove", "rule", "setting", "cases", "copy", "format", "file")


def change(places: Places, step: str, dice: random.Random) -> None:
    """One thing that a researcher may do."""
    files = sorted(places.transcripts.iterdir())
    if step == "edit":
        path = dice.choice(files)
        path.write_bytes(path.read_bytes() + b"\n\nB: Noch etwas.\n")
    elif step == "rename":
        path = dice.choice(files)
        path.rename(path.with_stem(path.stem + "_neu"))
    elif step == "add":
        text = f"I: Was machen Sie schon im Verein?\n\nB: Wir trainieren {dice.randint(2, 9)} Kinder.\n\nI: Gut.\n\nB: Ja.\n"
        (places.transcripts / f"neu_{dice.randint(0, 10**6)}.txt").write_text(text, "utf-8")
    elif step == "remove" and len(files) > 1:
        dice.choice(files).unlink()
    elif step == "rule":
        edit(
            places.codebooks / "codebook.yaml",
            'term: "Jugendtrain*"',
            f'term: "Jugendtrain*"\n          - term: neu{dice.randint(0, 10**6)}',
        )
    elif step == "setting":
        edit(
            places.codebooks / "study.yaml",
            "fictional: ja",
            f"clean: {{fillers: {dice.choice(['keep', 'drop'])}}}\nfictional: ja",
        )
    elif step == "copy":
        path = dice.choice(files)
        (places.transcripts / f"kopie_{dice.randint(0, 99)}{path.suffix}").write_bytes(path.read_bytes())
    elif step == "format":
        said = "".join(
            f"{n}\n00:00:{n:02d},000 --> 00:00:{n + 1:02d},000\nB: Satz Nummer {n} ist hier.\n\n" for n in range(1, 12)
        )
        text = "".join(f"B: Satz Nummer {n} ist hier.\n\n" for n in range(1, 12))
        (places.transcripts / "doppelt.srt").write_text(said, "utf-8")
        (places.transcripts / "doppelt.txt").write_text(text, "utf-8")
    elif step == "file":
        name = dice.choice(files).name
        edit(
            places.codebooks / "study.yaml",
            "fictional: ja",
            f"ingest: {{files: {{'{name}': {{read: nein}}}}}}\nfictional: ja",
        )
    elif step == "cases":
        with (places.codebooks / "cases.csv").open("a", encoding="utf-8") as handle:
            handle.write(f"a_verein,B,P{dice.randint(1, 5)},official,politik\n")


@pytest.mark.parametrize("seed", range(2))
def test_incremental_equals_fresh(tmp_path: Path, finished: Places, seed: int) -> None:
    dice = random.Random(seed)
    places = carry(finished, lay_out(tmp_path))
    steps = dice.sample(STEPS, 3)
    for step in steps:
        change(places, step, dice)
        run(places)
    fresh = Places("klein", places.transcripts, places.codebooks, tmp_path / "frisch", tmp_path / "geheim")
    fresh.private.mkdir()
    for name in ("documents.csv", "highest-number.txt", "pseudonyms.csv"):  # numbers and names once given are inputs
        shutil.copy(places.private / name, fresh.private)
    run(fresh)
    assert bytes_of(places) == bytes_of(fresh), steps
    assert private_bytes(places) == private_bytes(fresh), steps


def test_a_broken_codebook_stops_before_any_stage(places: Places) -> None:
    edit(places.codebooks / "codebook.yaml", "label: Engagement", "lable: Engagement")
    edit(places.codebooks / "study.yaml", "findings:", "findngs:")
    with pytest.raises(Stop) as stop:
        run(places)
    text = str(stop.value)
    assert "codebook.yaml:4: Unbekannter Schlüssel »lable«. Meinten Sie »label«?" in text
    assert "study.yaml" in text
    assert not (places.outputs / "work").exists()


def test_two_runs_at_once_are_refused(places: Places) -> None:
    with store.lock(places), pytest.raises(Stop, match="läuft schon ein Durchgang"):
        run(places)
    assert run(places).worked


def test_an_interrupted_run_is_completed_with_the_same_bytes(
    places: Places, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    calls = {"n": 0}
    write = store.write

    def failing(path: Path, data: bytes) -> str:
        calls["n"] += 1
        if calls["n"] == 40:
            raise KeyboardInterrupt
        return write(path, data)

    monkeypatch.setattr(store, "write", failing)
    with pytest.raises(KeyboardInterrupt):
        run(places)
    monkeypatch.undo()
    run(places)
    other = lay_out(tmp_path / "anders")
    run(other)
    assert bytes_of(places) == bytes_of(other)


@pytest.mark.usefixtures("ran")
def test_a_damaged_state_is_no_obstacle(places: Places) -> None:
    before = bytes_of(places)
    (places.private / "work" / inputs.STATE).write_text("{", "utf-8")
    run(places)
    assert bytes_of(places) == before


def test_private_folder_is_closed_and_nothing_is_written_elsewhere(places: Places, tmp_path: Path) -> None:
    run(places)
    assert places.private.stat().st_mode & 0o077 == 0
    written = {p.relative_to(tmp_path).parts[0] for p in tmp_path.rglob("*") if p.is_file()}
    assert written == {"transcripts", "codebooks", "outputs", "private"}
    assert {p.name for p in places.transcripts.iterdir()} == {
        p.name for p in (Path(__file__).parent / "study" / "transcripts").iterdir()
    }


def test_a_read_only_transcripts_folder_is_enough(places: Places) -> None:
    places.transcripts.chmod(0o555)
    try:
        assert run(places).worked
    finally:
        places.transcripts.chmod(0o755)


def test_one_stage_alone_runs_up_to_it(places: Places) -> None:
    outcome = run(places, only="clean")
    assert list(outcome.worked) == ["ingest", "clean"]
    assert not (places.outputs / "report.html").exists()
    assert "report" in run(places).worked


def test_real_names_stay_in_the_private_folder(finished: Places) -> None:
    for path in finished.outputs.rglob("*"):
        if path.is_file():
            content = path.read_bytes()
            assert b"kaya@example.org" not in content, path
            assert b"5550123" not in content, path
            assert b"Petra" not in content, path
    assert "kaya@example.org" in (finished.private / "tables" / "turns_raw.csv").read_text("utf-8")


def test_files_that_people_put_beside_results_stay(places: Places) -> None:
    own = [
        places.outputs / "work" / "diss" / "kapitel.docx",
        places.outputs / "tables" / "meine.csv",
        places.outputs / "work" / "daten.csv",
    ]
    for path in own:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("meins", "utf-8")
    run(places)
    assert store.remove_caches(places) > 5
    assert all(path.read_text("utf-8") == "meins" for path in own)
    assert not list((places.outputs / "work").rglob("*.parquet"))


def test_the_trace_of_a_failed_run_goes_with_the_next_one(places: Places) -> None:
    places.private.mkdir(parents=True)
    (places.private / "fehler.log").write_text("Frau Kaya", "utf-8")
    run(places)
    assert not (places.private / "fehler.log").exists()


def test_settings_that_name_people_stay_out_of_the_record(places: Places) -> None:
    settings = places.codebooks / "study.yaml"
    roles = "ingest: {roles: {Petra Lindemann: third}, files: {Gespräch Lindemann.txt: {read: nein}}}\n"
    settings.write_text(settings.read_text("utf-8") + roles, "utf-8")
    (places.transcripts / "Interview mit Frau K. Lindemann").write_text("I: Wie?\nB: So.\n", "utf-8")
    run(places)
    assert "Lindemann" not in (places.outputs / "run.json").read_text("utf-8")
    assert "lindemann" not in "".join(from_csv(places.outputs / "tables" / "documents.csv")["format"])
