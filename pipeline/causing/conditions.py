"""wenn and sobald of what happens again and again, told as a cause and what follows from it."""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.causing.spans import asks, domain, opened, said, trim, trim_intro
from pipeline.causing.statement import Statement, stated
from pipeline.causing.units import Reading
from pipeline.causing.words import HERE, REGULAR, REPEATED
from pipeline.stances.turn import Span


def regularities(reading: Reading) -> Iterator[Statement]:
    """wenn of what happens again and again, told as its cause; never what is only thought."""
    for unit in reading.units:
        found = opened(reading, unit, frozenset({"wenn", "sobald"}))
        if len(found) != 1 or unit.main < 0 or asks(reading, unit):
            continue
        n, end = found[0], domain(reading, found[0])
        clause = reading.turn.clauses[n]
        if clause.matrix != unit.main:
            continue
        first = clause.start <= trim_intro(reading, unit)
        effect = trim(reading, end, unit.end) if first else trim(reading, unit.start, clause.start)
        main = reading.turn.clauses[unit.main]
        joined = main.start == main.finite or reading.low(main.start) in ("dann", "da", "so", "ja")
        if first and not joined and clause.finite == clause.end - 2:
            continue  # another clause, not the one that follows from it; learners put both verbs second
        cause = said(reading, clause.opener + 1, end)
        if cause is None or not _regular(reading, cause, effect) or reading.low(clause.opener - 1) in ("auch", "als", "außer"):
            continue
        yield from stated(reading, cause, effect, (clause.opener, clause.opener + 1), "if_then")


_UNREAL = frozenset("könnte könnten hätte hätten wäre wären würde würden müsste müssten sollte sollten dürfte käme gäbe sag sagt".split())
_VIEWS = frozenset("sehen überlegen betrachten nehmen fragen denken brauchen wollen ehrlich meinen".split())
_OTHER_SIGNS = frozenset({"weil", "wegen", "deshalb", "deswegen", "darum", "aus"})


def _regular(reading: Reading, cause: Span, effect: Span) -> bool:
    thought = any(reading.hypothetical[i] >= 0 for span in (cause, effect) for i in range(*span))
    words, lemmas = reading.lows(effect), reading.lemmas(effect)
    finite = [i for i in range(*effect) if reading.kinds[i].verbal == "f"]
    if not finite or words & _OTHER_SIGNS or reading.kinds[finite[0]].tag == "VVIMP" or (words | reading.lows(cause)) & _UNREAL:
        return False
    if effect[1] - effect[0] <= 3 and reading.kinds[finite[0]].cues & {"speech", "thought"}:
        return False
    given, seen = reading.lows(cause), reading.lemmas(cause) & _VIEWS
    if seen and given & {"man", "ich", "sie", "du"}:
        return False
    if thought or words & {"ich", "wir", "ihnen"} or lemmas & {"wollen", "sollen", "dürfen"} or not (words & REGULAR or given & REPEATED):
        return False
    return not words & HERE or (bool(words & {"halt", "sofort", "immer"}) and not words & {"schön", "gut", "schlimm"})
