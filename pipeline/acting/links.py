"""Statements on who works with whom and who is missing: one row a sentence and pair. What a respondent says, not what is so."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import combinations
from typing import Any, NamedTuple

from pipeline.acting.known import GROUP, Actor
from pipeline.acting.signs import (
    ABSENT,
    APART,
    CONTACT,
    PAST,
    TOGETHER,
    WISHED,
    Sign,
    impersonal,
    signs,
    small,
    speaks_for_us,
    unsure,
)
from pipeline.acting.spans import Place, around
from pipeline.measures.lens import PROPOSED, REVIEWED, identity

MISSING = "missing"
KINDS = (TOGETHER, MISSING, WISHED, PAST)
MOST = 8  # actors of one sentence: of more it is a list, and every pair of it would be said by nobody
ALONE = 4  # words of a sentence that is hardly more than a name
_ATTRIBUTE = frozenset("von vom bei beim in im zum zur zu an am aus für mit auf".split())
_PLACE = frozenset("in im auf vor neben hinter seit".split())
_WHO = re.compile(r"\b(?:wer|was)\b[^.,;]{0,20}\bfehl(?:t|en)\b")
TABLE = "am selben Tisch"
_TABLES = ("runder tisch", "arbeitskreis", "arbeitsgemeinschaft", "steuerungsgruppe", "stadtteilkonferenz", "lenkungskreis", "bündnis", "netzwerktreffen", "stadtteilrunde")


@dataclass(frozen=True)
class Sentence:
    """A sentence with its actors. `families`: cooperation, missing -> basis of the mention it lies in; `negated`, `thought`: places of such words."""

    doc: str
    turn: int
    start: int
    end: int
    text: str
    places: tuple[Place, ...]
    families: Mapping[str, str]
    negated: frozenset[int]
    thought: frozenset[int]
    case: str
    group: str  # key of the speaker's group; '' where the study has none
    official: bool
    before: tuple[Place, ...] = ()  # the actor of a sentence right before that holds a name alone
    reach: int = 0  # end of the sentence after, in the same turn: what a name alone is followed by
    table: str = ""  # key of the round table of which the sentence right before speaks


class Pair(NamedTuple):
    a: str
    b: str
    kind: str
    sign: str


def rows(sentences: Iterable[Sentence], actors: Mapping[str, Actor]) -> Iterator[dict[str, Any]]:
    """Rows of `findings_links`."""
    for s in sentences:
        for pair in dict.fromkeys(pairs(s, actors)):
            family = "cooperation" if pair.kind in (TOGETHER, PAST) else "missing"
            read = REVIEWED in (s.families.get(family), *(s.families.values() if pair.kind == WISHED else ()))
            yield {
                "link": identity(s.doc, s.turn, s.start, s.end, *pair[:3]), "doc": s.doc, "turn": s.turn, "start": s.start, "end": max(s.end, s.reach) if alone(s.text) else s.end, "case": s.case,
                "actor_a": pair.a, "actor_b": pair.b, "kind": pair.kind, "sign": pair.sign, "basis": REVIEWED if read else PROPOSED,
                "doubt": "yes" if doubtful(pair.kind, s.text) else "no",
            }  # fmt: skip


def pairs(s: Sentence, actors: Mapping[str, Actor]) -> list[Pair]:
    """Pairs that a sentence tells; the second side of who is missing is empty where it is nobody in particular."""
    found = signs(s.text)
    told = list({p.key: p for p in reversed(s.places) if actors[p.key].kind != GROUP}.values())[::-1]
    if not told:
        return _of_name_before(s, [p for p in s.before if actors[p.key].kind != GROUP], found)
    if len(told) > MOST:
        return []
    kind, sign = _kind(s, found)
    office = s.official and kind != WISHED and (sign is not None or kind == TOGETHER)
    us = bool(s.group) and (speaks_for_us(s.text, office) or any(actors[p.key].kind == GROUP for p in s.places))
    if kind == ABSENT:
        return _absent(s, told, actors, sign)
    if not kind:
        return []
    if sign is None and kind == MISSING and len(told) == 1 and not us:
        return [Pair(told[0].key, "", MISSING, "")] if alone(s.text) else []
    if sign is None and kind == TOGETHER and s.table and not us:
        return [Pair(s.table, p.key, TOGETHER, TABLE) for p in told if p.key != s.table]
    us = us or (bool(s.group) and kind == WISHED and len(told) == 1 and impersonal(s.text))
    made = [Pair(a, b, _of_pair(kind, s, a, b), sign.name if sign else "") for a, b in _sides(s, told, us, actors, sign)]
    return [*made, *_passed_over(kind, sign, told, made)]


def _of_name_before(s: Sentence, before: list[Place], found: list[Sign]) -> list[Pair]:
    """`LoheWohnen. Da kommt immer eine Absage.` What a sentence says of the name that stood alone before it.

    A name alone in a mention of who is missing was told already.
    """
    absent = next((f for f in found if f.kind == ABSENT), None)
    if absent and "missing" not in s.families:
        return [Pair(p.key, "", MISSING, absent.name) for p in before]
    kind, sign = _kind(s, found)
    if sign and kind == TOGETHER and s.group and "cooperation" in s.families and speaks_for_us(s.text, True):
        return [Pair(s.group, p.key, TOGETHER, sign.name) for p in before]
    return []


def _kind(s: Sentence, found: list[Sign]) -> tuple[str, Sign | None]:
    """What kind of statement it is, and by which sign; ('', None) where nothing says so."""
    of = {kind: next((f for f in found if f.kind == kind), None) for kind in (WISHED, ABSENT, APART, TOGETHER, CONTACT, PAST)}
    if of[WISHED]:
        return WISHED, of[WISHED]
    if of[APART] or of[ABSENT]:
        return (MISSING, of[APART]) if of[APART] else (ABSENT, of[ABSENT])
    sign = of[TOGETHER] or of[CONTACT]
    if sign is None and not s.families:
        return "", None
    if sign is None:
        best = max(s.families, key=lambda f: (s.families[f] == REVIEWED, f == "cooperation"))
        kind = TOGETHER if best == "cooperation" else MISSING
    else:
        kind = MISSING if _marked(s, sign, s.negated) else WISHED if _marked(s, sign, s.thought) else TOGETHER
    if of[PAST] and kind in (TOGETHER, MISSING):
        return PAST, sign or of[PAST]
    return kind, sign


def _marked(s: Sentence, sign: Sign, marks: frozenset[int]) -> bool:
    """Whether the first or the last word of a sign is negated (or only thought)."""
    words = s.text[sign.start : sign.end]
    last = len(words) - len(words.split()[-1]) if words.split() else 0
    return bool({s.start + sign.start, s.start + sign.start + last} & marks)


def _of_pair(kind: str, s: Sentence, a: str, b: str) -> str:
    """`nicht mit der Awo, aber mit der Caritas`: one of them is negated by itself."""
    denied = any(p.key in (a, b) and p.start in s.negated for p in s.places)
    return MISSING if kind == TOGETHER and denied else kind


def _sides(s: Sentence, told: list[Place], us: bool, actors: Mapping[str, Actor], sign: Sign | None) -> list[tuple[str, str]]:
    """Who with whom: the speaker's group with every one; else all with the table they sit at; else every pair."""
    at = tables(told, actors)
    keys = [p.key for p in told]
    if len(at) == 1 and len(keys) > 1:
        made = [(at[0], key) for key in keys if key != at[0]]
        return [*([(s.group, at[0])] if us else []), *(_ordered(a, b, s.group) for a, b in made)]
    if us:
        weak = not s.official and not s.families and (sign is None or sign.kind == CONTACT)
        if weak:
            return [_ordered(a, b, s.group) for a, b in combinations(keys, 2)] if len(keys) > 1 and sign else []
        return [(s.group, p.key) for p in told if p.key in at or not _within(p, s)]
    return [_ordered(a, b, s.group) for a, b in combinations(keys, 2)]


