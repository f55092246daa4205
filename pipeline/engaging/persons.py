"""Who does it: the subject of a unit, or what a pronoun there takes up."""

from __future__ import annotations

from typing import NamedTuple

from pipeline.engaging.nouns import dative, private
from pipeline.engaging.phrases import phrase
from pipeline.engaging.reading import Passage, Unit, ends_in, words
from pipeline.whom.mentions import Mention
from pipeline.whom.subjects import subject_of
from pipeline.whom.words import OWN, SELF

ME, US, NAME, WORDS = "me", "us", "name", "words"
_PERSON = frozenset({"person", "body", "some", "quantity"})


class Who(NamedTuple):
    """`kind`: me, us, name (a private person), words (as said), or empty; `places`: the phrase; `subject`: what stands in the unit for it."""

    kind: str
    places: tuple[int, ...]
    subject: tuple[int, ...]


NOBODY = Who("", (), ())


def who(passage: Passage, unit: Unit) -> Who:
    """The one who does it, as far as the passage says."""
    reading, clause = passage.reading, passage.reading.clauses[unit.whole]
    named = [m for m in reading.named[unit.whole] if not _false(passage, m)]
    for m in named:
        m.of = -1 if m.sort == "quantity" and not m.prep else m.of  # `für zwanzig Euro kann jeder mitmachen`
    subject = subject_of(reading, clause, named)
    if clause.finite < 0 <= unit.finite:
        subject = next((m for m in named if m.place < unit.finite and not m.prep and m.of < 0), subject)
    if subject is None or _suffers(passage, unit) or passage.kinds[subject.place].low in ("wer", "was", "wat"):
        return NOBODY
    if _behind_verb(passage, unit, subject):
        return NOBODY
    if unit.kind == "relative" and subject.place == clause.opener:
        return _antecedent(passage, unit, subject)
    own = phrase(passage, subject.place, set(unit.places))
    if subject.sort == "speaker":
        if subject.who == SELF and subject.number != "p" and len(own) == 1:
            joined = any(passage.kinds[i].low == "und" for i in own)
            return Who(US if joined else ME, own, own)
        return Who(US if subject.who in (SELF, OWN) else "", _apposition(passage, unit, own), _apposition(passage, unit, own))
    if subject.sort in ("man", "you", "it", "polite", "possessive"):
        return Who("", (), own)
    if subject.sort == "third":
        after = subject.place + 1
        if after in unit.places and passage.kinds[after].tag in ("CARD", "ADJA"):
            return Who("", (), own)  # `die drei flicken Kleider`
        return taken_up(passage, unit, subject)
    return named_by(passage, unit, subject)


def _behind_verb(passage: Passage, unit: Unit, subject: Mention) -> bool:
    """`und machen Essen`: what stands behind the verb of a clause that `und` joins is its object."""
    first = unit.places[0]
    joined = passage.kinds[first].low in ("und", "oder") and unit.finite == first + 1
    return joined and subject.sort in ("name", "thing") and subject.place > unit.finite


def taken_up(passage: Passage, unit: Unit, subject: Mention) -> Who:
    """`der`, `sie`: the last person or body named before, in the nominative as far as forms tell; else nobody."""
    reading, finite = passage.reading, passage.kinds[unit.finite].low if unit.finite >= 0 else ""
    plural = finite.endswith("n") and passage.kinds[subject.place].low in ("die", "sie", "se")
    own = (subject.place,)
    sentence = reading.clauses[unit.whole].sentence
    before = [m for named in reading.named.values() for m in named if m.place < subject.place and sentence - reading.clauses[reading.number[m.place]].sentence <= 1]
    for m in sorted(before, key=lambda m: -m.place):
        group = m.sort == "thing" and _does(passage, m.place)
        if (m.sort not in ("person", "body", "name") and not group) or m.prep or m.of >= 0 or dative(passage, m) or passage.kinds[m.place].low in words("units"):
            continue
        clause = reading.clauses[reading.number[m.place]]
        if clause.finite >= 0 and clause.finite < m.place and passage.kinds[clause.finite].lemma == "sein":
            continue  # `der ist Busfahrer`: what somebody is
        fits = (m.number == "p") == plural or not m.number or (plural and m.sort == "body")
        gender = plural or not m.gender or passage.kinds[subject.place].low in {"m": ("der", "er"), "f": ("die", "sie", "se"), "n": ("es", "das", "er", "sie")}[m.gender]
        if fits and gender:
            places = phrase(passage, m.place, range(max(0, m.place - 6), subject.place))
            if passage.kinds[places[0]].tag in ("APPR", "APPRART"):
                continue
            return Who(NAME if private(passage, places) else WORDS, places, own)
        return Who("", (), own)
    return Who("", (), own)


