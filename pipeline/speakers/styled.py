"""Transcripts without labels: an interviewer in bold, italic, coloured or indented print, or in a paragraph style."""

from __future__ import annotations

import itertools
import re
from collections import Counter
from collections.abc import Callable

from pipeline.reading import TEXT
from pipeline.speakers.detection import Found, Turn
from pipeline.speakers.lines import Line, Source

MARKED, PLAIN = 0.8, 0.2  # share of a paragraph's signs in bold or italic from which it is, to which it is not
CLEAR = 0.8  # share of paragraphs that must be one or the other
ROLES = {"I": "interviewer", "B": "respondent"}  # labels that are made here

INDENTED = 0.5  # cm, from which on a paragraph stands further in
SHORT = 4  # words up to which a paragraph may be a name or a heading

_STYLE = re.compile(r"(?i)\b(?:frage|interviewer|moderat|fragesteller)")


def detect(source: Source, skip: frozenset[int]) -> Found:
    """Beginnings of turns by print alone, with the labels `I` and `B`; empty where print does not alternate."""
    lines = [(n, line) for n, line in enumerate(source.lines) if line.kind == TEXT and n not in skip]
    firsts = [(n, line) for (n, line), (_, before) in zip(lines, [(-1, None), *lines], strict=False)
              if before is None or before.paragraph != line.paragraph]  # fmt: skip
    shares = (_by_style, lambda line: line.bold, lambda line: line.italic, _by_tint(firsts), _by_indent(firsts))
    for share in shares:
        sides = [_side(share(line)) for _, line in firsts]
        if _questions(sides, firsts, 1) < _questions(sides, firsts, 0):
            sides = [1 - side if side in (0, 1) else side for side in sides]  # here the respondent is in bold
        # What stands above the first question is a title or a note.
        start = next((i for i, (_, line) in enumerate(firsts) if sides[i] == 1 and "?" in line.plain), 0)
        if _alternates(sides[start:], firsts[start:]):
            return Found(tuple(_turns(firsts[start:], sides[start:])))
    return Found()


def _by_style(line: Line) -> float:
    return 1.0 if _STYLE.search(line.style) else 0.0


def _by_tint(lines: list[tuple[int, Line]]) -> Callable[[Line], float]:
    """Two colours of print: the rarer one is marked."""
    tints = Counter(line.tint for _, line in lines)
    if len(tints) != 2:
        return lambda line: 0.5
    rarer = min(tints, key=lambda tint: (tints[tint], tint == "", tint))
    return lambda line: float(line.tint == rarer)


def _by_indent(lines: list[tuple[int, Line]]) -> Callable[[Line], float]:
    """Paragraphs that stand further in than the leftmost ones."""
    least = min((line.indent for _, line in lines), default=0.0)
    return lambda line: float(line.indent >= least + INDENTED)


def _side(share: float) -> int:
    return 1 if share >= MARKED else 0 if share <= PLAIN else -1


def _questions(sides: list[int], lines: list[tuple[int, Line]], wanted: int) -> float:
    """The share of one side's paragraphs that hold a question."""
    asking = sum("?" in line.plain for side, (_, line) in zip(sides, lines, strict=True) if side == wanted)
    return asking / max(sides.count(wanted), 1)


def _alternates(sides: list[int], lines: list[tuple[int, Line]]) -> bool:
    """Two of each at least, hardly any mixed, and nearly every paragraph changes sides or one side surely asks."""
    marked, plain = sides.count(1), sides.count(0)
    if marked < 2 or plain < 2 or marked + plain < CLEAR * len(sides):
        return False
    if any(_names(lines, sides, side) for side in (0, 1)):
        return False
    asks, answers = _questions(sides, lines, 1), _questions(sides, lines, 0)
    changes = sum(a != b for a, b in itertools.pairwise(sides)) / (len(sides) - 1)
    return asks > answers and (changes >= CLEAR or (asks >= 0.5 and asks >= answers + 0.3))


def _names(lines: list[tuple[int, Line]], sides: list[int], wanted: int) -> bool:
    """Whether one side is but short lines that return: names above the speech, or headings, and nobody's speech."""
    said = [line.plain.strip() for side, (_, line) in zip(sides, lines, strict=True) if side == wanted]
    short = sum(len(text.split()) <= SHORT for text in said)
    return short >= CLEAR * len(said) and len(set(said)) < len(said)


def _turns(firsts: list[tuple[int, Line]], sides: list[int]) -> list[Turn]:
    turns: list[Turn] = []
    current = -1
    for (number, line), side in zip(firsts, sides, strict=True):
        side = current if side == -1 and current != -1 else max(side, 0)
        if side != current:
            turns.append(Turn(line.start, line.start, "I" if side else "B", "", number))
        current = side
    return turns
