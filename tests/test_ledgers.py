"""Lists that the program writes while people work: no row lost, none torn, whatever happens in between."""

from __future__ import annotations

import os
import random
import statistics
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from pipeline.ledgers import begun, disk, form, writing
from pipeline.ledgers.writing import append, locked, repaired, rewritten
from pipeline.lists import DECISIONS, HANDCODED, LISTS, MEMOS, MINUTES, MORE_DECISIONS, read_list
from pipeline.places import Places
from pipeline.problems import Stop

COLUMNS = (*DECISIONS, *MORE_DECISIONS)
LISTING = LISTS["decisions.csv"]
REPO = Path(__file__).parent.parent


@pytest.fixture
def study(tmp_path: Path) -> Places:
    places = Places("klein", *(tmp_path / kind / "klein" for kind in ("transcripts", "codebooks", "outputs", "private")))
    places.codebooks.mkdir(parents=True)
    return places


def row(number: int, **more: object) -> dict[str, object]:
    return {
        "decision": f"mk-{number}", "date": "2026-06-02", "coder": "mk", "mode": "interview", "action": "add", "code": "A1", "doc": "I001",
        "raw_sha256": "ab12", "raw_start": number, "raw_end": number + 5, "codebook": "v1", "quote": "»Ja«, sagt sie;\n\"nein\"", "memo": "", **more,
    }  # fmt: skip


def path_of(places: Places) -> Path:
    return places.codebooks / "decisions.csv"


def put(places: Places, *rows: dict[str, object]) -> None:
    append(places, path_of(places), LISTING, COLUMNS, rows)


def ids(places: Places) -> list[str]:
    return [r["decision"] for r in read_list(path_of(places), LISTING)]


def backups(places: Places) -> list[bytes]:
    return [p.read_bytes() for p in sorted((places.codebooks / "backup").glob("*"))] if (places.codebooks / "backup").is_dir() else []


def test_a_list_is_made_and_added_to(study: Places) -> None:
    put(study, row(1))
    put(study, row(2), row(3, memo="a\r\nb", foreign="is no column of this list"))
    raw = path_of(study).read_bytes()
    assert raw.startswith(b"\xef\xbb\xbf" + ",".join(COLUMNS).encode() + b"\n")
    assert b"\r" not in raw
    assert raw.endswith(b"\n")
    rows = read_list(path_of(study), LISTING)
    assert [r["decision"] for r in rows] == ["mk-1", "mk-2", "mk-3"]
    assert rows[0]["quote"] == "»Ja«, sagt sie;\n\"nein\""
    assert rows[2]["memo"] == "a\nb"
    assert backups(study) == []
    assert repaired(study) == []
    assert (study.private / begun.NAME).read_bytes() == b""


_WRITER = """
import sys
from pathlib import Path
from tests.test_ledgers import append, path_of, put, row, Places
places = Places("klein", *(Path(sys.argv[1]) / kind / "klein" for kind in ("transcripts", "codebooks", "outputs", "private")))
first, many, size = int(sys.argv[2]), int(sys.argv[3]), int(sys.argv[4])
for n in range(first, first + many):
    put(places, row(n, memo="ä" * size))
    sys.stdout.write(f"mk-{n}\\n")
    sys.stdout.flush()
"""


def writer(root: Path, first: int, many: int, size: int = 3) -> subprocess.Popen[str]:
    words = [sys.executable, "-c", _WRITER, str(root), str(first), str(many), str(size)]
    return subprocess.Popen(words, cwd=REPO, stdout=subprocess.PIPE, text=True)


def test_two_writers_at_once_lose_nothing(study: Places, tmp_path: Path) -> None:
    both = [writer(tmp_path, 0, 200), writer(tmp_path, 1000, 200)]
    said = [line for one in both for line in one.communicate(timeout=120)[0].split()]
    assert [one.returncode for one in both] == [0, 0]
    assert len(said) == 400
    assert sorted(ids(study)) == sorted(said)


_KILLED = """
import os, sys, time
from pathlib import Path
from tests.test_ledgers import put, row, Places
root, out = Path(sys.argv[1]), int(sys.argv[2])
places = Places("klein", *(root / kind / "klein" for kind in ("transcripts", "codebooks", "outputs", "private")))
for turn in range(30):
    if (child := os.fork()) == 0:
        n = turn * 10_000
        while True:
            put(places, row(n, memo="ä" * 20_000), row(n + 1, memo="x"))
            os.write(out, f"mk-{n}\\nmk-{n + 1}\\n".encode())
            n += 2
    before, until = os.fstat(out).st_size, time.monotonic() + 20
    while os.fstat(out).st_size == before and time.monotonic() < until:
        time.sleep(0.001)
    time.sleep(float(sys.argv[3 + turn]))
    os.kill(child, 9)
    os.waitpid(child, 0)
"""


