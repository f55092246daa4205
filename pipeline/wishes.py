"""Stage wishes: what is wished and needed, the sheet for measures, the sheet of indicators, waves side by side."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

from pipeline.forms.corrections import LOST, laid_over, read
from pipeline.forms.following import followed
from pipeline.forms.sheet import INDICATORS, MEASURES
from pipeline.guide import load
from pipeline.measures import indicators, measures_plan, waves
from pipeline.measures.lens import families
from pipeline.measures.mentions import asked_about
from pipeline.measures.wishes import by_value, entries
from pipeline.problems import did_you_mean

if TYPE_CHECKING:
    import pandas as pd

Row = dict[str, Any]


def whole(
    documents: pd.DataFrame, cases: pd.DataFrame, questions: pd.DataFrame, codes: pd.DataFrame, findings_scope: pd.DataFrame, findings_mentions: pd.DataFrame,
    findings_quotes: pd.DataFrame, settings: SimpleNamespace, guide_file: Path, measures_file: Path, indicators_file: Path,
) -> dict[str, list[dict[str, Any]] | pd.DataFrame]:  # fmt: skip
    """All tables of this stage. What people wrote into measures.csv and indicators.csv wins; rows that they added stay."""
    expected = load(guide_file).expected()
    asked = asked_about(cases, questions, expected, codes)
    of = families(findings_scope)
    variables = list(dict.fromkeys(v for v in (settings.answers.group, settings.answers.district) if v))
    found = waves.known(documents, cases)

    def asked_in(docs: set[str]) -> Mapping[str, set[str]]:
        return asked_about(cases[cases["doc"].isin(docs)], questions[questions["doc"].isin(docs)], expected, codes)

    wished = entries(codes, of.get("wishes", set()), findings_mentions)
    needed = [code for code in entries(codes, of.get("needs", set()), findings_mentions) if code not in wished]
    by_group = by_value([*wished, *needed], findings_mentions, cases, asked, variables)
    heard = measures_plan.voices(by_group, settings.answers.group)
    proposed = measures_plan.rows(wished, needed, of.get("costs", set()), codes, findings_mentions, findings_quotes, asked, heard)
    spoken = entries(codes, set(codes["code"]), findings_mentions)
    return {
        "findings_wishes": by_group,
        "findings_measures": _measures(proposed, measures_file, codes),
        "findings_indicators": _indicators(of, codes, findings_mentions, asked, indicators_file),
        "findings_waves": waves.side_by_side(found, spoken, findings_mentions, cases, asked_in),
        "findings_wave_samples": waves.samples(found, documents, cases, variables) if found else [],
    }


def _measures(proposed: list[Row], path: Path, codes: pd.DataFrame) -> list[Row]:
    """Rows of `findings_measures`: of what nobody said or proposed only those that people have written in."""
    kept = followed(read(path, MEASURES), MEASURES, codes.to_dict("records"), [])
    keys = {row["measure"] for row in kept}
    laid = laid_over([row for row in proposed if row["n_mentions"] or row["n_proposed"] or row["measure"] in keys], kept, MEASURES)
    rows = [{**measures_plan.BLANK, **row, "order": order, "kind": row.get("kind") or (measures_plan.GONE if row["state"] == LOST else measures_plan.OWN)} for order, row in enumerate(laid, 1)]
    _called(rows, kept, "measure")
    for row in rows:
        if "need" in row["edited"].split("+"):
            row.update(need_code="+".join(measures_plan.meant(row["need"], codes)), need_turns=0, need_hint="")
    return rows


def _called(rows: list[Row], kept: list[Row], key: str) -> None:
    """Rows that are no longer proposed bear the name that their category had, unless people gave them one."""
    was = {row[key]: row.get("of_label", "") for row in kept}
    for row in rows:
        if row["state"] == LOST and "label" not in row["edited"].split("+"):
            row["label"] = was.get(row[key], "")


def _indicators(of: Mapping[str, set[str]], codes: pd.DataFrame, mentions: pd.DataFrame, asked: Mapping[str, set[str]], path: Path) -> list[Row]:
    kept = followed(read(path, INDICATORS), INDICATORS, codes.to_dict("records"), [])
    proposed = indicators.proposed(of, codes, mentions, asked, [row["indicator"] for row in kept])
    laid = laid_over(proposed, kept, INDICATORS)
    _called(laid, kept, "indicator")
    return indicators.finished(laid, codes, mentions, asked, lambda code: did_you_mean(code, codes["code"]))
