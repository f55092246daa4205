"""Stage common: the common denominator."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pandas as pd


def whole(
    cases: pd.DataFrame, turns: pd.DataFrame, questions: pd.DataFrame, codes: pd.DataFrame, suggestions: pd.DataFrame, findings_scope: pd.DataFrame, findings_mentions: pd.DataFrame, findings_coverage: pd.DataFrame, findings_quotes: pd.DataFrame, settings: SimpleNamespace, guide_file: Path,
) -> dict[str, list[dict[str, Any]] | pd.DataFrame]:  # fmt: skip
    """All tables of this stage."""
    return {"findings_common": [], "findings_common_groups": []}
