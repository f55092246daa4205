"""Long turns cut at sentence borders, so that a request stays within what a model reads with care."""

from __future__ import annotations

from collections.abc import Iterable, Iterator


def pieces(text: str, starts: Iterable[int], room: int) -> list[tuple[int, int]]:
    """Stretches of at most `room` signs that together are the whole text, cut where sentences start.

    >>> pieces("Eins. Zwei. Drei.", [0, 6, 12], 12)
    [(0, 12), (12, 17)]
    """
    borders = [*sorted({at for at in starts if 0 < at < len(text)}), len(text)]
    cut: list[tuple[int, int]] = []
    begin = end = 0
    for border in borders:
        if border - begin > room and end > begin:
            cut.append((begin, end))
            begin = end
        if border - begin > room:
            *full, (begin, _) = _hard(text, begin, border, room)
            cut += full
        end = border
    return [*cut, (begin, end)] if end > begin else cut


def _hard(text: str, begin: int, end: int, room: int) -> Iterator[tuple[int, int]]:
    """A sentence without end, as machines write them, cut between words."""
    while end - begin > room:
        blank = max(text.rfind(" ", begin, begin + room), text.rfind("\n", begin, begin + room))
        at = blank + 1 if blank > begin else begin + room
        yield begin, at
        begin = at
    yield begin, end
