"""Chapter: actors. Who is spoken of, who is said to work with whom, who is missing: statements, no register and no ranking."""

from __future__ import annotations

from collections import defaultdict
from types import SimpleNamespace
from typing import Any

from pipeline.charts.network import KINDS, SAYS, anchor
from pipeline.language import _, ngettext
from pipeline.sections.answers.actor_places import spoken
from pipeline.sections.answers.desk import Desk
from pipeline.wording import NOT_QUOTABLE, capital, dative, number, people, quoted

REVIEWED = "reviewed"
MOST_ROWS = 30


def chapter(desk: Desk) -> SimpleNamespace:
    """All that the template `answers/actors.html.j2` shows, as plain values."""
    actors = {a.actor: a for a in desk.rows("actors")}
    links = [link for link in desk.rows("findings_links") if desk.with_proposals or link.basis == REVIEWED]
    pairs = _pairs(desk, links, actors)
    sure = [p for p in pairs if not p.doubt]
    among = [p for p in sure if p.b]
    organisations = [a for a in actors.values() if a.kind != "gruppe" and a.n_mentions]
    rows = _rows(organisations, links)
    places = spoken(desk, {a.actor for _, told in rows[0] for a in told} | {a.actor for a in organisations if a.n_cases > 1})
    return SimpleNamespace(
        n_actors=len(organisations), kinds=rows[0], once=rows[1], read=sum(link.basis == REVIEWED for link in links), proposed=sum(link.basis != REVIEWED for link in links),
        told=_told(links), together=[p for p in among if p.kind == "together"], missing=[p for p in sure if p.kind == "missing"], doubtful=[p for p in pairs if p.doubt], wished=[p for p in among if p.kind == "wished"],
        past=[p for p in among if p.kind == "past"], absent=[p for p in sure if not p.b], heat=_heat(desk, organisations, places),
        noted=[a for a in organisations if a.note], group=desk.group_label, spoken=places, labels={a.actor: a.label for a in organisations}, codes=_codes(desk), with_proposals=desk.with_proposals,
    )  # fmt: skip


def _codes(desk: Desk) -> str:
    """The categories by which people correct a statement, by their names."""
    rows = [r.code for r in desk.rows("findings_scope") if r.family in ("cooperation", "missing") and r.given == "yes"]
    return ", ".join(quoted(desk.label.get(code, code)) for code in desk.by_label(rows))


def _pairs(desk: Desk, links: list[Any], actors: dict[str, Any]) -> list[SimpleNamespace]:
    """Statements by pair and kind with their sentences, in the order of names: a table that ranks nobody."""
    by_pair: dict[tuple[str, str, str, bool], list[Any]] = defaultdict(list)
    for link in links:
        by_pair[link.actor_a, link.actor_b, link.kind, link.doubt == "yes"].append(link)
    found = []
    for (a, b, kind, doubt), rows in by_pair.items():
        read, open_ = ([r for r in rows if (r.basis == REVIEWED) == flag] for flag in (True, False))
        found.append(
            SimpleNamespace(
                a=_name(actors[a]), b=_name(actors[b]) if b else "", anchor=anchor(rows), kind=kind, doubt=doubt, says=_(SAYS[kind]), n_read=len(read), n_open=len(open_),
                read_words=statements(len(read), len({r.case for r in read})), open_words=statements(len(open_), len({r.case for r in open_})),
                read=[_said(desk, r) for r in read], open=[_said(desk, r) for r in open_],
            )
        )  # fmt: skip
    return sorted(found, key=lambda p: (p.a.casefold(), p.b.casefold(), p.kind))


def _name(actor: Any) -> str:
    """An actor's name; of a group of respondents, in whose name somebody speaks, with the word for it."""
    return _("Gruppe: {name}").format(name=actor.label.removeprefix("Gruppe: ")) if actor.kind == "gruppe" else str(actor.label)


def _said(desk: Desk, row: Any) -> SimpleNamespace:
    """A statement's sentence; `withheld`: a remark stands for it, which is no quotation."""
    p = desk.passage(row)
    return SimpleNamespace(**vars(p), withheld=p.text == NOT_QUOTABLE)


def statements(n: int, n_cases: int) -> str:
    """
    >>> statements(1, 1), statements(4, 3), statements(0, 0)
    ('eine Aussage von einer befragten Person', 'vier Aussagen von drei Befragten', '')
    """
    if not n:
        return ""
    return ngettext("eine Aussage von {who}", "{n} Aussagen von {who}", n).format(n=number(n), who=dative(n_cases))


def _told(links: list[Any]) -> SimpleNamespace:
    """How much the chapter stands on, read and proposed apart."""
    parts = [[link for link in links if (link.basis == REVIEWED) == flag] for flag in (True, False)]
    read, open_ = (statements(len(rows), len({r.case for r in rows})) for rows in parts)
    return SimpleNamespace(read=capital(read), open=capital(open_))


def _rows(organisations: list[Any], links: list[Any]) -> tuple[list[tuple[str, list[Any]]], str]:
    """Actors by kind that several people speak of or a statement names, and the names of the others on one line."""
    stated = {key for link in links for key in (link.actor_a, link.actor_b)}
    main = [a for a in organisations if a.n_cases > 1 or a.actor in stated or a.source == "list"]
    kinds = [(_(words), sorted((a for a in main if a.kind == kind), key=lambda a: a.label.casefold())) for kind, words in KINDS.items()]
    shown = {a.actor for a in main}
    rest = sorted((a.label for a in organisations if a.actor not in shown), key=str.casefold)
    return [(words, rows) for words, rows in kinds if rows], ", ".join(rest)


def _heat(desk: Desk, organisations: list[Any], places: dict[str, SimpleNamespace]) -> SimpleNamespace | None:
    """Group x actor: how many people of the group speak of it; actors of whom people of two groups speak, as many as a page holds."""
    rows = desk.rows("findings_speaks_of")
    if not rows:
        return None
    value = desk.value(desk.settings.answers.group)
    groups = {r.group: r.n_group for r in sorted(rows, key=lambda r: r.group)}
    cells = {(r.actor, r.group): r for r in rows}
    spread = {a.actor: sum((a.actor, g) in cells for g in groups) for a in organisations}
    several = [a for a in organisations if spread[a.actor] > 1]
    kept = sorted(sorted(several, key=lambda a: (-spread[a.actor], -a.n_cases, a.actor))[:MOST_ROWS], key=lambda a: a.label.casefold())
    anchors = {(actor, part.value): part.id for actor, found in places.items() for part in found.groups}
    lines = [(a.label, [_cell(cells.get((a.actor, g)), anchors.get((a.actor, g), "")) for g in groups]) for a in kept]
    return SimpleNamespace(groups=[(value(g), people(n)) for g, n in groups.items()], rows=lines, others=len(organisations) - len(kept)) if lines else None


def _cell(row: Any, anchor: str) -> SimpleNamespace:
    if row is None:
        return SimpleNamespace(n="·", level=0, title="", anchor="")
    told = ngettext("{n} von {of} Befragten, {times} Mal genannt", "{n} von {of} Befragten, {times} Mal genannt", row.n_mentions)
    title = told.format(n=row.n_cases, of=row.n_group, times=row.n_mentions)
    return SimpleNamespace(anchor=anchor, n=row.n_cases, level=min(5, row.n_cases), title=title)
