"""Reading and deciding: what acts come to in the lists, that memory and lists always say the same, that a run makes of them what the page showed."""

from __future__ import annotations

import errno
import os
import random
import sys
from pathlib import Path
from typing import Any

import pytest
from conftest import carry, lay_out, run
from reviewed_by import Clock, act, draw, everything, reading_at, rows, turn, without_first

from pipeline import store
from pipeline.codebook import load as load_codebook
from pipeline.inputs import read_state
from pipeline.places import Places
from pipeline.problems import Stop
from pipeline.reviewing import moving
from pipeline.reviewing.deck import Deck
from pipeline.reviewing.overview import overview
from pipeline.reviewing.pieces import pieces
from pipeline.reviewing.reading import Conflict, Reading
from pipeline.tables import from_csv, from_parquet

sys.path.insert(0, str(Path(__file__).parent.parent / "benchmarks"))

import reviewing as bench

CODES = ("ENG.nachbar", "ENG.verein", "BED.raum", "POT.raum")
DOC, TURN = "I001", 4  # "Wir trainieren jeden Mittwoch die Kinder. Einen Raum haben wir nicht. Rufen Sie mich an: [Telefonnummer]."


@pytest.fixture
def reading(places: Places, ran: None) -> Reading:
    without_first(places)
    return reading_at(places)


@pytest.fixture(scope="module")
def still(finished: Places, tmp_path_factory: pytest.TempPathFactory) -> tuple[Places, Reading]:
    """A study in which nobody has said anything, nor will: for what is refused."""
    places = carry(finished, lay_out(tmp_path_factory.mktemp("still")))
    without_first(places)
    return places, reading_at(places)


def text_of(reading: Reading, doc: str = DOC, number: int = TURN) -> str:
    with reading.held():
        return reading.deck.by_key[doc, number].text


def span_of(reading: Reading, words: str, doc: str = DOC, number: int = TURN) -> dict[str, int]:
    start = text_of(reading, doc, number).index(words)
    return {"start": start, "end": start + len(words)}


def proposal(reading: Reading, code: str, coder: str = "mk") -> dict[str, Any]:
    return next(one for one in turn(reading, coder, DOC, TURN)["proposals"] if one["code"] == code)


def decided(places: Places) -> list[dict[str, str]]:
    return rows(places.codebooks / "decisions.csv")


# --- the deck


def test_the_words_of_every_turn_put_side_by_side_are_its_text(reading: Reading) -> None:
    with reading.held():
        for key, one in reading.deck.by_key.items():
            shown = turn(reading, "mk", *key)
            assert "".join(word[2] for word in shown["words"]) == one.text
            borders = {border for word in shown["words"] for border in word[:2]}
            assert {border for p in shown["proposals"] for border in (p["start"], p["end"])} <= borders


def test_pieces_of_any_text_are_that_text() -> None:
    rng = random.Random(1)
    for _ in range(300):
        text = "".join(rng.choice("ab \n😀é,\u00a0") for _ in range(rng.randrange(30)))
        made = pieces(text, [rng.randrange(40) for _ in range(3)])
        assert not text.strip() or "".join(piece[2] for piece in made) == text
        assert all(text[start:end] == piece.rstrip()[-(end - start) :] for start, end, piece in made)


def test_a_passage_leads_to_the_raw_text_and_back(places: Places, reading: Reading) -> None:
    with reading.held():
        deck = reading.deck
        for doc, key in read_state(places)["stages"]["ingest"]["docs"].items():
            raw = {row["turn"]: row["text"] for row in from_parquet(store.piece_path(places, "turns_raw", doc, key)).to_dict("records")}
            for number, text in raw.items():
                assert deck.raw_length(doc, number) == len(text)
                for start, end in ((0, len(deck.by_key[doc, number].text)), *deck.by_key[doc, number].segments):
                    assert deck.place(deck.anchor(doc, number, start, end)) == (number, start, end)
            if doc == DOC:
                place = deck.anchor(DOC, TURN, **span_of(reading, "Kinder"))
                assert raw[TURN][int(place["raw_start"]) : int(place["raw_end"])] == "Kinder"
                assert (place["quote"], place["before"], place["after"][:7]) == ("Kinder", "Wir trainieren jeden Mittwoch die ", ". Einen")
                number = deck.anchor(DOC, TURN, **span_of(reading, "[Telefonnummer]"))
                assert raw[TURN][int(number["raw_start"]) : int(number["raw_end"])] == "0209 5550123"


def test_without_a_run_it_says_so(places: Places) -> None:
    with pytest.raises(Stop, match="noch keine Ergebnisse"):
        Deck.load(places)