def test_no_acknowledged_row_is_lost_when_the_writer_is_killed(study: Places, tmp_path: Path) -> None:
    """Thirty times, at random moments: what was reported as written is there, whole, and in pairs as it was given."""
    chance = random.Random(7)
    pauses = [f"{chance.uniform(0, 0.02):.4f}" for _ in range(30)]
    told = tmp_path / "told"
    with told.open("wb") as out:
        subprocess.run([sys.executable, "-c", _KILLED, str(tmp_path), str(out.fileno()), *pauses], cwd=REPO, pass_fds=[out.fileno()], check=True, timeout=120)
    repaired(study)
    acknowledged = told.read_text("utf-8").split()
    there = ids(study)
    assert set(acknowledged) <= set(there)
    assert len(acknowledged) >= 60
    assert len(there) == len(set(there))
    numbers = [int(name.removeprefix("mk-")) for name in there]
    assert all(b == a + 1 for a, b in zip(numbers[::2], numbers[1::2], strict=True))
    assert {len(r["memo"]) for r in read_list(path_of(study), LISTING)} == {20_000, 1}


@pytest.mark.parametrize("share", [0, 1, 40, 130, 10_000])
def test_what_was_begun_is_ended_at_every_byte(study: Places, share: int) -> None:
    """The machine stopped in the midst of a write: the next one ends it, whatever part of it was on the disk."""
    put(study, row(1))
    size = path_of(study).stat().st_size
    data = form.line([str(row(2).get(c, "")) for c in COLUMNS]).encode()
    begun.note(study, path_of(study).resolve(), size, data)
    with path_of(study).open("ab") as out:
        out.write(data[: min(share, len(data))])
    lines = repaired(study)
    assert ids(study) == ["mk-1", "mk-2"]
    assert repaired(study) == []
    assert len(lines) == (1 if share < len(data) else 0)
    assert all("nachgetragen" in line for line in lines)


def test_what_was_begun_is_left_alone_where_somebody_wrote_since(study: Places) -> None:
    put(study, row(1), row(2))
    raw = path_of(study).read_bytes()
    begun.note(study, path_of(study).resolve(), len(raw), b"mk-3,x\n")
    path_of(study).write_bytes(raw.replace(b"mk-2", b"mk-4711"))
    put(study, row(5))
    assert ids(study) == ["mk-1", "mk-4711", "mk-5"]
    (study.private / begun.NAME).write_bytes(b'{"file": "decis')  # stopped while it was written down
    put(study, row(6))
    assert ids(study)[-1] == "mk-6"
    assert (study.private / begun.NAME).read_bytes() == b""


@pytest.mark.parametrize("last", ["mk-2,2026-06-02,mk,inter", 'mk-2,2026-06-02,mk,interview,add,A1,I001,ab12,3,8,v1,"»Ja«, sa'])
@pytest.mark.parametrize("by", ["append", "repaired"])
def test_a_torn_last_row_is_kept_apart_and_told(study: Places, last: str, by: str) -> None:
    put(study, row(1))
    with path_of(study).open("ab") as out:
        out.write(last.encode())
    if by == "append":
        put(study, row(3))
    lines = repaired(study)
    assert ids(study) == (["mk-1", "mk-3"] if by == "append" else ["mk-1"])
    assert len(lines) == 1
    assert "decisions.csv" in lines[0]
    assert "backup" in lines[0]
    assert repaired(study) == []
    assert any(b"mk-2,2026-06-02,mk,inter" in raw for raw in backups(study))


def test_a_whole_last_row_without_line_end_stays(study: Places) -> None:
    put(study, row(1), row(2))
    path_of(study).write_bytes(path_of(study).read_bytes().rstrip(b"\n"))
    assert repaired(study) == []
    put(study, row(3))
    assert ids(study) == ["mk-1", "mk-2", "mk-3"]


