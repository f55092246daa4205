"""Tables of time, person and text in a PDF, which knows no tables: only words that begin at the same places line by line.

A row begins where a time stands in the column of times; what stands below in the other columns goes on with it.
"""

from __future__ import annotations

import itertools
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from pipeline.labels.times import is_time
from pipeline.labels.words import TABLE_HEADS
from pipeline.readers.pdf_joins import Words, attested, join
from pipeline.readers.pdf_lines import Layout, Line, between
from pipeline.readers.pdf_words import Word
from pipeline.reading import ROW, Block

ROWS = 3  # with a time, from which on there is a table
ALIGNED = 0.8  # of them whose words must begin at the same places
NEAR = 2.5  # points, within which two words begin at the same place
APART = 0.3  # of the size: a gap without a typed blank that may part two columns
STRAY = 0.1  # of the lines between the first and the last row that may fit no column

_HEADS = frozenset().union(*TABLE_HEADS.values())


@dataclass
class Part:
    """Either lines beside tables, or the rows of one table (number from 1)."""

    lines: list[Line] = field(default_factory=list)
    rows: list[list[str]] = field(default_factory=list)
    number: int = 0

    def blocks(self) -> list[Block]:
        """The rows as blocks (`Tab. n/row`)."""
        return [
            Block("\t".join(row), f"Tab. {self.number}/{n}", ROW, cells=tuple(row))
            for n, row in enumerate(self.rows, 1)
        ]


def parts(done: Layout) -> list[Part]:
    """A layout as tables and what stands around them; one part without rows where there is no table."""
    columns = None if done.numbering or done.columns else _columns(done.lines)
    if columns is None:
        return [Part(done.lines)]
    known = attested(line.text for line in done.lines)
    placed = [_cells(line, columns) for line in done.lines]
    begins = [cells is not None and is_time(cells[columns.time]) for cells in placed]
    if sum(begins) < ROWS:
        return [Part(done.lines)]
    first, last = begins.index(True), len(begins) - 1 - begins[::-1].index(True)
    if sum(placed[n] is None for n in range(first, last + 1)) > STRAY * (last + 1 - first):
        return [Part(done.lines)]
    found = [Part()]
    headed = False
    for n, (line, cells) in enumerate(zip(done.lines, placed, strict=True)):
        inside = bool(found[-1].rows)
        if _is_head(line) and len(line.words) == len(columns.starts):
            if not headed and n <= first:  # it is printed on each page
                found.append(Part(rows=[[word.text for word in line.words]]))
            headed = True
        elif cells is not None and begins[n]:
            if not inside:
                found.append(Part())
            found[-1].rows.append(cells)
        elif cells is not None and inside and _goes_on(line, done.lines[n - 1], n > last):
            _append(found[-1].rows[-1], cells, known)
        else:
            if inside:
                found.append(Part())
            found[-1].lines.append(line)
    found = [part for part in found if part.lines or part.rows]
    for number, part in enumerate((part for part in found if part.rows), 1):
        part.number = number
    return found


def around(done: Layout, part: Part) -> Layout:
    """The layout of lines beside tables."""
    return replace(done, lines=part.lines)


@dataclass(frozen=True)
class _Columns:
    """Where columns begin, from the left; `time` is the place of the times among them."""

    starts: tuple[float, ...]
    time: int


def _columns(lines: list[Line]) -> _Columns | None:
    """Three columns, one of times and the last of text, or None."""
    timed = [(line, place) for line in lines for place in _times(line)]
    time = _usual([line.words[place].x0 for line, place in timed], ROWS)
    rows = [(line, place) for line, place in timed if time is not None and _near(line.words[place].x0, time)]
    if time is None:
        return None
    least = max(ROWS, int(ALIGNED * len(rows) + 0.99))
    before = _usual([line.words[0].x0 for line, place in rows if place], least)
    after = [[word.x0 for word in _starting(line) if word.x0 > line.words[place].x0 + NEAR] for line, place in rows]
    if before is not None:
        text = _usual([starts[0] for starts in after if starts], least)
        return None if text is None else _Columns((before, time, text), 1)
    person = _usual([starts[0] for starts in after if starts], least)
    if person is None:
        return None
    text = _usual([starts[1] for starts in after if len(starts) > 1], least)
    return None if text is None else _Columns((time, person, text), 0)


def _times(line: Line) -> Iterator[int]:
    """Places of words that are times and stand apart, of which a row has one in its first cells."""
    starting = {id(word) for word in _starting(line)}
    for place, word in enumerate(line.words[:6]):
        if id(word) in starting and word.text[-1:] != ":" and is_time(word.text):
            yield place
            return


def _starting(line: Line) -> list[Word]:
    """The first word, and those behind a gap that no blank made."""
    found = list(line.words[:1])
    for word, following in itertools.pairwise(line.words):
        if not following.blanks and following.x0 - word.x1 > APART * max(word.size, following.size):
            found.append(following)
    return found


def _usual(places: list[float], least: int) -> float | None:
    """The place at which most of them lie, or None where that are fewer than `least`."""
    counts = Counter(round(place) for place in places)
    if not counts:
        return None
    best = max(counts, key=lambda place: (counts[place - 1] + counts[place] + counts[place + 1], -place))
    near = [place for place in places if _near(place, best)]
    return sum(near) / len(near) if len(near) >= least else None


def _near(place: float, other: float) -> bool:
    return abs(place - other) <= NEAR


def _cells(line: Line, columns: _Columns) -> list[str] | None:
    """A line's words by columns; None where they fit none: left of all, or across the beginning of one."""
    words: dict[int, list[Word]] = defaultdict(list)
    for word in line.words:
        column = sum(word.x0 >= start - NEAR for start in columns.starts) - 1
        if column < 0 or any(word.x0 < start - NEAR < word.x1 - NEAR for start in columns.starts):
            return None
        words[column].append(word)
    cells = [_text(words[column]) for column in range(len(columns.starts))]
    # A line of time and words across all columns, or a sentence that begins where times stand.
    return None if cells[columns.time] and not is_time(cells[columns.time]) else cells


def _text(words: list[Word]) -> str:
    if not words:
        return ""
    return words[0].text + "".join(between(a, b) + b.text for a, b in itertools.pairwise(words))


def _is_head(line: Line) -> bool:
    return all(word.text.strip(" :.").casefold() in _HEADS for word in line.words)


def _goes_on(line: Line, before: Line, behind: bool) -> bool:
    """Whether a line belongs to the last row: below the last time, only where no space parts them."""
    return not behind or line.page != before.page or line.y - before.y < 2 * line.size


def _append(row: list[str], cells: list[str], known: Words) -> None:
    row[:] = [join(a, b, known) if a and b else a or b for a, b in zip(row, cells, strict=True)]
