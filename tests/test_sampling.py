"""Queues of passages to read: chances hold what they promise, estimates from drawn turns are right, and nobody gets what they must not see."""

from __future__ import annotations

import csv
from collections import Counter
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
from conftest import run

from pipeline.evaluating.drawn_turns import from_turns, unlikely
from pipeline.learning.columns import to_column
from pipeline.ledgers.versions import note_version
from pipeline.places import Places
from pipeline.problems import Stop
from pipeline.sample import sample
from pipeline.sampling import asked, control, drawing, informative, queues
from pipeline.sampling.corpus import Passage, corpus
from pipeline.sampling.single import draw

HEAD = "queue,mode,coder,order,doc,raw_sha256,raw_start,raw_end,stratum,chance,codes,date,quote\n"


def listed(places: Places, name: str = "") -> list[dict[str, str]]:
    """Rows of the newest queue, or of the one of this name."""
    folder = places.codebooks / queues.FOLDER
    path = folder / f"{name}.csv" if name else max(folder.glob("*.csv"), key=lambda p: p.stat().st_mtime_ns)
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def read(places: Places, rows: list[dict[str, str]], **more: str) -> None:
    """Enter readings of these items in reviewed.csv."""
    path = places.codebooks / "reviewed.csv"
    if not path.exists():
        path.write_text("doc,raw_sha256,raw_start,raw_end,coder,mode,date,codebook,codes,action\n", "utf-8")
    with path.open("a", encoding="utf-8", newline="") as file:
        for row in rows:
            one = {**row, "codes": "", "action": "", **more}
            csv.writer(file).writerow([one[c] for c in ("doc", "raw_sha256", "raw_start", "raw_end", "coder", "mode")] + ["2026-06-02", "v1", one["codes"], one["action"]])


# chances


def inclusion(rounds: list[int], docs: list[str], times: int, grown: list[str] | None = None) -> np.ndarray:
    """How often each turn was drawn in any of the rounds, as a share; the corpus is `grown` before the last round."""
    count = np.zeros(len(grown or docs))
    for time in range(times):
        before: list[int] = []
        for number, n in enumerate(rounds):
            here = grown if grown and number == len(rounds) - 1 else docs
            found = drawing.at_random(here, before, n, drawing.generator("test", time, number))
            assert len(set(found.numbers)) == n
            assert not set(found.numbers) & set(before)
            before += found.numbers
        count[before] += 1
    return count / times


def test_every_turn_has_the_same_chance_in_one_round_and_in_several() -> None:
    docs = ["a"] * 30 + ["b"] * 5 + ["c"] * 11 + ["d"]
    for rounds in ([11], [6, 5]):
        share = inclusion(rounds, docs, 3000)
        assert np.abs(share - 11 / 47).max() < 4 * np.sqrt(11 / 47 * 36 / 47 / 3000), rounds
    told = drawing.at_random(docs, list(range(6)), 5, drawing.generator("test"))
    assert told.chance == pytest.approx([11 / 47] * 5)


def test_interviews_that_came_later_catch_up() -> None:
    old = ["a"] * 30 + ["b"] * 50
    grown = old + ["c"] * 40 + ["d"] * 60
    share = inclusion([24, 40], old, 1500, grown)
    assert share[:80].mean() == pytest.approx(64 / 180, abs=0.01)
    assert share[80:].mean() == pytest.approx(64 / 180, abs=0.01)
    first = drawing.at_random(old, [], 24, drawing.generator("x")).numbers
    short = drawing.at_random(grown, first, 10, drawing.generator("y"))
    assert short.missing == 20
    assert {grown[k] for k in short.numbers} <= {"c", "d"}
    assert drawing.at_random(grown, first, 10 + short.missing, drawing.generator("y")).missing == 0


def test_every_interview_gets_its_part() -> None:
    docs = ["a"] * 30 + ["b"] * 20 + ["c"] * 10
    for time in range(20):
        found = drawing.at_random(docs, [], 12, drawing.generator(time))
        assert Counter(docs[k] for k in found.numbers) == {"a": 6, "b": 4, "c": 2}
    # The order says nothing of the interviews: whoever stops early has a random sample too.
    assert [docs[k] for k in drawing.at_random(docs, [], 12, drawing.generator(1)).numbers] != sorted(docs[k] for k in found.numbers)


