"""Where something comes from: liegt an den Mieten, hängt mit der Schicht zusammen, hat mit der Politik zu tun, entsteht durch Enge."""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.causing.phrases import noun_phrase, whole
from pipeline.causing.spans import behind, domain, opened, trim
from pipeline.causing.statement import Statement, stated
from pipeline.causing.subjects import PERSONS, is_abstract, is_place, only_points, subject
from pipeline.causing.units import Reading
from pipeline.causing.words import HERE, SOURCES
from pipeline.stances.clauses import Clause
from pipeline.stances.turn import Span

_BODIES = frozenset({"stadt", "schule", "kirche", "land", "haus"})  # places, and those who work there
_HARDLY = frozenset({"wenig", "weniger", "kaum", "nichts"})
_LONGEST = 6  # words of a sign


def prepositions_of(reading: Reading, clause: Clause, lemmas: set[str]) -> tuple[str, ...]:
    """The prepositions behind which the verb of the clause has its cause; empty for other verbs."""
    words = reading.lows((clause.start, clause.end))
    if lemmas & {"liegen", "scheitern"}:
        return ("an", "am", "ans")
    if "zusammenhängen" in lemmas or ("hängen" in lemmas and "zusammen" in words):
        return ("mit", "vom")
    if {"tun", "haben"} <= lemmas and "zu" in words and not words & _HARDLY:
        return ("mit",)
    if "kommen" in lemmas and clause.finite > clause.start and _comes(reading, clause):
        return ("von", "vom")
    source = next((lemma for lemma in sorted(lemmas) if lemma in SOURCES), "")
    return SOURCES.get(source, ())


def _comes(reading: Reading, clause: Clause) -> bool:
    """`das kommt von …`, `die Angst kommt von …`: what comes is nobody and nothing on its way."""
    front = trim(reading, clause.start, clause.finite)
    return front[0] < front[1] and (reading.lows(front) <= HERE or is_abstract(reading, front))


def lies_in(reading: Reading, number: int, clause: Clause, prepositions: tuple[str, ...], denied: bool) -> Iterator[Statement]:
    """The cause is what stands behind the preposition; of a denied one what stands behind `sondern`."""
    place = _place(reading, number, clause, prepositions, denied)
    noun = noun_phrase(reading, place + 1) if place >= 0 else None
    if noun is None or not _may_be(reading, clause, noun):
        return
    effect = _effect(reading, number, clause, place, noun)
    first, last = (place, place + 1) if place < clause.finite else (clause.finite, place + 1)
    sign = (first, last) if last - first <= _LONGEST and not denied else (place, place + 1)
    yield from stated(reading, whole(reading, noun), effect, sign, "because_of")


def _place(reading: Reading, number: int, clause: Clause, prepositions: tuple[str, ...], denied: bool) -> int:
    inside = [i for i in range(clause.start, clause.end) if reading.low(i) in prepositions and reading.kinds[i].tag[:2] in ("AP", "AD")]
    place = inside[0] if inside else -1
    if not denied:
        return place
    behind_it = range(max(place, clause.start), reading.units[number].end - 1)
    return next((i + 1 for i in behind_it if reading.low(i) == "sondern" and reading.low(i + 1) in prepositions), -1)


def _may_be(reading: Reading, clause: Clause, noun: Span) -> bool:
    """No place, nobody by a pronoun alone; behind `kommt von` only what happens."""
    if is_place(reading, noun) and not reading.lemmas(noun) & _BODIES:
        return False
    if noun[1] - noun[0] == 1 and reading.kinds[noun[0]].tag in ("PRF", "PPER"):
        return False
    return reading.kinds[clause.finite].lemma != "kommen" or is_abstract(reading, noun)


def _effect(reading: Reading, number: int, clause: Clause, place: int, noun: Span) -> Span | None:
    """The dass-clause behind, what `das` points to, or the subject; an empty span where that is somebody or a place."""
    unit, front = reading.units[number], place < clause.finite
    child = [n for n in opened(reading, unit, frozenset({"dass"})) if reading.turn.clauses[n].matrix == clause.whole]
    if child and child[0] > reading.turn.number[clause.finite]:
        return trim(reading, reading.turn.clauses[child[0]].opener + 1, domain(reading, child[0]))
    pointing = reading.lows((clause.finite, min(clause.finite + 3, clause.end))) & (HERE | {"es"}) if front else only_points(reading, clause)
    if not child and (pointing or clause.finite == clause.start):
        return behind(reading, number)
    effect = subject(reading, number, clause, place)
    if child:
        return effect
    somebody = effect is None or effect[0] >= effect[1] or reading.lows(effect) & PERSONS or reading.kinds[effect[0]].tag in ("PPER", "NE", "PDS")
    lies = reading.kinds[clause.finite].lemma == "liegen" and not front
    return (0, 0) if somebody or (lies and any(reading.kinds[i].tag == "NE" for i in range(*noun))) else effect
