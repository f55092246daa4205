"""The drawing of who is said to work with whom, as numbers: boxes with names, lines between them, a mark of the kind on each line.

Near and far, thick and thin mean nothing; lengths are units of the drawing, y downwards. The same statements give the same drawing.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

WIDTH, LETTER, LINE, PAD = 900, 7.8, 17, 10
LONGEST = 22  # letters of a line in a box
APART = 3  # steps between parts of the net that no statement joins
GRID = 2  # units: small differences of computers vanish
Edge = tuple[str, str, str, bool]  # two actors, kind, whether people read a statement of it


@dataclass(frozen=True)
class Box:
    """A node: middle, width, height, lines of its name with their places downwards, whether it is a group of respondents."""

    x: float
    y: float
    wide: float
    high: float
    lines: tuple[tuple[str, float], ...]
    group: bool
    label: str


@dataclass(frozen=True)
class Stroke:
    """An edge as a path, with the place of its mark."""

    path: str
    x: float
    y: float
    kind: str
    read: bool
    title: str


@dataclass(frozen=True)
class Drawing:
    boxes: list[Box]
    strokes: list[Stroke]
    height: int
    left_out: int


def draw(edges: Sequence[Edge], names: Mapping[str, tuple[str, bool]], weight: Mapping[str, int], most: int) -> Drawing:
    """At most `most` actors, those of most people's statements first. `names`: actor -> (label, whether a group)."""
    present = sorted({key for a, b, _, _ in edges for key in (a, b)}, key=lambda k: (-weight.get(k, 0), k))
    kept = sorted(present[:most])
    inside = [e for e in edges if e[0] in kept and e[1] in kept]
    height = 220 + 28 * len(kept)
    sizes = {key: _size(names[key][0]) for key in kept}
    places = _apart(_layout(kept, inside, height), sizes, height)
    boxes = [_box(*places[key], names[key]) for key in kept]
    return Drawing(boxes, _strokes(inside, places, names), height, len(present) - len(kept))


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


def _apart(places: Mapping[str, tuple[float, float]], sizes: Mapping[str, tuple[float, float]], height: int) -> dict[str, tuple[float, float]]:
    """Boxes pushed apart, always in the same way, until none lies on another; all inside the drawing."""
    keys = sorted(places)
    spots = {key: list(places[key]) for key in keys}
    for _ in range(500):
        moved = False
        for i, one in enumerate(keys):
            for other in keys[i + 1 :]:
                (ax, ay), (bx, by) = spots[one], spots[other]
                over_x = (sizes[one][0] + sizes[other][0]) / 2 + 16 - abs(ax - bx)
                over_y = (sizes[one][1] + sizes[other][1]) / 2 + 16 - abs(ay - by)
                if over_x <= 0 or over_y <= 0:
                    continue
                moved = True
                axis, push = (0, over_x / 2 + 1) if over_x < over_y else (1, over_y / 2 + 1)
                sign = 1 if spots[other][axis] >= spots[one][axis] else -1
                spots[one][axis] -= sign * push
                spots[other][axis] += sign * push
        for key in keys:
            for axis, length in ((0, WIDTH), (1, height)):
                half = sizes[key][axis] / 2 + 4
                spots[key][axis] = min(max(spots[key][axis], half), length - half)
        if not moved:
            break
    return {key: (round(x, 1), round(y, 1)) for key, (x, y) in spots.items()}


def wrapped(label: str) -> tuple[str, ...]:
    """A name on at most two lines.

    >>> wrapped("Jugendamt"), wrapped("Gruppe: Wirtschaft und Wohnungsgesellschaft")
    (('Jugendamt',), ('Gruppe: Wirtschaft und', 'Wohnungsgesellschaft'))
    """
    lines = [""]
    for word in label.split():
        if lines[-1] and len(lines[-1]) + 1 + len(word) > LONGEST and len(lines) < 2:
            lines.append(word)
        else:
            lines[-1] = f"{lines[-1]} {word}".strip()
    return tuple(line if len(line) <= LONGEST else line[: LONGEST - 1].rstrip() + "…" for line in lines)


def _size(label: str) -> tuple[float, float]:
    lines = wrapped(label)
    return max(map(len, lines)) * LETTER + 2 * PAD, len(lines) * LINE + PAD


def _box(x: float, y: float, name: tuple[str, bool]) -> Box:
    lines = wrapped(name[0])
    wide, high = _size(name[0])
    top = y - high / 2 + PAD / 2
    return Box(x, y, round(wide, 1), round(high, 1), tuple((text, round(top + LINE * n + 13, 1)) for n, text in enumerate(lines)), name[1], name[0])


def _strokes(edges: Sequence[Edge], places: Mapping[str, tuple[float, float]], names: Mapping[str, tuple[str, bool]]) -> list[Stroke]:
    """Lines between the middles of boxes; several of one pair bend away from each other."""
    seen: dict[tuple[str, str], int] = {}
    found = []
    for a, b, kind, read in sorted(edges):
        n = seen[a, b] = seen.get((a, b), -1) + 1
        (ax, ay), (bx, by) = places[a], places[b]
        bend = (0, 34, -34, 60)[min(n, 3)]
        far = max(1.0, ((bx - ax) ** 2 + (by - ay) ** 2) ** 0.5)
        mx, my = (ax + bx) / 2 - (by - ay) / far * bend, (ay + by) / 2 + (bx - ax) / far * bend
        x, y = (ax + 2 * mx + bx) / 4, (ay + 2 * my + by) / 4
        found.append(Stroke(f"M{ax} {ay} Q{mx:.1f} {my:.1f} {bx} {by}", round(x, 1), round(y, 1), kind, read, f"{names[a][0]} und {names[b][0]}"))
    return found
