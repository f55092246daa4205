"""Things that do something to people: führt zu Streit, macht die Leute mürbe, bringt die Eltern ins Gespräch, erschwert den Kontakt."""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.causing.phrases import noun_phrase
from pipeline.causing.spans import behind, trim
from pipeline.causing.statement import Statement, stated
from pipeline.causing.subjects import PERSONS, is_abstract, is_person, is_place, subject
from pipeline.causing.units import Reading
from pipeline.causing.words import BROKEN, CAUSING_VERBS, GIVEN, HERE, OBJECT_VERBS, STATES, TALKING, TOGETHER, WAYS
from pipeline.stances.clauses import Clause
from pipeline.stances.turn import Span

_SUBJECTS = frozenset({"ART", "PPOSAT", "PDAT", "PIAT", "NN", "ADJA", "ADV", "CARD"})
_OBJECTS = frozenset({"ART", "PPER", "PPOSAT", "PIAT", "PRF", "PDS", "PIS", "NN"})
_APART = frozenset({"zusammen", "auseinander", "durcheinander"})


def leads_to(reading: Reading, number: int, clause: Clause, prepositions: tuple[str, ...]) -> Iterator[Statement]:
    """`führt zu Streit`: an abstract goal, and no way that leads there."""
    inside = range(clause.start, clause.end)
    place = next((i for i in inside if reading.low(i) in prepositions and reading.kinds[i].tag in ("APPR", "APPRART")), -1)
    noun = noun_phrase(reading, place + 1) if place >= 0 else None
    cause = subject(reading, number, clause, place) if noun else None
    if noun is None or cause is None or is_place(reading, noun) or reading.lemmas(cause) & WAYS or is_person(reading, cause):
        return
    if reading.lows(noun) & {"ende", "gespräch", "haus", "hause"} or any(reading.kinds[i].tag == "PPER" for i in range(*noun)):
        return
    sign = (min(clause.finite, place), max(clause.finite, place) + 1)
    yield from stated(reading, cause, noun, sign, "leads_to")


def does(reading: Reading, number: int, clause: Clause, lemmas: set[str]) -> Iterator[Statement]:
    """What a thing does, never a person."""
    kinds = reading.kinds
    if clause.kind not in ("main", "fragment") or clause.finite <= clause.start or kinds[clause.finite].tag == "VMFIN":
        return
    front = trim(reading, clause.start, clause.finite)
    rest = _rest(reading, clause)
    plain = front[0] < front[1] and kinds[front[0]].tag in _SUBJECTS and any(kinds[i].tag == "NN" for i in range(*front))
    cause = front if plain and not reading.lows(front) & PERSONS else None
    pointing = reading.lows(front) <= HERE and front[0] < front[1]
    if rest[0] >= rest[1] or (cause is None and not pointing):
        return
    abstract = cause is not None and is_abstract(reading, cause)
    if _makes(reading, clause, rest) or _brings(reading, clause, rest, cause is not None) or _affects(reading, clause, rest, lemmas, abstract):
        yield from stated(reading, cause or behind(reading, number), rest, (clause.finite, clause.finite + 1), "leads_to")


def _rest(reading: Reading, clause: Clause) -> Span:
    """What stands behind the verb, with the infinitive that hangs on it: `hält viele davon ab, Hilfe zu holen`."""
    clauses = reading.turn.clauses
    after = clauses[min(reading.turn.number[clause.finite] + 1, len(clauses) - 1)]
    goes_on = after.kind == "infinitive" and after.start == clause.end
    return trim(reading, clause.finite + 1, after.end if goes_on else clause.end)


def _makes(reading: Reading, clause: Clause, rest: Span) -> bool:
    """`macht die Leute mürbe`; what may be said of things too, only of a pronoun: `macht uns kaputt`."""
    kinds = reading.kinds
    last, first = kinds[rest[1] - 1], kinds[rest[0]]
    if kinds[clause.finite].lemma != "machen" or rest[1] - rest[0] < 2 or first.tag not in _OBJECTS:
        return False
    if last.low in BROKEN:
        return first.tag in ("PPER", "PRF", "PIS")
    return last.low in STATES or last.lemma in STATES


def _brings(reading: Reading, clause: Clause, rest: Span, named: bool) -> bool:
    verb, words = reading.kinds[clause.finite].lemma, reading.lows(rest)
    if verb == "schaffen":
        return named and is_abstract(reading, rest)
    if verb == "halten":
        return named and {"davon", "ab"} <= words
    talking = bool(words & TALKING and words & TOGETHER)
    return verb in ("bringen", "zusammenbringen") and (talking or reading.low(rest[1] - 1) in _APART)


def _affects(reading: Reading, clause: Clause, rest: Span, lemmas: set[str], abstract: bool) -> bool:
    """`erschwert den Kontakt`, `nimmt ihnen den Mut`: verbs that things alone do, others only of what is no person."""
    verb = reading.kinds[clause.finite].lemma
    if verb in ("sein", "werden"):
        return False  # `ist mit Arbeit verbunden`
    if verb in ("nehmen", "geben", "rauben"):
        return abstract and bool(reading.lows(rest) & GIVEN)
    objects = any(reading.kinds[i].tag in ("NN", "PPER", "PIS", "PRF") for i in range(*rest))
    return verb != "machen" and objects and bool(lemmas & CAUSING_VERBS or (abstract and lemmas & OBJECT_VERBS))
