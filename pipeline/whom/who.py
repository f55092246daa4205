"""Whom `man`, `du`, `jeder` and the like mean by what stands around them."""

from __future__ import annotations

from pipeline.stances.clauses import Clause
from pipeline.stances.words import Kind
from pipeline.whom.mentions import Mention
from pipeline.whom.reading import Reading, is_e_form
from pipeline.whom.subjects import PERSONS, resolve
from pipeline.whom.words import ALL, BODY, NOBODY, OTHER, OWN, SELF, words


def who(reading: Reading, clause: Clause, m: Mention, sufferer: Mention | None = None) -> int:
    """The number of ABOUT that the mention stands for here."""
    if m.sort == "man":
        return _man(reading, clause, sufferer)
    if m.sort == "you":
        return _you(reading, clause)
    if m.sort == "quantity" and m.place and reading.kinds[m.place - 1].low == "so":
        return OTHER  # `so jemand`
    if m.sort in ("quantity", "nobody") and m.who == ALL:
        return _everybody(reading, clause, m)
    if m.sort == "name":
        return OTHER
    if m.sort == "some" and m.plain and _anyone(reading, clause, m):
        return ALL
    if m.who == NOBODY:
        resolve(reading, clause, m)
    behind = reading.kinds[m.place + 1].low if m.place + 1 < len(reading.kinds) else ""
    if m.sort == "speaker" and m.who == OWN and behind in ("alle", "menschen"):
        return ALL
    return m.who


def _anyone(reading: Reading, clause: Clause, m: Mention) -> bool:
    """`einer` who may be anybody: `da kann einer machen, was er will`."""
    opener = reading.kinds[clause.opener].low if clause.opener >= 0 else ""
    finite = reading.kinds[clause.finite].low if clause.finite >= 0 else ""
    supposed = opener in ("wenn", "ob", "falls") or finite in ("kann", "muss", "soll", "darf", "könnte", "müsste")
    return supposed and reading.kinds[m.place].low in ("einer", "oiner", "oana")


def _near(reading: Reading, clause: Clause, group: int) -> bool:
    return group in reading.said[clause.sentence]


def _man(reading: Reading, clause: Clause, sufferer: Mention | None) -> int:
    around = reading.said[clause.sentence] | reading.said.get(clause.sentence + 1, set())
    body = BODY in around or any(known.sort == "body" for known in reading.known[-6:])
    told = _told(reading, clause)
    if sufferer is not None and sufferer.sort == "speaker":
        receives = reading.kinds[sufferer.place].low in ("mir", "mer", "mr") or reading.tells(
            clause.whole, "turning to"
        )
        if not receives:
            return sufferer.who  # `man steckt uns in eine Schublade`
        return BODY if body or told else OTHER
    if _elsewhere(reading, clause):
        return OTHER
    from_body = any(m.sort == "body" and m.prep in ("von", "vom") for m in reading.named[clause.whole])
    if from_body or (body and told) or _indirect(reading.kinds, clause):
        return BODY
    if reading.addressed == SELF and any(m.prep == "als" and m.sort in PERSONS for m in reading.named[clause.whole]):
        return SELF
    if _near(reading, clause, ALL):
        return ALL
    for sentence in (clause.sentence, clause.sentence - 1):
        for group in (OWN, SELF):
            if group in reading.said.get(sentence, ()):
                return group
    return ALL


def _elsewhere(reading: Reading, clause: Clause) -> bool:
    """`Bei denen bleibt man unter sich`, `bei den Reichen grüßt keiner`."""
    return any(
        m.prep in words("own prepositions") and m.sort in ("third", "person") and m.who in (OTHER, NOBODY)
        for m in reading.named[clause.whole]
    )


def _indirect(kinds: list[Kind], clause: Clause) -> bool:
    """Konjunktiv I: what a letter or an office is said to have said (`man bedaure`, `man werde das prüfen`)."""
    if clause.finite < 0:
        return False
    finite = kinds[clause.finite]
    return is_e_form(finite) or finite.low in ("werde", "habe", "sei", "könne", "müsse", "wolle")


def _told(reading: Reading, clause: Clause) -> bool:
    """Whether the clause tells an event (past tense, perfect) or what somebody is said to have said."""
    if clause.finite < 0:
        return False
    finite = reading.kinds[clause.finite]
    perfect = finite.lemma in ("haben", "werden") and reading.participle(clause.whole)
    return perfect or (finite.low.endswith("te") and finite.low not in ("könnte", "müsste", "sollte", "dürfte"))


def _you(reading: Reading, clause: Clause) -> int:
    at = reading.number[clause.start]
    for n in (clause.matrix, clause.joined, at + 1):
        if 0 <= n < len(reading.clauses) and reading.clauses[n].sentence == clause.sentence and _others_say(reading, n):
            return SELF
    if _near(reading, clause, ALL):
        return ALL
    around = reading.said[clause.sentence] | reading.said.get(clause.sentence + 1, set())
    return OWN if OWN in around and SELF not in around else SELF if SELF in around else ALL


def _others_say(reading: Reading, n: int) -> bool:
    """Whether somebody else than the speaker says something in the clause: who is called `du` then is the speaker."""
    whole = reading.clauses[n].whole
    return reading.tells(whole, "saying") and not any(
        m.who in (SELF, OWN) and m.case == "n" for m in reading.named[whole]
    )


_AMONG = frozenset({"von", "vom", "vo", "vun", "unter"})


def _everybody(reading: Reading, clause: Clause, m: Mention) -> int:
    """`jeder`, `alle`, `keiner`: of the group that the clause sets before it, or of all."""
    for other in reading.named[clause.whole]:
        if other is m or other.of >= 0 or other.place > m.place:
            continue
        if other.prep in _AMONG and other.who in (OWN, OTHER, BODY) and other.sort != "some":
            return other.who  # `von denen im Rathaus hat das keiner gewusst`
        if other.prep or other.case == "o":
            continue
        if other.who == OWN or other.sort == "person":
            return other.who
    if _elsewhere(reading, clause):
        return OTHER
    if clause.sentence in reading.among:
        return OWN
    around = reading.said[clause.sentence] | reading.said.get(clause.sentence + 1, set())
    if m.sort == "nobody" and BODY in around and reading.tells(clause.whole, "answering"):
        return BODY
    return ALL
