"""The chapter on method: checklists complete in both languages, facts recounted from the tables, what people say read with file and line."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pandas as pd
import pytest
from conftest import HERE

from pipeline import codebook, given, guide, study
from pipeline.inputs import checked
from pipeline.language import spoken
from pipeline.method import answers, checklists
from pipeline.method.defaults import KEYS, differing
from pipeline.places import Places
from pipeline.problems import Stop
from pipeline.pseudonymise import counts
from pipeline.sections import material
from pipeline.sections.answers.desk import Desk
from pipeline.sections.method import agreed, chapter, coding, lists, processing, results, sample, scaffold, versions
from pipeline.sections.method.evidence import Evidence, Told, gathered
from pipeline.sections.method.facts import FACTS, every
from pipeline.stages import BY_NAME
from pipeline.tables import PUBLIC, TABLES, from_csv
from pipeline.written import spaced, texts

TOTALS = {"coreq": 32, "srqr": 21, "steinke": 7, "mayring": 8, "kuckartz": 31, "struebing": 5}
NOBODY = answers.MethodFile()


def tables_of(places: Places) -> dict[str, pd.DataFrame]:
    names = [n for n in BY_NAME["report"].reads if TABLES[n].place == PUBLIC]
    return {n: from_csv(places.outputs / "tables" / f"{n}.csv") for n in names}


def evidence_of(places: Places, file: answers.MethodFile = NOBODY, **changed: pd.DataFrame) -> Evidence:
    settings = given.settings(BY_NAME["report"], study.load(places.codebooks / "study.yaml"))
    tables = tables_of(places) | changed
    names = material.Names(settings, tables["cases"], tables["documents"])
    desk = Desk(tables, settings, names, guide.load(places.codebooks / "guide.yaml"))
    return gathered(desk, codebook.load(places.codebooks / "codebook.yaml"), file)


@pytest.fixture(scope="module")
def e(finished: Places) -> Evidence:
    return evidence_of(finished)


def figures(text: str) -> list[int]:
    return [int(n.replace("\u202f", "")) for n in re.findall(r"\d[\d\u202f]*", text)]


# Checklists


@pytest.mark.parametrize("one", checklists.load(), ids=lambda one: one.id)
def test_a_checklist_is_complete_in_both_languages(one: checklists.Checklist) -> None:
    numbers = [item.number for item in one.items]
    assert len(numbers) == len(set(numbers)) == TOTALS[one.id]
    if one.id != "kuckartz":
        assert numbers == [str(n) for n in range(1, TOTALS[one.id] + 1)]
    for both in (one.title, *(item.part for item in one.items if item.part), *([one.note] if one.note else [])):
        assert both.de
        assert both.en
        assert both.de != both.en
    for item in one.items:
        assert len(item.de) > 10
        assert len(item.en) > 10
        assert item.de != item.en
    assert all(re.search(r"\((19|20)\d\d\)", source) for source in one.source)


def test_every_checklist_can_be_answered() -> None:
    assert tuple(answers.Checklists.model_fields) == checklists.ORDER == tuple(TOTALS)


def test_items_point_to_facts_and_keys_that_exist() -> None:
    items = [item for one in checklists.load() for item in one.items]
    assert {item.fact for item in items if item.fact} <= set(FACTS)
    for item in items:
        if item.said:
            assert NOBODY.said(item.said) == ""  # raises where there is no such key
        if item.partly:
            assert item.fact, item.number


@pytest.mark.parametrize("language", ["de", "en"])
def test_every_fact_tells_something_or_nothing_in_both_languages(e: Evidence, language: str) -> None:
    with spoken(language):
        for name, told in every(e).items():
            assert isinstance(told, Told), name
            assert not re.search(r"[{}]|^ |  ", told.text), (name, told.text)
            assert not told.text or told.text.endswith("."), (name, told.text)


def test_states_of_items(e: Evidence) -> None:
    file = answers.parse("checklists:\n  coreq:\n    13: Drei sagten ab.\npositionality:\n  funding: Die Stadt.\n")
    shown = {one.id: {item.number: item for item in one.items} for one in lists.shown(every(e), file)}
    assert (shown["coreq"]["12"].state, shown["coreq"]["13"].state, shown["coreq"]["4"].state) == ("run", "people", "open")
    assert shown["coreq"]["13"].answer == "Drei sagten ab."
    assert shown["srqr"]["21"].answer == "Die Stadt."
    assert "checklists, coreq, 4" in shown["coreq"]["4"].where
    assert "positionality, ethics" in shown["srqr"]["9"].where
    # What the run knows in part only helps people and answers nothing.
    assert shown["coreq"]["9"].fact
    assert shown["coreq"]["9"].state == "open"


def test_counts_of_a_list_are_those_of_its_items(e: Evidence) -> None:
    for one in lists.shown(every(e), NOBODY):
        assert Counter(item.state for item in one.items) == Counter({state: n for state, n in one.counts.items() if n})
        assert figures(one.summary) == [one.total, one.counts["run"], one.counts["people"], one.counts["open"]]


def test_a_fact_that_knows_nothing_leaves_its_item_open() -> None:
    nothing = {name: Told("", False) for name in FACTS}
    assert {item.state for one in lists.shown(nothing, NOBODY) for item in one.items} == {"open"}


# Figures, recounted


def test_the_public_counts_are_those_of_the_private_tables(demo: Places) -> None:
    cleaning = from_csv(demo.outputs / "tables" / "cleaning.csv")
    private = {"sign": ("annotations", "type"), "change": ("changes", "rule"), "replacement": ("replacements", "kind"), "suspect": ("suspects", "kind")}
    for step, (table, column) in private.items():
        data = from_csv(demo.private / "tables" / f"{table}.csv")
        wanted = Counter(zip(data["doc"], data[column], strict=True))
        mine = cleaning[cleaning["step"] == step]
        assert dict(zip(zip(mine["doc"], mine["kind"], strict=True), mine["n"], strict=True)) == wanted, step
        assert len(mine) > 0, step


def test_public_counts_hold_no_word_of_anybody(demo: Places) -> None:
    cleaning = from_csv(demo.outputs / "tables" / "cleaning.csv")
    known = {*processing.SIGNS, *processing.KINDS}
    for kind in cleaning["kind"]:
        assert set(kind.split("+")) <= known | processing.TIDYING, kind


def test_counting_kinds() -> None:
    assert counts("I001", {"sign": ["time", "pause", "time"], "change": []}) == [
        {"doc": "I001", "step": "sign", "kind": "pause", "n": 1}, {"doc": "I001", "step": "sign", "kind": "time", "n": 2},
    ]  # fmt: skip


def test_figures_equal_the_tables(demo: Places) -> None:
    e = evidence_of(demo)
    tables = e.desk.tables
    cleaning, codings, reviewed, turns = (tables[n] for n in ("cleaning", "codings", "reviewed", "turns"))
    signs, changes, replaced, suspect = (cleaning[cleaning["step"] == s] for s in ("sign", "change", "replacement", "suspect"))
    told = processing.cleaning(e).text
    changed = changes[[not set(kind.split("+")) <= {"blank", "comma", "stop"} for kind in changes["kind"]]]
    assert figures(told) == [signs["n"].sum(), changed["n"].sum()]
    assert sum(figures(row[1])[0] for row in processing.names_grid(e).rows) == replaced["n"].sum()
    assert sum(figures(row[2])[0] for row in processing.names_grid(e).rows) == suspect["n"].sum()
    assert figures(processing.names(e).text)[-1] == suspect["n"].sum()
    spoken_turns = turns[turns["role"].isin(["respondent", "unknown"])]
    read = {*zip(reviewed["doc"], reviewed["turn"], strict=True)} & {*zip(spoken_turns["doc"], spoken_turns["turn"], strict=True)}
    assert figures(coding.reading(e).text) == [len(spoken_turns), len(read)]
    by_people = codings[~codings["coder"].isin(["rule", "model", "llm"])]
    assert figures(coding.coders(e).text) == [len(by_people)]
    assert figures(sample.people_asked(e).text)[0] == tables["cases"]["case"].nunique()
    facts = material.facts(tables, material.counting(tables, e.desk.settings))
    assert figures(coding.mentions(e).text) == [facts.mentions, facts.proposed]
    assert figures(results.counter(e).text)[0] == (tables["findings_against"]["basis"] == "reviewed").sum()
    assert figures(results.traceable(e).text)[0] == changes["n"].sum()


def test_coders_and_proposals_stand_apart(demo: Places) -> None:
    e = evidence_of(demo)
    codings = e.desk.tables["codings"]
    rows = {row[0]: row[1:] for row in coding.shares_grid(e).rows}
    assert rows["Mensch, Kürzel demo"] == (str((codings["coder"] == "demo").sum()), "–", "–")
    for coder, words in (("model", "gelerntes Modell"), ("rule", "Regeln des Codebuchs")):
        mine = codings[codings["coder"] == coder]["status"]
        assert rows[words] == ("–", str((mine == "accepted").sum()), str((mine == "proposed").sum()))


def test_agreement_is_not_made_up(demo: Places) -> None:
    assert "noch nicht geprüft" in agreed.double(evidence_of(demo)).text
    # Who read the same is the business of the stage agreement: without its figure the chapter tells none.
    reviewed = from_csv(demo.outputs / "tables" / "reviewed.csv")
    e = evidence_of(demo, reviewed=pd.concat([reviewed, reviewed.assign(coder="zwei")]))
    assert "noch nicht geprüft" in agreed.double(e).text
    assert "Zwei Personen haben gelesen oder codiert" in coding.coders(e).text


def test_what_a_meeting_settled_is_nobody_s_own(demo: Places) -> None:
    codings = from_csv(demo.outputs / "tables" / "codings.csv")
    mine = codings[codings["coder"] == "demo"].head(3).assign(coder="konsens", coding=["k1", "k2", "k3"])
    e = evidence_of(demo, codings=pd.concat([codings, mine]))
    assert "Eine Person hat gelesen oder codiert" in coding.coders(e).text
    assert "Drei Codierungen legte eine Konsenssitzung fest." in coding.coders(e).text
    assert ("Konsens der Codierenden", "3", "–", "–") in coding.shares_grid(e).rows


def test_what_was_read_for_some_categories_alone_is_no_full_reading(demo: Places) -> None:
    reviewed = from_csv(demo.outputs / "tables" / "reviewed.csv")
    for changed in (reviewed.assign(mode="queue"), reviewed.assign(codes="BED.raum")):
        assert coding.reading(evidence_of(demo, reviewed=changed)).text.endswith("sind 0 ganz oder zum Teil für alle Kategorien gelesen, in keinem Gespräch.")


def test_what_is_unknown_is_said(finished: Places) -> None:
    cases = from_csv(finished.outputs / "tables" / "cases.csv").assign(access="", interviewer="", language="")
    access = from_csv(finished.outputs / "tables" / "findings_access.csv").head(0)
    documents = from_csv(finished.outputs / "tables" / "documents.csv").assign(date="", mode="", notation="unknown", tool="")
    e = evidence_of(finished, cases=cases, findings_access=access, documents=documents)
    for fact in (sample.access, sample.interviewers, sample.languages, sample.modes, sample.dates, processing.notations, processing.tools):
        told = fact(e)
        assert (bool(told.text), told.whole) == (True, False), fact.__name__
    assert sample.access(e).text == "Wie die Befragten erreicht wurden, ist nicht angegeben."


# Programs and settings


def test_versions_come_from_the_lock_file() -> None:
    lock = versions.LOCK.read_text("utf-8")
    found = dict(versions.libraries())
    assert set(found) == set(versions.LIBRARIES.values())
    for name, word in versions.LIBRARIES.items():
        assert re.search(rf"^{re.escape(name)}=={re.escape(found[word])}\b", lock, re.M), name


def test_settings_that_differ_are_told_with_their_default(finished: Places) -> None:
    settings = given.settings(BY_NAME["report"], study.Study())
    assert differing(settings) == []
    changed = study.Study.model_validate({"clean": {"fillers": "keep"}, "topics": {"number": 8}})
    found = differing(given.settings(BY_NAME["report"], changed))
    assert [(s.key, s.value, s.default) for s in found] == [("clean.fillers", "keep", "drop"), ("topics.number", 8, 0)]


def test_the_word_document_gets_the_same_settings() -> None:
    assert BY_NAME["document"].settings == BY_NAME["report"].settings
    settings: Any = given.settings(BY_NAME["document"], study.Study())
    for key in KEYS:
        section, _, name = key.partition(".")
        assert hasattr(getattr(settings, section), name), key


# The chapter


def test_facts_appear_in_the_chapter(demo: Places) -> None:
    e = evidence_of(demo)
    shown = chapter(e.desk, e.book, demo.codebooks / "method.yaml")["method"]
    texts = " ".join(text for part in shown.parts for text in part.texts)
    for name in ("people", "groups", "modes", "notations", "cleaning", "names", "codebook", "coders", "reading", "double", "topics", "saturation", "software"):
        assert FACTS[name](e).text.split(". ")[0] in texts, name
    german, english = shown.paragraphs
    assert (german.language, english.language) == ("de", "en")
    assert e.book.version in german.text
    assert e.book.version in english.text
    assert "Die Steuerungsgruppe schlug vor" in german.text
    assert "Die Steuerungsgruppe schlug vor" not in english.text
    assert versions.NAME in shown.citation.apa
    assert f"version = {{{versions.__version__}}}" in shown.citation.bibtex


def test_links_lead_to_chapters_of_the_page(demo: Places) -> None:
    e = evidence_of(demo)
    page = (demo.outputs / "report.html").read_text("utf-8")
    shown = chapter(e.desk, e.book, demo.codebooks / "method.yaml")["method"]
    anchors = [part.link[0] for part in shown.parts if part.link[0]] + ["methode", "checklisten", "positionalitaet", "zitieren"]
    for anchor in anchors:
        assert f'id="{anchor}"' in page, anchor


def test_positions_of_the_demo(demo: Places) -> None:
    e = evidence_of(demo, answers.load(demo.codebooks / "method.yaml"))
    shown = chapter(e.desk, e.book, demo.codebooks / "method.yaml")["method"].positionality
    assert shown.open == ["Ethik"]
    asked = e.desk.tables["cases"].groupby("interviewer")["case"].nunique()
    assert [row[0] for row in shown.interviewers.rows] == sorted(asked.index)
    assert shown.unknown == []
    assert any("nur eine Sprache" in text for text in shown.facts)


def test_an_interviewer_who_asked_nobody_is_named(demo: Places) -> None:
    e = evidence_of(demo, answers.parse("positionality:\n  interviewers:\n    short: XY\n"))
    from pipeline.sections.method import positionality

    page = positionality.page(e)
    assert len(page.unknown) == 1
    assert "»XY«" in page.unknown[0]


def test_a_study_without_the_file_names_all_points_as_open(finished: Places) -> None:
    e = evidence_of(finished)
    shown = chapter(e.desk, e.book, finished.codebooks / "gibt-es-nicht.yaml")["method"]
    assert not shown.written
    wanted = [p.title for p in shown.positionality.points if p.key not in ("client", "institute")]
    assert [title for title in shown.positionality.open if title in wanted] == wanted
    assert figures(shown.open) == [sum(one.counts["open"] for one in shown.checklists)]


def rendered(method: SimpleNamespace, settings: Any) -> str:
    from pipeline.pages import environment

    return environment().get_template("method.html.j2").render(method=method, study=settings, annotator="A", codebook_version="v")


def test_hostile_text_is_escaped(finished: Places, tmp_path: Path) -> None:
    bad = "</script><script>alert(1)</script><img src=x onerror=alert(1)>"
    path = tmp_path / "method.yaml"
    path.write_text(
        f"positionality:\n  client: '{bad}'\n  interviewers:\n    short: '{bad}'\ndecisions:\n  what: '{bad}'\n"
        f"transcription:\n  rules: '{bad}'\nchecklists:\n  coreq:\n    13: '{bad}'\n", "utf-8",
    )  # fmt: skip
    e = evidence_of(finished)
    page = rendered(chapter(e.desk, e.book, path)["method"], e.desk.settings)
    assert "<script" not in page
    assert "<img" not in page
    assert page.count("&lt;img src=x") >= 4


def test_a_missing_file_renders(finished: Places) -> None:
    e = evidence_of(finished)
    page = rendered(chapter(e.desk, e.book, finished.codebooks / "keine.yaml")["method"], e.desk.settings)
    assert "gibt es noch keine method.yaml" in page
    assert re.findall(r'<section id="(\w+)"', page) == ["methode", "checklisten", "positionalitaet", "zitieren"]


# What people write


PROBLEMS = [
    ("positionalty:\n  client: Stadt\n", 1, "positionality"),
    ("positionality:\n  client: Stadt\n  fundng: Land\n", 3, "funding"),
    ("positionality:\n  interviewers:\n    - short: A\n    - short: B\n      langages: [Deutsch]\n", 5, "languages"),
    ("positionality:\n  interviewers:\n    - languages: [Deutsch]\n", 3, "short"),
    ("checklists:\n  corq:\n    1: ja\n", 2, "coreq"),
    ("checklists:\n  coreq:\n    1: ja\n    33: ja\n", 4, "33"),
    ("checklists:\n  kuckartz:\n    D1: ja\n", 3, "D1"),
    ("checklists:\n  coreq:\n    1: ja\n    1: nein\n", 4, "steht schon"),
    ("checklists:\n  coreq: [eins]\n", 2, "coreq"),
    ("decisions:\n  - why: darum\n", 2, "what"),
    ("positionality:\n  interviewers:\n    - short: A\n    - short: A\n", 4, "steht schon"),
    (f"positionality:\n  client: {'x' * 6001}\n", 2, "zu lang"),
    ("positionality: Stadt\n", 1, "positionality"),
]


@pytest.mark.parametrize(("text", "line", "word"), PROBLEMS, ids=[word + str(line) for _, line, word in PROBLEMS])
def test_a_mistake_is_told_with_file_and_line(text: str, line: int, word: str) -> None:
    with pytest.raises(Stop) as stop:
        answers.parse(text)
    problem = stop.value.problems[0]
    assert (problem.file, problem.line) == ("method.yaml", line)
    assert word in str(problem)


def test_all_mistakes_are_told_before_a_run(places: Places) -> None:
    (places.codebooks / "method.yaml").write_text("positionality:\n  clinet: Stadt\n  fundig: Land\n", "utf-8")
    with pytest.raises(Stop) as stop:
        checked(places)
    assert [(p.line, p.file.endswith("method.yaml")) for p in stop.value.problems] == [(2, True), (3, True)]


@pytest.mark.parametrize("text", ["", "# nichts\n", "positionality:\nchecklists:\n  coreq:\ndecisions:\ntranscription:\n"])
def test_an_empty_file_says_nothing(text: str) -> None:
    assert answers.parse(text) == NOBODY


def test_every_scalar_is_a_string() -> None:
    file = answers.parse("checklists:\n  coreq:\n    18: no\n    21: 12:30\npositionality:\n  client: null\n")
    assert (file.answer("coreq", "18"), file.answer("coreq", "21"), file.positionality.client) == ("no", "12:30", "null")


def test_the_template_says_what_the_file_says(finished: Places) -> None:
    e = evidence_of(finished)
    demo = answers.load(HERE.parent / "codebooks" / "demo" / "method.yaml")
    odd = answers.parse('positionality:\n  client: "A: \\"b\\" # c\\\\d\\u0085\\ne"\n  team: {name: "- x"}\nchecklists:\n  coreq: {13: "#"}\n')
    for file in (NOBODY, demo, odd):
        text = scaffold.text(file, lists.shown(every(e), file), "Kopf\n")
        assert answers.parse(text) == file
    assert len(demo.told()) > 20


def test_the_template_names_every_open_point(finished: Places) -> None:
    e = evidence_of(finished)
    shown = lists.shown(every(e), NOBODY)
    text = scaffold.text(NOBODY, shown, "Kopf")
    opened = re.sub(r'^(\s*)# (\w+): ""$', r'\1\2: "x"', text, flags=re.M)
    file = answers.parse(re.sub(r"^  # ((?:team|interviewers):.*|  [- ] .*)$", "", opened, flags=re.M))
    for one in shown:
        for item in one.items:
            assert bool(file.answer(one.id, item.number)) == (item.state == "open"), (one.id, item.number)


def test_the_run_writes_the_template(demo: Places) -> None:
    written = demo.outputs / "editable" / "method.yaml"
    assert answers.load(written) == answers.load(demo.codebooks / "method.yaml")
    assert '# 4: ""' in written.read_text("utf-8")


def test_answers_are_adopted_and_the_old_ones_kept(places: Places, ran: None) -> None:
    from pipeline.adopt import adopt

    edited = places.outputs / "editable" / "method.yaml"
    edited.write_text(edited.read_text("utf-8").replace('# client: ""', 'client: "Stadt"'), "utf-8")
    lines = adopt(places, str(edited))
    assert lines[0] == "Ein beantworteter Punkt übernommen." or lines[0].startswith("1 ")
    assert answers.load(places.codebooks / "method.yaml").positionality.client == "Stadt"
    edited.write_text("positionality:\n  institute: Institut\n", "utf-8")
    lines = adopt(places, str(edited))
    assert any("positionality.client" in line for line in lines)
    assert list((places.codebooks / "backup").iterdir())
    assert adopt(places, str(edited)) == ["Die Datei sagt zum Vorgehen nichts Neues; nichts geändert."]




def test_authors_of_checklists_are_words_of_the_program(finished: Places) -> None:
    # Somebody interviewed may be called like one of them: that is told and stops nothing.
    own = spaced(texts(finished))
    assert " steinke " in own
    assert " rädiker " in own
