"""What researchers say of actors: `actors.yaml` -> names, kinds and spellings of organisations and roles; never of private persons."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Annotated, Any, Literal, NamedTuple

from pydantic import BeforeValidator, field_validator

from pipeline.problems import Lined, Problem, Stop, did_you_mean, parse_yaml, read_yaml
from pipeline.schema import Strict, Words, YesNo, build, fold, one_line

NAME = "actors.yaml"
KINDS = ("verwaltung", "schule", "religion", "verein", "wohlfahrt", "wirtschaft", "politik", "gesundheit", "initiative", "rolle", "andere")
LONGEST, MOST_FORMS, MOST_ENTRIES = 120, 60, 1000
Kind = Literal["verwaltung", "schule", "religion", "verein", "wohlfahrt", "wirtschaft", "politik", "gesundheit", "initiative", "rolle", "andere"]


def _kind(value: Any) -> Any:
    word = value.strip().lower() if isinstance(value, str) else value
    if isinstance(word, str) and word in ("person", "personen", "privatperson", "mensch"):
        raise ValueError("Einzelne Menschen gehören nicht in diese Liste. Wer eine Aufgabe hat, steht hier als Rolle: kind: rolle, ohne Namen.")
    if isinstance(word, str) and word not in KINDS:
        raise ValueError(f"»kind« kennt den Wert »{word[:60]}« nicht. {did_you_mean(word, KINDS)}".strip())
    return word


def _entries(value: Any) -> Any:
    rows = [] if value is None or value == "" else [value] if isinstance(value, dict) else value
    if isinstance(rows, list) and len(rows) > MOST_ENTRIES:
        raise ValueError(f"Hier stehen zu viele Akteure: höchstens {MOST_ENTRIES}, hier sind es {len(rows)}.")
    return rows


class ActorEntry(Strict):
    """An organisation or role as people want it. `forms` are further spellings, real names or placeholders; the name itself counts as well."""

    name: str
    kind: Annotated[Kind, BeforeValidator(_kind)] = "andere"
    forms: Words = ()
    role: YesNo = False
    hide: YesNo = False
    memo: str = ""

    @field_validator("name")
    @classmethod
    def _name(cls, text: str) -> str:
        name = one_line(text)
        if not re.search(r"\w", name):
            raise ValueError("Ein Akteur braucht einen Namen (»name: Jugendzentrum«).")
        if len(name) > LONGEST:
            raise ValueError(f"»name« ist zu lang: höchstens {LONGEST} Zeichen. Längeres gehört in »memo«.")
        return name

    @field_validator("forms")
    @classmethod
    def _forms(cls, words: tuple[str, ...]) -> tuple[str, ...]:
        forms = tuple({fold(w): one_line(w) for w in words if re.search(r"\w\w|\w\W*\w", one_line(w))}.values())
        if len(forms) > MOST_FORMS or max(map(len, forms), default=0) > LONGEST:
            raise ValueError(f"»forms« ist zu lang: höchstens {MOST_FORMS} Schreibweisen mit je {LONGEST} Zeichen.")
        return forms

    @property
    def spellings(self) -> tuple[str, ...]:
        """The name and its forms, each once."""
        return tuple({fold(f): f for f in (self.name, *self.forms)}.values())


class ActorsFile(Strict):
    """The whole file."""

    actors: Annotated[tuple[ActorEntry, ...], BeforeValidator(_entries)] = ()


class Listed(NamedTuple):
    """An entry with its number (from 1) and its line."""

    number: int
    line: int
    entry: ActorEntry


def load(path: Path) -> tuple[Listed, ...]:
    """The entries in the file's order; a missing file has none. Raises `Stop` with all problems, file and line."""
    return checked(read_yaml(path)) if path.is_file() else ()


def parse(text: str, name: str = NAME) -> tuple[Listed, ...]:
    """See `load`.

    >>> [(one.line, one.entry.spellings) for one in parse("actors:\\n  - name: Tafel\\n    forms: [die Tafel, Tafel]\\n")]
    [(2, ('Tafel', 'die Tafel'))]
    """
    return checked(parse_yaml(text, name))


def checked(lined: Lined) -> tuple[Listed, ...]:
    """Entries of a file that was read. Raises `Stop`."""
    if not lined.data or lined.data == {"actors": ""}:
        return ()
    file = build(ActorsFile, lined)
    placed = tuple(Listed(n, lined.line(("actors", n - 1)), entry) for n, entry in enumerate(file.actors, 1))
    problems = list(_twice(lined, placed))
    if problems:
        raise Stop(problems)
    return placed


def _twice(lined: Lined, placed: Iterable[Listed]) -> Iterator[Problem]:
    """Spellings that stand under two actors: a place in the text can belong to one alone."""
    seen: dict[str, Listed] = {}
    for one in placed:
        for form in one.entry.spellings:
            first = seen.setdefault(fold(form), one)
            if first is not one:
                what = f"»{form}« steht schon in Zeile {first.line} (»{first.entry.name}«)."
                yield lined.problem(("actors", one.number - 1), what, "Eine Schreibweise gehört zu einem Akteur; bitte hier oder dort streichen.")
