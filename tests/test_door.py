"""The door as people use it: verbs, messages, exit statuses, names with blanks and apostrophes."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from conftest import HERE, carry, lay_out

from pipeline.places import Places
from pipeline.stages import STAGES

REPO = HERE.parent


def call(*words: str, cwd: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    env = {**{k: v for k, v in os.environ.items() if k not in ("STUDY", "TRANSCRIPTS", "CODEBOOKS", "OUTPUTS", "PRIVATE", "NAME")},
           "PYTHONPATH": str(REPO), "PYTHONIOENCODING": "utf-8", **environment}  # fmt: skip
    return subprocess.run(
        [sys.executable, "-m", "pipeline", *words], cwd=cwd, env=env, capture_output=True, text=True, encoding="utf-8"
    )


def test_help_lists_every_verb(tmp_path: Path) -> None:
    done = call("help", cwd=tmp_path)
    assert done.returncode == 0
    for verb in ("analyze", "status", "stage", "new", "check", "fresh", "test", "bench"):
        assert f"  {verb} " in done.stdout


def test_an_unknown_verb_is_answered_with_the_nearest(tmp_path: Path) -> None:
    done = call("analyse", cwd=tmp_path)
    assert done.returncode == 2
    assert "Meinten Sie »analyze«?" in done.stderr


def test_a_study_with_a_difficult_name_from_empty_folder_to_report(tmp_path: Path) -> None:
    name = "Köln's »Süd« & mehr"
    places = lay_out(tmp_path, name)
    done = call("analyze", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert "3 Transkripte gelesen" in done.stdout
    assert (places.outputs / "report.html").is_file()
    again = call("analyze", cwd=tmp_path)
    assert "Alles ist aktuell" in again.stdout
    status = call("status", cwd=tmp_path)
    assert status.stdout.count("aktuell") == len(STAGES)


def test_no_transcripts_is_a_clear_message(tmp_path: Path) -> None:
    places = lay_out(tmp_path)
    for path in places.transcripts.iterdir():
        path.unlink()
    done = call("analyze", cwd=tmp_path)
    assert done.returncode == 1
    assert "Hier liegen keine Transkripte" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.long
def test_bad_files_do_not_stop_the_run(tmp_path: Path) -> None:
    places = lay_out(tmp_path)
    (places.transcripts / "leer.txt").write_bytes(b"")
    (places.transcripts / "kaputt.docx").write_bytes(b"PK\x03\x04kaputt")
    (places.transcripts / "bild.jpg").write_bytes(b"\xff\xd8\xff\xe0")
    (places.transcripts / "doppelt.txt").write_bytes((places.transcripts / "a_verein.txt").read_bytes())
    (places.transcripts / "~$sperre.docx").write_bytes(b"x" * 162)
    (places.transcripts / "weg.txt").symlink_to("/etc/hostname")
    done = call("analyze", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert "3 Transkripte gelesen" in done.stdout
    report = (places.outputs / "report.html").read_text("utf-8")
    for name in ("leer.txt", "kaputt.docx", "bild.jpg", "doppelt.txt"):
        assert name in done.stdout
        assert name in report
    assert "sperre" not in report
    hostname = Path("/etc/hostname").read_text().strip() if Path("/etc/hostname").exists() else ""
    if hostname:
        turns = (places.outputs / "tables" / "turns.csv").read_text("utf-8-sig")
        assert hostname not in turns


@pytest.mark.long
def test_only_bad_files_still_give_a_report(tmp_path: Path) -> None:
    places = lay_out(tmp_path)
    for path in places.transcripts.iterdir():
        path.unlink()
    (places.transcripts / "leer.txt").write_bytes(b"")
    done = call("analyze", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert "Es konnte kein Gespräch gelesen werden" in (places.outputs / "report.html").read_text("utf-8")


def test_a_broken_codebook_is_named_with_its_line(tmp_path: Path) -> None:
    places = lay_out(tmp_path)
    path = places.codebooks / "codebook.yaml"
    path.write_text(path.read_text("utf-8").replace('phrase: "kein Raum"', 'frase: "kein Raum"'), "utf-8")
    done = call("analyze", cwd=tmp_path)
    assert done.returncode == 1
    line = path.read_text("utf-8").split("\n").index('          - frase: "kein Raum"') + 1
    assert (
        f"codebooks/klein/codebook.yaml:{line}: Unbekannter Schlüssel »frase«. Meinten Sie »phrase«?"
        in done.stderr.replace("\\", "/")
    )


def test_a_new_study_can_be_laid_out_and_checked(tmp_path: Path) -> None:
    (tmp_path / "codebooks").mkdir()
    import shutil

    shutil.copytree(REPO / "codebooks" / "demo", tmp_path / "codebooks" / "demo")
    done = call("new", cwd=tmp_path, STUDY="neu")
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "private" / "neu").stat().st_mode & 0o077 == 0
    settings = (tmp_path / "codebooks" / "neu" / "study.yaml").read_text("utf-8")
    assert "fictional: nein" in settings
    assert re.search(r"(?m)^  number: 0 +# nach wie vielen Themen", settings)  # what the demo set is the demo's
    # Nobody has decided anything yet: the demo's decisions stay the demo's, the columns stand ready.
    assert [(tmp_path / "codebooks" / "neu" / name).read_text("utf-8").count("\n") for name in ("decisions.csv", "reviewed.csv")] == [1, 1]
    assert list((tmp_path / "codebooks" / "neu" / "anchors").glob("*.csv"))
    again = call("new", cwd=tmp_path, STUDY="neu")
    assert "Alles ist schon da" in again.stdout
    assert "Alles in Ordnung" in call("check", cwd=tmp_path, STUDY="neu").stdout
    empty = call("analyze", cwd=tmp_path, STUDY="neu")
    assert empty.returncode == 1
    assert "keine Transkripte" in empty.stderr


def test_the_demo_codebook_keeps_its_own_examples(tmp_path: Path) -> None:
    done = call("check", cwd=REPO, STUDY="demo")
    assert done.returncode == 0, done.stderr
    assert "Alles in Ordnung" in done.stdout


def test_check_names_examples_that_rules_miss_or_hit(tmp_path: Path) -> None:
    places = lay_out(tmp_path)
    path = places.codebooks / "codebook.yaml"
    path.write_text(
        path.read_text("utf-8")
        .replace('"Die Nachbarn helfen nicht."', '"Die Nachbarn helfen."')
        .replace("Wir trainieren die Kinder.", "Wir singen."),
        "utf-8",
    )
    done = call("check", cwd=tmp_path)
    assert done.returncode == 1
    assert "Das Gegenbeispiel »Die Nachbarn helfen.« wird von ENG.nachbar getroffen" in done.stderr
    assert "Das Ankerbeispiel »Wir singen.« findet keine Regel von ENG.verein" in done.stderr


@pytest.mark.long
def test_fresh_deletes_caches_only(tmp_path: Path, finished: Places) -> None:
    places = carry(finished, lay_out(tmp_path))
    before = (places.outputs / "report.html").read_bytes()
    done = call("fresh", cwd=tmp_path)
    assert "gelöscht" in done.stdout
    assert not (places.outputs / "work").exists()
    assert (places.private / "documents.csv").is_file()
    call("analyze", cwd=tmp_path)
    assert (places.outputs / "report.html").read_bytes() == before


@pytest.mark.parametrize("words", [("stage",), ("stage", "cleen")])
def test_a_stage_must_be_named(tmp_path: Path, words: tuple[str, ...]) -> None:
    lay_out(tmp_path)
    done = call(*words, cwd=tmp_path)
    assert done.returncode == 2
    assert "clean" in done.stderr


def test_a_folder_that_may_not_be_written_is_named(tmp_path: Path) -> None:
    lay_out(tmp_path)
    (tmp_path / "outputs").write_text("eine Datei, wo ein Ordner sein soll", "utf-8")
    done = call("analyze", cwd=tmp_path)
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    assert "nicht schreiben" in done.stderr


@pytest.mark.long
def test_an_unforeseen_error_is_told_plainly_and_kept(tmp_path: Path) -> None:
    places = lay_out(tmp_path)
    (tmp_path / "sitecustomize.py").write_text(
        "import pipeline.findings\ndef broken(**_):\n    raise RuntimeError('kaputt')\npipeline.findings.whole = broken\n",
        "utf-8",
    )
    done = call("analyze", cwd=tmp_path, PYTHONPATH=f"{tmp_path}{os.pathsep}{REPO}")
    assert done.returncode == 3
    assert "(RuntimeError)" in done.stderr
    assert "kaputt" not in done.stderr  # what an error says may be a name
    assert "Traceback" not in done.stderr
    assert "in broken" in (places.private / "fehler.log").read_text("utf-8")


def test_names_may_follow_the_verb_as_with_make(tmp_path: Path) -> None:
    lay_out(tmp_path, "eins")
    places = lay_out(tmp_path, "zwei")
    assert "mehrere Studien" in call("analyze", cwd=tmp_path).stderr
    done = call("stage", "NAME=ingest", "STUDY=zwei", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert (places.outputs / "run.json").is_file()


def test_a_misspelt_study_makes_no_folders(tmp_path: Path) -> None:
    lay_out(tmp_path, "musterstadt")
    done = call("analyze", cwd=tmp_path, STUDY="mustrstadt")
    assert done.returncode == 1
    assert "Meinten Sie »musterstadt«?" in done.stderr
    assert not (tmp_path / "outputs").exists()
    assert not (tmp_path / "private").exists()


@pytest.mark.long
def test_control_signs_in_names_headers_and_lists_do_no_harm(tmp_path: Path) -> None:
    places = lay_out(tmp_path)
    (places.transcripts / "mit\ttab.txt").write_text("Gruppe: ve\x07rein\n\nI: Was?\n\nB: Wir trainieren.\n", "utf-8")
    (places.codebooks / "cases.csv").write_text("file;speaker;case;gruppe\na_verein;B;P\x07 1;pol\titik\n", "utf-8")
    done = call("analyze", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert "4 Transkripte gelesen" in done.stdout


def test_a_reader_who_has_had_enough_is_no_error(tmp_path: Path) -> None:
    done = subprocess.run(
        f"{sys.executable} -c \"import sys; sys.argv = ['x']; from pipeline import __main__ as door; "
        "door.VERBS = {'help': lambda *_: 0, 'status': lambda *_: door._print(str(n) for n in range(200000))}; "
        "sys.exit(door.main(['status', 'STUDY=x']))\" | head -1",
        shell=True, cwd=tmp_path, env={**os.environ, "PYTHONPATH": str(REPO)}, capture_output=True, text=True,
    )  # fmt: skip
    assert done.stdout == "0\n"
    assert done.stderr == ""
