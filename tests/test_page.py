"""The shell of the report's page: contents, keys, themes that can be read, paper on which nothing is cut."""

from __future__ import annotations

import io
import itertools
import re
from collections.abc import Callable, Iterator
from typing import Any

import pandas as pd
import pytest

from pipeline.pages import TEMPLATES, print_frame, style
from pipeline.places import Places
from pipeline.sections.drawings import drawings

Opened = Callable[..., tuple[Any, list[str]]]
COLOURS = (TEMPLATES / "css" / "10_colours.css").read_text("utf-8")
# (text, what it stands on): small text, so 4.5 to 1.
READ = [
    ("ink", "paper"), ("ink", "panel"), ("ink", "note"), ("ink", "mark"), ("ink", "h1"), ("ink", "h2"), ("ink", "h3"), ("h4-ink", "h4"), ("h5-ink", "h5"),
    ("soft", "paper"), ("soft", "panel"), ("accent", "paper"), ("accent", "panel"), ("accent", "h1"), ("warm", "paper"), ("accent", "note"),
]  # fmt: skip
# Borders and marks that say something: 3 to 1.
SEEN = [("accent", "paper"), ("soft", "paper"), ("warm", "paper"), ("h5", "paper")]
# What opens everything a reader can open; of transcripts and unread sentences, which are all alike, the first.
OPEN_ALL = """() => { for (const box of document.querySelectorAll("details")) {
    if (!box.matches("details.transcript ~ details.transcript, details.unread ~ details.unread")) { box.open = true; } } }"""


def _themes() -> dict[str, dict[str, str]]:
    blocks = re.findall(r"(:root[^{]*)\{([^}]*)\}", COLOURS)
    return {selector.strip(): dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6})\b", body)) for selector, body in blocks}


