"""Stage 9, report: everything known about the material as one offline HTML file, and the tables as a workbook.

The page is one file without network: style and script stand in it under a content security policy with their hashes.
All text is data and escaped; quotes are cut here, by code points, never in the browser.
"""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

from pipeline import __version__, codebook, guide, wording, workbook
from pipeline.pages import TEMPLATES, environment, policy_hash
from pipeline.sections import compare, material, quotes
from pipeline.sections import disclosure as protection

if TYPE_CHECKING:
    import pandas as pd

_NOTES = [
    "Interne Ausgabe: enthält Zitate im Wortlaut, nicht zur Weitergabe.",
    "Ungeprüfte Stellen sind Vorschläge von Regeln, keine Befunde. »Befragte« zählt Menschen, »Nennungen« zusammenhängende Stellen.",
    "»danach gefragt« zählt, wem eine Leitfadenfrage gestellt wurde, die diese Kategorie erwartet.",
    "start und end sind Zeichenpositionen im Text des Redebeitrags (turns.text).",
]


def render(
    settings: SimpleNamespace, codebook_file: Path, guide_file: Path, **tables: pd.DataFrame
) -> dict[str, bytes]:
    """The files of the report: `report.html` and `tables.xlsx`."""
    book, questions = codebook.load(codebook_file), guide.load(guide_file)
    page = _page(context(settings, book, questions, tables))
    return {"report.html": page.encode(), "tables.xlsx": workbook.build(tables, settings.title, _NOTES)}


def context(
    settings: SimpleNamespace, book: codebook.Codebook, questions: guide.Guide, tables: dict[str, pd.DataFrame]
) -> dict[str, Any]:
    """Everything the templates show, as plain values: all wording and counting is done before the page is made."""
    names = material.Names(settings, tables["cases"], tables["documents"])
    views = quotes.views(tables, names)
    figures = {r.code: r for r in tables["findings_codes"].itertuples()}
    return {
        "study": settings,
        "version": __version__,
        "codebook_version": book.version,
        "annotator": f"das spaCy-Modell {settings.annotate.model}"
        if settings.annotate.model
        else "eigene Werkzeuge mit HanTa und simplemma",
        "chapters": _chapters(book, figures, views),
        "facts": material.facts(tables),
        "quote_sections": _quote_sections(book, figures, views, settings.report.quotes),
        "not_counted": _not_counted(book, quotes.not_counted(tables, names)),
        "transcripts": material.transcripts(tables, names),
        "codebook": _codebook(book, tables["rules"]),
        "dead_rules": int((tables["rules"]["hits"] == 0).sum()),
        "all_rules": len(tables["rules"]),
        **material.origin(tables),
        **compare.groups_and_cases(tables, names, settings),
        **compare.topics(tables, names),
        **compare.guide_table(tables, questions, names),
        "pairs": compare.pairs(tables),
        "disclosure": protection.disclosure(tables, names, settings.findings.small),
    }


def _figures(code: codebook.Code, row: Any, views: dict[str, list[Any]], top: int) -> SimpleNamespace:
    return SimpleNamespace(
        code=code.id, label=code.entry.label, level=code.level, definition=code.entry.definition, n_cases=row.n_cases,
        n_asked=row.n_asked, n_cases_asked=row.n_cases_asked, n_mentions=row.n_mentions, n_spontaneous=row.n_spontaneous,
        n_reviewed=row.n_reviewed, spread=wording.spread(row), places=wording.places(row.n_mentions, row.n_reviewed),
        cautions=wording.cautions(row), uncounted=wording.uncounted(row.n_suggested), top=views.get(code.id, [])[:top],
    )  # fmt: skip


def _chapters(book: codebook.Codebook, figures: dict[str, Any], views: dict[str, list[Any]]) -> list[SimpleNamespace]:
    """One chapter for each top-level category, in the codebook's order (potentials first, as researchers put them)."""
    chapters: list[SimpleNamespace] = []
    for code in book.codes:
        row = figures[code.id]
        if code.level == 0:
            chapters.append(
                SimpleNamespace(
                    code=code.id, label=code.entry.label, definition=code.entry.definition, note=code.entry.memo, n_cases=row.n_cases,
                    people=wording.people(row.n_cases), places=wording.places(row.n_mentions, row.n_reviewed), codes=[],
                )
            )  # fmt: skip
        if code.coded:
            chapters[-1].codes.append(_figures(code, row, views, top=3))
    return chapters


def _quote_sections(
    book: codebook.Codebook, figures: dict[str, Any], views: dict[str, list[Any]], most: int
) -> list[SimpleNamespace]:
    return [
        SimpleNamespace(
            code=c.id, label=c.entry.label, quotes=views.get(c.id, [])[:most], total=figures[c.id].n_mentions,
            cut=figures[c.id].n_mentions > most, parent=bool(c.entry.children),
        )
        for c in book.codes
    ]  # fmt: skip


def _not_counted(book: codebook.Codebook, found: dict[str, list[Any]]) -> list[SimpleNamespace]:
    return [SimpleNamespace(code=c.id, label=c.entry.label, quotes=found[c.id]) for c in book.codes if c.id in found]


_KIND_WORDS = {
    "term": "Wort", "lemma": "Grundform", "phrase": "Wortfolge", "compound": "Wortteil", "near": "nah beieinander", "regex": "Ausdruck",
    "pattern": "Muster", "all": "alle von", "any": "eines von",
}  # fmt: skip


def _codebook(book: codebook.Codebook, rules: pd.DataFrame) -> list[SimpleNamespace]:
    by_code: dict[str, list[Any]] = {}
    for r in rules.sort_values(["line", "rule"]).itertuples():
        by_code.setdefault(r.code, []).append(
            SimpleNamespace(kind_words=_KIND_WORDS[r.kind], pattern=r.pattern, hits=r.hits, counted=r.counted)
        )
    return [
        SimpleNamespace(
            id=c.id,
            level=c.level,
            coded=c.coded,
            entry=c.entry,
            rules=[r for r in by_code.get(c.id, []) if r.hits],
            idle=[r for r in by_code.get(c.id, []) if not r.hits],
        )
        for c in book.codes
    ]


def _page(values: dict[str, Any]) -> str:
    from markupsafe import Markup

    style, script = ((TEMPLATES / name).read_text("utf-8") for name in ("report.css", "report.js"))
    pages = environment()
    pages.filters["capitalfirst"] = wording.capital
    values = {**values, "style_hash": policy_hash(style), "script_hash": policy_hash(script)}
    # Our own two files are the only text that is not escaped.
    return pages.get_template("report.html.j2").render(**values, style=Markup(style), script=Markup(script))
