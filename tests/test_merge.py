"""Two copies of a project merged: nothing is lost, it does not matter which way, and contradictions are listed side by side."""

from __future__ import annotations

import csv
import os
import random
import shutil
import zipfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest
from conftest import lay_out

from pipeline import codebook, decided
from pipeline.coders.human import lasting
from pipeline.ledgers import disk
from pipeline.ledgers.writing import append
from pipeline.lists import (
    CONFLICTS,
    DECISIONS,
    HANDCODED,
    LISTS,
    LOG,
    MEMOS,
    MORE_DECISIONS,
    MORE_REVIEWED,
    QUEUE_ROWS,
    QUEUES,
    REVIEWED,
    VERSIONS,
    Listing,
    read_list,
)
from pipeline.merge import merge
from pipeline.merging.uniting import stamp, united
from pipeline.places import Places
from pipeline.problems import Stop

ACTS = (*DECISIONS, *MORE_DECISIONS)
SHA = "ab" * 32


def act(name: str, action: str = "add", **more: str) -> dict[str, str]:
    row = dict.fromkeys(ACTS, "") | {
        "decision": name, "date": "2026-06-02", "coder": "mk", "mode": "interview", "action": action, "code": "POT", "doc": "I001", "raw_sha256": SHA,
        "raw_start": "3", "raw_end": "9", "codebook": "v1", "quote": "wir haben", "time": "2026-06-02T10:00:00+02:00",
    }  # fmt: skip
    return row | more


def put(places: Places, name: str, *rows: Mapping[str, str], listing: Listing | None = None, columns: Sequence[str] = ()) -> None:
    path = places.codebooks / name
    known = listing or (HANDCODED if name.startswith("handcoded") else QUEUES if name.startswith("queues") else LISTS[name])
    append(places, path, known, columns or tuple(dict.fromkeys(c for row in rows for c in row)), list(rows))


def rows(places: Places, name: str) -> list[dict[str, str]]:
    return read_list(places.codebooks / name, LISTS.get(name, HANDCODED if name.startswith("handcoded") else QUEUES))


def conflicts(places: Places) -> list[dict[str, str]]:
    return rows(places, "merge_conflicts.csv")


def stand(places: Places) -> dict[str, bytes]:
    """All files of the study's folder but backups."""
    files = (p for p in places.codebooks.rglob("*") if p.is_file() and "backup" not in p.parts)
    return {p.relative_to(places.codebooks).as_posix(): p.read_bytes() for p in files}


def effective(places: Places) -> set[tuple[str, ...]]:
    names = ("doc", "raw_sha256", "raw_start", "raw_end", "code", "coder", "action", "memo")
    return {tuple(row[name] for name in names) for row in lasting(decided.acts(places.codebooks / "decisions.csv", places.codebooks / "handcoded"))}


@pytest.fixture
def two(tmp_path: Path) -> tuple[Places, Places]:
    return lay_out(tmp_path / "a"), lay_out(tmp_path / "b")


