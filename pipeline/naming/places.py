"""Places and streets in an interview: towns, districts, collieries, estates, and addresses."""

from __future__ import annotations

import re

from pipeline.german.words import listed
from pipeline.naming.base import SURE, SUSPECTED, Found, Talk
from pipeline.naming.dictionary import common, name_only, noun, ordinary, unknown
from pipeline.naming.facts import fold, folded
from pipeline.naming.lexicon import bare, given, place, surname
from pipeline.naming.scan import Line, collieries, scan
from pipeline.naming.streets import find_in

_IN = frozenset("in aus nach bis über zwischen nähe richtung raum".split())
_AT = frozenset("bei von vom um auf zu gegen".split())
_KINDS = frozenset(
    "stadt stadtteil ortsteil dorf ort gemeinde kreis bezirk bahnhof viertel landkreis großraum siedlung kolonie zeche schacht bergwerk kokerei grube pütt insel vorort provinz".split()
)
_MINES = frozenset("zeche schacht bergwerk kokerei grube pütt".split())
_ENDING = re.compile(
    r"[a-zäöüß]{2,}(?:hausen|dorf|heim|ingen|inge|rode|rade|scheid|beck|bek|büttel|stedt|städt|hofen|kirchen|brück|brügge|furt|horst|trup|rup|bruch|heide|feld|loh|wik|wick|büren|born|burg|"
    r"leben|tal|höhe|kamp|siepen|brock|brink|bergen|rott|kotten|busch|bühl|ried|zell|münster|hude|by|wedel|marsch|holt|holz|siel|koog|lohe|weiler|reuth|ungen|lar|stadt|hagen|ow|itz|nau|ach|wald|berg|tal|hain|moor|moers|schwick|rath|lage|sen|um)$"
)
_TELLING = re.compile(r"(?:hausen|rode|rade|scheid|büttel|stedt|hofen|trup|horst|ingen|büren|weiler|reuth|schwick)$")
_ESTATE = re.compile(r"(?:viertel|siedlung|kolonie)$")
_ADJECTIVE = re.compile(r"[A-ZÄÖÜ][a-zäöüß]{2,20}er$")
_POSTCODE = re.compile(r"\d{5}")


def find(talk: Talk) -> list[list[Found]]:
    """Mentions of places and streets, one list a text, in order; a place heard once is known in all texts."""
    lines = scan(talk)
    mines = collieries(lines)
    found = []
    for text, line in zip(talk.texts, lines, strict=True):
        streets = find_in(text, line.lower)
        found.append((streets, _places(line, mines)))
    heard = {fold(m.core): m.core for _, places in found for m in places if m.certainty == SURE and " " not in m.core}
    return [
        sorted([*streets, *_again(line, places, heard)], key=lambda m: (m.start, m.end))
        for line, (streets, places) in zip(lines, found, strict=True)
    ]


def _places(line: Line, mines: frozenset[str]) -> list[Found]:
    found: list[Found] = []
    i = 0
    while i < len(line.tokens):
        made = None
        if (
            fold(line.word(i)) in mines
            and fold(line.word(i - 1)) in _MINES | {"auf", "von"}
            and (line.capital(i) or line.lower)
        ):
            made = _make(line, i, i + 1, line.word(i), SURE, "mine")
        elif line.tokens[i].word or _POSTCODE.fullmatch(line.word(i)):
            made = _at(line, i)
        i, mention = (made[0], made[1]) if made else (i + 1, None)
        if mention:
            found.append(mention)
    return found


def _make(line: Line, i: int, stop: int, core: str, certainty: str, rule: str, cut: int = 0) -> tuple[int, Found]:
    start = line.tokens[i].start
    end = start + cut if cut else line.tokens[stop - 1].end
    surface = line.text[start:end]
    return stop, Found(start, end, "place", surface, core, certainty, rule)


def _at(line: Line, i: int) -> tuple[int, Found] | None:
    word = line.word(i)
    if _POSTCODE.fullmatch(word):
        return _make(line, i, i + 2, line.word(i + 1), SURE, "postcode") if line.capital(i + 1) else None
    if not (line.capital(i) or line.lower):
        return None
    if _estate(line, i):
        return _estate(line, i)
    for length in (3, 2):
        name = "-".join(line.word(i + n) for n in range(length))
        if i + length <= len(line.tokens) and place(name):
            return _make(
                line, i, i + length, " ".join(line.word(i + n) for n in range(length)), *_listed(line, i, name)
            )
    if fold(word) in folded("not a name") or fold(word) in _KINDS:
        return None
    core = bare(word, "place")
    if place(core):
        certainty, rule = _listed(line, i, core)
        return _make(line, i, i + 1, core, certainty, rule) if certainty else None
    return _hyphenated(line, i) or _unlisted(line, i)


def _cue(line: Line, i: int) -> str:
    """What stands before a place: `in` (in, aus, nach), `mine` (auf, Zeche), `kind` (Stadtteil), or nothing."""
    before, back = fold(line.word(i - 1)), fold(line.word(i - 2))
    closed = before == "von" and fold(line.word(i - 2)) in ("schließung", "stilllegung", "schliessung")
    if before in _MINES or closed or (before == "auf" and not line.lower):
        return "mine"
    if before in _KINDS:
        return "kind"
    if before in _IN or (before in ("und", "oder", ",", "nach") and back and _known(line, i - 2)):
        return "in"
    return "at" if before in _AT else ""


def _known(line: Line, i: int) -> bool:
    return line.tokens[i].word and bool(place(bare(line.word(i), "place"))) and fold(line.word(i - 1)) in _IN


