"""What speaks against a category, as the chapters by category show it beside what speaks for it."""

from __future__ import annotations

from collections import defaultdict
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

from pipeline.wording import number

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
            words=amount(read, "Stelle", "Stellen"), quotes=shown(desk, read), open_words=amount(proposed, "Vorschlag", "Vorschläge"),
            open_quotes=shown(desk, proposed), largest=largest(desk, e),
        )  # fmt: skip
        if read or proposed or told.largest:
            found[e.code] = told
    return found


def amount(places: list[Any], one: str, many: str) -> str:
    """
    >>> from types import SimpleNamespace as N
    >>> amount([N(case="a"), N(case="a"), N(case="b")], "Stelle", "Stellen"), amount([N(case="a")], "Vorschlag", "Vorschläge")
    ('drei Stellen bei zwei Befragten', 'ein Vorschlag bei einer befragten Person')
    """
    if not places:
        return ""
    n, people = len(places), len({p.case for p in places})
    start = f"{'ein' if one == 'Vorschlag' else 'eine'} {one}" if n == 1 else f"{number(n)} {many}"
    return f"{start} bei {'einer befragten Person' if people == 1 else f'{number(people)} Befragten'}"


def shown(desk: Desk, places: list[Any]) -> list[SimpleNamespace]:
    """The first places as passages, each with `why`: that it is denied, or of which opposite it is."""
    return [counter_passage(desk, p) for p in places if not desk.banned(p)][:SHOWN]


def counter_passage(desk: Desk, place: Any) -> SimpleNamespace:
    why = "wird verneint" if place.kind == "denied" else f"Gegenstück: {desk.label.get(place.other, place.other)}"
    return SimpleNamespace(**vars(desk.passage(place, place.case)), why=why, basis=place.basis)


def largest(desk: Desk, row: Any) -> str:
    """Who contributes most of what is read; '' where one person or one passage is all there is."""
    if row.n_cases < 2 or row.n_mentions < 3 or not row.largest_case:
        return ""
    n = round(row.largest_case_share * row.n_mentions)
    return f"Am meisten trägt bei: {desk.names.who(row.largest_case)}, mit {number(n)} von {number(row.n_mentions)} gelesenen Stellen." if n > 1 else ""

