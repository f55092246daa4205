"""Problems that a person can mend: what is wrong, where it stands and what to do next.

Inside the package errors are raised as `Stop`, which carries one or more `Problem`s; they are printed once, at the
door. YAML written by researchers is read here too, because a problem is only useful with the line it stands in.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

MAX_YAML_BYTES = 20_000_000
MAX_YAML_NODES = 2_000_000
MAX_YAML_DEPTH = 40


@dataclass(frozen=True)
class Problem:
    """One thing to mend. `line` counts from 1; 0 means that the whole file is meant.

    >>> print(Problem("codebook.yaml", 12, "Unbekannter Schlüssel »lable«.", "Meinten Sie »label«?"))
    codebook.yaml:12: Unbekannter Schlüssel »lable«. Meinten Sie »label«?
    """

    file: str
    line: int
    what: str
    hint: str = ""

    def __str__(self) -> str:
        place = f"{self.file}:{self.line}" if self.line else self.file
        return f"{place}: {self.what} {self.hint}".strip() if place else f"{self.what} {self.hint}".strip()


class Stop(Exception):
    """The run cannot go on; carries all problems found, so that they are mended in one go."""

    def __init__(self, problems: Problem | Iterable[Problem]) -> None:
        self.problems = [problems] if isinstance(problems, Problem) else list(problems)
        super().__init__("\n".join(map(str, self.problems)))


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """A hint with the nearest known word, or with all of them where they are few, or nothing.

    >>> did_you_mean("lable", ["id", "label", "match"])
    'Meinten Sie »label«?'
    """
    names = [str(name) for name in known]
    if near := nearest(word, names):
        return f"Meinten Sie »{near}«?"
    return f"Bekannt sind: {', '.join(names)}." if 0 < len(names) <= 15 else ""


def nearest(word: str, known: Iterable[str], cutoff: float = 0.6) -> str:
    """The known word that is spelt most alike (likeness 0 to 1, at least `cutoff`), or nothing.

    >>> nearest("moschegemeinde", ["kirchengemeinde", "moscheegemeinde"]), nearest("hobby", ["alter"])
    ('moscheegemeinde', '')
    """
    return next(iter(difflib.get_close_matches(word, list(known), n=1, cutoff=cutoff)), "")


@dataclass
class Lined:
    """A YAML file as plain dicts, lists and strings, with the line of every node by its path.

    `lines` maps a path such as ``("codes", 0, "label")`` to a line counted from 1.
    """

    data: Any
    file: str
    lines: dict[tuple[str | int, ...], int] = field(default_factory=dict)

    def line(self, path: Iterable[str | int]) -> int:
        """The line of a path or of its nearest parent that stands in the file."""
        steps = tuple(path)
        while steps and steps not in self.lines:
            steps = steps[:-1]
        return self.lines.get(steps, 1)

    def problem(self, path: Iterable[str | int], what: str, hint: str = "") -> Problem:
        return Problem(self.file, self.line(path), what, hint)


def read_yaml(path: Path, name: str | None = None) -> Lined:
    """Read YAML with every scalar as the string that stands there (`no`, `null`, `12:30` stay words).

    Raises `Stop` with file and line for anything that is not plain YAML; duplicate keys and aliases are refused.
    """
    name = name or path.name
    try:
        raw = path.read_bytes()
    except OSError as error:
        raise Stop(Problem(name, 0, f"Die Datei lässt sich nicht lesen ({error.strerror}).")) from error
    if len(raw) > MAX_YAML_BYTES:
        raise Stop(Problem(name, 0, "Die Datei ist zu groß.", f"Erlaubt sind {MAX_YAML_BYTES // 1_000_000} MB."))
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw[: error.start].count(b"\n") + 1
        raise Stop(
            Problem(name, line, "Die Datei ist nicht in UTF-8 gespeichert.", "Bitte als UTF-8 speichern.")
        ) from error
    return parse_yaml(text, name)


def parse_yaml(text: str, name: str) -> Lined:
    """See `read_yaml`.

    >>> lined = parse_yaml("a: no\\nb:\\n  - 12:30\\n", "x.yaml")
    >>> lined.data, lined.line(("b", 0))
    ({'a': 'no', 'b': ['12:30']}, 3)
    """
    from ruamel.yaml import YAML
    from ruamel.yaml.error import MarkedYAMLError, YAMLError

    _refuse_deep_nesting(text, name)
    try:
        node = YAML(typ="safe").compose(text.replace("\r\n", "\n").replace("\r", "\n"))
    except MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = mark.line + 1 if mark else 0
        what = f"Das ist kein gültiges YAML ({error.problem or error.context})."
        raise Stop(Problem(name, line, what, _yaml_advice(text, line))) from error
    except (YAMLError, ValueError, RecursionError) as error:
        at = getattr(error, "position", None)  # of a sign that must not stand in a text
        line = text[:at].count("\n") + 1 if isinstance(at, int) else 0
        what = "Hier steht ein Steuerzeichen." if line else f"Das ist kein gültiges YAML ({' '.join(str(error).split())})."
        raise Stop(Problem(name, line, what, "Bitte löschen und neu tippen." if line else "")) from error
    lined = Lined({}, name)
    problems: list[Problem] = []
    if node is not None:
        lined.data = _plain(node, (), lined, problems, set())
    if problems:
        raise Stop(problems)
    return lined


def _refuse_deep_nesting(text: str, name: str) -> None:
    # The C parser recurses on nested brackets; a file made of "[[[[" would end the process, not raise.
    for number, line in enumerate(text.split("\n"), 1):
        if line.count("[") > MAX_YAML_DEPTH * 5 or line.count("{") > MAX_YAML_DEPTH * 5:
            raise Stop(Problem(name, number, "Zu viele Klammern in einer Zeile."))
        if len(line) - len(line.lstrip(" -")) > MAX_YAML_DEPTH * 8:
            raise Stop(Problem(name, number, "Die Einrückung ist zu tief."))
    if text.count("[") > 20_000 or text.count("{") > 20_000:
        raise Stop(Problem(name, 0, "Zu viele Klammern in der Datei."))


def _yaml_advice(text: str, line: int) -> str:
    lines = text.split("\n")
    here = lines[line - 1] if 0 < line <= len(lines) else ""
    if "\t" in here:
        return "In dieser Zeile steht ein Tabulator; bitte mit Leerzeichen einrücken."
    if "[" in here and any(sign in here for sign in "?:,"):
        return "In eckigen Klammern gehören Texte mit ? oder : in Anführungszeichen."
    if ": " in here.partition(":")[2]:
        return "Ein Text mit Doppelpunkt gehört in Anführungszeichen."
    return "Bitte Einrückung und Anführungszeichen in und über dieser Zeile prüfen."


def _plain(node: Any, path: tuple[str | int, ...], lined: Lined, problems: list[Problem], seen: set[int]) -> Any:
    from ruamel.yaml.nodes import MappingNode, ScalarNode, SequenceNode

    line = node.start_mark.line + 1
    lined.lines[path] = line
    if id(node) in seen:
        problems.append(Problem(lined.file, line, "Verweise (&, *) sind hier nicht erlaubt.", "Bitte ausschreiben."))
        return None
    seen.add(id(node))
    if len(lined.lines) > MAX_YAML_NODES or len(path) > MAX_YAML_DEPTH:
        raise Stop(Problem(lined.file, line, "Die Datei ist zu tief verschachtelt oder zu lang."))
    if isinstance(node, ScalarNode):
        return node.value
    if isinstance(node, SequenceNode):
        return [_plain(item, (*path, i), lined, problems, seen) for i, item in enumerate(node.value)]
    assert isinstance(node, MappingNode)
    return dict(_pairs(node, path, lined, problems, seen))


def _pairs(
    node: Any, path: tuple[str | int, ...], lined: Lined, problems: list[Problem], seen: set[int]
) -> Iterator[tuple[str, Any]]:
    keys: dict[str, int] = {}
    for key_node, value_node in node.value:
        line = key_node.start_mark.line + 1
        if not isinstance(key_node.value, str):
            problems.append(Problem(lined.file, line, "Ein Schlüssel muss ein einfaches Wort sein."))
            continue
        key = key_node.value
        if key in keys:
            problems.append(Problem(lined.file, line, f"Der Schlüssel »{key}« steht schon in Zeile {keys[key]}."))
            continue
        keys[key] = line
        value = _plain(value_node, (*path, key), lined, problems, seen)
        lined.lines[(*path, key)] = line
        yield key, value
