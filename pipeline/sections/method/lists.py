"""Checklists as they are shown: every item filled by the run, answered by people, or open, with counts."""

from __future__ import annotations

from collections.abc import Mapping
from types import SimpleNamespace

from pipeline.language import N_, _, current, ngettext
from pipeline.method import checklists
from pipeline.method.answers import MethodFile
from pipeline.sections.method.evidence import NOTHING, Told
from pipeline.wording import capital, number

RUN, PEOPLE, OPEN = "run", "people", "open"
STATES = {RUN: N_("aus dem Lauf"), PEOPLE: N_("von Menschen beantwortet"), OPEN: N_("offen")}


def shown(facts: Mapping[str, Told], file: MethodFile) -> list[SimpleNamespace]:
    """All checklists in the language that holds here, the other language's wording beside. `facts`: name -> what the run knows."""
    return [_list(one, facts, file) for one in checklists.load()]


def _list(one: checklists.Checklist, facts: Mapping[str, Told], file: MethodFile) -> SimpleNamespace:
    language, other = current(), "de" if current() == "en" else "en"
    items = [_item(one, item, facts, file, language, other) for item in one.items]
    counts = {state: sum(item.state == state for item in items) for state in STATES}
    return SimpleNamespace(
        id=one.id, title=one.title.said(language), source=one.source, note=one.note.said(language) if one.note else "", items=items, counts=counts,
        total=len(items), summary=summary(len(items), counts), other=other,
    )  # fmt: skip


def summary(total: int, counts: Mapping[str, int]) -> str:
    """
    >>> summary(32, {"run": 15, "people": 5, "open": 12})
    '32 Punkte: 15 aus dem Lauf ausgefüllt, 5 von Menschen beantwortet, 12 offen'
    """
    told = _("{total} Punkte: {run} aus dem Lauf ausgefüllt, {people} von Menschen beantwortet, {open} offen")
    return told.format(total=total, **{state: counts[state] for state in STATES})


def _item(one: checklists.Checklist, item: checklists.Item, facts: Mapping[str, Told], file: MethodFile, language: str, other: str) -> SimpleNamespace:
    told = facts[item.fact] if item.fact else NOTHING
    answer = file.answer(one.id, item.number) or (file.said(item.said) if item.said else "")
    state = PEOPLE if answer else RUN if told.text and told.whole and not item.partly else OPEN
    return SimpleNamespace(
        number=item.number, part=item.part.said(language) if item.part else "", wording=item.wording(language), other=item.wording(other), fact=told.text,
        answer=answer, state=state, state_words=_(STATES[state]), where=where(one.id, item, told.text) if state == OPEN else "",
    )  # fmt: skip


def where(checklist: str, item: checklists.Item, known: str = "") -> str:
    """What to do about an open item; `known` is what the run can say of it.

    >>> where("coreq", checklists.load()[0].items[12])
    'offen: bitte in codebooks/<Studie>/method.yaml unter checklists, coreq, 13 eintragen'
    """
    told = _("nur zum Teil bekannt: bitte in codebooks/<Studie>/method.yaml unter {place} ergänzen") if known else _("offen: bitte in codebooks/<Studie>/method.yaml unter {place} eintragen")
    place = item.said.replace(".", ", ") if item.said else f"checklists, {checklist}, {item.number}"
    return told.format(place=place)


def open_words(lists: list[SimpleNamespace]) -> str:
    """How many items of all lists are open."""
    n = sum(one.counts[OPEN] for one in lists)
    told = ngettext("Ein Punkt ist noch offen.", "{n} Punkte sind noch offen.", n)
    return capital(told.format(n=number(n))) if n else _("Kein Punkt ist offen.")
