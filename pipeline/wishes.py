"""Stage wishes: wishes, measures, indicators."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pandas as pd


def whole(
    documents: pd.DataFrame, cases: pd.DataFrame, questions: pd.DataFrame, codes: pd.DataFrame, findings_scope: pd.DataFrame, findings_mentions: pd.DataFrame, settings: SimpleNamespace, guide_file: Path, measures_file: Path, indicators_file: Path,
) -> dict[str, list[dict[str, Any]] | pd.DataFrame]:  # fmt: skip
    """All tables of this stage."""
    return {"findings_wishes": [], "findings_measures": [], "findings_indicators": [], "findings_waves": []}
