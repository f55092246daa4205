"""Clauses that depend on a denial and are denied with it: `glaub nicht, dass …`, `keine Lust, … zu …`, `niemand, der
…`, `geweigert, zu kommen`.
"""

from __future__ import annotations

from pipeline.stances.lacking import possible
from pipeline.stances.turn import Turn


def dependents(turn: Turn, whole: int, places: list[int], negators: dict[int, list[int]], negated: list[int]) -> None:
    """Clauses that depend on a negated one: `glaub nicht, dass …`, `keine Lust, … zu …`, `niemand, der …`."""
    kinds = turn.kinds
    judged = any(
        "factive" in kinds[i].cues and (i > places[0] or kinds[i].low not in _ADVERBS) for i in turn.places(whole)
    )
    vain = (
        any(kinds[i].low in _VAIN for i in places) and turn.cue(whole, "awaited") >= 0
    )  # `darauf warten wir vergeblich`
    raises = (vain or _raises(turn, whole)) and not _nobody_says(turn, whole, places)
    for number in turn.below(whole):
        clause = turn.clauses[number]
        opener = turn.opener(number)
        if clause.kind == "relative":
            before = [kinds[i] for i in range(max(clause.start - 5, turn.clauses[whole].start), clause.start)]
            found = any("nobody" in kind.cues or "article" in kind.cues for kind in before)
            found = found or _of_somebody(turn, number, places)
        elif clause.kind == "infinitive":
            found = raises and not judged and opener not in ("um", "ohne", "statt", "anstatt")
        else:
            found = opener in ("dass", "das") and raises and not judged
        if found:
            _turn_over(turn, number, places[0], negators, negated)
    after = max(turn.stretches[whole]) + 1
    if raises and after < len(turn.clauses) and _unreal(turn, whole, after):
        _turn_over(turn, after, places[0], negators, negated)


# Before the denial these do not judge: `es stimmt einfach nicht, dass …`.
_ADVERBS = frozenset({"einfach", "sicher", "klar", "echt"})
_VAIN = frozenset({"vergeblich", "vergebens"})
_HELPING = frozenset({"haben", "sein", "können", "kommen"})


def _raises(turn: Turn, whole: int) -> bool:
    """Whether a denial of the clause is one of what depends on it; `haben`, `können` tell only without another verb."""
    kinds = turn.kinds
    places = turn.places(whole)
    full = any(kinds[i].verbal in ("p", "i") and kinds[i].lemma not in _HELPING for i in places)
    return any(
        "raising" in kinds[i].cues and not (full and kinds[i].verbal and kinds[i].lemma in _HELPING) for i in places
    )


def _of_somebody(turn: Turn, number: int, places: list[int]) -> bool:
    """`weder hier noch da ist jemand, der uns versteht`: an indefinite pronoun right before, under the negator."""
    before = turn.clauses[number].start - 2
    if before < 1 or turn.kinds[before].low not in _INDEFINITE:
        return False
    return any(place < before and turn.number[place] == turn.number[before] for place in places)


_INDEFINITE = frozenset("jemand jemanden jemandem einer einen einem eine was etwas".split())


def _unreal(turn: Turn, whole: int, after: int) -> bool:
    """`keiner kann behaupten, er hätte nichts gewusst`: a main clause in the subjunctive behind a denied verb of saying
    or thinking.
    """
    clause, kinds = turn.clauses[after], turn.kinds
    if (
        clause.kind != "main"
        or clause.joined != whole
        or clause.finite < 0
        or kinds[clause.start].low in ("aber", "und", "sonst", "dann")
    ):
        return False
    says = any("say" in kinds[i].cues and kinds[i].verbal for i in turn.places(whole))
    return says and kinds[clause.finite].low in ("hätte", "hätten", "wäre", "wären", "würde", "würden")


def _nobody_says(turn: Turn, whole: int, places: list[int]) -> bool:
    """`keiner sagt dir, dass es Kurse gibt`: what nobody says may well be so."""
    says = any(
        "say" in turn.kinds[i].cues
        and "thought" not in turn.kinds[i].cues
        and turn.kinds[i].verbal
        and turn.kinds[i].lemma != "behaupten"
        for i in turn.places(whole)
    )
    return says and all("nobody" in turn.kinds[i].cues for i in places)


def refused(turn: Turn, negators: dict[int, list[int]], negated: list[int]) -> None:
    """Clauses of verbs that deny by themselves: `verboten, zu grillen`, `geweigert, zu kommen`, `verhindern, dass …`."""
    for whole in turn.stretches:
        place = next((i for i in turn.places(whole) if _denies(turn, i)), -1)
        if place < 0 or whole in negators:
            continue
        for number in turn.below(whole):
            clause = turn.clauses[number]
            opener = turn.opener(number)
            if (clause.kind == "infinitive" and opener != "um") or opener in ("dass", "das"):
                _turn_over(turn, number, place, negators, negated)


def _denies(turn: Turn, i: int) -> bool:
    cues = turn.kinds[i].cues
    return "denying" in cues or ("dismissed" in cues and possible(turn, i))


def _turn_over(turn: Turn, whole: int, place: int, negators: dict[int, list[int]], negated: list[int]) -> None:
    """Negates a clause, or affirms it where it is negated itself: `niemand, der nicht hilft`."""
    own = set(negators.get(whole, ()))
    for i in turn.places(whole):
        negated[i] = place if not own else (-1 if negated[i] in own else negated[i])
