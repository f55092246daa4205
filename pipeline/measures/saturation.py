"""Whether conversations still bring new sub-themes: of those that people wrote or coded anew, never of a closed list, never of proposals.

What people write into the matrix and what they code anew are two searches, seldom done for the same conversations: put together, a conversation
searched twice would seem to bring more, and the others nothing new. So each has a curve of its own.

All who were asked in one workshop are one conversation: they hear one another, and that the last of them repeats the others says nothing.

After Guest, Namey & Chen (2020), PLoS ONE 15(5): e0232076: sub-themes that are new in the last `RUN` conversations, beside those of the first `BASE`.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from itertools import groupby
from typing import TYPE_CHECKING, Any

from pipeline.covered import full
from pipeline.measures.lens import REVIEWED, groups, single
from pipeline.tables import CODED_ROLES
from pipeline.wording import is_day

if TYPE_CHECKING:
    import pandas as pd

Row = dict[str, Any]
ByCase = dict[str, dict[str, Row]]  # case -> sub-theme -> label, categories
BASE, RUN, LITTLE = 4, 2, 0.05
NOT_ENOUGH, OPEN, REACHED = "not_enough", "open", "reached"
WRITTEN, CODED = "matrix", "code"
NOTHING = "–"  # in the matrix: looked for, and there is none


def normal(name: str) -> str:
    """
    >>> normal("  Letzter   BUS "), normal("–")
    ('letzter bus', '')
    """
    return " ".join(name.split()).casefold().strip(NOTHING + "- ;")


def version(since: str) -> tuple[tuple[int, str], ...]:
    """A version of the codebook to be ordered.

    >>> sorted(["10", "2", "1.10", "1.9"], key=version)
    ['1.9', '1.10', '2', '10']
    """
    return tuple((int(part), "") if part.isdecimal() else (0, part) for part in re.split(r"[.\s-]+", since.strip()))


def inductive(codes: pd.DataFrame) -> set[str]:
    """Codes that came after the codebook's first version."""
    given = {code: version(since) for code, since in zip(codes["code"], codes["since"], strict=True) if since.strip()}
    first = min(given.values(), default=())
    return {code for code, since in given.items() if since > first}


def order(documents: pd.DataFrame, cases: pd.DataFrame) -> list[Row]:
    """Cases in the order in which their conversations were held, those of one conversation together: case, doc, date, access. Conversations
    without a date come last, by number.

    Somebody who was asked twice stands where the first conversation was.
    """
    dates = {doc: date if is_day(date) else "" for doc, date in zip(documents["doc"], documents["date"], strict=True)}
    found: dict[str, Row] = {}
    rows = [{"case": r["case"], "doc": r["doc"], "date": dates.get(r["doc"], ""), "access": r["access"]} for r in cases.to_dict("records")]
    for row in sorted(rows, key=lambda r: (not r["date"], r["date"], r["doc"], r["case"])):
        found.setdefault(row["case"], row)
    return list(found.values())


def written(matrix: Iterable[Mapping[str, str]]) -> tuple[ByCase, set[str]]:
    """Sub-themes that people wrote into the matrix, and the cases for which somebody wrote a row at all (an empty cell or »–« says: none)."""
    found: ByCase = defaultdict(dict)
    cases = set()
    for line in matrix:
        if line.get("subthemes") or line.get("paraphrase"):
            cases.add(line["case"])
        for part in line.get("subthemes", "").split(";"):
            if name := normal(part):
                row = found[line["case"]].setdefault(name, {"label": " ".join(part.split()), "code": set()})
                row["code"].add(line["code"])
    return dict(found), cases


