"""What a page prints around its text: running heads and feet, page numbers, and numbers in the margin."""

from __future__ import annotations

import itertools
import re
from collections import defaultdict

from pipeline.labels.lexicon import lookup
from pipeline.labels.shapes import parse
from pipeline.readers.pdf_lines import Layout, Line, usual

EDGE = 3  # lines at the top and at the bottom that may be running heads or feet
APART = 2.2  # of the size, from which on a line stands apart from the text
BAND = 3.0  # points above and below, within which running heads stand at the same height
REPEATED = 0.5  # of the pages, from which on a line is a running one
SMALL = 0.92  # of the usual size, up to which a number at a line's start is one of the margin
STEPS = 0.8  # of the numbers in the margin that must follow each other evenly

_DIGITS = re.compile(r"\d+")
_PAGE = re.compile(r"(?i)(?:[-–|] ?)?(?:(?:seite|page|s\.) )?(\d{1,4})(?: ?(?:/|von|of) ?\d{1,4})?(?: ?[-–|])?$")


def take_running(done: Layout, pages: int) -> None:
    """Take running heads and feet out of the lines: the same words, but for digits, at the same height on many pages."""
    by_page: dict[int, list[Line]] = defaultdict(list)
    for line in done.lines:
        by_page[line.page].append(line)
    edges = [edge for lines in by_page.values() for edge in _edges(sorted(lines, key=lambda line: line.y))]
    groups: dict[str, list[tuple[Line, bool]]] = defaultdict(list)
    for line, head in edges:
        groups[_DIGITS.sub("#", line.text)].append((line, head))
    taken: dict[int, Line] = {}
    for text, group in groups.items():
        for line, head in _running(group, pages):
            taken[id(line)] = line
            kept = done.heads if head else done.feet
            if any(sign.isalpha() for sign in text) and not any(_DIGITS.sub("#", k) == text for k in kept):
                kept.append(line.text)
    for line in _below_heads(by_page, taken, done.size, pages):
        taken[id(line)] = line
        done.heads += [line.text] if line.text not in done.heads else []
    for line in _page_numbers(by_page):
        taken[id(line)] = line
    done.lines = [line for line in done.lines if id(line) not in taken]


def _edges(lines: list[Line]) -> list[tuple[Line, bool]]:
    """The first and last lines of a page (from the top down), and whether each is one of the first.

    A line that begins with a known label counts only where it stands apart: `B: Mhm.` may well open many pages.
    """
    found = []
    for n, line in enumerate(lines):
        candidate = parse(line.text) if n < EDGE or n >= len(lines) - EDGE else None
        entry = lookup(candidate.name) if candidate else None
        near = min((abs(lines[m].y - line.y) for m in (n - 1, n + 1) if 0 <= m < len(lines)), default=0.0)
        if (n < EDGE or n >= len(lines) - EDGE) and (entry is None or not entry.strong or near > APART * line.size):
            found.append((line, n < EDGE))
    return found


def _running(group: list[tuple[Line, bool]], pages: int) -> list[tuple[Line, bool]]:
    """Those of equal lines that stand at one height on enough pages: half of all, or most left or right ones."""
    found: list[tuple[Line, bool]] = []
    group = sorted(group, key=lambda item: item[0].y)
    start = 0
    for end in range(1, len(group) + 1):
        if end < len(group) and group[end][0].y - group[start][0].y <= 2 * BAND:
            continue
        on = {line.page for line, _ in group[start:end]}
        sides = max(sum(page % 2 for page in on), sum(page % 2 == 0 for page in on))
        if len(on) >= max(2, REPEATED * pages) or sides >= max(3, 0.4 * pages):
            found += group[start:end]
        start = end
    return found


