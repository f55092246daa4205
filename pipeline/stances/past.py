"""Which word places what is told in an earlier time, as a state that is over."""

from __future__ import annotations

from pipeline.stances.turn import Turn

_ENDED = frozenset({"war", "waren", "hatte", "hatten", "gab", "warst", "hattest", "wurde", "wurden", "konnte", "konnten", "durfte", "durften", "ging",
                    "gingen", "stand", "standen", "kam", "kamen"})  # fmt: skip


def mark(turn: Turn) -> list[int]:
    """For every word of the turn the place of what makes it past, or -1."""
    marks = [-1] * len(turn.kinds)
    carried = -1
    for number in range(len(turn.ends)):
        wholes = [w for w in sorted(turn.stretches) if turn.clauses[w].sentence == number]
        triggers = {w: _trigger(turn, w) for w in wholes}
        own = max(triggers.values(), default=-1)
        frame = own if own >= 0 else carried
        for whole in wholes:
            if any("present" in turn.kinds[i].cues for i in turn.places(whole)) and triggers[whole] < 0:
                carried = frame = -1 if own < 0 or own < turn.clauses[whole].start else frame
                continue
            place = triggers[whole] if triggers[whole] >= 0 else frame
            if place >= 0 and (_told_past(turn, whole)):
                for i in turn.places(whole):
                    marks[i] = place
        carried = frame if own < 0 or frame >= 0 else -1
    return marks


def _trigger(turn: Turn, whole: int) -> int:
    kinds = turn.kinds
    places = turn.places(whole)
    excluded = {i for start, end in turn.found.get("notpast", ()) for i in range(start, end)}
    for start, _ in turn.found.get("past", ()):
        if turn.whole(start) == whole:
            return start
    for n, i in enumerate(places):
        cues = kinds[i].cues
        if i in excluded:
            continue
        if "past" in cues or ("decade" in cues and n and kinds[places[n - 1]].tag in ("APPR", "APPRART")):
            return i
        if kinds[i].low == "vor" and n + 1 < len(places) and "years" in kinds[places[n + 1]].cues:
            return i
        if "mal" in cues and n and kinds[turn.clauses[whole].finite].low in ("gab", "war", "waren", "hatte", "hatten"):
            return i
    clause = turn.clauses[whole]
    if clause.opener >= 0 and kinds[clause.opener].low in ("als", "wo", "wie", "bis", "bevor", "solange") and clause.kind == "subordinate":
        if _preterite(turn, whole) and not any("recent" in kinds[i].cues for i in places):
            return clause.opener
    return -1


def _preterite(turn: Turn, whole: int) -> bool:
    finite = turn.clauses[whole].finite
    if finite < 0:
        return False
    return _is_past(turn, whole, finite)


def _told_past(turn: Turn, whole: int) -> bool:
    """A clause in a past tense, or with no finite verb at all."""
    finite = turn.clauses[whole].finite
    return finite < 0 or _is_past(turn, whole, finite)


def _is_past(turn: Turn, whole: int, finite: int) -> bool:
    kind = turn.kinds[finite]
    if kind.low in _ENDED or (kind.low.endswith(("te", "ten", "test", "tet")) and kind.low != kind.lemma):
        return True
    if kind.lemma in ("haben", "sein"):
        return any(turn.kinds[i].verbal == "p" for i in turn.places(whole))
    return kind.tag == "VVFIN" and kind.lemma[:1] != "" and _strong(kind.low, kind.lemma)


def _strong(low: str, lemma: str) -> bool:
    """A strong preterite: its stem is not the infinitive's, nor a present with changed vowel: `half`, `trafen`."""
    stem = lemma.removesuffix("en").removesuffix("n")
    if low.startswith(stem) or low.endswith("t"):
        return False
    return low[:1] == lemma[:1]
