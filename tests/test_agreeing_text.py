"""Agreement on what was marked in a text, intervals from draws of cases, and the properties that all coefficients have."""

from __future__ import annotations

from itertools import permutations
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.agreeing import notes, resampling, tally
from pipeline.agreeing.coefficients import MEASURES, binaries, coefficient
from pipeline.agreeing.continuum import alpha_unitizing
from pipeline.agreeing.overlap import alike, overlap
from pipeline.agreeing.sets import alpha_masi


def test_unitizing_by_hand() -> None:
    """Ten signs, units 0-4 and 2-6. Lengths of pairs: unit on unit 4, unit on gap 4 + 4, gap on gap 8, of 20. Expected (a unit is not paired
    with itself, a gap not sign by sign): unit on unit 20 (8 x 8 - 32) / 356, gap on gap 20 (12 x 12 - 12) / 356."""
    expected = 20 - 20 * (64 - 32) / 356 - 20 * (144 - 12) / 356
    assert alpha_unitizing([[(0, 4)], [(2, 6)]], 10).estimate == pytest.approx(1 - 8 / expected)
    assert alpha_unitizing([[(0, 4)], [(2, 6)]], 10).estimate == pytest.approx(0.258333, abs=1e-6)


@pytest.mark.parametrize("units", [[[(2, 5)], [(2, 5), (10, 20)], [(2, 5), (15, 20)]], [[(0, 7), (7, 9)], [(1, 8)], []], [[(0, 3)], [(50, 60)]]])
def test_unitizing_sign_by_sign(units: list[list[tuple[int, int]]]) -> None:
    """Coincidences and what is expected of them, counted over pairs of signs: eq. 1, 4 and 5a of Krippendorff and others (2016)."""
    length, m = 60, len(units)
    owner = [[next((n for n, (a, b) in enumerate(own) if a <= at < b), -1) for at in range(length)] for own in units]
    observed = sum((one[at] >= 0) != (other[at] >= 0) for one in owner for other in owner if one is not other for at in range(length)) / (m - 1)
    signs = [(g, own[at], at) for g, own in enumerate(owner) for at in range(length)]
    # A sign of a unit meets no sign of the same unit of the same coder, a sign of a gap not itself.
    free = [(a, b) for a in signs for b in signs if not (a[:2] == b[:2] and a[1] >= 0) and a != b]
    expected = len(signs) * sum((a[1] >= 0) != (b[1] >= 0) for a, b in free) / len(free)
    assert alpha_unitizing(units, length).estimate == pytest.approx(1 - observed / expected)


@pytest.mark.filterwarnings("error")
def test_unitizing_where_little_can_be_told() -> None:
    assert alpha_unitizing([[(1, 4), (6, 9)], [(6, 9), (1, 4)]], 10).estimate == 1
    assert alpha_unitizing([[(0, 3), (2, 4)], [(0, 4)]], 10).estimate == 1  # what overlaps is one unit
    for units, length, note in (([[], []], 10, notes.NOTHING_CODED), ([[(0, 9)]], 10, notes.ONE_CODER), ([[(0, 9)], []], 0, notes.NO_UNITS), ([[(0, 9)], [(0, 9)]], 9, notes.ONE_CATEGORY)):
        found = alpha_unitizing(units, length)
        assert np.isnan(found.estimate)
        assert found.note == note
    assert alpha_unitizing([[(0, 5)], []], 10).estimate < 0.1


def test_nearly_the_same_passages() -> None:
    """A: 0-100, 200-300 and B 400-500; the other: A 5-100 (95 of 100), 250-350 (50 of 150) and B 400-500: four of six agree, two categories."""
    one = [("A", 0, 100), ("A", 200, 300), ("B", 400, 500)]
    other = [("A", 5, 100), ("A", 250, 350), ("B", 400, 500)]
    found = overlap(one, other)
    assert found["overlap_percent"].estimate == pytest.approx(4 / 6)
    assert found["overlap_kappa"].estimate == pytest.approx((4 / 6 - 1 / 2) / (1 - 1 / 2))
    assert overlap(one, other, 0.3)["overlap_percent"].estimate == 1
    assert overlap(one, [("B", a, b) for _, a, b in one])["overlap_percent"].estimate == pytest.approx(2 / 6)
    alone = overlap([("A", 0, 9)], [("A", 0, 9)])
    assert (alone["overlap_percent"].estimate, alone["overlap_kappa"].note) == (1, notes.ONE_CATEGORY)
    assert overlap([], [])["overlap_percent"].note == notes.NOTHING_CODED
    assert not alike((0, 10), (10, 20), 0.1)