def _ordered(a: str, b: str, group: str) -> tuple[str, str]:
    return (a, b) if a == group or (b != group and a <= b) else (b, a)


def _within(place: Place, s: Sentence) -> bool:
    """`im Verein`: where something happens, not with whom."""
    return bool(_PLACE & set(_words_before(place, s)))


def _words_before(place: Place, s: Sentence) -> list[str]:
    return around(Place(place.start - s.start, place.end - s.start, place.key), small(s.text))


def _absent(s: Sentence, told: list[Place], actors: Mapping[str, Actor], sign: Sign | None) -> list[Pair]:
    """Who is said not to be there: what fails somebody of an office (`ein Papier vom Amt`) is not the office."""
    at = tables(told, actors)
    name = sign.name if sign else ""
    guard = _PLACE if _WHO.search(small(s.text)) else _ATTRIBUTE
    return [Pair(p.key, at[0] if at else "", MISSING, name) for p in told if p.key not in at and not guard & set(_words_before(p, s))]


def tables(places: Iterable[Place], actors: Mapping[str, Actor]) -> list[str]:
    """Keys of round tables, in order."""
    return [p.key for p in places if actors[p.key].label.casefold() in _TABLES]


def _passed_over(kind: str, sign: Sign | None, told: list[Place], made: list[Pair]) -> list[Pair]:
    """One actor alone that nobody asks or invites."""
    alone = kind == MISSING and not made and len(told) == 1 and sign is not None and sign.name == "wird übergangen"
    return [Pair(told[0].key, "", MISSING, sign.name)] if alone and sign else []


def doubtful(kind: str, text: str) -> bool:
    """Whether a statement is too unsure for a line of the net: a question, or a lack that is only believed.

    >>> doubtful(MISSING, "Die haben wir nicht eingeladen, glaube ich."), doubtful(TOGETHER, "Mit der Awo arbeiten wir, glaub ich, gut zusammen."), doubtful(TOGETHER, "Arbeitet ihr mit der Awo zusammen?")
    (True, False, True)
    """
    return text.rstrip(" \"”“»«").endswith("?") or (kind == MISSING and unsure(text))


def alone(text: str) -> bool:
    """Whether a sentence is hardly more than a name.

    >>> alone("LoheWohnen."), alone("Die Kirche steht seit hundert Jahren am Markt.")
    (True, False)
    """
    return len(text.split()) <= ALONE
