"""Deciding on names in the local app: what becomes of the key's rows, that a run holds to it, and that nobody's work is lost."""

from __future__ import annotations

import csv
import json
import stat
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from app_served import Served, serving
from conftest import carry, lay_out, once, run

from pipeline import names as stage
from pipeline import pseudonymise
from pipeline.lists import read_key
from pipeline.naming import deciding, key
from pipeline.naming.cards import OPEN, REPLACED, SETTLED, cards
from pipeline.naming.deciding import GENERALISE, KEEP, MERGE, REJECT, REPLACE, Act, Ask, decided
from pipeline.naming.key import Row
from pipeline.places import Places
from pipeline.problems import Stop
from pipeline.store import csv_path
from pipeline.tables import from_csv

FATMA = Row("P001", "person", "Fatma Kaya", ("Fatma Kaya", "Kaya"), "proposed", replacement="Hatice Demir", docs=("I001",), count=3)
SOMMER = Row("P002", "person", "Sommer", ("Sommer",), "proposed", replacement="Weber", docs=("I001",), count=2)
WORD = Row("P003", "person", "Kiekert", ("Kiekert", "Kiekerts"), "suspected", docs=("I002",), count=2)
ANKER = Row("E001", "org", "Anker e. V.", ("Anker e. V.", "Anker"), "proposed", "mask", "[Verein 1]", docs=("I001",), count=1)
ROWS = [FATMA, SOMMER, WORD, ANKER]


def row(rows: list[Row], entity: str) -> Row:
    return next(one for one in rows if one.entity == entity)


def place(surface: str, entity: str, rule: str = "net", risk: float = 0.8, kind: str = "person", turn: int = 2) -> dict[str, Any]:
    return {"doc": "I001", "turn": turn, "start": 4, "end": 4 + len(surface), "entity": entity, "kind": kind, "surface": surface, "rule": rule, "risk": risk, "context": f"Und {surface} kam."}


def test_confirming_keeps_all_else_and_takes_kind_and_word() -> None:
    done = decided(ROWS, Act(REPLACE, "P003"))
    assert row(done, "P003") == replace(WORD, status="confirmed")
    assert [one for one in done if one.entity != "P003"] == [FATMA, SOMMER, ANKER]
    other = row(decided(ROWS, Act(REPLACE, "P003", kind="place", replacement=" [Nachbar\u00adstadt] ")), "P003")
    assert (other.kind, other.level, other.replacement) == ("place", "mask", "[Nachbarstadt]")


def test_a_row_of_another_kind_does_not_keep_the_old_replacement() -> None:
    changed = row(decided(ROWS, Act(REPLACE, "P002", kind="org")), "P002")
    assert (changed.kind, changed.level, changed.replacement, changed.status) == ("org", "mask", "", "confirmed")


@pytest.mark.parametrize(("what", "status", "level"), [(REJECT, "rejected", "pseudonym"), (KEEP, "confirmed", "keep"), (GENERALISE, "confirmed", "generalise")])
def test_a_form_of_somebody_who_is_replaced_is_decided_by_itself(what: str, status: str, level: str) -> None:
    done = decided(ROWS, Act(what, "P001", "Kaya"))
    assert row(done, "P001") == replace(FATMA, forms=("Fatma Kaya",))
    own = row(done, "P004")
    assert (own.forms, own.status, own.level, own.replacement) == (("Kaya",), status, level, "")


def test_what_is_replaced_now_is_given_up_only_by_who_knows_it() -> None:
    with pytest.raises(Ask):
        decided(ROWS, Act(REJECT, "P002", "Sommer"))
    assert row(decided(ROWS, Act(REJECT, "P002", "Sommer", sure=True)), "P002").status == "rejected"
    assert row(decided(ROWS, Act(REJECT, "P002")), "P002").status == "rejected"  # said of the whole row, which shows what it is called


def test_a_suspected_row_is_decided_with_all_its_forms() -> None:
    assert row(decided(ROWS, Act(REJECT, "P003", "Kiekert")), "P003") == replace(WORD, status="rejected")


