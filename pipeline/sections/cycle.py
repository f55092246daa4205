"""The chapter on how categories came about: versions and decisions of the codebook, what is still open, counter-cases, notes, minutes."""

from __future__ import annotations

from collections import Counter
from types import SimpleNamespace
from typing import Any

from pipeline.cycle_words import LOG, SAMPLING
from pipeline.language import N_, _, ngettext
from pipeline.sections import open_readings
from pipeline.sections.answers.desk import Desk
from pipeline.sections.disagreements import labels
from pipeline.sections.tabled import Cell, Table, table
from pipeline.sections.withheld import guard
from pipeline.wording import capital, day, number, thousands

MEMOS = {  # what a note stands beside
    "code": N_("zu Kategorien"), "passage": N_("zu Stellen"), "coding": N_("zu Codierungen"), "reading": N_("aus der ersten Lektüre"), "interview": N_("zu Gesprächen"),
    "case": N_("zu Befragten"), "group": N_("zu Gruppen"), "word": N_("zu Wörtern"), "kwic": N_("zu Fundstellen"), "project": N_("zum Projekt"), "method": N_("zum Vorgehen"),
}  # fmt: skip
MOST = 60  # rows of a list on the page; all stand in the workbook
NOT_FOUND = N_("[Stelle nicht wiedergefunden]")
_NOTHING = N_("Noch ist nichts festgehalten: keine Fassung, unter der gelesen wurde, keine Entscheidung über das Codebuch, kein Gegenfall, keine Notiz. All das entsteht beim Lesen mit »make review«.")


def chapter(desk: Desk) -> dict[str, Any]:
    """`cycle`: tables (None where empty) and lists of what people wrote down; `nothing`: a sentence where they wrote nothing at all."""
    shown = guard(desk)
    found = SimpleNamespace(
        versions=_versions(desk), unexplained=_unexplained(desk), log=_log(desk, shown), open=_open(desk), sampling=_sampling(desk, shown), minutes=_minutes(desk, shown),
        met=_met(desk), negative=_negative(desk, shown), inductive=_inductive(desk, shown), counts=_counts(desk), memos=_memos(desk, shown),
    )  # fmt: skip
    found.nothing = "" if any(vars(found).values()) else _(_NOTHING)
    found.more = {name: max(0, len(desk.rows(name)) - MOST) for name in ("cycle_negative", "cycle_inductive", "memos")}
    return {"cycle": found}


def _label(desk: Desk, code: str) -> Cell:
    return Cell(desk.label.get(code, code) or "–", f"#code-{code}" if code in desk.label else "", bool(code))


def _versions(desk: Desk) -> Table | None:
    """Versions of the codebook under which people read."""
    rows = [
        (Cell(row.version), day(row.date) or "–", thousands(row.n_codes), labels(desk, row.added) or "–", labels(desk, row.gone) or "–", _("ja") if row.logged == "yes" else _("nein") if row.logged == "no" else "–")
        for row in desk.rows("cycle_versions")
    ]  # fmt: skip
    head = (_("Fassung"), _("Datum"), _("Kategorien"), _("dazugekommen"), _("weggefallen"), _("im Protokoll erklärt"))
    return table(_("Fassungen des Codebuchs, unter denen gelesen wurde"), head, rows, (2,))


def _unexplained(desk: Desk) -> str:
    """How many changes of the codebook nobody explained."""
    n = sum(row.logged == "no" for row in desk.rows("cycle_versions"))
    told = ngettext(
        "Eine Änderung des Codebuchs hat niemand erklärt. Was sich warum änderte, gehört in das Protokoll (codebook_log.csv).",
        "{n} Änderungen des Codebuchs hat niemand erklärt. Was sich warum änderte, gehört in das Protokoll (codebook_log.csv).", n,
    )  # fmt: skip
    return capital(told.format(n=number(n))) if n else ""


def _log(desk: Desk, shown: Any) -> Table | None:
    rows = [
        (day(row.date) or "–", labels(desk, row.code) or "–", _(LOG[row.what]) if row.what in LOG else row.what, shown(row.why) or "–", shown(row.alternative) or "–", row.coder or "–")
        for row in sorted(desk.rows("cycle_log"), key=lambda row: (row.date, row.entry))
    ]  # fmt: skip
    head = (_("Datum"), _("Kategorie"), _("Was"), _("Warum"), _("Was sonst infrage kam"), _("Wer"))
    return table(_("Entscheidungen über das Codebuch"), head, rows)


def _open(desk: Desk) -> Table | None:
    """Later categories with the conversations in which nobody has looked for them yet."""
    found = open_readings.checked(desk.tables)
    places = Counter(row.code for row in desk.rows("review_open"))
    docs = {code: sorted({row.doc for row in desk.rows("review_open") if row.code == code}) for code in found}
    rows = [
        (_label(desk, code), _("{n} von {of}").format(n=number(found[code].n) if found[code].n else _("keinem"), of=number(found[code].read)), thousands(places[code]), ", ".join(desk.names.interview(doc) for doc in docs[code]))
        for code in desk.by_label(found)
    ]  # fmt: skip
    head = (_("Kategorie"), _("geprüft, gelesene Gespräche"), _("offene Stellen"), _("noch offen in"))
    return table(_("Kategorien, die später dazukamen: Was schon gelesen war, ist für sie noch offen"), head, rows, (2,))


