"""Stage statements: core statements that people wrote, with figures and evidence checked; a scaffold where none is written yet."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

from pipeline.claims import reading, scaffold, table
from pipeline.claims.material import Material
from pipeline.language import spoken

if TYPE_CHECKING:
    import pandas as pd


def whole(settings: SimpleNamespace, statements_file: Path, **tables: pd.DataFrame) -> dict[str, list[dict[str, Any]]]:
    """What people wrote, checked; where they wrote nothing yet, what the scaffold offers (kind `draft`). Raises `Stop` for a file that is no text."""
    with spoken(settings.language):
        data = Material(tables, settings)
        written = reading.load(statements_file)
        if written.statements or written.stray:
            return {"findings_statements": table.rows(data, written)}
        offers = scaffold.drafts(data)
        return {
            "findings_statements": [
                table.made(f"e{n:02d}", 0, n, 0, table.DRAFT, text=one.label, section=one.part, code=one.code) for n, one in enumerate(offers, 1)
            ]
        }


def render(settings: SimpleNamespace, statements_file: Path, **tables: pd.DataFrame) -> dict[str, bytes]:
    """The scaffold, always of today's figures; what people wrote is not in it."""
    with spoken(settings.language):
        return {f"editable/{reading.NAME}": scaffold.text(Material(tables, settings)).encode()}
