"""Who is the subject of a clause, whom its verb happens to, and whom its pronouns mean."""

from __future__ import annotations

from pipeline.stances.clauses import Clause
from pipeline.stances.words import Kind
from pipeline.whom.mentions import Mention
from pipeline.whom.reading import Reading
from pipeline.whom.words import ALL, BODY, NOBODY, OTHER, OWN, SELF, words

NO_PERSON = frozenset({"it", "thing", "polite"})
PERSONS = frozenset({"person", "body", "name"})
_SURELY = frozenset({"speaker", "man", "you"})
_REACH = 14  # nouns back that a pronoun may mean


def subject_of(reading: Reading, clause: Clause, named: list[Mention]) -> Mention | None:
    """The mention that is most likely the subject, by case, number and kind; the first of equals."""
    kinds = reading.kinds
    plural = _plural(kinds, clause)
    best, rank = None, 0
    exists = clause.finite >= 0 and kinds[clause.finite].lemma == "geben"
    if (that := predicate_body(reading, clause, named)) is not None:
        return that
    for m in named:
        if exists and m.sort == "it" and not m.prep:
            return m  # `es gibt hier viele Türken`
        if m.prep or m.case == "o" or m.of >= 0:
            continue
        if clause.kind == "relative" and m.place == clause.opener:
            found = _antecedent(reading, m)
            m.sort, m.gender = found.sort, found.gender
            m.who = OTHER if found.sort == "person" and found.who == ALL else found.who  # `die Leute, die da wegziehen`
        if m.sort == "some" and _is_called(reading, clause, named, m):
            m.sort, m.who = "thing", NOBODY
        score = _score(m, plural)
        if score > rank:
            best, rank = m, score
    if best is not None and best.sort == "speaker" and best.who == SELF and plural and _joined(kinds, best.place):
        best.who = OWN  # `meine Kumpels und ich werden kontrolliert`
    return best


def predicate_body(reading: Reading, clause: Clause, named: list[Mention]) -> Mention | None:
    """The `das` of `das ist eine Stadt von lauter Zugereisten`: what it is called does nothing; else None."""
    if clause.finite < 0 or reading.kinds[clause.finite].lemma != "sein":
        return None
    that = next((m for m in named if m.sort == "it" and not m.prep), None)
    called = that is not None and any(
        m.sort == "body" and not m.prep and any(reading.kinds[i].low in _A for i in range(max(0, m.place - 2), m.place))
        for m in named
    )
    return that if called else None


def _is_called(reading: Reading, clause: Clause, named: list[Mention], m: Mention) -> bool:
    """`die Stimmung war eine ganz andere`: `andere` is what a thing is, and no person."""
    copula = clause.finite >= 0 and reading.kinds[clause.finite].lemma == "sein" and m.place > clause.finite
    return copula and any(o.sort == "thing" and not o.prep and o.place < clause.finite for o in named)


_A = frozenset({"ein", "eine", "en", "ne", "a", "so", "sone", "son", "kein", "keine"})


def _score(m: Mention, plural: bool | None) -> int:
    if m.sort in _SURELY:
        return 5
    if m.sort == "it":
        return 1
    fits = plural is None or not m.number or (m.number == "p") == plural or m.sort == "body"
    if m.sort == "thing":
        return 2 if fits else 0
    return 4 if fits else 3


def _plural(kinds: list[Kind], clause: Clause) -> bool | None:
    if clause.finite < 0:
        return None
    low = kinds[clause.finite].low
    if low in ("sind", "san", "send", "sin", "han", "hend", "waren", "hent"):
        return True
    if low in ("bin", "kann", "hat", "ist", "war", "wird", "hot", "hod"):
        return False
    return low.endswith("n") or (None if low.endswith("et") else False)


def _joined(kinds: list[Kind], i: int) -> bool:
    return (i > 0 and kinds[i - 1].low == "und") or (i + 1 < len(kinds) and kinds[i + 1].low == "und")


_NOUNS = frozenset({"person", "body", "thing", "name", "some", "quantity", "third", "nobody"})


def _antecedent(reading: Reading, pronoun: Mention) -> Mention:
    """What a relative pronoun stands for: the last noun before it; not a thing that hangs on a person by a preposition."""
    at = reading.number[pronoun.place]
    wholes = {reading.clauses[n].whole for n in range(max(0, at - 4), at + 1)}
    for whole in wholes:
        for m in reading.named[whole]:
            if m.place == pronoun.place - 2 and m.sort == "speaker":
                return m  # `es sind doch wir, die aufräumen`
    near = [m for whole in wholes for m in reading.named[whole] if m.place < pronoun.place and m.sort in _NOUNS]
    if not near:
        return pronoun
    before = sorted(near, key=lambda m: m.place)
    last = before[-1]
    if (
        len(before) > 1
        and last.sort in ("thing", "name")
        and (last.prep or last.of >= 0)
        and before[-2].sort in ("person", "body", "some")
    ):
        last = before[-2]
    return last


