"""Pictures: they say what the tables say, stand safely in the page, lead to what they count, and live in a browser without a fault."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from urllib.parse import parse_qs

import pandas as pd
import pytest

from pipeline import guide, pictures, study
from pipeline.charts import draw, grid, matrix, needs, style, waves
from pipeline.language import spoken
from pipeline.pages import TEMPLATES, environment, policy_hash
from pipeline.pages import style as page_style
from pipeline.places import Places
from pipeline.sections.answers.desk import Desk
from pipeline.sections.drawings import drawings
from pipeline.sections.material import Names
from pipeline.sections.page_words import _WORDS
from pipeline.stages import BY_NAME
from pipeline.store import csv_path, product_path, whole_path
from pipeline.tables import frame, from_csv, from_parquet

HOSTILE = '</script><script>alert(1)</script>"\' & {{7*7}} \u202etxet <style>' + "sehr langes Wort " * 12


def tables_of(places: Places) -> dict[str, pd.DataFrame]:
    found = {}
    for name in BY_NAME["pictures"].reads:
        whole, listed = whole_path(places, name), csv_path(places, name)
        found[name] = from_parquet(whole) if whole.exists() else from_csv(listed) if listed and listed.exists() else frame(name, [])
    return found


@pytest.fixture(scope="module")
def tables(demo: Places) -> dict[str, pd.DataFrame]:
    return tables_of(demo)


@pytest.fixture(scope="module")
def made(demo: Places) -> list[Any]:
    return list(from_parquet(whole_path(demo, "pictures")).itertuples())


def desk_of(demo: Places, tables: dict[str, pd.DataFrame], **other: pd.DataFrame) -> Desk:
    settings: Any = study.load(demo.codebooks / "study.yaml")
    tables = {**tables, **other}
    return Desk(tables, settings, Names(settings, tables["cases"], tables["documents"]), guide.load(demo.codebooks / "guide.yaml"))


def shown(address: str, tables: dict[str, pd.DataFrame]) -> tuple[int, int]:
    """People and passages that an address shows, counted once more from the tables, without the page's script."""
    wanted = {key: values[0].split("|") for key, values in parse_qs(address.partition("?")[2]).items() if key != "label"}
    found = [m for m in mentions(tables) if all(m[key] in values for key, values in wanted.items())]
    return len({m["case"] for m in found}), len(found)


_KNOWN: dict[int, tuple[Any, list[dict[str, Any]]]] = {}


def mentions(tables: dict[str, pd.DataFrame]) -> list[dict[str, Any]]:
    """Every mention with what is known of its case and conversation; put together once for a set of tables."""
    if id(tables) not in _KNOWN:
        people = {r["case"]: {k: v or "unbekannt" for k, v in r.items()} for r in tables["cases"].to_dict("records")}
        waves_of = dict(zip(tables["documents"]["doc"], tables["documents"]["wave"], strict=True))
        rows = tables["findings_mentions"].to_dict("records")
        _KNOWN[id(tables)] = tables, [{**people[m["case"]], **m, "wave": waves_of[m["doc"]]} for m in rows]
    return _KNOWN[id(tables)][1]


def test_every_picture_has_words_a_table_and_rows(made: list[Any]) -> None:
    names = [p.picture for p in made]
    for name in ("code_group_gruppe", "code_case", "cooccurrence", "coverage", "saturation_code", "needs_districts"):
        assert name in names
    for p in made:
        heads, rows, spec = json.loads(p.headings), json.loads(p.rows), json.loads(p.spec)
        assert min(len(p.title), len(p.caption), len(p.alt) - 30) > 0, p.picture
        assert {len(row) for row in rows} == {len(heads)}, p.picture
        assert spec["usermeta"]["picture"] == p.picture
        assert any(row.get("to") and row.get("words") for row in spec["datasets"]["rows"]), p.picture
        assert all(row["to"] == "" or row["to"].startswith("#") for data in spec["datasets"].values() for row in data if "to" in row), p.picture
        if p.picture not in ("saturation_code", "saturation_matrix"):  # their table stands beside them as well, with dates and access
            assert any(isinstance(cell, dict) and cell.get("to") for row in rows for cell in row), p.picture


