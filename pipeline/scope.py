"""Stage scope: which categories and variables each of the council's questions is answered from, and what the answers will lack."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

from pipeline.guide import load
from pipeline.measures import applies, limits
from pipeline.measures.lens import below
from pipeline.tables import frame

if TYPE_CHECKING:
    import pandas as pd


def whole(
    documents: pd.DataFrame, cases: pd.DataFrame, notes: pd.DataFrame, turns: pd.DataFrame, questions: pd.DataFrame, codes: pd.DataFrame,
    reviewed: pd.DataFrame, findings_mentions: pd.DataFrame, findings_coverage: pd.DataFrame, settings: SimpleNamespace, guide_file: Path,
) -> dict[str, list[dict[str, Any]] | pd.DataFrame]:  # fmt: skip
    """Families of categories, the questions that this study can answer, and what the data lack."""
    named = applies.named(settings.answers)
    families = {family: below(codes, wanted) for family, wanted in named.items()}
    rows = [
        {"family": family, "code": code, "given": "yes" if code in named[family] else "no"} for family, found in families.items() for code in found
    ]
    asked = [q.id for q in load(guide_file).questions]
    return {
        "findings_scope": frame("findings_scope", rows),
        "findings_applies": applies.rows(families, settings.answers, tuple(settings.variables), cases, asked, findings_mentions),
        "findings_limits": limits.rows(documents, cases, notes, questions, codes, reviewed, findings_coverage, named, asked, settings),
    }
