"""Hand codings in files of their own, and which decision of which person counts."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from conftest import lay_out, run

from pipeline import decided
from pipeline.coders.human import apply_decisions, lasting
from pipeline.coders.material import Material
from pipeline.inputs import checked
from pipeline.passages import material_of
from pipeline.places import Places
from pipeline.problems import Stop
from pipeline.tables import from_csv, from_parquet

HEAD = "doc,raw_sha256,raw_start,raw_end,code,quote\n"
ACTS = "decision,date,coder,mode,action,code,doc,raw_sha256,raw_start,raw_end,codebook,quote,memo\n"


def written(folder: Path, name: str, text: str) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / name).write_text(text, "utf-8")
    return folder


def act(action: str, coder: str = "ab", span: tuple[int, int] = (0, 9), code: str = "A", number: int = 1) -> dict[str, str]:
    return {
        "decision": f"d{number}", "coder": coder, "action": action, "code": code, "doc": "x", "raw_sha256": "1", "date": "",
        "raw_start": str(span[0]), "raw_end": str(span[1]), "line": str(number + 1), "quote": "",
    }  # fmt: skip


def test_the_file_says_who_coded_and_an_id_comes_from_the_content(tmp_path: Path) -> None:
    folder = written(tmp_path / "handcoded", "mk.csv", HEAD + "I001,s,0,9,A,x\nI001,s,0,9,B,x\n")
    written(folder, "jö.csv", HEAD + "I001,s,0,9,A,x\n")
    rows = decided.acts(tmp_path / "decisions.csv", folder)
    assert [(r["coder"], r["action"], r["code"], r["mode"]) for r in rows] == [
        ("jö", "add", "A", "hand"), ("mk", "add", "A", "hand"), ("mk", "add", "B", "hand"),
    ]  # fmt: skip
    assert len({r["decision"] for r in rows}) == 3
    again = decided.acts(tmp_path / "decisions.csv", written(folder, "mk.csv", HEAD + "I001,s,0,9,B,anders\nI001,s,0,9,A,x\n"))
    assert {r["decision"] for r in again} == {r["decision"] for r in rows}


def test_other_names_of_columns_and_semicolons_are_read(tmp_path: Path) -> None:
    folder = written(tmp_path / "handcoded", "mk.csv", "Dokument;sha256;start;end;Kategorie;Zitat;Notiz\nI001;s;0;9;A;x;m\n")
    (row,) = decided.acts(tmp_path / "decisions.csv", folder)
    assert (row["doc"], row["raw_sha256"], row["code"], row["quote"], row["memo"]) == ("I001", "s", "A", "x", "m")


@pytest.mark.parametrize(
    ("name", "text", "line", "told"),
    [
        ("model.csv", HEAD, 0, "Name einer Maschine"),
        ("Rule.csv", HEAD, 0, "Name einer Maschine"),
        ("m k.csv", HEAD, 0, "taugt nicht als Kürzel"),
        ("1.csv", HEAD, 0, "taugt nicht als Kürzel"),
        ("mk.csv", "doc,code\nI001,A\n", 1, "»raw_sha256« fehlt"),
        ("mk.csv", HEAD + "I001,s,0,x,A,q\n", 2, "ganze Zahl"),
        ("mk.csv", HEAD + "I001,s,0,9,,q\n", 2, "»code« ist leer"),
        ("mk.csv", HEAD + "I001,s,0,9,A,q\nI001,s,0,9,B,q\nI001,s,00,9,A,\n", 4, "schon in Zeile 2"),
        ("mk.csv", HEAD[:-1] + ",coder\nI001,s,0,9,A,q,jö\n", 2, "nach »mk«"),
        ("mk.csv", HEAD[:-1] + ",decision\nI001,s,0,9,A,q,d7\n", 2, "decisions.csv, Zeile 2"),
        ("mk.csv", HEAD[:-1] + ",decision\nI001,s,0,9,A,q,h1\nI001,s,0,9,B,q,h1\n", 3, "schon in handcoded/mk.csv, Zeile 2"),
    ],
)
def test_problems_name_file_and_line(tmp_path: Path, name: str, text: str, line: int, told: str) -> None:
    places = lay_out(tmp_path)
    (places.codebooks / "decisions.csv").write_text(ACTS + "d7,,ab,queue,accept,A,I001,s,0,9,,q,\n", "utf-8")
    written(places.codebooks / "handcoded", name, text)
    problem, *_ = decided.problems(places)
    assert told in problem.what
    assert problem.line == line
    assert problem.file == places.show(places.codebooks / "handcoded" / name)
    with pytest.raises(Stop):
        decided.acts(places.codebooks / "decisions.csv", places.codebooks / "handcoded")


@pytest.mark.parametrize(
    ("ids", "told"), [(("", "d2"), "»decision« ist leer"), (("d1", "d1"), "»d1« steht schon in Zeile 2")]
)
def test_ids_of_decisions_are_there_and_unique(tmp_path: Path, ids: tuple[str, str], told: str) -> None:
    places = lay_out(tmp_path)
    rows = "".join(f"{i},,ab,queue,accept,ENG.nachbar,I001,s,{n},9,,q,\n" for n, i in enumerate(ids))
    (places.codebooks / "decisions.csv").write_text(ACTS + rows, "utf-8")
    with pytest.raises(Stop, match=told):
        checked(places)


def test_dates_that_go_back_and_decisions_taken_back_are_told_and_no_error() -> None:
    rows = [act("accept", number=1), act("reject", number=2), act("accept", "cd", number=3), act("accept", "cd", (1, 9), number=4)]
    for row, day in zip(rows, ("2026-06-10", "2026-06-09", "1.6.2026", "irgendwann"), strict=True):
        row["date"] = day
    notes = decided.notes(rows)
    assert len(notes) == 2
    assert notes[0].startswith("decisions.csv, Zeile 4: Das Datum 1.6.2026 liegt vor dem in Zeile 2.")
    assert "Zeile 3: ab hat hier A verworfen, anders als in Zeile 2; es gilt die spätere Zeile." in notes[1]
    assert decided.notes(rows[2:]) == []


def material(*decisions: dict[str, str]) -> Material:
    return replace(material_of(["Die Nachbarin bringt mir Suppe. Das ist schön."]), decisions=list(decisions))


def proposal(start: int = 0, end: int = 9) -> dict[str, Any]:
    return {"doc": "x", "turn": 1, "start": start, "end": end, "code": "A", "status": "proposed"}


@pytest.mark.parametrize(
    ("acts", "status"),
    [
        ([act("accept"), act("reject")], "rejected"),
        ([act("reject"), act("accept")], "accepted"),
        ([act("reject"), act("accept", span=(3, 12))], "rejected"),  # the decision on this very passage counts
        ([act("accept", span=(3, 12)), act("reject", span=(2, 11))], "rejected"),
        ([act("accept"), act("reject", "cd")], "accepted"),
        ([act("reject", "cd"), act("accept")], "accepted"),
        ([act("accept"), act("reject", "cd"), act("reject", "ef")], "rejected"),
        ([act("accept", span=(9, 12))], "proposed"),
    ],
)
def test_the_last_decision_of_a_coder_counts_and_half_of_the_coders_are_enough(acts: list[dict[str, str]], status: str) -> None:
    row = proposal()
    apply_decisions(material(*acts), [row])
    assert row["status"] == status


def test_a_decision_taken_back_is_no_coding_any_more() -> None:
    rows = [act("add"), act("add", "cd"), act("reject"), act("add", span=(0, 12))]
    assert [(r["coder"], r["action"], r["raw_end"]) for r in lasting(rows)] == [("cd", "add", "9"), ("ab", "reject", "9"), ("ab", "add", "12")]


def test_hand_codings_of_two_coders_are_two_codings_beside_the_decisions(tmp_path: Path, finished: Places) -> None:
    raw = from_csv(finished.private / "tables" / "turns_raw.csv")
    turn = raw[raw["text"].str.contains("Mittwoch die Kinder")].iloc[0]
    end = turn["text"].index(".") + 1
    row = f"{turn['doc']},{turn['raw_sha256']},0,{end},ENG.verein,x\n"
    places = lay_out(tmp_path)
    for name in ("mk.csv", "jo.csv"):
        written(places.codebooks / "handcoded", name, HEAD + row)
    written(places.codebooks / "handcoded", "jo.csv", HEAD + row + f"{turn['doc']},{'0' * 64},0,9,ENG.verein,weg\n")
    run(places, "coding")
    tables = {name: from_parquet(places.outputs / "work" / "coding" / f"{name}.parquet") for name in ("codings", "decisions", "unplaced")}
    own = tables["codings"][tables["codings"]["coder"].isin(["mk", "jo"])]
    assert sorted(own["coder"]) == ["jo", "mk"]
    assert set(own["quote"]) == {"Wir trainieren jeden Mittwoch die Kinder."}
    assert sorted(tables["decisions"]["mode"]) == ["hand", "hand"]
    assert list(tables["unplaced"]["coder"]) == ["jo"]
    machine = tables["codings"][(tables["codings"]["coder"] == "rule") & (tables["codings"]["code"] == "ENG.verein")]
    assert set(machine["status"]) == {"accepted"}


MORE = HEAD[:-1] + ",action,time,decision\n"


def test_a_hand_coding_may_be_taken_back_and_given_again(tmp_path: Path) -> None:
    place = "I001,s,0,9,A,x"
    text = MORE + f"{place},,,\n{place},withdraw,,\n{place},add,,\n{place},add,2026-06-03T10:00:00+02:00,\n"
    rows = decided.acts(tmp_path / "decisions.csv", written(tmp_path / "handcoded", "mk.csv", text))
    assert [row["action"] for row in rows] == ["add", "withdraw", "add", "add"]
    assert len({row["decision"] for row in rows}) == 4
    assert [row["decision"] for row in lasting(rows)] == [rows[3]["decision"]]
    assert lasting(rows[:2]) == []
    # The first one bears the id that it bore before anybody took it back.
    assert rows[0]["decision"] == decided.acts(tmp_path / "decisions.csv", written(tmp_path / "handcoded", "mk.csv", HEAD + place + "\n"))[0]["decision"]


@pytest.mark.parametrize(
    ("text", "line", "told"),
    [
        (MORE + "I001,s,0,9,A,x,accept,,\n", 2, "»action« kennt hier »accept« nicht"),
        (MORE + "I001,s,0,9,A,x,,,\nI001,s,0,9,A,anders,,,\n", 3, "schon in Zeile 2"),
        (MORE + "I001,s,0,9,A,x,,,h1\nI001,s,0,9,A,x,withdraw,,h1\n", 3, "»h1« steht schon in handcoded/mk.csv, Zeile 2"),
        ("Interview;Kategorie;Zitat\nI001;A;schön\n", 1, "»raw_sha256« fehlt"),
    ],
)
def test_what_a_hand_coding_cannot_be_is_told_with_its_line(tmp_path: Path, text: str, line: int, told: str) -> None:
    with pytest.raises(Stop) as stop:
        decided.acts(tmp_path / "decisions.csv", written(tmp_path / "handcoded", "mk.csv", text))
    problem = stop.value.problems[0]
    assert told in problem.what
    assert (problem.file, problem.line) == ("handcoded/mk.csv", line)


def test_a_list_that_was_pasted_twice_counts_once_and_is_told(tmp_path: Path) -> None:
    path = tmp_path / "decisions.csv"
    one, other = "d1,,ab,queue,accept,A,I001,s,0,9,,schön,\n", "d2,,ab,queue,reject,A,I001,s,5,9,,q,\n"
    path.write_bytes((ACTS + one + other + one + other).replace(",", ";").encode("cp1252"))
    folder = written(tmp_path / "handcoded", "mk.csv", HEAD + "I001,s,0,9,A,x\nI001,s,0,9,A,x\n")
    rows = decided.acts(path, folder)
    assert [(row["decision"][:2], row["quote"]) for row in rows] == [("mk", "x"), ("d1", "schön"), ("d2", "q")]
    assert [note.split(":")[0] for note in decided.notes(rows)] == ["handcoded/mk.csv, Zeile 2", "decisions.csv, Zeile 2", "decisions.csv, Zeile 3"]
    path.write_text(ACTS + one + one.replace("schön", "anders"), "utf-8")
    with pytest.raises(Stop, match="»d1« steht schon in Zeile 2"):
        decided.acts(path, folder)


def test_acts_that_take_back_what_is_not_theirs_or_not_there_are_told() -> None:
    rows = [act("add", number=1), act("withdraw", "cd", number=2), {**act("add", "cd", number=3), "replaces": "d1"}, {**act("add", number=4, span=(1, 9)), "replaces": "weg"}]
    assert [note.split(": ", 1)[1] for note in decided.notes(rows)] == [
        "Hier gibt es nichts zurückzunehmen; die Zeile bewirkt nichts.",
        "»replaces« nennt »d1« von ab; was andere sagten, bleibt stehen.",
        "»replaces« nennt »weg«; eine solche Entscheidung gibt es nicht.",
    ]  # fmt: skip
