"""Which word makes what is told at each place a wish, thought, plan, possibility, condition or demand.

The trigger of a word that is itself the only one (`wenn die mal [gingen]`) is what else shows it: the conjunction,
the clause with which it shares its mood.
"""

from __future__ import annotations

from pipeline.stances.conditions import conditions
from pipeline.stances.moods import mood
from pipeline.stances.phrases import noun_phrase
from pipeline.stances.tenses import told_past
from pipeline.stances.turn import Turn

_SPREADS = frozenset("dass das wenn ob damit wo sobald falls was um als wie solange".split())
_DEFINITE = frozenset("der die das den dem unser unsere mein meine dieser diese dieses".split())


def mark(turn: Turn, reported: list[int], negated: list[int]) -> list[int]:
    """For every word of the turn the place of what makes it hypothetical, or -1.

    `reported` and `negated` are the marks of the turn: Konjunktiv II is only indirect speech where others are
    reported, and only a matter of form behind `ich glaube nicht, dass …`.
    """
    triggers: dict[int, int] = {}
    polite = {i for start, end in turn.found.get("hedge", ()) for i in range(start, end)}
    for whole in turn.stretches:
        place = mood(turn, whole, polite, reported, negated)
        if place >= 0:
            triggers[whole] = place
    for start, _ in turn.found.get("wish", ()):
        triggers.setdefault(turn.whole(start), start)
    conditions(turn, triggers)
    _awaited(turn, triggers)
    _spread(turn, triggers)
    _fragments(turn, triggers)
    return _marks(turn, triggers)


def _marks(turn: Turn, triggers: dict[int, int]) -> list[int]:
    marks = [-1] * len(turn.kinds)
    for whole, place in triggers.items():
        spared = _existing(turn, whole, place)
        for i in turn.places(whole):
            if i not in spared:
                marks[i] = place
        clause = turn.clauses[whole]
        if place == clause.finite:  # the finite verb itself: another sign of the same mood, where there is one
            other = clause.matrix if clause.matrix in triggers else clause.opener
            marks[place] = (
                triggers[other] if other == clause.matrix and other in triggers else (other if other >= 0 else place)
            )
    return marks


def _existing(turn: Turn, whole: int, place: int) -> set[int]:
    """Nouns that exist: `das Heim könnte schöner sein`, `ohne die Nachbarin wäre …`."""
    kinds = turn.kinds
    places = turn.places(whole)
    without = next(
        (i for i in places if kinds[i].low == "ohne" and i + 1 < len(kinds) and kinds[i + 1].low in _DEFINITE), -1
    )
    if without >= 0:
        return set(noun_phrase(kinds, without + 1, places[-1] + 1))
    compared = any(kinds[i].small and kinds[i].tag[:2] in ("AD", "NN") and kinds[i].low.endswith("er") for i in places)
    if not compared or not any(kinds[i].lemma in ("sein", "werden", "aussehen") for i in places):
        return set()
    return {
        i for n, i in enumerate(places) if kinds[i].tag in ("NN", "NE") and n and kinds[places[n - 1]].low in _DEFINITE
    }


_NOT = frozenset({"nicht", "nie", "kein", "vergeblich", "vergebens"})
_PERSONS = frozenset({"ich", "wir", "er", "sie", "die", "du", "ihr"})
_WOULD = frozenset({"wäre", "fände"})


def _awaited(turn: Turn, triggers: dict[int, int]) -> None:
    """What is awaited, promised, threatened or dreamt of, while that itself is so: `ich warte drauf, dass …`."""
    for whole in turn.stretches:
        clause = turn.clauses[whole]
        places = turn.places(whole)
        place = next(
            (i for i in places if "awaited" in turn.kinds[i].cues and turn.kinds[i].low not in ("darauf", "daran")), -1
        )
        vain = any(turn.whole(start) == whole for start, _ in turn.found.get("vain", ()))
        if place < 0 or vain or turn.holds(whole, _NOT):
            continue
        for number in turn.below(whole):
            opener = turn.clauses[number].opener
            if opener > 0 and turn.kinds[opener - 1].low == "als":
                continue
            if turn.clauses[number].kind == "infinitive" or turn.opener(number) in ("dass", "das", "ob", "wenn"):
                triggers.setdefault(number, place)
        after = max(turn.stretches[whole]) + 1
        if "promised" not in turn.kinds[place].cues or after >= len(turn.clauses):
            continue
        said = turn.clauses[after]
        if (
            said.kind == "main"
            and clause.kind != "relative"
            and said.whole > whole
            and said.sentence == clause.sentence
            and turn.kinds[said.start].low not in ("aber", "und", "doch")
        ):
            triggers.setdefault(said.whole, place)


