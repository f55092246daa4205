"""Heat maps: categories by group of respondents, for every variable that groups, and by respondent."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from typing import Any

from pipeline.addresses import to_quotes
from pipeline.charts import grid, style
from pipeline.charts.picture import Cell, Picture, Row
from pipeline.language import N_, _

UNKNOWN = "unbekannt"
MOST_NUMBERED = 24  # respondents up to which cells have numbers
_FIFTHS = (N_("bis ein Fünftel"), N_("bis zwei Fünftel"), N_("bis drei Fünftel"), N_("bis vier Fünftel"), N_("mehr"))


def fifths() -> list[str]:
    """What the colour steps of a share are called."""
    return [_(words) for words in _FIFTHS]


def asked(desk: Any) -> dict[str, set[str]]:
    """Code -> cases that were asked a question of the guide that expects it or something below it."""
    expected, parent = desk.guide.expected(), dict(zip(desk.tables["codes"]["code"], desk.tables["codes"]["parent"], strict=True))
    found: dict[str, set[str]] = defaultdict(set)
    for r in desk.rows("findings_coverage"):
        for code in expected.get(r.question, ()) if r.asked else ():
            while code:
                found[code].add(r.case)
                code = parent.get(code, "")
    return found


def read_cases(desk: Any) -> set[str]:
    """Cases of which people coded anything."""
    return {r.case for r in desk.rows("findings_cases") if r.basis == "reviewed"}


def heads(desk: Any, codes: Iterable[str], most: int = grid.MOST) -> list[dict[str, Any]]:
    """Heads at the left for these codes, in the codebook's order, of at most `most` letters."""
    level = dict(zip(desk.tables["codes"]["code"], desk.tables["codes"]["level"], strict=True))
    return [
        grid.head(desk.order[code], desk.label[code], int(level[code]), code.split(".")[0], to_quotes(desk.label[code], code=code), most=most) | {"code": code}
        for code in desk.by_label(codes)
    ]


def variables(desk: Any) -> list[str]:
    """Variables by which figures are grouped, those that the study names first."""
    counted = {r.variable for r in desk.rows("findings_groups")}
    return [name for name in dict.fromkeys((*desk.settings.findings.groups, *desk.settings.variables)) if name in counted]


def by_group(desk: Any) -> dict[str, Picture]:
    """Variable -> categories by its values."""
    found = {}
    for name in variables(desk):
        made = group(desk, name)
        if made:
            found[name] = made
    return found


def _members(desk: Any, name: str) -> dict[str, set[str]]:
    """Value -> its cases, in the order of study.yaml."""
    listed = list(desk.names.variables[name].values) if name in desk.names.variables else []
    found: dict[str, set[str]] = defaultdict(set)
    for case, row in desk.names.cases.items():
        found[row.get(name) or UNKNOWN].add(case)
    return {value: found[value] for value in sorted(found, key=lambda v: (listed.index(v) if v in listed else len(listed), v))}


def group(desk: Any, name: str, title: str = "", only: Collection[str] = ()) -> Picture | None:
    """Categories (`only` these, where given: then all are shown at once) by the values of the variable `name`."""
    rows = [r for r in desk.rows("findings_groups") if r.variable == name and (not only or r.code in only)]
    rows = [r for r in rows if r.basis == "reviewed" or (desk.with_proposals and not desk.known.withheld(r.code))]
    if not rows:
        return None
    members, lines = _members(desk, name), heads(desk, {r.code for r in rows})
    small = {value for value, cases in members.items() if len(cases) < desk.settings.findings.small}
    columns = [
        grid.top(n, (_("{value} ({n}, klein)") if value in small else _("{value} ({n})")).format(value=style.cut(desk.names.marked(name, value), 24), n=len(cases)), desk.names.marked(name, value))
        for n, (value, cases) in enumerate(members.items())
    ]
    at = {value: n for n, value in enumerate(members)}
    cells, proposals = [_group_cell(desk, name, r, at[r.value], small) for r in rows if r.basis == "reviewed"], [
        _group_cell(desk, name, r, at[r.value], small) for r in rows if r.basis != "reviewed"
    ]
    label = desk._label(name)
    shape = grid.Grid(
        number="datum.people", shade="datum.people <= 0 ? 0 : min(5, floor(datum.people / max(datum.of, datum.people) * 5 - 1e-9) + 1)",
        legend=(_("Teil derer, die in der Gruppe danach gefragt wurden (wo niemand: der Gruppe)"), fifths()),
    )  # fmt: skip
    return Picture(
        title=title or _("Kategorien nach {label}").format(label=label),
        caption=" ".join((_("Die Zahl in einem Feld: Befragte, bei denen Menschen die Kategorie gelesen haben; in Klammern, wie viele Befragte es in der Gruppe gibt."), *_blank_words(desk), *_proposal_words(desk, proposals, compared=True))),
        alt=_("Feld für Feld: wie viele Befragte jeder Gruppe ({label}) eine Kategorie nennen; die Zahlen stehen in der Tabelle darunter.").format(label=label),
        chart=grid.matrix(shape, lines, columns, bool(proposals)), rows=_slim(cells),
        more={"proposals": _slim(proposals), "blank": _blanks(desk, lines, list(members.values()), cells), "lines": lines, "columns": columns},
        headings=[_("Kategorie"), label, _("Befragte, gelesen"), _("Stellen, gelesen"), _("danach gefragt"), _("in der Gruppe"), *([_("Befragte mit Vorschlägen, ungelesen")] if proposals else [])],
        table=_group_table(desk, cells, proposals, small), count="people", words=_words(), fold=not only,
    )  # fmt: skip


