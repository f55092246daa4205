"""Two codebooks on the same material: which codings are new, gone, moved or resized, by which rule, and which decisions they touch."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

from pipeline.codebook import Codebook
from pipeline.coders.material import Material
from pipeline.coders.rule import Assigned, assign
from pipeline.coders.rule import row as coded
from pipeline.language import N_, _, ngettext
from pipeline.wording import matched_words

COLUMNS = (
    "change", "code", "code_before", "rule", "rule_before", "doc", "turn", "start", "end", "quote", "matched", "reason", "decision",
)  # fmt: skip
ADDED, DROPPED, MOVED, RESIZED = "added", "dropped", "moved", "resized"
OWN_REASONS = GONE, UNHIT, WIDER, NARROWER = (
    N_("die Kategorie gibt es nicht mehr"), N_("keine Regel trifft mehr"), N_("weiter gefasst"), N_("enger gefasst"),
)  # fmt: skip
SHOWN = 3  # rules named on the screen

Row = dict[str, Any]
Place = tuple[Any, ...]
Decisions = Mapping[tuple[str, int], Sequence[Mapping[str, Any]]]  # by interview and turn


def compare(material: Material, old: Codebook, new: Codebook, decisions: Sequence[Mapping[str, Any]]) -> list[Row]:
    """One row a change, sorted by place; `decisions` as placed in today's turns (doc, turn, start, end, code, action)."""
    before, after = (assign(material, book) for book in (old, new))
    return between(material, before, after, set(new.by_id()), decisions)


def between(
    material: Material, old: Sequence[Assigned], new: Sequence[Assigned], known: set[str], decisions: Sequence[Mapping[str, Any]]
) -> list[Row]:
    """As `compare`, of what two codebooks give on the same turns; `known` are the codes of the new one."""
    before, after = ({(a.unit, a.code): a for a in found} for found in (old, new))
    gone = _rows(material, [a for key, a in before.items() if not a.reason and (key not in after or after[key].reason)])
    come = _rows(material, [a for key, a in after.items() if not a.reason and (key not in before or before[key].reason)])
    same = {_key(row) for row in gone} & {_key(row) for row in come}  # a sentence of one clause, coded by clause or by sentence
    gone, come = ([row for row in rows if _key(row) not in same] for rows in (gone, come))
    uncounted = {_key(row): row["reason"] for row in _rows(material, [a for a in after.values() if a.reason and (a.unit, a.code) in before])}
    decided = defaultdict(list)
    for one in decisions:
        decided[one["doc"], int(one["turn"])].append(one)
    sources, taken = _paired(gone, come)
    rows = [_come(row, sources.get(_key(row)), decided) for row in come]
    for row in gone:
        if _key(row) not in taken:
            reason = uncounted.get(_key(row), "") or ("" if row["code"] in known else GONE)
            rows.append(_row(DROPPED, row, row, reason or UNHIT, decided))
    return sorted(rows, key=lambda r: (r["doc"], r["turn"], r["start"], r["code"], r["change"]))


def _rows(material: Material, assigned: list[Assigned]) -> list[Row]:
    return sorted((coded(material, one, 1.0) for one in assigned), key=_key)


def _key(row: Row) -> Place:
    return (row["doc"], row["turn"], row["start"], row["end"], row["code"])


def _paired(gone: Sequence[Row], come: Sequence[Row]) -> tuple[dict[Place, Row], set[Place]]:
    """New codings with the old one that each stands for, and all old ones that are thereby accounted for.

    The same code goes first: several clauses may stand for one sentence, and one sentence for several clauses. What then
    remains has moved to another code, one for one.
    """
    waiting: dict[tuple[str, int], list[Row]] = defaultdict(list)
    for row in gone:
        waiting[row["doc"], row["turn"]].append(row)
    sources: dict[Place, Row] = {}
    taken: set[Place] = set()
    for row in come:
        same = [w for w in waiting[row["doc"], row["turn"]] if w["code"] == row["code"] and _same_words(w, row)]
        if same:
            sources[_key(row)] = same[0]
            taken |= {_key(w) for w in same}
    for row in come:
        if _key(row) not in sources:
            beside = waiting[row["doc"], row["turn"]]
            source = next((w for w in beside if _key(w) not in taken and _same_words(w, row)), None)
            if source is not None:
                sources[_key(row)] = source
                taken.add(_key(source))
    return sources, taken


