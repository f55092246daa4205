"""The parts of a Word document beside its text: styles, running heads, and what it says of itself."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from pipeline.readers.office import HEADS, running
from pipeline.readers.zipped import Element, member, parse_xml
from pipeline.reading import Unreadable

OFF = frozenset({"0", "false", "off", "none"})
RUNNING = re.compile(r"word/(header|footer)\d{0,4}\.xml$")
MAX_RUNNING = 100  # parts with running heads that are looked at; each section has six at most
BLACK = "000000"
TWIP = 2.54 / 1440  # cm
_COLOUR = re.compile(r"[0-9A-F]{6}")
_TWIPS = re.compile(r"-?\d{1,6}")
CORE = {"title": "titel", "creator": "autor", "lastModifiedBy": "zuletzt bearbeitet von"}


@dataclass
class Style:
    """A style: what people call it, the id of the style that it builds on, and its print."""

    name: str = ""
    base: str = ""
    on: dict[str, bool] = field(default_factory=dict)  # b, i, vanish where the style says so
    tint: str | None = None  # '' for black, None where the style says nothing
    indent: float | None = None  # cm


def local(element: Element) -> str:
    """An element's name without its namespace; `` for comments and the like."""
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def inner(element: Element | None, name: str) -> Element | None:
    """The first child of a name, or None."""
    return None if element is None else next((child for child in element if local(child) == name), None)


def attribute(element: Element | None, name: str = "val") -> str:
    """An attribute by its local name: transitional and strict documents differ in namespaces only."""
    if element is None:
        return ""
    return next((str(v) for k, v in element.attrib.items() if str(k).rpartition("}")[2] == name), "")


def in_fallback(element: Element, top: Element) -> bool:
    """Whether an element stands in a second version of a box, or in an inner box."""
    parent = element.getparent()
    while parent is not None and parent is not top:
        if local(parent) in ("Fallback", "txbxContent"):  # an inner box is read with its own paragraph
            return True
        parent = parent.getparent()
    return False


def continues(cell: Element) -> bool:
    """Whether a cell goes on with the one above or before it."""
    merge = inner(inner(cell, "tcPr"), "vMerge")
    across = inner(inner(cell, "tcPr"), "hMerge")
    return any(m is not None and attribute(m) != "restart" for m in (merge, across))


def toggles(properties: Element | None) -> dict[str, bool]:
    """Bold, italic and hidden, where properties of text say so."""
    found = {}
    for child in properties if properties is not None else ():
        name = local(child)
        if name in ("b", "i", "vanish"):
            found[name] = attribute(child).lower() not in OFF
    return found


def tint(properties: Element | None) -> str | None:
    """The colour of text (`0000FF`), '' for black or automatic, None where properties of text say nothing."""
    value = attribute(inner(properties, "color")).upper()
    return None if not value else "" if not _COLOUR.fullmatch(value) or value == BLACK else value


def indent(properties: Element | None) -> float | None:
    """The left indent in cm, or None where properties of a paragraph say nothing."""
    element = inner(properties, "ind")
    value = attribute(element, "left") or attribute(element, "start")
    return round(int(value) * TWIP, 2) if _TWIPS.fullmatch(value) else None


def inherited_layout(styles: dict[str, Style], style: str) -> tuple[str | None, float | None]:
    """Colour and indent of a style: its own or that of the nearest style below it."""
    colour: str | None = None
    left: float | None = None
    for _ in range(12):  # a chain that is longer goes round in circles
        if style not in styles:
            break
        found = styles[style]
        colour = found.tint if colour is None else colour
        left = found.indent if left is None else left
        style = found.base
    return colour, left


def read_styles(part: bytes | None) -> dict[str, Style]:
    """All styles by their id."""
    styles: dict[str, Style] = {}
    for element in parse_xml(part) if part else ():
        if local(element) == "style":
            name, base = attribute(inner(element, "name")), attribute(inner(element, "basedOn"))
            styles[attribute(element, "styleId")] = Style(
                name, base, toggles(inner(element, "rPr")), tint(inner(element, "rPr")), indent(inner(element, "pPr"))
            )
    return styles


def inherited(styles: dict[str, Style], style: str) -> dict[str, bool]:
    """The print of a style with that of all styles below it."""
    on: dict[str, bool] = {}
    for _ in range(12):  # a chain that is longer goes round in circles
        if style not in styles:
            break
        on = {**styles[style].on, **on}
        style = styles[style].base
    return on


def about(archive: zipfile.ZipFile, lines: Callable[[Element], Iterator[str]]) -> dict[str, str]:
    """Title and authors as Word keeps them, and running heads; `lines` reads the paragraphs of such a part.

    None of it is worth refusing a file for: parts that are damaged are passed over.
    """
    meta: dict[str, str] = {}
    core = _root(archive, "docProps/core.xml")
    for element in core if core is not None else ():
        key, text = CORE.get(local(element), ""), " ".join((element.text or "").split())
        meta.update({key: text} if key and text else {})
    found: dict[str, list[str]] = {}
    names = sorted(name for name in archive.namelist() if RUNNING.fullmatch(name))
    for name in names[:MAX_RUNNING]:
        root = _root(archive, name)
        if root is not None:
            key = HEADS["header" if "header" in name else "footer"]
            found.setdefault(key, []).extend(lines(root))
    return meta | {key: text for key, values in found.items() if (text := running(values))}


def _root(archive: zipfile.ZipFile, name: str) -> Element | None:
    try:
        part = member(archive, name)
        return parse_xml(part) if part else None
    except Unreadable:
        return None
