"""Stage statements: core statements that people wrote, with figures and evidence checked; a scaffold where none is written yet."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pandas as pd


def whole(settings: SimpleNamespace, statements_file: Path, **tables: pd.DataFrame) -> dict[str, list[dict[str, Any]]]:
    return {"findings_statements": []}


def render(settings: SimpleNamespace, statements_file: Path, **tables: pd.DataFrame) -> dict[str, bytes]:
    return {"editable/statements.md": b""}
