"""Coefficients of agreement after the published definitions; docs/uebereinstimmung.md names sources and conventions.

Each takes `Sums` with any leading axes and gives observed and expected agreement; a coefficient is (observed - expected) / (1 - expected).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

import numpy as np

from pipeline.agreeing import notes
from pipeline.agreeing.tally import Ratings, Sums, encoded, parts, total
from pipeline.agreeing.weights import weights

SINGLE = ("kept", "dropped")  # units with one rating: they still tell how common categories are (Gwet), or are left out


class Parts(NamedTuple):
    """Observed and expected agreement."""

    observed: np.ndarray
    expected: np.ndarray


class Value(NamedTuple):
    """A coefficient, nan where it cannot be told, and why in German."""

    estimate: float
    note: str


def divided(over: np.ndarray, under: np.ndarray) -> np.ndarray:
    """over / under, nan where nothing is divided by."""
    some = under != 0
    return np.where(some, over / np.where(some, under, 1.0), np.nan)


def percent(s: Sums, w: np.ndarray) -> Parts:
    """The mean share of a unit's coder pairs that agree."""
    observed = divided((s.pairs * w).sum(axis=(-1, -2)), s.paired)
    return Parts(observed, np.zeros_like(observed))


def brennan_prediger(s: Sums, w: np.ndarray) -> Parts:
    """Chance: every category as likely (Brennan and Prediger 1981)."""
    observed = percent(s, w).observed
    return Parts(observed, np.full_like(observed, w.sum() / len(w) ** 2))


def fleiss(s: Sums, w: np.ndarray) -> Parts:
    """Chance: categories as common as over all coders; with two coders Scott's pi (Scott 1955, Fleiss 1971)."""
    p = divided(s.share, s.units[..., None])
    return Parts(percent(s, w).observed, np.einsum("...k,kl,...l->...", p, w, p))


def conger(s: Sums, w: np.ndarray) -> Parts:
    """Chance: categories as common as with each coder, the mean over pairs of coders; with two Cohen's kappa (Cohen 1960, Conger 1980)."""
    n = s.given.sum(axis=-1)
    p = np.nan_to_num(divided(s.given, n[..., None]))
    r, whole = (n > 0).sum(axis=-1).astype(float), p.sum(axis=-2)
    chance = np.einsum("...k,kl,...l->...", whole, w, whole) - np.einsum("...gk,kl,...gl->...", p, w, p)
    return Parts(percent(s, w).observed, divided(chance, r * (r - 1)))


def ac(s: Sums, w: np.ndarray) -> Parts:
    """Chance: only hard units are guessed (Gwet 2008): AC1, with weights AC2."""
    q = len(w)
    p = divided(s.share, s.units[..., None])
    return Parts(percent(s, w).observed, w.sum() / (q * (q - 1)) * (p * (1 - p)).sum(axis=-1) if q > 1 else np.full_like(s.units, np.nan))


def alpha(s: Sums, distance: Callable[[np.ndarray], np.ndarray]) -> Parts:
    """Krippendorff's alpha from coincidences: 1 - observed over expected disagreement (Krippendorff 2004, 2011)."""
    margins = s.coins.sum(axis=-1)
    n, d = margins.sum(axis=-1), distance(margins)
    over = divided((s.coins * d).sum(axis=(-1, -2)), n)
    under = divided((margins[..., :, None] * margins[..., None, :] * d).sum(axis=(-1, -2)), n * (n - 1))
    return Parts(1 - over, 1 - under)


def nominal(margins: np.ndarray) -> np.ndarray:
    return 1 - np.eye(margins.shape[-1])


def ordinal(margins: np.ndarray) -> np.ndarray:
    """Squared numbers of ratings between two categories, half of each of them."""
    middle = np.cumsum(margins, axis=-1) - margins / 2
    return np.asarray((middle[..., :, None] - middle[..., None, :]) ** 2)


def interval(values: Sequence[float]) -> Callable[[np.ndarray], np.ndarray]:
    squares = np.subtract.outer(np.asarray(values, dtype=float), np.asarray(values, dtype=float)) ** 2
    return lambda margins: squares


