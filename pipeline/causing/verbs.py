"""Verbs of causing with a clause: führt dazu, dass · sorgt dafür, dass · macht, dass · liegt daran, dass · kommt daher, dass."""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.causing.denial import denied_in, framed_denial
from pipeline.causing.doing import does, leads_to
from pipeline.causing.lying import lies_in, prepositions_of
from pipeline.causing.spans import asks, domain, opened, said
from pipeline.causing.statement import Statement, stated
from pipeline.causing.subjects import PERSONS, subject
from pipeline.causing.units import Reading
from pipeline.causing.words import LEADING, LYING, MAKING
from pipeline.stances.clauses import Clause
from pipeline.stances.turn import Span


def verbs(reading: Reading) -> Iterator[Statement]:
    for number, unit in enumerate(reading.units):
        if asks(reading, unit):
            continue
        found = [s for n in opened(reading, unit, frozenset({"dass"})) for s in _clause_named(reading, number, n)]
        yield from found
        if not found:
            for n in range(unit.first, unit.last):
                clause = reading.turn.clauses[n]
                if clause.whole == n and clause.finite >= 0:
                    yield from _phrase_named(reading, number, clause)


def _clause_named(reading: Reading, number: int, n: int) -> list[Statement]:
    """A verb whose dass-clause is the effect (führt dazu) or the cause (liegt daran)."""
    unit, child = reading.units[number], reading.turn.clauses[n]
    above = child.matrix if child.matrix >= 0 else n - 1
    if reading.low(child.start - 2) in LEADING | LYING and reading.low(child.start - 1) == ",":
        above = n - 1  # `und das kommt daher, dass …`
    if not (unit.first <= above < unit.last) or above > n:
        return []
    matrix = _with_verb(reading, reading.turn.clauses[above])
    places = [i for i in reading.turn.places(matrix.whole) if i < child.opener]
    if matrix.finite < 0 or not places or denied_in(reading, places) or framed_denial(reading, matrix.finite):
        return []
    words = [i for i in places if reading.kinds[i].tag[:1] != "$"]
    clause = said(reading, child.opener + 1, domain(reading, n))
    if child.start - words[-1] > 2:
        return []
    direction, first = _direction(reading, words)
    if not direction or clause is None:
        return []
    sign = (first, child.opener + 1)
    other = subject(reading, number, matrix, _stop(reading, words, matrix))
    if direction == "back":
        return stated(reading, clause, other, sign, "because_of")
    if other is None or not _named(reading, other) or any(reading.kinds[i].tag == "VMFIN" for i in words) or reading.low(other[0]) == "ich":
        return []
    if (other[1] - other[0] <= 2 and reading.lows(other) & PERSONS):
        return []
    return stated(reading, other, clause, sign, "leads_to")


def _named(reading: Reading, span: Span) -> bool:
    """Whether a noun, a pronoun or a verb stands in the words."""
    return any(reading.kinds[i].tag in ("NN", "NE", "PIS", "PDS", "PPER") or reading.kinds[i].verbal for i in range(*span))


def _with_verb(reading: Reading, clause: Clause) -> Clause:
    """The clause with its verb, where a plural looks like an infinitive: `Absagen verhindern, dass …`."""
    if clause.finite >= 0:
        return clause
    place = next((i for i in range(clause.start, clause.end) if reading.kinds[i].verbal), -1)
    return clause._replace(finite=place, kind="main")


def _stop(reading: Reading, words: list[int], matrix: Clause) -> int:
    return next((i for i in words if reading.low(i) in LEADING | LYING and i > matrix.start), words[-1])


def _direction(reading: Reading, words: list[int]) -> tuple[str, int]:
    """Whether the dass-clause behind the words is the effect (`on`) or the cause (`back`), and where the sign begins."""
    kinds, last = reading.kinds, words[-1]
    verbs = [i for i in words if kinds[i].verbal]
    lemmas = {kinds[i].lemma for i in words}
    lows = {word for i in words for word in kinds[i].words}
    for table, name in ((LEADING, "on"), (LYING, "back")):
        for i in words:
            if reading.low(i) in table and lemmas & table[reading.low(i)]:
                if i < verbs[0] and reading.low(i) in LYING:  # `daran liegt es, dass die weg sind`
                    return "on", i
                if table is LYING and "tun" in lemmas and "haben" not in lemmas:
                    continue
                return (name, min(i, verbs[0])) if i >= last - 2 else ("", -1)
    if {"zur", "folge"} <= lows:
        return "on", min(min(i for i in words if reading.low(i) == "zur"), verbs[0])
    if {"mit", "sich"} <= lows and "bringen" in lemmas:
        return "on", verbs[0]
    if reading.low(words[0]) == "so" and "kommen" in lemmas and last - words[0] <= 3:  # `so kommt es, dass …`
        return "on", words[0]
    if last in verbs and kinds[last].lemma in MAKING and not (kinds[last].lemma == "machen" and len(verbs) > 1):
        return "on", last
    return "", -1


def _phrase_named(reading: Reading, number: int, clause: Clause) -> Iterator[Statement]:
    """A verb that has its cause or effect as a noun phrase."""
    places = reading.turn.places(clause.whole)
    lemmas = {reading.kinds[i].lemma for i in places}
    denied = denied_in(reading, places) or framed_denial(reading, clause.finite)
    if denied and "sondern" not in reading.lows((clause.start, reading.units[number].end)):
        return
    prepositions = prepositions_of(reading, clause, lemmas)
    if prepositions:
        yield from lies_in(reading, number, clause, prepositions, denied)
    elif denied:
        return
    elif lemmas & {"führen", "beitragen"}:
        yield from leads_to(reading, number, clause, ("zu", "zum", "zur"))
    elif "sorgen" in lemmas:
        yield from leads_to(reading, number, clause, ("für",))
    else:
        yield from does(reading, number, clause, lemmas)
