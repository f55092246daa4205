"""What a picture of the report is: words, rows with addresses, a drawing of them, and the table that says the same."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

Row = dict[str, Any]
Cell = str | int | float | dict[str, Any]  # {"text": …, "to": an address}; "open": True for a proposal; "of": "people" or "places" where the text counts what `to` shows


@dataclass(frozen=True)
class Picture:
    """One picture.

    `chart`: an Altair chart (or its dict) over `style.named()`, the data set `rows`; `more`: further data sets by name. Rows hold plain
    values (str, int, float, bool, None, lists of them), among them `to`, an address that a click follows, and `words`, lines for
    hovering: text, or the name of a text of `words` below, which many rows share (without `words`, `state` is that name). `{people}` or any
    other field's name in braces there stands for that field's value; in a matrix `{label}` and `{value}` may be left to the heads of line and column.
    `count`: the field of a row that counts what its `to` shows, as "people" or "places" (empty: nothing is counted anew in the page).
    `headings` and `table`: what "Als Tabelle" shows; the first cell of a row is its head.
    """

    title: str
    caption: str
    alt: str
    chart: Any
    rows: Sequence[Row]
    headings: Sequence[str]
    table: Sequence[Sequence[Cell]]
    more: Mapping[str, Sequence[Row]] = field(default_factory=dict)
    count: str = ""
    words: Mapping[str, str] = field(default_factory=dict)
    fold: bool = False  # rows with `level` > 0 (their own, else their line's) are shown in the page once their `family` is opened


# Tables, names and settings as `sections/answers/desk.py` has them -> the picture; a dict where there is one for each value of something
# (end of the id -> picture), nothing where the material has nothing to show.
Drawer = Callable[[Any], Picture | dict[str, Picture] | None]
