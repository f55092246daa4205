"""Chapter on welcome, recognition and living together: person by person, quotes side by side, stories of change."""

from __future__ import annotations

from collections import Counter
from types import SimpleNamespace
from typing import Any

from pipeline.language import N_, _, ngettext
from pipeline.sections.answers.desk import Desk
from pipeline.sections.proposals import Proposals
from pipeline.wording import dative, number, people

_THEMES = {
    "welcome": (N_("Willkommen und Anerkennung"), N_("Willkommen erlebt"), N_("Willkommen verwehrt"), ("welcome",), ("unwelcome",)),
    "together": (N_("Zusammenleben"), N_("Es gelingt"), N_("Es gibt Streit"), ("together",), ("conflict",)),
}  # fmt: skip
_EXPERIENCES = ("experienced", "denied", "mixed", "told", "none", "not asked")
_HEADS = {
    "welcome": (N_("erlebt"), N_("verwehrt"), N_("beides"), N_("nur von anderen berichtet"), N_("gefragt, nichts gelesen"), N_("nicht gefragt")),
    "together": (N_("gelingend"), N_("Streit"), N_("beides"), "", N_("gefragt, nichts gelesen"), N_("nicht gefragt")),
}  # fmt: skip
_SAID = _EXPERIENCES[:4]
_DIRECTIONS = {"better": N_("nach den Worten der befragten Person: besser"), "worse": N_("nach den Worten der befragten Person: schlechter"), "unclear": ""}
_STORY_THEMES = {"welcome": N_("Willkommen"), "together": N_("Zusammenleben"), "potentials": N_("Potenziale"), "reasons": N_("genannte Gründe")}
EACH = 2  # quotes of each kind, from different people
MOST = 12  # stories of each basis


def chapter(desk: Desk) -> SimpleNamespace:
    """All that the template `answers/welcome.html.j2` shows, as plain values."""
    known = Proposals(desk.tables)
    rows = desk.rows("findings_welcome")
    codes = _codes(desk)
    themes = [_theme(desk, theme, [r for r in rows if r.theme == theme], codes, known) for theme in _THEMES if any(r.theme == theme for r in rows)]
    stories = _stories(desk)
    return SimpleNamespace(
        themes=themes, stories=[s for s in stories if s.reviewed][:MOST], open_stories=[s for s in stories if not s.reviewed][:MOST], n_stories=len(stories),
        group_label=desk.group_label,
    )  # fmt: skip


def _codes(desk: Desk) -> dict[str, set[str]]:
    """Family -> its codes."""
    found: dict[str, set[str]] = {}
    for row in desk.rows("findings_scope"):
        found.setdefault(row.family, set()).add(row.code)
    return found


def _theme(desk: Desk, theme: str, rows: list[Any], codes: dict[str, set[str]], known: Proposals) -> SimpleNamespace:
    title, good, bad, good_families, bad_families = _THEMES[theme]
    sides = [set[str]().union(*(codes.get(name, set()) for name in names)) for names in (good_families, bad_families)]
    withheld = any(known.withheld(code) for code in sides[0] | sides[1])
    quotes = _pick(desk, sides, "reviewed")
    open_quotes = _pick(desk, sides, "proposed") if desk.with_proposals else [[], []]
    read, open_ = ([r for r in rows if r.basis == basis] for basis in ("reviewed", "proposed"))
    heads = [(experience, _(words)) for experience, words in zip(_EXPERIENCES, _HEADS[theme], strict=True) if words]
    return SimpleNamespace(
        theme=theme, title=_(title), told=told(theme, read), open_told=_open_told(theme, open_) if desk.with_proposals else "", heads=heads,
        groups=_groups(desk, theme, read, open_, withheld, _said(desk, sides[0] | sides[1])), withheld=known.why_withheld()[:1] if withheld and desk.with_proposals else [],
        quotes=[SimpleNamespace(label=_(label), read=own, open=more) for label, own, more in zip((good, bad), quotes, open_quotes, strict=True)],
        codes=[(code, desk.label[code]) for side in sides for code in desk.by_label(side)],
    )  # fmt: skip