def test_rows_of_all_lists_come_over_and_a_second_time_nothing_changes(two: tuple[Places, Places]) -> None:
    here, there = two
    put(here, "decisions.csv", act("mk-1"), columns=ACTS)
    put(there, "decisions.csv", act("ab-1", coder="ab", time="2026-06-01T09:00:00+02:00"), act("mk-1"), columns=ACTS)
    put(there, "handcoded/ab.csv", act("ab-7", coder="ab", raw_start="20", raw_end="30", mode="double"), columns=ACTS)
    read = {"doc": "I001", "raw_sha256": SHA, "raw_start": "0", "raw_end": "90", "coder": "ab", "mode": "interview", "date": "2026-06-02", "codebook": "v1"}
    put(there, "reviewed.csv", read, columns=(*REVIEWED, *MORE_REVIEWED))
    put(there, "memos.csv", {"kind": "code", "key": "POT", "memo": "eng fassen", "coder": "ab", "date": "2026-06-02", "Farbe": "rot"})
    put(there, "quotes.csv", {"doc": "I001", "raw_sha256": SHA, "raw_start": "3", "raw_end": "9", "release": "ja", "quote": "wir"})
    put(there, "codebook_versions.csv", {"version": "v1", "date": "2026-06-01", "codes": "POT"})
    put(there, "codebook_log.csv", dict.fromkeys(LOG, "") | {"entry": "ab-l1", "what": "new", "code": "POT"})
    queue = dict.fromkeys(QUEUE_ROWS, "") | {"queue": "doppelt-1", "mode": "double", "coder": "ab", "order": "1", "doc": "I001", "raw_start": "0", "raw_end": "9"}
    put(there, "queues/doppelt-1.csv", queue)
    lines = merge(here, str(there.codebooks))
    assert any("decisions.csv: 1 neue Zeile, 1 war schon da" in line for line in lines)
    assert "Widersprüche zwischen den beiden Kopien gibt es nicht." in lines
    assert [r["decision"] for r in rows(here, "decisions.csv")] == ["ab-1", "mk-1"]  # by time
    assert rows(here, "memos.csv")[0]["farbe"] == "rot"
    for name in ("handcoded/ab.csv", "reviewed.csv", "quotes.csv", "codebook_log.csv", "queues/doppelt-1.csv"):
        assert len(rows(here, name)) == 1
    assert [r["version"] for r in rows(here, "codebook_versions.csv")] == ["v1", codebook.load(here.codebooks / "codebook.yaml").version]
    assert not (here.codebooks / "merge_conflicts.csv").exists()
    before = stand(here)
    again = merge(here, str(there.codebooks))
    assert stand(here) == before
    assert "Es war alles schon da; geändert ist nichts." in again
    assert {path.name.split(".")[0] for path in (here.codebooks / "backup").iterdir()} == {"decisions", "codebook_versions"}  # the others were not there


@pytest.mark.parametrize("shape", ["project", "codebooks", "study", "zip of project", "zip with a folder around", "zip of study"])
def test_a_copy_is_found_in_every_shape(two: tuple[Places, Places], tmp_path: Path, shape: str) -> None:
    here, there = two
    put(there, "decisions.csv", act("mk-1"), columns=ACTS)
    top = {"project": there.codebooks.parent.parent, "codebooks": there.codebooks.parent}.get(shape, there.codebooks)
    if shape.startswith("zip"):
        base = there.codebooks if shape == "zip of study" else there.codebooks.parent.parent
        top = tmp_path / "kopie.zip"
        with zipfile.ZipFile(top, "w") as archive:
            for path in sorted(p for p in base.rglob("*") if p.is_file()):
                archive.write(path, ("Mein Projekt/" if "around" in shape else "") + path.relative_to(base).as_posix())
    merge(here, str(top))
    assert [r["decision"] for r in rows(here, "decisions.csv")] == ["mk-1"]


def test_what_one_person_decided_differently_is_listed_and_the_later_one_counts(two: tuple[Places, Places]) -> None:
    here, there = two
    put(here, "decisions.csv", act("mk-1", "accept", time="2026-06-02T12:00:00+02:00", memo="doch"), columns=ACTS)
    put(there, "decisions.csv", act("mk-2", "reject", time="2026-06-02T11:59:00+02:00", memo="nein"), columns=ACTS)
    lines = merge(here, str(there.codebooks))
    [row] = conflicts(here)
    assert (row["what"], row["id"], row["id_theirs"], row["counts"]) == ("same passage", "mk-1", "mk-2", "ours")
    assert (row["coder"], row["code"], row["quote"]) == ("mk", "POT", "wir haben")
    assert (row["ours"], row["theirs"]) == ("action: accept · memo: doch", "action: reject · memo: nein")
    assert any("1 Widerspruch" in line for line in lines)
    merge(there, str(here.codebooks))
    assert effective(here) == effective(there)
    assert {row[6] for row in effective(here)} == {"accept"}


def test_a_later_act_of_the_other_copy_is_no_contradiction(two: tuple[Places, Places]) -> None:
    here, there = two
    for places in two:
        put(places, "decisions.csv", act("mk-1", "accept"), columns=ACTS)
    put(there, "decisions.csv", act("mk-2", "withdraw", time="2026-06-03T10:00:00+02:00"), columns=ACTS)
    merge(here, str(there.codebooks))
    assert conflicts(here) == []
    assert effective(here) == set()


