"""The chapter on how far coders agree: figures of each pair and of all, machines apart, disagreements, confusions."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from types import SimpleNamespace
from typing import Any

from pipeline.language import N_, _
from pipeline.sections import agreement_words as words
from pipeline.sections.answers.desk import Desk
from pipeline.sections.disagreements import confused, disagreed
from pipeline.sections.tabled import Cell, Table, table
from pipeline.tables import CONSENSUS_CODER, EVERYBODY, MACHINES
from pipeline.wording import MONTHS, number, per_cent, thousands

_CORRECTED = ("alpha_nominal", "cohen", "fleiss", "conger", "scott", "ac1")  # which figure stands for a comparison, the first that is there
_BY_CODE = ("percent", "overlap_percent", "cohen", "fleiss", "alpha_nominal", "ac1")
_UNITS = tuple(words.UNITS)
_LEAD = (
    N_("Zwei Menschen, die denselben Text lesen, verstehen ihn nicht immer gleich. Hier steht, wie oft sie unabhängig voneinander dasselbe codierten."),
    N_("Eine Zahl allein beweist nichts. Hohe Übereinstimmung kann heißen, dass alle denselben Fehler machen oder dass eine Kategorie fast nie vorkommt; niedrige zeigt oft eine Grenze im Codebuch, über die zu sprechen sich lohnt. Schwellen, die in Lehrbüchern stehen (0,67 oder 0,80), sind Vereinbarungen. Wichtiger als die Zahlen sind die Abweichungen darunter."),
    N_("In Klammern steht, zwischen welchen Werten eine Zahl wohl liegt: gerechnet, indem Befragte als Ganze immer neu gezogen werden (95 von 100 Ziehungen). »Vor dem Konsens« misst, wie verschieden gelesen wurde; »danach« sagt nur, worauf man sich geeinigt hat."),
)  # fmt: skip
_MACHINE = N_("Das ist keine Übereinstimmung zwischen Codierenden. Eine Maschine versteht nichts; sie hat aus dem gelernt, was Menschen vergaben, oder folgt Regeln, die Menschen schrieben. Dass sie zu demselben kommt, bestätigt die Codierung nicht, und dass sie abweicht, widerlegt sie nicht.")
_RULES = N_("Hier sind zwei Maschinen verglichen. Wo beide dasselbe vorschlagen, ist nichts bestätigt; wo sie auseinandergehen, lohnt das Lesen zuerst.")


def chapter(desk: Desk) -> dict[str, Any]:
    """`agreement`: all that the template shows; tables and lists are empty where nobody was compared."""
    people = comparisons(desk, "people")
    measures = {row.measure for row in desk.rows("agreement")}
    return {
        "agreement": SimpleNamespace(
            lead=[_(text) for text in _LEAD] if people else [], alone="" if people else alone(desk), people=people, machine=comparisons(desk, "machine"),
            machine_note=_(_MACHINE), rules=comparisons(desk, "rule_model"), rules_note=_(_RULES),
            meaning=[(_(words.MEASURES[m]), _(words.MEANING[m])) for m in words.MEASURES if m in measures], disagreed=disagreed(desk), confused=confused(desk),
        )
    }  # fmt: skip


def coders(desk: Desk) -> list[str]:
    """People who read or coded, by abbreviation; what a meeting settled is nobody's own."""
    found = {row.coder for row in desk.rows("reviewed")} | {row.coder for row in desk.rows("codings")}
    return sorted(found - {*MACHINES, CONSENSUS_CODER, ""})


