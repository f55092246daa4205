"""Nouns that are an organisation only in some company: the town as an administration, the food bank, an office that somebody goes to."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from pipeline.acting.nouns import Noun

if TYPE_CHECKING:
    from pipeline.acting.spans import Words

TOWN = Noun("Stadtverwaltung", "verwaltung")
_DOES = frozenset("müssen sollen können wollen dürfen zahlen fördern sagen machen geben kümmern unterstützen planen schicken entscheiden finanzieren koordinieren hätten".split())
_OF = frozenset("von vom an mit bei seitens".split())
_BLACKBOARD = frozenset("schreiben kreide wischen gedenktafel name enthüllen hinmachen hinstellen rechnen".split())
_OURS = ("unser", "unsr", "mein")


def _lemmas(told: Words, at: int, reach: range) -> list[str]:
    return [word[2].lower() for by in reach if by and (word := told.near(at, by))]


def _town(told: Words, at: int, noun: Noun | None) -> Noun | None:
    """`mit der Stadt`, `die Stadt muss`: the administration; `in der Stadt`, `die ganze Stadt` is a place."""
    article, before, after = told.near(at, -1), told.near(at, -2), told.near(at, 1)
    if article is None or article[1].lower() not in ("die", "der"):
        return None
    if before and before[1].lower() in _OF:
        return TOWN
    verbs = {before[2].lower() if before else "", after[2].lower() if after else ""}
    return TOWN if article[1].lower() == "die" and verbs & _DOES else None


def _food_bank(told: Words, at: int, noun: Noun | None) -> Noun | None:
    """Not the board that is written on."""
    article = told.near(at, -2)
    if article and article[1].lower() in ("an", "auf"):
        return None
    return None if _BLACKBOARD & set(_lemmas(told, at, range(-12, 13))) else noun


def _office(told: Words, at: int, noun: Noun | None) -> Noun | None:
    """`aufs Amt`, `die Ämter`; not somebody's office."""
    before = told.near(at, -1)
    if before is None:
        return noun
    small = before[1].lower()
    if told.kinds[told.type[at]][0].lower().startswith("ämter"):
        return noun
    return noun if small in ("aufs", "vom", "beim", "zum", "in", "auf", "ins", "dem", "der") else None


SPECIAL: dict[str, Callable[[Words, int, Noun | None], Noun | None]] = {"stadt": _town, "tafel": _food_bank, "amt": _office}


def ours(told: Words, at: int) -> bool:
    """`unser Verein`, `bei uns im Verein`."""
    near = [word[1].lower() for by in (-1, -2, -3) if (word := told.near(at, by))]
    if any(word.startswith(_OURS) for word in near[:2]):
        return True
    return len(near) == 3 and "uns" in near[1:] and near[0] in ("im", "in", "der", "vom")


def alike(noun: str, group: str) -> bool:
    """Whether a group is called after what the noun names: only then an own organisation is one of that group.

    >>> alike("Verein", "verein Vereine"), alike("Schule", "jugend Jugend"), alike("Kirchengemeinde", "kirche Kirchengemeinde")
    (True, False, True)
    """
    return len(noun) > 3 and noun.lower() in group.lower()
