"""Passages that two people coded differently, with the way to them, and categories that are taken for one another."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

from pipeline.charts.heat import step
from pipeline.covered import listed
from pipeline.language import _, ngettext
from pipeline.sections.agreement_words import who
from pipeline.sections.answers.desk import Desk
from pipeline.sections.tabled import Cell
from pipeline.sections.withheld import guard
from pipeline.wording import capital, number, thousands

MOST = 120  # disagreements on the page; all stand in the workbook
MOST_CODES = 14  # categories of a map of confusions
MOST_PAIRS = 12  # lines below it


def disagreed(desk: Desk) -> SimpleNamespace:
    """`summary` in words, `rows` (those not settled first), `more`: how many are left out."""
    rows = desk.rows("disagreements")
    settled = sum(bool(row.resolved) for row in rows)
    shown = guard(desk) if rows else str
    told = ngettext("Einen Satz codierten zwei Menschen verschieden.", "{n} Sätze codierten zwei Menschen verschieden.", len(rows)).format(n=number(len(rows)))
    if settled:
        after = ngettext("Über einen davon hat eine Konsenssitzung entschieden.", "Über {n} davon hat eine Konsenssitzung entschieden.", settled)
        told = f"{told} {after.format(n=number(settled))}"
    first = sorted(rows, key=lambda row: bool(row.resolved))[:MOST]
    return SimpleNamespace(summary=capital(told) if rows else "", rows=[_row(desk, row, shown) for row in first], more=len(rows) - len(first))


def _row(desk: Desk, row: Any, shown: Any) -> SimpleNamespace:
    passage = desk.passage(row)
    return SimpleNamespace(
        anchor=passage.anchor, interview=passage.interview, turn=passage.turn, clock=passage.clock, who=passage.who, shown=passage.shown,
        quoted=passage.shown == passage.text, a=row.a, b=row.b, only_a=labels(desk, row.only_a), only_b=labels(desk, row.only_b),
        both=labels(desk, ";".join(c for c in listed(row.codes_a) if c in listed(row.codes_b))), memos=[(name, shown(memo)) for name, memo in ((row.a, row.memo_a), (row.b, row.memo_b)) if memo],
        resolved=resolved(desk, row.resolved), resolved_memo=shown(row.resolved_memo) if row.resolved_memo else "",
    )  # fmt: skip


def labels(desk: Desk, codes: str) -> str:
    """Codes joined in one cell, by their names."""
    return ", ".join(desk.label.get(code, code) for code in listed(codes))


def resolved(desk: Desk, what: str) -> str:
    """What a meeting settled, in words; empty where it has not."""
    if not what:
        return ""
    named = [code for code in listed(what) if code in desk.label]
    return labels(desk, ";".join(named)) if named else _("keine Kategorie")


def confused(desk: Desk) -> list[SimpleNamespace]:
    """A map a pair of coders: `title`, `head` (categories of b), `rows` (categories of a with cells of a colour), `lines` (what to look at)."""
    found: dict[tuple[str, str], list[Any]] = {}
    for row in desk.rows("confusions"):
        found.setdefault((row.a, row.b), []).append(row)
    return [_map(desk, a, b, rows) for (a, b), rows in found.items()]


def _map(desk: Desk, a: str, b: str, rows: list[Any]) -> SimpleNamespace:
    often = sorted(rows, key=lambda row: (-row.n, row.code_a, row.code_b))
    most = often[0].n
    across, down = ([*desk.by_label(list(dict.fromkeys(getattr(row, side) for row in often if getattr(row, side)))[:MOST_CODES]), *([""] if any(not getattr(row, side) for row in rows) else [])] for side in ("code_b", "code_a"))
    cells = {(row.code_a, row.code_b): row for row in rows}
    table = [
        SimpleNamespace(label=_named(desk, one), cells=[SimpleNamespace(step=step(n / most), text=thousands(n) if n else "") for n in (cells[one, other].n if (one, other) in cells else 0 for other in across)])
        for one in down
    ]  # fmt: skip
    return SimpleNamespace(
        title=_("{a} und {b}").format(a=who(a), b=who(b)), a=who(a), b=who(b), head=[_named(desk, code) for code in across], rows=table,
        lines=[_line(desk, row) for row in often[:MOST_PAIRS]],
    )  # fmt: skip


def _named(desk: Desk, code: str) -> Cell:
    return Cell(desk.label.get(code, code), f"#code-{code}" if code in desk.label else "", True) if code else Cell(_("nichts"))


def _line(desk: Desk, row: Any) -> SimpleNamespace:
    """Two categories that are taken for one another, how often, by how many respondents, with a hint and one place to look at."""
    told = ngettext("in einem Satz, bei {people}", "in {n} Sätzen, bei {people}", row.n)
    people = ngettext("einer befragten Person", "{n} Befragten", row.n_cases).format(n=number(row.n_cases))
    return SimpleNamespace(a=_named(desk, row.code_a), b=_named(desk, row.code_b), told=told.format(n=number(row.n), people=people), hint=row.hint, place=_example(desk, row.example))


def _example(desk: Desk, example: str) -> Any:
    """Where an example stands, which the table names as `I001, Beitrag 3`; None where there is none."""
    doc, _comma, turn = example.partition(", Beitrag ")
    return desk.place(doc, int(turn)) if turn.isdecimal() and (doc, int(turn)) in desk.turns else None
