"""Stage report: everything known about the material as one offline HTML file, and the tables as a workbook.

The page is one file without network: style and script stand in it under a content security policy with their hashes.
All text is data and escaped; quotes are cut here, by code points. Only the list of unread sentences is put together in the browser, when it
is opened: it takes them from the transcripts in the page, at places worked out here.
"""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

from pipeline import __version__, codebook, guide, wording, workbook
from pipeline.pages import TEMPLATES, environment, policy_hash
from pipeline.sections import compare, material, quality, quotes, topic_comparisons, topics
from pipeline.sections import disclosure as protection
from pipeline.sections.answers import chapters as answers
from pipeline.sections.answers import limits
from pipeline.sections.answers.desk import Desk
from pipeline.sections.counter import counter
from pipeline.sections.proposals import Proposals, outside, unshown
from pipeline.sections.unread import unread
from pipeline.tables import quotable

if TYPE_CHECKING:
    import pandas as pd

_NOTES = [
    "Interne Ausgabe: enthält Zitate im Wortlaut, nicht zur Weitergabe.",
    "Grundlage »gelesen«: Menschen haben die Stelle gelesen und codiert. Grundlage »Vorschlag, ungelesen«: was die Maschine vorschlägt, kein Befund.",
    "»Befragte« zählt Menschen, »Nennungen« zusammenhängende gelesene Stellen; Vorschläge stehen immer in Spalten oder Zeilen für sich.",
    "»Sicherheit« ist die Wahrscheinlichkeit, die das Modell nennt; wie gut sie stimmt, steht auf den Blättern zur Güte.",
    "»danach gefragt« zählt, wem eine Leitfadenfrage gestellt wurde, die diese Kategorie erwartet.",
    "Themen sind Vorschläge, keine Befunde: Die Maschine legt Sätze nebeneinander, die sich in Wörtern und Sinn ähneln. Ob ein Thema eines ist, zeigt erst "
    "das Lesen seiner Sätze; alle stehen auf dem Blatt »Themensätze«, die kennzeichnendsten zuerst. »hält der Probe stand«: zwei Hälften der Gespräche, "
    "getrennt durchsucht, finden das Thema wieder; die anderen sind Leseanlässe.",
    "Anteile und andere gebrochene Zahlen sind auf zwei Stellen gerundet zu sehen (p auf drei); in der Zelle steht der volle Wert.",
    "Anfang und Ende sind Zeichenpositionen im Text des Redebeitrags (turns.text).",
]

_TESTS = (
    "»Exakte Tests« sind keine Umfrage: Die Befragten sind keine Zufallsauswahl; p sagt nur, wie oft der Zufall die Nennungen mindestens so ungleich auf die "
    "Gruppen verteilt hätte, und nichts über die Stadt."
)


def render(
    settings: SimpleNamespace, codebook_file: Path, guide_file: Path, **tables: pd.DataFrame
) -> dict[str, bytes]:
    """The files of the report: `report.html` and `tables.xlsx`."""
    book, questions = codebook.load(codebook_file), guide.load(guide_file)
    page = _page(context(settings, book, questions, tables))
    known = Proposals(tables)
    notes = [*_NOTES, *([_TESTS] if len(tables["findings_tests"]) else []), *(f"Nach Merkmalen fehlen Vorschläge: {why}" for why in known.why_withheld())]
    shown = sheets({**tables, "findings_groups": unshown(tables["findings_groups"], known)}, settings, questions)
    shown |= _common_sheets(tables, settings)
    if tables["findings_tests"].empty:  # a sheet only where the study asks for tests
        del shown["findings_tests"]
    return {"report.html": page.encode(), "tables.xlsx": workbook.build(shown, settings.title, notes)}


