"""Stage reasons: reasons that people name for living side by side, of whom, and what speaks against them. Their explanations, not causes."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

from pipeline.effective import REVIEWED, effective
from pipeline.guide import load
from pipeline.measures import counter, reason_codes
from pipeline.measures.lens import families as families_of
from pipeline.measures.mentions import asked_about
from pipeline.measures.reasons import statements

if TYPE_CHECKING:
    import pandas as pd


def whole(
    cases: pd.DataFrame, turns: pd.DataFrame, questions: pd.DataFrame, scopes: pd.DataFrame, codes: pd.DataFrame, codings: pd.DataFrame,
    suggestions: pd.DataFrame, causes: pd.DataFrame, findings_scope: pd.DataFrame, findings_mentions: pd.DataFrame, findings_against: pd.DataFrame,
    settings: SimpleNamespace, guide_file: Path,
) -> dict[str, list[dict[str, Any]] | pd.DataFrame]:  # fmt: skip
    """Single statements, figures of every reason, what speaks against them, and notes on how mentions are told."""
    families = families_of(findings_scope)
    read_only = settings.report.counts == "reviewed"
    counting = effective(codings, reviewed_only=read_only)
    hits = _hits(codings, suggestions)
    made = statements(causes, turns, counting, hits, scopes, families)
    types = reason_codes.type_notes(findings_mentions, turns, codes, made, families)
    against = findings_against[findings_against["basis"] == REVIEWED] if read_only else findings_against
    asked = asked_about(cases, questions, load(guide_file).expected(), codes)
    return {
        "findings_reasons": made,
        "findings_reason_codes": reason_codes.rows(codes, findings_mentions, made, types, asked, families),
        "findings_counter": counter.rows(findings_mentions, codes, against, made, families),
        "findings_reason_notes": [*types, *reason_codes.first_notes(findings_mentions, turns, codes, hits, families)],
    }


def _hits(codings: pd.DataFrame, suggestions: pd.DataFrame) -> pd.DataFrame:
    """Rows of rules, whether or not they count: they know which words mean a category."""
    import pandas as pd

    wanted = ["doc", "turn", "start", "end", "code", "matched"]
    parts = [rows.loc[(rows["coder"] == "rule") & (rows["status"] != "rejected"), wanted] for rows in (codings, suggestions)]
    return pd.concat(parts, ignore_index=True)
