"""Looking at XML without trusting it: by local names, without recursion, with advice that fits transcription programs.

Namespaces are ignored on purpose: drafts, standards and programs differ in them while the names stay the same.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.readers.encoding import decode
from pipeline.readers.zipped import Element, parse_xml
from pipeline.reading import Unreadable

OPEN, SAID, CLOSE = "open", "said", "close"  # what `walk` meets
NOTHING: frozenset[str] = frozenset()
ADVICE = "Bitte im Programm, aus dem die Datei stammt, öffnen und neu speichern."

_DECLARATION = re.compile(r"\s{0,200}<\?xml[^>]{0,200}\?>")
_ID = re.compile(r"\sxml:id=")
_FOLDER = re.compile(r"^.*[/\\]", re.DOTALL)
_PLAIN_ID = re.compile(r"[A-Za-z]{0,8}[_.\-]?\d{1,9}")


def parse(data: bytes) -> tuple[Element, list[str]]:
    """The root of an XML file and German warnings. Raises `Unreadable` (damaged, bomb).

    What fails for control signs, a wrong encoding or ids given twice is tried once more as cleaned text.
    """
    try:
        return parse_xml(data.lstrip(b" \t\r\n")), []
    except Unreadable as error:
        first = Unreadable(error.status, error.code, error.reason, ADVICE)
    if first.code != "damaged" or b"<!ENTITY" in data[:65_536].replace(b"\x00", b""):
        raise first
    try:
        text = _ID.sub(" id=", _DECLARATION.sub("", decode(data).text, count=1))
        root = parse_xml(text.strip().encode("utf-8", "replace"))
    except Unreadable:
        raise first from None
    return root, [
        "Die Datei enthält Fehler (Zeichen, Kodierung oder Kennungen) und wurde berichtigt; bitte die Umlaute prüfen."
    ]


def encoding(root: Element) -> str:
    """The encoding that the file declares, in small letters."""
    return (root.getroottree().docinfo.encoding or "utf-8").lower()


def name(element: Element) -> str:
    """An element's name without namespace; '' for comments and the like."""
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def attr(element: Element | None, local: str) -> str:
    """An attribute by its local name, stripped; '' where it is missing."""
    if element is None:
        return ""
    inside = "}" + local
    return next((str(v).strip() for k, v in element.attrib.items() if k == local or str(k).endswith(inside)), "")


def below(root: Element, *names: str) -> Iterator[Element]:
    """All elements of these names below (and including) an element, in document order."""
    wanted = frozenset(names)
    return (element for element in root.iter() if name(element) in wanted)


def first(root: Element | None, *names: str) -> Element | None:
    """The first element of one of these names below an element, or None."""
    return None if root is None else next(below(root, *names), None)


def walk(top: Element) -> Iterator[tuple[str, Element, str]]:
    """What stands inside an element in reading order: (open | said | close, element, text).

    Comments are passed over, the text behind them is not. Works on any depth.
    """
    if top.text:
        yield SAID, top, top.text
    line = [(top, iter(top))]
    while line:
        element, children = line[-1]
        child = next(children, None)
        if child is None:
            line.pop()
            if line:
                yield CLOSE, element, ""
                if element.tail:
                    yield SAID, line[-1][0], element.tail
        elif isinstance(child.tag, str):
            yield OPEN, child, ""
            if child.text:
                yield SAID, child, child.text
            line.append((child, iter(child)))
        elif child.tail:
            yield SAID, element, child.tail


def said(element: Element | None, skip: frozenset[str] = NOTHING) -> str:
    """All text inside an element, as it stands there, without that of the elements named in `skip`."""
    if element is None:
        return ""
    parts, hidden = [], 0
    for kind, inner, text in walk(element):
        if kind == SAID and not hidden:
            parts.append(text)
        elif kind != SAID and name(inner) in skip:
            hidden += 1 if kind == OPEN else -1
    return "".join(parts)


def bare(path: str) -> str:
    r"""A file's name without its folders, which often hold the names of persons.

    >>> bare("file:///C:Krause/B03.wav"), bare(r"C:\Aufnahmen\B03.wav")
    ('B03.wav', 'B03.wav')
    """
    return _FOLDER.sub("", path.strip())


def place(element: Element, what: str, number: int) -> str:
    """Where something stands: its id where that is a plain one (`c12`), else its number. Ids may hold names.

    >>> from lxml import etree
    >>> place(etree.fromstring('<u id="au1"/>'), "Beitrag", 3), place(etree.fromstring('<u id="Krause1"/>'), "Beitrag", 3)
    ('au1', 'Beitrag 3')
    """
    found = attr(element, "id")
    return found if _PLAIN_ID.fullmatch(found) and not found[:1].isupper() else f"{what} {number}"
