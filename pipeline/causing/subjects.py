"""Who or what does it: the subject of a clause with a verb of causing, and whether it is a person, a place or a matter."""

from __future__ import annotations

from pipeline.causing.spans import behind, domain, opened, says, trim, trim_intro
from pipeline.causing.units import Reading
from pipeline.causing.words import ABSTRACT_ENDINGS, HERE, LYING, PLACE_ENDINGS, PLACES
from pipeline.stances.clauses import Clause
from pipeline.stances.turn import Span

PERSONS = frozenset("ich wir du er sie man ihr mich uns mir wer".split())
_SMALL = HERE | {"es", "alles", "auch", "ja", "doch", "so"}


def subject(reading: Reading, number: int, clause: Clause, stop: int) -> Span | None:
    """What stands as the subject of a clause up to the place `stop`; `das` and none at all point to what was said before."""
    unit, finite = reading.units[number], clause.finite
    if clause.kind in ("relative", "subordinate") and clause.opener >= 0:
        if reading.low(clause.opener) in ("was", "wat", "das"):
            return trim(reading, unit.start, clause.start)
        inner = trim(reading, clause.opener + 1, min(stop, finite))
        return None if reading.lows(inner) <= HERE | {"es"} else inner
    if reading.low(trim_intro(reading, unit)) == "so" and finite <= clause.start + 2:
        return behind(reading, number)
    front = trim(reading, clause.start, finite) if finite > clause.start else (finite, finite)
    if front[0] >= front[1] or reading.lows(front) <= _SMALL:
        for n in opened(reading, unit, frozenset({"dass", "ob"})):  # `dass die weg sind, (das) liegt daran`
            if n < clause.whole:
                return trim(reading, reading.turn.clauses[n].opener + 1, domain(reading, n))
        middle = trim(reading, finite + 1, stop)
        named = front[0] >= front[1] and says(reading, middle) and reading.kinds[middle[0]].tag in ("ART", "PPOSAT", "NN")
        return middle if named else behind(reading, number)
    nouns = {reading.kinds[i].tag for i in range(*front)} & {"NN", "NE", "PIS", "PPER", "PDAT", "ART"}
    if not nouns or reading.kinds[front[0]].tag in ("APPR", "APPRART") or reading.low(front[0]) in LYING:
        middle = trim(reading, finite + 1, stop)
        return behind(reading, number) if reading.lows(middle) & HERE or not says(reading, middle) else middle
    return front


def only_points(reading: Reading, clause: Clause) -> bool:
    """Whether nothing but `das`, `es` and small words stands before the verb."""
    words = [i for i in range(clause.start, clause.finite) if reading.kinds[i].tag[:1] != "$"]
    pointing = any(reading.low(i) in HERE | {"es"} for i in words)
    return pointing and not any(reading.kinds[i].tag in ("NN", "NE") for i in words)


def is_place(reading: Reading, noun: Span) -> bool:
    heads = [reading.kinds[i] for i in range(*noun) if reading.kinds[i].tag in ("NN", "NE")]
    return bool(heads) and (heads[0].lemma in PLACES or heads[0].low.endswith(PLACE_ENDINGS))


def is_person(reading: Reading, span: Span) -> bool:
    """A pronoun of a person; nouns do not show by themselves whether they name one."""
    return reading.kinds[span[0]].tag == "PPER" or (bool(reading.lows(span) & PERSONS) and span[1] - span[0] <= 2)


def is_abstract(reading: Reading, span: Span) -> bool:
    """No person and no body: a noun in -ung, -keit, -ität …, or one that a clause could stand for."""
    return any(reading.kinds[i].tag == "NN" and reading.low(i).endswith(ABSTRACT_ENDINGS) for i in range(*span))