def _listed(line: Line, i: int, core: str) -> tuple[str, str]:
    """Certainty and rule for a place on the list; names of persons and words need in, aus, nach before them."""
    kind, cue = place(core), _cue(line, i)
    person = given(core) is not None or bool(surname(core))
    word = (
        common(core)
        if line.lower
        else ordinary(core) and not (core.istitle() and not noun(core) and not line.tokens[i].first)
    )
    if kind == "mine":
        sure = cue == "mine" or (cue in ("in", "at", "kind") and not word and cue != "in") or "-" in core
        if core.count("-") and not line.lower:
            sure = True
        return (SURE, "mine") if sure and (cue or "-" in core) else ("", "")
    if (
        cue in ("in", "kind")
        and not (line.lower and word and cue != "in")
        and not (word and fold(line.word(i - 1)) == "über")
    ):
        return SURE, "list"
    if person or word:
        return (SUSPECTED, "list") if not line.lower and not person and cue else ("", "")
    return (SURE, "list") if len(core) > 3 else (SUSPECTED, "list")


def _estate(line: Line, i: int) -> tuple[int, Found] | None:
    """Ahornallee-Siedlung, Kolonie Zweckel, Nordviertel."""
    word = line.word(i)
    low = fold(word)
    front = word.rpartition("-")[0]
    if _ESTATE.search(low) and front:
        return _make(line, i, i + 1, word, SURE, "estate")
    if (
        low in ("siedlung", "kolonie", "zechenkolonie", "bergmannssiedlung")
        and line.capital(i + 1)
        and (unknown(line.word(i + 1)) or place(line.word(i + 1)) or surname(line.word(i + 1)))
    ):
        return _make(line, i, i + 2, f"{word} {line.word(i + 1)}", SURE, "estate")
    if (
        _ESTATE.search(low)
        and len(low) > 9
        and not listed(word[:1].upper() + word[1:])
        and low not in folded("any estate")
    ):
        return _make(line, i, i + 1, word, SUSPECTED, "estate")
    return None


def _hyphenated(line: Line, i: int) -> tuple[int, Found] | None:
    """Holtrup-Leute (only the name), Essen-Katernberg (all of it)."""
    front, hyphen, last = line.word(i).rpartition("-")
    if not hyphen or not front:
        return None
    if place(front) and (place(last) or unknown(last)) and not given(last):
        return _make(line, i, i + 1, line.word(i), SURE, "list")
    town = place(front) or (_ENDING.search(front) and unknown(front) and not given(front) and not surname(front))
    if town and ordinary(last) and not given(front) and fold(last) not in folded("no person's"):
        return _make(
            line, i, i + 1, front, SURE if place(front) and not surname(front) else SUSPECTED, "compound", len(front)
        )
    return None


def _unlisted(line: Line, i: int) -> tuple[int, Found] | None:
    """A place on no list: an unknown word after in, aus, nach; an ending that places have; Kölner."""
    word = line.word(i)
    plain = word.rstrip("'’")
    if given(bare(plain, "given")) or "-" in plain:
        return None
    cue, new = _cue(line, i), unknown(plain)
    if fold(plain).startswith(("unser", "mein", "dein", "sein", "ihr", "euer", "eure")):
        return None
    new = new or (name_only(plain) and not surname(plain))
    ending = bool(_ENDING.search(plain.lower())) and not listed(plain) and not common(plain)
    if surname(plain) and not (cue in ("in", "kind") and (new or ending)):
        return None
    if line.lower:
        new, ending = new and not common(plain), ending and not listed(plain.capitalize())
    if cue in ("in", "kind") and fold(line.word(i - 1)) not in {"über", "zwischen", "bis", "nach"} | _KINDS - {
        "stadt",
        "stadtteil",
        "ortsteil",
        "dorf",
    }:
        if new or ending or _only_name(plain):
            return _make(line, i, i + 1, plain, SURE, "in")
    elif cue in ("in", "kind", "mine") and (new or ending) and not plain.isupper():
        return _make(
            line,
            i,
            i + 1,
            plain,
            SURE if fold(line.word(i - 1)) in ("nach", "zwischen", "zeche") and (new or ending) else SUSPECTED,
            "in",
        )
    if ending and not line.lower and (new or cue or _TELLING.search(plain)):
        return _make(line, i, i + 1, plain, SUSPECTED, "ending")
    if (not line.lower and _ADJECTIVE.fullmatch(plain) and place(plain[:-2])) or (
        place(plain[:-1]) and plain.endswith("er")
    ):
        return _make(line, i, i + 1, plain, SUSPECTED, "adjective") if line.capital(i) else None
    return None


def _only_name(word: str) -> bool:
    """Whether the dictionaries know the word as a name only."""
    return bool(listed(word)) and not ordinary(word) and not noun(word)


def _again(line: Line, own: list[Found], heard: dict[str, str]) -> list[Found]:
    """`own` with what other turns told to be a place."""
    sure = {m.start for m in own if m.certainty == SURE}
    result = {m.start: m for m in own}
    for i, token in enumerate(line.tokens):
        if not token.word or token.start in sure or not (line.capital(i) or line.lower):
            continue
        key = fold(token.text)
        core = heard.get(key) or (heard.get(key[:-1], "") if key.endswith("s") else "")
        person = given(core) or surname(core)
        if core and not person and not (common(core) if line.lower else ordinary(core)):
            result[token.start] = Found(token.start, token.end, "place", token.text, core, SURE, "heard")
    return [result[start] for start in sorted(result)]
