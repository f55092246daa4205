"""What the council's questions look through: families of categories, groups of people, what is read and what is only proposed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from pipeline.effective import UNREVIEWED
from pipeline.measures.disclosure import UNKNOWN, persons

if TYPE_CHECKING:
    import pandas as pd

REVIEWED, PROPOSED = "reviewed", UNREVIEWED
BASES = (REVIEWED, PROPOSED)
OWN, OTHERS = frozenset({"self", "own group"}), frozenset({"other group", "institution"})  # of whom a passage speaks


def below(codes: pd.DataFrame, wanted: Iterable[str]) -> set[str]:
    """The codes of `wanted` that the codebook has, with all below them (whether or not these count for their parent)."""
    parent = dict(zip(codes["code"], codes["parent"], strict=True))
    named = set(wanted) & set(parent)
    found = set(named)
    for code in parent:
        at, seen = code, set()
        while at and at not in seen:
            seen.add(at)
            if at in named:
                found.add(code)
            at = parent.get(at, "")
    return found


def families(findings_scope: pd.DataFrame) -> dict[str, set[str]]:
    """Family -> its codes, as `findings_scope` has them; a family that this codebook lacks is not there (use `.get(name, set())`)."""
    found: dict[str, set[str]] = defaultdict(set)
    for family, code in zip(findings_scope["family"], findings_scope["code"], strict=True):
        found[family].add(code)
    return dict(found)


def single(mentions: pd.DataFrame, codes: Iterable[str], all_codes: pd.DataFrame) -> pd.DataFrame:
    """Mentions of `codes` without those that only repeat a mention of a code below: what was said of a child stands in
    `findings_mentions` for its parents as well, and would count twice wherever several codes are put together."""
    wanted = set(codes)
    parents = {parent for parent in all_codes["parent"] if parent} & wanted
    rows = mentions[mentions["code"].isin(wanted)]
    if not parents:
        return rows
    own: dict[tuple[str, int, str], list[tuple[int, int]]] = defaultdict(list)
    up = dict(zip(all_codes["code"], all_codes["parent"], strict=True))
    for doc, turn, start, end, code in zip(*(rows[c] for c in ("doc", "turn", "start", "end", "code")), strict=True):
        at = up.get(code, "")
        while at:
            own[doc, turn, at].append((start, end))
            at = up.get(at, "")
    keep = [
        code not in parents or not any(a < end and start < b for a, b in own.get((doc, turn, code), ()))
        for doc, turn, start, end, code in zip(*(rows[c] for c in ("doc", "turn", "start", "end", "code")), strict=True)
    ]
    return rows.loc[keep]


def groups(cases: pd.DataFrame, variable: str) -> dict[str, str]:
    """Case -> its value of a variable, »unbekannt« where it has none; empty where the study does not have the variable.

    Of a person in several conversations the first value that is not empty counts, as everywhere.
    """
    if variable not in cases.columns:
        return {}
    return {case: value for case, (value,) in persons(cases, [variable]).items()}


def members(cases: pd.DataFrame, variable: str) -> dict[str, set[str]]:
    """Value of a variable -> its cases; those without a value are under »unbekannt«."""
    found: dict[str, set[str]] = defaultdict(set)
    for case, value in groups(cases, variable).items():
        found[value].add(case)
    return dict(sorted(found.items()))


def asked_any(asked: Mapping[str, set[str]], codes: Iterable[str]) -> set[str]:
    """Cases that were asked about at least one of these codes. `asked`: code -> cases, from `measures.mentions.asked_about`."""
    return set().union(*(asked.get(code, set()) for code in codes))


def figures(rows: pd.DataFrame, asked: set[str], group: set[str] | None = None) -> dict[str, int]:
    """n_mentions, n_cases, n_asked (and n_group): of `rows` (mentions of one basis), in a group of cases where one is given."""
    if group is not None:
        rows = rows[rows["case"].isin(group)]
    n_asked = len(asked & group if group is not None else asked)
    told = {"n_mentions": len(rows), "n_cases": rows["case"].nunique(), "n_asked": n_asked}
    return told if group is None else {**told, "n_group": len(group)}


def largest(cases: Iterable[str]) -> tuple[str, float]:
    """The case with the most of `cases` (one entry a mention) and its share; ('', nan) of none. Ties: the first by name."""
    counts: dict[str, int] = defaultdict(int)
    for case in cases:
        counts[case] += 1
    if not counts:
        return "", float("nan")
    case = min(counts, key=lambda c: (-counts[c], c))
    return case, counts[case] / sum(counts.values())


def known(value: str) -> bool:
    return value != UNKNOWN


def identity(*parts: Any) -> str:
    """A short stable id of what these parts say.

    >>> identity("I001", 3) == identity("I001", 3) != identity("I001", 4)
    True
    """
    import hashlib

    return hashlib.blake2b("\t".join(map(str, parts)).encode(), digest_size=6).hexdigest()