def object_of(named: list[Mention], subject: Mention | None) -> Mention | None:
    """The person in another case than the subject, the speaker first."""
    found = None
    for m in named:
        if m is subject or m.prep or m.of >= 0 or m.sort in ("thing", "it", "polite", "name", "man", "body"):
            continue
        if m.sort == "speaker" and m.case == "o":
            return m
        if found is None and m.case != "n":
            found = m
    return found


def resolve(reading: Reading, clause: Clause, m: Mention) -> None:
    """Gives a pronoun of the third person sort and number of the noun it stands for."""
    if m.who != NOBODY or m.sort not in ("third", "it"):
        return
    if _after_who(reading, clause):
        m.sort, m.who = "quantity", ALL
        return
    if m.sort == "third" and not m.number:
        m.number = "p" if _plural(reading.kinds, clause) else "s"
        m.gender = "f" if m.number == "s" else ""
    if _take_up(reading, m, strict=True):
        return
    if m.sort == "it":
        if reading.kinds[m.place].low == "es" and _child(reading, clause, m):
            m.sort, m.who = "person", OTHER
        return
    if m.number == "p" and any(other.sort == "body" and other.place > m.place for other in reading.named[clause.whole]):
        m.who = BODY  # `die wundern sich im Rathaus`
    elif not _take_up(reading, m, strict=False):
        alle = m.place + 1 < len(reading.kinds) and reading.kinds[m.place + 1].low == "alle"
        body = m.number == "p" and reading.tells(clause.whole, "office verbs")  # `die haben den Bus gestrichen`
        m.who = ALL if alle else BODY if body else OTHER


def _child(reading: Reading, clause: Clause, m: Mention) -> bool:
    """`Wenn ein Kind malt, dann rückt es mit etwas heraus`: `es` is the child if the verb can have a person as its subject."""
    if clause.finite < 0 or reading.kinds[clause.finite].lemma in words("impersonal") | {"sein", "werden", "haben"}:
        return False
    near = [known for known in reading.known[-4:] if known.place >= 0]
    same = [known for known in near if reading.clauses[reading.number[known.place]].sentence == clause.sentence]
    return any(known.sort == "person" and known.gender == "n" and known.number == "s" for known in same)


def _take_up(reading: Reading, m: Mention, strict: bool) -> bool:
    """Gives the pronoun sort and number of the last noun that fits, if one does."""
    for known in reversed(reading.known[-_REACH:]):
        if _fits(m, known, strict):
            m.sort, m.who = known.sort, OTHER if known.who == ALL and known.place < 0 else known.who
            return True
    return False


def _after_who(reading: Reading, clause: Clause) -> bool:
    """`Wer hier lebt, der gehört dazu`."""
    n = reading.number[clause.start] - 1
    if n < 0:
        return False
    before = reading.clauses[n]
    return (
        before.sentence == clause.sentence
        and before.kind != "main"
        and any(reading.kinds[i].low == "wer" for i in range(before.start, min(before.start + 3, before.end)))
    )


def _fits(m: Mention, known: Mention, strict: bool) -> bool:
    if known.who == SELF:
        return False
    if known.sort == "thing" and (not strict or m.number != "s" or not known.gender or known.prep):
        return False
    if m.sort == "it":
        return known.sort == "body" and known.gender == "n"
    if m.number == "p":
        return known.number != "s" or known.sort == "body" or not strict
    agree = known.gender == m.gender if strict else (not known.gender or known.gender == m.gender)
    return (known.number != "p" and agree) or (not strict and known.sort == "body")


def last(reading: Reading) -> int:
    for known in reversed(reading.known[-_REACH:]):
        if known.sort in PERSONS and known.who >= 0:
            return known.who
    return OTHER


def remember(reading: Reading, named: list[Mention], subject: Mention | None) -> None:
    for m in named:
        if m is not subject and m.of < 0 and m.sort in ("person", "body", "thing", "name"):
            reading.known.append(m)
    if subject is None:
        return
    if subject.sort in ("third", "some") and subject.of < 0 and subject.who in (OTHER, BODY):
        subject.sort = "body" if subject.who == BODY else "person"  # `die von der Stadt` may be taken up by `sie`
    if subject.sort in ("person", "body", "thing", "name"):
        reading.known.append(subject)
