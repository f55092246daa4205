"""Wishes and needs by group: who voices one, who was asked and does not; what is read and what is only proposed stay apart."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from pipeline.measures.lens import BASES, PROPOSED, REVIEWED, figures, members, single

if TYPE_CHECKING:
    import pandas as pd

Row = dict[str, Any]


def entries(codes: pd.DataFrame, wanted: Iterable[str], mentions: pd.DataFrame) -> list[str]:
    """The codes of `wanted` that stand for themselves, in the codebook's order.

    A code above others has a row of its own only where something was said that belongs to none of them.
    """
    wanted = set(wanted)
    rows = codes[codes["code"].isin(wanted) & (codes["coded"] == "yes")]
    has_children = set(rows["parent"])
    own = set(alone(mentions, wanted, codes)["code"])
    return [code for code in rows["code"] if code not in has_children or code in own]


def alone(mentions: pd.DataFrame, wanted: Iterable[str], codes: pd.DataFrame) -> pd.DataFrame:
    """`lens.single`, with all columns also where nothing of `wanted` is said."""
    own = mentions[mentions["code"].isin(set(wanted))]
    return single(own, wanted, codes) if len(own) else own


def counted(rows: pd.DataFrame, asked: set[str], group: set[str] | None = None) -> Row:
    """Figures of mentions of one basis with `n_cases_asked`: how many of those who say it were asked about it."""
    inside = rows if group is None else rows[rows["case"].isin(group)]
    return {**figures(rows, asked, group), "n_cases_asked": len(set(inside["case"]) & asked)}


def both(rows: pd.DataFrame, asked: set[str]) -> Row:
    """Figures of what people read, with the proposals apart (`n_proposed`, `n_cases_proposed`)."""
    open_ = rows[rows["basis"] == PROPOSED]
    return {**counted(rows[rows["basis"] == REVIEWED], asked), "n_proposed": len(open_), "n_cases_proposed": open_["case"].nunique()}


def by_value(
    wanted: Iterable[str], mentions: pd.DataFrame, cases: pd.DataFrame, asked: Mapping[str, set[str]], variables: Iterable[str]
) -> list[Row]:
    """Rows of `findings_wishes`: code x value x basis, values in which nobody says it included; variable '' and value '': everybody."""
    everybody = {"": set(cases["case"])} if len(cases) else {}
    parts = {"": everybody, **{name: members(cases, name) for name in variables if name}}
    of_code = dict(iter(mentions.groupby("code")))
    rows = []
    for code in wanted:
        said = of_code.get(code, mentions.iloc[:0])
        told = {basis: Counter(said.loc[said["basis"] == basis, "case"]) for basis in BASES}
        for variable, values in parts.items():
            for value, group in values.items():
                rows += [{"code": code, "variable": variable, "value": value, "basis": basis, **_within(told[basis], asked.get(code, set()), group)} for basis in BASES]
    return rows


def _within(said: Mapping[str, int], asked: set[str], group: set[str]) -> Row:
    """The figures of `counted` for a group. `said`: case -> its mentions."""
    own = said.keys() & group
    return {
        "n_mentions": sum(said[case] for case in own), "n_cases": len(own), "n_asked": len(asked & group), "n_group": len(group), "n_cases_asked": len(own & asked),
    }  # fmt: skip
