"""What people wrote into working sheets: read from the kept files, and laid over what the machine proposes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from pipeline.forms.sheet import EMPTY, Sheet
from pipeline.lists import Listing, read_list
from pipeline.problems import Problem, Stop

PROPOSED, EDITED, ADDED, LOST = "proposed", "edited", "added", "lost"
Row = dict[str, Any]


def listing(sheet: Sheet) -> Listing:
    """How the kept file of a sheet is read."""
    return Listing(sheet.file, sheet.key, filled=sheet.key if not sheet.adding else ())


def read(path: Path, sheet: Sheet) -> list[dict[str, str]]:
    """Rows of the kept file, each with its `line`; none where there is no file. Raises `Stop` with every problem and its line."""
    rows = read_list(path, listing(sheet))
    seen: dict[tuple[str, ...], str] = {}
    problems = []
    for row in rows:
        key = tuple(row[name] for name in sheet.key)
        if all(key) and key in seen:
            problems.append(Problem(sheet.file, int(row["line"]), f"»{', '.join(key)}« steht schon in Zeile {seen[key]}.", "Bitte eine der beiden Zeilen streichen."))
        seen.setdefault(key, row["line"])
    if problems:
        raise Stop(problems)
    return rows


def laid_over(proposed: Iterable[Mapping[str, Any]], kept: Sequence[Mapping[str, str]], sheet: Sheet) -> list[Row]:
    """Every proposed row with what people wrote, then rows that people alone have; all with `state` and `edited`.

    `state`: proposed (nobody touched it), edited, added (a row of people's own), lost (the machine no longer proposes what it stood for).
    `edited`: the columns that people filled, joined by a plus sign. A row of the kept file whose key is empty is a row of people's own.
    """
    by_key = {tuple(row.get(name, "") for name in sheet.key): row for row in kept}
    rows: list[Row] = []
    used = set()
    for row in proposed:
        key = tuple(str(row[name]) for name in sheet.key)
        used.add(key)
        rows.append(_over(row, by_key[key], sheet, EDITED) if key in by_key else {**row, "state": PROPOSED, "edited": ""})
    for n, row in enumerate(kept):
        key = tuple(row.get(name, "") for name in sheet.key)
        if key not in used:
            own = not all(key) or all(part.startswith("+") for part in key)
            blank: Row = dict.fromkeys((*sheet.key, *sheet.fills), "")
            named = dict(zip(sheet.key, key, strict=True)) if all(key) else dict.fromkeys(sheet.key, f"+{n + 1}")
            rows.append(_over({**blank, **named}, row, sheet, ADDED if own else LOST))
    return rows


def _over(row: Mapping[str, Any], said: Mapping[str, str], sheet: Sheet, state: str) -> Row:
    filled = {name: said[name] for name in sheet.fills if said.get(name)}
    values = {name: "" if value == EMPTY else value for name, value in filled.items()}
    return {**row, **values, "state": state if filled or state != EDITED else PROPOSED, "edited": "+".join(filled)}
