"""The common denominator in four fields: shared, differing, reported only by those it happens to, open.

Every group has the same weight, whatever its size: a field depends on whether a group voices a theme, never on how many of it do.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from pipeline.effective import UNREVIEWED
from pipeline.measures.common_groups import BOTH, CONTRADICTED, UNREAD, VOICED, Theme
from pipeline.measures.lens import OWN

if TYPE_CHECKING:
    import pandas as pd

SHARED, DIFFERING, AFFECTED, OPEN = "shared", "differing", "affected", "open"
FIELDS = (SHARED, DIFFERING, AFFECTED, OPEN)
LEAST = 3  # groups that must have been asked before a theme is called shared; two where the study has but two
# Which of a theme's families says what it is: the first that it belongs to.
_ASPECTS = (
    ("costs", "cost"), ("limits", "cost"), ("goals", "goal"), ("needs", "measure"), ("wishes", "measure"), ("reasons", "reason"), ("potentials", "potential"),
    ("engagement", "potential"), ("offers", "potential"),
)  # fmt: skip
ASPECTS = ("goal", "measure", "cost", "reason", "potential", "other")
Row = dict[str, Any]


def compared(codes: pd.DataFrame, families: Mapping[str, set[str]]) -> dict[str, str]:
    """Category -> its aspect, of all that are compared: the finest ones that a family holds, words that frame a matter apart."""
    parents, frames = set(codes["parent"]), families.get("frames", set())
    inside = set().union(*(found for family, found in families.items() if family != "frames")) - frames - parents
    coded = zip(codes["code"], codes["coded"], strict=True)
    return {code: next((a for family, a in _ASPECTS if code in families.get(family, set())), "other") for code, use in coded if code in inside and use != "no"}


def row(theme: Theme, aspect: str, groups: Sequence[Row], basis: str, affected: bool) -> Row:
    """The row of `findings_common` of one theme, from its rows of `findings_common_groups`. `affected`: the study says that only those can
    report it whom it happens to."""
    asked = [g for g in groups if g["n_asked"]]
    voiced, denied = ([g for g in groups if g["status"] in wanted] for wanted in ((VOICED, BOTH), (CONTRADICTED, BOTH)))
    shares = [g["n_asked_voiced"] / g["n_asked"] for g in asked]
    nan = float("nan")
    field, reason = place(groups, affected, _own(theme, basis))
    return {
        "code": theme.code, "basis": basis, "aspect": aspect, "field": field, "reason": reason, "n_groups": len(groups), "n_groups_asked": len(asked),
        "n_groups_voiced": len(voiced), "n_groups_denied": len(denied), "n_cases": sum(g["n_cases"] for g in groups), "n_asked": sum(g["n_asked"] for g in groups),
        "n_asked_voiced": sum(g["n_asked_voiced"] for g in groups), "lowest": min(shares, default=nan), "balanced": sum(shares) / len(shares) if shares else nan,
    }  # fmt: skip


def place(groups: Sequence[Row], affected: bool, own: bool) -> tuple[str, str]:
    """(field, reason) of a theme. `own`: everything said of it is said of oneself or the own group.

    Reasons of the open field: so_far (every group that is read voices it, others are not read yet), unasked, unread, unsaid, denied (nobody voices it, somebody denies it), few_groups, passed_over; of the differing
    one: between (a group only denies what another voices), within (who denies it belongs to a group that voices it as well).
    """
    asked = [g for g in groups if g["n_asked"]]
    states = {g["status"] for g in groups}
    voices, denies = bool(states & {VOICED, BOTH}), bool(states & {CONTRADICTED, BOTH})
    missing = [g["status"] for g in asked if g["status"] not in (VOICED, BOTH)]
    if voices and denies:
        return DIFFERING, "between" if CONTRADICTED in states else "within"
    if voices and not missing and len(asked) >= max(2, min(LEAST, len(groups))):
        return SHARED, ""
    if not voices:
        return OPEN, "unasked" if not asked else "denied" if denies else "unread" if UNREAD in missing else "unsaid"
    if missing and set(missing) == {UNREAD}:
        return OPEN, "so_far" if len(asked) - len(missing) >= LEAST else "unread"
    if affected:
        return AFFECTED, ""
    if UNREAD in missing:  # who is not read has neither passed over a theme nor left it to those it happens to
        return OPEN, "unread"
    if not asked:
        return OPEN, "unasked"
    if own and missing and len(asked) > 1:
        return AFFECTED, ""
    return OPEN, "passed_over" if missing and len(asked) > 1 else "few_groups"


def _own(theme: Theme, basis: str) -> bool:
    said = [m for m in theme.said if basis == UNREVIEWED or m.basis != UNREVIEWED]
    return bool(said) and all(m.about and set(m.about.split("+")) <= OWN for m in said)
