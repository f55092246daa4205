"""Two lines that were one: what becomes of a hyphen at the end of a line, judged by the words of the document itself."""

from __future__ import annotations

import re
from collections.abc import Iterable

SUSPENDED = frozenset({"und", "oder", "bzw", "sowie", "bis"})  # `Vor- und Nachteile`
# Whole words with which no divided word begins: a hyphen behind them is a speaker breaking off (`ich- also`).
BROKEN_OFF = frozenset(
    """ich mich dich sich mir ist sind und oder also dann denn dass hatte habe eine einen einem nein auch nur jetzt wurde
    sondern vielleicht""".split()
)
SOFT = "\u00ad\ufffe"
HYPHENS = "-\u2010" + SOFT

_WORD = re.compile(r"[^\W_]+(?:[-\u2010][^\W_]+)*")
_LAST = re.compile(r"([^\W_]+(?:[-\u2010][^\W_]+)*)[-\u2010\u00ad\ufffe]$")
_FIRST = re.compile(r"[^\W_]+")


class Words(frozenset[str]):
    """The words of a document as they stand inside its lines, with and without capitals."""


def attested(lines: Iterable[str]) -> Words:
    """All words of the lines but those that a line's end may have divided.

    >>> sorted(attested(["die Woh-", "nungssuche Ja"]))
    ['Ja', 'die', 'ja']
    """
    found: set[str] = set()
    divided = False
    for line in lines:
        words = [word.replace("\u2010", "-") for word in _WORD.findall(line)]
        cut = line.endswith(tuple(HYPHENS))
        inside = words[divided : len(words) - cut] if words else []
        found.update(inside)
        found.update(word.casefold() for word in inside)
        divided = cut
    return Words(found)


def join(left: str, right: str, known: Words) -> str:
    """Two lines of one paragraph as one.

    >>> join("lange ge-", "sucht haben", Words())
    'lange gesucht haben'
    >>> join("Nordrhein-", "Westfalen", Words()), join("die GRÜ-", "NEN", Words())
    ('Nordrhein-Westfalen', 'die GRÜNEN')
    >>> join("Vor-", "und Nachteile", Words()), join("Aber ich-", "also wir", Words())
    ('Vor- und Nachteile', 'Aber ich- also wir')
    """
    last, first = _LAST.search(left), _FIRST.match(right)
    if last is None:
        return f"{left} {right}"
    bare = left[:-1]
    if left[-1] in SOFT:
        return bare + right
    if first is None:
        # `Sozial-/(arbeit)` is one word and `ge- (lacht)` is not; nobody can tell, and a blank changes least.
        return f"{bare}- {right}"
    return bare + _between(last[1], first.group(), known) + right


def _between(left: str, right: str, known: Words) -> str:
    """What stands between the halves: nothing, a hyphen, or a hyphen and a blank."""
    tail = left.rpartition("-")[2]
    whole = {f"{left}{right}", f"{left}{right}".casefold()} & known
    hyphened = {f"{left}-{right}", f"{left}-{right}".casefold()} & known
    if whole and not hyphened:
        return ""
    if right[0].isupper():
        if hyphened or not (_capitals(tail) and _capitals(right)):
            return "- " if tail.casefold() in BROKEN_OFF else "-"
        return "-" if {tail, right} <= known else ""  # two names of parties, not one word
    if right[0].isdigit() or not tail[-1].isalpha():
        return "-"
    if right.casefold() in SUSPENDED or tail.casefold() in BROKEN_OFF or _begins_again(tail, right):
        return "- "
    # `E-Mail`, `CDU-geführt`: abbreviations keep their hyphen, as does what has one elsewhere.
    return "-" if hyphened or len(tail) == 1 or _capitals(tail) else ""


def _capitals(word: str) -> bool:
    return len(word) > 1 and word.isalpha() and word.isupper()


def _begins_again(tail: str, right: str) -> bool:
    """`die woh- wohnung`: the speaker breaks off and begins the word again."""
    return len(tail) > 2 and right.startswith(tail.casefold()) and right != tail.casefold() + "halb"
