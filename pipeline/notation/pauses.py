"""Pauses in single brackets: dots, and numbers of seconds where they are no list and no age."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache

from pipeline.notation.marks import Mark, Rule

LONGEST = 60  # seconds; a larger number in brackets without a unit is an age or a year rather than silence
_NUMBERS = re.compile(r"\((\d{1,3})\)")
_AT_LINE_START = re.compile(r"(?m)^[ \t]{0,8}\((\d{1,3})\)[ \t]")
_NEAR = 60
_EMPTY_BEFORE = re.compile(r"(?:^|\n)[^\S\n]{0,60}$")
_EMPTY_BEHIND = re.compile(r"[^\S\n]{0,60}(?:\n|$)")


@lru_cache(maxsize=4)
def _is_list(text: str) -> bool:
    """Whether numbers in brackets count something: 1, 2 at the beginning of lines, or 1, 2, 3 as all there are."""
    at_start = [int(number) for number in _AT_LINE_START.findall(text)]
    if len(at_start) > 1 and at_start == list(range(1, len(at_start) + 1)):
        return True
    every = [int(number) for number in _NUMBERS.findall(text)]
    return len(every) > 2 and every == list(range(1, len(every) + 1))


def alone(text: str, start: int, end: int) -> bool:
    """Whether nothing else stands in the paragraph."""
    first = max(0, start - _NEAR)
    before = text[first:start] if first == 0 else "x" + text[first:start]
    return bool(_EMPTY_BEFORE.search(before)) and bool(_EMPTY_BEHIND.match(text, end))


def seconds(match: re.Match[str], text: str) -> Mark | None:
    """A reader for numbers of seconds in the first group, with decimals or not."""
    number = match.group(1).replace(",", ".")
    whole = number.isdigit()
    if whole and (int(number) > LONGEST or _is_list(text)):
        return None
    return Mark(*match.span(), "pause", number)


def table(pattern: str, values: Mapping[str, str]) -> Rule:
    """A rule for signs of fixed length: `values` maps the first group to seconds."""

    def read(match: re.Match[str], text: str) -> Mark:
        return Mark(*match.span(), "pause", values[match.group(1)])

    return Rule("pause", re.compile(pattern), read)
