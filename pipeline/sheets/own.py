"""Our own sheets as they come back: which sheet is which, which column is which, and all that is wrong with them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from pipeline.problems import Problem, did_you_mean
from pipeline.sheets.cells import canonical
from pipeline.sheets.columns import CODES, README, SHEETS, SYNONYMS, Column
from pipeline.sheets.read import Table, place

_NEEDED = {"Kategorien": ("id",), "Regeln": ("code",), "Beispiele": ("code", "text")}


@dataclass(frozen=True)
class Row:
    """A line of a sheet: cells by column key, only of columns that the sheet has. `where` names it for a person."""

    sheet: str
    number: int
    cells: dict[str, str]
    where: str


@dataclass
class Given:
    """What a file says: rows by sheet (a sheet that is missing has no key), problems, and remarks that stop nothing."""

    rows: dict[str, list[Row]] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)


def is_own(tables: Sequence[Table]) -> bool:
    """Whether these are sheets that `make codebook` wrote, however much they were edited."""
    return any(table.name in SHEETS or _looks_like_codes(table) for table in tables)


def own(tables: Sequence[Table], file: str) -> Given:
    """Rows of our sheets, with every problem of their shape."""
    given = Given()
    names = {table.name for table in tables}
    for name in SHEETS:
        table = next((t for t in tables if t.name == name), None)
        if table is None and name == CODES:
            table = next((t for t in tables if t.name not in SHEETS and _looks_like_codes(t)), None)
        if table is not None:
            _sheet(given, table, name, file)
        elif tables[0].name:
            _missing(given, name, sorted(names - set(SHEETS) - {README}), file)
    return given


def _missing(given: Given, name: str, others: list[str], file: str) -> None:
    hint = did_you_mean(name, others)
    if name == CODES or hint.startswith("Meinten"):
        given.problems.append(Problem(file, 0, f"Das Blatt »{name}« fehlt.", hint.replace("Bekannt sind", "Da sind")))
    else:
        given.remarks.append(f"Das Blatt »{name}« fehlt; was darin stand, bleibt im Codebuch, wie es ist.")


def heading_key(heading: str, columns: Sequence[Column]) -> str:
    """The column key that a heading means, or nothing.

    >>> from pipeline.sheets.columns import CODE_COLUMNS
    >>> heading_key("FRÜHER", CODE_COLUMNS), heading_key("tag", CODE_COLUMNS), heading_key("Notizen", CODE_COLUMNS)
    ('was', 'id', '')
    """
    plain = _plain(heading)
    for column in columns:
        if plain in (_plain(column.heading), _plain(column.heading.partition("(")[0])):
            return column.key
    key = SYNONYMS.get(plain, "")
    return key if any(column.key == key for column in columns) else ""


def _plain(text: str) -> str:
    return re.sub(r"\s+", " ", text).strip().lower()


def _looks_like_codes(table: Table) -> bool:
    first = table.rows[0][1] if table.rows else []
    keys = [heading_key(cell, SHEETS[CODES]) for cell in first]
    return "id" in keys and ("parent" in keys or any(_plain(cell) == "kennung" for cell in first))


def _sheet(given: Given, table: Table, name: str, file: str) -> None:
    columns = SHEETS[name]
    if not table.rows:
        given.problems.append(Problem(place(file, table.name), 0, "Das Blatt ist leer.", "In der ersten Zeile stehen die Überschriften."))
        return
    number, heads = table.rows[0]
    keys = [heading_key(head, columns) for head in heads]
    _check_heads(given, table, name, keys, place(file, table.name, number))
    used = {position for position, key in enumerate(keys) if key}
    for row, column, what, hint in table.faults:
        if column in used:
            given.problems.append(Problem(place(file, table.name, row, heads[column]), 0, what, hint))
    for first, last, joined in table.merged:
        if last > number:
            what = f"Die Zellen {joined} sind verbunden."
            given.problems.append(Problem(place(file, table.name, first), 0, what, "Bitte die Verbindung aufheben und jede Zelle ausfüllen."))
    if not set(_NEEDED[name]) <= set(keys):
        return
    by_key = {column.key: column for column in columns}
    given.rows[name] = []
    for row, texts in table.rows[1:]:
        padded = texts + [""] * (len(keys) - len(texts))
        cells = {key: canonical(by_key[key], text) for key, text in zip(keys, padded, strict=False) if key}
        if any(cells.values()):
            given.rows[name].append(Row(name, row, cells, place(file, table.name, row)))


def _check_heads(given: Given, table: Table, name: str, keys: list[str], where: str) -> None:
    heads, columns = table.rows[0][1], SHEETS[name]
    missing = [column for column in columns if column.key not in keys]
    for head, key in zip(heads, keys, strict=True):
        if head and not key:
            hint = did_you_mean(head, [column.heading for column in missing])
            if hint.startswith("Meinten"):
                given.problems.append(Problem(where, 0, f"Die Überschrift »{head[:40]}« ist unbekannt.", hint))
            else:
                given.remarks.append(f"{where}: Die Spalte »{head[:40]}« gehört nicht dazu und wurde nicht gelesen.")
    for key in sorted({key for key in keys if key and keys.count(key) > 1}):
        heading = next(column.heading for column in columns if column.key == key)
        given.problems.append(Problem(where, 0, f"Die Spalte »{heading}« steht zweimal da.", "Bitte eine davon streichen."))
    for column in missing:
        if column.key in _NEEDED[name]:
            given.problems.append(Problem(where, 0, f"Die Spalte »{column.heading}« fehlt.", did_you_mean(column.heading, [h for h in heads if h])))
