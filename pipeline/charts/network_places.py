"""Where the actors of the network lie: places by shortest ways through the net, then boxes pushed apart until none lies on another.

Near and far mean nothing; lengths are px of the drawing, y downwards. The same statements give the same drawing.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from pipeline.charts.canvas import wrapped

WIDTH, LETTER, LINE, PAD = 900, 7.8, 17, 12
SMALL, LETTER_SMALL = 15, 6.6  # the line with the kind of actor
LONGEST = 22  # letters of a line in a box
APART = 3  # steps between parts of the net that no statement joins
GRID = 2  # px: small differences of computers vanish
Edge = tuple[str, str, str, bool]  # two actors, kind, whether people read a statement of it
Name = tuple[str, str]  # what an actor is called, and its kind in words


@dataclass(frozen=True)
class Box:
    """A node: middle, width, height, lines of its name with their feet, the foot of the line with its kind."""

    key: str
    x: float
    y: float
    wide: float
    high: float
    lines: tuple[tuple[str, float], ...]
    kind_y: float


@dataclass(frozen=True)
class Stroke:
    """An edge as a path, with the place of its mark."""

    edge: Edge
    path: str
    x: float
    y: float


@dataclass(frozen=True)
class Drawing:
    boxes: list[Box]
    strokes: list[Stroke]
    height: int
    left_out: int


def places(edges: Sequence[Edge], names: Mapping[str, Name], weight: Mapping[str, int], most: int) -> Drawing:
    """At most `most` actors, those of most people's statements first."""
    present = sorted({key for a, b, _, _ in edges for key in (a, b)}, key=lambda k: (-weight.get(k, 0), k))
    kept = sorted(present[:most])
    inside = [e for e in edges if e[0] in kept and e[1] in kept]
    height = (200 + 32 * len(kept)) if kept else 0
    sizes = {key: size(names[key]) for key in kept}
    spots = _apart(_layout(kept, inside, height), sizes, height)
    # Nothing lies at the edges for long: the drawing is as high as its boxes need.
    top = min((spots[k][1] - sizes[k][1] / 2 for k in kept), default=0) - 8
    spots = {key: (x, round(y - top, 1)) for key, (x, y) in spots.items()}
    high = max((spots[k][1] + sizes[k][1] / 2 for k in kept), default=0) + 8
    return Drawing([box(key, *spots[key], names[key]) for key in kept], _strokes(inside, spots, sizes), round(high), len(present) - len(kept))


def _layout(kept: Sequence[str], edges: Sequence[Edge], height: int) -> dict[str, tuple[float, float]]:
    """Places by shortest ways through the net (Kamada and Kawai); parts without any way between them lie a little apart."""
    import networkx as nx

    if not kept:
        return {}
    net = nx.Graph()
    net.add_nodes_from(kept)
    net.add_edges_from(sorted({(a, b) for a, b, _, _ in edges}))
    ways = dict(nx.all_pairs_shortest_path_length(net))
    far = {a: {b: float(ways[a].get(b, APART)) for b in kept} for a in kept}
    found = nx.kamada_kawai_layout(net, dist=far) if len(kept) > 1 else {kept[0]: (0.0, 0.0)}
    low = [min(float(p[i]) for p in found.values()) for i in (0, 1)]
    high = [max(float(p[i]) for p in found.values()) for i in (0, 1)]

    def scaled(value: float, i: int, length: float) -> float:
        return length / 2 if high[i] - low[i] < 1e-9 else 90 + (value - low[i]) / (high[i] - low[i]) * (length - 180)

    return {key: (GRID * round(scaled(float(p[0]), 0, WIDTH) / GRID), GRID * round(scaled(float(p[1]), 1, height) / GRID)) for key, p in sorted(found.items())}


def _apart(spots: Mapping[str, tuple[float, float]], sizes: Mapping[str, tuple[float, float]], height: int) -> dict[str, tuple[float, float]]:
    """Boxes pushed apart, always in the same way, until none lies on another; all inside the drawing."""
    keys = sorted(spots)
    at = {key: list(spots[key]) for key in keys}
    for _ in range(500):
        moved = False
        for i, one in enumerate(keys):
            for other in keys[i + 1 :]:
                (ax, ay), (bx, by) = at[one], at[other]
                over_x = (sizes[one][0] + sizes[other][0]) / 2 + 16 - abs(ax - bx)
                over_y = (sizes[one][1] + sizes[other][1]) / 2 + 16 - abs(ay - by)
                if over_x <= 0 or over_y <= 0:
                    continue
                moved = True
                axis, push = (0, over_x / 2 + 1) if over_x < over_y else (1, over_y / 2 + 1)
                sign = 1 if at[other][axis] >= at[one][axis] else -1
                at[one][axis] -= sign * push
                at[other][axis] += sign * push
        for key in keys:
            for axis, length in ((0, WIDTH), (1, height)):
                half = sizes[key][axis] / 2 + 4
                at[key][axis] = min(max(at[key][axis], half), length - half)
        if not moved:
            break
    return {key: (round(x, 1), round(y, 1)) for key, (x, y) in at.items()}


def size(name: Name) -> tuple[float, float]:
    """Width and height of an actor's box."""
    lines = wrapped(name[0], LONGEST, 2)
    return max(max(map(len, lines)) * LETTER, len(name[1]) * LETTER_SMALL) + 2 * PAD, len(lines) * LINE + SMALL + PAD


def box(key: str, x: float, y: float, name: Name) -> Box:
    wide, high = size(name)
    top = y - high / 2 + PAD / 2
    lines = wrapped(name[0], LONGEST, 2)
    return Box(key, x, y, round(wide, 1), round(high, 1), tuple((text, round(top + LINE * n + 13, 1)) for n, text in enumerate(lines)), round(top + LINE * len(lines) + 11.5, 1))


def _strokes(edges: Sequence[Edge], spots: Mapping[str, tuple[float, float]], sizes: Mapping[str, tuple[float, float]]) -> list[Stroke]:
    """Lines between the middles of boxes; several of one pair bend away from each other. The mark lies in the middle of what is seen."""
    seen: dict[frozenset[str], int] = {}
    found = []
    for edge in sorted(edges):
        pair = frozenset(edge[:2])
        n = seen[pair] = seen.get(pair, -1) + 1
        (ax, ay), (bx, by) = sorted((spots[edge[0]], spots[edge[1]]))
        bend = (0, 34, -34, 60)[min(n, 3)]
        far = max(1.0, ((bx - ax) ** 2 + (by - ay) ** 2) ** 0.5)
        mx, my = (ax + bx) / 2 - (by - ay) / far * bend, (ay + by) / 2 + (bx - ax) / far * bend
        ways = [((1 - t) ** 2 * ax + 2 * t * (1 - t) * mx + t * t * bx, (1 - t) ** 2 * ay + 2 * t * (1 - t) * my + t * t * by) for t in (k / 40 for k in range(41))]
        seen_ = [(x, y) for x, y in ways if not any(_inside(x, y, spots[key], sizes[key]) for key in edge[:2])]
        x, y = seen_[len(seen_) // 2] if seen_ else ways[20]
        found.append(Stroke(edge, f"M{ax} {ay}Q{mx:.1f} {my:.1f} {bx} {by}", round(x, 1), round(y, 1)))
    return found


def _inside(x: float, y: float, spot: tuple[float, float], own: tuple[float, float]) -> bool:
    return abs(x - spot[0]) <= own[0] / 2 and abs(y - spot[1]) <= own[1] / 2
