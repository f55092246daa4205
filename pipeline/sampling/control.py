"""Which turns put the coding to the test: rare categories, hits that do not count, possible counter-evidence, turns where nothing is proposed.

What is drawn so is looked for on purpose: it finds mistakes, and says nothing about how common anything is.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

import numpy as np

from pipeline.sampling.corpus import Passage

if TYPE_CHECKING:
    import pandas as pd

RARE = 5  # codings below which a category is rare
FROM_RARE = 3  # turns drawn for one rare category at most
KINDS = ("selten", "verworfen", "Gegenfall", "ohne Vorschlag")  # why a turn is drawn, in a word; the first that fits holds
DENIED = "verneint"  # reason of a hit that does not count because it is denied
LIKELY = "Rang 1)"  # in the reason of what the model holds for the likeliest and yet too unsure


def candidates(
    passages: Sequence[Passage], codes: pd.DataFrame, codings: pd.DataFrame, suggestions: pd.DataFrame, rng: np.random.Generator
) -> dict[str, list[tuple[int, str]]]:
    """Kind -> (number of a turn, category or nothing), the best ones first."""
    number = {(one.doc, one.turn): k for k, one in enumerate(passages)}
    coded = codes[codes["coded"] == "yes"]
    there = codings[codings["status"] != "rejected"]
    lacks = set(codes.loc[codes["lack"] == "yes", "code"])
    proposed = {number[key] for key in zip(there["doc"], there["turn"], strict=True) if key in number}
    empty = [k for k in range(len(passages)) if k not in proposed]
    return {
        "selten": list(_rare(number, list(coded["code"]), there, suggestions)),
        "verworfen": list(_rejected(number, codings, suggestions)),
        "Gegenfall": list(_against(number, there, suggestions, lacks)),
        "ohne Vorschlag": [(empty[k], "") for k in rng.permutation(len(empty)).tolist()],
    }


def chosen(found: Mapping[str, Sequence[tuple[int, str]]], docs: Sequence[str], free: Collection[int], n: int) -> list[tuple[int, str]]:
    """(number of a turn, why) of n turns among `free`, in equal parts of every kind; kinds that run out leave their part to the others.

    Of equally good turns those come first whose interview gave least so far.
    """
    waiting = {kind: [pair for pair in found[kind] if pair[0] in free] for kind in KINDS}
    taken: dict[int, str] = {}
    had: Counter[str] = Counter()
    while len(taken) < n and any(waiting.values()):
        for kind in KINDS:
            own = [pair for pair in waiting[kind] if pair[0] not in taken]
            if not own or len(taken) >= n:
                waiting[kind] = own
                continue
            k, code = min(own[:10], key=lambda pair: had[docs[pair[0]]])
            taken[k] = f"{kind}: {code}" if code else kind
            had[docs[k]] += 1
            waiting[kind] = [pair for pair in own if pair[0] != k]
    return list(taken.items())


def _rare(number: Mapping[tuple[str, int], int], coded: Sequence[str], codings: pd.DataFrame, suggestions: pd.DataFrame) -> Iterator[tuple[int, str]]:
    """Turns of categories with few codings: those that have it, then those where it comes nearest; the rarest first, by turns."""
    count = Counter(codings["code"])
    places: dict[str, list[int]] = defaultdict(list)
    for data in (codings, suggestions):
        own = data[data["code"].isin([code for code in coded if count[code] < RARE])].sort_values("score", ascending=False, kind="stable")
        for doc, turn, code in zip(own["doc"], own["turn"], own["code"], strict=True):
            k = number.get((doc, turn))
            if k is not None and k not in places[code] and len(places[code]) < FROM_RARE:
                places[code].append(k)
    order = sorted(places, key=lambda code: (count[code], coded.index(code)))
    for at in range(FROM_RARE):
        yield from ((places[code][at], code) for code in order if at < len(places[code]))


def _rejected(number: Mapping[tuple[str, int], int], codings: pd.DataFrame, suggestions: pd.DataFrame) -> Iterator[tuple[int, str]]:
    """Turns where somebody rejected a proposal, then those where a rule's hit does not count."""
    hits = suggestions[(suggestions["coder"] == "rule") & ~_denied(suggestions)]
    for data in (codings[codings["status"] == "rejected"], hits):
        for doc, turn, code in zip(data["doc"], data["turn"], data["code"], strict=True):
            if (doc, turn) in number:
                yield number[doc, turn], code


def _against(number: Mapping[tuple[str, int], int], codings: pd.DataFrame, suggestions: pd.DataFrame, lacks: Collection[str]) -> Iterator[tuple[int, str]]:
    """Turns where somebody denies a category's content, then those that come nearest to its sentences and are not proposed."""
    denied = codings[codings["stance"].str.contains("negated") & ~codings["code"].isin(list(lacks))]
    near = suggestions[suggestions["reason"].str.contains(LIKELY, regex=False)].sort_values("score", ascending=False, kind="stable")
    for data in (denied, suggestions[(suggestions["coder"] == "rule") & _denied(suggestions)], near):
        for doc, turn, code in zip(data["doc"], data["turn"], data["code"], strict=True):
            if (doc, turn) in number:
                yield number[doc, turn], code


def _denied(suggestions: pd.DataFrame) -> pd.Series:
    """Hits that do not count because what they say is denied (and not those of which only a denial counts)."""
    return suggestions["reason"].str.startswith(DENIED)
