"""Chapter: wishes and needs as a draft for measures. Nothing is ranked; what people have not written is shown as open."""

from __future__ import annotations

from collections import defaultdict
from types import SimpleNamespace
from typing import Any, NamedTuple

from pipeline.effective import REVIEWED
from pipeline.language import N_, _, ngettext
from pipeline.sections.answers.desk import Desk
from pipeline.sections.proposals import Proposals
from pipeline.tables import NEVER
from pipeline.wording import capital, number, places, proposals, spread

MOST = 8  # passages shown beneath a row; all others are one click away
PLAN = (("goal", N_("Ziel")), ("indicator", N_("Indikator")), ("responsible", N_("zuständig")), ("date", N_("bis")))
OPEN = N_("offen")


def chapter(desk: Desk) -> SimpleNamespace:
    """All that the template `answers/measures.html.j2` shows, as plain values."""
    rows = sorted(desk.rows("findings_measures"), key=lambda row: row.order)
    ranked: dict[str, list[str]] = defaultdict(list)
    for q in sorted(desk.rows("findings_quotes"), key=lambda q: (q.code, q.rank)):
        if q.pinned != NEVER:
            ranked[q.code].append(q.mention)
    groups = _groups(desk)
    views = [_view(desk, row, ranked.get(row.code, []), groups) for row in rows]
    by_kind = {kind: [v for v in views if v.kind == kind] for kind in ("wish", "need", "own", "gone")}
    wished = {row.code for row in desk.rows("findings_wishes")}
    unsaid = [desk.label[code] for code in desk.by_label(wished - {row.code for row in rows}) if code in desk.label]
    planned = sum(any(not unset(getattr(row, name)) for name, _heading in PLAN) for row in rows)
    return SimpleNamespace(
        parts=[(_(title), _(intro), by_kind[kind]) for kind, title, intro in _PARTS if by_kind[kind]], plan=[(name, _(heading)) for name, heading in PLAN], unsaid=unsaid, any=bool(rows), planned=filled(planned, len(rows)),
        withheld=Proposals(desk.tables).why_withheld() if any(Proposals(desk.tables).withheld(row.code) for row in rows if row.n_proposed) else [],
        unread=bool(rows) and not any(row.n_mentions for row in rows), several=any(v.voiced or v.silent or v.maybe for v in views),
    )  # fmt: skip


_PARTS = (
    ("wish", N_("Wünsche"), ""),
    ("need", N_("Bedarfe"), N_("Was Befragten fehlt, ist noch kein Vorschlag; was daraus folgen soll, entscheiden Menschen.")),
    ("own", N_("Von der Steuerungsgruppe ergänzt"), N_("Diese Zeilen haben Menschen eingetragen; sie stammen nicht aus den Gesprächen.")),
    ("gone", N_("Zu früheren Kategorien"), N_("Eingetragen, als das Codebuch die Kategorie noch als Wunsch oder Bedarf führte. Wurde sie umbenannt, in codebook.yaml bei der neuen unter »was« die frühere Kennung eintragen: Dann zieht die Zeile mit um.")),
)


def filled(n: int, of: int) -> str:
    """How far the steering group has come.

    >>> filled(0, 5), filled(1, 5), filled(3, 5), filled(1, 1), filled(0, 0)
    ('Noch ist keine Zeile ausgefüllt.', 'Eine von fünf Zeilen ist begonnen.', 'Drei von fünf Zeilen sind begonnen.', 'Die einzige Zeile ist begonnen.', '')
    """
    if not of:
        return ""
    if not n:
        return _("Noch ist keine Zeile ausgefüllt.")
    if of == 1:
        return _("Die einzige Zeile ist begonnen.")
    return ngettext("{n} von {of} Zeilen ist begonnen.", "{n} von {of} Zeilen sind begonnen.", n).format(n=capital(number(n)), of=number(of))


class Heard(NamedTuple):
    """Groups of one category: in which somebody says it (read), only by proposals, and of which somebody was asked and nothing is there."""

    read: list[str]
    maybe: list[str]
    silent: list[str]


