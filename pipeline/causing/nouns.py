"""Nouns that name a cause or a result: der Grund (dafür) ist, die Folge ist, mit der Folge, dass, schuld (daran)."""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.causing.denial import denied_in, framed_denial
from pipeline.causing.phrases import noun_phrase
from pipeline.causing.spans import asks, behind, domain, opened, said, trim
from pipeline.causing.statement import Statement, stated
from pipeline.causing.units import Reading
from pipeline.causing.words import HERE, REASONS, RESULTS, WHY
from pipeline.stances.clauses import Clause
from pipeline.stances.turn import Span


def nouns(reading: Reading) -> Iterator[Statement]:
    for number, unit in enumerate(reading.units):
        if asks(reading, unit):
            continue
        for i in range(unit.start, unit.end):
            kind, clause = reading.kinds[i], reading.clause(i)
            if kind.low == "schuld" and max(clause.finite, reading.turn.clauses[clause.whole].finite) >= 0:
                yield from _blame(reading, number, i)
            elif kind.tag == "NN" and (kind.lemma in REASONS or kind.low in REASONS):
                yield from _reason(reading, number, i)
            elif kind.tag == "NN" and (kind.lemma in RESULTS or kind.low in RESULTS):
                yield from _result(reading, number, i)


def _copula(reading: Reading, whole: int) -> int:
    """The place of a form of sein that is the verb of the clause in any of its stretches, or -1."""
    return next((i for i in reading.turn.places(whole) if reading.kinds[i].lemma == "sein" and reading.kinds[i].verbal == "f"), -1)


def _allowed(reading: Reading, i: int, whole: int) -> bool:
    places = reading.turn.places(whole)
    asked = reading.kinds[i - 1].tag in ("PWAT", "PIAT") or reading.low(i - 1) in ("kein", "keinen") if i else False
    return not asked and not denied_in(reading, places) and not framed_denial(reading, i)


def _reason(reading: Reading, number: int, i: int) -> Iterator[Statement]:
    """`Der Grund, warum …, ist …`, `Grund dafür ist, dass …`, `das ist der Grund, warum …`."""
    unit, whole = reading.units[number], reading.clause(i).whole
    place = _copula(reading, whole)
    if place < 0 and _allowed(reading, i, whole):
        yield from _has_reason(reading, number, i)
    if place < 0 or not _allowed(reading, i, whole):
        return
    asked = [n for n in opened(reading, unit, WHY | {"dass"}) if reading.turn.clauses[n].start > i]
    naming = WHY | {"dass"} if place < i or reading.low(i + 1) == "dafür" else WHY
    near = [n for n in asked if reading.low(reading.turn.clauses[n].opener) in naming and reading.turn.clauses[n].start <= i + 3]
    named = near[0] if near else -1
    effect: Span | None = None
    if named >= 0:
        effect = trim(reading, reading.turn.clauses[named].opener + 1, domain(reading, named))
    if place < i:  # `das ist der Grund, warum …`
        front = trim(reading, reading.turn.clauses[whole].start, place)
        if named >= 0 and front[0] < front[1]:
            cause = behind(reading, number) if reading.lows(front) <= HERE | {"auch"} else front
            yield from stated(reading, cause, effect, (i - 1, reading.turn.clauses[named].opener + 1), "noun_cause")
        return
    for_what = next((j for j in range(i + 1, place) if reading.low(j) == "für"), -1)
    if named < 0:
        effect = trim(reading, for_what + 1, place) if for_what >= 0 else behind(reading, number)
    cause, sign_end = _predicate(reading, number, place)
    start = i - 1 if i > unit.start and reading.kinds[i - 1].tag in ("ART", "PIAT") else i
    sign = (start, sign_end if sign_end - start <= 6 and named < 0 else i + 1)
    yield from stated(reading, cause, effect, sign, "noun_cause")


def _has_reason(reading: Reading, number: int, i: int) -> Iterator[Statement]:
    """`Das hat den Grund, dass …`."""
    unit, main = reading.units[number], reading.turn.clauses[reading.clause(i).whole]
    for n in opened(reading, unit, frozenset({"dass"})):
        clause = reading.turn.clauses[n]
        if clause.start == i + 2 and main.finite >= 0 and reading.kinds[main.finite].lemma == "haben":
            front = trim(reading, main.start, main.finite)
            effect = behind(reading, number) if reading.lows(front) <= HERE else front
            yield from stated(reading, said(reading, clause.opener + 1, domain(reading, n)), effect, (main.finite, clause.opener + 1), "noun_cause")


def _predicate(reading: Reading, number: int, place: int) -> tuple[Span | None, int]:
    """What stands behind `ist`: a dass-clause, a noun phrase, or the next main clause (`ist einfach, die wollen nicht`)."""
    unit = reading.units[number]
    for n in opened(reading, unit, frozenset({"dass", "weil"})):
        clause = reading.turn.clauses[n]
        if clause.start > place and clause.start - place <= 5:
            return said(reading, clause.opener + 1, domain(reading, n)), clause.opener + 1
    start = place + 1
    while start < unit.end and (reading.kinds[start].tag in ("ADV", "ADJD", "$,", "ITJ") or (reading.low(start) in HERE and start == place + 1)):
        start += 1
    rest = trim(reading, start, unit.end)
    if rest[0] < rest[1]:
        return rest, place + 1
    following = reading.units[number + 1] if number + 1 < len(reading.units) else None
    if following is None or not (following.sentence == unit.sentence or reading.low(unit.end - 1) == ":"):
        return None, place + 1
    return trim(reading, following.start, following.end), place + 1


