"""What a reader must not see yet is nowhere in what the server gives: first reading, blind queues, figures, names, refusals."""

from __future__ import annotations

import json
from typing import Any

import pytest
from reviewed_by import act, draw, everything, reading_at, rows, turn, without_first

from pipeline.places import Places
from pipeline.problems import Stop
from pipeline.reviewing.overview import interview_view, overview
from pipeline.reviewing.reading import Reading
from pipeline.reviewing.view import Viewer

DOC, TURN = "I001", 4
ADD = {"kind": "add", "code": "POT.raum", "start": 48, "end": 52, "memo": "geheimer Gedanke"}


@pytest.fixture
def reading(places: Places, ran: None) -> Reading:
    return reading_at(places)


def stand(reading: Reading, coder: str) -> dict[str, Any]:
    with reading.held():
        found: dict[str, Any] = json.loads(json.dumps(overview(reading, coder)))
    return found


def talk(reading: Reading, coder: str, queue: str = "") -> dict[str, Any]:
    with reading.held():
        found: dict[str, Any] = json.loads(json.dumps(interview_view(reading, Viewer(coder, queue), DOC)))
    return found


def shown(reading: Reading, coder: str) -> str:
    """All that a reader gets, without names of readers, which are no secret."""
    found = stand(reading, coder)
    return json.dumps([{**found, "coders": []}, talk(reading, coder)], ensure_ascii=False)


# --- the first reading


def test_before_the_first_reading_there_are_no_proposals_and_nothing_of_others(reading: Reading) -> None:
    act(reading, "ab", DOC, TURN, ADD, {"kind": "read", "on": True}, {"kind": "star", "on": True, "start": 0, "end": 3})
    found = talk(reading, "mk")
    assert found["first"] == {"state": "needed", "memo": ""}
    assert all(one["blind"] and not (one["proposals"] or one["codings"] or one["stars"] or one["read"]) for one in found["turns"])
    assert "geheimer" not in shown(reading, "mk")
    assert stand(reading, "mk")["progress"]["codes"] == {}
    assert {(doc["open"], doc["first"]) for doc in stand(reading, "mk")["docs"]} == {(0, "needed")}


def test_what_others_do_changes_nothing_for_who_must_not_see_it(reading: Reading) -> None:
    before, old = everything(reading, ("mk",)), shown(reading, "mk")
    act(reading, "ab", DOC, TURN, ADD, {"kind": "read", "on": True}, {"kind": "note", "memo": "x", "start": 0, "end": 3})
    act(reading, "ab", DOC, TURN, {"kind": "negative", "code": "POT.raum", "why": "y", "start": 0, "end": 3}, {"kind": "star", "on": True, "start": 0, "end": 3})
    after = everything(reading, ("mk",))
    after[0]["mk"]["coders"] = before[0]["mk"]["coders"]
    assert after == before  # also the revisions
    assert shown(reading, "mk") == old


def test_proposals_cannot_be_decided_before(reading: Reading) -> None:
    act(reading, "ab", DOC, TURN, ADD)
    reading.first_done({"coder": "ab", "doc": DOC, "memo": ""})
    one = turn(reading, "ab", DOC, TURN)["proposals"][0]
    coding = turn(reading, "ab", DOC, TURN)["codings"][0]["id"]
    for given in ({"kind": "accept", "proposal": one["id"]}, {"kind": "withdraw", "proposal": one["id"]}, {"kind": "split", "proposal": one["id"], "at": one["start"] + 3}):
        with pytest.raises(Stop, match="Vorschlag gibt es hier nicht"):
            act(reading, "mk", DOC, TURN, given)
    with pytest.raises(Stop, match="Codierung gibt es nicht"):  # not: it is ab's
        act(reading, "mk", DOC, TURN, {"kind": "withdraw", "coding": coding})


def test_a_first_reading_is_done_by_person_and_interview(places: Places, reading: Reading) -> None:
    act(reading, "ab", DOC, TURN, ADD)
    reading.first_done({"coder": "mk", "doc": DOC, "memo": "Ein offenes Gespräch.\x00"})
    row = rows(places.codebooks / "memos.csv")[0]
    assert {name: row[name] for name in ("kind", "key", "memo", "coder")} == {"kind": "reading", "key": DOC, "memo": "Ein offenes Gespräch.", "coder": "mk"}
    assert talk(reading, "mk")["first"] == {"state": "done", "memo": "Ein offenes Gespräch."}
    one = turn(reading, "mk", DOC, TURN)
    assert one["proposals"]
    assert [c["memo"] for c in one["codings"]] == ["geheimer Gedanke"]
    assert talk(reading_at(places), "mk")["first"]["state"] == "done"
    assert talk(reading, "ab")["first"]["state"] == "needed"
    assert [doc["first"] for doc in stand(reading, "mk")["docs"]] == ["done", "needed", "needed"]