# --- acts and their rows


def test_accepting_writes_what_the_proposal_says(places: Places, reading: Reading) -> None:
    one = proposal(reading, "BED.raum")
    assert (one["state"], one["by"], one["stance"], one["chance"]) == ("open", [], "negated", None)
    assert "verneint" in one["reason"]
    shown = act(reading, "mk", DOC, TURN, {"kind": "accept", "proposal": one["id"]})
    row = decided(places)[0]
    expected = {
        "coder": "mk", "action": "accept", "code": "BED.raum", "mode": "interview", "stance": "negated", "about": one["about"], "doc": DOC,
        "quote": "Einen Raum haben wir nicht.", "date": "2026-07-01", "codebook": load_codebook(places.codebooks / "codebook.yaml").version, "replaces": "",
    }  # fmt: skip
    assert {name: row[name] for name in expected} == expected
    assert row["decision"].startswith("mk-20260701T0900")
    assert row["time"].startswith("2026-07-01T09:00:")
    assert row["before"].endswith("die Kinder. ")
    after = next(p for p in shown["proposals"] if p["id"] == one["id"])
    assert (after["state"], after["by"], after["own"]) == ("accepted", ["mk"], "accepted")
    assert [(c["code"], c["mine"], c["proposal"]) for c in shown["codings"]] == [("BED.raum", True, one["id"])]


def test_rejecting_and_taking_it_back(places: Places, reading: Reading) -> None:
    one = proposal(reading, "BED.raum")
    act(reading, "mk", DOC, TURN, {"kind": "reject", "proposal": one["id"]})
    assert proposal(reading, "BED.raum")["state"] == "rejected"
    act(reading, "mk", DOC, TURN, {"kind": "withdraw", "proposal": one["id"]})
    assert proposal(reading, "BED.raum")["state"] == "open"
    assert [row["action"] for row in decided(places)] == ["reject", "withdraw"]


def test_who_reads_sees_their_own_word_first_and_who_else_spoke(reading: Reading) -> None:
    one = proposal(reading, "BED.raum")
    act(reading, "ab", DOC, TURN, {"kind": "reject", "proposal": one["id"]})
    assert (proposal(reading, "BED.raum")["state"], proposal(reading, "BED.raum")["by"], proposal(reading, "BED.raum")["own"]) == ("rejected", ["ab"], "")
    act(reading, "mk", DOC, TURN, {"kind": "accept", "proposal": one["id"]})
    assert (proposal(reading, "BED.raum")["state"], proposal(reading, "BED.raum")["by"]) == ("accepted", ["ab", "mk"])
    assert proposal(reading, "BED.raum", "ab")["state"] == "rejected"


def test_another_category_for_a_proposal_rejects_it_and_adds_the_other(places: Places, reading: Reading) -> None:
    one = proposal(reading, "ENG.verein")
    shown = act(reading, "mk", DOC, TURN, {"kind": "change", "proposal": one["id"], "code": "ENG.nachbar"})
    assert [(row["action"], row["code"]) for row in decided(places)] == [("reject", "ENG.verein"), ("add", "ENG.nachbar")]
    assert [c["code"] for c in shown["codings"]] == ["ENG.nachbar"]


def test_other_borders_for_a_proposal_accept_it(places: Places, reading: Reading) -> None:
    one = proposal(reading, "ENG.verein")
    shown = act(reading, "mk", DOC, TURN, {"kind": "change", "proposal": one["id"], **span_of(reading, "trainieren jeden Mittwoch ")})
    assert [(row["action"], row["quote"]) for row in decided(places)] == [("add", "trainieren jeden Mittwoch")]
    assert next(p for p in shown["proposals"] if p["id"] == one["id"])["state"] == "accepted"


def test_changing_splitting_and_merging_put_the_old_rows_aside(places: Places, reading: Reading) -> None:
    added = act(reading, "mk", DOC, TURN, {"kind": "add", "code": "ENG.verein", "memo": "Training", **span_of(reading, "jeden Mittwoch die Kinder")})["codings"][0]
    changed = act(reading, "mk", DOC, TURN, {"kind": "change", "coding": added["id"], "code": "POT.raum"})["codings"]
    assert [(c["code"], c["memo"]) for c in changed] == [("POT.raum", "Training")]
    halves = act(reading, "mk", DOC, TURN, {"kind": "split", "coding": changed[0]["id"], "at": span_of(reading, "die Kinder")["start"]})["codings"]
    text = text_of(reading)
    assert [text[c["start"] : c["end"]] for c in halves] == ["jeden Mittwoch", "die Kinder"]
    whole = act(reading, "mk", DOC, TURN, {"kind": "merge", "codings": [c["id"] for c in halves]})["codings"]
    assert [(text[c["start"] : c["end"]], c["memo"]) for c in whole] == [("jeden Mittwoch die Kinder", "Training")]
    replaced = [row["replaces"] for row in decided(places)]
    assert replaced == ["", added["id"], changed[0]["id"], changed[0]["id"], ";".join(c["id"] for c in halves)]


