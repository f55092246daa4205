"""How far coders agree, and how categories came about: the document has the figures, and of lists only what is short."""

from __future__ import annotations

from typing import Any

from pipeline.language import _
from pipeline.sections import agreement, cycle
from pipeline.sections.answers.desk import Desk
from pipeline.sections.tabled import Table
from pipeline.word.blocks import Block, Heading, Quote, points, table, text

MOST_LINES = 30  # rows of a table of agreement: tables.xlsx has all
MOST_QUOTES = 12  # counter-cases, disagreements


def agreed(desk: Desk) -> list[Block]:
    """The chapter on agreement: people first, machines by their name, then the passages to talk about."""
    shown = agreement.chapter(desk)["agreement"]
    out = [*text(shown.alone, "note"), *(one for words in shown.lead for one in text(words))]
    out += _compared(shown.people)
    out += points([f"{name}: {words}" for name, words in shown.meaning])
    if shown.disagreed.rows:
        out += [Heading(2, _("Abweichungen")), *text(shown.disagreed.summary)]
        for d in shown.disagreed.rows[:MOST_QUOTES]:
            place = _("{interview}, Beitrag {n}").format(interview=d.interview, n=d.turn)
            given = " / ".join(_("{who}: {codes}").format(who=name, codes=codes or "–") for name, codes in ((d.a, d.only_a), (d.b, d.only_b)))
            out.append(Quote(d.shown, f"{place} · {d.who} · {given}", withheld=not d.quoted))
        more = len(shown.disagreed.rows) + shown.disagreed.more - MOST_QUOTES
        out += text(_("Weitere {n} stehen in tables.xlsx, Blatt Abweichungen.").format(n=more), "note") if more > 0 else []
    for m in shown.confused:
        head = (_("{who} gab").format(who=m.a), _("{who} gab").format(who=m.b), _("wie oft"), _("Hinweis"))
        out += [Heading(2, _("Verwechslungen: {pair}").format(pair=m.title)), *table("", head, [(line.a.text, line.b.text, line.told, line.hint) for line in m.lines])]
    if shown.machine:
        out += [Heading(2, _("Menschen und Maschine")), *text(shown.machine_note, "caution"), *_compared(shown.machine)]
    if shown.rules:
        out += [Heading(2, _("Regeln und Modell")), *text(shown.rules_note, "caution"), *_compared(shown.rules)]
    return out


def _compared(pairs: list[Any]) -> list[Block]:
    out: list[Block] = []
    for pair in pairs:
        out.append(Heading(2, pair.title))
        out += [one for note in pair.notes for one in text(_("Für alle Zahlen hier gilt: {note}.").format(note=note), "caution")]
        out += [block for t in (pair.overall, *pair.codes[:1], *pair.parts) for block in _tabled(t)]
    return out


def _tabled(t: Table | None) -> list[Block]:
    return table(t.caption, t.head, t.plain(), sorted(t.numbers), most=MOST_LINES) if t is not None else []


def cycled(desk: Desk) -> list[Block]:
    """The chapter on the cycle of categories; notes only by their number."""
    shown = cycle.chapter(desk)["cycle"]
    out = [*text(shown.nothing, "note"), *text(shown.unexplained, "caution")]
    out += [block for t in (shown.versions, shown.log, shown.open) for block in _tabled(t)]
    if shown.negative:
        out.append(Heading(2, _("Gegenfälle")))
        for n in shown.negative[:MOST_QUOTES]:
            out += [Quote(n.shown, " · ".join(part for part in (n.where, n.label.text) if part), withheld=not n.quoted), *text(n.why)] if n.shown else text(n.why)
    if shown.inductive:
        head = (_("Reduktion"), _("Stelle"), _("Paraphrase"), _("Generalisierung"))
        out += [Heading(2, _("Aus dem Material gebildet")), *table("", head, [(i.reduction or "–", i.where, i.paraphrase, i.generalisation) for i in shown.inductive])]
    out += [*_tabled(shown.sampling), *(text(shown.met) if shown.minutes else []), *_tabled(shown.minutes)]
    return [*out, *text(shown.counts)]
