"""What people changed in a workbook and did not adopt: kept until they do, and no sentence of an interview with it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from pipeline.forms.book import Page, workbook
from pipeline.forms.corrections import is_own, key_of, read
from pipeline.forms.following import followed, given_now
from pipeline.forms.given import Given, recognised
from pipeline.forms.merging import Merged, merge
from pipeline.problems import Stop
from pipeline.sheets.read import read as read_tables


def cells(edited: Path, codebooks: Path, table: Callable[[str], Iterable[Mapping[str, Any]]]) -> bytes:
    """A workbook with the changed cells alone; the file itself where it cannot be read or adopted as it is; nothing where all is adopted."""
    content = edited.read_bytes()
    known = list(table("codes")), list(table("cases"))
    try:
        sheets = recognised(read_tables(content, edited.name), edited.name)
        kept = [followed(read(codebooks / one.sheet.file, one.sheet), one.sheet, *known) for one in sheets]
    except Stop:
        return content
    for one in sheets:
        given_now(one, *known)
    done = [merge(one, table(one.sheet.table), rows) for one, rows in zip(sheets, kept, strict=True)]
    if not done or any(one.problems for one in done):
        return content
    if not any(one.lines for one in done):
        return b""
    if any(one.base is None for one in sheets):
        return content
    return touched(list(zip(sheets, done, strict=True)), edited.name)


def touched(found: Sequence[tuple[Given, Merged]], file: str) -> bytes:
    """A workbook with nothing but the cells that people changed and may yet adopt: no sentence of an interview is kept for them."""
    pages = []
    for given, done in found:
        sheet, base = given.sheet, given.base
        assert base is not None  # a file that does not tell what was written is kept as it is
        said = {key: cells for key, cells in done.touched if any(key)}
        rows = [{**base.get(key, {}), **dict(zip(sheet.key, key, strict=True)), **cells} for key, cells in said.items()]
        rows += [cells for key, cells in done.touched if not any(key)]
        own = {key for key in base if is_own(key) and key not in said}
        left = [key for key in own if key in {key_of(line.cells, sheet) for line in given.lines}]
        rows += [dict(base[key]) for key in sorted(left)]
        pages.append(Page(sheet, rows, [base[key] for key in base if key in said or key in own]))
    return workbook(pages, "Änderungen, die noch nicht übernommen sind", file)