def test_a_memo_on_a_coding_is_kept_clean(places: Places, reading: Reading) -> None:
    one = act(reading, "mk", DOC, TURN, {"kind": "add", "code": "POT.raum", **span_of(reading, "Raum")})["codings"][0]
    shown = act(reading, "mk", DOC, TURN, {"kind": "memo", "coding": one["id"], "memo": " A\u0308rger\r\nmit \"Raum\"; =1+1\x00\x07 "})
    assert shown["codings"][0]["memo"] == 'Ärger\nmit "Raum"; =1+1'
    assert decided(places)[-1]["memo"] == 'Ärger\nmit "Raum"; =1+1'
    assert len(shown["codings"]) == 1


def test_reading_a_turn_rejects_what_was_left_and_is_taken_back(places: Places, reading: Reading) -> None:
    shown = act(reading, "mk", DOC, TURN, {"kind": "read", "on": True})
    assert (shown["read"], {p["state"] for p in shown["proposals"]}) == (True, {"rejected"})
    row = rows(places.codebooks / "reviewed.csv")[0]
    with reading.held():
        whole = reading.deck.whole(DOC, TURN)
    assert {name: row[name] for name in whole} == whole
    assert (row["coder"], row["mode"], row["codes"], row["action"]) == ("mk", "interview", "", "")
    shown = act(reading, "mk", DOC, TURN, {"kind": "read", "on": False})
    assert (shown["read"], {p["state"] for p in shown["proposals"]}) == (False, {"open"})
    assert rows(places.codebooks / "reviewed.csv")[-1]["action"] == "withdraw"


def test_reading_for_some_categories_is_no_full_reading(reading: Reading) -> None:
    shown = act(reading, "mk", DOC, TURN, {"kind": "read", "on": True, "codes": ["BED.raum"]})
    assert (shown["read"], shown["read_codes"]) == (False, ["BED.raum"])
    assert {p["code"]: p["state"] for p in shown["proposals"]} == {"ENG.verein": "open", "BED.raum": "rejected", "ENG.nachbar": "open"}


def test_a_reading_says_nothing_of_a_category_that_its_codebook_did_not_know(places: Places, reading: Reading) -> None:
    act(reading, "mk", DOC, TURN, {"kind": "read", "on": True})
    path = places.codebooks / "codebook_versions.csv"
    path.write_text(path.read_text("utf-8-sig").replace("BED.raum;", ""), "utf-8")
    shown = turn(reading_at(places), "mk", DOC, TURN)
    assert shown["read"]
    assert {p["code"]: p["state"] for p in shown["proposals"]} == {"ENG.verein": "rejected", "BED.raum": "open", "ENG.nachbar": "rejected"}


def test_stars_notes_and_negative_cases_go_to_their_lists(places: Places, reading: Reading) -> None:
    place = span_of(reading, "Einen Raum haben wir nicht.")
    shown = act(
        reading, "mk", DOC, TURN, {"kind": "star", "on": True, **place}, {"kind": "note", "memo": "Merken", **place},
        {"kind": "negative", "code": "POT.raum", "why": "Gegenteil", **place},
    )  # fmt: skip
    assert (shown["stars"], shown["memos"][0]["memo"], shown["negatives"][0]["why"]) == ([[place["start"], place["end"]]], "Merken", "Gegenteil")
    quote, note, against = (rows(places.codebooks / name)[0] for name in ("quotes.csv", "memos.csv", "negative_cases.csv"))
    assert (quote["pin"], quote["release"], quote["quote"]) == ("ja", "", "Einen Raum haben wir nicht.")
    assert (note["kind"], note["key"], note["coder"]) == ("passage", f"{DOC}.{TURN}.{place['start']}", "mk")
    assert (against["code"], against["coder"], against["raw_sha256"]) == ("POT.raum", "mk", quote["raw_sha256"])
    shown = act(reading, "mk", DOC, TURN, {"kind": "star", "on": False, **place})
    assert (shown["stars"], rows(places.codebooks / "quotes.csv")) == ([], [])


