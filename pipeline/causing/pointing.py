"""Adverbs that point back to a cause: deshalb, deswegen, darum, von daher, dadurch, aus dem Grund, weshalb, damit = and so."""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.causing.spans import asks, behind, domain, framed, opened, said, trim
from pipeline.causing.statement import Statement, stated
from pipeline.causing.units import Reading, Unit
from pipeline.causing.words import DARUM_VERBS, HERE, MOTION, POINTING, WHY, WITH_IT
from pipeline.stances.clauses import Clause
from pipeline.stances.turn import Span

_DEFINING = frozenset("charakterisieren auszeichnen kennzeichnen definieren unterscheiden charakterisiert gekennzeichnet".split())
_CORRELATES = frozenset("dass weil wer wie ob was damit wo wann das welche".split())


def pointers(reading: Reading) -> Iterator[Statement]:
    for number, unit in enumerate(reading.units):
        done = False
        for i in range(unit.start, unit.end):
            sign = None if done else _sign(reading, i)
            if sign is not None and (found := _pointed(reading, number, sign)):
                done = True
                yield from found
        yield from _relatives(reading, unit)


def _sign(reading: Reading, i: int) -> Span | None:
    """The words of a pointing adverb that begins at the place."""
    low, tag, after = reading.low(i), reading.kinds[i].tag, reading.low(i + 1)
    if low == "von" and after == "daher":
        return i, i + 2
    if low == "aus" and after in ("dem", "diesem", "diesen", "dem", "den") and reading.low(i + 2) in ("grund", "grunde", "gründen"):
        return i, i + 3
    if low in ("wegen", "aufgrund") and after in ("dem", "dessen", "den", "sowas") and _pronoun_alone(reading, i + 1):
        return i, i + 2
    if low == "daher" and (reading.low(i - 1) == "von" or tag == "PTKVZ"):
        return None
    if low in POINTING:
        return i, i + 1
    if low == "damit" and tag == "PROAV":
        return i, i + 1
    return (i, i + 1) if low in ("also", "insofern") else None


def _pronoun_alone(reading: Reading, i: int) -> bool:
    after = reading.kinds[i + 1] if i + 1 < len(reading.kinds) else None
    return after is not None and (after.verbal == "f" or after.tag in ("PPER", "$,", "$.") or after.low in ("auch", "halt", "hat"))


def _pointed(reading: Reading, number: int, sign: Span) -> list[Statement]:
    unit, clause = reading.units[number], reading.clause(sign[0])
    low = reading.low(sign[0])
    if clause.finite < 0 and low in POINTING and sign[0] <= clause.start + 1 and reading.low(sign[1]) not in (",", "."):
        return stated(reading, behind(reading, number), trim(reading, sign[1], unit.end), sign, "deshalb") if behind(reading, number) else []
    if clause.kind != "main" or clause.finite < 0 or reading.unit(clause.start) != unit or asks(reading, unit):
        return []
    front = sign[1] <= clause.finite or sign[0] <= clause.start + 1
    if not front and _elliptic(reading, clause, sign):
        return stated(reading, trim(reading, unit.start, sign[0]), trim(reading, sign[1], _end(reading, unit, clause)), sign, "deshalb")
    if low in ("von", "insofern") and not front:
        return []
    if low in ("also", "damit", "insofern") and not _is_result(reading, unit, clause, sign):
        return []
    if _corresponds(reading, unit, clause, sign) or reading.low(sign[0] - 1) in ("nicht", "auch" if low == "also" else "nicht"):
        return _through(reading, unit, clause, sign)
    if not _causal_verb(reading, clause, sign, front):
        return []
    start = sign[1] if front else clause.start
    effect = framed(reading, unit, trim(reading, start, _end(reading, unit, clause)))
    return stated(reading, behind(reading, number), effect, sign, "deshalb") if behind(reading, number) is not None else []


def _elliptic(reading: Reading, clause: Clause, sign: Span) -> bool:
    """`Ich hab kein Auto und deshalb keine Arbeit`: the verb of the cause is that of the effect."""
    return reading.low(sign[0]) in POINTING and reading.low(sign[0] - 1) in ("und", ",") and 0 <= clause.finite < sign[0]


def _end(reading: Reading, unit: Unit, clause: Clause) -> int:
    for n in opened(reading, unit, frozenset({"weil", "da"})):
        if reading.turn.clauses[n].start > clause.start:
            return reading.turn.clauses[n].start
    return unit.end


