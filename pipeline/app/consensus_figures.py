"""How far people agree and what they take for one another, before a meeting and with what it settled, on what the lists say at this moment.

The functions are those of the stage agreement. Intervals, which take longer, are told by the report.
"""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from pipeline.agreeing import figures, groups, readings, units
from pipeline.agreeing.confusions import Category, confusions
from pipeline.agreeing.lines import Draws
from pipeline.app.disputes import Meeting
from pipeline.reviewing.reading import Reading
from pipeline.wording import decimal, per_cent

MEASURES = ("percent", "alpha_nominal", "cohen", "fleiss", "ac1")


def statistics(found: Meeting) -> list[dict[str, Any]]:
    """For each group of people: measures over all categories and for single ones, before a meeting and with what it settled."""
    told: dict[tuple[int, str], units.Decisions] = {}
    rows = []
    for group in groups.people(found.desk):
        values: dict[str, dict[tuple[str, str], dict[str, Any]]] = {}
        for state in ("before", "after"):
            grid = group.grid if state == "before" else readings.agreed(group.grid, found.desk.said)
            key = id(group.grid), state
            if key not in told:
                told[key] = units.by_sentence(grid)
            data = told[key]
            made = figures.rows(group._replace(grid=data.grid), "sentence", units.counted(data, group.columns), Draws(0, 0), state=state)
            values[state] = {(row["measure"], row["code"]): row for row in made if row["part"] == "all" and row["measure"] in MEASURES}
        rows.append(
            {
                "a": group.a, "b": group.b, "coders": [group.grid.coders[g] for g in group.columns], "note": group.note, "measures": _beside(values, ""),
                "codes": _by_code(values), **_size(values["before"]),
            }
        )  # fmt: skip
    return rows


def _size(before: dict[tuple[str, str], dict[str, Any]]) -> dict[str, int]:
    row = next((row for (_, code), row in before.items() if not code), {"n": 0, "n_cases": 0})
    return {"n": row["n"], "n_cases": row["n_cases"]}


def _beside(values: dict[str, dict[tuple[str, str], dict[str, Any]]], code: str) -> list[dict[str, Any]]:
    found = []
    for measure in MEASURES:
        before, after = (values[state].get((measure, code)) for state in ("before", "after"))
        if before:
            found.append({"measure": measure, "before": _shown(measure, before), "after": _shown(measure, after), "note": before["note"]})
    return found


def _by_code(values: dict[str, dict[tuple[str, str], dict[str, Any]]]) -> list[dict[str, Any]]:
    """Categories, those first on which people agree least."""
    codes = {code: row for (measure, code), row in values["before"].items() if code and measure == "alpha_nominal"}
    order = sorted(codes, key=lambda code: (codes[code]["estimate"] if codes[code]["estimate"] == codes[code]["estimate"] else 2, code))
    return [{"code": code, "n": codes[code]["n"], "share": per_cent(codes[code]["prevalence"]), "measures": _beside(values, code)} for code in order]


def _shown(measure: str, row: dict[str, Any] | None) -> str:
    """A figure in words; empty where there is none."""
    value = row["estimate"] if row else float("nan")
    if value != value:
        return ""
    return per_cent(value) if measure == "percent" else decimal(value)


def confused(reading: Reading, found: Meeting) -> list[dict[str, Any]]:
    """Categories of which one stands where somebody else gave the other, over all pairs of people, with proposals for sharper rules."""
    book = {one.id: Category(one.entry.label, one.entry.definition, one.parent) for one in reading.today.codes}
    pairs: dict[tuple[str, str], dict[str, Any]] = {}
    for row in confusions(found.desk, book):
        names = (min(row["code_a"], row["code_b"]), max(row["code_a"], row["code_b"]))
        one = pairs.setdefault(names, {"code_a": names[0], "code_b": names[1], "n": 0, "hint": ""})
        one["n"] += row["n"]
        one["hint"] = max(one["hint"], row["hint"], key=len)
    won = _won(found)
    for names, one in pairs.items():
        one["held"] = [won[names][names[0]], won[names][names[1]]]
    return sorted(pairs.values(), key=lambda one: (-one["n"], one["code_a"], one["code_b"]))


def _won(found: Meeting) -> dict[tuple[str, str], dict[str, int]]:
    """Pairs of categories that stood against one another -> in how many settled passages each of them held alone."""
    counts: dict[tuple[str, str], dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for one in found.disputes:
        for a in one.settled:
            for b in one.settled:
                if a < b and one.settled[a] != one.settled[b]:
                    counts[a, b][a if one.settled[a] else b] += 1
    return counts
