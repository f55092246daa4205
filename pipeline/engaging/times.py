"""Since when and how often: stretches of words that tell it."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from pipeline.engaging.reading import Passage, Unit, words
from pipeline.stances.words import Kind

SINCE, OFTEN = "since", "often"
_DETERMINERS = frozenset({"ART", "PPOSAT", "PIAT", "PDAT", "CARD", "ADJA", "ADV", "ADJD", "APPRART"})


def times(passage: Passage, unit: Unit) -> dict[str, list[tuple[int, ...]]]:
    """Kind (since, often) -> stretches of places in the unit, in order; no word is in two stretches."""
    kinds, places = passage.kinds, unit.places
    found: dict[str, list[tuple[int, ...]]] = {SINCE: [], OFTEN: []}
    n = 0
    while n < len(places):
        run = _run(kinds, places, n)
        for name, rule in _RULES:
            length = rule(run)
            if length:
                found[name].append(places[n : n + length])
                n += length
                break
        else:
            n += 1
    return found


def clause_of_time(passage: Passage, unit: Unit) -> bool:
    """`seit ich hier wohne`: a clause that says since when."""
    return unit.kind == "subordinate" and passage.kinds[unit.places[0]].low in ("seit", "seitdem") and passage.kinds[unit.places[0]].tag in ("KOUS", "APPR", "PROAV") and len(unit.places) <= 12


def _run(kinds: Sequence[Kind], places: Sequence[int], n: int) -> list[Kind]:
    """The words from the n-th on that follow one another without a gap."""
    return [kinds[i] for k, i in enumerate(places[n : n + 12]) if i == places[n] + k]


def _low(run: Sequence[Kind], k: int) -> str:
    return run[k].low if k < len(run) else ""


def _since(run: Sequence[Kind]) -> int:
    low = _low(run, 0)
    if low in ("seit", "ab") or (low == "von" and _is_year(_low(run, 1)) and _low(run, 2) == "an"):
        return _seit(run, low)
    if (low == "schon" and _low(run, 1) in ("immer", "ewig")) or (low, _low(run, 1)) == ("immer", "schon"):
        return 2
    if (low, _low(run, 1), _low(run, 2)) in (("von", "anfang", "an"), ("von", "klein", "auf"), ("von", "beginn", "an")):
        return 3
    if low == "schon" and run[1:2] and (run[1].tag == "CARD" or _low(run, 1).endswith("zig")) and _low(run, 2) in ("jahre", "jahr", "monate"):
        return 0 if _low(run, 3) == "alt" else 3
    return 0


def _seit(run: Sequence[Kind], low: str) -> int:
    if low == "von":
        return 3
    if low == "ab":
        return 2 if _is_year(_low(run, 1)) else 0
    for k in range(1, min(len(run), 7)):
        if _is_year(_low(run, k)) or _low(run, k) in ("langem", "kurzem", "jeher", "neuestem", "ewigkeiten", "damals"):
            return k + 1
        if run[k].tag in ("NN", "NE"):
            more = _is_year(_low(run, k + 1)) or (_low(run, k) in ("anfang", "mitte", "ende") and run[k + 1 : k + 2] and run[k + 1].tag in ("NN", "CARD", "NE"))
            return k + 2 if more else k + 1
        if run[k].tag not in _DETERMINERS:
            return 0
    return 0


def _is_year(low: str) -> bool:
    return low.isdigit() and len(low) == 4


def _often(run: Sequence[Kind]) -> int:
    for lead in (2, 1, 0):  # `fast jeden Tag`, `nur montags`, `immer so zweimal die Woche`
        if all(_low(run, k) in _LEADS for k in range(lead)) and len(run) > lead:
            length = _often_bare(run[lead:])
            if length:
                return lead + length
    return 0


_LEADS = frozenset({"immer", "fast", "nur", "so", "meistens", "ungefähr"})


def _often_bare(run: Sequence[Kind]) -> int:
    low, units = _low(run, 0), words("units")
    if low in words("every"):
        k = 2 if run[1:2] and run[1].tag in ("ADJA", "ADV") and _low(run, 1) not in units else 1
        return _of_period(run, k + 1) if _low(run, k) in units else 0
    if low == "alle":
        k = 2 if run[1:2] and (run[1].tag in ("CARD", "ADJD", "ADJA") or _low(run, 1) == "paar") else 1
        return k + 1 if _low(run, k) in units - {"mal"} else 0
    counted = low in words("times") or (_low(run, 1) == "mal" and (run[0].tag == "CARD" or low in ("paar", "ein")))
    if counted:
        return _period(run, 1 if low in words("times") else 2)
    if low in words("often"):
        if low.endswith("s") and _low(run, 1) == "bis" and _low(run, 2) in words("often"):
            return 3
        return 2 if low.endswith("s") and _low(run, 1) in ("abends", "früh", "nachmittags", "morgens") else 1
    return _fixed(run)


def _period(run: Sequence[Kind], k: int) -> int:
    """`die Woche`, `im Monat`, `pro Jahr`, `in der Woche`, `wöchentlich` behind a number of times; 0 where none follows."""
    if _low(run, k) in ("wöchentlich", "monatlich", "jährlich", "täglich"):
        return k + 1
    for length in (1, 2):
        opens = _low(run, k) in ("die", "der", "im", "am", "pro", "in", "inne", "den", "das", "jede", "jeden", "jedes", "d")
        if opens and _low(run, k + length) in words("units") - {"mal"}:
            return k + length + 1
    return 0


def _of_period(run: Sequence[Kind], k: int) -> int:
    """The end of `im Sommer`, `im Monat` behind `jedes Jahr`; `k` where nothing of the kind follows."""
    return k + 2 if _low(run, k) in ("im", "in") and _low(run, k + 1) in words("units") else k


def _fixed(run: Sequence[Kind]) -> int:
    low, after = _low(run, 0), _low(run, 1)
    if (low in ("am", "an") and after in ("wochenende", "wochenenden")) or (low == "an" and after == "den" and _low(run, 2) == "wochenenden"):
        return 2 if after != "den" else 3
    if low == "am" and run[1:2] and run[1].tag == "ADJA" and _low(run, 2) in words("units") and _low(run, 3) == "im":
        return 5
    if low in ("zu", "an", "vor", "im") and after in words("feasts"):
        return 2
    if (low, after) in (("ab", "und"), ("hin", "und")) and _low(run, 2) in ("zu", "an", "wieder"):
        return 3
    return 0


_RULES: tuple[tuple[str, Callable[[Sequence[Kind]], int]], ...] = ((SINCE, _since), (OFTEN, _often))
