"""Opening HTML without trusting it: encoding, parser, bounds. Nothing is fetched, nothing is cut off silently."""

from __future__ import annotations

import re

from lxml import etree

from pipeline.readers.encoding import BOMS, Decoded, clean, decode
from pipeline.readers.instants import whole
from pipeline.readers.zipped import Element
from pipeline.reading import Unreadable, empty

MAX_TAGS = 1_000_000  # the parser needs some 100 bytes for each
MAX_TAG_WORDS = 20_000  # the parser compares each attribute of a tag with all others
CODECS = {"iso-8859-1": "cp1252", "latin1": "cp1252", "windows-1252": "cp1252", "iso-8859-15": "iso-8859-15",
          "iso-8859-9": "cp1254", "windows-1254": "cp1254", "iso-8859-2": "iso-8859-2", "windows-1250": "cp1250",
          "windows-1251": "cp1251", "macintosh": "mac_roman"}  # fmt: skip

_CHARSET = re.compile(rb"(?i)charset\s{0,5}=\s{0,5}[\"']?([\w-]{1,30})")
_TAG = re.compile(rb"<[^<>]*")


def decode_html(data: bytes) -> Decoded:
    """A page as text: UTF-8 wherever it can be, else as the page declares itself, else as it looks."""
    declared = _CHARSET.search(data[:4096])
    codec = CODECS.get(declared[1].decode("ascii", "replace").lower()) if declared else None
    if codec and not any(data.startswith(mark) for mark, _ in BOMS):
        try:
            data.decode("utf-8")
        except UnicodeDecodeError:
            text, warnings = clean(data.decode(codec, "replace"))
            return Decoded(text, codec, tuple(warnings))
    return decode(data)


def parse(text: str) -> Element:
    """The root of a page or piece of HTML. Raises `Unreadable` (empty, damaged, bomb)."""
    import lxml.html

    data = whole(text).encode("utf-8")
    if data.count(b"<") > MAX_TAGS or any(len(tag.group().split()) > MAX_TAG_WORDS for tag in _TAG.finditer(data)):
        advice = "Bitte nur den Text in ein neues Dokument kopieren und als DOCX speichern."
        raise Unreadable("failed", "bomb", "Die HTML-Seite enthält unmäßig viele Auszeichnungen.", advice)
    # Without huge_tree the parser silently ends after 256 levels; with it after 2048, which is told here.
    parser = lxml.html.HTMLParser(encoding="utf-8", no_network=True, huge_tree=True)
    try:
        root: Element = lxml.html.document_fromstring(data, parser=parser)
    except (etree.LxmlError, ValueError, AssertionError) as error:
        raise empty() from error  # nothing but blanks and comments
    if parser.error_log.filter_from_fatals():
        advice = "Bitte den Text in ein neues Dokument kopieren und als DOCX speichern."
        raise Unreadable("failed", "damaged", "Die HTML-Seite ist beschädigt oder zu tief verschachtelt.", advice)
    return root
