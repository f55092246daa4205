"""Units of coding: a clause, a sentence or a turn, as (kind, number in the index), with their place in the text."""

from __future__ import annotations

import numpy as np

from pipeline.coders.material import Material, Turn

UNITS = {"clause": 0, "sentence": 1, "turn": 2}

Unit = tuple[int, int]  # kind, number


def numbers(material: Material, name: str) -> np.ndarray:
    """The number of its unit for every word of the index."""
    return {"clause": material.index.clause, "sentence": material.index.segment, "turn": material.index.turn}[name]


def turn_of(material: Material, unit: Unit) -> int:
    """The number of the turn that a unit lies in."""
    kind, number = unit
    if kind == 2:
        return number
    index = material.index
    return int(index.turn[np.searchsorted(index.clause, number)]) if kind == 0 else int(index.seg_turn[number])


def spot(material: Material, unit: Unit) -> int:
    """The sentence of a clause or sentence; a turn's own number, made negative so that the two do not meet."""
    kind, number = unit
    if kind == 2:
        return -1 - number
    return int(material.index.segment[np.searchsorted(material.index.clause, number)]) if kind == 0 else number


def span(material: Material, unit: Unit, turn: Turn) -> tuple[int, int, str]:
    """Code points of a unit in its turn's text, and the id of its (first) sentence."""
    index, (kind, number) = material.index, unit
    if kind == 1:
        return int(index.seg_start[number]), int(index.seg_end[number]), index.seg_ids[number]
    if kind == 0:
        low, high = np.searchsorted(index.clause, [number, number + 1])
    else:
        low, high = index.turn_first[turn.number], index.turn_first[turn.number + 1]
    segment = int(index.segment[low])
    return int(index.start[low]), int(index.end[high - 1]), index.seg_ids[segment]
