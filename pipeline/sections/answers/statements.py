"""Single statements of cause and effect as the report shows them: the quote with both parts marked, who, of whom, on what occasion."""

from __future__ import annotations

from itertools import pairwise
from types import SimpleNamespace
from typing import Any

from pipeline.language import N_, _
from pipeline.sections.answers.desk import Desk
from pipeline.sections.answers.reason_words import HOLDERS, TYPES, stand
from pipeline.wording import NOT_QUOTABLE, NOT_SHOWN, PROMPTS

PARTS = {"cause": N_("Grund"), "effect": N_("Folge")}


def view(desk: Desk, s: Any) -> SimpleNamespace:
    """One row of `findings_reasons` for the page."""
    at = desk.place(s.doc, s.turn, s.start)
    free = desk.may_quote(s.doc, s.turn)
    never = NOT_SHOWN if free else NOT_QUOTABLE
    start, end = min(s.start, s.cause_start, s.effect_start), max(s.end, s.cause_end, s.effect_end)
    return SimpleNamespace(
        **vars(at), id=s.statement, parts=pieces(desk.turns[s.doc, s.turn].text, start, end, (s.cause_start, s.cause_end), (s.effect_start, s.effect_end)) if free and not desk.banned(s) else [(_(never), "", "")],
        who=desk.names.who(s.case), holder=_(HOLDERS[s.holder]), prompt=_(PROMPTS.get(s.prompt, "")), question=s.question, type=_(TYPES[s.type]), stand=stand(s.stance),
        basis=s.basis, cause=_labels(desk, s.cause_codes), effect=_labels(desk, s.effect_codes), either=_labels(desk, s.either_codes),
    )  # fmt: skip


def pieces(text: str, start: int, end: int, cause: tuple[int, int], effect: tuple[int, int]) -> list[tuple[str, str, str]]:
    """(words, part, label) of a passage in order: part is cause, effect or '' ; the label stands where a part begins. Inside both, the shorter one counts.

    >>> pieces("Wir gehen nicht, weil es regnet", 0, 31, (22, 31), (0, 15))
    [('Wir gehen nicht', 'effect', 'Folge'), (', weil ', '', ''), ('es regnet', 'cause', 'Grund')]
    >>> [(words, part) for words, part, _ in pieces("sagen aus Scham nichts", 0, 22, (6, 15), (0, 22))]
    [('sagen ', 'effect'), ('aus Scham', 'cause'), (' nichts', 'effect')]
    """
    inner = sorted((("cause", cause), ("effect", effect)), key=lambda part: part[1][1] - part[1][0])
    borders = sorted({start, end, *(min(max(at, start), end) for _, span in inner for at in span)})
    found: list[tuple[str, str, str]] = []
    begun: set[str] = set()
    for a, b in pairwise(borders):
        part = next((name for name, (x, y) in inner if x <= a and b <= y), "")
        found.append((text[a:b], part, _(PARTS[part]) if part and part not in begun else ""))
        begun.add(part)
    return found


def _labels(desk: Desk, codes: str) -> list[str]:
    return [desk.label.get(code, code) for code in desk.by_label(code for code in codes.split("+") if code)]
