"""Chapter on potentials: what is there by kind, by group and by neighbourhood, and who connects whom."""

from __future__ import annotations

from collections import defaultdict
from types import SimpleNamespace
from typing import Any

from pipeline.language import N_, _
from pipeline.sections.answers import places
from pipeline.sections.answers.desk import Desk
from pipeline.sections.proposals import Proposals
from pipeline.wording import NOT_QUOTABLE

_ROLES = {"self": N_("die befragte Person selbst"), "person": N_("eine Person, die nur mit Namen vorkommt"), "": N_("in der Stelle nicht gesagt")}


def chapter(desk: Desk) -> SimpleNamespace:
    """All that the template `answers/potentials.html.j2` shows, as plain values."""
    known = Proposals(desk.tables)
    rows = [r for r in desk.rows("findings_potentials") if desk.with_proposals or r.basis == "reviewed"]
    codes = [c for c in desk.tables["codes"].itertuples() if c.code in {r.code for r in rows}]
    kinds = places.leaves(desk, (c.code for c in codes))
    bridges = _bridges(desk)
    return SimpleNamespace(
        kinds=_kinds(rows, codes), group_label=desk.group_label, districts=_districts(desk, rows, kinds),
        withheld=[text for text in known.why_withheld() if any(known.withheld(c.code) for c in codes)], bridges=bridges, roles=_by_role(bridges),
        silent=[c.label for c in codes if c.code in kinds and not any(r.n_mentions for r in rows if r.code == c.code and r.by == "")],
        read=any(r.n_mentions for r in rows if r.basis == "reviewed"), proposed=any(r.n_mentions for r in rows if r.basis == "proposed"),
    )  # fmt: skip


def _kinds(rows: list[Any], codes: list[Any]) -> list[SimpleNamespace]:
    """Each kind over all respondents; kinds of which nothing was said are left out."""
    figures = {(r.code, r.basis): r for r in rows if r.by == ""}
    found = []
    for c in codes:
        read, open_ = figures[c.code, "reviewed"], figures.get((c.code, "proposed"))
        if read.n_mentions or (open_ and open_.n_mentions):
            found.append(
                SimpleNamespace(
                    code=c.code, label=c.label, level=c.level, definition=c.definition, n_cases=read.n_cases, n_mentions=read.n_mentions,
                    n_asked=read.n_asked, n_cases_proposed=open_.n_cases if open_ else 0, n_proposed=open_.n_mentions if open_ else 0,
                )
            )  # fmt: skip
    return found


def _districts(desk: Desk, rows: list[Any], kinds: set[str]) -> SimpleNamespace | None:
    """Neighbourhoods, each with its passages; None where the study has none."""
    own = {(r.code, r.value, r.basis): r for r in rows if r.by == "district"}
    if not own:
        return None
    heads = places.columns(desk, {r.value for r in own.values()})
    heads = [h for h in heads if h.value or any(r.n_mentions or r.n_group for r in own.values() if not r.value)]
    listed = places.by_district(desk, kinds)
    told = [SimpleNamespace(**vars(h), passages=places.passages(desk, listed[h.value])) for h in heads if h.value in listed]
    return SimpleNamespace(label=desk.district_label, heads=heads, told=told)


def _bridges(desk: Desk) -> list[SimpleNamespace]:
    """Bridge persons, read ones first; role and sides are words of the speaker and stand in the table only where these may be quoted."""
    rows = [r for r in desk.rows("findings_bridges") if desk.with_proposals or r.basis == "reviewed"]
    found = []
    for r in sorted(rows, key=lambda r: (r.basis != "reviewed", r.bridge_role in ("", "person"), r.doc, r.turn, r.start)):
        free = desk.may_quote(r.doc, r.turn)
        role = _(NOT_QUOTABLE) if not free and not r.bridge_role else _(_ROLES[r.bridge_role]) if r.bridge_role in _ROLES else r.bridge_role
        found.append(
            SimpleNamespace(
                role=role, said=r.bridge_role not in ("", "person"), does=r.does, before=_("im Beitrag davor genannt") if r.found_in == "before" else "",
                connects=connects(r.side_a, r.side_b) if free else "", case=r.case, reviewed=r.basis == "reviewed", quote=None if desk.banned(r) else desk.quote(r.mention),
            )
        )  # fmt: skip
    return found


def connects(a: str, b: str) -> str:
    """
    >>> connects("Familien", "Amt"), connects("", "Zahnarzt"), connects("", "")
    ('Familien – Amt', 'nicht gesagt – Zahnarzt', 'nicht gesagt')
    """
    unsaid = _("nicht gesagt")
    return f"{a or unsaid} – {b or unsaid}" if a or b else unsaid


def _by_role(bridges: list[SimpleNamespace]) -> list[SimpleNamespace]:
    """Roles with how many people tell of them, those of read passages first."""
    cases: dict[str, tuple[set[str], set[str]]] = defaultdict(lambda: (set(), set()))
    for b in bridges:
        if b.said:
            cases[b.role][not b.reviewed].add(b.case)
    ordered = sorted(cases.items(), key=lambda item: (-len(item[1][0]), -len(item[1][1]), item[0]))
    return [SimpleNamespace(role=role, n_cases=len(read), n_proposed=len(open_)) for role, (read, open_) in ordered]