@pytest.mark.parametrize("given", [{}, {"coder": "mk"}, {"coder": "mk", "doc": "I009", "memo": ""}, {"coder": "mk", "doc": DOC, "memo": 3}, {"coder": "mk", "doc": DOC, "memo": "x" * 10_001}])
def test_what_is_no_first_reading_is_refused(places: Places, reading: Reading, given: dict[str, Any]) -> None:
    with pytest.raises(Stop):
        reading.first_done(given)
    assert not (places.codebooks / "memos.csv").exists()


def test_a_study_may_do_without(places: Places, reading: Reading) -> None:
    assert talk(reading, "mk")["first"]["state"] == "needed"
    without_first(places)
    assert talk(reading, "mk")["first"]["state"] == "off"
    assert turn(reading, "mk", DOC, TURN)["proposals"]


def test_turns_of_a_queue_that_is_not_blind_are_read_for_themselves(places: Places, reading: Reading) -> None:
    with reading.held():
        draw(places, reading.deck, "lernen", "learning", [("mk", DOC, TURN)])
    found = talk(reading, "mk", "lernen")
    assert (found["first"]["state"], found["mode"], found["blind"]) == ("off", "learning", False)
    assert {one["turn"]: bool(one["proposals"]) for one in found["turns"] if one["codable"]} == {2: False, TURN: True}
    one = turn(reading, "mk", DOC, TURN, "lernen")["proposals"][0]
    act(reading, "mk", DOC, TURN, {"kind": "accept", "proposal": one["id"]}, {"kind": "read", "on": True}, queue="lernen")
    assert rows(places.codebooks / "decisions.csv")[0]["mode"] == rows(places.codebooks / "reviewed.csv")[0]["mode"] == "learning"
    assert stand(reading, "mk")["queues"][0]["items"] == [[DOC, TURN, True]]
    assert talk(reading, "ab", "lernen")["queue"] == ""  # it is not for ab
    assert not turn(reading, "ab", DOC, TURN, "lernen")["proposals"]


# --- blind queues


def test_a_random_queue_is_blind_until_its_reader_is_through(places: Places, reading: Reading) -> None:
    without_first(places)
    act(reading, "ab", DOC, TURN, ADD)
    with reading.held():
        draw(places, reading.deck, "zufall", "random", [("mk", DOC, TURN), ("mk", DOC, 2)])
    found = talk(reading, "mk", "zufall")
    assert (found["blind"], found["mode"]) == (True, "random")
    assert all(one["blind"] and not one["proposals"] and not one["codings"] for one in found["turns"] if one["codable"])
    assert "geheimer" not in shown(reading, "mk")
    proposed = [one.code for number in (2, TURN) for one in reading.deck.proposals.at(DOC, number)]
    figures, all_of_it = (stand(reading, coder)["progress"]["codes"] for coder in ("mk", "ab"))
    assert proposed
    for code in set(proposed):
        assert figures.get(code, {"proposed": 0})["proposed"] == all_of_it[code]["proposed"] - proposed.count(code)
    # Blind whether or not the page names the queue, and written to the reader's own file.
    act(reading, "mk", DOC, TURN, {**ADD, "code": "BED.raum"}, {"kind": "read", "on": True})
    mine = rows(places.codebooks / "handcoded" / "mk.csv")
    assert [(row["mode"], row["code"], row["action"]) for row in mine] == [("random", "BED.raum", "add")]
    assert rows(places.codebooks / "reviewed.csv")[0]["mode"] == "random"
    assert turn(reading, "mk", DOC, TURN)["blind"]
    act(reading, "mk", DOC, 2, {"kind": "read", "on": True}, queue="zufall")
    after = turn(reading, "mk", DOC, TURN)
    assert after["proposals"]
    assert {(c["coder"], c["code"]) for c in after["codings"]} == {("ab", "POT.raum"), ("mk", "BED.raum")}
    assert not talk(reading, "mk", "zufall")["blind"]
    # What is changed with proposals in sight is no blind reading any more.
    act(reading, "mk", DOC, TURN, {"kind": "withdraw", "coding": next(c["id"] for c in after["codings"] if c["mine"])}, queue="zufall")
    assert [(row["mode"], row["action"]) for row in rows(places.codebooks / "decisions.csv")[1:]] == [("interview", "withdraw")]
    assert len(rows(places.codebooks / "handcoded" / "mk.csv")) == 1


