"""Rules held against what was said: rules that never fire, rules that others swallow, codes that overlap, rules that people reject."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from pipeline.codebook import Code, Codebook, Rule
from pipeline.coders.material import Material
from pipeline.coders.rule import Hit, code, rule_hits
from pipeline.matchers.vocabulary import fold


class Advice(NamedTuple):
    """Something to look at: what kind, where in the codebook, what it is about, and what to do. `line` counts from 1."""

    kind: str
    line: int
    code: str
    rule: str
    what: str
    hint: str


_MANY_REJECTED, _SHARE = 3, 0.5
_FEW = 5  # sentences below which an overlap says nothing


def advice(book: Codebook, material: Material, decisions: Sequence[Mapping[str, Any]], limit: float) -> list[Advice]:
    """All that the corpus shows about the rules, by kind and line; `decisions` as in the table of that name."""
    hits = rule_hits(material, book)
    rows = code(material, book)
    found = [*_dead(hits), *_swallowed(book, hits), *_overlaps(book, rows, limit), *_rejected(book, rows, decisions)]
    return sorted(found, key=lambda a: (a.kind, a.line, a.rule))


def _dead(hits: Sequence[tuple[Rule, list[Hit]]]) -> Iterator[Advice]:
    for rule, found in hits:
        if not found:
            what = f"Die Regel »{rule.pattern}« trifft in diesem Material nichts."
            yield Advice("ohne Treffer", rule.line, rule.code, rule.id, what, "Schreibung prüfen; stehen lassen, wenn neue Gespräche dazukommen.")


def _swallowed(book: Codebook, hits: Sequence[tuple[Rule, list[Hit]]]) -> Iterator[Advice]:
    """Rules whose every hit another rule of the code finds as well, under the same terms, and more beside."""
    by_code: dict[str, dict[str, _Found]] = defaultdict(dict)
    for rule, found in hits:
        by_code[rule.code][rule.id] = _found(rule, found)
    for rules in by_code.values():
        holders: dict[int, set[str]] = defaultdict(set)
        for name, one in rules.items():
            for place in frozenset().union(*one.words):
                holders[place].add(name)
        stems = [(fold(one.rule.pattern)[:-1], one.rule) for one in rules.values() if _is_stem(one.rule)]
        for one in rules.values():
            yield from _within(one, rules, holders) if one.words else _by_pattern(one.rule, stems)


class _Found(NamedTuple):
    """A rule's hits as sets of places, and the same by their first place: what lies within another begins in it."""

    rule: Rule
    words: list[frozenset[int]]
    begin: dict[int, list[frozenset[int]]]


def _found(rule: Rule, hits: Iterable[Hit]) -> _Found:
    words = [frozenset(hit.words.tolist()) for hit in hits]
    begin: dict[int, list[frozenset[int]]] = defaultdict(list)
    for one in words:
        begin[min(one)].append(one)
    return _Found(rule, words, begin)


def _within(mine: _Found, rules: Mapping[str, _Found], holders: Mapping[int, set[str]]) -> Iterator[Advice]:
    others = set.intersection(*({o for place in one for o in holders[place]} for one in mine.words)) - {mine.rule.id}
    for name in sorted(others):
        other = rules[name]
        inside = all(any(theirs <= one for place in one for theirs in other.begin.get(place, ())) for one in mine.words)
        more = len(other.words) > len(mine.words)
        same = len(other.words) == len(mine.words) and name < mine.rule.id and set(other.words) == set(mine.words)
        if inside and (more or same) and _terms(mine.rule) == _terms(other.rule):
            yield _told(mine.rule, other.rule)
            return


def _is_stem(rule: Rule) -> bool:
    return rule.kind == "term" and rule.pattern.endswith("*") and not {"*", "?"} & set(rule.pattern[:-1])


def _by_pattern(rule: Rule, stems: Iterable[tuple[str, Rule]]) -> Iterator[Advice]:
    """`Raumnot` beside `Raum*`: seen without any hit. `stems` are the beginnings that other rules look for."""
    if rule.kind != "term" or "*" in rule.pattern or "?" in rule.pattern:
        return
    word = fold(rule.pattern)
    for stem, other in stems:
        if word.startswith(stem) and _terms(rule) == _terms(other):
            yield _told(rule, other)
            return


def _told(rule: Rule, other: Rule) -> Advice:
    what = f"»{rule.pattern}« findet nichts, was nicht schon »{other.pattern}« (Zeile {other.line}) findet."
    return Advice("verschluckt", rule.line, rule.code, rule.id, what, "Eine der beiden Regeln kann weg.")


def _terms(rule: Rule) -> tuple[Any, ...]:
    return (rule.counts, rule.otherwise, rule.only, rule.unless, rule.weight, rule.unit)


def _overlaps(book: Codebook, rows: Sequence[Mapping[str, Any]], limit: float) -> Iterator[Advice]:
    """Pairs of codes, not one above the other, that share more of their sentences than the limit says."""
    units: dict[str, set[str]] = defaultdict(set)
    for row in rows:
        if not row["reason"]:
            units[row["code"]].add(row["seg"])
    both: Counter[tuple[str, str]] = Counter()
    by_seg: dict[str, set[str]] = defaultdict(set)
    for name, segs in units.items():
        for seg in segs:
            by_seg[seg].add(name)
    for names in by_seg.values():
        both.update((a, b) for a in names for b in names if a < b)
    known = book.by_id()
    for (a, b), shared in sorted(both.items()):
        least = min(len(units[a]), len(units[b]))
        if least >= _FEW and shared / least >= limit and not _related(known, a, b):
            small, large = sorted((a, b), key=lambda c: (len(units[c]), c))
            what = f"{small} und {large} stehen an {shared} von {least} Stellen von {small} zusammen."
            hint = "Definitionen abgrenzen, oder mit »before« sagen, welche vorgeht."
            yield Advice("Überschneidung", known[small].line, small, "", what, hint)


def _related(known: Mapping[str, Code], a: str, b: str) -> bool:
    """Whether one code is above the other."""
    for low, high in ((a, b), (b, a)):
        at = low
        while at:
            at = known[at].parent
            if at == high:
                return True
    return False


def _rejected(book: Codebook, rows: Sequence[Mapping[str, Any]], decisions: Sequence[Mapping[str, Any]]) -> Iterator[Advice]:
    """Rules whose codings people mostly rejected."""
    verdicts: dict[tuple[str, int, str], list[tuple[int, int, str]]] = defaultdict(list)
    for d in decisions:
        verdicts[d["doc"], int(d["turn"]), d["code"]].append((int(d["start"]), int(d["end"]), d["action"]))
    said: dict[str, Counter[str]] = defaultdict(Counter)
    for row in rows:
        for start, end, action in verdicts.get((row["doc"], row["turn"], row["code"]), []):
            if not row["reason"] and start < row["end"] and row["start"] < end and action in ("accept", "reject"):
                said[row["rule"]][action] += 1
    for rule in book.rules():
        no, yes = said[rule.id]["reject"], said[rule.id]["accept"]
        if no >= _MANY_REJECTED and no > _SHARE * (no + yes):
            what = f"»{rule.pattern}« wurde bei {no} von {no + yes} geprüften Stellen verworfen."
            yield Advice("oft verworfen", rule.line, rule.code, rule.id, what, "Genauer fassen (»near«, »none«, »counts«) oder streichen.")