def test_a_round_for_two_has_a_turn_of_every_interview() -> None:
    docs = ["a"] * 60 + ["b"] * 3 + ["c"] * 40 + ["d"]
    count = np.zeros(len(docs))
    chance: dict[int, float] = {}
    for time in range(2000):
        found = drawing.everywhere(docs, 8, drawing.generator(time))
        assert {docs[k] for k in found.numbers} == set("abcd")
        assert len(set(found.numbers)) == 8
        count[found.numbers] += 1
        chance |= dict(zip(found.numbers, found.chance, strict=True))
    told = np.array([chance[k] for k in range(len(docs))])
    assert told[-1] == 1
    assert told[60] == pytest.approx(1 / 3)
    assert told.sum() == pytest.approx(8)
    assert np.abs(count / 2000 - told).max() < 4 * np.sqrt(0.25 / 2000)
    few = drawing.everywhere(docs, 2, drawing.generator(0))
    assert len(few.numbers) == 2
    assert few.chance == pytest.approx([2 / len(docs)] * 2)


def test_the_same_state_gives_the_same_draw() -> None:
    docs = ["a"] * 40 + ["b"] * 40
    one, same, other = (drawing.at_random(docs, [], 10, drawing.generator(*parts)) for parts in (("s", "mk"), ("s", "mk"), ("s", "ab")))
    assert one == same
    assert set(one.numbers) != set(other.numbers)


def world(rng: np.random.Generator, share: float) -> tuple[list[str], np.ndarray, np.ndarray]:
    """A corpus of 12 interviews that differ, whose turns are alike inside: interview of each turn, turn and truth of each sentence."""
    docs = [f"I{h:03}" for h in range(12) for _ in range(int(rng.integers(8, 60)))]
    of = np.array([int(doc[1:]) for doc in docs])
    talk = np.clip(rng.beta(share * 6, (1 - share) * 6, size=12), 1e-3, 1 - 1e-3)[of]
    here = rng.beta(talk * 2.3, (1 - talk) * 2.3)
    turn = np.repeat(np.arange(len(docs)), rng.integers(1, 9, size=len(docs)))
    return docs, turn, rng.random(len(turn)) < here[turn]


@pytest.mark.parametrize(("share", "rounds"), [(0.05, (40,)), (0.05, (20, 20)), (0.3, (15, 10, 15))])
def test_estimates_from_drawn_turns_are_right(share: float, rounds: tuple[int, ...]) -> None:
    rng, held, error = np.random.default_rng(7), 0, []
    times = 150
    for time in range(times):
        docs, turn, truth = world(rng, share)
        drawn: list[int] = []
        for number, n in enumerate(rounds):
            drawn += drawing.at_random(docs, drawn, n, drawing.generator(time, number)).numbers
        rows = np.flatnonzero(np.isin(turn, drawn))
        found = from_turns(np.zeros(len(turn)), rows, truth[rows], turn[rows])
        held += found.low <= truth.mean() <= found.high
        error.append(found.estimate - truth.mean())
        interview = np.unique(docs, return_inverse=True)[1][turn]
        assert not unlikely(interview, turn, np.isin(turn, drawn))
    assert abs(np.mean(error)) < 4 * np.std(error) / np.sqrt(times)
    assert held >= 0.93 * times


# which turns teach most


def passages(*shape: tuple[str, int]) -> list[Passage]:
    """Turns of (interview, how many), of one sentence each."""
    return [Passage(doc, n, f"{doc}-{n}", 10, "Text.", (f"{doc}:{n}",)) for doc, many in shape for n in range(many)]


