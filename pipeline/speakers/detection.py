"""Who speaks where: candidates at the start of lines, scored in two passes. A colon alone makes no speaker.

First pass: what the lexicon knows or what returns often, and looks like a name. Second pass: where the labels found so
far open most lines, other names that open lines are speakers as well, though unsure ones.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from dataclasses import dataclass, field

from pipeline.labels import words
from pipeline.labels.lexicon import base, display, fold, header_key, is_name, lookup
from pipeline.labels.shapes import STRONG, B, Candidate, parse
from pipeline.labels.times import DELIMITED
from pipeline.reading import TEXT
from pipeline.speakers.lines import Line, Source

ACCEPT = 3
QUOTES = ("„", "“", '"', "»", "«", "‚", "'")
PARTNERS = ("I", "B", "Interviewer", "Interviewerin", "Befragte", "Befragter")
SIGILS = ("#", "@", "{")  # with which QualCoder's users mark speakers
COVERED = 0.5  # share of lines that labels must open for the second pass


@dataclass(frozen=True)
class Turn:
    """A turn's beginning: from `start` on the label, from `body` on the speech (code points in `Source.text`)."""

    start: int
    body: int
    label: str
    time: str
    line: int
    open: str = ""


@dataclass(frozen=True)
class Found:
    """All beginnings in order; labels that are `unsure`; how many began inside a paragraph (`split`)."""

    turns: tuple[Turn, ...] = ()
    unsure: frozenset[str] = frozenset()
    split: int = 0


@dataclass
class _Group:
    """All candidates with one label."""

    names: Counter[str] = field(default_factory=Counter)
    at: list[tuple[int, Candidate]] = field(default_factory=list)
    quoted: int = 0  # how often a quotation follows: the respondent tells what somebody said

    @property
    def name(self) -> str:
        return self.names.most_common(1)[0][0]

    def strong(self) -> int:
        return sum(candidate.shape in STRONG for _, candidate in self.at)


def detect(source: Source, skip: frozenset[int], known: dict[str, str], extra: dict[str, str]) -> Found:
    """The beginnings of turns. `skip`: lines of the header; `known`: labels from settings or legend (label -> role)."""
    table = [_of_row(n, line) for n, line in enumerate(source.lines) if line.label is not None]
    if table:
        return Found(tuple(turn for turn in table if turn))
    groups = _groups(source, skip)
    given = {fold(label) for label in known}
    scores = {key: _score(key, group, given, groups, extra) for key, group in groups.items()}
    weak = _weak_shapes(groups) | _brackets(source, groups, skip)
    if "bracket" in weak:
        scores |= {
            key: ACCEPT for key, group in groups.items() if group.at[0][1].shape == "bracket" and len(group.at) > 1
        }
    accepted = {key for key, score in scores.items() if score >= ACCEPT and _carried(key, groups[key], given, weak)}
    unsure = _second_pass(source, groups, scores, accepted, skip)
    turns = []
    for key in accepted | unsure:
        label = _shown(groups[key])
        for number, candidate in groups[key].at:
            if candidate.shape in STRONG or key in given or _weak_counts(candidate, groups[key], weak):
                turns.append(_turn(source.lines[number], number, candidate, label))
    turns.sort(key=lambda turn: turn.start)
    inside = _inside(source, turns, accepted, groups, skip)
    labels = frozenset(display(groups[key].name) for key in unsure)
    return Found(tuple(sorted(turns + inside, key=lambda turn: turn.start)), labels, len(inside))


def _shown(group: _Group) -> str:
    counts: Counter[str] = Counter()
    for name, count in group.names.items():
        counts[display(name)] += count
    return counts.most_common(1)[0][0]


def _of_row(number: int, line: Line) -> Turn | None:
    if not line.label:
        return None
    return Turn(line.start, line.start, display(line.label), line.time, number)


def _turn(line: Line, number: int, candidate: Candidate, label: str) -> Turn:
    return Turn(line.start, line.start + candidate.body, label, candidate.time, number, candidate.open)


def _groups(source: Source, skip: frozenset[int]) -> dict[str, _Group]:
    groups: dict[str, _Group] = defaultdict(_Group)
    for number, line in enumerate(source.lines):
        if line.kind != TEXT or number in skip:
            continue
        candidate = parse(source.text[line.start : line.end])
        if candidate:
            group = groups[fold(candidate.name)]
            group.names[candidate.name] += 1
            group.at.append((number, candidate))
            group.quoted += source.text[line.start + candidate.body : line.end].lstrip()[:1] in QUOTES
    return dict(groups)


def _score(key: str, group: _Group, given: set[str], groups: dict[str, _Group], extra: dict[str, str]) -> int:
    """How much speaks for a label; see the module's words and docs on the two passes."""
    name, entry, count = group.name, lookup(group.name), len(group.at)
    if key in given:
        return ACCEPT + 3
    if _never(key, entry is not None and entry.strong, groups, name, extra):
        return -9
    score = 0
    if base(name) in given or (entry and entry.strong):
        score += 3
    elif entry:
        score += 1
    elif not is_name(name):
        score -= 3
    score += 2 if count >= 3 else count - 1
    score += name[:1] in SIGILS
    score += len(name.split()) <= 3
    score -= 2 * name.lstrip("[")[:1].islower()
    score -= 2 * (group.quoted == count and entry is None)
    shapes = {candidate.shape for _, candidate in group.at}
    return score + (3 if "tier" in shapes else 2 if "clock" in shapes else 1 if "time" in shapes else 0)


