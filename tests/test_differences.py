"""Differences of topics between people: none where there are none, intervals that hold the truth, everybody counted once."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
import pytest

from pipeline import tables
from pipeline.crossing import arranging, groups, permuting

TOPICS = ["T01", "T02", "T03", "T04"]
Row = dict[str, Any]


@pytest.fixture
def few_draws(monkeypatch: pytest.MonkeyPatch) -> None:
    """Simulations of many studies draw fewer permutations; what is tested does not hang on their number."""
    monkeypatch.setattr(arranging, "DRAWN", 499)


def sentences(case: str, counts: list[int], doc: str = "", question: str = "", start: int = 0) -> Iterator[Row]:
    """A person's sentences: so many of each topic; the last number is of sentences that fit none."""
    for topic, number in zip([*TOPICS, ""], counts, strict=True):
        for n in range(number):
            yield {
                "seg": f"{case}-{doc}-{question}-{topic}-{n + start:04d}", "doc": doc or case, "turn": 1, "case": case, "question": question,
                "theme": topic, "weight": 0.5,
            }  # fmt: skip


def told(rows: list[Row], traits: dict[str, str] | None = None, waves: dict[str, str] | None = None, small: int = 3, seed: int = 1) -> list[Row]:
    """Rows of topic_groups; `traits`: person -> value of the variable `gruppe`."""
    themes = tables.frame("segment_themes", rows)
    topics = themes[themes["theme"] != ""].assign(topic=lambda t: t["theme"], rank=1)
    said = groups.spoken(themes, topics, TOPICS, waves or {})
    people = sorted({row["case"] for row in rows})
    cases = tables.frame(
        "cases", [{"case": c, "doc": c, "speaker": "B", "gruppe": (traits or {}).get(c, "")} for c in people], extra=["gruppe"]
    )
    return list(groups.rows(said, cases, ["gruppe"], small, seed))


def pick(rows: list[Row], topic: str, variable: str, value: str) -> Row:
    return next(r for r in rows if (r["topic"], r["variable"], r["value"]) == (topic, variable, value))


def made_study(seed: int, people: int = 18, planted: float = 0.0, short: bool = False) -> tuple[list[Row], dict[str, str]]:
    """People of three groups; those of `a` say `planted` more of T01. `short`: they say little."""
    rng = np.random.default_rng(seed)
    rows: list[Row] = []
    traits: dict[str, str] = {}
    for n in range(people):
        case, traits[f"P{n:02d}"] = f"P{n:02d}", "aaabbbccc"[n % 9]
        shares = rng.dirichlet([2.0, 2.0, 1.0, 0.5])
        if traits[case] == "a":
            shares = (1 - planted) * shares + planted * np.array([1.0, 0, 0, 0])
        many = int(rng.integers(8, 14)) if short and traits[case] == "a" else int(rng.integers(20, 90))
        rows += sentences(case, [*rng.multinomial(many, shares).tolist(), 5])
    return rows, traits


def shares_of(rng: np.random.Generator, means: np.ndarray, short: int = 0) -> tuple[np.ndarray, np.ndarray]:
    """Shares of people who differ (beta) and say more or less (binomial), and their noise; `means` (people x topics). The first `short`
    people say little."""
    said = np.maximum(8, rng.lognormal(4, 0.7, len(means)).astype(int))[:, None]
    said[:short] = rng.integers(8, 16, size=(short, 1))
    shares = rng.binomial(said, rng.beta(means * 6, (1 - means) * 6)) / said
    usual = shares.mean(axis=0)
    return shares, usual * (1 - usual) / said


@pytest.mark.usefixtures("few_draws")
@pytest.mark.parametrize("short", [False, True])
def test_where_nothing_differs_hardly_any_study_shows_a_clear_difference(short: bool) -> None:
    rng, sizes, clear = np.random.default_rng(11), np.repeat([0, 1, 2], [5, 8, 11]), 0
    for _ in range(200):
        # A group whose members say little: their shares scatter more.
        shares, noise = shares_of(rng, np.full((24, 6), 0.12), short=5 * short)
        clear += any_clear(permuting.between(shares, noise, np.ones(24), sizes, [0, 1, 2], 1))
    assert clear / 200 <= 0.07


def any_clear(found: permuting.Found) -> bool:
    cells = zip(*(getattr(found, name).ravel().tolist() for name in ("p", "p_all", "low", "high")), strict=True)
    return any(groups.verdict(*cell) == groups.CLEAR for cell in cells)


@pytest.mark.usefixtures("few_draws")
def test_questions_that_change_nothing_hardly_ever_make_a_clear_difference() -> None:
    rng, clear = np.random.default_rng(14), 0
    for _ in range(200):
        own = rng.dirichlet([1.0] * 8, 16)
        here, there = rng.integers(3, 15, size=(8, 16)), 80
        data, noise, weights, means = [], [], [], []
        for said in here:
            answer = np.array([rng.multinomial(n, p) for n, p in zip(said, own, strict=True)])
            rest = np.array([rng.multinomial(there, p) for p in own])
            usual = (answer + rest) / (said + there)[:, None]
            data.append(answer / said[:, None] - rest / there)
            noise.append(usual * (1 - usual) * (1 / said + 1 / there)[:, None])
            weights.append((rng.random(16) < 0.7).astype(float))
            means.append((np.zeros(8), np.zeros(8)))
        clear += any_clear(permuting.paired(data, noise, weights, means, 1))
    assert clear / 200 <= 0.07