def test_the_model_is_least_sure_at_its_border() -> None:
    own = passages(("a", 3))
    data = np.array([[0.31, 0.0], [0.9, 0.99], [0.0, 0.15]])
    chances = pd.DataFrame({"seg": [one.segs[0] for one in own], "chances": [to_column(row) for row in data]})
    found = informative.doubts(own, chances, ["A", "B"], 0.3)
    assert np.argsort(-found.score).tolist() == [0, 2, 1]
    assert found.code == ["A", "A", "B"]
    nothing = informative.doubts(own, chances.iloc[:0], [], 0.5)
    assert not nothing.score.any()
    assert nothing.code == ["", "", ""]


def test_a_long_turn_does_not_win_by_its_length() -> None:
    own = [Passage("a", 0, "x", 9, "", ("s0",)), Passage("a", 1, "y", 9, "", tuple(f"s{n}" for n in range(1, 9)))]
    chances = pd.DataFrame({"seg": [f"s{n}" for n in range(9)], "chances": [to_column(np.array([v])) for v in (0.3, *[0.15] * 8)]})
    score = informative.doubts(own, chances, ["A"], 0.3).score
    assert score[0] > score[1] == pytest.approx(0.5, abs=0.01)


def test_what_resembles_what_was_read_comes_last() -> None:
    sense = np.array([[1.0, 0.0], [0.99, 0.14], [0.0, 1.0], [0.0, 1.0], [-1.0, 0.0]])
    sense /= np.linalg.norm(sense, axis=1, keepdims=True)
    docs, same = ["a", "b", "c", "d", "e"], np.full(5, 0.5)
    picked = informative.chosen(docs, same, sense, [1, 2, 3, 4], [0], 4)
    assert picked[0] == 4
    assert picked[1] in (2, 3)
    assert set(picked[2:]) & {1}
    assert picked == informative.chosen(docs, same, sense, [4, 3, 2, 1], [0], 4)
    # Without vectors the most uncertain first, without chances the most diverse.
    assert informative.chosen(docs, np.array([0.1, 0.4, 0.9, 0.2, 0.3]), np.zeros((5, 1)), range(5), [], 2) == [2, 1]
    assert informative.chosen(docs, np.zeros(5), sense, [1, 2, 4], [0], 2) == [4, 2]


def test_no_interview_gives_more_than_twice_its_even_share() -> None:
    own = ["a"] * 40 + ["b"] * 3 + ["c"] * 40
    doubt = np.array([0.9] * 40 + [0.5] * 43)
    picked = informative.chosen(own, doubt, np.zeros((83, 1)), range(83), [], 12)
    assert Counter(own[k] for k in picked) == {"a": 8, "b": 3, "c": 1}
    assert len(informative.chosen(["a"] * 20, doubt[:20], np.zeros((20, 1)), range(20), [], 12)) == 12


# what puts the coding to the test


def codings(*rows: tuple[str, int, str, str, str, str, float, str]) -> pd.DataFrame:
    return pd.DataFrame(list(rows), columns=["doc", "turn", "code", "coder", "status", "stance", "score", "reason"])


