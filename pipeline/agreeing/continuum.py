"""Agreement on where units lie and how long they are: alpha for unitizing, with gaps between units as part of the text.

Krippendorff, Mathet, Bouvry and Widlöcher (2016), "On the reliability of unitizing textual continua: Further developments", Quality &
Quantity 50, 2347-2364: coincidences are lengths of intersections between segments of two coders (their eq. 1), expected ones come from all
lengths, but no unit is paired with itself, and a gap only sign by sign (eq. 4). Units of one category are compared with what is not of
it, so categories may overlap; that is the coefficient the authors write |u-alpha for this category. Units of one coder and category that overlap
are one unit; units that only touch are two.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from pipeline.agreeing import notes
from pipeline.agreeing.coefficients import Parts, Value, corrected, divided

Span = tuple[int, int]


class Lengths(NamedTuple):
    """Sums of lengths, with any leading axes: `whole`: text times its readers; `coded`: units; `both`: unit on unit, over ordered pairs of
    coders / (m - 1); `squares`: squared lengths of units."""

    whole: np.ndarray
    coded: np.ndarray
    both: np.ndarray
    squares: np.ndarray


def alpha(s: Lengths) -> Parts:
    """Observed and expected agreement as shares of the text."""
    gaps = s.whole - s.coded
    under = s.whole**2 - s.squares - gaps
    return Parts(1 - 2 * divided(s.coded - s.both, s.whole), 1 - 2 * divided(s.coded * gaps, under))


def merged(spans: Sequence[Span]) -> list[Span]:
    """Spans in order, those that overlap as one.

    >>> merged([(5, 9), (0, 4), (3, 5)])
    [(0, 5), (5, 9)]
    """
    found: list[Span] = []
    for start, end in sorted(spans):
        if found and start < found[-1][1]:
            found[-1] = found[-1][0], max(found[-1][1], end)
        else:
            found.append((start, end))
    return found


def shared(one: Sequence[Span], other: Sequence[Span]) -> int:
    """How much of one coder's units lies on the other's."""
    return sum(max(0, min(b, d) - max(a, c)) for a, b in one for c, d in other)


def lengths(units: Sequence[Sequence[Span]], length: int) -> Lengths:
    """Sums of one continuum that every coder read whole; `units` by coder, one category."""
    own = [merged(spans) for spans in units]
    both = sum(shared(a, b) for n, a in enumerate(own) for k, b in enumerate(own) if n != k)
    sizes = [end - start for spans in own for start, end in spans]
    return Lengths(*(np.array(float(x)) for x in (length * len(own), sum(sizes), both / max(len(own) - 1, 1), sum(n * n for n in sizes))))


def alpha_unitizing(units: Sequence[Sequence[Span]], length: int) -> Value:
    """The coefficient for one text of `length` signs and one category; `units`: each coder's spans."""
    if len(units) < 2 or length <= 0:
        return Value(float("nan"), notes.ONE_CODER if length > 0 else notes.NO_UNITS)
    s = lengths(units, length)
    value = float(corrected(alpha(s)))
    return Value(value, "" if value == value else notes.NOTHING_CODED if not s.coded else notes.ONE_CATEGORY)