def test_blanks_at_the_ends_of_words_stay(two: tuple[Places, Places]) -> None:
    here, there = two
    put(here, "decisions.csv", act("mk-1", before="auf dem ", after=" und dann"), columns=ACTS)
    before = (here.codebooks / "decisions.csv").read_bytes()
    put(there, "decisions.csv", act("mk-1", before="auf dem", after="und dann"), act("ab-1", coder="ab", before="hier ", after=" dort"), columns=ACTS)
    merge(here, str(there.codebooks))
    after = (here.codebooks / "decisions.csv").read_bytes()
    assert all(line in after for line in before.splitlines())  # our row is as it was, and the same without its blanks is no other one
    assert ",hier , dort" in after.decode("utf-8-sig")
    assert len(rows(here, "decisions.csv")) == 2


def test_two_people_may_differ(two: tuple[Places, Places]) -> None:
    here, there = two
    put(here, "decisions.csv", act("mk-1", "accept"), columns=ACTS)
    put(there, "decisions.csv", act("ab-1", "reject", coder="ab"), columns=ACTS)
    merge(here, str(there.codebooks))
    assert conflicts(here) == []
    assert len(effective(here)) == 2


def test_two_rows_of_one_id_both_stay_and_are_known_the_next_time(two: tuple[Places, Places]) -> None:
    here, there = two
    put(here, "decisions.csv", act("mk-1", memo="hier"), columns=ACTS)
    put(there, "decisions.csv", act("mk-1", memo="dort"), act("mk-2", "add", code="POT.ort", replaces="mk-1", time="2026-06-02T10:05:00+02:00"), columns=ACTS)
    merge(here, str(there.codebooks))
    names = [r["decision"] for r in rows(here, "decisions.csv")]
    assert len(names) == 3
    assert names[2] == "mk-2"
    apart = next(name for name in names if "~" in name)
    assert set(rows(here, "decisions.csv")[2]["replaces"].split(";")) == {"mk-1", apart}
    [row] = conflicts(here)
    assert (row["what"], row["id"], row["id_theirs"]) == ("same id", "mk-1", apart)
    assert {row[4] for row in effective(here)} == {"POT.ort"}
    before = stand(here)
    merge(here, str(there.codebooks))
    assert stand(here) == before
    merge(there, str(here.codebooks))
    assert effective(there) == effective(here)
    after = stand(there)
    merge(there, str(here.codebooks))
    merge(here, str(there.codebooks))
    assert stand(there) == after
    assert stand(here) == before


def test_dates_as_excel_writes_them_are_no_contradiction(two: tuple[Places, Places]) -> None:
    here, there = two
    put(here, "decisions.csv", act("mk-1"), columns=ACTS)
    text = ";".join(ACTS) + "\r\n" + ";".join(act("mk-1", date="02.06.2026", time="2026-06-02T08:00:00+00:00").values()) + "\r\n"
    (there.codebooks / "decisions.csv").write_bytes(text.encode("cp1252"))
    merge(here, str(there.codebooks))
    assert conflicts(here) == []
    assert len(rows(here, "decisions.csv")) == 1


def test_hand_codings_of_the_same_passage_stay_readable(two: tuple[Places, Places]) -> None:
    here, there = two
    plain = {"doc": "I001", "raw_sha256": SHA, "raw_start": "3", "raw_end": "9", "code": "POT", "quote": "wir"}
    put(here, "handcoded/mk.csv", plain | {"memo": "hier", "date": "2026-06-01"})
    put(there, "handcoded/mk.csv", plain | {"memo": "dort", "date": "2026-06-02"}, plain | {"memo": "", "code": "POT.ort", "date": ""})
    merge(here, str(there.codebooks))
    merge(there, str(here.codebooks))
    assert [(r["code"], r["memo"]) for r in rows(here, "handcoded/mk.csv")] == [("POT", "dort"), ("POT.ort", "")]
    assert effective(here) == effective(there)
    [row] = conflicts(here)
    assert (row["ours"], row["theirs"], row["counts"]) == ("memo: hier · date: 2026-06-01", "memo: dort · date: 2026-06-02", "theirs")
    before = stand(here)
    merge(here, str(there.codebooks))
    assert stand(here) == before


