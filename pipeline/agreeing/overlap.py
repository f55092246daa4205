"""Agreement on coded passages: a passage agrees where the other coder gave the same category to one that is nearly the same.

Nearly: at least `tolerance` of the signs that one of the two covers lie in both (shared over union; MAXQDA's comparison by segments, 90 % as
its default). Both coders' passages are looked at in turn, text that nobody coded never. Kappa takes Brennan and Prediger's chance, one over
the number of categories that the two used (Rädiker and Kuckartz 2019, chapter 19): with one category there is none.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from pipeline.agreeing import notes
from pipeline.agreeing.coefficients import Parts, Value, corrected, divided

Span = tuple[int, int]


def alike(one: Span, other: Span, tolerance: float) -> bool:
    """
    >>> alike((0, 10), (0, 9), 0.9), alike((0, 10), (1, 11), 0.9)
    (True, False)
    """
    shared = min(one[1], other[1]) - max(one[0], other[0])
    return shared > 0 and shared >= tolerance * (max(one[1], other[1]) - min(one[0], other[0])) - 1e-9


def matched(one: Sequence[Span], other: Sequence[Span], tolerance: float) -> int:
    """How many passages of both coders (of one category and turn) have their like with the other."""
    return sum(any(alike(a, b, tolerance) for b in theirs) for own, theirs in ((one, other), (other, one)) for a in own)


def kappa(same: np.ndarray, passages: np.ndarray, categories: np.ndarray) -> Parts:
    """From the numbers of passages that agree, of all passages, and of categories used."""
    observed = divided(same, passages)
    return Parts(observed, np.broadcast_to(divided(np.ones_like(observed), np.asarray(categories, dtype=float)), observed.shape))


def overlap(one: Sequence[tuple[str, int, int]], other: Sequence[tuple[str, int, int]], tolerance: float = 0.9) -> dict[str, Value]:
    """`overlap_percent` and `overlap_kappa` of two coders' passages (category, start, end) in one text."""
    codes = sorted({code for code, *_ in (*one, *other)})
    spans = [{code: [(a, b) for c, a, b in told if c == code] for code in codes} for told in (one, other)]
    same = np.array(float(sum(matched(spans[0][code], spans[1][code], tolerance) for code in codes)))
    number = np.array(float(len(one) + len(other)))
    if not number:
        return dict.fromkeys(("overlap_percent", "overlap_kappa"), Value(float("nan"), notes.NOTHING_CODED))
    value = float(corrected(kappa(same, number, np.array(len(codes)))))
    return {"overlap_percent": Value(float(same / number), ""), "overlap_kappa": Value(value, notes.ONE_CATEGORY if value != value else "")}
