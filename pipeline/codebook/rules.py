"""From an entry of `match` to rules: one pattern each, with what it looks for as a tree that the matchers walk.

A rule's id is stable: code, kind, normalised pattern and options, and never its place in the file.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from pipeline.codebook.entries import CodeEntry, RuleEntry
from pipeline.codebook.steps import Step, step, step_text
from pipeline.problems import Lined

Conditions = tuple[tuple[str, tuple[str, ...]], ...]
Lists = Mapping[str, tuple[str, ...]]

_SPLIT = re.compile(r"\s+")
# Who writes `sich einbringen` means the verb: any person, any order, and what stands between in a main clause.
_REFLEXIVE = ("sich", "mich", "mir", "dich", "dir", "uns", "euch")
_REFLEXIVE_GAP = 3
_NO_VERBS = frozenset("oben unten innen außen hinten vornen neben gegen zwischen wegen gestern morgen selten drüben draußen zusammen sondern".split())


@dataclass(frozen=True)
class Query:
    """What is looked for. `words` are positions, each with its alternatives; `must`, `some` and `never` are conditions
    that hold within the same clause, sentence, turn or answer (`within`)."""

    kind: str
    words: tuple[tuple[str, ...], ...] = ()
    gap: int = 1
    free: bool = False
    at: str = "any"
    window: str = "10"
    source: str = ""
    steps: tuple[Step, ...] = ()
    must: tuple[Query, ...] = ()
    some: tuple[Query, ...] = ()
    never: tuple[Query, ...] = ()
    within: str = "sentence"


@dataclass(frozen=True)
class Rule:
    """One pattern of one code. `line` is where it stands now; `otherwise` says where a stance belongs instead."""

    id: str
    code: str
    kind: str
    pattern: str
    line: int
    query: Query
    counts: frozenset[str]
    otherwise: tuple[tuple[str, str], ...]
    only: Conditions
    unless: Conditions
    weight: float
    unit: str


class ListError(ValueError):
    """A pattern names a word list in a way that cannot be meant; the message is for researchers."""


def rules_of(entry: CodeEntry, path: tuple[Any, ...], lined: Lined, lists: Lists) -> Iterator[Rule | tuple[int, str]]:
    """The rules of one code; where a pattern names lists wrongly, (line, what is wrong) instead."""
    for position, item in enumerate(entry.match):
        place = (*path, "match", position)
        for pattern, where in _patterns(item, place):
            line = lined.line(where)
            try:
                query = _query(item, pattern, lists)
            except ListError as error:
                yield line, str(error)
                continue
            text = _text(item, pattern)
            yield Rule(
                rule_id(entry.id, item, text), entry.id, item.kind, text, line, query,
                frozenset(item.counts if item.counts is not None else entry.counts),
                tuple(sorted((item.otherwise if item.otherwise is not None else entry.otherwise).items())),
                _merged(entry.only, item.only), _merged(entry.except_, item.except_), item.weight, item.unit or entry.unit,
            )  # fmt: skip


def _patterns(item: RuleEntry, place: tuple[Any, ...]) -> Iterator[tuple[Any, tuple[Any, ...]]]:
    if item.kind in ("all", "any"):
        yield None, (*place, item.kind)
        return
    for number, pattern in enumerate(getattr(item, item.kind)):
        yield pattern, (*place, item.kind, number)


def _merged(code: Mapping[str, tuple[str, ...]], rule: Mapping[str, tuple[str, ...]]) -> Conditions:
    # Both hold: what the category says for all its rules, and what the rule says beside.
    return tuple(sorted({(key, tuple(sorted(set(values)))) for part in (code, rule) for key, values in part.items()}))


def _query(item: RuleEntry, pattern: Any, lists: Lists) -> Query:
    base = _own(item, pattern, lists)
    must, some, never = (
        tuple(q for entry in group for q in _alternatives(entry, lists)) for group in (item.all_, item.any_, item.none_)
    )
    return replace(base, must=must, some=some, never=never, within=item.within) if must or some or never else base


def _alternatives(entry: RuleEntry, lists: Lists) -> list[Query]:
    """A condition's query; several patterns of one entry are alternatives, as they are everywhere."""
    found = [_query(entry, pattern, lists) for pattern, _ in _patterns(entry, ())]
    return found if len(found) == 1 else [Query("any", some=tuple(found))]


