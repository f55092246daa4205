"""A study with `language: en`: report, Word document and workbook speak English; German stay the words of people and of the codebook alone."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from conftest import carry, once, run
from ruamel.yaml import YAML

from pipeline import guide, study
from pipeline.method import checklists
from pipeline.places import Places
from pipeline.store import csv_path
from pipeline.tables import from_csv

# Words that stand in nearly every German sentence and in no English one.
GERMAN = frozenset(
    """der das und nicht ist sind wird werden wurde wurden bei von vom mit für keine kein nur auch noch oder zu zur zum im den dem des ein eine einer
    einem einen sich dass wer wie wo aus auf nach über unter zwischen durch je mehr als beim haben kann sagt steht stehen dazu davon danach hier""".split()
)
_WORD = re.compile(r"[^\W\d_]+")
_QUOTED = re.compile("“[^“”]{1,200}”|»[^»«]{1,200}«")
_CODE = re.compile(r"\b[A-Z]{2,}(?:\.\w+)+")
# Attributes that people read or hear.
_SAID = ("title", "aria-label", "alt", "placeholder")


@pytest.fixture(scope="session", params=["finished", "demo"])
def english(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Places:
    """The tiny study and the demo, each after a run in German and a second one in English."""
    done: Places = request.getfixturevalue(request.param)

    def make(root: Path) -> Places:
        places = Places(done.study, done.transcripts, root / "codebooks", root / "outputs", root / "private")
        shutil.copytree(done.codebooks, places.codebooks)
        carry(done, places)
        settings = places.codebooks / "study.yaml"
        settings.write_text(re.sub(r"(?m)^language:.*\n", "", settings.read_text("utf-8")) + "\nlanguage: en\n", "utf-8")
        run(places)
        return places

    return once(tmp_path_factory, f"englisch-{request.param}", make)


def words_of_the_study(places: Places) -> frozenset[str]:
    """What stands in English sentences as researchers wrote it: names of categories, questions, variables, values, topics, actors, files."""
    settings = study.load(places.codebooks / "study.yaml")
    found = {settings.title, settings.report.subtitle}
    for name, variable in settings.variables.items():
        found |= {name, variable.label, *variable.values, *variable.values.values()}
    for question in guide.load(places.codebooks / "guide.yaml").questions:
        found |= {question.label, question.text, *question.wordings}
    columns = {
        "codes": ("label",), "cases": ("language", *settings.variables), "findings_subthemes": ("subtheme", "label"), "findings_matrix": ("subthemes", "paraphrase"), "topics": ("label", "words"), "topic_terms": ("term",), "topic_phrases": ("phrase",), "actors": ("label", "forms"),
        "quality_fairness": ("told",), "findings_access": ("value", "access", "label"), "documents": ("file", "mode"), "speakers": ("access",), "findings_wishes": ("value",), "findings_inventory": ("who", "what"), "findings_measures": ("measure", "label"), "findings_indicators": ("indicator", "label"),
    }  # fmt: skip
    for table, names in columns.items():
        path = csv_path(places, table)
        rows = from_csv(path) if path and path.exists() else {}
        for column in names:
            found |= {str(value) for value in rows.get(column, ())}
    # Core statements and what researchers say of their method are in the language they chose.
    found |= {" ".join(re.sub(r"[*_]{1,2}|^#+ ", "", line).split()) for text in _lines(places.codebooks / "statements.md") for line in (text, re.sub(r"\s*\[[^\]]*\]", "", text))}
    found |= {" ".join(text.split()) for text in _strings(YAML(typ="safe").load("\n".join(_lines(places.codebooks / "method.yaml"))))}
    found |= {source for one in checklists.load() for source in one.source}  # titles of books
    return frozenset(part for part in found if len(part) > 3 and _WORD.search(part))


@cache
def spoken_words(places: Places) -> str:
    """What respondents said: a picture's cell may hold a piece of it."""
    turns = from_csv(Path(str(csv_path(places, "turns"))))
    return "\n".join(" ".join(text.split()) for text in turns["text"])


def _lines(path: Path) -> list[str]:
    return path.read_text("utf-8").splitlines() if path.exists() else []


