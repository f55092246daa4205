"""Figures of categories from codings of the turns that an edit touched: only what a changed coding bears on is put together anew."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

from pipeline.effective import NOT_GIVEN, counting
from pipeline.measures import counts
from pipeline.measures.denials import parted
from pipeline.measures.mentions import joined
from pipeline.tables import MACHINES, frame

if TYPE_CHECKING:
    import pandas as pd

    from pipeline.app.held import Held

Key = tuple[str, int]  # interview and number of a turn
FIGURES = "findings_codes"
# What a mention rests on in a coding.
RESTS = ("start", "end", "coder", "status", "prompt", "about", "stance", "unasked", "case", "coding")
Kept = dict[str, frozenset[tuple[Any, ...]]]  # code -> its codings in one turn, as far as figures look at them
Mention = tuple[str, counts.Said]
Mentions = dict[str, dict[Key, list[Mention]]]
# What figures do not look at.
_REST = {"question": "", "score": float("nan"), "rule": "", "matched": "", "evidence": "", "cue": ""}


def by_turn(columns: Mapping[str, Iterable[Any]]) -> dict[Key, Kept]:
    """Codings, given as columns, by turn and code."""
    found: dict[Key, dict[str, set[tuple[Any, ...]]]] = defaultdict(lambda: defaultdict(set))
    for doc, turn, code, *rest in zip(columns["doc"], columns["turn"], columns["code"], *(columns[name] for name in RESTS), strict=True):
        found[doc, turn][code].add(tuple(rest))
    return {key: {code: frozenset(rows) for code, rows in there.items()} for key, there in found.items()}


def mentions_by_turn(columns: Mapping[str, Iterable[Any]]) -> Mentions:
    """Code -> turn -> its mentions, as far as figures count them."""
    kept: Mentions = defaultdict(lambda: defaultdict(list))
    for doc, turn, code, mention, *said in zip(*(columns[name] for name in ("doc", "turn", "code", "mention", *counts.Said._fields)), strict=True):
        kept[code][doc, turn].append((mention, counts.Said(*said)))
    for there in kept.values():
        for rows in there.values():
            rows.sort()
    return kept


def counted_by_turn(columns: Mapping[str, Iterable[Any]]) -> dict[str, dict[Key, int]]:
    """Code -> turn -> how many of these rows."""
    found: dict[str, dict[Key, int]] = defaultdict(lambda: defaultdict(int))
    for doc, turn, code in zip(columns["doc"], columns["turn"], columns["code"], strict=True):
        found[code][doc, turn] += 1
    return found


def columns_of(data: pd.DataFrame, names: Iterable[str]) -> dict[str, list[Any]]:
    """Columns as plain lists: to walk through a frame's own costs a hundred times as much."""
    return {name: data[name].tolist() for name in names}


def tally(held: Held, keys: set[Key], codings: list[dict[str, Any]], suggestions: list[dict[str, Any]], lacks: set[str]) -> tuple[list[str], list[str], set[Key]]:
    """Take over the codings of these turns (all of them): codes whose row of figures is another one now and codes with other passages, both in the
    codebook's order, and turns with other passages. `lacks`: codes of which a denial is a saying; codes that were or are it no longer count as changed."""
    fresh = by_turn(_columns(codings, ("doc", "turn", "code", *RESTS)))
    flipped = lacks ^ held.lacks
    held.lacks = lacks
    wanted: dict[Key, set[str]] = {}
    whole: set[Key] = set()  # where somebody denies something, which bears on parents and children
    for key in keys:
        now, then = fresh.get(key, {}), held.rows.get(key, {})
        differ = {code for code in now.keys() | then.keys() if now.get(code) != then.get(code) or code in flipped}
        if differ and (_denied(now) or _denied(then)):
            whole.add(key)
            differ = {*now, *then}
        if differ:
            wanted[key] = {above for code in differ for above in held.lines.get(code, [code])}
        held.rows[key] = now
    moved, turns = _take(held, wanted, _mentions(held, wanted, whole, codings))
    hinted = counted_by_turn(_columns([row for row in suggestions if uncounts(row)], ("doc", "turn", "code")))
    for code in held.order:
        hits, there = held.hinted.setdefault(code, {}), hinted.get(code, {})
        for key in keys if hits or there else ():
            if hits.get(key, 0) != there.get(key, 0):
                hits[key] = there.get(key, 0)
                moved.add(code)
                turns.add(key)
    in_order = [code for code in held.order if code in moved]
    rows = {row["code"]: row for row in _rows(held, in_order)}
    changed = [code for code in in_order if any(_other(rows[code][name], held.figures[code][name]) for name in rows[code])]
    held.figures |= rows
    return changed, in_order, turns


def uncounts(row: Mapping[str, Any]) -> bool:
    """As `effective.uncounted`, of one row."""
    return row["coder"] != "model" or str(row["reason"]).startswith(NOT_GIVEN)


def _columns(rows: list[dict[str, Any]], names: Iterable[str]) -> dict[str, list[Any]]:
    return {name: [row[name] for row in rows] for name in names}


def _denied(there: Kept) -> bool:
    stance, coder = RESTS.index("stance"), RESTS.index("coder")
    return any("negated" in row[stance] and row[coder] not in MACHINES for rows in there.values() for row in rows)


def _mentions(held: Held, wanted: Mapping[Key, set[str]], whole: set[Key], codings: list[dict[str, Any]]) -> Mentions:
    """Mentions of the wanted codes in these turns."""
    rows = [row for row in codings if not wanted.get((row["doc"], row["turn"]), set()).isdisjoint(held.lines.get(row["code"], [row["code"]]))]
    kept = counting(rows, reviewed_only=held.study.report.counts == "reviewed")
    spans = {key: held.spans(key) for key in wanted}
    found = joined((SimpleNamespace(**{**_REST, **row}) for row in kept), spans, held.lines)
    found = [one for one in found if one["code"] in wanted[one["doc"], one["turn"]]]
    denied = [one for one in found if (one["doc"], one["turn"]) in whole]
    if denied:
        codes = held.codes.assign(lack=["yes" if code in held.lacks else "no" for code in held.codes["code"]])
        voices = set(parted(frame("findings_mentions", denied), codes)[0]["mention"])
        found = [one for one in found if (one["doc"], one["turn"]) not in whole or one["mention"] in voices]
    return mentions_by_turn(_columns(found, ("doc", "turn", "code", "mention", *counts.Said._fields)))


def _take(held: Held, wanted: Mapping[Key, set[str]], found: Mentions) -> tuple[set[str], set[Key]]:
    """Put these mentions in place of the old ones: codes and turns with others."""
    moved, turns = set(), set()
    for key, codes in wanted.items():
        for code in codes:
            own, fresh = held.mentions.setdefault(code, {}), found.get(code, {}).get(key, [])
            if own.get(key, []) == fresh:
                continue
            if fresh:
                own[key] = fresh
            else:
                del own[key]
            moved.add(code)
            turns.add(key)
    return moved, turns


def _rows(held: Held, codes: list[str]) -> list[dict[str, Any]]:
    made = [
        counts.of_code(
            held.order[code], code, [said for rows in held.mentions.get(code, {}).values() for _, said in rows], held.asked.get(code, set()),
            sum(held.hinted.get(code, {}).values()),
        )
        for code in codes
    ]  # fmt: skip
    rows: list[dict[str, Any]] = frame(FIGURES, made).to_dict("records") if made else []
    return rows


def _other(a: Any, b: Any) -> bool:
    return bool(a != b and not (a != a and b != b))
