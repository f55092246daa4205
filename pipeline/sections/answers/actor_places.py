"""Where respondents speak of an actor, by group and person: what the figures of the chapter on actors lead to."""

from __future__ import annotations

from collections import Counter, defaultdict
from types import SimpleNamespace
from typing import Any

from pipeline.sections.answers.desk import Desk


def spoken(desk: Desk, shown: set[str]) -> dict[str, SimpleNamespace]:
    """Actor -> `id` (an anchor), `groups`: its places by group of respondents, each with `value`, `id`, `words` and people with their turns.

    `shown`: actors of whom figures are shown; a group has an anchor of its own because a figure counts it alone.
    """
    group, names = _groups(desk), desk.value(desk.settings.answers.group)
    by_actor: dict[str, dict[str, dict[str, list[Any]]]] = defaultdict(lambda: defaultdict(lambda: defaultdict(list)))
    for m in desk.rows("actor_mentions"):
        if m.actor in shown:
            by_actor[m.actor][group.get(m.case, "")][m.case].append(m)
    found = {}
    for actor in sorted(by_actor):
        parts = [
            SimpleNamespace(value=value, id=f"akteur-{actor}--{g}", words=names(value) if value else "", people=[_person(desk, rows) for rows in people.values()])
            for g, (value, people) in enumerate(sorted(by_actor[actor].items()), 1)
        ]  # fmt: skip
        found[actor] = SimpleNamespace(id=f"akteur-{actor}", groups=parts)
    return found


def _groups(desk: Desk) -> dict[str, str]:
    cases, variable = desk.tables.get("cases"), desk.settings.answers.group
    return dict(zip(cases["case"], cases[variable], strict=True)) if cases is not None and variable in cases.columns else {}


def _person(desk: Desk, rows: list[Any]) -> SimpleNamespace:
    """A person's turns in which the actor is named, each with how often."""
    first = {(m.doc, m.turn): m for m in reversed(rows)}
    times = Counter((m.doc, m.turn) for m in rows)
    told = [(desk.passage(first[place]), times[place]) for place in sorted(first)]
    return SimpleNamespace(who=told[0][0].who, turns=[SimpleNamespace(anchor=p.anchor, interview=p.interview, turn=p.turn, times=n) for p, n in told])
