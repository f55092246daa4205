"""Whether conversations still bring new sub-themes, in words and as a curve with its table; each search by itself."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

from pipeline.sections.answers.desk import Desk
from pipeline.wording import capital, day, number, people

BASE, RUN = 4, 2  # conversations, as in measures/saturation.py
WIDTH, HEIGHT = 640, 170
SOURCES = {
    "matrix": ("Aus der Themenmatrix", "Neue Unterthemen, die Menschen in die Themenmatrix geschrieben haben (matrix.csv). Gleich ist, was gleich heißt; Groß- und Kleinschreibung zählt nicht."),
    "code": ("Aus neuen Kategorien", "Kategorien, die nach der ersten Fassung des Codebuchs dazukamen (since), wo Menschen sie vergeben haben. Vorschläge der Maschine zählen nicht."),
}  # fmt: skip
_BOTH = 20  # conversations from which on not every one has its number below the curve


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
                    source=source, title=title, note=note, words=judgement(total), left_out=left_out(everybody - sum(len(_cases(desk, r)) for r in total)), undated=undated(sum(not r.date for r in total)),
                    rows=[_row(desk, r) for r in total], picture=_picture(total) if total[-1].n_all and len(total) >= BASE + RUN else None, groups=_groups(desk, mine),
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
        why = f"Dafür braucht es mindestens {number(BASE + RUN)} Gespräche, hier {'ist es eines' if len(rows) == 1 else f'sind es {number(len(rows))}'}."
        if len(rows) >= BASE + RUN:
            why = "Noch hat niemand ein neues Unterthema notiert." if not last.n_all else "In den ersten Gesprächen ist keines notiert, mit dem sich vergleichen ließe."
        return f"Noch lässt sich nicht sagen, ob weitere Gespräche Neues bringen: {why}"
    last_two = f"In den letzten {number(RUN)} Gesprächen"
    before = f"; in den ersten {number(BASE)} {'war es eines' if base == 1 else f'waren es {number(base)}' if base else 'keines'}"
    came = "kam kein neues Unterthema" if not run else "kam ein neues Unterthema" if run == 1 else f"kamen {number(run)} neue Unterthemen"
    if last.state == "reached":
        return f"{last_two} {came} dazu{before}. Das sagt nichts über Menschen, die nicht gefragt wurden: Wer anders erreicht wird, kann Neues erzählen."
    return f"Es kommt noch Neues: {last_two} {came} dazu{before}."


def left_out(n: int) -> str:
    """
    >>> left_out(0), left_out(1)
    ('', 'Eine befragte Person steht nicht in dieser Reihe: Bei ihr ist danach noch nicht oder nicht ganz gesucht.')
    """
    if not n:
        return ""
    return "Eine befragte Person steht nicht in dieser Reihe: Bei ihr ist danach noch nicht oder nicht ganz gesucht." if n == 1 else f"{capital(number(n))} Befragte stehen nicht in dieser Reihe: Bei ihnen ist danach noch nicht oder nicht ganz gesucht."


def undated(n: int) -> str:
    """
    >>> undated(0), undated(2)
    ('', 'Von zwei Gesprächen ist das Datum nicht bekannt; sie stehen am Ende, nach ihrer Nummer. Die Reihenfolge ist dort nicht gesichert.')
    """
    return "" if not n else f"Von {'einem Gespräch' if n == 1 else f'{number(n)} Gesprächen'} ist das Datum nicht bekannt; {'es steht' if n == 1 else 'sie stehen'} am Ende, nach {'seiner' if n == 1 else 'ihrer'} Nummer. Die Reihenfolge ist dort nicht gesichert."


def _cases(desk: Desk, row: Any) -> list[str]:
    return [row.case] if row.case in desk.names.cases else row.case.split("+")


def _row(desk: Desk, row: Any) -> SimpleNamespace:
    share, cases = row.share_new, _cases(desk, row)
    return SimpleNamespace(
        order=row.order, interview=desk.names.interview(row.doc), who=desk.names.who(cases[0]) if len(cases) == 1 else people(len(cases)), date=day(row.date) if row.date else "unbekannt",
        access="; ".join(dict.fromkeys(part.split("(")[0].strip() for part in row.access.split("; "))) or "unbekannt", n_new=row.n_new, n_known=row.n_known, n_all=row.n_all, labels=row.new_labels,
        share=f"{100 * share:.0f} von 100" if share == share else "–",
    )  # fmt: skip


def _picture(rows: list[Any]) -> SimpleNamespace:
    """Sub-themes so far as a line, new ones as bars; places in units of the drawing."""
    most, n = rows[-1].n_all, len(rows)
    wide = WIDTH / n
    points = [SimpleNamespace(x=round((k + 0.5) * wide, 1), y=round(HEIGHT * (1 - r.n_all / most), 1), n=r.n_all) for k, r in enumerate(rows)]
    bars = [
        SimpleNamespace(x=round((k + 0.2) * wide, 1), width=round(0.6 * wide, 1), y=round(HEIGHT * (1 - r.n_new / most), 1), height=round(HEIGHT * r.n_new / most, 1))
        for k, r in enumerate(rows)
    ]
    every = 1 + n // _BOTH
    return SimpleNamespace(
        width=WIDTH, height=HEIGHT, most=most, points=points, bars=bars, line=" ".join(f"{p.x},{p.y}" for p in points),
        ticks=[(p.x, k + 1) for k, p in enumerate(points) if k % every == 0], base=round(BASE * wide, 1) if n > BASE else None,
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
