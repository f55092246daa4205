"""The report: every figure leads to its quotes, hostile words stay words, nothing is fetched, nothing breaks."""

from __future__ import annotations

import csv
import json
import random
import re
from collections.abc import Callable
from html.parser import HTMLParser
from typing import Any
from urllib.parse import parse_qsl

import pytest
from conftest import run
from pageheld import Held, counted, links, stated

from pipeline.places import Places

Opened = Callable[..., tuple[Any, list[str]]]

class Page(HTMLParser):
    """Ids, internal links, outside addresses and tags of a page."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.ids: list[str] = []
        self.links: list[str] = []
        self.outside: list[str] = []
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = dict(attrs)
        self.tags.append((tag, found))
        if found.get("id"):
            self.ids.append(str(found["id"]))
        for name in ("href", "src", "action", "data"):
            value = found.get(name)
            if value and value.startswith("#"):
                self.links.append(value[1:])
            elif value:
                self.outside.append(value)


@pytest.fixture(params=["finished", "demo"])
def done(request: pytest.FixtureRequest) -> Places:
    result: Places = request.getfixturevalue(request.param)
    return result


def leads_somewhere(link: str, page: Page, held: Held) -> bool:
    """Whether an address is an id of the page, a filter whose keys and values are known, a turn or a quote."""
    if link in page.ids:
        return True
    if link.startswith("belege?"):
        wanted = dict(parse_qsl(link.removeprefix("belege?")))
        return all(key in ("label", "order", "q") or set(value.split("|")) <= {v[0] for v in held.facets[key]["values"]} for key, value in wanted.items() if key != "mention")
    if link.startswith("zitat-"):
        return link.removeprefix("zitat-") in held.quotes["mention"]
    doc, _, turn = link.rpartition("-")
    return f"text-{doc}" in held.scripts and int(turn) in {t[0] for t in held.talk(doc)}


def test_every_internal_link_resolves_and_nothing_leads_outside(done: Places) -> None:
    text = (done.outputs / "report.html").read_text("utf-8")
    page, held = Page(text), Held(text)
    assert len(page.links) > 30
    assert not [link for link in sorted(set(page.links)) if not leads_somewhere(link, page, held)]
    assert len(page.ids) == len(set(page.ids))
    assert page.outside == ["codebook_diff.html"]  # beside it, made in every run
    assert (done.outputs / "codebook_diff.html").is_file()


def test_every_figure_equals_the_quotes_it_leads_to(done: Places) -> None:
    text = (done.outputs / "report.html").read_text("utf-8")
    held = Held(text)
    checked = 0
    for address, of, words in links(text):
        if of and (said := stated(words)) is not None:
            assert said == held.count(address, of), (address, of, words)
            checked += 1
    assert checked > (500 if held.quotes["mention"][1000:] else 10)


def test_potentials_come_before_problems(demo: Places) -> None:
    text = (demo.outputs / "report.html").read_text("utf-8")
    places = [text.index(f'id="kapitel-{code}"') for code in ("POT", "ENG", "SEG", "BED")]
    assert places == sorted(places)
    assert "Genannte Gründe für das Nebeneinander" in text


@pytest.mark.long
def test_machine_proposals_are_called_unreviewed(demo: Places) -> None:
    text = (demo.outputs / "report.html").read_text("utf-8")
    assert re.search(r"\d+ Vorschläge bei \w+ Befragten, ungelesen", text)
    assert re.search(r"\d+ Stellen, gelesen", text)
    assert {basis for (basis,) in (Held(text).values(row, "basis") for row in Held(text).rows({}))} == {"reviewed", "proposed"}


def test_every_figure_is_of_one_kind_reading_or_proposals(demo: Places) -> None:
    found = links((demo.outputs / "report.html").read_text("utf-8"))
    assert found
    mixed = [(address, words) for address, _, words in found if not {"basis", "mention"} & set(dict(parse_qsl(address)))]
    # A category's name may lead to all of its passages, and what would be if proposals held says so; a number never mixes the two.
    assert not [words for address, words in mixed if re.search(r"\d", words) and "gelesen und Vorschläge" not in dict(parse_qsl(address)).get("label", "")]
    assert all(dict(parse_qsl(address))["label"] in (words, *("gelesen und Vorschläge",)) or "gelesen und Vorschläge" in dict(parse_qsl(address))["label"] for address, words in mixed)


def test_a_report_of_reading_alone_counts_no_proposals(places: Places) -> None:
    settings = places.codebooks / "study.yaml"
    settings.write_text(settings.read_text("utf-8") + "report:\n  counts: reviewed\n", "utf-8")
    run(places)
    text = (places.outputs / "report.html").read_text("utf-8")
    held = Held(text)
    assert {basis for (basis,) in (held.values(row, "basis") for row in range(len(held.quotes["mention"])))} <= {"reviewed", "uncounted"}
    assert "basis=proposed" not in text
    with (places.outputs / "tables" / "findings_codes.csv").open(encoding="utf-8-sig", newline="") as handle:
        assert {row["n_proposed"] for row in csv.DictReader(handle)} == {"0"}


def test_words_that_the_report_itself_must_not_use(demo: Places) -> None:
    page = (demo.outputs / "report.html").read_text("utf-8")
    own = re.sub(
        r'(?s)<section id="(belege|ungelesen|transkripte|codebuch[^"]*)">.*?</section>|<blockquote>.*?</blockquote>|<article class="code" id="thema.*?</article>',
        "",
        page,
    )
    for word in ("die Türken", "die Bürger", "Brennpunkt", "bildungsfern"):
        assert word not in re.sub("»[^«]*«", "", own)  # a category may name the word it looks for
    # Shares are told of sentences and proposals, with their interval; never of people.
    rest = re.sub(r'(?s) href="[^"]*"|<style>.*?</style>|<script.*?</script>|<section id="(?:guete|einigkeit)">.*?</section>|<(\w+) class="[^"]*(measured|tag open)">.*?</\1>', "", own)
    assert "%" not in rest


def test_hostile_words_stay_words(hostile: Places) -> None:
    text = (hostile.outputs / "report.html").read_text("utf-8")
    page = Page(text)
    assert len([tag for tag, found in page.tags if tag == "script" and found.get("type") != "application/json"]) == 3  # theme, chart bundle, the report's own
    assert [tag for tag, _ in page.tags].count("style") == 2  # the report's own, and what stands in the margins of paper
    assert not [tag for tag, _ in page.tags if tag in ("img", "iframe", "object", "base", "form")]
    assert not re.search(r"<(svg|img|script)[^>]* on\w+=", text)
    assert not [name for _, found in page.tags for name in found if name.startswith("on") or name == "style"]
    assert "{{ 7*7 }}" in text
    policy = next(str(found["content"]) for tag, found in page.tags if tag == "meta" and found.get("http-equiv"))
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy


def test_formulas_in_the_workbook_are_text(hostile: Places) -> None:
    import openpyxl

    book = openpyxl.load_workbook(hostile.outputs / "tables.xlsx")
    values = [cell for sheet in book for row in sheet.iter_rows() for cell in row if isinstance(cell.value, str)]
    assert any(cell.value.startswith("=HYPERLINK") for cell in values)
    assert not [cell for cell in values if cell.data_type == "f" or cell.hyperlink]
    sheet = book["Kategorien"]
    assert sheet["A1"].value == "Reihenfolge"
    assert isinstance(sheet["D2"].value, int)


def test_control_signs_never_reach_public_text(hostile: Places) -> None:
    with (hostile.outputs / "tables" / "turns.csv").open(encoding="utf-8-sig", newline="") as handle:
        for row in csv.DictReader(handle):
            assert not [c for c in row["text"] if ord(c) < 32 and c != "\n"]


@pytest.mark.browser
def test_hostile_transcripts_do_nothing_in_a_browser(opened: Opened, hostile: Places) -> None:
    page, faults = opened(hostile)
    page.wait_for_timeout(200)
    assert faults == []
    assert page.locator("h1").is_visible()


@pytest.mark.browser
@pytest.mark.parametrize("width", [360, 1280])
def test_the_page_does_not_scroll_sideways(opened: Opened, demo: Places, width: int) -> None:
    page, faults = opened(demo, width=width)
    page.evaluate("document.querySelectorAll('details').forEach(d => { d.open = true; })")
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert faults == []


@pytest.mark.browser
def test_ten_cells_of_the_group_table_lead_to_as_many_people_as_they_say(opened: Opened, demo: Places) -> None:
    page, faults = opened(demo)
    figure = page.locator("#bild-code_group_gruppe")
    figure.locator("summary").click()
    cells = figure.locator("td a")
    chosen = random.Random(11).sample(range(cells.count()), 10)
    for cell in map(cells.nth, chosen):
        said, address = int(cell.inner_text()), str(cell.get_attribute("href"))
        cell.click()
        page.wait_for_function("to => location.hash === to && document.getElementById('filterstand').textContent.length > 0", arg=address)
        places, people = counted(page)
        assert people == said, address
        assert page.locator(".list .quote").count() == min(30, places)
        page.go_back()
    assert faults == []


@pytest.mark.browser
def test_ten_cells_of_the_group_picture_lead_to_as_many_people_as_they_say(opened: Opened, demo: Places) -> None:
    page, faults = opened(demo)
    rows = json.loads(str(page.locator("#bild-code_group_gruppe script.spec").text_content()))["datasets"]["rows"]
    for row in random.Random(12).sample([r for r in rows if r["people"]], 10):
        page.evaluate("to => { location.hash = to; }", row["to"])
        page.wait_for_timeout(80)
        assert counted(page) == (row["places"], row["people"]), row
    assert faults == []
