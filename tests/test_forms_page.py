"""Forms of the local app: what is written, kept, changed and taken back; reductions and their drafts; changes of the codebook that lack a word."""

from __future__ import annotations

import io
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from app_served import Served, serving
from conftest import carry, lay_out, run

from pipeline import codebook
from pipeline.ledgers import entries, notes, reductions
from pipeline.ledgers.changes import Change, Version, changes, defined, unexplained, versions
from pipeline.ledgers.forms import BY_NAME, FORMS
from pipeline.lists import LISTS, LOG_KINDS, MEMO_KINDS, SAMPLING_STATES, read_list
from pipeline.places import Places
from pipeline.problems import Stop
from pipeline.store import csv_path
from pipeline.tables import from_csv

TODAY = date(2026, 6, 1)
CELLS: dict[str, dict[str, str]] = {
    "inductive": {"paraphrase": "Man hilft sich", "generalisation": "Hilfe im Alltag", "reduction": "Nachbarschaft trägt", "note": "", "coder": "mk", "date": "2026-05-02"},
    "negative": {"code": "ENG.verein", "why": "Hier trägt der Verein gerade nicht.", "consequence": "", "coder": "mk", "date": "2026-05-02"},
    "log": {"what": "new", "code": "ENG.verein", "why": "kam dreimal vor", "alternative": "unter BED lassen", "coder": "mk", "date": "2026-05-02", "version": ""},
    "minutes": {"present": "mk, ab", "passages": "I001 Beitrag 2", "readings": "Dank\noder Ironie", "agreed": "Dank", "open": "", "coder": "mk", "date": "2026-05-02"},
    "sampling": {"whom": "jemand aus der Spätschicht", "contrast": "maximal", "why": "bisher nur tags", "status": "planned", "note": "", "coder": "mk", "date": "2026-05-02"},
    "memos": {"kind": "project", "key": "", "memo": "Halle ist überall Thema", "coder": "mk", "date": "2026-05-02"},
}
PLACE = {"doc": "I001", "turn": 2, "start": 5, "end": 24}


@pytest.fixture
def here(finished: Places, tmp_path: Path) -> Places:
    return carry(finished, lay_out(tmp_path))


@pytest.fixture
def at(here: Places) -> Iterator[Served]:
    with serving(here) as served:
        yield served


def send(at: Served, form: str, act: str, **more: Any) -> tuple[int, Any]:
    if act == "add" and BY_NAME[form].anchored:
        more.setdefault("place", PLACE)
    status, answer, _ = at.ask("/formulare/akt", {"form": form, "act": act, **more})
    return status, answer


def rows(places: Places, form: str) -> list[dict[str, str]]:
    return read_list(places.codebooks / BY_NAME[form].file, BY_NAME[form].listing)


def test_forms_ask_what_their_lists_hold() -> None:
    for form in FORMS:
        asked = {field.name for field in form.fields}
        assert asked | {"entry"} >= set(form.listing.required) - {"doc", "raw_sha256", "raw_start", "raw_end", "quote", "before", "after"}, form.name
        assert asked <= set(form.columns)
        assert set(form.listing.required) <= set(form.columns)
    words = {(form.name, field.name): set(field.words) for form in FORMS for field in form.fields if field.kind == "choice"}
    assert words["log", "what"] == set(LOG_KINDS)
    assert words["sampling", "status"] == set(SAMPLING_STATES)
    assert words["memos", "kind"] == set(MEMO_KINDS)


