"""Which word makes what is told at each place a wish, thought, plan, condition or demand."""

from __future__ import annotations

from pipeline.stances.turn import Turn

_POLITE_VERBS = "hedge"
_SPREADS = frozenset({"dass", "wenn", "ob", "damit", "wo", "sobald", "falls", "was", "um", "als", "wie", "solange"})


def mark(turn: Turn) -> list[int]:
    """For every word of the turn the place of what makes it hypothetical, or -1."""
    marks = [-1] * len(turn.kinds)
    triggers: dict[int, int] = {}
    polite = _polite(turn)
    for whole in turn.stretches:
        place = _trigger(turn, whole, polite)
        if place >= 0:
            triggers[whole] = place
    for start, _ in turn.found.get("wish", ()):
        triggers.setdefault(turn.whole(start), start)
    _conditions(turn, triggers)
    _spread(turn, triggers)
    _fragments(turn, triggers)
    for whole, place in triggers.items():
        for i in turn.places(whole):
            marks[i] = place
    return marks


def _polite(turn: Turn) -> set[int]:
    """Places of politeness: `ich würde sagen`, `könnte man sagen`."""
    return {i for start, end in turn.found.get("hedge", ()) for i in range(start, end)}


def _trigger(turn: Turn, whole: int, polite: set[int]) -> int:
    kinds = turn.kinds
    places = turn.places(whole)
    for i in places:
        cues = kinds[i].cues
        if i in polite:
            continue
        if "subjunctive" in cues and not _only_polite(turn, places, i):
            return i
        if "maybe" in cues or "wish" in cues or "condition" in cues:
            return i
        if "demand" in cues and not _evidential(turn, places):
            return i
    for i in places:
        if kinds[i].lemma == "wollen" and kinds[i].verbal == "f":
            return i
    clause = turn.clauses[whole]
    if clause.opener >= 0 and kinds[clause.opener].low == "ob":
        return clause.opener
    return -1


def _only_polite(turn: Turn, places: list[int], i: int) -> bool:
    """`ich würde behaupten`, `würd ich ma so sagen`: the verb that würde and könnte stand with only says."""
    kinds = turn.kinds
    if kinds[i].lemma not in ("werden", "können", "mögen", "wollen"):
        return False
    return any(kinds[j].verbal == "i" and "hedge" in kinds[j].cues for j in places)


def _evidential(turn: Turn, places: list[int]) -> bool:
    """`soll da gewesen sein`, `soll ja schön sein`: hearsay, no demand; see reported.py."""
    from pipeline.stances.reported import evidential

    return evidential(turn, places)


def _conditions(turn: Turn, triggers: dict[int, int]) -> None:
    """A condition and its consequence share their mood: `wenn wir einen hätten, …`; an indicative `wenn` is a habit."""
    for whole in turn.stretches:
        clause = turn.clauses[whole]
        if clause.opener < 0 or turn.kinds[clause.opener].low not in ("wenn", "falls", "sofern"):
            continue
        if clause.matrix >= 0 and clause.matrix in triggers and whole not in triggers:
            triggers[whole] = triggers[clause.matrix]
        elif whole in triggers and clause.matrix >= 0:
            triggers.setdefault(clause.matrix, triggers[whole])


def _spread(turn: Turn, triggers: dict[int, int]) -> None:
    """What depends on a wish is wished: `ich fände gut, dass …`, `einen Raum, wo man sich trifft`."""
    for whole in sorted(turn.stretches):
        clause = turn.clauses[whole]
        if whole in triggers:
            continue
        if clause.matrix >= 0 and clause.matrix in triggers:
            opener = turn.kinds[clause.opener].low if clause.opener >= 0 else ""
            if clause.kind in ("relative", "infinitive") or opener in _SPREADS:
                triggers[whole] = triggers[clause.matrix]
        elif clause.joined >= 0 and clause.joined in triggers and clause.kind == "main":
            before = turn.places(clause.joined)
            if any("wish" in turn.kinds[i].cues for i in before) or _same_group(turn, whole, clause.joined):
                triggers[whole] = triggers[clause.joined]


def _same_group(turn: Turn, whole: int, joined: int) -> bool:
    """`würden da kochen und reden`: a second verb that leans on the same auxiliary."""
    clause = turn.clauses[whole]
    return turn.kinds[clause.start].low in ("und", "oder") and turn.kinds[clause.finite].verbal == "i"


def _fragments(turn: Turn, triggers: dict[int, int]) -> None:
    """A fragment next to a wish belongs to it: `Man bräuchte einen Raum. Einfach einen Treffpunkt.`"""
    for number, clause in enumerate(turn.clauses):
        if clause.kind != "fragment" or clause.whole in triggers:
            continue
        if clause.joined >= 0 and clause.joined in triggers and clause.sentence == turn.clauses[clause.joined].sentence:
            triggers[clause.whole] = triggers[clause.joined]
        elif number + 1 < len(turn.clauses):
            after = turn.clauses[number + 1]
            starts = turn.kinds[after.start].low in ("das", "sowas", "so")
            if after.whole in triggers and starts and "subjunctive" in turn.kinds[triggers[after.whole]].cues:
                triggers[clause.whole] = triggers[after.whole]
