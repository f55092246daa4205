"""Who was asked which question of the guide, and whether that was answered."""

from __future__ import annotations

from collections import Counter
from typing import Any

from pipeline.addresses import to_turn
from pipeline.charts import grid, style
from pipeline.charts.picture import Picture, Row
from pipeline.language import N_, _

# How an answer is drawn: (shape, words); they differ in form, not in colour alone.
_MARKS = {
    "asked": ("square", N_("gestellt")), "probe": ("diamond", N_("nur nachgefragt")), "evaded": ("triangle-up", N_("ausgewichen")),
    "refused": ("cross", N_("nicht geantwortet")), "not asked": ("circle", N_("nicht gestellt oder nicht erkannt")),
}  # fmt: skip


def picture(desk: Any) -> Picture | None:
    """Questions x respondents; none without a guide, or where no question was recognised."""
    rows = desk.rows("findings_coverage")
    if not any(r.asked for r in rows):
        return None
    labels = {q.id: q.label or q.text for q in desk.guide.questions}
    cases, questions = sorted(desk.names.cases), [q.id for q in desk.guide.questions]
    across, down = {case: n for n, case in enumerate(cases)}, {question: n for n, question in enumerate(questions)}
    put = Counter(r.question for r in rows if r.asked)
    lines = [
        grid.head(down[q], f"{q} {labels[q]}", to=f"#frage-{q}", words=_("{question}: {label}\ngestellt: {n} Befragten").format(question=q, label=labels[q], n=put[q]))
        for q in questions
    ]  # fmt: skip
    columns = [grid.top(across[case], desk.names.case(case), f"{desk.names.case(case)}: {desk.names.who(case)}", f"#{desk.names.cases[case]['doc']}") for case in cases]
    starts = _starts(desk)
    cells = [_cell(desk, r, labels, across, down, starts) for r in rows if r.case in across and r.question in down]
    return Picture(
        title=_("Wem welche Frage gestellt wurde"),
        caption=_("Jede Spalte ist eine befragte Person. Punkt: nicht gestellt oder nicht erkannt. Fragen werden am Wortlaut erkannt; ausgewichen oder nicht geantwortet ist am Wortlaut vermutet, bitte nachlesen. Wem eine Frage nicht gestellt wurde, der hat dazu nicht geschwiegen. In einem Workshop gelten alle als gefragt."),
        alt=_("Feld für Feld: ob eine Leitfrage einer befragten Person gestellt wurde, und ob sie auswich; dasselbe steht in der Tabelle darunter."),
        chart=_chart(lines, columns), rows=cells, more={"lines": lines, "columns": columns},
        headings=[_("Frage"), _("gestellt"), *(_(words) for _shape, words in list(_MARKS.values())[1:])], table=_table(desk, questions, labels, cells),
        words={"cell": _("{question} · {who}\n{status}\nWörter in der Antwort: {length}")},
    )  # fmt: skip


def _starts(desk: Any) -> dict[tuple[str, str], tuple[str, int, str]]:
    """(question, case) -> where it is first put to that person, and how."""
    docs: dict[str, list[str]] = {}
    for r in desk.rows("cases"):
        docs.setdefault(r.doc, []).append(r.case)
    found: dict[tuple[str, str], tuple[str, int, str]] = {}
    for r in sorted(desk.rows("questions"), key=lambda r: (r.kind != "asked", r.doc, r.turn)):
        if r.kind in ("asked", "probe") and r.question:
            for case in docs.get(r.doc, ()):
                found.setdefault((r.question, case), (r.doc, int(r.turn), r.kind))
    return found


def _cell(desk: Any, r: Any, labels: dict[str, str], across: dict[str, int], down: dict[str, int], starts: dict[tuple[str, str], tuple[str, int, str]]) -> Row:
    doc, turn, kind = starts.get((r.question, r.case), ("", 0, ""))
    status = "probe" if r.status == "asked" and kind == "probe" else r.status
    return {
        "order": down[r.question], "column": across[r.case], "state": status, "question": f"{r.question} {labels[r.question]}", "who": f"{desk.names.case(r.case)}: {desk.names.who(r.case)}",
        "status": _(_MARKS[status][1]), "length": int(r.words), "to": to_turn(doc, turn) if doc else "", "words": "cell", "key": r.question, "case": r.case,
    }  # fmt: skip


def _chart(lines: list[dict[str, Any]], columns: list[dict[str, Any]]) -> Any:
    import altair as alt

    shape = grid.Grid(number="", shade="0", wide=18 if len(columns) > 24 else 30, high=24, slant=-60, indent=0)
    states = list(_MARKS)[:-1]
    told = " : ".join(f"datum.value == '{state}' ? {grid.quoted(_(_MARKS[state][1]))}" for state in states) + " : ''"
    legend = alt.Legend(title=None, labelExpr=told, symbolSize=120, symbolStrokeWidth=1.6, offset=grid.room(shape, columns))
    fills, strokes = [style.STEPS[4], style.PAPER, style.PAPER, style.WARM], [style.STEPS[4], style.STEPS[4], style.WARM, style.WARM]
    put = alt.Chart(style.named()).transform_filter("datum.state != 'not asked'").mark_point(opacity=1, strokeWidth=1.6, size=140)
    marks = grid.placed(put).encode(
        shape=alt.Shape("state:N", scale=alt.Scale(domain=states, range=[_MARKS[state][0] for state in states]), legend=legend),
        fill=alt.Fill("state:N", scale=alt.Scale(domain=states, range=fills), legend=legend), stroke=alt.Stroke("state:N", scale=alt.Scale(domain=states, range=strokes), legend=legend),
    )  # fmt: skip
    dots = grid.placed(alt.Chart(style.named()).transform_filter("datum.state == 'not asked'").mark_point(shape="square", filled=True, size=5, opacity=1, color=style.SOFT))
    return grid.framed(shape, [dots, marks], lines)


def _table(desk: Any, questions: list[str], labels: dict[str, str], cells: list[Row]) -> list[list[Any]]:
    """A line for each question: how many, and at those that were not plainly asked, who."""
    found: list[list[Any]] = []
    for question in questions:
        by_state: dict[str, list[str]] = {state: [] for state in _MARKS}
        for cell in cells:
            if cell["key"] == question:
                by_state[cell["state"]].append(desk.names.case(cell["case"]))
        line: list[Any] = [{"text": f"{question} {labels[question]}", "to": f"#frage-{question}"}, len(by_state["asked"])]
        line += [f"{len(by_state[state])} ({', '.join(by_state[state])})" if by_state[state] else "–" for state in list(_MARKS)[1:]]
        found.append(line)
    return found