def test_merging_makes_one_person_of_two() -> None:
    done = decided(ROWS, Act(MERGE, "P003", into="P001"))
    assert [one.entity for one in done] == ["P001", "P002", "E001"]
    both = row(done, "P001")
    assert both.forms == ("Fatma Kaya", "Kaya", "Kiekert", "Kiekerts")
    assert (both.status, both.replacement, both.docs, both.count) == ("confirmed", "Hatice Demir", ("I001", "I002"), 5)


@pytest.mark.parametrize("act", [Act(MERGE, "P003", into="P003"), Act(MERGE, "P003", into="P099"), Act(REPLACE, "P099"), Act(REJECT, "P001", "Yilmaz"), Act("drop", "P001"), Act(REPLACE, "P001", kind="planet")])
def test_what_cannot_be_is_refused(act: Act) -> None:
    with pytest.raises(Stop):
        decided(ROWS, act)


@pytest.mark.parametrize(("text", "told"), [
    ("Kaya", "selbst ein Name"), ("fatma  KAYA", "selbst ein Name"), ("Weber", "heißt schon jemand"), ("=1+1", "beginnt"), ("[Nachbarin", "beginnt"), ("M?ller", "Fragezeichen"),
    ("a|b", "senkrechten"), ("x" * 81, "80 Zeichen"), ("\u202e\x00", "80 Zeichen"), ("…", "kein Wort"),
])  # fmt: skip
def test_a_replacement_that_would_do_harm_is_refused(text: str, told: str) -> None:
    with pytest.raises(Stop) as stop:
        decided(ROWS, Act(REPLACE, "P003", replacement=text))
    assert told in str(stop.value)


def test_a_word_may_be_generalised_to_itself_in_brackets() -> None:
    rows = [*ROWS, Row("P009", "person", "Nachbarin", ("Nachbarin",), "suspected")]
    assert row(decided(rows, Act(GENERALISE, "P009", replacement="[Nachbarin]")), "P009").replacement == "[Nachbarin]"


def test_columns_of_ones_own_stay_with_their_rows() -> None:
    listed = [
        {"entity": "P002", "forms": "Sommer", "wer": "MK", "line": "2"}, {"entity": "P001", "forms": "Fatma Kaya | Kaya", "wer": "", "line": "3"},
        {"entity": "P001", "forms": "Kaya", "wer": "später", "line": "4"}, {"entity": "", "forms": "Neu | Neuer", "wer": "von Hand", "line": "5"},
    ]  # fmt: skip
    data = deciding.file([*ROWS, Row("", forms=("Neu", "Neuer"), status="confirmed")], listed)
    found = {line["entity"]: line["wer"] for line in csv.DictReader(data.decode("utf-8-sig").splitlines(), delimiter=";")}
    assert found == {"P001": "später", "P002": "MK", "P003": "", "E001": "", "": "von Hand"}
    assert deciding.file(ROWS, []) == key.to_bytes(ROWS)


def test_cards_are_one_a_form_the_riskiest_first() -> None:
    suspects = [place("Kiekert", "P003", risk=0.6), place("Kiekerts", "P003", risk=0.7), place("Sommer", "P002", risk=0.9), place("Anker", "E001", "bare", 0.65, "org")]
    found = cards(ROWS, suspects, {})
    assert [(c["id"], c["state"], c["n"]) for c in found] == [
        ("P002", OPEN, 1), ("P003", OPEN, 2), ("E001/Anker", OPEN, 1), ("E001", REPLACED, 0), ("P001", REPLACED, 0),
    ]  # fmt: skip
    assert [c["form"] for c in found[:3]] == ["Sommer", "", "Anker"]
    assert found[0]["places"] == [{"doc": "I001", "turn": 2, "before": "Und ", "said": "Sommer", "after": " kam."}]


