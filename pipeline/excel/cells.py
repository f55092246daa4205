"""Cells of a sheet, written a column at a time: strings as strings inside the sheet, numbers as numbers, days as days.

XlsxWriter keeps a shared list of all strings and a Python object for each cell. Quotes are unique and there are hundreds of thousands of
cells, so the sheets with tables write their rows themselves; all else (styles, filters, widths) is XlsxWriter's.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from math import inf
from typing import Any
from xml.sax.saxutils import escape

import xlsxwriter.worksheet
from xlsxwriter.utility import xl_col_to_name

MAX_CELL = 32_000  # Excel cuts at 32,767
RISKY = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")  # how a cell begins that some program may take for a formula
_FIRST_DAY = datetime.date(1899, 12, 30)  # Excel counts days from here
_FORBIDDEN = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]|[\u200e\u200f\u202a-\u202e\u2066-\u2069]")
_CODED = re.compile("_(?=x[0-9a-fA-F]{4}_)")  # Excel would read _x0041_ as a letter
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


class Rows(xlsxwriter.worksheet.Worksheet):
    """A sheet whose rows below the first are columns of ready cells (`columns`)."""

    columns: Sequence[Sequence[str]] = ()

    def _write_rows(self) -> None:
        last: int = self.dim_rowmax  # type: ignore[has-type]
        self.dim_rowmax = self.dim_rowmin  # the library writes the head alone
        super()._write_rows()
        self.dim_rowmax = last
        if self.columns:
            self.fh.write("".join(_lines(self.columns)))


def _lines(columns: Sequence[Sequence[str]]) -> list[str]:
    names = [xl_col_to_name(n) for n in range(len(columns))]
    out = []
    for n, row in enumerate(zip(*columns, strict=True), 2):
        inside = [f'<c r="{name}{n}{cell}' for name, cell in zip(names, row, strict=True) if cell]
        out.append(f'<row r="{n}">{"".join(inside)}</row>')
    return out


def texts(values: Sequence[str], quoted: int, wrapped: int, share: Callable[[str], int]) -> list[str]:
    """Cells of text; an empty one is no cell.

    `quoted`: number of the style that keeps Excel from reading a formula, also on editing; `wrapped`: of the others (0: none). `share`: number
    of a string in the book's list, for columns in which few strings stand again and again; quotes stand in their cell.
    """
    distinct = set(values)
    often = 2 * len(distinct) < len(values)
    known = {value: (_cell(value, quoted, wrapped, share(clean(value[:MAX_CELL]))) if often else text(value, quoted, wrapped)) if value else "" for value in _ordered(values, distinct)}
    return [known[value] for value in values]


def _ordered(values: Sequence[str], distinct: set[str]) -> Iterable[str]:
    """The distinct values as they come: a set has another order in every run."""
    return dict.fromkeys(values) if len(distinct) < len(values) else values


def _style(value: str, quoted: int, wrapped: int) -> str:
    style = quoted if value.lstrip(" \u00a0\ufeff").startswith(RISKY) else wrapped
    return f' s="{style}"' if style else ""


def _cell(value: str, quoted: int, wrapped: int, number: int) -> str:
    return f'"{_style(value, quoted, wrapped)} t="s"><v>{number}</v></c>'


def text(value: str, quoted: int, wrapped: int = 0) -> str:
    """
    >>> text("a<b", 3), text("=1 ", 3)
    ('" t="inlineStr"><is><t>a&lt;b</t></is></c>', '" s="3" t="inlineStr"><is><t xml:space="preserve">=1 </t></is></c>')
    """
    shown = escape(_CODED.sub("_x005F_", clean(value[:MAX_CELL]))).replace("\r", "_x000D_")
    space = ' xml:space="preserve"' if shown != shown.strip() or "\n" in shown else ""
    return f'"{_style(value, quoted, wrapped)} t="inlineStr"><is><t{space}>{shown}</t></is></c>'


def clean(value: str) -> str:
    """Text without signs that XML forbids or that would show it in another order.

    >>> clean("a\\x00b\\u202ec")
    'abc'
    """
    return _FORBIDDEN.sub("", value)


def numbers(values: Sequence[Any], style: int) -> list[str]:
    """Cells of numbers; an unknown one, or one without end, is no cell."""
    s = f' s="{style}"' if style else ""
    return [f'"{s}><v>{value}</v></c>' if value == value and abs(value) != inf else "" for value in values]


def days(values: Sequence[str], style: int, other: Callable[[Sequence[str]], list[str]]) -> list[str]:
    """Cells of days; what is no day of the calendar stays text.

    >>> days(["2026-01-01", ""], 4, lambda values: list(values))
    ['" s="4"><v>46023</v></c>', '']
    """
    found = other(values)
    for n, value in enumerate(values):
        if (day := _day(value)) is not None:
            found[n] = f'" s="{style}"><v>{(day - _FIRST_DAY).days}</v></c>'
    return found


def _day(value: str) -> datetime.date | None:
    if not _DAY.fullmatch(value):
        return None
    try:
        return datetime.date.fromisoformat(value)
    except ValueError:
        return None


def worded(values: Sequence[str], words: Mapping[str, str]) -> list[str]:
    """Words of the program in those of people; several are joined by a plus. What is no such word stays.

    >>> worded(["rename+hide", "a+b", "60+"], {"rename": "umbenannt", "hide": "ausgeblendet"})
    ['umbenannt, ausgeblendet', 'a+b', '60+']
    """
    if not words:
        return list(values)
    known: dict[str, str] = {}
    for value in values:
        if value not in known:
            parts = value.split("+")
            known[value] = ", ".join(words[part] for part in parts) if all(part in words for part in parts) else value
    return [known[value] for value in values]