def test_drawings_are_shapes_and_letters_in_colours_that_the_themes_know(made: list[Any]) -> None:
    from lxml import etree

    seen: set[str] = set()
    for p in made:
        drawn = [etree.fromstring(part.encode()) for part in draw.parts(p.svg)]
        assert {(root.get("role"), root[0].text) for root in drawn} == {("img", p.alt)}, p.picture
        assert not re.search(r"\sstyle=|<script|href=|foreignObject|\son\w+=|<style|<image|rgb\(", p.svg), p.picture
        for element in (element for root in drawn for element in root.iter()):
            for key in ("fill", "stroke"):
                colour = str(element.get(key) or "none")
                assert colour in style.COLOURS or colour in ("none", "transparent") or colour.startswith("url(#"), (p.picture, colour)
            if "id" in element.attrib:
                assert element.attrib["id"].startswith(p.picture)
                assert element.attrib["id"] not in seen
                seen.add(str(element.attrib["id"]))
        assert all(any(element.tag.endswith("text") for element in root.iter()) for root in drawn), p.picture


def test_every_colour_has_a_place_in_the_page_s_themes() -> None:
    css = page_style()
    for colour in style.COLOURS:
        assert {part for part in ("fill", "stroke") if f'[{part}="{colour}"]' in css} == {"fill", "stroke"}, colour
    for n, colour in enumerate(style.FAMILIES):  # a family has one colour, beside conversations and in pictures of them
        assert f"--f{n}: {colour};" in css
        assert f'[stroke="{colour}"] {{ stroke: var(--f{n}); }}' in css


def test_descriptions_are_valid_vega_lite_and_stand_safely_in_a_script_tag(made: list[Any]) -> None:
    import altair as alt

    for p in made:
        assert not re.search("[<>&\u2028\u2029]", p.spec + p.rows + p.headings), p.picture
        spec = json.loads(p.spec)
        alt.Chart.from_dict({**spec, "datasets": {}}, validate=True)


@pytest.mark.parametrize("name", ["code_group_gruppe", "code_group_sozialraum", "code_case", "needs_districts", "potentials_group", "potentials_districts"])
def test_figures_equal_what_their_addresses_show(name: str, made: list[Any], tables: dict[str, pd.DataFrame]) -> None:
    spec = json.loads(next(p.spec for p in made if p.picture == name))
    count, checked = spec["usermeta"]["count"], 0
    for data in ("rows", "proposals"):
        for row in spec["datasets"].get(data, ())[:: 3 if len(spec["datasets"]["rows"]) > 100 else 1]:
            if row["to"].startswith("#belege"):
                people, places = shown(row["to"], tables)
                assert row[count] == {"people": people, "places": places}[count], row
                assert row["places"] == places, row
                checked += 1
    assert checked > 15


def test_pairs_lead_to_the_people_who_name_both(made: list[Any], tables: dict[str, pd.DataFrame]) -> None:
    spec = json.loads(next(p.spec for p in made if p.picture == "cooccurrence"))
    for row in spec["datasets"]["rows"]:
        assert shown(row["to"], tables)[0] == row["people"], row


def test_a_drawing_is_kept_where_its_description_is_the_same(demo: Places, tables: dict[str, pd.DataFrame]) -> None:
    settings: Any = study.load(demo.codebooks / "study.yaml")
    file = demo.codebooks / "guide.yaml"
    first = pictures.whole(settings, file, None, **tables)["pictures"]
    before = pd.DataFrame(first).assign(svg="von vorher")
    before.loc[0, "spec"] += " "
    again = pictures.whole(settings, file, before, **tables)["pictures"]
    assert [p["svg"] for p in again] == [first[0]["svg"]] + ["von vorher"] * (len(first) - 1)
    assert [{**p, "svg": ""} for p in again] == [{**p, "svg": ""} for p in first]


def test_hostile_labels_stay_words(demo: Places, tables: dict[str, pd.DataFrame]) -> None:
    codes = tables["codes"].assign(label=[HOSTILE if code.startswith("SEG") else label for code, label in zip(tables["codes"]["code"], tables["codes"]["label"], strict=True)])
    found = pictures.gallery(desk_of(demo, tables, codes=codes))
    for name in ("code_group_gruppe", "code_case", "cooccurrence", "needs_districts"):
        row = draw.row(name, 0, found[name], {})
        assert "<script" not in row["spec"] + row["rows"] + row["svg"]
        assert "</" not in row["spec"]
        drawn = drawings(pd.DataFrame([row]))[name]  # refuses what could do anything in the page
        if name != "needs_districts":
            assert any(HOSTILE in str(cell.text) for line in drawn.rows for cell in line)
            assert "alert(1)" in row["svg"]
            assert max(len(text) for text in re.findall(r"<text[^>]*>([^<]*)", row["svg"])) < 130