def _strings(value: Any) -> Iterator[str]:
    """All texts in what a YAML file holds."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        for one in value.values() if isinstance(value, dict) else value:
            yield from _strings(one)


@cache
def _any_of(known: frozenset[str]) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{'|'.join(re.escape(part) for part in sorted(known, key=lambda part: (-len(part), part)))})(?!\w)")


@cache
def _joined(known: frozenset[str]) -> str:
    return "\n".join(known)


def german_in(text: str, known: frozenset[str]) -> set[str]:
    """German words of a text that are not the study's own.

    >>> sorted(german_in("read by the Amt für Wohnen und Pflege", frozenset()))
    ['für', 'und']
    >>> sorted(german_in("read by the Amt für Wohnen", frozenset({"Amt für Wohnen"})))
    []
    """
    text = " ".join(text.split()).replace("\u00ad", "")
    if not GERMAN & {word.lower() for word in _WORD.findall(text)} or text.strip("… ") in _joined(known):
        return set()
    return GERMAN & {word.lower() for word in _WORD.findall(own(text, known))}


def own(text: str, known: frozenset[str]) -> str:
    """A text without the words of the study in it: names, identifiers of categories, what stands in quotation marks.

    >>> own("negated by “nicht” (BED.im.bau)", frozenset())
    'negated by   ( )'
    """
    text = _QUOTED.sub(" ", _any_of(known).sub(" ", text) if known else text)
    return _CODE.sub(" ", text)


def pieces(where: str, text: str, known: frozenset[str], spoken: str) -> bool:
    """Whether a text is part of what somebody said or, in a drawing, a name that was cut or wrapped."""
    text = " ".join(text.split())
    parts = re.split(r"…| \+ | \(\d.*", text) if where.startswith("text") else [text]
    return all(part.strip("„“»«… ") in spoken or part.strip("„“»«… ") in _joined(known) for part in parts)


def said(page: Any, language: str = "en") -> Iterator[tuple[str, str]]:
    """(where, text) of all that a page says outside of what is marked as another language; data of its script does not count."""
    if not isinstance(page.tag, str) or page.tag in ("script", "style"):
        return
    language = page.get("lang", language)
    if language == "en":
        where = f"{page.tag} {page.get('id') or page.get('class') or ''}"
        yield from ((where, page.get(name)) for name in _SAID if page.get(name))
        yield where, page.text or ""
    for child in page:
        yield from said(child, language)
        if language == "en":
            yield f"{page.tag} {page.get('class') or ''}", child.tail or ""


def page_of(places: Places) -> Any:
    from lxml import html

    return html.fromstring((places.outputs / "report.html").read_bytes())


def test_the_report_has_no_german_but_words_of_people_and_codebook(english: Places) -> None:
    known, page = words_of_the_study(english), page_of(english)
    assert page.get("lang") == "en"
    texts = list(said(page))
    assert len(texts) > 1000
    found = {(where, " ".join(text.split())[:160]) for where, text in texts if german_in(text, known) and not pieces(where, text, known, spoken_words(english))}
    assert not found, f"{len(found)}: {sorted(found)[:40]}"


def test_the_report_s_own_script_has_english_words(english: Places) -> None:
    (data,) = page_of(english).xpath('//script[@id="worte"]/text()')
    assert "unread" in data
    assert not german_in(data, frozenset())
    assert not re.search("[äöüß]", data)


def test_pictures_are_told_in_english(english: Places) -> None:
    known = words_of_the_study(english)
    pictures = page_of(english).xpath('//figure[contains(@class, "picture")]')
    assert pictures
    for one in pictures:
        caption = " ".join(one.xpath("./figcaption")[0].text_content().split())
        assert not german_in(caption, known), caption
        heads = [cell.text_content() for cell in one.xpath(".//thead//th")]
        assert not {head for head in heads if german_in(head, known)}, heads


def test_the_word_document_has_english_headings(english: Places) -> None:
    import docx

    known = words_of_the_study(english)
    document = docx.Document(str(english.outputs / "report.docx"))
    headings = [p.text for p in document.paragraphs if p.style and str(p.style.name).startswith("Heading")]
    assert "Core statements" in headings
    assert len(headings) > 20
    found = [heading for heading in headings if german_in(heading, known)]
    assert not found
    assert not [heading for heading in headings if re.search("[äöüß]", own(heading, known))]


def test_the_workbook_has_english_sheets_and_headings(english: Places) -> None:
    import openpyxl

    known = words_of_the_study(english)
    book = openpyxl.load_workbook(english.outputs / "tables.xlsx", read_only=True)
    assert book.sheetnames[0] == "Read me"
    heads = {str(cell.value) for sheet in book.worksheets[1:] for row in sheet.iter_rows(max_row=1) for cell in row}
    told = [str(row[0].value or "") for row in book.worksheets[0].iter_rows()]
    for text in (*book.sheetnames, *heads, *told):
        assert not german_in(text, known), text
        assert not re.search("[äöüß]", own(text, known)), text


def test_what_people_said_stays_as_they_said_it(english: Places) -> None:
    from lxml import html

    quotes = page_of(english).xpath('//p[@lang="de" and starts-with(normalize-space(), "„")]')
    turns = from_csv(Path(str(csv_path(english, "turns"))))
    assert quotes
    assert any(str(html.tostring(quotes[0], encoding="unicode", method="text")).strip("„“… \n")[:20] in text for text in turns["text"])