# Theme -> what one person tells, and what several tell, who tell only of the good, only of the bad, of both, only of others.
_TOLD = {
    "welcome": (
        (N_("{n} erzählt nur davon, willkommen zu sein"), N_("{n} erzählen nur davon, willkommen zu sein")),
        (N_("{n} erzählt nur davon, dass Willkommen oder Anerkennung verwehrt wurde"), N_("{n} erzählen nur davon, dass Willkommen oder Anerkennung verwehrt wurde")),
        (N_("{n} erzählt von beidem, willkommen zu sein und es nicht zu sein"), N_("{n} erzählen von beidem, willkommen zu sein und es nicht zu sein")),
        (N_("{n} erzählt nur davon, wie es anderen ergeht"), N_("{n} erzählen nur davon, wie es anderen ergeht")),
    ),
    "together": (
        (N_("{n} erzählt nur von Gelingendem"), N_("{n} erzählen nur von Gelingendem")), (N_("{n} erzählt nur von Streit"), N_("{n} erzählen nur von Streit")),
        (N_("{n} erzählt von Gelingendem und von Streit"), N_("{n} erzählen von Gelingendem und von Streit")), ("", ""),
    ),
}  # fmt: skip


def told(theme: str, read: list[Any]) -> str:
    """Who reports what, of read passages, beside those who were asked.

    >>> row = lambda experience, asked: SimpleNamespace(experience=experience, asked=asked)
    >>> told("together", [row("mixed", 1), row("experienced", 1), row("mixed", 1), row("not asked", 0)])
    'Gelesen ist dazu etwas von drei Befragten: eine erzählt nur von Gelingendem, zwei erzählen von Gelingendem und von Streit. Danach gefragt wurden drei von vier Befragten.'
    >>> told("welcome", [row("none", 1)])
    'Dazu ist noch von niemandem etwas gelesen. Danach gefragt wurde eine von einer befragten Person.'
    """
    count = Counter(r.experience for r in read)
    said, asked = sum(count[s] for s in _SAID), sum(r.asked for r in read)
    end = _("Danach gefragt wurde niemand.")
    if asked:
        end = ngettext("Danach gefragt wurde {n} von {of}.", "Danach gefragt wurden {n} von {of}.", asked).format(n=number(asked), of=dative(len(read)))
    if not said:
        return _("Dazu ist noch von niemandem etwas gelesen. {asked}").format(asked=end)
    parts = [_(one if n == 1 else several).format(n=number(n)) for s, (one, several) in zip(_SAID, _TOLD[theme], strict=True) if (n := count[s])]
    return _("Gelesen ist dazu etwas von {who}: {told}. {asked}").format(who=dative(said), told=", ".join(parts), asked=end)


def _open_told(theme: str, rows: list[Any]) -> str:
    """What only proposals say, over all respondents; empty where there are none."""
    count = Counter(r.experience for r in rows)
    if not any(count[s] for s in _SAID):
        return ""
    heads = dict(zip(_EXPERIENCES, _HEADS[theme], strict=True))
    named = [(_(heads[s]), people(count[s])) for s in _SAID if heads[s] and count[s]]
    return "; ".join(f"{words}: {who}" for words, who in named)


def _said(desk: Desk, codes: set[str]) -> dict[tuple[str, str], list[Any]]:
    """(case, basis) -> the turns in which it speaks of one of these, each once."""
    found: dict[tuple[str, str], dict[tuple[str, int], Any]] = {}
    for m in sorted((m for code in codes for m in desk.mentions_of(code)), key=lambda m: (m.doc, m.turn, m.start)):
        found.setdefault((m.case, m.basis), {}).setdefault((m.doc, m.turn), m)
    return {key: list(turns.values()) for key, turns in found.items()}


