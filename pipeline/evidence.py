"""Stage evidence: what speaks for and against, in which order quotes are shown."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

from pipeline.guide import load
from pipeline.measures import evidence, exact, quotes
from pipeline.measures.common_groups import asking, read_only, unread_answers
from pipeline.measures.lens import families
from pipeline.measures.mentions import ancestors, asked_about
from pipeline.measures.typical import mention_vectors, pinned, typical
from pipeline.tables import frame

if TYPE_CHECKING:
    import pandas as pd


def whole(
    cases: pd.DataFrame, turns: pd.DataFrame, segments: pd.DataFrame, questions: pd.DataFrame, vectors: pd.DataFrame, codes: pd.DataFrame,
    suggestions: pd.DataFrame, reviewed: pd.DataFrame, quote_decisions: pd.DataFrame, findings_scope: pd.DataFrame, findings_mentions: pd.DataFrame,
    findings_denials: pd.DataFrame, findings_codes: pd.DataFrame, settings: SimpleNamespace, guide_file: Path,
) -> dict[str, list[dict[str, Any]] | pd.DataFrame]:  # fmt: skip
    """The order of quotes, what speaks against each category, and exact tests where the study asks for them."""
    from pipeline.encoders.kept import to_matrix

    known = mention_vectors(findings_mentions, segments, vectors, to_matrix)
    affected = families(findings_scope).get("affected", set())
    opposite = evidence.opposites(codes, settings.answers.opposites, affected)
    against = frame("findings_against", evidence.against(codes, findings_mentions, findings_denials, suggestions, opposite, affected))
    tests: list[dict[str, Any]] = []
    if settings.findings.tests:
        expected = load(guide_file).expected()
        asked = read_only(asked_about(cases, questions, expected, codes), asking(expected, ancestors(codes)), unread_answers(turns, segments, questions, reviewed))
        variables = settings.findings.groups or tuple(name for name, v in settings.variables.items() if v.values)
        tests = exact.rows(codes, findings_mentions, cases, asked, variables)
    return {
        "findings_quotes": quotes.ranked(findings_mentions, known, typical(findings_mentions, known), pinned(findings_mentions, quote_decisions)),
        "findings_evidence": evidence.evidence(findings_codes, findings_mentions, against),
        "findings_against": against,
        "findings_tests": tests,
    }