def test_a_full_disk_takes_nothing_away(study: Places, tmp_path: Path) -> None:
    put(study, *(row(n) for n in range(20)))
    before = path_of(study).read_bytes()
    code = f"""
import resource, sys
from pathlib import Path
from tests.test_ledgers import put, row, Places, Stop
places = Places("klein", *(Path({str(tmp_path)!r}) / kind / "klein" for kind in ("transcripts", "codebooks", "outputs", "private")))
resource.setrlimit(resource.RLIMIT_FSIZE, ({len(before) + 50}, {len(before) + 50}))
try:
    put(places, row(99))
except Stop as stop:
    sys.exit(0 if "voll" in str(stop) and "nicht gespeichert" in str(stop) else 3)
sys.exit(4)
"""
    assert subprocess.run([sys.executable, "-c", code], cwd=REPO, check=False, timeout=60).returncode == 0
    assert path_of(study).read_bytes() == before
    assert repaired(study) == []
    put(study, row(99))
    assert ids(study)[-1] == "mk-99"


def test_a_write_that_ends_half_way_is_taken_back(study: Places, monkeypatch: pytest.MonkeyPatch) -> None:
    put(study, row(1))
    before = path_of(study).read_bytes()
    real = os.write
    monkeypatch.setattr(disk.os, "write", lambda handle, data: real(handle, data[: len(data) // 2]))
    with pytest.raises(Stop, match="Datenträger ist voll"):
        put(study, row(2))
    monkeypatch.undo()
    assert path_of(study).read_bytes() == before
    put(study, row(3))
    assert ids(study) == ["mk-1", "mk-3"]


def test_a_file_that_is_open_in_excel_is_told(study: Places, monkeypatch: pytest.MonkeyPatch) -> None:
    put(study, row(1))
    before = path_of(study).read_bytes()

    def refuse(*args: object, **more: object) -> Any:
        raise PermissionError(13, "Permission denied")

    real = Path.replace

    def refuse_lists(path: Path, target: Path) -> Path:
        return Path(refuse()) if target.parent == study.codebooks else real(path, target)

    monkeypatch.setattr(disk.os, "open", refuse)
    with pytest.raises(Stop, match="Excel"):
        put(study, row(2))
    monkeypatch.undo()
    monkeypatch.setattr(Path, "replace", refuse_lists)
    with pytest.raises(Stop, match="Excel"):
        rewritten(study, path_of(study), LISTING, COLUMNS, [row(2)])
    monkeypatch.undo()
    assert path_of(study).read_bytes() == before
    assert not list(study.codebooks.glob(".*tmp"))


def test_a_file_that_may_only_be_read_stays(study: Places, monkeypatch: pytest.MonkeyPatch) -> None:
    put(study, row(1))
    before = path_of(study).read_bytes()
    monkeypatch.setattr(disk.os, "access", lambda path, how: False)  # the tests may run as the one user who may do everything
    with pytest.raises(Stop, match="schreibgeschützt"):
        rewritten(study, path_of(study), LISTING, COLUMNS, [row(2)])
    assert path_of(study).read_bytes() == before


EXCEL = "memo;Bemerkung;decision;date;coder;mode;action;code;doc;raw_sha256;raw_start;raw_end;codebook;quote;;"
FIRST = 'größer – „so“;"a;b\r\nc";mk-1;02.06.2026;mk;interview;add;A1;I001;ab12;1;6;v1;"sagt ""ja""; Ümlaut";;'


@pytest.mark.parametrize("code", ["cp1252", "utf-8-sig", "utf-8", "utf-16"])
@pytest.mark.parametrize("told", ["", "sep=;\r\n"])
def test_what_excel_saved_is_brought_into_form_and_no_cell_is_lost(study: Places, code: str, told: str) -> None:
    raw = f"{told}{EXCEL}\r\n{FIRST}\r\n".encode(code)
    path_of(study).write_bytes(raw)
    before = read_list(path_of(study), LISTING)[0]
    put(study, row(2))
    found = read_list(path_of(study), LISTING)
    after = found[0]
    assert path_of(study).read_bytes().startswith(b"\xef\xbb\xbf" + ",".join((*COLUMNS, "Bemerkung")).encode() + b"\n")
    assert {k: v for k, v in after.items() if k != "line" and v} == {k: v for k, v in before.items() if k != "line" and v}
    assert after["bemerkung"] == "a;b\nc"
    assert after["quote"] == 'sagt "ja"; Ümlaut'
    assert after["stance"] == ""
    assert [r["decision"] for r in found] == ["mk-1", "mk-2"]
    assert backups(study) == [raw]
    put(study, row(3))
    assert ids(study) == ["mk-1", "mk-2", "mk-3"]
    assert backups(study) == [raw]


def test_bytes_that_no_code_page_knows_are_kept(study: Places) -> None:
    path_of(study).write_bytes(f"{EXCEL}\r\n".encode("cp1252") + FIRST.replace("größer", "gr\x81ßer").encode("latin-1", "ignore") + b"\r\n")
    put(study, row(2))
    assert "\x81ßer" in path_of(study).read_text("utf-8-sig")


def test_columns_of_an_older_version_are_added(study: Places) -> None:
    path_of(study).write_text(",".join(DECISIONS) + "\nmk-1,2026-06-02,mk,interview,add,A1,I001,ab12,1,6,v1,q,m\n", "utf-8")
    put(study, row(2, time="2026-06-02T10:00:00+02:00"))
    assert [r["time"] for r in read_list(path_of(study), LISTING)] == ["", "2026-06-02T10:00:00+02:00"]
    assert len(backups(study)) == 1


def test_other_names_of_columns_are_understood(study: Places) -> None:
    path = study.codebooks / "handcoded" / "mk.csv"
    path.parent.mkdir()
    path.write_text("Interview;raw_sha256;start;end;Kategorie;Zitat\nI001;ab12;1;6;A1;ja\n", "utf-8")
    columns = (*HANDCODED.required, "memo", "action")
    append(study, path, HANDCODED, columns, [{"doc": "I002", "raw_sha256": "cd", "raw_start": 0, "raw_end": 2, "code": "B", "quote": "na"}])
    rows = read_list(path, HANDCODED)
    assert [(r["doc"], r["code"], r["quote"], r["raw_end"]) for r in rows] == [("I001", "A1", "ja", "6"), ("I002", "B", "na", "2")]


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("decision;coder\nx;y\n", 1),  # columns are missing
        (",".join(DECISIONS) + '\nmk-1,2026,mk,i,add,A1,I001,ab,1,6,v1,"open,m\nmk-2,2026,mk,i,add,A1,I001,ab,1,6,v1,q,m\n', 3),
        (",".join(DECISIONS) + "\nmk-1,2026,mk,i,add,A1,I001,ab,1,6,v1,q,m,and,more\n", 2),
        (",".join((*DECISIONS, "memo")) + "\n", 1),
    ],
)
def test_a_list_that_cannot_be_understood_is_not_touched(study: Places, text: str, line: int) -> None:
    path_of(study).write_text(text, "utf-8")
    with pytest.raises(Stop) as stopped:
        put(study, row(2))
    assert line in {problem.line for problem in stopped.value.problems}
    assert "decisions.csv" in stopped.value.problems[0].file
    assert path_of(study).read_text("utf-8") == text
    assert backups(study) == []
    assert repaired(study) == []


def test_an_empty_file_gets_its_header(study: Places) -> None:
    path_of(study).write_bytes(b"\xef\xbb\xbf\r\n")
    put(study, row(1))
    assert ids(study) == ["mk-1"]


def test_a_link_that_leads_elsewhere_is_refused(study: Places, tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere.csv"
    elsewhere.write_text("x", "utf-8")
    path_of(study).symlink_to(elsewhere)
    for write in (append, rewritten):
        with pytest.raises(Stop, match="Verweis"):
            write(study, path_of(study), LISTING, COLUMNS, [row(1)])
    with pytest.raises(Stop, match="Verweis"):
        append(study, study.codebooks / "handcoded" / ".." / ".." / "x.csv", LISTING, COLUMNS, [row(1)])
    assert elsewhere.read_text("utf-8") == "x"
    (study.codebooks / "reviewed.csv").mkdir()
    with pytest.raises(Stop, match="keine Datei"):
        append(study, study.codebooks / "reviewed.csv", LISTING, COLUMNS, [row(1)])


def test_a_cell_that_no_reader_takes_is_refused(study: Places) -> None:
    put(study, row(1))
    with pytest.raises(Stop, match=r"»memo« ist länger als 100\.000"):
        put(study, row(2), row(3, memo="x" * 100_001))
    put(study, row(4, memo="\ud800\0x"))
    assert ids(study) == ["mk-1", "mk-4"]


def test_a_list_is_written_whole_with_its_old_version_kept(study: Places) -> None:
    path, listing = study.codebooks / "memos.csv", LISTS["memos.csv"]
    path.write_text("kind;key;memo;coder;date;Farbe\ncode;A1;alt;mk;2026;rot\n", "utf-8")
    old = path.read_bytes()
    with locked(study):
        rows = read_list(path, listing)
        rewritten(study, path, listing, MEMOS, [*rows, {"kind": "code", "key": "B", "memo": "neu", "coder": "ab", "date": "2026"}])
    assert backups(study) == [old]
    assert [(r["key"], r["memo"], r["farbe"]) for r in read_list(path, listing)] == [("A1", "alt", "rot"), ("B", "neu", "")]
    stamp = path.stat().st_ino
    rewritten(study, path, listing, MEMOS, read_list(path, listing))
    assert path.stat().st_ino == stamp
    assert len(backups(study)) == 1


def test_the_lock_is_waited_for_and_may_be_taken_twice(study: Places, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(writing, "WAIT", 0.2)
    with locked(study), locked(study):
        put(study, row(1))
        code = f"""
import sys
from tests.test_ledgers import *
writing.WAIT = 0.2
places = Places("klein", *(Path({str(tmp_path)!r}) / kind / "klein" for kind in ("transcripts", "codebooks", "outputs", "private")))
try:
    put(places, row(2))
except Stop as stop:
    sys.exit(0 if "schreibt gerade" in str(stop) else 3)
"""
        assert subprocess.run([sys.executable, "-c", code], cwd=REPO, check=False, timeout=60).returncode == 0
        refused: list[str] = []

        def other() -> None:
            try:
                put(study, row(3))
            except Stop as stop:
                refused.append(str(stop))

        thread = threading.Thread(target=other)
        thread.start()
        thread.join()
        assert len(refused) == 1
    put(study, row(4))
    assert ids(study) == ["mk-1", "mk-4"]


def test_threads_of_one_program_lose_nothing(study: Places) -> None:
    def write(start: int) -> None:
        for n in range(start, start + 25):
            put(study, row(n))

    threads = [threading.Thread(target=write, args=(start,)) for start in (0, 100, 200, 300)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(set(ids(study))) == 100


def test_what_a_killed_writer_left_beside_goes_after_an_hour(study: Places) -> None:
    old, new = study.codebooks / ".decisions.csv.17.tmp", study.codebooks / ".reviewed.csv.18.tmp"
    for path in (old, new):
        path.write_bytes(b"x")
    os.utime(old, (time.time() - 7200,) * 2)
    repaired(study)
    assert not old.exists()
    assert new.exists()


def test_adding_to_a_long_list_takes_less_than_five_milliseconds(study: Places, monkeypatch: pytest.MonkeyPatch) -> None:
    """But for the time in which the disk itself settles: that is the machine's, and longer where others write too."""
    put(study, *(row(n) for n in range(20_000)))
    taken, waited = [], [0.0]

    def settle(handle: int, real: Callable[[int], None] = os.fsync) -> None:
        start = time.perf_counter()
        real(handle)
        waited[0] += time.perf_counter() - start

    monkeypatch.setattr(disk.os, "fsync", settle)
    for n in range(20_000, 20_060):
        start, waited[0] = time.perf_counter(), 0.0
        put(study, row(n))
        taken.append(time.perf_counter() - start - waited[0])
    assert statistics.median(taken) < 0.005
    assert len(ids(study)) == 20_060


def test_a_damaged_sign_in_a_list_of_ours_is_told_by_its_line(places: Places) -> None:
    path = places.codebooks / "minutes.csv"
    append(places, path, LISTS["minutes.csv"], MINUTES, [{"entry": "m1", "agreed": "Straße"}, {"entry": "m2", "agreed": "X"}])
    path.write_bytes(damaged := path.read_bytes().replace(b"X", b"\xff"))
    with pytest.raises(Stop, match=r"minutes.csv:3: .*beschädigt"):
        append(places, path, LISTS["minutes.csv"], MINUTES, [{"entry": "m3"}])
    assert path.read_bytes() == damaged


def test_a_link_in_place_of_the_note_of_what_is_begun_empties_nothing(places: Places, tmp_path: Path) -> None:
    other = tmp_path / "anderes.txt"
    other.write_text("bleibt", "utf-8")
    places.private.mkdir(parents=True, exist_ok=True)
    (places.private / "writing.json").symlink_to(other)
    with pytest.raises(Stop, match="Verweis"), locked(places):
        pass
    assert other.read_text("utf-8") == "bleibt"


def test_a_last_line_cut_in_the_midst_of_a_sign_is_put_aside(places: Places) -> None:
    path = places.codebooks / "minutes.csv"
    append(places, path, LISTS["minutes.csv"], MINUTES, [{"entry": "m1", "agreed": "Straße"}, {"entry": "m2", "agreed": "Xß"}])
    raw = path.read_bytes()
    path.write_bytes(raw[: raw.rindex("ß".encode()) + 1])
    assert "halb geschrieben" in repaired(places)[0]
    assert [row["agreed"] for row in read_list(path, LISTS["minutes.csv"])] == ["Straße"]
