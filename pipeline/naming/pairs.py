"""Nouns side by side: German hardly puts one noun behind another but to name something (`Haus Abendfrieden`, `Kolonie Eintracht`)."""

from __future__ import annotations

import re

from pipeline.german.words import listed
from pipeline.naming.base import SURE, SUSPECTED
from pipeline.naming.bodies import Made
from pipeline.naming.dictionary import common, noun, strange
from pipeline.naming.facts import fold, folded, words
from pipeline.naming.lexicon import place
from pipeline.naming.net import adjective, may_be_org, unlisted, verb
from pipeline.naming.scan import Line
from pipeline.naming.shapes import is_title, shape

_MOST = 3  # words behind the first
_SITES = frozenset("kolonie halde fürst haldenpark revierpark".split())
_COLOURS = r"(?:schwarz|weiß|weiss|rot|blau|gelb|grün)"
_CLUB = re.compile(rf"{_COLOURS}-{_COLOURS}")
# What stands before a second noun without naming it: measures, times, kinds.
_MEASURES = re.compile(
    r"(?:anfang|ende|mitte|stück|tasse|glas|flasche|kiste|kilo|liter|meter|quadratmeter|prozent|euro|cent|mark|stunden?|minuten?|tage?n?|wochen?|monate?n?|"
    r"jahre?n?|art|sorte|paar|dutzend|hundert|tausend|millionen?|haufen|menge|reihe|gruppe|hälfte|teil|form|typ|thema|fach|note|klasse|stufe|seite|nummer|"
    r"zimmer|raum|etage|familie|montag|dienstag|mittwoch|donnerstag|freitag|samstag|sonntag|abend|morgen|mittag|nachmittag|vormittag|nacht|gott|herrgott|"
    r"januar|februar|märz|april|mai|juni|juli|august|september|oktober|november|dezember|uhr|teller|schluck|bissen|scheibe|packung|tüte|dose|becher|"
    r"pfund|gramm|grad|kilometer|mal|bisschen|portion|runde|richtung|stichwort|beruf|wort|begriff|sprache|stadt|dorf|insel|kreis|land|bundesland|fluss)"
)


def pair(line: Line, i: int, word: str, low: str) -> Made | None:
    """A noun and what names it, sure where the noun is a body's or a site's and the rest stands in no dictionary."""
    if _CLUB.fullmatch(low):
        return _club(line, i, i + 1)
    if line.lower:
        return _small(line, i, low)
    if low in ("church", "house", "centre", "center", "temple") and line.word(i + 1) in ("of", "for"):
        return i, _stop(line, i + 2), SURE, "foreign", 0
    if _spelled(line, i):
        stop = i + _spelled(line, i)
        return i, stop, SUSPECTED, "spelled", 0
    body = low.rpartition("-")[2] in folded("kinds of body") or may_be_org(low)
    if not line.capital(i + 1):
        return None
    if _owner_of(line, i, word):
        return i, i + 2, SURE, "owner", 0
    if not _head(line, i, word, low, body):
        return None
    stop = _stop(line, i + 1)
    if stop == i + 1:
        return None
    start = i - 1 if i and line.capital(i - 1) and not line.tokens[i - 1].first and adjective(line.word(i - 1)) else i
    rest = [line.word(n) for n in range(i + 1, stop)]
    telling = any(strange(w) or unlisted(w) or place(w) or shape(w).given or shape(w).surname for w in rest)
    body = body or (len(rest) > 1 and may_be_org(rest[0]))
    short = word.isupper() and 1 < len(word) < 5 and may_be_org(rest[0])
    sure = (body and (telling or _named_after(line, i))) or low in _SITES or short
    return start, stop, SURE if sure else SUSPECTED, "site" if low in _SITES else "pair", 0


def _head(line: Line, i: int, word: str, low: str, body: bool) -> bool:
    """Whether the first word may be what another names: a noun and no person, measure or title."""
    if (
        low in ("zeche", "schacht", "bergwerk", "grube", "siedlung")
        or _MEASURES.fullmatch(low)
        or is_title(word)
        or word in words("kin")
        or low in folded("offices")
    ):
        return False
    if low in folded("not a name", "not in a body's name") and not body:
        return False
    known = shape(word)
    if (known.given or (known.surname and known.plain) or known.new or place(word)) and not body and low not in _SITES:
        return False
    if listed(low)[:1].islower() and not body:
        return False  # a word of another sort that begins a sentence: Im, Meine
    return body or low in _SITES or (word.isupper() and len(word) > 1) or noun(word)


def _stop(line: Line, i: int) -> int:
    stop = i
    while stop < i + _MOST and line.capital(stop) and not line.tokens[stop].first:
        word, low = line.word(stop), fold(line.word(stop))
        if (
            len(word) < 2
            or low in folded("not in a body's name")
            or is_title(word)
            or word in words("kin")
            or _MEASURES.fullmatch(low)
        ):
            break
        stop += 1
    return stop


def _named_after(line: Line, i: int) -> bool:
    """im Haus Abendfrieden, bei der Tafel …: the preposition before shows that the two are one."""
    return fold(line.word(i - 1)) in (
        "im",
        "beim",
        "vom",
        "zum",
        "zur",
        "am",
        "der",
        "dem",
        "in",
        "bei",
        "von",
        "das",
        "die",
    )


def _owner_of(line: Line, i: int, word: str) -> bool:
    """Kalles Büdchen, Harkenbecker Bote."""
    following = line.word(i + 1)
    if fold(following) not in folded("kinds of body") or is_title(word):
        return False
    known = shape(word)
    if word.endswith("s") and known.ending and known.plain:
        return True
    return word.endswith("er") and (unlisted(word) or bool(place(word[:-2]))) and not known.given


def _club(line: Line, i: int, stop: int) -> Made:
    if line.capital(stop) or (
        line.lower and line.tokens[stop : stop + 1] and line.tokens[stop].word and not common(line.word(stop))
    ):
        stop += 1
    return i, stop, SURE, "club", 0


def _spelled(line: Line, i: int) -> int:
    """How many letters are spelled from here: A W O; 0 for fewer than three."""
    n = 0
    while n < 8 and len(line.word(i + n)) == 1 and line.capital(i + n):
        n += 1
    return n if n >= 3 else 0


def _small(line: Line, i: int, low: str) -> Made | None:
    """Without capitals: blau gelb dellrath; kita and the like before a word of no dictionary."""
    following = line.word(i + 1)
    if re.fullmatch(_COLOURS, low) and re.fullmatch(_COLOURS, fold(following)):
        return _club(line, i, i + 2)
    if not (low in folded("kinds of body") or (may_be_org(low) and len(low) > 6)) or not following.isalpha():
        return None
    if (
        len(following) > 3
        and (strange(following) or unlisted(following))
        and not common(following)
        and not verb(following)
    ):
        return i, i + 2, SURE, "pair", 0
    return None
