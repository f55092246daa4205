"""Stage engagement: the inventory of engagement and what limits it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

from pipeline.engaging import limits
from pipeline.engaging.anchors import anchors, found_again
from pipeline.engaging.passages import Spot, spots
from pipeline.engaging.persons import ME, NAME, US
from pipeline.engaging.reading import passage, sentences_of
from pipeline.engaging.slots import Slots, slots
from pipeline.forms.corrections import laid_over, read
from pipeline.forms.sheet import INVENTORY
from pipeline.measures.districts import SPEAKER, placed
from pipeline.measures.lens import families, groups, known, single
from pipeline.offsets import steps
from pipeline.tables import quotable
from pipeline.wording import SEVERAL

if TYPE_CHECKING:
    import pandas as pd

    from pipeline.stances import Word

Tokens = dict[tuple[str, int], list[tuple[str, int, int, int]]]
_OF_ME = ("mein", "meine", "meinem", "meinen", "meiner")
_OURS = ("unser", "unsere", "unsre")


def whole(
    cases: pd.DataFrame, speakers: pd.DataFrame, turns: pd.DataFrame, changes: pd.DataFrame, replacements: pd.DataFrame, segments: pd.DataFrame, tokens: pd.DataFrame, types: pd.DataFrame, codes: pd.DataFrame, findings_scope: pd.DataFrame, findings_mentions: pd.DataFrame, settings: SimpleNamespace, inventory_file: Path,
) -> dict[str, list[dict[str, Any]] | pd.DataFrame]:  # fmt: skip
    """A row for every passage that tells of engagement, with what people wrote laid over it; and kinds of limits for every passage on limits."""
    family = families(findings_scope)
    limiting = family.get("limits", set())
    # Of both together: what was said of a limit stands in the mentions for the category above it as well.
    once = single(findings_mentions, family.get("engagement", set()) | limiting, codes)
    done = spots(once[~once["code"].isin(limiting)], segments)
    lacking = spots(once[once["code"].isin(limiting)], segments)
    words = _words(types, tokens, {(s.doc, s.turn) for s in (*done, *lacking)})
    kept = read(inventory_file, INVENTORY)
    places = anchors(done, turns, steps(changes, replacements))
    renamed = found_again(places, kept)
    entries = [renamed.get(a.entry, a.entry) for a in places]
    district = _districts(done, entries, turns, cases, settings)
    own = _groups(cases, settings)
    open_ = quotable(speakers)
    texts = {(t.doc, t.turn): t for t in turns.itertuples()}
    proposed = []
    for n, (spot, entry) in enumerate(zip(done, entries, strict=True)):
        turn = texts[spot.doc, spot.turn]
        may = (spot.doc, turn.speaker) in open_
        # Words of somebody who may not be quoted stand in no table: people write in their own words what is done.
        found = _slots(turn.text, words, spot, settings) if may else Slots()
        proposed.append(_row(n + 1, spot, entry, found, own.get(spot.case, ""), turn.text[spot.start : spot.end] if may else "", district[entry]))
    rows = laid_over(proposed, kept, INVENTORY)
    for n, row in enumerate(rows):
        row["order"] = n + 1
        row["hidden"] = "yes" if row["hidden"] in ("yes", "ja") else ""
    return {"findings_inventory": _same(rows), "findings_capacity": _capacity(lacking, words)}


def _row(order: int, spot: Spot, entry: str, found: Slots, group: str, quote: str, district: str) -> dict[str, Any]:
    return {
        "entry": entry, "order": order, "doc": spot.doc, "turn": spot.turn, "start": spot.start, "end": spot.end, "case": spot.case, "district": district,
        "basis": spot.basis, "codes": "+".join(spot.codes), "mentions": "+".join(dict.fromkeys(m.mention for m in spot.mentions)),
        "who": doer(found, group), "what": found.what, "whom": found.whom, "place_name": found.place, "since": found.since, "often": found.often,
        "note": "", "same_as": "", "hidden": "", "quote": quote,
    }  # fmt: skip


def _same(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Gives every row the entry of the engagement that it tells of: `same_as` followed to its end; what leads in a circle stays by itself."""
    target = {row["entry"]: row["same_as"] for row in rows}
    for row in rows:
        at, seen = row["entry"], {row["entry"]}
        while target.get(at) and target[at] in target and target[at] not in seen:
            at = target[at]
            seen.add(at)
        row["engagement"] = at if not target.get(at) or target[at] not in target else row["entry"]
    return rows


