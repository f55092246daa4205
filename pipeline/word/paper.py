"""The file `report.docx`: page, styles, head and foot, and the blocks; the same blocks give the same bytes."""

from __future__ import annotations

import datetime
import io
import zipfile
from collections.abc import Sequence
from typing import Any

from pipeline.charts import draw
from pipeline.language import _, current
from pipeline.word import xml
from pipeline.word.blocks import Block, Heading, Picture

_DATE = datetime.datetime(2026, 1, 1, tzinfo=datetime.UTC).replace(tzinfo=None)  # fixed: equal inputs, equal bytes
_ZIP_DATE = (2026, 1, 1, 0, 0, 0)
_FONT, _BLUE = "Calibri", "1F4E5F"
_WIDE, _HIGH = 5_760_000, 7_560_000  # English Metric Units: the most that a picture takes of a page
_LANGUAGES = {"de": "de-DE", "en": "en-GB"}
# id, name, based on, next: properties of the paragraph and of its letters
_OWN_STYLES = (
    ("Hinweis", '<w:spacing w:after="80"/>', '<w:color w:val="404040"/><w:sz w:val="19"/>'),
    ("Vorschlag", '<w:spacing w:before="120" w:after="80"/>', '<w:i/><w:color w:val="5A4A00"/>'),
    ("Zitatquelle", '<w:keepLines/><w:spacing w:after="160"/><w:ind w:left="567"/>', '<w:color w:val="404040"/><w:sz w:val="18"/>'),
    ("Seitenrand", "", '<w:color w:val="404040"/><w:sz w:val="16"/>'),
    ("Tabellentext", '<w:spacing w:before="20" w:after="20" w:line="240" w:lineRule="auto"/>', '<w:sz w:val="18"/>'),
    ("Leitsatz", '<w:keepNext/><w:spacing w:after="120"/>', '<w:i/><w:sz w:val="24"/>'),
    ("Titelangabe", '<w:spacing w:after="60"/>', '<w:sz w:val="24"/>'),
)  # fmt: skip
_LINE = '<w:{side} w:val="single" w:sz="4" w:space="0" w:color="8C9AA3"/>'
_TABLE_STYLE = (
    f'<w:style xmlns:w="{xml.NAMESPACE}" w:type="table" w:customStyle="1" w:styleId="Berichtstabelle"><w:name w:val="Berichtstabelle"/><w:basedOn w:val="TableNormal"/>'
    "<w:tblPr><w:tblBorders>" + "".join(_LINE.format(side=side) for side in ("top", "bottom", "insideH")) + "</w:tblBorders>"
    '<w:tblCellMar><w:left w:w="70" w:type="dxa"/><w:right w:w="70" w:type="dxa"/></w:tblCellMar></w:tblPr>'
    '<w:tblStylePr w:type="firstRow"><w:rPr><w:b/></w:rPr><w:tcPr><w:shd w:val="clear" w:color="auto" w:fill="E7EDF3"/><w:vAlign w:val="bottom"/></w:tcPr></w:tblStylePr></w:style>'
)  # fmt: skip


def build(title: str, front: Sequence[Block], body: Sequence[Block]) -> bytes:
    """`front`: the title page; then the contents, then `body`. Returns the file's bytes."""
    from docx import Document

    made = Document()
    _styles(made)
    _page(made, title)
    _properties(made, title)
    for child in list(made.element.body)[:-1]:
        made.element.body.remove(child)
    marks = {id(b): n for n, b in enumerate((b for b in body if isinstance(b, Heading)), 1)}
    _add(made, "".join(xml.block(b, marks) for b in front))
    heads = [(b, marks[id(b)]) for b in body if isinstance(b, Heading)]
    told = _("Seitenzahlen: in Word in das Verzeichnis klicken und F9 drücken.")
    _add(made, xml.paragraph(_("Inhalt"), "TOCHeading", "<w:pageBreakBefore/>") + xml.contents(heads) + xml.paragraph(told, "Hinweis"))
    waiting: list[str] = []
    for one in body:
        if isinstance(one, Picture):
            _add(made, "".join(waiting))
            waiting = []
            _picture(made, one)
        else:
            waiting.append(xml.block(one, marks))
    _add(made, "".join(waiting))
    out = io.BytesIO()
    made.save(out)
    return rezipped(out.getvalue())


