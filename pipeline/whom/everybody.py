"""Where a speaker sums everybody up: several groups are set side by side and one thing is said of all of them."""

from __future__ import annotations

from itertools import pairwise

from pipeline.stances.clauses import Clause
from pipeline.whom.mentions import Mention
from pipeline.whom.reading import Reading
from pipeline.whom.words import words

_GROUPS = frozenset({"person", "third", "some", "name"})


def sums_up(reading: Reading, clause: Clause, subject: Mention | None) -> bool:
    """Whether the clause is said of everybody although a group or a third person is named in it.

    `schlampig sind sie alle` behind several groups, `glücklich sind die, durch die Bank`, `bei den Reichen wie bei den Armen`,
    `der Doktor genauso wie der Dachdecker`, `der Richter, der Wirt und die Lehrerin alle zusammen`.
    """
    named = reading.named[clause.whole]
    if any(_side_by_side(reading, m) for m in named if m.sort == "person" and m.of < 0):
        return True
    if subject is None or subject.sort not in _GROUPS or subject.of >= 0:
        return False
    if _throughout(reading, clause) or _both_sides(reading, clause, subject):
        return True
    stretch = _with_its_list(reading, clause)
    if not _all_of_them(reading, subject, stretch):
        return False
    if reading.kinds[subject.place].tag not in ("NN", "NE"):
        return _kinds_of_people(reading, clause) > 1
    persons = [m for m in _in(reading, stretch) if m.sort in ("person", "name") and not m.prep and m.of < 0]
    return len(persons) > 2


def _side_by_side(reading: Reading, m: Mention) -> bool:
    """`der Doktor genauso wie der Dachdecker`, `bei den Reichen wie bei den Armen`."""
    kinds = reading.kinds
    behind = [kinds[i].low for i in range(m.place + 1, min(m.place + 3, len(kinds)))]
    if len(behind) == 2 and behind[0] in ("genauso", "ebenso") and behind[1] in ("wie", "wia"):
        return True
    return len(behind) == 2 and behind[0] in ("wie", "wia") and bool(m.prep) and behind[1] == m.prep


def _both_sides(reading: Reading, clause: Clause, subject: Mention) -> bool:
    """`die einen grillen, die anderen schwimmen, und am Ende teilen sie`: the pronoun takes up both."""
    kinds = reading.kinds
    if subject.number != "p" or kinds[subject.place].low not in ("sie", "se", "die", "s'"):
        return False
    i, before = subject.place - 1, set()
    while i > max(0, subject.place - 60) and reading.clauses[reading.number[i]].sentence == clause.sentence:
        if kinds[i - 1].low in ("die", "de"):
            before.add(kinds[i].low)
        i -= 1
    return bool(before & {"einen", "eine", "oine"}) and bool(before & {"anderen", "andern", "andere"})


def _throughout(reading: Reading, clause: Clause) -> bool:
    """`durch die Bank`, `quer durch`, `allesamt` where it is no group of its own."""
    lows = [reading.kinds[i].low for i in reading.places[clause.whole]]
    return any(pair in _THROUGHOUT for pair in pairwise(lows)) and _kinds_of_people(reading, clause) > 1


_THROUGHOUT = frozenset({("durch", "die"), ("quer", "durch"), ("durchs", "band")})


def _with_its_list(reading: Reading, clause: Clause) -> list[int]:
    """Words of the clause and of the fragments right behind it, which go on with its list of persons."""
    stretch = list(reading.places[clause.whole])
    for other in reading.clauses[reading.number[stretch[-1]] + 1 :]:
        if other.kind != "fragment" or other.sentence != clause.sentence:
            break
        stretch += range(other.start, other.end)
    return stretch


def _in(reading: Reading, stretch: list[int]) -> list[Mention]:
    wholes = dict.fromkeys(reading.clauses[reading.number[i]].whole for i in stretch)
    return [m for whole in wholes for m in reading.named[whole]]


def _all_of_them(reading: Reading, subject: Mention, stretch: list[int]) -> bool:
    """`alle` behind the subject, without a number (`alle beide`) or noun of its own."""
    kinds, summing = reading.kinds, words("summing")
    for i in stretch:
        if i > subject.place and kinds[i].low in summing:
            behind = kinds[i + 1] if i + 1 < len(kinds) else None
            return behind is None or (behind.low not in _COUNTED and behind.tag not in ("NN", "ADJA"))
    return False


_COUNTED = frozenset({"beide", "beiden", "zwei", "drei", "vier", "zwoa"})


def _kinds_of_people(reading: Reading, clause: Clause) -> int:
    """How many different persons or groups the sentence names up to the end of the clause and its list."""
    lemmas = {
        reading.kinds[m.place].lemma
        for n in reading.around(clause.whole)
        if n in reading.named and reading.clauses[n].sentence == clause.sentence
        for m in reading.named[n]
        if m.sort in ("person", "name") and m.owner < 0 and m.prep in ("", "bei")
    }
    return len(lemmas)
