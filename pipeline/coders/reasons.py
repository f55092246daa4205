"""Why the model gives a code, in plain German: the nearest training sentence, the question, the rule that hit."""

from __future__ import annotations

from typing import NamedTuple

LONG = 90  # code points of a training sentence that are shown


class Why(NamedTuple):
    """The nearest anchor as it may be quoted, the guide's question that asks for the code, the rule that hit; each may be empty."""

    anchor: str
    question: str
    rule: str


def because(why: Why) -> str:
    """One line; parts parted by semicolons.

    >>> because(Why("Da macht keiner auf.", "L4", ""))
    'ähnlich wie »Da macht keiner auf.«; danach fragt L4'
    """
    anchor = why.anchor if len(why.anchor) <= LONG else why.anchor[: LONG - 2].rsplit(" ", 1)[0] + " …"
    parts = (
        f"ähnlich wie »{anchor}«" if anchor else "", f"danach fragt {why.question}" if why.question else "",
        f"Regel »{why.rule}«" if why.rule else "",
    )  # fmt: skip
    return "; ".join(part for part in parts if part)