def _add(made: Any, inside: str) -> None:
    """Paragraphs and tables at the end of the document, before the properties of its section."""
    from lxml import etree

    root = etree.fromstring(f'<w:body xmlns:w="{xml.NAMESPACE}">{inside}</w:body>'.encode(), etree.XMLParser(huge_tree=True, resolve_entities=False))
    end = made.element.body[-1]
    for child in list(root):
        end.addprevious(child)


def _styles(made: Any) -> None:
    from docx.oxml import parse_xml
    from docx.shared import Pt, RGBColor

    styles = made.styles
    normal = styles["Normal"]
    normal.font.name, normal.font.size = _FONT, Pt(11)
    normal.paragraph_format.space_after, normal.paragraph_format.line_spacing = Pt(6), 1.12
    for level, size in ((1, 18), (2, 14), (3, 12)):
        head = styles[f"Heading {level}"]
        head.font.name, head.font.size, head.font.color.rgb = _FONT, Pt(size), RGBColor.from_string(_BLUE)
        head.paragraph_format.keep_with_next = True
        _plain_fonts(head.element, _FONT)
    styles["Heading 1"].paragraph_format.page_break_before = True
    for name in ("Title", "Subtitle"):
        styles[name].font.name, styles[name].font.color.rgb = _FONT, RGBColor.from_string(_BLUE)
        _plain_fonts(styles[name].element, _FONT)
    styles["Caption"].font.color.rgb = RGBColor.from_string("404040")
    quote = styles["Quote"]
    quote.font.size = Pt(10.5)
    quote.font.italic, quote.font.color.rgb = False, RGBColor.from_string("202020")
    quote.paragraph_format.left_indent, quote.paragraph_format.space_after = Pt(28), Pt(2)
    for key, paragraph, letters in _OWN_STYLES:
        styles.element.append(_style(key, paragraph, letters))
    for level in (1, 2, 3):
        styles.element.append(_style(f"TOC{level}", f'<w:tabs><w:tab w:val="right" w:leader="dot" w:pos="{xml.WIDTH}"/></w:tabs><w:spacing w:after="40"/><w:ind w:left="{220 * (level - 1)}"/>', "", f"toc {level}"))
    styles.element.append(parse_xml(_TABLE_STYLE))
    _language(made)


def _style(key: str, paragraph: str, letters: str, name: str = "") -> Any:
    from docx.oxml import parse_xml

    own = ' w:customStyle="1"' if not name else ""
    return parse_xml(
        f'<w:style xmlns:w="{xml.NAMESPACE}" w:type="paragraph"{own} w:styleId="{key}"><w:name w:val="{name or key}"/><w:basedOn w:val="Normal"/>'
        f"<w:qFormat/><w:pPr>{paragraph}</w:pPr><w:rPr>{letters}</w:rPr></w:style>"
    )


def _plain_fonts(style: Any, font: str) -> None:
    """The template names fonts by its theme, which would win over a name."""
    from docx.oxml.ns import qn

    for fonts in style.iter(qn("w:rFonts")):
        for key in list(fonts.attrib):
            if key.endswith("Theme"):
                del fonts.attrib[key]
        for part in ("ascii", "hAnsi", "cs", "eastAsia"):
            fonts.set(qn(f"w:{part}"), font)


