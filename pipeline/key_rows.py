"""Rows of the key of names: whether one interview alone has what they replace. `words` are that interview's, `elsewhere` those of all others."""

from __future__ import annotations

import re

from pipeline.cuts import Cell

Row = dict[str, Cell]


def only_here(row: Row, words: str, elsewhere: str) -> bool:
    """Whether a row, where it does not say itself in which interviews, replaces names of this one alone."""
    if "docs" in row and row["docs"].text:
        return False
    patterns = [_form(form) for form in _forms(row.get("forms") or row.get("form"))]
    here = any(p.search(words) for p in patterns)
    return here and not any(p.search(elsewhere) for p in patterns)


def without_forms(row: Row, words: str, elsewhere: str) -> list[tuple[Cell, str]]:
    """The cells of a row that stays, without the spellings that only this interview has: people merge rows."""
    forms = _forms(row.get("forms"))
    lost = [f for f in forms if _form(f).search(words) and not _form(f).search(elsewhere)]
    left = [form for form in forms if form not in lost]
    if not lost or not left:
        return []
    cells = [(row["forms"], " | ".join(left))]
    if "name" in row and row["name"].text in lost:
        cells.append((row["name"], left[0]))
    if "note" in row and any(_form(form).search(row["note"].text) for form in lost):
        cells.append((row["note"], ""))
    return [(cell, _field(text)) for cell, text in cells]


def _field(text: str) -> str:
    """A cell as CSV writes it, whatever separates cells in the file."""
    return '"' + text.replace('"', '""') + '"' if re.search(r'[;,\t"\n]', text) else text


def _forms(cell: Cell | None) -> list[str]:
    return [form.strip() for form in cell.text.split("|") if form.strip()] if cell else []


def _form(form: str) -> re.Pattern[str]:
    return re.compile(r"(?<![^\W_])" + r"\s+".join(map(re.escape, form.split())))