def doer(found: Slots, group: str) -> str:
    """Who does it, as a role: the respondent by his group, private persons without a name.

    >>> doer(Slots("me", "ich"), "Vereine"), doer(Slots("us", "wir vom Förderverein"), "Vereine"), doer(Slots("words", "Meine Frau"), "Vereine")
    ('die befragte Person (Vereine)', 'die befragte Person und andere vom Förderverein', 'Frau der befragten Person')
    """
    beside = f" ({group})" if group else ""
    if found.kind == ME:
        return f"die befragte Person{beside}"
    first, _, rest = found.who.partition(" ")
    if found.kind == US:
        more = f" {rest}" if first.lower() == "wir" and rest else beside
        return f"die befragte Person und andere{more}"
    if found.kind == NAME:
        return "eine Person"
    if first.lower() in _OF_ME and rest:
        return f"{rest} der befragten Person"
    return f"{found.who}{beside}" if first.lower() in _OURS else found.who


def _words(types: pd.DataFrame, tokens: pd.DataFrame, wanted: set[tuple[str, int]]) -> tuple[dict[int, Word], Tokens]:
    from pipeline.stances import Word

    rows: Tokens = defaultdict(list)
    used = set()
    for doc, turn, seg, start, end, kind in zip(*(tokens[c] for c in ("doc", "turn", "seg", "start", "end", "type")), strict=True):
        if (doc, turn) in wanted:
            rows[doc, turn].append((seg, start, end, kind))
            used.add(kind)
    known_types = {t.type: Word(t.form, t.norm, t.tag, t.lemma, t.pos) for t in types.itertuples() if t.type in used}
    return known_types, {key: sorted(found, key=lambda row: row[1]) for key, found in rows.items()}


def _slots(text: str, words: tuple[dict[int, Word], Tokens], spot: Spot, settings: SimpleNamespace) -> Slots:
    rows, by_turn = words
    variable = settings.variables.get(settings.answers.district)
    names = {*variable.values, *variable.values.values()} if variable else set()
    return slots(passage(text, sentences_of(rows, by_turn.get((spot.doc, spot.turn), []), spot.start, spot.end)), names)


def _districts(done: Sequence[Spot], entries: Sequence[str], turns: pd.DataFrame, cases: pd.DataFrame, settings: SimpleNamespace) -> dict[str, str]:
    """Entry -> districts that its passage or, before it, its turn names. Where people live is not where they do something."""
    import pandas as pd

    variable = settings.variables.get(settings.answers.district)
    columns = ("mention", "doc", "turn", "start", "end", "case")
    frame = pd.DataFrame([(e, s.doc, s.turn, s.start, s.end, s.case) for e, s in zip(entries, done, strict=True)], columns=list(columns))
    found = placed(frame, turns, dict(variable.values) if variable else {}, groups(cases, settings.answers.district), origins=False)
    return {entry: SEVERAL.join(name for name, how in found[entry] if name and how != SPEAKER) for entry in entries}


def _groups(cases: pd.DataFrame, settings: SimpleNamespace) -> dict[str, str]:
    """Case -> its group as the report calls it; nothing where it is unknown."""
    variable = settings.variables.get(settings.answers.group)
    labels: Mapping[str, str] = variable.values if variable else {}
    return {case: labels.get(value, value) or value for case, value in groups(cases, settings.answers.group).items() if known(value)}


def _capacity(lacking: Sequence[Spot], words: tuple[dict[int, Word], Tokens]) -> list[dict[str, Any]]:
    """Rows of `findings_capacity`, one a kind that a passage on limits names; `whose` says of whom it is told."""
    types, by_turn = words
    rows: dict[tuple[str, str], dict[str, Any]] = {}
    for spot in lacking:
        said = [types[kind] for _, start, end, kind in by_turn.get((spot.doc, spot.turn), []) if spot.start <= start and end <= spot.end]
        forms = [limits.Form(w.form.lower(), w.norm.lower(), w.lemma.lower(), w.tag in ("NN", "NE")) for w in said if w.tag[:1] != "$"]
        for kind in limits.kinds(forms):
            rows.setdefault(
                (spot.mentions[0].mention, kind),
                {
                    "mention": spot.mentions[0].mention, "kind": kind, "doc": spot.doc, "turn": spot.turn, "start": spot.start, "end": spot.end,
                    "case": spot.case, "basis": spot.basis, "codes": "+".join(spot.codes), "whose": limits.whose(m.about for m in spot.mentions),
                },
            )  # fmt: skip
    return list(rows.values())
