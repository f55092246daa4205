"""`make forget`: nothing before the id is typed; then everything of the interview, and nothing of the others."""

from __future__ import annotations

import io
import shutil
import zipfile
from pathlib import Path

import pytest
from conftest import carry, lay_out, run
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline import cuts, registry, rows_of, store, traces
from pipeline.forget import COUNT, forget
from pipeline.places import Places
from pipeline.problems import Stop

# Said by I001 alone, in the raw file and, where a number was replaced, in the results.
SAID = "Wir trainieren jeden Mittwoch die Kinder. Einen Raum haben wir nicht."
RAW = "Rufen Sie mich an: 0209 5550123"
OTHER = "Keiner redet mit keinem. Der Verein hat ja keinen Raum, und die Kirche hat drei."
SHA = "f" * 64
OLD_PIECE = "/".join(("outputs", "work", "coding", "alt.bin"))  # of an earlier version of the program

LISTS = {
    "codebooks/decisions.csv": (
        "\ufeffdecision,date,coder,mode,action,code,doc,raw_sha256,raw_start,raw_end,codebook,quote,memo\r\n"
        f'd1,2026-04-05,ab,all,add,BED.raum,I001,{SHA},0,9,x,"{SAID}","zwei\r\nZeilen, ""so"""\r\n'
        f'd2,2026-04-05,ab,all,add,BED.raum,I002,{SHA},0,9,x,"{OTHER}","auch\r\nzwei"\r\n'
        f"d3,2026-04-05,ab,all,add,BED.raum,i001,{SHA},0,9,x,,\r\n"
        f"d4,2026-04-05,ab,all,add,BED.raum,I0011,{SHA},0,9,x,,"
    ),
    "codebooks/reviewed.csv": (
        f"doc,raw_sha256,raw_start,raw_end,coder,mode,date,codebook\nI002,{SHA},0,9,ab,all,,\n\nI001,{SHA},0,9,ab,all,,\n"
    ),
    "codebooks/cases.csv": "sep=;\nfile;speaker;case;voice\na_verein;;K1;private\nc_workshop.txt;TN1;;private\n",
    "codebooks/handcoded/runde1.csv": (
        f"doc\traw_sha256\traw_start\traw_end\tcode\tquote\nI001\t{SHA}\t0\t9\tBED.raum\t\nI003\t{SHA}\t0\t9\tBED.raum\t\n"
    ),
    "codebooks/handcoded/I001.csv": f"doc,raw_sha256,raw_start,raw_end,code,quote\nI001,{SHA},0,9,BED.raum,\n",
    "codebooks/anchors/raum.csv": (
        "codes;text;variety;source\nBED.raum;Wir haben keinen Raum.;de;I001, Beitrag 4\nBED.raum;Kein Saal;de;Interview 1\n"
        "BED.raum;Es fehlt ein Zimmer;de;erfunden\nBED.raum;beides;de;I001 und I002\n"
    ),
    "codebooks/quotes.csv": (
        f'doc,raw_sha256,raw_start,raw_end,release,quote\nI001,{SHA},0,9,ja,"{SAID}"\nI002,{SHA},0,9,ja,"{OTHER}"\n'
    ),
    "codebooks/quotes_alt.csv": f'mention;text\nm1;"{SAID}"\nm2;"{OTHER}"\n',
    "codebooks/inventory.csv": "entry;what;docs\ne1;Treff;I001\ne2;Kirche;I001 | I002\ne3;Rat;I002\n",
    "codebooks/decisions.csv.bak": f"doc,quote\nI001,{SAID[:20]}\nI002,y\n",
    "private/consent.csv": (
        "file;speaker;person;scope;machine;minor;parents;date;expires\na_verein.txt;B;P1;analysis;ja;nein;;;\n"
        "b_rat.md;B;P2;analysis+quotes;ja;nein;;;\n"
    ),
}

