"""Which word negates each word of a turn: by clause and noun phrase, clauses that depend on a denial, and verbs of
lacking.

A negator governs its clause; before a noun (`kein`, `ohne`) its phrase first. What the contrary follows (`nicht X,
sondern Y`) is negated alone. A second negator of the clause, as dialects have it, changes nothing. The place given is
the negator's.
"""

from __future__ import annotations

from pipeline.stances.denials import dependents, refused
from pipeline.stances.harmless import harmless
from pipeline.stances.lacking import lacking
from pipeline.stances.phrases import behind_preposition, noun_phrase
from pipeline.stances.turn import Turn

_DEFINITE = frozenset("der die das den dem unser unsere unseren mein meine meinen meiner diese dieser diesen".split())


def mark(turn: Turn) -> list[int]:
    """For every word of the turn the place of what negates it, or -1."""
    negated = [-1] * len(turn.kinds)
    idle = harmless(turn)
    negators: dict[int, list[int]] = {}
    for i, kind in enumerate(turn.kinds):
        if "negator" in kind.cues and i not in idle:
            negators.setdefault(turn.whole(i), []).append(i)
    denied = {whole: places[0] for whole, places in negators.items()}
    for whole, places in negators.items():
        for place in places:
            _clause(turn, whole, place, negated)
    for whole, places in negators.items():
        dependents(turn, whole, places, negators, negated)
    refused(turn, negators, negated)
    _openers(turn, negated)
    _phrases(turn, negated)
    lacking(turn, denied, negated)
    _answered(turn, negated)
    _taken_up(turn, negated)
    for i in idle:  # `damit habe ich kein Problem` is not denied, the problem is
        if "article" in turn.kinds[i].cues:
            for j in noun_phrase(turn.kinds, i, turn.clauses[turn.number[i]].end):
                negated[j] = i
        elif turn.kinds[i].low == "nicht" and i + 2 < len(turn.kinds) and turn.kinds[i + 2].tag in ("ADJD", "ADJA"):
            negated[i + 2] = i if turn.kinds[i + 1].low in _LESS and negated[i + 2] < 0 else negated[i + 2]
    return negated


_LESS = frozenset("so besonders sonderlich allzu gerade wirklich sehr".split())  # `nicht besonders sauber`


def _taken_up(turn: Turn, negated: list[int]) -> None:
    """`Frei sprechen, ich meine richtig, das machen wir nie`: what a denied clause takes up with `das`."""
    for number, clause in enumerate(turn.clauses):
        if clause.finite >= 0 or clause.kind not in ("fragment", "infinitive") or clause.opener >= 0:
            continue
        for after in turn.clauses[number + 1 : number + 4]:
            if after.sentence != clause.sentence or turn.kinds[after.start].low not in _TAKING_UP:
                continue
            place = next(
                (
                    i
                    for i in range(after.start, after.end)
                    if "adverb" in turn.kinds[i].cues and negated[after.start] == i
                ),
                -1,
            )
            if place >= 0 and after.kind == "main":
                for i in range(clause.start, clause.end):
                    negated[i] = place if negated[i] < 0 else negated[i]
            break


_TAKING_UP = frozenset({"das", "dat", "des", "sowas"})


def _clause(turn: Turn, whole: int, place: int, negated: list[int]) -> None:
    kinds = turn.kinds
    scope = turn.places(whole)
    contrary = _contrary(turn, place)
    if contrary:
        scope = list(range(place + 1, contrary))
    elif _set_against(turn, place):
        scope = list(range(place + 1, turn.clauses[turn.number[place]].end))
    elif "adverb" in kinds[place].cues:
        scope = [*scope, *_shared(turn, whole)]
    spared = _spared(turn, scope, place) if kinds[place].low in ("nicht", "nie") else frozenset()
    for i in scope:
        if i == place or i in spared or "article" in kinds[i].cues:
            continue  # an article brings its own negation: another one does not deny `kein Raum`
        if (negated[i] < 0) or abs(negated[i] - i) > abs(place - i):
            negated[i] = place
    if "article" in kinds[place].cues:  # the noun's own negator, however near another one stands
        for i in noun_phrase(kinds, place, turn.clauses[turn.number[place]].end):
            negated[i] = place


def _set_against(turn: Turn, place: int) -> bool:
    """`… und nicht danach`, `…, aber kein Mitleid`: a rest that denies itself only, what stands before it being so."""
    kinds, number = turn.kinds, turn.number[place]
    start = turn.clauses[number].start
    if number != turn.clauses[number].whole and place == start:
        return False  # the clause goes on behind another one: `wir bekamen das, als sie kamen, nicht`
    if place <= start or kinds[place].low not in _SETTING_AGAINST:
        return place > 0 and place == start and kinds[place - 1].low == ","
    before = kinds[place - 1].low
    if before in ("aber", "doch", "jedoch"):
        return place - 1 == start or kinds[place - 2].low == ","
    return before in ("und", "oder", ",") and kinds[place - 1].tag in ("KON", "$,")


