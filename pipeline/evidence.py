"""Stage evidence: what speaks for and against, in which order quotes are shown."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

from pipeline.measures import quotes

if TYPE_CHECKING:
    import pandas as pd


def whole(
    cases: pd.DataFrame, turns: pd.DataFrame, speakers: pd.DataFrame, changes: pd.DataFrame, replacements: pd.DataFrame, segments: pd.DataFrame, questions: pd.DataFrame, vectors: pd.DataFrame, codes: pd.DataFrame, suggestions: pd.DataFrame, findings_scope: pd.DataFrame, findings_mentions: pd.DataFrame, findings_codes: pd.DataFrame, settings: SimpleNamespace, guide_file: Path, quotes_file: Path,
) -> dict[str, list[dict[str, Any]] | pd.DataFrame]:  # fmt: skip
    """All tables of this stage."""
    return {"findings_quotes": quotes.ranked(findings_mentions), "findings_evidence": [], "findings_against": [], "findings_tests": []}
