"""Potentials by kind: all together, by group, by neighbourhood; what people read and what is only proposed apart."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from pipeline.measures.districts import NOWHERE, SPEAKER
from pipeline.measures.lens import BASES, figures, known

if TYPE_CHECKING:
    import pandas as pd

ALL, GROUP, DISTRICT = "", "group", "district"


def rows(
    kinds: Iterable[str], mentions: pd.DataFrame, asked: Mapping[str, set[str]], groups: Mapping[str, str], homes: Mapping[str, str],
    places: Mapping[str, list[tuple[str, str]]], districts: Iterable[str], cases: set[str],
) -> list[dict[str, Any]]:  # fmt: skip
    """Rows of `findings_potentials`: every kind x everything it is counted by x basis, those of nothing included.

    `groups`, `homes`: case -> its group, its own district; `places`: mention -> districts it speaks of. By district `n_asked` and `n_group` are
    people from there, of whom `n_cases_own` speak of it; others may too. `n_named`: mentions that name the district themselves.
    """
    parts: list[tuple[str, str, set[str]]] = [(ALL, "", cases)]
    parts += [(GROUP, value, {c for c, own in groups.items() if own == value}) for value in sorted(set(groups.values()))]
    parts += [(DISTRICT, district, living(homes, district)) for district in districts]
    found = []
    for code in kinds:
        own = mentions[mentions["code"] == code]
        for by, value, people in parts:
            for basis in BASES:
                told = own[own["basis"] == basis]
                found.append({"code": code, "by": by, "value": value, "basis": basis, **_counted(told, by, value, people, places, asked.get(code, set()))})
    return found


def _counted(
    told: pd.DataFrame, by: str, value: str, people: set[str], places: Mapping[str, list[tuple[str, str]]], asked: set[str]
) -> dict[str, int]:  # fmt: skip
    if by != DISTRICT:
        counts = figures(told, asked, people)
        return {**counts, "n_cases_own": counts["n_cases"], "n_named": 0}
    return here(told, value, people, places, asked)


def here(
    told: pd.DataFrame, district: str, people: set[str], places: Mapping[str, list[tuple[str, str]]], asked: set[str]
) -> dict[str, int]:  # fmt: skip
    """Figures of the mentions that speak of one district, whoever says them; those asked are people from there."""
    how = {mention: dict(places.get(mention, ())) for mention in told["mention"]}
    rows = told[told["mention"].isin({mention for mention in how if district in how[mention]})]
    return {
        "n_mentions": len(rows), "n_cases": rows["case"].nunique(), "n_asked": len(asked & people), "n_group": len(people),
        "n_cases_own": len(set(rows["case"]) & people), "n_named": sum(how[mention][district] not in (SPEAKER, "") for mention in rows["mention"]),
    }  # fmt: skip


def living(homes: Mapping[str, str], district: str) -> set[str]:
    """Cases from a district; of »nowhere« those whose district nobody knows.

    >>> sorted(living({"a": "Nord", "b": "unbekannt"}, "")), living({"a": "Nord"}, "Nord")
    (['b'], {'a'})
    """
    return {case for case, own in homes.items() if (own == district if district != NOWHERE else not known(own))}