@pytest.mark.parametrize("form", [form.name for form in FORMS])
def test_an_entry_is_written_changed_taken_out_and_brought_back(at: Served, here: Places, form: str) -> None:
    status, answer = send(at, form, "add", cells=CELLS[form])
    assert status == 200
    (row,) = rows(here, form)
    assert {name: row[name] for name in CELLS[form]} == CELLS[form] | ({"key": "project"} if form == "memos" else {})
    shown = answer["stand"]["rows"][0]
    field = next(f.name for f in BY_NAME[form].fields if f.kind == "long")
    status, answer = send(at, form, "edit", id=shown["id"], mark=shown["mark"], cells={**row, field: "Neu gefasst"})
    assert status == 200
    assert rows(here, form) == [{**row, field: "Neu gefasst"}]
    assert ("dass ," in (here.codebooks / BY_NAME[form].file).read_text("utf-8")) == BY_NAME[form].anchored  # the blank beside a quote stays
    changed = answer["stand"]["rows"][0]
    status, answer = send(at, form, "delete", id=changed["id"], mark=changed["mark"])
    assert (status, rows(here, form), answer["stand"]["rows"]) == (200, [], [])
    for wanted in ([{**row, field: "Neu gefasst"}], [row], []):
        assert send(at, form, "undo")[0] == 200
        assert rows(here, form) == wanted
    assert send(at, form, "undo")[0] == 409
    assert list((here.codebooks / "backup").glob(f"{Path(BY_NAME[form].file).stem}.*.csv"))


def test_a_passage_is_anchored_in_the_raw_text_and_a_run_finds_it(at: Served, here: Places) -> None:
    shown = at.ask("/formulare/stelle?doc=I001&turn=2&start=5&end=24")[1]
    said = next(t for t in from_csv(csv_path(here, "turns") or Path()).itertuples() if (t.doc, t.turn) == ("I001", 2))
    assert shown["quote"] == said.text[5:24]
    assert send(at, "inductive", "add", cells=CELLS["inductive"])[0] == 200
    assert send(at, "negative", "add", cells=CELLS["negative"])[0] == 200
    (row,) = rows(here, "inductive")
    assert row["raw_sha256"] == said.raw_sha256
    assert (row["quote"], row["before"]) == (said.text[5:24], said.text[:5].strip())
    assert row["entry"].startswith("mk-2")
    run(here)
    for table in ("cycle_inductive", "cycle_negative"):
        (found,) = from_csv(csv_path(here, table) or Path()).itertuples()
        assert (found.doc, found.turn, found.start, found.end, found.placed) == ("I001", 2, 5, 24, "yes"), table


@pytest.mark.parametrize("place", [None, {}, {"doc": "I099", "turn": 2, "start": 0, "end": 3}, {"doc": "I001", "turn": 2, "start": 3, "end": 3}, {"doc": "I001", "turn": 2, "start": 0, "end": 10**8}, {"doc": ["I001"], "turn": "2"}, "I001"])
def test_without_a_passage_that_is_there_nothing_is_written(at: Served, here: Places, place: Any) -> None:
    status, answer, _ = at.ask("/formulare/akt", {"form": "inductive", "act": "add", "cells": CELLS["inductive"], "place": place})
    assert status == 409
    assert answer["problems"]
    assert not (here.codebooks / "inductive.csv").exists()


def test_half_a_sign_is_refused_in_words(at: Served, here: Places) -> None:
    status, answer = send(at, "inductive", "add", cells=CELLS["inductive"], place={**PLACE, "doc": "\ud800"})
    assert status == 409
    assert "Diesen Beitrag gibt es nicht" in answer["problems"][0]
    assert not rows(here, "inductive")


