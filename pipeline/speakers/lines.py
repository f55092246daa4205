"""One text and its lines for all formats, so that turns are slices of a text whatever the file was."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from pipeline.labels.times import is_time
from pipeline.reading import NONE, ROW, TEXT, Block, Reading
from pipeline.speakers.grids import Grid, classify

MIN_NUMBERED = 4
_RULE = re.compile(r"[ \t]{0,20}([-–—_=*~])(?:[ \t]?\1){2,200}[ \t]{0,20}")  # a line drawn with signs
_NUMBERED = re.compile(r"[ \t\u00a0]{0,8}(\d{1,5})[.)]?(?:[ \t\u00a0]{1,8}(?=\S)|$)")


@dataclass(frozen=True)
class Line:
    """A line of `Source.text`: `start`, `end` in code points; `plain` is its text without markup.

    `paragraph` numbers blocks of lines between blank lines (or the paragraphs of a document). In a table of speech
    `label` and `time` come from their columns (`label` None: no such table; '': the speaker goes on).
    """

    start: int
    end: int
    plain: str
    ref: str
    kind: str = TEXT
    paragraph: int = 0
    bold: float = 0.0
    italic: float = 0.0
    style: str = ""
    cells: tuple[str, ...] = ()
    label: str | None = None
    time: str = ""
    tint: str = ""
    indent: float = 0.0


@dataclass(frozen=True)
class Source:
    """`exact`: `text` is the decoded file itself, so that offsets in it mean something outside."""

    text: str
    lines: tuple[Line, ...]
    exact: bool
    columns_dropped: int = 0
    markup: bool = False  # the text holds Markdown

    def adjacent(self, first: int, second: int) -> bool:
        """Whether nothing blank stands between two neighbouring lines."""
        return self.lines[second].paragraph - self.lines[first].paragraph <= (0 if self.exact else 1)


def source(reading: Reading, extra: dict[str, str]) -> Source:
    """The text and lines of a reading. `extra`: further header keys, plain form to name."""
    numbered = _without_numbers(reading.blocks) if reading.format == "txt" or not reading.text else None
    if reading.text and numbered is None:
        return _from_text(reading)
    return _from_blocks(numbered or reading.blocks, extra)


def _without_numbers(blocks: tuple[Block, ...]) -> tuple[Block, ...] | None:
    """Blocks without line numbers that somebody wrote into the text, or None where there are none.

    Numbers rise by one (or stand at every fifth line) on nearly every line; a list inside a turn does not.
    """
    filled = [block for block in blocks if block.text.strip() and block.kind != ROW]  # a table has a column for them
    found = [_NUMBERED.match(block.text) for block in filled]
    numbers = [int(match[1]) for match in found if match]
    if len(numbers) < MIN_NUMBERED or not filled:
        return None
    steps = [b - a for a, b in itertools.pairwise(numbers)]
    by_one = sum(step == 1 for step in steps) >= 0.8 * len(steps) and len(numbers) >= 0.8 * len(filled)
    by_five = sum(step == 5 for step in steps) >= 0.8 * len(steps) and len(numbers) >= 0.15 * len(filled)
    if not by_one and not by_five:
        return None
    done = []
    for block in blocks:
        match = _NUMBERED.match(block.text) if block.kind != ROW else None
        done.append(replace(block, text=block.text[match.end() :], ref=f"Z. {int(match[1])}") if match else block)
    return tuple(done)


def _from_text(reading: Reading) -> Source:
    lines = []
    paragraph, blank = 0, True
    drawn = reading.format == "txt"
    for block in reading.blocks:
        if not block.text.strip():
            blank = True
            continue
        paragraph += blank
        blank = False
        kind = NONE if drawn and len(block.text) < 300 and _RULE.fullmatch(block.text) else block.kind
        lines.append(Line(block.offset, block.end, block.text, block.ref, kind, paragraph, block.bold, block.italic))
    return Source(reading.text, tuple(lines), True, markup=reading.format == "md")


@dataclass
class _Builder:
    parts: list[str]
    lines: list[Line]
    at: int = 0
    paragraph: int = 0

    def add(self, text: str, block: Block, kind: str, label: str | None = None, time: str = "") -> None:
        """Append a block's text; its line breaks make lines, only the first of which bears label and time."""
        self.paragraph += 1
        for number, piece in enumerate(text.split("\n")):
            end = self.at + len(piece)
            mine = (label, time) if number == 0 else (None if label is None else "", "")
            if piece.strip() or block.cells:
                self.lines.append(
                    Line(self.at, end, piece, block.ref, kind, self.paragraph, block.bold, block.italic, block.style,
                         block.cells, *mine, block.tint, block.indent)
                )  # fmt: skip
            self.parts.append(piece)
            self.at = end + 1


def _from_blocks(blocks: tuple[Block, ...], extra: dict[str, str]) -> Source:
    builder = _Builder([], [])
    dropped = 0
    for _, group in _tables(blocks):
        if group[0].kind != ROW:
            for block in group:
                if block.text.strip():
                    builder.add(block.text, block, block.kind)
                else:
                    builder.paragraph += 1
            continue
        grid = classify([block.cells for block in group], extra)
        dropped += _add_table(builder, group, grid)
    return Source("\n".join(builder.parts), tuple(builder.lines), False, dropped)


def _tables(blocks: tuple[Block, ...]) -> Iterator[tuple[str, list[Block]]]:
    for key, group in itertools.groupby(blocks, lambda b: b.ref.partition("/")[0] if b.kind == ROW else ""):
        yield key, list(group)


def _add_table(builder: _Builder, rows: list[Block], grid: Grid) -> int:
    """Append a table's rows; how many filled cells of speech tables were left out."""
    dropped = 0
    for block in rows[1:] if grid.head else rows:
        cells = block.cells
        if grid.kind == "meta":
            builder.add(block.text.replace("\n", " "), block, "meta")
        elif grid.kind == "speech" and len(cells) > max(grid.time, grid.speaker, grid.text):
            # Without a column for speakers their labels stand in the text.
            label = cells[grid.speaker].strip(" :\n") if grid.speaker >= 0 else None
            time = cells[grid.time].strip() if grid.time >= 0 else ""
            used = {grid.time, grid.speaker, grid.text}
            dropped += sum(any(map(str.isalpha, cell)) for n, cell in enumerate(cells) if n not in used)
            before = f"{time} " if label is None and is_time(time) else ""
            builder.add(before + cells[grid.text].strip(), block, TEXT, label, time)
        else:
            builder.add(block.text, block, TEXT)
    return dropped