def coded(codes: pd.DataFrame, mentions: pd.DataFrame, turns: pd.DataFrame, reviewed: pd.DataFrame) -> tuple[ByCase, set[str]]:
    """Inductive codes that people gave, and the cases of which that can be known: with such a code, or with all their turns read.

    Of somebody who is read in part, that nothing new came is not known.
    """
    new = inductive(codes)
    if not new:
        return {}, set()
    label = dict(zip(codes["code"], codes["label"], strict=True))
    found: ByCase = defaultdict(dict)
    given = single(mentions[mentions["basis"] == REVIEWED], new, codes)
    for case, code in sorted(set(zip(given["case"], given["code"], strict=True))):
        found[case][code] = {"label": label[code] or code, "code": {code}}
    read = full(reviewed)
    seen = set(zip(read["doc"], read["turn"], strict=True))
    own: dict[str, list[bool]] = defaultdict(list)
    for doc, turn, case, role in zip(*(turns[c] for c in ("doc", "turn", "case", "role")), strict=True):
        if case and role in CODED_ROLES:
            own[case].append((doc, turn) in seen)
    return dict(found), set(found) | {case for case, turns_read in own.items() if all(turns_read)}


def conversations(held: Iterable[Row]) -> list[list[Row]]:
    """The rows of `order`, one list a conversation."""
    return [list(together) for _, together in groupby(held, key=lambda row: row["doc"])]


def subthemes(held: Iterable[Row], by_case: Mapping[str, Mapping[str, Row]]) -> list[Row]:
    """Rows of `findings_subthemes` of one source, in the order in which they came up; `held`: rows of `order`."""
    found: dict[str, Row] = {}
    people: dict[str, set[str]] = defaultdict(set)
    for number, row in ((n, row) for n, together in enumerate(conversations(held), 1) for row in together):
        for name, one in sorted(by_case.get(row["case"], {}).items()):
            entry = found.setdefault(
                name, {"subtheme": name, "label": one["label"], "code": set(), "first_case": row["case"], "first_doc": row["doc"], "first_order": number}
            )
            entry["code"] |= one["code"]
            people[name].add(row["case"])
    return [{**row, "code": "+".join(sorted(row["code"])), "n_cases": len(people[name])} for name, row in found.items()]


def curve(held: Iterable[Row], by_case: Mapping[str, Mapping[str, Row]], cases: pd.DataFrame, variable: str) -> list[Row]:
    """Rows of `findings_saturation`, one a conversation: everybody (group ''), then each value of `variable`, of whom only those of the group count.

    `held`: rows of `order`. `case` joins the cases of a conversation by a plus; `n_all` are the sub-themes so far.
    """
    held = list(held)
    of = groups(cases, variable)
    parts = {"": held} | {group: [row for row in held if of.get(row["case"]) == group] for group in sorted(set(of.values()))}
    return [{**row, "group": group} for group, part in parts.items() for row in _steps(part, by_case)]


def _steps(held: list[Row], by_case: Mapping[str, Mapping[str, Row]]) -> list[Row]:
    seen: set[str] = set()
    new: list[int] = []
    rows = []
    for number, together in enumerate(conversations(held), 1):
        own = {name: one for row in together for name, one in by_case.get(row["case"], {}).items()}
        fresh = sorted(set(own) - seen)
        seen |= set(own)
        new.append(len(fresh))
        share, state = judged(new)
        rows.append(
            {
                **together[0], "case": "+".join(row["case"] for row in together), "access": "; ".join(dict.fromkeys(row["access"] for row in together)),
                "order": number, "n_new": len(fresh), "n_known": len(own) - len(fresh), "n_told": len(own), "n_all": len(seen),
                "new_labels": "; ".join(own[name]["label"] for name in fresh), "share_new": share, "state": state,
            }
        )  # fmt: skip
    return rows


def judged(new: list[int]) -> tuple[float, str]:
    """The new-information share of the last run and what it means, from the numbers of new sub-themes, conversation by conversation.

    >>> judged([3, 2, 3, 2, 0, 0]), judged([3, 2, 3, 2, 0, 1]), judged([3, 2, 3, 2, 0])[1], judged([0, 0, 0, 0, 0, 1])[1]
    ((0.0, 'reached'), (0.1, 'open'), 'not_enough', 'open')
    """
    base, run = sum(new[:BASE]), sum(new[-RUN:])
    if len(new) < BASE + RUN:
        return float("nan"), NOT_ENOUGH
    if not base:  # nothing to compare with; what came up late is new all the same
        return float("nan"), OPEN if run else NOT_ENOUGH
    return run / base, REACHED if run / base <= LITTLE else OPEN
