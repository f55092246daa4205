"""The category cycle: what people noted and decided about their codebook, and which readings a newer category leaves open."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pandas as pd


def whole(
    turns: pd.DataFrame, changes: pd.DataFrame, replacements: pd.DataFrame, codes: pd.DataFrame, decisions: pd.DataFrame, reviewed: pd.DataFrame,
    settings: SimpleNamespace, codebook_file: Path, memos_file: Path, log_file: Path, versions_file: Path, negative_file: Path, inductive_file: Path,
    minutes_file: Path, sampling_file: Path, decisions_file: Path, handcoded_folder: Path,
) -> dict[str, list[dict[str, Any]]]:  # fmt: skip
    """Tables of notes, logs and open readings."""
    return {
        name: []
        for name in ("memos", "cycle_log", "cycle_versions", "cycle_negative", "cycle_inductive", "cycle_minutes", "cycle_sampling", "review_open")
    }
