"""Organisations that have a name of their own, and offices that only one person holds."""

from __future__ import annotations

import re

from pipeline.naming.base import SURE, SUSPECTED, Found, Talk
from pipeline.naming.dictionary import common, compound, ordinary, unknown
from pipeline.naming.facts import fold, folded, words
from pipeline.naming.lexicon import given, place
from pipeline.naming.offices import offices
from pipeline.naming.scan import Line, scan

_COMPOUND = re.compile(
    r"(?P<name>.{3,40}?)-?(?P<kind>moschee|kirche|gemeinde|gymnasium|schule|hospital|krankenhaus|stift|kolleg|klinik|kapelle|synagoge|kita|kindergarten|heim|zentrum|haus|stadion|halle|café|verein|treff|chor|werk|institut|stiftung|camii|realschule|gesamtschule|grundschule|hauptschule|berufskolleg|saal|markt|apotheke|praxis|laden)$"
)
_LEGAL = frozenset("GmbH gGmbH KG AG UG OHG SE GbR mbH".split())
_WORDS = 4


def find(talk: Talk) -> list[list[Found]]:
    """Mentions of organisations and offices, one list a text, in order."""
    found = []
    for line in scan(talk):
        orgs = _organisations(line)
        found.append(sorted([*orgs, *offices(line, orgs)], key=lambda m: (m.start, m.end)))
    heard = {fold(m.core) for line in found for m in line if m.certainty == SURE and m.kind == "org" and " " in m.core}
    return [[m for m in line if m.kind == "office" or fold(m.core) not in heard or m.certainty] for line in found]


def _organisations(line: Line) -> list[Found]:
    found: list[Found] = []
    i = 0
    while i < len(line.tokens):
        made = _at(line, i) if line.tokens[i].word else None
        if made is None:
            i += 1
            continue
        start, stop, certainty, rule, cut = made
        begin = line.tokens[start].start
        end = begin + cut if cut else line.tokens[stop - 1].end
        surface = line.span(start, stop)[: cut or None]
        if not found or found[-1].end <= begin:
            found.append(Found(begin, end, "org", surface, surface, certainty, rule))
        i = stop
    return found


_Made = tuple[int, int, str, str, int]


def _at(line: Line, i: int) -> _Made | None:
    word, low = line.word(i), fold(line.word(i))
    if not (line.capital(i) or line.lower):
        return None
    for rule in (_body, _club, _legal, _of, _named, _business, _saint, _foreign, _joined):
        made = rule(line, i, word, low)
        if made:
            return made
    return None


def _name_word(line: Line, i: int) -> bool:
    """Whether the word can be a name's: a capital and no pronoun, or, without capitals, no common word."""
    word = line.word(i)
    if not 0 <= i < len(line.tokens) or not line.tokens[i].word or fold(word) in folded("not in a body's name"):
        return False
    return not common(word) if line.lower else line.capital(i)


def _body(line: Line, i: int, word: str, low: str) -> _Made | None:
    """Known bodies: Caritas, AWO, Deutsches Rotes Kreuz, Milli Görüş."""
    for length in (3, 2):
        if "-".join(fold(line.word(i + n)) for n in range(length)) in folded("bodies"):
            return i, i + length, SURE, "body", 0
    if not line.lower and low in folded("bodies") and low.upper() in words("bodies") and not word.isupper() and word not in words("bodies"):
        return None  # "Leg das hin" is no LEG
    if low in folded("bodies") or low in folded("bodies as words"):
        sure = low in folded("bodies") or (fold(line.word(i - 1)) in ("der", "die", "zur") and fold(line.word(i - 2)) in ("bei", "zu", "von", "", ",", "und", "über", "durch"))
        of_town = low in folded("bodies") and line.capital(i + 1) and (place(line.word(i + 1)) or unknown(line.word(i + 1)))
        return i, i + 2 if of_town else i + 1, SURE if sure else SUSPECTED, "body", 0
    return None


