"""Which word makes what is told at each place doubtful: irony, scorn, distance."""

from __future__ import annotations

from pipeline.stances.phrases import noun_phrase
from pipeline.stances.turn import Turn


def mark(turn: Turn) -> list[int]:
    """For every word of the turn the place of what makes it doubtful, or -1."""
    kinds = turn.kinds
    marks = [-1] * len(kinds)
    for start, _ in turn.found.get("irony", ()):
        _cover(marks, *turn.sentence(start), start)
    for i, kind in enumerate(kinds):
        if "so-called" in kind.cues:
            for j in noun_phrase(kinds, i, turn.sentence(i)[1]):
                marks[j] = i
    _scare_quotes(turn, marks)
    return marks


def _cover(marks: list[int], start: int, end: int, place: int) -> None:
    for i in range(start, end):
        marks[i] = place


def _scare_quotes(turn: Turn, marks: list[int]) -> None:
    """Quotation marks around one to three words without a verb."""
    opened = -1
    for i, kind in enumerate(turn.kinds):
        if opened < 0 and kind.low in ("„", "»", '"', "‚"):
            opened = i
        elif opened >= 0 and kind.low in ("“", "”", "«", '"', "‘"):
            if 2 <= i - opened <= 4 and not any(turn.kinds[j].verbal == "f" for j in range(opened, i)):
                _cover(marks, opened + 1, i, opened)
            opened = -1
