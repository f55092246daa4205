"""What word processors' documents have in common: paragraphs and table rows as blocks, warnings, running heads."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from pipeline.labels.lexicon import lookup
from pipeline.labels.shapes import STRONG, parse
from pipeline.readers.encoding import clean, placeless
from pipeline.reading import HEADING, ROW, TEXT, Block

HEADING_STYLE = re.compile(r"(?i)^(?:heading|überschrift|title|titel|subtitle|untertitel)\b")

WARN = {
    "deleted": "Die Änderungsverfolgung enthält gelöschten Klartext; er wurde nicht gelesen. "
    "Vor einer Weitergabe bitte alle Änderungen annehmen.",
    "hidden": "Ausgeblendeter Text wurde nicht gelesen.",
    "comments": "Die Datei enthält Kommentare; sie wurden nicht gelesen. Sie können wirkliche Namen enthalten.",
    "notes": "Fuß- oder Endnoten wurden nicht gelesen.",
    "boxes": "Textfelder wurden nicht als Rede gelesen; ihr Text steht unter »textfelder«. "
    "Bitte prüfen, ob dort jemand spricht.",
    "symbols": "Symbole einer Sonderschrift wurden durch »□« ersetzt.",
    "codepage": "Die Zeichentabelle der Datei ist nicht bekannt; bitte die Umlaute prüfen.",
    "cut": "Die Datei ist nicht vollständig oder fehlerhaft gespeichert; gelesen wurde, was zu lesen war. "
    "Bitte das Ende des Textes prüfen.",
}
HEADS = {"header": "kopfzeile", "footer": "fusszeile"}  # what is printed on every page, and its key in `Reading.meta`
BOXES = "textfelder"  # the key in `Reading.meta` of text boxes that are no speech
MAX_BOXES = 20_000  # code points that are kept of all of them together
REPEATED = 2  # paragraphs that begin with a label, from which on a box may begin with it
MAX_HEAD = 2_000  # code points that are kept of all running heads together

# Signs of the fonts Symbol and Wingdings, by their code without the leading F0.
SYMBOLS = {
    0x4A: "☺", 0x4B: "😐", 0x4C: "☹", 0x6C: "●", 0x6E: "■", 0x76: "❖", 0x9F: "•", 0xA7: "▪", 0xA8: "◻", 0xB7: "•",
    0xD8: "➢", 0xDF: "←", 0xE0: "→", 0xE8: "➔", 0xFB: "✗", 0xFC: "✓",
}  # fmt: skip
UNKNOWN_SYMBOL = "□"


def warnings(found: set[str]) -> list[str]:
    """The German warnings of what was found, in one order for all formats."""
    return [text for key, text in WARN.items() if key in found]


def kind_of(style: str) -> str:
    """Whether a paragraph of a style is a heading or text."""
    return HEADING if HEADING_STYLE.match(style) else TEXT


def running(lines: Iterable[str]) -> str:
    """Running heads as one text: each line once, in order."""
    return "\n".join(dict.fromkeys(" ".join(line.split()) for line in lines if line.strip()))[:MAX_HEAD]


Boxes = list[tuple[int, list[Block]]]  # text boxes, each as its blocks, and before which block of the text they stand


def in_place(blocks: list[Block], boxes: Boxes) -> list[Block]:
    """A text with its boxes where they are anchored; these stand in order."""
    found: list[Block] = []
    last = 0
    for at, box in boxes:
        found += [*blocks[last:at], *box]
        last = at
    return found + blocks[last:]


def parted(blocks: list[Block], boxes: Boxes) -> tuple[list[Block], list[str]]:
    """A text with those of its boxes that are speech, and the text of the others.

    Boxes are notes of whoever laid out the document, unless they open with a label or hold all there is.
    """
    if not any(block.text.strip() for block in blocks):
        return in_place(blocks, boxes), []
    heads = (parse(block.text) for block in blocks) if boxes else ()
    counts = Counter(head.name for head in heads if head is not None and head.shape in STRONG)
    spoken: Boxes = []
    aside: list[str] = []
    for at, box in boxes:
        text = "\n".join(block.text for block in box if block.text.strip())
        head = parse(text.partition("\n")[0])
        entry = lookup(head.name) if head is not None and head.shape in STRONG else None
        if head is not None and ((entry is not None and entry.strong) or counts[head.name] >= REPEATED):
            spoken.append((at, box))
        elif text.strip():
            aside.append(text)
    return in_place(blocks, spoken), aside


def symbol(code: int) -> str:
    """The sign for a code of a symbol font.

    >>> symbol(0xF0FC), symbol(0x4A), symbol(0x01)
    ('✓', '☺', '□')
    """
    return SYMBOLS.get(code & 0xFF, UNKNOWN_SYMBOL)


def cleaned(blocks: Iterable[Block]) -> tuple[tuple[Block, ...], list[str]]:
    """The same cleaning of signs as for text files, told once for the whole document."""
    blocks = tuple(blocks)
    whole = "\n".join(block.text for block in blocks)
    if _is_plain(whole):
        return blocks, []
    done = []
    for block in blocks:
        if _is_plain(block.text):
            done.append(block)
        else:
            cells = tuple(clean(cell)[0] for cell in block.cells)
            done.append(replace(block, text=clean(block.text)[0], cells=cells))
    # Places in lines mean nothing in a document.
    return tuple(done), placeless(clean(whole)[1])


def _is_plain(text: str) -> bool:
    """Whether there is nothing to clean: most paragraphs without umlauts."""
    return text.isascii() and text.replace("\n", " ").replace("\t", " ").isprintable()


@dataclass
class Flow:
    """A stream of paragraphs and table rows that becomes blocks: the body, a cell, a text box or a running head.

    Paragraphs are counted with empty ones (`Abs. n`); neighbouring rows are one table (`Tab. n/row`).
    """

    blocks: list[Block] = field(default_factory=list)
    parts: list[str] = field(default_factory=list)
    boxes: list[Block] = field(default_factory=list)
    seen: list[int] = field(default_factory=lambda: [0, 0, 0])  # visible signs: all, bold, italic
    paragraphs: int = 0
    tables: int = 0
    rows: int = 0

    def add(self, text: str, bold: bool = False, italic: bool = False) -> None:
        """Append text to the open paragraph."""
        self.parts.append(text)
        visible = sum(map(len, text.split()))
        self.seen[0] += visible
        self.seen[1] += visible * bold
        self.seen[2] += visible * italic

    def take(self) -> str:
        """The open paragraph's text, which is closed by this."""
        text = "".join(self.parts)
        self.parts, self.seen = [], [0, 0, 0]
        return text

    def paragraph(self, style: str = "", kind: str = "") -> None:
        """Close the open paragraph as a block; text boxes that are anchored in it follow it."""
        self.rows = 0
        self.paragraphs += 1
        ref, total = f"Abs. {self.paragraphs}", self.seen[0] or 1
        bold, italic = self.seen[1] / total, self.seen[2] / total
        self.blocks.append(Block(self.take(), ref, kind or kind_of(style), bold, italic, style=style))
        self.blocks += [replace(box, ref=ref) for box in self.boxes]
        self.boxes = []

    def row(self, cells: Iterable[str]) -> None:
        """Append a table row."""
        cells = tuple(cells)
        self.tables += not self.rows
        self.rows += 1
        ref = f"Tab. {self.tables}/{self.rows}"
        self.blocks.append(Block("\t".join(cells), ref, ROW, cells=cells))
        self.blocks += [replace(box, ref=ref) for box in self.boxes]
        self.boxes = []

    def as_cell(self) -> str:
        """All of it as the text of one cell; its paragraphs, and the rows of an inner table, are lines."""
        return "\n".join(block.text for block in self.blocks).strip()
