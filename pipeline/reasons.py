"""Stage reasons: reasons that people name for living side by side."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pandas as pd


def whole(
    cases: pd.DataFrame, turns: pd.DataFrame, questions: pd.DataFrame, scopes: pd.DataFrame, codes: pd.DataFrame, codings: pd.DataFrame, suggestions: pd.DataFrame, causes: pd.DataFrame, findings_scope: pd.DataFrame, findings_mentions: pd.DataFrame, settings: SimpleNamespace, guide_file: Path,
) -> dict[str, list[dict[str, Any]] | pd.DataFrame]:  # fmt: skip
    """All tables of this stage."""
    return {"findings_reasons": [], "findings_reason_codes": [], "findings_counter": []}
