"""Organisations told by one word or sign: known bodies, clubs, legal forms, saints, foreign words for a body."""

from __future__ import annotations

import re
from functools import lru_cache

from pipeline.naming.base import SURE, SUSPECTED
from pipeline.naming.dictionary import common, ordinary, unknown
from pipeline.naming.facts import fold, folded, words
from pipeline.naming.lexicon import given, place
from pipeline.naming.scan import Line

Made = tuple[int, int, str, str, int]  # first token, the token after the last, certainty, rule, signs of a single token
WORDS = 4  # of one name
_FORMS = frozenset("GmbH gGmbH KG AG UG OHG SE GbR mbH".split())
_LEGAL = re.compile(r"(?P<name>.+?)(?:\s+|-)(?:e\.?\s?V\.?|e\.?\s?G\.?|gGmbH|GmbH|gUG|UG|AG|KG|OHG|mbH|Stiftung)")
_GENERIC = re.compile(r".*(?:verein|verband|bund|gemeinde|zentrum|initiative|gruppe|schule|kita|genossenschaft|gesellschaft|werkstatt|stiftung)")


def name_word(line: Line, i: int) -> bool:
    """Whether the word can be a name's: a capital and no pronoun, or, without capitals, no common word."""
    word = line.word(i)
    if not 0 <= i < len(line.tokens) or not line.tokens[i].word or fold(word) in folded("not in a body's name"):
        return False
    return not common(word) if line.lower else line.capital(i)


def body(line: Line, i: int, word: str, low: str) -> Made | None:
    """Known bodies: Caritas, AWO, Deutsches Rotes Kreuz, Milli Görüş."""
    for length in (3, 2):
        if "-".join(fold(line.word(i + n)) for n in range(length)) in folded("bodies"):
            return i, i + length, SURE, "body", 0
    if (
        not line.lower
        and low in folded("bodies")
        and low.upper() in words("bodies")
        and not word.isupper()
        and word not in words("bodies")
    ):
        return None  # "Leg das hin" is no LEG
    if low in folded("bodies") or low in folded("bodies as words"):
        sure = low in folded("bodies") or (
            fold(line.word(i - 1)) in ("der", "die", "zur")
            and fold(line.word(i - 2)) in ("bei", "zu", "von", "", ",", "und", "über", "durch")
        )
        of_town = (
            low in folded("bodies")
            and line.capital(i + 1)
            and (place(line.word(i + 1)) or not ordinary(line.word(i + 1)))
        )
        return i, i + 2 if of_town else i + 1, SURE if sure else SUSPECTED, "body", 0
    return None


def club(line: Line, i: int, word: str, low: str) -> Made | None:
    """SV Rot-Weiß Holtrup, FC Anadolu 84."""
    if low not in folded("clubs") or not (line.lower or word != word.lower()):
        return None
    stop = i + 1
    while stop < i + WORDS and (
        name_word(line, stop)
        or (
            line.lower
            and line.tokens[stop : stop + 1]
            and line.tokens[stop].word
            and fold(line.word(stop)) in folded("in clubs")
        )
    ):
        stop += 1
    if re.fullmatch(r"\d{2,4}", line.word(stop)):
        stop += 1
    return (i, stop, SURE, "club", 0) if stop > i + 1 else None


def legal_form_behind(line: Line, i: int, word: str, low: str) -> Made | None:
    """Metallbau Rehberg GmbH, Brücke e.V."""
    stop = i
    while stop < i + WORDS and name_word(line, stop) and not _legal_form(line, stop):
        stop += 1
    after, legal = fold(line.word(stop)), _legal_form(line, stop)
    if stop > i and (legal or (after == "e" and fold(line.word(stop + 1)) == "." and fold(line.word(stop + 2)) == "v")):
        return i, stop + 1 if legal else stop + 4 if line.word(stop + 3) == "." else stop + 3, SURE, "legal", 0
    return None


def _legal_form(line: Line, i: int) -> bool:
    word = line.word(i)
    return word in _FORMS or (line.lower and word in ("gmbh", "ggmbh"))


def of_something(line: Line, i: int, word: str, low: str) -> Made | None:
    """Haus der Kulturen, Brücke der Nachbarn."""
    if (
        low in folded("of something")
        and fold(line.word(i + 1)) in ("der", "des", "für")
        and line.capital(i + 2)
        and not line.lower
    ):
        return (
            i,
            i + 3,
            SURE
            if low in ("haus", "brücke", "netzwerk", "bündnis", "initiative")
            and fold(line.word(i + 1)) == "der"
            and line.word(i + 2).endswith("n")
            else SUSPECTED,
            "of",
            0,
        )
    return None


def business(line: Line, i: int, word: str, low: str) -> Made | None:
    """Westfalia Kunststofftechnik, Zion Gospel Assembly: an unknown word before a trade."""
    following = fold(line.word(i + 1))
    if (
        not line.lower
        and line.capital(i + 1)
        and re.search(
            r"(?:technik|bau|werke?|betriebe|logistik|reinigung|service|pflege|handel|gastronomie)$", following
        )
        and len(following) > 5
    ):
        return (i, i + 2, SURE, "business", 0) if unknown(word) or not ordinary(word) else None
    return None


def saint(line: Line, i: int, word: str, low: str) -> Made | None:
    """St. Barbara, Heilig Kreuz, Christus Erlöser; not Sankt Martin, whose feast it is."""
    if (
        low in ("st", "sankt")
        and (line.capital(i + 1) or (line.lower and given(line.word(i + 1))))
        and not (low == "sankt" and fold(line.word(i + 1)) in ("martin", "nikolaus"))
    ):
        return i, i + 2, SURE, "saint", 0
    if (
        low in ("heilig", "herz", "christus", "maria", "liebfrauen", "mariä")
        and fold(line.word(i + 1))
        in ("kreuz", "geist", "jesu", "erlöser", "könig", "himmelfahrt", "familie", "hilf", "empfängnis")
        and line.capital(i + 1)
    ):
        return i, i + 2, SURE, "saint", 0
    return None


def foreign(line: Line, i: int, word: str, low: str) -> Made | None:
    """Ulu Camii, Zion Gospel Assembly: foreign words for a body close its name."""
    for stop in range(i + 1, min(i + WORDS, len(line.tokens))):
        if fold(line.word(stop)) in folded("foreign bodies"):
            return i, stop + 1, SURE, "foreign", 0
        if not ((line.lower and line.tokens[stop].word) or line.capital(stop)):
            break
    return None


@lru_cache(maxsize=10_000)
def bare_name(core: str) -> str:
    """The name of a body without its legal form, or nothing where there is none or what is left names no body.

    >>> bare_name("Anker e. V."), bare_name("Lumen-Stiftung"), bare_name("Heimatverein e.V."), bare_name("Caritas")
    ('Anker', 'Lumen', '', '')
    """
    match = _LEGAL.fullmatch(core)
    name = " ".join(match["name"].split()) if match else ""
    low = fold(name)
    generic = " " not in name and (_GENERIC.fullmatch(low) or low in folded("kinds of body", "any body", "shops"))
    if not name[:1].isupper() or len(name) < 3 or len(name.split()) > WORDS or generic or place(name):
        return ""
    return name