def test_taking_a_star_back_keeps_what_else_the_row_says(places: Places, reading: Reading) -> None:
    place = span_of(reading, "Einen Raum haben wir nicht.")
    act(reading, "mk", DOC, TURN, {"kind": "star", "on": True, **place})
    path = places.codebooks / "quotes.csv"
    path.write_text(path.read_text("utf-8-sig").replace(",,,ja,", ",ja,,ja,"), "utf-8")
    act(reading, "mk", DOC, TURN, {"kind": "star", "on": False, **place})
    assert [(row["release"], row["pin"]) for row in rows(path)] == [("ja", "")]


def test_undo_goes_back_step_by_step_and_after_a_new_start_one_step(places: Places, reading: Reading) -> None:
    seen = [turn(reading, "mk", DOC, TURN)]
    one = proposal(reading, "ENG.verein")
    for given in (
        {"kind": "add", "code": "POT.raum", **span_of(reading, "Raum")}, {"kind": "accept", "proposal": one["id"]}, {"kind": "read", "on": True},
        {"kind": "change", "proposal": one["id"], "code": "ENG.nachbar"},
    ):  # fmt: skip
        seen.append(act(reading, "mk", DOC, TURN, given))

    def said(shown: dict[str, Any]) -> Any:
        return [(c["code"], c["start"], c["end"], c["memo"]) for c in shown["codings"]], [(p["id"], p["state"]) for p in shown["proposals"]], shown["read"]

    for before in reversed(seen[1:-1]):
        assert said(act(reading, "mk", DOC, TURN, {"kind": "undo"})) == said(before)
    again = reading_at(places, Clock(hours=1))
    act(again, "mk", DOC, TURN, {"kind": "add", "code": "BED.raum", **span_of(again, "Raum")})
    assert said(act(reading_at(places, Clock(hours=2)), "mk", DOC, TURN, {"kind": "undo"})) == said(seen[1])


def test_nothing_to_take_back_is_told(reading: Reading) -> None:
    with pytest.raises(Stop, match="nichts zurückzunehmen"):
        act(reading, "mk", DOC, TURN, {"kind": "undo"})


def test_acts_of_two_browsers_meet(places: Places, reading: Reading) -> None:
    old = turn(reading, "mk", DOC, TURN)["rev"]
    act(reading, "mk", DOC, TURN, {"kind": "add", "code": "POT.raum", **span_of(reading, "Raum")})
    with pytest.raises(Conflict) as conflict:
        act(reading, "mk", DOC, TURN, {"kind": "add", "code": "BED.raum", **span_of(reading, "Raum")}, rev=old)
    assert [c["code"] for c in conflict.value.turn["codings"]] == ["POT.raum"]
    assert len(decided(places)) == 1


def test_a_step_that_was_done_already_writes_nothing(places: Places, reading: Reading) -> None:
    given = {"kind": "add", "code": "POT.raum", **span_of(reading, "Raum")}
    act(reading, "mk", DOC, TURN, given)
    act(reading, "mk", DOC, TURN, given)
    assert len(decided(places)) == 1


def test_what_others_write_meanwhile_is_seen(places: Places, reading: Reading) -> None:
    other = reading_at(places)
    before = turn(reading, "mk", DOC, TURN)
    act(other, "ab", DOC, TURN, {"kind": "add", "code": "POT.raum", **span_of(other, "Raum")})
    after = turn(reading, "mk", DOC, TURN)
    assert [(c["coder"], c["mine"]) for c in after["codings"]] == [("ab", False)]
    assert after["rev"] != before["rev"]
    path = places.codebooks / "decisions.csv"
    path.write_bytes(path.read_text("utf-8-sig").replace(",", ";").replace("POT.raum", "BED.raum").encode("cp1252"))  # as Excel saves it
    assert [c["code"] for c in turn(reading, "mk", DOC, TURN)["codings"]] == ["BED.raum"]
    with pytest.raises(Stop, match="ist von ab"):
        act(reading, "mk", DOC, TURN, {"kind": "withdraw", "coding": after["codings"][0]["id"]})


def test_a_list_that_cannot_be_read_is_told_with_its_row(places: Places, reading: Reading) -> None:
    act(reading, "mk", DOC, TURN, {"kind": "add", "code": "POT.raum", **span_of(reading, "Raum")})
    path = places.codebooks / "decisions.csv"
    path.write_text(path.read_text("utf-8-sig").replace(",add,", ",vielleicht,"), "utf-8")
    with pytest.raises(Stop, match=r"decisions\.csv:2"):
        turn(reading, "mk", DOC, TURN)


