"""Chapter: the common denominator, in four fields, by what people read; and, apart, what it would be if the proposals held."""

from __future__ import annotations

from collections import defaultdict
from types import SimpleNamespace
from typing import Any

from pipeline.language import _
from pipeline.sections.answers.common_words import (
    ASPECTS,
    FIELDS,
    REASONS,
    STATES,
    contrasts,
    p_words,
    said_by,
    spread,
    withheld,
)
from pipeline.sections.answers.desk import Desk
from pipeline.sections.counter import counter_passage
from pipeline.sections.proposals import Proposals
from pipeline.wording import number, quoted

Groups = dict[tuple[str, str], list[Any]]  # (category, basis) -> rows of findings_common_groups, in the study's order of groups


def chapter(desk: Desk) -> SimpleNamespace:
    """All that the template `answers/common.html.j2` shows, as plain values."""
    groups = _groups(desk)
    places = {(p.code, p.place): p for p in desk.rows("findings_against")}
    rows = desk.rows("findings_common")
    read = [r for r in rows if r.basis == "reviewed"]
    known = Proposals(desk.tables)  # who speaks otherwise is found less often: what the picture compares would be ways of speaking
    every = [r for r in rows if r.basis != "reviewed"] if desk.with_proposals else []
    left_out = [r for r in every if known.withheld(r.code) and (r.n_groups_voiced or r.n_groups_denied)]
    open_ = [r for r in every if not known.withheld(r.code)]
    return SimpleNamespace(
        read=_picture(desk, read, groups, places), proposed=_picture(desk, open_, groups, places), group_label=desk.group_label,
        n_groups=number(max((r.n_groups for r in rows), default=0)), any_read=any(r.n_groups_voiced or r.n_groups_denied for r in read),
        states=[_state(state) for state in STATES], tests=_tests(desk), withheld=withheld([desk.label.get(code, code) for code in desk.by_label(r.code for r in left_out)], bool(open_)),
        why=known.why_withheld(r.code for r in left_out) if left_out else [],
    )  # fmt: skip


def _groups(desk: Desk) -> Groups:
    variable = desk.settings.answers.group
    words = list(desk.settings.variables[variable].values) if variable in desk.settings.variables else []
    place = {value: n for n, value in enumerate(words)}
    found: Groups = defaultdict(list)
    for row in sorted(desk.rows("findings_common_groups"), key=lambda r: (place.get(r.group, len(place)), r.group)):
        found[row.code, row.basis].append(row)
    return found


def _picture(desk: Desk, rows: list[Any], groups: Groups, places: dict[tuple[str, str], Any]) -> SimpleNamespace | None:
    """The four fields of one basis; None where there is nothing to show."""
    if not rows:
        return None
    # Weights of groups are equal; how many people a group has changes no order.
    ordered = sorted(rows, key=lambda r: (-r.n_groups_voiced, -_value(r.lowest), -_value(r.balanced), desk.order.get(r.code, 0), r.code))
    fields = [_field(desk, field, [r for r in ordered if r.field == field], groups, places) for field in FIELDS]
    return SimpleNamespace(fields=fields, contrasts=contrasts(ordered, desk.label, rows[0].basis == "reviewed"), grid=_grid(desk, ordered), so_far=_so_far(desk, ordered, groups))


def _so_far(desk: Desk, rows: list[Any], groups: Groups) -> str:
    """Themes that every group read so far voices, as one sentence; empty where there are none."""
    found = [f"{desk.label.get(r.code, r.code)} ({spread(r, groups[r.code, r.basis])})" for r in rows if r.reason == "so_far"]
    words = _("Noch kein gemeinsamer Nenner, aber bisher in jeder Gruppe genannt, die gelesen ist: {themes}. Offen ist, was die übrigen Gruppen sagen.")
    return words.format(themes=", ".join(found)) if found else ""


def _state(state: str) -> SimpleNamespace:
    """A group's state with its words."""
    told = STATES[state]
    return SimpleNamespace(key=told.key, sign=told.sign, words=_(told.words))


def _value(share: float) -> float:
    return share if share == share else -1.0