def test_a_queue_that_was_drawn_twice_under_one_name_stays_twice(two: tuple[Places, Places]) -> None:
    here, there = two
    one = dict.fromkeys(QUEUE_ROWS, "") | {"queue": "zufall", "mode": "random", "coder": "mk", "order": "1", "doc": "I001", "raw_sha256": SHA, "raw_start": "0", "raw_end": "9", "date": "2026-06-01", "chance": "0.5"}
    put(here, "queues/zufall.csv", one)
    put(there, "queues/zufall.csv", one | {"chance": "0.25"})
    lines = merge(here, str(there.codebooks))
    files = sorted(p.name for p in (here.codebooks / "queues").iterdir())
    assert len(files) == 2
    assert any("etwas anderes gezogen" in line for line in lines)
    other = next(name for name in files if name != "zufall.csv")
    assert rows(here, f"queues/{other}")[0]["queue"] == other.removesuffix(".csv")
    before = stand(here)
    merge(here, str(there.codebooks))
    assert stand(here) == before


def test_quotes_and_versions_and_entries_that_differ_are_listed(two: tuple[Places, Places]) -> None:
    here, there = two
    quote = {"doc": "I001", "raw_sha256": SHA, "raw_start": "3", "raw_end": "9", "release": "ja", "quote": "wir"}
    entry = dict.fromkeys(LOG, "") | {"entry": "mk-l1", "what": "new", "code": "POT", "why": "hier"}
    first = {"kind": "reading", "key": "I001", "memo": "offen", "coder": "mk", "date": "2026-06-01"}
    put(here, "quotes.csv", quote)
    put(there, "quotes.csv", quote | {"release": "nein"})
    put(here, "codebook_versions.csv", dict(zip(VERSIONS, ("v1", "2026-06-01", "POT"), strict=True)))
    put(there, "codebook_versions.csv", dict(zip(VERSIONS, ("v0", "2026-05-09", "A"), strict=True)), dict(zip(VERSIONS, ("v1", "2026-06-09", "POT"), strict=True)))
    put(here, "codebook_log.csv", entry)
    put(there, "codebook_log.csv", entry | {"why": "dort"})
    put(here, "memos.csv", first, columns=MEMOS)
    put(there, "memos.csv", first | {"memo": "eher knapp"}, columns=MEMOS)
    merge(here, str(there.codebooks))
    assert {(r["list"], r["what"]) for r in conflicts(here)} == {("quotes.csv", "same quote"), ("codebook_log.csv", "same id"), ("memos.csv", "same reading note")}
    assert [r["release"] for r in rows(here, "quotes.csv")] in (["ja", "nein"], ["nein", "ja"])
    assert [(r["version"], r["date"]) for r in rows(here, "codebook_versions.csv")][:2] == [("v0", "2026-05-09"), ("v1", "2026-06-01")]
    assert {r["why"] for r in rows(here, "codebook_log.csv")} == {"hier", "dort"}
    assert tuple(conflicts(here)[0])[: len(CONFLICTS)] == CONFLICTS


@pytest.mark.parametrize("side", ["here", "there"])
def test_one_list_that_cannot_be_read_stops_everything(two: tuple[Places, Places], side: str) -> None:
    here, there = two
    put(here, "decisions.csv", act("mk-1"), columns=ACTS)
    put(there, "decisions.csv", act("mk-2"), columns=ACTS)
    broken = here if side == "here" else there
    (broken.codebooks / "sampling.csv").write_text("entry;date\n", "utf-8")
    (broken.codebooks / "minutes.csv").write_text(",".join(("entry", "date", "coder", "present", "passages", "readings", "agreed", "open")) + "\nx,,,,,,,\nx,,,,,,,\n", "utf-8")
    put(there, "sampling.csv", dict.fromkeys(("entry", "date", "coder", "whom", "contrast", "why", "status", "note"), "x") | {"status": "planned"}) if side == "here" else None
    before = stand(here)
    with pytest.raises(Stop) as stopped:
        merge(here, str(there.codebooks))
    assert {p.file.split("/")[-1].split(": ")[-1] for p in stopped.value.problems} >= {"sampling.csv", "minutes.csv"}
    assert any(p.line == 3 for p in stopped.value.problems)
    assert stand(here) == before


def test_what_would_not_be_readable_once_it_is_united_stops_everything(two: tuple[Places, Places]) -> None:
    here, there = two
    put(here, "decisions.csv", act("mk-1"), columns=ACTS)
    put(there, "handcoded/ab.csv", act("mk-1", coder="ab", raw_start="50", raw_end="60"), columns=ACTS)
    before = stand(here)
    with pytest.raises(Stop, match="übernommen ist nichts"):
        merge(here, str(there.codebooks))
    assert stand(here) == before


