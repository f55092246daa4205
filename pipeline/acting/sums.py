"""Sums over what respondents say: actors, pairs, which group speaks of whom. What people read and what is only proposed never meet."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any

from pipeline.acting.known import Actor
from pipeline.acting.links import MISSING, TOGETHER
from pipeline.measures.lens import REVIEWED

Rows = list[dict[str, Any]]


def sure(links: Iterable[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    """Statements without those that are only asked or believed: they are shown, not counted."""
    return [link for link in links if link.get("doubt") != "yes"]


def actors(known: Mapping[str, Actor], mentions: Rows, links: Rows) -> Rows:
    """One row an actor that is spoken of or that stands in a statement."""
    spoken: dict[str, Rows] = defaultdict(list)
    for m in mentions:
        spoken[m["actor"]].append(m)
    told: dict[tuple[str, str, bool], int] = defaultdict(int)
    for link in sure(links):
        for key in {link["actor_a"], link["actor_b"]} - {""}:
            told[key, link["kind"], link["basis"] == REVIEWED] += 1
    present = set(spoken) | {key for link in links for key in (link["actor_a"], link["actor_b"]) if key}  # also where only an unsure statement names it
    return [
        {
            "actor": key, "label": a.label, "kind": a.kind, "source": a.source, "is_role": "yes" if a.role else "no",
            "forms": " | ".join(sorted({m["form"] for m in spoken[key]} - {""})), "n_mentions": len(spoken[key]), "n_cases": len({m["case"] for m in spoken[key]} - {""}),
            "n_docs": len({m["doc"] for m in spoken[key]}), "n_links": told[key, TOGETHER, True], "n_links_proposed": told[key, TOGETHER, False],
            "n_missing": told[key, MISSING, True], "n_missing_proposed": told[key, MISSING, False], "note": a.note,
        }
        for key, a in known.items() if key in present
    ]  # fmt: skip


def network(links: Iterable[Mapping[str, Any]]) -> Rows:
    """Statements and people by pair and kind; a statement is a sentence of one person."""
    by_pair: dict[tuple[str, str, str], list[Mapping[str, Any]]] = defaultdict(list)
    for link in sure(links):
        by_pair[link["actor_a"], link["actor_b"], link["kind"]].append(link)
    found = []
    for (a, b, kind), data in sorted(by_pair.items()):
        read, open_ = ([d for d in data if (d["basis"] == REVIEWED) == flag] for flag in (True, False))
        found.append(
            {
                "actor_a": a, "actor_b": b, "kind": kind, "n_reviewed": len(read), "n_cases_reviewed": len({d["case"] for d in read}),
                "n_proposed": len(open_), "n_cases_proposed": len({d["case"] for d in open_}),
            }
        )  # fmt: skip
    return found


def speaks_of(mentions: Rows, members: Mapping[str, set[str]], known: Mapping[str, Actor], own_kind: str) -> Rows:
    """Which group of respondents speaks of which actor, beside the size of the group; groups themselves are left out."""
    said: dict[tuple[str, str], list[str]] = defaultdict(list)
    group_of = {case: group for group, cases in members.items() for case in cases}
    for m in mentions:
        if m["case"] in group_of and known[m["actor"]].kind != own_kind:
            said[group_of[m["case"]], m["actor"]].append(m["case"])
    return [
        {"group": group, "actor": actor, "n_mentions": len(cases), "n_cases": len(set(cases)), "n_group": len(members[group])}
        for (group, actor), cases in sorted(said.items())
    ]
