"""Stage summaries: each case as people write it out."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pandas as pd


def whole(
    cases: pd.DataFrame, speakers: pd.DataFrame, turns: pd.DataFrame, segments: pd.DataFrame, codes: pd.DataFrame, findings_scope: pd.DataFrame, findings_mentions: pd.DataFrame, findings_quotes: pd.DataFrame, findings_cases: pd.DataFrame, settings: SimpleNamespace, summaries_file: Path, matrix_file: Path,
) -> dict[str, list[dict[str, Any]] | pd.DataFrame]:  # fmt: skip
    """All tables of this stage."""
    return {"findings_summaries": [], "findings_points": [], "findings_matrix": [], "findings_alike": []}
