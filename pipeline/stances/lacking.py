"""Verbs that deny what depends on them: fehlen, mangeln an, vermissen, schließen; and `ist weg`."""

from __future__ import annotations

from pipeline.stances.clauses import Clause
from pipeline.stances.subjects import subject
from pipeline.stances.turn import Turn

_NOUNS = frozenset({"NN", "NE", "ADJA", "ADJD", "VVINF"})
_VERBS = frozenset({"lacking", "refusing", "without an", "without auf", "without mit", "without von", "dismissed"})
_DATIVE = frozenset("dem einem unserem meinem ihrem vielen seinem allen meiner unserer".split())


def lacking(turn: Turn, denied: dict[int, int], negated: list[int]) -> None:
    """Marks what is lacking; a denied lack (`es fehlt nicht an Räumen`) is none. `denied`: clauses with a negator of
    their own.
    """
    kinds = turn.kinds
    for i, kind in enumerate(kinds):
        verb = bool(kind.cues & _VERBS) or (kind.lemma == "abgehen" and _for_somebody(turn, i))
        if not verb and not ("closed" in kind.cues and _with_sein(turn, i)):
            continue
        if "dismissed" in kind.cues and not possible(turn, i):
            continue
        whole = turn.whole(i)
        outside = [] if whole in denied else _cleft(turn, i, whole)  # `Helfer, die nicht gleich weg sind`
        for j in [*_arguments(turn, i, whole), *outside]:
            if whole not in denied or turn.whole(j) != whole:
                negated[j] = i
            elif negated[j] == denied[whole]:
                negated[j] = -1


def _for_somebody(turn: Turn, i: int) -> bool:
    return any(
        turn.kinds[j].low in ("mir", "uns", "ihm", "ihr", "ihnen", "denen", "einem") for j in turn.places(turn.whole(i))
    )


def possible(turn: Turn, i: int) -> bool:
    """`kannste vergessen`, against `ich habe es vergessen`."""
    return any(turn.kinds[j].lemma == "können" for j in turn.places(turn.whole(i)))


def _cleft(turn: Turn, i: int, whole: int) -> list[int]:
    """`Was hier fehlt, ist ein Treffpunkt`, `Räume, die uns fehlen`: what the clause of the verb belongs to."""
    kinds, clause = turn.kinds, turn.clauses[whole]
    if clause.matrix < 0 or clause.opener < 0:
        return []
    if kinds[clause.opener].low == "was":
        return [j for j in turn.places(clause.matrix) if kinds[j].tag in _NOUNS]
    if clause.kind == "relative" and kinds[clause.opener].tag == "PRELS":
        return [j for j in range(max(clause.opener - 3, 0), clause.opener) if kinds[j].tag in ("NN", "NE")][-1:]
    return []


def _with_sein(turn: Turn, i: int) -> bool:
    if turn.kinds[i].low == "zu":  # `sonntags ist der Treff zu`
        after = turn.kinds[i + 1].tag if i + 1 < len(turn.kinds) else "$."
        if after[0] != "$":
            return False
        if any(turn.kinds[j].lemma in ("haben", "zuhaben") for j in turn.places(turn.whole(i))):
            return True  # `der Kiosk hat zu`
    elif turn.kinds[i].tag in ("APPR", "PTKZU", "NN", "PTKA"):
        return False
    return any(turn.kinds[j].lemma in ("sein", "werden") for j in turn.places(turn.whole(i)))


def _arguments(turn: Turn, i: int, whole: int) -> list[int]:
    """The nouns of the clause that are lacking: the subject, of `refusing` verbs the object, or what stands behind a
    preposition.
    """
    kinds = turn.kinds
    under = ""  # the preposition, or "dative", under which the words stand
    free: list[int] = []
    behind: dict[str, list[int]] = {}
    stretches = [*turn.places(whole), *_afterthought(turn, i, whole)]
    for j in stretches:
        kind = kinds[j]
        if kind.tag in ("APPR", "APPRART") or kind.low in ("aufs", "ans", "mitm", "auf", "an", "mit"):
            under = _FULL.get(kind.low, kind.low)
        elif (kind.tag in _DETERMINERS or kind.verbal) and not (j and kinds[j - 1].tag in ("APPR", "APPRART")):
            under = "dative" if kind.low in _DATIVE and kind.tag in ("ART", "PPOSAT") else ""
        if j == i or kind.tag not in _NOUNS:
            continue
        if under:
            behind.setdefault(under, []).append(j)
        else:
            free.append(j)
    for name in kinds[i].cues:
        if name.startswith("without ") and name[8:] in behind:
            return behind[name[8:]]
    if not kinds[i].cues & _OBJECTS:
        return []
    if "refusing" in kinds[i].cues and not _passive(turn, turn.places(whole)):
        return _without_subject(turn, turn.clauses[whole], free)
    return free


_FULL = {"am": "an", "ans": "an", "aufs": "auf", "mitm": "mit", "vom": "von"}
_OBJECTS = frozenset({"lacking", "refusing", "closed", "dismissed"})
_DETERMINERS = frozenset("ART PPOSAT PIAT PDAT PPER PRF PIS PDS".split())


def _afterthought(turn: Turn, i: int, whole: int) -> list[int]:
    """`…, wohl aber an Anerkennung`: a fragment that goes on with the same preposition."""
    after = max(turn.stretches[whole]) + 1
    if after >= len(turn.clauses) or turn.clauses[after].kind != "fragment" or turn.clauses[after].joined != whole:
        return []
    return (
        turn.places(turn.clauses[after].whole)
        if any(name.startswith("without ") for name in turn.kinds[i].cues)
        else []
    )


def _passive(turn: Turn, places: list[int]) -> bool:
    return any(turn.kinds[j].lemma in ("werden", "sein") and turn.kinds[j].verbal for j in places)


def _without_subject(turn: Turn, clause: Clause, found: list[int]) -> list[int]:
    who = subject(turn.kinds, clause)
    return [j for j in found if j != who] if len(found) > 1 or who not in found else found
