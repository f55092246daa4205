"""What researchers say of topics: `topics.yaml` -> names, merged, split and hidden topics. Entries find their topic by their words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Annotated, Any, NamedTuple

from pydantic import BeforeValidator, field_validator, model_validator

from pipeline.problems import Lined, Problem, Stop, parse_yaml, read_yaml
from pipeline.schema import Strict, Words, YesNo, build, fold, one_line

NAME = "topics.yaml"
MAX_BYTES = 1_000_000
LONGEST_NAME, MOST_TERMS, LONGEST_TERM = 120, 200, 80
MOST_ENTRIES, MOST_PARTS = 200, 20  # far more than a report can show; every one is compared with every theme or sentence
_NOTHING = ("~", "null", "none")


def _many(value: Any) -> Any:
    if value is None or value == "":
        return []
    return [value] if isinstance(value, dict) else value


def _parts(value: Any) -> Any:
    return _few(value, MOST_PARTS, "»split« hat zu viele Teile: höchstens {}, hier sind es {}. Bitte Teile zusammenlegen.")


def _entries(value: Any) -> Any:
    return _few(value, MOST_ENTRIES, "Hier stehen zu viele Themen: höchstens {}, hier sind es {}. Bitte Einträge ohne Namen und Notiz streichen.")


def _few(value: Any, most: int, what: str) -> Any:
    """A list that is not longer than `most`; counted before anything in it is looked at."""
    rows = _many(value)
    if isinstance(rows, list) and len(rows) > most:
        raise ValueError(what.format(most, len(rows)))
    return rows


def _listed(value: Any) -> Any:
    """Words on one line without brackets would be one word that nobody said."""
    if isinstance(value, str) and "," in value:
        words = one_line(value).strip(" ,")
        raise ValueError(f"Wörter bitte in eckige Klammern setzen: terms: [{words if 0 < len(words) <= LONGEST_NAME else 'Kaffee, Tee'}]")
    return value


Terms = Annotated[Words, BeforeValidator(_listed)]


def _terms(words: Iterable[str]) -> tuple[str, ...]:
    """Words in their order, each once. Raises `ValueError`, which becomes a problem with its line."""
    terms = tuple({fold(w): one_line(w) for w in reversed(tuple(words)) if fold(w)}.values())[::-1]
    if not terms:
        raise ValueError("Hier stehen keine Wörter. An »terms« wird das Thema wiedererkannt; bitte einige seiner Wörter eintragen.")
    if len(terms) > MOST_TERMS or max(map(len, terms)) > LONGEST_TERM:
        raise ValueError(f"»terms« ist zu lang: höchstens {MOST_TERMS} Wörter mit je {LONGEST_TERM} Zeichen.")
    return terms


def _name(text: str) -> str:
    name = one_line(text)
    if fold(name) in _NOTHING:
        raise ValueError(f"»{name}« wäre hier ein Name. Soll das Thema keinen eigenen haben, bitte hinter »name:« nichts schreiben.")
    if len(name) > LONGEST_NAME:
        raise ValueError(f"»name« ist zu lang: höchstens {LONGEST_NAME} Zeichen. Längeres gehört in »memo«.")
    return name


class Part(Strict):
    """A part that a topic is split into."""

    name: str
    terms: Terms
    memo: str = ""
    hide: YesNo = False
    split: Any = None  # only to say that there is but one level

    clean_terms = field_validator("terms")(_terms)
    clean_name = field_validator("name")(_name)

    @model_validator(mode="after")
    def _sound(self) -> Part:
        if not self.name:
            raise ValueError("Ein Teil unter »split« braucht einen Namen.")
        if self.split is not None:
            raise ValueError("Ein Teil lässt sich nicht noch einmal teilen. Bitte alle Teile nebeneinander unter das eine »split« schreiben.")
        return self


class Entry(Strict):
    """A topic as people want it. Entries with the same name are one topic."""

    terms: Terms
    name: str = ""
    memo: str = ""
    hide: YesNo = False
    split: Annotated[tuple[Part, ...], BeforeValidator(_parts)] = ()

    clean_terms = field_validator("terms")(_terms)
    clean_name = field_validator("name")(_name)

    @model_validator(mode="after")
    def _sound(self) -> Entry:
        if self.hide and self.split:
            raise ValueError("»hide« und »split« stehen zugleich da: Bitte entscheiden, oder »hide« an den Teil schreiben, der nicht gezeigt werden soll.")
        if self.name and fold(self.name) in {fold(part.name) for part in self.split}:
            raise ValueError("Ein Teil heißt wie das Ganze; er würde gleich wieder mit ihm zusammengelegt. Bitte anders benennen.")
        return self

    @property
    def key(self) -> frozenset[str]:
        """What makes it the same entry: its words in any order."""
        return frozenset(map(fold, self.terms))

    @property
    def says(self) -> bool:
        """Whether a person said anything, or only the words stand there."""
        return bool(self.name or self.memo or self.hide or self.split)


class TopicsFile(Strict):
    """The whole file."""

    topics: Annotated[tuple[Entry, ...], BeforeValidator(_entries)] = ()


class Placed(NamedTuple):
    """An entry with its number (from 1) and its line."""

    number: int
    line: int
    entry: Entry


def load(path: Path, name: str = "") -> tuple[Placed, ...]:
    """The entries in the file's order; a missing file has none. Raises `Stop` with all problems, file (as `name`) and line."""
    if not path.is_file():
        return ()
    name = name or path.name
    try:
        size = path.stat().st_size
    except OSError as error:
        raise Stop(Problem(name, 0, f"Die Datei lässt sich nicht lesen ({error.strerror}).")) from error
    if size > MAX_BYTES:
        raise Stop(Problem(name, 0, "Die Datei ist zu groß.", f"Erlaubt ist {MAX_BYTES // 1_000_000} MB."))
    return checked(read_yaml(path, name))


