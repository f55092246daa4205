"""Time in transcripts with tiers: points of a common line, gaps in it, and putting events together to utterances."""

from __future__ import annotations

import itertools
import math
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from pipeline.readers.encoding import clean, placeless
from pipeline.reading import Cue, Reading, empty

SHORT_OF_BORDERS = 4  # borders between events, from which on their having no blank at all means something

_CLOSED = re.compile(r"[.!?…˙][\s\"“”„‘’'«»]{0,8}$")
_ATTACHED = re.compile(r"[.,;:!?…)\]}»“]{1,8}$")
_MARKED = re.compile(r"[.,;:!?…|)˙]$")


@dataclass(frozen=True)
class Span:
    """Seconds from the start of the recording, None where unknown; `derived` where one comes from its neighbours."""

    start: float | None = None
    end: float | None = None
    derived: bool = False


@dataclass(frozen=True)
class Timeline:
    """Points in order: `position` of each id, `times` in seconds (None where unknown), which of them are `derived`."""

    position: dict[str, int]
    times: list[float | None]
    derived: list[bool]

    def at(self, point: str) -> int:
        """The position of a point by its id, -1 where there is none."""
        return self.position.get(point, -1)

    def span(self, start: int, end: int) -> Span:
        """The time between two positions."""
        ends = [place for place in (start, end) if 0 <= place < len(self.times)]
        known = [self.times[place] if place in ends else None for place in (start, end)]
        return Span(known[0], known[1], any(self.derived[place] for place in ends))

    def missing(self) -> list[str]:
        """A warning where times were derived or could not be."""
        count = sum(self.derived)
        unknown = sum(time is None for time in self.times)
        found = []
        if count:
            found.append(f"Zeitpunkte ohne Zeit: {count}. Ihre Zeit wurde aus den Nachbarn berechnet.")
        if unknown:
            found.append(f"Zeitpunkte, deren Zeit unbekannt bleibt: {unknown}.")
        return found


@dataclass(frozen=True)
class Event:
    """One event of a tier: its text as it stands, positions on the timeline (-1 unknown), its number in the tier."""

    text: str
    start: int
    end: int
    number: int


def seconds(text: str, unit: float = 1.0) -> float | None:
    """A number in a file as seconds, None where it is none, negative or endless. `unit` is seconds per 1.

    >>> seconds("2400", 0.001), seconds("1,5"), seconds("NaN"), seconds("-1"), seconds("")
    (2.4, 1.5, None, None, None)
    """
    try:
        value = float(text.strip().replace(",", ".")) * unit
    except ValueError:
        return None
    return round(value, 3) if math.isfinite(value) and value >= 0 and "_" not in text else None


def interpolate(times: Sequence[float | None]) -> list[float | None]:
    """Unknown times between two known ones, evenly spaced; those before the first or behind the last stay None.

    >>> interpolate([None, 1.0, None, None, 4.0, None])
    [None, 1.0, 2.0, 3.0, 4.0, None]
    """
    done = list(times)
    last = -1
    for i, time in enumerate(times):
        if time is None:
            continue
        before = times[last] if last >= 0 else None
        if before is not None:
            for j in range(last + 1, i):
                done[j] = round(before + (time - before) * (j - last) / (i - last), 3)
        last = i
    return done


def timeline(points: Iterable[tuple[str, float | None]]) -> Timeline:
    """A timeline of (id, seconds or None) in order; of points with the same id the first counts.

    >>> line = timeline([("T0", 0.0), ("T1", None), ("T2", 3.0)])
    >>> line.span(line.at("T1"), line.at("T2"))
    Span(start=1.5, end=3.0, derived=True)
    """
    position: dict[str, int] = {}
    times: list[float | None] = []
    for point, time in points:
        if point not in position:
            position[point] = len(times)
            times.append(time)
    full = interpolate(times)
    return Timeline(position, full, [a is None and b is not None for a, b in zip(times, full, strict=True)])


def closed(text: str) -> bool:
    """Whether a text ends as a sentence does; `(...)` is a pause.

    >>> closed("Ja, ich war da.«"), closed("und dann (...)"), closed("hm˙ ")
    (True, False, True)
    """
    return bool(_CLOSED.search(text[-12:]))


