"""Stage cycle: notes, logs, versions, collected passages and what a newer category leaves open; and what else new lists ask of the house."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pandas as pd
import pytest
from conftest import carry, lay_out, once, run

from pipeline import cycle, written
from pipeline.forget import forget
from pipeline.inputs import checked
from pipeline.lists import (
    ANCHOR,
    DECISIONS,
    HANDCODED,
    INDUCTIVE,
    LISTS,
    LOG,
    MEMOS,
    MINUTES,
    MORE_DECISIONS,
    MORE_REVIEWED,
    NEGATIVE,
    QUEUE_ROWS,
    REVIEWED,
    SAMPLING,
    VERSIONS,
    check_lists,
)
from pipeline.places import Places
from pipeline.problems import Stop
from pipeline.tables import TABLES, frame, from_csv

BOOK = """title: T
codes:
  - id: A
    label: Oben
    children:
      - id: A.eins
        label: Eins
        memo: Eng fassen.
      - id: A.zwei
        label: Zwei
        was: [A.alt]
      - id: A.drei
        label: Drei
"""
FILES = {
    "codebook_file": "codebook.yaml", "memos_file": "memos.csv", "log_file": "codebook_log.csv", "versions_file": "codebook_versions.csv",
    "negative_file": "negative_cases.csv", "inductive_file": "inductive.csv", "minutes_file": "minutes.csv", "sampling_file": "sampling.csv",
    "decisions_file": "decisions.csv", "handcoded_folder": "handcoded", "reviewed_file": "reviewed.csv", "queues_folder": "queues",
}  # fmt: skip
TURNS = [
    {"doc": "I001", "turn": 1, "role": "interviewer", "text": "Was machen Sie?", "raw_sha256": "s1"},
    {"doc": "I001", "turn": 2, "role": "respondent", "text": "Wir haben keinen Raum.", "raw_sha256": "s2"},
    {"doc": "I001", "turn": 3, "role": "respondent", "text": "Wir haben keinen Raum.", "raw_sha256": "s2"},
    {"doc": "I002", "turn": 1, "role": "respondent", "text": "Die Turnhalle am Markt ist seit Jahren geschlossen, sagen alle.", "raw_sha256": "s9"},
]


def put(folder: Path, name: str, columns: Sequence[str], *rows: Mapping[str, str]) -> None:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    out = io.StringIO()
    writer = csv.DictWriter(out, columns, restval="", lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    path.write_text(out.getvalue(), "utf-8")


@pytest.fixture
def made(tmp_path: Path) -> Callable[..., dict[str, list[dict[str, Any]]]]:
    (tmp_path / "codebook.yaml").write_text(BOOK, "utf-8")

    def make(decisions: Sequence[Mapping[str, Any]] = (), reviewed: Sequence[Mapping[str, Any]] = (), changes: Sequence[Mapping[str, Any]] = (), entities: Sequence[Mapping[str, Any]] = ()) -> dict[str, Any]:
        frames = {
            "turns": frame("turns", [{name: 0 if kind == "int" else float("nan") if kind == "float" else "" for name, kind in TABLES["turns"].columns.items()} | row for row in TURNS]),
            "changes": frame("changes", changes), "replacements": frame("replacements", []), "entities": frame("entities", entities),
            "codes": frame("codes", [{"order": n, "level": 1, "code": code, "label": label} for n, (code, label) in enumerate((("A.eins", "Eins"), ("A.zwei", "Zwei"), ("A.drei", "Drei")))]),
            "decisions": frame("decisions", decisions), "reviewed": frame("reviewed", reviewed),
        }  # fmt: skip
        tables = cycle.whole(**frames, settings=SimpleNamespace(), **{name: tmp_path / file for name, file in FILES.items()})
        assert set(tables) == {name for name, table in TABLES.items() if table.writer == "cycle"}
        return {name: frame(name, rows).to_dict("records") for name, rows in tables.items()}

    return make


def test_without_lists_there_are_the_notes_of_the_codebook_alone(made: Any) -> None:
    tables = made()
    assert [(m["kind"], m["key"], m["code"], m["text"], m["source"]) for m in tables.pop("memos")] == [
        ("code", "A.eins", "A.eins", "Eng fassen.", "codebook.yaml, Zeile 6"),
    ]  # fmt: skip
    assert not any(tables.values())


def test_notes_of_all_lists_stand_together_with_their_source(made: Any, tmp_path: Path) -> None:
    place = {"doc": "I001", "raw_sha256": "s2", "raw_start": "4", "raw_end": "9"}
    put(
        tmp_path, "memos.csv", (*MEMOS, *ANCHOR),
        {"kind": "code", "key": "A.eins:lemma:raum", "memo": "prüfen", "coder": "mk", "date": "2026-06-01"},
        {"kind": "reading", "key": "I002", "memo": "knapp", "coder": "mk"},
        {"kind": "passage", "key": "I001.2.4", "memo": "wichtig", **place},
        {"kind": "passage", "key": "I001.3.4", "memo": "ohne Anker"},
        {"kind": "kwic", "key": "I001.77.4", "memo": "den Beitrag gibt es nicht"},
        {"kind": "project", "key": "gesamt", "memo": "=1+1; <b>"},
        {"kind": "project", "key": "gesamt", "memo": ""},
    )  # fmt: skip
    put(
        tmp_path, "decisions.csv", (*DECISIONS, *MORE_DECISIONS),
        {"decision": "mk-1", "coder": "mk", "action": "accept", "code": "A.eins", **place, "memo": "erste Fassung"},
        {"decision": "mk-2", "coder": "mk", "action": "accept", "code": "A.eins", **place, "memo": "zweite", "replaces": "mk-1", "date": "2026-06-03"},
        {"decision": "mk-3", "coder": "mk", "action": "add", "code": "A.drei", **place, "raw_sha256": "weg", "memo": "Stelle fort"},
    )  # fmt: skip
    put(tmp_path, "handcoded/ab.csv", (*HANDCODED.required, "memo"), {"code": "A.eins", **place, "memo": "von Hand"})
    decisions = [{"decision": "mk-2", "order": 1, "code": "A.eins", "doc": "I001", "turn": 2, "start": 4, "end": 9, "raw_start": 4, "raw_end": 9}]
    memos = made(decisions)["memos"]
    told = {m["text"]: (m["kind"], m["key"], m["doc"], m["turn"], m["start"], m["end"], m["code"], m["coder"], m["source"]) for m in memos}
    assert told["prüfen"] == ("code", "A.eins:lemma:raum", "", 0, 0, 0, "A.eins", "mk", "memos.csv, Zeile 2")
    assert told["knapp"] == ("reading", "I002", "I002", 0, 0, 0, "", "mk", "memos.csv, Zeile 3")
    assert told["wichtig"] == ("passage", "I001.2.4", "I001", 2, 4, 9, "", "", "memos.csv, Zeile 4")
    assert told["ohne Anker"][2:6] == ("I001", 3, 4, 4)
    assert told["den Beitrag gibt es nicht"][2:6] == ("I001", 0, 0, 0)
    assert told["=1+1; <b>"][0] == "project"
    assert told["zweite"] == ("coding", "mk-2", "I001", 2, 4, 9, "A.eins", "mk", "decisions.csv, Zeile 3")
    assert told["Stelle fort"][2:7] == ("I001", 0, 0, 0, "A.drei")
    assert told["von Hand"][7:] == ("ab", "handcoded/ab.csv, Zeile 2")
    assert "erste Fassung" not in told
    assert len({m["memo"] for m in memos}) == len(memos) == 10


def test_ids_of_notes_stay_when_others_come_before_them(made: Any, tmp_path: Path) -> None:
    one, two = {"kind": "case", "key": "K1", "memo": "a"}, {"kind": "case", "key": "K2", "memo": "b"}
    put(tmp_path, "memos.csv", MEMOS, one)
    [first] = [m["memo"] for m in made()["memos"] if m["text"] == "a"]
    put(tmp_path, "memos.csv", MEMOS, two, one, one)
    assert sorted(m["memo"] for m in made()["memos"] if m["text"] == "a") == [first, f"{first}-2"]


def test_places_lead_through_cleaning_and_lost_ones_are_said(made: Any, tmp_path: Path) -> None:
    anchor = {"doc": "I001", "raw_sha256": "s2", "raw_start": "7", "raw_end": "12", "quote": "alt"}
    put(
        tmp_path, "negative_cases.csv", NEGATIVE,
        {"entry": "n1", "code": "A.eins", **anchor, "why": "spricht dagegen", "consequence": "enger"},
        {"entry": "n2", "code": "A.eins", **anchor, "raw_sha256": "weg", "quote": "Kein einziges Wort davon"},
        {"entry": "n3", "code": "A.eins", **anchor, "raw_start": "700", "raw_end": "900"},
        {"entry": "n4", "code": "A.eins", **anchor, "doc": "I099"},
    )  # fmt: skip
    put(tmp_path, "inductive.csv", INDUCTIVE, {"entry": "i1", **anchor, "paraphrase": "kein Raum", "generalisation": "Mangel", "reduction": "Räume"})
    cut = {"doc": "I001", "turn": 2, "raw_start": 0, "raw_end": 3, "clean_start": 0, "clean_end": 0, "before": "Äh ", "after": "", "rule": "filler"}
    tables = made(changes=[cut])
    negative = {row["entry"]: row for row in tables["cycle_negative"]}
    assert [negative["n1"][c] for c in ("turn", "start", "end", "quote", "placed", "why", "consequence")] == [2, 4, 9, "haben", "yes", "spricht dagegen", "enger"]
    for entry, quote in (("n2", "Kein einziges Wort davon"), ("n3", "alt"), ("n4", "alt")):
        assert [negative[entry][c] for c in ("turn", "start", "end", "quote", "placed")] == [0, 0, 0, quote, "no"]
    assert [(row["quote"], row["reduction"], row["placed"]) for row in tables["cycle_inductive"]] == [("haben", "Räume", "yes")]


def test_nothing_beside_turns_of_an_open_round_is_told(made: Any, tmp_path: Path) -> None:
    here, free = ({"doc": doc, "raw_sha256": sha, "raw_start": "4", "raw_end": "9"} for doc, sha in (("I001", "s2"), ("I002", "s9")))
    put(tmp_path, "negative_cases.csv", NEGATIVE, {"entry": "n1", "coder": "ab", "code": "A.eins", **here, "why": "geheim"}, {"entry": "n2", "code": "A.eins", **free})
    put(tmp_path, "inductive.csv", INDUCTIVE, {"entry": "i1", "coder": "ab", **here, "paraphrase": "geheim"}, {"entry": "i2", **free, "paraphrase": "offen"})
    put(
        tmp_path, "memos.csv", (*MEMOS, *ANCHOR),
        {"kind": "passage", "key": "I001.2.4", "memo": "geheim", "coder": "ab", **here}, {"kind": "passage", "key": "I001.2.4", "memo": "geheim ohne Anker"},
        {"kind": "interview", "key": "I001", "memo": "offen"}, {"kind": "passage", "key": "I002.1.4", "memo": "auch offen", **free},
    )  # fmt: skip
    items = [{"queue": "d", "mode": "double", "coder": coder, "order": "1", **here, "raw_start": "0", "raw_end": "22"} for coder in ("ab", "mk")]
    put(tmp_path, "queues/d.csv", QUEUE_ROWS, *items)
    read = [{**{name: item[name] for name in ("doc", "raw_sha256", "raw_start", "raw_end", "coder", "mode")}, "date": "2026-06-02", "codebook": "v1"} for item in items]
    put(tmp_path, "reviewed.csv", REVIEWED, read[0])
    tables = made()
    assert "geheim" not in repr(tables)
    assert ([row["entry"] for row in tables["cycle_negative"]], [row["entry"] for row in tables["cycle_inductive"]]) == (["n2"], ["i2"])
    assert {m["text"] for m in tables["memos"]} == {"Eng fassen.", "offen", "auch offen"}
    put(tmp_path, "reviewed.csv", REVIEWED, *read)  # all are through
    assert repr(made()).count("geheim") == 4


def test_names_in_words_whose_place_is_lost_are_masked(made: Any, tmp_path: Path) -> None:
    put(tmp_path, "negative_cases.csv", NEGATIVE, {"entry": "n1", "code": "A.eins", "doc": "I001", "raw_sha256": "weg", "raw_start": "0", "raw_end": "9", "quote": "Frau Yurtseven kam nie"})
    [row] = made(entities=[{"entity": "P1", "kind": "person", "name": "Yurtseven", "forms": "Yurtseven", "status": "confirmed", "level": "pseudonym", "replacement": "Altay", "count": 1}])["cycle_negative"]
    assert row["placed"] == "no"
    assert "Yurtseven" not in row["quote"]
    assert "kam nie" in row["quote"]


def test_a_passage_of_an_edited_turn_is_found_again(made: Any, tmp_path: Path) -> None:
    quote = "Turnhalle am Markt ist seit Jahren geschlossen"
    anchor = {"doc": "I002", "raw_sha256": "früher", "raw_start": "4", "raw_end": str(4 + len(quote)), "quote": quote, "before": "Die ", "after": ", sagen viele."}
    put(tmp_path, "negative_cases.csv", NEGATIVE, {"entry": "n1", "code": "A.eins", **anchor})
    [row] = made()["cycle_negative"]
    assert [row[c] for c in ("turn", "start", "end", "quote", "placed")] == [1, 4, 4 + len(quote), quote, "yes"]


def test_versions_tell_what_came_and_went_and_whether_it_is_explained(made: Any, tmp_path: Path) -> None:
    today = cycle.codebook.load(tmp_path / "codebook.yaml").version
    put(
        tmp_path, "codebook_versions.csv", VERSIONS,
        {"version": "v1", "date": "2026-06-01", "codes": "A.eins;A.alt"}, {"version": "v2", "date": "2026-06-02", "codes": "A.eins;A.zwei"},
        {"version": "v3aaaaaaaaaa", "date": "2026-06-03", "codes": "A.eins;A.zwei"}, {"version": "v4", "date": "2026-06-04", "codes": "A.eins;A.zwei;A.vier"},
    )  # fmt: skip
    put(
        tmp_path, "codebook_log.csv", LOG, {"entry": "l1", "what": "renamed", "code": "A.zwei", "why": "klarer"},
        {"entry": "l2", "what": "defined", "code": "A.eins", "version": "v3aaa"},
    )  # fmt: skip
    tables = made()
    told = [(v["version"], v["n_codes"], v["added"], v["gone"], v["current"], v["logged"]) for v in tables["cycle_versions"]]
    assert told == [
        ("v1", 2, "", "", "no", ""), ("v2", 2, "A.zwei", "A.alt", "no", "yes"), ("v3aaaaaaaaaa", 2, "", "", "no", "yes"),
        ("v4", 3, "A.vier", "", "no", "no"), (today, 3, "A.drei", "A.vier", "yes", "no"),
    ]  # fmt: skip
    assert [(row["entry"], row["what"], row["why"]) for row in tables["cycle_log"]] == [("l1", "renamed", "klarer"), ("l2", "defined", "")]


def test_forms_without_a_place_come_as_they_are(made: Any, tmp_path: Path) -> None:
    put(tmp_path, "minutes.csv", MINUTES, {"entry": "m1", "present": "mk, ab", "readings": "a) …\nb) …"})
    put(tmp_path, "sampling.csv", SAMPLING, {"entry": "s1", "whom": "Spätschicht", "status": "planned"})
    tables = made()
    assert [(row["present"], row["readings"]) for row in tables["cycle_minutes"]] == [("mk, ab", "a) …\nb) …")]
    assert [(row["whom"], row["status"]) for row in tables["cycle_sampling"]] == [("Spätschicht", "planned")]


def reading(coder: str = "mk", codes: str = "", lacks: str = "", span: tuple[int, int] = (0, 22), mode: str = "interview") -> dict[str, Any]:
    place = {"doc": "I001", "turn": 2, "start": span[0], "end": span[1], "raw_start": span[0], "raw_end": span[1], "raw_sha256": "s2", "place": "here"}
    return {"coder": coder, "mode": mode, "codes": codes, "lacks": lacks, "date": "2026-06-01", "codebook": "v1", **place}


@pytest.mark.parametrize(
    ("others", "left"),
    [
        ([], {("mk", "A.zwei"), ("mk", "A.drei")}),
        ([reading("ab", codes="A.zwei")], {("mk", "A.drei")}),  # somebody else read it for one of them
        ([reading("ab", mode="random")], set()),  # somebody read it for all of today's
        ([reading("ab", lacks="A.drei", mode="random")], {("mk", "A.drei"), ("ab", "A.drei")}),
        ([reading("ab", codes="A.zwei;A.drei", span=(0, 9))], {("mk", "A.zwei"), ("mk", "A.drei")}),  # a part of it only
        ([reading("ab", mode="queue")], {("mk", "A.zwei"), ("mk", "A.drei")}),  # the machine's proposals alone
        ([reading("mk", codes="A.zwei"), reading("ab", codes="A.drei", span=(0, 30))], set()),
    ],
)
def test_a_reading_stays_open_until_somebody_reads_the_passage_for_the_new_category(made: Any, others: list[dict[str, Any]], left: set[tuple[str, str]]) -> None:
    rows = made(reviewed=[reading(lacks="A.zwei;A.drei"), *others])["review_open"]
    assert {(row["coder"], row["code"]) for row in rows} == left
    for row in rows:
        assert f"({row['code']})" in row["reason"]
        assert "2026-06-01" in row["reason"]
        assert (row["turn"], row["start"], row["end"], row["codebook"]) == (2, 0, 22, "v1")


@pytest.mark.parametrize("name", ["memos.csv", "codebook_log.csv", "negative_cases.csv", "inductive.csv", "minutes.csv", "sampling.csv", "codebook_versions.csv"])
def test_a_list_that_cannot_be_read_is_told_with_its_row(made: Any, tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_text(",".join(LISTS[name].required) + '\n"offen\n', "utf-8")
    with pytest.raises(Stop, match=name):
        made()


# In the house: a run, the check, forgetting.

QUOTE = "Einen Raum haben wir nicht."


def anchored(places: Places) -> dict[str, str]:
    """A place in I001 that the tiny study's first run knows."""
    turns = from_csv(places.private / "tables" / "turns_raw.csv")
    row = next(r for r in turns.to_dict("records") if QUOTE in r["text"])
    shown = from_csv(places.outputs / "tables" / "turns.csv")
    sha = next(r["raw_sha256"] for r in shown.to_dict("records") if r["doc"] == row["doc"] and r["turn"] == row["turn"])
    start = row["text"].index(QUOTE)
    return {"doc": row["doc"], "raw_sha256": sha, "raw_start": str(start), "raw_end": str(start + len(QUOTE)), "quote": QUOTE, "before": "", "after": ""}