def test_nothing_of_others_is_shown_beside_turns_that_are_read_blind(here: Places) -> None:
    anchor = {**PLACE, "turn": 2}
    with serving(here) as at:
        sha = at.ask(f"/formulare/stelle?doc=I001&turn={anchor['turn']}&start=-1&end=-1")[1]["raw_sha256"]
        for form, text in (("inductive", "paraphrase"), ("negative", "why")):
            for coder in ("ab", "mk"):
                assert send(at, form, "add", cells={**CELLS[form], text: f"Wort von {coder}", "coder": coder})[0] == 200
    note = ("kind", "key", "memo", "coder", "date", "doc", "raw_sha256", "raw_start", "raw_end")
    (here.codebooks / "memos.csv").write_text(f"{','.join(note)}\npassage,I001.2.0,Wort von ab,ab,,I001,{sha},0,5\npassage,I001.2.0,Wort von mk,mk,,,,,\n", "utf-8")
    queue = "queue,mode,coder,order,doc,raw_sha256,raw_start,raw_end,stratum,chance,codes,date,quote\n"
    (here.codebooks / "queues").mkdir()
    (here.codebooks / "queues" / "d.csv").write_text(queue + "".join(f"d,double,{coder},1,I001,{sha},0,500,,,,2026-06-01,\n" for coder in ("ab", "mk")), "utf-8")
    for coder, shown, not_shown in (("mk", ["mk"], ["ab"]), ("ab", ["ab"], ["mk"]), ("", [], ["ab", "mk"]), ("zz", ["ab", "mk"], [])):
        with serving(here, coder) as at:
            for form in ("inductive", "negative", "memos"):
                told = str(at.ask(f"/formulare/stand?form={form}")[1])
                assert [name for name in ("ab", "mk") if f"Wort von {name}" in told] == shown, (coder, form)
                assert not any(f"Wort von {name}" in told for name in not_shown)
    assert {row["coder"] for row in rows(here, "negative")} == {"ab", "mk"}  # the list itself holds all


def test_a_whole_turn_is_a_passage_too(at: Served) -> None:
    status, shown, _ = at.ask("/formulare/stelle?doc=I001&turn=2")
    assert status == 200
    assert shown["start"] == 0
    assert shown["quote"].startswith("dass") or len(shown["quote"]) == shown["end"]
    assert at.ask("/formulare/stelle?doc=I001&turn=zwei")[0] == 409


def test_what_somebody_changed_meanwhile_is_not_written_over(at: Served, here: Places) -> None:
    shown = send(at, "minutes", "add", cells=CELLS["minutes"])[1]["stand"]["rows"][0]
    path = here.codebooks / "minutes.csv"
    path.write_text(path.read_text("utf-8-sig").replace("Dank\noder Ironie", "Ironie"), "utf-8-sig")
    raw = path.read_bytes()
    for act, more in (("edit", {"cells": CELLS["minutes"]}), ("delete", {})):
        status, answer = send(at, "minutes", act, id=shown["id"], mark=shown["mark"], **more)
        assert (status, answer["conflict"]) == (409, True)
        assert answer["stand"]["rows"][0]["cells"]["readings"] == "Ironie"
    assert send(at, "minutes", "undo")[0] == 409
    assert path.read_bytes() == raw


def test_columns_and_rows_of_ones_own_stay(at: Served, here: Places) -> None:
    path = here.codebooks / "sampling.csv"
    path.write_bytes("Entry;date;coder;whom;contrast;why;status;note;Ort\nx1;2026-01-02;ab;Jüngere;minimal;weil;planned;;Süd\nx2;2026-01-03;ab;Ältere;;weil;done;;Nord\n".encode("cp1252"))
    stand = at.ask("/formulare/stand?form=sampling")[1]
    assert [row["cells"]["whom"] for row in stand["rows"]] == ["Jüngere", "Ältere"]
    assert send(at, "sampling", "edit", id="x2", mark=stand["rows"][1]["mark"], cells={**CELLS["sampling"], "whom": "Ältere Männer"})[0] == 200
    assert send(at, "sampling", "add", cells=CELLS["sampling"])[0] == 200
    found = rows(here, "sampling")
    assert [(row["whom"], row["ort"]) for row in found] == [("Jüngere", "Süd"), ("Ältere Männer", "Nord"), ("jemand aus der Spätschicht", "")]
    assert "Ort" in path.read_text("utf-8-sig").split("\n")[0]