def test_what_may_not_be_compared_is_not_drawn(demo: Places, tables: dict[str, pd.DataFrame]) -> None:
    gaps = frame("quality_fairness", [{"part": "BED", "variety": "ruhr", "n": 60, "recall": 0.5, "gap": 0.4, "told": "Vorschläge zu BED taugen nicht zum Vergleich."}])
    free, held = (desk_of(demo, tables, quality_fairness=gaps[:n]) for n in (0, 1))
    assert held.known.withheld("BED.raum")
    assert not free.known.withheld("BED.raum")

    def families(desk: Desk) -> set[str]:
        return {parse_qs(row["to"].partition("?")[2])["code"][0].split(".")[0] for row in matrix.by_group(desk)["gruppe"].more["proposals"]}

    assert "BED" in families(free)
    assert "BED" not in families(held)
    assert families(held) == families(free) - {"BED"}
    assert any("nicht in jeder Sprechweise" in text for text in [matrix.by_group(held)["gruppe"].caption])


def test_only_what_people_read_colours_a_cell_and_empty_cells_say_why(demo: Places, tables: dict[str, pd.DataFrame]) -> None:
    picture = matrix.by_group(desk_of(demo, tables))["gruppe"]
    assert all("basis=reviewed" in row["to"] for row in picture.rows)
    assert all("basis=proposed" in row["to"] for row in picture.more["proposals"])
    column = {c["words"]: c["column"] for c in picture.more["columns"]}
    blank = {(row["order"], row["column"]): row["state"] for row in picture.more["blank"]}
    assert len(blank) + len(picture.rows) == len(picture.more["lines"]) * len(picture.more["columns"])
    assert {"nothing", "unasked", "unread"} == set(blank.values())
    # Nobody read the advice centres' interviews: that is no silence.
    assert {state for (_, at), state in blank.items() if at == column["Beratung und Wohlfahrt"]} == {"unread"}
    assert any("klein" in c["label"] for c in picture.more["columns"])
    assert not any("%" in text for text in (picture.caption, *picture.words.values()))


def test_without_a_recognised_question_nothing_is_called_unasked(demo: Places, tables: dict[str, pd.DataFrame]) -> None:
    none = tables["findings_answers"].assign(n_asked=0)
    picture = matrix.by_group(desk_of(demo, tables, findings_answers=none))["gruppe"]
    assert {row["state"] for row in picture.more["blank"]} == {"unknown", "unread"}
    assert "nicht bekannt" in picture.caption


def test_evaded_and_refused_questions_have_marks_of_their_own(demo: Places, tables: dict[str, pd.DataFrame]) -> None:
    from pipeline.charts import coverage

    rows = tables["findings_coverage"].copy()
    rows.loc[(rows["question"] == "L8") & (rows["case"] == "I001"), "status"] = "evaded"
    rows.loc[(rows["question"] == "L8") & (rows["case"] == "I002"), "status"] = "refused"
    picture = coverage.picture(desk_of(demo, tables, findings_coverage=rows))
    assert picture is not None
    states = {(row["key"], row["case"]): row["state"] for row in picture.rows}
    assert (states["L8", "I001"], states["L8", "I002"]) == ("evaded", "refused")
    line = next(line for line in picture.table if str(line[0]).find("L8") >= 0)
    assert line[3:5] == ["1 (1)", "1 (2)"]
    draw.drawn("coverage", picture.alt, draw.described("coverage", picture))


