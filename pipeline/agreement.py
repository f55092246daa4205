"""How far coders agree, where they differ, and which categories are taken for one another."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pandas as pd


def whole(
    documents: pd.DataFrame, cases: pd.DataFrame, turns: pd.DataFrame, segments: pd.DataFrame, codes: pd.DataFrame, codings: pd.DataFrame,
    suggestions: pd.DataFrame, decisions: pd.DataFrame, reviewed: pd.DataFrame, outside: pd.DataFrame, model_codes: pd.DataFrame, settings: SimpleNamespace,
    guide_file: Path, queues_folder: Path,
) -> dict[str, list[dict[str, Any]]]:  # fmt: skip
    """Tables of agreement, disagreements and confusions."""
    return {"agreement": [], "disagreements": [], "confusions": []}