def test_every_kind_of_doubtful_turn_is_drawn_with_its_reason() -> None:
    own = passages(("a", 30), ("b", 30))
    codes = pd.DataFrame({"code": ["HAEUFIG", "SELTEN", "MANGEL"], "coded": ["yes"] * 3, "lack": ["no", "no", "yes"]})
    often = [("a", n, "HAEUFIG", "rule", "proposed", "affirmed", 0.9, "") for n in range(8)]
    there = codings(*often, ("b", 0, "SELTEN", "rule", "proposed", "affirmed", 0.8, ""), ("b", 1, "HAEUFIG", "rule", "rejected", "affirmed", 0.7, ""),
                    ("b", 2, "HAEUFIG", "rule", "proposed", "negated", 0.7, ""), ("b", 3, "MANGEL", "rule", "proposed", "negated", 0.7, ""))  # fmt: skip
    not_counted = codings(("b", 4, "HAEUFIG", "rule", "proposed", "affirmed", 1.0, "Vorrang für SELTEN"), ("b", 5, "HAEUFIG", "rule", "proposed", "negated", 1.0, "verneint"),
                          ("b", 6, "HAEUFIG", "model", "proposed", "affirmed", 0.2, "nicht sicher genug (Rang 1)"), ("b", 7, "HAEUFIG", "model", "proposed", "affirmed", 0.2, "nicht sicher genug (Rang 4)"))  # fmt: skip
    found = control.candidates(own, codes, there, not_counted, drawing.generator(1))
    kinds = {kind: [(own[k].doc, own[k].turn, code) for k, code in found[kind]] for kind in control.KINDS}
    assert ("b", 0, "SELTEN") in kinds["selten"]
    assert not any(code == "HAEUFIG" for *_, code in kinds["selten"])
    assert kinds["verworfen"] == [("b", 1, "HAEUFIG"), ("b", 4, "HAEUFIG")]
    assert kinds["Gegenfall"] == [("b", 2, "HAEUFIG"), ("b", 5, "HAEUFIG"), ("b", 6, "HAEUFIG")]  # a denied lack is a saying of it
    assert len(kinds["ohne Vorschlag"]) == 60 - 11
    assert not {("a", 0, ""), ("b", 2, "")} & set(kinds["ohne Vorschlag"])
    picked = control.chosen(found, [one.doc for one in own], set(range(60)) - {30}, 12)  # b, 0 was read before
    assert len(picked) == len({k for k, _ in picked}) == 12
    assert 30 not in [k for k, _ in picked]
    assert Counter(why.split(":")[0] for _, why in picked)["Gegenfall"] == 3
    assert "verworfen: HAEUFIG" in [why for _, why in picked]


def test_a_kind_that_runs_out_leaves_its_part_to_the_others() -> None:
    found: dict[str, list[tuple[int, str]]] = {"selten": [], "verworfen": [(0, "A")], "Gegenfall": [(0, "B")], "ohne Vorschlag": [(k, "") for k in range(1, 9)]}
    picked = control.chosen(found, ["a"] * 9, range(9), 6)
    assert picked[0] == (0, "verworfen: A")
    assert len(picked) == 6
    assert len(control.chosen(found, ["a"] * 9, range(9), 60)) == 9


# lists of queues


def queue_file(folder: Path, name: str, *rows: str) -> Path:
    folder.mkdir(exist_ok=True)
    path = folder / f"{name}.csv"
    path.write_text(HEAD + "".join(f"{row}\n" for row in rows), "utf-8")
    return path


def reading(**more: Any) -> dict[str, Any]:
    return {"doc": "I001", "raw_sha256": "aa", "raw_start": 0, "raw_end": 100, "coder": "mk", "mode": "double", "codes": "", "action": "", **more}


ROWS = [f"r,double,{who},{n},I001,{sha},0,100,I001,0.25,,2026-11-27,Satz" for who, n, sha in (("mk", 2, "aa"), ("mk", 1, "bb"), ("ab", 1, "aa"), ("ab", 2, "bb"))]


def test_an_item_is_done_when_its_coder_read_it_so(tmp_path: Path) -> None:
    queue_file(tmp_path, "r", *ROWS)

    def open_items(*readings: dict[str, Any], there: Any = None) -> dict[str, list[str]]:
        found = queues.queues(tmp_path, readings, there)[0]
        assert found.complete == (not any(found.left(coder) for coder in found.coders))
        return {coder: [item.raw_sha256 for item in found.left(coder)] for coder in found.coders}

    assert open_items() == {"ab": ["aa", "bb"], "mk": ["bb", "aa"]}  # each in their own order
    assert open_items(reading()) == {"ab": ["aa", "bb"], "mk": ["bb"]}
    for other in ({"coder": "ab"}, {"mode": "interview"}, {"raw_end": 50}, {"doc": "I002"}, {"codes": "A"}):
        assert "aa" in open_items(reading(**other))["mk"], other
    assert open_items(reading(), reading(action="withdraw"))["mk"] == ["bb", "aa"]
    assert open_items(reading(), reading(action="withdraw"), reading())["mk"] == ["bb"]
    done = [reading(coder=who, raw_sha256=sha) for who in ("mk", "ab") for sha in ("aa", "bb")]
    assert open_items(*done) == {"ab": [], "mk": []}
    # A turn that is no longer there holds nobody up.
    assert open_items(*done[:1], done[2], there={("I001", "aa")}) == {"ab": [], "mk": []}