def test_a_full_disk_keeps_the_act_whole_or_not_at_all(places: Places, reading: Reading, monkeypatch: pytest.MonkeyPatch) -> None:
    act(reading, "mk", DOC, TURN, {"kind": "add", "code": "POT.raum", **span_of(reading, "Raum")})
    before, old = turn(reading, "mk", DOC, TURN), (places.codebooks / "decisions.csv").read_bytes()

    def full(handle: int, data: bytes) -> int:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    with monkeypatch.context() as patched:
        patched.setattr(os, "write", full)
        with pytest.raises(Stop, match="Datenträger ist voll"):
            act(reading, "mk", DOC, TURN, {"kind": "add", "code": "BED.raum", **span_of(reading, "Raum")})
    assert (places.codebooks / "decisions.csv").read_bytes() == old
    assert turn(reading, "mk", DOC, TURN) == before == turn(reading_at(places), "mk", DOC, TURN)
    act(reading, "mk", DOC, TURN, {"kind": "add", "code": "BED.raum", **span_of(reading, "Raum")}, rev=before["rev"])
    assert len(decided(places)) == 2


# --- what cannot be done


@pytest.mark.parametrize(("acts", "words"), [
    ([], "höchstens"), ("x", "nicht zu lesen"), ([1], "nicht zu lesen"), ([{}], "nicht zu lesen"), ([{"kind": "löschen"}], "nicht zu lesen"), ([{"kind": []}], "nicht zu lesen"),
    ([{"kind": "add", "code": "GIBT.ES.NICHT", "start": 0, "end": 3}], "nicht .mehr. im Codebuch"), ([{"kind": "add", "code": "ENG", "start": 0, "end": 3}], "Überschrift"),
    ([{"kind": "add", "code": 3, "start": 0, "end": 3}], "nicht .mehr. im Codebuch"), ([{"kind": "add", "code": "POT.raum", "start": 3, "end": 3}], "liegt nicht im Beitrag"),
    ([{"kind": "add", "code": "POT.raum", "start": -1, "end": 3}], "liegt nicht im Beitrag"), ([{"kind": "add", "code": "POT.raum", "start": 0, "end": 10**6}], "liegt nicht im Beitrag"),
    ([{"kind": "add", "code": "POT.raum", "start": 0.0, "end": 3}], "liegt nicht im Beitrag"), ([{"kind": "add", "code": "POT.raum", "start": True, "end": 3}], "liegt nicht im Beitrag"),
    ([{"kind": "add", "code": "POT.raum", "start": "0", "end": "3"}], "liegt nicht im Beitrag"), ([{"kind": "add", "code": "POT.raum"}], "liegt nicht im Beitrag"),
    ([{"kind": "add", "code": "POT.raum", "start": 0, "end": 3, "memo": "x" * 10_001}], "zu lang"), ([{"kind": "add", "code": "POT.raum", "start": 0, "end": 3, "memo": ["x"]}], "kein Text"),
    ([{"kind": "add", "code": "POT.raum", "start": 0, "end": 3, "stance": "egal"}], "kennt »egal« nicht"), ([{"kind": "add", "code": "POT.raum", "start": 0, "end": 3, "about": 7}], "kennt"),
    ([{"kind": "accept", "proposal": "c000"}], "Vorschlag gibt es hier nicht"), ([{"kind": "accept"}], "Vorschlag gibt es hier nicht"), ([{"kind": "accept", "proposal": {}}], "nicht zu lesen"),
    ([{"kind": "withdraw", "coding": "mk-1"}], "Codierung gibt es nicht"), ([{"kind": "change", "coding": None}], "nicht zu lesen"), ([{"kind": "merge", "codings": ["a"]}], "zwei oder mehr"),
    ([{"kind": "merge", "codings": [1, 2]}], "zwei oder mehr"), ([{"kind": "split", "coding": "mk-1", "at": 3}], "Codierung gibt es nicht"), ([{"kind": "read"}], "nicht zu lesen"),
    ([{"kind": "read", "on": True, "codes": ["WEG"]}], "nicht .mehr. im Codebuch"), ([{"kind": "read", "on": True, "codes": "ENG.verein"}], "nicht zu lesen"),
    ([{"kind": "star", "start": 0, "end": 3}], "nicht zu lesen"), ([{"kind": "note", "start": 0, "end": 3, "memo": " \x07"}], "fehlt der Text"),
    ([{"kind": "negative", "start": 0, "end": 3, "code": "POT.raum", "why": ""}], "fehlt der Text"), ([{"kind": "undo"}, {"kind": "undo"}], "nur für sich allein"),
    ([{"kind": "read", "on": True}] * 201, "höchstens"),
])  # fmt: skip
def test_what_cannot_be_done_is_refused_in_words_and_writes_nothing(still: tuple[Places, Reading], acts: Any, words: str) -> None:
    places, reading = still
    before = turn(reading, "mk", DOC, TURN)
    good = {"kind": "add", "code": "POT.raum", "start": 0, "end": 3}
    for given in (acts, [good, *acts] if isinstance(acts, list) and acts and len(acts) < 100 else acts):
        with pytest.raises(Stop, match=words):
            reading.act({"coder": "mk", "doc": DOC, "turn": TURN, "rev": before["rev"], "queue": "", "acts": given})
    assert not [path.name for path in places.codebooks.glob("*.csv") if path.name not in ("cases.csv", "codebook_versions.csv")]
    assert turn(reading, "mk", DOC, TURN) == before


