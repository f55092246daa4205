"""A free drawing in Altair: outlines and words at places worked out before, for pictures that have no axes.

Every outline and every word is a row of the picture's data, so hovering and clicking work as in any other chart. Lengths are px, y downwards.
An outline is a path as SVG writes it; rows are drawn in their order, outlines before words.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from pipeline.charts import style

Row = dict[str, Any]
# Kinds of words: size, weight, slant, colour, and whether lines behind them are held off.
WORDS: dict[str, dict[str, Any]] = {
    "label": {"fontSize": 13, "color": style.INK},
    "head": {"fontSize": 13, "fontWeight": "bold", "color": style.SOFT},
    "strong": {"fontSize": 13, "fontWeight": "bold", "color": style.INK},
    "own": {"fontSize": 13, "fontStyle": "italic", "color": style.INK},
    "small": {"fontSize": 12, "color": style.SOFT},
    "row": {"fontSize": 12, "color": style.INK},
    "count": {"fontSize": 12, "fontWeight": "bold", "color": style.INK},
    "held": {"fontSize": 12, "color": style.INK},
}
_HELD = ("count", "held")  # drawn on paper, so that a line below does not run through them


def outline(path: str, fill: str = "", stroke: str = "", width: float = 1.0, open_: bool = False, to: str = "", words: str = "") -> Row:
    """A row that is drawn as `path`; `open_`: dashed, as all that nobody has read. What is empty is left out, for there are many rows."""
    row: Row = {"part": "outline", "path": path, "fill": fill, "stroke": stroke, "width": width if stroke else 0, "open": int(open_), "to": to, "words": words}
    return {key: value for key, value in row.items() if value}


def text(x: float, y: float, said: str, kind: str = "label", anchor: str = "start", to: str = "", words: str = "") -> Row:
    """A row that is written at (x, y), the foot of its letters; `anchor` is start, middle or end."""
    row: Row = {"part": f"{kind}-{anchor}", "x": round(x, 1), "y": round(y, 1), "text": said}
    return row | {key: value for key, value in (("to", to), ("words", words)) if value}


def box(x: float, y: float, wide: float, high: float, round_: float = 0.0) -> str:
    """A rectangle, with rounded corners if wanted.

    >>> box(0, 10, 20, 5)
    'M0 10h20v5h-20Z'
    """
    r = min(round_, wide / 2, high / 2)
    if not r:
        return f"M{_short(x)} {_short(y)}h{_short(wide)}v{_short(high)}h-{_short(wide)}Z"
    a, b, c = _short(wide - 2 * r), _short(high - 2 * r), _short(r)
    turn = f"a{c} {c} 0 0 1 "
    return f"M{_short(x + r)} {_short(y)}h{a}{turn}{c} {c}v{b}{turn}-{c} {c}h-{a}{turn}-{c} -{c}v-{b}{turn}{c} -{c}Z"


def circle(x: float, y: float, r: float) -> str:
    """
    >>> circle(10, 10, 4)
    'M6 10a4 4 0 1 0 8 0a4 4 0 1 0 -8 0Z'
    """
    r_, d = _short(r), _short(2 * r)
    return f"M{_short(x - r)} {_short(y)}a{r_} {r_} 0 1 0 {d} 0a{r_} {r_} 0 1 0 -{d} 0Z"


def cross(x: float, y: float, r: float) -> str:
    a, b, c, d = (_short(v) for v in (x - r, y - r, x + r, y + r))
    return f"M{a} {b}L{c} {d}M{a} {d}L{c} {b}"


def head(x: float, y: float, size: float = 9.0) -> str:
    """The head of an arrow that points to the right and ends at (x, y)."""
    return f"M{_short(x - size)} {_short(y - size / 2)}L{_short(x)} {_short(y)}L{_short(x - size)} {_short(y + size / 2)}Z"


def lead(x1: float, y1: float, x2: float, y2: float) -> Row:
    """A thin line from a thing to its name."""
    return outline(f"M{_short(x1)} {_short(y1)}L{_short(x2)} {_short(y2)}", "", style.SOFT, 0.8)


def ribbon(x1: float, top1: float, high1: float, x2: float, top2: float, high2: float) -> str:
    """A band from a vertical edge to another."""
    a, b, m = _short(x1), _short(x2), _short((x1 + x2) / 2)
    y1, y2, y3, y4 = (_short(v) for v in (top1, top2, top2 + high2, top1 + high1))
    return f"M{a} {y1}C{m} {y1} {m} {y2} {b} {y2}L{b} {y3}C{m} {y3} {m} {y4} {a} {y4}Z"


def _short(value: float) -> str:
    """A length without needless digits."""
    return f"{float(value):.1f}".rstrip("0").rstrip(".") or "0"


def wrapped(label: str, letters: int, rows: int) -> list[str]:
    """A label in at most `rows` lines of at most `letters`; what does not fit ends with an ellipsis.

    >>> wrapped("Wohnen und Wohnlage", 12, 2), wrapped("ein Wort " * 20, 40, 3)[-1][-1]
    (['Wohnen und', 'Wohnlage'], '…')
    """
    found = [""]
    for word in label.split():
        word = word if len(word) <= letters else word[: letters - 1] + "…"
        if found[-1] and len(found[-1]) + 1 + len(word) > letters:
            if len(found) == rows:
                found[-1] = found[-1][: letters - 2].rstrip(" ,;") + " …"
                return found
            found.append(word)
        else:
            found[-1] = f"{found[-1]} {word}".strip()
    return found


def drawing(width: float, height: float, rows: Sequence[Row]) -> Any:
    """The Altair chart that draws `rows` (the data set `rows`), all of it inside `width` and `height`."""
    import altair as alt

    x_scale, y_scale = alt.Scale(domain=[0, width], nice=False, zero=False), alt.Scale(domain=[0, height], range=[0, height], nice=False, zero=False)
    as_is: dict[str, Any] = {"scale": None, "legend": None}
    base = alt.Chart(style.named())
    # A symbol of size 4 draws its path one to one; it stands at the corner, and the path has the places.
    layers = [
        base.transform_filter("datum.part == 'outline'")
        .mark_point(size=4, opacity=1, filled=False)
        .encode(
            x=alt.XDatum(0, scale=x_scale, axis=None), y=alt.YDatum(0, scale=y_scale, axis=None), shape=alt.Shape("path:N", **as_is), fill=alt.Fill("fill:N", **as_is),
            stroke=alt.Stroke("stroke:N", **as_is), strokeWidth=alt.StrokeWidth("width:Q", **as_is), strokeDash={"condition": {"test": "datum.open", "value": [5, 4]}},
        )
    ]  # fmt: skip
    for part in sorted({row["part"] for row in rows} - {"outline"}):
        kind, _, anchor = part.partition("-")
        looks = WORDS[kind] | {"align": {"start": "left", "middle": "center", "end": "right"}[anchor], "baseline": "alphabetic"}
        under = [{"stroke": style.PAPER, "strokeWidth": 4, "strokeJoin": "round"}] if kind in _HELD else []
        for more in (*under, {}):
            layers.append(
                base.transform_filter(f"datum.part == '{part}'")
                .mark_text(**(looks | more))
                .encode(x=alt.X("x:Q", scale=x_scale, axis=None), y=alt.Y("y:Q", scale=y_scale, axis=None), text="text:N")
            )  # fmt: skip
    return alt.layer(*layers).properties(width=width, height=height)
