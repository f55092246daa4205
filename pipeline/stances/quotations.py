"""Quotation marks over the sentences of a turn: quotations of others, and single words that are set apart."""

from __future__ import annotations

from pipeline.stances.turn import Turn

_OPEN = frozenset({"„", "»", '"', "‚", "›", "“"})
_CLOSE = frozenset({"“", "”", "«", '"', "‘", "‹"})
_SELF = frozenset({"ich", "wir"})
_ANYBODY = frozenset({"ich", "wir", "man", "sich"})
_WORDS = 4  # so many words without a verb are set apart rather than quoted


def spans(turn: Turn) -> list[tuple[int, int]]:
    """The places (of the opening mark, of the closing one) of what stands in quotation marks."""
    found: list[tuple[int, int]] = []
    opened = -1
    for i, kind in enumerate(turn.kinds):
        if opened >= 0 and kind.low in _CLOSE:
            found.append((opened, i))
            opened = -1
        elif opened < 0 and kind.low in _OPEN:
            opened = i
    return found


def set_apart(turn: Turn, start: int, end: int) -> bool:
    """Whether it is a word or phrase that is set apart: at most three words and no verb."""
    if end - start == 2:
        return True
    return 2 < end - start <= _WORDS + 1 and not any(turn.kinds[i].verbal == "f" for i in range(start, end))


def quotations(turn: Turn, marks: list[int]) -> None:
    """Marks what is quoted with the place of its opening mark, unless the speaker quotes himself."""
    for start, end in spans(turn):
        if set_apart(turn, start, end) and not _named(turn, start, end):
            continue
        if _own(turn, start, end):
            continue
        for i in range(start + 1, end):
            marks[i] = start if marks[i] < 0 else marks[i]


def _named(turn: Turn, start: int, end: int) -> bool:
    """`In der Zeitung sind wir der „soziale Brennpunkt“`, `das nennt das Amt eine „gute Lage“`: a name that others
    give; a single word is scorned rather (`das nennen die „Hilfe“`).
    """
    places = turn.places(turn.whole(start))
    about_us = any(turn.kinds[i].low in ("uns", "mich", "wir", "ich") for i in places)
    named = any("naming" in turn.kinds[i].cues and turn.kinds[i].verbal for i in places)
    by_others = end - start > 2 and not turn.holds(turn.whole(start), _ANYBODY)
    return any("media" in turn.kinds[i].cues for i in places) or (named and (about_us or by_others))


def _own(turn: Turn, start: int, end: int) -> bool:
    """Whether the speaker says himself that he said so, before or behind the quotation."""
    kinds = turn.kinds
    near = [*kinds[max(0, start - 6) : start], *kinds[end + 1 : end + 5]]
    speaks = any("say" in kind.cues for kind in near)
    return speaks and any(word in _SELF for kind in near for word in kind.words)
