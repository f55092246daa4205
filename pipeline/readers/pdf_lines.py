"""From words to lines in reading order, of one or two columns.

Places are points (1/72 inch) from the left and from the top of the page.
"""

from __future__ import annotations

import bisect
import itertools
import re
from collections import Counter
from dataclasses import dataclass, field

from pipeline.readers.pdf_words import Word

ROW = 0.35  # of the size, within which words stand on one line; so raised figures stay in it
WIDE = 2.0  # of the size: a gap that sets a label or a time apart
GUTTER = 0.8  # of the size, that columns are apart at least
COLUMN = 0.3  # of the words and of the width, that a column has at least
COLUMN_ROWS = 8  # lines, from which on a column is believed

_CLOCK = re.compile(r"\d{1,2}:\d{2}")
_NUMBER = re.compile(r"(\d{1,5})[.:)]?$")


@dataclass(slots=True)
class Line:
    """One line of a `page` (from 1) and `column` (0; 1 for the right one; -1 across both).

    `first` is the first word's width; `signs`, `bold`, `italic` count signs. `margin` is a number at its start that
    may be one of the margin: its value, right end, size, and where the text behind it begins. `number` is such a
    number where it is believed; the text is then without it. `words` are all words as printed.
    """

    page: int
    column: int
    text: str
    x0: float
    x1: float
    y: float
    size: float
    first: float
    signs: int
    bold: int
    italic: int
    margin: tuple[int, float, float, float] | None = None
    number: int | None = None
    words: tuple[Word, ...] = ()


@dataclass
class Layout:
    """All `lines` in reading order, what was taken out of them, and what kind of number stood in the margin.

    `numbering` is 'Z.' (lines), 'Abs.' (paragraphs) or ''; `columns` are pages with two columns.
    """

    lines: list[Line]
    heads: list[str] = field(default_factory=list)
    feet: list[str] = field(default_factory=list)
    columns: list[int] = field(default_factory=list)
    numbering: str = ""
    size: float = 10.0


def layout(pages: list[list[Word]]) -> Layout:
    """The lines of all pages, each given as its words."""
    gutters = [_gutter(words, COLUMN_ROWS) for words in pages]
    written = sum(bool(words) for words in pages)
    if sum(gutter is not None for gutter in gutters) * 2 >= written:  # the last page may be a short one
        gutters = [_gutter(words, 2) if g is None else g for words, g in zip(pages, gutters, strict=True)]
    lines: list[Line] = []
    for number, (words, gutter) in enumerate(zip(pages, gutters, strict=True), 1):
        lines += _page(words, gutter, number)
    size = usual([line.size for line in lines for _ in range(1 + line.signs // 20)], 10.0)
    return Layout(lines, columns=[n for n, gutter in enumerate(gutters, 1) if gutter is not None], size=size)


def usual(values: list[float], default: float) -> float:
    """The most frequent value in half points; the smallest of equally frequent ones.

    >>> usual([12.1, 12.2, 30.0, 11.9], 10.0)
    12.0
    """
    counts = Counter(round(value * 2) / 2 for value in values)
    most = max(counts.values(), default=0)
    return min((value for value, count in counts.items() if count == most), default=default)


def _gutter(words: list[Word], rows: int) -> float | None:
    """Where the white strip between two columns lies, or None. `rows`: lines that each side must have."""
    if len(words) < 2 * rows:
        return None
    size = usual([word.size for word in words], 10.0)
    few = 0.02 * len(words)  # titles across both columns
    left, right = min(w.x0 for w in words), max(w.x1 for w in words)
    events = sorted([(w.x0, 1) for w in words] + [(w.x1, -1) for w in words])
    best, start, covered = (0.0, 0.0), left, 0  # width and middle of the widest strip; where the present one began
    for x, step in events:
        if covered <= few < covered + step:
            inside = min(start - left, right - x) >= COLUMN * (right - left)
            best = max(best, (x - start, (x + start) / 2)) if inside else best
        elif covered > few >= covered + step:
            start = x
        covered += step
    if best[0] < GUTTER * size:
        return None
    sides = [[w for w in words if w.x1 <= best[1]], [w for w in words if w.x0 >= best[1]]]
    full = all(len(side) >= COLUMN * len(words) and len(_rows(side)) >= rows for side in sides)
    return best[1] if full else None


def _rows(words: list[Word]) -> list[list[Word]]:
    """Words by lines, from the top down, those of a line from left to right."""
    rows: list[list[Word]] = []
    for word in sorted(words, key=lambda w: w.y):
        top = rows[-1][0] if rows else None
        if top is not None and word.y - top.y <= ROW * max(word.size, top.size):
            rows[-1].append(word)
        else:
            rows.append([word])
    return [sorted(row, key=lambda w: w.x0) for row in rows]


def _page(words: list[Word], gutter: float | None, page: int) -> list[Line]:
    """The lines of a page in reading order. What goes across both columns parts them into storeys."""
    if gutter is None:
        return [_line(row, page, 0) for row in _rows(words)]
    heights = _across(words, gutter)
    parts: list[list[Word]] = [[], [], []]  # left, right, across
    for word in words:
        at = bisect.bisect_left(heights, word.y - 0.5)
        full = at < len(heights) and heights[at] <= word.y + 0.5
        parts[2 if full else int(word.x0 + word.x1 >= 2 * gutter)].append(word)
    lines = [_line(row, page, column) for column, part in zip((0, 1, -1), parts, strict=True) for row in _rows(part)]
    return sorted(
        lines, key=lambda line: (bisect.bisect_left(heights, line.y - 0.5), line.column < 0, line.column, line.y)
    )


def _across(words: list[Word], gutter: float) -> list[float]:
    """The heights of lines that go across both columns: words lie on the strip, or stand close on both sides of it."""
    heights = {word.y for word in words if word.x0 < gutter < word.x1}
    for row in _rows(words):
        for word, following in itertools.pairwise(row):
            close = following.x0 - word.x1 < 0.6 * word.size and abs(word.y - following.y) < 0.5
            if word.x0 < gutter <= following.x0 and close:
                heights.add(word.y)
    return sorted(heights)


def _line(row: list[Word], page: int, column: int) -> Line:
    text = row[0].text
    starts = [0]
    for word, following in itertools.pairwise(row):
        gap = between(word, following)
        starts.append(len(text) + len(gap))
        text += gap + following.text
    signs = sum(len(word.text) for word in row)
    big = max(row, key=lambda w: len(w.text))
    margin = _NUMBER.match(row[0].text)
    behind = row[1].x0 if len(row) > 1 else row[0].x1
    return Line(
        page, column, text, row[0].x0, max(w.x1 for w in row), big.y, big.size, row[0].x1 - row[0].x0, signs,
        sum(w.bold for w in row), sum(w.italic for w in row),
        (int(margin[1]), row[0].x1, row[0].size, behind) if margin and text[len(row[0].text) :][:1] in ("", " ") else None,
        words=tuple(row),
    )  # fmt: skip


def between(word: Word, following: Word) -> str:
    """What stands between two words of a line: nothing, a blank, or more where a gap sets them apart."""
    gap, size = following.x0 - word.x1, max(word.size, following.size)
    if gap > WIDE * size:
        return "   "
    if following.blanks > 1 and _CLOCK.match(following.text):
        return "  "  # `Name  00:13`
    return " " if following.blanks or gap > 0.1 * size else ""