def furnish(places: Places) -> None:
    """Every new list with rows of I001 and rows of others."""
    place, other = anchored(places), {"doc": "I002", "raw_sha256": "f" * 64, "raw_start": "0", "raw_end": "9", "quote": "anderes"}
    folder = places.codebooks
    put(folder, "decisions.csv", (*DECISIONS, *MORE_DECISIONS), *({"decision": f"mk-{n}", "coder": "mk", "mode": "interview", "action": "add", "code": "BED.raum", **row, "memo": "Notiz"} for n, row in enumerate((place, other))))
    put(folder, "handcoded/ab.csv", (*HANDCODED.required, "memo", "action"), *({**{k: row[k] for k in HANDCODED.required if k in row}, "code": "BED.raum", "memo": "von Hand"} for row in (place, other)))
    seen = [{**{k: row[k] for k in ("doc", "raw_sha256", "raw_start", "raw_end", "quote")}, "coder": "mk", "mode": "interview", "date": "2026-06-01", "codebook": "v1"} for row in (place, other)]
    put(folder, "reviewed.csv", (*REVIEWED, *MORE_REVIEWED), *seen)
    put(folder, "queues/lernen.csv", QUEUE_ROWS, *({"queue": "lernen", "mode": "learning", "coder": "mk", "order": str(n), **{k: row[k] for k in ("doc", "raw_sha256", "raw_start", "raw_end", "quote")}} for n, row in enumerate((place, other), 1)))
    put(folder, "codebook_versions.csv", VERSIONS, {"version": "v1", "date": "2026-06-01", "codes": "ENG.nachbar;ENG.verein;POT.raum"})
    put(folder, "codebook_log.csv", LOG, {"entry": "l1", "what": "new", "code": "BED.raum", "why": "kam oft vor"})
    put(folder, "negative_cases.csv", NEGATIVE, {"entry": "n1", "code": "POT.raum", **place, "why": "dagegen"}, {"entry": "n2", "code": "POT.raum", **other, "why": "auch"})
    put(folder, "inductive.csv", INDUCTIVE, {"entry": "i1", **place, "paraphrase": "kein Raum", "reduction": "Räume"}, {"entry": "i2", **other, "reduction": "Räume"})
    put(folder, "minutes.csv", MINUTES, {"entry": "m1", "present": "mk, ab", "passages": "I002 Beitrag 2", "readings": "verschieden"})
    put(folder, "sampling.csv", SAMPLING, {"entry": "s1", "whom": "jemand aus der Spätschicht", "status": "planned"})
    notes = [
        {"kind": "reading", "key": "I001", "memo": "geht", "coder": "mk"}, {"kind": "reading", "key": "I002", "memo": "bleibt"},
        {"kind": "interview", "key": "Interview 1", "memo": "geht auch"}, {"kind": "passage", "key": "I001.4.0", "memo": "geht ebenso"},
        {"kind": "passage", "key": "I002.2.0", "memo": "bleibt hier"}, {"kind": "passage", "key": "x", "memo": "geht mit", **place},
        {"kind": "case", "key": "I001-B", "memo": "zur Person"}, {"kind": "project", "key": "gesamt", "memo": "bleibt stehen"},
    ]  # fmt: skip
    put(folder, "memos.csv", (*MEMOS, *ANCHOR), *notes)


