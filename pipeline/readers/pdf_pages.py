"""Opening a PDF without trusting it, and taking the words from its pages."""

from __future__ import annotations

import io
import logging
import re
import zlib
from dataclasses import dataclass, field
from typing import Any

from pdfminer.pdfdocument import PDFDocument, PDFEncryptionError, PDFPasswordIncorrect
from pdfminer.pdfinterp import PDFPageInterpreter, PDFResourceManager
from pdfminer.pdfpage import PDFPage
from pdfminer.pdfparser import PDFParser
from pdfminer.pdftypes import resolve1
from pdfminer.utils import decode_text

from pipeline.readers.pdf_words import Device, TooMuch, Word, words
from pipeline.readers.zipped import MAX_RATIO, MAX_TOTAL, RATIO_FROM, encrypted
from pipeline.reading import Unreadable

MAX_PAGES = 600
MAX_LOOKUPS = 2_000_000  # of objects; 600 pages need some 60,000, and objects that lead in circles have no end
PIECE = 65_536  # bytes that are unpacked at once
SILENT = frozenset({"Link", "Widget", "Popup"})  # annotations that are no comments

_STREAM = re.compile(rb"stream\r?\n")


@dataclass
class Pages:
    """`words` of each page; numbers of pages that `failed`; how many signs were `turned` and not read.

    `comments`: whether people wrote in the margin. `promised`: pages that the file says it has; 0 where it says nothing.
    `info`: what the file says of itself, such as Title and Author.
    """

    words: list[list[Word]] = field(default_factory=list)
    failed: list[int] = field(default_factory=list)
    turned: int = 0
    comments: bool = False
    promised: int = 0
    info: dict[str, str] = field(default_factory=dict)


class _Document(PDFDocument):
    """A document that ends the search where objects lead in circles."""

    lookups = 0

    def getobj(self, objid: int) -> object:
        self.lookups += 1
        if self.lookups > MAX_LOOKUPS:
            raise TooMuch
        return super().getobj(objid)


def pages(data: bytes) -> Pages:
    """All pages. Raises `Unreadable` (encrypted, too_large, bomb), and whatever pdfminer raises for what is broken."""
    # pdfminer tells of oddities by logging, in words of the file.
    logging.getLogger("pdfminer").setLevel(logging.CRITICAL)
    _refuse_bomb(data)
    try:
        document = _Document(PDFParser(io.BytesIO(data)))
    except (PDFPasswordIncorrect, PDFEncryptionError) as error:
        raise encrypted() from error
    found = Pages(promised=_promised(document), info=_info(document))
    manager = PDFResourceManager()
    device = Device(manager)
    for number, page in enumerate(PDFPage.create_pages(document), 1):
        if number > MAX_PAGES:
            advice = "Bitte jedes Interview als eigene Datei ablegen."
            raise Unreadable("failed", "too_large", f"Die PDF-Datei hat mehr als {MAX_PAGES} Seiten.", advice)
        found.words.append(_words(page, device, PDFPageInterpreter(manager, device), found.failed))
        found.comments = found.comments or _commented(page)
    found.turned = device.turned
    return found


def _words(page: PDFPage, device: Device, interpreter: PDFPageInterpreter, failed: list[int]) -> list[Word]:
    device.signs = []
    try:
        interpreter.process_page(page)
    except (TooMuch, MemoryError):
        raise
    except Exception:
        # One broken page must not cost the others, and pdfminer raises anything at all; which page it was is told.
        failed.append(device.page)
    return words(device.signs)


def _refuse_bomb(data: bytes) -> None:
    """Raise `Unreadable` where a part unpacks without measure. Pictures are left out: they are never unpacked."""
    total = 0
    for match in _STREAM.finditer(data):
        head = data[max(0, match.start() - 400) : match.start()].rpartition(b" obj")[2]
        if (b"Flate" not in head and b"/Fl" not in head) or b"/Image" in head:
            continue
        end = data.find(b"endstream", match.end())
        packed, size = _unpacked(data, match.end(), len(data) if end < 0 else end, MAX_TOTAL - total)
        total += size
        if total > MAX_TOTAL or (size > RATIO_FROM and size > MAX_RATIO * packed):
            advice = "Bitte den Text in ein neues, leeres Dokument kopieren und als DOCX speichern."
            raise Unreadable("failed", "bomb", "Die Datei wird beim Entpacken unmäßig groß.", advice)


def _unpacked(data: bytes, start: int, end: int, most: int) -> tuple[int, int]:
    """The bytes of a part, packed and unpacked; no more than about `most` bytes are unpacked."""
    stream = zlib.decompressobj()
    size = 0
    try:
        for at in range(start, end, PIECE):
            piece = data[at : min(at + PIECE, end)]
            while piece and size <= most and not stream.eof:
                size += len(stream.decompress(piece, 4 * PIECE))
                piece = stream.unconsumed_tail
    except zlib.error:
        pass  # encrypted or broken; the latter shows when it is read
    return end - start, size


def _promised(document: PDFDocument) -> int:
    root = resolve1(document.catalog.get("Pages"))
    count = resolve1(root.get("Count")) if isinstance(root, dict) else 0
    return count if isinstance(count, int) else 0


def _info(document: PDFDocument) -> dict[str, str]:
    found: dict[str, str] = {}
    for info in document.info:
        for key in ("Title", "Author", "Creator", "Producer"):
            value: Any = resolve1(info.get(key)) if isinstance(info, dict) else None
            if isinstance(value, bytes):
                found.setdefault(key, " ".join(decode_text(value).split()))
    return found


def _commented(page: PDFPage) -> bool:
    """Whether somebody wrote comments on the page or marked it."""
    notes = resolve1(page.annots)
    for note in notes[:1000] if isinstance(notes, list) else ():
        entry = resolve1(note)
        kind = resolve1(entry.get("Subtype")) if isinstance(entry, dict) else None
        if kind is not None and str(getattr(kind, "name", "Link")) not in SILENT:
            return True
    return False
