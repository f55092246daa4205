"""Statements in which a respondent names a cause and an effect, with the categories of each part, who holds it of whom, and which kind it is.

A statement stands alone: the effect of one is never the cause of another, and nothing is concluded from two of them.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from pipeline.measures import reason_cues
from pipeline.measures.lens import PROPOSED, REVIEWED, identity
from pipeline.tables import ABOUT, CODED_ROLES

if TYPE_CHECKING:
    import pandas as pd

Span = tuple[int, int]
Place = tuple[str, int]

FAMILIES = ("reasons", "withdrawal", "rejection", "no_separation")
SELF, OTHERS, INSTITUTION, UNCLEAR = "self", "others", "institution", "unclear"
_HOLDERS = {"self": SELF, "own group": SELF, "other group": OTHERS, "institution": INSTITUTION}
_CODED = ["doc", "turn", "start", "end", "code", "coding", "basis", "case", "question", "prompt"]
_TURN = ["doc", "turn", "case", "text"]
_MARKS = ["doc", "turn", "start", "hypothetical", "reported", "about"]
_NOT_SO = re.compile(r"\b(?:nicht|nie|niemals|weder|keineswegs)\s+$", re.IGNORECASE)  # »nicht weil«, not »nicht, weil« nor »nicht nur weil«
_NOT_IN = re.compile(r"\b(?:nicht|nie|niemals|weder|keineswegs)\b(?!\s+(?:nur|bloß|allein|zuletzt))", re.IGNORECASE)


def wanted(families: Mapping[str, set[str]]) -> set[str]:
    """Categories that make a sentence a statement on living side by side; words of a frame are no reason."""
    return set().union(*(families.get(name, set()) for name in FAMILIES)) - families.get("frames", set())


def statements(
    causes: pd.DataFrame, turns: pd.DataFrame, counting: pd.DataFrame, hits: pd.DataFrame, scopes: pd.DataFrame, families: Mapping[str, set[str]]
) -> list[dict[str, Any]]:  # fmt: skip
    """Rows of `findings_reasons`: the rows of `causes` in respondents' turns whose cause or effect bears a category of `wanted`.

    `counting`: codings that count (with `basis`); `hits`: rows of rules, counted or not, whose `matched` words tell which part a category means.
    """
    where = set(zip(causes["doc"], causes["turn"], strict=True))
    spoken = {place: one for place, (one, *_) in _by_turn(turns[turns["role"].isin(CODED_ROLES)][_TURN], where).items()}
    told = set(spoken)
    coded = _by_turn(counting[~counting["code"].isin(families.get("frames", set()))][_CODED], told)
    words, marks = _by_turn(hits[hits["matched"] != ""], told), _by_turn(scopes[_MARKS], told)
    rows = []
    for c in causes.itertuples():
        place = (c.doc, c.turn)
        if place in spoken:
            row = _statement(c, spoken[place], coded.get(place, []), words.get(place, []), marks.get(place, []), families)
            rows += [row] if row else []
    return sorted(rows, key=lambda r: (r["doc"], r["turn"], r["cause_start"], r["effect_start"]))


def _statement(c: Any, turn: Any, coded: list[Any], words: list[Any], marks: list[Any], families: Mapping[str, set[str]]) -> dict[str, Any] | None:
    cause, effect = (c.cause_start, c.cause_end), (c.effect_start, c.effect_end)
    touching = [r for r in coded if _meet((r.start, r.end), cause) or _meet((r.start, r.end), effect)]
    relevant = [r for r in touching if r.code in wanted(families)]
    if not relevant:
        return None
    basis = REVIEWED if any(r.basis == REVIEWED for r in relevant) else PROPOSED
    sides = _sides([r for r in touching if r.basis == basis], words, turn.text, cause, effect)
    first = min((r for r in relevant if r.basis == basis), key=lambda r: (r.start, r.code, r.coding))
    about_cause, about_effect = _about(marks, cause), _about(marks, effect)
    kind = _type(turn.text, cause, effect, sides, families)
    return {
        "statement": "s" + identity(c.doc, c.turn, c.cause_start, c.effect_start), "doc": c.doc, "turn": c.turn, "start": c.start, "end": c.end,
        "cause_start": cause[0], "cause_end": cause[1], "effect_start": effect[0], "effect_end": effect[1], "sign_start": c.sign_start, "sign_end": c.sign_end,
        "sign": c.sign, "kind": c.kind, "case": turn.case or first.case, "question": first.question, "prompt": first.prompt,
        "about": "+".join(sorted(about_cause | about_effect)), "holder": holder(about_effect, about_cause), "type": kind,
        "cause_codes": _joined(sides, "cause"), "effect_codes": _joined(sides, "effect"), "either_codes": _joined(sides, ""),
        "basis": basis, "stance": _stance(c, turn.text, marks),
    }  # fmt: skip


def _sides(rows: list[Any], words: list[Any], text: str, cause: Span, effect: Span) -> dict[str, set[str]]:
    """Category -> the parts it is said of; an empty set where its passage holds both and no words tell which."""
    found: dict[str, set[str]] = defaultdict(set)
    for row in rows:
        span = (row.start, row.end)
        parts = {name for name, part in (("cause", cause), ("effect", effect)) if _meet(span, part)}
        if len(parts) == 2:
            parts = {_part(at, cause, effect) for at in _matched(row, words, text)} - {""}
        found[row.code] |= parts
    return found


def _matched(row: Any, words: list[Any], text: str) -> list[Span]:
    """Where the words lie that made a rule find the category on this passage."""
    spans = []
    for hit in words:
        if hit.code == row.code and _meet((hit.start, hit.end), (row.start, row.end)):
            for word in filter(None, (w.strip() for w in hit.matched.split(" | "))):
                at = text.find(word, hit.start, hit.end)
                spans += [(at, at + len(word))] if at >= 0 else []
    return spans


def _part(at: Span, cause: Span, effect: Span) -> str:
    """The part in which some words lie; of two parts of which one holds the other, the inner one."""
    inside = [(b - a, name) for name, (a, b) in (("cause", cause), ("effect", effect)) if a <= at[0] and at[1] <= b]
    return min(inside)[1] if inside else ""


def _stance(c: Any, text: str, marks: list[Any]) -> str:
    """affirmed, or what keeps a statement from being the person's own explanation: denied, hypothetical, reported; joined by a plus.

    What counts is how the connection is spoken of, at the word that makes it: »weil ich kein Deutsch konnte« denies nothing.
    """
    sign = (c.sign_start, c.sign_end) if c.sign_start < c.sign_end else (c.cause_start, c.cause_end)
    here = [m for m in marks if sign[0] <= m.start < sign[1]]
    found = set()
    if c.sign and (_NOT_IN.search(text[sign[0] : sign[1]]) or _NOT_SO.search(text[max(0, sign[0] - 20) : sign[0]])):
        found.add("denied")
    found |= {name for name in ("hypothetical", "reported") if any(getattr(m, name) >= 0 for m in here)}
    return "+".join(sorted(found)) or "affirmed"


def _about(marks: list[Any], span: Span) -> set[str]:
    return {ABOUT[m.about] for m in marks if span[0] <= m.start < span[1] and m.about >= 0}


def holder(*abouts: set[str]) -> str:
    """Of whom something is reported: of oneself, of others, of an institution; the first set that is clear decides.

    >>> holder({"self", "own group"}), holder({"all"}, {"other group"}), holder({"self", "other group"}, set())
    ('self', 'others', 'unclear')
    """
    for about in abouts:
        found = {_HOLDERS[name] for name in about if name in _HOLDERS}
        if len(found) == 1:
            return found.pop()
    return UNCLEAR


def _type(text: str, cause: Span, effect: Span, sides: Mapping[str, set[str]], families: Mapping[str, set[str]]) -> str:
    """preference, restriction, reaction; empty where it does not show."""

    def on(part: str, family: str) -> bool:
        return any(part in found and code in families.get(family, ()) for code, found in sides.items())

    turned_away = on("cause", "rejection") or any(not found and code in families.get("rejection", ()) for code, found in sides.items())
    if turned_away and (on("effect", "withdrawal") or reason_cues.withdrawn(text[effect[0] : effect[1]])):
        return reason_cues.REACTION
    both = f"{text[cause[0] : cause[1]]}. {text[effect[0] : effect[1]]}"
    found = reason_cues.cues(both)
    if found:
        return reason_cues.told(both)[0]
    return reason_cues.RESTRICTION if on("cause", "restriction") else ""


def _joined(sides: Mapping[str, set[str]], part: str) -> str:
    return "+".join(sorted(code for code, found in sides.items() if (part in found if part else not found)))


def _meet(a: Span, b: Span) -> bool:
    return a[0] < b[1] and b[0] < a[1]


def _by_turn(rows: pd.DataFrame, wanted: set[Place]) -> dict[Place, list[Any]]:
    found: dict[Place, list[Any]] = defaultdict(list)
    for row in rows[[place in wanted for place in zip(rows["doc"], rows["turn"], strict=True)]].itertuples():
        found[row.doc, row.turn].append(row)
    return found


def codes_of(row: Mapping[str, Any], *parts: str) -> set[str]:
    """The categories of a statement: of the parts named, of all where none is."""
    return {code for part in parts or ("cause_codes", "effect_codes", "either_codes") for code in row[part].split("+") if code}


def own(stance: str) -> bool:
    """Whether a statement is the person's own explanation.

    >>> own("affirmed"), own("reported"), own("denied+reported")
    (True, False, False)
    """
    return stance == "affirmed"


def places(rows: Iterable[Mapping[str, Any]]) -> dict[Place, list[Span]]:
    """Where statements stand: (doc, turn) -> spans that reach over cause and effect."""
    found: dict[Place, list[Span]] = defaultdict(list)
    for r in rows:
        found[r["doc"], r["turn"]].append((min(r["cause_start"], r["effect_start"]), max(r["cause_end"], r["effect_end"])))
    return found
