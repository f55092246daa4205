"""Word documents: an own walk over word/document.xml, so that final text, formatting and tables come out right.

Final state means: insertions stay, deletions go; what Word hides is not speech. Of all of this the person is told,
because hidden and deleted text often holds the very name that a mask replaced.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field, replace

from pipeline.readers.encoding import clean
from pipeline.readers.reading import HEADING, ROW, TEXT, Block, Reading, damaged, empty
from pipeline.readers.zipped import Element, member, open_zip, parse_xml

MAIN = ("word/document.xml", "word/document2.xml")  # the second name is Word for the web's
SKIP = frozenset({
    "del", "moveFrom", "Fallback", "instrText", "delText", "delInstrText", "rt", "pPr", "rPr", "tblPr", "tblGrid",
    "trPr", "tcPr", "sdtPr",
})  # fmt: skip
SIGNS = {"br": "\n", "cr": "\n", "tab": "\t", "ptab": "\t", "noBreakHyphen": "-"}  # softHyphen: nothing to be seen
OFF = frozenset({"0", "false", "off", "none"})
HEADING_STYLE = re.compile(r"(?i)^(?:heading|überschrift|title|titel|subtitle|untertitel)\b")

WARN = {
    "deleted": "Die Änderungsverfolgung enthält gelöschten Klartext; er wurde nicht gelesen. "
    "Vor einer Weitergabe bitte alle Änderungen annehmen.",
    "hidden": "Ausgeblendeter Text wurde nicht gelesen.",
    "comments": "Die Datei enthält Kommentare; sie wurden nicht gelesen. Sie können wirkliche Namen enthalten.",
    "notes": "Fuß- oder Endnoten wurden nicht gelesen.",
}


@dataclass
class _Style:
    name: str = ""
    base: str = ""
    on: dict[str, bool] = field(default_factory=dict)  # b, i, vanish where the style says so


@dataclass
class _Walk:
    """What the walk collects: blocks in reading order, found oddities, and counters for places."""

    styles: dict[str, _Style]
    blocks: list[Block] = field(default_factory=list)
    found: set[str] = field(default_factory=set)
    paragraphs: int = 0
    tables: int = 0


@dataclass
class _Paragraph:
    style: str
    parts: list[str] = field(default_factory=list)
    boxes: list[Element] = field(default_factory=list)
    seen: Counter[str] = field(default_factory=Counter)  # visible signs: all, b, i


def read(data: bytes) -> Reading:
    """A DOCX file; blocks are paragraphs (`Abs. n`, every paragraph of the body counted) and table rows (`Tab. n/row`).

    Raises `Unreadable` (empty, damaged, encrypted, bomb).
    """
    archive = open_zip(data)
    main = next((part for part in (member(archive, name) for name in MAIN) if part is not None), None)
    if main is None:
        raise damaged("Die Datei ist kein Word-Dokument.")
    walk = _Walk(_styles(member(archive, "word/styles.xml")))
    root = parse_xml(main)
    body = next((child for child in root if _name(child) == "body"), None)
    if body is None:
        raise damaged("Das Word-Dokument hat keinen Text.")
    _body(body, walk)
    if not any(block.text.strip() for block in walk.blocks):
        raise empty()
    names = set(archive.namelist())
    if "word/comments.xml" in names:
        walk.found.add("comments")
    if any(_name(e) in ("footnoteReference", "endnoteReference") for e in root.iter()):
        walk.found.add("notes")
    warnings = [text for key, text in WARN.items() if key in walk.found]
    blocks, more = _cleaned(walk.blocks)
    return Reading("docx", "utf-8", blocks, tuple(warnings + more))


def _cleaned(blocks: list[Block]) -> tuple[tuple[Block, ...], list[str]]:
    """The same cleaning of signs as for text files, told once for the whole document."""
    whole = "\n".join(block.text for block in blocks)
    if whole.isascii() and whole.isprintable():
        return tuple(blocks), []
    done = []
    for block in blocks:
        cells = tuple(clean(cell)[0] for cell in block.cells)
        done.append(replace(block, text=clean(block.text)[0], cells=cells))
    # Places in lines mean nothing in Word.
    return tuple(done), [re.sub(r", Zeile [\d, ]+(?: und weiteren)?", "", w) for w in clean(whole)[1]]


def _name(element: Element) -> str:
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def _child(element: Element | None, name: str) -> Element | None:
    return None if element is None else next((child for child in element if _name(child) == name), None)


def _value(element: Element | None, name: str = "val") -> str:
    """An attribute by its local name: transitional and strict documents differ in namespaces only."""
    if element is None:
        return ""
    return next((str(v) for k, v in element.attrib.items() if str(k).rpartition("}")[2] == name), "")


def _toggles(properties: Element | None) -> dict[str, bool]:
    found = {}
    for child in properties if properties is not None else ():
        name = _name(child)
        if name in ("b", "i", "vanish"):
            found[name] = _value(child).lower() not in OFF
    return found


def _styles(part: bytes | None) -> dict[str, _Style]:
    styles: dict[str, _Style] = {}
    for element in parse_xml(part) if part else ():
        if _name(element) == "style":
            name, base = _value(_child(element, "name")), _value(_child(element, "basedOn"))
            styles[_value(element, "styleId")] = _Style(name, base, _toggles(_child(element, "rPr")))
    return styles


def _inherited(styles: dict[str, _Style], style: str) -> dict[str, bool]:
    on: dict[str, bool] = {}
    for _ in range(12):  # a chain that is longer goes round in circles
        if style not in styles:
            break
        on = {**styles[style].on, **on}
        style = styles[style].base
    return on


def _body(parent: Element, walk: _Walk) -> None:
    for element in parent:
        name = _name(element)
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
    style = walk.styles.get(paragraph.style, _Style(paragraph.style)).name
    kind = HEADING if HEADING_STYLE.match(style) else TEXT
    total = paragraph.seen["all"] or 1
    bold, italic = paragraph.seen["b"] / total, paragraph.seen["i"] / total
    walk.blocks.append(Block(text, ref, kind, bold, italic, style=style))
    for box in paragraph.boxes:
        for inner in box.iter():
            if _name(inner) == "p" and not _in_fallback(inner, box):
                _paragraph(inner, walk, ref)


def _in_fallback(element: Element, top: Element) -> bool:
    parent = element.getparent()
    while parent is not None and parent is not top:
        if _name(parent) in ("Fallback", "txbxContent"):  # an inner box is read with its own paragraph
            return True
        parent = parent.getparent()
    return False


def _read_paragraph(element: Element, walk: _Walk) -> _Paragraph:
    properties = _child(element, "pPr")
    paragraph = _Paragraph(_value(_child(properties, "pStyle")))
    base = _inherited(walk.styles, paragraph.style)
    for child in element:
        _inline(child, walk, paragraph, base)
    return paragraph


def _inline(element: Element, walk: _Walk, paragraph: _Paragraph, base: dict[str, bool]) -> None:
    name = _name(element)
    if name in ("del", "moveFrom"):
        walk.found.add("deleted")
    elif name == "txbxContent":
        paragraph.boxes.append(element)
    elif name == "r":
        properties = _child(element, "rPr")
        on = {**base, **_inherited(walk.styles, _value(_child(properties, "rStyle"))), **_toggles(properties)}
        for child in element:
            _sign(child, walk, paragraph, on, base)
    elif name and name not in SKIP:
        for child in element:
            _inline(child, walk, paragraph, base)


def _sign(element: Element, walk: _Walk, paragraph: _Paragraph, on: dict[str, bool], base: dict[str, bool]) -> None:
    name = _name(element)
    text = (element.text or "") if name == "t" else SIGNS.get(name, "")
    if not text:
        if name not in ("t", "softHyphen"):
            _inline(element, walk, paragraph, base)  # drawings and pictures may hold text boxes
        return
    if on.get("vanish"):
        walk.found.update({"hidden"} if text.strip() else ())
        return
    paragraph.parts.append(text)
    visible = sum(not sign.isspace() for sign in text)
    paragraph.seen.update({"all": visible, "b": visible * on.get("b", False), "i": visible * on.get("i", False)})


def _table(element: Element, walk: _Walk) -> None:
    walk.tables += 1
    number = walk.tables
    for position, row in enumerate((r for r in _through(element, "tr")), 1):
        properties = _child(row, "trPr")
        if _child(properties, "del") is not None:
            walk.found.add("deleted")
            continue
        cells = tuple(_cell(cell, walk) for cell in _through(row, "tc") if not _continues(cell))
        walk.blocks.append(Block("\t".join(cells), f"Tab. {number}/{position}", ROW, cells=cells))


def _through(parent: Element, name: str) -> list[Element]:
    """Children of a name, also inside content controls and insertions, not inside an inner table."""
    found = []
    for child in parent:
        if _name(child) == name:
            found.append(child)
        elif _name(child) in ("sdt", "sdtContent", "ins", "customXml", "moveTo", "smartTag"):
            found += _through(child, name)
    return found


def _continues(cell: Element) -> bool:
    merge = _child(_child(cell, "tcPr"), "vMerge")
    across = _child(_child(cell, "tcPr"), "hMerge")
    return any(m is not None and _value(m) != "restart" for m in (merge, across))


def _cell(cell: Element, walk: _Walk) -> str:
    """A cell's text; its paragraphs, and the rows of a table inside it, are lines."""
    inner = _Walk(walk.styles, found=walk.found)
    _body(cell, inner)
    return "\n".join(block.text for block in inner.blocks).strip()