def _group_cell(desk: Any, name: str, r: Any, column: int, small: set[str]) -> Row:
    read = r.basis == "reviewed"
    label, value = desk.label[r.code], desk.names.value(name, r.value)
    title = (_("{code}, {value}, gelesen") if read else _("{code}, {value}, Vorschläge")).format(code=label, value=value)
    return {
        "order": desk.order[r.code], "column": column, "code": r.code, "label": label, "value": value, "key": r.value,
        "people": int(r.n_cases), "places": int(r.n_mentions), "asked": int(r.n_asked), "group": int(r.n_group), "of": int(r.n_asked or r.n_group),
        "to": to_quotes(title, code=r.code, basis=r.basis, **{name: r.value}),
        "words": ("small" if r.value in small else "group") if read else "proposed",
    }  # fmt: skip


def _slim(cells: list[Row]) -> list[Row]:
    """Cells as they are drawn: what their heads say is not said again at each of them."""
    return [{key: value for key, value in cell.items() if key not in ("code", "key", "label", "value")} for cell in cells]


def _words() -> dict[str, str]:
    read = _("{label} · {value}\nBefragte, gelesen: {people} von {group} in der Gruppe\ndanach gefragt: {asked}\nStellen, gelesen: {places}")
    return {
        "group": read, "small": read + "\n" + _("kleine Gruppe: kein Vergleich"),
        "proposed": _("{label} · {value}\nBefragte mit Vorschlägen, ungelesen: {people}\nein Suchergebnis zum Nachlesen, kein Befund"),
        "nothing": _("gefragt, nichts gelesen"), "unasked": _("niemand gefragt"), "unread": _("noch nichts gelesen"), "unknown": _("nichts gelesen; ob danach gefragt wurde, ist nicht bekannt"),
    }  # fmt: skip


def _blanks(desk: Any, lines: list[dict[str, Any]], groups: list[set[str]], cells: list[Row]) -> list[Row]:
    """Cells without anything read, with the reason."""
    known, put, read = desk.knows_asked, asked(desk), read_cases(desk)
    full = {(cell["order"], cell["column"]) for cell in cells}
    found = []
    for line in lines:
        for n, cases in enumerate(groups):
            if (line["order"], n) not in full:
                state = "unread" if not cases & read else "unknown" if not known else "nothing" if put.get(line["code"], set()) & cases else "unasked"
                found.append({"order": line["order"], "column": n, "state": state})
    return found


def _blank_words(desk: Any) -> list[str]:
    return [
        _("Blasses Feld: danach gefragt, nichts gelesen. Punkt: niemand gefragt oder noch nichts gelesen.")
        if desk.knows_asked
        else _("Punkt: nichts gelesen; wonach gefragt wurde, ist nicht bekannt.")
    ]


def _proposal_words(desk: Any, proposals: list[Row], compared: bool) -> list[str]:
    found = [_("Gestrichelter Kreis: Befragte mit Vorschlägen, ungelesen; er färbt kein Feld.") if compared else _("Gestrichelter Kreis: Vorschläge, ungelesen; er färbt kein Feld.")] if proposals else []
    if compared and desk.with_proposals and any(r.basis == "proposed" and desk.known.withheld(r.code) for r in desk.rows("findings_groups")):
        found.append(_("Vorschläge zu Kategorien, die das Modell nicht in jeder Sprechweise gleich gut erkennt, stehen hier nicht."))
    return found


