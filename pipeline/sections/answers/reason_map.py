"""The picture of statements: causes on the left, effects on the right, one arrow a statement of one person. Numbers only; the template draws.

Both columns are apart even where they bear the same category: no arrow ever begins where another ends, and nothing can be read as a chain.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from types import SimpleNamespace
from typing import Any

MOST = 40  # arrows; more is a tangle, and the table behind the picture has all of them
WIDTH, BOX, TOP = 900, 290, 30
_LINE, _STEP, _GAP, _PAD = 17, 9, 10, 12
_LETTERS, _ROWS = 40, 3  # of a label in its box


def draw(arrows: Sequence[Any]) -> SimpleNamespace:
    """Boxes, curves and numbers of bundles for at most `MOST` of `arrows` (in their order), and how many are left out.

    An arrow has `left` and `right` (labels), `named_left` and `named_right` (whether a label is a category), and what the template shows of it.
    """
    shown, rest = list(arrows[:MOST]), max(0, len(arrows) - MOST)
    left = _boxes(shown, "left", 0)
    at = {box.label: box.y for box in left}
    mean: dict[str, list[float]] = defaultdict(list)
    for arrow in shown:
        mean[arrow.right].append(at[arrow.left])
    right = _boxes(sorted(shown, key=lambda a: (sum(mean[a.right]) / len(mean[a.right]), a.right)), "right", WIDTH - BOX)
    height = max([box.y + box.height for box in (*left, *right)], default=0) + _GAP
    return SimpleNamespace(width=WIDTH, height=height, left=left, right=right, rest=rest, n=len(shown), **_lines(shown, left, right))


def _boxes(arrows: Sequence[Any], side: str, x: int) -> list[SimpleNamespace]:
    """One box a label, as high as its arrows and its words need, in the order of first appearance."""
    count: Counter[str] = Counter(getattr(a, side) for a in arrows)
    named = {getattr(a, side): getattr(a, f"named_{side}") for a in arrows}
    boxes, y = [], TOP
    for label in count:
        rows = lines(label if named[label] else f"»{label}«")
        height = max(len(rows) * _LINE, count[label] * _STEP) + _PAD
        first = y + height / 2 - (len(rows) - 1) * _LINE / 2 + 4
        boxes.append(
            SimpleNamespace(label=label, named=named[label], x=x, y=y, width=BOX, height=height, rows=[(round(first + n * _LINE, 1), row) for n, row in enumerate(rows)], n=count[label])
        )
        y += height + _GAP
    return boxes


def _lines(arrows: Sequence[Any], left: Sequence[Any], right: Sequence[Any]) -> dict[str, list[SimpleNamespace]]:
    """Curves side by side, and the number of a bundle of more than one between the same two boxes."""
    where = {("left", b.label): b for b in left} | {("right", b.label): b for b in right}
    rank = {key: n for n, key in enumerate(where)}
    used: Counter[tuple[str, str]] = Counter()
    curves, pairs = [], defaultdict(list)
    for arrow in sorted(arrows, key=lambda a: (rank["left", a.left], rank["right", a.right])):
        ends = []
        for side in ("left", "right"):
            box = where[side, getattr(arrow, side)]
            ends.append(box.y + box.height / 2 + (used[side, box.label] - (box.n - 1) / 2) * _STEP)
            used[side, box.label] += 1
        x1, x2 = BOX + 8, WIDTH - BOX - 4
        middle = (x1 + x2) / 2
        path = f"M{x1} {ends[0]:.1f}C{middle:.0f} {ends[0]:.1f} {middle:.0f} {ends[1]:.1f} {x2} {ends[1]:.1f}"
        curves.append(SimpleNamespace(arrow=arrow, path=path, x=x1, y=round(ends[0], 1)))
        pairs[arrow.left, arrow.right].append((ends[0] + ends[1]) / 2)
    bundles = [SimpleNamespace(x=WIDTH / 2, y=round(min(ys) - 6, 1), n=len(ys)) for ys in pairs.values() if len(ys) > 1]
    return {"curves": curves, "bundles": bundles}


def lines(label: str) -> list[str]:
    """A label in rows that fit its box; what does not fit ends with an ellipsis.

    >>> lines("Wohnen und Wohnlage"), lines("ein Wort " * 20)[-1][-1]
    (['Wohnen und Wohnlage'], '…')
    """
    rows = [""]
    for word in label.split():
        word = word if len(word) <= _LETTERS else word[: _LETTERS - 1] + "…"
        if rows[-1] and len(rows[-1]) + 1 + len(word) > _LETTERS:
            if len(rows) == _ROWS:
                rows[-1] = rows[-1][: _LETTERS - 2].rstrip(" ,;") + " …"
                return rows
            rows.append(word)
        else:
            rows[-1] = f"{rows[-1]} {word}".strip()
    return rows
