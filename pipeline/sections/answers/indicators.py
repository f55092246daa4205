"""Chapter: indicators with a source outside the interviews, and waves beside each other as two samples. No trend is told from mentions."""

from __future__ import annotations

from collections import defaultdict
from types import SimpleNamespace
from typing import Any

from pipeline.language import N_, _, ngettext
from pipeline.sections.answers.desk import Desk
from pipeline.sections.proposals import Proposals
from pipeline.wording import capital, conversations, day, number, people, places, proposals, spread

OPEN = N_("offen")
UNKNOWN = "unbekannt"
_FORMER = N_("Zu früheren Kategorien")
FAMILIES = {
    "needs": N_("Bedarfe"), "wishes": N_("Wünsche"), "welcome": N_("Willkommen"), "unwelcome": N_("Willkommen"), "reasons": N_("Genannte Gründe"), "": N_("Eigene Zeilen"),
}  # fmt: skip
_NAMES = {"access": N_("Zugang"), "language": N_("Sprache"), "mode": N_("Art des Gesprächs")}


def chapter(desk: Desk) -> SimpleNamespace:
    """All that the template `answers/indicators.html.j2` shows, as plain values."""
    rows = [_view(desk, row) for row in sorted(desk.rows("findings_indicators"), key=lambda row: row.order)]
    begun, rest = _parts([row for row in rows if row.begun]), _parts([row for row in rows if not row.begun])
    return SimpleNamespace(
        begun=begun, rest=rest, unbegun=unbegun(sum(not row.begun for row in rows)), any=bool(rows), families=any(row.family in FAMILIES for row in desk.rows("findings_scope")), sourced=sourced(sum(not row.unsourced for row in rows), len(rows)),
        doubts=[(row.label, text) for row in rows for text in row.doubts], unread=bool(rows) and not any(row.n_mentions for row in rows), waves=_waves(desk),
    )  # fmt: skip


def _parts(rows: list[SimpleNamespace]) -> list[tuple[str, list[SimpleNamespace]]]:
    found: dict[str, list[SimpleNamespace]] = defaultdict(list)
    for row in rows:
        found[_(_FORMER) if row.lost else _(FAMILIES.get(row.family, FAMILIES[""]))].append(row)
    return list(found.items())


def unbegun(n: int) -> str:
    """
    >>> unbegun(1), unbegun(19)
    ('Eine Zeile ohne Namen und Quelle', '19 Zeilen ohne Namen und Quelle')
    """
    return ngettext("{n} Zeile ohne Namen und Quelle", "{n} Zeilen ohne Namen und Quelle", n).format(n=capital(number(n)))


def sourced(n: int, of: int) -> str:
    """How many rows have a source.

    >>> sourced(0, 23), sourced(1, 2), sourced(4, 23), sourced(1, 1), sourced(0, 0)
    ('Noch hat keine Zeile eine Quelle.', 'Eine von zwei Zeilen hat eine Quelle.', 'Vier von 23 Zeilen haben eine Quelle.', 'Die einzige Zeile hat eine Quelle.', '')
    """
    if not of:
        return ""
    if not n:
        return _("Noch hat keine Zeile eine Quelle.")
    if of == 1:
        return _("Die einzige Zeile hat eine Quelle.")
    return ngettext("{n} von {of} Zeilen hat eine Quelle.", "{n} von {of} Zeilen haben eine Quelle.", n).format(n=capital(number(n)), of=number(of))


def _view(desk: Desk, row: Any) -> SimpleNamespace:
    edited = set(row.edited.split("+"))
    category = desk.label.get(row.code, "")
    named = "label" in edited and bool(row.label)
    unset = {name for name in ("source", "value", "direction", "responsible") if getattr(row, name) in ("", OPEN)}
    source, value, direction, responsible = (_(OPEN) if name in unset else getattr(row, name) for name in ("source", "value", "direction", "responsible"))
    return SimpleNamespace(
        family=row.family, code=row.code if category else "", category=category, label=row.label if named else category or row.label or row.gone or _("ohne Namen ({id})").format(id=row.indicator),
        named=named, source=source, unsourced="source" in unset, value=value, direction=direction, responsible=responsible, unset=unset,
        date=day(row.date) if row.date not in ("", OPEN) else "", note=row.note,
        doubts=[text for text in row.doubts.split("\n") if text], n_mentions=row.n_mentions,
        context=f"{places(row.n_mentions)}, {spread(row)}" if row.n_mentions else spread(row), proposals=proposals(row.n_proposed, row.n_cases_proposed),
        lost=former(row.gone) if row.state == "lost" else "", begun=bool(row.edited),
    )  # fmt: skip


