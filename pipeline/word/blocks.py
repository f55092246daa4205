"""What a document consists of, as plain values: chapters make them, `xml` writes them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Heading:
    """A heading of level 1 to 3."""

    level: int
    text: str


@dataclass(frozen=True)
class Text:
    """A paragraph; `style` is a key of `xml.STYLES`."""

    text: str
    style: str = "text"


@dataclass(frozen=True)
class Points:
    """A list with bullets; proposals of the machine stand in italics."""

    items: tuple[str, ...]
    proposal: bool = False


@dataclass(frozen=True)
class Table:
    """A table with a caption above and a head that every page repeats. `numbers`: columns that are aligned right."""

    caption: str
    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    numbers: frozenset[int] = frozenset()
    proposal: bool = False
    more: int = 0  # rows left out, of which a line below tells


@dataclass(frozen=True)
class Quote:
    """Words of a respondent with where they stand; `withheld`: a remark stands for them, which is no quotation."""

    words: str
    source: str
    proposal: bool = False
    withheld: bool = False


@dataclass(frozen=True)
class Picture:
    """A drawing with what it shows in words, for those who cannot see it."""

    title: str
    caption: str
    alt: str
    svg: str


Block = Heading | Text | Points | Table | Quote | Picture
MOST_ROWS = 40  # rows of a table: a report, no list of everything; tables.xlsx has all


def table(
    caption: str, heads: Sequence[str], rows: Sequence[Sequence[object]], numbers: Sequence[int] = (), proposal: bool = False, most: int = MOST_ROWS
) -> list[Block]:
    """A table of at most `most` rows; nothing where there are no rows.

    >>> table("Leer", ["a"], [])
    []
    >>> table("Voll", ["a", "b"], [["x", 1], ["y", 2]], [1], most=1)[0].more
    1
    """
    if not rows:
        return []
    cells = tuple(tuple("" if cell is None else str(cell) for cell in row) for row in rows[:most])
    return [Table(caption, tuple(heads), cells, frozenset(numbers), proposal, max(0, len(rows) - most))]


def points(items: Sequence[str], proposal: bool = False) -> list[Block]:
    """A list; nothing where there is nothing to list."""
    shown = tuple(item for item in items if item)
    return [Points(shown, proposal)] if shown else []


def text(words: str, style: str = "text") -> list[Block]:
    """A paragraph; nothing where there are no words."""
    return [Text(words, style)] if words else []
