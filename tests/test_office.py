"""Documents of word processors: RTF, OpenDocument, what Word keeps beside the text, and transcripts of meetings."""

from __future__ import annotations

import io
import json
import time
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from striprtf.striprtf import rtf_to_text

from pipeline.readers import docx, meetings, odt, rtf, text
from pipeline.readers.office import Flow, running
from pipeline.reading import Block, Reading, Unreadable
from pipeline.speakers.turns import read_turns

HERE = Path(__file__).parent / "cases"
SAMPLES = Path(__file__).parents[2] / "shared" / "samples"
RTF = json.loads((HERE / "readers_rtf.json").read_text(encoding="utf-8"))
ODT = json.loads((HERE / "readers_odt.json").read_text(encoding="utf-8"))
shared = pytest.mark.skipif(not SAMPLES.exists(), reason="the sample files are not here")

SPACES = {
    "office": "office:1.0", "text": "text:1.0", "table": "table:1.0", "draw": "drawing:1.0", "style": "style:1.0",
    "fo": "xsl-fo-compatible:1.0", "svg": "svg-compatible:1.0", "meta": "meta:1.0",
}  # fmt: skip
XMLNS = " ".join(f"xmlns:{k}='urn:oasis:names:tc:opendocument:xmlns:{v}'" for k, v in SPACES.items())
XMLNS += " xmlns:dc='http://purl.org/dc/elements/1.1/'"
W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def packed(**parts: str) -> bytes:
    """A zip container; `__` in names for `/`, `_xml` for `.xml`."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name.replace("__", "/").replace("_xml", ".xml"), content)
    return out.getvalue()


def rich(text: str, head: str = "\\ansi\\ansicpg1252", codec: str = "latin-1", close: str = "}") -> bytes:
    between = "" if head.endswith("}") else " "
    return f"{{\\rtf1{head}{between}{text}{close}".encode(codec)


def text_style(name: str, properties: str, family: str = "text", more: str = "") -> str:
    inner = f"<style:text-properties {properties}/>" if properties else ""
    return f"<style:style style:name='{name}' style:family='{family}' {more}>{inner}</style:style>"


AUTOMATIC = (
    text_style("B", "fo:font-weight='bold'") + text_style("N", "fo:font-weight='normal'")
    + text_style("W", "fo:font-weight='700'") + text_style("H", "text:display='none'")
    + text_style("P1", "fo:font-style='italic'", "paragraph", "style:parent-style-name='Frage'")
)  # fmt: skip
NAMED = (
    text_style("Frage", "fo:font-weight='bold'", "paragraph") + text_style("Heading_20_1", "", "paragraph")
    + text_style("K1", "", "paragraph", "style:parent-style-name='K2'")
    + text_style("K2", "", "paragraph", "style:parent-style-name='K1'")
)  # fmt: skip
PAGES = (
    "<style:master-page><style:header><text:p>Projekt <text:s/>X</text:p></style:header>"
    "<style:header-left><text:p>Projekt X</text:p></style:header-left>"
    "<style:footer><text:p>Seite <text:page-number>1</text:page-number></text:p></style:footer></style:master-page>"
)
ABOUT = (
    "<dc:title>Interview 3</dc:title><meta:initial-creator>Krause</meta:initial-creator><dc:creator>Lehn</dc:creator>"
)


def odt_parts(body: str) -> dict[str, str]:
    content = f"<office:automatic-styles>{AUTOMATIC}</office:automatic-styles>"
    content += f"<office:body><office:text>{body}</office:text></office:body>"
    return {
        "styles": f"<office:styles>{NAMED}</office:styles><office:master-styles>{PAGES}</office:master-styles>",
        "content": content, "meta": f"<office:meta>{ABOUT}</office:meta>",
    }  # fmt: skip


def open_document(body: str, **more: str) -> bytes:
    parts = {f"{k}_xml": f"<office:document-{k} {XMLNS}>{v}</office:document-{k}>" for k, v in odt_parts(body).items()}
    return packed(mimetype="application/vnd.oasis.opendocument.text", **parts, **more)


def flat(body: str) -> bytes:
    parts = odt_parts(body)
    whole = parts["meta"] + parts["styles"] + parts["content"]
    return f"<?xml version='1.0'?><office:document {XMLNS}>{whole}</office:document>".encode()


def check(reading: Reading, case: dict[str, Any]) -> None:
    assert [block.text for block in reading.blocks] == case["blocks"]
    if "refs" in case:
        assert [block.ref for block in reading.blocks] == case["refs"]
    if "styles" in case:
        assert [block.style for block in reading.blocks] == case["styles"]
    first = reading.blocks[0]
    for name in ("bold", "italic"):
        assert getattr(first, name) == pytest.approx(case.get(name, 0.0), abs=0.001), name
    for name in ("style", "kind"):
        assert getattr(first, name) == case.get(name, getattr(first, name)), name
    if "cells" in case:
        assert first.cells == tuple(case["cells"])
    assert len(reading.warnings) == ("warns" in case), reading.warnings
    assert case.get("warns", "") in "".join(reading.warnings)


@pytest.mark.parametrize("case", RTF, ids=lambda case: case["name"])
def test_rtf(case: dict[str, Any]) -> None:
    head = case.get("head", "\\ansi\\ansicpg1252")
    data = rich(case["rtf"], head, case.get("codec", "latin-1"), "" if "open" in case else "}")
    reading = rtf.read(data)
    check(reading, case)
    assert reading.format == "rtf"
    assert reading.encoding == case.get("encoding", reading.encoding)
    assert reading.meta == case.get("meta", {})
    assert reading.tool == case.get("tool", "")


@pytest.mark.parametrize("case", [case for case in RTF if "plain" in case], ids=lambda case: case["name"])
def test_rtf_reads_the_text_that_another_reader_reads(case: dict[str, Any]) -> None:
    data = rich(case["rtf"], case.get("head", "\\ansi\\ansicpg1252"))
    other = rtf_to_text(data.decode("latin-1"), encoding=case.get("encoding", "cp1252"))
    assert "\n".join(block.text for block in rtf.read(data).blocks).split() == other.split()


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "empty"), (b" \r\n\x00", "empty"), (rich(""), "empty"), (rich("\\par\\par {\\b  }"), "empty"),
        (b"Guten Tag", "damaged"), (b"{\\rtf1\\ansi{\\fonttbl{\\f0 Ari", "damaged"), (b"{\\rtf1\\ansi\\", "damaged"),
    ],
)  # fmt: skip
def test_rtf_that_is_none(data: bytes, code: str) -> None:
    with pytest.raises(Unreadable) as caught:
        rtf.read(data)
    assert caught.value.code == code


def test_rtf_without_end_of_depth() -> None:
    """Groups are closed again where they were opened, however deep they lie."""
    deep = "{\\b " * 30_000 + "x" + "}" * 30_000
    reading = rtf.read(rich(f"a{deep}\\par b"))
    assert [(block.text, block.bold) for block in reading.blocks] == [("ax", 0.5), ("b", 0.0)]
    assert reading.warnings == ()
    assert rtf.read(rich("a" + "{" * 300_000, close="")).blocks[0].text == "a"
    assert rtf.read(rich("a" + "}" * 300_000 + "b")).blocks[0].text == "ab"


def test_rtf_with_too_many_paragraphs(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rtf, "MAX_BREAKS", 100)
    with pytest.raises(Unreadable) as caught:
        rtf.read(rich("\\par" * 101))
    assert caught.value.code == "bomb"


def test_rtf_takes_time_by_its_length_only() -> None:
    lines = "\\b I:\\b0  K\\'f6nnen Sie (...) {\\cf1 #00:00:12-4#}\\par\n" * 20_000
    start = time.perf_counter()
    reading = rtf.read(rich(lines + "x" * 600_000))
    assert len(reading.blocks) == 20_001
    assert time.perf_counter() - start < 20


def test_rtf_turns_by_bold_labels_and_marks() -> None:
    text = "\\b I:\\b0  Wie war es?\\cf1  #00:00:12-4#\\par\\par\\b B:\\b0  Sch\\'f6n.\\cf1  #00:00:20-0#\\par"
    turns = read_turns(rtf.read(rich(text))).turns
    assert [(t.speaker, t.t_start, t.t_end) for t in turns] == [("I", None, 12.4), ("B", 12.4, 20.0)]


def test_rtf_table_of_speech() -> None:
    row = "\\trowd\\cellx1\\cellx2\\pard\\intbl {}\\cell {}\\cell\\row"
    rows = [("I", "Wie war das?"), ("B", "Gut war das."), ("I", "Und dann?"), ("B", "Nichts.")]
    found = read_turns(rtf.read(rich("".join(row.format(*pair) for pair in rows) + "\\pard")))
    assert [(turn.speaker, turn.text) for turn in found.turns] == rows


@pytest.mark.parametrize("case", ODT, ids=lambda case: case["name"])
def test_odt(case: dict[str, Any]) -> None:
    for reading, form in ((odt.read(open_document(case["body"])), "odt"), (odt.read_flat(flat(case["body"])), "fodt")):
        check(reading, case)
        assert reading.format == form
        assert reading.meta == {
            "titel": "Interview 3", "autor": "Krause", "zuletzt bearbeitet von": "Lehn", "kopfzeile": "Projekt X",
            "fusszeile": "Seite 1",
        }  # fmt: skip


def test_odt_repeated_columns_are_bounded() -> None:
    cell = "<table:table-cell table:number-columns-repeated='999999999'><text:p>a</text:p></table:table-cell>"
    row = f"<table:table-row table:number-rows-repeated='16384'>{cell * 3}</table:table-row>"
    reading = odt.read(open_document(f"<table:table>{row * 5}</table:table>"))
    assert 15 < sum(len(block.text) for block in reading.blocks) <= 4 * odt.MAX_REPEATED
    blanks = odt.read(open_document("<text:p>a<text:s text:c='999999999'/>b<text:s text:c='-5'/>c</text:p>"))
    assert blanks.blocks[0].text == "a" + " " * odt.MAX_BLANKS + "b c"


def test_odt_with_a_password() -> None:
    manifest = "<manifest:manifest xmlns:manifest='m'><manifest:encryption-data/></manifest:manifest>"
    with pytest.raises(Unreadable) as caught:
        odt.read(open_document("<text:p>Ja</text:p>", **{"META-INF__manifest_xml": manifest}))
    assert caught.value.code == "encrypted"


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (packed(mimetype="x"), "damaged"), (open_document(""), "empty"), (open_document("<text:p> </text:p>"), "empty"),
        (b"PK\x03\x04", "damaged"), (packed(content_xml="<a/>"), "damaged"), (packed(content_xml="<a>"), "damaged"),
        (open_document("<text:p>x</text:p>")[:400], "damaged"),
        (packed(content_xml="<!DOCTYPE a [<!ENTITY x 'y'>]><a>&x;</a>"), "damaged"),
        (open_document("<text:span>" * 50_000 + "</text:span>" * 50_000), "damaged"),
    ],
)  # fmt: skip
def test_odt_that_is_none(data: bytes, code: str) -> None:
    with pytest.raises(Unreadable) as caught:
        odt.read(data)
    assert caught.value.code == code


@pytest.mark.parametrize("data", [b"", b"  ", b"<a/>", b"<a>", b"\xff\xfe", flat("")])
def test_fodt_that_is_none(data: bytes) -> None:
    with pytest.raises(Unreadable):
        odt.read_flat(data)


def test_odt_without_its_other_parts() -> None:
    content = f"<office:document-content {XMLNS}><office:body><office:text><text:p>Ja</text:p></office:text></office:body></office:document-content>"
    assert odt.read(packed(content_xml=content)).blocks[0].text == "Ja"
    assert odt.read(packed(content_xml=content, styles_xml="<kaputt")).meta == {}


def word(body: str, **parts: str) -> bytes:
    return packed(word__document_xml=f"<w:document xmlns:w='{W}'><w:body>{body}</w:body></w:document>", **parts)


def paragraph(text: str) -> str:
    return (
        "<w:p><w:r>"
        + "<w:br/>".join(f"<w:t xml:space='preserve'>{line}</w:t>" for line in text.split("\n"))
        + "</w:r></w:p>"
    )


def head(name: str, body: str) -> str:
    return f"<w:{name} xmlns:w='{W}'>{body}</w:{name}>"


def test_word_running_heads_and_properties() -> None:
    core = (
        "<c:coreProperties xmlns:c='c' xmlns:dc='http://purl.org/dc/elements/1.1/'><dc:title>Gespräch\n 3</dc:title>"
        "<dc:creator>Krause</dc:creator><c:lastModifiedBy>Lehn</c:lastModifiedBy><dc:subject/></c:coreProperties>"
    )
    reading = docx.read(word(
        paragraph("Ja"), docProps__core_xml=core,
        word__header1_xml=head("hdr", paragraph("Projekt X") + paragraph("")), word__header2_xml=head("hdr", paragraph("Projekt X")),
        word__footer1_xml=head("ftr", paragraph("Seite 1") + "<w:p><w:r><w:rPr><w:vanish/></w:rPr><w:t>geheim</w:t></w:r></w:p>"),
        word__header3_xml="<kaputt",
    ))  # fmt: skip
    assert reading.meta == {
        "titel": "Gespräch 3", "autor": "Krause", "zuletzt bearbeitet von": "Lehn", "kopfzeile": "Projekt X",
        "fusszeile": "Seite 1",
    }  # fmt: skip
    assert [block.text for block in reading.blocks] == ["Ja"]
    assert len(reading.warnings) == 1
    assert "Ausgeblendeter" in reading.warnings[0]


@pytest.mark.parametrize(
    ("code", "sign", "told"),
    [("F0E0", "→", 0), ("4A", "☺", 0), ("F001", "□", 1), ("zz", "□", 1), ("", "□", 1)],
)
def test_word_symbols(code: str, sign: str, told: int) -> None:
    reading = docx.read(word(f"<w:p><w:r><w:t>a</w:t><w:sym w:font='Wingdings' w:char='{code}'/></w:r></w:p>"))
    assert reading.blocks[0].text == f"a{sign}"
    assert len(reading.warnings) == told


BOX = "<w:r><w:pict><v:textbox xmlns:v='v'><w:txbxContent>{}</w:txbxContent></v:textbox></w:pict></w:r>"


def boxed(text: str, *boxes: str) -> str:
    inner = "".join(BOX.format("".join(map(paragraph, box.split("|")))) for box in boxes)
    return f"<w:p><w:r><w:t>{text}</w:t></w:r>{inner}</w:p>"


def test_word_text_boxes_are_no_speech_unless_they_open_with_a_label() -> None:
    talk = boxed("I: Wie?", "Memo: nachfragen!|Zweite Zeile", "B: Am Rand.|Noch da.") + paragraph("Kaya: So.")
    talk += boxed("I: Und?", "Kaya: Im Kasten.", "Seite 3") + paragraph("Kaya: Ja.")
    reading = docx.read(word(talk))
    assert [block.text for block in reading.blocks] == [
        "I: Wie?", "B: Am Rand.", "Noch da.", "Kaya: So.", "I: Und?", "Kaya: Im Kasten.", "Kaya: Ja.",
    ]  # fmt: skip
    assert reading.meta == {"textfelder": "Memo: nachfragen!\nZweite Zeile\nSeite 3"}
    assert sum("Textfelder" in text for text in reading.warnings) == 1


def test_word_text_boxes_that_are_all_there_is() -> None:
    reading = docx.read(word(boxed("", "Memo: eins", "zwei")))
    assert [block.text for block in reading.blocks] == ["", "Memo: eins", "zwei"]
    assert (reading.meta, reading.warnings) == ({}, ())


def test_word_text_boxes_in_cells_and_running_heads() -> None:
    row = f"<w:tbl><w:tr><w:tc>{paragraph('I')}</w:tc><w:tc>{boxed('Wie?', 'Notiz')}</w:tc></w:tr></w:tbl>"
    reading = docx.read(word(row, word__header1_xml=head("hdr", boxed("", "Projekt X"))))
    assert [block.cells for block in reading.blocks] == [("I", "Wie?")]
    assert reading.meta == {"textfelder": "Notiz", "kopfzeile": "Projekt X"}


@pytest.mark.parametrize(
    ("properties", "expected"),
    [
        ("<w:color w:val='0000ff'/>", "0000FF"), ("<w:color w:val='auto'/>", ""), ("<w:color w:val='000000'/>", ""),
        ("<w:rStyle w:val='Rot'/>", "FF0000"), ("<w:rStyle w:val='Rot'/><w:color w:val='auto'/>", ""),
        ("<w:color w:val='blau'/>", ""), ("<w:color w:themeColor='accent1'/>", ""),
    ],
)  # fmt: skip
def test_word_colours(properties: str, expected: str) -> None:
    styles = (
        "<w:style w:styleId='Rot'><w:rPr><w:color w:val='FF0000'/></w:rPr></w:style>"
        "<w:style w:styleId='Tief'><w:basedOn w:val='Rot'/></w:style>"
    )
    run = "<w:r><w:rPr>{}</w:rPr><w:t>{}</w:t></w:r>"
    body = f"<w:p>{run.format(properties, 'aaaaaaaa')}{run.format('', 'bb')}</w:p>"
    body += f"<w:p>{run.format(properties, 'aaaaaaa')}{run.format('', 'bbb')}</w:p>"
    body += f"<w:p><w:pPr><w:pStyle w:val='Tief'/></w:pPr>{run.format('', 'a')}</w:p>"
    found = docx.read(word(body, word__styles_xml=head("styles", styles))).blocks
    assert [block.tint for block in found] == [expected, "", "FF0000"]


def test_word_indents_in_cm() -> None:
    styles = "<w:style w:styleId='Z'><w:pPr><w:ind w:left='567'/></w:pPr></w:style>"
    body = "".join(
        f"<w:p><w:pPr>{properties}</w:pPr><w:r><w:t>a</w:t></w:r></w:p>"
        for properties in (
            "<w:ind w:left='1134'/>", "<w:ind w:start='567'/>", "<w:pStyle w:val='Z'/>",
            "<w:pStyle w:val='Z'/><w:ind w:left='0'/>", "<w:ind w:left='1,5cm'/>", "",
        )
    )  # fmt: skip
    found = docx.read(word(body, word__styles_xml=head("styles", styles))).blocks
    assert [block.indent for block in found] == [2.0, 1.0, 1.0, 0.0, 0.0, 0.0]


def test_word_nested_to_the_limit_of_the_parser() -> None:
    deep = docx.read(word("<w:sdt>" * 120 + paragraph("tief") + "</w:sdt>" * 120))
    assert deep.blocks[0].text == "tief"
    with pytest.raises(Unreadable):
        docx.read(word("<w:sdt>" * 5_000 + "</w:sdt>" * 5_000))


TEAMS = [
    "Gespräch-20240312_101500-Besprechungstranskript", "12. März 2024, 10:15AM", "38 Min. 0 Sek.", "Alter: 52",
    "KI-generierte Inhalte können fehlerhaft sein", "Krause, Maria hat die Transkription gestartet",
    "Krause, Maria   0:04\nGuten Tag.\nWie geht es Ihnen?", "+49 172 1234567   0:09\nGut. Zitat: so war das.",
    "Krause, Maria   1:02:03\nUm 12:30 Uhr?", "kaya (Extern)   1:02:05\nJa.", "Krause, Maria hat die Transkription beendet",
]  # fmt: skip
SPOKEN = [
    ("Krause, Maria", 4.0, "Guten Tag. Wie geht es Ihnen?"), ("+49 172 1234567", 9.0, "Gut. Zitat: so war das."),
    ("Krause, Maria", 3723.0, "Um 12:30 Uhr?"), ("kaya (Extern)", 3725.0, "Ja."),
]  # fmt: skip


def spoken(reading: Reading) -> list[tuple[str, float | None, str]]:
    return [(turn.speaker, turn.t_start, turn.text) for turn in read_turns(reading).turns]


@pytest.mark.parametrize("apart", [False, True], ids=["one paragraph a turn", "one paragraph a line"])
def test_teams(apart: bool) -> None:
    parts = [line for part in TEAMS for line in (part.split("\n") if apart else [part])]
    reading = docx.read(word("".join(map(paragraph, parts))))
    assert reading.tool == "Teams"
    assert spoken(reading) == SPOKEN
    assert reading.blocks[1].text == "[0:04] Krause, Maria: Guten Tag. Wie geht es Ihnen?"
    assert reading.meta == {
        "titel": TEAMS[0], "datum": TEAMS[1], "dauer": TEAMS[2], "alter": "52", "vorspann": "\n".join(TEAMS[3:5]),
        "transkription": "\n".join([TEAMS[5], TEAMS[10]]),
    }  # fmt: skip


CHATS = {
    "below": "10:00:31 Von Lena Brandt an Alle:\n\tGuten Morgen,\n\thören Sie mich?\n10:01:31 Von Ali K. an Lena Brandt (Direktnachricht):\n"
    "\tJa. Um 10:02:31 Von hier an: gut.\n10:02:31 Von Lena Brandt an Alle:\n\tGern?\n",
    "behind": "10:00:31\t Von  Lena Brandt : Guten Morgen,\nhören Sie mich?\n10:01:31\t From  Ali K. to  Lena Brandt (Privat) : Ja. Um"
    " 10:02:31 Von hier an: gut.\n10:02:31\t Von  Lena Brandt an Alle : Gern?\n",
}  # fmt: skip


@pytest.mark.parametrize("kind", CHATS)
@pytest.mark.parametrize("above", ["", "Chat vom 3. Mai\n\n"])
def test_saved_chats_of_zoom(kind: str, above: str) -> None:
    reading = text.read((above + CHATS[kind]).encode())
    assert (reading.format, reading.tool, reading.text) == ("txt", "Zoom", "")
    assert spoken(reading) == [
        ("Lena Brandt", 0.0, "Guten Morgen, hören Sie mich?"), ("Ali K.", 60.0, "Ja. Um 10:02:31 Von hier an: gut."),
        ("Lena Brandt", 120.0, "Gern?"),
    ]  # fmt: skip
    assert reading.meta == ({"vorspann": "Chat vom 3. Mai"} if above else {})
    assert reading.blocks[1].ref == f"Gespräch/Z. {3 if above else 1}"


@pytest.mark.parametrize(
    "other",
    [
        "I: Wie war es?\nB: Gut.\n" * 6 + CHATS["below"],
        "10:00:31 Von Herne an Essen: das war weit.\nB: Ja.",
        "I: Von Lena Brandt an Alle:\nB: Ja.\n",
        CHATS["below"][:40],
    ],
)
def test_what_is_no_chat(other: str) -> None:
    assert text.read(other.encode()).tool == ""


def test_chats_are_looked_for_in_linear_time() -> None:
    for part in ("10:00:31 Von a an ", "10:00:31 Von a an b :\n", "10:00:31 Von  a  " * 30 + "\n"):
        started = time.process_time()
        text.read((part * (200_000 // len(part))).encode())
        assert time.process_time() - started < 4


@pytest.mark.parametrize("kind", ["rtf", "odt"])
def test_teams_in_other_documents(kind: str) -> None:
    if kind == "rtf":
        text = "\\par ".join(part.replace("\n", "\\line ") for part in TEAMS)
        reading = rtf.read(rich(text, codec="cp1252"))
    else:
        lines = (part.replace("   ", "<text:s text:c='3'/>").replace("\n", "<text:line-break/>") for part in TEAMS)
        reading = odt.read(open_document("".join(f"<text:p>{line}</text:p>" for line in lines)))
    assert reading.tool == "Teams"
    assert spoken(reading) == SPOKEN


@pytest.mark.parametrize(
    "line",
    [
        "Kaya started transcription", "Kaya hat die Transkription gestartet", "Kaya Transkription gestartet",
        "Kaya hat die Transkription gestoppt", "Kaya stopped transcription",
    ],
)  # fmt: skip
def test_teams_frame_is_no_speech(line: str) -> None:
    reading = docx.read(word(paragraph(line) + paragraph("Kaya   0:04\nJa.") + paragraph(line)))
    assert spoken(reading) == [("Kaya", 4.0, "Ja.")]
    assert reading.meta == {"transkription": f"{line}\n{line}"}


def test_teams_older_files() -> None:
    parts = [
        "0:0:5.100 --> 0:0:8.250\nMaria Krause\nGuten Tag.", "0:0:8.90 --> 0:0:9.500\nMaria Krause\nWie geht es?",
        "0:0:10.0 --> 0:0:11.0\nGut.", "0:1:2.0 --> 0:1:3.0\nMaria Krause\nSchön: ja.", "Maria Krause stopped transcription",
    ]  # fmt: skip
    reading = docx.read(word("".join(map(paragraph, parts))))
    assert reading.tool == "Teams"
    assert spoken(reading) == [
        ("Maria Krause", 5.1, "Guten Tag. Wie geht es?"), ("Unbekannt", 10.0, "Gut."), ("Maria Krause", 62.0, "Schön: ja."),
    ]  # fmt: skip


MEET = [
    "Besprechung - 2024/03/12", "Zusammenfassung", "Die Gruppe sprach über Wohnen.", "Details", "Wohnen: Maria sagt, es sei teuer.",
    "Mar 12, 2024", "Transkript", "00:00:01", "Maria Krause: Guten Tag.", "edwin: Tag. Punkt eins: ja.", "00:01:23", "",
    "edwin: Also", "Punkt zwei: das Zimmer", "00:02:29", "Maria Krause: Danke.", "Kaya Öz: Gern.",
    "Transcription ended after 00:03:00", "This editable transcript was computer generated and might contain errors.",
]  # fmt: skip


def test_meet() -> None:
    reading = docx.read(word("".join(map(paragraph, MEET))))
    assert reading.tool == "Meet"
    assert spoken(reading) == [
        ("Maria Krause", 1.0, "Guten Tag."), ("edwin", None, "Tag. Punkt eins: ja."),
        ("edwin", 83.0, "Also Punkt zwei: das Zimmer"), ("Maria Krause", 149.0, "Danke."), ("Kaya Öz", None, "Gern."),
    ]  # fmt: skip
    assert reading.blocks[1].text == "[00:00:01] Maria Krause: Guten Tag."
    assert reading.meta["zusammenfassung"] == "\n".join(MEET[:7] + MEET[-2:])


def blocks(*texts: str) -> tuple[Block, ...]:
    return tuple(Block(text, f"Abs. {n}") for n, text in enumerate(texts, 1))


@pytest.mark.parametrize(
    "texts",
    [
        ("00:00:01", "Maria: Ja.", "00:00:02", "Kaya: Nein."),  # two pairs are too few
        ("00:00:01", "I: Ja?", "00:00:02", "B: Nein.", "00:00:03", "I: Gut."),  # a person wrote this
        ("I: Ja?", "B: Um 12:30 Uhr.", "I: Gut."),
        ("SUMMARY KEYWORDS", "Haus, Hof", "SPEAKERS", "Maria", "Maria  10:13", "Ja.", "Kaya  10:14", "Nein."),
        ("I   0:04\nJa?", "B   0:06\nNein.", "I   0:09\nGut."),
        ("Wir treffen uns   10:30", "Bis dann   11:30", "Ja"),
        (),
    ],
)  # fmt: skip
def test_other_documents_are_no_meetings(texts: tuple[str, ...]) -> None:
    assert meetings.recognise(blocks(*texts), {}) is None


def test_every_word_of_a_meeting_is_kept() -> None:
    for parts in (MEET, TEAMS):
        found = meetings.recognise(blocks(*parts), {})
        assert found is not None
        kept = " ".join([*(block.text for block in found[1]), *found[2].values()])
        missing = [word for part in parts for word in part.split() if word not in kept]
        assert [word for word in missing if word.count(":") == 0] == []


def test_running_heads_stay_short() -> None:
    assert running(["a", " a ", "", "b  c"]) == "a\nb c"
    assert len(running(f"Zeile {n}" for n in range(10_000))) <= 2_000


def test_flow_counts_rows_of_neighbouring_tables_as_one() -> None:
    flow = Flow()
    flow.row(["a"])
    flow.row(["b"])
    flow.paragraph()
    flow.row(["c"])
    assert [block.ref for block in flow.blocks] == ["Tab. 1/1", "Tab. 1/2", "Abs. 1", "Tab. 2/1"]


SEEDS = [rich(case["rtf"], case.get("head", "\\ansi"), case.get("codec", "latin-1")) for case in RTF]
FLAT = [flat(case["body"]) for case in ODT]


def outcome(read: Callable[[bytes], Reading], data: bytes) -> str:
    """What became of a file; a reading has visible text, and nothing but a refusal is raised."""
    try:
        return "read" if any(block.text.strip() for block in read(data).blocks) else "nothing"
    except Unreadable as refusal:
        return refusal.code


ENDS = ("read", "empty", "damaged")


@settings(max_examples=60, deadline=None)
@given(st.sampled_from(SEEDS), st.lists(st.tuples(st.integers(0, 400), st.binary(max_size=6)), max_size=8))
def test_mutated_rtf_is_read_or_refused(data: bytes, changes: list[tuple[int, bytes]]) -> None:
    for at, new in changes:
        data = data[:at] + new + data[at + 2 :]
    assert outcome(rtf.read, data) in ENDS


WORDS = (
    *"{}*ab\n;", "\\", "\\'e4", "\\u228 ", "\\bin3 ", "\\par ", "\\cell ", "\\row ", "\\intbl ", "\\trowd ", "\\cellx1 ",
    "\\clmrg ", "{\\*\\x ", "{\\footnote ", "{\\shptxt ", "\\pard ", "{\\header ", "\\uc9 ", "{\\fonttbl ", "\\f-1 ",
    "\\u99999999 ", "{\\stylesheet ", "\\s3 ", "\\plain ", "\\nestrow ", "{\\info{\\title ", "\\ansicpg", "\\u-10179 ",
)  # fmt: skip


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from(WORDS), max_size=60))
def test_any_rtf_words_are_read_or_refused(parts: list[str]) -> None:
    assert outcome(rtf.read, ("{\\rtf1 " + "".join(parts)).encode()) in ENDS


@settings(max_examples=60, deadline=None)
@given(st.sampled_from(FLAT), st.lists(st.tuples(st.integers(0, 6000), st.binary(max_size=6)), max_size=3))
def test_mutated_odt_is_read_or_refused(data: bytes, changes: list[tuple[int, bytes]]) -> None:
    for at, new in changes:
        data = data[:at] + new + data[at + len(new) :]
    assert outcome(odt.read_flat, data) in ENDS
    zipped = bytearray(open_document("<text:p>Ja</text:p>"))
    for at, new in changes:
        zipped[at % len(zipped) : at % len(zipped) + len(new)] = new
    assert outcome(odt.read, bytes(zipped)) in (*ENDS, "encrypted", "bomb")


@shared
@pytest.mark.parametrize(
    ("name", "turns", "first"),
    [
        ("f4/f4_standard.rtf", 6, "I"), ("odt/interview_made.odt", 2, "I"),
        ("teams-docx/teams_rebuilt_from_observed.docx", 1, None), ("word/header_table_bold_labels.docx", 5, "Interviewerin"),
    ],
)  # fmt: skip
def test_samples(name: str, turns: int, first: str | None) -> None:
    read = {".rtf": rtf.read, ".odt": odt.read, ".docx": docx.read}[Path(name).suffix]
    reading = read((SAMPLES / name).read_bytes())
    found = read_turns(reading).turns
    assert len(found) == turns
    assert first in (None, found[0].speaker)
    assert not any("transcription" in turn.text and "stopped" in turn.text for turn in found)


@shared
def test_sample_rtf_equals_another_reader() -> None:
    data = (SAMPLES / "f4/f4_standard.rtf").read_bytes()
    other = rtf_to_text(data.decode("latin-1"), encoding="cp1252")
    assert " ".join(block.text for block in rtf.read(data).blocks).split() == other.split()


LINES = st.sampled_from([
    "Kaya   0:04", "Kaya   0:75", "   0:04", "0:0:5.1 --> 0:0:8.2", "0:0:5 --> 0:0:8", "Kaya", "Ja.", "", "Kaya: Ja.", "Kaya: ",
    "00:00:01", "99:99:99", "Kaya started transcription", "Transcription ended after 00:00:09", "Alter: 52", "\u00a0", "x" * 300,
])  # fmt: skip


@settings(max_examples=60, deadline=None)
@given(st.lists(st.lists(LINES, max_size=3).map("\n".join), max_size=25))
def test_any_lines_of_a_meeting_are_kept(texts: list[str]) -> None:
    found = meetings.recognise(blocks(*texts), {})
    kept = "" if found is None else "\n".join([*(block.text for block in found[1]), *found[2].values()])
    said = sum(text.count("Ja.") for text in texts)
    # Where it stands as a name, neighbouring turns of that name are one and bear it once.
    assert found is None or min(said, 1) <= kept.count("Ja.") <= said
    assert found is None or all(len(block.cells) == 3 for block in found[1])


@settings(max_examples=60, deadline=None)
@given(st.sampled_from([TEAMS, MEET]), st.lists(st.tuples(st.integers(0, 3000), st.binary(max_size=6)), max_size=3))
def test_mutated_word_is_read_or_refused(parts: list[str], changes: list[tuple[int, bytes]]) -> None:
    data = word("".join(map(paragraph, parts)), docProps__core_xml="<c><title>x</title></c>")
    for at, new in changes:
        data = data[: at % len(data)] + new + data[at % len(data) + len(new) :]
    assert outcome(docx.read, data) in (*ENDS, "encrypted", "bomb")
