"""Stage pictures: every picture of the report as data, as a drawing for print, and as a description that the page draws live."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pandas as pd


def whole(
    settings: SimpleNamespace, guide_file: Path, pictures_before: pd.DataFrame | None, **tables: pd.DataFrame
) -> dict[str, list[dict[str, Any]]]:
    return {"pictures": []}