def alone(desk: Desk) -> str:
    """Why nothing is compared, and how to begin."""
    known = coders(desk)
    if not known:
        told = _("Noch hat niemand codiert; zu vergleichen gibt es nichts.")
    elif len(known) == 1:
        told = _("Bisher hat nur eine Person codiert ({who}). Ob eine zweite die Kategorien genauso verstünde, ist nicht geprüft.").format(who=known[0])
    else:
        told = _("{n} Personen haben codiert ({who}), doch keine Stelle haben zwei von ihnen unabhängig voneinander für alle Kategorien gelesen.")
        told = told.format(n=number(len(known)), who=", ".join(known))
        told = told[:1].upper() + told[1:]
    begin = _("So beginnt es: »make double CODERS=mk,ab SHARE=0.15« (mit Ihren Kürzeln) zieht aus jedem Gespräch etwa jeden siebten Redebeitrag. Beide lesen sie mit »make review«, jede für sich und ohne Vorschläge; der nächste Lauf vergleicht.")
    return f"{told} {begin}"


def comparisons(desk: Desk, scope: str) -> list[SimpleNamespace]:
    """Everybody who was compared with anybody, in the table's order: `title`, `notes`, `overall`, `codes` and `others` (a table a unit), `parts`."""
    found: dict[tuple[str, str], list[Any]] = {}
    for row in desk.rows("agreement"):
        if row.scope == scope:
            found.setdefault((row.a, row.b), []).append(row)
    return [
        _pair(desk, _title(*pair), rows) for pair, rows in found.items() if any(row.n for row in rows)
    ]


def _pair(desk: Desk, title: str, rows: list[Any]) -> SimpleNamespace:
    """One comparison: the first unit's figures, then what folds (`more`: further units, each category, parts); a note that holds of all is told once."""
    told = [row for row in rows if row.estimate == row.estimate] or rows
    always = set.intersection(*({*words.noted(row.note)} for row in told)) - {""}
    units = [unit for unit in _UNITS if any(row.unit == unit and not row.code for row in _whole(rows))]
    others = [made for unit in units[1:] if (made := _overall(rows, [unit], always, _("Alle Kategorien zusammen; verglichen: {unit}").format(unit=_(words.UNITS[unit])))) is not None]
    return SimpleNamespace(
        title=title, notes=sorted(always), overall=_overall(rows, units[:1], always, _("Alle Kategorien zusammen")),
        codes=_codes(desk, rows, always), others=others, parts=_parts(desk, rows, always),
    )  # fmt: skip


def _title(a: str, b: str) -> str:
    if not b or a == EVERYBODY:
        return _("Alle zusammen")
    return _("{a} und {b}").format(a=words.who(a), b=words.who(b))


def _whole(rows: Iterable[Any]) -> list[Any]:
    return [row for row in rows if row.part in ("", "all")]


def _overall(rows: list[Any], units: Sequence[str], always: set[str], caption: str) -> Table | None:
    """All categories together: a line a measure of these units, before and after the meeting."""
    cells = {(row.unit, row.measure, row.state): row for row in _whole(rows) if not row.code}
    after = any(state == "after" for *_rest, state in cells)
    lines = []
    for unit in units:
        for measure in words.MEASURES:
            first, then = cells.get((unit, measure, "before")), cells.get((unit, measure, "after"))
            known = first or then
            if known is None:
                continue
            told = [words.shown(first) if first else "–", *([words.shown(then) if then else "–"] if after else [])]
            lines.append([_(words.MEASURES[measure]), _(words.UNITS[unit]), *told, thousands(known.n), thousands(known.n_cases), _notes([first, then], always)])
    head = [_("Maß"), _("verglichen"), _("vor dem Konsens") if rows[0].scope == "people" else _("Schätzung"), *([_("danach")] if after else []), _("wie viele"), _("Befragte"), _("Hinweis")]
    return table(caption, head, lines, range(2, len(head) - 1))


def _notes(rows: Iterable[Any], always: set[str]) -> str:
    """Notes of several rows, each once, without those that hold of the whole comparison."""
    return "; ".join(dict.fromkeys(part for row in rows if row is not None for part in words.noted(row.note) if part and part not in always))


