"""Time marks of transcription programs, as seconds from the start of the recording.

A mark is delimited (`#00:01:02-4#`, `[1:02]`) or, bare, has two colons and stands at the start or end of a line. A bare
`12:30` in a sentence is a time of day and never a mark.
"""

from __future__ import annotations

import itertools
import re
from dataclasses import dataclass

_CLOCK = r"\d{1,2}:\d{2}:\d{2}(?:[.,:\-]\d{1,4})?"
_SHORT = r"\d{1,3}:\d{2}(?:[.,]\d{1,4})?"
DELIMITED = (
    rf"(?:#[ ]?(?:{_CLOCK}|{_SHORT}|\d{{1,3}}:\d{{2}}-\d)[ ]?#|\[[ ]?(?:{_CLOCK}|{_SHORT})[ ]?\]"
    rf"|\([ ]?{_CLOCK}[ ]?\)|<[ ]?{_CLOCK}[ ]?>|\{{[ ]?{_CLOCK}[ ]?\}})"
)
DOTTED = r"(?:\[\d{1,3}\.[0-5]\d(?:\.[0-5]\d)?\])"  # QualCoder: a mark at the start of a line only, elsewhere a figure
BARE = rf"(?:(?<![\d:]){_CLOCK}(?![\d:]))"
SHORT = rf"(?:(?<![\d:]){_SHORT}(?![\d:]))"
WALL_CLOCK = 4 * 3600.0  # a first mark later than this is a time of day
RISING = 0.6  # share of bare mm:ss marks that must not fall, for them to be marks

_MARK = re.compile(DELIMITED)
_DOTTED = re.compile(DOTTED)
_NUMBERS = re.compile(r"\d{1,4}")
_START = re.compile(rf"[ \t\u00a0]{{0,8}}(?:{DELIMITED}|{DOTTED}|{BARE})")
_END = re.compile(rf"(?:{DELIMITED}|{BARE})[ \t\u00a0*_.]{{0,8}}$")
_EDGE = re.compile(rf"^[ \t\u00a0]{{0,8}}{SHORT}(?=[ \t\u00a0]|$)|{SHORT}[ \t\u00a0]{{0,8}}$")


@dataclass(frozen=True)
class Mark:
    """A mark in a text: `start`, `end` in code points, `seconds` from the start of the recording."""

    start: int
    end: int
    seconds: float


def seconds(mark: str) -> float | None:
    """A mark's time, or None where its minutes or seconds cannot be.

    >>> seconds("#00:01:02-4#"), seconds("[1:02]"), seconds("00:00:22,1000"), seconds("00:75:00"), seconds("[01.02]")
    (62.4, 62.0, 23.0, None, 62.0)
    """
    mark = mark.strip("[]").replace(".", ":") if _DOTTED.fullmatch(mark.strip()) else mark
    parts = _NUMBERS.findall(mark)
    whole = [int(part) for part in parts]
    long = mark.count(":") >= 2
    if len(parts) < (3 if long else 2):
        return None
    clock, fraction = (whole[:3], parts[3:]) if long else ([0, *whole[:2]], parts[2:])
    hours, minutes, secs = clock
    if secs > 59 or (long and minutes > 59):
        return None
    part = int(fraction[0]) / 10 ** min(len(fraction[0]), 3) if fraction else 0.0  # aTrain writes 1000 thousandths
    return round(hours * 3600 + minutes * 60 + secs + part, 3)


def find(text: str) -> list[Mark]:
    """All delimited marks of a text, in order."""
    found = ((match, seconds(match.group())) for match in _MARK.finditer(text))
    return [Mark(match.start(), match.end(), value) for match, value in found if value is not None]


def at_start(text: str) -> float | None:
    """The time of a mark with which a text begins, or None."""
    match = _START.match(text)
    return seconds(match.group()) if match else None


def at_end(text: str) -> float | None:
    """The time of a mark with which a text ends, or None. `(unv., 12:31)` is none."""
    match = _END.search(text[-60:])
    return seconds(match.group()) if match else None


def short_at_start(text: str) -> float | None:
    """The time of a bare `mm:ss` at the start; whether such are marks at all is for `rising` to say."""
    match = _EDGE.match(text[:40])
    return seconds(match.group()) if match else None


def rising(values: list[float]) -> bool:
    """Whether bare `mm:ss` found at the edges of lines grow as time does (three at least)."""
    pairs = list(itertools.pairwise(values))
    return len(pairs) >= 2 and sum(a <= b for a, b in pairs) >= RISING * len(pairs)


def is_time(text: str) -> bool:
    """Whether a table cell holds nothing but a time."""
    text = text.strip()
    return bool(re.fullmatch(rf"{DELIMITED}|{_CLOCK}|{_SHORT}(?:-\d)?", text)) and seconds(text) is not None
