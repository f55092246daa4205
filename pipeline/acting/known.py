"""All actors that may be found, under the names by which they are shown: listed, replaced, kept in clear, generic, and groups of respondents."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from pipeline.acting.listing import Listed, fold
from pipeline.acting.masks import Masks, persons, shown_as, standing_for
from pipeline.acting.nouns import Noun, nouns
from pipeline.measures.lens import known as has_value

GROUP = "gruppe"  # kind of the node that stands for whom a respondent speaks
_ENDING = r"(?:e[rnms]?s?|n|s|'s|’s)?"


class Actor(NamedTuple):
    """`key` is how it stands in tables, `label` how it is read, `source`: list, placeholder, name, noun or group."""

    key: str
    label: str
    kind: str
    source: str
    role: bool = False
    note: str = ""


class Form(NamedTuple):
    """A spelling to look for: its first word, small, and the pattern that must match from there; empty `key`: found, but not shown."""

    first: str
    pattern: re.Pattern[str]
    key: str
    single: bool


@dataclass
class Register:
    """Actors by key, and what leads to them. Filled while places are looked for: generic nouns enter where they are spoken of."""

    actors: dict[str, Actor] = field(default_factory=dict)
    placeholders: dict[str, str] = field(default_factory=dict)  # placeholder -> key, or '' where it is hidden
    forms: list[Form] = field(default_factory=list)
    by_label: dict[str, str] = field(default_factory=dict)

    def enter(self, label: str, kind: str, source: str, role: bool = False, note: str = "") -> str:
        """The key of an actor of this name; one that is there already stays as it is."""
        known = self.by_label.get(fold(label))
        if known is not None:
            return known
        base = re.sub(r"\W+", "-", fold(label)).strip("-") or "akteur"
        key, n = base, 1
        while key in self.actors:
            n += 1
            key = f"{base}-{n}"
        self.actors[key] = Actor(key, label, kind, source, role, note)
        self.by_label[fold(label)] = key
        return key

    def of_noun(self, noun: Noun) -> str:
        return self.enter(noun.label, noun.kind, "noun", noun.kind == "rolle")


def register(listed: Iterable[Listed], masks: Masks, groups: Mapping[str, str]) -> Register:
    """What is known before the texts are read. `groups`: value of the group variable -> its words in the report."""
    made = Register()
    for one in listed:
        _enter_listed(made, one, masks)
    for placeholder, kind in sorted(masks.placeholders.items()):
        if placeholder not in made.placeholders:
            made.placeholders[placeholder] = made.enter(placeholder, kind, "placeholder", kind == "rolle")
    for name, forms in masks.kept:
        key = made.enter(name, "andere", "name")
        made.forms += [form for text in forms if (form := spelling(text, key))]
    for words, noun in nouns().phrases:
        made.forms.append(Form(words[0], _pattern(words), f"\t{noun.label}\t{noun.kind}", False))
    for value, label in groups.items():
        made.enter(group_label(label) if has_value(value) else "Befragte ohne Angabe", GROUP, "group")
    return made


def group_label(label: str) -> str:
    """
    >>> group_label("Vereine")
    'Gruppe: Vereine'
    """
    return f"Gruppe: {label}"


def _enter_listed(made: Register, one: Listed, masks: Masks) -> None:
    entry, never = one.entry, {fold(form) for form in persons(one.entry, masks)}
    stands, label = standing_for(entry, masks), shown_as(one.entry, one.number, masks)
    notes = ["Eine Schreibweise ist der Name einer Person; nach ihr wird nicht gesucht."] if never else []
    if stands and label != entry.name:
        notes.append("Der Name steht nicht in den Redebeiträgen; gezeigt wird, was dort für ihn steht.")
    key = "" if entry.hide else made.enter(label, entry.kind, "list", entry.role or entry.kind == "rolle", " ".join(notes))
    made.placeholders |= dict.fromkeys(stands, key)
    made.forms += [form for text in entry.spellings if fold(text) not in never and (form := spelling(text, key))]


def spelling(text: str, key: str) -> Form | None:
    """A spelling that stands in clear as something to look for; none for a placeholder.

    >>> bool(spelling("Haus der Begegnung", "h").pattern.match("Hauses der Begegnung")), spelling("[Verein 1]", "v")
    (True, None)
    """
    words = tuple(re.findall(r"\w+|[^\w\s]", re.sub(r"^\W+", "", text.lower())))
    if not words or text.startswith("["):
        return None
    return Form(words[0], _pattern(words), key, len(words) == 1)


def _pattern(words: tuple[str, ...]) -> re.Pattern[str]:
    parts = [re.escape(w) + (_ENDING if len(w) > 2 and w.isalpha() else "") for w in words]
    return re.compile(r"[\s\-]*".join(parts) + (r"(?!\w)" if words[-1][-1].isalnum() else ""), re.IGNORECASE)
