"""Which transcription system a text follows: a vote of the signs that only some systems have, and of what it says itself."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import NamedTuple

from pipeline.notation.tells import DP, NAMED, NAMES, OF_RULES, SYSTEMS, TELLS, K

MIN_TYPES = 3  # different signs of a system that must be found
MIN_TELLING = 2  # … of which must be signs of few systems
MIN_COUNT = 3  # signs in all
MARGIN = 2  # times as many signs as a rival has, of those that only one of the two has
# Dresing and Pehl's simple rules have few signs: two kinds are enough where they are frequent, as in every short text.
FEW_TYPES, FREQUENT = 2, 1.0
_DOUBT = 0.6  # how far each kind of sign closes the gap to certainty: 1 - 0.6 ** kinds
_LOWER_SHARE, _LOWER_WORDS = 0.02, 30
_NAMED = {
    system: re.compile(rf"{OF_RULES}[^.!?\n]{{0,60}}?(?:{names})|(?m:^[ \t]{{0,20}}(?:{names})[ \t]{{0,20}}$)")
    for system, names in NAMED.items()
}
_WORD = re.compile(r"[^\W\d_]{2,60}")
_LOWER = "Kleinschreibung"
_EVERYWHERE = frozenset(["gat2", "jefferson"])


class Verdict(NamedTuple):
    """`system` is a name of `NOTATIONS`, `unknown` where undecided; `confidence` 0..1, 0 where undecided."""

    system: str
    confidence: float
    evidence: str


def vote(text: str) -> Verdict:
    """The system whose signs a text has, if it has at least twice as many of them as any other.

    >>> vote("Also (...) das war (lacht) gut. Ich wollte/ ich bin gegangen (...).").system
    'dresing-pehl'
    >>> vote("Das war gut.")
    Verdict(system='unknown', confidence=0.0, evidence='keine Zeichen eines Transkriptionssystems gefunden')
    """
    counts = _counts(text)
    named = [system for system, pattern in _NAMED.items() if pattern.search(text)]
    words = max(len(text.split()), 1)
    fit = [system for system in SYSTEMS if _enough(counts, system, words, system in named)]
    if K in fit and DP in fit:
        fit.remove(DP if _is_kuckartz(counts, named) else K)
    fit = [s for s in fit if all(_beats(counts, s, other, named) for other in SYSTEMS if not _kin(s, other))]
    system = fit[0] if len(fit) == 1 else "unknown"
    return Verdict(system, _confidence(counts, system, named), _evidence(counts, system, named, words))


def _counts(text: str) -> dict[str, int]:
    """How often each kind of sign occurs; kinds below their least number are left out."""
    found = {tell.name: sum(1 for _ in tell.pattern.finditer(text)) for tell in TELLS}
    counts = {tell.name: found[tell.name] for tell in TELLS if found[tell.name] >= tell.least}
    words = _WORD.findall(text)
    capitals = sum(word[0].isupper() and word[1:].islower() for word in words)
    if len(words) >= _LOWER_WORDS and capitals <= _LOWER_SHARE * len(words):
        counts[_LOWER] = max(1, len(words) // 100)
    return counts


def _systems(name: str) -> frozenset[str]:
    return _HAS.get(name, _EVERYWHERE)


_HAS = {tell.name: frozenset(tell.systems) for tell in TELLS}
_TELLING = frozenset(tell.name for tell in TELLS if tell.telling) | {_LOWER}


def _own(counts: Mapping[str, int], system: str) -> dict[str, int]:
    return {name: count for name, count in counts.items() if system in _systems(name)}


def _only(counts: Mapping[str, int], system: str, other: str) -> int:
    """Telling signs that `system` has and `other` has not."""
    return sum(n for name, n in _own(counts, system).items() if name in _TELLING and other not in _systems(name))


def _kin(system: str, other: str) -> bool:
    return system == other or {system, other} == {DP, K}


def _enough(counts: Mapping[str, int], system: str, words: int, named: bool) -> bool:
    own = _own(counts, system)
    total = sum(own.values())
    if named:
        return total > 0 or system in (DP, K)  # their simple rules may leave no sign at all
    if total < MIN_COUNT:
        return False
    if system in (DP, K) and len(own) >= FEW_TYPES and total * 1000 >= FREQUENT * words:
        return True
    return len(own) >= MIN_TYPES and len(own.keys() & _TELLING) >= MIN_TELLING


def _is_kuckartz(counts: Mapping[str, int], named: list[str]) -> bool:
    """Kuckartz shares nearly all signs with Dresing and Pehl: the text must say so, or have what only he has."""
    if K in named or DP in named:
        return K in named and DP not in named
    remarks = counts.get("(mhm)", 0) + counts.get("(B: ja)", 0)
    return remarks >= MARGIN * max(1, counts.get("//mhm//", 0))


def _beats(counts: Mapping[str, int], system: str, other: str, named: list[str]) -> bool:
    """Signs only of this system against signs only of that one; without any, Dresing and Pehl's are the usual ones."""
    mine, theirs = _only(counts, system, other), _only(counts, other, system)
    if system in named and other not in named:
        return theirs < MIN_COUNT or mine * MARGIN >= theirs
    if other in named and system not in named and _own(counts, other):
        return mine >= MARGIN * MARGIN * max(theirs, MIN_COUNT)
    if mine == 0:
        return theirs == 0 and system in (DP, K)
    return mine >= MARGIN * theirs


def _confidence(counts: Mapping[str, int], system: str, named: list[str]) -> float:
    if system == "unknown":
        return 0.0
    kinds = len(_own(counts, system)) + (2 if system in named else 0)
    rivals = [other for other in SYSTEMS if not _kin(system, other)]
    share = min(
        (_only(counts, system, other) + 1) / (_only(counts, system, other) + _only(counts, other, system) + 1)
        for other in rivals
    )
    return round(min(0.99, share * (1 - _DOUBT**kinds)), 2)


def _evidence(counts: Mapping[str, int], system: str, named: list[str], words: int) -> str:
    """The counts behind the verdict, in words for a researcher; never the text itself."""
    totals = {s: sum(_own(counts, s).values()) for s in SYSTEMS}
    if not any(totals.values()) and not named:
        return "keine Zeichen eines Transkriptionssystems gefunden"
    order = sorted(SYSTEMS, key=lambda s: (s != system, -totals[s]))
    # Kuckartz and Dresing & Pehl share their signs: naming both would count them twice.
    order = [s for i, s in enumerate(order) if not any(_kin(s, earlier) for earlier in order[:i])]
    parts = []
    for s in order[:3]:
        own = sorted(_own(counts, s).items(), key=lambda item: -item[1])
        signs = ", ".join(f"{n} {name}" for name, n in own[:5]) or "0"
        parts.append(f"{NAMES[s]}: {signs}")
    rate = f"{1000 * totals[order[0]] / words:.1f}".replace(".", ",")
    said = f"; im Text genannt: {', '.join(NAMES[s] for s in named)}" if named else ""
    return f"{'; '.join(parts)}; {rate} Zeichen je 1000 Wörter{said}"