def _grid(desk: Desk, rows: list[Any]) -> list[SimpleNamespace]:
    """The fields at a glance, one row an aspect: how many themes, and which."""
    return [
        SimpleNamespace(words=_(words), cells=[[SimpleNamespace(code=r.code, label=desk.label.get(r.code, r.code)) for r in rows if r.aspect == aspect and r.field == f] for f in FIELDS])
        for aspect, words in ASPECTS.items()
        if aspect != "other" or any(r.aspect == "other" for r in rows)
    ]  # fmt: skip


def _field(desk: Desk, field: str, rows: list[Any], groups: Groups, places: dict[tuple[str, str], Any]) -> SimpleNamespace:
    told = FIELDS[field]
    # A theme that nobody speaks of has no quotes to lay side by side; its name is enough.
    shown = [r for r in rows if r.n_groups_voiced or r.n_groups_denied]
    aspects = []
    for aspect, words in ASPECTS.items():
        themes = [_theme(desk, r, groups[r.code, r.basis], places) for r in shown if r.aspect == aspect]
        if themes or (aspect != "other" and field != "open"):
            aspects.append(SimpleNamespace(words=_(words), themes=themes))
    silent: dict[str, list[str]] = defaultdict(list)
    for r in desk.by_label(r.code for r in rows if r not in shown):
        silent[next(x.reason for x in rows if x.code == r)].append(desk.label.get(r, r))
    return SimpleNamespace(
        field=field, title=_(told.title), note=_(told.note), next=_(told.next), n=len(rows), aspects=aspects,
        silent=[SimpleNamespace(words=_(REASONS[reason]), labels=silent[reason]) for reason in REASONS if reason in silent],
    )  # fmt: skip


def _theme(desk: Desk, row: Any, groups: list[Any], places: dict[tuple[str, str], Any]) -> SimpleNamespace:
    voices = [_voice(desk, g, places) for g in groups if g.mention or g.against or g.n_cases]
    marks = [
        SimpleNamespace(state=state, sign=told.sign, words=_(told.words), groups=[desk.names.marked(desk.settings.answers.group, g.group) for g in groups if g.status == state])
        for state, told in STATES.items()
    ]  # fmt: skip
    return SimpleNamespace(
        code=row.code, label=desk.label.get(row.code, row.code), spread=spread(row, groups), reason=_(REASONS.get(row.reason, "")),
        n_cases=row.n_cases, marks=[m for m in marks if m.groups], voices=voices, opposed=_opposed(desk, row, places),
    )  # fmt: skip


def _opposed(desk: Desk, row: Any, places: dict[tuple[str, str], Any]) -> str:
    """What counts as speaking against this theme here: denials, or what the study calls its opposite; '' where nothing does."""
    if not row.n_groups_denied:
        return ""
    found = [p for (code, _place), p in places.items() if code == row.code and (row.basis != "reviewed" or p.basis == "reviewed")]
    told = [_("es wird verneint")] if any(p.kind == "denied" for p in found) else []
    others = desk.by_label(p.other for p in found if p.kind == "opposite")
    return "; ".join([*told, *(_("genannt wird {label}, nach study.yaml das Gegenstück").format(label=quoted(desk.label.get(code, code))) for code in others)])


def _voice(desk: Desk, group: Any, places: dict[tuple[str, str], Any]) -> SimpleNamespace:
    """One group's column: its best quote, and one that speaks against."""
    against = places.get((group.code, group.against))
    return SimpleNamespace(
        group=desk.names.marked(desk.settings.answers.group, group.group), state=_state(group.status), said=said_by(group),
        quote=desk.quote(group.mention) if group.mention else None, against=counter_passage(desk, against) if against is not None and not desk.banned(against) else None,
    )  # fmt: skip


def _tests(desk: Desk) -> list[SimpleNamespace]:
    """Exact tests where the study asks for them, the least likely first."""
    rows = sorted(desk.rows("findings_tests"), key=lambda r: (r.p, desk.order.get(r.code, 0), r.variable))
    return [
        SimpleNamespace(label=desk.label.get(r.code, r.code), variable=desk._label(r.variable), said=_("{n} von {of}").format(n=r.n_said, of=r.n), groups=r.groups, p=p_words(r.p), p_all=p_words(r.p_all))
        for r in rows
    ]  # fmt: skip
