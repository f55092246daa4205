"""Coding twice: the draw of a round, its state, what came of it, and that nobody learns of the others too early."""

from __future__ import annotations

from collections import defaultdict

import pytest
from app_served import serving
from conftest import run
from reviewed_by import act, reading_at, rows, without_first

from pipeline.double import double
from pipeline.ledgers.versions import note_version
from pipeline.places import Places
from pipeline.problems import Stop
from pipeline.reviewing.reading import Reading
from pipeline.sampling import queues
from pipeline.sampling.corpus import corpus


@pytest.fixture
def here(places: Places, ran: None) -> Places:
    without_first(places)
    note_version(places)
    run(places, "coding")
    return places


def newest(places: Places) -> list[dict[str, str]]:
    return rows(max((places.codebooks / queues.FOLDER).glob("double-*.csv"), key=lambda path: path.stat().st_mtime_ns))


def read_all(places: Places, reading: Reading, coder: str, codes: dict[tuple[str, int], str], but: int = 0) -> None:
    """Somebody reads all but a few of their items and gives each turn (interview, turn) its code, or none."""
    with reading.held():
        queue = next(queue for queue in reading.gate.queues if queue.mode == "double" and not queue.complete)
        items = [(item.doc, reading.deck.home[item.key]) for item in queue.items[coder]]  # type: ignore[attr-defined]
    for doc, turn in items[: len(items) - but]:
        start, end = reading.deck.by_key[doc, turn].segments[0]
        given = [{"kind": "add", "code": codes[doc, turn], "start": start, "end": end, "memo": "darum"}] if (doc, turn) in codes else []
        act(reading, coder, doc, turn, *given, {"kind": "read", "on": True}, queue=queue.name)


@pytest.mark.parametrize(
    ("coders", "share", "words"),
    [
        ("mk", "0.2", "mindestens zwei"), ("", "0.2", "mindestens zwei"), ("mk,mk", "", "zweimal da"), ("mk,MK", "", "zweimal da"), ("mk,model", "", "kein Kürzel eines Menschen"),
        ("mk,a b/c", "", "taugt nicht als Kürzel"), ("mk,ab", "0", "kein Anteil"), ("mk,ab", "1.2", "kein Anteil"), ("mk,ab", "viel", "kein Anteil"), ("mk,konsens", "", "kein Kürzel"),
    ],
)  # fmt: skip
def test_bad_values_are_told(places: Places, coders: str, share: str, words: str) -> None:
    with pytest.raises(Stop, match=words):
        double(places, coders, share)
    assert not (places.codebooks / queues.FOLDER).exists()


def test_without_anything_it_says_how_to_begin(places: Places) -> None:
    assert any("CODERS=mk,ab" in line for line in double(places))
    with pytest.raises(Stop, match="make analyze"):
        double(places, "mk,ab", "0.5")


def test_a_round_has_every_interview_and_an_order_for_each(here: Places) -> None:
    lines = double(here, "mk, ab", "0.6")
    found = defaultdict(list)
    for row in newest(here):
        found[row["coder"]].append(row)
    total = len(corpus(here).passages)
    n = round(0.6 * total)
    assert set(found) == {"mk", "ab"}
    assert len(found["mk"]) == len(found["ab"]) == n
    keys = {who: [(row["doc"], row["raw_sha256"]) for row in own] for who, own in found.items()}
    assert set(keys["mk"]) == set(keys["ab"])
    assert keys["mk"] != keys["ab"]
    assert {doc for doc, _ in keys["mk"]} == {"I001", "I002", "I003"}
    chances = {(row["doc"], row["raw_sha256"]): float(row["chance"]) for row in newest(here)}
    sizes = defaultdict(int)
    for one in corpus(here).passages:
        sizes[one.doc] += 1
    for doc in sizes:  # of every interview at least one, and chances add up to what is drawn
        assert len({chance for (d, _), chance in chances.items() if d == doc}) == 1
    assert sum(next(c for (d, _), c in chances.items() if d == doc) * size for doc, size in sizes.items()) == pytest.approx(n, abs=1e-4)
    assert "blind" in " ".join(lines)
    assert "make review CODER=ab" in " ".join(lines)
    assert f"{n} Beiträge von {total}" in " ".join(lines)


def test_too_small_a_share_and_an_open_round_are_told(here: Places) -> None:
    lines = double(here, "mk,ab", "0.2")
    assert any("Nicht jedes Gespräch ist dabei" in line for line in lines)
    assert any("Weniger als 10" in line for line in lines)
    with pytest.raises(Stop, match=r"schon eine Runde offen.*ab 0 von 2, mk 0 von 2"):
        double(here, "AB,mk", "0.2")
    double(here, "mk,cd", "0.2")  # another pair may begin
    drawn = {row["raw_sha256"] for row in newest(here)}
    first = {row["raw_sha256"] for path in (here.codebooks / queues.FOLDER).glob("*-1.csv") for row in rows(path)}
    assert len(list((here.codebooks / queues.FOLDER).glob("*.csv"))) == 2
    assert not drawn & first


def test_what_one_of_them_knows_is_not_drawn(here: Places) -> None:
    reading = reading_at(here)
    with reading.held():
        one = next(turn for turn in reading.deck.turns["I001"] if turn.codable)
        other = next(turn for turn in reading.deck.turns["I002"] if turn.codable)
    act(reading, "mk", "I001", one.turn, {"kind": "read", "on": True})
    act(reading, "ab", "I002", other.turn, {"kind": "add", "code": "BED.raum", "start": 0, "end": 5})
    run(here, "coding")
    lines = double(here, "mk,ab", "1")
    assert not {row["raw_sha256"] for row in newest(here)} & {one.raw_sha256, other.raw_sha256}
    assert any("2 Beiträge standen nicht zur Wahl" in line for line in lines)


