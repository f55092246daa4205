"""PDF: pages to words, lines and paragraphs; what a page prints around its text is taken out and told.

A PDF knows no words and no paragraphs, only signs at places. All else is inferred and may err, so the reader says where
it had to guess: columns, turned writing, pages without text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from pipeline.readers.encoding import clean, placeless
from pipeline.reading import Block, Reading, Unreadable, empty

if TYPE_CHECKING:
    from pipeline.readers.pdf_lines import Layout
    from pipeline.readers.pdf_pages import Pages

HEADER = 1024  # bytes, within which a PDF must begin
TAIL = 2048  # bytes at the end, in which its end mark must stand
UNKNOWN_SHARE = 0.3  # of signs without a letter, from which on a text is no text
NAMED = 200  # code points of a title or author that are kept
AGAIN = "Bitte die PDF-Datei neu ausgeben oder das Transkript als DOCX speichern."

_TOOLS = ("f4", "MAXQDA", "noScribe", "aTrain", "oTranscribe", "Otter", "Amberscript", "ELAN", "EXMARaLDA", "QualCoder")
_TOOL = re.compile(r"(?i)\b(" + "|".join(_TOOLS) + r")(?:transkript|analyse|x)?\b")
_NAMELESS = re.compile(r"(?i)\W*(?:untitled|unbenannt|about:blank|anonymous|unspecified|unknown|none)?\W*")


def read(data: bytes) -> Reading:
    """A PDF file; blocks are paragraphs (`S. 2, Abs. 3`, or `S. 2, Z. 14` where lines are numbered in the margin), and
    rows of tables (`Tab. 1/3`).

    Raises `Unreadable` (empty, damaged, encrypted, scan, too_large, bomb, memory).
    """
    if not data.strip():
        raise empty()
    start = data.find(b"%PDF-", 0, HEADER)
    if start < 0:
        raise _damaged()
    try:
        return _read(data[start:])
    except Unreadable:
        raise
    except MemoryError as error:
        raise Unreadable("failed", "memory", "Die Datei braucht beim Lesen zu viel Speicher.", AGAIN) from error
    except Exception as error:
        # pdfminer raises whatever a flipped bit leads it to, from KeyError to AssertionError, besides its own two
        # families of errors; for all of them there is but one thing to say.
        raise _damaged() from error


def _damaged() -> Unreadable:
    return Unreadable("failed", "damaged", "Die PDF-Datei ist beschädigt und lässt sich nicht öffnen.", AGAIN)


def _scan(reason: str) -> Unreadable:
    advice = "Bitte mit Texterkennung (OCR) neu ausgeben oder das Transkript als DOCX oder TXT ablegen."
    return Unreadable("failed", "scan", reason, advice)


def _read(data: bytes) -> Reading:
    from pipeline.readers.pdf_blocks import blocks
    from pipeline.readers.pdf_lines import layout
    from pipeline.readers.pdf_margins import take_numbers, take_running
    from pipeline.readers.pdf_pages import pages
    from pipeline.readers.pdf_tables import around, parts

    opened = pages(data)
    if len(opened.failed) == len(opened.words):
        raise _damaged()  # no page at all, or none that could be read
    done = layout(opened.words)
    take_running(done, len(opened.words))
    take_numbers(done)
    raw = [b for p in parts(done) for b in (p.blocks() if p.rows else blocks(around(done, p)))]
    whole = "\n".join(block.text for block in raw)
    if not whole.strip():
        raise _scan("Scan ohne Textebene: In der PDF-Datei stehen keine Buchstaben, nur Bilder von ihnen.")
    if whole.count("\ufffd") > UNKNOWN_SHARE * len(whole):
        raise _scan("Die Schrift der PDF-Datei lässt sich nicht in Buchstaben übersetzen.")
    warnings = list(_warnings(opened, done))
    if b"%%EOF" not in data[-TAIL:]:
        warnings.append("Der PDF-Datei fehlt ihr Ende. Bitte prüfen, ob der Schluss des Gesprächs da ist.")
    # Places in lines mean nothing in a PDF.
    warnings += placeless(clean(whole)[1])
    return Reading("pdf", "utf-8", _cleaned(raw), tuple(warnings), _meta(opened.info, done), tool=_tool(opened.info))


def _cleaned(raw: list[Block]) -> tuple[Block, ...]:
    return tuple(
        replace(block, text=clean(block.text)[0], cells=tuple(clean(cell)[0] for cell in block.cells)) for block in raw
    )


def _warnings(opened: Pages, done: Layout) -> Iterator[str]:
    if opened.failed:
        where = _some(opened.failed)
        yield f"Seiten, die sich nicht oder nicht ganz lesen ließen: {len(opened.failed)} ({where}). Bitte prüfen."
    bare = [n for n, words in enumerate(opened.words, 1) if not words and n not in opened.failed]
    if bare:
        yield f"Seiten ohne Text: {len(bare)} ({_some(bare)}). Bitte prüfen, ob dort etwas als Bild steht."
    if opened.promised > len(opened.words):
        yield (
            f"Die PDF-Datei nennt {opened.promised} Seiten, lesbar waren {len(opened.words)}. "
            "Bitte prüfen, ob sie vollständig ist."
        )
    if done.columns:
        where = _some(done.columns)
        yield f"Seiten mit zwei Spalten: {len(done.columns)} ({where}). Bitte prüfen, ob die Reihenfolge stimmt."
    if opened.turned:
        yield f"Zeichen in gedrehter Schrift (etwa ein Wasserzeichen), die nicht gelesen wurden: {opened.turned}."
    if opened.comments:
        yield "Die PDF-Datei enthält Kommentare; sie wurden nicht gelesen. Sie können wirkliche Namen enthalten."


def _some(numbers: list[int]) -> str:
    return "Seite " + ", ".join(map(str, numbers[:8])) + (" und weitere" if len(numbers) > 8 else "")


def _meta(info: dict[str, str], done: Layout) -> dict[str, str]:
    """Title and author as the file gives them, and what stood on all pages, once."""
    meta = {name: clean(info.get(key, ""))[0][:NAMED] for key, name in (("Title", "titel"), ("Author", "autor"))}
    meta = {name: value for name, value in meta.items() if not _NAMELESS.fullmatch(value)}
    running = {"kopfzeile": done.heads, "fusszeile": done.feet}
    return meta | {name: " ".join(clean(" | ".join(lines))[0].split()) for name, lines in running.items() if lines}


def _tool(info: dict[str, str]) -> str:
    match = _TOOL.search(f"{info.get('Creator', '')} {info.get('Producer', '')}"[:400])
    return next((name for name in _TOOLS if match and name.lower() == match[1].lower()), "")