def _spread(turn: Turn, triggers: dict[int, int]) -> None:
    """What depends on a wish is wished: `ich fände gut, dass …`, `einen Raum, wo man sich trifft`; and `…, was ich mir
    wünsche`.
    """
    for whole in turn.stretches:
        clause = turn.clauses[whole]
        what = clause.opener >= 0 and turn.kinds[clause.opener].low == "was" and clause.matrix >= 0
        if what and whole in triggers and "demand" not in turn.kinds[triggers[whole]].cues:
            triggers.setdefault(clause.matrix, triggers[whole])
    for whole in turn.stretches:
        clause = turn.clauses[whole]
        if whole in triggers:
            continue
        if clause.matrix in triggers:
            opener = turn.opener(whole)
            known = opener in ("dass", "das", "was", "wie") and any(
                "known" in turn.kinds[i].cues for i in turn.places(clause.matrix)
            )
            if (clause.kind in ("relative", "infinitive") or opener in _SPREADS) and not known:
                triggers[whole] = triggers[clause.matrix]
        elif clause.joined in triggers and clause.kind == "main" and _goes_on(turn, whole, triggers[clause.joined]):
            triggers[whole] = triggers[clause.joined]


def _goes_on(turn: Turn, whole: int, trigger: int) -> bool:
    """`Mein Traum ist, ich mache …`, `am liebsten wäre mir, die …`, `würden da kochen und reden`."""
    clause, kinds = turn.clauses[whole], turn.kinds
    verb = kinds[clause.finite]
    form_only = clause.finite >= 0 and verb.tag == "VVFIN" and verb.low.endswith(("te", "ten"))
    if form_only and "subjunctive" in kinds[trigger].cues and kinds[clause.start].low == "und":
        return True  # `dann säßen da die Alten, und abends lernten dort die Kinder`
    if kinds[clause.start].low in ("und", "dann") and turn.holds(whole, _THEN) and not told_past(turn, whole):
        return True  # `…, und dann ist der Stadtteil tot`
    wished = any(turn.whole(start) == clause.joined for start, _ in turn.found.get("wish", ()))
    if wished or kinds[trigger].cues & _WISHES or _judged(turn, clause.joined):
        return kinds[clause.start].low not in ("aber", "doch", "und", "dabei")
    return (
        kinds[clause.start].low not in ("aber", "doch", "weil")
        and clause.finite >= 0
        and kinds[clause.finite].verbal == "i"
    )


_THEN = frozenset({"dann"})
_WISHES = frozenset({"wish", "wishnoun"})


def _judged(turn: Turn, whole: int) -> bool:
    """`es wäre besser, man fragt`: a judgement in the subjunctive, right before."""
    kinds, places = turn.kinds, turn.places(whole)
    end = [i for i in places if kinds[i].tag[0] != "$"]
    impersonal = turn.holds(whole, _WOULD) and not turn.holds(whole, _PERSONS)
    return bool(end) and impersonal and kinds[end[-1]].tag in ("ADJD", "NN") and kinds[places[-1]].low == ","


def _fragments(turn: Turn, triggers: dict[int, int]) -> None:
    """A fragment next to a wish belongs to it: `Man bräuchte einen Raum. Einfach einen Treffpunkt.`, `Ein Fest, das
    wär's.`
    """
    for number, clause in enumerate(turn.clauses):
        wished = next((i for i in range(clause.start, clause.end) if "wishnoun" in turn.kinds[i].cues), -1)
        if wished >= 0 and turn.kinds[clause.end - 1].low == ":" and number + 1 < len(turn.clauses):
            triggers.setdefault(turn.clauses[number + 1].whole, wished)  # `Mein Traum: ein Garten`
        if clause.finite >= 0 or clause.kind not in ("fragment", "subordinate") or clause.whole in triggers:
            continue
        same = clause.joined >= 0 and clause.sentence == turn.clauses[clause.joined].sentence
        if same and clause.joined in triggers:
            triggers[clause.whole] = triggers[clause.joined]
        elif number + 1 < len(turn.clauses):
            _pointed_at(turn, number, triggers)
        if (
            clause.whole not in triggers
            and clause.kind == "fragment"
            and number
            and turn.clauses[number - 1].sentence < clause.sentence
        ):
            before = turn.clauses[number - 1].whole
            if before in triggers and "subjunctive" in turn.kinds[triggers[before]].cues:
                triggers[clause.whole] = triggers[before]


def _pointed_at(turn: Turn, number: int, triggers: dict[int, int]) -> None:
    clause = turn.clauses[number]
    for after in turn.clauses[number + 1 : number + 4]:
        if after.whole in triggers and turn.kinds[after.start].low in ("das", "sowas", "so", "mehr"):
            triggers[clause.whole] = triggers[after.whole]
            return
