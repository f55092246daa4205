"""Comparisons: groups, cases, pairs of categories, topics, guide questions."""

from __future__ import annotations

from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

from pipeline import charts
from pipeline.guide import Guide
from pipeline.sections.material import Names
from pipeline.sections.proposals import Proposals
from pipeline.tables import CODED_ROLES
from pipeline.wording import clock, people

if TYPE_CHECKING:
    import pandas as pd

_VOICES = {"private": "privat", "official": "im Amt"}
MAX_PAIRS = 40


def groups_and_cases(tables: dict[str, pd.DataFrame], names: Names, settings: SimpleNamespace, known: Proposals) -> dict[str, Any]:
    """Heat maps by every grouping variable and by case, and the table of cases."""
    codes = list(tables["codes"].itertuples())
    rows = list(tables["findings_groups"].itertuples())
    heats: list[SimpleNamespace] = []
    counted = {r.variable for r in rows}
    for name in [v for v in (*settings.findings.groups, *settings.variables) if v in counted]:
        if any(heat.name == name for heat in heats):
            continue
        sizes: dict[str, int] = {}
        for case in names.cases.values():
            value = case.get(name) or "unbekannt"
            sizes[value] = sizes.get(value, 0) + 1
        order = list(names.variables[name].values) if name in names.variables else []
        values = sorted(sizes, key=lambda v: (order.index(v) if v in order else len(order), v))
        heat = charts.by_group(
            [r for r in rows if r.variable == name], codes, [(v, names.value(name, v), sizes[v]) for v in values], known.withheld
        )
        label = names.variables[name].label or name if name in names.variables else name
        heats.append(SimpleNamespace(name=name, label=label, data=heat))
    cases = [(case, names.case(case)) for case in sorted(names.cases)]
    heat = charts.by_case(list(tables["findings_cases"].itertuples()), codes, cases)
    return {
        "group_heats": heats,
        "case_heat": heat,
        "case_heat_columns": heat.columns,
        "proposals_by_group": any(r.basis == "proposed" and not known.withheld(r.code) for r in rows),
        "withheld": known.why_withheld() if any(r.basis == "proposed" and known.withheld(r.code) for r in rows) else [],
        "variable_labels": [v.label or name for name, v in settings.variables.items()],
        "case_rows": [_case_row(row, names) for row in tables["cases"].to_dict("records")],
    }


def _case_row(row: dict[str, str], names: Names) -> SimpleNamespace:
    return SimpleNamespace(
        case=row["case"], doc=row["doc"], speaker=row["speaker"], voice=_VOICES.get(row["voice"], row["voice"]), access=row["access"],
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


def topics(tables: dict[str, pd.DataFrame], names: Names) -> dict[str, Any]:
    """Topics with words and typical sentences of different people."""
    segments = {s.seg: s for s in tables["segments"].itertuples()}
    turns = {(t.doc, t.turn): t for t in tables["turns"].itertuples()}
    terms = tables["topic_terms"].groupby("topic")["term"].agg(", ".join) if len(tables["topic_terms"]) else {}
    mine = tables["segment_topics"].sort_values(["topic", "rank"])
    found = []
    for t in tables["topics"].itertuples():
        quotes, cases = [], set()
        for seg in mine[mine["topic"] == t.topic]["seg"]:
            segment = segments[seg]
            turn = turns[segment.doc, segment.turn]
            if turn.case not in cases and segment.end - segment.start >= 40:
                cases.add(turn.case)
                quotes.append(
                    SimpleNamespace(
                        text=turn.text[segment.start : segment.end], anchor=f"{segment.doc}-{segment.turn}", turn=segment.turn,
                        interview=names.interview(segment.doc), clock=clock(turn.t_start), who=names.who(turn.case),
                    )
                )  # fmt: skip
            if len(quotes) == 3:
                break
        found.append(
            SimpleNamespace(
                topic=t.topic, label=t.label, n_segments=t.n_segments, people=_dative(t.n_cases), stability=t.stability,
                stability_words=_stability(t.stability), terms=terms[t.topic], quotes=quotes,
                one_voice=bool(t.n_cases > 1 and t.largest_case_share > 0.5),
            )
        )  # fmt: skip
    spoken = {
        (d, n)
        for d, n, role in zip(tables["turns"]["doc"], tables["turns"]["turn"], tables["turns"]["role"], strict=True)
        if role in CODED_ROLES
    }
    total = sum((s.doc, s.turn) in spoken for s in segments.values())
    return {"topics": found, "topic_total": total, "topic_rest": total - mine["seg"].nunique()}


def _dative(n: int) -> str:
    return "einer befragten Person" if n == 1 else people(n).replace("Befragte", "Befragten")


def _stability(value: float) -> str:
    return "hoch" if value >= 0.6 else "mittel" if value >= 0.4 else "gering"


ANSWERS = {"evaded": "ausgewichen", "refused": "verweigert"}


def guide_table(tables: dict[str, pd.DataFrame], questions: Guide, names: Names) -> dict[str, Any]:
    """Question x case: words of the answer where it was put."""
    cells = {(r.question, r.case): r for r in tables["findings_coverage"].itertuples()}
    rows = []
    for q in questions.questions:
        found = [cells[q.id, c] for c in sorted(names.cases)]
        line = [SimpleNamespace(asked=c.asked, words=c.words, status=ANSWERS.get(c.status, "")) for c in found]
        rows.append(SimpleNamespace(id=q.id, label=q.label or q.text, cells=line, n=sum(c.asked for c in line)))
    return {"guide_rows": rows}
