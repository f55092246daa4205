"""Drawn pictures as numbers: where the bubbles of the topic map and their labels lie, and the curves over the number of topics.

Nothing here knows words or colours; the templates draw. Lengths are units of the drawing, y downwards.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

WIDTH, HEIGHT = 900, 560
LARGEST, SMALLEST, GAP = 34.0, 12.0, 12.0
LETTER, LINE = 7.2, 17.0  # width of a letter and height of a line of the labels, on the safe side
LONGEST = 30  # letters of a label in the drawing

Box = tuple[float, float, float, float]  # left, top, right, bottom


@dataclass(frozen=True)
class Bubble:
    """A circle with its label: `anchor` is start, middle or end; `lead` a line from the circle to a label that lies apart, else none.

    `label` is empty where no free place was found; the table below the map has it.
    """

    key: str
    x: float
    y: float
    r: float
    label: str
    at: tuple[float, float]
    anchor: str
    lead: tuple[float, float, float, float] | None


def bubbles(points: Sequence[tuple[str, float, float, int, str]]) -> tuple[list[Bubble], int]:
    """Bubbles for (key, x, y, size, label), x and y from 0 to 1, and the height of the drawing. No two things lie on each other.

    The area of a bubble is as its size; circles that would overlap are pushed apart, always in the same way.

    >>> found, _ = bubbles([("A", 0.5, 0.5, 4, "eins"), ("B", 0.5, 0.5, 1, "zwei")])
    >>> [b.r for b in found], found[0].x != found[1].x
    ([34.0, 17.0], True)
    """
    height = HEIGHT + 16 * max(0, len(points) - 16)
    most = max((size for *_, size, _ in points), default=1) or 1
    radii = [max(SMALLEST, LARGEST * (size / most) ** 0.5) for *_, size, _ in points]
    places = _apart([(x, y) for _, x, y, _, _ in points], radii, height)
    taken: list[Box] = []
    found = []
    for (key, *_, label), (x, y), r in zip(points, places, radii, strict=True):
        text = label if len(label) <= LONGEST else label[: LONGEST - 1].rstrip(" ·,") + "…"
        spot = _spot(x, y, r, len(text) * LETTER, height, list(zip(places, radii, strict=True)), taken)
        if spot is None:
            found.append(Bubble(key, round(x, 1), round(y, 1), round(r, 1), "", (0, 0), "start", None))
            continue
        at, anchor, box = spot
        taken.append(box)
        found.append(Bubble(key, round(x, 1), round(y, 1), round(r, 1), text, at, anchor, _lead(x, y, r, box)))
    return found, height


def _apart(points: Sequence[tuple[float, float]], radii: Sequence[float], height: int) -> list[tuple[float, float]]:
    """Centres within the drawing, pushed apart until no two circles touch."""
    from math import cos, hypot, sin

    edge = LARGEST + 6
    # The outer third on both sides stays freer: labels are wide.
    spots = [[edge + 60 + x * (WIDTH - 2 * edge - 120), edge + y * (height - 2 * edge)] for x, y in points]
    for _ in range(400):
        moved = False
        for i in range(len(spots)):
            for j in range(i + 1, len(spots)):
                dx, dy = spots[j][0] - spots[i][0], spots[j][1] - spots[i][1]
                far, need = hypot(dx, dy), radii[i] + radii[j] + GAP
                if far >= need - 0.01:
                    continue
                moved = True
                # Circles on the very same place part along an angle of their own.
                ux, uy = (dx / far, dy / far) if far > 1e-6 else (cos(2.4 * j), sin(2.4 * j))
                push = (need - far) / 2
                for spot, sign in ((spots[i], -1), (spots[j], 1)):
                    spot[0] = min(max(spot[0] + sign * ux * push, edge), WIDTH - edge)
                    spot[1] = min(max(spot[1] + sign * uy * push, edge), height - edge)
        if not moved:
            break
    return [(x, y) for x, y in spots]


def _spot(
    x: float, y: float, r: float, wide: float, height: int, circles: Sequence[tuple[tuple[float, float], float]], taken: Sequence[Box]
) -> tuple[tuple[float, float], str, Box] | None:
    """The free place for a label that is nearest to its circle: (text's place, anchor, box)."""
    for step in range(14):
        off, up = 8 + 14.0 * step, 14.0 * step
        ways = [
            (x + r + off, y - LINE / 2, "start"), (x - r - off - wide, y - LINE / 2, "end"), (x - wide / 2, y - r - 6 - up - LINE, "middle"),
            (x - wide / 2, y + r + 6 + up, "middle"), (x + r * 0.7 + off, y - r - LINE / 2 - up, "start"), (x + r * 0.7 + off, y + r - LINE / 2 + up, "start"),
            (x - r * 0.7 - off - wide, y - r - LINE / 2 - up, "end"), (x - r * 0.7 - off - wide, y + r - LINE / 2 + up, "end"),
        ]  # fmt: skip
        for left, top, anchor in ways:
            box = (left, top, left + wide, top + LINE)
            if _free(box, height, circles, taken):
                return (round({"start": left, "middle": left + wide / 2, "end": left + wide}[anchor], 1), round(top + LINE - 4.5, 1)), anchor, box
    return None


def _free(box: Box, height: int, circles: Sequence[tuple[tuple[float, float], float]], taken: Sequence[Box]) -> bool:
    left, top, right, bottom = box
    if left < 2 or right > WIDTH - 2 or top < 2 or bottom > height - 2:
        return False
    if any(left - 10 < b[2] and b[0] < right + 10 and top < b[3] and b[1] < bottom for b in taken):
        return False
    return all(_distance(box, x, y) > r + 5 for (x, y), r in circles)


def _distance(box: Box, x: float, y: float) -> float:
    """How far a point is from a box."""
    dx, dy = max(box[0] - x, 0, x - box[2]), max(box[1] - y, 0, y - box[3])
    return float((dx * dx + dy * dy) ** 0.5)


def _lead(x: float, y: float, r: float, box: Box) -> tuple[float, float, float, float] | None:
    """The line from a circle to a label that is not right beside it."""
    far = _distance(box, x, y)
    if far <= r + 16:
        return None
    to_x, to_y = min(max(x, box[0]), box[2]), min(max(y, box[1]), box[3])
    return tuple(round(v, 1) for v in (x + (to_x - x) * r / far, y + (to_y - y) * r / far, to_x, to_y))  # type: ignore[return-value]


@dataclass(frozen=True)
class Line:
    """One curve in a panel of `PANEL`: points (x, y, number) and lines of the scale (y, value)."""

    points: list[tuple[float, float, int]]
    path: str
    scale: list[tuple[float, float]]


PANEL = (420, 120)  # width and height


def line(values: Sequence[tuple[int, float]], low: float, high: float, lines: int = 3) -> Line:
    """A curve of values over whole numbers; `low` and `high` are the ends of its scale. What was not measured (NaN) has no point.

    >>> line([(4, 0.5), (8, 1.0)], 0, 1).points
    [(0.0, 60.0, 4), (420.0, 0.0, 8)]
    """
    known = [(n, v) for n, v in values if v == v]
    first, last = (known[0][0], known[-1][0]) if known else (0, 1)
    wide, high_ = PANEL
    reach = (high - low) or 1
    points = [
        (round((n - first) / (last - first) * wide if last > first else wide / 2, 1), round((high - v) / reach * high_, 1), n) for n, v in known
    ]
    scale = [(round(high_ * k / (lines - 1), 1), round(high - reach * k / (lines - 1), 4)) for k in range(lines)]
    return Line(points, " ".join(f"{x},{y}" for x, y, _ in points), scale)
