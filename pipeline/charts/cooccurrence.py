"""Which categories are named together in the same turn: a matrix of those that meet at all, most people first in colour."""

from __future__ import annotations

from collections import Counter
from types import SimpleNamespace
from typing import Any

from pipeline.addresses import to_quotes
from pipeline.charts import grid
from pipeline.charts.picture import Picture, Row
from pipeline.language import _

MOST = 26  # categories in the drawing: those that meet others at most people
FEWEST = 2  # people from whom on a pair is drawn


def picture(desk: Any) -> Picture | None:
    """Pairs that at least two respondents name together, as people read it."""
    pairs = _pairs(desk)
    if not pairs:
        return None
    met: Counter[str] = Counter()
    for r in pairs:
        met.update({r.code_a: r.n_cases, r.code_b: r.n_cases})
    kept = set(sorted(met, key=lambda code: (-met[code], desk.order[code]))[:MOST])
    shown = [r for r in pairs if {r.code_a, r.code_b} <= kept]
    codes = desk.by_label(kept)
    at = {code: n for n, code in enumerate(codes)}
    lines = [grid.head(at[code], desk.label[code], 1, code.split(".")[0], to_quotes(desk.label[code], code=code, basis="reviewed")) for code in codes[1:]]
    columns = [grid.top(at[code], desk.label[code], to=to_quotes(desk.label[code], code=code, basis="reviewed")) for code in codes[:-1]]
    rows = [_cell(desk, r, at) for r in shown]
    shape = grid.Grid(
        number="datum.people", shade="max(0, min(5, datum.people - 1))", wide=26, high=24, slant=-55, indent=0,
        legend=(_("Befragte, die beides im selben Redebeitrag nennen, gelesen"), ["2", "3", "4", "5", _("6 und mehr")]),
    )  # fmt: skip
    cut = _("Gezeigt sind die {n} Kategorien, die am häufigsten mit anderen zusammen stehen.").format(n=len(codes)) if len(met) > len(codes) else ""
    return Picture(
        title=_("Zusammen genannt"),
        caption=" ".join(
            filter(None, (
                _("Was Befragte im selben Redebeitrag nennen, wo Menschen es gelesen haben; das sagt nicht, was wovon abhängt. Leer: bei höchstens einer befragten Person zusammen gelesen. Ein Klick zeigt die Stellen zur Kategorie links bei den Befragten, die beides nennen; sie müssen nicht alle in diesen Beiträgen stehen."),
                cut,
            ))
        ),
        alt=_("Dreieck aus Feldern: wie viele Befragte zwei Kategorien im selben Redebeitrag nennen; die Zahlen stehen in der Tabelle darunter."),
        chart=grid.matrix(shape, lines, columns, False), rows=rows, more={"blank": [], "lines": lines, "columns": columns},
        headings=[_("Kategorie"), _("und"), _("Befragte"), _("Beiträge, gelesen"), _("im selben Satz"), *([_("weitere Beiträge, nur mit Vorschlägen")] if desk.with_proposals else [])],
        table=[
            [{"text": desk.label[r.code_a], "to": _to(desk, r, r.code_a, r.code_b)}, {"text": desk.label[r.code_b], "to": _to(desk, r, r.code_b, r.code_a)}, r.n_cases, r.n_turns, r.n_segments or "–", *([r.n_proposed or "–"] if desk.with_proposals else [])]
            for r in sorted(pairs, key=lambda r: (-r.n_cases, -r.n_turns, desk.order[r.code_a], desk.order[r.code_b]))
        ],
        words={"pair": _("{label} und {other}\nBefragte, die beides im selben Redebeitrag nennen: {people} ({cases})\nBeiträge, gelesen: {turns}\nim selben Satz: {sentences}")},
    )  # fmt: skip


def _pairs(desk: Any) -> list[SimpleNamespace]:
    """Pairs as their quotes show them: a passage that denies a category does not count for it, and a category above another is no second one."""
    parent = dict(zip(desk.tables["codes"]["code"], desk.tables["codes"]["parent"], strict=True))

    def above(code: str) -> set[str]:
        found = set()
        while code := parent.get(code, ""):
            found.add(code)
        return found

    found = []
    for r in desk.rows("findings_cooccurrence"):
        if r.n_cases < FEWEST or r.code_a in above(r.code_b) or r.code_b in above(r.code_a):
            continue
        turns = together(desk, r.code_a, r.code_b)
        cases = sorted({case for case, _doc, _turn in turns})
        if len(cases) >= FEWEST:
            found.append(SimpleNamespace(code_a=r.code_a, code_b=r.code_b, cases=cases, n_cases=len(cases), n_turns=len({turn[1:] for turn in turns}), n_segments=r.n_segments, n_proposed=r.n_proposed))
    return found


def _cell(desk: Any, r: Any, at: dict[str, int]) -> Row:
    a, b = sorted((r.code_a, r.code_b), key=lambda code: at[code])
    return {
        "order": at[b], "column": at[a], "label": desk.label[b], "other": desk.label[a], "people": int(r.n_cases), "turns": int(r.n_turns), "sentences": int(r.n_segments),
        "cases": ", ".join(desk.names.interview(case.split("-")[0]) if "-" not in case else desk.names.case(case) for case in r.cases), "to": _to(desk, r, b, a), "words": "pair",
    }  # fmt: skip


def _to(desk: Any, r: Any, code: str, other: str) -> str:
    """Quotes of a category at the people who name both in one turn."""
    label = _("{code} bei Befragten, die im selben Beitrag auch {other} nennen").format(code=desk.label[code], other=desk.label[other])
    return to_quotes(label, code=code, basis="reviewed", case="|".join(r.cases))


def together(desk: Any, one: str, other: str) -> set[tuple[str, str, int]]:
    """(case, doc, turn) where both categories are named, as people read it."""
    first, second = ({(m.case, m.doc, m.turn) for m in desk.mentions_of(code) if m.basis == "reviewed"} for code in (one, other))
    return first & second