RATINGS = st.integers(2, 4).flatmap(lambda coders: st.lists(st.lists(st.one_of(st.none(), st.integers(1, 4)), min_size=coders, max_size=coders), min_size=1, max_size=12))
SYMMETRIC = ("percent", "fleiss", "conger", "brennan_prediger", "ac1", "alpha_nominal", "alpha_ordinal", "alpha_interval")


def same(one: Any, other: Any) -> bool:
    return one.note == other.note and (one.estimate == pytest.approx(other.estimate) or (np.isnan(one.estimate) and np.isnan(other.estimate)))


@given(RATINGS, st.randoms(use_true_random=False))
@settings(max_examples=60, deadline=None)
@pytest.mark.filterwarnings("error")
def test_order_of_units_and_coders_says_nothing(ratings: list[list[int | None]], chance: Any) -> None:
    units = chance.sample(ratings, len(ratings))
    order = chance.sample(range(len(ratings[0])), len(ratings[0]))
    mixed = [[row[g] for g in order] for row in units]
    for measure in SYMMETRIC:
        assert same(coefficient(measure, ratings), coefficient(measure, mixed)), measure


@given(RATINGS)
@settings(max_examples=60, deadline=None)
def test_names_of_categories_say_nothing(ratings: list[list[int | None]]) -> None:
    named = [[None if value is None else "dacb"[value - 1] for value in row] for row in ratings]
    for measure in ("percent", "fleiss", "conger", "brennan_prediger", "ac1", "alpha_nominal"):
        assert same(coefficient(measure, ratings), coefficient(measure, named)), measure
    sets = [[None if value is None else {value} for value in row] for row in ratings]
    assert same(coefficient("alpha_nominal", ratings), alpha_masi(sets)) or coefficient("alpha_nominal", ratings).note == notes.ONE_CODER


@given(RATINGS)
@settings(max_examples=60, deadline=None)
def test_who_always_agrees_has_one(ratings: list[list[int | None]]) -> None:
    agreed = [[next((v for v in row if v is not None), None)] * len(row) for row in ratings]
    several = len({row[0] for row in agreed} - {None}) > 1
    for measure in SYMMETRIC:
        found = coefficient(measure, agreed)
        assert found.estimate == pytest.approx(1) if several else measure == "percent" or np.isnan(found.estimate), measure


@given(RATINGS)
@settings(max_examples=80, deadline=None)
def test_alpha_by_its_definition(ratings: list[list[int | None]]) -> None:
    """Pairs of values within units over pairs of all values that can be paired, one by one."""
    units = [[v for v in row if v is not None] for row in ratings]
    units = [row for row in units if len(row) > 1]
    values = [v for row in units for v in row]
    for measure, apart in (("alpha_nominal", lambda a, b: float(a != b)), ("alpha_interval", lambda a, b: float((a - b) ** 2))):
        found = coefficient(measure, ratings).estimate
        if len(set(values)) < 2:
            assert np.isnan(found)
            continue
        observed = sum(apart(a, b) / (len(row) - 1) for row in units for a, b in permutations(row, 2)) / len(values)
        expected = sum(apart(a, b) for a, b in permutations(values, 2)) / (len(values) * (len(values) - 1))
        assert found == pytest.approx(1 - observed / expected)