def _cell(desk: Desk, name: str, rows: list[Any], said: dict[tuple[str, str], list[Any]], words: str) -> SimpleNamespace:
    """How many, and who they are with their turns, to which the figure leads by the anchor `id`."""
    people_ = [SimpleNamespace(who=desk.names.who(r.case), turns=[desk.place(m.doc, m.turn, m.start) for m in said.get((r.case, r.basis), [])]) for r in rows]
    return SimpleNamespace(n=len(rows), id=name, words=words, people=people_)


def _groups(desk: Desk, theme: str, read: list[Any], open_: list[Any], withheld: bool, said: dict[tuple[str, str], list[Any]]) -> list[SimpleNamespace]:
    """One row a group: how many of it report what; proposals only where they may be compared."""
    name = desk.settings.answers.group
    group = {case: values.get(name) or "unbekannt" for case, values in desk.names.cases.items()} if name in desk.names.variables else {}
    variable = desk.names.variables.get(name)
    order = list(variable.values) if variable else []
    values = sorted(set(group.values()), key=lambda v: (v == "unbekannt", order.index(v) if v in order else len(order), v))
    columns = [(s, _(words)) for s, words in zip(_EXPERIENCES, _HEADS[theme], strict=True) if words]
    found = []
    for n, value in enumerate(values, 1):
        mine, more = ([r for r in rows if group.get(r.case) == value] for rows in (read, open_))
        shown = [r for r in more if r.experience in _SAID] if desk.with_proposals and not withheld else []
        cells, open_cells = (
            [_cell(desk, f"erlebt-{theme}-{n}-{i}{end}" if s in _SAID else "", [r for r in rows if r.experience == s], said, words) for i, (s, words) in enumerate(columns)]
            for rows, end in ((mine, ""), (shown, "-offen"))
        )
        found.append(
            SimpleNamespace(
                label=desk.names.value(name, value), size=len(mine), asked=sum(r.asked for r in mine),
                cells=cells, proposed=open_cells, told=[x for x in (*cells, *open_cells) if x.id and x.n],
            )
        )  # fmt: skip
    return found


def _pick(desk: Desk, sides: list[set[str]], basis: str) -> list[list[Any]]:
    """For each side the first quotes by rank, in turns, each from another person; a side that would stay empty takes one whose words
    stand on the other side already."""
    ranked = sorted(desk.rows("findings_quotes"), key=lambda r: (r.rank, desk.order.get(r.code, 0)))
    listed = [[m for r in ranked if r.code in side and (m := desk.mention(r.mention)) is not None] for side in sides]
    may = [[m for m in side if m.basis == basis and desk.may_quote(m.doc, m.turn) and not desk.banned(m)] for side in listed]
    chosen: list[list[Any]] = [[] for _ in sides]
    used: set[str] = set()
    for _round in range(EACH):
        for own, side in zip(chosen, may, strict=True):
            m = next((m for m in side if m.case not in used), None if own else next(iter(side), None))
            if m is not None:
                used.add(m.case)
                own.append(m)
    return [[desk.quote(m.mention) for m in own] for own in chosen]


def _stories(desk: Desk) -> list[SimpleNamespace]:
    rows = [r for r in desk.rows("findings_stories") if (desk.with_proposals or r.basis == "reviewed") and desk.may_quote(r.doc, r.turn) and not desk.banned(r)]
    order = list(_STORY_THEMES)
    return [
        SimpleNamespace(
            **vars(desk.passage(r)), before=desk.words(r.doc, r.turn, r.before_start, r.before_end), after=desk.words(r.doc, r.turn, r.after_start, r.after_end),
            theme=_(_STORY_THEMES[r.theme]), sign=r.sign, direction=_(_DIRECTIONS[r.direction]), reviewed=r.basis == "reviewed",
        )
        for r in sorted(rows, key=lambda r: (r.basis != "reviewed", order.index(r.theme), r.doc, r.turn, r.start))
    ]  # fmt: skip