def test_queues_that_excel_saved_are_read_and_broken_ones_are_told(tmp_path: Path) -> None:
    path = queue_file(tmp_path, "r", *ROWS, ROWS[0])  # the same row twice, as after merging two copies
    path.write_bytes(path.read_text("utf-8").replace(",", ";").replace("0.25", "0,25").replace("Satz", "Größe").replace("\n", "\r\n").encode("cp1252"))
    found = queues.queues(tmp_path, [])[0]
    assert len(found.items["mk"]) == 2
    assert found.items["mk"][0].chance == 0.25
    assert found.items["mk"][0].quote == "Größe"
    assert found.blind
    queue_file(tmp_path, "s", "r,double,mk,1,I001,aa,0,100,,1.5,,2026-11-27,x", "t,doppelt,mk,1,I001,aa,9,9,,,,,x", "t,double,mk,x,I001,aa,0,9,,,,,x")
    with pytest.raises(Stop) as stop:
        queues.queues(tmp_path, [])
    assert [(p.file, p.line) for p in stop.value.problems] == [("queues/s.csv", 4)]  # numbers first, then what they mean
    queue_file(tmp_path, "s", "r,double,mk,1,I001,aa,0,100,,1.5,,2026-11-27,x", "t,doppelt,mk,1,I001,aa,9,9,,,,,x")
    with pytest.raises(Stop) as stop:
        queues.queues(tmp_path, [])
    told = str(stop.value)
    assert {p.line for p in stop.value.problems} == {2, 3}
    assert "random, control, double" in told
    assert "chance" in told
    assert "steht schon in queues/r.csv" in told
    assert "raw_end" in told
    assert queues.queues(tmp_path / "nirgends", []) == []


# the verb


@pytest.mark.parametrize(
    ("given", "words"),
    [
        (("", "random", ""), "Es fehlt, wer lesen soll"), (("model", "random", ""), "kein Kürzel eines Menschen"), (("konsens", "random", ""), "kein Kürzel eines Menschen"),
        (("m k", "random", ""), "taugt nicht als Kürzel"), (("../x", "random", ""), "taugt nicht als Kürzel"), (("mk", "", ""), "MODE=learning"),
        (("mk", "rondom", ""), "Meinten Sie »random«?"), (("mk", "double", ""), "make double CODERS"), (("mk", "random", "abc"), "N=abc ist keine ganze Zahl"),
        (("mk", "random", "0"), "N=0"), (("mk", "random", "-3"), "N=-3"), (("mk", "random", "99999"), "N=99999"),
    ],
)  # fmt: skip
def test_bad_values_are_told(places: Places, given: tuple[str, str, str], words: str) -> None:
    with pytest.raises(Stop, match=words.replace("?", "\\?").replace("(", "\\(")):
        sample(places, *given)
    assert not (places.codebooks / queues.FOLDER).exists()


def test_without_a_run_there_is_nothing_to_draw_from(places: Places) -> None:
    with pytest.raises(Stop, match="make analyze"):
        sample(places, "mk", "random", "3")


@pytest.fixture
def drawn_from(places: Places, ran: None) -> Places:
    """The tiny study after a run, with today's codebook noted and run again, so that draws do not run it."""

    note_version(places)
    run(places, "coding")
    return places


