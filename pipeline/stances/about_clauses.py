"""About whom a single clause is: its subject, whom its verb happens to, or for whom it is; and the clauses that leave it open."""

from __future__ import annotations

from pipeline.stances.about_everybody import sums_up
from pipeline.stances.about_mentions import Mention
from pipeline.stances.about_reading import NO_ONE, OPEN, Reading, is_e_form
from pipeline.stances.about_subjects import NO_PERSON, last, object_of, remember, resolve, subject_of
from pipeline.stances.about_who import who
from pipeline.stances.about_words import ALL, BODY, NOBODY, OTHER, OWN, SELF, affects, is_inner, words
from pipeline.stances.clauses import Clause

_JOINING = frozenset({"und", "oder", "aber"})
_CONCERNED = frozenset({"speaker", "person", "third", "quantity", "some"})
_SURELY = frozenset({"speaker", "man", "you"})
_AROUND = 12  # clauses before and behind from which an open clause may take its value


def read_clause(reading: Reading, whole: int) -> int:
    """The number of ABOUT of a clause, OPEN or NO_ONE; notes what it names for the clauses behind."""
    clause, named = reading.clauses[whole], reading.named[whole]
    subject = subject_of(reading, clause, named) if clause.kind != "infinitive" else None
    if subject is not None:
        resolve(reading, clause, subject)
    head = _resumed(reading, clause, subject)
    value = who(reading, clause, head) if head is not None else _value(reading, clause, subject)
    if value in (OTHER, BODY):
        reading.third = value
    remember(reading, named, subject)
    return value


def _resumed(reading: Reading, clause: Clause, subject: Mention | None) -> Mention | None:
    """What stands before an inserted relative clause and belongs to this one: `und wir, die da wohnen, | kamen nur als Zeugen vor`."""
    at = reading.number[clause.start] - 1
    if subject is not None and subject.sort != "thing" or clause.finite != clause.start or clause.kind != "main" or at < 0:
        return None
    opener = reading.clauses[at].opener
    if reading.clauses[at].kind != "relative" or reading.clauses[at].sentence != clause.sentence or opener < 2:
        return None
    heads = reading.named[reading.clauses[reading.number[opener - 1]].whole]
    head = next((m for m in reversed(heads) if m.place < opener and m.of < 0), None)
    if head is None or head.sort in NO_PERSON or head.prep not in ("", "von", "vom", "bei"):
        return None
    resolve(reading, clause, head)
    if head.sort == "thing":
        head.sort, head.who = "person", OTHER  # a pronoun before a relative clause means somebody
    return head


def _value(reading: Reading, clause: Clause, subject: Mention | None) -> int:
    if sums_up(reading, clause, subject):
        return ALL
    if subject is not None and subject.sort not in NO_PERSON:
        return _of_person(reading, clause, subject)
    becomes = reading.tells(clause.whole, "passive")
    if _unknown_speaker(reading, clause, subject) and not becomes:
        return OTHER
    exists = reading.tells(clause.whole, "existing")
    sufferer = None if exists else object_of(reading.named[clause.whole], subject)
    dropped = _dropped(reading, clause, subject)
    joins = reading.kinds[clause.start].low in _JOINING and not _affected(reading, clause)
    if dropped is not None and dropped != OPEN and (sufferer is None or joins):
        return dropped
    if sufferer is not None:
        return who(reading, clause, sufferer)
    active = subject is not None and subject.place < clause.finite and not becomes
    concerned = _concerned(reading, clause, exists, active)
    return concerned if concerned is not None else _without(reading, clause, subject)


def _affected(reading: Reading, clause: Clause) -> bool:
    kinds = reading.kinds
    return any(
        affects(kinds[i].lemma) for i in reading.places[clause.whole] if kinds[i].verbal or kinds[i].tag == "ADJD"
    )


def _of_person(reading: Reading, clause: Clause, subject: Mention) -> int:
    """A clause with a person as its subject: about the subject, or about the one whom it treats or leaves out."""
    sufferer = object_of(reading.named[clause.whole], subject)
    if sufferer is not None:
        left = subject.sort == "nobody" and sufferer.sort == "speaker"
        if left or _affected(reading, clause) or _kept_out(reading, clause):
            return who(reading, clause, sufferer)
    if subject.sort == "name" and clause.finite < 0:
        return OPEN
    return who(reading, clause, subject, sufferer)


def _kept_out(reading: Reading, clause: Clause) -> bool:
    """`Die haben uns nicht mitspielen lassen`."""
    places = reading.places[clause.whole]
    return any(reading.kinds[i].lemma == "lassen" for i in places) and any(
        "negator" in reading.kinds[i].cues for i in places
    )


def _unknown_speaker(reading: Reading, clause: Clause, subject: Mention | None) -> bool:
    """A noun of no list that says something is a person."""
    thing = subject is not None and subject.sort == "thing" and subject.place < clause.finite
    return thing and reading.tells(clause.whole, "saying")


def _concerned(reading: Reading, clause: Clause, exists: bool, active: bool) -> int | None:
    """Whom a clause about a thing concerns: `bei uns`, `für die Alten`, `mein Herz`, `im Rathaus`."""
    named = reading.named[clause.whole]
    for m in named:
        if m.sort in _CONCERNED and m.of < 0 and m.prep in words("about prepositions") and not _seen_by(m, named):
            return who(reading, clause, m)
    for m in named:
        if m.sort in ("thing", "it") and m.owner != NOBODY and m.prep not in words("time prepositions"):
            if not _opinion(reading, m):
                return m.owner if m.owner != OTHER else last(reading)
    for m in named:
        if m.sort == "body" and not exists and not (active and m.prep in words("local prepositions")):
            return m.who
    return None


