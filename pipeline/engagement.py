"""Stage engagement: the inventory of engagement and what limits it."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pandas as pd


def whole(
    cases: pd.DataFrame, speakers: pd.DataFrame, turns: pd.DataFrame, changes: pd.DataFrame, replacements: pd.DataFrame, segments: pd.DataFrame, tokens: pd.DataFrame, types: pd.DataFrame, codes: pd.DataFrame, findings_scope: pd.DataFrame, findings_mentions: pd.DataFrame, settings: SimpleNamespace, inventory_file: Path,
) -> dict[str, list[dict[str, Any]] | pd.DataFrame]:  # fmt: skip
    """All tables of this stage."""
    return {"findings_inventory": [], "findings_capacity": []}
