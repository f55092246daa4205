"""Whether conversations still bring new sub-themes, in words and with its table (the curve is charts/saturation.py); each search by itself."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

from pipeline.language import N_, _, ngettext
from pipeline.sections.answers.desk import Desk
from pipeline.wording import capital, day, number, people

BASE, RUN = 4, 2  # conversations, as in measures/saturation.py
SOURCES = {
    "matrix": (N_("Aus der Themenmatrix"), N_("Neue Unterthemen, die Menschen in die Themenmatrix geschrieben haben (matrix.csv). Gleich ist, was gleich heißt; Groß- und Kleinschreibung zählt nicht.")),
    "code": (N_("Aus neuen Kategorien"), N_("Kategorien, die nach der ersten Fassung des Codebuchs dazukamen (since), wo Menschen sie vergeben haben. Vorschläge der Maschine zählen nicht.")),
}  # fmt: skip


def shown(desk: Desk) -> list[SimpleNamespace]:
    """Each search that has something to show: words, curve, table, groups."""
    rows = sorted(desk.rows("findings_saturation"), key=lambda r: (r.source != "matrix", r.group, r.order))
    everybody = len(desk.names.cases)
    found = []
    for source, (title, note) in SOURCES.items():
        mine = [r for r in rows if r.source == source]
        total = [r for r in mine if r.group == ""]
        if total:
            found.append(
                SimpleNamespace(
                    source=source, title=_(title), note=_(note), words=judgement(total), left_out=left_out(everybody - sum(len(_cases(desk, r)) for r in total)), undated=undated(sum(not r.date for r in total)),
                    rows=[_row(desk, r) for r in total], groups=_groups(desk, mine),
                    themes=_themes(desk, source),
                )
            )  # fmt: skip
    return found


def judgement(rows: list[Any]) -> str:
    """What the last conversations say; `rows`: of one search and group, in order.

    >>> from types import SimpleNamespace as N
    >>> judgement([N(n_new=n, n_all=a, state="open") for n, a in ((4, 4), (2, 6), (2, 8), (2, 10), (1, 11), (1, 12))])
    'Es kommt noch Neues: In den letzten zwei Gesprächen kamen zwei neue Unterthemen dazu; in den ersten vier waren es zehn.'
    >>> judgement([N(n_new=3, n_all=3, state="not_enough")])
    'Noch lässt sich nicht sagen, ob weitere Gespräche Neues bringen: Dafür braucht es mindestens sechs Gespräche, hier ist es eines.'
    """
    last, run, base = rows[-1], sum(r.n_new for r in rows[-RUN:]), sum(r.n_new for r in rows[:BASE])
    if last.state == "not_enough":
        return _("Noch lässt sich nicht sagen, ob weitere Gespräche Neues bringen: {why}").format(why=_lacking(len(rows), last.n_all))
    came = ngettext("kam ein neues Unterthema dazu", "kamen {n} neue Unterthemen dazu", run).format(n=number(run)) if run else _("kam kein neues Unterthema dazu")
    before = ngettext("war es eines", "waren es {n}", base).format(n=number(base)) if base else _("keines")
    if last.state == "reached":
        told = _(
            "In den letzten {last} Gesprächen {came}; in den ersten {first} {before}. Das sagt nichts über Menschen, die nicht gefragt wurden: "
            "Wer anders erreicht wird, kann Neues erzählen."
        )
    else:
        told = _("Es kommt noch Neues: In den letzten {last} Gesprächen {came}; in den ersten {first} {before}.")
    return told.format(last=number(RUN), came=came, first=number(BASE), before=before)


def _lacking(n: int, n_all: int) -> str:
    """Why nothing can be said yet. `n`: conversations; `n_all`: sub-themes found in them."""
    if n < BASE + RUN:
        told = ngettext("Dafür braucht es mindestens {least} Gespräche, hier ist es eines.", "Dafür braucht es mindestens {least} Gespräche, hier sind es {n}.", n)
        return told.format(least=number(BASE + RUN), n=number(n))
    return _("In den ersten Gesprächen ist keines notiert, mit dem sich vergleichen ließe.") if n_all else _("Noch hat niemand ein neues Unterthema notiert.")


def left_out(n: int) -> str:
    """
    >>> left_out(0), left_out(1)
    ('', 'Eine befragte Person steht nicht in dieser Reihe: Bei ihr ist danach noch nicht oder nicht ganz gesucht.')
    """
    if not n:
        return ""
    told = ngettext(
        "Eine befragte Person steht nicht in dieser Reihe: Bei ihr ist danach noch nicht oder nicht ganz gesucht.",
        "{n} Befragte stehen nicht in dieser Reihe: Bei ihnen ist danach noch nicht oder nicht ganz gesucht.", n,
    )  # fmt: skip
    return capital(told.format(n=number(n)))


def undated(n: int) -> str:
    """
    >>> undated(0), undated(2)
    ('', 'Von zwei Gesprächen ist das Datum nicht bekannt; sie stehen am Ende, nach ihrer Nummer. Die Reihenfolge ist dort nicht gesichert.')
    """
    if not n:
        return ""
    return ngettext(
        "Von einem Gespräch ist das Datum nicht bekannt; es steht am Ende, nach seiner Nummer. Die Reihenfolge ist dort nicht gesichert.",
        "Von {n} Gesprächen ist das Datum nicht bekannt; sie stehen am Ende, nach ihrer Nummer. Die Reihenfolge ist dort nicht gesichert.", n,
    ).format(n=number(n))  # fmt: skip


def _cases(desk: Desk, row: Any) -> list[str]:
    return [row.case] if row.case in desk.names.cases else row.case.split("+")


def _row(desk: Desk, row: Any) -> SimpleNamespace:
    share, cases = row.share_new, _cases(desk, row)
    return SimpleNamespace(
        order=row.order, interview=desk.names.interview(row.doc), who=desk.names.who(cases[0]) if len(cases) == 1 else people(len(cases)), date=day(row.date) if row.date else _("unbekannt"),
        access="; ".join(dict.fromkeys(part.split("(")[0].strip() for part in row.access.split("; "))) or _("unbekannt"), n_new=row.n_new, n_known=row.n_known, n_all=row.n_all, labels=row.new_labels,
        share=_("{n} von {of}").format(n=f"{100 * share:.0f}", of=100) if share == share else "–",
    )  # fmt: skip


def _groups(desk: Desk, rows: list[Any]) -> list[tuple[str, str]]:
    """(group, what can be said of it), only those of which something can be said."""
    by_group: dict[str, list[Any]] = {}
    for row in rows:
        if row.group:
            by_group.setdefault(row.group, []).append(row)
    told = [(desk.names.marked(desk.settings.answers.group, group), own) for group, own in by_group.items() if own[-1].state != "not_enough"]
    return [(words, judgement(own)) for words, own in told]


def _themes(desk: Desk, source: str) -> list[SimpleNamespace]:
    rows = sorted((r for r in desk.rows("findings_subthemes") if r.source == source), key=lambda r: (-r.n_cases, r.first_order, r.subtheme))
    return [
        SimpleNamespace(
            label=r.label, n_cases=r.n_cases, codes=[desk.label.get(c, c) for c in r.code.split("+") if c], code=r.code if source == "code" else "", first=desk.names.interview(r.first_doc),
        )
        for r in rows
    ]  # fmt: skip
