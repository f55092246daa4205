"""HTML: transcripts of noScribe with their time anchors, and any other page as blocks."""

from __future__ import annotations

from collections.abc import Iterable

from pipeline.labels.times import is_time
from pipeline.readers import noscribe, office
from pipeline.readers.encoding import placeless
from pipeline.readers.markup import Line, Run, Walk, line_text, walk_through
from pipeline.readers.pages import decode_html, parse
from pipeline.readers.timeline import tidy
from pipeline.reading import ROW, TEXT, Block, Reading, empty

LONGEST_MARK = 20  # code points


def read(data: bytes) -> Reading:
    """An HTML page: cues where noScribe wrote it, else blocks (`Abs. n`, every visible line; table rows `Tab. n/row`).

    Raises `Unreadable` (empty, damaged, bomb, unsupported).
    """
    decoded = decode_html(data)
    if not decoded.text.strip():
        raise empty()
    root = parse(decoded.text)
    walk = walk_through(root)
    warnings = placeless(decoded.warnings) + office.warnings(walk.found)
    meta = {"titel": title} if (title := _first(e.text for e in root.iter("title"))) else {}
    if noscribe.wrote(walk):
        cues, more, told = noscribe.read_lines(walk.lines)
        if not cues:
            raise empty()
        audio = _first(e.get("content") for e in root.iter("meta") if e.get("name") == "audio_source")
        meta |= ({"aufnahme": audio} if audio else {}) | more
        return Reading("html", decoded.encoding, (), tuple(warnings + told), meta, "", "noScribe", cues)
    found, told = blocks(walk)
    return Reading("html", decoded.encoding, found, tuple(warnings + told), meta)


def blocks(walk: Walk) -> tuple[tuple[Block, ...], list[str]]:
    """The lines of a page as blocks, and warnings of odd signs in them. Raises `Unreadable` (empty)."""
    found: list[Block] = []
    number = 0
    for line in walk.lines:
        if line.cells:
            ref = f"Tab. {line.row[0]}/{line.row[1]}"
            found.append(Block("\t".join(line.cells), ref, ROW, cells=line.cells))
        else:
            text = line_text(line.runs)
            number += bool(text)
            found.append(_block(line, text, f"Abs. {max(number, 1)}"))
    cleaned, told = office.cleaned(found)
    if not any(block.text.strip() for block in cleaned):
        raise empty()
    return cleaned, told


def _block(line: Line, text: str, ref: str) -> Block:
    seen = [(sum(map(len, run.text.split())), run) for run in line.runs if not _mark(run)]
    total = sum(count for count, _ in seen) or 1
    bold = sum(count for count, run in seen if run.bold) / total
    italic = sum(count for count, run in seen if run.italic) / total
    return Block(text, ref, line.kind if text else TEXT, bold, italic)


def _mark(run: Run) -> bool:
    """A time mark says nothing about the formatting of the words beside it."""
    return len(run.text) <= LONGEST_MARK and is_time(run.text)


def _first(texts: Iterable[str | None]) -> str:
    return next((text for raw in texts if (text := tidy(raw or ""))), "")