LEFT = {
    "codebooks/decisions.csv": [("d1", False), ("d2", True), ("d3", False), ("d4", True)],
    "codebooks/reviewed.csv": [("I002", True), ("I001", False)],
    "codebooks/cases.csv": [("a_verein", False), ("c_workshop", True), ("sep=;", True)],
    "codebooks/handcoded/runde1.csv": [("I001", False), ("I003", True)],
    "codebooks/anchors/raum.csv": [("Beitrag 4", False), ("Interview 1", False), ("erfunden", True), ("beides", True)],
    "codebooks/quotes.csv": [("I001", False), ("I002", True)],
    "codebooks/quotes_alt.csv": [("m1", False), ("m2", True)],
    "codebooks/inventory.csv": [("Treff", False), ("Kirche;I002", True), ("Rat;I002", True)],
    "codebooks/decisions.csv.bak": [("I001", False), ("I002", True)],
    "private/consent.csv": [("a_verein", False), ("b_rat", True)],
}


def at(places: Places, name: str) -> Path:
    top, _, rest = name.partition("/")
    return Path(getattr(places, top)) / rest


def furnish(places: Places) -> None:
    """Lists, memos, caches and outputs of every kind that the interview has left something in."""
    for name, text in LISTS.items():
        at(places, name).parent.mkdir(parents=True, exist_ok=True)
        at(places, name).write_bytes(text.encode())
    texts = {
        "codebooks/statements.md": f"# Aussagen\n\nErfunden.\n\n> {SAID}\n\nVergleiche Interview 1, Beitrag 4.\n",
        "codebooks/topics.yaml": "topics:\n  - terms: [Raum]\n    # I001\n",
        "codebooks/memos/I001.md": "Ein Eindruck.",
        "codebooks/memos/I002.md": "Ein anderer.",
        "outputs/history/2026-04.json": f'{{"text": "{SAID}"}}',
        "outputs/exports/maxqda.csv": f"I001,{SAID}",
        OLD_PIECE: "I001",
        "private/fehler.log": f"Traceback: {RAW}",
        "private/notiz.txt": "ohne Bezug",
    }
    for name, text in texts.items():
        at(places, name).parent.mkdir(parents=True, exist_ok=True)
        at(places, name).write_bytes(text.encode())


def everything(places: Places) -> dict[Path, bytes]:
    tops = (places.transcripts, places.codebooks, places.outputs, places.private)
    return {path: path.read_bytes() for top in tops for path in sorted(top.rglob("*")) if path.is_file() and path.suffix != ".lock"}


@pytest.fixture
def lived(tmp_path: Path, finished: Places) -> Places:
    """The tiny study after a run, in folders of its own, with all that people and programs add in the course of time."""
    kinds = ("transcripts", "codebooks", "outputs", "private")
    places = Places("klein", *(tmp_path / kind / "klein" for kind in kinds))
    for kind in kinds:
        shutil.copytree(getattr(finished, kind), getattr(places, kind))
    furnish(places)
    return places


def test_nothing_happens_before_the_id_is_typed(lived: Places) -> None:
    before = everything(lived)
    for typed in ("", "ja", "I002", "a_verein.txt"):
        lines = forget(lived, "I001", typed)
        assert lines[-1] == "Noch ist nichts geschehen. Zum Löschen bitte I001 eintippen."
    assert any("a_verein.txt" in line for line in lines)
    assert any("decisions.csv: 2 Zeilen" in line for line in lines)
    assert {p: d for p, d in everything(lived).items() if not p.name.endswith("lock")} == {
        p: d for p, d in before.items() if not p.name.endswith("lock")
    }


def test_what_a_killed_writer_left_goes_whatever_its_age_and_conflicts_that_quote_too(lived: Places) -> None:
    left = [lived.codebooks / ".memos.csv.77.tmp", lived.codebooks / "backup" / ".decisions.csv.77.tmp", lived.private / ".pseudonyms.csv.77.tmp"]
    for path in left:
        path.parent.mkdir(exist_ok=True)
        path.write_text(f'kind,key,memo\npassage,I001.4.0,"{SAID}', "utf-8")
    theirs = f'list,what,doc,ours,theirs\nmemos.csv,same reading note,,"memo: {SAID}",memo: –\nmemos.csv,same reading note,,"memo: {OTHER}",memo: –\n'
    (lived.codebooks / "merge_conflicts.csv").write_text(theirs, "utf-8")
    forget(lived, "I001", "I001")
    assert not any(path.exists() for path in left)
    text = (lived.codebooks / "merge_conflicts.csv").read_text("utf-8")
    assert SAID not in text
    assert OTHER in text


