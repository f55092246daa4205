"""Whether conversations still bring new sub-themes: those of each as bars, all so far as a line; each search by itself."""

from __future__ import annotations

from typing import Any

from pipeline.charts import style
from pipeline.charts.picture import Picture, Row
from pipeline.language import N_, _
from pipeline.wording import day

BASE, RUN = 4, 2  # conversations, as in measures/saturation.py
_TITLES = {"matrix": N_("Neue Unterthemen aus der Themenmatrix"), "code": N_("Neue Unterthemen aus neuen Kategorien")}


def pictures(desk: Any) -> dict[str, Picture]:
    """Search -> its curve, where there are conversations enough and anything was found."""
    found = {}
    for source, title in _TITLES.items():
        rows = sorted((r for r in desk.rows("findings_saturation") if r.source == source and not r.group), key=lambda r: r.order)
        if rows and rows[-1].n_all and len(rows) >= BASE + RUN:
            found[source] = _curve(desk, _(title), rows)
    return found


def _curve(desk: Any, title: str, rows: list[Any]) -> Picture:
    cells = [_row(desk, r) for r in rows]
    return Picture(
        title=title,
        caption=_("Gespräche nach Datum. Balken: neue Unterthemen in diesem Gespräch; Linie: alle bis dahin. Links der gestrichelten Linie die ersten vier, mit denen verglichen wird. Wer anders erreicht wird, kann Neues erzählen."),
        alt=_("Balken und Linie: neue Unterthemen in jedem Gespräch und alle bis dahin; die Zahlen stehen in der Tabelle darunter."),
        chart=_chart(cells), rows=cells, more={"base": [{"at": BASE, "words": "", "to": ""}]},
        headings=[_("Nr."), _("Gespräch"), _("Datum"), _("neu"), _("schon bekannt"), _("bisher"), _("neue Unterthemen")],
        table=[[c["order"], {"text": c["interview"], "to": c["to"]}, c["date"], c["new"] or "–", c["known"] or "–", c["all"], c["labels"]] for c in cells],
        words={"one": _("{interview}, {date}\nneue Unterthemen: {new}\nschon bekannt: {known}\nbisher: {all}\n{labels}")},
    )  # fmt: skip


def _row(desk: Any, r: Any) -> Row:
    return {
        "order": int(r.order), "interview": desk.names.interview(r.doc), "date": day(r.date) if r.date else _("Datum unbekannt"), "new": int(r.n_new), "known": int(r.n_known), "all": int(r.n_all),
        "labels": r.new_labels, "to": f"#{r.doc}", "words": "one",
    }  # fmt: skip


def _chart(rows: list[Row]) -> Any:
    import altair as alt

    every = 1 + len(rows) // 20
    x = alt.X("order:O", title=_("Gespräche nach Datum"), axis=alt.Axis(labelAngle=0, labelExpr=f"(datum.value - 1) % {every} == 0 ? datum.label : ''"))
    base = alt.Chart(style.named())

    def upwards(field: str) -> Any:
        return alt.Y(f"{field}:Q", title=_("Unterthemen"), axis=alt.Axis(tickMinStep=1, format="d", tickCount=6), scale=alt.Scale(nice=False))

    bars = base.mark_bar(fill=style.STEPS[2], stroke=style.STEPS[4], opacity=1).encode(x=x, y=upwards("new"))
    line = base.mark_line(stroke=style.ACCENT, strokeWidth=2).encode(x=x, y=upwards("all"))
    points = base.mark_point(shape="circle", fill=style.ACCENT, stroke=style.PAPER, size=70, opacity=1).encode(x=x, y=upwards("all"))
    border = alt.Chart(style.named("base")).mark_rule(stroke=style.SOFT, strokeDash=[4, 4], xOffset=_step(rows) / 2).encode(x="at:O")
    return alt.layer(bars, line, points, border).properties(width=alt.Step(_step(rows)), height=220)


def _step(rows: list[Row]) -> int:
    return max(12, min(44, style.WIDTH // max(1, len(rows))))