def test_a_double_queue_is_blind_until_all_are_through(places: Places, reading: Reading) -> None:
    without_first(places)
    with reading.held():
        draw(places, reading.deck, "doppelt", "double", [(coder, DOC, TURN) for coder in ("mk", "ab")])
    act(reading, "ab", DOC, TURN, ADD, {"kind": "read", "on": True}, queue="doppelt")
    for coder in ("mk", "ab"):  # ab is through, mk is not
        one = turn(reading, coder, DOC, TURN, "doppelt")
        assert (one["blind"], one["proposals"], [c["coder"] for c in one["codings"]]) == (True, [], ["ab"] if coder == "ab" else [])
    assert "geheimer" not in shown(reading, "mk")
    assert stand(reading, "mk")["progress"]["codes"].get("POT.raum", {"given": 0})["given"] == 0
    assert [(one["done"], one["total"], one["complete"]) for one in stand(reading, "mk")["queues"]] == [(0, 1, False)]
    act(reading, "mk", DOC, TURN, {"kind": "read", "on": True}, queue="doppelt")
    for coder in ("mk", "ab"):
        one = turn(reading, coder, DOC, TURN)
        assert (one["blind"], bool(one["proposals"]), [c["coder"] for c in one["codings"]]) == (False, True, ["ab"])


def test_a_reading_that_is_taken_back_makes_it_blind_again(places: Places, reading: Reading) -> None:
    without_first(places)
    with reading.held():
        draw(places, reading.deck, "zufall", "random", [("mk", DOC, TURN)])
    act(reading, "mk", DOC, TURN, {"kind": "read", "on": True})
    assert not turn(reading, "mk", DOC, TURN)["blind"]
    act(reading, "mk", DOC, TURN, {"kind": "read", "on": False})
    assert turn(reading, "mk", DOC, TURN)["blind"]


def test_what_was_said_earlier_can_be_changed_in_a_blind_queue(places: Places, reading: Reading) -> None:
    """Hand codings count before decisions, and know neither accepted nor rejected; so the new rows name the old ones."""
    without_first(places)
    one = turn(reading, "mk", DOC, TURN)["proposals"][0]
    act(reading, "mk", DOC, TURN, {"kind": "accept", "proposal": one["id"]}, ADD)
    with reading.held():
        draw(places, reading.deck, "zufall", "random", [("mk", DOC, TURN)])
    accepted, added = sorted(turn(reading, "mk", DOC, TURN)["codings"], key=lambda c: c["memo"])
    act(reading, "mk", DOC, TURN, {"kind": "change", "coding": accepted["id"], "code": "BED.raum"})
    act(reading, "mk", DOC, TURN, {"kind": "withdraw", "coding": added["id"]})
    assert [c["code"] for c in turn(reading, "mk", DOC, TURN)["codings"]] == ["BED.raum"]
    act(reading, "mk", DOC, TURN, {"kind": "undo"})
    act(reading, "mk", DOC, TURN, {"kind": "undo"})
    expected = sorted([one["code"], "POT.raum"])
    for again in (reading, reading_at(places)):
        assert sorted(c["code"] for c in turn(again, "mk", DOC, TURN)["codings"]) == expected
    assert {row["action"] for row in rows(places.codebooks / "handcoded" / "mk.csv")} == {"add", "withdraw"}


def test_who_is_not_in_a_queue_sees_all(places: Places, reading: Reading) -> None:
    without_first(places)
    with reading.held():
        draw(places, reading.deck, "doppelt", "double", [(coder, DOC, TURN) for coder in ("mk", "ab")])
    act(reading, "ab", DOC, TURN, ADD)
    assert [c["coder"] for c in turn(reading, "leitung", DOC, TURN)["codings"]] == ["ab"]
    assert stand(reading, "leitung")["queues"] == []


def test_what_a_meeting_settled_comes_before_what_one_says(places: Places, reading: Reading) -> None:
    without_first(places)
    one = next(p for p in turn(reading, "mk", DOC, TURN)["proposals"] if p["code"] == "BED.raum")
    act(reading, "mk", DOC, TURN, {"kind": "reject", "proposal": one["id"]})
    path = places.codebooks / "decisions.csv"
    row = path.read_text("utf-8-sig").splitlines()[1].replace("mk-", "konsens-", 1).replace(",mk,interview,reject,", ",konsens,consensus,accept,")
    path.write_text(path.read_text("utf-8-sig") + row + "\n", "utf-8")
    after = turn(reading, "mk", DOC, TURN)
    found = next(p for p in after["proposals"] if p["id"] == one["id"])
    assert (found["state"], found["by"], found["own"]) == ("accepted", ["konsens"], "rejected")
    assert [(c["coder"], c["consensus"], c["mine"]) for c in after["codings"]] == [("konsens", True, False)]
    assert "konsens" not in stand(reading, "mk")["coders"]


def test_who_has_read_all_of_an_interview_is_not_asked_for_a_first_reading(reading: Reading) -> None:
    with reading.held():
        turns = [one.turn for one in reading.deck.turns[DOC] if one.codable]
    for number in turns[:-1]:
        act(reading, "mk", DOC, number, {"kind": "read", "on": True})
    assert talk(reading, "mk")["first"]["state"] == "needed"
    act(reading, "mk", DOC, turns[-1], {"kind": "read", "on": True})
    assert talk(reading, "mk")["first"]["state"] == "done"
    assert talk(reading, "ab")["first"]["state"] == "needed"