@pytest.mark.parametrize(("form", "wrong", "told"), [
    ("log", {"what": "erfunden"}, "»Was« kennt"), ("log", {"why": " \u200f\n"}, "»Warum« fehlt"), ("log", {"date": "31.3.2026"}, "»Wann« braucht"), ("log", {"date": "2026-02-30"}, "»Wann« braucht"),
    ("log", {"coder": "model"}, "»Wer« braucht"), ("log", {"coder": "=1+1"}, "»Wer« braucht"), ("log", {"code": "A B;=x"}, "»Kategorie« braucht"), ("log", {"why": "x" * 20_001}, "zu lang"),
    ("negative", {"code": "GIBT.es.nicht"}, "kennt »GIBT.es.nicht«"), ("sampling", {"whom": "x" * 301}, "zu lang"), ("sampling", {"contrast": ["maximal"]}, "zu lang"),
    ("memos", {"kind": "code", "key": "GIBT.es.nicht"}, "»Wobei« kennt"), ("memos", {"kind": "case", "key": ""}, "»Wobei« fehlt"),
])  # fmt: skip
def test_what_does_not_fit_is_told_by_its_field(at: Served, here: Places, form: str, wrong: dict[str, Any], told: str) -> None:
    status, answer = send(at, form, "add", cells={**CELLS[form], **wrong})
    assert status == 409
    assert told in " ".join(answer["problems"])
    assert not (here.codebooks / BY_NAME[form].file).exists()


def test_signs_that_steer_are_left_out() -> None:
    row = entries.checked(BY_NAME["minutes"], {**CELLS["minutes"], "present": "mk\x00\t\u202eab\r\n", "readings": "a\u0308\r\nb\x07\ud800"}, (), TODAY)
    assert (row["present"], row["readings"]) == ("mk ab", "ä\nb")


@pytest.mark.parametrize("body", [{"form": "keins", "act": "add"}, {"form": "log", "act": "drop"}, {"form": "log", "act": "add", "cells": []}, {"form": ["log"]}, {"form": "log", "act": "edit", "id": 4, "cells": {}}])
def test_what_is_no_act_changes_nothing(at: Served, here: Places, body: Any) -> None:
    before = sorted(path.name for path in here.codebooks.iterdir())
    status, answer, _ = at.ask("/formulare/akt", body)
    assert (status, bool(answer["problems"])) == (409, True)
    assert sorted(path.name for path in here.codebooks.iterdir()) == before


def test_a_list_that_cannot_be_read_says_where_and_is_left_alone(at: Served, here: Places) -> None:
    path = here.codebooks / "codebook_log.csv"
    path.write_text("entry,date,coder,code,what,why,alternative,version\ne1,2026-01-01,mk,A,new,gut,,\ne1,2026-01-01,mk,A,erfunden,gut,,\n", "utf-8")
    raw = path.read_bytes()
    status, answer, _ = at.ask("/formulare/stand?form=log")
    assert status == 409
    assert any("codebook_log.csv:3" in told for told in answer["problems"])
    status, answer = send(at, "log", "delete", id="e1", mark="x")
    assert status == 409
    assert path.read_bytes() == raw
    assert at.ask("/formulare")[0] == 200


def test_many_at_once_lose_nothing(at: Served, here: Places) -> None:
    with ThreadPoolExecutor(8) as pool:
        done = list(pool.map(lambda n: send(at, "log", "add", cells={**CELLS["log"], "why": f"Grund {n}"})[0], range(40)))
    assert done == [200] * 40
    assert sorted(row["why"] for row in rows(here, "log")) == sorted(f"Grund {n}" for n in range(40))


# --- reductions


def passage(reduction: str, quote: str, doc: str = "I001", generalisation: str = "") -> dict[str, str]:
    return {"reduction": reduction, "quote": quote, "doc": doc, "generalisation": generalisation}


FOUND = [
    passage("Räume als Bedingung", "Ohne Halle kein Tee.", "I001", "Ohne Raum keine Begegnung"), passage("räume  als Bedingung", "Die Halle fehlt.", "I001"),
    passage("Räume als Bedingung", "Wo sollen wir hin: \"nirgends\"?\nSagt er.", "I002", "Ohne Raum keine Begegnung"), passage("Zeit", "Keine Zeit.", "I003"), passage("", "leer"),
]  # fmt: skip


