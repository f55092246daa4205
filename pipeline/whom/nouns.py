"""Single words that are about another than their clause: nouns that belong to somebody, and what stands behind a parenthesis."""

from __future__ import annotations

from pipeline.stances.clauses import Clause
from pipeline.whom.mentions import Mention
from pipeline.whom.reading import Reading
from pipeline.whom.words import BODY, NOBODY, OTHER, OWN, SELF, is_inner, words


def refine(reading: Reading, told: list[int], open_ones: set[int]) -> None:
    """Changes the values of single words in place; `open_ones` are the clauses (`whole`) in which nobody has a part."""
    for whole, named in reading.named.items():
        lacking = whole in open_ones and _lacking(reading, whole)
        for m in named:
            if whole in open_ones and not lacking and _are_meant(reading, m):
                told[m.place] = m.who
            elif m.sort == "person":
                told[m.place] = _relatives(reading, m, told[m.place])
            elif m.sort == "thing" and m.prep not in words("time prepositions"):
                owner = _owner(reading, whole, m, named, told[m.place])
                told[m.place] = owner if owner != NOBODY else told[m.place]
    for clause in reading.clauses:
        _behind_parenthesis(reading, clause, told)
        _behind_inserted(reading, clause, told)
        _topic(reading, clause, told)


def _are_meant(reading: Reading, m: Mention) -> bool:
    """`hier gibt es viele Türken`: nobody does anything, yet the word itself means somebody."""
    return m.sort == "person" and m.number == "p" and not reading.kinds[m.place - 1].low.startswith("kein")


def _lacking(reading: Reading, whole: int) -> bool:
    """`Was hier fehlt, sind Hebammen`: nobody is there whom the word could mean."""
    clause = reading.clauses[whole]
    near = [n for n in reading.around(whole) if n in (whole, clause.matrix) or reading.clauses[n].matrix == whole]
    return any(reading.tells(reading.clauses[n].whole, "lacking") for n in near)


def _relatives(reading: Reading, m: Mention, value: int) -> int:
    """`ich kenne deren Kinder`, `die Lehrer mögen unsere Kinder`: persons who belong to another than the clause is about."""
    if m.owner == OWN and m.who == OWN:
        return OWN
    theirs = m.place > 0 and reading.kinds[m.place - 1].low in words("third possessive") and not m.prep
    return OTHER if theirs and value in (SELF, OWN) else value


def _owner(reading: Reading, whole: int, m: Mention, named: list[Mention], value: int) -> int:
    """Whose the noun is where the clause is about another: `die Stadt hat unsere Räume gekündigt`, `der Mut von dem Mädchen`."""
    attribute = next((o.who for o in named if o.of == m.place and o.sort in _OWNERS and o.who >= 0), NOBODY)
    if attribute != NOBODY or m.owner in (SELF, OWN, BODY):
        opinion = m.owner == SELF and reading.kinds[m.place].lemma in words("views")
        return NOBODY if opinion else attribute if attribute != NOBODY else m.owner
    if m.owner == OTHER and value in (SELF, OWN):  # `ihr`, `deren` is none of us
        return _last_before(reading, whole, m.place)
    if m.owner == NOBODY and is_inner(reading.kinds[m.place].lemma) and _others_have(reading, whole, m, named):
        return _last_before(reading, whole, m.place)
    return NOBODY


_OWNERS = frozenset({"person", "body", "speaker", "third"})


def _others_have(reading: Reading, whole: int, m: Mention, named: list[Mention]) -> bool:
    """`da merkt man den Ehrgeiz`, `mit so einer Sturheit kannst du keinen gewinnen`: a quality of those told of before."""
    sees = [o for o in named if o.sort in ("speaker", "man", "you") and o.who != OWN]
    if any(o.sort in ("man", "you") for o in sees) and any(
        reading.kinds[i].words[0] == "so" for i in range(max(0, m.place - 2), m.place)
    ):
        return True
    return not m.prep and reading.tells(whole, "perceiving") and any(o.case == "n" or o.place > m.place for o in sees)


def _last_before(reading: Reading, whole: int, place: int) -> int:
    """Whom the last person or body named before the place is; another where none is."""
    upto = reading.heard[whole]
    near = (known for known in reversed(reading.known[max(0, upto - 14) : upto]) if known.place < place)
    return next((known.who for known in near if known.sort in ("person", "body", "name") and known.who >= 0), OTHER)


def _behind_parenthesis(reading: Reading, clause: Clause, told: list[int]) -> None:
    """`die sind, wie sagt man, | sehr zurückhaltend`: what follows belongs to the clause before the parenthesis."""
    if clause.joined < 0 or clause.finite < 0 or clause.finite > clause.start + 1 or clause.kind != "main":
        return
    kinds = reading.kinds
    if kinds[clause.finite].lemma not in words("opinion") or (
        clause.finite > clause.start and kinds[clause.start].low not in ("wie", "so")
    ):
        return
    comma = next((i for i in range(clause.start, min(clause.start + 5, clause.end)) if kinds[i].low == ","), clause.end)
    for i in range(comma + 1, clause.end):
        told[i] = told[clause.start - 1]


def _behind_inserted(reading: Reading, clause: Clause, told: list[int]) -> None:
    """`die Schule ist, was das angeht, | völlig blind`: the predicate belongs to the copula before the inserted clause."""
    kinds, end = reading.kinds, clause.finite + 1
    if (
        clause.kind not in ("relative", "subordinate")
        or clause.matrix < 0
        or end + 2 >= clause.end
        or kinds[end].low != ","
    ):
        return
    matrix = reading.clauses[clause.matrix]
    if (
        clause.finite >= 0
        and matrix.finite == clause.start - 2
        and kinds[matrix.finite].lemma in ("sein", "haben", "werden")
    ):
        for i in range(end + 1, clause.end):
            told[i] = told[matrix.finite]


def _topic(reading: Reading, clause: Clause, told: list[int]) -> None:
    """`und diese Unsicherheit, die hab ich lange gehabt`: a noun set before its clause is about whom the clause is."""
    behind, kinds = clause.end, reading.kinds
    if clause.kind != "fragment" or behind + 1 >= len(kinds) or kinds[behind].low not in _TAKING_UP:
        return
    after = reading.clauses[reading.number[behind]]
    last = next((m for m in reversed(reading.named[clause.whole]) if m.place == behind - 2), None)
    if last is not None and last.sort == "thing" and after.finite == behind + 1 and after.sentence == clause.sentence:
        told[last.place] = told[behind]


_TAKING_UP = frozenset({"der", "die", "den", "dem", "de", "dä", "dr"})
