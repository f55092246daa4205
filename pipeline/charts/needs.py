"""Needs by neighbourhood, beside what people say there is."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import Any

from pipeline.addresses import to_quotes
from pipeline.charts import grid, style
from pipeline.charts.picture import Cell, Picture, Row
from pipeline.language import N_, _

# State of a cell -> (fill, edge, words).
_STATES = {
    "gap": (style.PAPER, style.WARM, N_("kein Angebot genannt")), "beside": (style.STEPS[2], style.STEPS[4], N_("Angebote genannt")),
    "open": (style.STEPS[1], style.STEPS[4], N_("Angebot nur vorgeschlagen")), "unnamed": (style.STEPS[0], style.STEPS[0], N_("gefragt, nichts gefunden")),
    "silent": (style.PAPER, style.PAPER, N_("niemand gefragt")),
}  # fmt: skip


def picture(desk: Any) -> Picture | None:
    """Needs x neighbourhoods: people who name a need there, and whether offers there are named; none where no need is read or proposed."""
    table = {(r.code, r.district, r.basis): r for r in desk.rows("findings_needs")}
    named = {code for (code, _district, basis), r in table.items() if r.n_mentions and (basis == "reviewed" or desk.with_proposals)}
    if not named:
        return None
    codes = desk.by_label(named)
    districts = by_place(desk, table)
    level = dict(zip(desk.tables["codes"]["code"], desk.tables["codes"]["level"], strict=True))
    lines = [grid.head(n, desk.label[code], int(level[code]), code.split(".")[0], to_quotes(desk.label[code], code=code)) for n, code in enumerate(codes)]
    lines.append(grid.head(len(codes) + 1, _("Genannte Angebote, die es gibt (Stellen)"), 0))
    columns = [grid.top(n, words, whole) for n, (_value, words, whole) in enumerate(districts)]
    mentions = placed(desk)
    cells, proposals = [], []
    for down, code in enumerate(codes):
        for across, (district, words, _whole) in enumerate(districts):
            cells.append(_cell(desk, table[code, district, "reviewed"], down, across, words, mentions))
            if desk.with_proposals and table[code, district, "proposed"].n_cases:
                proposals.append(_cell(desk, table[code, district, "proposed"], down, across, words, mentions))
    offers = [_offers(desk, district, len(codes) + 1, across, words) for across, (district, words, _whole) in enumerate(districts)]
    return Picture(
        title=_("Bedarfe je Ort neben dem, was es gibt"),
        caption=_("Die Zahl sagt, wie viele Befragte den Bedarf dort nennen (gelesen); der Rand, ob im selben Ort ein Angebot genannt ist. „Kein Angebot genannt“ heißt nicht, dass es keines gibt. Gestrichelter Kreis: Befragte mit Vorschlägen, ungelesen. In Klammern: wie viele Befragte von dort sind."),
        alt=_("Feld für Feld: wie viele Befragte in welchem Ort welchen Bedarf nennen, und ob dort ein Angebot genannt ist; die Zahlen stehen in der Tabelle darunter."),
        chart=_chart(lines, columns, bool(proposals)), rows=cells, more={"proposals": proposals, "offers": offers, "lines": lines, "columns": columns},
        headings=[_("Bedarf"), _("Ort"), _("Befragte, gelesen"), _("davon von dort"), _("von dort danach gefragt"), _("was es dort gibt"), *([_("Befragte mit Vorschlägen, ungelesen")] if proposals else [])],
        table=_table(cells, proposals), count="people",
        words={
            "read": _("{label} · {place}\nBefragte, gelesen: {people}, davon von dort: {own}\nvon dort danach gefragt: {asked} von {group}\n{offer}"),
            "none": _("{label} · {place}\nnichts gelesen\nvon dort danach gefragt: {asked} von {group}"),
            "proposed": _("{label} · {place}\nBefragte mit Vorschlägen, ungelesen: {people}\nein Suchergebnis zum Nachlesen, kein Befund"),
            "offers": _("{place}\nStellen zu Angeboten, die es gibt, gelesen: {places}"),
        },
    )  # fmt: skip


def by_place(desk: Any, table: dict[tuple[str, str, str], Any]) -> list[tuple[str, str, str]]:
    """(district, head, whole words) in the study's order; those without a place last, where there are any."""
    name = desk.settings.answers.district
    listed = list(desk.names.variables[name].values) if name in desk.names.variables else []
    found = {district for _code, district, _basis in table}
    if not any(r.n_mentions or r.n_group for (_code, district, _basis), r in table.items() if not district):
        found.discard("")
    people = Counter(case.get(name) or "" for case in desk.names.cases.values())
    ordered = sorted(found, key=lambda d: (d == "", listed.index(d) if d in listed else len(listed), d))
    return [
        (d, _("{value} ({n})").format(value=style.cut(desk.names.value(name, d), 24), n=people[d]) if d else _("ohne Ort"), desk.names.value(name, d) if d else _("ohne Ort"))
        for d in ordered
    ]