def _group_table(desk: Any, cells: list[Row], proposals: list[Row], small: set[str]) -> list[list[Cell]]:
    open_ = {(p["code"], p["key"]): p for p in proposals}
    read = {(c["code"], c["key"]): c for c in cells}
    found: list[list[Cell]] = []
    for key in sorted({**read, **open_}, key=lambda key: (desk.order[key[0]], (read.get(key) or open_[key])["column"])):
        cell, more = read.get(key), open_.get(key)
        one = cell or open_[key]
        line: list[Cell] = [one["label"], one["value"] + (_(" (kleine Gruppe)") if key[1] in small else "")]
        line += [{"text": cell["people"], "to": cell["to"], "of": "people"}, cell["places"]] if cell else ["–", "–"]
        line += [one["asked"], one["group"]]
        if proposals:
            line.append({"text": more["people"], "to": more["to"], "of": "people", "open": True} if more else "–")
        found.append(line)
    return found


def by_case(desk: Any) -> Picture | None:
    """Categories by respondent, shaded by passages."""
    rows = [r for r in desk.rows("findings_cases") if r.basis == "reviewed" or desk.with_proposals]
    if not rows:
        return None
    cases, lines = sorted(desk.names.cases), heads(desk, {r.code for r in rows}, 40)
    at = {case: n for n, case in enumerate(cases)}
    many = len(cases) > MOST_NUMBERED
    columns = [grid.top(n, desk.names.case(case), f"{desk.names.case(case)}: {desk.names.who(case)}") for n, case in enumerate(cases)]
    cells, proposals = ([_case_cell(desk, r, at[r.case]) for r in rows if (r.basis == "reviewed") == read] for read in (True, False))
    shape = grid.Grid(
        number="" if many else "datum.places", shade="max(0, min(5, datum.places))", wide=18 if many else 36, high=20 if many else 24, slant=-60,
        legend=(_("Stellen, gelesen"), ["1", "2", "3", "4", _("5 und mehr")]),
    )  # fmt: skip
    return Picture(
        title=_("Kategorien nach Befragten"),
        caption=" ".join((_("Jede Spalte ist eine befragte Person. Wer länger spricht, hat mehr Stellen; verglichen werden sollte, was vorkommt, nicht wie oft."), *_blank_words(desk), *_proposal_words(desk, proposals, compared=False))),
        alt=_("Feld für Feld: wie viele gelesene Stellen zu einer Kategorie es bei jeder befragten Person gibt; die Zahlen stehen in der Tabelle darunter."),
        chart=grid.matrix(shape, lines, columns, bool(proposals)), rows=_slim(cells),
        more={"proposals": _slim(proposals), "blank": _blanks(desk, lines, [{case} for case in cases], cells), "lines": lines, "columns": columns},
        headings=[_("Kategorie"), _("Befragte"), _("Stellen, gelesen"), _("danach gefragt"), *([_("Vorschläge, ungelesen")] if proposals else [])],
        table=_case_table(desk, cells, proposals), count="places", words=_case_words(), fold=True,
    )  # fmt: skip


def _case_cell(desk: Any, r: Any, column: int) -> Row:
    read = r.basis == "reviewed"
    label, who = desk.label[r.code], desk.names.case(r.case)
    title = (_("{code}, {value}, gelesen") if read else _("{code}, {value}, Vorschläge")).format(code=label, value=who)
    return {
        "order": desk.order[r.code], "column": column, "code": r.code, "label": label, "value": f"{who}: {desk.names.who(r.case)}",
        "key": r.case, "places": int(r.n_mentions), "asked": _("ja") if r.n_asked else _("nein"), "to": to_quotes(title, code=r.code, basis=r.basis, case=r.case),
        "words": "case" if read else "proposed",
    }  # fmt: skip


def _case_words() -> dict[str, str]:
    return _words() | {
        "case": _("{label} · {value}\nStellen, gelesen: {places}\ndanach gefragt: {asked}"),
        "proposed": _("{label} · {value}\nVorschläge, ungelesen: {places}\nein Suchergebnis zum Nachlesen, kein Befund"),
    }


def _case_table(desk: Any, cells: list[Row], proposals: list[Row]) -> list[list[Cell]]:
    open_, read = ({(c["code"], c["key"]): c for c in part} for part in (proposals, cells))
    found: list[list[Cell]] = []
    for key in sorted({**read, **open_}, key=lambda key: (desk.order[key[0]], key[1])):
        cell, more = read.get(key), open_.get(key)
        one = cell or open_[key]
        line: list[Cell] = [one["label"], one["value"], {"text": cell["places"], "to": cell["to"], "of": "places"} if cell else "–", one["asked"]]
        if proposals:
            line.append({"text": more["places"], "to": more["to"], "of": "places", "open": True} if more else "–")
        found.append(line)
    return found
