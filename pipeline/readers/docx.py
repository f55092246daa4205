"""Word documents: an own walk over word/document.xml, so that final text, formatting and tables come out right.

Final state means: insertions stay, deletions go; what Word hides is not speech. Of all of this the person is told,
because hidden and deleted text often holds the very name that a mask replaced.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

from pipeline.readers import meetings
from pipeline.readers.docx_parts import (
    Style,
    about,
    attribute,
    continues,
    in_fallback,
    indent,
    inherited,
    inherited_layout,
    inner,
    local,
    read_styles,
    tint,
    toggles,
)  # fmt: skip
from pipeline.readers.encoding import clean
from pipeline.readers.office import (
    BOXES,
    MAX_BOXES,
    UNKNOWN_SYMBOL,
    Boxes,
    cleaned,
    in_place,
    kind_of,
    parted,
    symbol,
    warnings,
)  # fmt: skip
from pipeline.readers.zipped import Element, member, open_zip, parse_xml
from pipeline.reading import ROW, Block, Reading, damaged, empty

MAIN = ("word/document.xml", "word/document2.xml")  # the second name is Word for the web's
SKIP = frozenset({
    "del", "moveFrom", "Fallback", "instrText", "delText", "delInstrText", "rt", "pPr", "rPr", "tblPr", "tblGrid",
    "trPr", "tcPr", "sdtPr",
})  # fmt: skip
TINTED = 0.8  # share of a paragraph's signs in one colour, from which on it has that colour
SIGNS = {"br": "\n", "cr": "\n", "tab": "\t", "ptab": "\t", "noBreakHyphen": "-"}  # softHyphen: nothing to be seen


@dataclass
class _Walk:
    """What the walk collects: blocks in reading order, text boxes, found oddities, and counters for places."""

    styles: dict[str, Style]
    blocks: list[Block] = field(default_factory=list)
    boxes: Boxes = field(default_factory=list)
    aside: list[str] = field(default_factory=list)  # text of boxes in cells that is no speech
    found: set[str] = field(default_factory=set)
    paragraphs: int = 0
    tables: int = 0


@dataclass
class _Paragraph:
    style: str
    parts: list[str] = field(default_factory=list)
    boxes: list[Element] = field(default_factory=list)
    seen: Counter[str] = field(default_factory=Counter)  # visible signs: all, b, i
    tints: Counter[str] = field(default_factory=Counter)  # visible signs of each colour
    tint: str = ""  # that of its style
    indent: float = 0.0


def read(data: bytes) -> Reading:
    """A DOCX file; blocks are paragraphs (`Abs. n`, every paragraph of the body counted) and table rows (`Tab. n/row`).

    Raises `Unreadable` (empty, damaged, encrypted, bomb).
    """
    archive = open_zip(data)
    main = next((part for part in (member(archive, name) for name in MAIN) if part is not None), None)
    if main is None:
        raise damaged("Die Datei ist kein Word-Dokument.")
    walk = _Walk(read_styles(member(archive, "word/styles.xml")))
    root = parse_xml(main)
    body = next((child for child in root if local(child) == "body"), None)
    if body is None:
        raise damaged("Das Word-Dokument hat keinen Text.")
    _body(body, walk)
    placed, aside = parted(walk.blocks, walk.boxes)
    if not any(block.text.strip() for block in placed):
        raise empty()
    aside += walk.aside
    walk.found.update({"boxes"} if aside else ())
    names = set(archive.namelist())
    if "word/comments.xml" in names:
        walk.found.add("comments")
    if any(local(e) in ("footnoteReference", "endnoteReference") for e in root.iter()):
        walk.found.add("notes")
    meta = about(archive, lambda part: _lines(part, walk))
    meta |= {BOXES: clean("\n".join(aside))[0][:MAX_BOXES]} if aside else {}
    blocks, more = cleaned(placed)
    tool, blocks, meta = meetings.recognise(blocks, meta) or ("", blocks, meta)
    return Reading("docx", "utf-8", blocks, tuple(warnings(walk.found) + more), meta, tool=tool)


def _lines(part: Element, walk: _Walk) -> Iterator[str]:
    """The lines of a running head. What is deleted or hidden there is told like that of the body."""
    head = _Walk(walk.styles, found=walk.found)
    _body(part, head)
    blocks, _ = cleaned(in_place(head.blocks, head.boxes))
    return (line for block in blocks for line in block.text.split("\n"))


def _body(parent: Element, walk: _Walk) -> None:
    for element in parent:
        name = local(element)
        if name == "p":
            walk.paragraphs += 1
            _paragraph(element, walk, f"Abs. {walk.paragraphs}")
        elif name == "tbl":
            _table(element, walk)
        elif name in ("del", "moveFrom"):
            walk.found.add("deleted")
        elif name not in SKIP:
            _body(element, walk)  # content controls, insertions and whatever else wraps paragraphs


def _paragraph(element: Element, walk: _Walk, ref: str) -> None:
    paragraph = _read_paragraph(element, walk)
    text = "".join(paragraph.parts)
    style = walk.styles.get(paragraph.style, Style(paragraph.style)).name
    total = paragraph.seen["all"] or 1
    bold, italic = paragraph.seen["b"] / total, paragraph.seen["i"] / total
    colour, signs = next(iter(paragraph.tints.most_common(1)), ("", 0))
    colour = colour if signs >= TINTED * total else ""
    walk.blocks.append(
        Block(text, ref, kind_of(style), bold, italic, style=style, tint=colour, indent=paragraph.indent)
    )
    for box in paragraph.boxes:
        inside = _Walk(walk.styles, found=walk.found)
        for boxed in box.iter():
            if local(boxed) == "p" and not in_fallback(boxed, box):
                _paragraph(boxed, inside, ref)
        walk.boxes.append((len(walk.blocks), in_place(inside.blocks, inside.boxes)))


def _read_paragraph(element: Element, walk: _Walk) -> _Paragraph:
    properties = inner(element, "pPr")
    paragraph = _Paragraph(attribute(inner(properties, "pStyle")))
    colour, left = inherited_layout(walk.styles, paragraph.style)
    own = indent(properties)
    paragraph.tint, paragraph.indent = colour or "", (left or 0.0) if own is None else own
    base = inherited(walk.styles, paragraph.style)
    for child in element:
        _inline(child, walk, paragraph, base)
    return paragraph


def _inline(element: Element, walk: _Walk, paragraph: _Paragraph, base: dict[str, bool]) -> None:
    name = local(element)
    if name in ("del", "moveFrom"):
        walk.found.add("deleted")
    elif name == "txbxContent":
        paragraph.boxes.append(element)
    elif name == "r":
        properties = inner(element, "rPr")
        on = {**base, **inherited(walk.styles, attribute(inner(properties, "rStyle"))), **toggles(properties)}
        colour = _tint(properties, walk, paragraph)
        for child in element:
            _sign(child, walk, paragraph, on, base, colour)
    elif name and name not in SKIP:
        for child in element:
            _inline(child, walk, paragraph, base)


def _tint(properties: Element | None, walk: _Walk, paragraph: _Paragraph) -> str:
    """The colour of a run: its own, or that of its style, or that of its paragraph's."""
    own = tint(properties)
    if own is None:
        own = inherited_layout(walk.styles, attribute(inner(properties, "rStyle")))[0]
    return paragraph.tint if own is None else own


