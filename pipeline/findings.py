"""Stage findings: what counts, by code, group, case and question, always beside how many were asked."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

from pipeline.effective import UNREVIEWED, effective
from pipeline.guide import load
from pipeline.lists import LISTS, read_list
from pipeline.measures import counts, disclosure, quotes
from pipeline.measures.denials import parted
from pipeline.measures.mentions import asked_about, mentions
from pipeline.tables import frame

if TYPE_CHECKING:
    import pandas as pd


def whole(
    cases: pd.DataFrame, turns: pd.DataFrame, segments: pd.DataFrame, questions: pd.DataFrame, codes: pd.DataFrame,
    codings: pd.DataFrame, suggestions: pd.DataFrame, speakers: pd.DataFrame, changes: pd.DataFrame, replacements: pd.DataFrame,
    settings: SimpleNamespace, guide_file: Path, quotes_file: Path,
) -> dict[str, list[dict[str, Any]] | pd.DataFrame]:  # fmt: skip
    """All findings tables."""
    guide = load(guide_file)
    counting = effective(codings, reviewed_only=settings.report.counts == "reviewed")
    found, denied = parted(frame("findings_mentions", mentions(counting, segments, codes)), codes)
    asked = asked_about(cases, questions, guide.expected(), codes)
    variables = settings.findings.groups or tuple(name for name, v in settings.variables.items() if v.values)
    by_code = frame("findings_codes", counts.by_code(codes, found, asked, suggestions))
    groups = frame("findings_groups", counts.by_group(cases, found, asked, variables))
    small, known = settings.findings.small, tuple(settings.findings.identifying or settings.variables)
    said = disclosure.placed(read_list(quotes_file, LISTS["quotes.csv"]), turns, changes, replacements)
    shown = tuple(settings.variables)[:2]  # what stands under a quote in the report
    risk = disclosure.quote_risk(found, cases, shown, small)
    return {
        "findings_mentions": found,
        "findings_denials": denied,
        "findings_codes": by_code,
        "findings_groups": groups,
        "findings_cases": counts.by_case(found, asked),
        "findings_cooccurrence": counts.together(_said(counting, found)),
        "findings_coverage": counts.coverage(cases, turns, questions, [q.id for q in guide.questions]),
        "findings_classes": disclosure.classes(cases, known, small),
        "findings_disclosure": disclosure.coarsening(cases, known, small),
        "findings_suppression": disclosure.suppress(groups[groups["basis"] != UNREVIEWED], by_code, small, cases["case"].nunique()),
        "quote_decisions": said,
        "findings_release": disclosure.release(found, risk, said, quotes.may_quote(turns, speakers)),
    }


def _said(counting: pd.DataFrame, mentions: pd.DataFrame) -> pd.DataFrame:
    """The codings that make mentions: who denies a category does not name it together with another."""
    told = {coding for joined in mentions["codings"] for coding in joined.split("+")}
    return counting[counting["coding"].isin(told)]