@pytest.mark.parametrize("coder", ["", "rule", "Model", "LLM", "konsens", "Konsens", "1a", "a b", "../x", "a" * 31, "a/b", "a.csv", None, 3, ["mk"], "m\ud800k"])
def test_who_is_nobody_cannot_act(still: tuple[Places, Reading], coder: Any) -> None:
    with pytest.raises(Stop, match=r"Kürzel"):
        still[1].act({"coder": coder, "doc": DOC, "turn": TURN, "rev": "", "queue": "", "acts": [{"kind": "read", "on": True}]})


def test_one_name_has_one_spelling(reading: Reading) -> None:
    act(reading, "mk", DOC, TURN, {"kind": "read", "on": True})
    with pytest.raises(Stop, match="anders geschrieben"):
        act(reading, "MK", DOC, TURN, {"kind": "read", "on": True})


@pytest.mark.parametrize(("doc", "number"), [("I009", 1), (DOC, 99), (DOC, "4"), (DOC, True), (None, 4), ([], {}), (DOC, 4.0), ("../I001", 4)])
def test_a_turn_that_is_not_there_is_told(still: tuple[Places, Reading], doc: Any, number: Any) -> None:
    with pytest.raises(Stop, match="Beitrag gibt es nicht"):
        still[1].act({"coder": "mk", "doc": doc, "turn": number, "rev": "", "acts": [{"kind": "read", "on": True}]})


def test_who_asks_is_not_coded(still: tuple[Places, Reading]) -> None:
    with pytest.raises(Stop, match="nur die Worte der Befragten"):
        act(still[1], "mk", DOC, 3, {"kind": "add", "code": "POT.raum", "start": 0, "end": 3})


# --- memory, lists and the next run


def wanted(rng: random.Random, shown: dict[str, Any], length: int) -> dict[str, Any]:
    """Some act that a page could send; some of them cannot be done."""
    start = rng.randrange(length - 1)
    place = {"start": start, "end": rng.randrange(start + 1, length + 1)}
    code, memo = rng.choice(CODES), rng.choice(["", 'Zitat "x"; und\nmehr', "=A1 "])
    free: list[dict[str, Any]] = [
        {"kind": "add", "code": code, "memo": memo, **place}, {"kind": "star", "on": rng.random() < 0.6, **place}, {"kind": "note", "memo": "n", **place},
        {"kind": "read", "on": rng.random() < 0.7, "codes": rng.choice([[], [], ["ENG.verein"]])}, {"kind": "undo"}, {"kind": "negative", "code": code, "why": "w", **place},
    ]  # fmt: skip
    for one in shown["proposals"]:
        name = {"proposal": one["id"]}
        free += [{"kind": kind, **name} for kind in ("accept", "reject", "withdraw")]
        free += [{"kind": "change", **name, **rng.choice([{"code": code}, place])}, {"kind": "split", **name, "at": rng.randrange(one["start"], one["end"])}]
    mine = [one for one in shown["codings"] if one["mine"]]
    for one in mine:
        name = {"coding": one["id"]}
        free += [{"kind": "withdraw", **name}, {"kind": "memo", "memo": memo, **name}, {"kind": "change", **name, **rng.choice([{"code": code}, place])}]
        free += [{"kind": "split", **name, "at": rng.randrange(one["start"], one["end"])}, {"kind": "merge", "codings": [one["id"], rng.choice(mine)["id"]]}]
    return rng.choice(free)


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_memory_and_lists_always_say_the_same(places: Places, reading: Reading, seed: int) -> None:
    rng = random.Random(seed)
    with reading.held():
        keys = [key for key, one in reading.deck.by_key.items() if one.codable]
        if seed % 2:
            draw(places, reading.deck, "zufall", "random", [("mk", *keys[0]), ("mk", *keys[1])])
            draw(places, reading.deck, "doppelt", "double", [(coder, *key) for coder in ("mk", "ab") for key in keys[2:4]])
            draw(places, reading.deck, "lernen", "learning", [("mk", *keys[4]), ("ab", *keys[5])])
    done = 0
    for step in range(60):
        coder, key, queue = rng.choice(["mk", "ab"]), rng.choice(keys), rng.choice(["", "lernen"])
        shown = turn(reading, coder, *key, queue)
        try:
            act(reading, coder, *key, wanted(rng, shown, len(text_of(reading, *key))), queue=queue)
            done += 1
        except Stop:
            assert turn(reading, coder, *key, queue) == shown
        if step % 10 == 9:
            names = ("", "zufall", "doppelt", "lernen")
            assert everything(reading, ("mk", "ab"), names) == everything(reading_at(places), ("mk", "ab"), names)
    assert done > 30


