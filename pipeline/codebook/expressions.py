"""Regular expressions from strangers: bounded in length, refused where they could run for ever, timed where they run.

The package `regex` takes a time limit, Python's own `re` does not.
"""

from __future__ import annotations

import re as _plain
from functools import lru_cache
from typing import Any

MAX_LENGTH = 300  # of an expression
LIMIT = 2.0  # seconds for one sentence; an expression that needs longer is refused as a whole, never applied in part
_PROBE = 0.25  # seconds for a probe of some hundred letters


@lru_cache(maxsize=512)
def compiled(source: str) -> Any:
    """The compiled expression: case does not matter, `\\b` and `\\w` know umlauts. Raises `regex.error`."""
    import regex

    return regex.compile(source, regex.IGNORECASE | regex.UNICODE | regex.VERSION0)


def trouble(source: str) -> tuple[str, str] | None:
    """What is wrong with an expression and what to do, or None."""
    import regex

    if len(source) > MAX_LENGTH:
        return "Der reguläre Ausdruck ist zu lang.", f"Erlaubt sind {MAX_LENGTH} Zeichen; lange Wortlisten gehören zu »term«."
    try:
        pattern = compiled(source)
    except (regex.error, RecursionError, OverflowError, MemoryError) as error:
        return f"»{source}« ist kein regulärer Ausdruck ({error}).", ""
    try:
        if pattern.fullmatch("", timeout=_PROBE):
            return f"»{source}« passt auch auf nichts und fände jede Stelle.", "Bitte * durch + ersetzen oder ein Wort ergänzen."
        for probe in _probes(source):
            for _ in pattern.finditer(probe, timeout=_PROBE):
                pass
    except TimeoutError:
        hint = "Meist steht eine Wiederholung in einer Wiederholung wie (a+)+; bitte vereinfachen."
        return f"»{source}« braucht für manche Texte unabsehbar lange.", hint
    return None


def _probes(source: str) -> list[str]:
    """Texts on which expressions with nested repetitions run away: long runs of their own letters that end otherwise."""
    letters = dict.fromkeys([*_plain.sub(r"\\.|\W", "", source)[:6], "a", "1", " "])
    runs = [letter * 60 + "\x00" for letter in letters]
    words = "ja, das war so, und dann, wie gesagt, kamen die Leute, alle, auch von weiter weg, " * 4
    return [*runs, "ab " * 30 + "\x00", "".join(letters) * 15 + "\x00", words + "\x00", ",".join(letters) * 20 + "\x00"]
