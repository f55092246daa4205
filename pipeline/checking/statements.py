"""The core statements that people wrote, checked against the last run's tables."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING

from pipeline.claims import advice as told
from pipeline.claims import table
from pipeline.claims.material import READS, Material
from pipeline.claims.reading import NAME as NAME
from pipeline.claims.reading import load
from pipeline.problems import Stop
from pipeline.study import Study

if TYPE_CHECKING:
    from pipeline.passages import Read


def advice(path: Path, shown: str, study: Study, read: Read) -> list[str]:
    """What to mend or to look at, one line each with file and line; nothing where none are written. Raises `Stop` for a file that is no text."""
    written = load(path)
    if not written.statements and not written.stray:
        return []
    try:
        tables = {name: read(name) for name in READS}
    except Stop:
        return [f"{shown}: Die Kernaussagen prüft »make check« erst nach »make analyze«."]
    settings = SimpleNamespace(variables=study.variables, answers=study.answers)
    return told.lines(table.rows(Material(tables, settings), written), shown)
