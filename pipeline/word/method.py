"""The chapter on method in the document: how the figures came about, who asked whom, how to cite it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from pipeline.language import _, current
from pipeline.sections import method
from pipeline.sections.answers.desk import Desk
from pipeline.word.blocks import Block, Heading, points, table, text

MOST_LINES = 30  # rows of a table of settings or programs: run.json has all


def chapter(desk: Desk, book: Any, method_file: Path) -> list[Block]:
    """Parts of the chapter as the report has them; of checklists only how far they are filled in. Raises `Stop` for a broken method.yaml."""
    shown = method.chapter(desk, book, method_file)["method"]
    out = text(_("Eine Kategorie gilt erst, wenn Menschen die Stelle gelesen haben. Die Maschine schlägt vor; ihre Vorschläge stehen immer für sich. Gezählt wird je Person: Wer zehnmal davon spricht, zählt einmal."))
    for part in shown.parts:
        if part.texts or part.grid:
            out += [Heading(2, part.title), *(one for words in part.texts for one in text(words)), *_grid(part.grid)]
    page = shown.positionality
    out += [Heading(2, _("Positionalität")), *points(page.facts), *_grid(page.interviewers)]
    out += table(_("Was die Forschenden sagen"), [_("Punkt"), _("Angabe")], [(p.title, p.text or p.open) for p in page.points])
    out += [Heading(2, _("Checklisten")), *text(_("Punkt für Punkt stehen sie im Bericht (report.html)."), "note")]
    out += table(_("Wie weit die Checklisten ausgefüllt sind"), [_("Checkliste"), _("Stand")], [(c.title, c.summary) for c in shown.checklists])
    out += [Heading(2, _("Zitieren")), *(one for p in shown.paragraphs if p.language == current() for one in text(p.text))]
    return [*out, *text(shown.citation.apa)]


def _grid(grid: Any) -> list[Block]:
    return table(grid.caption, grid.head, grid.rows, most=MOST_LINES) if grid is not None else []
