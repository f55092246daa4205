"""Which word makes what is told at each place the words or thoughts of others."""

from __future__ import annotations

from pipeline.stances.clauses import subject
from pipeline.stances.turn import Turn

_SELF = frozenset({"ich", "wir"})


def evidential(turn: Turn, places: list[int]) -> int:
    """The place of a `soll` that passes on hearsay, or -1: with a past infinitive, or with `ja`, `wohl` and sein or geben."""
    kinds = turn.kinds
    for i in places:
        if kinds[i].lemma != "sollen" or kinds[i].verbal != "f" or kinds[i].low in ("sollte", "sollten"):
            continue
        others = {kinds[j].low for j in places}
        past = any(kinds[j].verbal == "p" for j in places) and others & {"haben", "sein", "worden"}
        if past or (others & {"ja", "wohl", "angeblich"} and others & {"sein", "geben", "haben"}):
            return i
    return -1


def mark(turn: Turn) -> list[int]:
    """For every word of the turn the place of what makes it reported, or -1."""
    marks = [-1] * len(turn.kinds)
    triggers: dict[int, int] = {}
    for whole in sorted(turn.stretches):
        _inside(turn, whole, triggers)
    for whole in sorted(turn.stretches):
        place = _says(turn, whole)
        if place >= 0:
            _complement(turn, whole, place, triggers)
    _announced(turn, triggers)
    for whole in sorted(turn.stretches):
        clause = turn.clauses[whole]
        if whole not in triggers and clause.matrix in triggers:
            triggers[whole] = triggers[clause.matrix]
    for whole, place in triggers.items():
        for i in turn.places(whole):
            marks[i] = place
    _quotes(turn, marks)
    return marks


def _inside(turn: Turn, whole: int, triggers: dict[int, int]) -> None:
    kinds = turn.kinds
    places = turn.places(whole)
    place = evidential(turn, places)
    for i in places:
        if "hearsay" in kinds[i].cues or "source" in kinds[i].cues:
            place = i
    finite = turn.clauses[whole].finite
    if place < 0 and finite >= 0 and "reportive" in kinds[finite].cues and _third(turn, whole, finite):
        place = finite
    if place >= 0:
        triggers[whole] = place


def _third(turn: Turn, whole: int, finite: int) -> bool:
    """Whether a Konjunktiv I may be one: with `ich` its form is the indicative, at the beginning an imperative."""
    kinds = turn.kinds
    if kinds[finite].low in ("habe", "werde", "gebe", "brauche", "gehe", "komme", "mache", "bleibe"):
        around = {kinds[i].low for i in turn.places(whole)} | {word for i in turn.places(whole) for word in kinds[i].words}
        return "ich" not in around and finite != turn.clauses[whole].start
    return finite != turn.clauses[whole].start


def _says(turn: Turn, whole: int) -> int:
    """The place of the verb by which somebody else than the speaker says or thinks, or -1."""
    kinds = turn.kinds
    clause = turn.clauses[whole]
    places = turn.places(whole)
    verbs = [i for i in places if "say" in kinds[i].cues and kinds[i].verbal or "sayform" in kinds[i].cues]
    if not verbs or any("bare" in kinds[i].cues for i in places):
        return -1
    if any(word in _SELF for i in places for word in kinds[i].words) and not any("heard" in kinds[i].cues for i in verbs):
        return -1
    if subject(kinds, clause) < 0 and clause.finite >= 0 and kinds[clause.finite].tag == "VVIMP":
        return -1
    return verbs[0]


def _complement(turn: Turn, whole: int, place: int, triggers: dict[int, int]) -> None:
    """The clauses that are said: those that depend on the verb, a main clause behind a comma or colon, one before `sagt er`."""
    kinds = turn.kinds
    clause = turn.clauses[whole]
    for number in turn.below(whole):
        opener = kinds[turn.clauses[number].opener].low if turn.clauses[number].opener >= 0 else ""
        if opener in ("dass", "das", "ob", "wie", "warum", "was", "wenn"):
            triggers[number] = place
    last = max(turn.stretches[whole])
    if kinds[clause.start].verbal == "f" and last > 0 and turn.clauses[last - 1].sentence == clause.sentence:
        number = last - 1
        triggers.setdefault(turn.clauses[number].whole, place)
        return
    for number in range(last + 1, len(turn.clauses)):
        after = turn.clauses[number]
        if after.sentence != clause.sentence or kinds[after.start].low in ("aber", "doch", "und", "dabei"):
            break
        if after.kind in ("main", "fragment"):
            triggers.setdefault(after.whole, place)
            if number > last + 1 and after.joined != clause.whole:
                break


def _announced(turn: Turn, triggers: dict[int, int]) -> None:
    """`nach dem Motto: …`, `der Lehrer so: …`: what stands behind."""
    for start, end in turn.found.get("reported", ()):
        number = turn.number[end - 1]
        sentence = turn.clauses[number].sentence
        for n in range(number, len(turn.clauses)):
            if turn.clauses[n].sentence == sentence:
                triggers.setdefault(turn.clauses[n].whole, start)


_OPEN = frozenset({"„", "»", '"'})
_CLOSE = frozenset({"“", "”", "«", '"'})


def _quotes(turn: Turn, marks: list[int]) -> None:
    """Marks what stands in quotation marks, over sentences, unless the speaker quotes himself."""
    kinds = turn.kinds
    opened = -1
    for i, kind in enumerate(kinds):
        if opened < 0 and kind.low in _OPEN:
            opened = i
        elif opened >= 0 and kind.low in _CLOSE:
            if i - opened > 3 and not _own(turn, opened, i):
                for j in range(opened + 1, i):
                    marks[j] = opened if marks[j] < 0 else marks[j]
            opened = -1


def _own(turn: Turn, start: int, end: int) -> bool:
    """Whether the speaker says himself that he said so, before or behind the quotation."""
    kinds = turn.kinds
    near = [*kinds[max(0, start - 6) : start], *kinds[end + 1 : end + 5]]
    speaks = any("say" in kind.cues for kind in near)
    return speaks and any(word in _SELF for kind in near for word in kind.words)
