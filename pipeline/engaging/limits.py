"""What limits engagement, by kind: words, parts of compounds and phrases of `limits.txt` in a passage that is coded as a limit."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from pipeline.german.facts import sections

KINDS = ("time", "rooms", "successors", "money", "bureaucracy", "exhaustion", "language")
OTHER = "other"
SELF, OTHERS, BOTH = "self", "others", "both"
_OWN, _NOT_OWN = frozenset({"self", "own group"}), frozenset({"other group", "institution"})
_SHORTEST = 4


class Form(NamedTuple):
    """A word of a passage: `low` as said, `norm` in standard German, `lemma`, `noun` or not."""

    low: str
    norm: str
    lemma: str
    noun: bool


def kinds(words: Sequence[Form]) -> list[str]:
    """Kinds of limits that the words name, in the order of `KINDS`; `other` where they name none.

    >>> word = lambda w: Form(w.lower(), w.lower(), w.lower(), w[0].isupper())
    >>> kinds([word(w) for w in "wir haben kein Geld und keine Räume".split()]), kinds([word("schade")])
    (['rooms', 'money'], ['other'])
    """
    said = " " + " ".join(word.norm or word.low for word in words) + " "
    found = [kind for kind in KINDS if _names(kind, words, said)]
    return found or [OTHER]


def _names(kind: str, words: Sequence[Form], said: str) -> bool:
    if any(f" {phrase} " in said for phrase in _lines(f"{kind} phrases")):
        return True
    for phrase in _lines(f"no {kind}"):
        said = said.replace(f" {phrase} ", " ")
    left = frozenset(said.split())
    listed, parts = _words(kind), tuple(_words(f"{kind} parts"))
    for word in words:
        norm = word.norm or word.low
        if not left.intersection(norm.split()):
            continue  # stood in a phrase that means something else
        if norm in listed or word.low in listed or f"+{word.lemma}" in listed:
            return True
        if word.noun and len(norm) > _SHORTEST and (norm.endswith(parts) or word.lemma.endswith(parts)):
            return True
    return False


@lru_cache(maxsize=1)
def _sections() -> dict[str, list[str]]:
    return sections(Path(__file__).with_name("limits.txt"))


def _lines(name: str) -> list[str]:
    return _sections().get(name, [])


@lru_cache(maxsize=64)
def _words(name: str) -> frozenset[str]:
    return frozenset(word for line in _lines(name) for word in line.split())


def whose(told: Iterable[str]) -> str:
    """Of whom a limit is told: of the respondents' own, of others, of both, or '' where nothing tells. `told`: words of `about` of mentions.

    >>> whose(["own group+institution"]), whose(["self"]), whose(["all"])
    ('both', 'self', '')
    """
    said = {part for words in told for part in words.split("+")}
    own, others = bool(said & _OWN), bool(said & _NOT_OWN)
    return BOTH if own and others else SELF if own else OTHERS if others else ""
