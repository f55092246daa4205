"""The chapter on agreement: every pair with its figures, machines apart, disagreements that keep to bans, confusions; also in Word and Excel."""

from __future__ import annotations

import io
from typing import Any

import pytest
import shown

from pipeline import document, guide, workbook
from pipeline.language import spoken
from pipeline.method.answers import MethodFile
from pipeline.pages import environment
from pipeline.sections import agreement, material
from pipeline.sections import agreement_words as words
from pipeline.sections.agreement_words import MEANING, MEASURES, compared
from pipeline.sections.agreement_words import shown as figure
from pipeline.sections.answers.desk import Desk
from pipeline.sections.method import agreed
from pipeline.sections.method.evidence import gathered
from pipeline.tables import rows_of
from pipeline.wording import NOT_QUOTABLE, NOT_SHOWN

SECRET = "Der Vorsitzende hat das Geld nie abgerechnet."
NOTE = "sehr selten vergeben: Kappa und Alpha fallen niedrig aus, AC1 und der Anteil gleicher Entscheidungen hoch"
PAGE = '{% import "macros.html.j2" as ui with context %}{% include "agreement.html.j2" %}'


def measured(order: int, **more: Any) -> dict[str, Any]:
    given = {"scope": "people", "a": "mk", "b": "ab", "part": "all", "unit": "sentence", "measure": "cohen", "state": "before", "n": 120, "n_cases": 6, "estimate": 0.62, "low": 0.41, "high": 0.78}
    return shown.row("agreement", order=order, **{**given, **more})


PAIR = [
    measured(1, measure="percent", estimate=0.95, low=0.9, high=0.98), measured(2), measured(3, state="after", estimate=0.97, low=0.9, high=1.0),
    measured(4, code="ENG.verein", estimate=0.5, low=float("nan"), high=float("nan"), prevalence=0.03, note=NOTE),
    measured(5, code="ENG.verein", measure="percent", estimate=0.97, low=0.9, high=0.99, prevalence=0.03),
    measured(6, code="BED.raum", n=4, measure="percent", estimate=0.75), measured(7, code="BED.raum", n=4, estimate=0.3),
    measured(8, part="doc", value="I001", n=60), measured(9, part="month", value="2026-06", n=60),
    measured(10, scope="machine", a="menschen", b="maschine", estimate=0.4), measured(11, scope="rule_model", a="rule", b="model", estimate=0.2),
]  # fmt: skip
APART = [
    shown.row("disagreements", doc=doc, turn=2, start=0, end=45, seg=f"{doc}.2.1", case=doc, a="mk", b="ab", codes_a="ENG.verein", codes_b="BED.raum", only_a="ENG.verein", only_b="BED.raum", memo_a=memo, resolved=settled)
    for doc, memo, settled in (("I001", "eindeutig Verein", "BED.raum"), ("I002", f"sagt: {SECRET}", ""))
]  # fmt: skip
MIXED = [shown.row("confusions", a="mk", b="ab", code_a="ENG.verein", code_b="BED.raum", n=2, n_cases=2, n_a=5, n_b=4, share=0.4, example="I001, Beitrag 2", hint="Grenze klären")]


def tables(stage: str = "report", said: str = SECRET, **more: list[dict[str, Any]]) -> dict[str, Any]:
    return shown.tables(stage, said, **({"agreement": PAIR, "disagreements": APART, "confusions": MIXED} | more))


def desk_of(data: dict[str, Any], stage: str = "report") -> Desk:
    settings = shown.settings(stage)
    return Desk(data, settings, material.Names(settings, data["cases"], data["documents"]), guide.load(shown.FILES["guide_file"]))


def page(data: dict[str, Any], language: str = "de") -> str:
    from pipeline.sections import cycle

    desk = desk_of(data)
    desk.settings.language = language
    with spoken(language):
        return environment().from_string(PAGE).render(study=desk.settings, **agreement.chapter(desk), **cycle.chapter(desk))


def test_every_measure_has_plain_words() -> None:
    assert set(MEANING) == set(MEASURES)
    assert set(MEASURES) == set(
        "percent cohen scott fleiss conger brennan_prediger ac1 ac2 alpha_nominal alpha_ordinal alpha_interval alpha_masi alpha_unitizing overlap_percent overlap_kappa".split()
    )


@pytest.mark.parametrize(
    ("row", "told"),
    [
        ({"measure": "percent", "n": 120, "estimate": 0.95, "low": 0.904, "high": 0.98}, "95\u202f% (90 bis 98\u202f%)"),
        ({"measure": "ac1", "n": 120, "estimate": -0.054}, "-0,05"),
        ({"measure": "percent", "n": 4, "estimate": 0.75, "code": "BED.raum"}, "drei von vier"),
        ({"measure": "percent", "n": 4, "estimate": 0.75}, "zu wenige"),
        ({"measure": "cohen", "n": 4, "estimate": 0.3}, "zu wenige"),
        ({"measure": "cohen", "n": 0}, "–"),
    ],
)
def test_a_figure_says_no_more_than_it_carries(row: dict[str, Any], told: str) -> None:
    assert figure(rows_of(desk_of(tables(agreement=[measured(1, **{"low": float("nan"), "high": float("nan"), "estimate": float("nan"), **row})])).tables["agreement"])[0]) == told
    assert compared(12, "sentence") == "zwölf Sätze"