def test_what_is_decided_is_no_longer_open() -> None:
    suspects = [place("Kiekert", "P003"), place("Sommer", "P002"), place("Anker", "E001", "bare", kind="org")]
    rows = decided(decided(decided(ROWS, Act(MERGE, "P003", into="P001")), Act(REPLACE, "P002")), Act(REPLACE, "E001", "Anker"))
    # A body's short name stays a suspect until it is to be replaced wherever it stands.
    assert [c["id"] for c in cards(rows, suspects, {}) if c["state"] == OPEN] == ["E001/Anker"]
    rows = decided(rows, Act(REPLACE, "E001", "Anker", everywhere=True))
    # What is decided stands with its row, not as a card of its own.
    assert {c["id"]: c["n"] for c in cards(rows, suspects, {})} == {"P001": 1, "P002": 1, "E001": 1}
    rows = decided(rows, Act(REJECT, "P001", "Kiekert"))
    found = {c["id"]: c["state"] for c in cards(rows, suspects, {})}
    assert OPEN not in found.values()
    assert found["P003"] == SETTLED


def test_what_the_last_run_does_not_know_is_pending() -> None:
    last = {one["entity"]: one for one in (stage._entity(r, deciding_forms()) for r in ROWS)}
    assert not any(c["pending"] for c in cards(ROWS, [], last))
    assert [c["id"] for c in cards(decided(ROWS, Act(KEEP, "P002")), [], last) if c["pending"]] == ["P002"]


def deciding_forms() -> Any:
    from pipeline.naming import plan

    return plan.forms(ROWS, lambda word: False)


# --- the page's addresses

TALK = """I: Wie leben Sie hier zusammen?

B: Meine Nachbarin, die Frau Kowalczyk, die hilft. Den Kiekert seh ich manchmal. Der Kiekert war gestern da und auch LoheWohnen hat geschrieben.

I: Und sonst?

B: Frau Kowalczyk wohnt in der Lindenstraße 12. Das Fuhlenbrook ist schön, im Verein trainieren wir.
"""


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Places:
    def make(root: Path) -> Places:
        done = lay_out(root)
        (done.transcripts / "d_namen.txt").write_text(TALK, "utf-8")
        run(done)
        return done

    return once(tmp_path_factory, "namenseite", make)


@pytest.fixture
def here(whole: Places, tmp_path: Path) -> Places:
    made = lay_out(tmp_path)
    (made.transcripts / "d_namen.txt").write_text(TALK, "utf-8")
    return carry(whole, made)


@pytest.fixture
def at(here: Places) -> Iterator[Served]:
    with serving(here) as served:
        yield served


def key_of(places: Places) -> dict[str, dict[str, str]]:
    return {line["name"]: line for line in read_key(places.private / "pseudonyms.csv")}


def card(stand: dict[str, Any], name: str) -> dict[str, Any]:
    return next(one for one in stand["cards"] if one["name"] == name)


def decide(at: Served, what: str, name: str = "", **more: Any) -> tuple[int, Any]:
    stand = at.ask("/namen/stand")[1]
    about = {k: card(stand, name)[k] for k in ("row", "form")} if name else {}
    status, answer, _ = at.ask("/namen/akt", {"act": what, "mark": stand["mark"], **about, **more})
    return status, answer


def test_the_page_holds_names_and_is_kept_nowhere(at: Served, here: Places) -> None:
    status, body, headers = at.ask("/namen")
    assert status == 200
    assert headers["cache-control"] == "no-store"
    assert "Diese Seite zeigt wirkliche Namen." in body.decode()
    assert "Kowalczyk" in body.decode()
    before = {path for top in (here.outputs, here.codebooks) for path in top.rglob("*")}
    assert decide(at, REJECT, "Kiekert")[0] == 200
    assert {path for top in (here.outputs, here.codebooks) for path in top.rglob("*")} == before


def test_a_run_holds_to_what_was_decided(at: Served, here: Places) -> None:
    stand = at.ask("/namen/stand")[1]
    assert {"Kiekert", "LoheWohnen"} <= {c["name"] for c in stand["cards"] if c["state"] == OPEN}
    assert card(stand, "Kiekert")["n"] == 2
    begun = stand["open"]
    status, answer = decide(at, REPLACE, "Kiekert", replacement="Bodo Lang")
    assert (status, answer["open"], answer["pending"]) == (200, begun - 1, 1)
    assert decide(at, REJECT, "LoheWohnen")[1]["open"] == begun - 2
    assert decide(at, GENERALISE, "Lindenstraße", replacement="[Straße im Viertel]")[1]["pending"] == 3
    run(here)
    turns = " ".join(from_csv(csv_path(here, "turns") or Path())["text"])
    assert "Kiekert" not in turns
    assert turns.count("Bodo Lang") == 2
    assert "LoheWohnen hat geschrieben" in turns
    assert "[Straße im Viertel]" in turns
    after = at.ask("/namen/stand")[1]
    assert (after["open"], after["pending"]) == (begun - 2, 0)
    assert {name: key_of(here)[name]["status"] for name in ("Kiekert", "LoheWohnen")} == {"Kiekert": "confirmed", "LoheWohnen": "rejected"}


