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
_OF_A_RULE = ("counts", "otherwise", "only", "except", "weight", "unit")  # what a condition inside a rule does not have
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
    if code.id in code.entry.before:
        yield Problem(lined.file, code.line, f"»{code.id}« geht über »before« sich selbst vor.", "Bitte streichen.")
    for number, example in enumerate(code.entry.counterexamples):
        if example.code not in (None, "", "null", *ids):
            what = f"Das Gegenbeispiel gehört zu »{example.code}«, das es nicht gibt."
            yield Problem(lined.file, code.line_of("counterexamples", number), what, did_you_mean(str(example.code), ids))
    if code.rules and sum(rule.weight for rule in code.rules) < code.entry.needs - 1e-9:
        what = f"Alle Gewichte von »{code.id}« zusammen erreichen »needs« nicht; die Kategorie würde nie vergeben."
        yield Problem(lined.file, code.line, what, "Gewichte erhöhen oder »needs« senken.")
    yield from _former(code, ids, lined)
    yield from _stances(code.entry.counts, lined.file, code.line)
    for rule in code.rules:
        yield from _stances(rule.counts - set(code.entry.counts), lined.file, rule.line)
        if not rule.counts:
            yield Problem(lined.file, rule.line, "»counts« ist leer; kein Treffer würde zählen.", "Bitte Haltungen nennen oder streichen.")
        for stance, other in rule.otherwise:
            yield from _stances([stance], lined.file, rule.line, "otherwise")
            if other == code.id:
                yield Problem(lined.file, rule.line, f"»otherwise« nennt »{other}« selbst.", "Soll die Haltung hier zählen, gehört sie zu »counts«.")
            if other not in ids:
                what = f"»otherwise« nennt »{other}«, das es nicht gibt."
                yield Problem(lined.file, rule.line, what, did_you_mean(other, ids))
        for key, values in (*rule.only, *rule.unless):
            allowed = ids if key == "code" else list(ROLES) if key == "role" else []
            for value in values:
                if allowed and value not in allowed:
                    what = f"»{key}: {value}« gibt es nicht."
                    yield Problem(lined.file, rule.line, what, did_you_mean(value, allowed))


def _former(code: Code, ids: list[str], lined: Lined) -> Iterator[Problem]:
    """Former ids (`was`): decisions under them are carried over to this code, which an id still in use would make ambiguous."""
    for old in dict.fromkeys(code.entry.was):
        if old == code.id:
            yield Problem(lined.file, code.line, f"»was« nennt »{old}« selbst.", "Dort stehen nur frühere Kennungen; bitte streichen.")
        elif old in ids:
            what = f"»was« nennt »{old}«, das es noch gibt; seine Entscheidungen blieben dort."
            yield Problem(lined.file, code.line, what, f"Entweder »{old}« aus »was« streichen oder die Kategorie »{old}« aus dem Codebuch nehmen.")


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
    pairs = [(path, found)] if isinstance(found, (dict, str)) else [((*path, n), one) for n, one in enumerate(several)]
    for here, one in pairs:
        if isinstance(one, str):
            yield here, {"phrase" if len(one.split()) > 1 else "term": one}
        elif isinstance(one, dict):
            yield here, one
            for group in GROUPS:
                yield from _rules(one.get(group), (*here, group))


def _entry_problems(entry: Mapping[str, Any], path: tuple[Any, ...], lined: Lined) -> Iterator[Problem]:
    if any(step in GROUPS for step in path):
        for key in (k for k in _OF_A_RULE if k in entry):
            yield lined.problem((*path, key), f"»{key}« hat in einer Bedingung keine Wirkung.", "Bitte an die Regel selbst schreiben.")
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
    elif len(words) < 2 and kind == "near":
        yield f"»{pattern}« ist nur ein Wort.", "»near« braucht mindestens zwei, die nah beieinander stehen sollen."
    elif len(words) > MAX_WORDS:
        yield f"Eine Wortfolge darf höchstens {MAX_WORDS} Wörter haben.", ""
    if kind != "regex" and words and all(not word.strip("*?") for word in words):
        yield f"»{pattern}« besteht nur aus Platzhaltern und fände jedes Wort.", ""


