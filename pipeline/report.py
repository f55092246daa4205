"""Stage report: everything known about the material as one offline HTML file.

The page is one file without network: style and script stand in it under a content security policy with their hashes.
All text is data and escaped; quotes are cut here, by code points. Only the list of unread sentences is put together in the browser, when it
is opened: it takes them from the transcripts in the page, at places worked out here.
"""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

from pipeline import __version__, codebook, guide, wording
from pipeline.language import spoken
from pipeline.pages import environment, policy_hash, script, style
from pipeline.sections import compare, material, quality, quotes, topics
from pipeline.sections import disclosure as protection
from pipeline.sections.answers import chapters as answers
from pipeline.sections.answers import limits
from pipeline.sections.answers.desk import Desk
from pipeline.sections.counter import counter
from pipeline.sections.proposals import Proposals, outside
from pipeline.sections.unread import unread

if TYPE_CHECKING:
    import pandas as pd

def render(
    settings: SimpleNamespace, codebook_file: Path, guide_file: Path, method_file: Path, bundle_file: Path, **tables: pd.DataFrame
) -> dict[str, bytes]:
    """The file of the report: `report.html`."""
    with spoken(settings.language):
        book, questions = codebook.load(codebook_file), guide.load(guide_file)
        return {"report.html": _page(context(settings, book, questions, tables), bundle_file.read_text("utf-8")).encode()}


def context(
    settings: SimpleNamespace, book: codebook.Codebook, questions: guide.Guide, tables: dict[str, pd.DataFrame]
) -> dict[str, Any]:
    """Everything the templates show, as plain values: all wording and counting is done before the page is made."""
    names = material.Names(settings, tables["cases"], tables["documents"])
    views = quotes.views(tables, names)
    known = Proposals(tables)
    counting = material.counting(tables, settings)
    desk = Desk(tables, settings, names, questions)
    figures = {r.code: r for r in tables["findings_codes"].itertuples()}
    return {
        "study": settings,
        "version": __version__,
        "codebook_version": book.version,
        "annotator": f"das spaCy-Modell {settings.annotate.model}"
        if settings.annotate.model
        else "eigene Werkzeuge mit HanTa und simplemma",
        "answers": answers(desk),
        "data_limits": limits.every(desk),
        "chapters": _chapters(book, figures, views, known, counter(desk)),
        "facts": material.facts(tables, counting),
        "with_proposals": settings.report.counts == "proposals",
        "overall": known.overall(),
        "other_host": outside(settings),
        "quote_sections": _quote_sections(book, figures, views, settings.report.quotes),
        "not_counted": _not_counted(book, quotes.not_counted(tables, names)),
        "transcripts": material.transcripts(tables, names, counting),
        "codebook": _codebook(book, tables["rules"]),
        "dead_rules": int((tables["rules"]["hits"] == 0).sum()),
        "all_rules": len(tables["rules"]),
        **material.origin(tables),
        **compare.groups_and_cases(tables, names, settings, known),
        **quality.chapter(tables, names, settings, known),
        **unread(tables, names, settings.model.suggestions),
        **topics.chapter(tables, names, settings, questions),
        "pairs": compare.pairs(tables),
        "disclosure": protection.disclosure(tables, names, settings.findings.small),
    }


def _figures(code: codebook.Code, row: Any, views: dict[str, list[Any]], known: Proposals, against: SimpleNamespace | None) -> SimpleNamespace:
    """Everything of one category; `top` are quotes that people read, `open_top` proposals, `against` what speaks against it."""
    mine = views.get(code.id, [])
    read, proposed = _best(mine)
    return SimpleNamespace(
        code=code.id, label=code.entry.label, level=code.level, definition=code.entry.definition, n_cases=row.n_cases,
        n_asked=row.n_asked, n_cases_asked=row.n_cases_asked, n_cases_proposed=row.n_cases_proposed, n_mentions=row.n_mentions, n_spontaneous=row.n_spontaneous,
        n_proposed=row.n_proposed, spread=wording.spread(row), places=wording.places(row.n_mentions),
        proposals=wording.proposals(row.n_proposed, row.n_cases_proposed), right=known.right(code.id), common=known.common(code.id),
        weak=known.weak(code.id), cautions=wording.cautions(row), uncounted=wording.uncounted(row.n_suggested), top=read, open_top=proposed,
        against=against, withheld=wording.NOT_SHOWN if not read and any(q.basis == "reviewed" for q in mine) else "",
    )  # fmt: skip


def _best(quotes: list[Any], read: int = 3, proposed: int = 2) -> tuple[list[Any], list[Any]]:
    """The first quotes of each kind, in their order, without those that people do not want shown."""
    quotes = [q for q in quotes if q.pinned != "nein"]
    return [q for q in quotes if q.basis == "reviewed"][:read], [q for q in quotes if q.basis != "reviewed"][:proposed]


def _chapters(
    book: codebook.Codebook, figures: dict[str, Any], views: dict[str, list[Any]], known: Proposals, against: dict[str, SimpleNamespace]
) -> list[SimpleNamespace]:
    """One chapter for each top-level category, in the codebook's order (potentials first, as researchers put them)."""
    chapters: list[SimpleNamespace] = []
    for code in book.codes:
        row = figures[code.id]
        if code.level == 0:
            chapters.append(
                SimpleNamespace(
                    code=code.id, label=code.entry.label, definition=code.entry.definition, note=code.entry.memo, n_cases=row.n_cases,
                    people=wording.people(row.n_cases), places=wording.places(row.n_mentions), n_proposed=row.n_proposed,
                    proposals=wording.proposals(row.n_proposed, row.n_cases_proposed), codes=[],
                )
            )  # fmt: skip
        if code.coded:
            chapters[-1].codes.append(_figures(code, row, views, known, against.get(code.id)))
    return chapters


def _quote_sections(
    book: codebook.Codebook, figures: dict[str, Any], views: dict[str, list[Any]], most: int
) -> list[SimpleNamespace]:
    return [
        SimpleNamespace(
            code=c.id, label=c.entry.label, quotes=views.get(c.id, [])[:most], total=len(views.get(c.id, [])),
            cut=len(views.get(c.id, [])) > most, parent=bool(c.entry.children),
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


def _page(values: dict[str, Any], bundle: str) -> str:
    from markupsafe import Markup

    pages = environment()
    pages.filters["capitalfirst"] = wording.capital
    own = {"style": style(), "script": script(), "bundle": bundle}
    values |= {f"{name}_hash": policy_hash(text) for name, text in own.items()}
    # Our own style and scripts are the only text that is not escaped, beside data that `packed` made safe for its place.
    values |= {name: Markup(text) for name, text in own.items()}
    values["unread_shared"] = Markup(values["unread_shared"])
    for one in values["unread"]:
        one.data = Markup(one.data)
    return pages.get_template("report.html.j2").render(**values)
