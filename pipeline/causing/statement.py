"""What the rules give: a cause, an effect and the sign between them, as places of words."""

from __future__ import annotations

from typing import NamedTuple

from pipeline.causing.spans import says
from pipeline.causing.units import Reading
from pipeline.causing.words import MERELY
from pipeline.stances.turn import Span

NOTHING: Span = (-1, -1)


class Statement(NamedTuple):
    """Words [start, end) each. `effect` is NOTHING where only the interviewer's question names it, `sign` where there is none."""

    cause: Span
    effect: Span
    sign: Span
    kind: str


def stated(reading: Reading, cause: Span | None, effect: Span | None, sign: Span, kind: str) -> list[Statement]:
    """One statement, if both sides say something; without an effect only in answer to a question."""
    if cause is None or cause[0] >= cause[1]:
        return []
    if effect is None:
        return [Statement(cause, NOTHING, sign, kind)] if reading.asked else []
    if reading.lows(effect) <= MERELY | {"nicht"}:
        return []
    named = effect[1] - effect[0] == 1 and reading.kinds[effect[0]].tag == "NN"
    if effect[0] >= effect[1] or not (named or says(reading, effect)) or cause == effect:
        return []
    return [Statement(cause, effect, sign, kind)]