def test_undo_takes_back_the_last_but_not_what_others_changed(at: Served, here: Places) -> None:
    before = (here.private / "pseudonyms.csv").read_bytes()
    decide(at, REJECT, "Kiekert")
    decide(at, MERGE, "LoheWohnen", into=card(at.ask("/namen/stand")[1], "Kowalczyk")["row"])
    assert decide(at, "undo")[0] == 200
    assert decide(at, "undo")[0] == 200
    assert (here.private / "pseudonyms.csv").read_bytes() == before
    assert decide(at, "undo")[0] == 409
    decide(at, REJECT, "Kiekert")
    path = here.private / "pseudonyms.csv"
    path.write_text(path.read_text("utf-8-sig").replace(";Kiekert;Kiekert;rejected;", ";Kiekert;Kiekert;confirmed;"), "utf-8-sig")
    status, answer = decide(at, "undo")
    assert (status, "seither geändert" in answer["problems"][0]) == (409, True)
    assert key_of(here)["Kiekert"]["status"] == "confirmed"


def test_two_windows_and_a_hand_edit_lose_nothing(at: Served, here: Places) -> None:
    old = at.ask("/namen/stand")[1]
    path = here.private / "pseudonyms.csv"
    lines = path.read_text("utf-8-sig").splitlines()
    edited = [line + ";" + ("Rolle" if n == 0 else "Vorsitz" if "Kowalczyk" in line else "") for n, line in enumerate(lines)]
    path.write_text("\n".join(edited) + "\n", "utf-8-sig")
    status, answer, _ = at.ask("/namen/akt", {"act": REJECT, "mark": old["mark"], "row": card(old, "Kiekert")["row"], "form": ""})
    assert status == 409
    assert answer["conflict"]
    assert answer["stand"]["mark"] != old["mark"]
    assert key_of(here)["Kiekert"]["status"] == "suspected"
    assert decide(at, REJECT, "Kiekert")[0] == 200
    assert key_of(here)["Kowalczyk"]["rolle"] == "Vorsitz"
    assert len(key_of(here)) == len(lines) - 1
    run(here)
    assert key_of(here)["Kowalczyk"]["rolle"] == "Vorsitz"


def test_the_old_key_is_kept_beside_for_the_owner_alone(at: Served, here: Places) -> None:
    path = here.private / "pseudonyms.csv"
    before = path.read_bytes()
    folder = here.private / "backup"
    folder.mkdir()
    for day in range(1, 8):
        (folder / f"pseudonyms.2020-01-0{day}.csv").write_bytes(b"alt")
    decide(at, REJECT, "Kiekert")
    decide(at, REJECT, "LoheWohnen")
    kept = sorted(folder.iterdir())
    assert len(kept) == 5
    assert kept[-1].read_bytes() == before
    for one in (path, kept[-1]):
        assert stat.S_IMODE(one.stat().st_mode) == 0o600
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700


def test_a_key_that_cannot_be_read_says_where_and_is_left_alone(at: Served, here: Places) -> None:
    stand = at.ask("/namen/stand")[1]
    path = here.private / "pseudonyms.csv"
    lines = path.read_text("utf-8-sig").splitlines()
    lines[3] = lines[3].replace(";proposed;", ";vorgeschlagen;").replace(";suspected;", ";vielleicht;")
    path.write_text("\n".join(lines) + "\n", "utf-8-sig")
    raw = path.read_bytes()
    status, answer, _ = at.ask("/namen/akt", {"act": REJECT, "mark": stand["mark"], "row": card(stand, "Kiekert")["row"], "form": ""})
    assert status == 409
    assert "pseudonyms.csv:4" in answer["problems"][0]
    assert path.read_bytes() == raw
    status, body, _ = at.ask("/namen")
    assert (status, "pseudonyms.csv:4" in body.decode()) == (200, True)