def test_random_draws_are_blind_and_never_twice(drawn_from: Places) -> None:
    total = len(corpus(drawn_from).passages)
    lines = sample(drawn_from, "mk", "random", "3")
    rows = listed(drawn_from)
    assert len(rows) == 3
    assert {row["mode"] for row in rows} == {"random"}
    assert {row["coder"] for row in rows} == {"mk"}
    assert len({row["doc"] for row in rows}) == 3
    assert {row["chance"] for row in rows} == {f"{3 / total:.6f}"}
    assert f"3 von {total} Beiträgen" in lines[0]
    assert "make review CODER=mk" in lines[-1]
    assert any("mindestens 15 Beiträge" in line for line in lines)
    for row, one in ((row, next(p for p in corpus(drawn_from).passages if p.key == (row["doc"], row["raw_sha256"]))) for row in rows):
        assert (row["raw_start"], row["raw_end"], row["quote"]) == ("0", str(one.end), one.quote)
    again = sample(drawn_from, "ab", "random", "3")
    assert not {row["raw_sha256"] for row in listed(drawn_from)} & {row["raw_sha256"] for row in rows}
    assert {row["chance"] for row in listed(drawn_from)} == {f"{6 / total:.6f}"}
    assert any("früher gezogenen" in line for line in again)
    rest = sample(drawn_from, "mk", "random", "40")
    assert any("mehr ist nicht mehr da" in line for line in rest)
    assert len(listed(drawn_from)) == total - 6
    with pytest.raises(Stop, match="schon zufällig gezogen"):
        sample(drawn_from, "mk", "random", "1")
    with pytest.raises(Stop, match="noch offen"):  # nor may anybody see their proposals now
        sample(drawn_from, "mk", "learning", "1")


def test_turns_read_for_another_purpose_stay_in_a_random_draw(drawn_from: Places) -> None:
    found = corpus(drawn_from)
    everything = [{"doc": p.doc, "raw_sha256": p.raw_sha256, "raw_start": "0", "raw_end": str(p.end)} for p in found.passages]
    read(drawn_from, everything, coder="ab", mode="interview")
    run(drawn_from, "coding")
    lines = sample(drawn_from, "mk", "random", "4")
    assert len(listed(drawn_from)) == 4
    assert any("4 Beiträge davon hat schon jemand" in line for line in lines)
    with pytest.raises(Stop, match="nichts mehr zu ziehen"):
        sample(drawn_from, "mk", "learning", "4")


def test_what_was_drawn_by_hand_counts_as_drawn(drawn_from: Places) -> None:
    found = corpus(drawn_from)
    one = found.passages[0]
    read(drawn_from, [{"doc": one.doc, "raw_sha256": one.raw_sha256, "raw_start": "0", "raw_end": str(one.end)}], coder="ab", mode="random")
    drawn, _ = draw(corpus(drawn_from), "mk", "random", 50)
    assert len(drawn) == len(found.passages) - 1
    assert one.key not in {d.passage.key for d in drawn}


def test_learning_and_control_leave_alone_what_others_have_to_read(drawn_from: Places) -> None:
    total = len(corpus(drawn_from).passages)
    lines = sample(drawn_from, "mk", "learning", "2")
    first = {row["raw_sha256"] for row in listed(drawn_from)}
    assert len(first) == 2
    assert all(row["stratum"] and not row["chance"] for row in listed(drawn_from))
    assert any("Nicht zum Zählen" in line for line in lines)
    sample(drawn_from, "ab", "control", "3")
    second = {row["raw_sha256"] for row in listed(drawn_from)}
    assert len(second) == 3
    assert not first & second
    assert {row["stratum"].split(":")[0] for row in listed(drawn_from)} <= set(control.KINDS)
    sample(drawn_from, "ab", "learning", "40")
    assert len(listed(drawn_from)) == total - 5


def test_a_damaged_list_stops_the_draw_with_its_row(drawn_from: Places) -> None:
    queue_file(drawn_from.codebooks / queues.FOLDER, "alt", "alt,random,mk,1,I001,aa,0,x,,,,,q")
    with pytest.raises(Stop, match=r"queues/alt\.csv:2"):
        sample(drawn_from, "mk", "random", "2")


def test_shares_and_coders_are_read_as_people_write_them() -> None:
    assert [asked.share(text) for text in ("", "0.15", "0,2", "15%", "1", " .5 ")] == pytest.approx([0.15, 0.15, 0.2, 0.15, 1, 0.5])
    for text in ("0", "1.5", "-0.1", "abc", "150%", "nan", "1e-3"):
        with pytest.raises(Stop, match="kein Anteil"):
            asked.share(text)
    assert asked.coders("mk, ab;cd") == ["mk", "ab", "cd"]
