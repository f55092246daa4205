"""Where a sentence may be cut into pieces: at commas and stops, before `und` and before conjunctions that need no comma."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.stances.words import Kind

COMMAS = frozenset(", – — - … ... ( ) /".split())
STOPS = frozenset({":", ";", ".", "!", "?"})
QUOTES = frozenset({"„", "“", "”", "»", "«", '"', "‚", "‘", "›", "‹"})
_CONTRAST = frozenset("aber sondern doch jedoch bloß nur allerdings dafür stattdessen".split())
_AND = frozenset({"und", "oder", "sowie", "beziehungsweise", "bzw."})
# These open a clause without a comma too; what stands before them belongs to it (`auch wenn`, `so dass`).
_SURE = frozenset("dass weil wenn ob obwohl damit sodass falls bevor nachdem sobald solange sofern".split())
_LEADS = frozenset(
    "ohne statt anstatt auch so nur vor allem außer als selbst immer und aber oder sogar besonders gerade erst".split()
)


def cuts(kinds: Sequence[Kind], start: int, end: int) -> list[tuple[int, int, str]]:
    cuts: list[tuple[int, int, str]] = []
    a, before, words = start, "stop", False  # words: whether the piece has one yet
    for i in range(start, end):
        kind = kinds[i]
        low = kind.low
        if low in COMMAS or low in STOPS:
            if words and i + 1 < end:
                cuts.append((a, i + 1, before))
                a, words = i + 1, False
                before = "stop" if low in STOPS else "comma"
            continue
        if low in QUOTES:
            continue
        if words and (
            low in _AND or (low in _SURE and kind.tag in ("KOUS", "KOUI", "KON") and not _leads(kinds, a, i))
        ):
            cut = i
            while cut - 1 > a and low in _SURE and kinds[cut - 1].low in _LEADS:
                cut -= 1
            cuts.append((a, cut, before))
            a, before = cut, "none"
        if not words and low in _AND:
            before = "and" if before != "stop" else before
        elif a == i and low in _AND:
            before = "and"
        elif not words and low in _CONTRAST and before == "comma" and kind.tag in ("KON", "ADV"):
            before = "contrast"
        words = words or low not in _AND
        if a == i and low in _AND:
            words = True
    cuts.append((a, end, before))
    return cuts


def _leads(kinds: Sequence[Kind], a: int, i: int) -> bool:
    """Whether all that stands in the piece before its conjunction leads it in: `auch wenn`, `und dass`, `nur weil`."""
    return all(kinds[j].low in _LEADS or kinds[j].low in QUOTES for j in range(a, i))
