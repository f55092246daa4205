"""Who speaks where: candidates at the start of lines, scored in two passes. A colon alone makes no speaker.

First pass: what the lexicon knows or what returns often, and looks like a name. Second pass: where the labels found so
far open most lines, other names that open lines are speakers as well, though unsure ones.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, replace

from pipeline.labels.frames import is_end
from pipeline.labels.lexicon import display, fold, joint, lookup
from pipeline.labels.shapes import STRONG, B, Candidate
from pipeline.labels.times import DELIMITED
from pipeline.reading import TEXT
from pipeline.speakers import weak
from pipeline.speakers.candidates import ACCEPT, NEVER, Group, Manner, Place, after, collect, manner, named, score
from pipeline.speakers.keylines import keylines
from pipeline.speakers.lines import Line, Source

PARTNERS = ("I", "B", "Interviewer", "Interviewerin", "Befragte", "Befragter")
COVERED = weak.COVERED


@dataclass(frozen=True)
class Turn:
    """A turn's beginning: from `start` on the label, from `body` on the speech (code points in `Source.text`).

    `remark` stood behind the label and is no part of it: `B2 (kommt herein):`.
    """

    start: int
    body: int
    label: str
    time: str
    line: int
    open: str = ""
    remark: str = ""


@dataclass(frozen=True)
class Found:
    """All beginnings in order; labels that are `unsure`; how many began inside a paragraph (`split`).

    `keys` are lines above the first turn that look like labels and are keys of a header.
    """

    turns: tuple[Turn, ...] = ()
    unsure: frozenset[str] = frozenset()
    split: int = 0
    keys: frozenset[int] = frozenset()


def detect(
    source: Source, skip: frozenset[int], known: dict[str, str], extra: dict[str, str], paragraphs: bool = True
) -> Found:
    """The beginnings of turns. `skip`: lines of the header; `known`: labels from settings or legend (label -> role).
    Without `paragraphs` lines are pieces of speech (subtitles): a name alone on one is no label there."""
    table = [_of_row(n, line) for n, line in enumerate(source.lines) if line.label is not None]
    if table:
        return Found(tuple(turn for turn in table if turn))
    groups, further = collect(source, skip)
    given = {fold(label) for label in known}
    how = manner(groups)
    scores = {key: score(key, group, given, groups, extra, how) for key, group in groups.items()}
    believed = weak.shapes(groups) | weak.brackets(source, groups, skip)
    if "bracket" in believed:
        scores |= {
            key: ACCEPT for key, group in groups.items() if group.at[0][1].shape == "bracket" and len(group.at) > 1
        }
    alone, doubtful = weak.alone(source, groups, scores, skip) if paragraphs else ({}, set())
    dashes = weak.dashed(source, groups, further, skip)
    groups = _regrouped(groups, dashes)
    surely = {key for key, group in groups.items() if scores.get(key, NEVER) >= ACCEPT}
    accepted = {key for key in surely if _carried(key, groups[key], given, believed)}
    accepted |= {fold(candidate.name) for _, candidate in dashes}
    accepted |= set(alone) | weak.everywhere(source, groups, scores, skip)
    accepted |= _together(groups, accepted, how)
    unsure, keys = _second_pass(source, groups, scores, accepted, skip)
    by_form = {number: fold(candidate.name) for number, candidate in dashes}
    by_form |= {number: key for key, numbers in alone.items() for number in numbers}
    turns = []
    for key in accepted | unsure:
        for number, candidate in groups[key].at:
            if by_form.get(number) == key or key in given or weak.counts(candidate, groups[key], believed):
                turns.append(_turn(source, number, candidate, _shown(groups[key])))
    turns = _with_dots(source, turns, weak.dotted(source, further, groups, accepted), groups)
    inside = _inside(source, turns, accepted, groups, skip)
    labels = frozenset(display(groups[key].name) for key in unsure | doubtful)
    return Found(tuple(sorted(turns + inside, key=lambda turn: turn.start)), labels, len(inside), keys)


def _regrouped(groups: dict[str, Group], dashes: list[Place]) -> dict[str, Group]:
    """The groups, with lines that are opened by `B – ` counted for B: `B – Meine Frau sagt: …` has a colon as well."""
    lines = {number for number, _ in dashes}
    for group in groups.values() if lines else ():
        group.drop(lines)
    left = {key: group for key, group in groups.items() if group.at}
    for number, candidate in dashes:
        left.setdefault(fold(candidate.name), Group()).put(number, candidate)
    for group in left.values():
        group.sort()
    return left


def _shown(group: Group) -> str:
    counts: Counter[str] = Counter()
    for name, count in group.names.items():
        counts[display(name)] += count
    return counts.most_common(1)[0][0]


def _of_row(number: int, line: Line) -> Turn | None:
    if not line.label:
        return None
    return Turn(line.start, line.start, display(line.label), line.time, number)


def _turn(source: Source, number: int, candidate: Candidate, label: str) -> Turn:
    line = source.lines[number]
    cut = candidate.remark if candidate.name == candidate.head else ""
    turn = Turn(line.start, line.start + candidate.body, label, candidate.time, number, candidate.open, cut)
    above = weak.time_above(source, number) if candidate.shape == "alone" and not candidate.time else None
    return replace(turn, start=above.start, time=above.plain.strip()) if above else turn


def _with_dots(source: Source, turns: list[Turn], dots: list[Place], groups: dict[str, Group]) -> list[Turn]:
    """All turns in order, with those after a slip of the pen (`B. Ja`) where somebody else was speaking."""
    slips = [_turn(source, n, candidate, _shown(groups[fold(candidate.name)])) for n, candidate in dots]
    slipped = set(slips)
    done: list[Turn] = []
    for turn in sorted([*turns, *slips], key=lambda turn: turn.start):
        if turn not in slipped or (done and done[-1].label != turn.label and done[-1].line != turn.line):
            done.append(turn)
    return done


def _carried(key: str, group: Group, given: set[str], believed: set[str]) -> bool:
    """Whether a label stands at least once in a form that counts."""
    return key in given or group.strong() > 0 or any(weak.counts(c, group, believed) for _, c in group.at)


def _together(groups: dict[str, Group], accepted: set[str], how: Manner) -> set[str]:
    """Labels of several speakers at once: `B1 + B2` beside B1 and B2, `Alle` beside any two."""
    found = set()
    for key, group in groups.items():
        entry, parts = lookup(group.name), joint(group.name)
        everybody = entry is not None and entry.role == "none" and len(accepted) > 1 and (not group.small or how.small)
        if group.strong() and (everybody or (parts and all(fold(part) in accepted for part in parts))):
            found.add(key)
    return found


def _second_pass(
    source: Source, groups: dict[str, Group], scores: dict[str, int], accepted: set[str], skip: frozenset[int]
) -> tuple[set[str], frozenset[int]]:
    """Further labels, which are unsure, and the lines of a header's keys that were not taken for labels."""
    if not accepted:
        return set(), frozenset()
    open_ = {key for key in groups if key not in accepted and scores.get(key, NEVER) > NEVER and named(groups[key])}
    keys = keylines(source, groups, open_, accepted, skip)
    last = max(number for key in accepted for number, _ in groups[key].at)
    end = next((n for n in range(last + 1, len(source.lines)) if is_end(source.lines[n].plain)), len(source.lines))
    labelled = {number for key in accepted for number, _ in groups[key].at}
    rest = {
        key
        for key in open_
        if any(_speaks(source, number, candidate, labelled) for number, candidate in groups[key].at)
        and groups[key].quoted < groups[key].strong()
        and not {number for number, _ in groups[key].at} <= keys
        and groups[key].at[0][0] < end  # what follows the end of the recording is a note
    }
    opened = {number for key in accepted | rest for number, c in groups[key].at if c.shape in STRONG}
    return rest if weak.covered(source, opened, skip) >= COVERED else set(), frozenset(keys)


def _speaks(source: Source, number: int, candidate: Candidate, labelled: set[int]) -> bool:
    """Whether anything is said after an unsure label: a word before a time mark alone (`Schule #00:01:02-3#`) is an answer, and no speaker."""
    if any(letter.isalpha() for letter in after(source, source.lines[number], candidate)):
        return True
    return number + 1 < len(source.lines) and source.lines[number + 1].kind == TEXT and number + 1 not in labelled


def _inside(
    source: Source, turns: list[Turn], accepted: set[str], groups: dict[str, Group], skip: frozenset[int]
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
