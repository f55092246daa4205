"""Working sheets as they come back: which sheet is which, which column is which, and all that is wrong with their shape."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from pipeline.forms.book import BESIDE, STATE, STATE_COLUMNS, STATE_ROW, beside
from pipeline.forms.sheet import BY_NAME, FILL, SHEETS, Sheet
from pipeline.problems import Problem, did_you_mean
from pipeline.sheets.columns import SHEETS as CODEBOOK
from pipeline.sheets.read import Table, place

Key = tuple[str, ...]


@dataclass(frozen=True)
class Line:
    """A row: its number in Excel, its cells by column name (key and columns to fill), and its place in words."""

    number: int
    cells: dict[str, str]
    where: str


@dataclass
class Given:
    """What a sheet says. `base`: what was written into it, by key; None where the file does not tell (a CSV)."""

    sheet: Sheet
    where: str
    lines: list[Line] = field(default_factory=list)
    fills: tuple[str, ...] = ()
    base: dict[Key, dict[str, str]] | None = None
    problems: list[Problem] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)


def plain(text: str) -> str:
    """A heading as it is compared.

    >>> plain(" Dasselbe  wie (Kennung)")
    'dasselbe wie (kennung)'
    """
    return re.sub(r"\s+", " ", text).strip().casefold()


def kind(table: Table, states: Sequence[str] = ()) -> Sheet | None:
    """Which working sheet a table is, by its headings; by its name where it has at least one of them. `states`: those the file was written with."""
    heads = {plain(cell) for cell in table.rows[0][1]} if table.rows else set()
    scored = []
    for sheet in SHEETS:
        fills = [plain(c.heading) in heads for c in sheet.columns if c.role == FILL]
        every = sum(plain(c.heading) in heads for c in sheet.columns)
        keys = all(plain(c.heading) in heads for c in sheet.columns if c.name in sheet.key)
        named = table.name == sheet.title and (every > 0 or sheet.name in states)
        if named or (keys and sum(fills) * 2 >= len(fills)):
            scored.append((named, sum(fills), every, sheet.name))
    return BY_NAME[max(scored)[3]] if scored else None


def recognised(tables: Sequence[Table], file: str) -> list[Given]:
    """Every working sheet in a file with its problems; none where there is none: then the file is something else."""
    if any(table.name in CODEBOOK for table in tables):
        return []
    states = _states(tables)
    found: dict[str, Given] = {}
    for table in tables:
        sheet = kind(table, tuple(states)) if table.name != STATE else None
        if sheet is None:
            continue
        one = Given(sheet, place(file, table.name), base=states.get(sheet.name))
        if sheet.name in found:
            one.problems.append(Problem(one.where, 0, f"Zwei Blätter sehen aus wie »{sheet.title}«.", "Bitte das überzählige löschen."))
            found[f"{sheet.name} {table.name}"] = one
        else:
            found[sheet.name] = one
        _read(one, table, file)
    for name in states:
        if name not in found and found:
            next(iter(found.values())).remarks.append(f"Das Blatt »{BY_NAME[name].title}« fehlt; was darin stand, bleibt, wie es ist.")
    return list(found.values())


def _states(tables: Sequence[Table]) -> dict[str, dict[Key, dict[str, str]]]:
    """Sheet -> key -> what was written, from the hidden sheet."""
    rows = next((table.rows for table in tables if table.name == STATE), [])
    names: dict[str, list[str]] = {}
    found: dict[str, dict[Key, dict[str, str]]] = {}
    for _, cells in rows:
        name, what, *values = [*cells, "", ""]
        if name not in BY_NAME:
            continue
        if what == STATE_COLUMNS:
            names[name] = [value for value in values if value]
            found.setdefault(name, {})
        elif what == STATE_ROW and name in names:
            row = dict(zip(names[name], values, strict=False))
            found[name][tuple(row.get(part, "") for part in BY_NAME[name].key)] = row
    return found


def _read(one: Given, table: Table, file: str) -> None:
    if not table.rows:
        one.problems.append(Problem(one.where, 0, "Das Blatt ist leer.", "In der ersten Zeile stehen die Überschriften."))
        return
    number, heads = table.rows[0]
    by_heading = {plain(c.heading): c.name for c in one.sheet.columns}
    names = [by_heading.get(plain(head), "") for head in heads]
    _check_heads(one, heads, names, place(file, table.name, number))
    wanted = {*one.sheet.key, *one.sheet.fills}
    used = {n for n, name in enumerate(names) if name in wanted}
    for row, column, what, hint in table.faults:
        if column in used:
            one.problems.append(Problem(place(file, table.name, row, heads[column]), 0, what, hint))
    for first, last, joined in table.merged:
        if last > number:
            what = f"Die Zellen {joined} sind verbunden."
            one.problems.append(Problem(place(file, table.name, first), 0, what, "Bitte die Verbindung aufheben und jede Zelle ausfüllen."))
    if not set(one.sheet.key) <= set(names):
        return
    one.fills = tuple(name for name in one.sheet.fills if name in names)
    marks = {row.get(BESIDE, ""): key for key, row in (one.base or {}).items()}
    for row, texts in table.rows[1:]:
        every = {name: text for name, text in zip(names, [*texts, *[""] * (len(names) - len(texts))], strict=False) if name}
        cells = {name: text for name, text in every.items() if name in wanted}
        if any(cells.values()):
            one.lines.append(Line(row, cells, place(file, table.name, row)))
            _check_sorted(one, every, marks)
    _check_empty(one)


def _check_sorted(one: Given, cells: dict[str, str], marks: dict[str, Key]) -> None:
    """A row whose key stands beside what belongs to another one: somebody sorted some columns without the others."""
    key, mark = tuple(cells[name] for name in one.sheet.key), beside(one.sheet, cells)
    told = (one.base or {}).get(key, {}).get(BESIDE, "")
    if told and mark and mark != told and mark in marks:
        what = f"»{', '.join(key)}« steht neben dem Text von »{', '.join(marks[mark])}«: Wurden einzelne Spalten sortiert?"
        one.problems.append(Problem(one.lines[-1].where, 0, what, "Bitte rückgängig machen und immer alle Spalten zusammen sortieren."))


def _check_empty(one: Given) -> None:
    if one.base and not one.lines:
        one.problems.append(Problem(one.where, 0, "Das Blatt hat keine Zeilen mehr.", "Bitte die Zeilen wiederherstellen; nichts wurde geändert."))


def _check_heads(one: Given, heads: list[str], names: list[str], where: str) -> None:
    """A column that was renamed must not look like one that nobody filled."""
    headings = {c.name: c.heading for c in one.sheet.columns}
    unknown = [head for head, name in zip(heads, names, strict=True) if head and not name]
    for name in sorted({n for n in names if n and names.count(n) > 1}):
        one.problems.append(Problem(where, 0, f"Die Spalte »{headings[name]}« steht zweimal da.", "Bitte eine davon löschen oder umbenennen."))
    for name in (name for name in (*one.sheet.key, *one.sheet.fills) if name not in names):
        what = f"Die Spalte »{headings[name]}« fehlt."
        if name in one.sheet.key or unknown:
            hint = f"Wurde sie umbenannt? {did_you_mean(headings[name], unknown).replace('Bekannt sind', 'Da sind')}" if unknown else "Bitte wieder einfügen."
            one.problems.append(Problem(where, 0, what, hint.strip()))
        else:
            one.remarks.append(f"{one.where}: {what} Was darin stand, bleibt, wie es ist.")
    if unknown and not one.problems:
        one.remarks.append(f"{one.where}: nicht übernommen, weil unbekannt: {', '.join(f'»{head}«' for head in unknown)}.")
