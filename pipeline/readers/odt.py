"""OpenDocument text (ODT, and its flat form FODT): an own walk over the elements, without recursion.

Every element is met when it opens and when it closes, so that depth costs nothing. Deleted text lies in a region of its
own, hidden text, notes and comments in elements that are passed over; of all of it the person is told.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from lxml import etree

from pipeline.readers import meetings
from pipeline.readers.odt_styles import Print, Styles, about, local, value
from pipeline.readers.office import HEADS, Flow, cleaned, kind_of, running, warnings
from pipeline.readers.zipped import Element, encrypted, member, open_zip, parse_xml
from pipeline.reading import HEADING, Reading, Unreadable, damaged, empty

MAX_REPEATED = 50_000  # code points of cells and rows that one file may repeat; spreadsheets fill 16,384 with blanks
MAX_BLANKS = 1_000  # in one place
SIGNS = {"tab": "\t", "line-break": "\n"}
SKIP = frozenset({
    "tracked-changes", "ruby-text", "forms", "script", "scripts", "object", "object-ole", "image", "math",
    "covered-table-cell", "event-listeners", "annotation", "note", "binary-data",
})  # fmt: skip
NAMED = ("title", "desc")  # of pictures and tables; `text:title` is a field in the text
_BLANK = re.compile(r"[ \t\r\n]+")


@dataclass
class _Paragraph:
    style: str
    kind: str
    hidden: bool = False


@dataclass
class _Open:
    """An open element, and what stood around it: print, and flow and paragraph if it began a flow of its own."""

    name: str
    on: Print
    flow: Flow | None = None
    paragraph: _Paragraph | None = None
    repeated: int = 1


@dataclass
class _Walk:
    styles: Styles
    found: set[str] = field(default_factory=set)
    flow: Flow = field(default_factory=Flow)
    paragraph: _Paragraph | None = None
    on: Print = field(default_factory=Print)
    open: list[_Open] = field(default_factory=list)
    rows: list[list[str]] = field(default_factory=list)  # cells of the open rows, the innermost last
    blank: bool = True  # the last sign was a blank, so that another one means nothing
    repeated: int = 0


def read(data: bytes) -> Reading:
    """An ODT file; blocks are paragraphs (`Abs. n`) and table rows (`Tab. n/row`).

    Raises `Unreadable` (empty, damaged, encrypted, bomb).
    """
    archive = open_zip(data)
    if b"encryption-data" in (member(archive, "META-INF/manifest.xml") or b""):
        raise encrypted()
    content = member(archive, "content.xml")
    if content is None:
        raise damaged("Die Datei ist kein OpenDocument-Text.")
    main = parse_xml(content)
    others = []
    for name in ("styles.xml", "meta.xml"):
        try:
            part = member(archive, name)
            others += [parse_xml(part)] if part else []
        except Unreadable:
            continue  # print and running heads are not worth refusing a transcript for
    return _reading("odt", main, [*others, main])


def read_flat(data: bytes) -> Reading:
    """A FODT file, which is one XML document. Raises `Unreadable` (empty, damaged, bomb)."""
    if not data.strip():
        raise empty()
    root = parse_xml(data)
    return _reading("fodt", root, [root])


def _reading(form: str, main: Element, roots: list[Element]) -> Reading:
    body = next((text for body in main.iter("{*}body") for text in body if local(text) == "text"), None)
    if body is None:
        raise damaged("Die Datei ist kein OpenDocument-Text.")
    walk = _Walk(Styles(roots))
    _run(body, walk)
    if not any(block.text.strip() for block in walk.flow.blocks):
        raise empty()
    meta = about(roots) | _heads(roots, walk)
    blocks, more = cleaned(walk.flow.blocks)
    tool, blocks, meta = meetings.recognise(blocks, meta) or ("", blocks, meta)
    return Reading(form, "utf-8", blocks, tuple(warnings(walk.found) + more), meta, tool=tool)


def _heads(roots: list[Element], walk: _Walk) -> dict[str, str]:
    found: dict[str, list[str]] = {}
    for element in (e for root in roots for page in root.iter("{*}master-page") for e in page):
        key = HEADS.get(local(element).partition("-")[0], "")
        if key:
            head = _Walk(walk.styles, walk.found)
            _run(element, head)
            blocks, _ = cleaned(head.flow.blocks)
            found.setdefault(key, []).extend(line for block in blocks for line in block.text.split("\n"))
    return {key: text for key, lines in found.items() if (text := running(lines))}


def _count(element: Element, name: str, most: int) -> int:
    text = value(element, name)
    return min(max(int(text), 1), max(most, 1)) if text.isdecimal() and len(text) < 10 else 1


def _run(top: Element, walk: _Walk) -> None:
    events = etree.iterwalk(top, events=("start", "end", "comment", "pi"))
    for event, element in events:
        if element is top:
            continue
        if event == "start" and _skipped(element, walk):
            events.skip_subtree()
            walk.open.append(_Open("", walk.on))
        elif event == "start":
            _start(element, walk)
            _text(element.text, walk)
        else:
            _end(event, walk)
            _text(element.tail, walk)


def _skipped(element: Element, walk: _Walk) -> bool:
    """Whether an element holds no speech. What is deleted, hidden or beside the text is told."""
    name = local(element)
    if name == "tracked-changes":
        gone = any(text.strip() for deletion in element.iter("{*}deletion") for p in deletion for text in _words(p))
        walk.found.update({"deleted"} if gone else set())
    elif name in ("annotation", "note"):
        walk.found.add("comments" if name == "annotation" else "notes")
    elif name in ("hidden-text", "section"):
        hidden = value(element, "is-hidden") == "true" or (name == "section" and value(element, "display") == "none")
        walk.found.update({"hidden"} if hidden else set())
        return hidden
    elif name in NAMED:
        return not str(element.tag).endswith(":text:1.0}title")
    return name in SKIP or name.endswith("-source")


def _words(element: Element) -> list[str]:
    """The text of a deleted paragraph; who deleted it and when is none."""
    return [] if local(element) == "change-info" else [str(text) for text in element.itertext()]


def _start(element: Element, walk: _Walk) -> None:
    name = local(element)
    opened = _Open(name, walk.on)
    walk.open.append(opened)
    if name in ("p", "h", "table", "table-cell"):
        if walk.paragraph is not None or (name == "table-cell" and walk.rows):
            opened.flow, opened.paragraph = walk.flow, walk.paragraph
            walk.flow, walk.paragraph = Flow(), None
        if name in ("p", "h"):
            style = value(element, "style-name")
            shown = walk.styles.shown(style)
            walk.paragraph = _Paragraph(shown, HEADING if name == "h" else kind_of(shown))
            walk.on, walk.blank = walk.styles.print("paragraph", style), True
        elif name == "table-cell":
            opened.repeated = _count(element, "number-columns-repeated", MAX_REPEATED)
    elif name == "table-row":
        walk.rows.append([])
        opened.repeated = _count(element, "number-rows-repeated", MAX_REPEATED)
    elif name == "span":
        walk.on = walk.styles.print("text", value(element, "style-name"), walk.on)
    elif name == "s":
        _add(" " * _count(element, "c", MAX_BLANKS), walk)
    elif name in SIGNS:
        _add(SIGNS[name], walk)
    elif name == "hidden-paragraph" and walk.paragraph and value(element, "is-hidden") == "true":
        walk.paragraph.hidden = True


def _repeated(wanted: int, text: int, walk: _Walk) -> int:
    """How often a cell or row of so much text is to stand there, within what one file may repeat."""
    count = min(wanted, 1 + (MAX_REPEATED - walk.repeated) // (text + 1))
    walk.repeated += (count - 1) * (text + 1)
    return count


def _end(event: str, walk: _Walk) -> None:
    if event != "end":
        return  # comments neither open nor close
    closed = walk.open.pop()
    walk.on = closed.on
    if closed.name in ("p", "h") and walk.paragraph is not None:
        _end_paragraph(walk.paragraph, walk)
        walk.paragraph = None
    elif closed.name == "table-row" and walk.rows:
        cells = walk.rows.pop()
        for _ in range(_repeated(closed.repeated, sum(map(len, cells)) + len(cells), walk) if cells else 0):
            walk.flow.row(cells)
    if closed.flow is not None:
        inner, walk.flow, walk.paragraph = walk.flow, closed.flow, closed.paragraph
        if closed.name == "table-cell" and walk.rows:
            text = inner.as_cell()
            walk.rows[-1] += [text] * _repeated(closed.repeated, len(text), walk)
        else:
            walk.flow.boxes += inner.blocks


def _end_paragraph(paragraph: _Paragraph, walk: _Walk) -> None:
    flow = walk.flow
    if walk.blank and flow.parts and flow.parts[-1].endswith(" "):
        flow.parts[-1] = flow.parts[-1][:-1]
    if paragraph.hidden and "".join(flow.parts).strip():
        walk.found.add("hidden")
        flow.take()
    flow.paragraph(paragraph.style, paragraph.kind)
    walk.blank = False


def _text(text: str | None, walk: _Walk) -> None:
    """Text as it stands in the file, where any blank space is one blank, and none at the start of a paragraph."""
    if not text or walk.paragraph is None:
        return
    text = _BLANK.sub(" ", str(text))
    text = text[1:] if walk.blank and text[0] == " " else text
    if text:
        _add(text, walk)
        walk.blank = text[-1] == " "


def _add(text: str, walk: _Walk) -> None:
    if walk.paragraph is None:
        return
    walk.blank = False
    if walk.on.hidden:
        walk.found.update({"hidden"} if text.strip() else ())
    else:
        walk.flow.add(text, walk.on.bold, walk.on.italic)
