"""Offices that only one person holds: `Leiterin des Ausländeramtes`, `Präses vom Knappenverein`; bare titles are none."""

from __future__ import annotations

import re

from pipeline.naming.base import SURE, SUSPECTED, Found
from pipeline.naming.dictionary import ordinary
from pipeline.naming.facts import fold, folded
from pipeline.naming.net import unlisted
from pipeline.naming.scan import Line
from pipeline.naming.shapes import is_title, shape

_OF = frozenset("von vom der des im für beim am in bei".split())
_INSIDE = re.compile(
    r"(?:erste|zweite|dritte|stellvertretende|einzige|türkische|kurdische|polnische|syrische|muslimische|geschäftsführende)[nrms]?"
)
_COMPOUND = re.compile(
    r".{3,}(?:wart(?:in|s)?|(?:brand|schützen|kirch|zunft|gilde|chor|fahr|ober|revier)meister(?:in|s)?|älteste[rn]?|obmann|rätin|präses|prinz(?:essin|en)?|"
    r"intendent(?:in|en)?|referent(?:in|en)?|vikar(?:in)?|vorsteher(?:in|s)?|vorsitzende[rnm]?|beauftragte[rnm]?|leiter(?:in|s)?|manager(?:in|s)?|könig(?:in|s)?|sprecher(?:in|s)?|dezernent(?:in|en)?|direktor(?:in|s)?)"
)


def offices(line: Line, orgs: list[Found]) -> list[Found]:
    """Offices in a line. A named body that follows is an organisation's own mention and stays outside the span."""
    taken = {org.start: org for org in orgs}
    found: list[Found] = []
    for i, token in enumerate(line.tokens):
        if not token.word or not (line.capital(i) or line.lower):
            continue
        low = fold(token.text)
        if low in folded("offices") or (_COMPOUND.fullmatch(low) and low not in folded("common offices")):
            made = _office(line, i, taken)
            if made:
                found.append(made)
    return found


def _office(line: Line, i: int, taken: dict[int, Found]) -> Found | None:
    start = i
    while start and start > i - 3 and _INSIDE.fullmatch(fold(line.word(start - 1))):
        start -= 1
    stop, certainty = i + 1, ""
    before, after = fold(line.word(i - 1)), fold(line.word(i + 1))
    rare = fold(line.word(i)) in folded("rare offices") or bool(_COMPOUND.fullmatch(fold(line.word(i))))
    if after in _OF and i + 2 < len(line.tokens):
        stop, certainty = _complement(line, i, taken)
    if not certainty and start < i - 1:
        certainty = SURE
    if not certainty and line.capital(i + 1) and not line.lower and not is_title(line.word(i)):
        stop, certainty = _beside(line, i)
    if not certainty and rare:
        certainty = (
            SURE
            if before in ("der", "die", "den", "dem", "zum", "zur", "vom", "beim", "ersten", "erste")
            else SUSPECTED
        )
    if not certainty and before in (
        "der",
        "die",
        "den",
        "dem",
        "unser",
        "unsere",
        "unserem",
        "unserer",
        "vom",
        "zum",
        "beim",
    ):
        certainty = SUSPECTED
    if not certainty or before in ("ein", "eine", "einen", "einem", "kein", "keinen", "jeder", "jede"):
        return None
    begin, end = line.tokens[start].start, line.tokens[stop - 1].end
    surface = line.text[begin:end]
    return Found(begin, end, "office", surface, surface, certainty, "office")


def _beside(line: Line, i: int) -> tuple[int, str]:
    """Leiter Bestandsmanagement West: departments right behind the office."""
    stop = i + 1
    while stop < i + 4 and line.capital(stop) and not line.tokens[stop].first:
        stop += 1
    word = line.word(i + 1)
    known = shape(word)
    department = stop > i + 1 and (ordinary(word) or unlisted(word)) and not (known.given or known.surname or known.new)
    return (stop, SURE) if department and len(word) > 7 else (i + 1, "")


def _complement(line: Line, i: int, taken: dict[int, Found]) -> tuple[int, str]:
    """Where the office ends, and how sure: with a body's own name after it the office is its function alone."""
    j = i + 2
    while fold(line.word(j)) in ("der", "dem", "die", "den") and j < i + 4:
        j += 1
    if j >= len(line.tokens) or not line.tokens[j].word:
        return i + 1, ""
    link = fold(line.word(i + 1))
    if line.tokens[j].start in taken:
        org = taken[line.tokens[j].start]
        generic = (
            link in ("vom", "des", "der", "im") and fold(line.word(j)) in folded("kinds of body") and " " in org.surface
        )
        return (j + 1 if generic else i + 1), SURE
    noun = line.capital(j) or line.lower
    if not noun or link == "am" or fold(line.word(j)) in folded("no complement"):
        return i + 1, ""
    if link in ("von", "in", "bei") and j == i + 2:
        return i + 1, SURE if line.capital(j) else ""
    if link in ("in", "bei", "beim"):
        return i + 1, SUSPECTED
    stop = j + 1
    # Dezernentin für Schule und Jugend
    if link == "für" and fold(line.word(stop)) in ("und", ",") and line.capital(stop + 1) and not line.lower:
        stop += 2
    return stop, SURE