def test_the_next_run_makes_of_it_what_the_page_showed(places: Places, reading: Reading) -> None:
    rng = random.Random(5)
    with reading.held():
        keys = [key for key, one in reading.deck.by_key.items() if one.codable]
    for _ in range(60):
        coder, key = rng.choice(["mk", "ab"]), rng.choice(keys)
        try:
            act(reading, coder, *key, wanted(rng, turn(reading, coder, *key), len(text_of(reading, *key))))
        except Stop:
            continue
    before = everything(reading, ("mk", "ab"))
    with reading.held():
        mine = sorted({(key[0], key[1], one.start, one.end, one.code, one.coder) for key in reading.book.here for one in reading.book.holding(key) if one.given})
    run(places)
    codings = from_parquet(store.whole_path(places, "codings"))
    people = codings[codings["coder"].isin(["mk", "ab"])]
    assert sorted(zip(*(people[name] for name in ("doc", "turn", "start", "end", "code", "coder")), strict=True)) == mine
    after = everything(reading, ("mk", "ab"))
    for name in before[1]:
        for old, new in zip(before[1][name]["turns"], after[1][name]["turns"], strict=True):
            assert {**new, "rev": "", "words": [], "proposals": []} == {**old, "rev": "", "words": [], "proposals": []}
            assert [(p["code"], p["start"], p["end"], p["state"], p["own"], p["by"]) for p in new["proposals"]] == [
                (p["code"], p["start"], p["end"], p["state"], p["own"], p["by"]) for p in old["proposals"]
            ]


# --- places that were lost


def test_a_place_that_was_lost_is_confirmed_or_given_up(places: Places, reading: Reading) -> None:
    for words in ("Raum", "Kinder"):
        act(reading, "mk", DOC, TURN, {"kind": "add", "code": "POT.raum", **span_of(reading, words)})
    ids = [row["decision"] for row in decided(places)]
    with reading.held():
        reading.deck.unplaced = [
            {
                "decision": one, "coder": "mk", "mode": "interview", "code": "POT.raum", "doc": DOC, "quote": "", "reason": "", "kind": "moved", "action": "add",
                "likely_turn": TURN, "likely_start": 0, "likely_end": 3, "likeness": 0.8,
            }
            for one in ids
        ]  # fmt: skip
    moving.settled(reading, {"coder": "ab", "decision": ids[0], "turn": TURN, "ok": True, **span_of(reading, "Mittwoch")})
    moving.settled(reading, {"coder": "ab", "decision": ids[1], "ok": False})
    text = text_of(reading)
    assert [(text[c["start"] : c["end"]], c["coder"]) for c in turn(reading, "mk", DOC, TURN)["codings"]] == [("Mittwoch", "mk")]
    made = decided(places)[2:]
    assert [(row["action"], row["coder"], row["replaces"], row["decision"].split("-")[0]) for row in made] == [("add", "mk", ids[0], "ab"), ("withdraw", "mk", ids[1], "ab")]
    with pytest.raises(Stop, match="schon entschieden"):
        moving.settled(reading, {"coder": "ab", "decision": ids[0], "ok": False})
    with pytest.raises(Stop, match="sucht keinen Ort"):
        moving.settled(reading, {"coder": "ab", "decision": "gibt-es-nicht", "ok": False})


