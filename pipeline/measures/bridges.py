"""Bridge persons by role, never by name, and whom they connect, as far as the passage says so.

It is who people say connects, read off single passages: no register, and nobody is looked up elsewhere.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from pipeline.measures.lens import identity
from pipeline.measures.roles import CORE, Said, at_place, bridging, does_say, is_person_name, is_role, nominative, said

if TYPE_CHECKING:
    import pandas as pd

SELF, PERSON = "self", "person"  # the respondent; somebody who is only named
IN_PASSAGE, BEFORE = "passage", "before"  # where the role is said: in the passage, or before it in the turn
_TO = frozenset({"zu", "bei", "mit", "von", "für"})  # prepositions (lemmas) behind which stands whom somebody is led to
_APPOSED = 5  # words between a name and the role that explains it
_REACH = 6  # words between a preposition and its noun
_BACK = 60  # words before a passage in which somebody may have been introduced


class Sides(NamedTuple):
    a: str = ""
    b: str = ""


def rows(mentions: pd.DataFrame, tokens: pd.DataFrame, types: pd.DataFrame, may_quote: Callable[[str, int], bool]) -> list[dict[str, Any]]:
    """Rows of `findings_bridges`, one a mention. `mentions`: those of bridge persons, each once; `may_quote`: whether the words of a turn (doc, turn) may be shown.

    Of others only that somebody connects is kept, for role and sides are their own words.
    """
    words = said(mentions, tokens, types)
    found = []
    for m in mentions.itertuples():
        turn = words.get((m.doc, m.turn), [])
        inside = [w for w in turn if m.start <= w.start < m.end]
        before = [w for w in turn if w.end <= m.start][-_BACK:]
        role, holder, place = who(inside, before, m.about)
        verb = does_say(inside, holder)
        sides = connects(inside, holder, verb)
        if not may_quote(m.doc, m.turn):
            role, verb, sides = role if role in (SELF, PERSON) else "", "", Sides()
        found.append(
            {
                "bridge": identity(m.mention), "mention": m.mention, "doc": m.doc, "turn": m.turn, "start": m.start, "end": m.end, "case": m.case,
                "basis": m.basis, "bridge_role": role, "found_in": place, "does": verb, "side_a": sides.a, "side_b": sides.b,
            }
        )  # fmt: skip
    return found


def who(inside: Sequence[Said], before: Sequence[Said], about: str) -> tuple[str, Said | None, str]:
    """(role, its word, where it is said): the best noun for a role in the passage, oneself, somebody only named, or one introduced before."""
    best = _best(inside)
    if best is not None and bridging(best) and not (SELF in about.split("+") and _i_am(inside, inside.index(best))):
        return nominative(best), best, IN_PASSAGE
    if SELF in about.split("+") and (_i_do(inside) or (best is not None and _i_am(inside, inside.index(best)))):
        return SELF, None, IN_PASSAGE
    names = [n for n in range(len(inside)) if is_person_name(inside, n)]
    if best is not None and not any(_comes_first(inside, n, inside.index(best)) for n in names):
        return nominative(best), best, IN_PASSAGE
    if names:
        return PERSON, None, IN_PASSAGE
    somewhere = next((n for n in range(len(inside)) if at_place(inside, n) and not inside[n].oblique), None)
    if somewhere is not None:
        return at_place(inside, somewhere), inside[somewhere], IN_PASSAGE
    left = _let_do(inside)
    if left is not None:
        return nominative(left), left, IN_PASSAGE
    if any(w.low == "ich" for w in inside) and (about == SELF or (SELF in about.split("+") and any(w.connecting for w in inside))):
        return SELF, None, IN_PASSAGE
    if not any(w.role is not None and w.role.sort == "third" and not w.governed for w in inside):
        return "", None, ""
    for n in range(len(before) - 1, -1, -1):  # `die übersetzt auch`: the last one introduced
        if bridging(before[n]):
            return nominative(before[n]), before[n], BEFORE
        if is_person_name(before, n):
            return PERSON, None, BEFORE
    return "", None, ""


def _best(inside: Sequence[Said]) -> Said | None:
    """The noun most likely the bridge person: a role that is one by its name before others, a subject before what hangs on a preposition."""
    scored = [(3 * bridging(w) + _subject(inside, n) - 2 * bool(w.prep), -n) for n, w in enumerate(inside) if is_role(inside, n)]
    top = max(scored, default=(0, 0))
    return inside[-top[1]] if top[0] > 0 else None


def _subject(inside: Sequence[Said], n: int) -> int:
    """How likely a noun does something: 0 where it is whom one does it for or with, 1 where it explains another, else 2.

    A noun right behind `wenn` or the like tells of an occasion (`wenn der Enkel Mist gebaut hat`).
    """
    w, before = inside[n], inside[max(0, n - 3) : n]
    if any(x.tag == "KOUS" for x in before) or w.article in ("einen", "nen", "'nen"):
        return 0
    if not w.article and before and before[-1].tag.startswith("VV"):
        return 0  # `ich sage Lehrerin, was …`
    if w.oblique:
        return int(any(x.tag == "$," for x in before[-2:]))  # `mit dem X, dem Hausmeister`
    return 2


def _i_do(inside: Sequence[Said]) -> bool:
    """Whether »ich« stands at a verb of connecting, and lets nobody else do it."""
    if any(w.lemma == "lassen" for w in inside):
        return False
    verbs = [n for n, w in enumerate(inside) if w.lemma in CORE and w.tag in ("VVFIN", "VVPP", "VVINF")]
    return any(w.low == "ich" and any(abs(n - at) <= _REACH for at in verbs) for n, w in enumerate(inside))


def _i_am(inside: Sequence[Said], role: int) -> bool:
    """`ich bin so der Übersetzer`: the role is one's own."""
    near = inside[max(0, role - _REACH) : role]
    return any(w.low == "ich" for w in near) and any(w.lemma == "sein" for w in near)