def binaries(s: Sums) -> dict[str, Parts]:
    """All measures of decisions for or against a category (q = 2): what the functions above give, worked out together.

    Tables ask for thousands of them in a thousand draws; sums over axes of two are what takes long there.
    """
    observed = divided(s.pairs[..., 0, 0] + s.pairs[..., 1, 1], s.paired)
    yes = divided(s.share[..., 1], s.units)
    n = s.given[..., 0] + s.given[..., 1]
    own = np.nan_to_num(divided(s.given[..., 1], n))
    there = n > 0
    r, all_yes = there.sum(axis=-1).astype(float), own.sum(axis=-1)
    squares = (own * own).sum(axis=-1)
    # Over ordered pairs of coders: both yes, and both no (1 - p)(1 - p'), summed without the pairs of a coder with himself.
    by_coder = divided((all_yes**2 - squares) + ((r - all_yes) ** 2 - (r - 2 * all_yes + squares)), r * (r - 1))
    ones, apart = s.coins[..., 1, 0] + s.coins[..., 1, 1], 2 * s.coins[..., 0, 1]
    number = s.coins[..., 0, 0] + s.coins[..., 0, 1] + ones
    alike = yes**2 + (1 - yes) ** 2
    half, none = np.full_like(observed, 0.5), np.zeros_like(observed)
    chances = {"percent": none, "brennan_prediger": half, "ac1": 2 * yes * (1 - yes)}
    chances |= dict.fromkeys(("scott", "fleiss"), alike) | dict.fromkeys(("cohen", "conger"), by_coder)
    alpha_ = Parts(1 - divided(apart, number), 1 - divided(2 * ones * (number - ones), number * (number - 1)))
    return {name: Parts(observed, chance) for name, chance in chances.items()} | {"alpha_nominal": alpha_}


MEASURES: dict[str, Callable[[Sums, np.ndarray], Parts]] = {
    "percent": percent, "cohen": conger, "scott": fleiss, "fleiss": fleiss, "conger": conger, "brennan_prediger": brennan_prediger, "ac1": ac, "ac2": ac,
}  # fmt: skip
PAIRED = ("cohen", "scott")  # of two coders, over units that both rated


def corrected(found: Parts, several: np.ndarray | bool = True) -> np.ndarray:
    """(observed - expected) / (1 - expected); nan where chance alone agrees always or (`several` false) a single category was used."""
    room = 1 - found.expected
    held = (np.abs(np.nan_to_num(room)) > 1e-12) & several
    return np.where(held, (found.observed - found.expected) / np.where(held, room, 1.0), np.nan)


def varied(s: Sums) -> np.ndarray:
    """Whether more than one category was used."""
    return np.asarray(np.count_nonzero(s.share > 0, axis=-1) > 1)


def coefficient(
    measure: str, ratings: Ratings | np.ndarray, scale: str = "identity", single: str = "kept", categories: Sequence[object] | None = None
) -> Value:
    """One figure from values (units x coders; None or NaN: missing).

    `scale`: weights of AC2. `single`: whether units with one rating tell how common categories are (Gwet's tables: `kept`, the default) or are
    left out. `categories`: all there are, where some were never used. Cohen and Scott take two coders and the units both rated.
    """
    numbers, known = encoded(ratings)
    if measure in PAIRED and numbers.shape[1] != 2 and numbers.size:
        raise ValueError(f"{measure} compares two coders, not {numbers.shape[1]}")
    if single not in SINGLE:
        raise ValueError(f"single is {' or '.join(SINGLE)}, not {single}")
    if categories is not None:
        place = {value: n for n, value in enumerate(categories)}
        numbers, known = np.array([place[v] for v in known] + [-1], dtype=int)[numbers], list(categories)
    rated = (numbers >= 0).sum(axis=1)
    if why := _nothing(numbers, rated):
        return Value(float("nan"), why)
    s = total(parts(numbers[rated >= (2 if single == "dropped" or measure in PAIRED else 1)], len(known)))
    found = _parts_of(measure, s, scale, known)
    value = float(found.observed if measure == "percent" else corrected(found, varied(s)))
    return Value(value, notes.ONE_CATEGORY if value != value else "")


def _nothing(numbers: np.ndarray, rated: np.ndarray) -> str:
    """Why there is nothing to compare; empty if there is."""
    if (rated >= 2).any():
        return ""
    return notes.ONE_CODER if (numbers >= 0).any() and (numbers >= 0).any(axis=0).sum() == 1 else notes.NO_UNITS


def _parts_of(measure: str, s: Sums, scale: str, known: Sequence[object]) -> Parts:
    if measure.startswith("alpha_"):
        distances = {"alpha_nominal": lambda: nominal, "alpha_ordinal": lambda: ordinal, "alpha_interval": lambda: interval(_numbers(known))}
        return alpha(s, distances[measure]())
    told = _numbers(known) if scale == "quadratic" and all(isinstance(v, int | float) for v in known) else None
    return MEASURES[measure](s, weights(scale, len(known), told))


def _numbers(known: Sequence[object]) -> list[float]:
    return [float(v) for v in known]  # type: ignore[arg-type]