def _groups(desk: Desk) -> dict[str, Heard]:
    """Code -> its groups. From the table of groups, where every value has a cell of its own whatever signs it holds."""
    cells: dict[tuple[str, str], dict[str, Any]] = defaultdict(dict)
    for row in desk.rows("findings_wishes"):
        if row.variable and row.variable == desk.settings.answers.group:
            cells[row.code, row.value][row.basis] = row
    found: dict[str, Heard] = {}
    known = Proposals(desk.tables)
    for (code, value), by_basis in cells.items():
        heard = found.setdefault(code, Heard([], [], []))
        if known.withheld(code) and not by_basis["reviewed"].n_cases:
            continue  # the machine does not find every group equally well: neither its proposals nor their absence tell groups apart
        if by_basis["reviewed"].n_cases:
            heard.read.append(value)
        elif by_basis["proposed"].n_cases:
            heard.maybe.append(value)
        elif by_basis["reviewed"].n_asked:
            heard.silent.append(value)
    return found


def _view(desk: Desk, row: Any, mentions: list[str], groups: dict[str, Heard]) -> SimpleNamespace:
    words = desk.value(desk.settings.answers.group)
    heard = groups.get(row.code, Heard([], [], []))
    kind = row.kind if row.code or row.kind == "gone" else "own"
    shown = [m for m in mentions if desk.mention(m) is not None]
    firm = [m for m in shown if desk.mention(m).basis == REVIEWED]
    edited = set(row.edited.split("+"))
    return SimpleNamespace(
        kind=kind, code=row.code, anchor=f"massnahme-{row.measure.lstrip('+')}", label=row.label or desk.label.get(row.code, "") or row.gone or _("ohne Bezeichnung ({id})").format(id=row.measure),
        lost=former(row.gone) if row.state == "lost" else "", named="label" in edited and bool(row.label),
        need=row.need or "", need_code=row.need_code if row.need_code in desk.label else "", need_why=together(row.need_turns) if "need" not in edited else _("von Menschen eingetragen"),
        need_hint=[desk.label.get(code, code) for code in row.need_hint.split("+") if code],
        spread=spread(row) if row.code else "", places=places(row.n_mentions), n_mentions=row.n_mentions, proposals=proposals(row.n_proposed, row.n_cases_proposed),
        voiced=[words(v) for v in heard.read], maybe=[words(v) for v in heard.maybe], silent=[words(v) for v in heard.silent],
        plan=[(_(heading), _(OPEN) if unset(getattr(row, name)) else getattr(row, name), unset(getattr(row, name))) for name, heading in PLAN], note=row.note,
        quotes=[desk.quote(m) for m in firm[:MOST]], more=max(0, len(firm) - MOST), open_quotes=[desk.quote(m) for m in shown if m not in firm][:MOST],
        costs=[desk.quote(m) for m in row.costs.split("+") if m and desk.mention(m) is not None][:MOST], costs_proposed=hurdles(row.n_costs_proposed),
    )  # fmt: skip


def former(gone: str) -> str:
    """What is said of a row whose category is not, or no longer, one of wishes and needs. `gone`: what it was called.

    >>> former("Wunsch: Begegnung"), former("")
    ('zu einer Kategorie, die es nicht mehr gibt: Wunsch: Begegnung', 'zu einer Kategorie, die nicht mehr zu den Wünschen und Bedarfen gehört')
    """
    if gone:
        return _("zu einer Kategorie, die es nicht mehr gibt: {label}").format(label=gone)
    return _("zu einer Kategorie, die nicht mehr zu den Wünschen und Bedarfen gehört")


def unset(value: str) -> bool:
    """Whether people have not written anything into a cell of the plan."""
    return value in ("", OPEN)


def together(turns: int) -> str:
    """Why a need stands beside a wish.

    >>> together(0), together(1), together(3)
    ('', 'in einem gelesenen Beitrag zusammen genannt', 'in drei gelesenen Beiträgen zusammen genannt')
    """
    if not turns:
        return ""
    return ngettext("in einem gelesenen Beitrag zusammen genannt", "in {n} gelesenen Beiträgen zusammen genannt", turns).format(n=number(turns))


def hurdles(n: int) -> str:
    """
    >>> hurdles(0), hurdles(1), hurdles(4)
    ('', 'eine mögliche Hürde im selben Beitrag, ungelesen', 'vier mögliche Hürden im selben Beitrag, ungelesen')
    """
    if not n:
        return ""
    return ngettext("eine mögliche Hürde im selben Beitrag, ungelesen", "{n} mögliche Hürden im selben Beitrag, ungelesen", n).format(n=number(n))
