"""Steps of colour for shares, and a curve, as the templates draw them."""

from __future__ import annotations

from dataclasses import dataclass

STEPS = 5


def step(share: float) -> int:
    """Colour step of a share from 0 to 1; anything above nothing is visible.

    >>> step(0), step(0.01), step(0.5), step(1)
    (0, 1, 3, 5)
    """
    return 0 if share <= 0 else min(STEPS, int(share * STEPS - 1e-9) + 1)


@dataclass(frozen=True)
class Curve:
    """Points in a square of `SIDE`, y downwards: (x, y, radius, words of x, words of y, how many). Empty: nothing was measured."""

    points: list[tuple[float, float, float, str, str, int]]
    line: str


SIDE = 240


def curve(values: list[tuple[float, float, int]]) -> Curve:
    """How often something came true (y) beside how likely it was called (x), by bins of n; bigger points rest on more.

    >>> curve([(0.5, 0.25, 100), (0.9, 0.8, 0)]).points
    [(120.0, 180.0, 9.0, '50', '25', 100)]
    """
    most = max((n for _, _, n in values), default=0)
    points = [
        (round(x * SIDE, 1), round((1 - y) * SIDE, 1), round(3 + 6 * (n / most) ** 0.5, 1), f"{x * 100:.0f}", f"{y * 100:.0f}", n)
        for x, y, n in values
        if n
    ]
    return Curve(points, " ".join(f"{x},{y}" for x, y, *_ in points))
