"""Which word places what is told in an earlier time, as a state that is over.

A sign of earlier times governs its clause in any tense (learners tell in the present), and what is in a past tense
around and behind it in the turn, until a word leads back to the present.
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import groupby
from typing import NamedTuple

from pipeline.stances.clauses import Clause
from pipeline.stances.phrases import noun_phrase
from pipeline.stances.saying import evidential
from pipeline.stances.tenses import STATES, told_past
from pipeline.stances.turn import Turn
from pipeline.stances.words import Kind

_SELF = frozenset({"ich", "wir"})
_WHEN = frozenset("als wo wie bis bevor solange ehe nachdem".split())
_SMALL = frozenset(
    {"vor", "als", "mit", "noch"}
)  # words that begin or make a sign of earlier times, and stand in no list
_MODALS = frozenset({"können", "müssen", "wollen", "sollen", "dürfen", "mögen"})


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
        if place < 0 and _present(turn, whole):
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
            and told_past(turn, whole)
        ):
            place = triggers[depends]
        if place >= 0:
            for i in turn.places(whole):
                if i > place and "present" in turn.kinds[i].cues and turn.kinds[i - 1].tag in ("$,", "KON"):
                    break  # `Früher kein Problem, jetzt immer Kontrolle`
                marks[i] = place
    return frame


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
        if start in places and start not in excluded:
            return start
    clause = turn.clauses[whole]
    tense = clause.finite >= 0 and told_past(turn, whole)
    recent = any("recent" in kinds[i].cues or "present" in kinds[i].cues for i in places)
    if tense and not recent and _tells_when(turn, clause):
        return clause.opener
    for n, i in enumerate(places):
        if i in excluded or not (kinds[i].cues or kinds[i].low in _SMALL or kinds[i].low[:2] == "19"):
            continue
        if _sign(turn, places, n, tense, recent):
            return i
    return -1


def _tells_when(turn: Turn, clause: Clause) -> bool:
    """`als ich klein war`, `bis die Zeche zumachte`; the clause is in a past tense."""
    if clause.opener < 0 or clause.kind not in ("subordinate", "relative"):
        return False
    low = turn.kinds[clause.opener].low
    if low == "als" and _compares(turn, clause.opener):
        return False
    if low in _UNTIL and clause.matrix >= 0:  # `die holen sie ab, bevor wir ausgestiegen sind`, `es hat gedauert, bis …`
        matrix = turn.clauses[clause.matrix].finite
        if not told_past(turn, clause.matrix) or (matrix >= 0 and turn.holds(clause.matrix, _TAKES_TIME)):
            return False
    if low == "wie":  # `wie ich klein war`, against `wie wir gewohnt haben`
        return any("childhood" in turn.kinds[i].cues for i in turn.places(clause.whole))
    if low == "wo":
        return turn.holds(clause.whole, _SELF) and not _noun_before(turn, clause.opener)
    return low in _WHEN


_UNTIL = frozenset({"bevor", "bis", "ehe", "nachdem"})
_TAKES_TIME = frozenset({"gedauert", "dauerte", "gebraucht", "brauchte"})


def _compares(turn: Turn, i: int) -> bool:
    """`besser, als ich befürchtet hatte`, `mehr, als …`, `anders, als …`."""
    before = next((turn.kinds[j] for j in range(i - 1, max(i - 6, -1), -1) if turn.kinds[j].tag in _COMPARED), None)
    return before is not None and (before.low in ("anders", "mehr") or (before.tag == "ADJD" and before.low.endswith("er")))


_COMPARED = frozenset({"ADJD", "ADV", "PIAT", "PIS"})


def _noun_before(turn: Turn, i: int) -> bool:
    """`der Raum, wo wir waren` tells of a place, `wo ich Kind war` of a time."""
    if any("childhood" in turn.kinds[j].cues for j in turn.places(turn.whole(i))):
        return False
    return (i > 1 and turn.kinds[i - 2].tag in ("NN", "NE")) or (i > 1 and turn.kinds[i - 2].low in ("da", "dort"))


def _sign(turn: Turn, places: list[int], n: int, tense: bool, recent: bool) -> bool:
    """Whether the n-th word of a clause places it in an earlier time; `tense`: it stands in a past tense, `recent`: near
    the present.
    """
    kind = turn.kinds[places[n]]
    around = Around(*(turn.kinds[places[m]] if 0 <= m < len(places) else None for m in (n - 1, n + 1, n + 2)))
    if _time(kind, around, tense):
        return True
    if tense and kind.cues & _FOREBEARS and any(turn.kinds[i].lemma in ("erzählen", "berichten") for i in places):
        return True  # `mein Opa hat erzählt, …`
    if "mal" in kind.cues and evidential(turn, places) >= 0:
        return any(turn.kinds[i].verbal == "p" for i in places)
    return tense and not recent and (_world(turn, places, kind, around) or _state(turn, places, kind, around))


class Around(NamedTuple):
    """The word before and the two behind, in their clause."""

    before: Kind | None
    after: Kind | None
    second: Kind | None


def _time(kind: Kind, around: Around, tense: bool) -> bool:
    """Words of time: `damals`, `in den Siebzigern`, `vor dreißig Jahren`, `1971`, `als kleiner Junge`."""
    if "past" in kind.cues:
        return kind.tag != "ADJA" or tense  # `die ehemalige Leiterin hilft`: only she is of former times
    if "decade" in kind.cues and around.before is not None:
        return True
    if "era" in kind.cues and around.before is not None and tense:
        return True
    if len(kind.low) == 4 and kind.low[:2] == "19" and kind.low.isdigit():
        return True
    if around.after is None:
        return False
    if kind.low == "vor":
        years = around.second is not None and around.second.low.startswith("jahr")
        return "ages" in around.after.cues or ("years" in around.after.cues and years)
    young = "childhood" in around.after.cues or (around.second is not None and "childhood" in around.second.cues)
    return kind.low == "als" and young and tense


def _world(turn: Turn, places: list[int], kind: Kind, around: Around) -> bool:
    """A world that is over, told in a past tense: the mine, the country one came from, the forebears, one's own
    childhood.
    """
    before = around.before
    if "mine" in kind.cues:
        return kind.low != "tage" or (before is not None and before.low == "unter")
    if "homeland" in kind.cues and before is not None:
        return any(turn.kinds[i].low in STATES for i in places)
    if kind.low == "land" and before is not None and before.low in _OWN:
        return True
    if "childhood" in kind.cues and before is not None and before.low == "wir":
        return True
    if not kind.cues & _FOREBEARS or kind.tag != "NN" or any(turn.kinds[i].lemma in _MODALS for i in places):
        return False
    verb = next((turn.kinds[i] for i in places if turn.kinds[i].verbal == "f"), None)
    if verb is not None and verb.lemma in ("haben", "sein") and any(turn.kinds[i].low == "noch" for i in places):
        return verb.tag == "VAFIN" and "recent" not in kind.cues
    if verb is None or verb.lemma == "haben":
        return False
    return "ancestors" in kind.cues or (verb.tag == "VVFIN" and verb.lemma not in _EVENTS)


def _state(turn: Turn, places: list[int], kind: Kind, around: Around) -> bool:
    """`war mal`, `hatten noch`, `mit elf`: a state in a past tense, or an age."""
    after, second = around.after, around.second
    if kind.low == "mit":
        age = after is not None and after.tag == "CARD"
        return age and (second is None or second.tag not in ("NN", "ADJA", "CARD"))
    if "mal" not in kind.cues and kind.low != "noch":
        return False
    return (after is None or after.low not in _STILL) and any(turn.kinds[i].low in _LASTING for i in places)


_OWN = frozenset("mein meinem unser unserem unserm ihrem seinem".split())
_FOREBEARS = frozenset({"ancestors", "elders"})
# Of these a living father may be told as well: they tell of what happened once.
_EVENTS = frozenset("kommen gehen sagen meinen fragen rufen fahren finden".split())
# With `noch` and `mal` modal verbs tell of events (`ich musste noch zum Amt`).
_LASTING = STATES - frozenset("durfte durften musste mussten konnte konnten".split())
# Behind `noch` and `mal` these make something else of them: noch nie, noch so ein, mal so.
_STILL = frozenset("nie nicht mal kein keine keiner niemand keinen immer so ein".split())


def _contrasted(turn: Turn, triggers: dict[int, int], marks: list[int]) -> None:
    """`Mein Mann war Ingenieur, jetzt fährt er Taxi`: a state in a past tense that a present one follows."""
    for number, clause in enumerate(turn.clauses[:-1]):
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
