"""Matrices: heads at the left and on top as letters, cells with colour steps and numbers, hollow marks for proposals, dots where nobody was asked.

Data sets: `rows` (cells with something read), `proposals`, `blank` (cells without; `state` says why), `lines` and `columns` (heads). Cells have `order`
and `column`, the places of their heads.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from pipeline.charts import style

LETTER = 6.6  # mean width of a letter, in px
MOST = 46  # letters of a head at the left


@dataclass(frozen=True)
class Grid:
    """How a matrix is drawn: `wide` and `high` of a cell in px, `number` what stands in a cell ("" for nothing) and `shade` its colour step
    (0 to 5), both expressions of Vega over its fields; `legend`: title and words of the steps 1 to 5 (no title: no legend)."""

    number: str
    shade: str
    wide: int = 46
    high: int = 24
    legend: tuple[str, Sequence[str]] = ("", ())
    slant: int = -40  # of heads on top, in degrees
    indent: int = 14  # of a head for each level
    proposed: str = ""  # what stands in a proposal's mark, where it is something else than `number`


def head(order: int, label: str, level: int = 1, family: str = "", to: str = "", words: str = "", most: int = MOST) -> dict[str, Any]:
    """A head at the left."""
    return {"order": order, "label": style.cut(label, most), "level": level, "family": family, "to": to, "words": words or label}


def top(column: int, label: str, words: str = "", to: str = "") -> dict[str, Any]:
    """A head on top."""
    return {"column": column, "label": style.cut(label, 40), "to": to, "words": words or label}


def matrix(grid: Grid, lines: Sequence[dict[str, Any]], columns: Sequence[dict[str, Any]], proposals: bool) -> Any:
    """The chart; `lines` and `columns`: its heads, for the room they take."""
    # Numbers make room for the hollow mark beside them.
    aside = grid.wide * 0.22 if proposals else 0
    layers = [_blank(), _unasked(aside), _cells(grid, room(grid, columns))]
    if grid.number:
        layers.append(numbers(grid, aside))
    if proposals:
        layers += hollow(grid, aside)
    return framed(grid, layers, lines)


def room(grid: Grid, columns: Sequence[dict[str, Any]]) -> int:
    """Height that the heads on top take, in px."""
    from math import radians, sin

    return round(max((len(column["label"]) for column in columns), default=0) * LETTER * abs(sin(radians(grid.slant)))) + 22


def framed(grid: Grid, layers: Sequence[Any], lines: Sequence[dict[str, Any]]) -> Any:
    """Marks at (`column`, `order`) with their heads."""
    import altair as alt

    left = max((len(line["label"]) * LETTER * (1 if line["level"] else 1.1) + line["level"] * grid.indent for line in lines), default=0) + 14
    return alt.layer(*layers, *_heads(grid, left)).properties(width=alt.Step(grid.wide), height=alt.Step(grid.high)).configure_scale(bandPaddingInner=0.06)


def placed(chart: Any) -> Any:
    """Puts marks at their cells."""
    import altair as alt

    return chart.encode(x=alt.X("column:O", axis=None), y=alt.Y("order:O", axis=None))


def _cells(grid: Grid, offset: int) -> Any:
    import altair as alt

    title, words = grid.legend
    told = " : ".join(f"datum.value == {n} ? {quoted(text)}" for n, text in enumerate(words, 1)) + " : ''" if words else ""
    legend = alt.Legend(title=title, labelExpr=told, symbolType="square", symbolSize=220, columns=5, offset=offset, titleLimit=style.WIDTH) if title else None
    steps = list(range(6))
    chart = alt.Chart(style.named()).transform_calculate(step=grid.shade).mark_rect()
    return placed(chart).encode(
        fill=alt.Fill("step:O", scale=alt.Scale(domain=steps, range=list(style.STEPS)), legend=alt.Legend(**(legend.to_dict() | {"values": steps[1:]})) if legend else None)
    )


def quoted(text: str) -> str:
    """A text inside an expression of Vega."""
    import json

    return json.dumps(text, ensure_ascii=False)


def numbers(grid: Grid, aside: float) -> Any:
    """Numbers of what is read, in letters that show on their cell."""
    import altair as alt

    colours = " : ".join(f"datum.step == {n} ? '{colour}'" for n, colour in enumerate(style.ON_STEPS[:-1])) + f" : '{style.ON_STEPS[-1]}'"
    chart = alt.Chart(style.named()).transform_calculate(step=grid.shade, told=grid.number).mark_text(fontSize=12, dx=-aside, fill=alt.ExprRef(colours))
    return placed(chart).encode(text="told:N")


def hollow(grid: Grid, aside: float) -> list[Any]:
    """Proposals' marks, dashed, with their numbers."""
    import altair as alt

    inner = grid.proposed or grid.number
    # Without a number the mark is a small ring beside the middle, so that the cell's colour shows.
    size = min(grid.high - 8, grid.wide - 4) ** 2 if inner else 48
    around = placed(alt.Chart(style.named("proposals")).mark_point(shape="circle", size=size, opacity=1, xOffset=aside, **style.HOLLOW))
    inside = placed(alt.Chart(style.named("proposals")).transform_calculate(told=inner or "''").mark_text(fontSize=10, fontStyle="italic", dx=aside, fill=style.SOFT))
    return [around, inside.encode(text="told:N")] if inner else [around]


def _blank() -> Any:
    """Cells that were asked about without anything read."""
    import altair as alt

    return placed(alt.Chart(style.named("blank")).transform_filter("datum.state == 'nothing'").mark_rect(fill=style.STEPS[0]))


def _unasked(aside: float) -> Any:
    """Cells that nobody was asked about, or of which nothing is read yet."""
    import altair as alt

    return placed(alt.Chart(style.named("blank")).transform_filter("datum.state != 'nothing'").mark_point(shape="square", filled=True, size=4, opacity=1, xOffset=-aside, color=style.SOFT))


def _heads(grid: Grid, left: float) -> list[Any]:
    import altair as alt

    beside = alt.Chart(style.named("lines")).mark_text(
        align="left", fill=style.INK, dx=alt.ExprRef(f"datum.level * {grid.indent}"), fontWeight=alt.ExprRef("datum.level === 0 ? 'bold' : 'normal'")
    )
    above = alt.Chart(style.named("columns")).mark_text(align="left" if grid.slant else "center", baseline="middle", angle=grid.slant % 360, fill=style.INK, fontSize=12)
    return [
        beside.encode(x=alt.value(-left), y=alt.Y("order:O", axis=None), text="label:N"),
        above.encode(x=alt.X("column:O", axis=None), y=alt.value(-10), text="label:N"),
    ]
