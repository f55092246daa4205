"""How a respondent presents what the words of a turn stand for: affirmed or negated, hypothetical, reported, past,
doubtful.

`read` marks every word of a turn with the word that governs it; `stance` and `doubtful` read the marks for a hit's
words. A trigger that is itself one of the hit's words does not count: the phrase `kein Raum` affirms the lack.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from pipeline.stances import hypothetical, irony, negation, past, reported
from pipeline.stances.turn import turn_of
from pipeline.stances.words import Word

__all__ = ["Marks", "Word", "doubtful", "read", "stance"]


class Marks(NamedTuple):
    """One entry for every word of the turn, words numbered through its sentences from 0.

    `clause` is the number of the word's clause in the turn, from 0, rising. The others give the place of the word that
    negates it, makes it hypothetical and so on, or -1.
    """

    clause: list[int]
    negated: list[int]
    hypothetical: list[int]
    reported: list[int]
    past: list[int]
    doubt: list[int]


def read(sentences: Sequence[Sequence[Word]]) -> Marks:
    """The marks of one respondent's turn, given as its sentences."""
    turn = turn_of(sentences)
    said = reported.mark(turn)
    negated = negation.mark(turn)
    thought = hypothetical.mark(turn, said, negated)
    doubt = irony.mark(turn)
    irony.invert(turn, doubt, said, negated)
    return Marks(turn.number, negated, thought, said, past.mark(turn, said), doubt)


def stance(marks: Marks, words: Sequence[int]) -> frozenset[str]:
    """How the hit whose words stand at these places is told: affirmed or negated, and any of hypothetical, reported,
    past.
    """
    found = {"negated" if _trigger(marks.negated, words) >= 0 else "affirmed"}
    for name in ("hypothetical", "reported", "past"):
        if _trigger(getattr(marks, name), words) >= 0:
            found.add(name)
    return frozenset(found)


def doubtful(marks: Marks, words: Sequence[int]) -> int:
    """The place of what makes the hit doubtful, or -1."""
    return _trigger(marks.doubt, words)


def _trigger(triggers: list[int], words: Sequence[int]) -> int:
    return next((triggers[i] for i in words if triggers[i] >= 0 and triggers[i] not in words), -1)
