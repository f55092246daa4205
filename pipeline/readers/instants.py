"""Times and texts of cues that come from data of all sorts: what cannot be is taken out, and counted."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from pipeline.readers.encoding import clean, placeless

LONGEST = 100 * 3600.0  # seconds; what is later is no time in a recording
_DIGITS = 24  # code points of a number that is written as text
_SURROGATE = re.compile("[\ud800-\udfff]")


@dataclass
class Odd:
    """How many stretches had no valid start or end, and in how many the end came before the start."""

    invalid: int = 0
    swapped: int = 0

    def warnings(self) -> list[str]:
        """German sentences, one a kind of oddity."""
        told = []
        if self.invalid:
            told.append(f"Abschnitte ohne gültige Zeit: {self.invalid}. Ihr Text wurde gelesen, ihre Zeit bleibt leer.")
        if self.swapped:
            told.append(f"Abschnitte, deren Ende vor ihrem Anfang lag: {self.swapped}. Beide Zeiten wurden vertauscht.")
        return told


def finite(value: object) -> float | None:
    """A value as a finite number, or None. Numbers written as text count."""
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        return None
    if isinstance(value, str) and len(value) > _DIGITS:
        return None
    try:
        number = float(value)
    except (ValueError, OverflowError):
        return None
    return number if abs(number) < float("inf") else None


def instant(value: object) -> float | None:
    """A value as seconds (float, 3 places), or None for what is no number, not finite, negative or past 100 hours.

    >>> instant(2.1044), instant("7"), instant(float("nan")), instant(-1), instant(None), instant(True)
    (2.104, 7.0, None, None, None, None)
    """
    number = finite(value)
    return round(abs(number), 3) if number is not None and 0 <= number <= LONGEST else None


def between(start: object, end: object, odd: Odd) -> tuple[float | None, float | None]:
    """Start and end in seconds, swapped where they stand the wrong way round; oddities are counted in `odd`.

    >>> between(4.0, "2.5", Odd()), between(float("nan"), 3, Odd())
    ((2.5, 4.0), (None, 3.0))
    """
    first, last = instant(start), instant(end)
    odd.invalid += first is None or last is None
    if first is not None and last is not None and last < first:
        odd.swapped += 1
        return last, first
    return first, last


def whole(text: str) -> str:
    """A text whose halves of signs, which JSON can hold and no file can, are the sign for a lost one."""
    return text if text.isascii() else _SURROGATE.sub("\ufffd", text)


def noticed(texts: Iterable[str]) -> list[str]:
    """What `clean` finds in texts, in German, once for all of them and without lines, which nobody sees there."""
    joined = "\n".join(texts)
    return [] if joined.isascii() and joined.replace("\n", "").isprintable() else placeless(clean(joined)[1])