@pytest.fixture(scope="module")
def worked(tmp_path_factory: pytest.TempPathFactory, finished: Places) -> Places:
    """The tiny study after a run with rows in every list; tests only read it."""

    def make(root: Path) -> Places:
        places = carry(finished, lay_out(root))
        furnish(places)
        run(places, "cycle")
        return places

    return once(tmp_path_factory, "kreis", make)


def table(places: Places, name: str) -> pd.DataFrame:
    return from_csv(places.outputs / "tables" / f"{name}.csv")


def test_a_run_places_what_people_collected(worked: Places) -> None:
    rows = table(worked, "cycle_negative").to_dict("records")
    assert [(row["entry"], row["placed"]) for row in rows] == [("n1", "yes"), ("n2", "no")]
    turns = {(row["doc"], row["turn"]): row["text"] for row in table(worked, "turns").to_dict("records")}
    assert turns["I001", rows[0]["turn"]][rows[0]["start"] : rows[0]["end"]] == QUOTE == rows[0]["quote"]
    memos = table(worked, "memos").to_dict("records")
    assert {("coding", "decisions.csv, Zeile 2"), ("coding", "handcoded/ab.csv, Zeile 2"), ("reading", "memos.csv, Zeile 2")} <= {(m["kind"], m["source"]) for m in memos}
    [opened] = table(worked, "review_open").to_dict("records")
    assert (opened["doc"], opened["code"], opened["coder"]) == ("I001", "BED.raum", "mk")
    versions = table(worked, "cycle_versions").to_dict("records")
    assert [(v["added"], v["logged"]) for v in versions] == [("", ""), ("BED.raum", "yes")]


