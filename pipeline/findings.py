"""Stage 8, findings: what counts, by code, group, case and question, always beside how many were asked."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

from pipeline.effective import effective
from pipeline.guide import load
from pipeline.measures import counts, quotes
from pipeline.measures.mentions import asked_about, mentions
from pipeline.tables import frame

if TYPE_CHECKING:
    import pandas as pd


def whole(
    cases: pd.DataFrame, turns: pd.DataFrame, segments: pd.DataFrame, questions: pd.DataFrame, codes: pd.DataFrame,
    codings: pd.DataFrame, suggestions: pd.DataFrame, settings: SimpleNamespace, guide_file: Path,
) -> dict[str, list[dict[str, Any]] | pd.DataFrame]:  # fmt: skip
    """All findings tables."""
    guide = load(guide_file)
    counting = effective(codings)
    found = frame("findings_mentions", mentions(counting, segments, codes))
    asked = asked_about(cases, questions, guide.expected(), codes)
    variables = settings.findings.groups or tuple(name for name, v in settings.variables.items() if v.values)
    return {
        "findings_mentions": found,
        "findings_codes": counts.by_code(codes, found, asked, suggestions),
        "findings_groups": counts.by_group(cases, found, asked, variables),
        "findings_cases": counts.by_case(found, asked),
        "findings_cooccurrence": counts.together(counting),
        "findings_coverage": counts.coverage(cases, turns, questions, [q.id for q in guide.questions]),
        "findings_quotes": quotes.ranked(found),
    }
