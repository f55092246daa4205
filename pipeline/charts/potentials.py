"""What is there: kinds of potentials by group of respondents and by neighbourhood."""

from __future__ import annotations

from typing import Any

from pipeline.addresses import to_quotes
from pipeline.charts import grid, matrix, needs
from pipeline.charts.picture import Cell, Picture, Row
from pipeline.language import _


def pictures(desk: Any) -> dict[str, Picture]:
    """`group` and `districts`, each where the study has such and anything is read or proposed."""
    rows = [r for r in desk.rows("findings_potentials") if r.n_mentions and (r.basis == "reviewed" or desk.with_proposals)]
    codes, name = {r.code for r in rows}, desk.settings.answers.group
    made = {
        "group": matrix.group(desk, name, _("Potenziale nach {label}").format(label=desk.group_label), codes) if codes and name else None,
        "districts": _districts(desk, codes),
    }
    return {key: picture for key, picture in made.items() if picture}


def _districts(desk: Any, codes: set[str]) -> Picture | None:
    table = {(r.code, r.value, r.basis): r for r in desk.rows("findings_potentials") if r.by == "district" and r.code in codes}
    if not table:
        return None
    lines, places, mentions = matrix.heads(desk, codes), needs.by_place(desk, table), needs.placed(desk)
    columns = [grid.top(n, words, whole) for n, (_value, words, whole) in enumerate(places)]
    cells, proposals, blank = [], [], []
    for line in lines:
        for across, (place, _words, whole) in enumerate(places):
            read, open_ = table[line["code"], place, "reviewed"], table.get((line["code"], place, "proposed"))
            if read.n_mentions:
                cells.append(_cell(desk, read, line["order"], across, whole, mentions))
            else:
                blank.append({"order": line["order"], "column": across, "state": "nothing" if read.n_asked else "unasked"})
            if open_ is not None and open_.n_mentions and desk.with_proposals and not desk.known.withheld(line["code"]):
                proposals.append(_cell(desk, open_, line["order"], across, whole, mentions))
    shape = grid.Grid(
        number="datum.people", shade="max(0, min(5, datum.people))", wide=74, slant=-30, legend=(_("Befragte, gelesen"), ["1", "2", "3", "4", _("5 und mehr")]),
    )  # fmt: skip
    return Picture(
        title=_("Potenziale nach {label}").format(label=desk.district_label),
        caption=" ".join((
            _("Die Zahl sagt, wie viele Befragte von dem sprechen, was es in dem Ort gibt (gelesen), auch solche, die nicht von dort sind; in Klammern, wie viele Befragte von dort sind. Ein Ort mit mehr Stellen hat nicht mehr Potenziale: Es wurde mehr von ihm erzählt."),
            _("Blasses Feld: danach gefragt, nichts gelesen. Punkt: niemand gefragt oder noch nichts gelesen."),
            *([_("Gestrichelter Kreis: Befragte mit Vorschlägen, ungelesen; er färbt kein Feld.")] if proposals else []),
        )),
        alt=_("Feld für Feld: wie viele Befragte in welchem Ort von welchen Potenzialen sprechen; die Zahlen stehen in der Tabelle darunter."),
        chart=grid.matrix(shape, lines, columns, bool(proposals)), rows=cells, more={"proposals": proposals, "blank": blank, "lines": lines, "columns": columns},
        headings=[_("Kategorie"), _("Ort"), _("Befragte, gelesen"), _("davon von dort"), _("von dort danach gefragt"), *([_("Befragte mit Vorschlägen, ungelesen")] if proposals else [])],
        table=_table(cells, proposals), count="people",
        words={
            "read": _("{label} · {place}\nBefragte, gelesen: {people}, davon von dort: {own}\nvon dort danach gefragt: {asked} von {group}"),
            "proposed": _("{label} · {place}\nBefragte mit Vorschlägen, ungelesen: {people}\nein Suchergebnis zum Nachlesen, kein Befund"),
            "nothing": _("gefragt, nichts gelesen"), "unasked": _("niemand gefragt"),
        },
    )  # fmt: skip


def _cell(desk: Any, r: Any, down: int, across: int, place: str, mentions: dict[tuple[str, str, str], list[str]]) -> Row:
    mine, read = sorted(mentions.get((r.code, r.value, r.basis), ())), r.basis == "reviewed"
    label = (_("{code}, {value}, gelesen") if read else _("{code}, {value}, Vorschläge")).format(code=desk.label[r.code], value=place)
    return {
        "order": down, "column": across, "label": desk.label[r.code], "place": place, "people": int(r.n_cases), "places": int(r.n_mentions), "own": int(r.n_cases_own),
        "asked": int(r.n_asked), "group": int(r.n_group), "to": to_quotes(label, code=r.code, mention="|".join(mine)) if mine else "", "words": "read" if read else "proposed",
    }  # fmt: skip


def _table(cells: list[Row], proposals: list[Row]) -> list[list[Cell]]:
    read, open_ = ({(c["order"], c["column"]): c for c in part} for part in (cells, proposals))
    found: list[list[Cell]] = []
    for key in sorted({**read, **open_}):
        cell, more = read.get(key), open_.get(key)
        one = cell or open_[key]
        line: list[Cell] = [one["label"], one["place"]]
        line += [{"text": cell["people"], "to": cell["to"], "of": "people"}, cell["own"]] if cell else ["–", "–"]
        line.append(f"{one['asked']} / {one['group']}")
        if proposals:
            line.append({"text": more["people"], "to": more["to"], "of": "people", "open": True} if more else "–")
        found.append(line)
    return found