def test_reductions_are_counted_whatever_their_spelling() -> None:
    found = reductions.overview(FOUND)
    assert [(one["reduction"], one["n"], one["docs"]) for one in found] == [("Räume als Bedingung", 3, ["I001", "I002"]), ("Zeit", 1, ["I003"])]
    assert found[0]["generalisations"] == ["Ohne Raum keine Begegnung"]


def test_a_draft_is_a_category_that_the_codebook_takes(here: Places) -> None:
    path = here.codebooks / "codebook.yaml"
    made = reductions.draft("RÄUME als bedingung", FOUND, ["NEU.raeume_als_bedingung"], ["1", "3", "entwurf"])
    path.write_text(path.read_text("utf-8").rstrip("\n") + "\n\n" + made, "utf-8")
    code = codebook.load(path).by_id()["NEU.raeume_als_bedingung_2"]
    assert (code.entry.label, code.entry.since) == ("Räume als Bedingung", "4")
    assert code.entry.definition.startswith("ENTWURF: Ohne Raum keine Begegnung.")
    # Passages of different interviews come first.
    assert [(one.text, one.by) for one in code.entry.examples] == [("Ohne Halle kein Tee.", "model"), ('Wo sollen wir hin: "nirgends"? Sagt er.', "model"), ("Die Halle fehlt.", "model")]
    assert "# Beispiele aus I001, I002." in made
    assert reductions.draft("gibt es nicht", FOUND, (), ()) == ""


def test_a_draft_is_shown_for_what_was_written(at: Served) -> None:
    send(at, "inductive", "add", cells=CELLS["inductive"])
    status, answer, _ = at.ask("/formulare/entwurf?reduction=nachbarschaft%20tr%C3%A4gt")
    assert status == 200
    assert "- id: NEU.nachbarschaft_traegt" in answer["yaml"]
    assert at.ask("/formulare/entwurf?reduction=nichts")[0] == 409


# --- changes of the codebook


def test_changes_between_versions_are_told_by_kind() -> None:
    known = [Version("v1", "2026-01-01", ("A", "B", "C", "D", "E")), Version("v2", "2026-02-01", ("A2", "BC", "D1", "D2", "F", "G"))]
    was = {"A2": ["A"], "BC": ["B", "C"], "D1": ["D"], "D2": ["D"], "G": ["weg"]}
    assert [(one.what, one.codes) for one in changes(known, was)] == [
        ("renamed", ("A", "A2")), ("merged", ("B", "C", "BC")), ("split", ("D", "D1", "D2")), ("dropped", ("E",)), ("new", ("F",)), ("new", ("G",)),
    ]  # fmt: skip
    assert [one.codes for one in changes([Version("v1", "", ("A", "B")), Version("v2", "", ("B",))], {"B": ["A"]})] == [("A", "B")]
    assert changes(known[:1], was) == []


def test_today_counts_where_it_was_not_noted() -> None:
    noted = [{"version": "v1", "date": "2026-01-01", "codes": "A;B"}]
    assert [one.version for one in versions(noted, Version("v2", "", ("A",)))] == ["v1", "v2"]
    assert [one.version for one in versions(noted, Version("v1", "", ("A",)))] == ["v1"]


@pytest.mark.parametrize(("log", "left"), [
    ({"code": "F", "version": "", "what": "other"}, 1), ({"code": "F; E", "version": "v2", "what": "other"}, 0), ({"code": "F", "version": "v9", "what": "other"}, 2), ({"code": "F", "version": "v9", "what": "new"}, 1),
    ({"code": "X", "version": "v2", "what": "new"}, 2),
])  # fmt: skip
def test_what_the_log_explains_is_not_proposed(log: dict[str, str], left: int) -> None:
    found = [Change("new", ("F",), "v2abc", ""), Change("dropped", ("E",), "v2abc", "")]
    assert len(unexplained(found, [log])) == left