def _codes(desk: Desk, rows: list[Any], always: set[str]) -> list[Table]:
    """A table a unit: every category with how much was compared, how common it is, and the figures."""
    found = []
    for unit in _UNITS:
        mine = [row for row in _whole(rows) if row.code and row.unit == unit and row.measure in _BY_CODE]
        cells = {(row.code, row.measure, row.state): row for row in mine}
        measures = [m for m in words.MEASURES if m in _BY_CODE and any(row.measure == m for row in mine)]
        after = [m for m in _CORRECTED if m in measures and any(row.measure == m and row.state == "after" for row in mine)][:1]
        lines = [_code_line(desk, code, cells, measures, after, always) for code in desk.by_label(row.code for row in mine)]
        then = [_("{measure}, nach dem Konsens").format(measure=_(words.MEASURES[m])) for m in after]
        head = [_("Kategorie"), _("wie viele"), _("Befragte"), _("so häufig vergeben"), *(_(words.MEASURES[m]) for m in measures), *then, _("Hinweis")]
        made = table(_("Jede Kategorie; verglichen: {unit}").format(unit=_(words.UNITS[unit])), head, lines, range(1, len(head) - 1))
        found += [made] if made else []
    return found


def _code_line(
    desk: Desk, code: str, cells: dict[tuple[str, str, str], Any], measures: Sequence[str], after: Sequence[str], always: set[str]
) -> list[str | Cell]:
    own = [cells.get((code, m, "before")) or cells.get((code, m, "after")) for m in measures]
    then = [cells.get((code, m, "after")) for m in after]
    known = next(row for row in own if row is not None)
    common = next((row.prevalence for row in own if row is not None and row.prevalence == row.prevalence), None)
    told = [words.shown(row) if row is not None else "–" for row in (*own, *then)]
    label = Cell(desk.label.get(code, code), f"#code-{code}" if code in desk.label else "", True)
    return [label, thousands(known.n), thousands(known.n_cases), "–" if common is None else per_cent(common), *told, _notes([*own, *then], always)]


def _parts(desk: Desk, rows: list[Any], always: set[str]) -> list[Table]:
    """How agreement went from conversation to conversation, and from month to month; of the first unit that was compared so."""
    found = []
    for part, label in words.PARTS.items():
        mine = [row for row in rows if row.part == part and not row.code and row.state == "before"]
        unit = next((unit for unit in _UNITS if any(row.unit == unit for row in mine)), "")
        cells = {(row.value, row.measure): row for row in mine if row.unit == unit}
        measures = [m for m in (*words.SHARES, *_CORRECTED) if any(key[1] == m for key in cells)][:3]
        lines: list[list[str | Cell]] = []
        for value in sorted({value for value, _measure in cells}):
            own = [cells.get((value, m)) for m in measures]
            known = [row for row in own if row is not None]
            if not known:
                continue
            lines.append([_part_cell(desk, part, value), thousands(known[0].n), *(words.shown(row) if row is not None else "–" for row in own), _notes(known, always)])
        head = [_(label), _("wie viele"), *(_(words.MEASURES[m]) for m in measures), _("Hinweis")]
        made = table(_("Von Gespräch zu Gespräch") if part == "doc" else _("Von Monat zu Monat"), head, lines, range(1, len(head) - 1))
        found += [made] if made else []
    return found


def _part_cell(desk: Desk, part: str, value: str) -> Cell:
    """
    >>> _part_cell(None, "month", "2026-06").text
    'Juni 2026'
    """
    if part == "doc":
        return Cell(desk.names.interview(value), f"#{value}")
    year, _dash, month = value.partition("-")
    known = month.isdecimal() and 1 <= int(month) <= len(MONTHS)
    return Cell(f"{_(MONTHS[int(month) - 1])} {year}" if known else value)


def first_figure(desk: Desk) -> Any:
    """The row that stands for the agreement of people: all of them, sentences, corrected for chance, before the meeting; None where nobody was compared."""
    rows = [r for r in _whole(desk.rows("agreement")) if r.scope == "people" and not r.code and r.state == "before" and r.measure in _CORRECTED and r.estimate == r.estimate]
    rank = {unit: n for n, unit in enumerate(_UNITS)}
    return min(rows, key=lambda r: (r.a != EVERYBODY, rank.get(r.unit, 9), _CORRECTED.index(r.measure), r.order), default=None)