def _sampling(desk: Desk, shown: Any) -> Table | None:
    rows = [
        (day(row.date) or "–", shown(row.whom) or "–", shown(row.contrast) or "–", shown(row.why) or "–", _(SAMPLING[row.status]) if row.status in SAMPLING else row.status or "–")
        for row in sorted(desk.rows("cycle_sampling"), key=lambda row: (row.date, row.entry))
    ]  # fmt: skip
    head = (_("Datum"), _("Wen"), _("Gegensatz"), _("Warum"), _("Stand"))
    return table(_("Wen wir warum als Nächstes befragen"), head, rows)


def _met(desk: Desk) -> str:
    n = len(desk.rows("cycle_minutes"))
    told = ngettext("Die Interpretationsgruppe traf sich einmal.", "Die Interpretationsgruppe traf sich {n}-mal.", n).format(n=number(n))
    return _("{told} Hier steht nur, worauf sie sich einigte; die Protokolle bleiben in minutes.csv.").format(told=told) if n else ""


def _minutes(desk: Desk, shown: Any) -> Table | None:
    """Meetings by day with what was agreed: who was there and how each one read stays in the list."""
    rows = [(day(row.date) or "–", shown(row.agreed) or "–") for row in sorted(desk.rows("cycle_minutes"), key=lambda row: (row.date, row.entry))]
    return table(_("Sitzungen der Interpretationsgruppe"), (_("Datum"), _("Worauf sie sich einigte")), rows)


def placed(row: Any) -> bool:
    """Whether the passage of an entry stands in today's interviews."""
    return row.placed == "yes" and row.end > row.start


def passage(desk: Desk, row: Any) -> SimpleNamespace:
    """The passage of an entry: words and place, or that it was not found."""
    turn = desk.turns.get((row.doc, row.turn)) if placed(row) else None
    if turn is None:
        return SimpleNamespace(anchor="", where=desk.names.interview(row.doc) if row.doc else "", shown=_(NOT_FOUND) if row.doc else "", quoted=False)
    p = desk.passage(row, turn.case)
    where = ", ".join(part for part in (p.interview, _("Beitrag {n}").format(n=p.turn), p.clock) if part)
    return SimpleNamespace(anchor=p.anchor, where=where, shown=p.shown, quoted=p.shown == p.text)


def _negative(desk: Desk, shown: Any) -> list[SimpleNamespace]:
    """Counter-cases that people collected, in the codebook's order."""
    rows = sorted(desk.rows("cycle_negative"), key=lambda row: (desk.order.get(row.code, len(desk.order)), row.code, row.date, row.entry))
    return [
        SimpleNamespace(**vars(passage(desk, row)), label=_label(desk, row.code), why=shown(row.why), consequence=shown(row.consequence), coder=row.coder, day=day(row.date))
        for row in rows[:MOST]
    ]  # fmt: skip


def _inductive(desk: Desk, shown: Any) -> list[SimpleNamespace]:
    """Categories made from the material: passage, paraphrase, generalisation, reduction."""
    rows = sorted(desk.rows("cycle_inductive"), key=lambda row: (row.reduction.casefold(), row.date, row.entry))
    return [
        SimpleNamespace(**vars(passage(desk, row)), **{name: shown(getattr(row, name)) for name in ("paraphrase", "generalisation", "reduction", "note")})
        for row in rows[:MOST]
    ]  # fmt: skip


def _counts(desk: Desk) -> str:
    """How many notes stand beside what."""
    found = Counter(row.kind for row in desk.rows("memos"))
    n = sum(found.values())
    if not n:
        return ""
    told = ngettext("Eine Notiz ist geschrieben", "{n} Notizen sind geschrieben", n).format(n=number(n))
    kinds = ", ".join(_("{n} {beside}").format(n=number(found[kind]), beside=_(MEMOS[kind]) if kind in MEMOS else kind) for kind in (*MEMOS, *sorted(set(found) - set(MEMOS))) if found[kind])
    return capital(f"{told}: {kinds}.")


def _memos(desk: Desk, shown: Any) -> list[SimpleNamespace]:
    """Notes as people wrote them, by what they stand beside."""
    order = {kind: n for n, kind in enumerate(MEMOS)}
    rows = sorted(desk.rows("memos"), key=lambda row: (order.get(row.kind, len(order)), row.key, row.date, row.memo))
    return [
        SimpleNamespace(beside=_(MEMOS[row.kind]) if row.kind in MEMOS else row.kind, about=_about(desk, row), text=shown(row.text), by=", ".join(part for part in (row.coder, day(row.date)) if part))
        for row in rows[:MOST]
    ]  # fmt: skip


def _about(desk: Desk, row: Any) -> Cell:
    """What a note stands beside, with the way there."""
    if row.doc and row.turn > 0 and (row.doc, row.turn) in desk.turns:
        return Cell(_("{interview}, Beitrag {n}").format(interview=desk.names.interview(row.doc), n=row.turn), f"#{row.doc}-{row.turn}")
    if row.doc and row.doc in desk.names.people_in:
        return Cell(desk.names.interview(row.doc), f"#{row.doc}")
    if row.code in desk.label:
        return _label(desk, row.code)
    return Cell(row.key, german=True)
