"""Stage document: the report as a Word document, for those who read, print and annotate it in an office."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING

from pipeline import codebook, guide
from pipeline.language import N_, _, spoken
from pipeline.sections import material
from pipeline.sections.answers import limits
from pipeline.sections.answers.desk import Desk
from pipeline.sections.answers.words import QUESTIONS
from pipeline.word import around, asked, further, method, paper, reviewing
from pipeline.word.blocks import Block, Heading, points, text

if TYPE_CHECKING:
    import pandas as pd

# The council's questions in the order in which they are read, potentials first.
_CHAPTERS: dict[str, Callable[[Desk], list[Block]]] = {
    "Q1": asked.potential, "Q2": asked.engaged, "Q3": asked.reasoned, "Q4": asked.needed, "Q5": asked.acted, "Q6": asked.wished, "Q7": further.shared,
    "Q8": further.welcomed, "Q9": further.watched, "Q10": further.missing, "Q11": further.answered, "Q12": further.unexpected, "cases": further.people,
}  # fmt: skip
_LACKS = N_("Was dieser Antwort fehlt")


def render(settings: SimpleNamespace, codebook_file: Path, guide_file: Path, method_file: Path, **tables: pd.DataFrame) -> dict[str, bytes]:
    """`report.docx`."""
    with spoken(settings.language):
        book, questions = codebook.load(codebook_file), guide.load(guide_file)
        desk = Desk(tables, settings, material.Names(settings, tables["cases"], tables["documents"]), questions)
        return {"report.docx": paper.build(settings.title, around.title_page(settings), body(desk, book, method_file))}


def body(desk: Desk, book: codebook.Codebook, method_file: Path) -> list[Block]:
    """All chapters, as blocks."""
    found: list[Block] = [Heading(1, _("Kernaussagen")), *around.statements(desk)]
    for question, chapter in _CHAPTERS.items():
        number, _anchor, short, title = QUESTIONS[question]
        found.append(Heading(1, f"{number} {_(short)}".strip()))
        found += text(_(title), "lead")
        if why := desk.applies(question):
            found += text(why, "note")
            continue
        found += chapter(desk)
        if lacks := limits.of(desk, question):
            found += [Heading(2, _(_LACKS)), *points(lacks)]
    found += [Heading(1, _("Kategorien")), *around.categories(desk)]
    found += [Heading(1, _("Methode")), *method.chapter(desk, book, method_file)]
    found += [Heading(1, _("Wie einig sich Codierende sind")), *reviewing.agreed(desk)]
    found += [Heading(1, _("Kategorienzyklus")), *reviewing.cycled(desk)]
    return [*found, Heading(1, _("Grenzen")), *around.lacking(desk)]
