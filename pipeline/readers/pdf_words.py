"""From the marks on a page to words: what is upright and visible, each sign once, with place, size and style.

Places are points (1/72 inch) from the left and from the top of the page; `y` is the line on which letters stand.
"""

from __future__ import annotations

import math
import re
import unicodedata
from dataclasses import dataclass
from typing import Any

from pdfminer.pdfdevice import PDFTextDevice
from pdfminer.pdffont import PDFFont, PDFUnicodeNotDefined
from pdfminer.pdfinterp import PDFResourceManager
from pdfminer.pdfpage import PDFPage

MAX_SIGNS = 4_000_000  # in one document; 600 close-printed pages have some 3,000,000
MAX_FIGURES = 100_000  # drawings in one document, which may contain each other
MAX_PLACE = 20_000  # points; the largest page that PDF allows is 14,400 wide
TURNED = 0.1  # slope, from which on writing is taken for turned; a scan that lies askew has less
GAP = 0.17  # of the size, from which on two signs belong to two words
SAME = 0.12  # of the size, and at most one point, within which the same sign is the same one printed twice

BOLD = re.compile(r"(?i)bold|black|heavy|demi|fett|^(?:[A-Z]{6}\+)?cmb")
ITALIC = re.compile(r"(?i)italic|oblique|kursiv|slanted|^(?:[A-Z]{6}\+)?cm(?:ti|sl|bxti)")
LIGATURES = {"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st"}
ACCENTS = {"\u00a8": "\u0308", "\u00b4": "\u0301", "\u02d9": "\u0307", "\u00b8": "\u0327"}  # TeX prints them apart


class TooMuch(Exception):
    """More signs or drawings than any transcript has."""


@dataclass(slots=True)
class Sign:
    """A letter, or what the font makes of one sign (`fi`), from `x0` to `x1`; a blank has a text of blanks."""

    text: str
    x0: float
    x1: float
    y: float
    size: float
    bold: bool
    italic: bool


@dataclass(slots=True)
class Word:
    """Signs without a gap. `bold`, `italic` count signs; `blanks` are typed ones before the word."""

    text: str
    x0: float
    x1: float
    y: float
    size: float
    bold: int
    italic: int
    blanks: int


class Device(PDFTextDevice):
    """Takes what the interpreter shows. `signs` are the page's; `turned` counts signs of all pages."""

    def __init__(self, manager: PDFResourceManager) -> None:
        super().__init__(manager)
        self.signs: list[Sign] = []
        self.height = 0.0
        self.turned = self.seen = self.figures = self.page = 0
        self.heavy = False
        self._styles: dict[int, tuple[PDFFont, bool, bool]] = {}

    def begin_page(self, page: PDFPage, ctm: Any) -> None:
        x0, y0, x1, y1 = page.mediabox
        self.page += 1
        height = abs(x1 - x0 if page.rotate in (90, 270) else y1 - y0)
        self.height = height if height < MAX_PLACE else 0.0  # with a mad size, places from the bottom do as well
        self.signs = []

    def begin_figure(self, name: str, bbox: Any, matrix: Any) -> None:
        self.figures += 1
        if self.figures > MAX_FIGURES:
            raise TooMuch

    def render_string(self, textstate: Any, seq: Any, ncs: Any, graphicstate: Any) -> None:
        self.heavy = textstate.render == 2  # letters are filled and drawn around: bold where the font has no bold
        super().render_string(textstate, seq, ncs, graphicstate)

    def render_char(
        self, matrix: Any, font: PDFFont, fontsize: float, scaling: float, rise: float, cid: int, ncs: Any, graphicstate: Any
    ) -> float:  # fmt: skip
        self.seen += 1
        if self.seen > MAX_SIGNS:
            raise TooMuch
        width = font.char_width(cid) * fontsize * scaling
        try:
            text = font.to_unichr(cid)
        except PDFUnicodeNotDefined:
            text = "\ufffd"
        a, b, c, d, x, y = matrix
        size = abs(fontsize) * math.hypot(c, d)
        x1, y = x + width * a, self.height - y - rise * d
        if not (1 <= size < MAX_PLACE and abs(x) < MAX_PLACE and abs(y) < MAX_PLACE and abs(x1) < MAX_PLACE):
            return float(width)  # nothing to be seen; also where a place is no number
        if abs(b) > TURNED * abs(a) or a * fontsize <= 0:
            self.turned += not text.isspace()
            return float(width)
        bold, italic = self._style(font)
        leans = abs(c) > TURNED * abs(d) and abs(b) < 0.01 * abs(a)
        self.signs.append(Sign(LIGATURES.get(text, text), x, x1, y, size, bold or self.heavy, italic or leans))
        return float(width)

    def _style(self, font: PDFFont) -> tuple[bool, bool]:
        known = self._styles.get(id(font))
        if known is None:
            name = str(font.fontname)
            # The font is kept, so that no other one can get its id.
            known = self._styles[id(font)] = (
                font,
                bool(BOLD.search(name)),
                bool(ITALIC.search(name)) or bool(font.italic_angle),
            )
        return known[1:]


