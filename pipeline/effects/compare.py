"""Two codebooks on the same material: which codings are new, gone or moved, by which rule, and which decisions they touch."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

from pipeline.codebook import Codebook
from pipeline.coders.material import Material
from pipeline.coders.rule import Assigned, assign
from pipeline.coders.rule import row as coded

COLUMNS = (
    "change", "code", "code_before", "rule", "rule_before", "doc", "turn", "start", "end", "quote", "matched", "reason", "decision",
)  # fmt: skip
ADDED, DROPPED, MOVED = "added", "dropped", "moved"

Row = dict[str, Any]


def compare(material: Material, old: Codebook, new: Codebook, decisions: Sequence[Mapping[str, Any]]) -> list[Row]:
    """One row a change, sorted by place; `decisions` as placed in today's turns (doc, turn, start, end, code, action)."""
    before, after = ({(a.unit, a.code): a for a in assign(material, book)} for book in (old, new))
    gone = _rows(material, [a for key, a in before.items() if not a.reason and (key not in after or after[key].reason)])
    come = _rows(material, [a for key, a in after.items() if not a.reason and (key not in before or before[key].reason)])
    uncounted = {_key(row): row["reason"] for row in _rows(material, [a for a in after.values() if a.reason and (a.unit, a.code) in before])}
    rows, moved = [], set()
    waiting: dict[tuple[Any, ...], list[Row]] = defaultdict(list)
    for row in gone:
        waiting[row["doc"], row["turn"]].append(row)
    for row in come:
        beside = waiting[row["doc"], row["turn"]]
        source = next((w for w in beside if _key(w) not in moved and _same_words(w, row)), None)
        if source is not None:
            moved.add(_key(source))
        rows.append(_row(MOVED if source else ADDED, row, source, "", decisions))
    known = set(new.by_id())
    for row in gone:
        if _key(row) not in moved:
            reason = uncounted.get(_key(row), "") or ("" if row["code"] in known else "die Kategorie gibt es nicht mehr")
            rows.append(_row(DROPPED, row, row, reason or "keine Regel trifft mehr", decisions))
    return sorted(rows, key=lambda r: (r["doc"], r["turn"], r["start"], r["code"], r["change"]))


def _rows(material: Material, assigned: list[Assigned]) -> list[Row]:
    return sorted((coded(material, one, 1.0) for one in assigned), key=_key)


def _key(row: Row) -> tuple[Any, ...]:
    return (row["doc"], row["turn"], row["start"], row["end"], row["code"])


def _same_words(old: Row, new: Row) -> bool:
    """Whether two codings of overlapping passages rest on words that they share."""
    if not (old["start"] < new["end"] and new["start"] < old["end"]):
        return False
    return bool(set(old["matched"].split(" | ")) & set(new["matched"].split(" | ")))


def _row(change: str, row: Row, before: Row | None, reason: str, decisions: Sequence[Mapping[str, Any]]) -> Row:
    return {
        "change": change, "code": "" if change == DROPPED else row["code"], "code_before": before["code"] if before else "",
        "rule": "" if change == DROPPED else row["rule"], "rule_before": before["rule"] if before else "", "doc": row["doc"],
        "turn": row["turn"], "start": row["start"], "end": row["end"], "quote": row["quote"], "matched": row["matched"],
        "reason": reason, "decision": _touched(row, before, decisions),
    }  # fmt: skip


def _touched(row: Row, before: Row | None, decisions: Sequence[Mapping[str, Any]]) -> str:
    """What people decided on the passage for one of the codes, as `mk: reject`."""
    codes = {row["code"], before["code"] if before else row["code"]}
    found = [
        f"{d['coder']}: {d['action']}" for d in decisions
        if d["doc"] == row["doc"] and int(d["turn"]) == row["turn"] and d["code"] in codes
        and int(d["start"]) < row["end"] and row["start"] < int(d["end"])
    ]  # fmt: skip
    return "; ".join(dict.fromkeys(found))


def summary(rows: Sequence[Row], old: str, new: str) -> list[str]:
    """At most five lines for the screen: how many, by which rules, and which decisions of people are touched."""
    number = Counter(row["change"] for row in rows)
    head = f"Wirkung der Änderung am Codebuch ({old} → {new}): "
    if not rows:
        return [f"{head}an den Codierungen ändert sich nichts."]
    lines = [f"{head}{number[ADDED]} Codierungen neu, {number[DROPPED]} entfallen, {number[MOVED]} wechseln die Kategorie."]
    for change, words, side in ((ADDED, "neu", "rule"), (DROPPED, "entfallen", "rule_before"), (MOVED, "gewechselt", "rule")):
        rules = Counter(row[side] for row in rows if row["change"] == change)
        if rules:
            most = sorted(rules.items(), key=lambda pair: (-pair[1], pair[0]))[:3]
            more = f" und {len(rules) - 3} weitere Regeln" if len(rules) > 3 else ""
            lines.append(f"  {words}: " + ", ".join(f"{told(rule)} {count}" for rule, count in most) + more)
    touched = sum(bool(row["decision"]) for row in rows)
    if touched:
        lines.append(f"  {touched} {'Stelle' if touched == 1 else 'Stellen'} davon haben Menschen schon entschieden; die Entscheidungen gelten weiter.")
    return lines


def told(rule: str) -> str:
    """A rule's id as a person reads it: `BED.raum »kein raum«`."""
    parts = rule.split("|")
    return f"{parts[0]} »{parts[2]}«" if len(parts) > 2 else rule
