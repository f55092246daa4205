"""Which sentences bear which category, from the mentions of the finished run: what the report counts, and nothing else."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import TYPE_CHECKING

import numpy as np

from pipeline.exploring.material import Material
from pipeline.problems import Problem, Stop, did_you_mean

if TYPE_CHECKING:
    import pandas as pd


def sentences(material: Material, mentions: pd.DataFrame) -> np.ndarray:
    """bool a sentence: touched by one of the mentions (columns doc, turn, start, end)."""
    index = material.index
    turn_of = {key: number for number, key in enumerate(index.turn_keys)}
    mask = np.zeros(len(index.seg_turn), dtype=bool)
    for doc, turn, start, end in zip(mentions["doc"], mentions["turn"], mentions["start"], mentions["end"], strict=True):
        number = turn_of.get((doc, turn))
        if number is None:
            continue
        low, high = np.searchsorted(index.seg_turn, [number, number + 1])
        mask[low:high] |= (index.seg_start[low:high] < end) & (index.seg_end[low:high] > start)
    return mask


def checked(code: str, codes: pd.DataFrame) -> str:
    """The id of a category, however its letters are sized. Raises `Stop` where there is none."""
    known = {name.lower(): name for name in codes["code"]}
    if code.lower() not in known:
        raise Stop(Problem("", 0, f"Die Kategorie »{code}« gibt es nicht. {did_you_mean(code, codes['code'])}".strip(), "»make explore« zeigt alle."))
    return known[code.lower()]


def family(code: str, codes: pd.DataFrame) -> list[str]:
    """A category and those below it that count for it, in the codebook's order."""
    below: dict[str, list[str]] = defaultdict(list)
    closed = set(codes.loc[codes["through"] == "no", "code"])
    for name, parent in zip(codes["code"], codes["parent"], strict=True):
        below[parent].append(name)
    found, todo = [], [code]
    while todo:
        name = todo.pop()
        if name not in found:
            found.append(name)
            todo += below[name] if name not in closed else []
    order = {name: n for n, name in enumerate(codes["code"])}
    return sorted(found, key=lambda name: order.get(name, -1))


def tokens(material: Material, mask: np.ndarray) -> np.ndarray:
    """bool a token: a respondent's word in a sentence where `mask` (bool a sentence) holds."""
    return material.word & mask[material.index.segment]


def people(material: Material, mask: np.ndarray) -> int:
    return len(set(material.case[material.index.seg_turn[mask]].tolist()) - {-1})


def of_codes(mentions: pd.DataFrame, codes: Iterable[str]) -> pd.DataFrame:
    return mentions[mentions["code"].isin(list(codes))]
