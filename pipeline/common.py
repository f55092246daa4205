"""Stage common: the common denominator."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

from pipeline.guide import load
from pipeline.measures import common, common_groups
from pipeline.measures.lens import PROPOSED, REVIEWED, families, known, members
from pipeline.measures.mentions import asked_about
from pipeline.tables import NEVER

if TYPE_CHECKING:
    import pandas as pd


def whole(
    cases: pd.DataFrame, turns: pd.DataFrame, segments: pd.DataFrame, questions: pd.DataFrame, codes: pd.DataFrame, reviewed: pd.DataFrame,
    findings_scope: pd.DataFrame, findings_mentions: pd.DataFrame, findings_coverage: pd.DataFrame, findings_quotes: pd.DataFrame,
    findings_against: pd.DataFrame, settings: SimpleNamespace, guide_file: Path,
) -> dict[str, list[dict[str, Any]] | pd.DataFrame]:  # fmt: skip
    """Every theme in its field, and group by group; nothing where the study does not have the variable whose values are groups.

    Rows of basis `proposed` show the picture if the proposals held, read and proposed together; there are none where nothing is proposed.
    """
    groups = {value: people for value, people in members(cases, settings.answers.group).items() if known(value)}
    found: dict[str, list[dict[str, Any]]] = {"findings_common": [], "findings_common_groups": []}
    if not groups:
        return {**found}
    expected, by_family = load(guide_file).expected(), families(findings_scope)
    aspects = common.compared(codes, by_family)
    banned = set(findings_quotes.loc[findings_quotes["pinned"] == NEVER, "mention"])
    themes = common_groups.themes(
        aspects, asked_about(cases, questions, expected, codes), common_groups.asking(expected), findings_coverage,
        common_groups.unread_answers(turns, segments, questions, reviewed), findings_mentions, findings_quotes, findings_against,
    )  # fmt: skip
    bases = (REVIEWED, PROPOSED) if PROPOSED in set(findings_mentions["basis"]) else (REVIEWED,)
    for basis in bases:
        for theme in themes:
            rows = common_groups.rows(theme, groups, basis, banned)
            found["findings_common_groups"] += rows
            found["findings_common"].append(common.row(theme, aspects[theme.code], rows, basis, theme.code in by_family.get("affected", set())))
    return {**found}