def test_the_state_of_a_round_and_then_its_figures(here: Places) -> None:
    double(here, "mk,ab", "1")
    reading = reading_at(here)
    with reading.held():
        turns = [(turn.doc, turn.turn) for doc in reading.deck.turns.values() for turn in doc if turn.codable]
    same = dict.fromkeys(turns[:4], "BED.raum")
    read_all(here, reading, "mk", {**same, turns[4]: "ENG.verein"})
    read_all(here, reading, "ab", same, but=1)
    lines = "\n".join(double(here))
    n = len(turns)
    assert f"ab {n - 1} von {n}, mk {n} von {n}" in lines
    assert "Es fehlt ab" in lines
    assert "make review CODER=ab" in lines
    for secret in ("Alpha", "Gleich entschieden", "ENG.verein", "Verschieden"):
        assert secret not in lines
    with reading.held():
        last = next(item for queue in reading.gate.queues for item in queue.items["ab"] if item.open)
        doc, turn = last.key[0], reading.deck.home[last.key]
    act(reading, "ab", doc, turn, {"kind": "read", "on": True})
    lines = "\n".join(double(here))
    assert "Krippendorffs Alpha: 0," in lines
    assert "Cohens Kappa" in lines
    assert "Am wenigsten einig" in lines
    assert "ENG.verein" in lines
    assert "noch zu besprechen: " in lines
    assert "/konsens" in lines
    assert "Achtung: " in lines


def test_agreement_of_a_round_is_that_of_the_stage(here: Places) -> None:
    """Where nobody read anything else, both come to the same figures."""
    from pipeline.sampling.rounds import outcome

    double(here, "mk,ab", "1")
    reading = reading_at(here)
    with reading.held():
        turns = [(turn.doc, turn.turn) for doc in reading.deck.turns.values() for turn in doc if turn.codable]
    read_all(here, reading, "mk", dict.fromkeys(turns[:5], "BED.raum"))
    read_all(here, reading, "ab", dict.fromkeys(turns[2:6], "BED.raum"))
    run(here, "agreement")
    found = corpus(here)
    mine = {(row["measure"], row["code"]): row["estimate"] for row in outcome(found.run, found.queues[0]).figures if row["unit"] == "sentence"}
    table = found.run.table("agreement")
    whole = table[(table["scope"] == "people") & (table["unit"] == "sentence") & (table["part"] == "all") & (table["state"] == "before")]
    theirs = {(row.measure, row.code): row.estimate for row in whole.itertuples()}
    assert set(mine) <= set(theirs)
    assert {("alpha_nominal", ""), ("alpha_nominal", "BED.raum"), ("percent", "")} <= set(mine)
    assert all(mine[key] == pytest.approx(theirs[key], abs=1e-5, nan_ok=True) for key in mine)


def test_turns_that_are_gone_hold_nobody_up(here: Places) -> None:
    double(here, "mk,ab", "1")
    reading = reading_at(here)
    read_all(here, reading, "mk", {})
    read_all(here, reading, "ab", {}, but=1)
    path = next((here.codebooks / queues.FOLDER).glob("*.csv"))
    with reading.held():
        left = next(item for queue in reading.gate.queues for item in queue.items["ab"] if item.open)
    path.write_text(path.read_text("utf-8-sig").replace(left.key[1], "0" * 64), "utf-8-sig")
    lines = "\n".join(double(here))
    assert "nicht mehr im Material" in lines
    assert "zu vergleichen ist nichts" in lines


def test_a_list_of_wrong_shape_is_told_with_its_rows(here: Places) -> None:
    double(here, "mk,ab", "0.5")
    path = next((here.codebooks / queues.FOLDER).glob("*.csv"))
    text = path.read_text("utf-8-sig").splitlines()
    path.write_text("\n".join([text[0], text[1].replace(",double,", ",learning,"), *text[2:]]), "utf-8-sig")
    with pytest.raises(Stop) as stop:
        double(here)
    assert {p.line for p in stop.value.problems} == set(range(3, len(text) + 1))
    assert "zwei Arten" in str(stop.value)


def test_three_people_may_code_a_round(here: Places) -> None:
    double(here, "mk,ab,cd", "0.4")
    assert {row["coder"] for row in newest(here)} == {"mk", "ab", "cd"}


def of_mk(here: Places) -> list[int]:
    found = corpus(here).run
    return [int((found.table(name)["coder"] == "mk").sum()) for name in ("decisions", "reviewed", "memos")]


def test_nothing_of_an_open_round_is_in_the_results(here: Places) -> None:
    double(here, "mk,ab", "0.5")
    reading = reading_at(here)
    with reading.held():
        turns = [(row["doc"], reading.deck.home[row["doc"], row["raw_sha256"]]) for row in newest(here) if row["coder"] == "mk"]
    read_all(here, reading, "mk", dict.fromkeys(turns, "BED.raum"))
    run(here, "cycle")
    assert of_mk(here) == [0, 0, 0]
    read_all(here, reading, "ab", {})
    run(here, "cycle")
    assert of_mk(here) == [len(turns)] * 3


def test_who_reads_blind_is_told_before_the_report(here: Places) -> None:
    """The report shows proposals and what others said; nobody should come upon it by a slip."""
    with serving(here, "mk") as app:
        assert b"data-n=" in app.ask("/")[1]
        double(here, "mk,ab", "0.5")
        body, name = app.ask("/")[1], newest(here)[0]["queue"]
        assert name in body.decode()
        assert b"data-n=" not in body
        assert b"data-n=" in app.ask("/?trotzdem=ja")[1]
    with serving(here, "cd") as app:
        assert name.encode() not in app.ask("/")[1]