def _light(colour: str) -> float:
    """Relative luminance (WCAG 2)."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _contrast(one: str, other: str) -> float:
    low, high = sorted((_light(one), _light(other)))
    return (high + 0.05) / (low + 0.05)


def test_contrast_is_computed_as_known() -> None:
    assert _contrast("#000000", "#ffffff") == pytest.approx(21)
    assert _contrast("#767676", "#ffffff") == pytest.approx(4.54, abs=0.01)


@pytest.mark.parametrize("theme", [":root", ':root[data-theme="dark"]'])
def test_text_and_marks_can_be_read_in_both_themes(theme: str) -> None:
    colours = _themes()[theme]
    faint = [(a, b, round(_contrast(colours[a], colours[b]), 2)) for pairs, least in ((READ, 4.5), (SEEN, 3.0)) for a, b in pairs if _contrast(colours[a], colours[b]) < least]
    assert faint == []


def test_the_dark_theme_is_the_same_by_choice_and_by_system() -> None:
    themes = _themes()
    assert themes[':root:not([data-theme="light"])'] == themes[':root[data-theme="dark"]']
    assert set(themes[":root"]) == set(themes[':root[data-theme="dark"]'])


def test_steps_of_the_scale_differ_without_colour() -> None:
    for theme in _themes().values():
        lights = [_light(theme[step]) for step in ("h1", "h2", "h3", "h4", "h5")]
        assert lights in (sorted(lights), sorted(lights, reverse=True))
        assert all(_contrast(theme[f"h{n}"], theme[f"h{n + 1}"]) > 1.15 for n in range(1, 5))


# Classes whose names are put together from values, and the module or template that does so.
COMPOSED = {
    *(f"h{n}" for n in range(6)), *(f"l{n}" for n in range(1, 4)), *(f"f{n}" for n in range(12)),
    "is-gap", "is-beside", "is-open",  # answers/needs
    "silent", "evaded", "unread", "notasked",  # answers/common
    "cause", "effect",  # answers/reasons
    "right", "wrong", "unknown", "unfinished", "unchecked", "broken",  # front
    "interviewer", "respondent",  # turns
    "js",  # the early script
}  # fmt: skip


def test_every_class_of_the_style_is_used_by_a_page_or_its_script() -> None:
    selectors = " ".join(re.findall(r"([^{}]*)\{", re.sub(r"/\*.*?\*/", "", style(), flags=re.DOTALL)))
    styled = set(re.findall(r"\.([a-zA-Z][\w-]*)", selectors))
    named = " ".join(words for path in TEMPLATES.rglob("*.j2") for words in re.findall(r'class="([^"]*)"', path.read_text("utf-8")))
    named += " ".join(words for path in TEMPLATES.rglob("*.js") for words in re.findall(r'"([^"\n]*)"', path.read_text("utf-8")))
    used = set(re.findall(r"[a-zA-Z][\w-]*", named)) | COMPOSED
    assert len(styled) > 100
    assert sorted(styled - used) == []


def test_the_families_of_categories_have_twelve_colours_that_stay_apart() -> None:
    marks = (TEMPLATES / "css" / "54_transcripts.css").read_text("utf-8")
    for theme, block in zip((":root", ':root[data-theme="dark"]'), (0, 2), strict=True):
        colours = re.findall(r"--f\d+: (#[0-9a-f]{6})", re.findall(r":root[^{]*\{([^}]*)\}", marks)[block])
        assert len(set(colours)) == len(colours) == 12
        assert all(_contrast(colour, _themes()[theme]["paper"]) >= 3 for colour in colours)
        apart = [(a, b) for a, b in itertools.combinations(colours, 2) if sum((int(a[n : n + 2], 16) - int(b[n : n + 2], 16)) ** 2 for n in (1, 3, 5)) < 40**2]
        assert apart == []


def test_movement_is_left_out_where_people_ask_for_it() -> None:
    assert "prefers-reduced-motion: reduce" in style()


def test_a_title_cannot_leave_the_style_it_stands_in() -> None:
    frame = print_frame('x"; } </style><script>\\', "Hinweis", "Seite {page} von {pages}")
    assert "<" not in frame
    assert frame.count("{") == frame.count("}")
    assert 'content: "Seite " counter(page) " von " counter(pages) ""' in frame


def _picture(**more: str) -> pd.DataFrame:
    given = {"picture": "p", "order": 1, "title": "T", "caption": "", "alt": "", "spec": "{}", "svg": "<svg><g/></svg>", "headings": '["A"]', "rows": '[["x"]]'}
    return pd.DataFrame([given | more])


def test_a_picture_is_words_drawing_and_table() -> None:
    made = drawings(_picture(headings='["A","B"]', rows='[["x",{"text":"7","to":"#belege?code=A"}],["y",{"text":2,"to":"","open":true}]]'))["p"]
    assert (made.title, made.headings, made.figures) == ("T", ["A", "B"], [False, True])
    assert [(c.text, c.to, c.open) for c in made.rows[0]] == [("x", "", False), ("7", "#belege?code=A", False)]
    assert made.rows[1][1].open


@pytest.mark.parametrize(
    "more",
    [
        {"svg": "<svg><script>alert(1)</script></svg>"}, {"svg": "<svg onload='alert(1)'></svg>"}, {"svg": '<svg><g style="fill:red"/></svg>'},
        {"svg": "<svg><foreignObject/></svg>"}, {"svg": '<svg><a href="http://example.org"/></svg>'}, {"svg": "<svg><image href='data:x'/></svg>"},
        {"svg": "<svg><a xlink:href='javascript:alert(1)'/></svg>"}, {"svg": "<svg><rect fill='url(http://example.org)'/></svg>"},
        {"spec": '{"a":"</script>"}'}, {"rows": '[[{"text":"x","to":"javascript:alert(1)"}]]'},
    ],
)  # fmt: skip
def test_a_picture_that_could_do_something_is_refused(more: dict[str, str]) -> None:
    with pytest.raises(ValueError, match=r"may not stand|not packed|outside the page"):
        drawings(_picture(**more))


# In a browser.


@pytest.mark.browser
def test_every_chapter_opens_from_the_contents_which_mark_the_place(opened: Opened, demo: Places) -> None:
    page, faults = opened(demo)
    links = page.evaluate("Array.from(document.querySelectorAll('nav.contents ol a'), a => a.getAttribute('href'))")
    assert len(links) > 40
    lost, unmarked = [], []
    for link in links:
        page.evaluate("a => document.querySelector(`nav.contents a[href='${a}']`).click()", link)
        page.wait_for_timeout(60)
        top = page.evaluate("a => document.getElementById(a.slice(1)).getBoundingClientRect().top", link)
        last = page.evaluate("innerHeight + scrollY >= document.documentElement.scrollHeight - 2")
        if not (-2 < top < 100 or last):
            lost.append((link, top))
        marked = page.evaluate("Array.from(document.querySelectorAll('nav.contents a[aria-current]'), a => a.getAttribute('href'))")
        if marked != [link] and not last:
            unmarked.append((link, marked))
    assert lost == []
    assert unmarked == []
    assert faults == []


@pytest.mark.browser
@pytest.mark.parametrize("width", [360, 1280])
def test_an_address_leads_to_its_place_though_what_is_near_is_drawn_only_then(opened: Opened, demo: Places, width: int) -> None:
    where = "name => document.getElementById(name).getBoundingClientRect().top"
    for name in ("I003", "I009", "gruppen"):
        page, faults = opened(demo, width=width, address=f"#{name}")
        page.wait_for_timeout(1200)
        page.wait_for_function("name => { const at = document.getElementById(name).getBoundingClientRect().top; return at >= 0 && at < 100; }", arg=name)
        assert faults == []
    page.evaluate("location.hash = '#I005-14'")
    page.wait_for_selector("#I005-14")
    assert 0 <= page.evaluate(where, "I005-14") < 700


@pytest.mark.browser
def test_going_back_from_quotes_leads_to_where_the_reader_was(opened: Opened, demo: Places) -> None:
    page, faults = opened(demo, address="#potenziale")
    page.wait_for_timeout(500)
    page.mouse.move(640, 400)
    start = page.evaluate("scrollY")
    page.mouse.wheel(0, 420)
    page.wait_for_function("start => scrollY > start + 400", arg=start)
    page.wait_for_timeout(400)
    before = page.evaluate("scrollY")
    page.evaluate("document.querySelector('#potenziale figure a[href^=\"#belege\"]').click()")
    page.wait_for_function("before => Math.abs(scrollY - before) > 5000", arg=before)
    page.go_back()
    page.wait_for_function("location.hash === '#potenziale'")
    page.wait_for_timeout(300)
    page.wait_for_function("before => Math.abs(scrollY - before) < 5", arg=before)
    assert faults == []


@pytest.mark.browser
def test_contents_on_a_phone_open_by_keys_and_give_the_focus_back(opened: Opened, demo: Places) -> None:
    page, faults = opened(demo, width=360)
    assert not page.locator("nav.contents").is_visible()
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.id") == "verzeichnisknopf"
    page.keyboard.press("Enter")
    assert page.locator("nav.contents").is_visible()
    assert page.evaluate("document.activeElement.closest('nav') !== null")
    for _ in range(120):  # the focus never leaves for the page behind
        page.keyboard.press("Tab")
        assert not page.evaluate("document.activeElement.closest('main') !== null")
        if page.evaluate("document.activeElement.name") == "theme":
            break
    page.keyboard.press("Escape")
    assert not page.locator("nav.contents").is_visible()
    assert page.evaluate("document.activeElement.id") == "verzeichnisknopf"
    assert page.locator("#verzeichnisknopf").get_attribute("aria-expanded") == "false"
    page.keyboard.press("Enter")
    page.locator("nav.contents a[href='#potenziale']").press("Enter")
    assert not page.locator("nav.contents").is_visible()
    page.wait_for_function("document.activeElement.closest('section')?.id === 'potenziale'")
    assert faults == []


@pytest.mark.browser
def test_the_slash_leads_to_the_search_but_not_while_typing(opened: Opened, demo: Places) -> None:
    page, faults = opened(demo)
    page.keyboard.press("/")
    assert page.evaluate("document.activeElement.id") == "suche"
    page.keyboard.press("/")
    assert page.locator("#suche").input_value() == "/"
    assert page.locator(".totop").is_visible()
    page.locator(".totop").click()
    page.wait_for_function("scrollY === 0")
    assert faults == []


@pytest.mark.browser
def test_the_theme_is_chosen_kept_and_there_before_anything_is_drawn(opened: Opened, demo: Places) -> None:
    page, faults = opened(demo)
    ground = "getComputedStyle(document.body).backgroundColor"
    light = page.evaluate(ground)
    page.locator("input[name=theme][value=dark]").check()
    dark = page.evaluate(ground)
    assert dark != light
    page.reload(wait_until="commit")
    page.wait_for_selector("body", state="attached")
    assert page.evaluate(ground) == dark
    page.wait_for_load_state()
    assert page.locator("input[name=theme][value=dark]").is_checked()
    page.locator("input[name=theme][value=auto]").check()
    assert page.evaluate(ground) == light
    assert faults == []


@pytest.mark.browser
def test_a_browser_that_keeps_nothing_shows_the_page_all_the_same(opened: Opened, demo: Places) -> None:
    page, faults = opened(demo)
    page.add_init_script("Object.defineProperty(window, 'localStorage', { get() { throw new DOMException('refused', 'SecurityError'); } })")
    page.reload()
    page.locator("input[name=theme][value=dark]").check()
    assert page.evaluate("document.documentElement.dataset.theme") == "dark"
    assert faults == []


@pytest.mark.browser
def test_without_scripts_contents_and_chapters_are_there(browser: Any, demo: Places) -> None:
    context = browser.new_context(viewport={"width": 360, "height": 800}, java_script_enabled=False)
    page = context.new_page()
    page.goto((demo.outputs / "report.html").as_uri())
    assert page.locator("nav.contents a[href='#potenziale']").is_visible()
    assert not page.locator("#verzeichnisknopf").is_visible()
    assert not page.locator("input[name=theme]").first.is_visible()
    assert page.locator("#potenziale h2").is_visible()
    context.close()


@pytest.mark.browser
@pytest.mark.parametrize("width", [360, 1280])
def test_nothing_scrolls_sideways_but_boxes_made_for_it(opened: Opened, demo: Places, width: int) -> None:
    page, faults = opened(demo, width=width)
    page.evaluate(OPEN_ALL)
    page.wait_for_timeout(200)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    wide = page.locator(".scroll.wide").first
    assert wide.get_attribute("tabindex") == "0"
    assert "weiter nach rechts" in page.evaluate("e => getComputedStyle(e, '::before').content", wide.element_handle())
    assert faults == []


CHECKS = [  # (width, dark, rules of axe alone, rules left out): colours depend on the theme, all else on the width
    (1280, False, None, []),
    (1280, True, ["color-contrast"], []),
    (360, False, None, ["color-contrast"]),
]


# What repeats is built by the same lines of a template or script: of each list, table, drawing and kind of box a chapter keeps the first three,
# so that every chapter and every kind of part is examined, and none a hundred times.
FIRST_OF_EACH = """() => {
    const few = found => Array.from(found).forEach((one, n) => { if (n >= 3) { one.remove(); } });
    for (const list of document.querySelectorAll("main :is(tbody, ul, ol, dl, .talk, .list, .facets, svg g)")) { few(list.children); }
    const kinds = ["blockquote", ".proposal", ".code", ".theme", ".aspect", ".case", ".entry", ".topic", "details.against", "figure.picture", "details", "table", "article"];
    for (const part of document.querySelectorAll("main > section")) { for (const kind of kinds) { few(part.querySelectorAll(kind)); } } }"""


@pytest.mark.browser
@pytest.mark.parametrize(("width", "dark", "only", "without"), CHECKS)
def test_axe_finds_nothing_serious(opened: Opened, demo: Places, width: int, dark: bool, only: list[str] | None, without: list[str]) -> None:
    axe = pytest.importorskip("axe_playwright_python.sync_playwright")
    page, _ = opened(demo, width=width, dark=dark, bypass_csp=True, address="#belege")
    page.evaluate("location.hash = '#I001'")
    page.wait_for_timeout(300)
    parts = "Array.from(document.querySelectorAll('main > section'), s => s.id)"
    before = page.evaluate(parts)
    page.evaluate(FIRST_OF_EACH)
    page.evaluate(OPEN_ALL)
    page.wait_for_timeout(300)
    page.evaluate(FIRST_OF_EACH)  # of what came with opening
    assert page.evaluate(parts) == before
    assert page.locator(".list .quote, .talk .turn, .picture .drawn svg").count() > 20
    options: dict[str, Any] = {"resultTypes": ["violations"], "rules": {rule: {"enabled": False} for rule in without}}
    if only:
        options["runOnly"] = {"type": "rule", "values": only}
    found = axe.Axe().run(page, options=options).response["violations"]
    assert [(v["id"], [n["html"][:120] for n in v["nodes"][:5]]) for v in found if v["impact"] in ("serious", "critical")] == []


WIDEST = """() => {
    const tables = Array.from(document.querySelectorAll("main table")).filter(t => !t.closest("#belege, #ungelesen, #transkripte, .picture"));
    tables.sort((a, b) => b.scrollWidth - a.scrollWidth);
    const chosen = tables.slice(0, 8);
    const last = chosen.map(t => Array.from(t.querySelectorAll("thead tr:last-child th:last-child, tbody tr:first-child > :last-child"), c => c.innerText));
    // Only these tables, a few rows of each: how wide a column is does not depend on more, and reading paper takes its time.
    for (const box of document.querySelectorAll("main *")) { if (!chosen.some(t => box.contains(t) || t.contains(box))) { box.hidden = true; } }
    for (const body of chosen.flatMap(t => Array.from(t.tBodies))) { for (const row of Array.from(body.rows).slice(4)) { row.remove(); } }
    return last; }"""


def _words_on_paper(pdf: bytes) -> Iterator[tuple[str, float, float]]:
    """(text, its right edge, width of its page) of every box of lines."""
    from pdfminer.high_level import extract_pages
    from pdfminer.layout import LTTextContainer

    for sheet in extract_pages(io.BytesIO(pdf)):
        for box in sheet:
            if isinstance(box, LTTextContainer):
                yield box.get_text(), box.x1, sheet.width


@pytest.mark.browser
def test_paper_holds_the_last_column_of_the_widest_tables(opened: Opened, demo: Places) -> None:
    page, _ = opened(demo)
    page.evaluate("document.querySelectorAll('main details').forEach(d => { d.open = true; })")
    last = page.evaluate(WIDEST)
    lines = list(_words_on_paper(page.pdf(prefer_css_page_size=True, print_background=True)))
    assert lines
    assert [(text[:60], right, width) for text, right, width in lines if right > width - 20] == []
    # Paper parts words with a hyphen at line ends: letters alone are compared.
    printed = re.sub(r"\W", "", "".join(text for text, _, _ in lines)).casefold()
    lost = [word for cells in last for cell in cells for word in re.findall(r"\w{3,}", cell)[:6] if word.casefold() not in printed]
    assert len(last) == 8
    assert lost == []


@pytest.mark.browser
def test_no_table_makes_the_pages_smaller(opened: Opened, demo: Places) -> None:
    """A browser shrinks all pages to the widest thing on them; paper between the margins is 178 mm wide, turned 269 mm."""
    page, _ = opened(demo)
    page.evaluate("document.querySelectorAll('main details').forEach(d => { d.open = true; })")
    page.emulate_media(media="print")
    for turned, width in ((False, 672), (True, 1016)):
        page.set_viewport_size({"width": width, "height": 900})
        wide = page.evaluate(
            "([turned, width]) => Array.from(document.querySelectorAll('main table')).filter(t => (getComputedStyle(t.parentElement).page === 'turned') === turned"
            " && t.getBoundingClientRect().width > width + 1).map(t => [t.className, Math.round(t.getBoundingClientRect().width)])", [turned, width],
        )  # fmt: skip
        assert wide == []


@pytest.mark.browser
def test_paper_has_numbers_and_a_title_and_leaves_out_what_it_says(opened: Opened, demo: Places) -> None:
    page, _ = opened(demo, dark=True)
    page.evaluate("for (const box of document.querySelectorAll('main > section:not(#ueberblick, #lesen, #belege, #ungelesen, #transkripte)')) { box.hidden = true; }")
    text = "".join(words for words, _, _ in _words_on_paper(page.pdf(prefer_css_page_size=True)))
    pages = int(re.findall(r"Seite \d+ von (\d+)", text)[-1])
    assert f"Seite {pages} von {pages}" in text
    assert text.count("Interne Ausgabe, nicht zur Weitergabe") >= pages
    assert "Nicht gedruckt sind" in text.replace("\n", " ")
    assert "Alle Belegstellen" not in text
    assert "Nach oben" not in text
    page.emulate_media(media="print")
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
    assert page.evaluate("getComputedStyle(document.querySelector('nav.contents')).display") == "none"


@pytest.mark.browser
def test_printing_opens_what_is_folded_and_folds_it_again(opened: Opened, demo: Places) -> None:
    page, _ = opened(demo)
    count = "document.querySelectorAll('main details[open]').length"
    before = page.evaluate(count)
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    assert page.evaluate(count) > before + 20
    assert page.evaluate("document.querySelectorAll('#transkripte details[open]').length") == 0
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    assert page.evaluate(count) == before


@pytest.mark.browser
def test_headings_stand_in_order(opened: Opened, demo: Places) -> None:
    page, _ = opened(demo)
    levels = page.evaluate("Array.from(document.querySelectorAll('main :is(h1,h2,h3,h4,h5,h6)'), h => [Number(h.tagName[1]), h.textContent.trim()])")
    assert [level for level, _ in levels].count(1) == 1
    assert [(before, after) for before, after in itertools.pairwise(levels) if after[0] > before[0] + 1] == []