def _comes_first(inside: Sequence[Said], name: int, role: int) -> bool:
    """Whether somebody is named before the role, and the role does not say who that is (`den Herrn X an, den Hausmeister`)."""
    if name > role:
        return False
    apposed = role - name <= _APPOSED and any(w.tag == "$," for w in inside[name:role])
    return not apposed and inside[role].start > inside[name].start


def _let_do(inside: Sequence[Said]) -> Said | None:
    """`dass ich die Kinder dolmetschen lasse`: who stands before the verb does it."""
    if not any(w.lemma == "lassen" for w in inside):
        return None
    verb = next((n for n, w in enumerate(inside) if w.connecting and w.tag == "VVINF"), 0)
    return next((w for w in reversed(inside[:verb]) if w.side), None)


def connects(inside: Sequence[Said], holder: Said | None, verb: str) -> Sides:
    """Whom somebody connects, in words of the passage: `zwischen X und Y`, `von X zu Y`, `X und Y zusammenbringen`, `übersetzt für X beim Y`."""
    nouns = {n: w for n, w in enumerate(inside) if w.side and w is not holder and not is_address(inside, n) and not _titled(inside, n)}
    return _between(inside, nouns) or _from_to(inside, nouns) or _joined(inside, nouns) or (_served(nouns) if verb else Sides())


def _titled(inside: Sequence[Said], n: int) -> bool:
    return n + 1 < len(inside) and is_person_name(inside, n + 1)


def is_address(words: Sequence[Said], n: int) -> bool:
    """`und sagte, Chef, die Mutter …`: a noun alone between commas is who is spoken to."""
    bare = not words[n].article and 0 < n < len(words) - 1
    return bare and words[n - 1].tag == "$," and words[n + 1].tag == "$," and words[n].number != "p"


def _near(nouns: Iterable[int], start: int) -> int | None:
    return next((n for n in sorted(nouns) if start < n <= start + _REACH), None)


def _between(inside: Sequence[Said], nouns: dict[int, Said]) -> Sides | None:
    for n, w in enumerate(inside):
        first = _near(nouns, n) if w.low == "zwischen" else None
        if first is not None:
            second = _near(nouns, first)
            linked = second is not None and any(x.low in ("und", "bis") for x in inside[first:second])
            return Sides(nominative(nouns[first]), nominative(nouns[second]) if linked and second is not None else "")
    return None


def _from_to(inside: Sequence[Said], nouns: dict[int, Said]) -> Sides | None:
    for first, w in nouns.items():
        if w.prep == "von":
            second = _near(nouns, first)
            if second is not None and nouns[second].prep in ("zu", "nach", "in"):
                return Sides(nominative(w), nominative(nouns[second]))
    return None


def _joined(inside: Sequence[Said], nouns: dict[int, Said]) -> Sides | None:
    if not any(w.lemma in ("zusammenbringen", "verbinden", "zusammenführen", "vernetzen") for w in inside):
        return None
    for first, w in nouns.items():
        second = _near(nouns, first)
        if second is not None and not w.prep and any(x.low in ("und", "mit") for x in inside[first:second]):
            return Sides(nominative(w), nominative(nouns[second]))
    return None


def _served(nouns: dict[int, Said]) -> Sides:
    """For whom, and with which body: `für die Familien beim Amt`, `erklärt den Eltern den Brief vom Jobcenter`."""
    people: dict[str, list[str]] = defaultdict(list)
    for w in nouns.values():
        body = w.role is not None and w.role.sort == "body"
        if (body or w.led) and w.prep in _TO:
            people["b"].append(nominative(w))
        elif not body and (w.prep in ("für", "mit") or (w.oblique and not w.prep)):
            people["a"].append(nominative(w))
    return Sides(next(iter(people["a"]), ""), next(iter(people["b"]), ""))
