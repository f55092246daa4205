"""Where in the texts what is replaced by what: sure mentions, and every other place where a replaced form stands.

A form that is also a German word (`Sommer`, `Rosa`) is replaced only where it was recognised as a name.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from pipeline.naming.base import SURE
from pipeline.naming.entities import BARE, Mention, _parts
from pipeline.naming.key import Row

_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)?")
_ENDINGS = ("", "s", "'", "’", "'s", "’s", "es", "n", "ns")  # Kayas, Hans', Mehmet's; `Familie Müllern` in dialect
SHORT = 4  # letters, below which a form in small letters is left alone
_SIBILANT = ("s", "ß", "x", "z", "ce")


@dataclass(frozen=True)
class Step:
    """One replacement in one text: code points `start`, `end` there."""

    start: int
    end: int
    entity: str
    kind: str
    before: str
    after: str


@dataclass(frozen=True)
class Forms:
    """Forms by their first word (small): (all words small, row, whether it is a German word as well)."""

    by_first: Mapping[str, tuple[tuple[tuple[str, ...], Row, bool], ...]]
    rows: Mapping[tuple[str, str], Row]  # (kind or '' for any, form, small) -> row
    wordlike: Callable[[str], bool]
    keep: frozenset[str] = frozenset()  # forms, small, that stay where they mean no person

    def plain(self, form: str) -> bool:
        """Whether a form says something else besides: it consists of German words, or a district is called so."""
        return form.casefold() in self.keep or only_words(form, self.wordlike)

    def row(self, kind: str, form: str) -> Row | None:
        """The row that a mention means: of its kind, or else of any, but no person where a place has the name and stays."""
        small = form.casefold()
        found = self.rows.get((kind, small)) or self.rows.get(("", small))
        return None if found and found.kind != kind and small in self.keep else found


def forms(entities: Iterable[Row], wordlike: Callable[[str], bool], keep: frozenset[str] = frozenset()) -> Forms:
    """All forms that are to be replaced, ready to be looked up word by word."""
    by_first: dict[str, list[tuple[tuple[str, ...], Row, bool]]] = {}
    rows: dict[tuple[str, str], Row] = {}
    known = Forms({}, rows, wordlike, keep)
    for row in entities:
        for form in row.forms:
            rows.setdefault((row.kind, form.casefold()), row)
            rows.setdefault(("", form.casefold()), row)
            words = tuple(word.casefold() for word in _WORD.findall(form))
            if words and row.replaced:
                plain = known.plain(form) and not row.everywhere
                by_first.setdefault(words[0], []).append((words, row, plain))
    ordered = {
        first: tuple(sorted(found, key=lambda f: (-len(f[0]), f[1].entity))) for first, found in by_first.items()
    }
    return replace(known, by_first=ordered)


def steps(text: str, mentions: Iterable[Mention], known: Forms, lower: bool) -> list[Step]:
    """All replacements of one text, in order, never overlapping; longer ones win."""
    candidates = [*_of_mentions(text, mentions, known), *_of_forms(text, known, lower)]
    candidates.sort(key=lambda step: (-(step.end - step.start), step.start, step.entity))
    taken = bytearray(len(text) + 1)
    chosen = []
    for step in candidates:
        if not any(taken[step.start : step.end]):
            taken[step.start : step.end] = b"\1" * (step.end - step.start)
            chosen.append(step)
    return sorted(chosen, key=lambda step: step.start)


def _of_mentions(text: str, mentions: Iterable[Mention], known: Forms) -> Iterator[Step]:
    for mention in mentions:
        row = known.row(mention.kind, mention.core)
        if row is None or not row.replaced or _doubtful(mention, row, known.keep):
            continue
        after = called(row, mention.core, mention.surface)
        yield Step(mention.start, mention.end, row.entity, row.kind, text[mention.start : mention.end], after)


def _doubtful(mention: Mention, row: Row, keep: frozenset[str]) -> bool:
    """Whether a mention is only suspected and nobody confirmed its row; of a bare name (`der Anker`) that says nothing yet.

    Without a title a district is meant where one has the person's name.
    """
    if mention.kind == "person" and not mention.title and mention.core.casefold() in keep:
        return True
    return mention.certainty != SURE and (row.status != "confirmed" or mention.rule == BARE)


def _of_forms(text: str, known: Forms, lower: bool) -> Iterator[Step]:
    words = [(m.start(), m.end(), m.group()) for m in _WORD.finditer(text)]
    for at, (start, _, word) in enumerate(words):
        for stem in _stems(word):
            for wanted, row, plain in known.by_first.get(stem.casefold(), ()):
                last = at + len(wanted) - 1
                if plain or last >= len(words) or (len(wanted) > 1 and stem != word):
                    continue
                tail = [w for _, _, w in words[at + 1 : last + 1]]
                if len(wanted) > 1 and [*map(str.casefold, tail[:-1])] != list(wanted[1:-1]):
                    continue
                ends = next((s for s in _stems(tail[-1]) if s.casefold() == wanted[-1]), None) if tail else stem
                if ends is None or not (lower or len(wanted) > 1 or _same_case(stem, row)):
                    continue
                end = words[last][1]
                before = text[start:end]
                core = before[: len(before) - len(tail[-1] if tail else word) + len(ends)]
                yield Step(start, end, row.entity, row.kind, before, called(row, core, before))


def _stems(word: str) -> Iterator[str]:
    for ending in _ENDINGS:
        if not ending:
            yield word
        elif word.endswith(ending) and len(word) - len(ending) >= 3:
            yield word[: -len(ending)]


def only_words(form: str, wordlike: Callable[[str], bool]) -> bool:
    """Whether a form consists of German words alone: it is a name only where it was recognised as one."""
    return all(wordlike(word) or wordlike(word.capitalize()) for word in _WORD.findall(form))


def _same_case(stem: str, row: Row) -> bool:
    """A form that is no German word is a name in any writing, but very short ones (`Can`, `Ute`) only in their own."""
    return len(stem) >= SHORT or stem in row.forms


def called(row: Row, core: str, surface: str) -> str:
    """What stands instead of a mention: the part of the name that it uses, with its ending.

    >>> row = Row("P001", "person", "Fatma Kaya", ("Fatma Kaya", "Kaya"), replacement="Hatice Demir")
    >>> called(row, "Kaya", "Kayas"), called(row, "Fatma", "Fatma"), called(row, "Fatma Kaya", "Fatma Kaya")
    ('Demirs', 'Hatice', 'Hatice Demir')
    """
    new = row.replacement
    if row.kind == "person" and row.level == "pseudonym" and not new.startswith("["):
        given, surname = _parts(row.name)
        new_given, new_surname = _parts(new)
        if surname and new_surname:
            small = " ".join(core.split()).casefold()
            new = new_surname if small == surname.casefold() else new_given if small == given.casefold() else new
    if surface[:1].islower() and core[:1].islower() and not new.startswith("["):
        new = new.casefold()
    rest = surface[len(core) :] if surface.startswith(core) else ""
    if not rest or new.endswith("]"):
        return new + ("" if rest in ("s", "'", "’", "'s", "’s", "es", "n", "ns") else rest)
    if rest in ("s", "'", "’", "'s", "’s"):
        return new + ("’" if new.casefold().endswith(_SIBILANT) else "s")
    return new + (rest if rest.startswith("-") else "")