def test_nothing_is_forgotten_while_a_page_holds_rows_in_memory(lived: Places) -> None:
    before = at(lived, "codebooks/decisions.csv").read_bytes()
    with store.lock(lived, "watch.lock"), pytest.raises(Stop, match="make review« noch geöffnet"):
        forget(lived, "I001", "I001")
    assert at(lived, "codebooks/decisions.csv").read_bytes() == before


def test_every_list_loses_the_rows_of_the_interview_and_no_byte_of_others(lived: Places) -> None:
    forget(lived, "a_verein", "i001")
    for name, parts in LEFT.items():
        now, then = at(lived, name).read_bytes(), LISTS[name].encode()
        for part, stays in parts:
            assert (part.encode() in now) == stays, (name, part)
        # What is left is the old file with whole pieces taken out.
        rest = iter(then)
        assert all(byte in rest for byte in now), name
    text = LISTS["codebooks/decisions.csv"]
    rows = text.index("d1,"), text.index("d2,"), text.index("d3,"), text.index("d4,")
    assert (
        at(lived, "codebooks/decisions.csv").read_bytes()
        == (text[: rows[0]] + text[rows[1] : rows[2]] + text[rows[3] :]).encode()
    )
    assert at(lived, "codebooks/reviewed.csv").read_bytes() == (
        f"doc,raw_sha256,raw_start,raw_end,coder,mode,date,codebook\nI002,{SHA},0,9,ab,all,,\n\n".encode()
    )
    assert [d.doc for d in registry.read(lived.private / "documents.csv")] == ["I002", "I003"]


def test_the_key_loses_what_only_this_interview_needs(lived: Places) -> None:
    path = lived.private / "pseudonyms.csv"
    silent = lambda title, done, total: None  # noqa: E731
    path.write_text(
        "form;replacement\nPetra Beispiel;Anna Muster\nKaya;Demir\n5550123;[Nummer]\nRaum;Ort\nOtto;Max\n", "utf-8"
    )
    (change,) = [c for c in rows_of.changes(lived, rows_of.find(lived, "I001", silent)) if c.path == path]
    assert change.data.decode() == "form;replacement\nKaya;Demir\nRaum;Ort\nOtto;Max\n"
    head = "entity;forms;replacement;docs;count\n"
    rows = (
        "E1;Beispiel;Muster;I001;1\n",
        "E2;Kaya | Kayas;Demir;I001 | I002;2\n",
        "E3;Petra;Anna;I002;1\n",
        "E4;Petra;Anna;;1\n",
    )
    path.write_text(head + "".join(rows), "utf-8")
    (change,) = [c for c in rows_of.changes(lived, rows_of.find(lived, "I001", silent)) if c.path == path]
    assert change.data.decode() == head + "E2;Kaya | Kayas;Demir;I002;2\n" + rows[2]
    assert (change.gone, change.cut) == (2, 1)


def test_a_merged_row_of_the_key_loses_the_spellings_of_this_interview_alone(lived: Places) -> None:
    path = lived.private / "pseudonyms.csv"
    head = "entity;name;forms;replacement;docs;note\n"
    path.write_text(head + "E1;Petra Beispiel;Petra Beispiel | Kaya;Demir;I001 | I002;heißt auch Petra Beispiel\n", "utf-8")
    target = rows_of.find(lived, "I001", lambda title, done, total: None)
    (change,) = [c for c in rows_of.changes(lived, target) if c.path == path]
    assert change.data.decode() == head + "E1;Kaya;Kaya;Demir;I002;\n"


@pytest.mark.long
def test_rights_of_a_changed_list_stay(lived: Places) -> None:
    path = lived.private / "consent.csv"
    path.chmod(0o600)
    forget(lived, "I001", "I001")
    assert path.stat().st_mode & 0o777 == 0o600


