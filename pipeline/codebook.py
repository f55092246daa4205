"""The codebook: nested YAML as researchers write it -> codes in order, each with its rules and their lines.

`load` checks shape and meaning and raises `Stop` with every problem found, each with file and line.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, Literal

from pydantic import Field, model_validator

from pipeline.problems import Lined, Problem, Stop, did_you_mean, read_yaml
from pipeline.schema import Strict, Words, build
from pipeline.tables import STANCES

KINDS = ("term", "lemma", "phrase", "compound")
DEFAULT_COUNTS = ("affirmed", "past", "reported")
_ID = re.compile(r"[A-Za-zÄÖÜäöüß][\wÄÖÜäöüß]*(\.[\wÄÖÜäöüß]+)*")
_SPLIT = re.compile(r"\s+")


class Example(Strict):
    text: str
    by: Literal["", "model"] = ""
    code: str | None = None

    @model_validator(mode="before")
    @classmethod
    def _bare(cls, value: Any) -> Any:
        return {"text": value} if isinstance(value, str) else value


class RuleEntry(Strict):
    """One item of `match`: exactly one kind of rule, one or more patterns, options."""

    term: Words = ()
    lemma: Words = ()
    phrase: Words = ()
    compound: Words = ()
    gap: int = Field(1, ge=0, le=10)
    at: Literal["any", "head"] = "any"
    counts: Words | None = None

    @model_validator(mode="after")
    def _one_kind(self) -> RuleEntry:
        used = [kind for kind in KINDS if getattr(self, kind)]
        if len(used) != 1:
            raise ValueError(f"Eine Regel braucht genau eines von {', '.join(KINDS)} mit mindestens einem Wort.")
        if "gap" in self.model_fields_set and used != ["phrase"]:
            raise ValueError("»gap« gehört nur zu »phrase«.")
        if "at" in self.model_fields_set and used != ["compound"]:
            raise ValueError("»at« gehört nur zu »compound«.")
        return self


class CodeEntry(Strict):
    id: str
    label: str
    definition: str = ""
    include: Words = ()
    exclude: Words = ()
    before: Words = ()
    counts: Words = DEFAULT_COUNTS
    examples: tuple[Example, ...] = ()
    counterexamples: tuple[Example, ...] = ()
    memo: str = ""
    color: str = ""
    since: str = "1"
    was: Words = ()
    match: tuple[RuleEntry, ...] = ()
    children: tuple[CodeEntry, ...] = ()

    @model_validator(mode="before")
    @classmethod
    def _empty_lists(cls, value: Any) -> Any:
        # `match:` with nothing below it is an empty list, not an error.
        lists = ("examples", "counterexamples", "match", "children")
        return {k: [] if k in lists and v == "" else v for k, v in value.items()} if isinstance(value, dict) else value


class CodebookEntry(Strict):
    title: str = ""
    version: str = "1"
    codes: tuple[CodeEntry, ...]


@dataclass(frozen=True)
class Rule:
    """One pattern of one code. `id` is stable: code, kind and normalised pattern; `line` is where it stands now."""

    id: str
    code: str
    kind: str
    pattern: str
    gap: int
    head_only: bool
    counts: frozenset[str]
    line: int


@dataclass(frozen=True)
class Code:
    """One category. `level` counts from 0 for a top-level group; `coded` is false for a mere heading."""

    id: str
    parent: str
    level: int
    entry: CodeEntry
    rules: tuple[Rule, ...]
    line: int

    @property
    def coded(self) -> bool:
        return self.level > 0 or bool(self.rules) or not self.entry.children


@dataclass(frozen=True)
class Codebook:
    title: str
    codes: tuple[Code, ...]
    version: str  # hash of the content, so that two runs can be compared

    def by_id(self) -> dict[str, Code]:
        return {code.id: code for code in self.codes}

    def rules(self) -> list[Rule]:
        return [rule for code in self.codes for rule in code.rules]


def load(path: Path) -> Codebook:
    """Read and check a codebook; raises `Stop` with all problems at once."""
    if not path.is_file():
        raise Stop(Problem(path.name, 0, "Das Codebuch fehlt.", "»make new STUDY=…« legt eines zum Ausfüllen an."))
    return _loaded(path, path.read_bytes())


@lru_cache(maxsize=2)
def _loaded(path: Path, content: bytes) -> Codebook:
    # Several stages read the codebook in one run; `content` is the key that makes an edit count.
    lined = read_yaml(path)
    entry = build(CodebookEntry, lined)
    codes = tuple(_codes(entry.codes, "", 0, ("codes",), lined))
    problems = list(_meaning(codes, lined))
    if problems:
        raise Stop(sorted(problems, key=lambda p: p.line))
    words = json.dumps(lined.data, ensure_ascii=False, sort_keys=True)
    return Codebook(entry.title, codes, hashlib.sha256(words.encode()).hexdigest()[:12])


def _codes(
    entries: tuple[CodeEntry, ...], parent: str, level: int, path: tuple[Any, ...], lined: Lined
) -> Iterator[Code]:
    for position, entry in enumerate(entries):
        here = (*path, position)
        rules = tuple(_rules(entry, here, lined))
        yield Code(entry.id, parent, level, entry, rules, lined.line(here))
        yield from _codes(entry.children, entry.id, level + 1, (*here, "children"), lined)


def _rules(entry: CodeEntry, path: tuple[Any, ...], lined: Lined) -> Iterator[Rule]:
    for position, item in enumerate(entry.match):
        kind = next(k for k in KINDS if getattr(item, k))
        counts = frozenset(item.counts if item.counts is not None else entry.counts)
        for number, pattern in enumerate(getattr(item, kind)):
            place = (*path, "match", position, kind)
            line = lined.lines.get((*place, number), lined.line(place))
            yield Rule(
                rule_id(entry.id, kind, pattern, item),
                entry.id,
                kind,
                pattern,
                item.gap,
                item.at == "head",
                counts,
                line,
            )


def rule_id(code: str, kind: str, pattern: str, item: RuleEntry) -> str:
    """`POT.person|phrase|können sprache|gap=3`: stable while the rule means the same.

    >>> rule_id("A.b", "phrase", "zwei  Sprache", RuleEntry(phrase=("zwei Sprache",), gap=3))
    'A.b|phrase|zwei sprache|gap=3'
    """
    parts = [code, kind, " ".join(_SPLIT.split(pattern.strip())).lower()]
    if kind == "phrase" and item.gap != 1:
        parts.append(f"gap={item.gap}")
    if item.at == "head":
        parts.append("at=head")
    if item.counts is not None:
        parts.append("counts=" + "+".join(sorted(item.counts)))
    return "|".join(parts)


def _meaning(codes: tuple[Code, ...], lined: Lined) -> Iterator[Problem]:
    known: dict[str, int] = {}
    rules: dict[str, int] = {}
    ids = [code.id for code in codes]
    for code in codes:
        if code.id in known:
            yield Problem(lined.file, code.line, f"Die Kategorie »{code.id}« steht schon in Zeile {known[code.id]}.")
        known.setdefault(code.id, code.line)
        if not _ID.fullmatch(code.id):
            hint = "Erlaubt sind Buchstaben, Ziffern, _ und Punkte, etwa »POT.person«."
            yield Problem(lined.file, code.line, f"»{code.id}« taugt nicht als Kennung.", hint)
        for other in code.entry.before:
            if other not in ids:
                yield Problem(
                    lined.file, code.line, f"»before« nennt »{other}«, das es nicht gibt.", did_you_mean(other, ids)
                )
        for name in code.entry.counts:
            if name not in STANCES:
                yield Problem(lined.file, code.line, f"»counts« kennt »{name}« nicht.", did_you_mean(name, STANCES))
        for rule in code.rules:
            yield from _rule_problems(rule, rules, lined)


def _rule_problems(rule: Rule, rules: dict[str, int], lined: Lined) -> Iterator[Problem]:
    words = rule.pattern.split()
    if rule.id in rules:
        yield Problem(lined.file, rule.line, f"Diese Regel (»{rule.pattern}«) steht schon in Zeile {rules[rule.id]}.")
    rules.setdefault(rule.id, rule.line)
    if not words:
        yield Problem(
            lined.file, rule.line, "Eine leere Regel findet nichts.", "Bitte ein Wort eintragen oder streichen."
        )
    elif len(words) > 1 and rule.kind != "phrase":
        yield Problem(
            lined.file,
            rule.line,
            f"»{rule.pattern}« besteht aus mehreren Wörtern.",
            f"Für »{rule.kind}« ein Wort, für mehrere »phrase«.",
        )
    elif len(words) > 12:
        yield Problem(lined.file, rule.line, "Eine Wortfolge darf höchstens zwölf Wörter haben.")
    if words and all(not word.strip("*?") for word in words):
        yield Problem(lined.file, rule.line, f"»{rule.pattern}« besteht nur aus Platzhaltern und fände jedes Wort.")
    for name in rule.counts:
        if name not in STANCES:
            yield Problem(lined.file, rule.line, f"»counts« kennt »{name}« nicht.", did_you_mean(name, STANCES))
