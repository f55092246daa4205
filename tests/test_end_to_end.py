"""The data contract on a whole run, checked with this project's own code: every quote leads to the words in the file."""

from __future__ import annotations

import csv
import json
import re
import subprocess
import sys
from pathlib import Path

import pytest
from conftest import SHARED

from pipeline.offsets import back
from pipeline.places import Places
from pipeline.tables import PUBLIC, TABLES, columns, from_csv


def rows(places: Places, table: str) -> list[dict[str, str]]:
    folder = places.outputs if TABLES[table].place == PUBLIC else places.private
    with (folder / "tables" / f"{table}.csv").open(encoding="utf-8-sig", newline="") as handle:
        return list(csv.DictReader(handle))


@pytest.fixture(params=["finished", "demo"])
def done(request: pytest.FixtureRequest) -> Places:
    result: Places = request.getfixturevalue(request.param)
    return result


def test_every_quote_stands_where_it_says(done: Places) -> None:
    turns = {(t["doc"], t["turn"]): t for t in rows(done, "turns")}
    found = rows(done, "codings") + rows(done, "suggestions")
    assert len(rows(done, "codings")) > 2
    for row in found:
        turn = turns[row["doc"], row["turn"]]
        assert turn["text"][int(row["start"]) : int(row["end"])] == row["quote"]
        assert turn["role"] in ("respondent", "unknown")


def test_every_quote_leads_to_the_same_words_in_the_raw_file(done: Places) -> None:
    raw = {(t["doc"], t["turn"]): t["text"] for t in rows(done, "turns_raw")}
    steps: dict[tuple[str, str], list[list[tuple[int, int, int, int]]]] = {}
    for number, (table, names) in enumerate(
        (
            ("changes", ("raw_start", "raw_end", "clean_start", "clean_end")),
            ("replacements", ("clean_start", "clean_end", "start", "end")),
        )
    ):
        for row in rows(done, table):
            a, b, c, d = (int(row[n]) for n in names)
            steps.setdefault((row["doc"], row["turn"]), [[], []])[number].append((a, b, c, d))
    checked = 0
    for row in rows(done, "codings"):
        key = (row["doc"], row["turn"])
        first = start = int(row["start"])
        end = int(row["end"])
        replaced = [(c, d) for _, _, c, d in steps.get(key, [[], []])[1]]
        for made in reversed(steps.get(key, [[], []])):
            start, end = back(made, start, end)
        words = raw[key][start:end].lower()
        own = [
            m.group().strip(".,;:!?…").lower()
            for m in re.finditer(r"\S+", row["quote"])
            if not any(c < first + m.end() and first + m.start() < d for c, d in replaced) and "[" not in m.group()
        ]
        kept = [word for word in own if word in words]
        assert len(kept) >= len(own) - 1, (row["quote"], words)
        checked += 1
    assert checked > 2


def test_text_files_turns_are_slices_of_the_file(done: Places) -> None:
    from pipeline.readers import read_file

    turns = rows(done, "turns_raw")
    texts = {}
    for source in rows(done, "sources"):
        if source["status"] == "ok" and source["format"] in ("txt", "md"):
            texts[source["doc"]] = read_file(done.transcripts / source["file"]).text
    assert texts
    for turn in turns:
        if turn["doc"] in texts:
            at = int(turn["offset"])
            assert texts[turn["doc"]][at : at + len(turn["text"])] == turn["text"]


def test_tables_hold_what_the_contract_says(done: Places) -> None:
    from pipeline import tables
    from pipeline.study import load

    extra = tuple(load(done.codebooks / "study.yaml").variables)
    for name, table in TABLES.items():
        if table.place == PUBLIC:
            path = done.outputs / "tables" / f"{name}.csv"
            raw = path.read_bytes()
            assert raw.startswith(b"\xef\xbb\xbf"), name
            assert b"\r" not in raw, name
            data = from_csv(path)
            assert list(data.columns) == list(columns(name, extra)), name
            assert tables.check(name, data, extra) == []


def test_turns_count_from_one_and_nothing_of_the_interviewer_is_coded(done: Places) -> None:
    by_doc: dict[str, list[int]] = {}
    for turn in rows(done, "turns"):
        by_doc.setdefault(turn["doc"], []).append(int(turn["turn"]))
    assert by_doc
    for numbers in by_doc.values():
        assert numbers == list(range(1, len(numbers) + 1))


def test_the_record_of_the_run_says_what_it_depends_on(done: Places) -> None:
    record = json.loads((done.outputs / "run.json").read_text("utf-8"))
    assert record["versions"]["spacy"]
    assert record["seed"]
    assert record["settings"]["title"]
    assert set(record["stages"]["coding"]["depends_on"]["files"]) == {
        "codebook.yaml",
        "guide.yaml",
        "decisions.csv",
        "reviewed.csv",
        "handcoded/",
        "codebook_versions.csv",
        "queues/",
    }
    names = {p.name for p in done.transcripts.iterdir()}
    assert not any(name in json.dumps(record, ensure_ascii=False) for name in names)


def test_the_data_package_describes_every_public_table(done: Places) -> None:
    package = json.loads((done.outputs / "datapackage.json").read_text("utf-8"))
    described = {r["name"]: [f["name"] for f in r["schema"]["fields"]] for r in package["resources"]}
    for name, fields in described.items():
        header = (done.outputs / "tables" / f"{name}.csv").read_text("utf-8-sig").split("\n", 1)[0]
        assert header.split(",") == fields
    assert len(described) == sum(t.place == PUBLIC for t in TABLES.values())


def test_a_second_contract_checker_agrees(done: Places) -> None:
    checker = SHARED / "check" / "contract.py"
    if not checker.is_file():
        pytest.skip("no second contract checker beside the project")
    result = subprocess.run([sys.executable, str(checker), str(done.outputs)], capture_output=True, text=True)
    assert result.returncode == 0, result.stdout


REAL_TURNS = {"nnProf_transkript.md": 66, "nnProf4 _transkript.md": 191, "nnWMA2_transkript.md": 60,
              "NodeGrade_paper_ECSEE_qualitative_data_interview1_german.docx": 13,
              "NodeGrade_paper_ECSEE_qualitative_data_interview2_german.docx": 19}  # fmt: skip


def test_real_interviews_are_read_turn_by_turn(tmp_path: Path) -> None:
    folder = SHARED / "data" / "interviews-real"
    if not folder.is_dir():
        pytest.skip("no real interviews beside the project")
    from conftest import run

    demo = Path(__file__).parent.parent / "codebooks" / "demo"
    places = Places("echt", folder, demo, tmp_path / "aus", tmp_path / "geheim")
    run(places, "pseudonymise")  # what comes after has its own run of another codebook
    named = {s["doc"]: s["file"] for s in rows(places, "sources")}  # in public tables names of files pass pseudonymisation
    documents = {named[d["doc"]]: d for d in rows(places, "documents")}
    assert set(documents) == {p.name for p in folder.iterdir()}
    assert {name: int(documents[name]["turns"]) for name in REAL_TURNS} == REAL_TURNS
    assert not {"Datum", "Ort", "Date", "Duration"} & {s["speaker"] for s in rows(places, "speakers")}
    protocol = documents["landtag-bw-16-01.pdf"]
    assert (protocol["status"], protocol["format"]) == ("ok", "pdf")
    assert "Spalten" in protocol["warnings"]
