"""Interviews as the model sees them: sentences in order with words, vectors, the question before, and what it asks for."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

import numpy as np

from pipeline.encoders.kept import to_matrix
from pipeline.learning.model import Interview

if TYPE_CHECKING:
    import pandas as pd


def interview(
    vectors: pd.DataFrame, bags: Mapping[str, Sequence[str]], questions: Mapping[int, str], expected: Mapping[str, set[str]],
    codes: Sequence[str],
) -> tuple[list[str], Interview]:  # fmt: skip
    """(ids of the sentences, the interview) from one interview's rows of `vectors`; `questions`: turn -> question of the guide."""
    # Ids of sentences grow longer after the thousandth of a turn.
    rows = vectors.assign(width=vectors["seg"].str.len()).sort_values(["turn", "width", "seg"], kind="stable")
    spoken = rows[rows["seg"] != ""]
    segs, turns = list(spoken["seg"]), spoken["turn"].to_numpy()
    said = to_matrix(list(spoken["vector"]))
    put = rows[rows["seg"] == ""]
    asked = _asked(turns, put["turn"].tolist(), to_matrix(list(put["vector"])), said.shape[1])
    wanted = np.zeros((len(segs), len(codes)), dtype=bool)
    number = {code: n for n, code in enumerate(codes)}
    for row, turn in enumerate(turns.tolist()):
        for code in expected.get(questions.get(turn, ""), ()):
            if code in number:
                wanted[row, number[code]] = True
    return segs, Interview([bags.get(seg, ()) for seg in segs], said, turns, asked, wanted)


def _asked(turns: np.ndarray, put: list[int], vectors: np.ndarray, width: int) -> np.ndarray:
    """(n x width) for each sentence the vector of the interviewer's last turn before its own; of length 0 where there is none."""
    found = np.zeros((len(turns), width))
    for row, turn in enumerate(turns.tolist()):
        at = bisect_left(put, turn) - 1
        if at >= 0:
            found[row] = vectors[at]
    return found
