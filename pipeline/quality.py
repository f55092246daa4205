"""Stage 15, quality: how good the model's proposals are, measured on what people read; how common codes are; whether it is fair."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pandas as pd


def whole(
    turns: pd.DataFrame, segments: pd.DataFrame, cases: pd.DataFrame, questions: pd.DataFrame, scheme: pd.DataFrame, codings: pd.DataFrame,
    decisions: pd.DataFrame, reviewed: pd.DataFrame, chances: pd.DataFrame, outside: pd.DataFrame, model_codes: pd.DataFrame,
    settings: SimpleNamespace, model_file: Path, guide_file: Path, fairness_file: Path, fair_sentences_before: pd.DataFrame | None,
) -> dict[str, list[dict[str, Any]]]:  # fmt: skip
    """All tables of quality."""
    return {name: [] for name in ("quality", "quality_codes", "quality_calibration", "quality_prevalence", "quality_fairness", "fair_sentences")}