def test_where_the_disk_refuses_every_list_is_as_it_was(two: tuple[Places, Places], monkeypatch: pytest.MonkeyPatch) -> None:
    here, there = two
    put(here, "decisions.csv", act("mk-1"), columns=ACTS)
    put(there, "decisions.csv", act("mk-2"), columns=ACTS)
    put(there, "memos.csv", {"kind": "code", "key": "POT", "memo": "x", "coder": "ab", "date": ""})
    put(there, "quotes.csv", {"doc": "I001", "raw_sha256": SHA, "raw_start": "3", "raw_end": "9", "release": "ja", "quote": "wir"})
    before = stand(here)
    real = Path.replace

    def replace(path: Path, target: Path) -> Any:
        if Path(target).name == "quotes.csv":
            raise OSError(28, "No space left on device")
        return real(path, target)

    monkeypatch.setattr(disk.Path, "replace", replace)
    with pytest.raises(Stop, match="voll"):
        merge(here, str(there.codebooks))
    monkeypatch.undo()
    assert stand(here) == before


@pytest.mark.parametrize("name", ["../decisions.csv", "/etc/decisions.csv", "a/../../decisions.csv", "C:/decisions.csv", "..\\decisions.csv"])
def test_a_zip_whose_names_lead_outside_is_refused(two: tuple[Places, Places], tmp_path: Path, name: str) -> None:
    path = tmp_path / "böse.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("codebook.yaml", "codes: []")
        archive.writestr(zipfile.ZipInfo(name), "x")
    with pytest.raises(Stop, match="führt ein Name aus ihrem Ordner hinaus"):
        merge(two[0], str(path))
    assert not (tmp_path / "decisions.csv").exists()


@pytest.mark.parametrize("name", ["../codebook_log", "../../../fort", "/fort", "a/b", "a\\b", "..", ".versteckt", "\x1b[2J", ""])
def test_a_name_of_a_queue_that_is_no_name_of_a_file_writes_nothing_anywhere(two: tuple[Places, Places], tmp_path: Path, name: str) -> None:
    here, there = two
    row = dict.fromkeys(QUEUE_ROWS, "") | {"queue": name, "mode": "double", "coder": "ab", "order": "1", "doc": "I001", "raw_sha256": SHA, "raw_start": "0", "raw_end": "9"}
    put(there, "queues/r.csv", row, columns=QUEUE_ROWS)
    before = {p for p in tmp_path.rglob("*") if p.suffix == ".csv"}
    with pytest.raises(Stop, match="queue"):
        merge(here, str(there.codebooks))
    assert {p for p in tmp_path.rglob("*") if p.suffix == ".csv"} == before


@pytest.mark.filterwarnings("ignore:Duplicate name")
@pytest.mark.parametrize("names", [("decisions.csv", "decisions.csv"), ("handcoded/mk.csv", "handcoded/MK.csv")])
def test_a_zip_that_holds_a_list_twice_is_refused(two: tuple[Places, Places], tmp_path: Path, names: tuple[str, str]) -> None:
    with zipfile.ZipFile(tmp_path / "zwei.zip", "w") as archive:
        for name in names:
            archive.writestr(f"codebooks/klein/{name}", ",".join(ACTS))
    with pytest.raises(Stop, match="steht zweimal"):
        merge(two[0], str(tmp_path / "zwei.zip"))


@pytest.mark.parametrize("kind", [zipfile.ZIP_DEFLATED, zipfile.ZIP_LZMA])
def test_a_zip_that_is_damaged_inside_is_told(two: tuple[Places, Places], tmp_path: Path, kind: int) -> None:
    path = tmp_path / "kaputt.zip"
    with zipfile.ZipFile(path, "w", kind) as archive:
        archive.writestr("codebooks/klein/decisions.csv", ",".join(ACTS) * 50)
    whole = path.read_bytes()
    path.write_bytes(whole[:70] + b"\xff" * 30 + whole[100:])
    with pytest.raises(Stop, match="nicht als ZIP-Datei"):
        merge(two[0], str(path))


