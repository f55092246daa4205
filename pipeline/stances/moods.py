"""What makes a single clause a wish, thought, possibility or demand, by the words in it."""

from __future__ import annotations

from pipeline.stances.saying import evidential
from pipeline.stances.turn import Turn

_NEEDING = frozenset({"man", "mal", "eigentlich", "halt", "bloß", "nur"})
_MODAL = frozenset({"sollen", "müssen", "können", "dürfen", "mögen", "möchten"})
_NOT = frozenset({"nicht", "nie", "kein"})


def mood(turn: Turn, whole: int, polite: set[int], reported: list[int], negated: list[int]) -> int:
    kinds = turn.kinds
    places = turn.places(whole)
    clause = turn.clauses[whole]
    for i in places:
        cues = kinds[i].cues
        if i in polite:
            continue
        if kinds[i].low == "brauchte" and not turn.holds(whole, _NEEDING):
            continue  # `jeder, der Hilfe brauchte`, against `man brauchte mal einen Raum`
        if "subjunctive" in cues and not _formal(turn, whole, places, i, reported, negated):
            return i
        if "duty" in cues and kinds[i].verbal == "f" and reported[i] >= 0 and not _impossible(turn, whole, i):
            return i
        if "maybe" in cues or "condition" in cues or ("wish" in cues and negated[i] < 0):
            return i
        if "wishnoun" in cues and any(kinds[j].lemma in ("sein", "haben") for j in places):
            return i
        untrue = clause.kind == "subordinate" and negated[i] >= 0 and turn.whole(negated[i]) != whole
        if "demand" in cues and evidential(turn, places) < 0 and not untrue:
            return i  # `dass das ein Ghetto sein soll, stimmt nicht` demands nothing
        if (
            kinds[i].lemma == "wollen"
            and kinds[i].verbal == "f"
            and (kinds[i].small or i == turn.sentence(i)[0])  # `nasse Wolle`
            and not _formal(turn, whole, places, i, reported, negated)
        ):
            return i
        if kinds[i].lemma == "müssen" and kinds[i].verbal == "f" and _demands(turn, places):
            return i
    if _invites(turn, places, clause.start) or _asks(turn, whole):
        return clause.start
    if clause.opener >= 0 and kinds[clause.opener].low == "ob" and clause.finite >= 0:
        return -1 if clause.opener and kinds[clause.opener - 1].low == "als" else clause.opener
    return -1


def _formal(turn: Turn, whole: int, places: list[int], i: int, reported: list[int], negated: list[int]) -> bool:
    """Whether a Konjunktiv II thinks nothing up: politeness, indirect speech, a clause whose truth is denied, `als ob`."""
    kinds = turn.kinds
    if kinds[i].lemma in ("werden", "können", "mögen", "wollen") and any(
        kinds[j].verbal == "i" and "hedge" in kinds[j].cues for j in places
    ):
        return True
    if reported[i] >= 0 and _impossible(turn, whole, i):
        return True
    if kinds[i].lemma == "wollen":
        opener = turn.clauses[whole].opener
        you = kinds[i].low.endswith("st") or turn.holds(whole, _YOU)
        return opener >= 0 and kinds[opener].low in _WHATEVER and you  # `sag, was du willst`
    if reported[i] >= 0 and kinds[i].lemma not in _MODAL and reported[i] != i:
        return kinds[turn.clauses[whole].start].low != "dann"  # `sie sagt, wenn …, dann gäbe es kein Essen mehr`
    clause = turn.clauses[whole]
    if clause.opener > clause.start and kinds[clause.opener - 1].low in ("ohne", "als"):
        return True  # `ohne dass einer geholfen hätte`
    if clause.kind != "main" and negated[i] >= 0 and turn.whole(negated[i]) != whole:
        return True  # `dass von denen einer geholfen hätte, im Leben nicht`
    governs = clause.matrix if clause.kind in ("subordinate", "relative") else clause.joined
    return governs >= 0 and negated[i] >= 0 and turn.whole(negated[i]) == governs


_WHATEVER = frozenset({"was", "wat", "wie", "wer", "wo", "wann"})
_YOU = frozenset({"du", "man", "sie"})


def _demands(turn: Turn, places: list[int]) -> bool:
    """`da muss ein Treffpunkt her`, `muss es geben`, `die müssen endlich bauen`: a demand, not a duty that is done."""
    low = {turn.kinds[i].low for i in places}
    return bool(low & {"her", "hin", "endlich", "geben", "unbedingt", "dringend", "können", "dürfen"}) and not low & {
        "ich",
        "wir",
    }


def _impossible(turn: Turn, whole: int, i: int) -> bool:
    """`mit denen könne man nicht reden`: what cannot be is no possibility."""
    return turn.kinds[i].lemma == "können" and turn.holds(whole, _NOT)


def _asks(turn: Turn, whole: int) -> bool:
    """`Kauft denen doch mal einen Mäher!`: an imperative that others are to follow, not one of talking (`guck mal`)."""
    clause, kinds = turn.clauses[whole], turn.kinds
    first = clause.finite
    if first < 0 or first != clause.start or kinds[first].cues & {"say", "thought", "talk"}:
        return False
    if first + 1 < clause.end and kinds[first + 1].tag in ("PPER", "PIS", "PDS") and kinds[first + 1].low in _SUBJECTS:
        return False
    return kinds[turn.sentence(first)[1] - 1].low != "?" and turn.holds(whole, _URGING) and turn.holds(whole, _ONCE)


_SUBJECTS = frozenset("ich du er sie es wir ihr man die der das keiner einer".split())
_URGING = frozenset({"doch", "erst"})
_ONCE = frozenset({"mal", "einfach", "endlich", "lieber"})


def _invites(turn: Turn, places: list[int], start: int) -> bool:
    """`Warum setzen die sich nicht mal zusammen?`"""
    kinds = turn.kinds
    if kinds[places[-1]].low != "?" or kinds[start].low not in ("warum", "wieso", "weshalb"):
        return False
    return any(kinds[i].low == "nicht" and kinds[i + 1].low in ("mal", "einfach", "einmal") for i in places[:-1])
