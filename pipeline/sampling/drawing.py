"""Draws at random whose chances are known: the same for every turn, spread over the interviews.

One systematic draw over turns in random order, interview by interview (Cochran 1977, chapter 8): every turn has exactly its chance, and every
interview gets its share, rounded up or down. So a mean over drawn turns estimates that over all, and `evaluating.drawn_turns`, which takes turns as
drawn one by one, gives an interval that is rather wide than narrow.

Several rounds: what earlier rounds drew is left out, whether it was read or not, and all others have one and the same chance. Drawn in any round
is then again as likely for every turn: p + (1 - p) q. Turns that people read for another purpose stay in: who chose them by what they
say, and left them out here, would leave a rest that resembles nothing. Interviews that came after earlier rounds get the chance that all
others have had by now; such interviews are known by this: by chance at least LATER of their turns should have been drawn, and none was.

Who stops early may: a queue's order is random too, so its beginning is a sample as well, as long as it is read in that order.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence
from hashlib import blake2b
from math import ceil
from typing import NamedTuple

import numpy as np

LATER = 3.0  # turns that must be missing before an interview counts as one that came later


class Draw(NamedTuple):
    """Numbers of the drawn turns in a random order; `chance` of each to be drawn in this or an earlier round; `missing`: how many
    more would have to be drawn until interviews that came later had the same chance as all others (0: they have)."""

    numbers: list[int]
    chance: list[float]
    missing: int


def generator(*parts: object) -> np.random.Generator:
    """Chance that is the same for the same parts, on every machine."""
    return np.random.default_rng(int.from_bytes(blake2b(repr(parts).encode(), digest_size=8).digest(), "big"))


def at_random(docs: Sequence[str], before: Collection[int], n: int, rng: np.random.Generator) -> Draw:
    """Draw n turns. `docs`: the interview of every turn of the corpus; `before`: numbers of those that earlier rounds drew.

    Fewer than n where fewer are left.
    """
    gone = set(before)
    left = [k for k in range(len(docs)) if k not in gone]
    n = min(n, len(left))
    had, later = _earlier(docs, gone)
    new = np.array([docs[k] in later for k in left], dtype=bool)
    overall, short = _level(had, len(left) - int(new.sum()), int(new.sum()), n)
    again = max(0.0, (overall - had) / (1 - had)) if had < 1 else 0.0
    wanted = np.where(new, overall, again)
    picked = _systematic([docs[k] for k in left], wanted * (n / wanted.sum() if wanted.sum() else 0), rng)
    order = [left[k] for k in rng.permutation(picked).tolist()]
    chance = {True: overall, False: had + (1 - had) * again}
    return Draw(order, [chance[docs[k] in later] for k in order], short)


def everywhere(docs: Sequence[str], n: int, rng: np.random.Generator) -> Draw:
    """Draw n turns with at least one of every interview where n allows it: small interviews have a larger chance, told for each turn."""
    n = min(n, len(docs))
    size = Counter(docs)
    share = {doc: n * size[doc] / len(docs) for doc in size}
    least = 1.0 if n >= len(size) else 0.0
    small: set[str] = set()
    while grown := {doc for doc in size if doc not in small and share[doc] < least}:
        small |= grown
        rest = sum(size[doc] for doc in size if doc not in small)
        share = {doc: least if doc in small else (n - len(small)) * size[doc] / rest for doc in size}
    wanted = np.array([share[doc] / size[doc] for doc in docs])
    picked = _systematic(docs, wanted, rng)
    order = rng.permutation(picked).tolist()
    return Draw(order, [float(wanted[k]) for k in order], 0)


def _earlier(docs: Sequence[str], gone: Collection[int]) -> tuple[float, set[str]]:
    """(chance that turns have had so far, interviews that came later)."""
    size, hit = Counter(docs), Counter(docs[k] for k in gone)
    later: set[str] = set()
    while True:
        total = sum(n for doc, n in size.items() if doc not in later)
        had = len(gone) / total if total else 0.0
        more = {doc for doc, n in size.items() if doc not in later and not hit[doc] and had * n >= LATER}
        if not more:
            return had, later
        later |= more


def _level(had: float, old: int, new: int, n: int) -> tuple[float, int]:
    """The chance that every turn has by then, so that n are drawn of `old` turns (which have had `had`) and `new` ones; how many are missing."""
    if not n:
        return had, 0
    overall = (n * (1 - had) + old * had) / (old + new * (1 - had)) if had < 1 else n / max(1, new)
    if overall >= had or not new:
        return min(1.0, overall), 0
    return n / new, ceil(had * new) - n


def _systematic(strata: Sequence[str], chance: np.ndarray, rng: np.random.Generator) -> list[int]:
    """Numbers drawn, each with exactly its chance (their sum is the number drawn): interviews and their turns in random order, then equal steps."""
    names = sorted(set(strata))
    place = {names[k]: at for at, k in enumerate(rng.permutation(len(names)).tolist())}
    within = rng.permutation(len(strata))
    order = sorted(range(len(strata)), key=lambda k: (place[strata[k]], within[k]))
    ends = np.cumsum(chance[order])
    n = round(float(ends[-1])) if len(ends) else 0
    at = rng.random() + np.arange(n)
    # Rounding of sums must not lead past the end.
    return [order[k] for k in np.minimum(np.searchsorted(ends, at, side="right"), len(order) - 1).tolist()]