def former(gone: str) -> str:
    """What is said of a row that is no longer proposed. `gone`: what its category was called, where the codebook no longer has it.

    >>> former("Wunsch: Begegnung"), former("")
    ('zu einer Kategorie, die es nicht mehr gibt: Wunsch: Begegnung', 'Diese Zeile wird nicht mehr vorgeschlagen; was eingetragen war, bleibt.')
    """
    if gone:
        return _("zu einer Kategorie, die es nicht mehr gibt: {label}").format(label=gone)
    return _("Diese Zeile wird nicht mehr vorgeschlagen; was eingetragen war, bleibt.")


def _waves(desk: Desk) -> SimpleNamespace | None:
    """Waves side by side; None where there is only one."""
    samples = desk.rows("findings_wave_samples")
    if not samples:
        return None
    order = {row.wave: row.order for row in samples}
    waves = sorted(order, key=lambda wave: order[wave])
    alone = {(row.value, row.wave): row for row in samples if row.variable == "case"}
    known = Proposals(desk.tables)  # samples of other ways of speaking are found unequally well: then proposals do not stand side by side
    cells = {(r.code, r.wave, r.basis): r for r in desk.rows("findings_waves") if r.basis == "reviewed" or not known.withheld(r.code)}
    left_out = desk.by_label(r.code for r in desk.rows("findings_waves") if r.basis == "proposed" and known.withheld(r.code)) if desk.with_proposals else []
    codes = desk.by_label(row.code for row in desk.rows("findings_waves"))
    dates = _dates(desk, waves)
    return SimpleNamespace(
        heads=[SimpleNamespace(name=wave_name(wave), people=people(alone["all", wave].n_cases), docs=conversations(alone["all", wave].n_docs), dates=dates[wave]) for wave in waves],
        repeated=repeated(max(alone["repeated", wave].n_cases for wave in waves) if len(waves) == 2 else _repeaters(desk)),
        samples=_samples(desk, samples, waves), withheld=[desk.label.get(code, code) for code in left_out], why=known.why_withheld(left_out) if left_out else [],
        rows=[(code, desk.label.get(code, code), [_cell(cells[code, w, "reviewed"], cells.get((code, w, "proposed")), w) for w in waves]) for code in codes],
    )  # fmt: skip


def _repeaters(desk: Desk) -> int:
    """People in more than one wave."""
    wave_of = {row.doc: row.wave or UNKNOWN for row in desk.rows("documents") if row.status == "ok"}
    found: dict[str, set[str]] = defaultdict(set)
    for row in desk.rows("cases"):
        if row.doc in wave_of:
            found[row.case].add(wave_of[row.doc])
    return sum(len(waves) > 1 for waves in found.values())


def _dates(desk: Desk, waves: list[str]) -> dict[str, str]:
    """Wave -> from when to when its conversations were held, as far as dates are known."""
    found: dict[str, list[str]] = {wave: [] for wave in waves}
    for row in desk.rows("documents"):
        wave = row.wave or UNKNOWN
        if row.status == "ok" and row.date and wave in found and day(row.date) != row.date:
            found[wave].append(row.date)
    return {wave: _span(dates) for wave, dates in found.items()}


def _span(dates: list[str]) -> str:
    if len(set(dates)) < 2:
        return day(dates[0]) if dates else ""
    return _("{a} bis {b}").format(a=day(min(dates)), b=day(max(dates)))