def test_people_are_compared_pair_by_pair_before_and_after_the_meeting() -> None:
    told = agreement.chapter(desk_of(tables()))["agreement"]
    pair = told.people[0]
    assert (len(told.people), pair.title, told.alone) == (1, "mk und ab", "")
    lines = {row[0]: row[1:] for row in pair.overall.plain()}
    assert lines["Cohens Kappa"] == ("Sätze", "0,62 (0,41 bis 0,78)", "0,97 (0,90 bis 1,00)", "120", "6", "")
    assert lines["gleich entschieden"][2] == "–"
    assert [name for name, _words in told.meaning] == ["gleich entschieden", "Cohens Kappa"]


def test_each_category_stands_with_how_much_carries_it() -> None:
    codes = agreement.chapter(desk_of(tables()))["agreement"].people[0].codes
    assert [t.caption for t in codes] == ["Jede Kategorie; verglichen: Sätze"]
    assert codes[0].plain() == [
        ("Vereinsarbeit", "120", "6", "3\u202f%", "97\u202f% (90 bis 99\u202f%)", "0,50", NOTE),
        ("Räume", "4", "6", "–", "drei von vier", "zu wenige", ""),
    ]
    assert codes[0].rows[0][0].to == "#code-ENG.verein"


def test_parts_are_told_by_conversation_and_month() -> None:
    parts = agreement.chapter(desk_of(tables()))["agreement"].people[0].parts
    assert [t.plain()[0][:2] for t in parts] == [("Interview 1", "60"), ("Juni 2026", "60")]


def test_machines_stand_apart_and_are_named_as_such() -> None:
    told = agreement.chapter(desk_of(tables()))["agreement"]
    assert [c.title for c in told.machine] == ["die Menschen und die Maschine"]
    assert [c.title for c in told.rules] == ["Regeln des Codebuchs und gelerntes Modell"]
    assert [c.overall.head[2] for c in (told.people[0], told.machine[0])] == ["vor dem Konsens", "Schätzung"]  # a machine attends no meeting
    shown_page = page(tables())
    assert "keine Übereinstimmung zwischen Codierenden" in shown_page
    assert shown_page.index("mk und ab") < shown_page.index("keine Übereinstimmung zwischen Codierenden") < shown_page.index("die Menschen und die Maschine")


@pytest.mark.parametrize(
    ("coders", "told"), [((), "Noch hat niemand codiert"), (("mk", "konsens"), "nur eine Person codiert (mk)"), (("mk", "ab"), "Zwei Personen haben codiert (ab, mk)")]
)
def test_where_nobody_was_compared_it_says_so_and_how_to_begin(coders: tuple[str, ...], told: str) -> None:
    read = [shown.row("reviewed", doc="I001", turn=2, start=n, end=9, coder=coder, mode="interview") for n, coder in enumerate(coders)]
    data = tables(agreement=[measured(1, a="mk", b="", n=0, estimate=float("nan"))], disagreements=[], confusions=[], reviewed=read, codings=[])
    found = agreement.chapter(desk_of(data))["agreement"]
    assert found.people == []
    assert told in found.alone
    assert "make double CODERS=" in found.alone
    assert "make double" in page(data)


def test_disagreements_lead_to_their_passage_and_keep_to_bans() -> None:
    told = agreement.chapter(desk_of(tables()))["agreement"].disagreed
    assert told.summary == "Zwei Sätze codierten zwei Menschen verschieden. Über einen davon hat eine Konsenssitzung entschieden."
    open_, settled = told.rows
    assert (open_.anchor, open_.shown, open_.resolved) == ("I002-2", NOT_QUOTABLE, "")
    assert "Geld nie abgerechnet" not in open_.memos[0][1]
    assert (settled.anchor, settled.shown, settled.resolved, settled.memos) == ("I001-2", SECRET, "Räume", [("mk", "eindeutig Verein")])
    shown_page = page(tables())
    assert shown_page.count("Geld nie abgerechnet") == 1
    assert 'href="#I002-2"' in shown_page
    never = [shown.row("quote_decisions", doc="I001", turn=2, start=0, end=45, pin="nein")]
    assert agreement.chapter(desk_of(tables(quote_decisions=never)))["agreement"].disagreed.rows[1].shown == NOT_SHOWN
    assert "Geld nie abgerechnet" not in page(tables(quote_decisions=never))


