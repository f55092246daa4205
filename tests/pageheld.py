"""What a page of the report holds as data, read and filtered again here, and a page of its own for as many quotes as a test wants."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Mapping
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from urllib.parse import parse_qsl

import pandas as pd

from pipeline import guide
from pipeline.island.held import held
from pipeline.island.pieces import JOINT
from pipeline.pages import TEMPLATES, environment, policy_hash, style
from pipeline.sections.material import Names
from pipeline.study import load as study
from pipeline.tables import from_csv
from pipeline.wording import number

NEEDED = (
    "documents", "speakers", "cases", "turns", "segments", "questions", "codes", "codings", "suggestions", "reviewed", "topics", "segment_topics",
    "findings_mentions", "findings_quotes", "findings_release", "moments", "asides",
)  # fmt: skip
OWN = ("20_quotes.js", "22_browser.js", "24_unread.js", "30_transcripts.js")
_SHELL = "window.nenner = { land: function (target) { target.scrollIntoView(); } };\n"  # what the rest of the page's script does for these
_PAGE = """{% import "macros.html.j2" as ui with context %}<!doctype html>
<html lang="de"><head><meta charset="utf-8"><title>Probe</title>
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src '{{ style_hash }}'; script-src '{{ script_hash }}'">
<style>{{ style }}</style></head><body><main id="inhalt">{{ links }}{% include "read.html.j2" %}</main>
<script type="application/json" id="worte">{{ page_words }}</script><script>{{ script }}</script></body></html>"""


def tables_of(folder: Path) -> dict[str, pd.DataFrame]:
    """The tables that quotes and conversations are made of, from the CSV files of a run."""
    return {name: from_csv(folder / f"{name}.csv") for name in NEEDED}


def settings_of(codebooks: Path) -> SimpleNamespace:
    own = study(codebooks / "study.yaml")
    return SimpleNamespace(variables=own.variables, model=own.model, title=own.title, language=own.language)


def page(tables: dict[str, pd.DataFrame], codebooks: Path, links: str = "") -> str:
    """A page of quotes, unread sentences and conversations alone, as strict as the report's."""
    from markupsafe import Markup

    settings = settings_of(codebooks)
    values: dict[str, Any] = held(tables, Names(settings, tables["cases"], tables["documents"]), settings, guide.load(codebooks / "guide.yaml"))
    own = {"style": style(), "script": _SHELL + "\n".join((TEMPLATES / "js" / name).read_text("utf-8") for name in OWN)}
    values |= {f"{name}_hash": policy_hash(text) for name, text in own.items()} | {name: Markup(text) for name, text in own.items()}
    return environment().from_string(_PAGE).render(**values, study=settings, pictures={}, facts=SimpleNamespace(sentences=0, read=0), links=Markup(links))


def enlarged(tables: dict[str, pd.DataFrame], times: int) -> dict[str, pd.DataFrame]:
    """The same conversations several times over, each with interviews, cases, sentences and mentions of its own."""
    once = ("codes", "topics")
    marked = {"doc": "{}x{}", "case": "{}x{}", "seg": "{1}.{0}", "mention": "{}{}"}
    found = {}
    for name, data in tables.items():
        copies = []
        for n in range(1 if name in once else times):
            copy = data.copy()
            for column, form in marked.items():
                if column in copy and n:
                    copy[column] = [form.format(value, n) if value else value for value in copy[column]]
            if name == "findings_quotes" and n:
                copy["rank"] += n * 1000
            copies.append(copy)
        found[name] = pd.concat(copies, ignore_index=True)
    return found


class Held:
    """The data of a page, and the plainest way to filter it: the tests' own, beside the page's script."""

    def __init__(self, text: str) -> None:
        self.scripts = dict(re.findall(r'<script type="application/json" id="([^"]+)">(.*?)</script>', text, re.S))
        self.quotes = json.loads(self.scripts["zitate"])
        self.facets = {facet["key"]: facet for facet in self.quotes["facets"]}
        for facet in self.facets.values():
            facet["rows"] = facet["rows"] if isinstance(facet["rows"], list) else self.facets[facet["rows"]]["rows"]
        self.codes = {value[0]: value[2] for value in self.facets["code"]["values"]}

    def talk(self, doc: str) -> list[list[Any]]:
        return json.loads(self.scripts[f"text-{doc}"])["turns"]

    def values(self, row: int, key: str) -> list[str]:
        facet = self.facets[key]
        return [facet["values"][n][0] for n in facet["combos"][facet["rows"][row]]]

    def text(self, row: int) -> str:
        """The words of a quote, from its pieces."""
        (doc,) = self.values(row, "doc")
        turn = next(t for t in self.talk(doc) if t[0] == self.quotes["turn"][row])
        return "".join(turn[6].split(JOINT)[self.quotes["first"][row] : self.quotes["last"][row] + 1])

    def rows(self, wanted: Mapping[str, str]) -> list[int]:
        """Numbers of the rows that fit a filter."""
        unknown = set(wanted) - set(self.facets) - {"label", "order", "mention"}
        assert not unknown, unknown
        found = []
        for row, mention in enumerate(self.quotes["mention"]):
            if "code" not in wanted and "mention" not in wanted and self.quotes["again"][row]:
                continue
            if "mention" in wanted and mention not in wanted["mention"].split("|"):
                continue
            if "basis" not in wanted and self.values(row, "basis") == ["uncounted"]:
                continue
            if all(set(self.values(row, key)) & set(value.split("|")) for key, value in wanted.items() if key in self.facets):
                found.append(row)
        return found

    def count(self, address: str, of: str) -> int:
        """What a link must say: passages or people behind its address."""
        rows = self.rows(dict(parse_qsl(address.removeprefix("#belege?"))))
        return len(rows) if of == "places" else len({self.values(row, "case")[0] for row in rows})


def links(text: str) -> list[tuple[str, str, str]]:
    """(address, what it counts, words) of all links to quotes that are in the page before its script runs."""
    found = re.findall(r'<a ([^>]*href="#belege\?[^"]*"[^>]*)>(.*?)</a>', text, re.S)
    return [(html.unescape(re.search(r'href="([^"]*)"', a)[1]), (re.findall(r'data-n="(\w+)"', a) or [""])[0], html.unescape(re.sub("<[^>]*>", "", words)).strip()) for a, words in found]


def stated(words: str) -> int | None:
    """The number that words begin with, in figures or, for small ones, as a word."""
    first = re.match(r"\d[\d\u202f]*|\w+", words)
    if not first:
        return None
    small = {"ein": 1, **{number(n): n for n in range(13)}}
    return int(first[0].replace("\u202f", "")) if first[0][0].isdigit() else small.get(first[0].lower())


def counted(shown: Any) -> tuple[int, int]:
    """Passages and people as a page in the browser says them in words."""
    words = shown.locator("#filterstand").inner_text()
    places, _, people = words.rpartition(" bei ")
    return stated(places.rsplit(": ", 1)[-1]) or 0, 1 if people.startswith("einer ") else stated(people) or 0