@pytest.mark.usefixtures("few_draws")
@pytest.mark.parametrize(
    ("sizes", "means", "least"),
    [((10, 30), (0.3, 0.1), 0.92), ((10, 30), (0.05, 0.3), 0.92), ((8, 8), (0.1, 0.1), 0.92), ((5, 35), (0.18, 0.03), 0.88)],  # five people
)
def test_intervals_hold_the_true_difference(sizes: tuple[int, int], means: tuple[float, float], least: float) -> None:
    rng, members, held = np.random.default_rng(12), np.repeat([0, 1], sizes), 0
    for _ in range(40):  # ten topics at a time
        found = permuting.between(*shares_of(rng, np.repeat(np.array(means)[members][:, None], 10, axis=1)), np.ones(len(members)), members, [0], 1)
        held += int(((found.low <= means[0] - means[1]) & (means[0] - means[1] <= found.high)).sum())
    assert least <= held / 400 <= 0.99


@pytest.mark.usefixtures("few_draws")
def test_intervals_of_differences_within_people_hold_the_truth() -> None:
    rng, held = np.random.default_rng(13), 0
    for _ in range(40):
        base = rng.beta(0.6, 5.4, size=(14, 10))
        more = 0.5 * rng.beta(1.2, 4.8, size=(14, 10))  # .1 more on average
        here, elsewhere = rng.binomial(10, base * 0.5 + more) / 10, rng.binomial(80, base * 0.5) / 80
        noise = (here * 10 + elsewhere * 80) / 90 * (1 - (here * 10 + elsewhere * 80) / 90) * (1 / 10 + 1 / 80)
        found = permuting.paired([here - elsewhere], [noise], [np.ones(14)], [(here.mean(axis=0), elsewhere.mean(axis=0))], 1)
        held += int(((found.low <= 0.1) & (found.high >= 0.1)).sum())
    assert 0.9 <= held / 400 <= 0.99  # shares of ten sentences are skewed, a sign says nothing of that


def test_a_planted_difference_is_found_and_told_of_the_right_group() -> None:
    rows, traits = made_study(1, planted=0.6)
    made = told(rows, traits)
    found = pick(made, "T01", "gruppe", "a")
    assert found["verdict"] == groups.CLEAR
    assert found["difference"] == pytest.approx(found["share"] - found["others"])
    assert 0.15 < found["low"] < found["difference"] < found["high"] < 0.8
    assert pick(made, "T03", "gruppe", "b")["verdict"] != groups.CLEAR
    assert found["p_all"] >= found["p"] > 0


def test_shares_are_means_over_people_of_what_has_a_topic() -> None:
    rows = [s for n in range(4) for s in sentences(f"A{n}", [4, 4, 0, 0, 100])] + [s for n in range(4) for s in sentences(f"B{n}", [3, 9, 0, 0, 0])]
    found = pick(told(rows, {f"{g}{n}": g for g in "AB" for n in range(4)}), "T01", "gruppe", "A")
    assert (found["share"], found["others"], found["n_cases"], found["n_group"]) == (0.5, 0.25, 8, 4)


def test_one_who_talks_much_makes_no_difference() -> None:
    rows, traits = made_study(2)
    mine = [r for r in rows if r["case"] == "P00"]
    louder = rows + [{**r, "seg": f"{r['seg']}+{n}"} for n in range(20) for r in mine]
    for before, after in zip(told(rows, traits), told(louder, traits), strict=True):
        assert all(before[name] == after[name] for name in ("value", "n_group", "share", "others", "difference", "verdict"))
        assert after["p"] == pytest.approx(before["p"], abs=0.02)


def test_one_person_alone_makes_no_clear_difference() -> None:
    rows = [s for n in range(18) for s in sentences(f"P{n:02d}", [2, 20, 20, 20, 0])]
    rows = [r for r in rows if r["case"] != "P00"] + list(sentences("P00", [500, 1, 1, 1, 0]))
    made = told(rows, {f"P{n:02d}": "ab"[n >= 5] for n in range(18)})
    assert {r["verdict"] for r in made} == {groups.NONE}


def test_the_order_of_rows_changes_nothing() -> None:
    rows, traits = made_study(3, planted=0.3)
    mixed = [rows[n] for n in np.random.default_rng(5).permutation(len(rows))]
    assert told(mixed, traits) == told(rows, traits) == told(rows, traits)


def test_small_groups_are_not_compared_and_show_no_figures() -> None:
    rows, traits = made_study(4)
    traits |= {"P00": "klein", "P01": "klein"}
    made = told(rows, traits)
    assert {r["verdict"] for r in made if r["value"] == "klein"} == {groups.FEW}
    assert not any("share" in r for r in made if r["value"] == "klein")
    assert {r["verdict"] for r in told(rows, traits, small=7)} == {groups.FEW}
    two = {case: "a" if case in ("P00", "P01") else "b" for case in traits}
    assert not any("share" in r for r in told(rows, two))  # the rest of the large group is the small one


