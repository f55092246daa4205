"""Comparisons: groups, cases, pairs of categories."""

from __future__ import annotations

from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

from pipeline.language import N_, _
from pipeline.sections.material import Names
from pipeline.sections.proposals import Proposals

if TYPE_CHECKING:
    import pandas as pd

_VOICES = {"private": N_("privat"), "official": N_("im Amt")}
MAX_PAIRS = 40


def groups_and_cases(tables: dict[str, pd.DataFrame], names: Names, settings: SimpleNamespace, known: Proposals) -> dict[str, Any]:
    """Variables by which pictures compare, and the table of cases."""
    rows = list(tables["findings_groups"].itertuples())
    heats: list[SimpleNamespace] = []
    counted = {r.variable for r in rows}
    for name in [v for v in (*settings.findings.groups, *settings.variables) if v in counted]:
        if any(heat.name == name for heat in heats):
            continue
        label = names.variables[name].label or name if name in names.variables else name
        heats.append(SimpleNamespace(name=name, label=label))
    return {
        "group_heats": heats,
        "proposals_by_group": any(r.basis == "proposed" and not known.withheld(r.code) for r in rows),
        "withheld": known.why_withheld() if any(r.basis == "proposed" and known.withheld(r.code) for r in rows) else [],
        "variable_labels": [v.label or name for name, v in settings.variables.items()],
        "case_rows": [_case_row(row, names) for row in tables["cases"].to_dict("records")],
    }


def _case_row(row: dict[str, str], names: Names) -> SimpleNamespace:
    return SimpleNamespace(
        case=row["case"], doc=row["doc"], speaker=row["speaker"], voice=_(_VOICES[row["voice"]]) if row["voice"] in _VOICES else row["voice"], access=row["access"],
        language=row["language"], values=[names.value(name, row.get(name, "")) for name in names.variables],
    )  # fmt: skip


def pairs(tables: dict[str, pd.DataFrame]) -> list[SimpleNamespace]:
    """Pairs of categories that at least two cases mention together as people read it, most cases first; then the pairs of most proposals."""
    labels = dict(zip(tables["codes"]["code"], tables["codes"]["label"], strict=True))
    rows = [r for r in tables["findings_cooccurrence"].itertuples() if r.n_cases >= 2 or r.n_proposed >= 2]
    rows.sort(key=lambda r: (-r.n_cases if r.n_cases >= 2 else 0, -r.n_turns if r.n_cases >= 2 else 0, -r.n_proposed, r.code_a, r.code_b))
    return [
        SimpleNamespace(
            code_a=r.code_a, code_b=r.code_b, label_a=labels[r.code_a], label_b=labels[r.code_b], n_turns=r.n_turns,
            n_segments=r.n_segments, n_cases=r.n_cases, n_proposed=r.n_proposed,
        )
        for r in rows[:MAX_PAIRS]
    ]  # fmt: skip