def test_confusions_are_a_map_with_hints() -> None:
    (one,) = agreement.chapter(desk_of(tables()))["agreement"].confused
    assert [cell.text for cell in one.head] == ["Räume"]
    assert [(row.label.text, [(c.step, c.text) for c in row.cells]) for row in one.rows] == [("Vereinsarbeit", [(5, "2")])]
    assert (one.lines[0].told, one.lines[0].hint, one.lines[0].place.anchor) == ("in zwei Sätzen, bei zwei Befragten", "Grenze klären", "I001-2")


def test_a_category_against_nothing_is_told_as_nothing() -> None:
    (one,) = agreement.chapter(desk_of(tables(confusions=[{**MIXED[0], "code_b": ""}])))["agreement"].confused
    assert [cell.text for cell in one.head] == ["nichts"]


def test_hostile_notes_are_escaped() -> None:
    bad = "</script><img src=x onerror=alert(1)>"
    shown_page = page(tables(disagreements=[{**APART[0], "memo_a": bad, "a": bad}], confusions=[{**MIXED[0], "hint": bad}], agreement=[measured(1, a=bad, note=bad)]))
    assert "<img" not in shown_page
    assert shown_page.count("&lt;img src=x") >= 4


def test_the_method_chapter_tells_the_figure() -> None:
    desk = desk_of(tables())
    told = agreed.double(gathered(desk, None, MethodFile())).text
    assert told.startswith("mk und ab lasen dieselben Stellen, bevor sie darüber sprachen (120 Sätze, bei sechs Befragten): Cohens Kappa 0,62 (0,41 bis 0,78).")
    assert "95\u202f% (90 bis 98\u202f%)" in told
    assert "Zwei Sätze codierten zwei Menschen verschieden; über einen davon entschied eine Konsenssitzung." in told
    assert "noch nicht geprüft" in agreed.double(gathered(desk_of(tables(agreement=[])), None, MethodFile())).text


def test_a_note_that_holds_of_all_is_told_once_and_further_units_fold() -> None:
    rows = [measured(n, unit=unit, note="nicht unabhängig: Vorschläge waren zu sehen" + more) for n, (unit, more) in enumerate((("sentence", ""), ("turn", f"; {NOTE}")))]
    (pair,) = agreement.chapter(desk_of(tables(agreement=rows)))["agreement"].people
    assert pair.notes == ["nicht unabhängig: Vorschläge waren zu sehen"]
    assert [row[-1] for row in pair.overall.plain()] == [""]
    assert [(t.caption, t.plain()[0][-1]) for t in pair.others] == [("Alle Kategorien zusammen; verglichen: Redebeiträge", NOTE)]
    assert page(tables(agreement=rows)).count("nicht unabhängig") == 1


def test_all_coders_together_go_first() -> None:
    rows = [*PAIR, measured(20, a="alle", b="", measure="fleiss", estimate=0.7, low=0.6, high=0.8)]
    assert agreement.first_figure(desk_of(tables(agreement=rows))).a == "alle"
    assert "Alle zusammen" in page(tables(agreement=rows))


def test_an_english_report_has_no_german_word_of_the_program() -> None:
    english = page(tables(), "en")
    assert "How far coders agree" in english
    assert "Cohen’s kappa" in english
    with spoken("en"):
        assert words.noted(NOTE)[0] in english
    assert "gleich entschieden" not in english


def test_word_and_excel_have_the_same_and_keep_to_bans() -> None:
    from docx import Document

    made = document.render(shown.settings("document"), **shown.FILES, **tables("document"))["report.docx"]
    doc = Document(io.BytesIO(made))
    text = "\n".join([p.text for p in doc.paragraphs] + [cell.text for t in doc.tables for row in t.rows for cell in row.cells])
    assert "Wie einig sich Codierende sind" in text
    assert "0,62 (0,41 bis 0,78)" in text
    assert "keine Übereinstimmung zwischen Codierenden" in text

    import openpyxl

    book = openpyxl.load_workbook(io.BytesIO(workbook.render(shown.settings("workbook"), shown.FILES["guide_file"], **tables("workbook"))["tables.xlsx"]))
    assert {"Übereinstimmung", "Abweichungen", "Verwechslungen"} <= set(book.sheetnames)
    assert "Notizen" not in book.sheetnames  # nothing is written: no empty sheet
    cells = {sheet.title: [[cell.value for cell in row] for row in sheet.iter_rows()] for sheet in book.worksheets}
    assert cells["Übereinstimmung"][1][0] == "Menschen mit Menschen"
    assert [row[cells["Abweichungen"][0].index("Zitat")] for row in cells["Abweichungen"][1:]] == [SECRET, NOT_QUOTABLE]
    assert not any("Geld nie abgerechnet" in str(cell) for name in ("Verwechslungen",) for row in cells[name] for cell in row)
    assert sum("Geld nie abgerechnet" in str(cell) for row in cells["Abweichungen"] for cell in row) == 1
    assert cells["Verwechslungen"][1][2:4] == ["Vereinsarbeit", "Räume"]