@pytest.mark.long
def test_files_go_and_other_files_stay_as_they_are(lived: Places) -> None:
    before = everything(lived)
    forget(lived, "I001", "I001")
    gone = ("transcripts/a_verein.txt", "codebooks/handcoded/I001.csv", "codebooks/memos/I001.md", "private/fehler.log",
            "outputs/history/2026-04.json", "outputs/exports/maxqda.csv", OLD_PIECE)  # fmt: skip
    assert [name for name in gone if at(lived, name).exists()] == []
    same = ("transcripts/b_rat.md", "transcripts/c_workshop.txt", "codebooks/memos/I002.md", "codebooks/statements.md",
            "codebooks/topics.yaml", "codebooks/codebook.yaml", "codebooks/study.yaml", "private/notiz.txt")  # fmt: skip
    assert [name for name in same if at(lived, name).read_bytes() != before[at(lived, name)]] == []


def test_afterwards_no_folder_knows_the_words_the_name_or_the_number(lived: Places) -> None:
    """Searched here in other ways than the program does: bytes, Parquet and zip unpacked."""
    lines = forget(lived, "I001", "I001")
    for path in (
        lived.codebooks / "statements.md",
        lived.codebooks / "topics.yaml",
        lived.codebooks / "anchors" / "raum.csv",
    ):
        assert any(str(path.name) in line for line in lines), path
        path.unlink()  # told, and left to people
    needles = [
        "trainieren jeden Mittwoch",
        "0209 5550123",
        "a_verein",
        "I001",
        "Petra Beispiel",
        "meine Nachbarin bringt mir immer",
    ]
    for path, data in everything(lived).items():
        if path.suffix == ".parquet":
            import pandas as pd

            text = pd.read_parquet(path).to_csv()
        elif data.startswith(b"PK"):
            archive = zipfile.ZipFile(io.BytesIO(data))
            text = "\n".join(archive.read(name).decode("utf-8", "replace") for name in archive.namelist())
        else:
            text = data.decode("utf-8", "replace")
        text = text.replace("I0011", "")
        assert [n for n in needles if n.casefold() in text.casefold()] == [], path
        assert "I001" not in str(path.relative_to(lived.transcripts.parent.parent))


@pytest.mark.long
def test_the_proof_names_what_is_left_with_its_line_and_nothing_else(lived: Places) -> None:
    lines = forget(lived, "I001", "I001")
    start = next(i for i, line in enumerate(lines) if line.startswith("Nachweis"))
    found = [line.strip().rsplit("/", 1)[-1] for line in lines[start:] if line.endswith(("(Worte)", "(Name)"))]
    assert found == ["raum.csv:3 (Name)", "statements.md:5 (Worte)", "statements.md:7 (Name)", "topics.yaml:3 (Name)"]
    told = next(line for line in lines if "Vor dem Löschen" in line)
    before, after = [int(word.rstrip(".")) for word in told.split() if word.rstrip(".").isdigit()]
    assert after == 3
    assert before > 30  # the same search found it in results, lists and caches
    assert any("Sicherungen" in line for line in lines)
    assert not any(SAID[:20] in line or "a_verein" in line for line in lines)


@pytest.mark.long
def test_only_a_count_is_kept(lived: Places) -> None:
    forget(lived, "I001", "I001")
    forget(lived, "I002", "I002")
    assert (lived.private / COUNT).read_text("utf-8") == "Auf Verlangen entfernte Gespräche: 2\n"
    assert "widerrufen" not in (lived.private / "consent.csv").read_text("utf-8")


@pytest.mark.long
def test_the_results_are_those_of_a_study_that_never_had_it(tmp_path: Path, finished: Places) -> None:
    places = carry(finished, lay_out(tmp_path / "mit"))
    forget(places, "I001", "I001")
    never = lay_out(tmp_path / "ohne")
    (never.transcripts / "a_verein.txt").unlink()
    never.private.mkdir(parents=True)
    for path in places.private.glob("*.csv"):  # numbers once given, and the key
        shutil.copy(path, never.private / path.name)
    run(never)
    names = ("report.html", "tables.xlsx", "tables/turns.csv", "tables/codings.csv", "tables/findings_codes.csv")
    assert [n for n in names if (places.outputs / n).read_bytes() != (never.outputs / n).read_bytes()] == []
    assert run(places).fresh


