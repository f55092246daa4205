"""Words that place what their clause tells in an earlier time: of time, of a world that is over, of states that are."""

from __future__ import annotations

from typing import NamedTuple

from pipeline.stances.saying import evidential
from pipeline.stances.tenses import STATES
from pipeline.stances.turn import Turn
from pipeline.stances.words import Kind

_MODALS = frozenset({"können", "müssen", "wollen", "sollen", "dürfen", "mögen"})


def sign(turn: Turn, places: list[int], n: int, tense: bool, recent: bool) -> bool:
    """Whether the n-th word of a clause places it in an earlier time; `tense`: it stands in a past tense, `recent`: near
    the present.
    """
    kind = turn.kinds[places[n]]
    around = Around(*(turn.kinds[places[m]] if 0 <= m < len(places) else None for m in (n - 1, n + 1, n + 2)))
    if _time(kind, around, tense):
        return True
    if tense and kind.cues & _FOREBEARS and _tells(turn, places):
        return True  # `mein Opa hat erzählt, …`
    if tense and kind.cues & _FOREBEARS and around.before is not None and around.before.low in ("laut", "nach"):
        return True  # `laut Opa haben sie …`
    if "mal" in kind.cues and evidential(turn, places) >= 0:
        return any(turn.kinds[i].verbal == "p" for i in places)
    return tense and not recent and (_world(turn, places, kind, around) or _state(turn, places, kind, around))


def _tells(turn: Turn, places: list[int]) -> bool:
    """`mein Opa hat erzählt, …`, `Oma hat immer gesagt, …`."""
    kinds = turn.kinds
    often = any(kinds[i].low in _OFTEN for i in places)
    return any(kinds[i].lemma in ("erzählen", "berichten") or (often and "say" in kinds[i].cues) for i in places)


_OFTEN = frozenset({"immer", "oft", "stets", "oiwei", "ständig"})


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
    if kind.low.startswith("neunzehnhundert") or (len(kind.low) == 4 and kind.low[:2] == "19" and kind.low.isdigit()):
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
    never = any("negator" in turn.kinds[i].cues for i in places) and any(turn.kinds[i].low == "noch" for i in places)
    if never and after is not None and (after.tag in ("APPR", "APPRART") or "mal" in kind.cues):
        return False  # `war noch bei keinem mal eingeladen`
    return (after is None or after.low not in _STILL) and any(turn.kinds[i].low in _LASTING for i in places)


_OWN = frozenset("mein meinem unser unserem unserm ihrem seinem".split())
_FOREBEARS = frozenset({"ancestors", "elders"})
# Of these a living father may be told as well: they tell of what happened once.
_EVENTS = frozenset("kommen gehen sagen meinen fragen rufen fahren finden".split())
# With `noch` and `mal` modal verbs tell of events (`ich musste noch zum Amt`).
_LASTING = STATES - frozenset("durfte durften musste mussten konnte konnten".split())
# Behind `noch` and `mal` these make something else of them: noch nie, noch so ein, mal so.
_STILL = frozenset("nie nicht mal kein keine keiner niemand keinen immer so ein".split())