@pytest.mark.parametrize(
    ("name", "text", "line"),
    [
        ("negative_cases.csv", ",".join(NEGATIVE) + "\nn1,,,POT.raum,I001,s,0,x,q,,,w,\n", 2),
        ("inductive.csv", ",".join(INDUCTIVE) + "\ni1,,,I001,s,0,9,q,,,p,g,r,\ni1,,,I001,s,0,9,q,,,p,g,r,\n", 3),
        ("minutes.csv", "entry;date\nm1;2026\n", 1),
        ("sampling.csv", ",".join(SAMPLING) + "\ns1,,,wen,,,vielleicht,\n", 2),
        ("codebook_log.csv", ",".join(LOG) + "\nl1,,,A,erfunden,,,\n", 2),
        ("codebook_versions.csv", ",".join(VERSIONS) + "\nv1,2026,\n", 2),
        ("memos.csv", ",".join(MEMOS) + "\nunbekannt,k,m,,\n", 2),
        ("queues/zufall.csv", ",".join(QUEUE_ROWS) + "\nq,random,mk,eins,I001,s,0,9,,,,,\n", 2),
        ("handcoded/mk.csv", "doc,raw_sha256,raw_start,raw_end,code,quote\nI001,s,0,9,,q\n", 2),
        ("merge_conflicts.csv", "list;what\na;b\n", 1),
    ],
)
def test_lists_edited_by_hand_are_checked_with_their_row(places: Places, name: str, text: str, line: int) -> None:
    path = places.codebooks / name
    path.parent.mkdir(exist_ok=True)
    path.write_text(text, "utf-8")
    with pytest.raises(Stop) as stopped:
        checked(places)
    assert (places.show(path), line) in {(p.file, p.line) for p in stopped.value.problems}
    if name != "handcoded/mk.csv":
        assert check_lists(places)


