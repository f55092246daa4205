"""Waves beside each other, as two samples: who says something, of how many who were asked. No line leads from one to the other."""

from __future__ import annotations

from typing import Any

from pipeline.addresses import to_quotes
from pipeline.charts import grid
from pipeline.charts.matrix import fifths, heads
from pipeline.charts.picture import Cell, Picture, Row
from pipeline.language import _

UNKNOWN = "unbekannt"


def picture(desk: Any) -> Picture | None:
    """Categories x waves; none while there is one wave."""
    samples = {r.wave: r for r in desk.rows("findings_wave_samples") if r.variable == "case" and r.value == "all"}
    waves = sorted(samples, key=lambda wave: samples[wave].order)
    rows = [r for r in desk.rows("findings_waves") if r.wave in samples and r.n_mentions]
    rows = [r for r in rows if r.basis == "reviewed" or (desk.with_proposals and not desk.known.withheld(r.code))]
    if len(waves) < 2 or not rows:
        return None
    at = {wave: n for n, wave in enumerate(waves)}
    lines = heads(desk, {r.code for r in rows})
    columns = [grid.top(at[wave], _("{wave} ({n})").format(wave=_name(wave), n=samples[wave].n_cases), _("{wave}: Befragte {n}, Gespräche {docs}").format(wave=_name(wave), n=samples[wave].n_cases, docs=samples[wave].n_docs)) for wave in waves]
    cells, proposals = ([_cell(desk, r, at[r.wave]) for r in rows if (r.basis == "reviewed") == read] for read in (True, False))
    full = {(cell["order"], cell["column"]) for cell in cells}
    asked = {(r.code, r.wave): r.n_asked for r in desk.rows("findings_waves")}
    blank = [
        {"order": line["order"], "column": at[wave], "level": line["level"], "family": line["family"], "state": state, "words": state}
        for line in lines for wave in waves if (line["order"], at[wave]) not in full
        for state in ["nothing" if asked.get((line["code"], wave)) else "unasked"]
    ]  # fmt: skip
    shape = grid.Grid(
        number=f"datum.people + (datum.asked > 0 ? {grid.quoted(' ' + _('von') + ' ')} + datum.asked : '')",
        shade="datum.people <= 0 ? 0 : min(5, floor(datum.people / max(datum.of, datum.people) * 5 - 1e-9) + 1)", wide=112, slant=-20, proposed="datum.people",
        legend=(_("Teil derer, die in der Erhebung danach gefragt wurden (wo niemand: aller Befragten)"), fifths()),
    )  # fmt: skip
    return Picture(
        title=_("Erhebungen nebeneinander"),
        caption=_("Mehr Rede über etwas in einer anderen Auswahl ist keine Veränderung der Sache. Jede Erhebung ist eine eigene Auswahl von Menschen; was sich in der Stadt verändert hat, zeigen Quellen außerhalb der Interviews. Im Feld: Befragte, gelesen, von wie vielen, die danach gefragt wurden. Blasses Feld: gefragt, nichts gelesen; Punkt: niemand gefragt; gestrichelter Kreis: Befragte mit Vorschlägen, ungelesen."),
        alt=_("Feld für Feld: wie viele Befragte jeder Erhebung eine Kategorie nennen, von wie vielen, die danach gefragt wurden; die Zahlen stehen in der Tabelle darunter."),
        chart=grid.matrix(shape, lines, columns, bool(proposals)), rows=cells, more={"proposals": proposals, "blank": blank, "lines": lines, "columns": columns},
        headings=[_("Kategorie"), _("Erhebung"), _("Befragte, gelesen"), _("davon danach gefragt"), _("danach gefragt"), _("Befragte der Erhebung"), *([_("Befragte mit Vorschlägen, ungelesen")] if proposals else [])],
        table=_table(cells, proposals), count="people", fold=True,
        words={
            "wave": _("{label} · {wave}\nBefragte, gelesen: {people} von {group} dieser Erhebung\ndanach gefragt: {asked}, darunter von ihnen: {both}\nMehr Rede in einer anderen Auswahl ist keine Veränderung der Sache."),
            "proposed": _("{label} · {wave}\nBefragte mit Vorschlägen, ungelesen: {people}\nein Suchergebnis zum Nachlesen, kein Befund"),
            "nothing": _("gefragt, nichts gelesen"), "unasked": _("niemand gefragt"),
        },
    )  # fmt: skip


def _name(wave: str) -> str:
    return _("ohne Angabe der Erhebung") if wave == UNKNOWN else _("Erhebung {wave}").format(wave=wave)


def _cell(desk: Any, r: Any, column: int) -> Row:
    read = r.basis == "reviewed"
    label = (_("{code}, {value}, gelesen") if read else _("{code}, {value}, Vorschläge")).format(code=desk.label[r.code], value=_name(r.wave))
    return {
        "order": desk.order[r.code], "column": column, "code": r.code, "level": min(1, r.code.count(".")), "family": r.code.split(".")[0], "label": desk.label[r.code], "wave": _name(r.wave),
        "people": int(r.n_cases), "places": int(r.n_mentions), "asked": int(r.n_asked), "both": int(r.n_cases_asked), "group": int(r.n_group), "of": int(r.n_asked or r.n_group),
        "to": "" if r.wave == UNKNOWN else to_quotes(label, code=r.code, basis=r.basis, wave=r.wave), "words": "wave" if read else "proposed",
    }  # fmt: skip


def _table(cells: list[Row], proposals: list[Row]) -> list[list[Cell]]:
    read, open_ = ({(c["order"], c["column"]): c for c in part} for part in (cells, proposals))
    found: list[list[Cell]] = []
    for key in sorted({**read, **open_}):
        cell, more = read.get(key), open_.get(key)
        one = cell or open_[key]
        line: list[Cell] = [one["label"], one["wave"], {"text": cell["people"], "to": cell["to"], "of": "people"} if cell else "–", cell["both"] if cell else "–", one["asked"], one["group"]]
        if proposals:
            line.append({"text": more["people"], "to": more["to"], "of": "people", "open": True} if more else "–")
        found.append(line)
    return found
