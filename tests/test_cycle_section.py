"""The chapter on the cycle of categories: versions, decisions, open readings, counter-cases, notes, meetings; also beside each category, in Word and Excel."""

from __future__ import annotations

import io
from types import SimpleNamespace
from typing import Any

import pytest
import shown

from pipeline import codebook, document, guide, workbook
from pipeline.language import spoken
from pipeline.method.answers import MethodFile
from pipeline.pages import environment
from pipeline.sections import agreement, categories, cycle, material, open_readings, quality
from pipeline.sections.answers.desk import Desk
from pipeline.sections.method import agreed
from pipeline.sections.method.evidence import gathered
from pipeline.sections.proposals import Proposals
from pipeline.sections.withheld import WITHHELD
from pipeline.tables import rows_of
from pipeline.wording import NOT_QUOTABLE

SECRET = "Der Vorsitzende hat das Geld nie abgerechnet."
PAGE = '{% import "macros.html.j2" as ui with context %}{% include "agreement.html.j2" %}'
ALL: dict[str, list[dict[str, Any]]] = {
    "cycle_versions": [
        shown.row("cycle_versions", order=0, version="aaa", date="2026-05-01", n_codes=3, current="no"),
        shown.row("cycle_versions", order=1, version="bbb", date="2026-06-01", n_codes=4, added="BED.raum+ENG.verein", gone="ALT", current="yes", logged="no"),
    ],
    "cycle_log": [shown.row("cycle_log", entry="e1", date="2026-06-01", coder="mk", code="BED.raum", what="new", why="Räume fehlten", alternative="bei BED lassen", version="bbb")],
    "cycle_negative": [
        shown.row("cycle_negative", entry=f"n{n}", date="2026-06-02", coder="mk", code="ENG.verein", doc=doc, turn=turn, start=0, end=45 if turn else 0, quote=SECRET, why=why, consequence="Definition enger", placed="yes" if turn else "no")
        for n, (doc, turn, why) in enumerate((("I001", 2, "widerspricht"), ("I002", 2, f"sagt, {SECRET}"), ("I002", 0, "verloren")))
    ],
    "cycle_inductive": [shown.row("cycle_inductive", entry="i1", doc="I002", turn=2, start=0, end=45, quote=SECRET, paraphrase="Geld unklar", generalisation="Umgang mit Geld", reduction="Geld", placed="yes")],
    "cycle_sampling": [shown.row("cycle_sampling", entry="s1", date="2026-06-03", whom="junge Mütter", contrast="ohne Verein", why="noch keine gehört", status="planned")],
    "cycle_minutes": [shown.row("cycle_minutes", entry="m1", date="2026-06-04", present="mk; Frau Geheim", passages="I001-2", readings="Lesart Geheim", agreed="Grenze bleibt", open="offen Geheim")],
    "memos": [
        shown.row("memos", memo="1", kind="code", key="ENG.verein", code="ENG.verein", coder="mk", text="oft gemeint"),
        shown.row("memos", memo="2", kind="passage", key="I001.2.0", doc="I001", turn=2, end=5, text="<b>wichtig</b>"),
        shown.row("memos", memo="3", kind="project", key="alles", text=f"Zitat: {SECRET[:-1]}"),
    ],
    "review_open": [shown.row("review_open", doc="I001", turn=2, start=0, end=45, code="BED.raum", coder="mk", mode="interview", codebook="aaa")],
    "reviewed": [shown.row("reviewed", doc=doc, turn=2, start=0, end=45, coder="mk", mode="interview") for doc in ("I001", "I002", "I003")],
}  # fmt: skip


def tables(stage: str = "report", **more: list[dict[str, Any]]) -> dict[str, Any]:
    return shown.tables(stage, SECRET, **(ALL | more))


def desk_of(data: dict[str, Any], stage: str = "report") -> Desk:
    settings = shown.settings(stage)
    return Desk(data, settings, material.Names(settings, data["cases"], data["documents"]), guide.load(shown.FILES["guide_file"]))


def page(data: dict[str, Any]) -> str:
    desk = desk_of(data)
    return environment().from_string(PAGE).render(study=desk.settings, **agreement.chapter(desk), **cycle.chapter(desk))


@pytest.fixture(scope="module")
def told() -> SimpleNamespace:
    found: SimpleNamespace = cycle.chapter(desk_of(tables()))["cycle"]
    return found


