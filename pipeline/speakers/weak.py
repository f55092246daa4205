"""Labels in forms that say little by themselves: they are believed where the whole file is written that way."""

from __future__ import annotations

import itertools
import re
from collections import Counter
from collections.abc import Mapping

from pipeline.labels import words
from pipeline.labels.lexicon import fold, lookup
from pipeline.labels.shapes import STRONG, Candidate
from pipeline.labels.times import is_time
from pipeline.reading import TEXT
from pipeline.speakers.candidates import NEVER, Group, Place, after, named
from pipeline.speakers.lines import Line, Source

COVERED = 0.5  # share of lines (or paragraphs) that labels must open
ALTERNATE = 0.7  # share of neighbouring labels that must differ
LONGEST = 4  # words of a name that stands alone on its line
BOLD = 0.8  # share of a line's signs in bold from which on it is a bold line

_FIRST = re.compile(r"[^\W\d_]+")


def covered(source: Source, opened: set[int], skip: frozenset[int]) -> float:
    """The share of lines that are opened by labels, or of paragraphs if that is more."""
    lines = {n for n, line in enumerate(source.lines) if line.kind == TEXT and n not in skip}
    paragraphs = {source.lines[n].paragraph for n in lines}
    by_paragraph = len({source.lines[n].paragraph for n in opened}) / max(len(paragraphs), 1)
    return max(len(opened) / max(len(lines), 1), by_paragraph)


def shapes(groups: Mapping[str, Group]) -> set[str]:
    """Forms without colon, or glued to the speech, in which known words open lines again and again."""
    known = (group for group in groups.values() if (entry := lookup(group.name)) and entry.strong)
    counts = Counter(candidate.shape for group in known for _, candidate in group.at)
    return {shape for shape, count in counts.items() if count >= (3 if shape == "tab" else 2)}


def brackets(source: Source, groups: Mapping[str, Group], skip: frozenset[int]) -> set[str]:
    """`[id1] text` without a colon has the form of `[lacht] text`: believed where two such names open half of all lines."""
    mine = [g for g in groups.values() if all(c.shape == "bracket" for _, c in g.at) and len(g.at) > 1]
    some = [g for g in mine if g.name[1:2].isupper() or any(sign.isdigit() for sign in g.name)]
    lines = sum(line.kind == TEXT and n not in skip for n, line in enumerate(source.lines))
    count = sum(len(g.at) for g in some)
    return {"bracket"} if len(some) >= 2 and some == mine and count >= COVERED * max(lines, 1) else set()


def counts(candidate: Candidate, group: Group, believed: set[str]) -> bool:
    """Whether a candidate counts although its form alone says little."""
    if candidate.shape in STRONG:
        return True
    if candidate.shape == "semicolon":
        return group.strong() > 0
    if candidate.shape == "bracket":
        return "bracket" in believed
    entry = lookup(candidate.name)
    if candidate.shape == "glued" and group.strong() > 1:
        return entry is not None and entry.strong
    return entry is not None and entry.strong and candidate.shape in believed


def everywhere(
    source: Source, groups: Mapping[str, Group], scores: Mapping[str, int], skip: frozenset[int]
) -> set[str]:
    """Names that return and open every line, in turn: with only two turns each they are speakers all the same."""
    mine = {
        key: g
        for key, g in groups.items()
        if g.strong() > 1 and scores[key] > NEVER and named(g) and g.quoted < g.strong()
    }
    places = sorted((n, key) for key, g in mine.items() for n, c in g.at if c.shape in STRONG)
    if len(mine) < 2 or len(places) < 4 or not _in_turn([key for _, key in places]):
        return set()
    return set(mine) if covered(source, {n for n, _ in places}, skip) >= 0.95 else set()


def _in_turn(keys: list[str]) -> bool:
    return sum(a != b for a, b in itertools.pairwise(keys)) >= ALTERNATE * (len(keys) - 1)


def dashed(source: Source, groups: Mapping[str, Group], further: list[Place], skip: frozenset[int]) -> list[Place]:
    """`I – Text` or `(I) Text`, where two known labels open most lines in that form."""
    colons = {n for g in groups.values() for n, c in g.at if c.shape in STRONG}
    for shape in ("dash", "paren"):
        mine = [(n, c) for n, c in further if c.shape == shape and (entry := lookup(c.name)) and entry.strong]
        plain = {n for n, _ in mine} - colons  # `B – Frau Demir: …` is a label with a colon
        several = len(plain) >= 3 and len({fold(c.name) for n, c in mine if n in plain}) >= 2
        if several and covered(source, plain, skip) >= COVERED:
            return mine
    return []


def dotted(source: Source, further: list[Place], groups: Mapping[str, Group], accepted: set[str]) -> list[Place]:
    """`B. Ja, schön` beside a known `B:`, where a word follows that is no surname (`B. Müller hieß der`)."""
    found = []
    for number, candidate in further:
        key = fold(candidate.name)
        entry = lookup(candidate.name)
        if candidate.shape != "dot" or key not in accepted or not (entry and entry.strong) or groups[key].strong() < 2:
            continue
        word = _FIRST.match(after(source, source.lines[number], candidate))
        if word and word.group().casefold() in words.CUES | words.SPOKEN:
            found.append((number, candidate))
    return found


def alone(
    source: Source, groups: Mapping[str, Group], scores: Mapping[str, int], skip: frozenset[int]
) -> tuple[dict[str, set[int]], set[str]]:
    """Names alone on their lines (label -> lines), and those of them that are unsure.

    Such a line has a time on it or above it, is bold, or begins a paragraph; it returns, others alternate with it, and
    speech follows. A known word need not return.
    """
    mine: dict[str, set[int]] = {}
    for key, group in groups.items():
        entry = lookup(group.name)
        # What stands alone on a line is no lexicon word by its look only: `A`, `Kind` need to return as names do.
        if scores[key] <= NEVER or not (named(group) or entry) or len(group.name.split()) > LONGEST:
            continue
        lines = {n for n, c in group.at if c.shape == "alone" and _set_off(source, n, c)}
        if len(lines) > 1:
            mine[key] = lines
    places = sorted((n, key) for key, lines in mine.items() for n in lines)
    if len(mine) < 2 or len(places) < 4 or not _in_turn([key for _, key in places]):
        return {}, set()
    at = {n for n, _ in places}
    speaks = sum(n + 1 < len(source.lines) and n + 1 not in at and source.lines[n + 1].kind == TEXT for n in at)
    others = sum(g.strong() for key, g in groups.items() if scores[key] > 0)
    if speaks < 0.8 * len(at) or others >= len(at):
        return {}, set()
    surely = any(lookup(groups[key].name) for key in mine) or all(_marked(source, n) for n in at)
    if not surely and "?" not in source.text:
        return {}, set()  # nobody asks: these are headings
    return mine, set() if surely else set(mine)


def _set_off(source: Source, number: int, candidate: Candidate) -> bool:
    line = source.lines[number]
    first = number == 0 or source.lines[number - 1].paragraph != line.paragraph
    return first or bool(candidate.time) or line.bold >= BOLD or time_above(source, number) is not None


def _marked(source: Source, number: int) -> bool:
    line = source.lines[number]
    return line.bold >= BOLD or line.plain.lstrip()[:1] in ("[", "#", "(") or time_above(source, number) is not None


def time_above(source: Source, number: int) -> Line | None:
    """The line above, where it holds nothing but a time and no blank line stands between."""
    if number == 0 or not source.adjacent(number - 1, number) or not is_time(source.lines[number - 1].plain[:40]):
        return None
    return source.lines[number - 1]
