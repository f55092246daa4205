"""Who says or thinks something in a clause: the verb or noun by which others than the speaker do."""

from __future__ import annotations

from pipeline.stances.turn import Turn

SELF = frozenset({"ich", "wir", "du"})  # `kaum sagst du, …` is anybody, the speaker first
_OURS = frozenset({"mein", "meine", "meiner", "meinen", "meinem", "unsere", "unserer"})


def evidential(turn: Turn, places: list[int]) -> int:
    """The place of a `soll` that passes on hearsay, or -1: with a past infinitive, or with `ja`, `wohl` and sein or
    geben.
    """
    kinds = turn.kinds
    for i in places:
        if kinds[i].lemma != "sollen" or kinds[i].verbal != "f" or kinds[i].low in ("sollte", "sollten"):
            continue
        others = {kinds[j].low for j in places}
        past = any(kinds[j].verbal == "p" for j in places) and others & {"haben", "sein", "worden"}
        if past or (others & {"ja", "wohl", "angeblich"} and others & {"sein", "geben", "haben"}):
            return i
    return -1


def says(turn: Turn, whole: int) -> int:
    """The place of the verb or noun by which somebody else than the speaker says or thinks, or -1."""
    kinds = turn.kinds
    places = turn.places(whole)
    verb, opinion, media = -1, -1, False
    for i in places:
        cues = kinds[i].cues
        if "bare" in cues:
            return -1
        if kinds[i].words[:2] == ("hör", "mal"):
            continue  # `hömma`
        if verb < 0 and (("say" in cues and kinds[i].verbal) or "sayform" in cues):
            verb = i
        elif "opinion" in cues:
            opinion = i
        media = media or "media" in cues
    if verb < 0 and media:
        verb = next((i for i in places if kinds[i].lemma in ("stehen", "lesen") and kinds[i].verbal), -1)
    if verb >= 0 and _says_nothing(turn, whole, places, verb):
        return -1
    place = verb if verb >= 0 else opinion
    asked = kinds[turn.sentence(places[0])[1] - 1].low == "?"
    if place < 0 or (verb >= 0 and _addressed(turn, places)):
        return -1
    if negated(turn, places) and not asked and not _addressed(turn, places):
        return -1
    own = turn.holds(whole, SELF) or (verb < 0 and place and kinds[place - 1].low in _OURS)
    told = any(kinds[i].lemma in ("bekommen", "kriegen") for i in places) and kinds[place].tag == "VVPP"
    return -1 if own and not told and "heard" not in kinds[place].cues else place


def _says_nothing(turn: Turn, whole: int, places: list[int], verb: int) -> bool:
    """`an alles gedacht`, `so hieß sie`, `wie man so sagt`: verbs of saying and thinking that pass nothing on."""
    kinds, lemma = turn.kinds, turn.kinds[verb].lemma
    if lemma == "denken":
        return any(kinds[i].low in ("an", "ans", "daran", "dran") for i in places)
    if lemma == "reden":
        return any(kinds[i].tag in ("APPR", "APPRART", "PROAV") for i in places)
    if lemma == "heißen":
        return any(kinds[i].low == "so" or (kinds[i].low == "das" and i == verb + 1) for i in places)
    opener = turn.clauses[whole].opener
    return lemma == "sagen" and opener >= 0 and kinds[opener].low == "wie" and turn.holds(whole, _ANYBODY)


_ANYBODY = frozenset({"man", "so"})


def negated(turn: Turn, places: list[int]) -> bool:
    """`die sagen nicht, dass …`; but a negation within what is said stands in another clause."""
    return any(turn.kinds[i].low in ("nicht", "nie", "keiner", "niemand", "kein") for i in places)


def _addressed(turn: Turn, places: list[int]) -> bool:
    """`Sie glauben gar nicht, wie …`, `nicht, dass Sie denken, …`: said to the one who asks."""
    kinds = turn.kinds
    for i in places:
        if kinds[i].low == "sie" and not kinds[i].small and kinds[i].tag == "PPER":
            inside = i != turn.sentence(i)[0]
            return inside or any(
                kinds[j].lemma in ("müssen", "können", "dürfen") or kinds[j].low == "nicht" for j in places
            )
    return False
