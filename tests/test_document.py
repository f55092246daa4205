"""The Word document: real headings and contents, tables that are not cut, quotes that keep to consent, words that stay words, the same bytes."""

from __future__ import annotations

import hashlib
import io
import re
import subprocess
import sys
import zipfile
from typing import Any

import pytest
import shown

from pipeline import document
from pipeline.word import paper, xml
from pipeline.word.blocks import Block, Heading, Picture, Quote, Table, Text

SVG = '<svg xmlns="http://www.w3.org/2000/svg" width="60" height="30"><rect width="60" height="30" fill="#12707f"/></svg>'
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def made(said: str = "Wir trainieren die Kinder.", language: str = "de", **more: Any) -> bytes:
    return document.render(shown.settings("document", language=language), **shown.FILES, **shown.tables("document", said, **more))["report.docx"]


def opened(data: bytes) -> Any:
    from docx import Document

    return Document(io.BytesIO(data))


def part(data: bytes, name: str = "word/document.xml") -> str:
    return zipfile.ZipFile(io.BytesIO(data)).read(name).decode("utf-8")


def words(data: bytes) -> str:
    return "\n".join("".join(t.text or "" for t in p.iter(f"{W}t")) for p in opened(data).element.body.iter(f"{W}p"))


@pytest.fixture(scope="module")
def plain() -> bytes:
    return made()


def test_headings_are_word_headings_and_potentials_come_first(plain: bytes) -> None:
    heads = [p.text for p in opened(plain).paragraphs if p.style.name == "Heading 1"]
    assert heads[:4] == ["Kernaussagen", "1 Potenziale", "2 Engagement und Grenzen", "3 Genannte Gründe"]
    assert heads[-5:] == ["Kategorien", "Methode", "Wie einig sich Codierende sind", "Kategorienzyklus", "Grenzen"]
    assert 'w:name w:val="heading 1"' in part(plain, "word/styles.xml")  # the name that German Word shows as Überschrift 1


def test_contents_are_a_field_that_already_holds_every_chapter(plain: bytes) -> None:
    text = part(plain)
    assert re.search(r'<w:instrText[^>]*> TOC \\o "1-2"', text)
    links = re.findall(r'<w:hyperlink w:anchor="(\w+)"', text)
    marks = re.findall(r'<w:bookmarkStart w:id="\d+" w:name="(\w+)"', text)
    heads = [p for p in opened(plain).paragraphs if p.style.name in ("Heading 1", "Heading 2")]
    assert len(links) == len(heads) > 15
    assert set(links) <= set(marks)
    assert text.count('w:fldCharType="begin"') == text.count('w:fldCharType="end"') == 1
    assert "F9" in words(plain)


def test_page_is_a4_with_note_above_and_title_and_page_below(plain: bytes) -> None:
    section = opened(plain).sections[0]
    assert (round(section.page_width.cm, 1), round(section.page_height.cm, 1)) == (21.0, 29.7)
    assert "Interne Ausgabe" in section.header.paragraphs[0].text
    foot = section.footer.paragraphs[0]
    assert foot.text.startswith("Kleine Studie")
    assert re.findall(r'w:instr=" (\w+) "', foot._p.xml) == ["PAGE", "NUMPAGES"]


def test_tables_repeat_their_head_and_cut_no_row(plain: bytes) -> None:
    found = opened(plain).tables
    assert len(found) > 5
    for table in found:
        assert table.style.name == "Berichtstabelle"
        assert table.rows[0]._tr.trPr.find(f"{W}tblHeader") is not None
        assert all(row._tr.trPr.find(f"{W}cantSplit") is not None for row in table.rows)
        assert [len(row.cells) for row in table.rows] == [len(table.columns)] * len(table.rows)


def test_figures_stand_beside_those_who_were_asked_and_are_aligned_right(plain: bytes) -> None:
    table = next(t for t in opened(plain).tables if t.rows[0].cells[0].text == "Kategorie")
    assert [cell.text for cell in table.rows[0].cells][1:3] == ["Befragte", "danach gefragt"]
    row = next(r for r in table.rows if "Vereinsarbeit" in r.cells[0].text)
    assert [cell.text for cell in row.cells][1:] == ["2", "2", "2", "2"]
    assert row.cells[1].paragraphs[0].alignment == 2
    assert "bei zwei von zwei Befragten, die danach gefragt wurden" in words(plain)


def test_quotes_keep_to_consent(plain: bytes) -> None:
    said = [p.text for p in opened(plain).paragraphs if p.style.name == "Quote"]
    assert "„Wir trainieren die Kinder.“" in said
    text = words(plain)
    assert "Interview 1, Beitrag 2" in text
    assert "Interview 2, Beitrag 2" not in text  # the person who may not be quoted


def test_what_people_banned_is_never_quoted() -> None:
    never = [shown.row("quote_decisions", doc="I001", turn=2, start=0, end=26, pin="nein")]
    assert "Wir trainieren" not in words(made(quote_decisions=never))