def _own(item: RuleEntry, pattern: Any, lists: Lists) -> Query:
    kind = item.kind
    if kind in ("all", "any"):
        return Query(kind)
    if kind == "pattern":
        return Query(kind, steps=tuple(_step(one, lists) for one in pattern))
    if kind == "regex":
        return Query(kind, source=pattern)
    words = tuple(_expanded(word, lists) for word in _SPLIT.split(_clean(pattern)) if word)
    many = [word for word in words[0] if " " in word] if len(words) == 1 else []
    if many:
        # A list that holds expressions of several words: each of these is a phrase of its own.
        single = tuple(word for word in words[0] if " " not in word)
        parts = [Query(kind, (single,), at=item.at)] if single else []
        phrases = (_phrase(item, tuple((w,) for w in word.split())) for word in many)
        return Query("any", some=(*parts, *phrases))
    if any(" " in word for alternatives in words for word in alternatives):
        raise ListError("Eine Liste mit mehrwortigen Einträgen kann nur allein stehen, nicht mitten in einer Wortfolge.")
    if kind == "phrase":
        return _phrase(item, words)
    return Query(kind, words, at=item.at, window=item.window)


def _step(entry: Mapping[str, Any], lists: Lists) -> Step:
    found = step(entry, lists)
    for _, _, values in found.tests:
        for value in values:
            if value.startswith("$"):
                raise ListError(f"Die Wortliste »{value}« gibt es nicht.")
            if " " in value:
                raise ListError(f"»{value}« besteht aus mehreren Wörtern; ein Schritt von »pattern« ist eines.")
    return found


def _phrase(item: RuleEntry, words: tuple[tuple[str, ...], ...]) -> Query:
    reflexive = len(words) > 1 and any(w == ("sich",) for w in words) and any(_infinitive(w) for w in words)
    if reflexive:
        words = tuple(_REFLEXIVE if w == ("sich",) else w for w in words)
    free = item.order == "free" or (reflexive and item.order == "")
    gap = item.gap if "gap" in item.model_fields_set or not reflexive else _REFLEXIVE_GAP
    return Query("phrase", words, gap=gap, free=free)


def _infinitive(alternatives: tuple[str, ...]) -> bool:
    return all(word.islower() and word.endswith(("en", "ern", "eln")) and word not in _NO_VERBS for word in alternatives)


def _expanded(word: str, lists: Lists) -> tuple[str, ...]:
    if not word.startswith("$") or len(word) == 1:
        return (word,)
    if word[1:] not in lists:
        known = f"Bekannt sind: {', '.join(sorted(lists))}." if lists else "Unter »lists« steht noch keine."
        raise ListError(f"Die Wortliste »{word}« gibt es nicht. {known}")
    return lists[word[1:]]


def _clean(pattern: str) -> str:
    """The pattern without blanks and the quotation marks that a word processor puts around it."""
    return unicodedata.normalize("NFC", pattern.strip().strip("„“”‚‘’»«›‹\"").strip())


def _text(item: RuleEntry, pattern: Any) -> str:
    """The pattern as a person reads it in report and tables."""
    if item.kind in ("all", "any"):
        return _conditions(item)
    if item.kind == "pattern":
        return " ".join(step_text(one) for one in pattern)
    return str(pattern).strip() if item.kind == "regex" else " ".join(_SPLIT.split(_clean(pattern)))


def _conditions(item: RuleEntry) -> str:
    groups = (("all", item.all_), ("any", item.any_), ("none", item.none_))
    return " ".join(f"{name}({', '.join(_short(entry) for entry in group)})" for name, group in groups if group)


def _short(entry: RuleEntry) -> str:
    parts = [f"{entry.kind}: {'/'.join(_text(entry, pattern) for pattern, _ in _patterns(entry, ()))}"]
    return " ".join([*parts, *_options(entry)]) + (f" {_conditions(entry)}" if entry.kind not in ("all", "any") else "")


def rule_id(code: str, item: RuleEntry, text: str) -> str:
    """`POT.person|phrase|können sprache|gap=3`: stable while the rule means the same.

    >>> rule_id("A.b", RuleEntry(phrase=("zwei Sprache",), gap=3), "zwei Sprache")
    'A.b|phrase|zwei sprache|gap=3'
    """
    exact = item.kind in ("regex", "pattern", "all", "any")  # where a capital may mean something else
    parts = [code, item.kind, (text if exact else text.lower()).replace("|", "¦"), *_options(item)]
    if item.kind not in ("all", "any") and (conditions := _conditions(item)):
        parts.append(conditions.strip().replace("|", "¦"))
    return "|".join(parts)


def _options(item: RuleEntry) -> list[str]:
    found = []
    for name, default in (("gap", 1), ("order", ""), ("at", "any"), ("window", "10"), ("within", "sentence"), ("weight", 1.0), ("unit", None)):
        value = getattr(item, name)
        if value != default:
            found.append(f"{name}={value:g}" if isinstance(value, float) else f"{name}={value}")
    if item.counts is not None:
        found.append("counts=" + "+".join(sorted(item.counts)))
    for name, value in (("otherwise", item.otherwise), ("only", item.only), ("except", item.except_)):
        if value:
            found.append(f"{name}=" + ",".join(f"{k}:{v if isinstance(v, str) else '+'.join(sorted(v))}" for k, v in sorted(value.items())))
    return found
