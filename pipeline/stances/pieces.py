"""Pieces of a sentence between commas, conjunctions and run-on verbs: what clauses are made of.

Facts that a piece shows by itself (its opener, its finite verb, where that stands); how pieces hang together is `clauses.py`.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

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


_COMMAS = frozenset({",", "–", "—", "-", "…", "...", "(", ")", "/"})
_STOPS = frozenset({":", ";", ".", "!", "?"})
_QUOTES = frozenset({"„", "“", "”", "»", "«", '"', "‚", "‘", "›", "‹"})
_CONTRAST = frozenset({"aber", "sondern", "doch", "jedoch", "bloß", "nur", "allerdings", "dafür", "stattdessen"})
_AND = frozenset({"und", "oder", "sowie", "beziehungsweise", "bzw."})
_OPENERS = frozenset({"KOUS", "KOUI", "PRELS", "PRELAT", "PWAV", "PWS", "PWAT"})
# These open a clause without a comma too; what stands before them belongs to it (`auch wenn`, `so dass`).
_SURE = frozenset({"dass", "weil", "wenn", "ob", "obwohl", "damit", "sodass", "falls", "bevor", "nachdem", "sobald", "solange", "sofern", "obwohl"})
_LEADS = frozenset({"ohne", "statt", "anstatt", "auch", "so", "nur", "vor", "allem", "außer", "als", "selbst", "immer", "und", "aber", "oder", "sogar", "besonders", "gerade", "erst"})
_SECOND = frozenset({"weil", "obwohl", "wobei", "während", "denn"})
_OPENING_CAPS = frozenset({"dass", "weil", "wenn", "ob", "obwohl", "damit", "falls", "bevor", "nachdem", "als", "bis", "seit", "während"})
_RELATIVE_ADVERBS = frozenset({"wo", "womit", "wofür", "worüber", "woran", "wodurch"})


def pieces(kinds: Sequence[Kind], start: int, end: int) -> list[Piece]:
    """The pieces of the sentence that stands at [start, end), in order."""
    found: list[Piece] = []
    for a, b, before in _cuts(kinds, start, end):
        found += _run_on(kinds, _look(kinds, a, b, before))
    return found


def _cuts(kinds: Sequence[Kind], start: int, end: int) -> list[tuple[int, int, str]]:
    cuts: list[tuple[int, int, str]] = []
    a, before, words = start, "stop", False  # words: whether the piece has one yet
    for i in range(start, end):
        kind = kinds[i]
        low = kind.low
        if low in _COMMAS or low in _STOPS:
            if words and i + 1 < end:
                cuts.append((a, i + 1, before))
                a, words = i + 1, False
                before = "stop" if low in _STOPS else "comma"
            continue
        if low in _QUOTES:
            continue
        if words and (low in _AND or (low in _SURE and kind.tag in ("KOUS", "KOUI", "KON") and not _leads(kinds, a, i))):
            cut = i
            while cut - 1 > a and low in _SURE and kinds[cut - 1].low in _LEADS:
                cut -= 1
            cuts.append((a, cut, before))
            a, before = cut, "none"
        if not words and low in _AND:
            before = "and" if before != "stop" else before
        elif a == i and low in _AND:
            before = "and"
        elif not words and low in _CONTRAST and before == "comma" and kind.tag in ("KON", "ADV"):
            before = "contrast"
        words = words or low not in _AND
        if a == i and low in _AND:
            words = True
    cuts.append((a, end, before))
    return cuts


def _leads(kinds: Sequence[Kind], a: int, i: int) -> bool:
    """Whether all that stands in the piece before its conjunction leads it in: `auch wenn`, `und dass`, `nur weil`."""
    return all(kinds[j].low in _LEADS or kinds[j].low in _QUOTES for j in range(a, i))


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
        if kind.low not in _QUOTES and kind.low not in _COMMAS and kind.low not in _STOPS:
            begun += 1
            last = i
    if finite < 0 and not zu:
        finite = _hidden_finite(kinds, a, b, opener)
    if opener >= 0 and kinds[opener].low == "da" and finite != last:
        opener = -1  # the adverb
    if opener < 0 and before == "stop" and a < finite - 1 and finite == last and kinds[a].tag in ("PWAV", "PWS", "PWAT"):
        opener = a  # `Was hier fehlt, ist Platz`
    if opener >= 0 and finite >= 0 and _second(kinds, opener, finite, last):
        return Piece(a, b, before, "main", opener if kinds[opener].low in _SECOND else -1, finite, False, False)
    kind_name = _kind(kinds, opener, finite, zu)
    return Piece(a, b, before, kind_name, opener, finite, finite >= 0 and finite >= last, finite < 0 <= other)


def _opens(kinds: Sequence[Kind], a: int, i: int, before: str) -> bool:
    kind = kinds[i]
    if kind.tag in ("KOUS", "KOUI"):
        return True
    if before == "stop":  # `Wo wohnen Sie?`, `Wie das ist`: a question or an exclamation
        return False
    return i == a or all(kinds[j].tag in ("APPR", "KON", "ADV", "PTKNEG", "$(", "$,") for j in range(a, i))


def _second(kinds: Sequence[Kind], opener: int, finite: int, last: int) -> bool:
    """Whether the verb stands second behind what opens: `weil die haben keine Zeit`, `…, die haben wir nicht`."""
    if last <= finite or kinds[opener].low in ("dass", "wenn", "ob", "als", "damit", "falls"):
        return False
    rest = [kinds[i] for i in range(finite + 1, last + 1) if not kinds[i].verbal and kinds[i].tag[0] != "$"]
    if not rest:
        return False
    if kinds[opener].tag in ("PRELS", "PWS", "PWAV"):
        return finite == opener + 1
    return kinds[opener].low in _SECOND and finite - opener <= 4


def _hidden_finite(kinds: Sequence[Kind], a: int, b: int, opener: int) -> int:
    """A plural that looks like an infinitive, or like a noun in small letters behind `wir` and `die`."""
    for i in range(b - 1, a - 1, -1):
        behind = opener >= 0 and kinds[opener].tag != "KOUI"
        if (kinds[i].verbal == "i" and (behind or _has_subject(kinds, a, b))) or (kinds[i].verbal == "p" and behind):
            return i
    for i in range(a + 1, b):
        if kinds[i].tag == "NN" and kinds[i].small and kinds[i].low.endswith("n") and kinds[i - 1].low in _PLURALS:
            return i
    return -1


_PLURALS = frozenset({"wir", "die", "sie", "alle", "mir"})
_WITH_PLURAL = frozenset({"wir", "sie", "die", "alle", "viele", "manche", "andere", "welche", "ich", "beide"})


def _has_subject(kinds: Sequence[Kind], a: int, b: int) -> bool:
    return any(kinds[i].low in _WITH_PLURAL and kinds[i].tag in ("PPER", "PDS", "PIS", "PRELS") for i in range(a, b))


def _kind(kinds: Sequence[Kind], opener: int, finite: int, zu: bool) -> str:
    if opener >= 0:
        tag = kinds[opener].tag
        if tag == "KOUI" or (zu and finite < 0):
            return "infinitive"
        if tag in ("PRELS", "PRELAT") or kinds[opener].low in _RELATIVE_ADVERBS:
            return "relative"
        return "subordinate"
    if finite >= 0:
        return "main"
    return "infinitive" if zu else "fragment"


def _run_on(kinds: Sequence[Kind], piece: Piece) -> list[Piece]:
    """Cuts a piece with two finite verbs where the second clause begins: `ich glaub die kommen nicht`."""
    if piece.finite < 0:
        return [piece]
    modal = kinds[piece.finite].tag in ("VMFIN", "VAFIN")
    for i in range(piece.finite + 1, piece.end):
        if kinds[i].verbal != "f" and not _before_subject(kinds, i, piece.end):
            continue
        if modal and kinds[i].low.endswith("n") and kinds[i].tag == "VVFIN":
            continue  # an infinitive behind its modal verb
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


def _before_subject(kinds: Sequence[Kind], i: int, end: int) -> bool:
    """A plural tagged as infinitive before its subject: `wenn einer krank ist kochen wir`."""
    return kinds[i].verbal == "i" and i + 1 < end and kinds[i + 1].low in ("wir", "die", "sie") and kinds[i + 1].tag in ("PPER", "PDS")


def _behind(kinds: Sequence[Kind], piece: Piece, i: int) -> int:
    """Behind a clause whose verb stands at its end the next one begins at once, if its verb does too."""
    return i if i == piece.finite + 1 else _front(kinds, piece.finite, i)


def _front(kinds: Sequence[Kind], low: int, i: int) -> int:
    """Where the clause of the verb at `i` begins: with the one phrase before it, or behind a verb of saying and its subject."""
    if "speech" in kinds[low].cues or "thought" in kinds[low].cues:
        cut = low + 1
        while cut < i - 1 and (kinds[cut].low in _AFTER_SPEECH or kinds[cut].tag in ("PPER", "ITJ")):
            cut += 1
        return cut
    cut = i - 1
    if kinds[cut].tag in ("NN", "NE"):
        while cut - 1 > low and kinds[cut - 1].tag in ("ART", "ADJA", "PPOSAT", "PIAT", "PDAT", "CARD", "APPR", "APPRART", "NN"):
            cut -= 1
    return cut


_AFTER_SPEECH = frozenset({"mal", "immer", "ja", "halt", "eben", "ma", "jetzt", "ganz", "ehrlich", "auch", "nicht", "dann", "so", "einfach", "nur"})