@pytest.mark.long
def test_the_same_interview_in_other_files_goes_too_and_a_similar_one_is_told(tmp_path: Path) -> None:
    places = lay_out(tmp_path)
    long = "\n\n".join(
        f"I: Und dann?\n\nB: Im Jahr {n} war das bei uns im Haus Nummer {n} ganz anders als heute." for n in range(30)
    )
    (places.transcripts / "d.txt").write_text(long, "utf-8")
    shutil.copy(places.transcripts / "d.txt", places.transcripts / "kopie.txt")
    (places.transcripts / "e.md").write_text(long, "utf-8")
    (places.transcripts / "fassung2.txt").write_text(
        long + "\n\nB: Und das kam später noch dazu, als Nachtrag von mir.", "utf-8"
    )
    run(places)
    plan = forget(places, "d.txt")
    id_of = {doc.file: doc.doc for doc in registry.read(places.private / "documents.csv")}
    assert any(line.startswith(f"Nicht gelöscht würde {id_of['fassung2.txt']}") for line in plan)
    forget(places, "d.txt", id_of["d.txt"])
    assert {p.name for p in places.transcripts.iterdir()} == {
        "a_verein.txt",
        "b_rat.md",
        "c_workshop.txt",
        "fassung2.txt",
    }


def test_results_go_even_where_the_next_run_is_stopped(lived: Places) -> None:
    path = lived.codebooks / "codebook.yaml"
    path.write_text("codes:\n  - id: A\n    lable: x\n", "utf-8")
    lines = forget(lived, "I001", "I001")
    assert any("noch nicht neu auswerten" in line for line in lines)
    assert any("Unbekannter Schlüssel »lable«" in line for line in lines)
    assert not (lived.outputs / "report.html").exists()
    assert not list(lived.outputs.rglob("*.parquet"))


def test_the_last_interview_leaves_no_results(tmp_path: Path) -> None:
    places = lay_out(tmp_path)
    for name in ("b_rat.md", "c_workshop.txt"):
        (places.transcripts / name).unlink()
    run(places)
    lines = forget(places, "I001", "I001")
    assert any("keine weiteren Transkripte" in line for line in lines)
    assert [p.name for p in places.outputs.rglob("*") if p.is_file()] == []


@pytest.mark.long
def test_rows_are_found_where_the_file_went_before(lived: Places) -> None:
    (lived.transcripts / "a_verein.txt").unlink()
    (lived.private / "consent.csv").unlink()
    run(lived)  # the id is forgotten with the file, the rows are not
    forget(lived, "I001", "I001")
    assert b"I001" not in (lived.codebooks / "decisions.csv").read_bytes().replace(b"I0011", b"")


@pytest.mark.parametrize(
    ("wanted", "told"), [("I099", "gibt es hier nichts"), ("Anna", "gibt es nicht"), ("", "gibt es nicht")]
)
def test_unknown_interviews_stop(lived: Places, wanted: str, told: str) -> None:
    before = everything(lived)
    with pytest.raises(Stop, match=told):
        forget(lived, wanted, wanted)
    assert everything(lived) == before


def test_a_name_that_means_two_interviews_stops(tmp_path: Path) -> None:
    places = lay_out(tmp_path)
    (places.transcripts / "welle2").mkdir()
    (places.transcripts / "welle2" / "a_verein.md").write_text(
        "I: Ja?\n\nB: Nein, das war anders als gedacht.", "utf-8"
    )
    with pytest.raises(Stop, match="meint mehrere Gespräche: I001, I004"):
        forget(places, "a_verein", "I001")


def test_nothing_outside_the_folder_is_deleted_for_a_forged_list(tmp_path: Path) -> None:
    places = lay_out(tmp_path)
    outside = tmp_path / "wichtig.txt"
    outside.write_text("bleibt", "utf-8")
    places.private.mkdir(parents=True)
    (places.private / "documents.csv").write_text("doc,file,sha256\nI009,../../wichtig.txt,1\n", "utf-8")
    forget(places, "I009", "I009")
    assert outside.read_text("utf-8") == "bleibt"


