"""Disclosure control: who stands alone with what is known of them, which cells and which quotes may be handed on.

All of it looks at the sample alone. Who knows that somebody took part knows more than the table; who does not, may find
the same attributes in many people of the town. What somebody says can give them away whatever the attributes are.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from pipeline.anchoring.ground import ground
from pipeline.tables import rows_of

if TYPE_CHECKING:
    import pandas as pd

UNKNOWN = "unbekannt"  # counts as a value of its own, so that a gap never makes somebody look less rare
PRIMARY, COMPLEMENTARY = "primary", "complementary"


def persons(cases: pd.DataFrame, variables: Sequence[str]) -> dict[str, tuple[str, ...]]:
    """Case -> its values of `variables`; of a person in several conversations the first value that is not empty."""
    known: dict[str, list[str]] = {}
    for row in cases.to_dict("records"):
        values = known.setdefault(row["case"], [""] * len(variables))
        for place, name in enumerate(variables):
            values[place] = values[place] or row[name]
    return {case: tuple(value or UNKNOWN for value in known[case]) for case in sorted(known)}


def classes(cases: pd.DataFrame, variables: Iterable[str], k: int) -> list[dict[str, Any]]:
    """Rows of `findings_classes`, one a case: its values, how many cases have the same ones (itself included), and
    `below` = yes where these are fewer than `k`. Variables that `cases` does not have are left out.
    """
    known = persons(cases, [name for name in variables if name in cases.columns])
    sizes = Counter(known.values())
    return [
        {"case": case, "traits": " | ".join(own), "n_alike": sizes[own], "below": _yes(sizes[own] < k)}
        for case, own in known.items()
    ]


def coarsening(cases: pd.DataFrame, variables: Iterable[str], k: int) -> list[dict[str, Any]]:
    """Rows of `findings_disclosure`: what leaving out each variable would do, and in which order to go about it.

    Step 0 (variable '') is the state as it is. At each further step every variable that is left has a row with the
    state after leaving it out too; the one with the fewest cases in classes below `k` is `chosen` = yes and stays out.
    Ties: fewest cases that are alone, fewest classes, most values, the variable named last. Ends when nobody is below `k` or one
    variable is left. `n_gain` is how many cases leave the small classes; merging values can reach that at most.
    """
    left = list(dict.fromkeys(name for name in variables if name in cases.columns))
    values = {name: len(set(persons(cases, [name]).values())) for name in left}
    state = _state(cases, left, k)
    rows = [{"step": 0, "variable": "", "n_values": 0, **state, "n_gain": 0, "chosen": ""}]
    step = 0
    while state["n_below"] and len(left) > 1:
        step += 1
        after = {name: _state(cases, [other for other in left if other != name], k) for name in left}
        best = min(reversed(left), key=lambda name: (*_order(after[name]), -values[name]))
        for name in left:
            gain = state["n_below"] - after[name]["n_below"]
            rows.append({"step": step, "variable": name, "n_values": values[name], **after[name], "n_gain": gain,
                         "chosen": _yes(name == best)})  # fmt: skip
        left.remove(best)
        state = after[best]
    return rows


def _state(cases: pd.DataFrame, variables: Sequence[str], k: int) -> dict[str, int]:
    sizes = Counter(persons(cases, variables).values()).values()
    return {"n_classes": len(sizes), "n_unique": sum(n == 1 for n in sizes), "n_below": sum(n for n in sizes if n < k)}


def _order(state: dict[str, int]) -> tuple[int, int, int]:
    return state["n_below"], state["n_unique"], state["n_classes"]


def suppress(groups: pd.DataFrame, codes: pd.DataFrame, threshold: int, size: int) -> list[dict[str, Any]]:
    """Rows of `findings_suppression`: every cell code x value, empty ones too, with what must be hidden when handed on.

    `groups` is `findings_groups`, `codes` is `findings_codes`, `size` the number of cases. Rows with variable '' and
    value '' are the totals. `primary`: 0 < n_cases < threshold, or any cell of a group smaller than `threshold`, for
    "none of one" tells about that one as well. `complementary`: hidden so that no primary cell follows from the others.
    A code that nobody speaks of stays open everywhere.

    Of each line (a code over the values of one variable) the total is known, so are the sizes of groups, and that a
    hidden cell is not empty. Cells are hidden, the smallest first, until each primary one could have two values at
    least. A total below the threshold hides the code altogether; so does a line that cannot be made safe otherwise.

    Not covered: cases do not add up over codes, because one case may speak of several, so there are no totals down a
    group to subtract from; yet a parent is never below its child. A variable that merely coarsens another must not be
    handed on beside it. Which cells are primary must not be shown: who knows that, or replays this very rule, learns more.
    """
    lines = _lines(groups)
    rows = []
    for code, total in zip(codes["code"], codes["n_cases"], strict=True):
        marks = {variable: _line(lines[variable], code, threshold) for variable in lines}
        # A total that is hidden could be added up from any line that stays open, so all lines of the code close.
        closed = 0 < total < threshold or any(mark is None for mark in marks.values())
        why = PRIMARY if 0 < total < threshold else COMPLEMENTARY if closed else ""
        rows.append({"variable": "", "value": "", "code": code, "n_cases": total, "n_group": size, "suppressed": why})
        for variable, (sizes, counts) in lines.items():
            for value, n_group in sizes.items():
                n = counts.get((value, code), 0)
                hidden = (marks[variable] or {}).get(value, "")
                if closed and not hidden:
                    hidden = PRIMARY if _small(n, n_group, threshold) else COMPLEMENTARY
                rows.append({"variable": variable, "value": value, "code": code, "n_cases": n, "n_group": n_group,
                             "suppressed": hidden})  # fmt: skip
    return rows


_Line = tuple[dict[str, int], dict[tuple[str, str], int]]


def _lines(groups: pd.DataFrame) -> dict[str, _Line]:
    """Variable -> sizes of its groups by value, and cases by (value, code). A group that says nothing has no rows."""
    found: dict[str, _Line] = {}
    for row in groups.sort_values(["variable", "value", "code"]).itertuples():
        sizes, counts = found.setdefault(row.variable, ({}, {}))
        sizes[row.value] = int(row.n_group)
        counts[row.value, row.code] = int(row.n_cases)
    return found


def _small(n: int, n_group: int, threshold: int) -> bool:
    return 0 < n < threshold or 0 < n_group < threshold


def _line(line: _Line, code: str, threshold: int) -> dict[str, str] | None:
    """Value -> why it is hidden, for one line; None where hiding cells alone cannot make it safe."""
    sizes, counts = line
    cells = {value: counts.get((value, code), 0) for value in sizes}
    if not any(cells.values()):
        return {}
    primary = [value for value in cells if _small(cells[value], sizes[value], threshold)]
    hidden = dict.fromkeys(primary, PRIMARY)
    rest = (value for value in cells if value not in hidden)
    # Empty cells come last: they are the least worth hiding, and a reader takes a hidden cell for one that is not empty.
    queue = sorted(rest, key=lambda value: (cells[value] == 0, cells[value], -sizes[value], value))
    while not _safe(hidden, primary, cells, sizes, threshold):
        if not queue:
            return None
        hidden[queue.pop(0)] = COMPLEMENTARY
    return hidden


def _safe(
    hidden: Iterable[str], primary: Iterable[str], cells: Mapping[str, int], sizes: Mapping[str, int], threshold: int
) -> bool:
    """Whether each primary cell could have another value, given the sum of the hidden ones and their bounds."""
    hidden = list(hidden)
    empty = any(cells[v] == 0 and sizes[v] >= threshold for v in hidden)
    low = {v: 0 if empty or sizes[v] < threshold else 1 for v in hidden}
    total, least, most = sum(cells[v] for v in hidden), sum(low.values()), sum(sizes[v] for v in hidden)
    return all(max(low[v], total - most + sizes[v]) < min(sizes[v], total - least + low[v]) for v in primary)


def quote_risk(mentions: pd.DataFrame, cases: pd.DataFrame, shown: tuple[str, ...], k: int) -> list[dict[str, Any]]:
    """For each mention how many cases share the attributes that stand under its quote (`shown`), the speaker included.

    `unique` = yes where they are fewer than `k` (never fewer than two), or where nobody knows who speaks (n_alike 0).
    """
    known = persons(cases, [name for name in shown if name in cases.columns])
    sizes = Counter(known.values())
    alike = {case: sizes[own] for case, own in known.items()}
    return [
        {"mention": mention, "n_alike": alike.get(case, 0), "unique": _yes(alike.get(case, 0) < max(k, 2))}
        for mention, case in zip(mentions["mention"], mentions["case"], strict=True)
    ]


def placed(
    listed: Iterable[Mapping[str, str]], turns: pd.DataFrame, changes: pd.DataFrame, replacements: pd.DataFrame
) -> list[dict[str, Any]]:
    """Rows of `quote_decisions`: what people said of passages (quotes.csv), with their place in today's text.

    Anchored like decisions on codings: document, hash of the raw turn, offsets in it; where that turn was edited since, by words. `state`: ''
    where the passage stands there word for word; `changed` where its words are others by now (a yes is a yes to words); `gone` where it is
    not found again or cut away (turn, start, end are 0 then). A yes without words is `changed`. A no holds where its passage likely stands.
    """
    listed = list(listed)
    known = ground(turns, changes, replacements, listed)
    rows = []
    for row in listed:
        where = known.place(row, sure="nein" not in (row["release"], row.get("pin", "")))
        state, (turn, start, end) = "gone", where or (0, 0, 0)
        if where:
            words = row["quote"].split()
            state = "" if words and known.texts[row["doc"], turn][start:end].split() == words else "changed"
        kept = {name: row.get(name, "") for name in ("doc", "release", "unique_ok", "pin", "coder", "date", "note", "quote")}
        rows.append({"line": int(row["line"]), **kept, "turn": turn, "start": start, "end": end, "state": state})
    return rows


def release(
    mentions: pd.DataFrame, risk: Iterable[Mapping[str, Any]], decisions: Iterable[Mapping[str, Any]],
    quotable: Callable[[str, int], bool],
) -> list[dict[str, Any]]:  # fmt: skip
    """Rows of `findings_release`, one a mention: whether its quote may be handed on, and if not, why.

    `risk` comes from `quote_risk`, `decisions` from `placed`; `quotable(doc, turn)` says whether the speaker agreed to
    be quoted. Released is a quote only where a person said yes to all of its words, nobody said no to any of them,
    the speaker agreed, and the attributes under it are not rare or a person said that this is all right (`unique_ok`).
    `why`: consent, refused, changed, undecided or unique, the first that holds; '' where it is released.
    """
    by_turn: dict[tuple[str, int], list[Mapping[str, Any]]] = defaultdict(list)
    for row in decisions:
        by_turn[row["doc"], row["turn"]].append(row)
    rare = {row["mention"]: row for row in risk}
    rows = []
    for m in rows_of(mentions):
        near = [d for d in by_turn.get((m.doc, m.turn), []) if d["start"] < m.end and m.start < d["end"]]
        cover = [d for d in near if d["release"] == "ja" and d["start"] <= m.start and m.end <= d["end"]]
        yes = [d for d in cover if not d["state"]]
        unique_ok = any(d["unique_ok"] == "ja" for d in yes)
        agreed = quotable(m.doc, m.turn)
        refused = any(d["release"] == "nein" for d in near)
        open_reasons = (
            ("consent", not agreed), ("refused", refused), ("changed", bool(cover) and not yes), ("undecided", not yes),
            ("unique", rare[m.mention]["unique"] == "yes" and not unique_ok),
        )  # fmt: skip
        why = next((name for name, holds in open_reasons if holds), "")
        rows.append(
            {
                **rare[m.mention], "release": "nein" if refused else "ja" if yes else "", "unique_ok": "ja" if unique_ok else "",
                "consent": _yes(agreed), "released": _yes(not why), "why": why,
            }
        )  # fmt: skip
    return rows


def _yes(holds: bool) -> str:
    return "yes" if holds else ""
