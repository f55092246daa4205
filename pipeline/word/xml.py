"""Blocks as WordprocessingML. All text is data: escaped, without signs that XML or a reader's eye cannot take."""

from __future__ import annotations

import re
from collections.abc import Mapping
from xml.sax.saxutils import escape, quoteattr

from pipeline.language import _, ngettext
from pipeline.word.blocks import Block, Heading, Points, Quote, Table, Text
from pipeline.wording import number

WIDTH = 9070  # twips: A4 without margins
_LETTER, _MARGINS, _LONGEST = 100, 170, 26  # twips: a letter of a table, both margins of a cell; letters of the longest word that is not broken
STYLES = {
    "text": "Normal", "lead": "Leitsatz", "note": "Hinweis", "caution": "Hinweis", "proposal": "Vorschlag", "caption": "Caption", "title": "Title", "subtitle": "Subtitle",
    "facts": "Titelangabe",
}  # fmt: skip
NAMESPACE = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
# What XML 1.0 forbids, and what turns the direction of writing, so that words would be seen in another order than they stand.
_FORBIDDEN = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]|[\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]")
_SPECIAL = re.compile("([\n\t\u00ad])")
_MARKS = {"\n": "<w:br/>", "\t": "<w:tab/>", "\u00ad": "<w:softHyphen/>"}


def clean(text: str) -> str:
    """Text that may stand in a document.

    >>> clean("a\\x00b\\u202etxet\\r\\nc")
    'abtxet\\nc'
    """
    return _FORBIDDEN.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))


def run(text: str, properties: str = "") -> str:
    """A run of text; line breaks, tabs and soft hyphens as Word writes them."""
    parts = [_MARKS.get(part) or f'<w:t xml:space="preserve">{escape(part)}</w:t>' for part in _SPECIAL.split(clean(text)) if part]
    return f"<w:r>{f'<w:rPr>{properties}</w:rPr>' if properties else ''}{''.join(parts)}</w:r>" if parts else ""


def paragraph(text: str, style: str = "Normal", more: str = "", properties: str = "") -> str:
    """A paragraph in a style given by its id; `more`: further properties of the paragraph."""
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{more}</w:pPr>{run(text, properties)}</w:p>'


def heading(block: Heading, mark: int) -> str:
    """A heading with a bookmark to which the contents lead."""
    name = f"_Toc{mark:06d}"
    inside = f'<w:bookmarkStart w:id="{mark}" w:name="{name}"/>{run(block.text)}<w:bookmarkEnd w:id="{mark}"/>'
    return f'<w:p><w:pPr><w:pStyle w:val="Heading{block.level}"/></w:pPr>{inside}</w:p>'


def contents(headings: list[tuple[Heading, int]]) -> str:
    """A table of contents that Word makes anew on F9; until then it holds the headings of the first two levels, as links."""
    shown = [(h, mark) for h, mark in headings if h.level < 3]
    start = '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText xml:space="preserve"> TOC \\o "1-2" \\h \\z \\u </w:instrText></w:r>'
    start += '<w:r><w:fldChar w:fldCharType="separate"/></w:r>'
    lines = []
    for n, (h, mark) in enumerate(shown):
        link = f'<w:hyperlink w:anchor="_Toc{mark:06d}" w:history="1">{run(h.text)}</w:hyperlink>'
        lines.append(f'<w:p><w:pPr><w:pStyle w:val="TOC{h.level}"/></w:pPr>{start if not n else ""}{link}</w:p>')
    return "".join(lines) + '<w:p><w:r><w:fldChar w:fldCharType="end"/></w:r></w:p>' if shown else ""


def widths(block: Table) -> list[int]:
    """Twips a column: none narrower than its longest word, as long as they fit; the rest by how much a column holds.

    >>> widths(Table("", ("Wort", "Satz"), (("a", "ein langer Satz mit vielen Wörtern"),)))[0] < 2000
    True
    """
    least, holds = [], []
    for n, head in enumerate(block.heads):
        cells = [row[n] for row in block.rows]
        word = max((len(part) * (1.1 if k == 0 else 1.0) for k, cell in enumerate((head, *cells)) for part in cell.split()), default=1.0)
        least.append(int(_MARGINS + min(word, _LONGEST) * _LETTER))
        holds.append(min(90.0, max(len(head) / 2, *(sum(map(len, cells)) / max(1, len(cells)), 1.0))))
    spare = WIDTH - sum(least)
    if spare < 0:
        return [WIDTH * size // sum(least) for size in least]
    return [size + int(spare * hold / sum(holds)) for size, hold in zip(least, holds, strict=True)]


def table(block: Table) -> str:
    """A table whose head stands on every page it reaches and whose rows are never cut."""
    style = "<w:i/>" if block.proposal else ""
    wide = widths(block)
    grid = "".join(f'<w:gridCol w:w="{w}"/>' for w in wide)
    look = '<w:tblLook w:val="0020" w:firstRow="1" w:lastRow="0" w:firstColumn="0" w:lastColumn="0" w:noHBand="1" w:noVBand="1"/>'
    described = f"<w:tblCaption w:val={quoteattr(clean(block.caption))}/>"
    out = [paragraph(block.caption, "Caption", "<w:keepNext/>", style)]
    out.append(f'<w:tbl><w:tblPr><w:tblStyle w:val="Berichtstabelle"/><w:tblW w:w="{WIDTH}" w:type="dxa"/>{look}{described}</w:tblPr><w:tblGrid>{grid}</w:tblGrid>')
    out.append(_row(block.heads, wide, block.numbers, style, head=True))
    out += [_row(row, wide, block.numbers, style) for row in block.rows]
    out.append("</w:tbl>")
    left = ngettext("Eine weitere Zeile steht in tables.xlsx.", "{n} weitere Zeilen stehen in tables.xlsx.", block.more).format(n=number(block.more).capitalize())
    out.append(paragraph(left if block.more else "", "Hinweis"))
    return "".join(out)


def _row(cells: tuple[str, ...], wide: list[int], numbers: frozenset[int], style: str, head: bool = False) -> str:
    out = [f"<w:tr><w:trPr><w:cantSplit/>{'<w:tblHeader/>' if head else ''}</w:trPr>"]
    for n, cell in enumerate(cells):
        right = '<w:jc w:val="right"/>' if n in numbers else ""
        out.append(f'<w:tc><w:tcPr><w:tcW w:w="{wide[n]}" w:type="dxa"/></w:tcPr>{paragraph(cell, "Tabellentext", right, style)}</w:tc>')
    return "".join(out) + "</w:tr>"


def quote(block: Quote) -> str:
    """A quote, kept on one page with its source."""
    words = block.words if block.withheld else _("„{words}“").format(words=block.words)
    source = " · ".join((block.source, _("Vorschlag, ungelesen"))) if block.proposal else block.source
    return paragraph(words, "Quote", "<w:keepNext/><w:keepLines/>") + paragraph(source, "Zitatquelle", "", "<w:i/>" if block.proposal else "")


def block(one: Block, marks: Mapping[int, int]) -> str:
    """Any block but a picture. `marks`: identity of a heading -> number of its bookmark."""
    if isinstance(one, Heading):
        return heading(one, marks[id(one)])
    if isinstance(one, Table):
        return table(one)
    if isinstance(one, Quote):
        return quote(one)
    if isinstance(one, Points):
        return "".join(paragraph(item, "ListBullet", "", "<w:i/>" if one.proposal else "") for item in one.items)
    assert isinstance(one, Text)
    return paragraph(one.text, STYLES[one.style])