def _language(made: Any) -> None:
    """The language of spelling and hyphenation."""
    from docx.oxml import parse_xml
    from docx.oxml.ns import qn

    tag = _LANGUAGES[current()]
    for lang in list(made.styles.element.iter(qn("w:lang"))):
        lang.set(qn("w:val"), tag)
    settings = made.settings.element
    for lang in settings.iter(qn("w:themeFontLang")):
        lang.set(qn("w:val"), tag)
    before = settings.find(qn("w:defaultTabStop"))
    if before is not None:
        before.addnext(parse_xml(f'<w:autoHyphenation xmlns:w="{xml.NAMESPACE}"/>'))


def _page(made: Any, title: str) -> None:
    """A4 with a note in the head, and title and page in the foot."""
    from docx.oxml import parse_xml
    from docx.shared import Cm

    section = made.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = Cm(2.5)
    section.top_margin, section.bottom_margin = Cm(2.5), Cm(2.2)
    note = _("Interne Ausgabe: enthält Zitate im Wortlaut, nicht zur Weitergabe.")
    page, of = _("Seite"), _("von")
    foot = xml.run(f"{title} · {page} ") + _field("PAGE") + xml.run(f" {of} ") + _field("NUMPAGES")
    for part, inside in ((section.header, xml.run(note)), (section.footer, foot)):
        part.is_linked_to_previous = False
        own = part.paragraphs[0]._p
        new = parse_xml(f'<w:p xmlns:w="{xml.NAMESPACE}"><w:pPr><w:pStyle w:val="Seitenrand"/><w:jc w:val="center"/></w:pPr>{inside}</w:p>')
        own.getparent().replace(own, new)


def _field(name: str) -> str:
    return f'<w:fldSimple w:instr=" {name} "><w:r><w:t>1</w:t></w:r></w:fldSimple>'


def _properties(made: Any, title: str) -> None:
    known = made.core_properties
    known.title, known.author, known.last_modified_by, known.comments = xml.clean(title)[:255], "", "", ""
    known.created = known.modified = _DATE
    known.revision, known.language = 1, _LANGUAGES[current()]
    rels = made.part.package.rels
    for key in [k for k, rel in rels.items() if rel.reltype.endswith("/thumbnail")]:
        del rels[key]


def _picture(made: Any, one: Picture) -> None:
    """The drawing as it would be printed, with words for those who cannot see it; its caption stays with it."""
    _add(made, xml.paragraph(one.title, "Caption", "<w:keepNext/>"))
    parts = draw.parts(one.svg)
    for n, svg in enumerate(parts, 1):
        _drawing(made, one, svg, n == len(parts))
    _add(made, xml.paragraph(one.caption, "Hinweis") if one.caption else "")


def _drawing(made: Any, one: Picture, svg: str, last: bool) -> None:
    """One drawing of a picture; the last is followed by the picture's caption."""
    from docx.oxml.ns import qn

    data = drawn(svg)
    own = made.add_paragraph()
    shape = own.add_run().add_picture(io.BytesIO(data))
    factor = min(_WIDE / shape.width, _HIGH / shape.height)
    shape.width, shape.height = int(shape.width * factor), int(shape.height * factor)
    described = shape._inline.find(qn("wp:docPr"))
    described.set("descr", xml.clean(one.alt or one.title))
    described.set("title", xml.clean(one.title))
    described.set("name", xml.clean(one.title)[:60])
    own.paragraph_format.keep_with_next = last and bool(one.caption)


def drawn(svg: str) -> bytes:
    """A drawing as PNG, twice as fine as on the screen."""
    import vl_convert

    return bytes(vl_convert.svg_to_png(svg, scale=2))


def rezipped(data: bytes) -> bytes:
    """The same parts in the order of their names and with a fixed date; what a reader looks for first comes first."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in sorted(old.namelist(), key=lambda n: (n != "[Content_Types].xml", n)):
            entry = zipfile.ZipInfo(name, _ZIP_DATE)
            entry.compress_type, entry.external_attr, entry.create_system = zipfile.ZIP_DEFLATED, 0o600 << 16, 3
            new.writestr(entry, old.read(name))
    return out.getvalue()