def test_an_unknown_study_is_not_made(tmp_path: Path) -> None:
    places = Places("x", *(tmp_path / name for name in ("t", "c", "o", "p")))
    with pytest.raises(Stop, match="gibt es nicht"):
        forget(places, "I001", "I001")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("codec", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_rows_are_cut_in_every_encoding(codec: str, separator: str) -> None:
    rows = [["doc", "text"], ["I001", '"weg, ; ""Ä"""'], ["I002", '"bleibt\r\n; , ß"'], ["I003", "–"]]
    lines = [separator.join(row) + "\r\n" for row in rows]
    sheet = cuts.read("".join(lines).encode(codec))
    assert sheet is not None
    assert [sheet.row(r)["text"].text for r in sheet.records] == ['weg, ; "Ä"', "bleibt\r\n; , ß", "–"]
    assert sheet.without([sheet.records[0]]) == (lines[0] + "".join(lines[2:])).encode(codec)


@given(st.binary(max_size=300) | st.text('",;\n\r\tab\ufeff', max_size=60).map(str.encode))
@settings(max_examples=200, deadline=None)
def test_a_file_without_cuts_stays_byte_for_byte(data: bytes) -> None:
    sheet = cuts.read(data)
    if sheet is not None:
        assert sheet.without([]) == data
        assert all(a.end <= b.start for a, b in zip(sheet.records, sheet.records[1:], strict=False))


def test_an_open_quotation_mark_is_never_cut() -> None:
    assert cuts.read(b'doc,text\nI001,"offen\nI002,x\n') is None
    assert cuts.read(b'doc,text\n"I001"x,y\n') is None


def test_traces_are_found_in_whatever_holds_them(tmp_path: Path) -> None:
    import docx
    import pandas as pd

    document = docx.Document()
    paragraph = document.add_paragraph("Wir trainieren je")
    paragraph.add_run("den Mittwoch die ").bold = True
    paragraph.add_run("Kinder.")
    document.save(str(tmp_path / "a.docx"))
    pd.DataFrame({"n": [1], "text": [SAID]}).to_parquet(tmp_path / "b.parquet")
    (tmp_path / "c.html").write_text("<p>Wir trai<mark>nieren jeden</mark> Mittwoch<br>die&#32;Kinder</p>", "utf-8")
    (tmp_path / "d.json").write_text('"Wir trainieren\\njeden Mittwoch die K\\u0069nder"', "utf-8")
    (tmp_path / "e.txt").write_bytes("x\n\nWIR trainieren – jeden\nMittwoch die »Kinder«".encode("utf-16"))
    (tmp_path / "f.rtf").write_text(
        r"{\rtf1\ansi I: Ja?\par B: Wir \b trainieren\b0  jeden Mittwoch die Kinder.\par}", "ascii"
    )
    (tmp_path / "g.txt").write_text("Wir trainieren jeden Dienstag die Kinder, sonst nichts.", "utf-8")
    (tmp_path / "h.wav").write_bytes(b"RIFF\0\0\0\0WAVE")
    found = traces.search([tmp_path], traces.runs("Wir trainieren jeden Mittwoch die Kinder"), traces.pattern([]))
    assert sorted({hit.path.name for hit in found.hits}) == [
        "a.docx",
        "b.parquet",
        "c.html",
        "d.json",
        "e.txt",
        "f.rtf",
    ]
    assert [hit.line for hit in found.hits if hit.path.name == "e.txt"] == [3]
    assert [path.name for path in found.blind] == ["h.wav"]
    assert found.looked == 7


def test_a_number_is_found_only_where_it_stands_for_itself() -> None:
    named = traces.pattern(["I001"])
    assert [bool(named.search(text)) for text in ("I001-2", "(i001)", "I001_x", "I0011", "XI001", "")] == [True] * 3 + [
        False
    ] * 3


@pytest.mark.long
@pytest.mark.usefixtures("ran")
def test_a_forgotten_number_is_never_given_again(places: Places) -> None:
    last = registry.read(places.private / "documents.csv")[-1]
    forget(places, last.file, last.doc)
    (places.transcripts / "z_neu.txt").write_text("I: Und?\n\nB: Ich bin neu hier und sage auch etwas.\n", "utf-8")
    run(places)
    ids = {doc.file: doc.doc for doc in registry.read(places.private / "documents.csv")}
    assert last.doc not in ids.values()
    assert ids["z_neu.txt"] == f"I{int(last.doc[1:]) + 1:03d}"
