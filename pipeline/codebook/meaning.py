"""What a codebook must mean beside its shape: codes that exist, rules that can find something, expressions that end."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from pipeline.codebook.entries import GROUPS, KINDS
from pipeline.codebook.expressions import trouble
from pipeline.codebook.steps import faults
from pipeline.problems import Lined, Problem, did_you_mean
from pipeline.tables import ROLES, STANCES

if TYPE_CHECKING:
    from pipeline.codebook import Code, Codebook

_ID = re.compile(r"[A-Za-zÄÖÜäöüß][\wÄÖÜäöüß]*(\.[\wÄÖÜäöüß]+)*")
MAX_WORDS = 12
FACTS = ("role", "question", "code", "doc")  # what `only` and `except` know beside the study's case variables


def problems_of(codes: Sequence[Code], lined: Lined) -> Iterator[Problem]:
    """All problems of meaning, with file and line."""
    known: dict[str, int] = {}
    ids = [code.id for code in codes]
    rules: dict[str, int] = {}
    for code in codes:
        if code.id in known:
            yield Problem(lined.file, code.line, f"Die Kategorie »{code.id}« steht schon in Zeile {known[code.id]}.")
        known.setdefault(code.id, code.line)
        yield from _code_problems(code, ids, lined)
        for rule in code.rules:
            if rule.id in rules:
                yield Problem(lined.file, rule.line, f"Diese Regel (»{rule.pattern}«) steht schon in Zeile {rules[rule.id]}.")
            rules.setdefault(rule.id, rule.line)
    yield from _circles(codes, lined)


def written(lined: Lined) -> Iterator[Problem]:
    """What is wrong with single patterns as they were written, also where the file's shape is not yet right."""
    for path, entry in _entries(lined.data.get("codes", []) if isinstance(lined.data, dict) else [], ("codes",)):
        yield from _entry_problems(entry, path, lined)


def _code_problems(code: Code, ids: list[str], lined: Lined) -> Iterator[Problem]:
    if code.id != unicodedata.normalize("NFC", code.id):
        what = f"Die Kennung »{code.id}« ist mit zusammengesetzten Zeichen geschrieben und gliche einer anderen nur dem Auge nach."
        yield Problem(lined.file, code.line, what, "Bitte die Umlaute neu tippen.")
    elif not _ID.fullmatch(code.id):
        hint = "Erlaubt sind Buchstaben, Ziffern, _ und Punkte, etwa »POT.person«."
        yield Problem(lined.file, code.line, f"»{code.id}« taugt nicht als Kennung.", hint)
    for other in code.entry.before:
        if other not in ids:
            yield Problem(lined.file, code.line, f"»before« nennt »{other}«, das es nicht gibt.", did_you_mean(other, ids))
    yield from _stances(code.entry.counts, lined.file, code.line)
    for rule in code.rules:
        yield from _stances(rule.counts - set(code.entry.counts), lined.file, rule.line)
        for stance, other in rule.otherwise:
            yield from _stances([stance], lined.file, rule.line, "otherwise")
            if other not in ids:
                what = f"»otherwise« nennt »{other}«, das es nicht gibt."
                yield Problem(lined.file, rule.line, what, did_you_mean(other, ids))
        for key, values in (*rule.only, *rule.unless):
            allowed = ids if key == "code" else list(ROLES) if key == "role" else []
            for value in values:
                if allowed and value not in allowed:
                    what = f"»{key}: {value}« gibt es nicht."
                    yield Problem(lined.file, rule.line, what, did_you_mean(value, allowed))


def _stances(names: Any, file: str, line: int, key: str = "counts") -> Iterator[Problem]:
    for name in sorted(names):
        if name not in STANCES:
            yield Problem(file, line, f"»{key}« kennt »{name}« nicht.", did_you_mean(name, STANCES))


def _entries(codes: Any, path: tuple[Any, ...]) -> Iterator[tuple[tuple[Any, ...], dict[str, Any]]]:
    """Every rule entry of the file as it was written, conditions included, with its path."""
    for position, code in enumerate(codes if isinstance(codes, list) else []):
        here = (*path, position)
        if not isinstance(code, dict):
            continue
        yield from _rules(code.get("match"), (*here, "match"))
        yield from _entries(code.get("children"), (*here, "children"))


