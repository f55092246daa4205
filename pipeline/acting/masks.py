"""What organisations are called in pseudonymised turns, and under which name an actor may be shown. Reads private tables; nothing of them goes on."""

from __future__ import annotations

import re
from collections import defaultdict
from typing import TYPE_CHECKING, NamedTuple

from pipeline.acting.listing import ActorEntry, fold

if TYPE_CHECKING:
    import pandas as pd

BAR = " | "
PLACEHOLDER = re.compile(r"\[[^\W\d_][^\[\]\n]{1,40}? [0-9A-Z]{1,3}\]")
# What a placeholder's word says of the kind; others that stand in the key are of kind »andere«.
WORD_KINDS = {
    "einrichtung": "andere", "verein": "verein", "sportverein": "verein", "schule": "schule", "kita": "schule", "moschee": "religion",
    "moscheeverein": "religion", "kirche": "religion", "gemeinde": "religion", "firma": "wirtschaft", "krankenhaus": "gesundheit", "haus": "andere",
    "zeche": "wirtschaft", "funktion": "rolle", "organisation": "andere", "träger": "wohlfahrt", "amt": "verwaltung", "behörde": "verwaltung",
}  # fmt: skip
_ORGANISATIONS = ("org", "office")
_SMALL = frozenset("mit bei beim in im an am auf von vom zu zum zur aus der die das den dem des und e v ev gmbh ggmbh".split())
_WORD = re.compile(r"\w+")


class Masks(NamedTuple):
    """`named`: folded form of an organisation -> what stands for it; `people`: folded forms of replaced persons and places;
    `kept`: organisations that stay in clear (name, forms); `placeholders`: placeholder -> kind; `words`: words of every form replaced."""

    named: dict[str, frozenset[str]]
    people: frozenset[str]
    kept: tuple[tuple[str, tuple[str, ...]], ...]
    placeholders: dict[str, str]
    words: frozenset[tuple[str, ...]]


def read(entities: pd.DataFrame, plan: pd.DataFrame) -> Masks:
    """What the key says. Suspected entities are not replaced and say nothing: a name of an interview, a sign at a sentence's start."""
    after: dict[str, set[str]] = defaultdict(set)
    for entity, text in zip(plan["entity"], plan["after"], strict=True):
        after[entity].add(text)
    named: dict[str, set[str]] = defaultdict(set)
    people: set[str] = set()
    kept: list[tuple[str, tuple[str, ...]]] = []
    placeholders: dict[str, str] = {}
    words: set[tuple[str, ...]] = set()
    for e in entities.itertuples():
        forms = tuple(f for f in (e.name, *e.forms.split(BAR)) if f)
        if e.status not in ("proposed", "confirmed"):
            continue
        if e.level == "keep" or not (e.replacement or after[e.entity]):
            if e.kind in _ORGANISATIONS:
                kept.append((e.name, tuple(dict.fromkeys(forms))))
            continue
        words |= {_core(form) for form in forms}
        if e.kind not in _ORGANISATIONS:
            people |= {fold(form) for form in forms} if e.kind == "person" else set()
            continue
        shown = {text for text in (e.replacement, *after[e.entity]) if text}
        for form in forms:
            named[_bare(form)] |= shown
        placeholders |= {text: kind_of(text, "rolle" if e.kind == "office" else "andere") for text in shown}
    return Masks({f: frozenset(s) for f, s in named.items()}, frozenset(people), tuple(kept), placeholders, frozenset(words - {()}))


def kind_of(placeholder: str, otherwise: str = "") -> str:
    """
    >>> kind_of("[Verein 3]"), kind_of("[Straße 1]"), kind_of("[Ort 2]", "andere")
    ('verein', '', 'andere')
    """
    return WORD_KINDS.get(placeholder.strip("[]").rpartition(" ")[0].casefold(), otherwise)


def _bare(form: str) -> str:
    """A form without small words before it (`Mit Yeni Cami`), folded."""
    words = fold(form).split()
    while len(words) > 1 and words[0] in _SMALL:
        words.pop(0)
    return " ".join(words)


def _core(form: str) -> tuple[str, ...]:
    """The words by which a name is known.

    >>> _core("Anker e. V."), _core("Mit Yeni Cami")
    (('anker',), ('yeni', 'cami'))
    """
    return tuple(word for word in _WORD.findall(fold(form)) if word not in _SMALL)


def standing_for(entry: ActorEntry, masks: Masks) -> tuple[str, ...]:
    """Placeholders that stand for a listed actor in turns, by number."""
    found = {p for form in entry.spellings for p in masks.named.get(_bare(form), ())}
    found |= {form for form in entry.spellings if PLACEHOLDER.fullmatch(form)}
    return tuple(sorted(found, key=lambda text: (len(text), text)))


def persons(entry: ActorEntry, masks: Masks) -> tuple[str, ...]:
    """Spellings of a listed actor that are replaced as names of persons: they are never looked for."""
    return tuple(form for form in entry.spellings if fold(form) in masks.people)


def shown_as(entry: ActorEntry, number: int, masks: Masks) -> str:
    """The name under which an actor may be shown: its own, unless that holds or is part of what turns do not say.

    Where the name must not be shown, its placeholder; where none stands for it, the number of its entry.
    """
    own = set(_core(entry.name))
    masked = {_core(form) for form in entry.spellings if _bare(form) in masks.named}
    reveals = any(own and own <= set(form) for form in masked) or any(_holds(_core(entry.name), form) for form in masks.words)
    if not reveals and fold(entry.name) not in masks.people:
        return entry.name
    return next(iter(standing_for(entry, masks)), f"Eintrag {number} in actors.yaml")


def _holds(words: tuple[str, ...], form: tuple[str, ...]) -> bool:
    """Whether the words of a form stand in a row within others, the last one also inflected.

    >>> _holds(("bäckerei", "müllers"), ("müller",)), _holds(("bäckerei", "mühle"), ("müller",))
    (True, False)
    """
    rows = (words[n : n + len(form)] for n in range(len(words) - len(form) + 1))
    return any(row[:-1] == form[:-1] and row[-1] in [form[-1] + ending for ending in ("", "s", "es", "n", "en", "sche", "schen", "scher", "sches")] for row in rows)
