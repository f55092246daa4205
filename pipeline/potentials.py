"""Stage potentials: what is there, what is lacking, how people are met."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

from pipeline.guide import load
from pipeline.measures import bridges, needs, potentials, stories, welcome
from pipeline.measures.districts import order, placed
from pipeline.measures.lens import families, groups, single
from pipeline.measures.mentions import asked_about
from pipeline.measures.quotes import may_quote

if TYPE_CHECKING:
    import pandas as pd


def whole(
    cases: pd.DataFrame, speakers: pd.DataFrame, turns: pd.DataFrame, segments: pd.DataFrame, tokens: pd.DataFrame, types: pd.DataFrame,
    questions: pd.DataFrame, codes: pd.DataFrame, findings_scope: pd.DataFrame, findings_mentions: pd.DataFrame, findings_denials: pd.DataFrame,
    settings: SimpleNamespace, guide_file: Path,
) -> dict[str, list[dict[str, Any]] | pd.DataFrame]:  # fmt: skip
    """Potentials, bridge persons, needs beside offers, welcome and living together, stories of change."""
    import pandas as pd

    family = families(findings_scope)
    asked = asked_about(cases, questions, load(guide_file).expected(), codes)
    declared = _declared(settings)
    homes = groups(cases, settings.answers.district)
    districts = order(declared, homes) if homes else []
    office = _official(cases)

    def every(*names: str) -> pd.DataFrame:
        wanted = set[str]().union(*(family.get(name, set()) for name in names))
        return findings_mentions[findings_mentions["code"].isin(wanted)]

    def once(name: str) -> pd.DataFrame:
        rows = every(name)
        return single(rows, family[name], codes) if len(rows) else rows

    there, lacking = every("potentials", "bridges"), every("needs")
    # Of an offer it is told whether it is there, not there any more, or not.
    offered = single(pd.concat([findings_mentions, findings_denials], ignore_index=True), family.get("offers", set()), codes)
    listed = needs.offers(offered, placed(offered, turns, declared, homes, office, origins=False), once("needs")) if homes else []
    places = placed(every("potentials", "bridges", "needs"), turns, declared, homes, office) if homes else {}
    return {
        "findings_potentials": potentials.rows(
            _kinds(codes, family, "potentials", "bridges"), there, asked, groups(cases, settings.answers.group), homes,
            places, districts, set(cases["case"]),
        ),
        "findings_bridges": bridges.rows(once("bridges"), tokens, types, may_quote(turns, speakers)),
        "findings_needs": needs.matrix(
            _kinds(codes, family, "needs"), districts, lacking, places, listed, asked, homes,
        ),
        "findings_offers": listed,
        "findings_places": [{"mention": m, "district": d, "placed": how} for m, found in places.items() for d, how in found],
        "findings_welcome": welcome.rows(findings_mentions, turns, cases, codes, family, asked),
        "findings_stories": stories.rows(findings_mentions, segments, turns, family),
    }  # fmt: skip


def _declared(settings: SimpleNamespace) -> dict[str, str]:
    """District -> its words in the report, as the study declares them."""
    variable = settings.variables.get(settings.answers.district)
    return dict(variable.values) if variable else {}


def _official(cases: pd.DataFrame) -> set[str]:
    """Cases that speak in office in every conversation of theirs."""
    return set(cases["case"]) - set(cases.loc[cases["voice"] != "official", "case"])


def _kinds(codes: pd.DataFrame, family: dict[str, set[str]], *names: str) -> list[str]:
    """The codes of these families in the codebook's order."""
    wanted = set[str]().union(*(family.get(name, set()) for name in names))
    return [code for code in codes["code"] if code in wanted]
