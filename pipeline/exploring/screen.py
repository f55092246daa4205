"""Parts of an answer as lines of a terminal: aligned, at most 110 columns, one letter a column whatever its accents."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable

from pipeline.exploring.part import Cell, Column, Part

WIDTH = 110
LINES = 20


def lines(part: Part, where: str, most: int = LINES) -> list[str]:
    """The first lines of a part under its title; `where` names the file that holds all of them."""
    shown = [(n, column) for n, column in enumerate(part.columns) if column.width]
    told = [f"== {part.title} " + "=" * max(0, 60 - width(part.title))]
    for note in part.notes:
        told += wrapped(note)
    if not part.rows:
        return [*told, "  (nichts gefunden)", ""]
    told.append("  ".join(_fit(column.heading, column, _numeric(part, n)) for n, column in shown).rstrip())
    for row in part.rows[:most]:
        told.append("  ".join(_fit(text(row[n], column.digits), column, _numeric(part, n)) for n, column in shown).rstrip())
    more = len(part.rows) - most
    return [*told, *([f"  … und {more} weitere {'Zeile' if more == 1 else 'Zeilen'} in {where}"] if more > 0 else []), ""]


def _numeric(part: Part, column: int) -> bool:
    return any(isinstance(row[column], (int, float)) for row in part.rows[:LINES])


def text(cell: Cell, digits: int = 0) -> str:
    """
    >>> text(12.345, 1), text(-0.0, 1), text(None), text("a\\nb"), text(1234)
    ('12,3', '0,0', '', 'a b', '1234')
    """
    if cell is None:
        return ""
    if isinstance(cell, float):
        return f"{round(cell, digits) + 0.0:.{digits}f}".replace(".", ",")
    return printable(str(cell))


def printable(words: str) -> str:
    """One line of letters that take up room; what would move a terminal's cursor is gone."""
    one = " ".join(unicodedata.normalize("NFC", words).split())
    return "".join(c for c in one if unicodedata.category(c) not in ("Cc", "Cf", "Cs", "Co", "Cn"))


def width(words: str) -> int:
    """Columns of a terminal that a text takes up.

    >>> width("Straße"), width("e\\u0301"), width("日本")
    (6, 1, 4)
    """
    return sum(0 if unicodedata.combining(c) else 2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in words)


def _fit(words: str, column: Column, numeric: bool) -> str:
    short = cut(words, column.width, column.end)
    room = " " * (column.width - width(short))
    return room + short if column.end or numeric else short + room


def cut(words: str, room: int, end: bool = False) -> str:
    """A text that fits into so many columns, its end or its beginning kept.

    >>> cut("Nachbarschaft", 8), cut("Nachbarschaft", 8, end=True), cut("Raum", 8)
    ('Nachbar…', '…rschaft', 'Raum')
    """
    if width(words) <= room:
        return words
    kept = words[::-1] if end else words
    while kept and width(kept) > room - 1:
        kept = kept[:-1]
    return "…" + kept[::-1] if end else kept + "…"


def wrapped(note: str, room: int = WIDTH) -> list[str]:
    """A note broken between words."""
    told, line = [], ""
    for word in printable(note).split(" "):
        if line and width(line) + 1 + width(word) > room:
            told.append(line)
            line = word
        else:
            line = f"{line} {word}".strip()
    return [*told, line] if line else told


def broken(sentences: Iterable[str]) -> list[str]:
    """Sentences as lines that fit; an empty one stays."""
    return [part for sentence in sentences for part in (wrapped(sentence) or [""])]