def words(signs: list[Sign]) -> list[Word]:
    """The words of a page in the order in which it prints them. Changes the signs: what is printed twice is bold."""
    found: list[Word] = []
    word: Word | None = None
    blanks = 0
    for sign in _once(signs):
        if not sign.text.strip():
            blanks += len(sign.text)
            word = None
        elif word is not None and _accent(word, sign):
            continue
        elif word is not None and _goes_on(word, sign):
            word.text += sign.text
            word.x1 = max(word.x1, sign.x1)
            word.bold += sign.bold * len(sign.text)
            word.italic += sign.italic * len(sign.text)
        else:
            count = len(sign.text)
            word = Word(sign.text, sign.x0, sign.x1, sign.y, sign.size, sign.bold * count, sign.italic * count, blanks)
            found.append(word)
            blanks = 0
    return found


def _goes_on(word: Word, sign: Sign) -> bool:
    gap = sign.x0 - word.x1
    return abs(sign.y - word.y) < 0.2 * word.size and -0.5 * word.size < gap < GAP * max(word.size, sign.size)


def _accent(word: Word, sign: Sign) -> bool:
    """Join an accent that is printed over its letter, before or after it. Whether it was one."""
    if sign.x0 > word.x1 - 0.05 * sign.size or abs(sign.y - word.y) > 0.5 * sign.size:
        return False
    last = word.text[-1]
    if sign.text in ACCENTS and last.isalpha():
        whole = last + ACCENTS[sign.text]
    elif last in ACCENTS and sign.text.isalpha():
        whole = sign.text[0] + ACCENTS[last] + sign.text[1:]
        word.y = sign.y
    else:
        return False
    word.text = word.text[:-1] + unicodedata.normalize("NFC", whole)
    word.x1 = max(word.x1, sign.x1)
    return True


def _once(signs: list[Sign]) -> list[Sign]:
    """The signs without those printed a second time over themselves, which is how some programs print bold."""
    kept: list[Sign] = []
    at: dict[tuple[str, int, int], Sign] = {}
    for sign in signs:
        if not sign.text.strip():
            kept.append(sign)
            continue
        column, row = math.floor(sign.x0), math.floor(sign.y)
        near = min(1.0, SAME * sign.size)
        twin = None
        for key in _around(sign.text, column, row):
            other = at.get(key)
            if other is not None and abs(other.x0 - sign.x0) <= near and abs(other.y - sign.y) <= near:
                twin = other
                break
        if twin is not None:
            twin.bold = True
        else:
            at[sign.text, column, row] = sign
            kept.append(sign)
    return kept


def _around(text: str, column: int, row: int) -> list[tuple[str, int, int]]:
    return [(text, column + dx, row + dy) for dx in (0, -1, 1) for dy in (0, -1, 1)]
