"""About whom a single clause is: its subject, whom its verb happens to, or for whom it is; and the clauses that leave it open."""

from __future__ import annotations

from pipeline.stances.clauses import Clause
from pipeline.whom.everybody import sums_up
from pipeline.whom.mentions import Mention
from pipeline.whom.parted import cleft, resumed
from pipeline.whom.reading import NO_ONE, OPEN, Reading, is_e_form
from pipeline.whom.subjects import NO_PERSON, last, object_of, predicate_body, remember, resolve, subject_of
from pipeline.whom.who import who
from pipeline.whom.words import ALL, BODY, NOBODY, OTHER, OWN, SELF, affects, is_inner, words

_JOINING = frozenset({"und", "oder", "aber"})
_CONCERNED = frozenset({"speaker", "person", "third", "quantity", "some"})
_SURELY = frozenset({"speaker", "man", "you"})


def read_clause(reading: Reading, whole: int) -> int:
    """The number of ABOUT of a clause, OPEN or NO_ONE; notes what it names for the clauses behind."""
    clause, named = reading.clauses[whole], reading.named[whole]
    subject = subject_of(reading, clause, named) if clause.kind != "infinitive" else None
    if subject is not None:
        resolve(reading, clause, subject)
    head = resumed(reading, clause, subject)
    value = who(reading, clause, head) if head is not None else _value(reading, clause, subject)
    if value in (OTHER, BODY):
        reading.third = value
    remember(reading, named, subject)
    reading.heard[whole] = len(reading.known)
    return value


def _value(reading: Reading, clause: Clause, subject: Mention | None) -> int:
    if sums_up(reading, clause, subject):
        return ALL
    if (asked_for := cleft(reading, clause)) >= 0:
        return asked_for
    if subject is not None and subject.sort not in NO_PERSON:
        return _of_person(reading, clause, subject)
    becomes = reading.tells(clause.whole, "passive")
    if subject is not None and not becomes and (acts := _acts(reading, clause, subject)) is not None:
        return acts
    if _unknown_speaker(reading, clause, subject) and not becomes:
        return OTHER
    exists = reading.tells(clause.whole, "existing")
    sufferer = None if exists else object_of(reading.named[clause.whole], subject)
    if sufferer is not None and sufferer.sort != "speaker" and subject is not None and subject.sort == "polite":
        sufferer = None  # `hier finden Sie drei Bestatter`
    dropped = _dropped(reading, clause, subject)
    joins = reading.kinds[clause.start].low in _JOINING and not _affected(reading, clause)
    if dropped is not None and dropped != OPEN and (sufferer is None or joins):
        return dropped
    if sufferer is not None:
        return who(reading, clause, sufferer)
    active = subject is not None and subject.place < clause.finite and not becomes
    concerned = _concerned(reading, clause, exists, active)
    return concerned if concerned is not None else _without(reading, clause, subject)


def _acts(reading: Reading, clause: Clause, subject: Mention) -> int | None:
    """A noun of no list that does what only bodies (`der Bauhof streicht das`) or only persons do (`der Koch schläft`)."""
    first = subject.sort == "thing" and subject.place < clause.finite and subject.owner == NOBODY
    if not first or not is_determined(reading, subject.place) or _affected(reading, clause):
        return None
    if reading.tells(clause.whole, "office verbs"):
        return BODY
    return OTHER if reading.tells(clause.whole, "minded") else None


def _affected(reading: Reading, clause: Clause) -> bool:
    kinds = reading.kinds
    return any(
        affects(kinds[i].lemma) for i in reading.places[clause.whole] if kinds[i].verbal or kinds[i].tag == "ADJD"
    )


def _of_person(reading: Reading, clause: Clause, subject: Mention) -> int:
    """A clause with a person as its subject: about the subject, or about the one whom it treats or leaves out."""
    sufferer = object_of(reading.named[clause.whole], subject)
    if sufferer is not None:
        # `mir hat keiner zugehört`, `meinem Vater hilft keiner`
        left = subject.sort == "nobody" and (sufferer.sort == "speaker" or sufferer.place < subject.place)
        if left or _affected(reading, clause) or _kept_out(reading, clause):
            return who(reading, clause, sufferer)
    if subject.sort == "name" and clause.finite < 0:
        return OPEN
    if sufferer is None and _wanted(reading, clause, subject):
        return NO_ONE
    return who(reading, clause, subject, sufferer)


def _wanted(reading: Reading, clause: Clause, subject: Mention) -> bool:
    """`Hier fehlen Hebammen`, `was fehlt, sind Hebammen`: persons that are not there."""
    bare = subject.sort == "person" and subject.plain and not is_determined(reading, subject.place)
    near = {clause.whole, *(n for n in reading.around(clause.whole) if reading.clauses[n].matrix == clause.whole)}
    return bare and any(reading.tells(reading.clauses[n].whole, "wanting") for n in near)


def is_determined(reading: Reading, place: int) -> bool:
    return place > 0 and reading.kinds[place - 1].tag in ("ART", "PPOSAT", "PDAT", "ADJA", "PIAT", "CARD", "FM")


def _kept_out(reading: Reading, clause: Clause) -> bool:
    """`Die haben uns nicht mitspielen lassen`, `der hat mich im Regen stehen lassen`."""
    kinds, places = reading.kinds, reading.places[clause.whole]
    if not any(kinds[i].lemma == "lassen" for i in places):
        return False
    return any("negator" in kinds[i].cues or kinds[i].lemma in words("left so") for i in places)


def _unknown_speaker(reading: Reading, clause: Clause, subject: Mention | None) -> bool:
    """A noun of no list that says something is a person."""
    thing = subject is not None and subject.sort == "thing" and subject.place < clause.finite
    return thing and reading.tells(clause.whole, "saying")


def _concerned(reading: Reading, clause: Clause, exists: bool, active: bool) -> int | None:
    """Whom a clause about a thing concerns: `bei uns`, `für die Alten`, `mein Herz`, `im Rathaus`."""
    named = reading.named[clause.whole]
    for m in named:
        if (
            m.sort in _CONCERNED
            and m.of < 0
            and m.prep in words("about prepositions")
            and not _seen_by(reading, clause, m)
        ):
            return who(reading, clause, m)
    for m in named:
        owned = m.sort in ("thing", "it") and m.owner != NOBODY and m.prep not in words("time prepositions")
        if owned and not _opinion(reading, m):
            return m.owner if m.owner != OTHER else last(reading)
    if predicate_body(reading, clause, named) is not None:
        return None
    for m in named:
        if m.sort == "body" and not exists and not (active and m.prep in words("local prepositions")):
            return m.who
    return None


def _seen_by(reading: Reading, clause: Clause, m: Mention) -> bool:
    """`Interesse sieht für mich anders aus`: the speaker only says how he sees it."""
    return m.who == SELF and m.prep == "für" and reading.tells(clause.whole, "seeming")


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
    earlier = [reading.clauses[n] for n in reading.around(clause.whole) if n < clause.whole]
    return any(reading.values.get(c.whole, OPEN) >= 0 for c in earlier if c.sentence == clause.sentence)
