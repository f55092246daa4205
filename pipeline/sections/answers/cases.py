"""Chapter: each case: what people wrote of it, else its key sentences; the theme matrix; which cases speak of like things."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

from pipeline.effective import REVIEWED
from pipeline.language import _, ngettext
from pipeline.sections.answers.desk import Desk
from pipeline.wording import number

Value = SimpleNamespace


def chapter(desk: Desk) -> SimpleNamespace:
    """All that the template `answers/cases.html.j2` shows, as plain values."""
    points: dict[str, list[Any]] = {}
    for p in sorted(desk.rows("findings_points"), key=lambda p: (p.case, p.rank)):
        points.setdefault(p.case, []).append(p)
    summaries = desk.rows("findings_summaries")
    known = [r for r in summaries if r.case in desk.names.cases]
    written = [r for r in known if r.summary]
    cells = desk.rows("findings_matrix")
    lost = [r.case for r in (*summaries, *cells) if r.case not in desk.names.cases and r.state == "lost"]
    former = [Value(case=r.case, name=desk.names.case(r.case), label=r.gone, text=r.paraphrase, themes=r.subthemes) for r in cells if r.gone and r.case in desk.names.cases]
    return Value(
        cases=[_case(desk, r, points.get(r.case, [])) for r in known], written=_written(len(written), len(known)), matrix=_matrix(desk), map=bool(desk.rows("findings_alike")),
        lost=sorted(set(lost)), former=former, file="editable/cases.xlsx",
    )  # fmt: skip


def _written(n: int, of: int) -> str:
    """
    >>> _written(0, 16), _written(1, 16), _written(16, 16)
    ('Noch hat niemand eine Fallzusammenfassung geschrieben.', 'Von 16 Fällen ist einer zusammengefasst.', 'Alle 16 Fälle sind zusammengefasst.')
    """
    if not n:
        return _("Noch hat niemand eine Fallzusammenfassung geschrieben.")
    if n == of:
        return _("Alle {n} Fälle sind zusammengefasst.").format(n=number(of)) if of > 1 else _("Der einzige Fall ist zusammengefasst.")
    return ngettext("Von {of} Fällen ist einer zusammengefasst.", "Von {of} Fällen sind {n} zusammengefasst.", n).format(n=number(n), of=number(of))


def _case(desk: Desk, row: Any, points: list[Any]) -> SimpleNamespace:
    groups: list[SimpleNamespace] = []
    for p in points:
        if not groups or groups[-1].code != p.code:
            groups.append(Value(code=p.code, label=desk.label.get(p.code, p.code), quotes=[]))
        groups[-1].quotes.append(Value(**vars(desk.passage(p, row.case)), open=p.basis != REVIEWED))
    return Value(
        case=row.case, name=desk.names.case(row.case), who=desk.names.who(row.case), words=row.words, paragraphs=[t for t in row.summary.split("\n") if t.strip()], moved=row.moved.replace("+", ", "),
        groups=groups, n=len(points), anchor=f"fall-{row.case}",
    )  # fmt: skip


def _matrix(desk: Desk) -> SimpleNamespace:
    """Cases in rows, main categories in columns; a cell holds what people wrote, else how much there is to read."""
    rows = {(r.case, r.code): r for r in desk.rows("findings_matrix")}
    mains = [code for code in desk.by_label({code for (_, code), r in rows.items() if not r.gone}) if any(r.n_mentions or r.n_proposed or r.paraphrase for (_, c), r in rows.items() if c == code)]
    lines = []
    for case in sorted(desk.names.cases):
        cells = []
        for code in mains:
            r = rows.get((case, code))
            themes = [t.strip() for t in r.subthemes.split(";") if t.strip()] if r else []
            cells.append(Value(code=code, n=r.n_mentions if r else 0, proposed=r.n_proposed if r and desk.with_proposals else 0, text=r.paraphrase if r else "", themes=themes))
        lines.append(Value(case=case, name=desk.names.case(case), who=desk.names.who(case), cells=cells))
    filled = sum(bool(cell.text) for line in lines for cell in line.cells)
    return Value(heads=[(code, desk.label.get(code, code)) for code in mains], rows=lines, filled=filled)