def two_waves(tables: dict[str, pd.DataFrame]) -> dict[str, pd.DataFrame]:
    """Tables as they are where the first six documents are the first wave and the others the second."""
    docs = tables["documents"].copy()
    docs["wave"] = ["1" if doc <= "I006" else "2" for doc in docs["doc"]]
    wave = dict(zip(docs["doc"], docs["wave"], strict=True))
    mentions = tables["findings_mentions"].assign(wave=[wave[doc] for doc in tables["findings_mentions"]["doc"]])
    rows = [
        {"code": code, "wave": w, "basis": basis, "order": int(w), "n_mentions": len(part), "n_cases": part["case"].nunique(), "n_asked": 4, "n_cases_asked": 1, "n_group": 8}
        for (code, w, basis), part in mentions.groupby(["code", "wave", "basis"])
    ]  # fmt: skip
    samples = [{"variable": "case", "value": "all", "wave": w, "order": int(w), "n_cases": 8, "n_docs": 6} for w in "12"]
    return {**tables, "documents": docs, "findings_waves": frame("findings_waves", rows), "findings_wave_samples": frame("findings_wave_samples", samples)}


def test_waves_stand_side_by_side_as_two_samples(demo: Places, tables: dict[str, pd.DataFrame]) -> None:
    assert waves.picture(desk_of(demo, tables)) is None  # there is one wave only
    both = two_waves(tables)
    picture = waves.picture(desk_of(demo, both))
    assert picture is not None
    assert "keine Veränderung der Sache" in picture.caption
    assert "keine Veränderung" in picture.words["wave"]
    assert [c["label"] for c in picture.more["columns"]] == ["Erhebung 1 (8)", "Erhebung 2 (8)"]
    for row in picture.rows[::5]:
        assert (row["people"], row["places"]) == shown(row["to"], both)
    spec = draw.described("waves", picture)
    assert "line" not in {layer["mark"]["type"] for layer in spec["layer"]}  # nothing that looks like a trend
    assert " von 4<" in draw.drawn("waves", picture.alt, spec)


def test_a_need_without_a_named_offer_is_marked_and_not_called_a_lack(demo: Places, tables: dict[str, pd.DataFrame]) -> None:
    rows = tables["findings_needs"].assign(state=["gap" if s == "beside" else s for s in tables["findings_needs"]["state"]])
    picture = needs.picture(desk_of(demo, tables, findings_needs=rows))
    assert picture is not None
    assert "heißt nicht, dass es keines gibt" in picture.caption
    assert {row["offer"] for row in picture.rows if row["people"]} == {"kein Angebot genannt"}
    assert style.WARM in draw.drawn("needs", picture.alt, draw.described("needs", picture))


def test_nothing_to_show_is_no_picture(finished: Places) -> None:
    """The tiny study has one interview with a name or two: whatever it lacks is left out, and what is there can be drawn."""
    found = {p.picture for p in from_parquet(whole_path(finished, "pictures")).itertuples()}
    assert "waves" not in found
    assert not any(name.startswith("saturation") for name in found)


def test_figures_are_words_of_the_report_s_language(demo: Places, tables: dict[str, pd.DataFrame]) -> None:
    with spoken("en"):
        picture = matrix.by_case(desk_of(demo, tables))
    assert picture is not None
    assert picture.title == "Categories by respondent"
    assert picture.headings[2] == "Passages, read"


def test_ids_shared_by_two_drawings_are_told_apart() -> None:
    clip = '<svg xmlns="http://www.w3.org/2000/svg"><defs><clipPath id="clip0"><path d="M0"/></clipPath></defs><g clip-path="url(#clip0)" onclick="x"><path d="M0" fill="url(http://a)"/></g><image href="x"/></svg>'
    one, two = (draw.cleaned(clip, name, "T") for name in ("a", "b"))
    assert 'id="a-clip0"' in one
    assert "url(#a-clip0)" in one
    assert 'id="b-clip0"' in two
    assert not re.search("onclick|http://a|image|href", one)


def test_long_heads_are_cut_and_kept_whole_for_hovering() -> None:
    line = grid.head(0, "Ein sehr langer Name einer Kategorie, der neben keinem Bild Platz hat", 1)
    assert line["label"].endswith("…")
    assert len(line["label"]) <= 46
    assert line["words"].endswith("Platz hat")


# --- in a browser


