"""Stage unheard: whom we have not heard, question by question, what nobody asked."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pandas as pd


def whole(
    documents: pd.DataFrame, cases: pd.DataFrame, turns: pd.DataFrame, questions: pd.DataFrame, codes: pd.DataFrame, topics: pd.DataFrame, topic_new: pd.DataFrame, topic_codes: pd.DataFrame, code_topics: pd.DataFrame, findings_scope: pd.DataFrame, findings_mentions: pd.DataFrame, findings_coverage: pd.DataFrame, findings_quotes: pd.DataFrame, settings: SimpleNamespace, guide_file: Path, population_file: Path, matrix_file: Path,
) -> dict[str, list[dict[str, Any]] | pd.DataFrame]:  # fmt: skip
    """All tables of this stage."""
    return {"findings_sample": [], "findings_access": [], "findings_subthemes": [], "findings_saturation": [], "findings_answers": [], "findings_answer_codes": [], "findings_grid": [], "findings_unasked": []}
