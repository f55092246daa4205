"""What is denied, and what only tells why something is said."""

from __future__ import annotations

from pipeline.causing.units import Reading, Unit
from pipeline.causing.words import HERE, POINTING, TELLING, TRUTH
from pipeline.stances.turn import Span

_DENYING = frozenset({"nicht", "keineswegs", "niemals", "nie"})
_MORE = frozenset({"nur", "bloß", "allein", "zuletzt", "unbedingt", "ausschließlich"})


def denied_before(reading: Reading, unit: Unit, place: int) -> bool:
    """`nicht weil …` (unless `nicht nur`), `nicht deshalb, weil …`, `das ist doch nicht so, weil …`."""
    i = place - 1
    while i >= unit.start and (reading.low(i) in POINTING or (reading.low(i) == "," and reading.low(i - 1) in POINTING)):
        i -= 1
    pointed = i < place - 1
    if reading.low(i) in _DENYING and i >= unit.start:
        bounded = i == unit.start or reading.kinds[i - 1].tag[:1] == "$" or reading.kinds[i - 1].tag == "KON"
        if pointed or bounded or "sondern" in reading.lows((place, unit.end)):
            return True
    before = (unit.start, place)
    words = [i for i in range(*before) if reading.kinds[i].tag[:1] != "$"]
    lows = reading.lows(before)
    empty = len(words) <= 7 and lows & HERE and lows & _DENYING and lows & {"ist", "war", "liegt", "kommt", "so", "passiert"}
    return bool(empty and not any(reading.kinds[i].tag in ("NN", "NE", "VVPP", "ADJD") for i in words)) or _framed(reading, unit, place)


def _framed(reading: Reading, unit: Unit, place: int) -> bool:
    """`Es stimmt nicht, dass …`, `ich glaube nicht, dass das daran liegt`: the place stands in what is not true."""
    if reading.turn.opener(reading.turn.whole(place)) == "ob":
        return True  # `ob das wegen dem Namen war, weiß ich nicht`
    main = reading.turn.clauses[unit.main] if unit.main >= 0 else None
    if main is None or reading.turn.number[place] == unit.main or main.start > place:
        return False
    like = {"nicht", "so"} <= reading.lows((main.start, main.end)) and reading.low(main.end) == "als" and reading.low(main.end + 1) in ("ob", "wenn")
    dass = main.end if like else next((i for i in range(main.start, place) if reading.low(i) in ("dass", "als")), -1)
    words = (main.start, main.end)
    return dass >= 0 and bool(reading.lows(words) & _DENYING) and (like or bool(reading.lemmas(words) & TRUTH))


def denied_in(reading: Reading, places: list[int]) -> bool:
    """Whether the words of a clause deny what it says; `nicht nur`, `nicht zuletzt` do not."""
    for i in places:
        if "negator" in reading.kinds[i].cues or reading.low(i) in _DENYING:
            if reading.low(i) == "nicht" and reading.low(i + 1) in _MORE:
                continue
            return True
    return False


def framed_denial(reading: Reading, place: int) -> bool:
    return _framed(reading, reading.unit(place), place)


def is_remark(reading: Reading, span: Span) -> bool:
    """`Ich sag das nur`, `ich frag bloß`: the reason is one for speaking."""
    lows, lemmas = reading.lows(span), reading.lemmas(span)
    if any("negator" in reading.kinds[i].cues for i in range(*span)):
        return False
    noun = any(reading.kinds[i].tag == "NN" for i in range(*span))
    if "ich" in lows and lemmas & {"wissen", "nennen"} and lows & HERE and (not noun or "nennen" in lemmas):
        return True
    first = "ich" in lows and bool(lemmas & TELLING) and span[1] - span[0] <= 7
    short = span[1] - span[0] <= 2 or (span[1] - span[0] <= 4 and "haben" in lemmas)  # `hab ich gesagt`
    if lemmas & TELLING and short and lows & {"ich", "er", "der", "die", "sie", "wir", "habe", "hat"}:
        return True
    return first and bool(lows & (HERE | {"nur", "jetzt", "mal", "bloß", "so", "es"})) and not noun
