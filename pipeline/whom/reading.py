"""A turn as the rules about persons read it: words, clauses, whom each clause names, and what is known so far."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from pipeline.stances.clauses import Clause, segment
from pipeline.stances.words import Kind, Word, kind
from pipeline.whom.mentions import Mention, mentions
from pipeline.whom.words import ALL, BODY, NOBODY, OWN, SELF, Role, affects, role_of, words

OPEN = -2  # nothing in the clause tells; its neighbours do
NEAR = 12  # clauses before and behind from which an open clause may take its value
NO_ONE = -3  # no person has a part in it: everybody, but nothing that neighbours could take over


@dataclass(slots=True)
class Reading:
    """A turn as it is read from left to right.

    `places`, `named`, `values`: words, mentions and number of ABOUT of a clause by its `whole`. `known`: nouns named so far, the
    last one last. `addressed`: whether the respondent was asked of himself (self), of his own (own group) or neither (-1). `said`: for
    every sentence whom its words name. `among`: sentences set among the speaker's group (`bei uns`). `third`: the last other or body
    that a clause was about. `heard`: how many nouns were known when a clause had been read.
    """

    kinds: list[Kind]
    clauses: list[Clause]
    number: list[int]
    places: dict[int, list[int]]
    named: dict[int, list[Mention]]
    known: list[Mention] = field(default_factory=list)
    addressed: int = NOBODY
    values: dict[int, int] = field(default_factory=dict)
    said: dict[int, set[int]] = field(default_factory=dict)
    among: set[int] = field(default_factory=set)
    third: int = OPEN
    heard: dict[int, int] = field(default_factory=dict)

    def tells(self, whole: int, verbs: str) -> bool:
        """Whether a word of the clause that is no noun has its lemma in the list of that name."""
        listed = words(verbs)
        return any(self.kinds[i].lemma in listed and self.kinds[i].tag != "NN" for i in self.places[whole])

    def around(self, whole: int) -> range:
        """The clauses near one, so that a long turn takes no longer a word."""
        return range(max(0, whole - NEAR), min(len(self.clauses), whole + NEAR + 1))

    def participle(self, whole: int) -> bool:
        return any(self.kinds[i].verbal == "p" for i in self.places[whole])


def is_e_form(finite: Kind) -> bool:
    """A form in -e of the present: first person, or the Konjunktiv I of reported speech (`gehe`, `sammle`, `bedaure`).

    >>> is_e_form(kind(Word("sammle", "sammle", "VVFIN", "sammeln", "VERB")))
    True
    """
    low, lemma = finite.low, finite.lemma
    cut = lemma.endswith(("ern", "eln")) and low.endswith(lemma[:-3] + lemma[-2] + "e")
    return finite.tag in ("VVFIN", "VVIMP") and (cut or (low.endswith("e") and lemma.endswith(low + "n")))


def reading_of(sentences: Sequence[Sequence[Word]]) -> Reading:
    """Words, clauses and mentions of a turn, nothing decided yet."""
    flat = [word for sentence in sentences for word in sentence]
    kinds, roles = [kind(word) for word in flat], [role_of(word) for word in flat]
    ends, end = [], 0
    for sentence in sentences:
        end += len(sentence)
        ends.append(end)
    clauses, number = segment(kinds, ends)
    places: dict[int, list[int]] = {}
    for clause in clauses:
        places.setdefault(clause.whole, []).extend(range(clause.start, clause.end))
    _dialect(flat, kinds, roles)
    _polite(flat, kinds, roles)
    named = {whole: mentions(kinds, roles, where) for whole, where in places.items()}
    reading = Reading(kinds, clauses, number, places, named)
    for whole, found in named.items():
        _note(reading, whole, found)
    return reading


_OWN_ROLE = Role("speaker", OWN, "n", "p")
_BORDERS = frozenset({"$,", "$.", "$(", "KON", "KOUS", "ITJ", "PTKANT"})


def _dialect(flat: Sequence[Word], kinds: list[Kind], roles: list[Role | None]) -> None:
    """Dialects say `mir`, `mer`, `mr`, `ma` for `wir`: beside a plural verb, or before those who it is; else for `man`."""
    for i, word in enumerate(flat):
        low = word.form.lower()
        if (
            low not in _WE
            or kinds[i].low not in _WE_READ
            or (i and word.form[0].isupper() and kinds[i - 1].tag != "$.")
        ):
            continue  # `ma` is `mal` as well, and `Ma` men
        behind = kinds[i + 1] if i + 1 < len(kinds) else None
        before = kinds[i - 1] if i else None
        opens = before is None or before.tag in _BORDERS
        if behind is not None and (
            (_plural_form(behind) and (opens or low != "mir")) or (opens and _group(roles[i + 1], behind))
        ):
            roles[i] = _OWN_ROLE
        elif behind is not None and behind.low == "uns":
            roles[i] = _OWN_ROLE  # `do löset mir ons uf`
        elif (
            before is not None
            and _plural_form(before)
            and (low != "mir" or before.low in words("plural dialect") or _says_mir(flat, roles, i))
        ):
            roles[i] = _OWN_ROLE  # `do wara mr stolz`, `san mir dahoam`, `mir hocket … ond do lasset mir`
        elif low == "ma" and not _beside_verb(before, behind):
            roles[i] = None  # `bis die Stadt da ma in die Puschen kommt`: `mal`
        elif low != "mir":
            roles[i] = _MAN_ROLE


def _says_mir(flat: Sequence[Word], roles: list[Role | None], i: int) -> bool:
    """Whether the speaker has just said `mir` for `wir`."""
    return any(roles[k] is _OWN_ROLE and flat[k].form.lower() == "mir" for k in range(max(0, i - 25), i))


def _beside_verb(before: Kind | None, behind: Kind | None) -> bool:
    """Whether a pronoun may stand here: next to the finite verb, or behind the opener of a clause."""
    return (before is not None and (before.verbal == "f" or before.tag[:4] in ("KOUS", "PREL", "PWAV"))) or (
        behind is not None and behind.verbal == "f"
    )


def _polite(flat: Sequence[Word], kinds: list[Kind], roles: list[Role | None]) -> None:
    """`Sie` and `Ihnen` inside a sentence are the interviewer, about whom nothing is told."""
    for i in range(1, len(flat)):
        if flat[i].form in ("Sie", "Ihnen") and kinds[i - 1].tag not in ("$.", "$("):
            roles[i] = _POLITE_ROLE


_POLITE_ROLE = Role("polite", NOBODY)
_WE = frozenset({"mir", "mer", "mr", "ma"})
_WE_READ = _WE | {"wir", "man"}  # what the normal form may have made of them
_MAN_ROLE = Role("man", ALL, "n", "s")


def _plural_form(word: Kind) -> bool:
    if word.low in words("plural dialect"):
        return True
    return (
        word.tag in ("VVFIN", "VAFIN", "VMFIN", "FM", "VVINF", "NE")
        and word.low.endswith(("en", "et", "an", "ln"))
        and not affects(word.lemma)
    )


def _group(role: Role | None, word: Kind) -> bool:
    return (
        word.tag == "CARD"
        or (role is not None and role.sort in ("person", "thing", "name"))
        or (word.tag == "ADJA" and not word.small)
    )


def _note(reading: Reading, whole: int, found: list[Mention]) -> None:
    """Notes whom a sentence names; `ich glaube` and the like only lead in what is said of others."""
    said = reading.said.setdefault(reading.clauses[whole].sentence, set())
    opinion = any(reading.kinds[i].verbal and reading.kinds[i].lemma in words("opinion") for i in reading.places[whole])
    for m in found:
        if m.who == SELF and not (opinion and m.case == "n") and m.prep != "für":
            said.add(SELF)
        elif m.who == OWN:
            said.add(OWN)
            if m.prep in words("own prepositions"):
                reading.among.add(reading.clauses[whole].sentence)
        elif m.sort == "quantity":
            said.add(ALL)
        elif m.sort == "body":
            said.add(BODY)
        if m.owner in (SELF, OWN):
            said.add(m.owner)