@pytest.mark.parametrize("body", [
    b"[]", b"{", b"\xff", json.dumps({"act": 3}).encode(), json.dumps({"act": "reject", "mark": "x" * 65}).encode(), json.dumps({"act": "reject", "row": ["P001"]}).encode(), b'{"act": "x' + b"y" * 1_100_000 + b'"}',
])  # fmt: skip
def test_what_is_no_decision_changes_nothing(at: Served, here: Places, body: bytes) -> None:
    before = (here.private / "pseudonyms.csv").read_bytes()
    status, answer, _ = at.ask("/namen/akt", raw=body)
    assert status == 409
    assert answer["problems"]
    assert (here.private / "pseudonyms.csv").read_bytes() == before


def test_a_decision_in_the_midst_of_a_run_holds(here: Places, monkeypatch: pytest.MonkeyPatch) -> None:
    """The stage reads the key, works, and writes it: what somebody decides between the two is read before it writes."""
    path = here.private / "pseudonyms.csv"
    path.write_text(path.read_text("utf-8-sig").replace(";Kowalczyk;Kowalczyk;proposed;", ";Kowalczyk;Kowalczyk;confirmed;"), "utf-8-sig")
    work, calls = stage.whole, []

    def slow(*given: Any, **more: Any) -> Any:
        made = work(*given, **more)
        if not calls:
            known = key.rows(read_key(path))
            entity = next(one for one in known if one.name == "Kiekert").entity
            path.write_bytes(deciding.file(decided(known, Act(REPLACE, entity)), []))
        calls.append(1)
        return made

    monkeypatch.setattr(stage, "whole", slow)
    run(here)
    assert len(calls) == 2
    assert key_of(here)["Kiekert"]["status"] == "confirmed"
    assert key_of(here)["Kowalczyk"]["status"] == "confirmed"
    assert "Kiekert" not in " ".join(from_csv(csv_path(here, "turns") or Path())["text"])


@pytest.mark.long
def test_what_was_saved_after_its_stage_is_done_by_the_next_run(here: Places, monkeypatch: pytest.MonkeyPatch) -> None:
    path = here.private / "pseudonyms.csv"
    path.write_text(path.read_text("utf-8-sig").replace(";Kowalczyk;Kowalczyk;proposed;", ";Kowalczyk;Kowalczyk;rejected;"), "utf-8-sig")
    work = pseudonymise.whole

    def later(*given: Any, **more: Any) -> Any:
        path.write_text(path.read_text("utf-8-sig").replace(";Kiekert;Kiekert;suspected;", ";Kiekert;Kiekert;confirmed;"), "utf-8-sig")
        return work(*given, **more)

    monkeypatch.setattr(pseudonymise, "whole", later)
    run(here)
    monkeypatch.undo()
    assert not run(here).fresh
    assert "Kiekert" not in " ".join(from_csv(csv_path(here, "turns") or Path())["text"])
    assert run(here).fresh


# --- in a browser


