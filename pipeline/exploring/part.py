"""A part of an answer: one table with its heading, what must be known to read it, and a key a row for notes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

Cell = str | int | float | None
FEW = 3  # people below which a figure says so


@dataclass(frozen=True)
class Key:
    """What a note belongs to: kind and stable key; `doc` where the line is of one interview alone."""

    kind: str
    key: str
    doc: str = ""


@dataclass(frozen=True)
class Column:
    """`width` in letters on the screen (0: only in the workbook); `end`: of a long text the end is shown, at the right."""

    heading: str
    width: int = 0
    end: bool = False
    digits: int = 0


@dataclass(frozen=True)
class Part:
    title: str  # the sheet's name, at most 31 letters
    columns: tuple[Column, ...]
    rows: Sequence[tuple[Cell, ...]]
    keys: Sequence[Key]
    notes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Answer:
    """What was asked for: the workbook's name, a title, its parts, remarks before and lines after them on the screen."""

    name: str
    title: str
    parts: Sequence[Part]
    remarks: Sequence[str] = ()
    closing: Sequence[str] = ()


def few(n_cases: int) -> str:
    """The note beside figures of few people.

    >>> few(1), few(2), few(3)
    ('nur bei einer Person', 'nur bei zwei Personen', '')
    """
    if n_cases >= FEW:
        return ""
    return ("bei niemandem", "nur bei einer Person", "nur bei zwei Personen")[n_cases]


def people(n: int) -> str:
    """
    >>> people(1), people(4)
    ('einer befragten Person', '4 Befragten')
    """
    return "einer befragten Person" if n == 1 else f"{n} Befragten"


def per_ten_thousand(n: float, words: int) -> float | None:
    return round(10_000 * n / words, 2) if words else None