def _club(line: Line, i: int, word: str, low: str) -> _Made | None:
    """SV Rot-Weiß Holtrup, FC Anadolu 84."""
    if low not in folded("clubs") or not (line.lower or word != word.lower()):
        return None
    stop = i + 1
    while stop < i + _WORDS and (_name_word(line, stop) or (line.lower and line.tokens[stop : stop + 1] and line.tokens[stop].word and fold(line.word(stop)) in folded("in clubs"))):
        stop += 1
    if re.fullmatch(r"\d{2,4}", line.word(stop)):
        stop += 1
    return (i, stop, SURE, "club", 0) if stop > i + 1 else None


def _legal(line: Line, i: int, word: str, low: str) -> _Made | None:
    """Metallbau Rehberg GmbH, Brücke e.V."""
    stop = i
    while stop < i + _WORDS and _name_word(line, stop) and not _legal_form(line, stop):
        stop += 1
    after, legal = fold(line.word(stop)), _legal_form(line, stop)
    if stop > i and (legal or (after == "e" and fold(line.word(stop + 1)) == "." and fold(line.word(stop + 2)) == "v")):
        return i, stop + 1 if legal else stop + 4 if line.word(stop + 3) == "." else stop + 3, SURE, "legal", 0
    return None


def _legal_form(line: Line, i: int) -> bool:
    word = line.word(i)
    return word in _LEGAL or (line.lower and word in ("gmbh", "ggmbh"))


def _of(line: Line, i: int, word: str, low: str) -> _Made | None:
    """Haus der Kulturen, Brücke der Nachbarn."""
    if low in folded("of something") and fold(line.word(i + 1)) in ("der", "des", "für") and line.capital(i + 2) and not line.lower:
        return i, i + 3, SURE if low in ("haus", "brücke", "netzwerk", "bündnis", "initiative") and fold(line.word(i + 1)) == "der" and line.word(i + 2).endswith("n") else SUSPECTED, "of", 0
    return None


def _named(line: Line, i: int, word: str, low: str) -> _Made | None:
    """Kita Regenbogenland, Alevitischen Kulturzentrum, Kurdische Elternverein Hêvî; Firma X without the word Firma."""
    last = low.rpartition("-")[2]
    outside = low in folded("outside a name")
    if not outside and last not in folded("kinds of body") and not _kind_compound(low):
        return None
    start, stop = i, i + 1
    if fold(line.word(stop)) in ("am", "an", "zur", "im") and line.capital(stop) and line.capital(stop + 1):
        return start, stop + 2, SURE, "named", 0
    while stop < i + _WORDS and _name_word(line, stop) and _fits(line, i, stop, low):
        stop += 1
    if not outside and i and _adjective(line, i - 1):
        start = i - 1
    if stop == i + 1 and start == i:
        return None
    if outside and (saint := _saint(line, i + 1, line.word(i + 1), fold(line.word(i + 1)))):
        return saint
    if outside:
        return i + 1, stop, SURE if stop > i + 1 and not ordinary(line.word(stop - 1)) else SUSPECTED, "named", 0
    doubt = stop > i + 1 and all(ordinary(line.word(n)) for n in range(i + 1, stop)) and low not in folded("shops")
    return start, stop, SUSPECTED if doubt and start == i else SURE, "named", 0


def _kind_compound(low: str) -> bool:
    return any(len(low) > len(kind) + 2 and low.endswith(kind) for kind in ("verein", "zentrum", "bau", "chor", "werk", "technik", "betrieb", "gemeinschaft", "bäckerei", "stube", "werkstatt"))


def _fits(line: Line, i: int, n: int, low: str) -> bool:
    """Whether the word after a kind of body belongs to its name and not to the sentence."""
    word = line.word(n)
    if line.lower:
        return unknown(word) or not common(word)
    if unknown(word) or not ordinary(word) or place(word):
        return True
    return low in folded("shops") or n > i + 1 or compound(word.lower()) or low in ("kita", "familienzentrum", "verein", "kleingartenverein", "gemeinde")


