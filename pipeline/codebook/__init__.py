"""The codebook: nested YAML as researchers write it -> codes in order, each with its rules and their lines.

`load` checks shape and meaning and raises `Stop` with every problem found, each with file and line.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any

from pipeline.codebook.entries import CodebookEntry, CodeEntry, RuleEntry
from pipeline.codebook.meaning import check_conditions, problems_of, written
from pipeline.codebook.rules import Conditions, Query, Rule, rule_id, rules_of
from pipeline.codebook.wordlists import gather
from pipeline.places import list_files
from pipeline.problems import Lined, Problem, Stop, read_yaml
from pipeline.schema import build

__all__ = ["Code", "Codebook", "Conditions", "Query", "Rule", "RuleEntry", "check_conditions", "codes_of", "load", "rule_id"]


@dataclass(frozen=True)
class Code:
    """One category. `level` counts from 0 for a top-level group; `coded` is false for a mere heading."""

    id: str
    parent: str
    level: int
    entry: CodeEntry
    rules: tuple[Rule, ...]
    line: int
    lines: dict[tuple[str, int], int] = field(default_factory=dict, compare=False)  # of its examples: (key, number) -> line

    @property
    def coded(self) -> bool:
        return self.level > 0 or bool(self.rules) or not self.entry.children

    def line_of(self, key: str, number: int) -> int:
        return self.lines.get((key, number), self.line)


@dataclass(frozen=True)
class Codebook:
    title: str
    codes: tuple[Code, ...]
    version: str  # hash of the content with its word lists, so that two runs can be compared
    lists: dict[str, tuple[str, ...]] = field(default_factory=dict)

    def by_id(self) -> dict[str, Code]:
        return {code.id: code for code in self.codes}

    def heirs(self) -> dict[str, tuple[str, ...]]:
        """Former id of a category -> the categories of today that name it in `was`, without ids that are still categories."""
        today, found = self.by_id(), dict[str, tuple[str, ...]]()
        for code in self.codes:
            for old in dict.fromkeys(code.entry.was):
                if old not in today:
                    found[old] = (*found.get(old, ()), code.id)
        return found

    def renamed(self) -> dict[str, str]:
        """Former id of a category -> the only one of today that bears it; not where it was split."""
        return {old: new[0] for old, new in self.heirs().items() if len(new) == 1}

    def rules(self) -> list[Rule]:
        return [rule for code in self.codes for rule in code.rules]


def load(path: Path) -> Codebook:
    """Read and check a codebook; raises `Stop` with all problems at once."""
    if not path.is_file():
        raise Stop(Problem(path.name, 0, "Das Codebuch fehlt.", "»make new STUDY=…« legt eines zum Ausfüllen an."))
    beside = tuple((file, file.read_bytes()) for file in list_files(path.parent))
    return _loaded(path, path.read_bytes(), beside)


@lru_cache(maxsize=2)
def _loaded(path: Path, content: bytes, beside: tuple[tuple[Path, bytes], ...]) -> Codebook:
    # Several stages read the codebook in one run; `content` and `beside` are the key that makes an edit count.
    lined = read_yaml(path)
    faults: list[Problem] = list(written(lined))
    try:
        entry = build(CodebookEntry, lined)
    except Stop as stop:
        raise Stop(sorted([*stop.problems, *faults], key=lambda p: p.line)) from stop
    found = gather(path.parent, entry.include, entry.lists, lined)
    faults += found.problems
    codes = tuple(codes_of(entry.codes, "", 0, ("codes",), lined, found.lists, faults))
    faults += problems_of(codes, lined)
    if faults:
        raise Stop(sorted(faults, key=lambda p: (p.file, p.line)))
    words = json.dumps([lined.data, sorted(found.lists.items())], ensure_ascii=False, sort_keys=True)
    return Codebook(entry.title, codes, hashlib.sha256(words.encode()).hexdigest()[:12], found.lists)


def codes_of(
    entries: tuple[CodeEntry, ...], parent: str, level: int, path: tuple[Any, ...], lined: Lined,
    lists: dict[str, tuple[str, ...]], faults: list[Problem],
) -> Iterator[Code]:  # fmt: skip
    """Categories with all below them, in order; patterns that name lists wrongly are added to `faults`. `path` leads to `entries` in the file."""
    for position, entry in enumerate(entries):
        here = (*path, position)
        rules = []
        for rule in rules_of(entry, here, lined, lists):
            if isinstance(rule, Rule):
                rules.append(rule)
            else:
                faults.append(Problem(lined.file, *rule))
        lines = {
            (key, number): lined.line((*here, key, number))
            for key in ("examples", "counterexamples")
            for number in range(len(getattr(entry, key)))
        }
        yield Code(entry.id, parent, level, entry, tuple(rules), lined.line(here), lines)
        yield from codes_of(entry.children, entry.id, level + 1, (*here, "children"), lined, lists, faults)
