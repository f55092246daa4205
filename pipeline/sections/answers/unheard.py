"""Chapter: whom we have not heard and what was not said: the sample beside the town, ways of access, refusals, silence, new sub-themes."""

from __future__ import annotations

from collections import defaultdict
from types import SimpleNamespace
from typing import Any

from pipeline.language import N_, _, ngettext
from pipeline.sections.answers import by_question, saturation
from pipeline.sections.answers.desk import Desk
from pipeline.sections.answers.words import meant
from pipeline.wording import capital, number, people, thousands

UNKNOWN = N_("unbekannt")
STATES = {
    "present": N_("dabei"), "missing": N_("niemand befragt"), "absent": N_("niemand befragt"), "unknown": N_("ohne Zahl der Stadt"), "undeclared": N_("der Studie unbekannt"),
}  # fmt: skip
PARTS = {"access": N_("Wie sie erreicht wurden"), "language": N_("Sprache der Gespräche"), "mode": N_("Art des Gesprächs"), "interviewer": N_("Wer gefragt hat")}
MANY = 25  # values from which on a variable is no grouping but a text


def chapter(desk: Desk) -> SimpleNamespace:
    """All that the template `answers/unheard.html.j2` shows, as plain values."""
    rows = sorted(desk.rows("findings_sample"), key=lambda r: r.order)
    single = [r for r in rows if not r.beside]
    variables = list(dict.fromkeys(r.variable for r in single))
    tables = [_variable(desk, v, [r for r in single if r.variable == v]) for v in variables if v in desk.settings.variables]
    return SimpleNamespace(
        cases=people(len(desk.names.cases)) if desk.names.cases else _("niemanden"), missing=[line for t in tables for line in t.missing], tables=[t for t in tables if t.rows],
        undeclared=[_undeclared(desk, r) for r in single if r.state == "undeclared"], figures=any(r.source or r.n_town == r.n_town for r in single),
        cells=_cells(desk, [r for r in rows if r.beside]), access=_access(desk), one_way=_one_way(desk), refused=_refused(desk), silent=_silent(desk),
        absent=_absent(desk), saturation=saturation.shown(desk), guide=bool(desk.guide.questions),
        any_asked=any(r.n_asked for r in desk.rows("findings_answers")),
    )  # fmt: skip


def _variable(desk: Desk, variable: str, rows: list[Any]) -> SimpleNamespace:
    rows = [r for r in rows if r.state != "undeclared"]
    label = desk._label(variable)
    strange = {r.value: meant(r.value, desk.settings.variables[variable].values) for r in rows if r.n_cases and not desk.names.listed(variable, r.value)}
    missing = [_missing(label, desk.names.value(variable, r.value), r, [value for value, near in strange.items() if near == r.value]) for r in rows if _is_missing(r)]
    town = any(r.n_town == r.n_town for r in rows)
    return SimpleNamespace(
        label=label, missing=missing, rows=[_value(desk, r) for r in rows] if len(rows) <= MANY else [], town=town, shares=any(r.share_town == r.share_town for r in rows),
        base=next((thousands(int(r.n_base)) for r in rows if r.share_town == r.share_town), ""), incomplete=_incomplete(desk, variable, rows) if town else "",
        sources=list(dict.fromkeys(r.source for r in rows if r.source)),
    )  # fmt: skip


def _missing(label: str, value: str, row: Any, spelt: list[str]) -> str:
    """That nobody was asked of a value; `spelt`: values that stand nowhere in study.yaml and may mean it."""
    if row.n_town == row.n_town:
        told = _("{label}: niemand mit »{value}« ({n} Menschen in der Stadt)").format(label=label, value=value, n=thousands(int(row.n_town)))
    else:
        told = _("{label}: niemand mit »{value}«").format(label=label, value=value)
    if not spelt:
        return told
    return _("{told}; vielleicht steht es als {values} in den Angaben (nicht in study.yaml)").format(told=told, values=_named(spelt))


def _named(values: list[str]) -> str:
    """Values as they are quoted."""
    return ", ".join(_("»{value}«").format(value=value) for value in values)


