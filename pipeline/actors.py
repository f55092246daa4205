"""Stage actors: organisations and roles, who works with whom."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Mapping
from itertools import pairwise
from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

from pipeline.acting import links, listing, masks, sums
from pipeline.acting.known import GROUP, Register, group_label, register
from pipeline.acting.spans import Place, Turn, find, inside, words
from pipeline.measures import lens
from pipeline.tables import CODED_ROLES, quotable

if TYPE_CHECKING:
    import pandas as pd

FAMILIES = ("cooperation", "missing")


def whole(
    entities: pd.DataFrame, plan: pd.DataFrame, cases: pd.DataFrame, speakers: pd.DataFrame, turns: pd.DataFrame, segments: pd.DataFrame, tokens: pd.DataFrame, types: pd.DataFrame, scopes: pd.DataFrame, codes: pd.DataFrame, findings_scope: pd.DataFrame, findings_mentions: pd.DataFrame, settings: SimpleNamespace, actors_file: Path,
) -> dict[str, list[dict[str, Any]] | pd.DataFrame]:  # fmt: skip
    """All tables of this stage; of those who may not be quoted no spelling is kept. Raises `Stop` where the list of actors is faulty."""
    variable = settings.answers.group
    members = lens.members(cases, variable)
    group_of = {case: group for group, found in members.items() for case in found}
    declared = settings.variables.get(variable)
    named = {value: (declared.values.get(value, value) if declared else value) for value in members or {"unbekannt": set()}}
    made = register(listing.load(actors_file), masks.read(entities, plan), named)
    keys = {value: _group_key(made, value, label) for value, label in named.items()}

    spoken = {(t.doc, t.turn): t for t in turns.itertuples() if t.role in CODED_ROLES}
    texts = {turn: t.text for turn, t in spoken.items()}
    own = {turn: (keys[g], f"{g} {named[g]}") for turn, t in spoken.items() if (g := group_of.get(t.case, "")) and lens.known(g)}
    places = find(texts, words(tokens, types), made, own)
    mentions = _mentions(places, spoken, quotable(speakers))
    speaking = {case: keys.get(group, "") for case, group in group_of.items()} if members else dict.fromkeys(cases["case"], keys["unbekannt"])
    official = {(doc, speaker) for doc, speaker, voice in zip(cases["doc"], cases["speaker"], cases["voice"], strict=True) if voice == "official"}
    told = _sentences(segments, spoken, places, _families(findings_scope, findings_mentions, codes), _marks(scopes), speaking, official, made)
    stated = list(links.rows(told, made.actors))
    return {
        "actors": sums.actors(made.actors, mentions, stated), "actor_mentions": mentions, "findings_links": stated,
        "findings_network": sums.network(stated), "findings_speaks_of": sums.speaks_of(mentions, members, made.actors, GROUP),
    }  # fmt: skip


def _mentions(places: Mapping[Turn, list[Place]], spoken: Mapping[Turn, Any], may: set[tuple[str, str]]) -> list[dict[str, Any]]:
    """Rows of `actor_mentions`. `may`: (doc, speaker) of those who may be quoted; of others the spelling is left out."""
    return [
        {
            "doc": t.doc, "turn": t.turn, "start": p.start, "end": p.end, "actor": p.key, "case": t.case,
            "form": t.text[p.start : p.end].replace("\n", " ") if (t.doc, t.speaker) in may else "",
        }
        for t, found in ((spoken[turn], found) for turn, found in places.items()) for p in found
    ]  # fmt: skip


def _group_key(made: Register, value: str, label: str) -> str:
    return made.enter(group_label(label), GROUP, "group") if lens.known(value) else made.enter("Befragte ohne Angabe", GROUP, "group")


def _families(scope: pd.DataFrame, mentions: pd.DataFrame, codes: pd.DataFrame) -> dict[Turn, list[tuple[int, int, str, str]]]:
    """Turn -> places of mentions of the two families: start, end, family, basis."""
    wanted = lens.families(scope)
    found: dict[Turn, list[tuple[int, int, str, str]]] = defaultdict(list)
    for family in FAMILIES:
        for m in lens.single(mentions, wanted.get(family, set()), codes).itertuples():
            found[m.doc, m.turn].append((m.start, m.end, family, m.basis))
    return dict(found)


def _marks(scopes: pd.DataFrame) -> tuple[dict[Turn, list[int]], dict[Turn, list[int]]]:
    """Turn -> starts in order of words that are negated, and of words that are only thought."""
    made: list[dict[Turn, list[int]]] = []
    for column in ("negated", "hypothetical"):
        rows = scopes[scopes[column] >= 0]
        starts: dict[Turn, set[int]] = defaultdict(set)
        for doc, turn, start in zip(rows["doc"], rows["turn"], rows["start"], strict=True):
            starts[doc, turn].add(start)
        made.append({turn: sorted(found) for turn, found in starts.items()})
    return made[0], made[1]


def _sentences(
    segments: pd.DataFrame, spoken: Mapping[Turn, Any], places: Mapping[Turn, list[Place]], families: Mapping[Turn, list[tuple[int, int, str, str]]],
    marks: tuple[dict[Turn, list[int]], dict[Turn, list[int]]], speaking: Mapping[str, str], official: set[tuple[str, str]],
    made: Register,
) -> Iterator[links.Sentence]:  # fmt: skip
    """Sentences of turns in which an actor stands."""
    before: tuple[Turn, tuple[Place, ...], str] = (("", 0), (), "")
    rows = [*zip(*(segments[c] for c in ("doc", "turn", "start", "end")), strict=True), ("", 0, 0, 0)]
    for (doc, turn, start, end), after in pairwise(rows):
        where = (doc, turn)
        if where not in places:
            continue
        row = spoken[where]
        here = inside(places[where], start, end)
        told: dict[str, str] = {}
        for a, b, family, basis in families.get(where, ()):
            if a < end and start < b and told.get(family) != lens.REVIEWED:
                told[family] = basis
        text = row.text[start:end]
        last, table = before[1:] if before[0] == where else ((), "")
        before = (where, here if len(here) == 1 and links.alone(text) else (), next(iter(links.tables(here, made.actors)), ""))
        if here or last:
            within = [frozenset(m[bisect_left(m, start) : bisect_left(m, end)]) for m in (found.get(where, []) for found in marks)]
            yield links.Sentence(
                doc, turn, start, end, text, here, told, within[0], within[1], row.case, speaking.get(row.case, ""),
                (doc, row.speaker) in official, last, after[3] if after[:2] == where else end, table,
            )  # fmt: skip