def _below_heads(by_page: dict[int, list[Line]], taken: dict[int, Line], size: float, pages: int) -> list[Line]:
    """Second lines of running heads whose words change (`(Dr. Kaya)` over her pages): small, and at one height."""
    found = []
    for lines in by_page.values():
        for head, line in itertools.pairwise(sorted(lines, key=lambda x: x.y)[: EDGE + 1]):
            small = line.size <= 0.95 * size and abs(line.size - head.size) < 0.2
            if small and id(head) in taken and id(line) not in taken and line.y - head.y < 2.5 * size:
                found.append(line)
    found.sort(key=lambda line: line.y)
    middle = found[len(found) // 2].y if found else 0.0
    found = [line for line in found if abs(line.y - middle) <= BAND]
    return found if len(found) >= max(3, 0.3 * pages) else []


def _page_numbers(by_page: dict[int, list[Line]]) -> list[Line]:
    """Page numbers that no rule of repetition finds, because the file has one page only, or each stands elsewhere."""
    found = []
    for page, lines in by_page.items():
        for line in (min(lines, key=lambda x: x.y), max(lines, key=lambda x: x.y)):
            others = [other for other in lines if other is not line]
            apart = min((abs(other.y - line.y) for other in others), default=0.0)
            match = _PAGE.match(line.text)
            if match and int(match[1]) == page and apart > APART * line.size:
                found.append(line)
    return found


def take_numbers(done: Layout) -> None:
    """Take numbers of lines or paragraphs out of the margin and keep them beside the lines."""
    lines = done.lines
    starts = [line.margin[3] if line.margin and line.margin[3] > line.margin[1] else line.x0 for line in lines]
    numbered = [n for n, line in enumerate(lines) if line.margin]
    if not numbered:
        return
    edges: dict[int, float] = {}
    for page, own in itertools.groupby(range(len(lines)), lambda n: lines[n].page):
        places = sorted(starts[n] for n in own)
        edges[page] = places[len(places) // 10]
    outside = [n for n in numbered if _in_margin(lines[n], edges[lines[n].page], done.size)]
    everywhere = len(numbered) >= max(5, 0.8 * len(lines)) and _rising(lines, numbered) == 1
    found = numbered if everywhere else outside
    step = _rising(lines, found)
    if not step:
        return
    for n in found:
        line = lines[n]
        assert line.margin is not None
        line.number, line.x0 = line.margin[0], starts[n]
        line.text = line.text.partition(" ")[2].lstrip() if " " in line.text else ""
        line.first = 0.0 if not line.text else line.first
    done.numbering = "Abs." if step == 1 and len(found) < 0.6 * len(lines) else "Z."
    if done.numbering == "Z." and step > 1:
        _fill(lines)


def _in_margin(line: Line, edge: float, size: float) -> bool:
    assert line.margin is not None
    _, right, own, behind = line.margin
    return (own <= SMALL * size or right <= edge + 0.5) and (behind - right >= 0.3 * own or behind == right)


def _rising(lines: list[Line], found: list[int]) -> int:
    """The step by which numbers follow each other, on a page or on the next ones; 0 where they do not."""
    values = [(lines[n].margin or (0,))[0] for n in found]
    if len(values) < 2 or (len(values) == 2 and any(value % 5 for value in values)):
        return 0
    steps = [b - a for a, b in itertools.pairwise(values)]
    fresh = [lines[a].page != lines[b].page for a, b in itertools.pairwise(found)]
    counted = [step for step, new in zip(steps, fresh, strict=True) if step > 0 or not new]
    step = int(usual([float(s) for s in counted], 0.0))
    return step if 1 <= step <= 20 and counted.count(step) >= STEPS * len(counted) else 0


def _fill(lines: list[Line]) -> None:
    """Numbers for the lines between those that bear one, where there are as many lines as numbers."""
    known = [n for n, line in enumerate(lines) if line.number is not None]
    pairs = [(-1, known[0]), *itertools.pairwise(known), (known[-1], len(lines))]
    for a, b in pairs:
        first = lines[a].number if a >= 0 else None
        last = lines[b].number if b < len(lines) else None
        even = first is None or last is None or last - first == b - a
        for n in range(a + 1, b):
            value = None
            if last is not None and (even or lines[a].page != lines[b].page) and lines[n].page == lines[b].page:
                value = last - (b - n)
            elif first is not None and even:
                value = first + n - a
            lines[n].number = value if value is not None and value > 0 else None