@pytest.mark.browser
def test_decisions_by_keys_alone(browser: Any, at: Served, here: Places) -> None:
    page, faults = at.page(browser, "/namen")
    page.wait_for_selector(".names-card")
    begun = int(page.evaluate("document.querySelectorAll('.names-card').length"))

    def current() -> str:
        return str(page.inner_text(".names-card[aria-current=true] h3"))

    def go(name: str) -> None:
        for _ in range(begun):
            page.keyboard.press("k")
        for _ in range(begun):
            if current() == name:
                return
            page.keyboard.press("j")
        raise AssertionError(name)

    first = current()
    page.keyboard.press("j")
    assert current() != first
    go("LoheWohnen")
    page.keyboard.press("n")
    page.wait_for_function("n => document.querySelectorAll('.names-card').length === n - 1", arg=begun)
    go("Kiekert")
    page.keyboard.press("e")
    page.wait_for_selector("#names-word[open]")
    page.keyboard.type("Bodo Lang")
    page.keyboard.press("Enter")
    page.wait_for_selector("#names-word:not([open])", state="attached")
    assert (key_of(here)["Kiekert"]["status"], key_of(here)["Kiekert"]["replacement"]) == ("confirmed", "Bodo Lang")
    page.keyboard.press("u")
    page.wait_for_function("() => document.querySelector('.names-card[aria-current=true] h3').textContent === 'Kiekert'")
    page.keyboard.press("z")
    page.wait_for_selector("#names-merge[open]")
    page.keyboard.type("kowal")
    page.wait_for_function("() => document.querySelectorAll('#names-merge-found button').length === 1")
    page.keyboard.press("Enter")
    page.wait_for_selector("#names-merge:not([open])", state="attached")
    found = key_of(here)
    assert "Kiekert" not in found
    assert found["Kowalczyk"]["forms"] == "Kowalczyk | Kiekert"
    assert found["LoheWohnen"]["status"] == "rejected"
    assert "Entscheidungen gelten erst nach dem nächsten Lauf" in page.inner_text("#names-pending")
    page.click("[data-tab=replaced]")
    page.keyboard.press("/")
    page.keyboard.type("kiek")
    page.wait_for_function("() => document.querySelectorAll('.names-card').length === 1")
    assert current() == "Kowalczyk"
    assert faults == []


@pytest.mark.browser
def test_a_second_window_is_told_and_shows_what_holds(browser: Any, at: Served, here: Places) -> None:
    page, faults = at.page(browser, "/namen")
    page.wait_for_selector(".names-card")
    name = page.inner_text(".names-card[aria-current=true] h3")
    assert decide(at, REJECT, "LoheWohnen")[0] == 200
    page.keyboard.press("b")
    page.wait_for_function("() => document.querySelector('#app-stand').textContent.includes('neu geladen')")
    assert key_of(here)[name]["level"] != "keep" or name == "LoheWohnen"
    assert "LoheWohnen" not in page.locator(".names-card h3").all_inner_texts()
    name = page.inner_text(".names-card[aria-current=true] h3")
    page.keyboard.press("b")
    page.wait_for_function("name => document.querySelector('#app-stand').textContent.includes(name)", arg=name)
    assert key_of(here)[name]["level"] == "keep"
    assert faults == []


@pytest.mark.browser
def test_a_broken_key_stands_in_the_page(browser: Any, at: Served, here: Places) -> None:
    path = here.private / "pseudonyms.csv"
    path.write_text(path.read_text("utf-8-sig").replace(";proposed;", ";<b>vorgeschlagen;", 1), "utf-8-sig")
    page, faults = at.page(browser, "/namen")
    page.wait_for_selector("#names-problems li")
    assert "pseudonyms.csv:2" in page.inner_text("#names-problems")
    assert "<b>vorgeschlagen" in page.inner_text("#names-problems")
    page.keyboard.press("n")
    assert faults == []


@pytest.mark.browser
@pytest.mark.parametrize(("width", "dark", "only", "without"), [(1280, False, None, []), (1280, True, ["color-contrast"], []), (390, False, None, ["color-contrast"])])
def test_axe_finds_nothing_serious_in_names(browser: Any, at: Served, width: int, dark: bool, only: list[str] | None, without: list[str]) -> None:
    axe = pytest.importorskip("axe_playwright_python.sync_playwright")
    options: dict[str, Any] = {"resultTypes": ["violations"], "rules": {rule: {"enabled": False} for rule in without}}
    if only:
        options["runOnly"] = {"type": "rule", "values": only}
    assert decide(at, KEEP, "Kiekert")[0] == 200
    page, faults = at.page(browser, "/namen", width=width, dark=dark, bypass_csp=True)
    page.wait_for_selector(".names-card")
    page.click(".names-keys summary")
    for step in ("", "[data-tab=replaced]", "[data-tab=settled]", "e", "z"):
        if step in ("e", "z"):
            page.keyboard.press(step)
            page.wait_for_selector("dialog[open]")
        elif step:
            page.click(step)
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        found = axe.Axe().run(page, options=options).response["violations"]
        assert [(v["id"], [n["html"][:120] for n in v["nodes"][:5]]) for v in found if v["impact"] in ("serious", "critical")] == [], step
        if step in ("e", "z"):
            page.keyboard.press("Escape")
    assert faults == []