def test_versions_tell_what_came_and_what_nobody_explained(told: SimpleNamespace) -> None:
    assert told.versions.plain() == [("aaa", "1. Mai 2026", "3", "–", "–", "–"), ("bbb", "1. Juni 2026", "4", "Räume, Vereinsarbeit", "ALT", "nein")]
    assert told.unexplained.startswith("Eine Änderung des Codebuchs hat niemand erklärt.")
    assert told.log.plain() == [("1. Juni 2026", "Räume", "neue Kategorie", "Räume fehlten", "bei BED lassen", "mk")]


def test_later_categories_are_open_in_what_was_read_before(told: SimpleNamespace) -> None:
    assert told.open.plain() == [("Räume", "zwei von drei", "1", "Interview 1")]
    assert open_readings.checked(desk_of(tables()).tables) == {"BED.raum": (2, 3)}
    assert "erst in zwei von drei gelesenen Gesprächen geprüft" in open_readings.told(open_readings.Checked(2, 3))
    assert "noch in keinem der vier gelesenen" in open_readings.told(open_readings.Checked(0, 4))
    assert open_readings.told(None) == ""


def test_what_was_read_for_some_categories_or_for_proposals_alone_is_not_read(told: SimpleNamespace) -> None:
    some = [shown.row("reviewed", doc="I004", turn=2, end=4, coder="mk", mode="interview", codes="ENG.verein"), shown.row("reviewed", doc="I005", turn=2, end=4, coder="mk", mode="queue")]
    assert open_readings.checked(tables(reviewed=[*ALL["reviewed"], *some]))["BED.raum"] == (2, 3)


def test_a_category_says_how_far_it_is_checked() -> None:
    data = tables()
    desk, book = desk_of(data), codebook.load(shown.FILES["codebook_file"])
    known = Proposals(data)
    empty = {c.id: rows_of(shown.tables("report", findings_codes=[shown.row("findings_codes", code=c.id)])["findings_codes"])[0] for c in book.codes}
    made = categories.chapters(book, empty, {}, known, {}, open_readings.checked(desk.tables))
    codes = {c.code: c for chapter in made for c in chapter.codes}
    assert {code for code, c in codes.items() if c.unchecked} == {"BED.raum"} & set(codes)
    assert codes["BED.raum"].unchecked == "Diese Kategorie kam später dazu: erst in zwei von drei gelesenen Gesprächen geprüft."


def test_a_refused_share_is_told_with_its_reason() -> None:
    shares = [shown.row("quality_prevalence", order=0, code="ENG.verein", n_reviewed=90, low=0.1, high=0.2), shown.row("quality_prevalence", order=1, code="BED.raum", reason="Erst in zwei Gesprächen geprüft.")]
    data = tables(quality_prevalence=shares)
    desk = desk_of(data)
    made = quality.chapter(data, desk.names, desk.settings, desk.known)["quality"]
    assert made.refused == [("Erst in zwei Gesprächen geprüft.", "Räume")]
    assert "Erst in zwei Gesprächen geprüft." in desk.known.common("BED.raum")


def test_counter_cases_lead_to_their_passage_and_keep_to_consent(told: SimpleNamespace) -> None:
    first, second, lost = told.negative
    assert (first.anchor, first.shown, first.why) == ("I001-2", SECRET, "widerspricht")
    assert (second.anchor, second.shown, second.why) == ("I002-2", NOT_QUOTABLE, WITHHELD)
    assert (lost.anchor, lost.shown, lost.where) == ("", "[Stelle nicht wiedergefunden]", "Interview 2")
    assert told.inductive[0].shown == NOT_QUOTABLE
    assert told.inductive[0].paraphrase == "Geld unklar"


def test_minutes_give_the_day_and_what_was_agreed_alone() -> None:
    shown_page = page(tables())
    assert "traf sich einmal" in shown_page
    assert "Grenze bleibt" in shown_page
    assert "Geheim" not in shown_page


def test_notes_are_counted_and_listed_escaped_and_without_banned_words(told: SimpleNamespace) -> None:
    assert told.counts == "Drei Notizen sind geschrieben: eine zu Kategorien, eine zu Stellen, eine zum Projekt."
    assert [(m.beside, m.about.text, m.text) for m in told.memos] == [
        ("zu Kategorien", "Vereinsarbeit", "oft gemeint"), ("zu Stellen", "Interview 1, Beitrag 2", "<b>wichtig</b>"), ("zum Projekt", "alles", WITHHELD),
    ]  # fmt: skip
    shown_page = page(tables())
    assert "&lt;b&gt;wichtig" in shown_page
    assert shown_page.count("Geld nie abgerechnet") == 1  # the quotable one


