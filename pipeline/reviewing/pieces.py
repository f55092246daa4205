"""A turn's text as pieces that a page only puts side by side: words with the blanks behind them, cut at every border that matters."""

from __future__ import annotations

import re
from collections.abc import Iterable

_WORD = re.compile(r"\S+")
Span = tuple[int, int]


def pieces(text: str, borders: Iterable[int] = ()) -> list[tuple[int, int, str]]:
    """(start, end, text with the blanks behind it) of every word, in code points; words are cut at `borders` too. Side by side they are the text.

    >>> pieces("Ja, gern.  Und", [2])
    [(0, 2, 'Ja'), (2, 3, ', '), (4, 9, 'gern.  '), (11, 14, 'Und')]
    """
    cuts = sorted({b for b in borders if 0 < b < len(text)})
    found: list[Span] = []
    at = 0
    for word in _WORD.finditer(text):
        start, end = word.span()
        while at < len(cuts) and cuts[at] < end:
            if cuts[at] > start:
                found.append((start, cuts[at]))
                start = cuts[at]
            at += 1
        found.append((start, end))
    if not found:
        return []
    following = [start for start, _ in found[1:]] + [len(text)]
    made = [(start, end, text[start:behind]) for (start, end), behind in zip(found, following, strict=True)]
    if made and made[0][0]:  # blanks before the first word
        made[0] = (*made[0][:2], text[: made[0][0]] + made[0][2])
    return made


def trimmed(text: str, start: int, end: int) -> Span:
    """A passage without blanks at its ends; as it is where it is nothing but blanks.

    >>> trimmed(" Ja gern ", 0, 9)
    (1, 8)
    """
    inner = text[start:end]
    if not inner.strip():
        return start, end
    return start + len(inner) - len(inner.lstrip()), end - (len(inner) - len(inner.rstrip()))