def _adjective(line: Line, i: int) -> bool:
    """Alevitischen, Polnischen: an adjective with a capital inside a sentence."""
    word = line.word(i)
    if line.lower:
        return word in ("türkische", "kurdische", "alevitische", "polnische", "syrische", "islamische")
    return line.capital(i) and not line.tokens[i].first and bool(re.search(r"(?:isch|lich|ig)(?:e[rsnm]?)$", word))


def _business(line: Line, i: int, word: str, low: str) -> _Made | None:
    """Westfalia Kunststofftechnik, Zion Gospel Assembly: an unknown word before a trade."""
    following = fold(line.word(i + 1))
    if not line.lower and line.capital(i + 1) and re.search(r"(?:technik|bau|werke?|betriebe|logistik|reinigung|service|pflege|handel|gastronomie)$", following) and len(following) > 5:
        return (i, i + 2, SURE, "business", 0) if unknown(word) or not ordinary(word) else None
    return None


def _saint(line: Line, i: int, word: str, low: str) -> _Made | None:
    """St. Barbara, Heilig Kreuz, Christus Erlöser; not Sankt Martin, whose feast it is."""
    if low in ("st", "sankt") and (line.capital(i + 1) or (line.lower and given(line.word(i + 1)))) and not (low == "sankt" and fold(line.word(i + 1)) in ("martin", "nikolaus")):
        return i, i + 2, SURE, "saint", 0
    if low in ("heilig", "herz", "christus", "maria", "liebfrauen", "mariä") and fold(line.word(i + 1)) in ("kreuz", "geist", "jesu", "erlöser", "könig", "himmelfahrt", "familie", "hilf", "empfängnis") and line.capital(i + 1):
        return i, i + 2, SURE, "saint", 0
    return None


def _foreign(line: Line, i: int, word: str, low: str) -> _Made | None:
    """Ulu Camii, Zion Gospel Assembly: foreign words for a body close its name."""
    for stop in range(i + 1, min(i + _WORDS, len(line.tokens))):
        if fold(line.word(stop)) in folded("foreign bodies"):
            return i, stop + 1, SURE, "foreign", 0
        if not ((line.lower and line.tokens[stop].word) or line.capital(stop)):
            break
    return None


def _joined(line: Line, i: int, word: str, low: str) -> _Made | None:
    """Fatih-Moschee, Pestalozzischule, Marienhospital; of Fatih-Moschee-Jugend the body only."""
    pieces = low.split("-")
    for n in range(len(pieces), 1, -1):
        if pieces[n - 1] in folded("kinds of body") or (n > 1 and _COMPOUND.fullmatch("xxx" + pieces[n - 1])):
            if n == 2 and pieces[0] in folded("any front"):
                return None
            cut = len("-".join(pieces[:n]))
            return i, i + 1, SURE, "joined", cut if n < len(pieces) else 0
    if len(pieces) > 2 and pieces[0] in folded("kinds of body") and not line.lower:
        return i, i + 1, SURE, "joined", len("-".join(pieces[:2]))
    match = _COMPOUND.fullmatch(low)
    if not match or "-" in low or low in folded("any body") or match["kind"] in ("haus", "heim", "halle", "markt", "laden", "praxis", "werk", "saal", "treff", "chor", "zentrum", "verein", "gemeinde"):
        return None
    return _glued(i, word, match)


def _glued(i: int, word: str, match: re.Match[str]) -> _Made | None:
    front = match["name"]
    if any(not noun_like(stem) for stem in (front, front.rstrip("s"), front.rstrip("n"), front.removesuffix("en"))):
        plain = not noun_like(front) and not any(noun_like(stem) for stem in (front.removesuffix("s"), front.removesuffix("n"), front.removesuffix("en"), front + "e", front + "en") if len(stem) > 2)
        saint = front in folded("saints in compounds")
        return (i, i + 1, SURE, "glued", 0) if (plain and not compound(front)) or saint else None
    return None


def noun_like(low: str) -> bool:
    """Whether the word (lower case) is an ordinary German word."""
    return ordinary(low[:1].upper() + low[1:])
