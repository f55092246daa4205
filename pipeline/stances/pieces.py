"""Pieces of a sentence between commas, conjunctions and run-on verbs: what clauses are made of.

Facts that a piece shows by itself (its opener, its finite verb, where that stands); how pieces hang together is
`clauses.py`.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from pipeline.stances.cuts import COMMAS, QUOTES, STOPS, cuts
from pipeline.stances.finite import before_subject, hidden_finite, no_finite
from pipeline.stances.words import Kind


class Piece(NamedTuple):
    """Words [start, end). `before` is what parts it from the piece before: comma, stop, and, contrast, none."""

    start: int
    end: int
    before: str
    kind: str
    opener: int
    finite: int
    final: bool  # the finite verb stands at the end
    closing: bool  # no finite verb, but the rest of a verb: a participle, an infinitive, a particle


_OPENERS = frozenset({"KOUS", "KOUI", "PRELS", "PRELAT", "PWAV", "PWS", "PWAT"})
_SECOND = frozenset({"weil", "obwohl", "wobei", "während", "denn"})
_OPENING_CAPS = frozenset("dass weil wenn ob obwohl damit falls bevor nachdem als bis seit während".split())
_PREPOSITIONS_TOO = frozenset({"bis", "seit", "während", "seitdem", "wie", "als"})
_RELATIVE_ADVERBS = frozenset({"wo", "womit", "wofür", "worüber", "woran", "wodurch"})


def pieces(kinds: Sequence[Kind], start: int, end: int) -> list[Piece]:
    """The pieces of the sentence that stands at [start, end), in order."""
    found: list[Piece] = []
    for a, b, before in cuts(kinds, start, end):
        found += _run_on(kinds, _look(kinds, a, b, before))
    return found


def _look(kinds: Sequence[Kind], a: int, b: int, before: str) -> Piece:
    opener, finite, last, other, zu = -1, -1, -1, -1, False
    begun = 0  # words before the opener
    for i in range(a, b):
        kind = kinds[i]
        if kind.verbal == "f":
            finite = i if finite < 0 else finite
        elif kind.verbal:
            other = i
            zu = zu or kind.verbal == "z" or (kind.verbal == "i" and i > a and kinds[i - 1].low == "zu")
        elif kind.tag == "PTKVZ":
            other = i
        if opener < 0 and begun < 3 and kind.tag in _OPENERS and finite < 0 and _opens(kinds, a, i, before):
            opener = i
        if kind.low not in QUOTES and kind.low not in COMMAS and kind.low not in STOPS:
            begun += 1
            last = i
    alone = finite >= 0 and finite == last and begun <= 2 and kinds[finite].low == kinds[finite].lemma
    if alone and before != "and" and (begun == 1 or kinds[a].low == "aber"):
        finite, other = -1, finite  # `…, aber sprechen, das machen wir nie`
    elif finite < 0 and not zu:
        finite = hidden_finite(kinds, a, b, opener)
    opener = _true_opener(kinds, Bounds(a, b, before), opener, finite, last, zu)
    if opener >= 0 and finite >= 0 and _second(kinds, opener, finite, last):
        return Piece(a, b, before, "main", opener if kinds[opener].low in _SECOND else -1, finite, False, False)
    kind_name = _kind(kinds, opener, finite, zu)
    return Piece(a, b, before, kind_name, opener, finite, finite >= 0 and finite >= last, finite < 0 <= other)


class Bounds(NamedTuple):
    """Words [start, end) and what parts them from the piece before."""

    start: int
    end: int
    before: str


def _true_opener(kinds: Sequence[Kind], at: Bounds, opener: int, finite: int, last: int, zu: bool) -> int:
    """The opener, where the place of the verb shows that a word opens the clause after all, or does not."""
    a = at.start
    if opener < 0 and finite == last and finite > a + 1 and kinds[a].low in _PREPOSITIONS_TOO:
        opener = a  # `Bis die Moschee gebaut wurde`
    if opener >= 0 and kinds[opener].tag == "KOUI" and finite >= 0 and not zu:
        opener = -1  # the preposition: `ohne Papier ich bekomme nichts`
    if opener >= 0 and kinds[opener].low == "da" and finite != last:
        opener = -1  # the adverb
    question = kinds[a].tag in ("PWAV", "PWS", "PWAT")
    if opener < 0 and at.before == "stop" and a < finite - 1 and finite == last and question:
        opener = a  # `Was hier fehlt, ist Platz`
    if opener != a and finite == last and _says_that(kinds, a, at.end, at.before):
        opener = a
    return opener


def _opens(kinds: Sequence[Kind], a: int, i: int, before: str) -> bool:
    kind = kinds[i]
    if kind.tag in ("KOUS", "KOUI"):
        return True
    if before == "stop":  # `Wo wohnen Sie?` is a question, `Wo ich klein war` none
        return i == a and kind.tag == "PWAV" and kinds[i + 1 : i + 2] != [] and kinds[i + 1].tag == "PPER"
    return i == a or all(kinds[j].tag in ("APPR", "KON", "ADV", "PTKNEG", "$(", "$,") for j in range(a, i))


def _says_that(kinds: Sequence[Kind], a: int, b: int, before: str) -> bool:
    """`dat der Kiosk brummt`: what looks like a pronoun is the conjunction dass, where a subject and a verb at the end
    follow.
    """
    return before != "stop" and kinds[a].low in ("das", "dat") and a + 1 < b and _is_subject(kinds[a + 1])


def _is_subject(kind: Kind) -> bool:
    return kind.tag in ("PPER", "PDS", "ART", "PPOSAT", "PIAT", "PRELS") or kind.low in (
        "man",
        "da",
        "hier",
        "jeder",
        "keiner",
        "se",
        "sich",
    )


def _second(kinds: Sequence[Kind], opener: int, finite: int, last: int) -> bool:
    """Whether the verb stands second behind what opens: `weil die haben keine Zeit`, `…, die haben wir nicht`."""
    if last <= finite or kinds[opener].low in ("dass", "wenn", "ob", "als", "damit", "falls"):
        return False
    rest = [kinds[i] for i in range(finite + 1, last + 1) if not kinds[i].verbal and kinds[i].tag[0] != "$"]
    if not rest:
        return False
    if kinds[opener].tag in ("PRELS", "PWS", "PWAV"):
        between = (
            opener + 1 if kinds[opener].tag == "PRELS" and kinds[opener + 1].tag in ("PIS", "ADJA", "CARD") else opener
        )
        return finite == between + 1  # `die haben wir nicht`, `die anderen packen an`
    if kinds[opener].tag == "PRELAT":
        return finite - opener <= 3
    return kinds[opener].low in _SECOND and finite - opener <= 4


def _kind(kinds: Sequence[Kind], opener: int, finite: int, zu: bool) -> str:
    if opener >= 0:
        tag = kinds[opener].tag
        if tag == "KOUI" or (zu and finite < 0):
            return "infinitive"
        if kinds[opener].low in ("das", "dat") and opener + 1 < len(kinds) and _is_subject(kinds[opener + 1]):
            return "subordinate"  # `dat die kommen`, `das wir helfen`: dass
        if tag in ("PRELS", "PRELAT") or kinds[opener].low in _RELATIVE_ADVERBS:
            return "relative"
        return "subordinate"
    if finite >= 0:
        return "main"
    return "infinitive" if zu else "fragment"


def shares_verb(kinds: Sequence[Kind], part: Piece) -> bool:
    """`die da sitzen | und über uns entscheiden, …`: a plural at its end, which looks like an infinitive."""
    if part.before != "and" or not part.closing or kinds[part.start - 1].low == ",":
        return False
    words = [i for i in range(part.start, part.end) if kinds[i].tag[0] != "$"]
    return kinds[words[-1]].verbal == "i"


def _run_on(kinds: Sequence[Kind], piece: Piece) -> list[Piece]:
    """Cuts a piece with two finite verbs where the second clause begins: `ich glaub die kommen nicht`."""
    if piece.finite < 0:
        return [piece]
    for i in range(piece.finite + 1, piece.end):
        if kinds[i].verbal != "f" and not before_subject(kinds, i, piece.end):
            continue
        if kinds[i].tag == "VMFIN" and piece.finite <= piece.start + 1 and kinds[piece.finite].low.endswith("en"):
            piece = piece._replace(finite=i)  # `arbeiten in meinem Beruf ich darf nicht`
            continue
        if kinds[i].tag == "VVIMP" and not kinds[i].small:
            continue  # a noun (`a bissle Ruh`)
        if no_finite(kinds, piece.finite, i, piece.end):
            continue
        copula = kinds[i].lemma == "sein" and kinds[piece.finite].tag == "VVFIN" and i == piece.finite + 1
        if copula:
            return [_look(kinds, piece.start, i, piece.before), *_run_on(kinds, _look(kinds, i, piece.end, "none"))]
        one_group = kinds[i].verbal == "f" and kinds[i].tag != "VVFIN"
        if piece.kind != "main" and one_group and all(kinds[j].verbal for j in range(piece.finite, i)):
            continue  # `geholfen hat`, `haben helfen können`: one group of verbs
        cut = _front(kinds, piece.finite, i) if piece.kind == "main" else _behind(kinds, piece, i)
        if cut <= piece.finite or cut >= piece.end:
            return [piece]
        head = _look(kinds, piece.start, cut, piece.before)
        return [head, *_run_on(kinds, _look(kinds, cut, piece.end, "none"))]
    return [piece]


def _behind(kinds: Sequence[Kind], piece: Piece, i: int) -> int:
    """Behind a clause whose verb stands at its end the next one begins at once, if its verb does too."""
    return i if i == piece.finite + 1 else _front(kinds, piece.finite, i)


def _front(kinds: Sequence[Kind], low: int, i: int) -> int:
    """Where the clause of the verb at `i` begins: with the one phrase before it, or behind a verb of saying and its
    subject.
    """
    if "speech" in kinds[low].cues or "thought" in kinds[low].cues:
        cut = low + 1
        while cut < i - 1 and (kinds[cut].low in _AFTER_SPEECH or kinds[cut].tag in ("PPER", "ITJ")):
            cut += 1
        return cut
    cut = i - 1
    if kinds[cut].tag in ("NN", "NE"):
        while cut - 1 > low and kinds[cut - 1].tag in (
            "ART",
            "ADJA",
            "PPOSAT",
            "PIAT",
            "PDAT",
            "CARD",
            "APPR",
            "APPRART",
            "NN",
        ):
            cut -= 1
    return cut


_AFTER_SPEECH = frozenset("mal immer ja halt eben ma jetzt ganz ehrlich auch nicht dann so einfach nur".split())
