"""Needs by neighbourhood beside what is said to be there: states by hand, offers of the past, the chapter's words."""

from __future__ import annotations

from typing import Any

import pytest
from test_potentials import desk, mention, mentions, page, study, turns

from pipeline.measures import needs
from pipeline.sections.answers import needs as section
from pipeline.tables import check, frame

ROOM, PARTY, HUT = "Uns fehlt ein Raum.", "Im Ost machen wir jeden Monat ein Fest.", "In der Alten Mark gab es einen Treff."


def test_offers_say_whether_they_are_there_and_what_is_needed_in_the_same_turn() -> None:
    data = mentions(mention("O.a", "", PARTY), mention("O.a", "", HUT, turn=2, stance="affirmed+past"))
    lacking = mentions(mention("N.a", "", ROOM), mention("N.b", "", ROOM))
    first, second = data["mention"]
    rows = needs.offers(data, {first: [("Ost", "passage")], second: [("Mark", "passage"), ("Nord", "passage")]}, lacking)
    assert [(r["district"], r["lasting"], r["beside"]) for r in rows] == [("Ost", "there", "N.a+N.b"), ("Mark", "past", ""), ("Nord", "past", "")]
    assert not check("findings_offers", frame("findings_offers", rows))


def matrix(lacking: list[dict[str, Any]], offered: list[dict[str, Any]], asked: set[str]) -> dict[tuple[str, str], tuple[int, int, str]]:
    """(district, basis) -> (people who name N.a, offers, state); needs are placed by their turn: 1 Nord, 2 Ost."""
    data = mentions(*lacking)
    places = {m.mention: [({1: "Nord", 2: "Ost"}[m.turn], "passage")] for m in data.itertuples()}
    rows = needs.matrix(["N.a"], ["Nord", "Ost", ""], data, places, offered, {"N.a": asked}, {"c1": "Nord", "c2": "Ost"})
    assert not check("findings_needs", frame("findings_needs", rows))
    return {(r["district"], r["basis"]): (r["n_cases"], r["n_offers"], r["state"]) for r in rows}


def offer(district: str, basis: str = "reviewed", lasting: str = "there") -> dict[str, Any]:
    return {"mention": f"o{district}{basis}{lasting}", "district": district, "basis": basis, "lasting": lasting}


def test_a_need_without_any_offer_is_a_gap_and_silence_is_none() -> None:
    said = matrix([mention("N.a", "", ROOM)], [], {"c2"})
    assert said["Nord", "reviewed"] == (1, 0, "gap")
    assert said["Ost", "reviewed"] == (0, 0, "unnamed"), "asked there, not named"
    assert said["", "reviewed"] == (0, 0, "silent")
    assert said["Nord", "proposed"] == (0, 0, "silent"), "nobody from there was asked, and nothing is proposed"


@pytest.mark.parametrize(
    ("offered", "state"),
    [
        ([offer("Nord")], "beside"), ([offer("Nord", "proposed")], "open"), ([offer("Nord", lasting="past")], "gap"), ([offer("Nord", lasting="imagined")], "gap"),
        ([offer("Ost")], "gap"),
    ],
)  # fmt: skip
def test_only_offers_that_are_there_stand_beside_a_need(offered: list[dict[str, Any]], state: str) -> None:
    assert matrix([mention("N.a", "", ROOM)], offered, set())["Nord", "reviewed"][2] == state


def test_two_people_who_name_a_need_twice_are_two() -> None:
    lacking = [mention("N.a", "", ROOM), mention("N.a", "", ROOM, doc="I002", case="c2"), mention("N.a", "Raum", ROOM, doc="I002", case="c2", basis="proposed")]
    said = matrix(lacking, [], set())
    assert said["Nord", "reviewed"][0] == 2
    assert said["Nord", "proposed"][0] == 1


def chapter(basis: str = "reviewed") -> tuple[Any, str]:
    rows = [
        mention("N.a", "", ROOM, basis=basis), mention("O.a", "", PARTY, turn=2, basis=basis), mention("O.a", "", HUT, turn=3, basis=basis, stance="affirmed+past"),
        mention("N.b", "", HUT, turn=3, basis=basis),
    ]  # fmt: skip
    tables = study(rows, turns(ROOM, PARTY, HUT), [{"case": "c1", "doc": "I001", "speaker": "B", "voice": "private", "art": "alle", "ort": "Nord"}])
    values = section.chapter(desk(tables))
    return values, page("needs", values)


def test_the_chapter_names_gaps_in_what_was_said_and_shows_both_sides() -> None:
    values, shown = chapter()
    assert [(g.label, g.needs) for g in values.gaps] == [("Nordstadt", "Sorte N.a"), ("Alte Mark", "Sorte N.b")]
    assert [line.label for line in values.lines] == ["Sorte N.a", "Sorte N.b"]
    assert [(o.read, o.gone) for o in values.offers] == [(0, 0), (1, 0), (0, 1)]
    for words in ("heißt nicht, dass es keines gibt", "Lücke in dem, was gesagt wurde", "gab es früher", PARTY, "niemand gefragt"):
        assert words in shown
    assert "%" not in shown


def test_an_offer_that_people_never_want_quoted_is_counted_and_not_shown() -> None:
    tables = study([mention("N.a", "", ROOM), mention("O.a", "", PARTY, turn=2)], turns(ROOM, PARTY), [{"case": "c1", "doc": "I001", "speaker": "B", "art": "alle", "ort": "Nord"}])
    tables["quote_decisions"] = frame("quote_decisions", [{"line": n, "doc": "I001", "turn": n, "start": 0, "end": 4, "pin": "nein"} for n in (1, 2)])
    values = section.chapter(desk(tables))
    shown = page("needs", values)
    assert (ROOM in shown, PARTY in shown) == (False, False)
    assert [(d.n_offers, d.read) for d in values.districts if d.n_offers] == [(1, [])]


def test_with_nothing_read_no_gap_is_claimed() -> None:
    values, shown = chapter("proposed")
    assert not values.gaps
    assert not values.read
    assert "noch keine Befunde" in shown
    assert ROOM in shown
    assert all(cell.open for line in values.lines for cell in line.cells if cell.proposed)


def test_a_district_that_is_not_declared_appears_as_it_is_and_unknown_last() -> None:
    tables = study(
        [mention("N.a", "", ROOM), mention("N.a", "", ROOM, doc="I002", case="c2")], turns(ROOM) + turns(ROOM, doc="I002", case="c2"),
        [
            {"case": "c1", "doc": "I001", "speaker": "B", "art": "alle", "ort": "Am <Wall>"},
            {"case": "c2", "doc": "I002", "speaker": "B", "art": "alle", "ort": ""},
        ],
    )  # fmt: skip
    values = section.chapter(desk(tables))
    assert [h.label for h in values.heads] == ["Nordstadt", "Ost", "Alte Mark", "Am <Wall>", "ohne Ort"]
    shown = page("needs", values)
    assert "Am &lt;Wall&gt;" in shown
    assert "<Wall>" not in shown
    assert [cell.people for cell in values.lines[0].cells] == [0, 0, 0, 1, 1]


def test_nothing_said_is_told_as_such() -> None:
    tables = study([], turns("Guten Tag."), [{"case": "c1", "doc": "I001", "speaker": "B", "art": "alle", "ort": "Nord"}])
    assert "noch keine Stelle gelesen oder vorgeschlagen" in page("needs", section.chapter(desk(tables)))