_SETTING_AGAINST = frozenset("nicht kein keine keinen keinem keiner nie nichts".split())


def _shared(turn: Turn, whole: int) -> list[int]:
    """`die kommen nicht und helfen`: a bare second verb right behind `und` shares subject and negation."""
    after = max(turn.stretches[whole]) + 1
    if after >= len(turn.clauses) or turn.clauses[after].joined != whole:
        return []
    clause = turn.clauses[after]
    words = [i for i in range(clause.start, clause.end) if turn.kinds[i].tag[0] != "$"]
    bare = len(words) == 2 and turn.kinds[words[0]].low in ("und", "oder") and words[1] == clause.finite
    return words if bare else []


def _spared(turn: Turn, scope: list[int], place: int) -> frozenset[int]:
    """Phrases with a preposition and a definite article before the negation: what they name is there (`gegen die
    Vorurteile kommt man nicht an`); but `das mit der Patenschaft hat nicht geklappt`.
    """
    kinds = turn.kinds
    found: set[int] = set()
    for i in scope:
        if i > place:
            break
        if (
            kinds[i].tag == "APPR"
            and (i == 0 or kinds[i - 1].low != "das")
            and i + 1 < len(kinds)
            and kinds[i + 1].low in _DEFINITE
            and kinds[i + 1].tag in ("ART", "PPOSAT", "PDAT")
        ):
            found.update(noun_phrase(kinds, i + 1, turn.clauses[turn.number[i]].end))
    return frozenset(found)


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
    return (
        clause.end
        if any(kind.tag in ("NN", "NE", "ADJA", "APPR", "APPRART") for kind in turn.kinds[place + 1 : clause.end])
        else 0
    )


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
            if (
                kind.low == "ohne"
                and kinds[min(i + 1, len(kinds) - 1)].low in _DEFINITE
                and _counterfactual(turn, clause.whole)
            ):
                continue  # `ohne die Nachbarin wäre …`: she is there
        for j in places:
            negated[j] = i


def _counterfactual(turn: Turn, whole: int) -> bool:
    return any("subjunctive" in turn.kinds[i].cues or turn.kinds[i].low == "sollte" for i in turn.places(whole))


def _phrases(turn: Turn, negated: list[int]) -> None:
    for start, end in turn.found.get("negating", ()):
        for i in range(end, turn.clauses[turn.number[start]].end):
            negated[i] = start
    for start, _ in turn.found.get("vain", ()):
        for i in range(turn.sentence(start)[0], start):
            negated[i] = start


def _answered(turn: Turn, negated: list[int]) -> None:
    """What the speaker asks himself and denies (`Kontakt? Nee.`, `Ein Termin? Da gibt's nichts.`), or takes back with a
    last `nein`.
    """
    kinds = turn.kinds
    for number, end in enumerate(turn.ends):
        start = turn.ends[number - 1] if number else 0
        if kinds[end - 1].low == "?" and end < len(kinds) and end - start > 1:
            bare = all(clause.finite < 0 for clause in turn.clauses[turn.number[start] : turn.number[end - 1] + 1])
            first = next((i for i in range(end, len(kinds)) if kinds[i].low not in _BEFORE_DENIAL), end)
            place = _denial(turn, end, negated) if bare or "denial" in kinds[first].cues else -1
            if place >= 0:
                for i in range(start, end):
                    negated[i] = place if negated[i] < 0 else -1
        last = end - 1 if kinds[end - 1].tag[0] != "$" else end - 2
        if (
            last - 2 > start
            and "answer" in kinds[last].cues
            and kinds[last].tag == "PTKANT"
            and kinds[last - 1].low == ","
        ):
            for i in turn.places(turn.number[last - 2]):
                negated[i] = last if negated[i] < 0 else negated[i]


_BEFORE_DENIAL = frozenset({"eben", "genau", "richtig", "na", "ja", "tja", ",", "äh", "also"})


def _denial(turn: Turn, start: int, negated: list[int]) -> int:
    """The place of the denial at the beginning of the sentence, or -1; `eben, keine` begins so too."""
    while start + 2 < len(turn.kinds) and turn.kinds[start].low in _BEFORE_DENIAL:
        start += 1
    if "denial" in turn.kinds[start].cues:
        return start
    clause = turn.clauses[turn.number[start]]
    return next((negated[i] for i in range(start, clause.end) if negated[i] >= 0), -1)
