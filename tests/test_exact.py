"""Exact tests against hand counts, printed examples and scipy."""

from __future__ import annotations

from itertools import product
from math import comb
from typing import Any

import numpy as np
import pytest
from scipy.stats import false_discovery_control, fisher_exact, random_table

from pipeline.measures import exact as measure
from pipeline.measures.common_groups import asking, read_only
from pipeline.measures.exact import exact, holm, rows
from pipeline.tables import check, frame


@pytest.mark.parametrize(("said", "sizes"), [((3, 1), (4, 4)), ((8, 1), (10, 6)), ((0, 5), (7, 6)), ((2, 2), (5, 5)), ((12, 5), (20, 30)), ((1, 0), (1, 1))])
def test_two_groups_as_fisher_in_scipy(said: tuple[int, ...], sizes: tuple[int, ...]) -> None:
    table = [list(said), [n - x for x, n in zip(said, sizes, strict=True)]]
    assert exact(said, sizes) == (pytest.approx(fisher_exact(table).pvalue, rel=1e-9), "exact")


def test_fishers_tea() -> None:
    """The lady who tastes tea (Fisher 1935, The Design of Experiments): three of four right, two-sided 34 of 70."""
    assert exact([3, 1], [4, 4])[0] == 34 / 70
    assert exact([4, 0], [4, 4])[0] == 2 / 70


@pytest.mark.parametrize(("said", "sizes"), [((3, 0, 1), (3, 4, 3)), ((2, 0, 0, 1), (2, 3, 1, 4)), ((1, 4, 0), (5, 5, 5))])
def test_several_groups_as_counted_table_by_table(said: tuple[int, ...], sizes: tuple[int, ...]) -> None:
    """All tables with these margins, one by one (Freeman and Halton 1951)."""

    def weight(xs: tuple[int, ...]) -> int:
        return int(np.prod([comb(n, x) for n, x in zip(sizes, xs, strict=True)]))

    tables = [xs for xs in product(*(range(n + 1) for n in sizes)) if sum(xs) == sum(said)]
    expected = sum(weight(xs) for xs in tables if weight(xs) <= weight(said)) / sum(map(weight, tables))
    assert exact(said, sizes) == (pytest.approx(expected, rel=1e-12), "exact")


def test_several_groups_as_drawn_by_scipy() -> None:
    found, _ = exact([6, 1, 0, 3], [7, 6, 5, 8])
    table = [[6, 1, 0, 3], [1, 5, 5, 5]]
    rng = np.random.default_rng(4)
    drawn = random_table(  # what fisher_exact draws from for tables of this size
        [10, 16], [7, 6, 5, 8], seed=rng
    )
    seen = drawn.pmf(np.array(table))
    share = np.mean([drawn.pmf(t) <= seen * (1 + 1e-9) for t in drawn.rvs(4000)])
    assert abs(share - found) < 4 * np.sqrt(found * (1 - found) / 4000)


def test_order_of_groups_and_empty_ones_change_nothing() -> None:
    assert exact([3, 0, 1], [3, 4, 3]) == exact([1, 3, 0], [3, 3, 4]) == exact([3, 0, 0, 1], [3, 0, 4, 3])


def test_too_many_tables_are_drawn_and_come_near(monkeypatch: pytest.MonkeyPatch) -> None:
    told, _ = exact([6, 1, 0, 3], [7, 6, 5, 8])
    monkeypatch.setattr(measure, "MOST", 3)
    drawn, method = exact([6, 1, 0, 3], [7, 6, 5, 8])
    assert method == "permutation"
    assert abs(drawn - told) < 0.01
    assert exact([6, 1, 0, 3], [7, 6, 5, 8])[0] == drawn  # the same tomorrow


def test_fifty_people_in_nine_groups_are_counted_in_time() -> None:
    import time

    start = time.perf_counter()
    p, method = exact([5, 0, 3, 1, 6, 2, 0, 4, 1], [6, 5, 5, 6, 7, 5, 4, 8, 4])
    assert method == "exact"
    assert 0 < p < 1
    assert time.perf_counter() - start < 1


def test_holm_counts_all_comparisons_in() -> None:
    """Holm 1979; the step-down by hand."""
    assert [round(p, 4) for p in holm([0.01, 0.04, 0.03, 0.005])] == [0.03, 0.06, 0.06, 0.02]
    assert holm([]) == []
    assert holm([0.5, 0.6]) == [1.0, 1.0]
    values = [0.001, 0.2, 0.04]
    assert all(h >= b for h, b in zip(holm(values), false_discovery_control(values), strict=True))  # never below Benjamini and Hochberg


CODES = frame("codes", [{"order": n, "code": c, "level": 0, "coded": k} for n, (c, k) in enumerate([("A", "yes"), ("B", "yes"), ("T", "no")])])


def study(*people: tuple[str, str, str]) -> tuple[Any, Any]:
    """(group, codes read, codes proposed) a person."""
    cases = frame("cases", [{"case": f"p{n}", "doc": f"I{n}", "speaker": "B", "gruppe": g} for n, (g, *_) in enumerate(people)], ("gruppe",))
    said = [(n, c, basis) for n, (_, read, open_) in enumerate(people) for basis, codes in (("reviewed", read), ("proposed", open_)) for c in codes]
    mentions = [{"mention": f"m{k}", "doc": f"I{n}", "turn": k, "start": 0, "end": 9, "code": c, "case": f"p{n}", "basis": b} for k, (n, c, b) in enumerate(said)]
    return cases, frame("findings_mentions", mentions)


def test_people_who_were_asked_are_tested_not_mentions() -> None:
    people = [("amt", "AA", "")] * 3 + [("amt", "", "A")] + [("jugend", "", "A")] * 3 + [("jugend", "A", "")] + [("", "A", "")] + [("amt", "A", "")]
    cases, mentions = study(*people)
    asked = {"A": {f"p{n}" for n in range(9)}, "T": {"p0", "p7"}}  # the last one was not asked, p8 belongs to no known group
    found = rows(CODES, mentions, cases, asked, ["gruppe", "gibt_es_nicht"])
    assert [(r["code"], r["variable"], r["n"], r["n_said"], r["groups"], r["method"]) for r in found] == [("A", "gruppe", 8, 4, 2, "exact")]
    assert found[0]["p"] == found[0]["p_all"] == 34 / 70
    assert check("findings_tests", frame("findings_tests", found)) == []


def test_who_was_asked_about_a_child_is_read_for_its_parent_where_that_answer_is_read() -> None:
    lines = {"A.x": ["A.x", "A"], "A": ["A"]}
    wanted = asking({"L1": {"A.x"}}, lines)
    assert wanted == {"A.x": {"L1"}, "A": {"L1"}}
    read = read_only({"A": {"p1", "p2"}}, wanted, lambda case, questions: case == "p2" or questions != {"L1"})
    assert read == {"A": {"p1"}}


def test_nothing_is_tested_where_nothing_can_differ() -> None:
    cases, mentions = study(("amt", "A", ""), ("jugend", "A", ""), ("jugend", "", ""))
    assert rows(CODES, mentions, cases, {"A": {"p0", "p1"}, "B": {"p0", "p1", "p2"}}, ["gruppe"]) == []  # all said it; nobody did
    assert rows(CODES, mentions, cases, {"A": {"p1", "p2"}}, ["gruppe"]) == []  # one group was asked
    assert rows(CODES, frame("findings_mentions", []), frame("cases", []), {}, ["gruppe"]) == []
