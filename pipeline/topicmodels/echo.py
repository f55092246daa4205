"""Whether a topic only gives back what the guide asked: its words are the question's, and its sentences answers to it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from pipeline.topicmodels.stability import TOP


def echoes(
    terms: np.ndarray, names: Sequence[str], belongs: np.ndarray, questions: Sequence[str], wording: Mapping[str, frozenset[str]]
) -> list[tuple[float, str]]:
    """For each topic, (0 to 1, the question it gives back most).

    The figure is the geometric mean of two shares: how much of the weight of the topic's `TOP` words lies in words of the
    question, and how many of its sentences answer it. Both must be high: many answers alone are what a question is for.
    """
    asked = np.array(questions, dtype=object)
    found = []
    for topic, row in enumerate(terms):
        top = np.argsort(-row, kind="stable")[:TOP]
        weight = float(row[top].sum()) or 1.0
        mine = asked[belongs == topic]
        best = (0.0, "")
        for question in sorted(wording):
            said = sum(float(row[t]) for t in top if names[t] in wording[question]) / weight
            share = float((mine == question).mean()) if len(mine) else 0.0
            best = max(best, (round((said * share) ** 0.5, 6), question))
        found.append(best if best[0] > 0 else (0.0, ""))
    return found
