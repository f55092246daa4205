"""The page of a meeting: what is shown of whom and when, what settling writes, and the page itself by keyboard, in the dark, and with hostile words."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

import pytest
from app_served import Served, serving
from conftest import HERE, run
from reviewed_by import act, draw, reading_at, rows, without_first

from pipeline.app.consensus_words import consensus_words
from pipeline.app.disputes import meeting
from pipeline.language import spoken
from pipeline.ledgers.versions import note_version
from pipeline.places import Places
from pipeline.reviewing.reading import Reading

SCRIPTS = HERE.parent / "pipeline" / "templates" / "app" / "consensus"
ROUND = "double-2026-06-30-1"
HOSTILE = "</script><script>alert(1)</script> <img src=x onerror=alert(2)> {{ 7*7 }} »gut«"


def items(reading: Reading) -> list[tuple[str, int]]:
    with reading.held():
        return [(turn.doc, turn.turn) for doc in sorted(reading.deck.turns) for turn in reading.deck.turns[doc] if turn.codable][:4]


def code(reading: Reading, coder: str, at: tuple[str, int], codes: list[str], queue: str = ROUND, memo: str = "") -> None:
    """Give codes to the first sentence of a turn, and read it."""
    with reading.held():
        start, end = reading.deck.by_key[at].segments[0]
    acts = [{"kind": "add", "code": one, "start": start, "end": end, "memo": memo, "stance": "affirmed"} for one in codes]
    act(reading, coder, *at, *acts, {"kind": "read", "on": True}, queue=queue)


@pytest.fixture
def here(places: Places, ran: None) -> Places:
    """mk and ab read four turns independently: the same on the last one, apart on three; ab has still to read the last."""
    without_first(places)
    note_version(places)
    run(places, "coding")
    reading = reading_at(places)
    four = items(reading)
    draw(places, reading.deck, ROUND, "double", [(who, *at) for who in ("mk", "ab") for at in four])
    for at, mine, other in zip(four, (["BED.raum"], ["ENG.verein", "POT.raum"], [], ["BED.raum"]), (["POT.raum"], ["POT.raum"], ["ENG.nachbar"], ["BED.raum"]), strict=True):
        code(reading, "mk", at, mine, memo=f"{HOSTILE} meint mk")
        if at != four[3]:
            code(reading, "ab", at, other, memo="GEHEIM meint ab")
    return places


def finish(places: Places) -> list[tuple[str, int]]:
    reading = reading_at(places)
    code(reading, "ab", items(reading)[3], ["BED.raum"])
    return items(reading)


@pytest.fixture
def done(here: Places) -> Places:
    finish(here)
    return here


@pytest.fixture
def at(done: Places) -> Iterator[Served]:
    with serving(done) as app:
        yield app


def data(app: Served) -> dict[str, Any]:
    status, found, _ = app.ask("/konsens/daten")
    assert status == 200, found
    return dict(found)


def settle(app: Served, one: dict[str, Any], **more: Any) -> tuple[int, Any]:
    status, found, _ = app.ask("/konsens/entscheiden", {"id": one["id"], "differ": one["differ"], **more})
    return status, found


def figures(app: Served) -> dict[str, Any]:
    status, found, _ = app.ask("/konsens/zahlen")
    assert status == 200, found
    return dict(found)


def of(app: Served, measure: str = "alpha_nominal") -> tuple[str, str]:
    one = next(m for m in figures(app)["figures"][0]["measures"] if m["measure"] == measure)
    return one["before"], one["after"]


# who sees what


def test_nothing_of_a_round_is_shown_until_all_are_through(here: Places) -> None:
    (here.codebooks / "merge_conflicts.csv").write_text(conflict(here), "utf-8")
    with serving(here) as app:
        found = data(app)
        assert found["disputes"] == []
        assert found["hidden"] == 4
        assert found["rounds"] == [{"name": ROUND, "complete": False, "coders": [["ab", 3, 4], ["mk", 4, 4]]}]
        assert found["conflicts"]["rows"] == []
        told = json.dumps([found, figures(app), app.ask("/konsens")[1].decode()], ensure_ascii=False)
        assert "GEHEIM" not in told
        assert figures(app) == {"figures": [], "confusions": []}
        # Nor can it be settled by guessing where they differ.
        with reading_at(here).held() as reading:
            turn = items(reading)[0]
            start, end = reading.deck.by_key[turn].segments[0]
        status, answer = settle(app, {"id": f"{turn[0]}.{turn[1]}.{start}.{end}", "differ": ["BED.raum", "POT.raum"]}, hold=["BED.raum"], memo="x")
        assert status == 409
        assert "GEHEIM" not in json.dumps(answer)
        finish(here)
        assert len(data(app)["disputes"]) == 3
        assert data(app)["hidden"] == 0
        assert len(data(app)["conflicts"]["rows"]) == 1


def test_what_somebody_still_reads_for_an_estimate_stays_hidden_too(done: Places) -> None:
    reading = reading_at(done)
    four = items(reading)
    draw(done, reading.deck, "random-cd-2026-06-30-1", "random", [("cd", *four[0]), ("cd", *four[3])])
    with serving(done) as app:
        assert {(d["doc"], d["turn"]) for d in data(app)["disputes"]} == set(four[1:3])
        for at in (four[0], four[3]):
            code(reading_at(done), "cd", at, [], queue="random-cd-2026-06-30-1")
        assert {(d["doc"], d["turn"]) for d in data(app)["disputes"]} == set(four)  # on the last one cd gave nothing


def conflict(places: Places) -> str:
    reading = reading_at(places)
    with reading.held():
        turn = reading.deck.by_key[items(reading)[0]]
    head = "list,what,id,id_theirs,coder,code,doc,raw_sha256,raw_start,raw_end,quote,ours,theirs,time_ours,time_theirs,counts\n"
    return f"{head}decisions.csv,same passage,ab-1,ab-2,ab,BED.raum,{turn.doc},{turn.raw_sha256},0,5,Zitat,action: add,GEHEIM action: reject,,,theirs\n"


# what is shown


def test_passages_show_everybody_side_by_side(at: Served, done: Places) -> None:
    found = data(at)
    one = found["disputes"][0]
    assert [v["coder"] for v in one["voices"]] == ["ab", "mk"]
    assert [v["codes"] for v in one["voices"]] == [["POT.raum"], ["BED.raum"]]
    assert one["voices"][1]["notes"][0]["memo"] == f"{HOSTILE} meint mk"
    assert one["voices"][0]["notes"][0]["stance"] == "bejaht"
    assert (one["round"], one["open"], one["settled"], one["common"]) == (ROUND, True, {}, [])
    reading = reading_at(done)
    with reading.held():
        text = reading.deck.by_key[one["doc"], one["turn"]].text
    assert text.startswith(one["before"] + one["text"] + one["after"].rstrip("…"))
    second = found["disputes"][1]
    assert (second["common"], second["differ"]) == (["POT.raum"], ["ENG.verein"])
    assert found["disputes"][2]["differ"] == ["ENG.nachbar"]
    assert {c["id"]: c["definition"] for c in found["codes"]}["ENG.nachbar"] == "Hilfe unter Nachbarn."


def test_neighbouring_sentences_on_which_people_differ_alike_are_one_passage(done: Places) -> None:
    reading = reading_at(done)
    with reading.held():
        turn = next(t for doc in reading.deck.turns.values() for t in doc if t.codable and len(t.segments) >= 3)
    (first, _), (_, last) = turn.segments[0], turn.segments[1]
    for coder, acts in (("ef", [{"kind": "add", "code": "ENG.verein", "start": first, "end": last}]), ("gh", [])):
        act(reading, coder, turn.doc, turn.turn, *acts, {"kind": "read", "on": True})
    with reading.held():
        found = [d for d in meeting(reading).disputes if "ENG.verein" in d.differ and any(v.coder == "ef" for v in d.voices)]
    assert [(d.start, d.end) for d in found if set(d.differ) == {"ENG.verein"}][-1:] in ([(first, last)], [(turn.segments[1][0], last)])


def test_confusions_and_figures_are_those_of_now(at: Served) -> None:
    found = figures(at)
    assert [(g["coders"], g["n"] > 0) for g in found["figures"]] == [(["ab", "mk"], True)]
    assert {(c["code_a"], c["code_b"]) for c in found["confusions"]} >= {("BED.raum", "POT.raum")}
    before, after = of(at)
    assert before == after
    assert 0 < float(before.replace(",", ".")) < 1


# settling


def test_settling_writes_what_holds_and_what_does_not(at: Served, done: Places) -> None:
    one = data(at)["disputes"][0]
    status, answer = settle(at, one, hold=["BED.raum"], memo="Es fehlt ein Raum.")
    assert status == 200, answer
    made = rows(done.codebooks / "decisions.csv")
    assert {(r["code"], r["action"], r["coder"], r["mode"], r["memo"]) for r in made} == {
        ("BED.raum", "accept", "konsens", "consensus", "Es fehlt ein Raum."), ("POT.raum", "reject", "konsens", "consensus", "Es fehlt ein Raum."),
    }  # fmt: skip
    assert {r["quote"] for r in made} == {one["text"]}
    assert all(r["after"] and r["time"] and r["raw_sha256"] and r["decision"].startswith("konsens-") for r in made)
    assert next(r for r in made if r["action"] == "accept")["stance"] == "affirmed"  # as whoever gave it said
    now = data(at)["disputes"][0]
    assert (now["id"], now["open"], now["settled"], now["reasons"]) == (one["id"], False, {"BED.raum": True, "POT.raum": False}, ["Es fehlt ein Raum."])
    assert answer["disputes"] == [d for d in data(at)["disputes"] if d["turn"] == one["turn"] and d["doc"] == one["doc"]]
    assert [v["codes"] for v in now["voices"]] == [["POT.raum"], ["BED.raum"]]  # what people said stays
    before, after = of(at)
    assert float(after.replace(",", ".")) > float(before.replace(",", "."))
    assert next(c["held"] for c in figures(at)["confusions"] if (c["code_a"], c["code_b"]) == ("BED.raum", "POT.raum")) == [1, 0]


def test_all_settled_is_full_agreement_and_counts_after_the_next_run(at: Served, done: Places) -> None:
    disputes = data(at)["disputes"]
    for one, hold in zip(disputes, (["BED.raum", "POT.raum"], [], ["ENG.verein"]), strict=True):
        assert settle(at, one, hold=hold, memo="so besprochen")[0] == 200
    assert [d["settled"] for d in data(at)["disputes"]] == [{"BED.raum": True, "POT.raum": True}, {"ENG.verein": False}, {"ENG.nachbar": False}]
    assert data(at)["disputes"][2]["added"] == ["ENG.verein"]  # another category than either gave
    assert of(at)[1] == "1,00"
    run(done, "agreement")
    from pipeline.sampling.corpus import last_run

    table = last_run(done).table("agreement")
    after = table[(table["state"] == "after") & (table["measure"] == "alpha_nominal") & (table["code"] == "") & (table["part"] == "all")]
    assert after["estimate"].tolist() == [1.0]
    held = last_run(done).table("codings")
    first = disputes[0]
    told = held[(held["doc"] == first["doc"]) & (held["turn"] == first["turn"]) & (held["status"] == "accepted")]
    assert set(told[told["start"] < len(first["before"]) + len(first["text"])]["code"]) >= {"BED.raum", "POT.raum"}
    last = disputes[2]
    assert "ENG.nachbar" not in set(held[(held["doc"] == last["doc"]) & (held["turn"] == last["turn"]) & (held["status"] == "accepted")]["code"])


def test_what_was_settled_can_be_settled_otherwise_and_taken_back(at: Served, done: Places) -> None:
    one = data(at)["disputes"][0]
    settle(at, one, hold=["ENG.verein"], memo="erst so")
    assert data(at)["disputes"][0]["added"] == ["ENG.verein"]
    assert settle(at, one, hold=["POT.raum"], memo="dann so")[0] == 200
    now = data(at)["disputes"][0]
    assert (now["settled"], now["added"], now["reasons"]) == ({"BED.raum": False, "POT.raum": True}, [], ["dann so"])
    assert settle(at, now, open=True)[0] == 200
    now = data(at)["disputes"][0]
    assert (now["open"], now["settled"], now["added"]) == (True, {}, [])
    assert settle(at, now, open=True)[0] == 409
    assert of(at)[0] == of(at)[1]
    assert {r["action"] for r in rows(done.codebooks / "decisions.csv")} >= {"withdraw", "accept", "reject"}  # nothing was rewritten


@pytest.mark.parametrize(
    "body",
    [
        {}, {"id": 5}, {"id": ["x"]}, {"id": "I001.1.0.5"}, {"id": "x" * 300}, {"id": "...."}, {"hold": "BED.raum"}, {"hold": [1]}, {"hold": ["GIBTSNICHT"]}, {"hold": ["BED"]},
        {"hold": None}, {"hold": ["BED.raum"], "memo": ""}, {"hold": ["BED.raum"], "memo": 7}, {"hold": ["BED.raum"], "memo": " \n "}, {"hold": ["BED.raum"], "memo": "x" * 20_000},
        {"differ": ["BED.raum"], "hold": [], "memo": "x"}, {"differ": None, "hold": [], "memo": "x"}, {"open": True}, {"hold": ["BED.raum"]},
    ],
)  # fmt: skip
def test_what_cannot_be_settled_is_refused_and_nothing_is_written(at: Served, done: Places, body: dict[str, Any]) -> None:
    one = data(at)["disputes"][0]
    known = {"id": one["id"], "differ": one["differ"]} if body and "id" not in body else {}
    status, found, _ = at.ask("/konsens/entscheiden", {**known, **body})
    assert status == 409, found
    assert found["problems"]
    assert not (done.codebooks / "decisions.csv").exists()


def test_a_passage_that_changed_meanwhile_is_not_settled(at: Served, done: Places) -> None:
    one = data(at)["disputes"][1]
    code(reading_at(done), "ab", (one["doc"], one["turn"]), ["BED.raum"], queue="")
    status, answer = settle(at, one, hold=[], memo="x")
    assert status == 409
    assert "geändert" in answer["problems"][0]


def test_conflicts_of_merging_are_shown_and_a_broken_list_is_told(at: Served, done: Places) -> None:
    path = done.codebooks / "merge_conflicts.csv"
    path.write_text(conflict(done), "utf-8")
    assert [(r["coder"], r["counts"], r["theirs"]) for r in data(at)["conflicts"]["rows"]] == [("ab", "theirs", "GEHEIM action: reject")]
    path.write_text("list,what\nx,y\n", "utf-8")
    found = data(at)["conflicts"]
    assert found["rows"] == []
    assert "merge_conflicts.csv" in found["problems"][0]


def test_without_a_run_the_page_says_so(places: Places) -> None:
    with serving(places) as app:
        assert app.ask("/konsens")[0] == 200
        status, found, _ = app.ask("/konsens/daten")
        assert status == 409
        assert "make analyze" in found["problems"][0]


# the page


def test_every_word_of_the_script_is_there_and_data_never_becomes_markup() -> None:
    script = "".join(path.read_text("utf-8") for path in sorted(SCRIPTS.glob("*.js")))
    words = consensus_words()
    used = set(re.findall(r"\bwords\.([a-z_]+)", script))
    assert used - set(words) == set()
    assert [key for key in words if key not in used and not key.startswith("m_")] == []
    for forbidden in ("innerHTML", "outerHTML", "insertAdjacentHTML", "document.write", "eval(", "onclick", ".style", "new Function"):
        assert forbidden not in script
    assert re.findall(r"[äöüßÄÖÜ]", re.sub(r"//.*", "", script)) == []  # no German words in it
    with spoken("en"):
        english = consensus_words()
    same = [key for key, text in english.items() if text == words[key] and re.search(r"[a-zäöü]{3}", str(text))]
    assert same == ["definition"]


def opened(app: Served, browser: Any, **more: Any) -> tuple[Any, list[str]]:
    page, faults = app.page(browser, "/konsens", **more)
    page.wait_for_selector("#liste button")
    page.wait_for_selector("#zahlen .card")
    return page, faults


@pytest.mark.browser
def test_a_meeting_by_keyboard_alone(browser: Any, at: Served, done: Places) -> None:
    page, faults = opened(at, browser)
    assert page.inner_text(".voice >> nth=1").startswith("mk")
    assert HOSTILE in page.inner_text(".voice >> nth=1")
    assert page.inner_text("#stand") == "3 offen, 0 geklärt"
    page.keyboard.press("2")
    assert page.get_attribute("[data-choice='2']", "aria-pressed") == "true"
    page.keyboard.press("Enter")
    assert "warum" in page.inner_text("#karte-fehler")  # a reason is needed
    page.keyboard.type("Es fehlt ein Raum 12")  # digits are typed, not chosen
    page.keyboard.press("Enter")
    page.wait_for_selector("#stand:has-text('2 offen')")
    page.keyboard.press("z")  # nothing is decided here: back to what was settled last, which the filter hides
    page.wait_for_selector("#karte .note:has-text('Es fehlt ein Raum 12')")
    assert page.inner_text("#stand").startswith("2 offen")
    page.keyboard.press("n")
    page.keyboard.press("0")
    page.keyboard.type("Nein.")
    page.keyboard.press("Enter")
    page.wait_for_selector("#stand:has-text('1 offen')")
    page.keyboard.press("c")
    page.wait_for_selector("dialog[open]")
    page.keyboard.type("gibtsnicht")
    page.keyboard.press("Enter")
    assert page.inner_text("#kategorie-fehler")
    page.fill("#kategorie", "vereinsarbeit")
    page.keyboard.press("Enter")
    page.keyboard.press("Enter")
    page.wait_for_selector("dialog[open]", state="detached")
    page.keyboard.type("Anders.")
    page.keyboard.press("Enter")
    page.wait_for_selector("#stand:has-text('0 offen')")
    made = {(r["code"], r["action"], r["memo"]) for r in rows(done.codebooks / "decisions.csv")}
    assert made == {
        ("BED.raum", "accept", "Es fehlt ein Raum 12"), ("POT.raum", "reject", "Es fehlt ein Raum 12"), ("ENG.verein", "reject", "Nein."),
        ("ENG.nachbar", "reject", "Anders."), ("ENG.verein", "add", "Anders."),
    }  # fmt: skip
    page.wait_for_selector("#zahlen .num:has-text('1,00')")
    page.keyboard.press("Escape")
    page.keyboard.press("z")
    page.wait_for_selector("#stand:has-text('1 offen')")
    page.select_option("#filter-state", "settled")
    assert page.locator("#liste button").count() in (2, 3)
    assert faults == []


@pytest.mark.browser
def test_what_cannot_be_saved_stays_and_is_told(browser: Any, at: Served, done: Places) -> None:
    page, faults = opened(at, browser)
    one = data(at)["disputes"][0]
    assert settle(at, one, hold=["POT.raum"], memo="anderswo")[0] == 200
    page.route("**/konsens/entscheiden", lambda route: route.abort())
    page.keyboard.press("1")
    page.keyboard.type("Meine Begründung")
    page.keyboard.press("Enter")
    page.wait_for_selector("#karte-fehler:has-text('Nicht gespeichert')")
    assert page.input_value("#warum") == "Meine Begründung"
    page.unroute("**/konsens/entscheiden")
    page.keyboard.press("Enter")
    page.wait_for_selector("#stand:has-text('2 offen')")
    assert [fault for fault in faults if "ERR_FAILED" not in fault] == []
    assert data(at)["disputes"][0]["reasons"] == ["Meine Begründung"]


@pytest.mark.browser
@pytest.mark.parametrize(("width", "dark", "only", "without"), [(1280, False, None, []), (1280, True, ["color-contrast"], []), (390, False, None, ["color-contrast"])])
def test_axe_finds_nothing_serious_in_the_meeting(browser: Any, at: Served, done: Places, width: int, dark: bool, only: list[str] | None, without: list[str]) -> None:
    axe = pytest.importorskip("axe_playwright_python.sync_playwright")
    (done.codebooks / "merge_conflicts.csv").write_text(conflict(done), "utf-8")
    one = data(at)["disputes"][0]
    assert settle(at, one, hold=["BED.raum"], memo="Es fehlt ein Raum.")[0] == 200
    options: dict[str, Any] = {"resultTypes": ["violations"], "rules": {rule: {"enabled": False} for rule in without}}
    if only:
        options["runOnly"] = {"type": "rule", "values": only}
    page, faults = opened(at, browser, width=width, dark=dark, bypass_csp=True)
    page.select_option("#filter-state", "")
    for step in ("", "k", "1", "c"):
        if step:
            page.keyboard.press("Escape")
            page.focus("#karte")
            page.keyboard.press(step)
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        found = axe.Axe().run(page, options=options).response["violations"]
        assert [(v["id"], [n["html"][:120] for n in v["nodes"][:5]]) for v in found if v["impact"] in ("serious", "critical")] == [], step
    assert faults == []


@pytest.mark.browser
def test_the_page_without_anything_to_settle(browser: Any, places: Places, ran: None) -> None:
    with serving(places) as app:  # in folders of its own: the page notes today's codebook in the study
        page, faults = app.page(browser, "/konsens")
        page.wait_for_selector("#leer:not([hidden])")
        assert "make double" in page.inner_text("#leer")
        page.wait_for_selector("#verwechselt p")
        assert faults == []