def _same_words(old: Row, new: Row) -> bool:
    """Whether two codings of overlapping passages rest on words that they share."""
    if not (old["start"] < new["end"] and new["start"] < old["end"]):
        return False
    return bool(set(matched_words(old["matched"])) & set(matched_words(new["matched"])))


def _come(row: Row, source: Row | None, decided: Decisions) -> Row:
    if source is None:
        return _row(ADDED, row, None, "", decided)
    if source["code"] != row["code"]:
        return _row(MOVED, row, source, "", decided)
    wider = row["end"] - row["start"] > source["end"] - source["start"]
    return _row(RESIZED, row, source, WIDER if wider else NARROWER, decided)


def _row(change: str, row: Row, before: Row | None, reason: str, decided: Decisions) -> Row:
    return {
        "change": change, "code": "" if change == DROPPED else row["code"], "code_before": before["code"] if before else "",
        "rule": "" if change == DROPPED else row["rule"], "rule_before": before["rule"] if before else "", "doc": row["doc"],
        "turn": row["turn"], "start": row["start"], "end": row["end"], "quote": row["quote"], "matched": row["matched"],
        "reason": reason, "decision": _touched(row, before, decided),
    }  # fmt: skip


def _touched(row: Row, before: Row | None, decided: Decisions) -> str:
    """What people decided on the passage for one of the codes, as `mk: reject`."""
    codes = {row["code"], before["code"] if before else row["code"]}
    found = [
        f"{d['coder']}: {d['action']}" for d in decided.get((row["doc"], row["turn"]), ())
        if d["code"] in codes and int(d["start"]) < row["end"] and row["start"] < int(d["end"])
    ]  # fmt: skip
    return "; ".join(dict.fromkeys(found))


def summary(rows: Sequence[Row], old: str, new: str) -> list[str]:
    """At most six lines for the screen: how many, by which rules, and which decisions of people are touched."""
    number = Counter(row["change"] for row in rows)
    if not rows:
        return [_("Wirkung der Änderung am Codebuch ({old} → {new}): an den Codierungen ändert sich nichts.").format(old=old, new=new)]
    head = _("Wirkung der Änderung am Codebuch ({old} → {new}): {added} Codierungen neu, {dropped} entfallen, {moved} wechseln die Kategorie.")
    if number[RESIZED]:
        head = _("Wirkung der Änderung am Codebuch ({old} → {new}): {added} Codierungen neu, {dropped} entfallen, {moved} wechseln die Kategorie, {resized} ändern den Umfang.")
    lines = [head.format(old=old, new=new, added=number[ADDED], dropped=number[DROPPED], moved=number[MOVED], resized=number[RESIZED])]
    kinds = ((ADDED, _("neu"), "rule"), (DROPPED, _("entfallen"), "rule_before"), (MOVED, _("gewechselt"), "rule"), (RESIZED, _("Umfang geändert"), "rule"))
    for change, words, side in kinds:
        rules = Counter(row[side] for row in rows if row["change"] == change)
        if rules:
            most = sorted(rules.items(), key=lambda pair: (-pair[1], pair[0]))[:SHOWN]
            left = len(rules) - SHOWN
            more = ngettext("und eine weitere Regel", "und {n} weitere Regeln", left).format(n=left) if left > 0 else ""
            lines.append(f"  {words}: {', '.join(f'{told(rule)} {count}' for rule, count in most)} {more}".rstrip())
    touched = sum(bool(row["decision"]) for row in rows)
    if touched:
        said = ngettext(
            "Eine Stelle davon haben Menschen schon entschieden; die Entscheidungen gelten weiter.",
            "{n} Stellen davon haben Menschen schon entschieden; die Entscheidungen gelten weiter.", touched,
        )  # fmt: skip
        lines.append("  " + said.format(n=touched))
    return lines


def told(rule: str) -> str:
    """A rule's id as a person reads it: `BED.raum »kein raum«`."""
    parts = rule.split("|")
    return f"{parts[0]} »{parts[2]}«" if len(parts) > 2 else rule