def _sign(
    element: Element, walk: _Walk, paragraph: _Paragraph, on: dict[str, bool], base: dict[str, bool], colour: str
) -> None:
    name = local(element)
    text = (element.text or "") if name == "t" else SIGNS.get(name, "")
    if name == "sym":
        text = _symbol(element, walk)
    if not text:
        if name not in ("t", "softHyphen"):
            _inline(element, walk, paragraph, base)  # drawings and pictures may hold text boxes
        return
    if on.get("vanish"):
        walk.found.update({"hidden"} if text.strip() else ())
        return
    paragraph.parts.append(text)
    visible = sum(not sign.isspace() for sign in text)
    paragraph.tints[colour] += visible
    paragraph.seen.update({"all": visible, "b": visible * on.get("b", False), "i": visible * on.get("i", False)})


def _symbol(element: Element, walk: _Walk) -> str:
    try:
        sign = symbol(int(attribute(element, "char"), 16))
    except ValueError:
        sign = UNKNOWN_SYMBOL
    walk.found.update({"symbols"} if sign == UNKNOWN_SYMBOL else ())
    return sign


def _table(element: Element, walk: _Walk) -> None:
    walk.tables += 1
    number = walk.tables
    for position, row in enumerate((r for r in _through(element, "tr")), 1):
        properties = inner(row, "trPr")
        if inner(properties, "del") is not None:
            walk.found.add("deleted")
            continue
        cells = tuple(_cell(cell, walk) for cell in _through(row, "tc") if not continues(cell))
        walk.blocks.append(Block("\t".join(cells), f"Tab. {number}/{position}", ROW, cells=cells))


def _through(parent: Element, name: str) -> list[Element]:
    """Children of a name, also inside content controls and insertions, not inside an inner table."""
    found = []
    for child in parent:
        if local(child) == name:
            found.append(child)
        elif local(child) in ("sdt", "sdtContent", "ins", "customXml", "moveTo", "smartTag"):
            found += _through(child, name)
    return found


def _cell(cell: Element, walk: _Walk) -> str:
    """A cell's text; its paragraphs, and the rows of a table inside it, are lines."""
    inner = _Walk(walk.styles, found=walk.found)
    _body(cell, inner)
    blocks, aside = parted(inner.blocks, inner.boxes)
    walk.aside += aside + inner.aside
    return "\n".join(block.text for block in blocks).strip()
