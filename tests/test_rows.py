"""Tables made and read quickly give what pandas gives row by row; the tail of an order of quotes equals taking the best one by one."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from pipeline.measures.quotes import _rest
from pipeline.tables import _has_control, _sorted, rows_of


def test_rows_are_those_of_itertuples() -> None:
    data = pd.DataFrame({"doc": ["I002", "", "I001"], "turn": [3, 1, 2], "score": [0.5, float("nan"), 1.0]}, index=[4, 7, 9]).astype({"doc": "str"})
    assert [repr(tuple(row)) for row in rows_of(data)] == [repr(tuple(row)) for row in data.itertuples()]
    assert [(row.doc, row.turn) for row in rows_of(data[data["turn"] > 1])] == [("I002", 3), ("I001", 2)]
    assert rows_of(data[data["turn"] > 9]) == []


@pytest.mark.parametrize(("text", "found"), [("a\nb", False), ("ä€𝄞", False), ("a\tb", True), ("\x7f", True), ("\x00", True), ("", False)])
def test_control_signs_are_found_in_bytes(text: str, found: bool) -> None:
    assert _has_control(pd.Series(["x", text], dtype="str")) is found


def test_control_signs_outside_a_slice_are_not_its_own() -> None:
    assert not _has_control(pd.Series(["x\ty", "a", "b"], dtype="str").iloc[1:])


def test_sorting_equals_that_of_pandas_and_keeps_the_order_of_equals() -> None:
    numbers = np.random.default_rng(3)
    data = pd.DataFrame({"doc": numbers.choice(["ö", "o", "Z", ""], 200), "turn": numbers.integers(0, 5, 200), "row": range(200)}).astype({"doc": "str"})
    pd.testing.assert_frame_equal(_sorted(data, ["doc", "turn"]), data.sort_values(["doc", "turn"], kind="stable", ignore_index=True))


@pytest.mark.parametrize("seed", range(5))
def test_rest_of_an_order_equals_taking_the_best_one_by_one(seed: int) -> None:
    numbers = np.random.default_rng(seed)
    worth, case = np.round(numbers.random(60), 1), numbers.integers(0, 7, 60)
    left, waiting = numbers.random(60) > 0.3, numbers.random(7) > 0.5
    found = _rest(worth, case, left, waiting)
    slow, left, waiting = [], left.copy(), waiting.copy()
    while left.any():
        may = left & waiting[case]
        if not may.any():
            waiting[:] = True
            continue
        at = int(np.argmax(np.where(may, worth, -np.inf)))
        slow.append(at)
        left[at] = waiting[case[at]] = False
    assert found == slow