def placed(desk: Any) -> dict[tuple[str, str, str], list[str]]:
    """(code, district, basis) -> mentions, placed as the chapter places them."""
    found: dict[tuple[str, str, str], list[str]] = defaultdict(list)
    for r in desk.rows("findings_places"):
        m = desk.mention(r.mention)
        if m is not None:
            found[m.code, r.district, m.basis].append(r.mention)
    return found


def _cell(desk: Any, r: Any, down: int, across: int, place: str, mentions: dict[tuple[str, str, str], list[str]]) -> Row:
    mine, read = sorted(mentions.get((r.code, r.district, r.basis), ())), r.basis == "reviewed"
    label = (_("{code}, {value}, gelesen") if read else _("{code}, {value}, Vorschläge")).format(code=desk.label[r.code], value=place)
    # What is named there belongs to what is read; where only proposals name a need, nothing is said of a gap.
    state = r.state if r.n_mentions else "unnamed" if r.n_asked else "silent"
    return {
        "order": down, "column": across, "code": r.code, "level": 1, "label": desk.label[r.code], "place": place, "people": int(r.n_cases), "places": int(r.n_mentions), "own": int(r.n_cases_own),
        "asked": int(r.n_asked), "group": int(r.n_group), "state": state, "offer": _(_STATES[state][2]), "to": to_quotes(label, code=r.code, mention="|".join(mine)) if mine else "",
        "words": ("read" if r.n_mentions else "none") if read else "proposed",
    }  # fmt: skip


def _offers(desk: Any, district: str, down: int, across: int, place: str) -> Row:
    """How many passages tell of an offer that is there, as people read them."""
    mine = sorted({r.mention for r in desk.rows("findings_offers") if r.district == district and r.basis == "reviewed" and r.lasting == "there"})
    return {
        "order": down, "column": across, "place": place, "places": len(mine), "to": to_quotes(_("Angebote, {value}, gelesen").format(value=place), mention="|".join(mine)) if mine else "",
        "words": "offers",
    }  # fmt: skip


def _chart(lines: list[dict[str, Any]], columns: list[dict[str, Any]], proposals: bool) -> Any:
    import altair as alt

    shape = grid.Grid(number="datum.people > 0 ? datum.people : ''", shade="datum.people > 0 ? 2 : 0", wide=74, high=28, slant=-30)
    aside, states = shape.wide * 0.22 if proposals else 0, list(_STATES)[:3]
    told = " : ".join(f"datum.value == '{state}' ? {grid.quoted(_(_STATES[state][2]))}" for state in states) + " : ''"
    every = alt.Scale(domain=list(_STATES), range=[fill for fill, _edge, _words in _STATES.values()])
    edges = alt.Scale(domain=list(_STATES), range=[edge for _fill, edge, _words in _STATES.values()])
    legend = alt.Legend(title=None, values=states, labelExpr=told, symbolType="square", symbolSize=240, symbolStrokeWidth=2, offset=grid.room(shape, columns))
    cells = [
        grid.placed(alt.Chart(style.named()).transform_filter(f"datum.state {sign} 'open' && datum.state != 'silent'").mark_rect(strokeWidth=2, strokeDash=dash, opacity=1)).encode(
            fill=alt.Fill("state:N", scale=every, legend=legend), stroke=alt.Stroke("state:N", scale=edges, legend=legend)
        )
        for sign, dash in (("!=", [1, 0]), ("==", style.DASH))
    ]  # fmt: skip
    dots = grid.placed(alt.Chart(style.named()).transform_filter("datum.state == 'silent'").mark_point(shape="square", filled=True, size=4, opacity=1, xOffset=-aside, color=style.SOFT))
    there = grid.placed(alt.Chart(style.named("offers")).transform_calculate(told="datum.places > 0 ? datum.places : '–'").mark_text(fill=style.ACCENT, fontWeight="bold")).encode(text="told:N")
    layers = [*cells, dots, grid.numbers(shape, aside), there, *(grid.hollow(shape, aside) if proposals else [])]
    return grid.framed(shape, layers, lines)


def _table(cells: list[Row], proposals: list[Row]) -> list[list[Cell]]:
    open_ = {(p["code"], p["column"]): p for p in proposals}
    found: list[list[Cell]] = []
    for cell in cells:
        more = open_.get((cell["code"], cell["column"]))
        if cell["people"] or more or cell["asked"]:
            line: list[Cell] = [cell["label"], cell["place"], {"text": cell["people"], "to": cell["to"], "of": "people"} if cell["people"] else "–", cell["own"] or "–", f"{cell['asked']} / {cell['group']}", cell["offer"]]
            if proposals:
                line.append({"text": more["people"], "to": more["to"], "of": "people", "open": True} if more else "–")
            found.append(line)
    return found