def test_whoever_says_little_or_belongs_to_two_groups_is_not_compared() -> None:
    rows, traits = made_study(6)
    made = pick(told([*rows, *sentences("X", [7, 0, 0, 0, 90])], {**traits, "X": "a"}), "T01", "gruppe", "a")
    assert (made["n_cases"], made["n_group"]) == (18, 6)
    cases = tables.frame(
        "cases", [{"case": "p", "doc": d, "speaker": "B", "erhebung": v} for d, v in (("I1", "telefon"), ("I2", "workshop"))], extra=["erhebung"]
    )
    assert groups.traits(cases, "erhebung") == {}


def test_people_of_one_workshop_are_no_group_of_their_own() -> None:
    rows = [s for n in range(6) for s in sentences(f"W{n}", [30, 2, 0, 0, 0], doc="W")]
    rows += [s for n in range(12) for s in sentences(f"P{n:02d}", [2, 20, 8, 2, 0])]
    made = told(rows, {r["case"]: "workshop" if r["doc"] == "W" else "einzeln" for r in rows})
    assert {r["verdict"] for r in made} == {groups.ALIKE}


def test_a_question_is_compared_with_what_the_same_people_say_elsewhere() -> None:
    rows: list[Row] = []
    for n in range(8):
        # Everybody has a favourite topic, so people differ much; in answers to L5 all speak of T04.
        favourite = [20 if t == n % 3 else 3 for t in range(3)]
        rows += sentences(f"P{n}", [*favourite, 0, 4], question="L1")
        rows += sentences(f"P{n}", [1, 1, 1, 9 - n % 2, 0], question="L5")
        rows += sentences(f"P{n}", [2, 0, 0, 0, 0], question="L9")
    made = told(rows)
    found = pick(made, "T04", "question", "L5")
    assert found["verdict"] == groups.CLEAR
    assert (found["others"], found["n_group"], found["p"]) == (0.0, 8, 2 / 2**8)
    assert {r["verdict"] for r in made if r["value"] == "L9"} == {groups.FEW}  # two sentences are no answer to compare


def test_waves_compare_people_with_themselves_where_enough_were_heard_twice() -> None:
    rows: list[Row] = []
    for n in range(7):
        rows += [*sentences(f"P{n}", [n + 1, 20, 0, 0, 0], doc=f"A{n}"), *sentences(f"P{n}", [n + 1, 20, 0, 8 + n % 3, 0], doc=f"B{n}")]
    waves = {f"{letter}{n}": wave for letter, wave in (("A", "1"), ("B", "2")) for n in range(9)}
    found = pick(told(rows, waves=waves), "T04", "welle", "2")
    assert (found["verdict"], found["n_group"]) == (groups.CLEAR, 7)
    apart = [{**r, "case": r["doc"]} for r in rows]
    found = pick(told(apart, waves=waves), "T04", "welle", "2")
    assert (found["verdict"], found["n_cases"], found["n_group"]) == (groups.CLEAR, 14, 7)
    assert not [r for r in told(rows, waves=dict.fromkeys(waves, "1")) if r["variable"] == "welle"]


def test_all_arrangements_are_gone_through_where_there_are_few() -> None:
    shares = np.array([[0.9], [0.8], [0.85], [0.1], [0.2], [0.15], [0.12]])
    found = permuting.between(shares, 0 * shares, np.ones(7), np.array([0, 0, 0, 1, 1, 1, 1]), [0, 1], 1)
    assert found.p[0, 0] == pytest.approx(2 / 35)  # 3 of 7 persons can be chosen in 35 ways, this is the most extreme
    assert found.p[0, 0] == found.p[1, 0]
    assert found.difference[0, 0] == pytest.approx(-found.difference[1, 0])


def test_a_conversation_weighs_as_many_people_as_it_has() -> None:
    shares, members = np.array([[0.5], [0.2], [0.3], [0.1], [0.2], [0.6]]), np.array([0, 0, 0, 1, 1, 1])
    found = permuting.between(shares, 0 * shares, np.array([4.0, 1, 1, 1, 1, 1]), members, [0], 1)
    assert found.share[0, 0] == pytest.approx((4 * 0.5 + 0.2 + 0.3) / 6)
    even = permuting.between(shares, 0 * shares, np.full(6, 3.0), members, [0], 1)
    alone = permuting.between(shares, 0 * shares, np.ones(6), members, [0], 1)
    assert all(np.allclose(a, b) for a, b in zip(even, alone, strict=True))


def test_a_topic_that_nobody_speaks_of_differs_nowhere() -> None:
    rows, traits = made_study(8)
    rows = [r for r in rows if r["theme"] != "T04"]
    found = pick(told(rows, traits), "T04", "gruppe", "a")
    assert (found["difference"], found["p"], found["p_all"], found["verdict"]) == (0.0, 1.0, 1.0, groups.NONE)
