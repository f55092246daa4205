"""Topics x categories: how much of a topic a category covers, and how a category's sentences spread over topics.

What people gave and what is only proposed stand apart (`basis`). Shares of a topic are shares of what was looked at in that way: for
`reviewed` of the sentences that people read for all categories, for `proposed` of all others; `n_segments` counts every sentence.
Sums of the model's chances are no third basis: they give every topic a little of every category, no sentence can be shown for
them, and where people read (the demo study's two interviews) they came to .57 categories a sentence beside .95 given.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np

from pipeline.crossing.bearing import Bearing
from pipeline.effective import REVIEWED, UNREVIEWED

ENOUGH = 12  # sentences from which on a category may be called scattered
SCATTERED = 0.9  # share of the spread that as many sentences drawn at random have
DRAWS = 200


def parts(known: Bearing) -> Iterator[tuple[str, np.ndarray, np.ndarray]]:
    """Basis, which sentences bear which category by it (n x k), and which were looked at in that way (n)."""
    yield REVIEWED, known.reviewed, known.read
    yield UNREVIEWED, known.proposed, ~known.read


def topic_codes(known: Bearing, topics: list[str], belongs: np.ndarray) -> Iterator[dict[str, Any]]:
    """Every cell with a sentence; `belongs` (n x topics): which sentences belong to which topic."""
    inside = belongs.any(axis=1)
    for basis, bears, looked in parts(known):
        counts, total = belongs.T.astype(float) @ bears, bears.sum(axis=0)
        seen = belongs[looked].T.astype(float) @ bears[looked]  # topics x codes
        size = belongs[looked].sum(axis=0)
        overall = _share(float((inside & looked).sum()), bears[inside & looked].sum(axis=0))
        for t, k in np.argwhere(counts > 0).tolist():
            share = _share(float(size[t]), seen[t, k])
            rows = belongs[:, t] & bears[:, k]
            yield {
                "topic": topics[t], "code": known.codes[k], "basis": basis, "n_segments": int(counts[t, k]), "n_cases": _people(known, rows),
                "share_topic": float(share), "share_code": float(counts[t, k] / total[k]),
                "lift": float(share / overall[k]) if overall[k] > 0 else float("nan"),
            }  # fmt: skip


def code_topics(known: Bearing, topics: list[str], belongs: np.ndarray, seed: int) -> Iterator[dict[str, Any]]:
    """Every category with a sentence that belongs to a topic, or to none.

    `spread` is the entropy of the category's sentences over the topics, 1 where every topic has as many. A category is `scattered` from
    `ENOUGH` sentences on, where its spread is `SCATTERED` of what as many sentences drawn at random from all topics have, or more: its
    sentences then go with topics hardly more than any sentences would. (A test would not do: with hundreds of sentences the
    least leaning to one topic is beyond chance.)
    """
    sizes, chance = belongs.sum(axis=0), {0: 0.0}
    rng = np.random.default_rng(seed)
    for basis, bears, _ in parts(known):
        counts = belongs.T.astype(float) @ bears
        outside = bears[~belongs.any(axis=1)].sum(axis=0)
        for k in np.flatnonzero(bears.any(axis=0)).tolist():
            own, n = counts[:, k], int(counts[:, k].sum())
            if n not in chance:
                chance[n] = float(_spread(rng.multivariate_hypergeometric(sizes, n, size=DRAWS)).mean())
            main = int(own.argmax()) if n else -1
            spread = float(_spread(own[None, :])[0])
            yield {
                "code": known.codes[k], "basis": basis, "n_segments": int(bears[:, k].sum()), "n_topics": int((own > 0).sum()), "spread": spread,
                "main_topic": topics[main] if n else "", "main_share": float(own[main] / n) if n else float("nan"),
                "outside": float(outside[k] / bears[:, k].sum()), "scattered": "yes" if n >= ENOUGH and spread >= SCATTERED * chance[n] else "no",
            }  # fmt: skip


def _spread(counts: np.ndarray) -> np.ndarray:
    """Entropy of rows of counts, from 0 (all in one topic) to 1 (alike in all); nan for rows without any, 0 where there is one topic.

    >>> _spread(np.array([[4, 4], [8, 0]])).tolist()
    [1.0, 0.0]
    """
    total = counts.sum(axis=1, keepdims=True)
    shares = np.divide(counts, total, out=np.full(counts.shape, np.nan), where=total > 0)
    logs = np.log(shares, out=np.zeros(shares.shape), where=shares > 0)
    return np.asarray(np.abs((shares * logs).sum(axis=1)) / max(np.log(counts.shape[1]), 1e-12))


def _share(size: float, counts: Any) -> Any:
    return counts / size if size else counts * float("nan")


def _people(known: Bearing, rows: np.ndarray) -> int:
    return len(set(known.case[rows].tolist()))