def parse(text: str, name: str = NAME) -> tuple[Placed, ...]:
    """See `load`.

    >>> [(p.number, p.line, p.entry.name) for p in parse("topics:\\n  - name: Garten\\n    terms: [Beet, Zaun]\\n")]
    [(1, 2, 'Garten')]
    """
    return checked(parse_yaml(text, name))


def checked(lined: Lined) -> tuple[Placed, ...]:
    """Entries of a file that was read. Raises `Stop`."""
    if not lined.data:
        return ()
    file = build(TopicsFile, lined)
    placed = tuple(Placed(n, lined.line(("topics", n - 1)), entry) for n, entry in enumerate(file.topics, 1))
    problems = [*_twice(lined, placed), *_at_odds(lined, placed)]
    if problems:
        raise Stop(problems)
    return placed


def _twice(lined: Lined, placed: Iterable[Placed]) -> Iterator[Problem]:
    seen: dict[frozenset[str], Placed] = {}
    for one in placed:
        first = seen.setdefault(one.entry.key, one)
        if first is one:
            continue
        names = f"»{first.entry.name}« und »{one.entry.name}«" if fold(first.entry.name) != fold(one.entry.name) else ""
        what = f"Dieselben Wörter stehen schon in Zeile {first.line}" + (f", unter zwei Namen: {names}." if names else ".")
        yield lined.problem(("topics", one.number - 1), what, "Ein Thema braucht einen Eintrag; bitte den anderen streichen.")


def _at_odds(lined: Lined, placed: Iterable[Placed]) -> Iterator[Problem]:
    """Topics of one name, of which one is to be hidden and another not."""
    seen: dict[str, tuple[int, bool]] = {}
    for one in placed:
        path = ("topics", one.number - 1)
        named = [(one.entry.name, one.entry.hide, path)] if one.entry.name else []
        for name, hide, where in [*named, *((p.name, p.hide, (*path, "split", n)) for n, p in enumerate(one.entry.split))]:
            line = lined.line(where)
            first, hidden = seen.setdefault(fold(name), (line, hide))
            if hidden != hide:
                what = f"»{name}« soll hier {'' if hide else 'nicht '}ausgeblendet sein, in Zeile {first} aber {'nicht' if hide else 'doch'}."
                yield lined.problem(where, what, "Gleiche Namen sind ein Thema; bitte »hide« überall gleich setzen.")
