"""Stage worksheets: files for people to edit."""

from __future__ import annotations

from types import SimpleNamespace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pandas as pd


def render(
    documents: pd.DataFrame, speakers: pd.DataFrame, cases: pd.DataFrame, turns: pd.DataFrame, codes: pd.DataFrame, actors: pd.DataFrame, findings_mentions: pd.DataFrame, findings_points: pd.DataFrame, findings_inventory: pd.DataFrame, findings_measures: pd.DataFrame, findings_indicators: pd.DataFrame, findings_summaries: pd.DataFrame, findings_matrix: pd.DataFrame, settings: SimpleNamespace,
) -> dict[str, bytes]:  # fmt: skip
    """All tables of this stage."""
    return {}
