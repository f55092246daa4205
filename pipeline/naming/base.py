"""What all finders of identifying mentions share: what they look at, and what they give back."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

SURE, SUSPECTED = "sure", "suspected"
# Kinds in the order in which they win where mentions of equal length overlap.
KINDS = ("email", "url", "handle", "id", "phone", "birthdate", "street", "org", "office", "person", "place")


@dataclass(frozen=True)
class Found:
    """One mention: `start`, `end` in its text; `surface` as it stands there, `core` its base form (`Müllers` -> `Müller`).

    `certainty` is sure (replaced without asking) or suspected (on the worklist only). `rule` names what found it. `sex`
    is f, m or ''; `culture` an ISO 639-1 code or ''; `title` the word before the name (`Frau`, `Dr.`) or ''.
    """

    start: int
    end: int
    kind: str
    surface: str
    core: str
    certainty: str
    rule: str
    sex: str = ""
    culture: str = ""
    title: str = ""


@dataclass(frozen=True)
class Talk:
    """One interview's reading texts in order of turns. `lower`: it is written without capitals, as GAT 2 is.

    `masks` holds, for each text, the spans of masks that stand there already (`[Name]`): never looked into.
    """

    texts: tuple[str, ...]
    lower: bool = False
    masks: tuple[tuple[tuple[int, int], ...], ...] = ()


Finder = Callable[[Talk], list[list[Found]]]
