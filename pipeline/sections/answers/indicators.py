"""Chapter: indicators with a source outside the interviews, and waves beside each other as two samples. No trend is told from mentions."""

from __future__ import annotations

from collections import defaultdict
from types import SimpleNamespace
from typing import Any

from pipeline.sections.answers.desk import Desk
from pipeline.wording import capital, day, number, people, places, proposals, spread

OPEN = "offen"
UNKNOWN = "unbekannt"
FAMILIES = {"needs": "Bedarfe", "wishes": "Wünsche", "welcome": "Willkommen", "unwelcome": "Willkommen", "reasons": "Genannte Gründe", "": "Eigene Zeilen"}
_NAMES = {"access": "Zugang", "language": "Sprache", "mode": "Art des Gesprächs"}


def chapter(desk: Desk) -> SimpleNamespace:
    """All that the template `answers/indicators.html.j2` shows, as plain values."""
    rows = [_view(desk, row) for row in sorted(desk.rows("findings_indicators"), key=lambda row: row.order)]
    parts: dict[str, list[SimpleNamespace]] = defaultdict(list)
    for row in rows:
        parts[FAMILIES.get(row.family, FAMILIES[""])].append(row)
    return SimpleNamespace(
        parts=list(parts.items()), any=bool(rows), sourced=sourced(sum(not row.unsourced for row in rows), len(rows)),
        doubts=[(row.label, text) for row in rows for text in row.doubts], unread=bool(rows) and not any(row.n_mentions for row in rows), waves=_waves(desk),
    )  # fmt: skip


def sourced(n: int, of: int) -> str:
    """How many rows have a source.

    >>> sourced(0, 23), sourced(1, 2), sourced(4, 23), sourced(1, 1), sourced(0, 0)
    ('Noch hat keine Zeile eine Quelle.', 'Eine von zwei Zeilen hat eine Quelle.', 'Vier von 23 Zeilen haben eine Quelle.', 'Die einzige Zeile hat eine Quelle.', '')
    """
    if not of:
        return ""
    if not n:
        return "Noch hat keine Zeile eine Quelle."
    return "Die einzige Zeile hat eine Quelle." if of == 1 else f"{capital(number(n))} von {number(of)} Zeilen {'hat' if n == 1 else 'haben'} eine Quelle."


def _view(desk: Desk, row: Any) -> SimpleNamespace:
    edited = set(row.edited.split("+"))
    category = desk.label.get(row.code, "")
    named = "label" in edited and bool(row.label)
    return SimpleNamespace(
        family=row.family, code=row.code if category else "", category=category, label=row.label if named else category or row.label or f"ohne Namen ({row.indicator})",
        named=named, source=row.source or OPEN, unsourced=row.source in ("", OPEN), value=row.value or OPEN, valued=row.value not in ("", OPEN),
        date=day(row.date) if row.date not in ("", OPEN) else "", direction=row.direction or OPEN, responsible=row.responsible or OPEN, note=row.note,
        doubts=[text for text in row.doubts.split("\n") if text], n_mentions=row.n_mentions,
        context=f"{places(row.n_mentions)}, {spread(row)}" if row.n_mentions else spread(row), proposals=proposals(row.n_proposed, row.n_cases_proposed),
        lost=row.state == "lost",
    )  # fmt: skip


