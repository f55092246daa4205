"""Verbs that deny what depends on them: fehlen, mangeln an, vermissen, schließen; and `ist weg`."""

from __future__ import annotations

from pipeline.stances.clauses import Clause, subject
from pipeline.stances.turn import Turn

_NOUNS = frozenset({"NN", "NE", "ADJA", "ADJD", "VVINF"})
_DATIVE = frozenset({"dem", "den", "einem", "unserem", "meinem", "ihrem", "der", "vielen", "seinem", "allen", "unseren", "meiner", "unserer"})


def lacking(turn: Turn, denied: dict[int, int], negated: list[int]) -> None:
    """Marks what is lacking; a denied lack (`es fehlt nicht an Räumen`) is none. `denied`: clauses with a negator of their own."""
    kinds = turn.kinds
    for i, kind in enumerate(kinds):
        verb = "lacking" in kind.cues or "refusing" in kind.cues or "mangeln" in kind.cues
        if not verb and not ("closed" in kind.cues and _with_sein(turn, i)):
            continue
        whole = turn.whole(i)
        for j in _arguments(turn, i, whole):
            if whole not in denied:
                negated[j] = i
            elif negated[j] == denied[whole]:
                negated[j] = -1


def _with_sein(turn: Turn, i: int) -> bool:
    if turn.kinds[i].tag in ("APPR", "PTKZU", "NN", "PTKVZ", "PTKA"):
        return False
    return any(turn.kinds[j].lemma in ("sein", "werden") for j in turn.places(turn.whole(i)))


def _arguments(turn: Turn, i: int, whole: int) -> list[int]:
    """The nouns of the clause that are lacking: the subject, of `refusing` verbs the object, behind `an`."""
    kinds = turn.kinds
    clause = turn.clauses[whole]
    places = turn.places(whole)
    under: str = ""
    found: list[int] = []
    behind_an: list[int] = []
    for j in places:
        kind = kinds[j]
        if kind.tag in ("APPR", "APPRART"):
            under = "an" if kind.low in ("an", "am", "ans") else "other"
        elif kind.tag in ("ART", "PPOSAT", "PIAT", "PDAT", "PPER", "PRF", "PIS", "PDS") or kind.verbal:
            if not (j and kinds[j - 1].tag in ("APPR", "APPRART")):
                under = "dative" if kind.low in _DATIVE and kind.tag in ("ART", "PPOSAT") and _follows(kinds[j].low) else ""
        if j == i or kind.tag not in _NOUNS:
            continue
        if under == "an":
            behind_an.append(j)
        elif not under:
            found.append(j)
    if "mangeln" in kinds[i].cues and behind_an:
        return behind_an
    if "mangeln" in kinds[i].cues and "lacking" not in kinds[i].cues:
        return []
    if "refusing" in kinds[i].cues and not _passive(turn, places):
        found = _without_subject(turn, clause, found)
    return found


def _follows(low: str) -> bool:
    return low not in ("der", "den")  # these are nominative or accusative as often


def _passive(turn: Turn, places: list[int]) -> bool:
    return any(turn.kinds[j].lemma in ("werden", "sein") and turn.kinds[j].verbal for j in places)


def _without_subject(turn: Turn, clause: Clause, found: list[int]) -> list[int]:
    who = subject(turn.kinds, clause)
    return [j for j in found if j != who] if len(found) > 1 or who not in found else found