def named_by(passage: Passage, unit: Unit, subject: Mention) -> Who:
    """The phrase of a noun; in the forefield all of it (`der Verein in der Siedlung`)."""
    own = phrase(passage, subject.place, set(unit.places))
    if passage.kinds[own[0]].tag in ("APPR", "APPRART"):
        return Who("", (), own)
    if subject.sort == "thing" and not _does(passage, subject.place):
        return Who("", (), own)
    if _other_before_verb(passage, unit, own):
        return Who("", (), own)
    whole = _forefield(passage, unit, own)
    kind = NAME if private(passage, whole) else WORDS
    return Who(kind, whole, whole)


def _other_before_verb(passage: Passage, unit: Unit, own: tuple[int, ...]) -> bool:
    """`Der eine in den Bus, …, der dritte passt auf`: behind the last comma before the verb stands another phrase than a mere `der`."""
    between = [i for i in unit.places if own[-1] < i < unit.finite]
    commas = [i for i in between if passage.kinds[i].tag == "$,"]
    behind = [i for i in between if commas and i > commas[-1]]
    return unit.kind == "main" and len(behind) > 1 and passage.kinds[behind[0]].tag in ("ART", "PDS", "PPOSAT", "PIAT", "PRELS")


def _forefield(passage: Passage, unit: Unit, own: tuple[int, ...]) -> tuple[int, ...]:
    """The phrase with what follows it up to the finite verb, where nothing but attributes can stand between."""
    kinds, finite = passage.kinds, unit.finite
    if finite < own[-1] or unit.kind != "main":
        return own
    between = [i for i in unit.places if own[-1] < i < finite]
    attached = bool(between) and kinds[between[0]].tag in ("APPR", "APPRART", "ART") and not any(kinds[i].tag in ("$,", "KON", "PDS", "PPER") for i in between)
    return (*own, *between) if attached and len(between) <= 6 else own


def _apposition(passage: Passage, unit: Unit, own: tuple[int, ...]) -> tuple[int, ...]:
    """`wir vom Förderverein`, `wir als Bürgerverein`."""
    after = own[-1] + 1
    if after in unit.places and passage.kinds[after].low in ("als", "vom", "von", "aus", "ausm"):
        noun = next((i for i in range(after + 1, min(after + 5, unit.places[-1] + 1)) if passage.kinds[i].tag in ("NN", "NE")), -1)
        if noun > 0 and (unit.finite < 0 or unit.finite < own[0] or noun < unit.finite):
            return (*own, *range(after, noun + 1))
    return own


def _antecedent(passage: Passage, unit: Unit, pronoun: Mention) -> Who:
    """What a relative pronoun stands for: the last noun before it that may be a person or a body."""
    reading = passage.reading
    clause = reading.clauses[unit.whole]
    if clause.matrix < 0:
        return NOBODY
    before = [m for m in reading.named[reading.clauses[clause.matrix].whole] if m.place < pronoun.place and m.sort in (*_PERSON, "name")]
    own = (pronoun.place,)
    head = next((m for m in reversed(before) if m.of < 0), None)
    if head is None or head.prep or passage.kinds[head.place].low == "wer":
        return Who("", (), own)
    places = phrase(passage, head.place, range(max(0, head.place - 6), pronoun.place))
    role = next((m for m in reversed(before) if m.place < head.place and m.sort == "person" and not m.prep and m.of < 0), None)
    if private(passage, places) and role is not None and passage.form(places[0] - 1) == ",":  # `die Nachbarin, die Frau X, die …`
        named = phrase(passage, role.place, range(max(0, role.place - 6), places[0] - 1))
        places = places if private(passage, named) else named
    return Who(NAME if private(passage, places) else WORDS, places, own)


def _does(passage: Passage, place: int) -> bool:
    """Nouns that stand for those who do something though no list of persons has them: groups."""
    return ends_in(passage.kinds[place].low, "doers", 4) or passage.kinds[place].low in words("more persons")


def _false(passage: Passage, m: Mention) -> bool:
    """What is no subject: persons in the dative, times."""
    kind = passage.kinds[m.place]
    return kind.low in words("units") or kind.lemma in words("units") or dative(passage, m)


def _suffers(passage: Passage, unit: Unit) -> bool:
    """Passive: the subject is not the one who acts."""
    finite = passage.kinds[unit.finite] if unit.finite >= 0 else None
    return finite is not None and finite.lemma == "werden" and any(passage.kinds[i].verbal == "p" for i in unit.places)