def test_where_nothing_is_written_it_says_so() -> None:
    empty = {name: [] for name in ALL}
    found = cycle.chapter(desk_of(tables(**empty)))["cycle"]
    assert found.nothing.startswith("Noch ist nichts festgehalten")
    assert "make review" in page(tables(**empty))
    assert agreed.cycle(gathered(desk_of(tables(**empty)), None, MethodFile())).whole is False


def test_the_method_chapter_tells_how_the_codebook_changed() -> None:
    text = agreed.cycle(gathered(desk_of(tables()), None, MethodFile())).text
    for part in ("unter zwei Fassungen", "eine Entscheidung", "Eine Änderung ist nicht erklärt", "Eine später dazugekommene Kategorie", "drei Gegenfälle", "traf sich einmal", "Drei Notizen"):
        assert part in text, part


def test_first_readings_without_proposals_are_told() -> None:
    first = [shown.row("memos", memo=str(n), kind="reading", key="I001", doc="I001", coder=coder, text="dicht") for n, coder in enumerate(("mk", "ab"))]
    assert agreed.first(gathered(desk_of(tables(memos=first)), None, MethodFile())).text == "Zuerst ohne Vorschläge im Ganzen gelesen, mit einer Fallnotiz: in einem von zwei Gesprächen."
    assert agreed.first(gathered(desk_of(tables(memos=[])), None, MethodFile())).text == ""


def test_a_moved_passage_is_told_with_its_likely_place() -> None:
    rows = [
        shown.row("unplaced", decision="d1", coder="mk", action="add", code="ENG.verein", doc="I001", reason="Der Redebeitrag hat sich geändert oder fehlt.", kind="moved", likely_turn=4, likeness=0.934),
        shown.row("unplaced", decision="reviewed.csv, Zeile 3", coder="mk", action="read", doc="I001", reason="Der Redebeitrag hat sich geändert oder fehlt.", kind="lost"),
    ]  # fmt: skip
    data = tables(unplaced=rows)
    first, second = material.origin(data, desk_of(data).names)["problems"]
    assert first.endswith("Wahrscheinlich gemeint ist jetzt Beitrag 4 (zu 93\u202f% derselbe Wortlaut); bestätigen oder verwerfen unter »make review«.")
    assert second == "Gelesene Stelle (reviewed.csv, Zeile 3, mk) in I001: Der Redebeitrag hat sich geändert oder fehlt."


def test_word_and_excel_have_it_and_keep_to_consent() -> None:
    import openpyxl
    from docx import Document

    doc = Document(io.BytesIO(document.render(shown.settings("document"), **shown.FILES, **tables("document"))["report.docx"]))
    text = "\n".join([p.text for p in doc.paragraphs] + [cell.text for t in doc.tables for row in t.rows for cell in row.cells])
    assert "Kategorienzyklus" in text
    assert "Räume fehlten" in text
    assert "Geheim" not in text
    book = openpyxl.load_workbook(io.BytesIO(workbook.render(shown.settings("workbook"), shown.FILES["guide_file"], **tables("workbook"))["tables.xlsx"]))
    wanted = {"Notizen", "Codebuch-Entscheidungen", "Codebuch-Fassungen", "Noch zu lesen", "Gegenfälle", "Induktive Kategorien", "Auswahl der Befragten", "Sitzungen"}
    assert wanted <= set(book.sheetnames)
    cells = {sheet.title: [[cell.value for cell in row] for row in sheet.iter_rows()] for sheet in book.worksheets}
    assert list(cells["Sitzungen"][1])[1:] == ["Grenze bleibt"]
    assert not any("Geheim" in str(cell) for rows in cells.values() for row in rows for cell in row)
    quote = cells["Gegenfälle"][0].index("Zitat")
    assert [row[quote] for row in cells["Gegenfälle"][1:]] == [SECRET, NOT_QUOTABLE, "[Stelle nicht wiedergefunden]"]
    assert [row[cells["Notizen"][0].index("Notiz")] for row in cells["Notizen"][1:]][-1] == WITHHELD
    for name in wanted - {"Gegenfälle"}:
        assert not any("Geld nie abgerechnet" in str(cell) for row in cells[name] for cell in row), name


def test_an_english_chapter_names_states_in_english() -> None:
    desk = desk_of(tables())
    with spoken("en"):
        found = cycle.chapter(desk)["cycle"]
    assert found.log.plain()[0][2] == "new category"
    assert found.sampling.plain()[0][-1] == "planned"