def _seen_by(m: Mention, named: list[Mention]) -> bool:
    """`Interesse sieht für mich anders aus`: the speaker only says how he sees it."""
    return m.who == SELF and m.prep == "für" and any(other.sort == "thing" and other.place < m.place for other in named)


def _opinion(reading: Reading, m: Mention) -> bool:
    """`in meinen Augen`, `meiner Meinung nach`."""
    return m.owner == SELF and reading.kinds[m.place].lemma in words("views")


def _dropped(reading: Reading, clause: Clause, subject: Mention | None) -> int | None:
    """Whom a finite verb means whose subject is left out (`Bin dann gegangen`, `Hat auch zugestimmt`), or None."""
    if clause.finite < 0 or clause.kind in ("infinitive", "fragment", "relative") or _passive(reading, clause):
        return None
    if subject is not None and (subject.sort in ("it", "polite") or subject.place < clause.finite):
        return None
    first, finite = reading.kinds[clause.start], reading.kinds[clause.finite]
    if finite.low in ("bin", "habe") or is_e_form(finite):
        return SELF
    joins = first.low in _JOINING and clause.finite == clause.start + 1
    leads = clause.finite == clause.start or (clause.finite == clause.start + 1 and first.low in ("auch", "dann"))
    acting = reading.tells(clause.whole, "acting")
    if not (acting or joins or (subject is None and leads)) or finite.lemma in words("impersonal"):
        return None
    joined = reading.values.get(clause.joined, OPEN)
    if joined < 0:
        return reading.third
    if joins:
        third = finite.low.endswith("t") and not finite.low.endswith("et") and joined in (SELF, OWN)
        return reading.third if third and reading.third >= 0 else joined
    apart = clause.finite == clause.start and (reading.clauses[clause.joined].finite < 0 or _goes_on(reading, clause))
    return joined if apart else reading.third  # `ich, der Lehrer, saß da`


def _goes_on(reading: Reading, clause: Clause) -> bool:
    """`Man geht rein, heult, wartet`: a finite verb behind a comma goes on with the subject that the clause before names."""
    before = reading.clauses[clause.joined]
    ending = reading.kinds[clause.finite].low[-1:]
    same = before.sentence == clause.sentence and reading.kinds[before.finite].low[-1:] == ending
    return same and any(m.sort in _SURELY and m.case == "n" for m in reading.named[before.whole])


def _passive(reading: Reading, clause: Clause) -> bool:
    return reading.tells(clause.whole, "passive") and reading.participle(clause.whole)


def _without(reading: Reading, clause: Clause, subject: Mention | None) -> int:
    """A clause that names no person at all."""
    if clause.finite < 0 or clause.kind in ("infinitive", "fragment"):
        return OPEN
    said, passive = reading.said[clause.sentence], _passive(reading, clause)
    if passive and BODY in said and reading.tells(clause.whole, "office verbs"):
        return BODY
    if passive and (OWN in said or (reading.addressed == OWN and ALL not in said)):
        return OWN
    if subject is not None and subject.sort == "thing" and is_inner(reading.kinds[subject.place].lemma):
        return OPEN if _someone_before(reading, clause) else NO_ONE
    return OPEN if subject is None and not passive else NO_ONE


def _someone_before(reading: Reading, clause: Clause) -> bool:
    """Whether the sentence has told of somebody who may have what the clause names, and the clause is not set in the whole place."""
    places = words("quarters")
    if any(reading.kinds[m.place].lemma in places and m.prep for m in reading.named[clause.whole]):
        return False
    first = next(n for n, other in enumerate(reading.clauses) if other.sentence == clause.sentence)
    return any(reading.values.get(reading.clauses[n].whole, OPEN) >= 0 for n in range(first, clause.whole))


def settle(reading: Reading) -> dict[int, int]:
    """The number of ABOUT for every clause: open ones take it from what they hang on and what stands around.

    -1 where nothing around tells either and the clause holds no noun.
    """
    order, values = list(reading.places), reading.values
    for at, whole in enumerate(order):
        if values[whole] == OPEN:
            values[whole] = _around(reading, order, at)
    return {whole: _final(reading, whole, value) for whole, value in values.items()}


def _around(reading: Reading, order: list[int], at: int) -> int:
    clause = reading.clauses[order[at]]
    before = [n for n in (clause.matrix, clause.joined) if n >= 0] + order[max(0, at - _AROUND) : at][::-1]
    if clause.kind == "fragment" and reading.values.get(clause.joined) == NO_ONE:
        return NO_ONE  # `da gibt es Läden, aber keinen Raum`
    # `Nicht geschlafen.` answers for the one who was asked
    asked = (
        reading.addressed >= 0 and clause.finite < 0 and any(reading.kinds[i].verbal for i in reading.places[order[at]])
    )
    behind = [] if asked else order[at + 1 : at + 1 + _AROUND]
    if clause.matrix >= 0 and reading.tells(clause.matrix, "opinion") and reading.values.get(clause.matrix) == SELF:
        before = [n for n in before if n != clause.matrix] + [clause.matrix]  # `mir ist klar, dass da der Wille fehlt`
    joins = reading.kinds[clause.start].low in _JOINING  # goes on, though a new sentence may begin
    here = before if joins else [n for n in before + behind if reading.clauses[n].sentence == clause.sentence]
    return next(
        (reading.values[n] for n in here + before + behind if reading.values.get(n, OPEN) >= 0), reading.addressed
    )


def _final(reading: Reading, whole: int, value: int) -> int:
    if value >= 0:
        return value
    return ALL if value == NO_ONE or reading.named[whole] or reading.clauses[whole].finite >= 0 else NOBODY