def page_of(found: list[dict[str, Any]], bundle: str, counts: str = "") -> str:
    """A page with pictures only, under the report's content security policy."""
    from markupsafe import Markup

    own = {"css": page_style(), "js": counts + (TEMPLATES / "js" / "50_pictures.js").read_text("utf-8"), "bundle": bundle}
    words = json.dumps(_WORDS).replace("<", "\\u003c")
    source = """{% import "macros.html.j2" as ui with context %}<!doctype html><html lang="de"><head><meta charset="utf-8"><meta http-equiv="Content-Security-Policy"
content="default-src 'none'; style-src '{{ hash.css }}'; script-src '{{ hash.js }}' '{{ hash.bundle }}'; base-uri 'none'"><title>x</title><style>{{ css }}</style></head><body>
{% for id in pictures %}{{ ui.picture(id) }}{% endfor %}<section id="belege">x</section><script type="application/json" id="worte">{{ words }}</script><script>{{ bundle }}</script><script>{{ js }}</script></body></html>"""
    return environment().from_string(source).render(
        pictures=drawings(pd.DataFrame(found)), study=SimpleNamespace(language="de"), words=Markup(words), hash={k: policy_hash(v) for k, v in own.items()},
        **{k: Markup(v) for k, v in own.items()},
    )  # fmt: skip


@pytest.fixture
def gallery(opened: Any, demo: Places, made: list[Any], tmp_path: Path) -> Callable[..., tuple[Any, list[str]]]:
    """Opens a page with all pictures and one portrait; `counts` is a script that runs before theirs."""

    def shown_page(counts: str = "") -> tuple[Any, list[str]]:
        keep = [p._asdict() for p in made if not p.picture.startswith("portrait") or p.picture.endswith("001")]
        (tmp_path / "bilder.html").write_text(page_of(keep, product_path(demo, "bundle", "vega.js").read_text("utf-8"), counts), "utf-8")
        found: tuple[Any, list[str]] = opened(tmp_path / "bilder.html")
        return found

    return shown_page


def live(page: Any, name: str) -> Any:
    figure = page.locator(f"#bild-{name}")
    figure.scroll_into_view_if_needed()
    figure.locator(".live svg").wait_for(state="attached", timeout=5000)
    return figure


@pytest.mark.browser
def test_every_picture_comes_alive_in_view_without_a_word_on_the_console(gallery: Callable[..., tuple[Any, list[str]]]) -> None:
    page, faults = gallery()
    last = page.locator("figure.picture").last
    assert last.locator(".live").count() == 0  # not before it is seen
    for name in [str(one.get_attribute("id")).removeprefix("bild-") for one in page.locator("figure.picture").all()]:
        live(page, name)
    assert faults == []
    page.emulate_media(media="print")
    assert page.locator("figure.picture .live svg:visible").count() == 0
    assert page.locator("figure.picture .drawn > svg:visible").count() == page.locator("figure.picture .drawn > svg").count() > page.locator("figure.picture").count()


@pytest.mark.browser
def test_hovering_tells_a_click_leads_and_families_open(gallery: Callable[..., tuple[Any, list[str]]]) -> None:
    page, faults = gallery()
    figure = live(page, "code_group_gruppe")
    heads = figure.locator(".live text")
    assert heads.filter(has_text="Bereitschaft").count() == 0
    button = figure.locator(".fold button", has_text="Potenziale")
    button.focus()
    page.keyboard.press("Enter")
    heads.filter(has_text="Bereitschaft").first.wait_for(timeout=5000)
    assert button.get_attribute("aria-expanded") == "true"
    cell = figure.locator('.live g.mark-rect path[fill="#12707f"], .live g.mark-rect path[fill="#8fc6ce"]').first
    cell.hover(position={"x": 40, "y": 4})
    tip = page.locator(".tip").inner_text()
    assert "Befragte, gelesen:" in tip
    assert "danach gefragt:" in tip
    assert "{" not in tip
    page.keyboard.press("Escape")
    assert page.locator(".tip").is_hidden()
    cell.click(position={"x": 40, "y": 4})
    target = page.evaluate("location.hash")
    assert target.startswith("#belege?code=")
    assert faults == []


@pytest.mark.browser
def test_dark_pages_have_dark_pictures(gallery: Callable[..., tuple[Any, list[str]]]) -> None:
    page, _ = gallery()
    figure = live(page, "code_group_gruppe")
    ask = "found => getComputedStyle(found).fill"
    text = figure.locator(f'.live text[fill="{style.INK}"]').first
    light = text.evaluate(ask)
    page.emulate_media(color_scheme="dark")
    dark = text.evaluate(ask)
    assert light != dark
    assert sum(map(int, re.findall(r"\d+", dark)[:3])) > 500 > sum(map(int, re.findall(r"\d+", light)[:3]))