def _result(reading: Reading, number: int, i: int) -> Iterator[Statement]:
    """`Die Folge ist, dass …`, `mit der Folge, dass …`."""
    unit, whole = reading.units[number], reading.clause(i).whole
    children = [n for n in opened(reading, unit, frozenset({"dass"})) if reading.turn.clauses[n].start > i]
    if reading.low(i - 2) == "mit" and children:
        clause = reading.turn.clauses[children[0]]
        effect = said(reading, clause.opener + 1, domain(reading, children[0]))
        yield from stated(reading, trim(reading, unit.start, i - 2), effect, (i - 2, clause.opener + 1), "leads_to")
        return
    place = _copula(reading, whole)
    start = i - 1 if i > unit.start and reading.kinds[i - 1].tag == "ART" else i
    if 0 <= place < i:
        yield from _follows(reading, number, i, place)
    if place < i or place - i > 3 or not _allowed(reading, i, whole) or trim(reading, unit.start, unit.end)[0] < start:
        return
    effect, end = _predicate(reading, number, place)
    yield from stated(reading, behind(reading, number), effect, (start, end), "leads_to")


def _follows(reading: Reading, number: int, i: int, place: int) -> Iterator[Statement]:
    """`Das ist die Folge davon, dass …`, `das Misstrauen ist eine Folge der Kontrollen`."""
    unit, main = reading.units[number], reading.turn.clauses[reading.clause(i).whole]
    front = trim(reading, main.start, place)
    effect = behind(reading, number) if reading.lows(front) <= HERE | {"auch", "alles"} else front
    child = next((n for n in opened(reading, unit, frozenset({"dass"})) if reading.turn.clauses[n].start > i), -1)
    cause: Span | None = None
    if child >= 0 and reading.low(i + 1) in ("davon", "daraus"):
        cause = said(reading, reading.turn.clauses[child].opener + 1, domain(reading, child))
    elif reading.low(i + 1) in ("von", "vom", "der", "des", "dieser", "aus"):
        cause = noun_phrase(reading, i + 1 if reading.kinds[i + 1].tag == "ART" else i + 2)
    if _allowed(reading, i, main.whole) and front[0] < front[1]:
        yield from stated(reading, cause, effect, (place, i + 1), "because_of")


def _blame(reading: Reading, number: int, i: int) -> Iterator[Statement]:
    """`X ist schuld (daran, dass …)`, `an Y ist X schuld`, `schuld daran ist X`."""
    unit, clause = reading.units[number], reading.clause(i)
    main = reading.turn.clauses[clause.whole]
    finite, places = (main.finite if main.finite >= 0 else clause.finite), reading.turn.places(clause.whole)
    if not _allowed(reading, i, clause.whole) or reading.kinds[finite].lemma not in ("sein", "haben", "tragen"):
        return
    child = next((n for n in opened(reading, unit, frozenset({"dass"})) if reading.turn.clauses[n].start > i and reading.turn.clauses[n].start - i <= 4), -1)
    at = next((j for j in places if reading.low(j) in ("an", "am") and reading.kinds[j].tag in ("APPR", "APPRART")), -1)
    object_at = noun_phrase(reading, at + 1) if at >= 0 else None
    effect, end = _blamed_for(reading, number, child, object_at)
    cause = _blamed(reading, main, finite, i, at, object_at)
    sign = (min(finite, i), end) if child >= 0 and end - min(finite, i) <= 6 else (i, i + 1)
    bare = at < 0 and child < 0
    if bare and cause is not None and reading.kinds[cause[0]].tag == "PPER":
        return
    if cause is not None and not (at < 0 and child < 0 and reading.lows((clause.start, clause.end)) & {"selber", "selbst"}):
        yield from stated(reading, cause, effect, sign, "blame")


def _blamed_for(reading: Reading, number: int, child: int, object_at: Span | None) -> tuple[Span | None, int]:
    if child >= 0:
        clause = reading.turn.clauses[child]
        return said(reading, clause.opener + 1, domain(reading, child)), clause.opener + 1
    unit = reading.units[number]
    for n in opened(reading, unit, frozenset({"dass"})):  # `dass es so kam, daran ist die Stadt schuld`
        clause = reading.turn.clauses[n]
        if reading.low(domain(reading, n)) == "daran" and n < unit.main:
            return trim(reading, clause.opener + 1, domain(reading, n)), -1
    return (object_at if object_at is not None else behind(reading, number)), -1


def _blamed(reading: Reading, main: Clause, finite: int, i: int, at: int, object_at: Span | None) -> Span | None:
    """Who or what is said to be the cause: what is left of the clause."""
    front = trim(reading, main.start, finite)
    beside = at >= 0 and object_at is not None and at < finite
    if front[0] < front[1] and not beside and reading.low(front[0]) not in ("schuld", "daran") and i > finite:
        return None if reading.lows(front) <= HERE | {"es"} else front
    end = i if i > finite else reading.turn.clauses[main.whole].end
    last = max((c.end for c in reading.turn.clauses[main.whole : reading.turn.number[finite] + 1]), default=end)
    rest = trim(reading, finite + 1, end if i > finite else last)
    return rest if rest[0] < rest[1] else None
