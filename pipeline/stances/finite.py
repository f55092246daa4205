"""Finite verbs where tags err: plurals tagged as infinitives, infinitives tagged as finite."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.stances.words import Kind

_NOMINATIVE = frozenset({"ich", "wir", "du", "er", "man"})
_AUXILIARY = frozenset({"VMFIN", "VAFIN"})


def _infinitive(kind: Kind) -> bool:
    """An infinitive, or what has its form and is tagged as a participle."""
    return kind.verbal == "i" or (kind.verbal == "p" and kind.low == kind.lemma)


def hidden_finite(kinds: Sequence[Kind], a: int, b: int, opener: int) -> int:
    """A plural that looks like an infinitive, or like a noun in small letters behind `wir` and `die`."""
    for i in range(b - 1, a - 1, -1):
        behind = opener >= 0 and kinds[opener].tag != "KOUI"
        if (_infinitive(kinds[i]) and (behind or _has_subject(kinds, a, b))) or (kinds[i].verbal == "p" and behind):
            return i
    noun = kinds[a].tag == "NN" and kinds[a].small and kinds[a].low.endswith("n")
    if noun and a + 1 < b and kinds[a + 1].tag in ("ART", "PPER", "PDS", "PPOSAT"):
        return a  # `…, schwänzen die Kinder`
    for i in range(a + 1, b):
        if kinds[i].tag == "NN" and kinds[i].small and kinds[i].low.endswith("n") and kinds[i - 1].low in _PLURALS:
            return i
    return -1


_PLURALS = frozenset({"wir", "die", "sie", "alle", "mir"})
_WITH_PLURAL = frozenset("wir sie die alle viele manche andere welche ich beide".split())


def _has_subject(kinds: Sequence[Kind], a: int, b: int) -> bool:
    """A pronoun in the plural, or a noun at the beginning: `die Leute reden`, `Mädchen nicht gehen in Schule`."""
    first = kinds[a]
    if first.tag in ("NN", "NE") or (
        first.low in ("die", "viele", "manche", "unsere", "alle") and first.tag in ("ART", "PIAT", "PPOSAT")
    ):
        return True
    return any(kinds[i].low in _WITH_PLURAL and kinds[i].tag in ("PPER", "PDS", "PIS", "PRELS") for i in range(a, b))


def no_finite(kinds: Sequence[Kind], finite: int, i: int, end: int) -> bool:
    """What is tagged as a second finite verb and is none: an infinitive or participle behind its auxiliary, `meine
    Tochter`.
    """
    after = kinds[i + 1].tag if i + 1 < end else "$."
    if kinds[i].low in ("meine", "mein", "sei") and after in ("NN", "ADJA", "NE"):
        return True
    first = kinds[finite]
    if first.tag not in _AUXILIARY and first.lemma != "tun":
        return False
    if i + 1 < end and kinds[i + 1].low in _NOMINATIVE:
        return False  # `krank ist kochen wir`
    if kinds[i].tag == "VAFIN":
        return kinds[i].low.endswith("n") and kinds[i - 1].verbal == "p" and after[0] == "$"
    last = all(kinds[j].tag[0] == "$" or kinds[j].tag == "ITJ" for j in range(i + 1, end))
    return (
        kinds[i].tag == "VVFIN"
        and (
            last
            or kinds[i].low.endswith("n")
            or (kinds[i].low.endswith("e") and kinds[i - 1].tag in ("NN", "ADJD", "ADV"))
        )
        and kinds[i - 1].tag not in ("PPER", "PDS", "PRELS")
    )


def before_subject(kinds: Sequence[Kind], i: int, end: int) -> bool:
    """A plural tagged as infinitive before its subject: `wenn einer krank ist kochen wir`."""
    return (
        _infinitive(kinds[i])
        and i + 1 < end
        and kinds[i + 1].low in ("wir", "die", "sie")
        and kinds[i + 1].tag in ("PPER", "PDS")
    )
