"""Single statements of cause and effect as the report shows them: the quote with both parts marked, who, of whom, on what occasion."""

from __future__ import annotations

from itertools import pairwise
from types import SimpleNamespace
from typing import Any

from pipeline.sections.answers.desk import Desk
from pipeline.sections.answers.reason_words import HOLDERS, TYPES, stand
from pipeline.wording import NOT_QUOTABLE, NOT_SHOWN, PROMPTS

_UNQUOTED = "Worte nicht gezeigt"
PARTS = {"cause": "Grund", "effect": "Folge"}


def view(desk: Desk, s: Any) -> SimpleNamespace:
    """One row of `findings_reasons` for the page."""
    at = desk.place(s.doc, s.turn, s.start)
    free = desk.may_quote(s.doc, s.turn)
    never = NOT_SHOWN if free else NOT_QUOTABLE
    start, end = min(s.start, s.cause_start, s.effect_start), max(s.end, s.cause_end, s.effect_end)
    return SimpleNamespace(
        **vars(at), id=s.statement, parts=pieces(desk.turns[s.doc, s.turn].text, start, end, (s.cause_start, s.cause_end), (s.effect_start, s.effect_end)) if free and not desk.banned(s) else [(never, "", "")],
        who=desk.names.who(s.case), holder=HOLDERS[s.holder], prompt=PROMPTS.get(s.prompt, ""), question=s.question, type=TYPES[s.type], stand=stand(s.stance),
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
        found.append((text[a:b], part, PARTS[part] if part and part not in begun else ""))
        begun.add(part)
    return found


def arrows(desk: Desk, rows: list[Any]) -> list[SimpleNamespace]:
    """What the picture shows: a person's own explanations, read ones first. A part without a category of its own shows its words."""
    found = []
    for s in sorted(rows, key=lambda s: (s.basis != "reviewed", not (s.cause_codes and s.effect_codes), s.doc, s.turn, s.cause_start)):
        if s.stance != "affirmed":
            continue
        left, right = (_end(desk, s, part) for part in PARTS)
        at = desk.place(s.doc, s.turn, s.start)
        told = f"{left}: Grund; {right}: Folge. {desk.names.who(s.case)}, {HOLDERS[s.holder]}"
        found.append(
            SimpleNamespace(
                left=left, right=right, named_left=bool(s.cause_codes), named_right=bool(s.effect_codes), anchor=at.anchor, holder=s.holder,
                open=s.basis != "reviewed", title=f"{told}, {'Vorschlag, ungelesen' if s.basis != 'reviewed' else 'gelesen'} ({at.interview}, Beitrag {at.turn})",
            )
        )  # fmt: skip
    return found


def _end(desk: Desk, s: Any, part: str) -> str:
    codes = getattr(s, f"{part}_codes")
    if codes:
        return " + ".join(_labels(desk, codes))
    words = desk.words(s.doc, s.turn, getattr(s, f"{part}_start"), getattr(s, f"{part}_end"))
    return _UNQUOTED if words in (NOT_QUOTABLE, NOT_SHOWN) else " ".join(words.split())


def _labels(desk: Desk, codes: str) -> list[str]:
    return [desk.label.get(code, code) for code in desk.by_label(code for code in codes.split("+") if code)]