def _rules(found: Any, path: tuple[Any, ...]) -> Iterator[tuple[tuple[Any, ...], dict[str, Any]]]:
    several = found if isinstance(found, list) else []
    pairs = [(path, found)] if isinstance(found, dict) else [((*path, n), one) for n, one in enumerate(several)]
    for here, one in pairs:
        if isinstance(one, dict):
            yield here, one
            for group in GROUPS:
                yield from _rules(one.get(group), (*here, group))


def _entry_problems(entry: Mapping[str, Any], path: tuple[Any, ...], lined: Lined) -> Iterator[Problem]:
    for kind in (k for k in KINDS if k in entry):
        values = entry[kind] if isinstance(entry[kind], list) else [entry[kind]]
        if kind == "pattern":
            steps = [one for value in values for one in (value if isinstance(value, list) else [value])]
            if steps and not any(steps):
                yield lined.problem((*path, kind), "»pattern« ohne Schlüssel fände jedes Wort.", "Bitte etwa LEMMA oder POS angeben.")
            for one in steps:
                for what in faults(one) if isinstance(one, dict) else ["Ein Schritt von »pattern« braucht Schlüssel wie LEMMA."]:
                    yield lined.problem((*path, kind), what)
            continue
        for number, value in enumerate(values):
            for what, hint in _pattern_problems(kind, str(value)):
                yield lined.problem((*path, kind, number), what, hint)


def _pattern_problems(kind: str, pattern: str) -> Iterator[tuple[str, str]]:
    words = pattern.split()
    if not words:
        yield "Eine leere Regel findet nichts.", "Bitte ein Wort eintragen oder streichen."
    elif kind == "regex":
        if what := trouble(pattern):
            yield what
    elif len(words) > 1 and kind not in ("phrase", "near"):
        yield f"»{pattern}« besteht aus mehreren Wörtern.", f"Für »{kind}« ein Wort, für mehrere »phrase« oder »near«."
    elif len(words) < 2 and kind == "near" and not pattern.startswith("$"):
        yield f"»{pattern}« ist nur ein Wort.", "»near« braucht mindestens zwei, die nah beieinander stehen sollen."
    elif len(words) > MAX_WORDS:
        yield f"Eine Wortfolge darf höchstens {MAX_WORDS} Wörter haben.", ""
    if kind != "regex" and words and all(not word.strip("*?") for word in words):
        yield f"»{pattern}« besteht nur aus Platzhaltern und fände jedes Wort.", ""


def check_variables(book: Codebook, variables: set[str], file: str) -> list[Problem]:
    """Conditions on case variables that the study does not have."""
    known = [*FACTS, *sorted(variables)]
    return [
        Problem(file, rule.line, f"»only« und »except« kennen das Merkmal »{key}« nicht.", did_you_mean(key, known))
        for rule in book.rules()
        for key, _ in (*rule.only, *rule.unless)
        if key not in known
    ]


def _circles(codes: Sequence[Code], lined: Lined) -> Iterator[Problem]:
    """Codes whose rules wait for one another (`only: {code: …}`) could never be given."""
    needs = {
        code.id: {v for rule in code.rules for key, values in (*rule.only, *rule.unless) if key == "code" for v in values} for code in codes
    }
    for code in codes:
        seen, todo = set(), list(needs[code.id])
        while todo:
            other = todo.pop()
            if other not in seen:
                seen.add(other)
                todo += needs.get(other, ())
        if code.id in seen:
            what = f"Die Regeln von »{code.id}« setzen über »only« oder »except« Kategorien voraus, die wiederum auf »{code.id}« warten."
            yield Problem(lined.file, code.line, what, "Bitte eine der beiden Bedingungen streichen.")


def order(codes: Sequence[Code]) -> list[str]:
    """Codes in an order in which each comes after those that its rules' conditions ask for."""
    needs = {c.id: {v for r in c.rules for k, vs in (*r.only, *r.unless) if k == "code" for v in vs} for c in codes}
    done: list[str] = []

    def visit(code: str) -> None:
        if code not in done:
            for other in sorted(needs.get(code, ())):
                visit(other)
            done.append(code)

    for code in codes:
        visit(code.id)
    return done


