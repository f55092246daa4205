"""What the council's questions are answered with, on whole runs: every place lies in respondents' words, every figure is what its passages are."""

from __future__ import annotations

import csv
import shutil
from pathlib import Path

import pytest
from conftest import SHARED, run

from pipeline.places import Places
from pipeline.tables import PUBLIC, TABLES

Row = dict[str, str]


def rows(places: Places, table: str) -> list[Row]:
    with (places.outputs / "tables" / f"{table}.csv").open(encoding="utf-8-sig", newline="") as handle:
        return list(csv.DictReader(handle))


@pytest.fixture(params=["finished", "demo"])
def done(request: pytest.FixtureRequest) -> Places:
    result: Places = request.getfixturevalue(request.param)
    return result


def test_every_place_lies_in_what_respondents_said(done: Places) -> None:
    turns = {(t["doc"], t["turn"]): t for t in rows(done, "turns")}
    checked = 0
    for name, table in TABLES.items():
        if not name.startswith("findings_") or table.place != PUBLIC or not {"doc", "turn", "start", "end"} <= set(table.columns):
            continue
        for row in rows(done, name):
            if not row["doc"]:  # a row that people added stands for no place, nor does a core statement beside its evidence
                assert row.get("state") in ("added", "lost") or row.get("kind") in ("title", "kind", "text", "figure"), (name, row)
                continue
            turn = turns[row["doc"], row["turn"]]
            assert 0 <= int(row["start"]) < int(row["end"]) <= len(turn["text"]), (name, row)
            assert turn["role"] in ("respondent", "unknown"), (name, row)
            checked += 1
    assert checked > 10


def test_what_is_cited_is_there(done: Places) -> None:
    mentions = {m["mention"]: m for m in rows(done, "findings_mentions")}
    cases, codes = {c["case"] for c in rows(done, "cases")}, {c["code"] for c in rows(done, "codes")}
    for name, table in TABLES.items():
        if not name.startswith("findings_") or table.place != PUBLIC or name == "findings_denials":
            continue
        for row in rows(done, name):
            if row.get("mention"):
                assert row["mention"] in mentions, (name, row)
            if row.get("basis") and row.get("mention"):
                assert mentions[row["mention"]]["basis"] == row["basis"] or name == "findings_common_groups", (name, row)
            if row.get("case") and row.get("state") != "lost" and "+" not in row["case"]:
                assert row["case"] in cases, (name, row)
            if row.get("code") and name not in ("findings_indicators", "findings_matrix"):
                assert row["code"] in codes or set(row["code"].split("+")) <= codes, (name, row)


def test_figures_by_code_are_those_of_the_mentions(done: Places) -> None:
    mentions = rows(done, "findings_mentions")
    for row in rows(done, "findings_codes"):
        own = [m for m in mentions if m["code"] == row["code"]]
        read = [m for m in own if m["basis"] == "reviewed"]
        assert (int(row["n_mentions"]), int(row["n_cases"])) == (len(read), len({m["case"] for m in read}))
        assert int(row["n_proposed"]) == len(own) - len(read)
        assert int(row["n_cases_asked"]) <= int(row["n_asked"])


def test_read_and_proposed_never_mix_and_a_denial_is_no_mention(done: Places) -> None:
    places = {(m["doc"], m["turn"], m["start"], m["end"], m["code"]) for m in rows(done, "findings_mentions")}
    for d in rows(done, "findings_denials"):
        assert "affirmed" not in d["stance"].split("+")
        assert d["basis"] == "reviewed"
        assert (d["doc"], d["turn"], d["start"], d["end"], d["code"]) not in places
    assert {m["basis"] for m in rows(done, "findings_mentions")} <= {"reviewed", "proposed"}


