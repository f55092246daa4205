"""A table as plain values, for page and Word document alike: cells are words, or words that lead somewhere."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple


class Cell(NamedTuple):
    """Words with an address in the page (`to`, may be empty); `german`: words of the codebook or of researchers, in whatever language the report is."""

    text: str
    to: str = ""
    german: bool = False


class Table(NamedTuple):
    """`rows`: as many cells as `head` has; `numbers`: columns that are aligned right."""

    caption: str
    head: tuple[str, ...]
    rows: Sequence[tuple[Cell, ...]]
    numbers: frozenset[int] = frozenset()

    def plain(self) -> list[tuple[str, ...]]:
        """The rows without addresses."""
        return [tuple(cell.text for cell in row) for row in self.rows]


def table(caption: str, head: Sequence[str], rows: Iterable[Sequence[str | Cell]], numbers: Iterable[int] = ()) -> Table | None:
    """A table; None where it has no rows.

    >>> table("Leer", ["a"], []) is None, table("Voll", ["a"], [["x"]]).rows
    (True, [(Cell(text='x', to='', german=False),)])
    """
    made = [tuple(cell if isinstance(cell, Cell) else Cell(cell) for cell in row) for row in rows]
    return Table(caption, tuple(head), made, frozenset(numbers)) if made else None
