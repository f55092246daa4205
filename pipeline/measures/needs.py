"""Needs by neighbourhood, and beside them what people say there is: no match of kinds, only what was named of the same place."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from pipeline.measures.lens import BASES, PROPOSED, REVIEWED
from pipeline.measures.potentials import here, living

if TYPE_CHECKING:
    import pandas as pd

Places = Mapping[str, list[tuple[str, str]]]

# What the words say of an offer: it is there, it was there, it is only thought of, or it is not there.
THERE, PAST, IMAGINED, DENIED = "there", "past", "imagined", "denied"
# What was said of a need in a district. It is about interviews, never about the town.
GAP, OPEN, BESIDE, UNNAMED, SILENT = "gap", "open", "beside", "unnamed", "silent"


def offers(mentions: pd.DataFrame, places: Places, needs: pd.DataFrame) -> list[dict[str, Any]]:
    """Rows of `findings_offers`, one an offer and district. `mentions`: the offers, each once; `needs`: mentions of needs.

    `beside`: needs that the same person names in the same turn, which says that the two are told together and no more.
    """
    told: dict[tuple[str, int], set[str]] = defaultdict(set)
    for doc, turn, code in zip(needs["doc"], needs["turn"], needs["code"], strict=True):
        told[doc, turn].add(code)
    columns = ("mention", "doc", "turn", "start", "end", "case", "code", "basis")
    return [
        {
            **{column: getattr(m, column) for column in columns}, "district": district, "placed": how, "lasting": lasting(m.stance),
            "beside": "+".join(sorted(told.get((m.doc, m.turn), ()))),
        }
        for m in mentions.itertuples()
        for district, how in places[m.mention]
    ]  # fmt: skip


def lasting(stance: str) -> str:
    """Whether what is told of is there.

    >>> lasting("affirmed"), lasting("affirmed+past"), lasting("affirmed+hypothetical+past"), lasting("negated")
    ('there', 'past', 'imagined', 'denied')
    """
    signs = set(stance.split("+"))
    if "negated" in signs and "affirmed" not in signs:
        return DENIED
    return IMAGINED if "hypothetical" in signs else PAST if "past" in signs else THERE


def matrix(
    codes: Iterable[str], districts: Iterable[str], mentions: pd.DataFrame, places: Places, offered: Iterable[Mapping[str, Any]],
    asked: Mapping[str, set[str]], homes: Mapping[str, str],
) -> list[dict[str, Any]]:  # fmt: skip
    """Rows of `findings_needs`: every need x district x basis, those of nothing included. Offers count where they are there now."""
    there: dict[tuple[str, str], set[str]] = defaultdict(set)
    for offer in offered:
        if offer["lasting"] == THERE:
            there[offer["district"], offer["basis"]].add(offer["mention"])
    districts = list(districts)
    found = []
    for code in codes:
        own = mentions[mentions["code"] == code]
        for district in districts:
            read, open_ = len(there[district, REVIEWED]), len(there[district, PROPOSED])
            for basis in BASES:
                counts = here(own[own["basis"] == basis], district, living(homes, district), places, asked.get(code, set()))
                found.append(
                    {
                        "code": code, "district": district, "basis": basis, **counts, "n_offers": read, "n_offers_proposed": open_,
                        "state": state(counts["n_mentions"], counts["n_asked"], read, open_),
                    }
                )  # fmt: skip
    return found


def state(n_mentions: int, n_asked: int, n_offers: int, n_offers_proposed: int) -> str:
    """What was said of a need in a district: `gap` (named, no offer named there), `open` (only proposals of offers, which somebody must read),
    `beside` (offers named as well), `unnamed` (asked, nothing read or proposed), `silent` (nobody from there was asked).

    >>> state(2, 3, 0, 0), state(2, 3, 0, 1), state(2, 0, 1, 0), state(0, 3, 1, 0), state(0, 0, 4, 0)
    ('gap', 'open', 'beside', 'unnamed', 'silent')
    """
    if not n_mentions:
        return UNNAMED if n_asked else SILENT
    return BESIDE if n_offers else OPEN if n_offers_proposed else GAP