def test_a_turn_that_was_edited_keeps_what_was_said_of_it(places: Places, reading: Reading) -> None:
    act(reading, "mk", DOC, TURN, {"kind": "add", "code": "POT.raum", **span_of(reading, "Einen Raum haben wir nicht.")}, {"kind": "read", "on": True})
    act(reading, "mk", DOC, TURN, {"kind": "add", "code": "ENG.verein", **span_of(reading, "Wir trainieren jeden Mittwoch die Kinder.")})
    path = places.transcripts / "a_verein.txt"
    path.write_text(path.read_text("utf-8").replace("Wir trainieren jeden Mittwoch die Kinder.", "Wir üben jeden Donnerstag mit den Jugendlichen."), "utf-8")
    run(places)

    def shown() -> tuple[list[tuple[str, str]], bool, set[str]]:
        one, text = turn(reading, "mk", DOC, TURN), text_of(reading)
        with reading.held():
            lost = {row["decision"].split("-")[0].split(",")[0] for row in overview(reading, "mk")["unplaced"]}
        return sorted((c["code"], text[c["start"] : c["end"]]) for c in one["codings"]), one["read"], lost

    found = [("POT.raum", "Einen Raum haben wir nicht.")]
    assert shown() == (found, False, {"mk", "reviewed.csv"})
    with reading.held():
        lost = overview(reading, "mk")["unplaced"]
    for one in lost:
        moving.settled(reading, {"coder": "mk", "decision": one["decision"], "turn": TURN, "ok": True, **span_of(reading, "Wir üben jeden Donnerstag")})
        with pytest.raises(Stop, match="schon entschieden"):
            moving.settled(reading, {"coder": "mk", "decision": one["decision"], "ok": False})
    settled = ([("ENG.verein", "Wir üben jeden Donnerstag"), *found], True, set[str]())
    assert shown() == settled
    coding = next(c for c in turn(reading, "mk", DOC, TURN)["codings"] if c["code"] == "POT.raum")
    act(reading, "mk", DOC, TURN, {"kind": "withdraw", "coding": coding["id"]})  # said of words that were found again
    run(places)
    assert shown() == (settled[0][:1], True, set())


def test_stars_notes_and_negative_cases_follow_their_words(places: Places, reading: Reading) -> None:
    where = span_of(reading, "Einen Raum haben wir nicht.")
    act(
        reading, "mk", DOC, TURN, {"kind": "star", "on": True, **where}, {"kind": "note", "memo": "Raum!", **where},
        {"kind": "negative", "code": "POT.raum", "why": "gerade keiner da", **where},
    )  # fmt: skip
    path = places.transcripts / "a_verein.txt"
    path.write_text(path.read_text("utf-8").replace("Wir trainieren jeden Mittwoch die Kinder.", "Wir trainieren jeden Donnerstag die Kinder."), "utf-8")
    run(places)
    shown, text = turn(reading, "mk", DOC, TURN), text_of(reading)
    assert "Donnerstag" in text
    assert [text[start:end] for start, end in shown["stars"]] == ["Einen Raum haben wir nicht."]
    assert [text[one["start"] : one["end"]] for name in ("memos", "negatives") for one in shown[name]] == ["Einen Raum haben wir nicht."] * 2
    found = from_csv(places.outputs / "tables" / "quote_decisions.csv")
    assert [(row.pin, row.state, text[row.start : row.end]) for row in found.itertuples()] == [("ja", "", "Einen Raum haben wir nicht.")]


def test_a_codebook_that_changes_is_known_at_once_and_noted(places: Places, reading: Reading) -> None:
    turn(reading, "mk", DOC, TURN)
    path = places.codebooks / "codebook.yaml"
    path.write_text(path.read_text("utf-8") + "  - id: NEU\n    label: Neues\n", "utf-8")
    shown = act(reading, "mk", DOC, TURN, {"kind": "add", "code": "NEU", **span_of(reading, "Raum")})
    assert [c["code"] for c in shown["codings"]] == ["NEU"]
    versions = rows(places.codebooks / "codebook_versions.csv")
    assert [("NEU" in row["codes"].split(";"), row["version"]) for row in versions] == [(False, versions[0]["version"]), (True, decided(places)[0]["codebook"])]
    path.write_text("codes: [", "utf-8")  # somebody is in the midst of writing
    assert [c["code"] for c in turn(reading, "mk", DOC, TURN)["codings"]] == ["NEU"]


def test_large_studies_are_measured(tmp_path: Path) -> None:
    one = bench.reading(bench.study(tmp_path, interviews=3, turns=40, proposals=200))
    stand, talk = bench.opened(one)
    assert [doc["codable"] for doc in stand["docs"]] == [20, 20, 20]
    assert sum(code["proposed"] for code in stand["progress"]["codes"].values()) > 100
    assert sum(code["decided"] for code in stand["progress"]["codes"].values()) > 20
    assert len(list(bench.acted(one, talk))) == bench.ACTS
