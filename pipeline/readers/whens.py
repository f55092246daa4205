"""TEI's timeline: `when` with an absolute time, or an interval since another point."""

from __future__ import annotations

import itertools
import re

from pipeline.labels.times import WALL_CLOCK
from pipeline.readers.elements import attr
from pipeline.readers.timeline import seconds
from pipeline.readers.zipped import Element

UNITS = {"s": 1.0, "ms": 0.001, "min": 60.0, "h": 3600.0}
TELLING = 4  # intervals without a point they count from, from which on their growing means something

_CLOCK = re.compile(r"(?:\d{4}-\d{2}-\d{2}T)?(\d{1,3}):(\d{2}):(\d{2}(?:\.\d{1,20})?)(?:Z|[+-]\d{2}:\d{2})?")
_ISO = re.compile(r"PT(?:(\d{1,4})H)?(?:(\d{1,6})M)?(?:(\d{1,8}(?:\.\d{1,20})?)S)?")


def seconds_of(whens: list[Element]) -> list[tuple[str, float | None]]:
    """Ids of `when` elements with their seconds from the start, None where nothing is said of them."""
    ids = [attr(when, "id") for when in whens]
    place = {one: number for number, one in reversed(list(enumerate(ids)))}
    times = _absolute(whens)
    gaps = [None if time is not None else _interval(when) for when, time in zip(whens, times, strict=True)]
    loose = [gap for when, gap in zip(whens, gaps, strict=True) if gap is not None and not attr(when, "since")]
    growing = len(loose) >= TELLING and all(a <= b for a, b in itertools.pairwise(loose))  # counted from the start
    since: list[int | None] = []
    for number, when in enumerate(whens):
        point = attr(when, "since").removeprefix("#")
        since.append(place.get(point) if point else 0 if growing else number - 1)
    if times and times[0] is None:
        times[0] = gaps[0] or 0.0
    for number in range(len(whens)):
        _resolve(number, times, gaps, since)
    return list(zip(ids, times, strict=True))


def _resolve(number: int, times: list[float | None], gaps: list[float | None], since: list[int | None]) -> None:
    """Follow a point back to one whose time is known, and set the times of all on the way."""
    way: list[int] = []
    met: set[int] = set()
    at: int | None = number
    while at is not None and at >= 0 and times[at] is None and gaps[at] is not None and at not in met:
        way.append(at)
        met.add(at)
        at = since[at]
    base = times[at] if at is not None and at >= 0 and at not in met else None
    for point in reversed(way):
        gap = gaps[point]
        gaps[point] = None  # known now, or known to be nowhere
        if base is not None and gap is not None:
            base = times[point] = round(base + gap, 3)


def _absolute(whens: list[Element]) -> list[float | None]:
    """Times that stand there; times of day are counted from the first."""
    found = [_clock(attr(when, "absolute")) for when in whens]
    known = [time for time in found if time is not None]
    start = known[0] if known and known[0] >= WALL_CLOCK else 0.0
    return [None if time is None or time < start else round(time - start, 3) for time in found]


def _clock(text: str) -> float | None:
    match = _CLOCK.fullmatch(text)
    if not match:
        return seconds(text)
    return round(int(match.group(1)) * 3600 + int(match.group(2)) * 60 + float(match.group(3)), 3)


def _interval(when: Element) -> float | None:
    text = attr(when, "interval")
    match = _ISO.fullmatch(text)
    if match and any(match.groups()):
        hours, minutes, rest = match.groups()
        return round(int(hours or 0) * 3600 + int(minutes or 0) * 60 + float(rest or 0), 3)
    unit = attr(when, "unit") or attr(when.getparent(), "unit")
    return seconds(text, UNITS.get(unit, 1.0))
