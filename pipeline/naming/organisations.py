"""Organisations that have a name of their own, and offices that only one person holds."""

from __future__ import annotations

import re
from dataclasses import replace

from pipeline.naming.base import SURE, SUSPECTED, Found, Talk
from pipeline.naming.bodies import (
    WORDS,
    Made,
    body,
    business,
    club,
    foreign,
    legal_form_behind,
    name_word,
    of_something,
    saint,
)
from pipeline.naming.dictionary import common, compound, ordinary, unknown
from pipeline.naming.facts import fold, folded
from pipeline.naming.lexicon import place
from pipeline.naming.offices import offices
from pipeline.naming.pairs import pair
from pipeline.naming.scan import Line, scan

_COMPOUND = re.compile(
    r"(?P<name>.{3,40}?)-?(?P<kind>moschee|kirche|gemeinde|gymnasium|schule|hospital|krankenhaus|stift|kolleg|klinik|kapelle|synagoge|kita|kindergarten|heim|zentrum|haus|stadion|halle|café|verein|treff|chor|werk|institut|stiftung|camii|realschule|gesamtschule|grundschule|hauptschule|berufskolleg|saal|markt|apotheke|praxis|laden)$"
)


def find(talk: Talk) -> list[list[Found]]:
    """Mentions of organisations and offices, one list a text, in order."""
    found = []
    for line in scan(talk):
        orgs = _organisations(line)
        held = offices(line, orgs)
        found.append(sorted([*(_behind(org, held, line) for org in orgs), *held], key=lambda m: (m.start, m.end)))
    return found


def _behind(org: Found, held: list[Found], line: Line) -> Found:
    """The organisation without what an office has taken of it: Vorsitzende vom Kleingartenverein | Grüne Aue."""
    end = next((office.end for office in held if office.start < org.start < office.end < org.end), 0)
    if not end:
        return org
    start = next(token.start for token in line.tokens if token.start >= end)
    return replace(org, start=start, surface=line.text[start : org.end], core=line.text[start : org.end])


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
            found.append(Found(begin, end, "place" if rule == "site" else "org", surface, surface, certainty, rule))
        i = stop
    return found


def _at(line: Line, i: int) -> Made | None:
    word, low = line.word(i), fold(line.word(i))
    if not (line.capital(i) or line.lower):
        return None
    for rule in (body, club, legal_form_behind, of_something, _named, business, saint, foreign, _joined, pair):
        made = rule(line, i, word, low)
        if made:
            return made
    return None


def _named(line: Line, i: int, word: str, low: str) -> Made | None:
    """Kita Regenbogenland, Alevitischen Kulturzentrum, Kurdische Elternverein Hêvî; Firma X without the word Firma."""
    last = low.rpartition("-")[2]
    outside = low in folded("outside a name")
    if not outside and last not in folded("kinds of body") and not _kind_compound(low):
        return None
    start, stop = i, i + 1
    if fold(line.word(stop)) in ("am", "an", "zur", "im") and line.capital(stop) and line.capital(stop + 1):
        return start, stop + 2, SURE, "named", 0
    while stop < i + WORDS and name_word(line, stop) and _fits(line, i, stop, low):
        stop += 1
    if not outside and i and _adjective(line, i - 1):
        start = i - 1
    if stop == i + 1 and start == i:
        return None
    if outside and (patron := saint(line, i + 1, line.word(i + 1), fold(line.word(i + 1)))):
        return patron
    if outside:
        return i + 1, stop, SURE if stop > i + 1 and not ordinary(line.word(stop - 1)) else SUSPECTED, "named", 0
    doubt = stop > i + 1 and all(ordinary(line.word(n)) for n in range(i + 1, stop)) and low not in folded("shops")
    return start, stop, SUSPECTED if doubt and start == i else SURE, "named", 0


def _kind_compound(low: str) -> bool:
    return any(
        len(low) > len(kind) + 2 and low.endswith(kind)
        for kind in (
            "verein",
            "zentrum",
            "bau",
            "chor",
            "werk",
            "technik",
            "betrieb",
            "gemeinschaft",
            "bäckerei",
            "stube",
            "werkstatt",
        )
    )


def _fits(line: Line, i: int, n: int, low: str) -> bool:
    """Whether the word after a kind of body belongs to its name and not to the sentence."""
    word = line.word(n)
    if line.lower:
        return unknown(word) or not common(word)
    if unknown(word) or not ordinary(word) or place(word):
        return True
    return (
        low in folded("shops")
        or n > i + 1
        or compound(word.lower())
        or low in ("kita", "familienzentrum", "verein", "kleingartenverein", "gemeinde")
    )


def _adjective(line: Line, i: int) -> bool:
    """Alevitischen, Polnischen: an adjective with a capital inside a sentence."""
    word = line.word(i)
    if line.lower:
        return word in ("türkische", "kurdische", "alevitische", "polnische", "syrische", "islamische")
    return line.capital(i) and not line.tokens[i].first and bool(re.search(r"(?:isch|lich|ig)(?:e[rsnm]?)$", word))


def _joined(line: Line, i: int, word: str, low: str) -> Made | None:
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
    if (
        not match
        or "-" in low
        or low in folded("any body")
        or match["kind"]
        in (
            "haus",
            "heim",
            "halle",
            "markt",
            "laden",
            "praxis",
            "werk",
            "saal",
            "treff",
            "chor",
            "zentrum",
            "verein",
            "gemeinde",
        )
    ):
        return None
    return _glued(i, word, match)


def _glued(i: int, word: str, match: re.Match[str]) -> Made | None:
    front = match["name"]
    if any(not noun_like(stem) for stem in (front, front.rstrip("s"), front.rstrip("n"), front.removesuffix("en"))):
        plain = not noun_like(front) and not any(
            noun_like(stem)
            for stem in (
                front.removesuffix("s"),
                front.removesuffix("n"),
                front.removesuffix("en"),
                front + "e",
                front + "en",
            )
            if len(stem) > 2
        )
        saint = front in folded("saints in compounds")
        return (i, i + 1, SURE, "glued", 0) if (plain and not compound(front)) or saint else None
    return None


def noun_like(low: str) -> bool:
    """Whether the word (lower case) is an ordinary German word."""
    return ordinary(low[:1].upper() + low[1:])