def check_conditions(book: Codebook, variables: Mapping[str, set[str]], questions: set[str], file: str) -> list[Problem]:
    """Conditions that nothing can meet: case variables, their values and questions that the study does not have.

    `variables`: case variable -> its values, or an empty set where study.yaml names none.
    """
    known = [*FACTS, *sorted(variables)]
    allowed = {**{name: values for name, values in variables.items() if values}, "question": questions}
    found = []
    for rule in book.rules():
        for key, values in (*rule.only, *rule.unless):
            if key not in known:
                what = f"»only« und »except« kennen das Merkmal »{key}« nicht."
                found.append(Problem(file, rule.line, what, did_you_mean(key, known)))
            for value in values if key in allowed else ():
                if value.casefold() not in {name.casefold() for name in allowed[key]}:
                    found.append(Problem(file, rule.line, f"»{key}: {value}« gibt es nicht.", did_you_mean(value, sorted(allowed[key]))))
    return found


def _circles(codes: Sequence[Code], lined: Lined) -> Iterator[Problem]:
    """Codes whose rules wait for one another (`only: {code: …}`) could never be given; codes that go before one another neither."""
    for code in _in_circles({c: set(n) for c, n in _waiting(codes).items()}):
        what = f"Die Regeln von »{code}« setzen über »only« oder »except« Kategorien voraus, die wiederum auf »{code}« warten."
        yield Problem(lined.file, _line(codes, code), what, "Bitte eine der beiden Bedingungen streichen.")
    for code in _in_circles({c.id: set(c.entry.before) - {c.id} for c in codes}):
        what = f"»{code}« geht über »before« einer Kategorie vor, die wiederum »{code}« vorgeht."
        yield Problem(lined.file, _line(codes, code), what, "Bitte eines der beiden »before« streichen.")


def _line(codes: Sequence[Code], name: str) -> int:
    return next(code.line for code in codes if code.id == name)


def _in_circles(leads: Mapping[str, set[str]]) -> list[str]:
    """The codes from which a way leads back to themselves."""
    found = []
    for code in leads:
        seen, todo = set(), list(leads[code])
        while todo:
            other = todo.pop()
            if other not in seen:
                seen.add(other)
                todo += leads.get(other, ())
        if code in seen:
            found.append(code)
    return found


def _waiting(codes: Sequence[Code]) -> dict[str, set[str]]:
    """Code -> codes that its rules' conditions ask for; a rule that may give another code makes that one wait as well."""
    needs: dict[str, set[str]] = {code.id: set() for code in codes}
    for code in codes:
        for rule in code.rules:
            asked = {v for key, values in (*rule.only, *rule.unless) if key == "code" for v in values}
            for name in (code.id, *(other for _, other in rule.otherwise)):
                needs.setdefault(name, set()).update(asked)
    return needs


def order(codes: Sequence[Code]) -> list[str]:
    """Codes in an order in which each comes after those that its rules' conditions ask for, and after codes below those."""
    waiting = _waiting(codes)
    below = _below(codes)
    return _sorted([code.id for code in codes], {name: {b for n in asked for b in below.get(n, {n})} - {name} for name, asked in waiting.items()})


def precedence(codes: Sequence[Code]) -> list[str]:
    """Codes in an order in which each comes before those that it sets aside."""
    behind: dict[str, set[str]] = {code.id: set() for code in codes}
    for code in codes:
        for other in code.entry.before:
            behind[other].add(code.id)
    return _sorted([code.id for code in codes], behind)


def _sorted(codes: Sequence[str], after: Mapping[str, set[str]]) -> list[str]:
    """The codes in their order, but each behind those that it comes after."""
    done: dict[str, None] = {}
    open_: set[str] = set()

    def visit(code: str) -> None:
        if code not in done and code not in open_:
            open_.add(code)
            for other in sorted(after.get(code, ())):
                visit(other)
            done[code] = None

    for code in codes:
        visit(code)
    return list(done)


def families(book: Codebook) -> dict[str, set[str]]:
    """Code -> itself and every code below it."""
    return _below(book.codes)


def _below(codes: Sequence[Code]) -> dict[str, set[str]]:
    parent = {code.id: code.parent for code in codes}
    found: dict[str, set[str]] = {code.id: {code.id} for code in codes}
    for code in codes:
        at = code.parent
        while at:
            found[at].add(code.id)
            at = parent[at]
    return found
