"""Stretches of speech in a text with lines: from each label to the next, or by paragraph where there are none."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from dataclasses import dataclass

from pipeline.labels import times
from pipeline.labels.frames import is_end, is_frame, is_note
from pipeline.reading import HEADING, NONE
from pipeline.speakers import header
from pipeline.speakers.detection import Found, Turn
from pipeline.speakers.lines import Line, Source

SUBSTANTIAL = 40  # words before the first turn, from which on they are kept as turns without role


@dataclass
class Piece:
    """A stretch of speech in `Source.text` from `start` to `end`, with the time mark of its label and its line's place.

    `open` is markup that the label opens and the speech closes.
    """

    speaker: str
    start: int
    end: int
    time: str
    ref: str
    open: str = ""
    t_start: float | None = None
    t_end: float | None = None
    t_source: str = "none"


def speech(text: Source, found: Found, aside: dict[str, list[str]]) -> Iterator[Piece]:
    """Speech from each label to the next. Headings, rules and the frame of a transcript end it; it may go on after.

    What is no speech is put `aside`, so that no word is lost. Behind the end of the recording, and in a note on the
    interview, only a label makes speech again.
    """
    starts: dict[int, list[Turn]] = {}
    for turn in found.turns:
        starts.setdefault(turn.line, []).append(turn)
    current: Piece | None = None
    speaker, over = "", ""
    for number in range(found.turns[0].line, len(text.lines)):
        line = text.lines[number]
        over = "" if number in starts else over or _note(text, number, number > found.turns[-1].line)
        framing = line.kind in (HEADING, NONE) or (number not in starts and is_frame(line.plain))
        if framing or over:
            if current:
                current.end = line.start
                yield current
            current = None
            if line.kind != NONE:
                key = "überschriften" if line.kind == HEADING else "rahmen" if framing else over
                aside.setdefault(key, []).append(line.plain)
            over = over or ("nach dem Ende" if is_end(line.plain) else "")
            continue
        for turn in starts.get(number, ()):
            if current:
                current.end = turn.start
                yield current
            speaker = turn.label
            current = Piece(speaker, turn.body, len(text.text), turn.time, line.ref, turn.open)
        if current is None:
            current = Piece(speaker, line.start, len(text.text), "", line.ref)
    if current:
        yield current


def _note(text: Source, number: int, last: bool) -> str:
    """The key under which a note on the interview is put aside that begins on this line and with a paragraph, or ''."""
    line = text.lines[number]
    begins = number == 0 or text.lines[number - 1].paragraph != line.paragraph or text.lines[number - 1].kind == NONE
    return "postskript" if begins and is_note(line.plain, last) else ""


def trimmed(text: Source, piece: Piece) -> Piece:
    """The piece without outer blank space, and in Markdown without emphasis around all of it."""
    piece.start, piece.end = _trim(text.text, piece.start, piece.end)
    if piece.open and text.text.endswith(piece.open, piece.start, piece.end):
        piece.start, piece.end = _trim(text.text, piece.start, piece.end - len(piece.open))
    if text.markup:
        piece.start, piece.end = _unwrap(text.text, piece.start, piece.end)
    if not text.text[piece.start : piece.end].strip("*_ \n\t"):
        piece.end = piece.start
    return piece


def _trim(text: str, start: int, end: int) -> tuple[int, int]:
    """The span without outer blank space."""
    piece = text[start:end]
    lead = len(piece) - len(piece.lstrip())
    return start + lead, start + max(len(piece.rstrip()), lead)


def _unwrap(text: str, start: int, end: int) -> tuple[int, int]:
    """The span without emphasis that encloses all of it (`**Wie war das?**`)."""
    for mark in ("***", "**", "*"):
        inner = text[start + len(mark) : end - len(mark)]
        if text.startswith(mark, start) and text.endswith(mark, start, end) and inner.strip() and mark not in inner:
            return _trim(text, start + len(mark), end - len(mark))
    return start, end


def unlabelled(
    text: Source, head: header.Header, first: int, labelled: bool, keys: frozenset[int] = frozenset()
) -> Iterator[Piece]:
    """Speech without a label: all of it where there are no labels, else what stands before the first, if much.
    `keys`: further lines of the header."""
    used = head.taken | keys
    free = [n for n in range(first) if n not in used and text.lines[n].kind not in (HEADING, NONE)]
    if labelled and sum(len(text.lines[n].plain.split()) for n in free) <= SUBSTANTIAL:
        free = []
    # A legend that is written like a turn (`I: Interviewer, B: Befragter`) is kept in view, as nobody's speech.
    shaped = {n for n, label, _ in head.legend if n < first and text.lines[n].plain.startswith(f"{label}:")}
    free = sorted({*free, *shaped}) if labelled else free
    groups: list[list[int]] = []
    single = _one_line_paragraphs([text.lines[n] for n in free])
    for n in free:
        goes_on = groups and groups[-1][-1] == n - 1 and text.lines[n].paragraph == text.lines[n - 1].paragraph
        if goes_on and not single:
            groups[-1].append(n)
        else:
            groups.append([n])
    for group in groups:
        line, last = text.lines[group[0]], text.lines[group[-1]]
        marks = [] if labelled else [mark.start for mark in times.find(text.text[line.start : last.end])]
        # Programs that name no speakers put a time before each stretch: `[00:00:04] - Ja. [00:00:07] - Und dann?`
        borders = (
            [line.start, *(line.start + at for at in marks if at > 0), last.end]
            if len(marks) >= 3
            else [line.start, last.end]
        )
        for start, end in itertools.pairwise(borders):
            yield Piece("", start, end, line.time if start == line.start else "", line.ref)


def _one_line_paragraphs(lines: list[Line]) -> bool:
    """Whether every line is a paragraph: there are no blank lines between them, or each begins with a time."""
    timed = sum(times.at_start(line.plain) is not None for line in lines)
    return len({line.paragraph for line in lines}) == 1 or timed >= 0.6 * len(lines) > 0


def set_times(text: Source, pieces: list[Piece]) -> None:
    """Times from the marks of labels and texts: a mark at the end is this turn's end and the next one's start."""
    short = [times.short_at_start(text.text[piece.start : piece.start + 40]) for piece in pieces]
    believed = times.rising([value for value in short if value is not None])
    previous: float | None = None
    for piece, value in zip(pieces, short, strict=True):
        own = text.text[piece.start : piece.end]
        start = times.seconds(piece.time) if piece.time else None
        if start is None:
            start = times.at_start(own)
        if start is None and believed:
            start = value
        end = times.at_end(own)
        if start is not None and end == start and len(own) < 16:
            end = None  # nothing but one mark
        piece.t_source = "exact" if start is not None else "none" if previous is None else "derived"
        piece.t_start, piece.t_end = previous if start is None else start, end
        previous = end
    zero = next((piece.t_start for piece in pieces if piece.t_start is not None), 0.0)
    for piece in pieces if zero >= times.WALL_CLOCK else ():
        piece.t_start = None if piece.t_start is None else round(piece.t_start - zero, 3)
        piece.t_end = None if piece.t_end is None else round(piece.t_end - zero, 3)
