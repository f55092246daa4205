"""How signs of a transcript are found: rules in an order that matters, each claiming its places before the next."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass

# Addresses hold signs that mean something elsewhere (`//`, `@`, `_`, `=`); no rule may touch them.
ADDRESS = re.compile(
    r"(?<![\w/])(?:https?://|www\.)[^\s<>()\[\]]{1,500}|(?<![\w.+-])[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){0,4}\.[a-z]{2,10}(?![\w@])"
)


@dataclass(frozen=True)
class Mark:
    """One sign in the raw text of a turn: where, what it means, and what the reading text shows instead.

    `text` None keeps the words as they stand; `keep` is the part of the sign that is kept, as (start, end) in the raw
    text (the word in `(Axt?)`), the rest being dropped. Signs inside the kept part are found too. `free` marks stand
    beside all others and change nothing (speech in quotation marks).
    """

    start: int
    end: int
    type: str
    value: str
    text: str | None = ""
    keep: tuple[int, int] | None = None
    free: bool = False


Reader = Callable[["re.Match[str]", str], "Mark | list[Mark] | None"]


@dataclass(frozen=True)
class Rule:
    """`read` turns a match into a mark, several (the first one decides whether they stand), or None for no sign."""

    type: str
    pattern: re.Pattern[str]
    read: Reader


def drop(type_: str, pattern: re.Pattern[str], value: str | None = None, text: str | None = "") -> Rule:
    """A rule for a sign that `text` replaces; its value is given, or else the first group, or else the whole sign."""

    def read(match: re.Match[str], _: str) -> Mark:
        said = match.group(1) if value is None and pattern.groups else match.group()
        return Mark(*match.span(), type_, (said or "").strip() if value is None else value, text)

    return Rule(type_, pattern, read)


def keep(type_: str, pattern: re.Pattern[str], value: str | None = None) -> Rule:
    """A rule for signs around words (the first group), which stay; the value is given, or else those words."""

    def read(match: re.Match[str], _: str) -> Mark:
        return Mark(*match.span(), type_, match.group(1).strip() if value is None else value, None, match.span(1))

    return Rule(type_, pattern, read)


def find_marks(text: str, rules: Iterable[Rule]) -> list[Mark]:
    """All signs in order of place. Earlier rules win: `((lacht))` must not be read as `(lacht)` in brackets.

    Linear in the text: each rule passes over it once, and a mark only looks at its own places.
    """
    taken, pinned = bytearray(len(text) + 1), bytearray(len(text) + 1)
    for match in ADDRESS.finditer(text):
        taken[match.start() : match.end()] = b"\1" * (match.end() - match.start())
    found = []
    for rule in rules:
        for match in rule.pattern.finditer(text):
            read = rule.read(match, text)
            marks = [read] if isinstance(read, Mark) else read or []
            if marks and not (marks[0].free or _free(marks[0], taken, pinned)):
                continue
            found += [mark for mark in marks if mark.free or _claim(mark, taken, pinned)]
    return sorted(found, key=lambda m: (m.start, m.end))


def _edges(mark: Mark) -> list[tuple[int, int]]:
    """What a mark changes: all of it, or the two pieces around the words it keeps."""
    return [(mark.start, mark.keep[0]), (mark.keep[1], mark.end)] if mark.keep else [(mark.start, mark.end)]


def _free(mark: Mark, taken: bytearray, pinned: bytearray) -> bool:
    for start, end in _edges(mark):
        # An empty edge must not lie within another sign, nor may a sign reach across one.
        if start == end:
            if start and taken[start - 1] and taken[start]:
                return False
        elif taken.find(1, start, end) >= 0 or pinned.find(1, start + 1, end) >= 0:
            return False
    return True


def _claim(mark: Mark, taken: bytearray, pinned: bytearray) -> bool:
    if not _free(mark, taken, pinned):
        return False
    for start, end in _edges(mark):
        if start == end:
            pinned[start] = 1
        taken[start:end] = b"\1" * (end - start)
    return True