def _without_a_run(places: Places) -> None:
    """Only lists are looked at: nothing is worked out anew after forgetting."""
    (places.private / "work" / "state.json").unlink()
    (places.outputs / "run.json").unlink()


@pytest.mark.usefixtures("ran")
def test_forgetting_takes_the_rows_of_all_new_lists(places: Places) -> None:
    furnish(places)
    (places.codebooks / "backup").mkdir()
    (places.codebooks / "backup" / "memos.0123456789ab.csv").write_bytes((places.codebooks / "memos.csv").read_bytes())
    _without_a_run(places)
    lines = forget(places, "I001", "I001")
    left = {path.relative_to(places.codebooks).as_posix(): path.read_text("utf-8") for path in places.codebooks.rglob("*.csv")}
    for name, text in left.items():
        if name not in ("codebook_log.csv", "codebook_versions.csv", "minutes.csv", "sampling.csv", "cases.csv"):
            assert "I001" not in text
            assert QUOTE not in text
            assert len(text.splitlines()) >= 2
    for name in ("memos.csv", "backup/memos.0123456789ab.csv"):
        assert all(word in left[name] for word in ("bleibt", "bleibt hier", "bleibt stehen"))
        assert not any(word in left[name] for word in ("geht auch", "geht ebenso", "geht mit"))
    assert "kam oft vor" in left["codebook_log.csv"]
    assert not any("decisions.csv:" in line and "Name" in line for line in lines)