def utterances(events: Sequence[Event]) -> list[list[Event]]:
    """Adjoining events put together up to the end of a sentence or to a gap, where no point of time is shared.

    >>> [len(u) for u in utterances([Event("Ja, ", 0, 1, 1), Event("gut.", 1, 2, 2), Event("Und", 2, 3, 3), Event("da", 4, 5, 4)])]
    [2, 1, 1]
    """
    found: list[list[Event]] = []
    for event in events:
        last = found[-1][-1] if found else None
        if last is not None and last.end == event.start >= 0 and not closed(last.text):
            found[-1].append(event)
        else:
            found.append([event])
    return found


def bare_borders(groups: Iterable[Sequence[Event]]) -> bool:
    """Whether a tier has one word an event and no blanks between them, as tiers made by programs do.

    >>> words = [Event(word, i, i + 1, i) for i, word in enumerate("Wir waren damals zu fünft .".split())]
    >>> bare_borders([words]), bare_borders([[Event("Wir waren ", 0, 1, 0), *words]])
    (True, False)
    """
    borders = [(a.text, b.text) for group in groups for a, b in itertools.pairwise(group)]
    spaced = any(a[-1:].isspace() or b[:1].isspace() for a, b in borders)
    single = all(" " not in a.strip() and " " not in b.strip() for a, b in borders)
    return len(borders) >= SHORT_OF_BORDERS and single and not spaced


def sew(texts: Iterable[str], blank: bool) -> str:
    """Texts in a row as they stand, or, where they come without blanks, with one between words.

    A border may lie inside a word; behind a comma, bracket or the like it cannot.

    >>> sew(["our sp", "ecies, ", "yes,", "ours"], False), sew(["Ja", ",", "gut", "."], True)
    ('our species, yes, ours', 'Ja, gut.')
    """
    parts: list[str] = []
    for text in texts:
        apart = (
            not _ATTACHED.match(text.strip())
            if blank
            else text[:1].isalpha() and bool(_MARKED.search(parts[-1] if parts else ""))
        )
        parts.append(" " + text if parts and apart else text)
    return "".join(parts)


def tidy(text: str) -> str:
    """One line of clean text: composed, no control signs, single blanks.

    >>> tidy("  ja,\\n\\u00ad gut ")
    'ja, gut'
    """
    return " ".join((text if text.isascii() and text.isprintable() else clean(text)[0]).split())


def ordered(cues: Iterable[Cue]) -> list[Cue]:
    """Cues by start; those without keep their place behind the one before them.

    >>> [c.text for c in ordered([Cue("b", t_start=2.0), Cue("c"), Cue("a", t_start=1.0)])]
    ['a', 'b', 'c']
    """
    return merged([cues])


def merged(tiers: Iterable[Iterable[Cue]]) -> list[Cue]:
    """The cues of several tiers by start; those without stay behind the one before them in their tier.

    >>> [c.text for c in merged([[Cue("a", t_start=1.0), Cue("b"), Cue("d", t_start=5.0)], [Cue("c", t_start=2.0)]])]
    ['a', 'b', 'c', 'd']
    """
    keyed = []
    for tier in tiers:
        last = -1.0
        for one in tier:
            start = one.t_end if _backward(one) else one.t_start  # those are turned later
            last = last if start is None else start
            keyed.append((last, one))
    return [one for _, one in sorted(keyed, key=lambda pair: pair[0])]


def cue(text: str, speaker: str, span: Span, ref: str) -> Cue:
    """A cue of tidied text and label."""
    source = "derived" if span.derived else "exact"
    return Cue(tidy(text), tidy(speaker), span.start, span.end, ref, source)


def bundle(kind: str, tool: str, encoding: str, cues: list[Cue], warnings: list[str], meta: dict[str, str]) -> Reading:
    """The reading of a file: cues in order, times the right way round. Raises `Unreadable` (empty)."""
    cues = [one for one in cues if one.text]
    if not cues:
        raise empty()
    turned = sum(_backward(one) for one in cues)
    if turned:
        warnings = [*warnings, f"Stellen, deren Ende vor ihrem Anfang lag: {turned}. Beide wurden vertauscht."]
        cues = [replace(c, t_start=c.t_end, t_end=c.t_start) if _backward(c) else c for c in cues]
    found = placeless(clean("\n".join(c.text for c in cues))[1])
    known = {key: tidy(value) for key, value in meta.items() if tidy(value)}
    return Reading(kind, encoding, (), (*warnings, *found), known, "", tool, tuple(ordered(cues)))


def _backward(one: Cue) -> bool:
    return one.t_start is not None and one.t_end is not None and one.t_end < one.t_start