def _incomplete(desk: Desk, variable: str, rows: list[Any]) -> str:
    """Why the town's figures give no shares, and what would; empty where they do."""
    counted = [r for r in rows if r.value != UNKNOWN]
    if any(r.share_town == r.share_town for r in counted):
        return ""
    if any(r.n_base == r.n_base for r in counted):
        return _("Angaben der Stadt unstimmig: Die Zahl aller passt nicht zu den Zahlen der Werte. Anteile stehen deshalb keine da; bitte population.csv prüfen.")
    lacking = [desk.names.value(variable, r.value) for r in counted if r.n_town != r.n_town and desk.names.listed(variable, r.value)]
    if lacking and desk.settings.variables[variable].values:
        what = ngettext("es fehlt {values}", "es fehlen {values}", len(lacking)).format(values=_named(lacking))
    else:
        what = _("welche Werte es in der Stadt gibt, sagt study.yaml nicht")
    return _("Angaben der Stadt unvollständig: {what}. Anteile stehen deshalb keine da; mit einer Zeile »*« für alle zusammen in population.csv ließen sie sich nennen.").format(what=what)


def _value(desk: Desk, row: Any) -> SimpleNamespace:
    town = row.n_town == row.n_town
    return SimpleNamespace(
        value=_known(desk.names.marked(row.variable, row.value)), n=_of(row.n_cases, row.n_known), town=thousands(int(row.n_town)) if town else "–", share=per_hundred(row.share_town),
        expected=about(row.expected), state="" if row.value == UNKNOWN else _("gibt es nach der Zahl nicht") if not row.n_cases and row.n_town == 0 else _(STATES[row.state]), missing=_is_missing(row),
    )  # fmt: skip


def _known(words: str) -> str:
    """A value in its words, which are the study's; that it is not known is said in the page's language."""
    return _(UNKNOWN) if words == UNKNOWN else words


def _of(n: int, known: int) -> str:
    """How many people, of those of whom it is known: never a share of them.

    >>> _of(3, 12), _of(0, 12), _of(1, 0)
    ('drei von zwölf', 'niemand', 'eine')
    """
    if not n:
        return _("niemand")
    return _("{n} von {of}").format(n=number(n), of=number(known)) if known else number(n)


def _is_missing(row: Any) -> bool:
    """Whether nobody was asked of a value; where the town counts nobody, nobody is missing."""
    return row.state in ("missing", "absent") and row.n_town != 0


def per_hundred(share: float) -> str:
    """
    >>> per_hundred(0.236), per_hundred(0.002), per_hundred(float("nan")), per_hundred(0.0)
    ('24', 'unter 1', '–', '0')
    """
    if share != share:
        return "–"
    return _("unter {share}").format(share=1) if 0 < share < 0.005 else f"{100 * share:.0f}"


def about(expected: float) -> str:
    """How many people there would be at equal shares.

    >>> about(2.208), about(0.3), about(float("nan"))
    ('etwa zwei', 'weniger als eine Person', '–')
    """
    if expected != expected:
        return "–"
    return _("weniger als eine Person") if expected < 0.5 else _("etwa {n}").format(n=number(round(expected)))


def _undeclared(desk: Desk, row: Any) -> str:
    if row.variable not in desk.settings.variables:
        told = _("Das Merkmal »{variable}« (»{value}«) steht in population.csv, aber nicht in study.yaml; es ist nicht mitgezählt.")
        return told.format(variable=row.variable, value=row.value)
    figure = _("{n} Menschen").format(n=thousands(int(row.n_town))) if row.n_town == row.n_town else _("ohne Zahl")
    told = _(
        "{variable} »{value}« ({figure}) steht in population.csv, aber nicht in study.yaml, und niemand von dort ist befragt: ein Schreibfehler, oder etwas, woran niemand "
        "gedacht hat."
    )
    return told.format(variable=desk._label(row.variable), value=row.value, figure=figure)


def _cells(desk: Desk, rows: list[Any]) -> SimpleNamespace | None:
    """Which groups were asked in which district; None where the study lacks one of the two."""
    if not rows:
        return None
    columns = list(dict.fromkeys(r.beside_value for r in rows))
    by_row: dict[str, dict[str, int]] = defaultdict(dict)
    for r in rows:
        by_row[r.value][r.beside_value] = r.n_cases
    empty = sum(not r.n_cases for r in rows)
    told = ngettext("{n} von {of} Feldern ist leer", "{n} von {of} Feldern sind leer", empty).format(n=number(empty), of=number(len(rows)))
    return SimpleNamespace(
        columns=[_known(desk.names.marked(rows[0].beside, c)) for c in columns], rows=[(_known(desk.names.marked(rows[0].variable, v)), [own[c] for c in columns]) for v, own in by_row.items()],
        first=desk._label(rows[0].variable), second=desk._label(rows[0].beside), told=capital(told) if empty else _("Kein Feld ist leer"),
    )  # fmt: skip


