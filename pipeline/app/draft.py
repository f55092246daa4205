"""The codebook while somebody edits it: only the category that changed is read again, because reading a large file takes half a second.

What is read this way equals `codebook.load` (but for line numbers below the edit, and an ancestor's `entry.children`, which nobody asks for); wherever that is not sure (another shape, a mistake, a new or renamed category), the answer
is None and the whole file is to be read.
"""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any, NamedTuple

from pipeline.codebook import Code, Codebook, codes_of, load
from pipeline.codebook.entries import CodebookEntry
from pipeline.codebook.meaning import problems_of, written
from pipeline.problems import Lined, Problem, Stop, parse_yaml, read_yaml
from pipeline.schema import build

Steps = tuple[Any, ...]


class Span(NamedTuple):
    """A category's lines in the file, from 0, `end` exclusive, with its children."""

    steps: Steps
    start: int
    end: int


class Draft(NamedTuple):
    """A codebook with the lines and the plain data that it was made of."""

    book: Codebook
    lines: list[str]
    data: Any
    spans: list[Span]


def lines_of(content: bytes) -> list[str]:
    """The lines of a file as the YAML reader sees them. Raises `UnicodeDecodeError`."""
    return content.decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n").split("\n")


def whole(path: Path) -> Draft:
    """Read all of it. Raises `Stop` as `codebook.load` does."""
    content = path.read_bytes() if path.is_file() else b""
    book = load(path)
    lined, lines = read_yaml(path), lines_of(content)
    return Draft(book, lines, lined.data, _spans(lined, len(lines)))


def again(draft: Draft, lines: list[str]) -> Draft | None:
    """The codebook after an edit inside one category; None where only the whole file tells."""
    first, last_old, last_new = _changed(draft.lines, lines)
    inside = [span for span in draft.spans if span.start <= first and max(last_old, first + (last_old == first)) <= span.end]
    if not inside:
        return None
    span = max(inside, key=lambda one: (one.start, -one.end))
    shift = last_new - last_old
    try:
        return _replaced(draft, lines, span, shift)
    except Stop:
        return None


def _changed(old: list[str], new: list[str]) -> tuple[int, int, int]:
    """(first line that differs, end of what differs in the old lines, the same in the new ones)."""
    most = min(len(old), len(new))
    first = next((n for n in range(most) if old[n] != new[n]), most)
    same = 0
    while same < most - first and old[-1 - same] == new[-1 - same]:
        same += 1
    return first, len(old) - same, len(new) - same


def _replaced(draft: Draft, lines: list[str], span: Span, shift: int) -> Draft | None:
    book = draft.book
    part = parse_yaml("\n".join(lines[span.start : span.end + shift]), "codebook.yaml")
    if not (isinstance(part.data, list) and len(part.data) == 1 and isinstance(part.data[0], dict)):
        return None
    moved = {("codes", *steps): line + span.start for steps, line in part.lines.items()}
    lined = Lined({"codes": part.data}, "codebook.yaml", moved)
    if list(written(lined)):
        return None
    entry = build(CodebookEntry, lined)
    old = _below(book, draft.data, span.steps)
    faults: list[Problem] = []
    new = tuple(codes_of(entry.codes, old[0].parent, old[0].level, ("codes",), lined, book.lists, faults))
    if faults or [place(code) for code in new] != [place(code) for code in old]:
        return None
    at = book.codes.index(old[0])
    codes = (*book.codes[:at], *new, *book.codes[at + len(old) :])
    if list(problems_of(codes, lined)):
        return None
    data = _with(draft.data, span.steps, part.data[0])
    words = json.dumps([data, sorted(book.lists.items())], ensure_ascii=False, sort_keys=True)
    made = Codebook(book.title, codes, hashlib.sha256(words.encode()).hexdigest()[:12], book.lists)
    return Draft(made, lines, data, _moved(draft.spans, span, shift, part))


def place(code: Code) -> tuple[Any, ...]:
    """Where a category stands among the others; with another one the tables of the last run no longer fit."""
    return code.id, code.parent, code.level, code.coded, code.entry.through_children, code.entry.was


def _below(book: Codebook, data: Any, steps: Steps) -> list[Code]:
    """The category at a place of the file with all below it; they stand together in the codebook's order."""
    at = data
    for step in steps:
        at = at[step]
    ids = set(_ids(at))
    return [code for code in book.codes if code.id in ids]


def _ids(entry: dict[str, Any]) -> list[str]:
    return [str(entry["id"]).strip(), *(found for child in entry.get("children") or () for found in _ids(child))]


def _with(data: Any, steps: Steps, entry: Any) -> Any:
    """The data with another entry at a place; what lies beside is shared."""
    if not steps:
        return entry
    head, *rest = steps
    if isinstance(data, list):
        return [_with(one, tuple(rest), entry) if n == head else one for n, one in enumerate(data)]
    return {key: _with(one, tuple(rest), entry) if key == head else one for key, one in data.items()}


def _spans(lined: Lined, size: int, above: Steps = ()) -> list[Span]:
    """Every category of a file; one that does not begin on a line of its own is left out."""
    paths = [steps for steps in lined.lines if steps[: len(above)] == above]
    starts = [lined.lines[steps] - 1 for steps in paths]
    found: list[Span] = []
    open_: list[tuple[Steps, int]] = []
    for steps, start in [*zip(paths, starts, strict=True), ((), size)]:
        while open_ and steps[: len(open_[-1][0])] != open_[-1][0]:
            begun, line = open_.pop()
            found.append(Span(begun, line, start))
        if len(steps) > 1 and isinstance(steps[-1], int) and steps[-2] in ("codes", "children"):
            open_.append((steps, start))
    return [span for span in found if span.start < span.end]


def _moved(spans: list[Span], span: Span, shift: int, part: Lined) -> list[Span]:
    """All spans after the edit: those around and behind moved, those inside found anew."""
    depth = len(span.steps)
    kept = [
        one._replace(start=one.start + shift * (one.start > span.start), end=one.end + shift * (one.end >= span.end))
        for one in spans if one.steps[:depth] != span.steps
    ]  # fmt: skip
    own = Lined(part.data, part.file, {("codes", *steps): line for steps, line in part.lines.items()})
    inner = [
        Span((*span.steps, *one.steps[2:]), one.start + span.start, one.end + span.start)
        for one in _spans(own, span.end + shift - span.start)
    ]  # fmt: skip
    return [*kept, *inner]