def _waves(desk: Desk) -> SimpleNamespace | None:
    """Waves side by side; None where there is only one."""
    samples = desk.rows("findings_wave_samples")
    if not samples:
        return None
    order = {row.wave: row.order for row in samples}
    waves = sorted(order, key=lambda wave: order[wave])
    alone = {(row.value, row.wave): row for row in samples if row.variable == "case"}
    cells = {(row.code, row.wave, row.basis): row for row in desk.rows("findings_waves")}
    codes = desk.by_label(row.code for row in desk.rows("findings_waves"))
    dates = _dates(desk, waves)
    return SimpleNamespace(
        heads=[SimpleNamespace(name=wave_name(wave), people=people(alone["all", wave].n_cases), docs=conversations(alone["all", wave].n_docs), dates=dates[wave]) for wave in waves],
        repeated=repeated(max(alone["repeated", wave].n_cases for wave in waves) if len(waves) == 2 else _repeaters(desk)),
        samples=_samples(desk, samples, waves),
        rows=[(code, desk.label.get(code, code), [_cell(cells.get((code, w, "reviewed")), cells.get((code, w, "proposed"))) for w in waves]) for code in codes],
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
    return {wave: "" if not dates else day(min(dates)) if min(dates) == max(dates) else f"{day(min(dates))} bis {day(max(dates))}" for wave, dates in found.items()}


def _samples(desk: Desk, samples: list[Any], waves: list[str]) -> list[tuple[str, str, list[int]]]:
    """(variable, value, people in each wave): whom the waves asked and how."""
    numbers: dict[tuple[str, str], dict[str, int]] = defaultdict(dict)
    for row in samples:
        if row.variable != "case":
            numbers[row.variable, row.value][row.wave] = row.n_cases
    first = [desk.settings.answers.group, desk.settings.answers.district, *_NAMES]
    ordered = sorted(numbers, key=lambda key: (first.index(key[0]) if key[0] in first else len(first), key))
    return [
        (_NAMES.get(name) or desk._label(name), desk.names.value(name, value) if value != UNKNOWN else "nicht bekannt", [numbers[name, value].get(w, 0) for w in waves])
        for name, value in ordered
    ]


def _cell(read: Any, open_: Any) -> SimpleNamespace:
    return SimpleNamespace(
        read=said(read.n_cases, read.n_mentions) if read is not None else "–",
        asked=asked(read.n_cases_asked, read.n_asked) if read is not None else "", proposals=proposals(open_.n_mentions, open_.n_cases) if open_ is not None else "",
    )  # fmt: skip


def said(n_cases: int, n_mentions: int) -> str:
    """
    >>> said(0, 0), said(1, 3), said(2, 2)
    ('–', 'eine befragte Person, 3 Stellen, gelesen', 'zwei Befragte, 2 Stellen, gelesen')
    """
    return f"{people(n_cases)}, {places(n_mentions)}" if n_mentions else "–"


def asked(n_cases_asked: int, n_asked: int) -> str:
    """
    >>> asked(0, 0), asked(2, 5), asked(0, 1), asked(1, 1)
    ('niemand danach gefragt', 'zwei von fünf, die gefragt wurden', 'eine Person gefragt, sie nannte es nicht', 'eine Person gefragt, sie nannte es')
    """
    if not n_asked:
        return "niemand danach gefragt"
    if n_asked == 1:
        return f"eine Person gefragt, sie nannte es{'' if n_cases_asked else ' nicht'}"
    return f"{'niemand' if not n_cases_asked else number(n_cases_asked)} von {number(n_asked)}, die gefragt wurden"


def conversations(n: int) -> str:
    return "ein Gespräch" if n == 1 else f"{number(n)} Gespräche"


def wave_name(wave: str) -> str:
    """
    >>> wave_name("2"), wave_name("Herbst 2027"), wave_name("unbekannt")
    ('Erhebung 2', 'Erhebung Herbst 2027', 'ohne Angabe der Erhebung')
    """
    return "ohne Angabe der Erhebung" if wave == UNKNOWN else f"Erhebung {wave}"


def repeated(n: int) -> str:
    """
    >>> repeated(0), repeated(1), repeated(4)
    ('Niemand ist in mehr als einer Erhebung befragt.', 'Eine Person ist in mehr als einer Erhebung befragt und zählt in jeder.', 'Vier Personen sind in mehr als einer Erhebung befragt und zählen in jeder.')
    """
    if not n:
        return "Niemand ist in mehr als einer Erhebung befragt."
    return "Eine Person ist in mehr als einer Erhebung befragt und zählt in jeder." if n == 1 else f"{capital(number(n))} Personen sind in mehr als einer Erhebung befragt und zählen in jeder."
