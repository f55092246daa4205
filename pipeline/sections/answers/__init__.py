"""The chapters on the council's questions: one module and one template each, in the order in which they are read."""

from __future__ import annotations

from types import ModuleType, SimpleNamespace

from pipeline.language import _
from pipeline.sections.answers import (
    actors,
    by_question,
    cases,
    common,
    engagement,
    indicators,
    limits,
    measures,
    needs,
    potentials,
    reasons,
    unasked,
    unheard,
    welcome,
)
from pipeline.sections.answers.desk import Desk
from pipeline.sections.answers.words import QUESTIONS

CHAPTERS: dict[str, ModuleType] = {
    "Q1": potentials, "Q2": engagement, "Q3": reasons, "Q4": needs, "Q5": actors, "Q6": measures, "Q7": common, "Q8": welcome, "Q9": indicators,
    "Q10": unheard, "Q11": by_question, "Q12": unasked, "cases": cases,
}  # fmt: skip


def chapters(desk: Desk) -> list[SimpleNamespace]:
    """Every chapter with its heading; one that this study cannot answer says why instead."""
    found = []
    for question, module in CHAPTERS.items():
        number, anchor, short, title = QUESTIONS[question]
        why = desk.applies(question)
        found.append(
            SimpleNamespace(
                question=question, number=number, anchor=anchor, short=_(short), title=_(title), why=why, template=f"answers/{module.__name__.rpartition('.')[2]}.html.j2",
                values=None if why else module.chapter(desk), limits=limits.of(desk, question),
            )
        )  # fmt: skip
    return found
