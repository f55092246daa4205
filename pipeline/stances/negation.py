"""Which word negates each word of a turn: by clause and noun phrase, clauses that depend on a denial, and verbs of lacking.

A negator governs its clause; before a noun (`kein`, `ohne`) its phrase first. What the contrary follows (`nicht X, sondern Y`) is negated
alone. A second negator of the clause, as dialects have it, changes nothing. The place given is the negator's.
"""

from __future__ import annotations

from pipeline.stances.lacking import lacking
from pipeline.stances.phrases import behind_preposition, noun_phrase
from pipeline.stances.turn import Turn

_FACTS = "factive"
_JOINED = frozenset({"und", "oder", "noch"})


def mark(turn: Turn) -> list[int]:
    """For every word of the turn the place of what negates it, or -1."""
    negated = [-1] * len(turn.kinds)
    harmless = _harmless(turn)
    negators: dict[int, list[int]] = {}
    for i, kind in enumerate(turn.kinds):
        if "negator" in kind.cues and i not in harmless:
            negators.setdefault(turn.whole(i), []).append(i)
    denied = {whole: places[0] for whole, places in negators.items()}
    for whole, places in negators.items():
        for place in places:
            _clause(turn, whole, place, negated)
    for whole, places in negators.items():
        _dependents(turn, whole, places, negators, negated)
    _openers(turn, negated)
    _phrases(turn, negated)
    lacking(turn, denied, negated)
    _answered(turn, negated)
    return negated


def _harmless(turn: Turn) -> set[int]:
    """Places of negating words that negate nothing here: in fixed phrases, tag questions, suggestions."""
    kinds = turn.kinds
    places = {i for start, end in turn.found.get("harmless", ()) for i in range(start, end)}
    for i, kind in enumerate(kinds):
        if "negator" not in kind.cues or i in places:
            continue
        start, end = turn.sentence(i)
        behind = kinds[i + 1] if i + 1 < end else None
        if kind.tag == "ITJ" or (kind.low == "nicht" and behind and "limits" in behind.cues):
            places.add(i)
        elif kind.low == "nicht" and behind and behind.low == "?" and i > start and kinds[i - 1].low == ",":
            places.add(i)
        elif kind.low == "nicht" and kinds[end - 1].low == "?" and _suggests(turn, i):
            places.add(i)
    return places


def _suggests(turn: Turn, i: int) -> bool:
    """`Könnte man nicht mal …?`: a question whose verb stands first and that asks for the thing."""
    clause = turn.clauses[turn.number[i]]
    first = turn.kinds[clause.start]
    return first.verbal == "f" or first.low in ("warum", "wieso", "weshalb")


def _clause(turn: Turn, whole: int, place: int, negated: list[int]) -> None:
    kinds = turn.kinds
    scope = turn.places(whole)
    contrary = _contrary(turn, place)
    if contrary:
        scope = list(range(place + 1, contrary))
    for i in scope:
        if i != place and (negated[i] < 0 or abs(negated[i] - i) > abs(place - i)):
            negated[i] = place
    if "article" in kinds[place].cues:  # the noun's own negator, however near another one stands
        for i in noun_phrase(kinds, place, turn.clauses[turn.number[place]].end):
            negated[i] = place


def _contrary(turn: Turn, place: int) -> int:
    """Where a phrase that is negated alone ends, `sondern` standing behind it; or 0."""
    number = turn.number[place]
    clause = turn.clauses[number]
    if number + 1 >= len(turn.clauses):
        return 0
    after = turn.clauses[number + 1]
    if turn.kinds[after.start].low != "sondern" or after.finite >= 0 or after.sentence != clause.sentence:
        return 0
    # `nicht wegen der Religion, sondern …`; but `Wir reden nicht, sondern …` denies the verb
    return clause.end if any(kind.tag in ("NN", "NE", "ADJA") for kind in turn.kinds[place + 1 : clause.end]) else 0


def _dependents(turn: Turn, whole: int, places: list[int], negators: dict[int, list[int]], negated: list[int]) -> None:
    """Clauses that depend on a negated one: `glaub nicht, dass …`, `keine Lust, … zu …`, `niemand, der …`."""
    kinds = turn.kinds
    inside = [kinds[i] for i in turn.places(whole)]
    judged = any(_FACTS in kind.cues for kind in inside)
    raises = any("raising" in kind.cues for kind in inside)
    for number in turn.below(whole):
        clause = turn.clauses[number]
        opener = kinds[clause.opener].low if clause.opener >= 0 else ""
        if clause.kind == "relative":
            before = [kinds[i] for i in range(max(clause.start - 5, turn.clauses[whole].start), clause.start)]
            found = any("nobody" in kind.cues or "article" in kind.cues for kind in before)
        elif clause.kind == "infinitive":
            found = raises and not judged and opener not in ("um", "ohne", "statt", "anstatt")
        else:
            found = opener in ("dass", "das") and raises and not judged
        if found:
            _turn_over(turn, number, places[0], negators, negated)


def _turn_over(turn: Turn, whole: int, place: int, negators: dict[int, list[int]], negated: list[int]) -> None:
    """Negates a clause, or affirms it where it is negated itself: `niemand, der nicht hilft`."""
    own = set(negators.get(whole, ()))
    for i in turn.places(whole):
        negated[i] = place if not own else (-1 if negated[i] in own else negated[i])


def _openers(turn: Turn, negated: list[int]) -> None:
    """`ohne Hilfe`, `statt eines Raums`: the phrase; `ohne zu fragen`, `ohne dass einer fragt`: the clause."""
    kinds = turn.kinds
    for i, kind in enumerate(kinds):
        if "opener" not in kind.cues:
            continue
        clause = turn.clauses[turn.number[i]]
        if clause.kind == "infinitive" or (i + 1 < clause.end and kinds[i + 1].low == "dass"):
            places = [j for j in turn.places(clause.whole) if j > i]
        else:
            places = behind_preposition(kinds, i, clause.end)
        for j in places:
            negated[j] = i


def _phrases(turn: Turn, negated: list[int]) -> None:
    for start, end in turn.found.get("negating", ()):
        for i in range(end, turn.clauses[turn.number[start]].end):
            negated[i] = start


def _answered(turn: Turn, negated: list[int]) -> None:
    """`Kontakt zu den Nachbarn? Nee.`: what the speaker asks himself and denies."""
    for number, end in enumerate(turn.ends[:-1]):
        start = turn.ends[number - 1] if number else 0
        if end - start < 2 or turn.kinds[end - 1].low != "?" or "denial" not in turn.kinds[end].cues:
            continue
        for i in range(start, end):
            negated[i] = end if negated[i] < 0 else -1