@pytest.mark.usefixtures("ran")
def test_what_people_quote_in_their_own_words_is_told_with_its_line(places: Places) -> None:
    put(places.codebooks, "minutes.csv", MINUTES, {"entry": "m1", "readings": "Wir trainieren jeden Mittwoch die Kinder, sagt sie."}, {"entry": "m2", "readings": "anderes"})
    _without_a_run(places)
    lines = forget(places, "I001", "I001")
    assert any("minutes.csv:2" in line for line in lines)


def test_notes_are_researchers_own_words(places: Places) -> None:
    """A name that stands in them is told and does not stop a run: they are among the files that results may show."""
    for name in written.NOTED:
        put(places.codebooks, name, LISTS[name].required)
    put(places.codebooks, "handcoded/mk.csv", HANDCODED.required)
    names = {path.name for path in written.files(places)}
    assert {*written.NOTED, "mk.csv"} <= names


@pytest.mark.usefixtures("ran")
def test_a_name_in_the_minutes_does_not_stop_the_run(places: Places) -> None:
    path = places.transcripts / "a_verein.txt"
    path.write_text(path.read_text("utf-8") + "\n\nB: Frau Kowalczyk hilft uns immer. Die Frau Kowalczyk kennt alle.\n", "utf-8")
    put(places.codebooks, "minutes.csv", MINUTES, {"entry": "m1", "readings": "Frau Kowalczyk ist wichtig"})
    outcome = run(places, "cycle")
    assert "Kowalczyk" in (places.private / "pseudonyms.csv").read_text("utf-8-sig")
    assert any("minutes.csv" in note for note in (*outcome.notes, *outcome.warnings))
