"""What researchers wrote down may repeat words of somebody who may not be quoted: then it is not shown."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from pipeline.language import N_, _
from pipeline.sections.answers.desk import Desk
from pipeline.tables import NEVER

RUN = 5  # words in a row that are a quotation
WITHHELD = N_("[Notiz nicht gezeigt: sie enthält Worte, die nicht gezeigt werden dürfen]")
_WORD = re.compile(r"\w+")


def guard(desk: Desk) -> Callable[[str], str]:
    """A function that gives a note back, or what stands for it where it repeats five words in a row that may not be shown."""
    kept = {run for text in _silent(desk) for run in _runs(text)}
    return lambda text: _(WITHHELD) if kept and any(run in kept for run in _runs(text)) else text


def _silent(desk: Desk) -> Iterator[str]:
    """Texts that may not be shown: all turns of people without consent, and places that people decided never to quote."""
    for (doc, turn), spoken in desk.turns.items():
        if spoken.role != "interviewer" and not desk.may_quote(doc, turn):
            yield spoken.text
    for row in desk.rows("quote_decisions"):
        where = desk.turns.get((row.doc, row.turn))
        if row.pin == NEVER and row.state != "gone" and where is not None:
            yield where.text[row.start : row.end]


def _runs(text: str) -> Iterator[tuple[str, ...]]:
    words = [word.casefold() for word in _WORD.findall(text)]
    return (tuple(words[n : n + RUN]) for n in range(len(words) - RUN + 1))