@pytest.mark.browser
def test_figures_that_change_in_the_page_change_in_its_pictures(gallery: Callable[..., tuple[Any, list[str]]]) -> None:
    stub = 'window.nenner = {quotes: {count: function (filter) { return filter.includes("POT") ? {people: 77, places: 88} : {people: 1, places: 1}; }}};\n'
    page, faults = gallery(stub)
    figure = live(page, "code_group_gruppe")
    assert figure.locator(".live text", has_text="77").count() == 0
    page.evaluate("window.nenner.pictures.refresh()")
    figure.locator(".live text", has_text="77").first.wait_for(timeout=5000)
    later = live(page, "code_case")  # came into view only afterwards
    assert later.locator(".live text", has_text="88").count() > 0
    assert faults == []


@pytest.mark.browser
def test_high_pictures_are_printed_in_letters_that_can_be_read(gallery: Callable[..., tuple[Any, list[str]]], made: list[Any], tmp_path: Path) -> None:
    from pdfminer.high_level import extract_pages
    from pdfminer.layout import LTChar, LTTextContainer, LTTextLine

    page, _ = gallery()
    live(page, "code_case")
    # The other pictures and the tables are the concern of other tests.
    page.evaluate("document.querySelectorAll('figure.picture:not(#bild-code_case):not(#bild-code_group_gruppe)').forEach(one => one.remove())")
    page.pdf(path=str(tmp_path / "x.pdf"), prefer_css_page_size=True)
    sizes: dict[str, list[float]] = {}
    for sheet in extract_pages(str(tmp_path / "x.pdf")):
        lines = [line for box in sheet if isinstance(box, LTTextContainer) for line in box if isinstance(line, LTTextLine)]
        for line in lines:
            letters = [letter for letter in line if isinstance(letter, LTChar)]
            assert line.x0 >= 0
            assert line.x1 <= sheet.width
            assert line.y0 >= 0
            assert line.y1 <= sheet.height
            sizes.setdefault(line.get_text().strip(), []).extend(letter.matrix[3] * letter.fontsize if hasattr(letter, "fontsize") else letter.size for letter in letters)
    for name in ("code_case", "code_group_gruppe"):
        for head in json.loads(next(p.spec for p in made if p.picture == name))["datasets"]["lines"]:
            assert min(sizes[head["label"]]) >= 7, head["label"]


@pytest.mark.browser
def test_a_bar_of_an_interview_leads_to_its_turn_in_the_colour_of_the_bars_there(opened: Any, demo: Places) -> None:
    page, faults = opened(demo, address="#I001")
    figure = live(page, "portrait_I001")
    of = {"rgb" + str(tuple(int(colour[at : at + 2], 16) for at in (1, 3, 5))): n for n, colour in enumerate(style.FAMILIES)}
    bars = figure.locator(", ".join(f'.live path[stroke="{colour}"]' for colour in style.FAMILIES))
    told = set()
    for n in (bars.count() // 4, bars.count() // 2, bars.count() - 1):
        bar = bars.nth(n)
        bar.scroll_into_view_if_needed()
        page.wait_for_timeout(200)  # scrolling takes the words away
        at = bar.evaluate("one => { const at = one.getPointAtLength(2).matrixTransform(one.getScreenCTM()); return [at.x, at.y]; }")  # within its first turn
        page.mouse.move(at[0] - 1, at[1])
        page.mouse.move(*at)
        label, _, words = page.locator(".tip").inner_text().partition("\n")
        turn = re.findall(r"Beitrag (\d+)", words)[0]
        key = page.locator(".barkey label", has_text=label).locator("i.key")
        assert f"f{of[bar.evaluate('one => getComputedStyle(one).stroke')]}" in str(key.get_attribute("class")).split(), label
        page.mouse.click(*at)
        page.wait_for_function("hash => location.hash === hash", arg=f"#I001-{turn}")
        page.wait_for_function("id => { const top = document.getElementById(id).getBoundingClientRect().top; return top >= 0 && top < innerHeight; }", arg=f"I001-{turn}")
        told.add(turn)
    assert len(told) > 1
    assert faults == []