def test_proposals_stand_apart_in_italics(plain: bytes) -> None:
    tables = [t for t in opened(plain).tables if any("Räume" in row.cells[0].text for row in t.rows)]
    assert tables
    for table in tables:
        assert [cell.text for cell in table.rows[0].cells] == ["Kategorie", "Vorschläge", "Befragte mit Vorschlägen"]
        assert all(run.italic for row in table.rows for cell in row.cells for run in cell.paragraphs[0].runs)
    assert "Vorschläge, ungelesen" in words(plain)


@pytest.mark.parametrize(
    ("said", "stands"),
    [
        ("<w:p>&amp; </w:t>]]> <script>", "<w:p>&amp; </w:t>]]> <script>"),
        ("vor\x0bnach\x00 und \ufffe", "vor"),
        ("\u202etxet nehcildnief\u202c ü", "txet nehcildnief ü"),
        ("=1+1 und {{ 7*7 }}", "=1+1 und {{ 7*7 }}"),
        ("Grüße aus Şırnak, 😀", "Grüße aus Şırnak, 😀"),
    ],
)
def test_hostile_words_stay_words(said: str, stands: str) -> None:
    data = made(said)
    assert stands in words(data)
    assert not set(re.findall("[\x00-\x08\x0b\x0c\x0e-\x1f\u202a-\u202e\u2066-\u2069\ufffe]", part(data)))


def test_soft_hyphens_and_line_breaks_are_words_own() -> None:
    assert xml.run("Schiff\u00adfahrt\nüber\tall") == (
        '<w:r><w:t xml:space="preserve">Schiff</w:t><w:softHyphen/><w:t xml:space="preserve">fahrt</w:t><w:br/>'
        '<w:t xml:space="preserve">über</w:t><w:tab/><w:t xml:space="preserve">all</w:t></w:r>'
    )


def test_pictures_are_in_it_with_words_for_those_who_cannot_see_them() -> None:
    data = made(pictures=[shown.row("pictures", picture="causal_map", order=1, title="Gründe", caption="Von Befragten genannt.", alt='Ein "Pfeil" & mehr', svg=SVG)])
    (shape,) = opened(data).inline_shapes
    assert shape._inline.docPr.get("descr") == 'Ein "Pfeil" & mehr'
    assert shape.width <= 5_760_000
    assert [name for name in zipfile.ZipFile(io.BytesIO(data)).namelist() if name.startswith("word/media/")] == ["word/media/image1.png"]
    assert "Von Befragten genannt." in words(data)


def test_the_same_tables_give_the_same_bytes_in_another_process_too(plain: bytes) -> None:
    code = "import sys, hashlib; sys.path.insert(0, 'tests'); import test_document as t; print(hashlib.sha256(t.made()).hexdigest())"
    for seed in ("1", "2"):
        done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, env={"PYTHONHASHSEED": seed, "PATH": "", "PYTHONPATH": "."})
        assert done.stdout.strip() == hashlib.sha256(plain).hexdigest()
    entries = zipfile.ZipFile(io.BytesIO(plain)).infolist()
    assert {entry.date_time for entry in entries} == {(2026, 1, 1, 0, 0, 0)}
    assert entries[0].filename == "[Content_Types].xml"
    assert not [entry for entry in entries if "thumbnail" in entry.filename]


def test_language_of_the_document_is_told_to_word() -> None:
    for language, tag, first in (("de", "de-DE", "Inhalt"), ("en", "en-GB", "Contents")):
        data = made(language=language)
        assert f'w:val="{tag}"' in part(data, "word/styles.xml")
        assert first in words(data)
        assert opened(data).core_properties.language == tag


def test_a_long_table_is_cut_with_a_word_and_a_short_one_is_not() -> None:
    long = Table("Viele", ("a",), (("x",),), more=3)
    assert "Drei weitere Zeilen stehen in tables.xlsx." in xml.table(long)
    assert "tables.xlsx" not in xml.table(Table("Wenige", ("a",), (("x",),)))


def test_columns_fill_the_page_and_hold_their_longest_word() -> None:
    table = Table("", ("Wort", "Satz", "1"), (("Wohnungsgesellschaft", "Ein Satz, der viel länger ist als alles andere in dieser Tabelle.", "7"),), frozenset({2}))
    wide = xml.widths(table)
    assert xml.WIDTH - 10 < sum(wide) <= xml.WIDTH
    assert wide[0] >= 20 * 100
    assert sum(xml.widths(Table("", tuple("abcdefghijkl"), (("Wohnungsgesellschaft",) * 12,)))) <= xml.WIDTH


def test_a_remark_in_place_of_words_is_no_quotation() -> None:
    blocks: list[Block] = [Heading(1, "Titel"), Quote("[Zitat nicht gezeigt]", "Interview 1", withheld=True), Quote("Ja.", "Interview 2", proposal=True), Text("Ende")]
    data = paper.build("Titel", [Text("Titel", "title")], blocks)
    said = [p.text for p in opened(data).paragraphs]
    assert "[Zitat nicht gezeigt]" in said
    assert "„Ja.“" in said
    assert "Interview 2 · Vorschlag, ungelesen" in said


def test_a_high_drawing_fits_on_its_page() -> None:
    tall = SVG.replace('height="30"', 'height="900"')
    (shape,) = opened(paper.build("T", [], [Heading(1, "a"), Picture("hoch", "", "hoch", tall)])).inline_shapes
    assert shape.height <= 7_560_000
