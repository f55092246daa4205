"""Neighbourhoods as columns of a table, and passages by neighbourhood, for the chapters on potentials and needs."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from types import SimpleNamespace

from pipeline.language import N_, _, ngettext
from pipeline.sections.answers.desk import Desk
from pipeline.wording import number

NOWHERE_WORDS = N_("ohne Ort")
# How the place of a passage is known, in words.
PLACED = {
    "passage": N_("in der Stelle genannt"), "turn": N_("im Beitrag davor genannt"), "speaker": N_("Sozialraum der befragten Person"), "": N_("weder genannt noch bekannt"),
}  # fmt: skip
MOST = 6  # passages shown of one place and kind


def columns(desk: Desk, districts: Iterable[str]) -> list[SimpleNamespace]:
    """Districts in the study's order, undeclared ones behind them, those without a place last; `people`: respondents from there."""
    name = desk.settings.answers.district
    variable = desk.names.variables.get(name)
    declared = list(variable.values) if variable else []
    known = [case.get(name) or "" for case in desk.names.cases.values()]
    ordered = sorted(set(districts), key=lambda d: (d == "", declared.index(d) if d in declared else len(declared), d))
    return [
        SimpleNamespace(value=d, label=desk.names.value(name, d) if d else _(NOWHERE_WORDS), people=known.count(d), anchor=f"ort-{n}")
        for n, d in enumerate(ordered, 1)
    ]


def by_district(desk: Desk, codes: set[str]) -> dict[str, list[tuple[str, str]]]:
    """District -> (mention, how it was placed) of these codes, each passage once however many categories above it bear it; what people read
    first, then by category and place."""
    found: dict[str, list[tuple[str, str]]] = defaultdict(list)
    rows = [(row, desk.mention(row.mention)) for row in desk.rows("findings_places")]
    mine = desk.once(codes)
    kept = [(row, m) for row, m in rows if m is not None and m.mention in mine and (desk.with_proposals or m.basis == "reviewed")]
    for row, _mention in sorted(kept, key=lambda pair: (pair[1].basis != "reviewed", desk.order.get(pair[1].code, 0), pair[1].doc, pair[1].turn, pair[1].start)):
        found[row.district].append((row.mention, row.placed))
    return dict(found)


def leaves(desk: Desk, codes: Iterable[str]) -> set[str]:
    """Of these codes those that have none of them below: a mention of a child stands for its parents as well and would be shown twice."""
    wanted = set(codes)
    parent = dict(zip(desk.tables["codes"]["code"], desk.tables["codes"]["parent"], strict=True))
    above = {parent[code] for code in wanted if parent.get(code) in wanted}
    coded = set(desk.tables["codes"].loc[desk.tables["codes"]["coded"] == "yes", "code"])
    return {code for code in wanted if code not in above or code in coded}


def passages(desk: Desk, listed: list[tuple[str, str]]) -> SimpleNamespace:
    """Passages of one place ready to be shown: `read`, `open`, and how many more of each there are."""
    known = [(m, _(PLACED[how])) for mention, how in listed if (m := desk.mention(mention)) is not None]
    read, open_ = ([(m, how) for m, how in known if (m.basis == "reviewed") == wanted] for wanted in (True, False))
    shown = [
        [SimpleNamespace(quote=desk.quote(m.mention), placed=how, label=desk.label.get(m.code, "")) for m, how in part if not desk.banned(m)][:MOST]
        for part in (read, open_)
    ]
    rest = more(len(read) - len(shown[0]), len(open_) - len(shown[1]))
    return SimpleNamespace(read=shown[0], open=shown[1], n_read=len(read), n_open=len(open_), more=rest)


def more(read: int, open_: int) -> str:
    """
    >>> more(0, 0), more(2, 1)
    ('', 'Dazu zwei weitere gelesene Stellen und ein weiterer Vorschlag.')
    """
    some = ngettext("eine weitere gelesene Stelle", "{n} weitere gelesene Stellen", read).format(n=number(read))
    others = ngettext("ein weiterer Vorschlag", "{n} weitere Vorschläge", open_).format(n=number(open_))
    parts = [words for words, n in ((some, read), (others, open_)) if n]
    return _("Dazu {what}.").format(what=_(" und ").join(parts)) if parts else ""