def sheets(tables: dict[str, pd.DataFrame], settings: SimpleNamespace, questions: guide.Guide) -> dict[str, pd.DataFrame]:
    """The tables as people read them in the workbook: names beside numbers of topics and categories, values in their words, sentences of topics."""
    names = material.Names(settings, tables["cases"], tables["documents"])
    topic_of = dict(zip(tables["topics"]["topic"], tables["topics"]["label"], strict=True))
    label_of = dict(zip(tables["codes"]["code"], tables["codes"]["label"], strict=True))
    made = {**tables, "topic_sentences": topic_sentences(tables)}
    for name in ("topic_terms", "topic_phrases", "topic_edits", "topic_codes", "topic_new", "topic_groups", "code_topics"):
        made[name] = made[name].copy()
        for column, labels in (("topic", topic_of), ("code", label_of), ("best_code", label_of), ("main_topic", topic_of)):
            if column in made[name].columns:
                made[name].insert(made[name].columns.get_loc(column) + 1, f"{column}_label", [labels.get(value, "") for value in made[name][column]])
    for name in ("topic_groups", "findings_groups"):
        rows = made[name].copy()
        words = {v: topic_comparisons.value_words(v, names, questions) for v in sorted(set(rows["variable"]))}
        rows["value"] = [words[variable](value) for variable, value in zip(rows["variable"], rows["value"], strict=True)]
        rows["variable"] = [settings.variables[v].label or v if v in settings.variables else v for v in rows["variable"]]
        made[name] = rows
    cases = made["cases"].copy()
    for variable in (v for v in settings.variables if v in cases.columns):
        cases[variable] = [names.value(variable, value) for value in cases[variable]]
        if (label := settings.variables[variable].label) and label not in cases.columns:
            cases = cases.rename(columns={variable: label})
    return {**made, "cases": cases}


def _common_sheets(tables: dict[str, pd.DataFrame], settings: SimpleNamespace) -> dict[str, pd.DataFrame]:
    """The common denominator group by group, and exact tests, with groups and variables in their words."""
    names = material.Names(settings, tables["cases"], tables["documents"])
    groups, tests = tables["findings_common_groups"], tables["findings_tests"]
    labels = [settings.variables[v].label or v if v in settings.variables else v for v in tests["variable"]]
    # The second basis is the picture if the proposals held: unlike elsewhere it counts what is read and what is proposed together.
    themes, groups = (data.assign(basis=data["basis"].replace("proposed", "Gelesenes und Vorschläge zusammen")) for data in (tables["findings_common"], groups))
    return {
        "findings_common": themes,
        "findings_common_groups": groups.assign(group=[names.value(settings.answers.group, value) for value in groups["group"]]),
        "findings_tests": tests.assign(variable=labels),
    }


def topic_sentences(tables: dict[str, pd.DataFrame]) -> pd.DataFrame:
    """Every sentence of every topic that is not hidden, the most telling first; without the words of people who may not be quoted."""
    shown = tables["topics"].loc[tables["topics"]["hidden"] != "yes", ["topic", "label"]]
    rows = tables["segment_topics"].merge(shown, on="topic").merge(tables["segments"][["seg", "doc", "turn", "start", "end"]], on="seg")
    rows = rows.merge(tables["turns"][["doc", "turn", "speaker", "case", "text"]], on=["doc", "turn"]).sort_values(["topic", "rank", "seg"], ignore_index=True)
    allowed = quotable(tables["speakers"])
    places = zip(rows["doc"], rows["speaker"], rows["text"], rows["start"], rows["end"], strict=True)
    rows["text"] = [text[a:b] if (doc, speaker) in allowed else wording.NOT_QUOTABLE for doc, speaker, text, a, b in places]
    return rows[["topic", "label", "rank", "doc", "turn", "case", "text", "weight"]]


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


def _page(values: dict[str, Any]) -> str:
    from markupsafe import Markup

    style, script = ((TEMPLATES / name).read_text("utf-8") for name in ("report.css", "report.js"))
    pages = environment()
    pages.filters["capitalfirst"] = wording.capital
    values = {**values, "style_hash": policy_hash(style), "script_hash": policy_hash(script)}
    # Our own two files are the only text that is not escaped, beside data that `packed` made safe for its place.
    values["unread_shared"] = Markup(values["unread_shared"])
    for one in values["unread"]:
        one.data = Markup(one.data)
    return pages.get_template("report.html.j2").render(**values, style=Markup(style), script=Markup(script))
