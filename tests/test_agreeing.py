"""Coefficients of agreement: published values to the digits in which they are printed, weights, standard errors, sets."""

from __future__ import annotations

import csv
from itertools import combinations
from typing import Any

import numpy as np
import pytest
from conftest import SHARED

from pipeline.agreeing import notes
from pipeline.agreeing.coefficients import coefficient
from pipeline.agreeing.errors import ac_error, alpha_error
from pipeline.agreeing.sets import alpha_masi, masi

CODERS = ("1 2 3 3 2 1 4 1 2 . . .", "1 2 3 3 2 2 4 1 2 5 . .", ". 3 3 3 2 3 4 2 2 5 1 3", "1 2 3 3 2 4 4 1 2 5 1 .")
KRIPPENDORFF: list[list[int | None]] = [[None if value == "." else int(value) for value in unit] for unit in zip(*(line.split() for line in CODERS), strict=True)]
MATRIX = ((13, 0, 0), (0, 20, 7), (0, 4, 56))
ABSTRACTORS = [[one, other] for one in range(3) for other in range(3) for _ in range(MATRIX[one][other])]
COUNTS = "00060 03003 01401 00006 03030 20400 00402 20310 20040 00006 10050 11040 03300 10050 02031".split()
PSYCHIATRISTS = [[category for category, n in enumerate(row) for _ in range(int(n))] for row in COUNTS]
SEGMENTS = [[int(a), int(b)] for a, b in zip("1100000000", "0110010100", strict=True)]


@pytest.mark.parametrize(
    ("data", "measure", "value"),
    [
        (KRIPPENDORFF, "alpha_nominal", ".7434"), (KRIPPENDORFF, "alpha_ordinal", ".8154"), (KRIPPENDORFF, "alpha_interval", ".8491"),
        (KRIPPENDORFF, "percent", ".81818"), (KRIPPENDORFF, "fleiss", ".76117"), (KRIPPENDORFF, "ac1", ".77544"), (KRIPPENDORFF, "conger", ".76282"),
        (KRIPPENDORFF, "brennan_prediger", ".77273"), (KRIPPENDORFF, "alpha_nominal", ".74342"),
        (ABSTRACTORS, "cohen", ".79641"), (ABSTRACTORS, "scott", ".79624"), (ABSTRACTORS, "ac1", ".84933"), (ABSTRACTORS, "brennan_prediger", ".835"),
        (ABSTRACTORS, "alpha_nominal", ".79726"), (ABSTRACTORS, "percent", ".89"),
        (PSYCHIATRISTS, "fleiss", ".41393"), (PSYCHIATRISTS, "alpha_nominal", ".42044"), (PSYCHIATRISTS, "ac1", ".44480"),
        (PSYCHIATRISTS, "brennan_prediger", ".43889"), (PSYCHIATRISTS, "percent", ".55111"),
        (SEGMENTS, "percent", ".60"), (SEGMENTS, "alpha_nominal", ".0952"),
    ],
)  # fmt: skip
def test_published_values(data: Any, measure: str, value: str) -> None:
    found = coefficient(measure, data)
    assert f"{found.estimate:.{len(value) - 1}f}" == f"0{value}"
    assert found.note == ""


def test_standard_errors_of_gwets_table() -> None:
    assert round(ac_error(KRIPPENDORFF), 5) == 0.14295
    assert round(alpha_error(KRIPPENDORFF), 5) == 0.14557
    assert round(alpha_error(KRIPPENDORFF, corrected=False), 5) == 0.14548  # the R package


def test_units_with_one_rating_are_a_convention() -> None:
    assert round(coefficient("ac1", KRIPPENDORFF).estimate, 5) == 0.77544
    assert round(coefficient("ac1", KRIPPENDORFF, single="dropped").estimate, 5) == 0.77515
    assert coefficient("alpha_nominal", KRIPPENDORFF, single="dropped") == coefficient("alpha_nominal", KRIPPENDORFF)
    with pytest.raises(ValueError, match="kept or dropped"):
        coefficient("ac1", KRIPPENDORFF, single="some")


@pytest.mark.parametrize(("scale", "value", "error"), [("identity", 0.77544, 0.14295), ("quadratic", 0.914, 0.10396), ("ordinal", 0.89894, 0.1069)])
def test_weighted_ac2(scale: str, value: float, error: float) -> None:
    """Values of the Python package irrCAC 0.4.4 (categories given) on the same data."""
    assert round(coefficient("ac2", KRIPPENDORFF, scale).estimate, 5) == value
    assert round(ac_error(KRIPPENDORFF, scale), 5) == error


def test_a_category_that_was_never_used_counts_where_it_is_named() -> None:
    found = coefficient("brennan_prediger", SEGMENTS, categories=(0, 1, 2))
    assert found.estimate == pytest.approx((0.6 - 1 / 3) / (1 - 1 / 3))
    assert coefficient("cohen", SEGMENTS, categories=(0, 1, 2)).estimate == pytest.approx(coefficient("cohen", SEGMENTS).estimate)