def _causal_verb(reading: Reading, clause: Clause, sign: Span, front: bool) -> bool:
    """Whether no verb of the clause takes the adverb as its object or direction."""
    low = reading.low(sign[0])
    span = (clause.start, clause.end)
    lemmas = reading.lemmas(span)
    if low in ("darum", "drum") and "es" in reading.lows(span) and "gehen" in lemmas:
        return False
    if low in ("darum", "drum"):
        return not lemmas & DARUM_VERBS or (front and not lemmas & (DARUM_VERBS - MOTION - {"sorgen", "spielen", "wissen", "gehen", "bauen", "legen"}))
    if low == "daher":
        last = trim(reading, *span)[1] == sign[1]
        return not last and ((front and not lemmas & {"kommen", "stammen", "rühren"}) or (front and clause.finite > sign[1]) or not lemmas & MOTION)
    return True


def _is_result(reading: Reading, unit: Unit, clause: Clause, sign: Span) -> bool:
    """`also` directly before the verb, behind a comma or `und`; `damit` before ist: `und damit sind die raus`."""
    i = sign[0]
    if clause.finite != i + 1 or reading.low(unit.end - 1) == "?":
        return False
    if reading.low(i) in ("also", "insofern"):
        joined = reading.low(i - 1) in (",", "und", "–", ";")
        return joined and not reading.lows((i + 2, min(i + 3, clause.end))) & (HERE | {"es"})
    rest = reading.lows((i + 1, clause.end)) | reading.lemmas((i + 1, clause.end))
    copula = reading.kinds[i + 1].lemma in ("sein", "fallen", "wegfallen", "rausfallen", "ausfallen", "entfallen", "haben", "fehlen", "verlieren", "werden")
    having = reading.kinds[i + 1].lemma != "haben" or bool(rest & {"keine", "keiner", "keinen", "kein", "niemand"})
    return copula and having and not rest & WITH_IT and i >= unit.start and reading.low(i - 1) in ("und", ",")


def _corresponds(reading: Reading, unit: Unit, clause: Clause, sign: Span) -> bool:
    """`darum, dass …`, `deshalb …, weil …`, `weil …, deshalb …`: a clause of the same unit tells what the word stands for."""
    child = [c for n in range(unit.first, unit.last) if (c := reading.turn.clauses[n]).opener >= 0 and c.whole == n]
    at_once = reading.low(sign[1]) == "," and any(c.start == sign[1] + 1 and reading.low(c.opener) in _CORRELATES for c in child)
    behind_it = any(reading.low(c.opener) == "weil" and c.start > sign[1] for c in child) and reading.low(sign[0]) != "also"
    at_once = at_once or any(reading.low(c.opener) == "dass" and c.start == clause.end and clause.finite < sign[0] for c in child if reading.low(sign[0]) == "dadurch")
    before = any(reading.low(c.opener) in ("weil", "wenn", "da") and c.end <= clause.start and c.kind != "main" and c.matrix == unit.main for c in child)
    return at_once or behind_it or before


def _through(reading: Reading, unit: Unit, clause: Clause, sign: Span) -> list[Statement]:
    """`dadurch, dass die Zeche zu ist, …`: the clause is the cause."""
    places = range(clause.start, clause.end)
    if reading.low(sign[0]) != "dadurch" or reading.low(sign[0] - 1) == "nicht" or any(reading.kinds[i].lemma in _DEFINING for i in places):
        return []
    for n in opened(reading, unit, frozenset({"dass"})):
        child = reading.turn.clauses[n]
        if child.start in (sign[1], sign[1] + 1) or (child.start == clause.end and sign[0] > clause.finite):
            end = domain(reading, n)
            front = sign[0] < clause.finite
            effect = trim(reading, end, unit.end) if front else trim(reading, clause.start, child.start)
            near = child.opener - sign[0] <= 2
            return stated(reading, said(reading, child.opener + 1, end), effect, (sign[0], child.opener + 1) if near else sign, "deshalb")
    return []


def _relatives(reading: Reading, unit: Unit) -> Iterator[Statement]:
    """`…, weshalb keiner mehr kommt`: a clause that goes on from the whole of the one before."""
    for n in opened(reading, unit, WHY - {"warum", "wieso"}):
        clause = reading.turn.clauses[n]
        before = trim(reading, unit.start, clause.start)
        main = (unit.start, clause.start)
        asking = reading.lemmas(main) & {"fragen", "wissen", "sagen", "erklären", "verstehen", "ahnung", "egal", "grund"} or "?" in reading.low(unit.end - 1)
        if clause.opener == clause.start and unit.main >= 0 and not asking and clause.start > unit.start:
            yield from stated(reading, before, trim(reading, clause.opener + 1, domain(reading, n)), (clause.opener, clause.opener + 1), "deshalb")
