"""HTML to lines of formatted text, for all formats that have HTML inside: one walk, no recursion, nothing fetched.

What nobody sees is not read (scripts, hidden and deleted text), and the person is told. Of nested tables only the
innermost are tables; those around them lay out the page.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import NamedTuple

from lxml import etree

from pipeline.readers.zipped import Element
from pipeline.reading import HEADING, NONE, TEXT

BREAKING = frozenset(
    "p div li ul ol dl dt dd h1 h2 h3 h4 h5 h6 blockquote pre section article header footer main aside nav address"
    " figure figcaption table caption thead tbody tfoot tr td th form fieldset center details summary body html".split()
)
HEADS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
SILENT = frozenset({"script", "style", "head", "template", "noscript", "del", "iframe", "object"})
BOLD, ITALIC = frozenset({"b", "strong", "th"}), frozenset({"i", "em", "cite"})

_RULE = re.compile(r"\.([\w-]{1,60})\s{0,5}\{([^{}]{0,2000})\}")
_WEIGHT = re.compile(r"font-weight:(?:(bold|[6-9]00)|normal|lighter|[1-5]00)")
_SLANT = re.compile(r"font-style:(?:(italic|oblique)|normal)")
_HIDDEN = re.compile(r"display:none|visibility:hidden|mso-hide:all")
_NOTES = re.compile(r"mso-element:(comment|footnote|endnote)-list")


class Run(NamedTuple):
    """Text in one formatting; `anchor` is the name of the last `<a name>` before it in its paragraph."""

    text: str
    bold: bool
    italic: bool
    pre: bool
    anchor: str


class Look(NamedTuple):
    """How an element is seen: `silent` says why its text is not read ('' where it is read)."""

    bold: bool = False
    italic: bool = False
    pre: bool = False
    silent: str = ""


@dataclass(frozen=True)
class Line:
    """A line as seen; without runs it is a blank one. `paragraph` counts from 1; rows have `cells` and `row` (n, m)."""

    runs: tuple[Run, ...] = ()
    kind: str = TEXT
    paragraph: int = 0
    cells: tuple[str, ...] = ()
    row: tuple[int, int] = (0, 0)


@dataclass
class Walk:
    """What the walk collects; `found` names what was not read: hidden, deleted, comments, notes."""

    sheet: dict[str, str]
    layout: frozenset[Element]
    lines: list[Line] = field(default_factory=list)
    found: set[str] = field(default_factory=set)
    looks: list[Look] = field(default_factory=lambda: [Look()])
    runs: list[Run] = field(default_factory=list)
    anchor: str = ""
    kind: str = TEXT
    paragraph: int = 1
    tables: int = 0
    rows: list[list[list[Line]]] | None = None  # of the table that is being read: rows of cells of lines
    cell: list[Line] | None = None


def walk_through(root: Element) -> Walk:
    """All lines of a page in reading order."""
    sheets = "\n".join((e.text or "")[:200_000] for e in root.iter("style"))
    layout = frozenset(table for table in root.iter("table") if table.find(".//table") is not None)
    walk = Walk({name: _style(rule) for name, rule in _RULE.findall(sheets)}, layout)
    for event, element in etree.iterwalk(root, events=("start", "end", "comment", "pi")):
        if event == "start":
            _open(element, walk)
            _say(element.text, walk)
        else:
            if event == "end":
                _close(element, walk)
            _say(element.tail, walk)
    _flush(walk)
    return walk


def _style(text: str) -> str:
    return "".join(text[:2000].lower().split())


def _look(element: Element, tag: str, walk: Walk) -> Look:
    before = walk.looks[-1]
    bold, italic = before.bold or tag in BOLD, before.italic or tag in ITALIC
    classes = (element.get("class") or "")[:500].split()
    own = _style(element.get("style") or "")
    for style in (*(walk.sheet.get(name, "") for name in classes), own):
        weight, slant = _WEIGHT.search(style), _SLANT.search(style)
        bold = bool(weight[1]) if weight else bold
        italic = bool(slant[1]) if slant else italic
    silent = before.silent or _silence(element, tag, own, classes)
    return Look(bold, italic, before.pre or tag == "pre", silent)


def _silence(element: Element, tag: str, style: str, classes: Iterable[str]) -> str:
    if tag in SILENT:
        return "deleted" if tag == "del" else "code"
    notes = _NOTES.search(style)
    if notes or "MsoCommentReference" in classes:
        return "comments" if not notes or notes[1] == "comment" else "notes"
    return "hidden" if element.get("hidden") is not None or _HIDDEN.search(style) else ""


def _open(element: Element, walk: Walk) -> None:
    tag = str(element.tag)
    if tag in BREAKING:
        _flush(walk)
        _part(walk)
    walk.looks.append(_look(element, tag, walk))
    if tag in HEADS:
        walk.kind = HEADING
    elif tag == "a" and element.get("name"):
        walk.anchor = str(element.get("name"))
    elif tag == "table" and element not in walk.layout and walk.rows is None:
        walk.tables += 1
        walk.rows = []
    elif tag == "tr" and walk.rows is not None:
        walk.rows.append([])
    elif tag in ("td", "th") and walk.rows is not None and walk.cell is None:
        walk.cell = []
        if not walk.rows:
            walk.rows.append([])


def _close(element: Element, walk: Walk) -> None:
    tag = str(element.tag)
    walk.looks.pop()
    if tag in ("br", "hr"):
        _flush(walk, blank=tag == "br")
        if tag == "hr":
            _add(walk, Line((Run("---", False, False, False, ""),), NONE, walk.paragraph))
        return
    if tag not in BREAKING:
        return
    _flush(walk, blank=tag == "p" and _untouched(walk))
    _part(walk)
    if tag in HEADS:
        walk.kind = TEXT
    elif tag in ("td", "th") and walk.rows and walk.cell is not None:
        walk.rows[-1].append(walk.cell)
        walk.cell = None
    elif tag == "table" and element not in walk.layout and walk.rows is not None:
        _end_table(walk)


def _untouched(walk: Walk) -> bool:
    """Whether nothing was seen in the paragraph that ends."""
    return not walk.lines or walk.lines[-1].paragraph != walk.paragraph


def _part(walk: Walk) -> None:
    walk.paragraph += 1
    walk.anchor = ""


def _say(text: str | None, walk: Walk) -> None:
    if not text:
        return
    look = walk.looks[-1]
    if look.silent:
        walk.found.update({look.silent} if text.strip() else ())
        return
    pieces = text.split("\n") if look.pre else [text]
    for number, piece in enumerate(pieces):
        if number:
            _flush(walk, blank=True)
        if piece:
            walk.runs.append(Run(piece, look.bold, look.italic, look.pre, walk.anchor))


def _flush(walk: Walk, blank: bool = False) -> None:
    """End the line. A line without a visible sign is none, but for a `blank` one, which sets two others apart."""
    if any(run.text.strip() for run in walk.runs):
        _add(walk, Line(tuple(walk.runs), walk.kind, walk.paragraph))
    elif blank:
        into = walk.lines if walk.cell is None else walk.cell
        if into and into[-1].runs:
            _add(walk, Line(paragraph=walk.paragraph))
    walk.runs = []


def _add(walk: Walk, line: Line) -> None:
    (walk.lines if walk.cell is None else walk.cell).append(line)


def _end_table(walk: Walk) -> None:
    rows, walk.rows, walk.cell = walk.rows or [], None, None
    if max((len(row) for row in rows), default=0) <= 1:
        walk.lines += [line for row in rows for cell in row for line in cell]  # one column only lays out the page
        return
    for number, row in enumerate(rows, 1):
        cells = tuple("\n".join(line_text(line.runs) for line in cell if line.runs) for cell in row)
        if any(cells):
            lines = [line.runs for cell in row for line in cell if line.runs]
            runs = tuple(run for line in lines for run in (*line, Run(" ", False, False, False, line[-1].anchor)))
            walk.lines.append(Line(runs, TEXT, walk.paragraph, cells, (walk.tables, number)))


def line_text(runs: Iterable[Run]) -> str:
    """The text of runs as a browser shows it: blanks run together, fixed blanks stay as many as they are."""
    runs = tuple(runs)
    text = "".join(run.text for run in runs)
    if not any(run.pre for run in runs):
        text = re.sub(r"[ \t\n\r\f]+", " ", text).strip(" ")
    return text.replace("\u00a0", " ").strip()