def _access(desk: Desk) -> list[SimpleNamespace]:
    rows = desk.rows("findings_access")
    found = []
    for part, title in PARTS.items():
        mine = sorted((r for r in rows if r.part == part), key=lambda r: (r.value == UNKNOWN, -r.n_cases, r.value))
        if any(r.value != UNKNOWN for r in mine):
            values = [(_known(desk.names.value(_mode(desk), r.value) if part == "mode" else r.value), r.n_cases, r.n_docs) for r in mine]
            found.append(SimpleNamespace(title=capital(_(title)), values=values))
    return found


def _mode(desk: Desk) -> str:
    """The variable whose values are the kinds of conversation, for their words; empty where no variable has them."""
    kinds = {r.value for r in desk.rows("findings_access") if r.part == "mode" and r.value != UNKNOWN}
    return next((name for name, v in desk.settings.variables.items() if kinds and kinds <= set(v.values)), "")


def _one_way(desk: Desk) -> list[str]:
    """What one way of access, or one language, leaves out."""
    total = len(desk.names.cases)
    languages = {r.value for r in desk.rows("findings_access") if r.part == "language" and r.value != UNKNOWN}
    found = []
    for row in sorted(desk.rows("findings_access"), key=lambda r: (r.part, -r.n_cases, r.value)):
        if total > 1 and row.value != UNKNOWN and row.part == "access" and 2 * row.n_cases > total:
            told = _("Mehr als die Hälfte der Befragten kam auf demselben Weg: »{value}« ({n} von {of}). Wen dieser Weg nicht erreicht, den hört dieser Bericht nicht.")
            found.append(told.format(value=row.value, n=number(row.n_cases), of=number(total)))
        if total > 1 and row.part == "language" and languages == {row.value} and 2 * row.n_cases > total:
            if row.n_cases == total:
                told = _("Alle Gespräche wurden auf {language} geführt. Wer das nicht gut genug spricht, ist hier nicht zu hören.")
            else:
                told = _(
                    "Von {n} der {of} Befragten ist die Sprache bekannt, und mit ihnen allen wurde das Gespräch auf {language} geführt. "
                    "Wer das nicht gut genug spricht, ist hier nicht zu hören."
                )
            found.append(told.format(language=row.value, n=number(row.n_cases), of=number(total)))
    return found


def _refused(desk: Desk) -> list[SimpleNamespace]:
    """Questions that somebody evaded or refused: how many of those asked, and where."""
    places = by_question.refusals(desk)
    labels = {q.id: q.label or q.text for q in desk.guide.questions}
    found = []
    for row in sorted(desk.rows("findings_answers"), key=lambda r: r.order):
        n = row.n_evaded + row.n_refused
        if n:
            words = ngettext("eine von {of}, die gefragt wurden", "{n} von {of}, die gefragt wurden", n).format(n=number(n), of=number(row.n_asked))
            found.append(SimpleNamespace(id=row.question, label=labels.get(row.question, ""), words=words, places=places[row.question]))
    return found


def _silent(desk: Desk) -> SimpleNamespace:
    """Categories that people were asked about and nobody speaks of, and those that nobody was asked about and nobody speaks of."""
    coded = set(desk.tables["codes"].loc[desk.tables["codes"]["coded"] == "yes", "code"])
    rows = [r for r in desk.rows("findings_codes") if r.code in coded]
    empty = [r for r in rows if not r.n_mentions and not r.n_proposed]
    told = any(r.n_mentions or r.n_proposed for r in rows)
    return SimpleNamespace(
        told=told, asked=[_("{label} ({who} gefragt)").format(label=desk.label[r.code], who=people(r.n_asked)) for r in empty if r.n_asked] if told else [],
        unasked=[desk.label[r.code] for r in empty if not r.n_asked] if told else [], read=any(r.n_mentions for r in rows),
    )  # fmt: skip


def _absent(desk: Desk) -> list[SimpleNamespace]:
    """Categories in which respondents themselves say who is missing."""
    codes = [r.code for r in desk.rows("findings_scope") if r.family == "missing"]
    figures = {r.code: r for r in desk.rows("findings_codes")}
    return [
        SimpleNamespace(code=c, label=desk.label.get(c, c), n_cases=figures[c].n_cases, n_proposed=figures[c].n_proposed if desk.with_proposals else 0)
        for c in desk.by_label(codes) if c in figures and (figures[c].n_cases or (figures[c].n_proposed and desk.with_proposals))
    ]  # fmt: skip