def _samples(desk: Desk, samples: list[Any], waves: list[str]) -> list[tuple[str, str, list[int]]]:
    """(variable, value, people in each wave): whom the waves asked and how."""
    numbers: dict[tuple[str, str], dict[str, int]] = defaultdict(dict)
    for row in samples:
        if row.variable != "case":
            numbers[row.variable, row.value][row.wave] = row.n_cases
    first = [desk.settings.answers.group, desk.settings.answers.district, *_NAMES]
    ordered = sorted(numbers, key=lambda key: (first.index(key[0]) if key[0] in first else len(first), key))
    return [
        (_(_NAMES[name]) if name in _NAMES else desk._label(name), _value(desk, name, value), [numbers[name, value].get(w, 0) for w in waves])
        for name, value in ordered
    ]


def _value(desk: Desk, name: str, value: str) -> str:
    """A value in its words; how a conversation was held has the words of the variable that repeats it, where the study has one."""
    if value == UNKNOWN:
        return _("nicht bekannt")
    if name == "mode":
        return next((variable.values[value] for variable in desk.settings.variables.values() if value in variable.values), value)
    return desk.names.value(name, value)


def _cell(read: Any, open_: Any, wave: str) -> SimpleNamespace:
    return SimpleNamespace(
        wave=wave if wave != UNKNOWN else "", n=read.n_mentions, read=said(read.n_cases, read.n_mentions), asked=asked(read.n_mentions, read.n_cases_asked, read.n_asked),
        proposals=proposals(open_.n_mentions, open_.n_cases) if open_ is not None else "",
    )  # fmt: skip


def said(n_cases: int, n_mentions: int) -> str:
    """
    >>> said(0, 0), said(1, 3), said(2, 2)
    ('keine gelesene Stelle', 'eine befragte Person, 3 Stellen, gelesen', 'zwei Befragte, 2 Stellen, gelesen')
    """
    return f"{people(n_cases)}, {places(n_mentions)}" if n_mentions else _("keine gelesene Stelle")


def asked(n_mentions: int, n_cases_asked: int, n_asked: int) -> str:
    """Who was asked; how many of them say it only where something is read, for unread conversations say nothing of that.

    >>> asked(0, 0, 0), asked(0, 0, 8), asked(0, 0, 1)
    ('niemand danach gefragt', 'danach gefragt: acht', 'danach gefragt: eine Person')
    >>> asked(3, 2, 5), asked(3, 0, 5), asked(1, 1, 1), asked(1, 0, 1)
    ('darunter zwei von fünf, die gefragt wurden', 'darunter niemand von fünf, die gefragt wurden', 'sie wurde danach gefragt', 'gefragt wurde danach eine andere Person')
    """
    if not n_asked:
        return _("niemand danach gefragt")
    if not n_mentions:
        return ngettext("danach gefragt: eine Person", "danach gefragt: {n}", n_asked).format(n=number(n_asked))
    if n_asked == 1 and not n_cases_asked:
        return _("gefragt wurde danach eine andere Person")
    if n_asked == 1:
        return _("sie wurde danach gefragt") if n_mentions == 1 else _("darunter die einzige, die danach gefragt wurde")
    told = _("darunter {n} von {of}, die gefragt wurden") if n_cases_asked else _("darunter niemand von {of}, die gefragt wurden")
    return told.format(n=number(n_cases_asked), of=number(n_asked))


def wave_name(wave: str) -> str:
    """
    >>> wave_name("2"), wave_name("Herbst 2027"), wave_name("unbekannt")
    ('Erhebung 2', 'Erhebung Herbst 2027', 'ohne Angabe der Erhebung')
    """
    return _("ohne Angabe der Erhebung") if wave == UNKNOWN else _("Erhebung {wave}").format(wave=wave)


def repeated(n: int) -> str:
    """
    >>> repeated(0), repeated(1), repeated(4)
    ('Niemand ist in mehr als einer Erhebung befragt.', 'Eine Person ist in mehr als einer Erhebung befragt und zählt in jeder.', 'Vier Personen sind in mehr als einer Erhebung befragt und zählen in jeder.')
    """
    if not n:
        return _("Niemand ist in mehr als einer Erhebung befragt.")
    return ngettext(
        "Eine Person ist in mehr als einer Erhebung befragt und zählt in jeder.", "{n} Personen sind in mehr als einer Erhebung befragt und zählen in jeder.", n
    ).format(n=capital(number(n)))  # fmt: skip