def test_cohen_by_hand() -> None:
    """Both yes 1, only the first 1, only the second 3, both no 5: chance .2 x .4 + .8 x .6."""
    assert coefficient("cohen", SEGMENTS).estimate == pytest.approx((0.6 - 0.56) / (1 - 0.56))
    with pytest.raises(ValueError, match="compares two coders, not 4"):
        coefficient("cohen", KRIPPENDORFF)


@pytest.mark.parametrize(
    ("data", "note"),
    [
        ([], notes.NO_UNITS), ([[None, None]], notes.NO_UNITS), ([[1], [2]], notes.ONE_CODER), ([[1, None], [2, None]], notes.ONE_CODER),
        ([[1, None], [None, 2]], notes.NO_UNITS), ([[1, 1], [1, 1]], notes.ONE_CATEGORY), ([[float("nan"), 1]], notes.ONE_CODER),
    ],
)  # fmt: skip
@pytest.mark.filterwarnings("error")
def test_what_cannot_be_told_is_nan_with_a_reason(data: Any, note: str) -> None:
    for measure in ("scott", "fleiss", "conger", "brennan_prediger", "ac1", "ac2", "alpha_nominal", "alpha_ordinal", "alpha_interval", "percent"):
        if measure == "scott" and data and len(data[0]) != 2:
            continue
        found = coefficient(measure, data)
        if measure == "percent" and note == notes.ONE_CATEGORY:
            assert found == (1.0, "")
        else:
            assert np.isnan(found.estimate), measure
            assert found.note == note
    assert np.isnan(ac_error(data)) or note == notes.ONE_CATEGORY
    assert np.isnan(alpha_error(data))


def test_real_german_data_of_five_coders() -> None:
    paths = sorted((SHARED / "data" / "cimt-concreteness").glob("*/concreteness_*.csv"))
    if not paths:
        pytest.skip("shared/data/cimt-concreteness is not on this machine")
    order = {"low concreteness": 1, "intermediate concreteness": 2, "high concreteness": 3}
    units = []
    for path in paths:
        with path.open(encoding="utf-8-sig", newline="") as handle:
            units += [[order[row[f"coder{n}"]] for n in range(1, 6)] for row in csv.DictReader(handle)]
    assert len(units) == 1127
    told = {m: round(coefficient(m, units).estimate, 4) for m in ("alpha_nominal", "alpha_ordinal", "alpha_interval")}
    assert told == {"alpha_nominal": 0.3790, "alpha_ordinal": 0.5407, "alpha_interval": 0.5446}
    pairs = [coefficient("cohen", [[row[a], row[b]] for row in units]).estimate for a, b in combinations(range(5), 2)]
    assert (round(min(pairs), 4), round(max(pairs), 4)) == (0.3286, 0.4296)


SETS = [[{"A"}, {"A", "B"}, {"A"}], [{"B"}, {"B"}, {"C"}], [{"A", "B"}, {"B", "C"}, {"A", "B"}], [{"C"}, {"A"}, {"C"}], [{"B"}, {"B"}, {"B"}]]


def test_masi_as_nltk_has_it() -> None:
    from nltk.metrics.agreement import AnnotationTask
    from nltk.metrics.distance import masi_distance

    for one in (s for row in SETS for s in row):
        for other in (s for row in SETS for s in row):
            assert masi(one, other) == pytest.approx(masi_distance(one, other))
    task = AnnotationTask([(g, unit, frozenset(told)) for unit, row in enumerate(SETS) for g, told in enumerate(row)], distance=masi_distance)
    assert alpha_masi(SETS).estimate == pytest.approx(task.alpha())
    gaps: list[list[Any]] = [[None if (u, g) in ((0, 1), (3, 2)) else told for g, told in enumerate(row)] for u, row in enumerate(SETS)]
    task = AnnotationTask([(g, u, frozenset(told)) for u, row in enumerate(gaps) for g, told in enumerate(row) if told is not None], distance=masi_distance)
    assert alpha_masi(gaps).estimate == pytest.approx(task.alpha())


def test_empty_sets_are_the_same_and_far_from_others() -> None:
    """nltk divides by zero there. By hand: units of two: nothing and nothing, A and A, nothing and A; distances 0, 0, 1."""
    assert (masi(set(), set()), masi(set(), {"A"})) == (0, 1)
    found = alpha_masi([[set(), set()], [{"A"}, {"A"}], [set(), {"A"}]])
    assert found.estimate == pytest.approx(1 - (2 / 6) / (2 * 3 * 3 / (6 * 5)))
    assert np.isnan(alpha_masi([[set(), set()]]).estimate)
    assert alpha_masi([[set(), set()]]).note == notes.ONE_CATEGORY
    assert alpha_masi([[{"A"}, None]]).note == notes.NO_UNITS


@pytest.mark.parametrize("measure", ["alpha_nominal", "fleiss"])
def test_other_programs_agree(measure: str) -> None:
    """nltk's alpha and multi-pi on the six psychiatrists."""
    from nltk.metrics.agreement import AnnotationTask

    task = AnnotationTask([(str(g), str(u), str(v)) for u, row in enumerate(PSYCHIATRISTS) for g, v in enumerate(row)])
    assert coefficient(measure, PSYCHIATRISTS).estimate == pytest.approx(task.alpha() if measure == "alpha_nominal" else task.pi())