def test_other_words_of_a_category_are_a_change() -> None:
    assert defined({"A": 1, "B": 2}, {"A": 1, "B": 3, "C": 4}, "v2") == [Change("defined", ("B",), "v2", "")]


def test_the_page_proposes_what_lacks_a_word(at: Served, here: Places) -> None:
    (here.codebooks / "codebook_versions.csv").write_text("version,date,codes\nabc,2026-01-01,ENG.verein;ALT.raum\n", "utf-8")
    book = here.codebooks / "codebook.yaml"
    book.write_text(book.read_text("utf-8").replace("label: Vereinsarbeit", "label: Arbeit im Verein"), "utf-8")
    found = [(one["what"], one["codes"]) for one in at.ask("/formulare/stand?form=log")[1]["proposals"]]
    assert ("dropped", ["ALT.raum"]) in found
    assert ("defined", ["ENG.verein"]) in found
    assert ("new", ["ENG.nachbar"]) in found
    send(at, "log", "add", cells={**CELLS["log"], "what": "dropped", "code": "ALT.raum"})
    left = [(one["what"], one["codes"]) for one in at.ask("/formulare/stand?form=log")[1]["proposals"]]
    assert len(left) == len(found) - 1


# --- all notes


def test_all_notes_are_taken_away_as_tables(at: Served, here: Places) -> None:
    send(at, "memos", "add", cells={**CELLS["memos"], "memo": "=HYPERLINK(1)"})
    send(at, "memos", "add", cells={**CELLS["memos"], "kind": "code", "key": "ENG.verein", "memo": "Warum nur Vereine?\nUnd Nachbarn?"})
    run(here)
    stand = at.ask("/formulare/stand?form=memos")[1]
    assert {(note["kind"], note["text"]) for note in stand["notes"]} >= {("Projekt", "=HYPERLINK(1)"), ("Kategorie", "Warum nur Vereine?\nUnd Nachbarn?")}
    status, body, headers = at.ask("/formulare/notizen.csv")
    text = body.decode("utf-8-sig")
    assert (status, headers["cache-control"]) == (200, "no-store")
    assert text.split("\n")[0] == ";".join(notes.headings().values())
    assert "'=HYPERLINK(1)" in text
    from openpyxl import load_workbook

    book = load_workbook(io.BytesIO(at.ask("/formulare/notizen.xlsx")[1]))
    cells = [cell for line in book["Notizen"].iter_rows(values_only=True) for cell in line]
    assert "=HYPERLINK(1)" in cells
    assert all(cell.data_type != "f" for line in book["Notizen"].iter_rows() for cell in line)


def test_before_the_first_run_notes_can_be_written(tmp_path: Path) -> None:
    fresh = lay_out(tmp_path)
    with serving(fresh) as at:
        assert at.ask("/formulare")[0] == 200
        assert send(at, "memos", "add", cells=CELLS["memos"])[0] == 200
        assert at.ask("/formulare/stelle?doc=I001&turn=2")[0] == 409
        assert at.ask("/formulare/notizen.csv")[0] == 200
        assert at.ask("/namen")[0] == 200


def test_a_list_stays_readable_for_the_check(at: Served, here: Places) -> None:
    for form in CELLS:
        send(at, form, "add", cells=CELLS[form])
    for form in FORMS:
        assert len(read_list(here.codebooks / form.file, LISTS[form.file])) == 1
    with pytest.raises(Stop):
        entries.checked(BY_NAME["log"], {}, (), TODAY)


# --- in a browser

AXE = [(1280, False, None, []), (1280, True, ["color-contrast"], []), (390, False, None, ["color-contrast"])]


def serious(page: Any, only: list[str] | None, without: list[str]) -> list[Any]:
    axe = pytest.importorskip("axe_playwright_python.sync_playwright")
    options: dict[str, Any] = {"resultTypes": ["violations"], "rules": {rule: {"enabled": False} for rule in without}}
    if only:
        options["runOnly"] = {"type": "rule", "values": only}
    found = axe.Axe().run(page, options=options).response["violations"]
    return [(v["id"], [n["html"][:120] for n in v["nodes"][:5]]) for v in found if v["impact"] in ("serious", "critical")]


