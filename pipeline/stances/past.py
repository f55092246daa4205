"""Which word places what is told in an earlier time, as a state that is over.

A sign of earlier times governs its clause in any tense (learners tell in the present), and what is in a past tense
around and behind it in the turn, until a word leads back to the present.
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import groupby

from pipeline.stances.clauses import Clause
from pipeline.stances.phrases import noun_phrase
from pipeline.stances.signs import sign
from pipeline.stances.tenses import STATES, told_past
from pipeline.stances.turn import Turn

_WHERE = frozenset({"ich", "wir", "noch"})
_WHEN = frozenset("als wo wie bis bevor solange ehe nachdem".split())
_SMALL = frozenset(
    {"vor", "als", "mit", "noch", "land"}
)  # words that begin or make a sign of earlier times, and stand in no list


def mark(turn: Turn, reported: list[int]) -> list[int]:
    """For every word of the turn the place of what makes it past, or -1; `reported` are its marks of reporting."""
    triggers = {whole: _trigger(turn, whole) for whole in turn.stretches}
    for whole, clause in ((w, turn.clauses[w]) for w in turn.stretches):
        when = triggers[whole] == clause.opener and clause.opener >= 0
        if when and clause.matrix >= 0 and triggers[clause.matrix] < 0 and not _present(turn, clause.matrix):
            triggers[clause.matrix] = triggers[whole]
    marks = [-1] * len(turn.kinds)
    carried = -1
    for _, wholes in groupby(turn.stretches, lambda whole: turn.clauses[whole].sentence):
        carried = _sentence(turn, wholes, triggers, carried, marks)
    _contrasted(turn, triggers, marks)
    _named(turn, marks)
    return marks


def _named(turn: Turn, marks: list[int]) -> None:
    """`das ehemalige Pfarrhaus`: the noun alone, where its clause is of today."""
    for i in turn.having.get("past", ()):
        if turn.kinds[i].tag == "ADJA" and marks[i] < 0:
            for j in noun_phrase(turn.kinds, i, len(turn.kinds)):
                marks[j] = i


def _sentence(turn: Turn, wholes: Iterable[int], triggers: dict[int, int], carried: int, marks: list[int]) -> int:
    """Marks the clauses of a sentence; gives the trigger that holds behind it."""
    wholes = list(wholes)
    own = max((triggers[w] for w in wholes), default=-1)
    frame = own if own >= 0 else carried
    for whole in wholes:
        place = triggers[whole]
        if place < 0 and (_present(turn, whole) or _later(turn, whole, frame)):
            frame = -1
            continue
        depends = turn.clauses[whole].matrix
        if place < 0 and frame >= 0 and (told_past(turn, whole) or _dreamt(turn, whole, marks)):
            place = frame
        if (
            place < 0
            and depends >= 0
            and triggers[depends] >= 0
            and turn.clauses[whole].opener >= 0
            and (told_past(turn, whole) or _unreal(turn, whole))
        ):
            place = triggers[depends]
        if place >= 0:
            other = next((triggers[w] for w in wholes if triggers[w] >= 0 and triggers[w] != place), carried)
            for i in turn.places(whole):
                if i > place and "present" in turn.kinds[i].cues and turn.kinds[i - 1].tag in ("$,", "KON"):
                    break  # `Früher kein Problem, jetzt immer Kontrolle`
                marks[i] = place if i != place or other < 0 else other
    return frame


def _unreal(turn: Turn, whole: int) -> bool:
    """`früher gab es das nicht, dass einer abgeschlossen hätte`, whatever the participle looks like."""
    finite = turn.clauses[whole].finite
    return finite >= 0 and turn.kinds[finite].lemma in ("haben", "sein") and "subjunctive" in turn.kinds[finite].cues


def _later(turn: Turn, whole: int, frame: int) -> bool:
    """`am Anfang war es schwer, aber dann haben sie geholfen`: a beginning ends with what came then."""
    kinds = turn.kinds
    start = turn.clauses[whole].start
    if frame < 0 or not {kinds[j].low for j in range(frame, min(frame + 3, len(kinds)))} & _BEGINNING:
        return False
    return any(kinds[j].low in _THEN for j in range(start, min(start + 3, len(kinds))))


_BEGINNING = frozenset({"anfang", "anfangs", "zuerst", "anfangszeit", "erste", "ersten"})
_THEN = frozenset({"dann", "irgendwann", "später", "danach", "plötzlich"})


def _dreamt(turn: Turn, whole: int, marks: list[int]) -> bool:
    """What was thought or wished in earlier times: `früher habe ich geträumt, ich werde Arzt`."""
    joined = turn.clauses[whole].joined
    if joined < 0 or marks[turn.clauses[joined].start] < 0:
        return False
    return any("wish" in turn.kinds[i].cues or "awaited" in turn.kinds[i].cues for i in turn.places(joined))


def _present(turn: Turn, whole: int) -> bool:
    """Whether a word leads back to the present; `das weiß ich wie heute` does not."""
    kinds = turn.kinds
    return any("present" in kinds[i].cues and not (i and kinds[i - 1].low == "wie") for i in turn.places(whole))


def _trigger(turn: Turn, whole: int) -> int:
    kinds = turn.kinds
    places = turn.places(whole)
    excluded = {i for start, end in turn.found.get("notpast", ()) for i in range(start, end)}
    for start, _ in turn.found.get("past", ()):
        if start in places and start not in excluded and not (kinds[start].low == "als" and _compares(turn, start)):
            return start
    clause = turn.clauses[whole]
    tense = clause.finite >= 0 and told_past(turn, whole)
    recent = any("recent" in kinds[i].cues or "present" in kinds[i].cues for i in places)
    if tense and not recent and _tells_when(turn, clause):
        return clause.opener
    for n, i in enumerate(places):
        if i in excluded or not (kinds[i].cues or kinds[i].low in _SMALL or kinds[i].low[:2] == "19"):
            continue
        if sign(turn, places, n, tense, recent):
            return i
    return -1


def _tells_when(turn: Turn, clause: Clause) -> bool:
    """`als ich klein war`, `bis die Zeche zumachte`; the clause is in a past tense."""
    if clause.opener < 0 or clause.kind not in ("subordinate", "relative"):
        return False
    low = turn.kinds[clause.opener].low
    if low == "als" and _compares(turn, clause.opener):
        return False
    if (
        low in _UNTIL and clause.matrix >= 0
    ):  # `die holen sie ab, bevor wir ausgestiegen sind`, `es hat gedauert, bis …`
        matrix = turn.clauses[clause.matrix].finite
        if not told_past(turn, clause.matrix) or (matrix >= 0 and turn.holds(clause.matrix, _TAKES_TIME)):
            return False
    if low == "wie":  # `wie ich klein war`, against `wie wir gewohnt haben`
        return any("childhood" in turn.kinds[i].cues for i in turn.places(clause.whole))
    if low == "wo":
        return turn.holds(clause.whole, _WHERE) and not _noun_before(turn, clause.opener)
    return low in _WHEN


_UNTIL = frozenset({"bevor", "bis", "ehe", "nachdem"})
_TAKES_TIME = frozenset({"gedauert", "dauerte", "gebraucht", "brauchte"})


def _compares(turn: Turn, i: int) -> bool:
    """`besser, als ich befürchtet hatte`, `mehr, als …`, `anders, als …`."""
    before = next((turn.kinds[j] for j in range(i - 1, max(i - 6, -1), -1) if turn.kinds[j].tag in _COMPARED), None)
    return before is not None and (
        before.low in ("anders", "mehr") or (before.tag == "ADJD" and before.low.endswith("er"))
    )


_COMPARED = frozenset({"ADJD", "ADV", "PIAT", "PIS"})


def _noun_before(turn: Turn, i: int) -> bool:
    """`der Raum, wo wir waren` tells of a place, `wo ich Kind war` of a time."""
    if any("childhood" in turn.kinds[j].cues for j in turn.places(turn.whole(i))):
        return False
    return (i > 1 and turn.kinds[i - 2].tag in ("NN", "NE")) or (i > 1 and turn.kinds[i - 2].low in ("da", "dort"))


def _replaced(turn: Turn, number: int, marks: list[int]) -> None:
    """`wo heute die Spielhalle ist, da war unser Treffpunkt`."""
    clause, after = turn.clauses[number], turn.clauses[number + 1]
    now = next((i for i in turn.places(clause.whole) if "present" in turn.kinds[i].cues), -1)
    if now >= 0 and not told_past(turn, clause.whole) and after.finite >= 0 and told_past(turn, after.whole):
        for i in turn.places(after.whole):
            marks[i] = now if marks[i] < 0 else marks[i]


def _contrasted(turn: Turn, triggers: dict[int, int], marks: list[int]) -> None:
    """`Mein Mann war Ingenieur, jetzt fährt er Taxi`: a state in a past tense that a present one follows."""
    for number, clause in enumerate(turn.clauses[:-1]):
        if clause.opener >= 0 and turn.kinds[clause.opener].low == "wo":
            _replaced(turn, number, marks)
        if clause.finite < 0 or marks[clause.start] >= 0 or turn.kinds[clause.finite].low not in STATES:
            continue
        if any("recent" in turn.kinds[i].cues for i in turn.places(clause.whole)):
            continue
        after = turn.clauses[number + 1]
        now = next(
            (i for i in range(after.start, min(after.start + 3, after.end)) if "present" in turn.kinds[i].cues), -1
        )
        over = next((i for i in range(after.start, after.end) if "ended" in turn.kinds[i].cues), -1)
        place = now if now >= 0 and not told_past(turn, after.whole) else over
        if place >= 0 and after.finite >= 0:
            for i in turn.places(clause.whole):
                marks[i] = place