@given(RATINGS)
@settings(max_examples=60, deadline=None)
@pytest.mark.filterwarnings("error")
def test_decisions_on_one_category_are_the_general_case(ratings: list[list[int | None]]) -> None:
    rows = [row for row in ratings if sum(v is not None for v in row) > 1]
    if not rows:
        return
    numbers = np.array([[-1 if v is None else int(v > 2) for v in row] for row in rows])
    found = binaries(tally.total(tally.parts(numbers, 2)))
    for measure in ("percent", "fleiss", "conger", "brennan_prediger", "ac1"):
        general = MEASURES[measure](tally.total(tally.parts(numbers, 2)), np.eye(2))
        assert np.allclose([*found[measure]], [*general]), measure
    if (numbers == 1).any() and (numbers == 0).any():
        told = coefficient("alpha_nominal", np.where(numbers < 0, None, numbers))  # type: ignore[arg-type, call-overload]
        parts = found["alpha_nominal"]
        assert (parts.observed - parts.expected) / (1 - parts.expected) == pytest.approx(told.estimate)


def test_bounds_are_those_of_a_bootstrap_over_cases() -> None:
    """Shares of 30 cases: the drawn sums are those that drawing whole cases gives."""
    rng = np.random.default_rng(3)
    numbers = (rng.random((300, 2)) < 0.4).astype(int)
    each = tally.parts(numbers, 2)
    by_case = tally.Sums(*(data.reshape(30, 10, *data.shape[1:]).sum(axis=1) for data in each))
    times = resampling.draws(30, 50, 1)
    drawn = tally.resampled(by_case, times)
    for n in (0, 49):
        rows = np.concatenate([np.tile(numbers[10 * case : 10 * case + 10], (int(k), 1)) for case, k in enumerate(times[n]) if k])
        assert coefficient("cohen", rows).estimate == pytest.approx(float(_kappa(drawn, n)))
    low, high, unsteady = resampling.bounds(np.linspace(0, 1, 1001)[:, None], 1000)
    assert (low[0], high[0]) == (pytest.approx(0.025, abs=0.002), pytest.approx(0.975, abs=0.002))
    assert not unsteady[0]


def _kappa(drawn: tally.Sums, n: int) -> np.ndarray:
    found = binaries(tally.Sums(*(data[n] for data in drawn)))["cohen"]
    return (found.observed - found.expected) / (1 - found.expected)


def test_bounds_leave_out_draws_without_a_figure_and_say_where_these_are_most() -> None:
    data = np.array([[0.1, np.nan], [0.2, np.nan], [np.nan, 0.5], [0.4, np.nan]])
    low, high, unsteady = resampling.bounds(data, 100)
    assert list(unsteady) == [False, True]
    assert 0.1 <= low[0] <= high[0] <= 0.4
    assert np.isnan([low[1], high[1]]).all()
    assert [resampling.told(n, 1000) for n in (4, 5)] == [False, True]
    assert not resampling.told(9, 0)


def corpus(rng: np.random.Generator, cases: int, share: float) -> tally.Sums:
    """Sums by case of two coders, cases with a share and a care of their own."""
    common, care, slips = rng.beta(2, 2 * (1 - share) / share, cases), rng.beta(8, 2, cases), rng.beta(1, 30, cases) * 5 * share
    n = rng.integers(60, 200, cases)
    true = rng.binomial(n, common)
    tables = [rng.multinomial(k, _cell(p)) + rng.multinomial(m, _cell(q)) for k, m, p, q in zip(true, n - true, care, slips, strict=True)]
    each = tally.parts(np.array([[0, 0], [0, 1], [1, 0], [1, 1]]), 2)
    return tally.Sums(*(np.tensordot(np.array(tables, dtype=float), data, axes=1) for data in each))


def _cell(p: float) -> list[float]:
    return [(1 - p) ** 2, (1 - p) * p, p * (1 - p), p * p]


def _cohen(s: tally.Sums) -> np.ndarray:
    found = binaries(s)["cohen"]
    return np.asarray((found.observed - found.expected) / (1 - found.expected))


def test_intervals_hold_the_truth_about_as_often_as_they_say() -> None:
    rng = np.random.default_rng(7)
    truth = float(_cohen(tally.total(corpus(rng, 20_000, 0.1))))
    held = 0
    for _ in range(200):
        each = corpus(rng, 12, 0.1)
        low, high, _unsteady = resampling.bounds(_cohen(tally.resampled(each, resampling.draws(12, 500, 1)))[:, None], 12)
        held += bool(low[0] <= truth <= high[0])
    assert 0.88 <= held / 200 <= 0.99
