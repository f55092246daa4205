"""What speaks against a category, as the chapters by category show it beside what speaks for it."""

from __future__ import annotations

from collections import defaultdict
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

from pipeline.language import _, ngettext
from pipeline.wording import dative, number

if TYPE_CHECKING:
    from pipeline.sections.answers.desk import Desk

DISSENT = ("denied", "opposite")
SHOWN = 2  # quotes of each basis


def counter(desk: Desk) -> dict[str, SimpleNamespace]:
    """Code -> `words`, `quotes` (read), `open_words`, `open_quotes` (proposed), `largest`: a sentence on who contributes most, or ''."""
    places: dict[str, list[Any]] = defaultdict(list)
    for row in desk.rows("findings_against"):
        if row.kind in DISSENT and (row.basis == "reviewed" or desk.with_proposals):
            places[row.code].append(row)
    found = {}
    for e in desk.rows("findings_evidence"):
        read, proposed = ([p for p in places[e.code] if (p.basis == "reviewed") == whether] for whether in (True, False))
        told = SimpleNamespace(
            words=amount(read), quotes=shown(desk, read), open_words=amount(proposed, True),
            open_quotes=shown(desk, proposed), largest=largest(desk, e),
        )  # fmt: skip
        if read or proposed or told.largest:
            found[e.code] = told
    return found


def amount(places: list[Any], open_: bool = False) -> str:
    """How many passages, or proposals (`open_`), from how many people.

    >>> from types import SimpleNamespace as N
    >>> amount([N(case="a"), N(case="a"), N(case="b")]), amount([N(case="a")], True)
    ('drei Stellen bei zwei Befragten', 'ein Vorschlag bei einer befragten Person')
    """
    n = len(places)
    if not n:
        return ""
    told = ngettext("ein Vorschlag bei {who}", "{n} Vorschläge bei {who}", n) if open_ else ngettext("eine Stelle bei {who}", "{n} Stellen bei {who}", n)
    return told.format(n=number(n), who=dative(len({p.case for p in places})))


def shown(desk: Desk, places: list[Any]) -> list[SimpleNamespace]:
    """The first places as passages, each with `why`: that it is denied, or of which opposite it is."""
    return [counter_passage(desk, p) for p in places if not desk.banned(p)][:SHOWN]


def counter_passage(desk: Desk, place: Any) -> SimpleNamespace:
    why = _("wird verneint") if place.kind == "denied" else _("Gegenstück: {label}").format(label=desk.label.get(place.other, place.other))
    return SimpleNamespace(**vars(desk.passage(place, place.case)), why=why, basis=place.basis)


def largest(desk: Desk, row: Any) -> str:
    """Who contributes most of what is read; '' where one person or one passage is all there is."""
    if row.n_cases < 2 or row.n_mentions < 3 or not row.largest_case:
        return ""
    n = round(row.largest_case_share * row.n_mentions)
    told = _("Am meisten trägt bei: {who}, mit {n} von {of} gelesenen Stellen.")
    return told.format(who=desk.names.who(row.largest_case), n=number(n), of=number(row.n_mentions)) if n > 1 else ""