def _never(key: str, strong: bool, groups: dict[str, _Group], name: str, extra: dict[str, str]) -> bool:
    pair = {"frage": "antwort", "antwort": "frage"}.get(key)
    if pair and pair in groups and len(groups[key].at) > 1:
        return False
    return not strong and (key.split(" ")[0] in words.NEVER or bool(header_key(name.strip("[] "), extra)))


def _carried(key: str, group: _Group, given: set[str], weak: set[str]) -> bool:
    """Whether a label stands at least once in a form that counts."""
    return key in given or group.strong() > 0 or any(_weak_counts(c, group, weak) for _, c in group.at)


def _weak_shapes(groups: dict[str, _Group]) -> set[str]:
    """Forms without colon, or glued to the speech, in which known words open lines again and again."""
    known = (group for group in groups.values() if (entry := lookup(group.name)) and entry.strong)
    counts = Counter(candidate.shape for group in known for _, candidate in group.at)
    return {shape for shape, count in counts.items() if count >= (3 if shape == "tab" else 2)}


def _brackets(source: Source, groups: dict[str, _Group], skip: frozenset[int]) -> set[str]:
    """`[id1] text` without a colon has the form of `[lacht] text`: believed where two such names open half of all lines."""
    mine = [g for g in groups.values() if all(c.shape == "bracket" for _, c in g.at) and len(g.at) > 1]
    named = [g for g in mine if g.name[1:2].isupper() or any(sign.isdigit() for sign in g.name)]
    lines = sum(line.kind == TEXT and n not in skip for n, line in enumerate(source.lines))
    covered = sum(len(g.at) for g in named)
    return {"bracket"} if len(named) >= 2 and named == mine and covered >= COVERED * max(lines, 1) else set()


def _weak_counts(candidate: Candidate, group: _Group, weak: set[str]) -> bool:
    """Whether a candidate counts although its form alone says little."""
    if candidate.shape in STRONG:
        return True
    if candidate.shape == "semicolon":
        return group.strong() > 0
    if candidate.shape == "bracket":
        return "bracket" in weak
    entry = lookup(candidate.name)
    return entry is not None and entry.strong and candidate.shape in weak


def _second_pass(
    source: Source, groups: dict[str, _Group], scores: dict[str, int], accepted: set[str], skip: frozenset[int]
) -> set[str]:
    if not accepted:
        return set()
    header = _header_chain(source, groups, accepted, skip)
    rest = {
        key
        for key, group in groups.items()
        if key not in accepted and scores[key] > -9 and group.quoted < group.strong() and is_name(group.name)
        and not {number for number, _ in group.at} <= header
    }  # fmt: skip
    opened = {number for key in accepted | rest for number, c in groups[key].at if c.shape in STRONG}
    lines = {n for n, line in enumerate(source.lines) if line.kind == TEXT and n not in skip}
    paragraphs = {source.lines[n].paragraph for n in lines}
    by_paragraph = len({source.lines[n].paragraph for n in opened}) / max(len(paragraphs), 1)
    return rest if max(len(opened) / max(len(lines), 1), by_paragraph) >= COVERED else set()


def _header_chain(source: Source, groups: dict[str, _Group], accepted: set[str], skip: frozenset[int]) -> set[int]:
    """Lines that hang together with the header's known lines: what looks like a name there is a key."""
    first = min(number for key in accepted for number, _ in groups[key].at)
    chain: set[int] = set()
    for number in range(first):
        if number in skip or (number - 1 in chain and source.adjacent(number - 1, number)):
            chain.add(number)
    return chain - skip


def _inside(
    source: Source, turns: list[Turn], accepted: set[str], groups: dict[str, _Group], skip: frozenset[int]
) -> list[Turn]:
    """Turns that begin inside a paragraph, after the end of a sentence: for accepted labels with a colon only."""
    shown = {name: _shown(groups[key]) for key in accepted if groups[key].strong() for name in groups[key].names}
    if not turns or not shown:
        return []
    partners = {} if len(accepted) > 1 else {name: name for name in PARTNERS if name not in shown}
    every = "|".join(re.escape(name) for name in sorted({**shown, **partners}, key=lambda n: (-len(n), n)))
    pattern = re.compile(
        rf"(?<=[.?!…])[\"“”«»)]{{0,2}}{B}{{1,3}}(?P<label>(?:(?P<time>{DELIMITED}){B}{{1,3}})?(?P<name>{every}):(?={B}))"
    )
    own = {turn.body for turn in turns}
    found = []
    for number, line in enumerate(source.lines):
        if line.kind != TEXT or number in skip or line.start < turns[0].start:
            continue
        for match in pattern.finditer(source.text, line.start, line.end):
            if match.end() not in own:
                label = shown.get(match["name"], match["name"])
                found.append(Turn(match.start("label"), match.end(), label, match["time"] or "", number))
    # In a text without line breaks only one label opens a line; its partner must return to be believed.
    counts = Counter(turn.label for turn in found)
    return [turn for turn in found if turn.label not in partners or counts[turn.label] > 1]
