"""How signs of a transcript are found: rules in an order that matters, each claiming its places before the next."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass


@dataclass(frozen=True)
class Mark:
    """One sign in the raw text of a turn: where, what it means, and what the reading text shows instead.

    `text` None keeps the words as they stand; `keep` is the part of the sign that is kept, as (start, end) in the raw
    text (the word in `(Axt?)`), the rest being dropped.
    """

    start: int
    end: int
    type: str
    value: str
    text: str | None = ""
    keep: tuple[int, int] | None = None


@dataclass(frozen=True)
class Rule:
    """`read` turns a match into a mark, or None where the match means something else."""

    type: str
    pattern: re.Pattern[str]
    read: Callable[[re.Match[str], str], Mark | None]


def find_marks(text: str, rules: Iterable[Rule]) -> list[Mark]:
    """All signs in order of place. Earlier rules win: `((lacht))` must not be read as `(lacht)` in brackets."""
    taken = bytearray(len(text) + 1)
    found = []
    for rule in rules:
        for match in rule.pattern.finditer(text):
            start, end = match.span()
            if any(taken[start:end]):
                continue
            mark = rule.read(match, text)
            if mark is None:
                continue
            taken[mark.start : mark.end] = b"\1" * (mark.end - mark.start)
            found.append(mark)
    return sorted(found, key=lambda m: (m.start, m.end))