def test_a_statement_is_one_person_s_words_in_one_turn(demo: Places) -> None:
    turns = {(t["doc"], t["turn"]): t for t in rows(demo, "turns")}
    found = rows(demo, "findings_reasons")
    assert len(found) > 5
    for row in found:
        turn = turns[row["doc"], row["turn"]]
        assert row["case"] == turn["case"]
        for part in ("cause", "effect"):
            assert int(row["start"]) <= int(row[f"{part}_start"]) <= int(row[f"{part}_end"]) <= int(row["end"])
        assert turn["text"][int(row["sign_start"]) : int(row["sign_end"])].casefold() == row["sign"].casefold()


def test_nobody_is_shared_whom_nobody_asked(demo: Places) -> None:
    groups: dict[tuple[str, str], list[Row]] = {}
    for row in rows(demo, "findings_common_groups"):
        groups.setdefault((row["code"], row["basis"]), []).append(row)
    fields = rows(demo, "findings_common")
    assert {row["field"] for row in fields} >= {"differing", "affected", "open"}
    for row in fields:
        own = groups[row["code"], row["basis"]]
        asked = [g for g in own if int(g["n_asked"])]
        if row["field"] == "shared":
            assert len(asked) >= 2
            assert all(g["status"] == "voiced" for g in asked)
        if row["field"] == "differing":
            assert any(g["status"] in ("voiced", "both") for g in own)
            assert any(g["status"] in ("denied", "both") for g in own)


def test_what_people_wrote_is_in_the_results(demo: Places) -> None:
    inventory = {r["entry"]: r for r in rows(demo, "findings_inventory")}
    assert sum(r["state"] == "edited" for r in inventory.values()) >= 10
    assert sum(r["state"] == "added" for r in inventory.values()) >= 1
    assert sum(bool(r["summary"]) for r in rows(demo, "findings_summaries")) == 2
    assert sum(bool(r["paraphrase"]) for r in rows(demo, "findings_matrix")) >= 20
    page = (demo.outputs / "report.html").read_text("utf-8")
    assert "Wer nicht eingeladen ist, bringt den Tee" in page  # a sub-theme that people named
    assert "die eigene Stelle solle sich überflüssig machen" in page


def test_no_chapter_is_empty(demo: Places) -> None:
    from pipeline.sections.answers.words import QUESTIONS

    page = (demo.outputs / "report.html").read_text("utf-8")
    for number, anchor, _, title in QUESTIONS.values():
        start = page.index(f'<section id="{anchor}"')
        section = page[start : page.index("</section>", start)]
        assert title in section, anchor
        assert len(section) > 1500, (number, anchor)
        assert "kann die Studie so nicht beantworten" not in section


@pytest.mark.long
def test_another_subject_with_another_codebook_says_what_does_not_apply(tmp_path: Path) -> None:
    folder = SHARED / "data" / "interviews-real"
    if not folder.is_dir():
        pytest.skip("no real interviews beside the project")
    book, some = tmp_path / "codebook", tmp_path / "gespraeche"
    book.mkdir()
    some.mkdir()
    for name in ("altenpflege.md", "nnProf_transkript.md"):
        shutil.copy(folder / name, some / name)
    (book / "codebook.yaml").write_text(
        "title: Lehre\nversion: '1'\ncodes:\n  - id: LEH\n    label: Lehre\n    definition: Was über Lehre gesagt wird.\n    children:\n"
        "      - id: LEH.zeit\n        label: Zeit\n        definition: Zeit und Last.\n        match:\n          any: [Zeit, Aufwand]\n", "utf-8",
    )  # fmt: skip
    (book / "study.yaml").write_text("title: Lehre\nmodel:\n  use: nein\n", "utf-8")
    places = Places("lehre", some, book, tmp_path / "aus", tmp_path / "geheim")
    run(places)
    told = {r["question"]: (r["applies"], r["reason"]) for r in rows(places, "findings_applies")}
    assert {q for q, (applies, _) in told.items() if applies == "no"} == {"Q1", "Q2", "Q3", "Q4", "Q6", "Q7", "Q8", "Q11"}
    page = (places.outputs / "report.html").read_text("utf-8")
    assert page.count("kann die Studie so nicht beantworten") == 8
    assert "Das Codebuch hat keine der Kategorien, nach denen die Fragen des Rates beantwortet werden." in page
