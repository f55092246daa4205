"""What two copies of a project say differently: listed side by side for those who wrote it, in `merge_conflicts.csv`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from pipeline.coders.deciding import anchor, ids_in
from pipeline.lists import CONFLICTS
from pipeline.merging.plans import Plan
from pipeline.merging.uniting import Clash, Row, said, stamp

NAME = "merge_conflicts.csv"
SAME_ID, SAME_PLACE, SAME_QUOTE, SAME_READING = "same id", "same passage", "same quote", "same reading note"
OURS, THEIRS, BOTH = "ours", "theirs", "both"
_ACT = ("action", "stance", "about")
_QUOTE = ("release", "unique_ok", "pin")
_FRAME = ("line", "file", "decision", "entry", "version", "replaces", "time")


def contradictions(found: Sequence[Plan]) -> list[Row]:
    """Rows of `merge_conflicts.csv`, in the order of lists and rows."""
    rows = [_clash(plan, clash) for plan in found for clash in plan.made.clashes]
    acts = [plan for plan in found if plan.name == "decisions.csv" or plan.name.startswith("handcoded/")]
    listed = {(row["id"], row["list"]) for row in rows}
    for name, ours, theirs, last in (*_acts(acts), *_apart(found, "quotes.csv", _place, _QUOTE), *_apart(found, "memos.csv", _reading, ("memo",))):
        if (ours.get("decision", "?"), name) not in listed or ours.get("decision") != theirs.get("decision", "").partition("~")[0]:
            rows.append(_differs(name, ours, theirs, last))
    return rows


def _acts(found: Sequence[Plan]) -> Iterator[tuple[str, Row, Row, str]]:
    """Acts of one coder on the same passage and category, of which each copy has a last one that the other does not know."""
    ordered = sorted(found, key=lambda plan: (plan.name == "decisions.csv", plan.name))  # hand codings count first
    last: dict[str, dict[tuple[str | int, ...], tuple[int, int]]] = {}
    sides = {"ours": [(p, n) for p, plan in enumerate(ordered) for n in sorted(plan.made.ours)], "theirs": [(p, n) for p, plan in enumerate(ordered) for n in sorted(set(plan.made.theirs))]}
    acts = {(p, n): _act(plan.name, row) for p, plan in enumerate(ordered) for n, row in enumerate(plan.made.rows)}
    for side, nodes in sides.items():
        aside = {(acts[node]["coder"], name) for node in nodes for name in ids_in(acts[node].get("replaces", ""))}
        last[side] = {anchor(acts[node]): node for node in nodes if (acts[node]["coder"], acts[node].get("decision", "")) not in aside}
    ours, theirs = (set(sides[side]) for side in ("ours", "theirs"))
    for key, mine in last["ours"].items():
        other = last["theirs"].get(key)
        if other is None or mine in theirs or other in ours or _alike(acts[mine], acts[other], _ACT):
            continue
        yield ordered[max(mine, other)[0]].name, acts[mine], acts[other], OURS if mine > other else THEIRS


def _act(name: str, row: Row) -> Row:
    return row if name == "decisions.csv" else {**row, "coder": Path(name).stem, "action": row.get("action", "") or "add"}


def _alike(ours: Row, theirs: Row, columns: Iterable[str]) -> bool:
    return all(ours.get(name, "") == theirs.get(name, "") for name in columns)


def _place(row: Row) -> tuple[str, ...]:
    return row["doc"], row["raw_sha256"], row["raw_start"], row["raw_end"]


def _reading(row: Row) -> tuple[str, ...]:
    return (row["key"], row["coder"]) if row["kind"] == "reading" else ()


def _apart(found: Sequence[Plan], name: str, key: object, columns: Sequence[str]) -> Iterator[tuple[str, Row, Row, str]]:
    """Rows of a list without ids that speak of the same thing and say something else; both stay."""
    for plan in found:
        if plan.name != name:
            continue
        rows, known = plan.made.rows, set(plan.made.theirs)
        mine = {key(rows[n]): n for n in plan.made.ours}  # type: ignore[operator]
        for n in plan.made.new:
            at = mine.get(key(rows[n])) if key(rows[n]) else None  # type: ignore[operator]
            if at is not None and at not in known and not _alike(rows[at], rows[n], columns):
                yield name, rows[at], rows[n], BOTH


def _clash(plan: Plan, clash: Clash) -> Row:
    ours, theirs = (_act(plan.name, row) if plan.kind.key == "decision" else row for row in (clash.ours, clash.theirs))
    made = _row(plan.name, SAME_ID, ours, theirs)
    return {**made, "id": clash.ours.get(plan.kind.key, ""), "id_theirs": clash.kept_as, "counts": _counts(plan, clash)}


def _counts(plan: Plan, clash: Clash) -> str:
    """Which of two rows of the same id counts: of acts on the same passage and category the later one."""
    if not clash.kept_as:  # of two one stayed
        ours, theirs = ((stamp(row), said(row, plan.kind.key)) for row in (clash.ours, clash.theirs))
        return THEIRS if plan.kind.alike and theirs > ours else OURS
    if plan.kind.key != "decision" or anchor(_act(plan.name, clash.ours)) != anchor(_act(plan.name, clash.theirs)):
        return BOTH
    order = [row["decision"] for row in plan.made.rows]
    return OURS if order.index(clash.ours["decision"]) > order.index(clash.kept_as) else THEIRS


def _differs(name: str, ours: Row, theirs: Row, counts: str) -> Row:
    what = {"quotes.csv": SAME_QUOTE, "memos.csv": SAME_READING}.get(name, SAME_PLACE)
    return {**_row(name, what, ours, theirs), "id": ours.get("decision", ""), "id_theirs": theirs.get("decision", ""), "counts": counts}


def _row(name: str, what: str, ours: Row, theirs: Row) -> Row:
    differing = [c for c in dict.fromkeys((*ours, *theirs)) if c not in _FRAME and ours.get(c, "") != theirs.get(c, "")]
    made = {**dict.fromkeys(CONFLICTS, ""), **{c: ours.get(c, "") or theirs.get(c, "") for c in CONFLICTS if c in ours or c in theirs}}
    made["doc"] = made["doc"] or (ours["key"] if what == SAME_READING else "")
    said = [" · ".join(f"{c}: {row.get(c, '') or '–'}" for c in differing) for row in (ours, theirs)]
    return {**made, "list": name, "what": what, "ours": said[0], "theirs": said[1], "time_ours": _when(ours), "time_theirs": _when(theirs)}


def _when(row: Row) -> str:
    return row.get("time", "") or row.get("date", "")
