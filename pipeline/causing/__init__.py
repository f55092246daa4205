"""Where a respondent's turn names a cause and an effect: rules over clauses, particles and a closed list of words, no parser, no model.

`find` gives the statements of one turn. A cause that is denied (`nicht weil die faul sind`) is none; one that is thought or reported is,
for how it is meant stands in the table of scopes.
"""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.causing.conditions import regularities
from pipeline.causing.conjunctions import reasons, results
from pipeline.causing.nouns import nouns
from pipeline.causing.particles import particles
from pipeline.causing.phrases import phrases
from pipeline.causing.pointing import pointers
from pipeline.causing.spans import dismissed
from pipeline.causing.statement import NOTHING, Statement
from pipeline.causing.units import reading_of
from pipeline.causing.verbs import verbs
from pipeline.stances import Word
from pipeline.stances.turn import turn_of

__all__ = ["NOTHING", "Statement", "Word", "find"]

_RULES = (reasons, pointers, verbs, nouns, results, phrases, particles, regularities)  # the surest first: where two find the same, the first counts


def find(sentences: Sequence[Sequence[Word]], hypothetical: Sequence[int] = (), asked: bool = False) -> list[Statement]:
    """The statements of a turn given as its sentences, in the order of their causes.

    `hypothetical` has a place for every word that is thought only, else -1 (as scopes have it); `asked` says that the turn answers a
    question, so that a bare `Weil …` has its effect there.
    """
    turn = turn_of(sentences)
    if not turn.clauses:
        return []
    reading = reading_of(turn, hypothetical or [-1] * len(turn.kinds), asked)
    found: dict[tuple[int, int], Statement] = {}
    signs: set[int] = set()
    for rule in _RULES:
        for statement in rule(reading):
            place = statement.sign[0] if statement.sign[0] >= 0 else statement.cause[0]
            if not dismissed(reading, reading.of[turn.number[place]]) and signs.isdisjoint(range(*statement.sign)):
                found.setdefault((statement.cause[0], statement.effect[0]), statement)
                signs.update(range(*statement.sign))
    return [found[key] for key in sorted(found)]