@pytest.mark.browser
def test_a_passage_arrives_with_its_words_and_is_kept(browser: Any, at: Served, here: Places) -> None:
    page, faults = at.page(browser, "/formulare?neu=inductive&doc=I001&turn=2&start=5&end=24")
    page.wait_for_selector("#forms-quote:not([hidden])")
    quote = page.inner_text("#forms-quote [data-part=quote]")
    assert len(quote) == 19
    page.keyboard.type("Man hilft sich.")
    page.fill("#forms-field-reduction", "Hilfe")
    page.keyboard.press("Enter")
    page.wait_for_selector("#forms-dialog:not([open])", state="attached")
    page.wait_for_selector("#forms-table tbody tr")
    (row,) = rows(here, "inductive")
    assert (row["paraphrase"], row["reduction"], row["quote"], row["coder"]) == ("Man hilft sich.", "Hilfe", quote, "mk")
    assert page.inner_text("#forms-reductions-list strong") == "Hilfe"
    page.click("#forms-reductions-list button")
    page.wait_for_selector("#forms-draft[open]")
    assert "id: NEU.hilfe" in page.inner_text("#forms-yaml")
    page.keyboard.press("Escape")
    page.click("#forms-undo")
    page.wait_for_selector("#forms-table", state="hidden")
    assert rows(here, "inductive") == []
    assert faults == []


@pytest.mark.browser
def test_what_is_typed_wrong_stays_in_the_form_and_text_does_nothing(browser: Any, at: Served, here: Places) -> None:
    evil = "<img src=x onerror=alert(1)></script><script>alert(2)</script>"
    send(at, "sampling", "add", cells={**CELLS["sampling"], "whom": evil})
    send(at, "sampling", "add", cells={**CELLS["sampling"], "whom": "Aaron der Erste"})
    page, faults = at.page(browser, "/formulare?tab=sampling&neu=%3Cimg%20src=x%20onerror=alert(3)%3E")
    page.on("dialog", lambda d: faults.append("dialog"))
    page.wait_for_selector("#forms-table tbody tr")
    assert evil in page.inner_text("#forms-table")
    page.click("#forms-table th button >> nth=0")
    assert page.inner_text("#forms-table tbody tr >> nth=1").startswith("Aaron")
    assert page.get_attribute("#forms-table th >> nth=0", "aria-sort") == "ascending"
    page.fill("#forms-search", "aaron")
    assert page.locator("#forms-table tbody tr").count() == 1
    page.click("#forms-new")
    page.fill("#forms-field-whom", "Jüngere")
    page.click("#forms-dialog button[type=submit]")
    page.wait_for_function("() => document.querySelector('#forms-bad').textContent.includes('fehlt')")
    assert page.input_value("#forms-field-whom") == "Jüngere"
    assert len(rows(here, "sampling")) == 2
    assert faults == []


@pytest.mark.browser
@pytest.mark.parametrize(("width", "dark", "only", "without"), AXE)
def test_axe_finds_nothing_serious_in_forms(browser: Any, at: Served, width: int, dark: bool, only: list[str] | None, without: list[str]) -> None:
    for form in CELLS:
        send(at, form, "add", cells=CELLS[form])
    page, faults = at.page(browser, "/formulare", width=width, dark=dark, bypass_csp=True)
    for form in CELLS if not dark else ("inductive", "memos"):
        page.click(f"[data-form={form}]")
        page.wait_for_selector("#forms-table tbody tr")
        page.wait_for_function("name => document.querySelector(`[data-form=${name}]`).getAttribute('aria-pressed') === 'true'", arg=form)
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        assert serious(page, only, without) == [], form
        page.click("#forms-new")
        assert serious(page, only, without) == [], form
        page.keyboard.press("Escape")
    assert faults == []
