"""Which characters of a text came from which characters of the text before: the map that every quote is traced by.

A `Draft` is a text in the making whose characters remember their place in the original. Offsets are code points.
Changes are the gaps of that map: (start, end) before, (start, end) after, in order and never overlapping, so that the
text between two changes is the same on both sides.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pandas as pd

INSERTED = -1


@dataclass(frozen=True)
class Edit:
    """Replace `start:end` of the present text by `text`; `rule` names the reason."""

    start: int
    end: int
    text: str
    rule: str


@dataclass(frozen=True)
class Change:
    """One place where two texts differ: offsets before, offsets after, both wordings, the rules that did it."""

    start: int
    end: int
    new_start: int
    new_end: int
    before: str
    after: str
    rule: str


@dataclass
class Draft:
    """`text` with the original index of each character (`INSERTED` where it is new) and the rules by original index."""

    original: str
    text: str = ""
    source: list[int] = field(default_factory=list)
    rules: dict[int, set[str]] = field(default_factory=dict)
    added: dict[int, set[str]] = field(default_factory=dict)  # original index before which something was inserted


def draft(text: str) -> Draft:
    return Draft(text, text, list(range(len(text))))


def apply(work: Draft, edits: Iterable[Edit]) -> Draft:
    """The draft after `edits`, given in offsets of its present text; overlapping ones raise `ValueError`.

    >>> done = apply(draft("Das war äh schön."), [Edit(8, 11, "", "filler")])
    >>> done.text, [(c.start, c.end, c.rule) for c in changes(done)]
    ('Das war schön.', [(8, 11, 'filler')])
    """
    parts: list[str] = []
    source: list[int] = []
    at = 0
    for edit in sorted(edits, key=lambda e: (e.start, e.end)):
        if edit.start < at:
            raise ValueError(f"edits overlap at {edit.start}")
        parts += [work.text[at : edit.start], edit.text]
        source += work.source[at : edit.start] + [INSERTED] * len(edit.text)
        for index in work.source[edit.start : edit.end]:
            if index != INSERTED:
                work.rules.setdefault(index, set()).add(edit.rule)
        if edit.text:
            behind = edit.end
            while behind < len(work.source) and work.source[behind] == INSERTED:
                behind += 1
            following = work.source[behind] if behind < len(work.source) else len(work.original)
            work.added.setdefault(following, set()).add(edit.rule)
        at = edit.end
    parts.append(work.text[at:])
    source += work.source[at:]
    return Draft(work.original, "".join(parts), source, work.rules, work.added)


def changes(work: Draft) -> list[Change]:
    """All differences between the original and the present text, in order."""
    found: list[Change] = []
    before = after = 0
    for position, index in enumerate([*work.source, len(work.original)]):
        if index == INSERTED:
            continue
        if index > before or position > after:
            found.append(_change(work, before, index, after, position))
        before, after = index + 1, position + 1
    return found


def _change(work: Draft, start: int, end: int, new_start: int, new_end: int) -> Change:
    rules = set().union(*(work.rules.get(i, set()) for i in range(start, end)))
    if new_end > new_start:
        rules |= work.added.get(end, set())
    return Change(
        start, end, new_start, new_end, work.original[start:end], work.text[new_start:new_end], "+".join(sorted(rules))
    )


def back(made: list[tuple[int, int, int, int]], start: int, end: int) -> tuple[int, int]:
    """The span before that the span `start:end` after came from; a cut replacement counts whole.

    `made` holds (start, end, new_start, new_end) of every change, sorted. What was deleted at a border stays outside.

    >>> back([(8, 11, 8, 8)], 8, 13)
    (11, 16)
    """
    return _start(made, start, _AFTER), max(_end(made, end, _AFTER), _start(made, start, _AFTER) if start == end else 0)


def forward(made: list[tuple[int, int, int, int]], start: int, end: int) -> tuple[int, int]:
    """The span after that holds what stood at `start:end` before; empty where all of it was deleted.

    >>> forward([(8, 11, 8, 8)], 11, 16)
    (8, 13)
    """
    first, last = _start(made, start, _BEFORE), _end(made, end, _BEFORE)
    return (first, last) if last >= first else (last, last)


_BEFORE, _AFTER = (0, 1, 2, 3), (2, 3, 0, 1)  # places in a change: from here, and to there


def _start(made: list[tuple[int, int, int, int]], position: int, way: tuple[int, int, int, int]) -> int:
    return _there(made, position, way, bisect_right, way[2])


def _end(made: list[tuple[int, int, int, int]], position: int, way: tuple[int, int, int, int]) -> int:
    return _there(made, position, way, bisect_left, way[3])


def _there(
    made: list[tuple[int, int, int, int]],
    position: int,
    way: tuple[int, int, int, int],
    bisect: Callable[..., int],
    cut: int,
) -> int:
    """A position on the other side; inside a change it is that change's border `cut`."""
    start, end, _, there_end = way
    number = bisect(made, position, key=lambda change: change[start])
    if number == 0:
        return position
    change = made[number - 1]
    return position + change[there_end] - change[end] if change[end] <= position else change[cut]


def through(steps: list[list[tuple[int, int, int, int]]], start: int, end: int) -> tuple[int, int]:
    """A span of the last text led back through several maps, the last map first."""
    for made in reversed(steps):
        start, end = back(made, start, end)
    return start, end


_STEPS = (("raw_start", "raw_end", "clean_start", "clean_end"), ("clean_start", "clean_end", "start", "end"))


def steps(changes: pd.DataFrame, replacements: pd.DataFrame) -> dict[tuple[str, int], list[list[tuple[int, int, int, int]]]]:
    """(doc, turn) -> what cleaning changed and what replacing names changed, each sorted, as `through` takes them."""
    found: dict[tuple[str, int], list[list[tuple[int, int, int, int]]]] = defaultdict(lambda: [[], []])
    for number, (data, names) in enumerate(zip((changes, replacements), _STEPS, strict=True)):
        for doc, turn, a, b, c, d in zip(data["doc"], data["turn"], *(data[name] for name in names), strict=True):
            found[doc, turn][number].append((int(a), int(b), int(c), int(d)))
    return {key: [sorted(made) for made in both] for key, both in found.items()}
