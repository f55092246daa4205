"""Units of coding: a clause, a sentence or a turn, as (kind, number in the index), with their place in the text."""

from __future__ import annotations

from collections import defaultdict

import numpy as np

from pipeline.coders.material import Material, Turn

UNITS = {"clause": 0, "sentence": 1, "turn": 2}

Unit = tuple[int, int]  # kind, number


def turn_of(material: Material, unit: Unit) -> int:
    """The number of the turn that a unit lies in."""
    kind, number = unit
    if kind == 2:
        return number
    index = material.index
    return int(index.turn[_begin(index.clause, number)]) if kind == 0 else int(index.seg_turn[number])


def _begin(column: np.ndarray, number: int) -> int:
    """The first place of a number in a sorted column; asked in the column's own kind, of another all of it would be copied."""
    return int(column.searchsorted(column.dtype.type(number)))


class Spots:
    """Codes by place. What is given to a turn stands beside every sentence of it, and the other way round."""

    def __init__(self, material: Material) -> None:
        self.material = material
        self.sentence: dict[int, set[str]] = defaultdict(set)  # given to a sentence or a clause of it
        self.turn: dict[int, set[str]] = defaultdict(set)  # given to the turn as a whole
        self.within: dict[int, set[str]] = defaultdict(set)  # given to the turn or to anything in it

    def add(self, unit: Unit, code: str) -> None:
        turn = turn_of(self.material, unit)
        self.within[turn].add(code)
        (self.turn[turn] if unit[0] == UNITS["turn"] else self.sentence[_sentence(self.material, unit)]).add(code)

    def beside(self, unit: Unit) -> set[str]:
        """The codes that stand where a unit stands, its own included."""
        turn = turn_of(self.material, unit)
        if unit[0] == UNITS["turn"]:
            return self.within.get(turn, set())
        return self.sentence.get(_sentence(self.material, unit), set()) | self.turn.get(turn, set())


def _sentence(material: Material, unit: Unit) -> int:
    kind, number = unit
    return int(material.index.segment[_begin(material.index.clause, number)]) if kind == UNITS["clause"] else number


def span(material: Material, unit: Unit, turn: Turn) -> tuple[int, int, str]:
    """Code points of a unit in its turn's text, and the id of its (first) sentence."""
    index, (kind, number) = material.index, unit
    if kind == 1:
        return int(index.seg_start[number]), int(index.seg_end[number]), index.seg_ids[number]
    if kind == 0:
        low, high = _begin(index.clause, number), _begin(index.clause, number + 1)
    else:
        low, high = index.turn_first[turn.number], index.turn_first[turn.number + 1]
    segment = int(index.segment[low])
    return int(index.start[low]), int(index.end[high - 1]), index.seg_ids[segment]