def test_links_in_a_circle_are_told(two: tuple[Places, Places]) -> None:
    (two[1].codebooks / "queues").symlink_to(two[1].codebooks / "queues")
    with pytest.raises(Stop, match="Verweis"):
        merge(two[0], str(two[1].codebooks))


def test_a_path_that_cannot_be_one_is_told(two: tuple[Places, Places]) -> None:
    with pytest.raises(Stop, match="Pfad"):
        merge(two[0], "x" * 5000)


def test_a_zip_that_swells_is_refused(two: tuple[Places, Places], tmp_path: Path) -> None:
    path = tmp_path / "bombe.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive, archive.open("decisions.csv", "w") as out:
        for _ in range(60):
            out.write(b"0" * 1_000_000)
    assert path.stat().st_size < 200_000
    with pytest.raises(Stop, match="zu groß"):
        merge(two[0], str(path))


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04 broken", b"decision,date\n"])
def test_what_is_no_zip_is_told(two: tuple[Places, Places], tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "x.zip"
    path.write_bytes(content)
    with pytest.raises(Stop, match="nicht als ZIP-Datei lesen"):
        merge(two[0], str(path))


def test_what_is_no_copy_is_told(two: tuple[Places, Places], tmp_path: Path) -> None:
    here, there = two
    (tmp_path / "leer").mkdir()
    for file, words in (("", "übernommen werden soll"), (str(tmp_path / "nie"), "gibt es nicht"), (str(tmp_path / "leer"), "keine Listen der Studie"), (str(here.codebooks), "diese Kopie selbst")):
        with pytest.raises(Stop, match=words):
            merge(here, file)
    shutil.move(there.codebooks, there.codebooks.with_name("andere"))
    with pytest.raises(Stop, match="Darin liegen diese Studien: andere"):
        merge(here, str(there.codebooks.parent.parent))
    lines = merge(here, str(there.codebooks.with_name("andere")))
    assert any("»andere«" in line for line in lines)


def test_links_of_the_other_copy_are_not_followed(two: tuple[Places, Places], tmp_path: Path) -> None:
    here, there = two
    (tmp_path / "geheim.csv").write_text("x", "utf-8")
    (there.codebooks / "decisions.csv").symlink_to(tmp_path / "geheim.csv")
    with pytest.raises(Stop, match="Verweis"):
        merge(here, str(there.codebooks))


def test_what_does_not_fit_is_told_and_kept(two: tuple[Places, Places]) -> None:
    here, there = two
    turns = here.outputs / "tables" / "turns.csv"
    turns.parent.mkdir(parents=True)
    with turns.open("w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows([("doc", "turn", "raw_sha256"), ("I001", 1, SHA), ("I002", 1, "ef" * 32)])
    put(there, "decisions.csv", act("mk-1"), act("mk-2", doc="I009"), act("mk-3", raw_sha256="cd" * 32), act("mk-4", raw_sha256="ef" * 32, code="WEG"), columns=ACTS)
    book = there.codebooks / "codebook.yaml"
    book.write_text(book.read_text("utf-8") + "\n# anders\n", "utf-8")
    (there.codebooks / "cases.csv").write_text("file,speaker,case\n", "utf-8")
    told = "\n".join(merge(here, str(there.codebooks)))
    assert "1 Zeile zu Gesprächen, die hier fehlen (I009)" in told
    assert "2 Zeilen zu Redebeiträgen, die hier anders lauten" in told
    assert "Unter anderen Nummern liegen hier Redebeiträge aus I001" in told
    assert "Das Codebuch der anderen Kopie ist ein anderes" in told
    assert "Kategorien, die im Codebuch hier fehlen: WEG (1 Zeile)" in told or "WEG (1 Zeile)" in told
    assert "cases.csv" in told
    assert len(rows(here, "decisions.csv")) == 4


def _history(chance: random.Random, here: str, first: list[dict[str, str]], many: int) -> list[dict[str, str]]:
    """Acts that follow `first`: additions, rejections, acts taken back and replaced, some in the very same second as the other copy's."""
    made = [dict(row) for row in first]
    for n in range(many):
        coder = chance.choice(("mk", "ab", "konsens"))
        start = chance.randrange(3)
        replaced = chance.choice(made)["decision"] if made and chance.random() < 0.3 else ""
        made.append(
            act(
                f"{coder}-{here}{n}", chance.choice(("accept", "reject", "add", "withdraw")), coder=coder, raw_start=str(start), raw_end=str(start + 4),
                code=chance.choice(("POT", "POT.ort")), memo=chance.choice(("", "a", "b")), replaces=replaced,
                time="" if chance.random() < 0.3 else f"2026-06-03T10:{n:02d}:00+02:00", date="2026-06-03",
            )
        )  # fmt: skip
    return made


@pytest.mark.parametrize("seed", range(25))
def test_it_does_not_matter_which_way_two_copies_are_merged(two: tuple[Places, Places], seed: int) -> None:
    chance = random.Random(seed)
    here, there = two
    shared = _history(chance, "s", [], chance.randrange(6))
    for places, name in ((here, "h"), (there, "t")):
        mine = [dict(row) for row in shared]
        if mine and chance.random() < 0.5:
            chance.choice(mine)["memo"] = f"von Hand {name}"
        mine = _history(chance, name, mine, chance.randrange(1, 12))
        put(places, "decisions.csv", *mine, columns=ACTS)
        hand = [row | {"coder": "mk", "action": "", "replaces": "", "decision": row["decision"] and f"hand-{row['decision']}"} for row in mine[-2:]]
        put(places, "handcoded/mk.csv", *{(r["raw_start"], r["code"]): r for r in hand}.values(), columns=ACTS)
    kept = stand(there)
    merge(here, str(there.codebooks))
    merged_here, files = effective(here), stand(here)
    merge(there, str(here.codebooks))
    assert effective(there) == merged_here
    merge(here, str(there.codebooks))
    assert stand(here) == files
    assert kept.keys() <= stand(there).keys()
    for name in ("decisions.csv", "handcoded/mk.csv"):
        assert len(rows(here, name)) == len(rows(there, name))


@pytest.mark.parametrize("seed", range(25))
def test_the_other_way_round_comes_to_the_same_at_once(two: tuple[Places, Places], tmp_path: Path, seed: int) -> None:
    chance = random.Random(100 + seed)
    here, there = two
    shared = _history(chance, "s", [], 4)
    for places, name in ((here, "h"), (there, "t")):
        put(places, "decisions.csv", *_history(chance, name, shared, 8), columns=ACTS)
    copy = tmp_path / "kopie"
    shutil.copytree(here.codebooks, copy)
    merge(here, str(there.codebooks))
    merge(there, str(copy))
    assert effective(here) == effective(there)


def test_the_order_of_both_stays_and_rows_said_twice_stay_twice() -> None:
    read, back = {"doc": "I001", "action": ""}, {"doc": "I001", "action": "withdraw"}
    made = united([], [read, back, read])
    assert [row["action"] for row in made.rows] == ["", "withdraw", ""]
    assert united([read, back, read], [read, back, read]).new == []
    ours, theirs = [{"id": name} for name in "acd"], [{"id": name} for name in "abd"]
    assert [row["id"] for row in united(ours, theirs, "id").rows] in (list("abcd"), list("acbd"))
    crossed = united([{"id": "a"}, {"id": "b"}], [{"id": "b"}, {"id": "a"}], "id")
    assert sorted(row["id"] for row in crossed.rows) == ["a", "b"]


def test_times_of_different_zones_are_compared() -> None:
    assert stamp({"time": "2026-06-02T12:00:00+02:00"}) == stamp({"time": "2026-06-02T10:00:00Z"})
    assert stamp({"date": "3.6.2026"}) > stamp({"time": "2026-06-02T23:00:00+02:00"}) > stamp({"date": "2026-06-02"}) > stamp({"date": "neulich"})


def test_thousands_of_rows_are_merged_in_seconds(two: tuple[Places, Places]) -> None:
    here, there = two
    many = [act(f"mk-{n}", raw_start=str(n), raw_end=str(n + 3)) for n in range(3_000)]
    put(here, "decisions.csv", *many, columns=ACTS)
    put(there, "decisions.csv", *reversed(many), act("ab-1", coder="ab"), columns=ACTS)
    start = os.times().elapsed
    merge(here, str(there.codebooks))
    assert os.times().elapsed - start < 10
    assert len(rows(here, "decisions.csv")) == 3_001
